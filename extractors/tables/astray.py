"""Figures that stand below each other outside all tables of a page: cells of a table that was not read."""

import re
from collections.abc import Sequence

from extractors.grid import is_year
from extractors.pages.words import text_of
from extractors.tables.columns import Words, pieces_in
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
