"""Figures that stand below each other outside all tables are told: cells of a table that was not read."""

import pytest
from made_pdf import GRID, pdf_of
from test_columns import Piece, ending, page

from extractors.astray import astray
from extractors.pdf import extract
from schemas.records import Note
from schemas.rules import Rule

NAMES = ("Blaby", "Melton", "Oadby")


def column(texts: tuple[str, ...], x: float = 400.0) -> list[Piece]:
    """Texts that end at one place, 40 points below each other."""
    return [ending(text, x, 100.0 + 40 * i) for i, text in enumerate(texts)]


def named(texts: tuple[str, ...]) -> list[Piece]:
    """The same, each with a name on its left."""
    return [*((name, 60.0, 100.0 + 40 * i) for i, name in enumerate(NAMES)), *column(texts)]


@pytest.mark.parametrize(
    ("pieces", "found"),
    [
        (column(("£5,000", "£64", "£750")), ["£5,000", "£64", "£750"]),
        (column(("£5,000", "£64")), []),
        (named(("5,000", "(64)", "2.5%")), ["5,000", "(64)", "2.5%"]),
        (named(("2014", "2015", "2016")), []),
        (named(("a) £5k", "b) £64m", "Total: £9")), ["£5k", "£64m", "£9"]),
        # Figures that open lines count paragraphs; those in running text stand where they come to stand.
        (column(("12", "13", "14"), 80.0), []),
        ([(f"We paid £{5 + i} for it", 60.0 + 30 * i, 100.0 + 14 * i) for i in range(4)], []),
        ([ending("£5", 300.0, 100.0), ending("£60", 340.0, 140.0), ending("£700", 390.0, 180.0)], []),
    ],
    ids=["pounds", "two", "beside names", "years", "parts", "numbers of paragraphs", "in words", "not in line"],
)  # fmt: skip
def test_figures_below_each_other_are_found(pieces: list[Piece], found: list[str]) -> None:
    assert [line.text for line in astray(page(pieces).rows)] == found


def told(content: bytes) -> list[Note]:
    """What is told of figures outside tables in a page."""
    notes = extract(pdf_of([content]), ask=lambda *_: []).notes
    return [note for note in notes if note.rule is Rule.CELLS_ASTRAY]


def test_page_tells_of_them_and_a_table_that_is_read_does_not() -> None:
    lone = b"".join(b"BT /F 10 Tf 400 %d Td (\xa3%d,000) Tj ET " % (700 - 90 * i, 20 + i) for i in range(4))
    (note,) = told(lone)
    assert (note.raw, note.detail) == ("£20,000", "4 figures on page 1: £20,000, £21,000, £22,000, £23,000")
    assert note.place.char_start == 0
    assert told(GRID) == []
