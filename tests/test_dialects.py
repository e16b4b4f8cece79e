"""Text papers: how bytes are decoded, and how each layout becomes a table of cells."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text import Unreadable, decode, extract
from schemas.records import Table
from schemas.rules import Rule

AREAS = "Area\tAllocation 2014/15\n"
CODED = "Code\tWork\tKind\tAmount\n"
EIGHT = (
    "Strategic Theme Name of Initiative 2014/15 value Name of Organisation Funding Mechanism "
    "Primary P&CP Strategic priority Secondary P&CP Strategic priority Geographical reach\n\n"
)
ELDERS = "Protecting the Vulnerable\nElder care – help for\n£5\nTown Team\nDirect SP1 SP2\nAll of it\n"
YOUNG = "Supporting Victims and Witnesses\nYouth – clubs\n£6\nTown Team and\nfriends\nPCC Grant SP5/6 -\nAll\n"
SAMPLE = "Area\tAmount\nBlaby\t£5 – één\n"


def table(text: str) -> Table:
    """The one table of a paper."""
    [found] = extract(text.encode()).tables
    return found


def grid(text: str) -> list[list[str]]:
    """The one table's cells as text, printed lines divided by a slash."""
    found = table(text)
    said = {(cell.row, cell.column): "/".join(line.text for line in cell.lines) for cell in found.cells}
    return [[said[row, column] for column in range(found.columns)] for row in range(found.rows)]


def noticed(text: str) -> list[Rule]:
    """What was noticed in the one table."""
    return [note.rule for note in table(text).notes]


# How bytes are decoded


@pytest.mark.parametrize(
    "name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"], ids=lambda name: name
)
def test_unicode_is_decoded(name: str) -> None:
    assert decode(SAMPLE.encode(name)) == (SAMPLE, [])


@pytest.mark.parametrize(
    ("mark", "name"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\x00\x00\xfe\xff", "utf-32-be")]
)
def test_byte_order_mark_is_no_text(mark: bytes, name: str) -> None:
    assert decode(mark + SAMPLE.encode(name))[0] == SAMPLE


def test_other_bytes_are_windows_1252_and_that_is_said() -> None:
    text, notes = decode(SAMPLE.encode("cp1252"))
    assert (text, [note.rule for note in notes]) == (SAMPLE, [Rule.ENCODING_ASSUMED])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        ("\ufeff".encode(), "empty"),
        ("\ufeff \n".encode("utf-16-le"), "empty"),
        (bytes(range(256)) * 8, "binary"),
        (b"PK\x03\x04" + bytes(range(32)) * 9, "binary"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "HTML"),
        (b"  <html>", "HTML"),
        (b"\xff\xfea", "not text"),
        (b"Area\tAmount\x81\x8d\nBlaby\t\xa35\n", "not text"),
    ],
)
def test_what_is_no_text_paper_is_refused_by_name(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        extract(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except Unreadable:
        return
    assert "\r" not in text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_become_one_character(end: str) -> None:
    assert decode(SAMPLE.replace("\n", end).encode())[0] == SAMPLE


def test_offsets_count_the_decoded_text() -> None:
    document = extract((AREAS + "Blaby\t£5\n").replace("\n", "\r\n").encode())
    amount = document.tables[0].cells[-1].lines[0].place
    assert document.text[amount.char_start : amount.char_end] == "£5"


def test_invisible_marks_are_left_out_and_counted() -> None:
    document = extract((AREAS + "Bla\u00adby\u200b\t£5\n").encode())
    cell = document.tables[0].cells[2]
    assert (cell.lines[0].text, [(note.rule, note.detail) for note in document.notes]) == (
        "Blaby",
        [(Rule.INVISIBLE_MARKS, "2")],
    )


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("<b>Blaby</b>", "Blaby"),
        ("Bla<i>by</i>", "Blaby"),
        ("<p>Blaby</p>", "Blaby"),
        ("one<br>two", "one two"),
        (r"Blaby\*", "Blaby*"),
        ("a < b > c", "a < b > c"),
        ("<https://example.org>", "<https://example.org>"),
    ],
)
def test_markup_is_no_text(printed: str, read: str) -> None:
    assert grid(AREAS + f"{printed}\t£5\n")[1][0] == read


# Columns divided by tabs


def test_tabs_divide_columns() -> None:
    assert grid(AREAS + "Blaby\t£5\nMelton\t£6\n") == [
        ["Area", "Allocation 2014/15"],
        ["Blaby", "£5"],
        ["Melton", "£6"],
    ]


def test_blank_cell_stays_blank() -> None:
    assert grid(AREAS + "Blaby\t\nMelton\t£6\n")[1] == ["Blaby", ""]


@pytest.mark.parametrize("gap", ["", "\n", "\n\n"])
def test_heading_that_is_printed_again_is_no_data(gap: str) -> None:
    assert grid(AREAS + "Blaby\t£5\n" + gap + AREAS + "Melton\t£6\n")[1:] == [["Blaby", "£5"], ["Melton", "£6"]]


@pytest.mark.parametrize("gap", ["", "\n"])
def test_heading_that_is_printed_again_after_a_subtotal_opens_no_table(gap: str) -> None:
    text = AREAS + "Blaby\t£5\nSubtotal\t£5\n" + gap + AREAS + "Melton\t£6\nGrand Total\t£11\n"
    assert [row[0] for row in grid(text)] == ["Area", "Blaby", "Subtotal", "Melton", "Grand Total"]


def test_heading_that_is_printed_again_after_the_total_opens_a_table() -> None:
    text = AREAS + "Blaby\t£5\nTotal\t£5\n\n" + AREAS + "Melton\t£6\nTotal\t£6\n"
    assert len(extract(text.encode()).tables) == 2


def test_table_goes_on_after_a_gap() -> None:
    assert grid(AREAS + "Blaby\t£5\n\nMelton\t£6\n")[1:] == [["Blaby", "£5"], ["Melton", "£6"]]


def test_words_between_divide_two_tables() -> None:
    assert len(extract((AREAS + "Blaby\t£5\n\nMore.\n\n" + AREAS + "Melton\t£6\n").encode()).tables) == 2


def test_line_without_a_key_goes_on_the_row_above() -> None:
    text = CODED + "CI001\tone\tDirect\t£5\nSP1 SP2\ttwo\t\t\n\tthree\t\t\nCI002\tfour\tDirect\t£6\n"
    assert grid(text)[1:] == [["CI001/SP1 SP2", "one/two/three", "Direct", "£5"], ["CI002", "four", "Direct", "£6"]]


def test_row_with_a_damaged_key_is_a_row() -> None:
    assert len(grid(CODED + "CI001\tone\tDirect\t£5\nC/002\ttwo\tDirect\t£6\nC1003\tthree\tDirect\t£7\n")) == 4


def test_row_that_a_page_cut_is_one_row() -> None:
    assert grid(CODED + "CI001\tone\tDirect\t£5\n\n\ttwo\t\t\n")[1] == ["CI001", "one/two", "Direct", "£5"]


def test_label_that_cannot_end_goes_on() -> None:
    assert grid(AREAS + "Oadby and\t£5\nWigston\t\nMelton\t£6\n")[1] == ["Oadby and/Wigston", "£5"]


def test_cells_that_slid_go_back_under_their_headings() -> None:
    assert grid(CODED + "CI001\tone\t\tDirect\t£5\n")[1] == ["CI001", "one", "Direct", "£5"]


def test_cells_that_slid_are_told() -> None:
    assert noticed(CODED + "CI001\tone\t\tDirect\t£5\n") == [Rule.SLID_CELLS]


def test_row_too_full_to_shift_keeps_its_cells_and_is_told() -> None:
    text = CODED + "CI001\tone\tDirect\t£5\t£6\n"
    assert (grid(text)[1], noticed(text)) == (["CI001", "one", "Direct", "£5", "£6"], [Rule.RAGGED_ROW])


def test_figures_packed_into_a_cell_are_shared_out() -> None:
    text = "Rise\t2014/15 2015/16\n0.5%\t248 249\n1.0%\t251 252\n"
    assert grid(text) == [["Rise", "2014/15", "2015/16"], ["0.5%", "248", "249"], ["1.0%", "251", "252"]]


def test_row_with_its_figures_apart_stands_beside_packed_ones() -> None:
    text = "Rise\t2014/15 2015/16\n0.5%\t248 249\n1.0%\t251\t252\n"
    assert (grid(text)[2], set(noticed(text))) == (["1.0%", "251", "252"], {Rule.PACKED_CELL})


def test_packed_cells_are_left_where_a_row_does_not_fit() -> None:
    assert grid("Rise\t2014/15 2015/16\n0.5%\t248 249\n1.0%\t251 252 253\n")[1] == ["0.5%", "248 249"]


@pytest.mark.parametrize("rule", ["---\t---", "-- -- --------\t-", "===\t===", "|---|\t---"])
def test_drawn_rule_is_no_row(rule: str) -> None:
    text = AREAS + "Blaby\t£5\n" + rule + "\nMelton\t£6\n"
    assert (len(grid(text)), noticed(text)) == (3, [Rule.STRAY_RULE])


def test_drawn_rules_alone_are_no_table() -> None:
    assert extract(b"-\t-\n---\t---\n").tables == ()


def test_section_name_is_a_row_of_its_own() -> None:
    text = "No\tCOMMENT\tRESPONSE\nGENERAL\t\t\n1\tone\ttwo\nMONEY\t\t\n2\tthree\tfour\n"
    assert [row[0] for row in grid(text)] == ["No", "GENERAL", "1", "MONEY", "2"]


def test_heading_over_several_rows_ends_at_the_first_figure() -> None:
    assert table("Rise\tExtra income\non\tof the\nprecept\tyear\n0.5%\t248\n1.0%\t496\n").header_rows == 3


def test_table_without_a_heading_has_none() -> None:
    assert table("Blaby\t£5\nMelton\t£6\n").header_rows == 0


@pytest.mark.parametrize("text", ["Words\t\n", "\tNote\n", "One\t\n\nOther\t\n"])
def test_single_filled_cell_is_no_table_and_is_told(text: str) -> None:
    document = extract(text.encode())
    assert (document.tables, {note.rule for note in document.notes}) == ((), {Rule.NOT_A_TABLE})


# Text that flows


def test_two_columns_flow() -> None:
    assert grid("Area Amount 2014/15\n\nBlaby £5\n\nOadby and Wigston £6\n\nTotal £11\n\nWords after.\n") == [
        ["Area", "Amount 2014/15"],
        ["Blaby", "£5"],
        ["Oadby and Wigston", "£6"],
        ["Total", "£11"],
    ]


def test_label_that_wraps_before_its_figure_is_one_row() -> None:
    assert grid("Area Amount 2014/15\n\nBlaby £5\n\nOadby and\nWigston £6\n\nTotal £11\n")[2:] == [
        ["Oadby and/Wigston", "£6"],
        ["Total", "£11"],
    ]


def test_heading_may_flow_over_lines() -> None:
    assert grid("Area\n\nAmount\n2014/15\n\nBlaby £5\n\nTotal £5\n")[0] == ["Area", "Amount/2014/15"]


def test_heading_without_figures_below_is_no_table() -> None:
    assert extract(b"Area Amount 2014/15\n\nNothing was decided.\n").tables == ()


def test_eight_columns_flow() -> None:
    assert grid(EIGHT + ELDERS + YOUNG)[1:] == [
        ["Protecting the Vulnerable", "Elder care – help for", "£5", "Town Team", "Direct", "SP1", "SP2", "All of it"],
        [
            "Supporting Victims and Witnesses", "Youth – clubs", "£6", "Town Team and/friends", "PCC Grant", "SP5/6",
            "-", "All",
        ],
    ]  # fmt: skip


def test_words_after_a_page_break_go_back_to_the_row() -> None:
    assert grid(EIGHT + ELDERS + " old people\n" + YOUNG)[1][1] == "Elder care – help for/old people"


def test_theme_that_a_page_break_cut_is_made_whole() -> None:
    cut = YOUNG.replace("Victims and Witnesses", "Victims and").replace("\nAll\n", "\nAll\n Witnesses\n")
    assert grid(EIGHT + ELDERS + cut + ELDERS)[2][0] == "Supporting Victims and/Witnesses"


def test_displaced_words_are_told() -> None:
    assert noticed(EIGHT + ELDERS + " old people\n" + YOUNG) == [Rule.DISPLACED_WORDS]


@pytest.mark.parametrize("label", ["Protecting the\nVulnerable\nSubtotal", "Protecting the Vulnerable Subtotal"])
def test_subtotal_of_a_theme_is_a_row(label: str) -> None:
    rows = grid(EIGHT + ELDERS + label + " - £5 - - - - -\n" + YOUNG)
    assert (rows[2][0].replace("/", " "), rows[2][2], len(rows)) == ("Protecting the Vulnerable Subtotal", "£5", 4)


def test_total_ends_the_table() -> None:
    assert grid(EIGHT + ELDERS + "Grand Total - £5 - - - - -\n\nLater £9 was found.\n")[-1][2] == "£5"


# Glossaries


def test_terms_and_meanings() -> None:
    text = "# Glossary\n\nASB  Anti-social behaviour\nCSP Community Safety\nPartnership\nLLR  City and counties\n"
    assert grid(text) == [
        ["ASB", "Anti-social behaviour"],
        ["CSP", "Community Safety/Partnership"],
        ["LLR", "City and counties"],
    ]


@pytest.mark.parametrize(
    "text", ["Glossary\n\nASB  Anti-social behaviour\n", "ASB  One\nCSP  Two\nLLR  Three\n", "Glossary\n\nmany words\n"]
)
def test_terms_need_a_title_and_company(text: str) -> None:
    assert [found.reader for found in extract(text.encode()).tables if found.reader == "terms"] == []


def test_glossary_ends_at_the_next_heading() -> None:
    assert table("Glossary\n\nASB  One\nCSP  Two\nLLR  Three\n\n# Next\n\nXYZ  Four\n").end.line == 5


# Columns lined up with blanks


def test_blanks_divide_columns() -> None:
    text = "Station      Rent    Staff\nNorth        £5      12\nSouth end    £6      13\n"
    assert grid(text) == [["Station", "Rent", "Staff"], ["North", "£5", "12"], ["South end", "£6", "13"]]


@pytest.mark.parametrize(
    "text", ["North    £5\n", "Two  words\nin  a row\n", "Some words.  A sentence.\nMore.  Words.\n"]
)
def test_blanks_alone_make_no_table(text: str) -> None:
    assert extract(text.encode()).tables == ()


def test_lined_up_columns_under_known_headings_are_read() -> None:
    assert grid("Area         Amount 2014/15\nBlaby        £5\nMelton       £6\n")[1:] == [
        ["Blaby", "£5"],
        ["Melton", "£6"],
    ]


# All together


def test_headings_above_are_handed_on_the_nearest_first() -> None:
    found = table("# Money\n\n## By area\n\nIt is shared out as follows:\n\n" + AREAS + "Blaby\t£5\n")
    assert [line.text for line in found.headings] == ["By area", "Money"]


def test_paragraph_above_is_handed_on() -> None:
    found = table("# Money\n\nIt is shared out as follows:\n\n" + AREAS + "Blaby\t£5\n")
    assert found.lead.text == "It is shared out as follows:"


def test_headings_of_the_table_before_are_its_own() -> None:
    text = "# Money\n\n" + AREAS + "Blaby\t£5\n\nMore.\n\n" + AREAS + "Melton\t£6\n"
    assert extract(text.encode()).tables[1].headings == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("block", "count"),
    [
        ("Area Amount\n\n", 1_000),
        ("a   £5\nb   £6\n\n", 4_000),
        (AREAS + "Blaby\t£5\n\nWords.\n\n", 4_000),
        ("Words of prose.\n\n", 16_000),
        ("Total £5\n\n", 4_000),
    ],
    ids=["headings", "blanks", "tabs", "prose", "totals"],
)
def test_reading_time_grows_with_the_paper(block: str, count: int) -> None:
    """Where a paper twice as long takes four times as long, a long paper takes for ever."""
    short = min(seconds(block * (count // 20)) for _ in range(2))
    assert short < 1
    assert seconds(block * count) < 60 * short + 0.3


def seconds(text: str) -> float:
    """How long reading takes; a table stands at the end, so that what stands above it is looked at."""
    start = time.process_time()
    extract((text + "More.\n\n" + AREAS + "Blaby\t£5\n").encode())
    return time.process_time() - start
