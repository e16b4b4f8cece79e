"""What the tables of a page leave out: figures below each other outside all of them, words in none of their cells."""

import re
from collections.abc import Sequence

from extractors.grid import Row, is_year
from extractors.pages.page import PageText, words_in
from extractors.pages.words import Word, text_of
from extractors.tables.columns import Words, pieces_in
from extractors.tables.ruled import PageTable
from schemas.records import Line

# A figure and nothing else, with a mark or word before it that says which part of a row it is.
_FIGURE = re.compile(
    r"^(?:[a-z][).]\s*|total:?\s*)?[-−(]?£?\s?[-−(]?\d[\d,]*(?:\.\d+)?\s?(?:k|m|bn|%)?\)?$", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
# Figures stand in one column that start or end within so many points of each other; so many are no chance.
_IN_LINE = 2.0
_LEAST = 3


def astray(lines: Sequence[Words]) -> list[Line]:
    """The figures of the longest column among lines outside tables; none where it is short.

    Each is the last word of what stands there. Figures that open a line may count paragraphs and need a pound sign; a
    year is none.
    """
    found = [piece for line in lines for number, piece in enumerate(_pieces(line)) if _is_cell(piece, first=not number)]
    sides = ([(piece[0].x0, piece) for piece in found], [(piece[-1].x1, piece) for piece in found])
    column = max((_longest(side) for side in sides), key=len)
    return [piece[-1].line for piece in column] if len(column) >= _LEAST else []


def without_cell(page: PageText, tables: Sequence[PageTable]) -> list[Word]:
    """The words, with a letter or digit, that stand within tables of a page and in none of their cells.

    Dots that lead to a figure and rules of hyphens are left out of cells.
    """
    boxes = ((table.x0, table.top, table.x1, table.bottom) for table in tables)
    inside = {word.start: word for box in boxes for word in words_in(page, box)}
    lines = [line for table in tables for row in table.rows for cell in row.cells for line in cell]
    # Most pages have as much in cells as stands within their tables, and need not be asked about more.
    if sum(len(word.text) for word in inside.values()) <= sum(len(line.text) - line.text.count(" ") for line in lines):
        return []
    held = {at for line in lines for at in range(line.place.char_start or 0, line.place.char_end or 0)}
    return [word for start, word in sorted(inside.items()) if start not in held and any(map(str.isalnum, word.text))]


def covered(rows: Sequence[Row]) -> list[Line]:
    """The lines of rows in places that a cell covers from above or from the left: no cell has them."""
    pairs = (pair for row in rows if row.spans for pair in zip(row.cells, row.spans, strict=True))
    return [line for cell, span in pairs if span is None for line in cell]


def _pieces(line: Words) -> Sequence[Words]:
    return pieces_in(line) if any(_DIGIT.search(word.text) for word in line) else ()


def _is_cell(piece: Words, *, first: bool) -> bool:
    text = text_of(piece)
    return bool(_FIGURE.match(text)) and not is_year(text) and not (first and "£" not in text)


def _longest(edges: Sequence[tuple[float, Words]]) -> list[Words]:
    """The pieces of the longest run of edges that stand in line."""
    ordered = sorted(edges, key=lambda edge: edge[0])
    runs = ([piece for x, piece in ordered[at:] if x - left < _IN_LINE] for at, (left, _) in enumerate(ordered))
    return max(runs, key=len, default=[])
