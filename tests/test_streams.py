"""Tables of a stream of cells, as plain `pdftotext` prints a page: rows told by order, number, letters and totals."""

import pytest

from extractors.lines import Source, sources
from extractors.pounds import pounds
from extractors.streams.pieces import pieces
from extractors.streams.segments import segments
from extractors.streams.streams import Flow, flows, headings_in, is_stream
from extractors.streams.sums import Band, bands, grouped
from extractors.streams.wraps import splits
from extractors.text import extract
from schemas.records import Table
from schemas.rules import Rule

CODED = "Code\n\nCommissioning Intention\n\nFunding\nMechanism\n\nAmount\n2015/16\n\nEstimated\nAmount\n2016/17\n\n"
ONE = "CI001\nSP1\n\nHelping the young to\nstay out of court\n\nDirect\n\n£30\n\n£40\n\n"
PARTS = "a) £5\n\na) £6\n\nDirect\n\nb) £7\n\nb) £9\n\nTotal: £12\n\nTotal: £15\n\n"
TWO = f"CI002\nSP2\n\nCounselling\n\nCo-com\n\n{PARTS}"


def table(text: str) -> Table:
    """The one table of a paper."""
    [found] = extract(f"{text}\f".encode()).tables
    return found


def grid(text: str) -> list[list[str]]:
    """The rows of the one table below its heading, printed lines divided by a slash; `?` before a doubtful row."""
    found = table(text)
    said = {(cell.row, cell.column): cell for cell in found.cells}
    return [
        ["?"] * said[row, 0].doubtful + ["/".join(x.text for x in said[row, c].lines) for c in range(found.columns)]
        for row in range(1, found.rows)
    ]


def flow(*lines: str) -> Flow:
    """A flow of lines."""
    return Flow(0, tuple(Source(number, line, 0) for number, line in enumerate(lines, 1)))


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("Area\n\n£5\n\f", True), ("Area\n\n£5\n", False), ("Area     £5\nBlaby    £6\n\f", False), ("a\tb\n\f", False)],
)
def test_a_stream_has_pages_and_no_columns(text: str, is_one: bool) -> None:
    assert is_stream(sources(text)) is is_one


def test_blank_lines_and_pages_divide_flows_and_page_numbers_are_none() -> None:
    found = flows(sources("one\ntwo\n\nthree\n\n1\n\ffour\n\n2\n\f"))
    assert [(each.page, each.texts) for each in found] == [(0, ["one", "two"]), (0, ["three"]), (1, ["four"])]


@pytest.mark.parametrize(
    ("lines", "roles"),
    [
        (("Code", "CI001"), ["code"]),
        (("Table 1.", "CSP", "Blaby"), ["area"]),
        (("Secondary Geographical reach", "P&CP", "Strategic", "priority", "SP2"), ["secondary_priority", "reach"]),
        (("2016/17", "(estimated)"), ["amount"]),
        (("Blaby", "CSP"), ["area"]),
        (("Nothing", "of", "the kind"), []),
    ],
)
def test_headings_open_flows(lines: tuple[str, ...], roles: list[str]) -> None:
    assert [heading.role for heading in headings_in(flow(*lines))[0]] == roles


def test_column_by_column() -> None:
    assert grid("CSP\nBlaby\nOadby and\nWigston\nTotal\n\n2016/17\n£5\n£6\n£11\n\n1\n") == [
        ["Blaby", "£5"],
        ["Oadby and/Wigston", "£6"],
        ["Total", "£11"],
    ]


def test_cell_by_cell_over_the_page_without_headings_there() -> None:
    text = "2015/16\n\n2016/17\n\nBlaby\n\n£5\n\n£6\n\n1\n\n\fMelton\n\n£7\n\n£8\n\nTotal\n\n£12\n\n£14\n\nMore.\n\n2\n"
    assert grid(text)[:3] == [["Blaby", "£5", "£6"], ["Melton", "£7", "£8"], ["Total", "£12", "£14"]]


def test_codes_amounts_and_mechanisms_become_rows() -> None:
    rows = grid(CODED + ONE + TWO)
    assert [row[-5:-4] + row[-3:] for row in rows] == [
        ["CI001/SP1", "Direct", "£30", "£40"],
        ["CI002/SP2", "Co-com/Direct", "a) £5/b) £7/Total: £12", "a) £6/b) £9/Total: £15"],
    ]


def test_rows_that_are_proved_are_not_doubtful() -> None:
    assert [row[0] for row in grid(CODED + ONE + TWO)] == ["CI001/SP1", "CI002/SP2"]


def test_code_behind_its_amounts_makes_its_row_doubtful() -> None:
    later = ONE.replace("CI001\nSP1\n\n", "") + TWO + "CI001\nSP1\n\n"
    rows = grid(CODED + later)
    assert [(row[0], row[-2]) for row in rows] == [("?", "£30"), ("CI002/SP2", "a) £5/b) £7/Total: £12")]


def test_priorities_alone_at_the_top_of_a_page_open_no_row() -> None:
    rows = grid(f"{CODED}{ONE}1\n\n\f{CODED}SP4\n\n{TWO}")
    assert [row[0] for row in rows] == ["CI001/SP1/SP4", "CI002/SP2"]


def test_total_of_one_year_stands_in_the_year_that_proves_it() -> None:
    text = CODED + ONE + TWO.replace("Total: £12\n\n", "")
    assert [row[-2:] for row in grid(text)][1] == ["a) £5/b) £7", "a) £6/b) £9/Total: £15"]


def test_amounts_that_may_run_down_or_across_are_doubtful() -> None:
    text = "Area\nBlaby\nMelton\n\n2015/16\n\n2016/17\n\n£5\n\n£6\n\n£7\n\n£8\n\n"
    assert [row[0] for row in grid(text)] == ["?", "?"]


def test_mechanisms_that_do_not_fit_the_rows_make_them_doubtful() -> None:
    assert all(row[0] == "?" for row in grid(CODED + ONE.replace("Direct\n\n", "") + TWO))


def test_doubtful_rows_are_told() -> None:
    notes = [note.rule for note in table(CODED + ONE.replace("Direct\n\n", "") + TWO).notes]
    assert notes == [Rule.ROWS_MIXED]


def test_name_and_amount_on_one_line_are_one_row() -> None:
    text = "Project\n\nAward\n\nLunch club for all £5\nof the village\n\nDoorstep crime\n\n£6\n\n"
    assert [row[-2:] for row in grid(text)] == [["Lunch club for all/of the village", "£5"], ["Doorstep crime", "£6"]]


@pytest.mark.parametrize(
    ("lines", "size", "starts"),
    [
        (["Oadby and", "Wigston", "Rutland"], 2, (0, 2)),
        (["Blaby", "Charnwood", "Harborough"], 3, (0, 1, 2)),
        (["Sentinel – a share of the", "system", "Hardship fund – help for", "victims"], 2, (0, 2)),
    ],
)
def test_lines_are_divided_where_they_were_not_wrapped(lines: list[str], size: int, starts: tuple[int, ...]) -> None:
    assert splits(lines, size)[size - 1].starts == starts


@pytest.mark.parametrize(("text", "value"), [("£1,200", 1200), ("a) £5", 5), ("Total: £1.5k", 1500), ("(£7)", -7)])
def test_amounts_are_pounds(text: str, value: int) -> None:
    assert pounds(text) == value


def banded(text: str, columns: int) -> list[Band]:
    """The amounts below the heading of a stream as bands."""
    [segment] = segments(flows(sources(f"Code\n\nAmount\n2015/16\n\n{text}\n\f")))
    return bands(pieces(segment), columns) or []


def test_a_total_is_of_the_parts_that_add_up_to_it() -> None:
    found = banded("CI001\n\nTotal: £5\na) £2\n\nb) £3\n\nCI002\n\n£4\n", 1)
    grouping = grouped(found, 2)
    assert grouping is not None
    assert (grouping.bounds, grouping.unsure) == (((0, 3), (3, 4)), frozenset())
