"""Rows that a page cuts between their parts are one row where the amounts of both pages say so."""

import pytest

from extractors.cut import is_likely, is_proved
from extractors.grid import Row
from extractors.lines import Source
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
