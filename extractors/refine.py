"""Drawn cells held against what stands in them: one that holds several columns or several rows is divided.

Papers often rule the heading and frame the body, so that one drawn cell holds what should be many.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.bands import rows_of
from extractors.columns import Columns, Words, pieces_in
from extractors.grid import counts_parts, is_figure
from extractors.seen import Box
from extractors.words import Word, by_height

_NEAR = 2.0
# Words that start a row stand level with its figures within this share of their height.
_LEVEL = 0.35
# What stands in a column of figures where there is none.
_NONE = {"-", "–", "—", "n/a", "n.a.", "na", ".", "..", "...", "*", ":", "nil", "tbc"}


def refined(cells: Sequence[Box], words: Sequence[Word]) -> list[Box]:
    """The cells of a grid, those that hold several columns or rows of it divided."""
    lefts = sorted({cell[0] for cell in cells})
    across = [part for cell in cells for part in _columns(cell, lefts, _within(words, cell))]
    rows: dict[tuple[float, float], list[Box]] = {}
    for cell in across:
        rows.setdefault((cell[1], cell[3]), []).append(cell)
    whole = {row for row in rows if not any(_overlap(row, other) for other in rows if other != row)}
    return [part for row, own in rows.items() for part in (_rows(own, words) if row in whole else own)]


def _overlap(row: tuple[float, float], other: tuple[float, float]) -> bool:
    return row[0] < other[1] - _NEAR and other[0] < row[1] - _NEAR


def _within(words: Sequence[Word], cell: Box) -> list[Word]:
    x0, top, x1, bottom = cell
    return [word for word in words if x0 <= (word.x0 + word.x1) / 2 < x1 and top <= word.middle < bottom]


def _columns(cell: Box, lefts: Sequence[float], words: Sequence[Word]) -> list[Box]:
    """A cell over several columns; divided where its lines fall into them, several in most lines, one with a figure."""
    inner = [left for left in lefts if cell[0] + _NEAR < left < cell[2] - _NEAR]
    lines = by_height(words)
    if not inner or not lines:
        return [cell]
    pieces = [pieces_in(line) for line in lines]
    crossing = any(
        piece[0].x0 < edge - _NEAR and edge + _NEAR < piece[-1].x1 for own in pieces for piece in own for edge in inner
    )
    figures = sum(is_figure(" ".join(w.text for w in piece)) for own in pieces for piece in own)
    several = sum(len(own) > 1 for own in pieces)
    if crossing or not figures or several * 2 <= len(lines):
        return [cell]
    return [(x0, cell[1], x1, cell[3]) for x0, x1 in pairwise([cell[0], *inner, cell[2]])]


def _rows(row: Sequence[Box], words: Sequence[Word]) -> list[Box]:
    """The cells of a row; cut between lines where each has its own label and figures."""
    cells = sorted(row)
    columns = Columns(tuple((cell[0], cell[2]) for cell in cells))
    own = [_within(words, cell) for cell in cells]
    lines = by_height([word for each in own for word in each])
    if len(cells) < 2 or not _is_glued([by_height(each) for each in own]):
        return list(row)
    groups = rows_of([lines], columns)
    tops, bottoms = zip(*((min(_tops(group)), max(_bottoms(group))) for group in groups), strict=True)
    cuts = [cells[0][1], *((a + b) / 2 for a, b in zip(bottoms, tops[1:], strict=False)), cells[0][3]]
    return [(x0, top, x1, bottom) for x0, _, x1, _ in cells for top, bottom in pairwise(cuts)]


def _tops(group: Sequence[Words]) -> Iterator[float]:
    return (word.top for line in group for word in line)


def _bottoms(group: Sequence[Words]) -> Iterator[float]:
    return (word.bottom for line in group for word in line)


def _is_glued(columns: Sequence[Sequence[Words]]) -> bool:
    """Whether cells side by side hold several rows: labels, and figures alone, each level with a label."""
    labels, others = columns[0], [column for column in columns[1:] if column]
    most = max(map(len, others), default=0)
    if len(labels) < 2 or most < 2 or (most == 2 and len(others) < 2):
        return False
    heights = [line[0].middle for line in labels]
    level = all(
        any(abs(line[0].middle - y) < _LEVEL * line[0].size for y in heights) for column in others for line in column
    )
    return level and all(_is_cell_of_figures(line) for column in others for line in column) and not _flow(labels)


def _is_cell_of_figures(line: Words) -> bool:
    text = " ".join(word.text for word in line)
    return (is_figure(text) or text.lower() in _NONE) and not counts_parts(line[0].text)


def _flow(labels: Sequence[Words]) -> bool:
    """Whether labels are one text: all but the first start in small letters."""
    return all(line[0].text[0].islower() for line in labels[1:])
