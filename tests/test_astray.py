"""Figures outside all tables are told: those that stand below each other, and those of charts."""

from dataclasses import replace

import pytest
from made_pdf import GRID, pdf_of
from test_columns import Piece, ending, page
from test_grids import level, upright

from extractors.grid import Row
from extractors.lines import Source, clean_slice
from extractors.pdf import extract
from extractors.tables.astray import astray, covered, without_cell
from extractors.tables.grids import find_grids
from extractors.tables.ruled import find_ruled
from schemas.records import Line, Note
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


def told(content: bytes, rule: Rule = Rule.CELLS_ASTRAY) -> list[Note]:
    """What is told by a rule of a page."""
    return [note for note in extract(pdf_of([content]), ask=lambda *_: []).notes if note.rule is rule]


def test_page_tells_of_them_and_a_table_that_is_read_does_not() -> None:
    lone = b"".join(b"BT /F 10 Tf 400 %d Td (\xa3%d,000) Tj ET " % (700 - 90 * i, 20 + i) for i in range(4))
    (note,) = told(lone)
    assert (note.raw, note.detail) == ("£20,000", "4 figures on page 1: £20,000, £21,000, £22,000, £23,000")
    assert note.place.char_start == 0
    assert told(GRID) == []


def test_words_in_a_part_of_a_grid_that_no_line_closes_are_told() -> None:
    rules = [level(100.0), level(120.0), level(180.0, 50.0, 150.0), upright(50.0), upright(150.0)]
    rules.append(upright(250.0, 100.0, 120.0))
    pieces = [("Area", 55.0, 105.0), ("Sum", 155.0, 105.0), ("Blaby", 55.0, 140.0)]
    for words, expected in (("", []), ("five pounds", ["five", "pounds"]), ("....", [])):
        text = page([*pieces, (words, 155.0, 140.0)], tuple(rules))
        assert [word.text for word in without_cell(text, find_ruled(find_grids(rules), text))] == expected


def test_words_below_a_cell_that_covers_their_place_are_told() -> None:
    row = Row((clean(""), clean("lost")), Source(1, "", 0), spans=((1, 2), None))
    assert [line.text for line in covered([row])] == ["lost"]
    assert covered([replace(row, spans=((1, 1), (1, 1))), Row(row.cells, row.source)]) == []


def clean(text: str) -> tuple[Line, ...]:
    return (clean_slice(Source(1, text, 0)),) if text else ()


def test_figures_of_a_chart_are_told() -> None:
    bars = b"0.2 0.3 0.6 rg " + b"".join(b"%d 400 20 %d re f " % (100 + 40 * i, h) for i, h in enumerate((50, 72, 20)))
    labels = b"".join(
        b"BT /F 8 Tf %d %d Td (%d) Tj ET " % (104 + 40 * i, 403 + h, h) for i, h in enumerate((50, 72, 20))
    )
    (note,) = told(bars + labels, Rule.NOT_A_TABLE)
    assert (note.raw, note.detail) == ("72", "page 1: 3 of its figures, in a chart or a list of contents")
    assert told(GRID, Rule.NOT_A_TABLE) == []
