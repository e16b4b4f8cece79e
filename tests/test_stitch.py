"""A table that goes on over the page is one table; a row that a page cut is one row."""

import pytest

from extractors.grid import Row, header_height, is_figure, is_known_heading, shape
from extractors.lines import Source, clean_slice
from extractors.stitch import better, merge_rows, repeats, without_repeats
from schemas.rules import Rule


def row(*cells: str, after_gap: bool = False) -> Row:
    """A row of cells of one line each."""
    source = Source(1, "\t".join(cells), 0)
    lines = (clean_slice(Source(1, cell, 0)) for cell in cells)
    return Row(tuple((line,) if line else () for line in lines), source, after_gap)


def merged(rows: list[Row]) -> list[list[str]]:
    """The merged rows as text."""
    width = max(len(each.cells) for each in rows)
    return [[each.text(column) for column in range(width)] for each in merge_rows(rows, width)]


def test_numbers_in_the_labels_of_rows_without_a_key_stand_behind_none() -> None:
    """Ages: `15-17` is a key of most rows, and the 15 of `Under 15` makes none of 40 what goes on from a row."""
    ages = [("Under 15", "41"), ("15-17", "1,320"), ("18-19", "2,951"), ("20-24", "9,107"), ("40 and over", "398")]
    assert merged([row(*age) for age in ages]) == [list(age) for age in ages]


@pytest.mark.parametrize(("count", "rows"), [(5, 4), (4, 3)])
def test_row_with_many_figures_is_no_rest_though_it_starts_as_a_second_line_of_keys(count: int, rows: int) -> None:
    labels = ("2007 6-Month", "2008 June", "2009", "6-Month Average")
    assert len(merged([row(label, *(f"{n}.5" for n in range(count))) for label in labels])) == rows


def test_heading_that_is_printed_again_repeats_it() -> None:
    assert repeats(row("Area", "Amount"), row("Area", "Amount"))


@pytest.mark.parametrize("other", [row("Area", "Cost"), row("Area", ""), row("", "")])
def test_other_rows_do_not_repeat_the_heading(other: Row) -> None:
    assert not repeats(other, row("Area", "Amount"))


@pytest.mark.parametrize(
    ("again", "same"),
    [
        (row("Area", "Geographica1 reach", "Amount 2015/16"), False),
        (row("Area", "Geographcal reach", "Amount 2015/16"), True),
        (row("Area", "Geographical reach", "Amount 2016/17"), False),
        (row("Area", "Provider", "Amount 2015/16"), False),
        (row("Arca", "Geographcal reach", "Amuunt 2015/16"), False),
        (row("Area", "", "Amount 2015/16"), False),
    ],
)
def test_heading_of_a_scan_repeats_one_that_is_read_alike_but_for_letters(again: Row, same: bool) -> None:
    heading = row("Area", "Geographical reach", "Amount 2015/16")
    assert repeats(again, heading, scanned=True) is same
    assert not repeats(again, heading)


def test_heading_that_nobody_knows_is_taken_from_where_it_is_known() -> None:
    made = better(row("Arca", "Amount", "Cost"), row("Area", "Amuunt", "C0st"), {"Area", "Amount"}.__contains__)
    assert [made.text(column) for column in range(3)] == ["Area", "Amount", "Cost"]


def test_every_repeated_heading_is_told() -> None:
    head = row("Area", "Amount")
    rows, notes = without_repeats([head, row("Blaby", "£5"), head, row("Melton", "£6"), head])
    assert (len(rows), [note.rule for note in notes]) == (3, [Rule.REPEATED_HEADING] * 2)


@pytest.mark.parametrize(
    "tail",
    [
        row("", "two", ""),
        row("", "two", "", after_gap=True),
        row("SP1", "two", ""),
        row("and more", "two", ""),
    ],
    ids=["no key", "no key after a gap", "key of another shape", "small letter"],
)
def test_tail_goes_back_to_its_row(tail: Row) -> None:
    assert len(merged([row("CI001", "one", "£5"), tail])) == 1


@pytest.mark.parametrize(
    "key", ["CI002", "C/002", "C1002", "Cl002", "CI013a", "CI002 SP1"], ids=lambda key: key.replace("/", "|")
)
def test_key_opens_a_row_however_damaged(key: str) -> None:
    assert len(merged([row("CI001", "one", "£5"), row(key, "two", "£6")])) == 2


def test_key_that_a_line_cuts_behind_a_stroke_goes_on_below() -> None:
    rows = [row("CI001", "one", "£4"), row("CI002 C/", "two", "£5"), row("300 SP3", "more", "£6")]
    assert [line[0] for line in merged(rows)] == ["CI001", "CI002 C/ 300 SP3"]


def test_rest_of_a_row_that_the_page_before_cut_does_not_say_what_keys_look_like() -> None:
    rows = [row("SP4", "of those, the youngest", ""), row("CI007 SP1", "Work", "£5"), row("Cl008", "Work", "£6")]
    assert [line[0] for line in merged(rows)] == ["SP4", "CI007 SP1", "Cl008"]


@pytest.mark.parametrize(("label", "rows"), [("NET COST", 3), ("", 2)])
def test_row_without_a_key_below_a_total_is_its_own_where_it_has_words(label: str, rows: int) -> None:
    found = merged([row("5701", "Transfers", "£5"), row("", "Total applied", "£5"), row("", label, "£4")])
    assert len(found) == rows


def test_shares_are_no_keys() -> None:
    rows = [row("0.5%", "5", "6"), row("Most", "7", "8"), row("1.0%", "9", "1")]
    assert [line[0] for line in merged(rows)] == ["0.5%", "Most", "1.0%"]


def test_label_without_a_key_opens_a_row() -> None:
    assert merged([row("Blaby", "£5"), row("Melton", "£6")]) == [["Blaby", "£5"], ["Melton", "£6"]]


def test_label_that_cannot_end_takes_the_next() -> None:
    assert merged([row("Oadby and", "£5"), row("Wigston", "")]) == [["Oadby and Wigston", "£5"]]


def test_marked_part_without_a_label_opens_a_row() -> None:
    assert len(merged([row("1", "a) one", "Yes"), row("", "b) two", "No")])) == 2


@pytest.mark.parametrize(
    ("rows", "height"),
    [
        ([row("Area", "Amount"), row("Blaby", "£5")], 1),
        ([row("Area", ""), row("", "Amount"), row("Blaby", "£5")], 2),
        ([row("", "2014/15"), row("Blaby", "£5")], 1),
        ([row("Blaby", "£5"), row("Melton", "£6")], 0),
        ([row("Increase", "12 month"), row("1%", "£6")], 1),
        ([row("Code", "Comment"), row("words", "words")], 1),
        ([row("Area", "2014/15"), row("", "(£k)"), row("Blaby", "5")], 2),
        ([row("words", "words"), row("more", "words")], 0),
        ([row("Code", "Comment"), row("GENERAL", ""), row("1", "£5")], 1),
    ],
)
def test_heading_is_as_high_as_its_rows(rows: list[Row], height: int) -> None:
    assert header_height(rows) == height


@pytest.mark.parametrize(
    "text",
    ["£5", "£ 5", "1,020", "38.9%", "(5)", "-5", "a) £7", "5k", "Total: £5", "12*", "$ 1,020", "€5", ".45", "1 204",
     "1.204.000,5", "-0.31***", "8117¹", "204b", "12.3 (1)"],
)  # fmt: skip
def test_figure(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["", "words", "2014/15", "2014-15", "CI001", "5 apples", "£", "SP5/6", "12 34", "5a"])
def test_no_figure(text: str) -> None:
    assert not is_figure(text)


@pytest.mark.parametrize(
    "text", ["Area", "AREA", "Amount 2014/15", "Estimated Amount 2014/15", "2014/15", "16/17 value"]
)
def test_known_heading(text: str) -> None:
    assert is_known_heading(text)


@pytest.mark.parametrize("text", ["", "Blaby", "Amount owed", "Areas"])
def test_unknown_heading(text: str) -> None:
    assert not is_known_heading(text)


@pytest.mark.parametrize(
    ("key", "other"), [("CI001", "C/300"), ("CI001", "Cl003"), ("CI001", "C1008 SP1"), ("SP1", "SP17"), ("1", "12")]
)
def test_keys_of_one_shape(key: str, other: str) -> None:
    assert shape(key) == shape(other)


@pytest.mark.parametrize(("key", "other"), [("CI001", "SP1"), ("CI001", "12"), ("", "1"), ("Blaby", "Melton")])
def test_keys_of_other_shapes(key: str, other: str) -> None:
    assert shape(key) != shape(other)
