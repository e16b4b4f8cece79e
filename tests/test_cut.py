"""Rows that a page cuts between their parts are one row where the amounts of both pages say so."""

import pytest

from extractors.grid import Row
from extractors.lines import Source
from extractors.pages.words import Word
from extractors.tables.cut import is_likely, is_proved, is_rest
from schemas.records import Line, Place


def row(*cells: str) -> Row:
    """A row; a stroke divides the lines of a cell."""
    lines = (tuple(Line(text, Place(line=1, char_start=0)) for text in cell.split("/") if text) for cell in cells)
    return Row(tuple(lines), Source(1, "", 0))


@pytest.mark.parametrize(
    ("above", "below", "proved"),
    [
        ("Total: £120,000", "a) £62,400/b) £57,600", True),
        ("a) £62,400", "b) £57,600/Total: £120,000", True),
        ("a) £1/b) £2", "c) £7", True),
        ("£100", "a) £60/b) £40", True),
        ("£100", "£60/£40", False),
        ("£100", "a) £60/b) £30", False),
        ("Total: £120,000", "a) £62,400/b) £57,000", False),
        ("Total: £120,000/a) £120,000", "a) £62,400/b) £57,600", False),
        ("Total:", "£120,000/a) £62,400/b) £57,600", True),
        ("a) £5/b)", "£7", True),
        ("Total:/£3", "a)/£1/b) £2", True),
        ("£5", "£5", False),
        ("Total: £5", "about £5", False),
    ],
)
def test_parts_that_add_up_or_count_on_are_of_one_row(above: str, below: str, proved: bool) -> None:
    assert is_proved([row("CI001", above, above)], [row("CI002", below, below)]) is proved


def test_all_columns_with_amounts_have_to_add_up() -> None:
    assert not is_proved([row("CI001", "Total: £3", "Total: £3")], [row("CI002", "a) £1/b) £2", "a) £1/b) £1")])


def test_parts_in_rows_of_their_own_add_up_too() -> None:
    assert is_proved([row("CI001", "Total: £3")], [row("CI002", "a) £1"), row("", "b) £2")])


@pytest.mark.parametrize(("above", "likely"), [("Total: £9", True), ("£9", False), ("Total: £9/a) £9", False)])
def test_total_without_parts_before_parts_with_letters_may_be_theirs(above: str, likely: bool) -> None:
    assert is_likely([row("CI001", above)], [row("CI002", "a) £1/b) £2")]) is likely


COLUMNS = ((40.0, 120.0), (140.0, 220.0))


def words(text: str, x0: float) -> list[Word]:
    """A line of words in type of 10 points."""
    made = []
    for each in text.split(" "):
        x1 = x0 + 5 * len(each)
        made.append(Word(each, 1, 0, x0, 50.0, x1, 60.0, 55.0, 10.0, False, False, ()))
        x0 = x1 + 3
    return made


@pytest.mark.parametrize(
    ("text", "x0", "rest"),
    [("Subtotal", 40.0, True), ("in all", 40.0, True), ("in all", 140.0, True), ("Nil", 40.0, False),
     ("Subtotal", 60.0, False), ("in each of the areas of the county", 40.0, False)],
    ids=["no room above", "small letters", "another column", "room above", "no column", "over several columns"],
)  # fmt: skip
def test_a_line_that_opens_a_page_goes_on_in_a_cell(text: str, x0: float, rest: bool) -> None:
    above = [row("Supporting Victims", "£5"), row("Other/Protecting", "£6 to £9")]
    assert is_rest(words(text, x0), above, COLUMNS) is rest
