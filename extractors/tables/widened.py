"""Columns as wide as the headings over them, which may reach beyond the figures below."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf

from extractors.pages.seen import Box, Fill
from extractors.pages.words import text_of
from extractors.tables.columns import GAP, Columns, Span, Words, first_figure, is_at, pieces_in

# Words, not the letter of a part or the sign of a currency before a figure.
_WORDED = re.compile(r"[^\W\d_]{2}")
# Grounds nearer than this, in points, touch.
_TOUCH = 1.5


def with_heads(columns: Columns, lines: Sequence[Words], fills: Sequence[Fill] = ()) -> Columns:
    """Columns of a table's lines, as wide as the pieces that stand between them, for the most part of its heading.

    Where each of them stands on the ground of a cell, they are as wide as what stands on these grounds in the heading.
    Where figures are set to the right a heading set to the left may be nearer to the column before its own. Two pieces
    of one line that are nearest to one column are those of two: the second is of the next one, unless that has a piece.
    What stands before the start of a column, with another piece there, is of the column before.
    """
    head = lines[: first_figure(lines)]
    if found := next((wide for line in reversed(head) if (wide := _on_grounds(columns, line, head, fills))), None):
        return found
    pieces_of_each = [_by_gaps(line) for line in lines]
    for pieces in pieces_of_each:
        for left, right in pairwise(pieces):
            columns = _up_to(columns, left, right)
    for pieces in sorted(pieces_of_each[: len(head)], key=len, reverse=True):
        ways = (_shifted(columns, pieces, 1), _shifted(columns, pieces, -1))
        columns = next((wide for wide in ways if wide and _are_apart(pieces, wide)), columns)
        columns = _over_each(columns, pieces)
    return columns


def _on_grounds(columns: Columns, line: Words, head: Sequence[Words], fills: Sequence[Fill]) -> Columns | None:
    """Columns as wide as the words of a heading on the grounds of cells, one for each column, behind a line of it."""
    words = [word for each in head for word in each]
    for cells in _cells_behind(line, fills):
        if len(cells) != len(columns.spans):
            continue
        top, bottom = round(cells[0][1]), round(cells[0][3])
        level = [word for word in words if top < word.middle < bottom]
        spans = []
        for (x0, _, x1, _), (left, right) in zip(cells, columns.spans, strict=True):
            own = [word for word in level if x0 <= word.x0 and word.x1 <= x1]
            spans.append((min([left, *(word.x0 for word in own)]), max([right, *(word.x1 for word in own)])))
        if all(cell[0] <= span[0] and span[1] <= cell[2] for cell, span in zip(cells, spans, strict=True)):
            return Columns(tuple(spans))
    return None


def _cells_behind(line: Words, fills: Sequence[Fill]) -> Iterator[list[Box]]:
    """The grounds behind a line that start and end at the same heights, where they touch side by side."""
    levels: dict[tuple[int, int], set[Box]] = {}
    for fill in fills:
        if fill.top <= line[0].middle <= fill.bottom:
            levels.setdefault((round(fill.top), round(fill.bottom)), set()).add(fill[:4])
    for _, own in sorted(levels.items()):
        cells = sorted(own)
        if all(abs(left[2] - right[0]) < _TOUCH for left, right in pairwise(cells)):
            yield cells


def _by_gaps(line: Words) -> list[Words]:
    """The pieces of a line; words a blank apart are of one though the second starts a column: `Amount 2015/16`."""
    joined: list[Words] = []
    for piece in pieces_in(line):
        near = joined and piece[0].x0 - joined[-1][-1].x1 < GAP * piece[0].size
        joined[-1:] = [[*joined[-1], *piece]] if near else [*joined[-1:], piece]
    return joined


def _over_each(columns: Columns, pieces: Sequence[Words]) -> Columns:
    """Columns that reach to the pieces of a line which has one for each of them, the first apart, none into another."""
    places = [columns.of(piece) for piece in pieces]
    number = range(len(columns.spans) - len(pieces), len(columns.spans))
    if number[0] not in (0, 1) or places != [(n, n) for n in number]:
        return columns
    spans = [(-inf, -inf), *columns.spans, (inf, inf)]
    for n, piece in zip(number, pieces, strict=True):
        if spans[n][1] < piece[0].x0 and piece[-1].x1 < spans[n + 2][0]:
            spans[n + 1] = (min(spans[n + 1][0], piece[0].x0), max(spans[n + 1][1], piece[-1].x1))
    return Columns(tuple(spans[1:-1]))


def _up_to(columns: Columns, left: Words, right: Words) -> Columns:
    """Columns, the one before the second of two pieces as wide as the first, where the second starts its column."""
    number, last = columns.of(right)
    start = columns.spans[number][0]
    if not 0 < number == last or left[-1].x1 >= start or not is_at(right[0], [start]):
        return columns
    if columns.of(left)[0] != number or not _WORDED.search(text_of(left)):
        return columns
    before = (columns.spans[number - 1][0], left[-1].x1)
    return Columns((*columns.spans[: number - 1], before, *columns.spans[number:]))


def _shifted(columns: Columns, pieces: Sequence[Words], step: int) -> Columns | None:
    """Columns that reach to the pieces before them (1) or behind them (-1) that others leave no room; None if none."""
    spans = list(columns.spans)
    taken, changed = (-1 if step > 0 else len(spans)), False
    for piece in pieces[::step]:
        first, last = Columns(tuple(spans)).of(piece)
        near, far = (first, last) if step > 0 else (last, first)
        if near == far == taken and 0 <= taken + step < len(spans) and _is_clear(piece, spans[taken]):
            taken += step
            left, right = spans[taken]
            spans[taken] = (min(left, piece[0].x0), max(right, piece[-1].x1))
            changed = True
        else:
            taken = far
    return Columns(tuple(spans)) if changed else None


def _is_clear(piece: Words, span: Span) -> bool:
    return piece[0].x0 > span[1] or piece[-1].x1 < span[0]


def _are_apart(pieces: Sequence[Words], columns: Columns) -> bool:
    """Whether the pieces of a line stand in columns of their own, in order."""
    places = [columns.of(piece) for piece in pieces]
    return all(before[1] < behind[0] for before, behind in pairwise(places))
