"""Headings in one drawn cell over several columns, where the lines between them are not drawn."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from extractors.grid import counts_columns, is_figure, is_round, is_year
from extractors.pages.page import PageText, words_in
from extractors.pages.seen import Box
from extractors.pages.words import by_height, text_of
from extractors.tables.columns import Words, pieces_in

_NEAR = 2.0
# So many numbers at least count columns.
_NUMBERED = 3
# Words may reach over the edge of their column by this share of their height.
_OVER = 0.6


def with_headings(cells: Sequence[Box], text: PageText) -> list[Box]:
    """The cells of a grid; one above the figures, over columns that its last lines all have words for, divided.

    Lines over the edges of those columns stay one cell above them.
    """
    lefts = sorted({cell[0] for cell in cells})
    wide = {cell for cell in cells if bisect_right(lefts, cell[0] + _NEAR) < bisect_left(lefts, cell[2] - _NEAR)}
    if not wide:
        return list(cells)
    down = sorted(cells, key=lambda cell: cell[1])
    first = next((cell[1] for cell in down if any(map(_counts, by_height(words_in(text, cell))))), 0.0)
    over = {cell for cell in wide if cell[1] < first - _NEAR}
    return [part for cell in cells for part in (_parts(cell, text, lefts) if cell in over else [cell])]


def with_numbers(cells: Sequence[Box], text: PageText) -> list[Box]:
    """The cells of a grid; those of a heading divided above last lines that number the columns or are figures.

    Figures stand beside a label and below words, `Factor: 0.4 0.9 1.1`.
    """
    for y in sorted({cell[3] for cell in cells}):
        own = sorted(cell for cell in cells if abs(cell[3] - y) < _NEAR)
        row = own[0][0], min(cell[1] for cell in own), own[-1][2], y
        if len(own) < _NUMBERED or not any(map(is_figure, (word.text for word in words_in(text, row)))):
            continue
        lines = [by_height(words_in(text, cell)) for cell in own]
        level = max((each[-1][0].top for each in lines if each), default=0.0)
        last = [line for each in lines for line in each[-1:] if abs(line[0].top - level) < _NEAR]
        over = [line for each in lines for line in each if line not in last]
        headed = sum(len(each) > 1 for each in lines if each and each[-1] in last) > 1
        above = max((word.bottom for line in over for word in line), default=level)
        if above < level and headed and not any(map(is_figure, map(text_of, over))) and _are_numbers(last, own):
            cut = (above + level) / 2
            parts = [(x0, a, x1, b) for x0, upper, x1, lower in own for a, b in ((upper, cut), (cut, lower))]
            return [*(cell for cell in cells if cell not in own), *parts]
        break  # The first figures are below the heading.
    return list(cells)


def _are_numbers(last: Sequence[Words], cells: Sequence[Box]) -> bool:
    """Whether the last lines of cells number all columns, the first or not, or are figures behind a label in most."""
    texts = [text_of(line) for line in last]
    behind = len(last) == len(cells) - 1 and last[0][0].x0 > cells[0][2]
    if (behind or len(last) == len(cells)) and counts_columns(texts):
        return True
    figures = [text for text in texts if is_figure(text) and not is_year(text) and not is_round(text)]
    labelled = last[0][0].x0 < cells[0][2] and not is_figure(texts[0])
    return labelled and len(figures) == len(texts) - 1 >= max(_NUMBERED, len(cells) / 2)


def _parts(cell: Box, text: PageText, lefts: Sequence[float]) -> list[Box]:
    """A cell as one above and those of each column below it, or as it is."""
    x0, top, x1, bottom = cell
    lines = by_height(words_in(text, cell))
    edges = [x0, *(left for left in lefts if x0 + _NEAR < left < x1 - _NEAR), x1]
    crossing = [
        n for n, line in enumerate(lines, 1) if any(crosses(p, edge) for p in pieces_in(line) for edge in edges[1:-1])
    ]
    count = crossing[-1] if crossing else 0
    # What closes a bracket goes on from the lines that open it.
    while 0 < count < len(lines) and len(pieces_in(lines[count])) == 1 and _is_open(lines[:count]):
        count += 1
    below = [piece for line in lines[count:] for piece in pieces_in(line)]
    if not all(any(left - _NEAR < (p[0].x0 + p[-1].x1) / 2 < right for p in below) for left, right in pairwise(edges)):
        return [cell]
    # Headings side by side are level: cells beside each other are divided at one height.
    y = min(word.top for piece in below for word in piece) if count else top
    whole = [(x0, top, x1, y)] if count else []
    return [*whole, *((left, y, right, bottom) for left, right in pairwise(edges))]


def _is_open(lines: Sequence[Words]) -> bool:
    text = " ".join(map(text_of, lines))
    return text.count("(") > text.count(")")


def crosses(piece: Words, edge: float) -> bool:
    """Whether a piece stands on both sides of an edge; figures in bold reach a little over theirs."""
    return min(edge - piece[0].x0, piece[-1].x1 - edge) > _OVER * piece[0].size


def _counts(line: Words) -> bool:
    """Whether a line has a figure that is no year, nor of a date: `April 1, 1990`."""
    return any(is_figure(text) and not is_year(text) for text in map(text_of, pieces_in(line)))
