"""Grids that rules draw: lines put together from their pieces, and the cells between lines that cross."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from extractors.seen import Box, Rule

# Pieces this near, in points, side by side or end to end, are one line; lines that miss each other by less cross.
_NEAR = 3.0
# A rule leaves the straight by less than this, and is longer.
_FLAT = 1.0
_LEAST = 3.0
_at = attrgetter("at")


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells that rules draw: the boxes of a table's cells, and the box around them."""

    cells: tuple[Box, ...]
    box: Box


class _Stroke(NamedTuple):
    """A straight line: how far from the left (or the top) it runs, from where, to where."""

    at: float
    start: float
    end: float


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """The grids of a page, from top to bottom.

    >>> level = [Rule(0.0, y, 20.0, y) for y in (0.0, 10.0)]
    >>> find_grids([*level, *(Rule(x, 0.0, x, 10.0) for x in (0.0, 8.0, 20.0))])[0].cells
    ((0.0, 0.0, 8.0, 10.0), (8.0, 0.0, 20.0, 10.0))
    """
    upright = _whole(_Stroke((r.x0 + r.x1) / 2, r.top, r.bottom) for r in rules if r.x1 - r.x0 < _FLAT)
    level = _whole(_Stroke((r.top + r.bottom) / 2, r.x0, r.x1) for r in rules if r.bottom - r.top < _FLAT)
    if not upright or not level or len(upright) + len(level) < 4:
        return []
    sides = [_sides(own, others) for own, others in _crossing(upright, level)]
    upright = [*upright, *(side for pair in sides for side in pair[0])]
    level = [*level, *(side for pair in sides for side in pair[1])]
    return sorted((_grid(cells) for cells in _together(list(_cells(upright, level)))), key=lambda g: (g.box[1], g.box))


def _whole(pieces: Iterable[_Stroke]) -> list[_Stroke]:
    """Lines put together from pieces that lie on one line and touch."""
    return [line for row in _clusters(sorted(pieces, key=_at), _at) for line in _joined(row)]


def _clusters(strokes: Sequence[_Stroke], key: Callable[[_Stroke], float]) -> Iterator[list[_Stroke]]:
    """Strokes in groups within which each is near the next."""
    group: list[_Stroke] = []
    for stroke in strokes:
        if group and key(stroke) - key(group[-1]) > _NEAR:
            yield group
            group = []
        group.append(stroke)
    if group:
        yield group


def _joined(pieces: Sequence[_Stroke]) -> Iterator[_Stroke]:
    """Pieces near one line, those that touch or overlap as one, in the middle of them."""
    run: list[_Stroke] = []
    end = 0.0
    for piece in sorted(pieces, key=attrgetter("start")):
        if run and piece.start - end > _NEAR:
            yield from _line(run, end)
            run = []
        end = max(end, piece.end) if run else piece.end
        run.append(piece)
    yield from _line(run, end)


def _line(run: Sequence[_Stroke], end: float) -> Iterator[_Stroke]:
    if end - run[0].start >= _LEAST:
        yield _Stroke(sum(piece.at for piece in run) / len(run), run[0].start, end)


def _crossing(upright: Sequence[_Stroke], level: Sequence[_Stroke]) -> Iterator[tuple[list[_Stroke], list[_Stroke]]]:
    """Lines in groups that cross one another: those of one table each."""
    parts: list[tuple[list[_Stroke], list[_Stroke]]] = []
    for line in upright:
        crossed = [row for row in level if _cross(line, row)]
        met = [part for part in parts if any(row in part[1] for row in crossed)]
        parts = [part for part in parts if not any(part is other for other in met)]
        rows = [*(row for part in met for row in part[1]), *crossed]
        parts.append(([*(each for part in met for each in part[0]), line], list(dict.fromkeys(rows))))
    yield from (part for part in parts if part[1])


def _sides(upright: Sequence[_Stroke], level: Sequence[_Stroke]) -> tuple[list[_Stroke], list[_Stroke]]:
    """The open sides of a table, upright and level: where two lines or more begin, or end, and none is drawn."""
    left, right = _range(upright, level)
    top, bottom = _range(level, upright)
    return (
        [_Stroke(at, top, bottom) for at in (left, right) if _is_open(at, upright, level)],
        [_Stroke(at, left, right) for at in (top, bottom) if _is_open(at, level, upright)],
    )


def _range(strokes: Sequence[_Stroke], across: Sequence[_Stroke]) -> tuple[float, float]:
    return (
        min(*map(_at, strokes), *(each.start for each in across)),
        max(*map(_at, strokes), *(each.end for each in across)),
    )


def _is_open(at: float, drawn: Sequence[_Stroke], across: Sequence[_Stroke]) -> bool:
    ends = sum(min(abs(line.start - at), abs(line.end - at)) <= _NEAR for line in across)
    return ends > 1 and not any(abs(each.at - at) <= _NEAR for each in drawn)


def _cells(upright: Sequence[_Stroke], level: Sequence[_Stroke]) -> Iterator[Box]:
    """The smallest box to the right of and below each crossing that lines close on all four sides."""
    upright, level = sorted(upright, key=_at), sorted(level, key=_at)
    rights = [[v for v, u in enumerate(upright) if _cross(u, row)] for row in level]
    crossings = {(v, h) for h, row in enumerate(rights) for v in row}
    downs: dict[int, list[int]] = {}
    for h, row in enumerate(rights):
        for v in row:
            downs.setdefault(v, []).append(h)
    for v, h in sorted(crossings):
        found = next(
            (
                (right, below)
                for below in downs[v]
                if below > h
                for right in rights[h]
                if right > v and (right, below) in crossings
            ),
            None,
        )
        if found:
            yield upright[v].at, level[h].at, upright[found[0]].at, level[found[1]].at


def _cross(upright: _Stroke, level: _Stroke) -> bool:
    return (
        level.start - _NEAR <= upright.at <= level.end + _NEAR
        and upright.start - _NEAR <= level.at <= upright.end + _NEAR
    )


def _together(cells: Sequence[Box]) -> list[list[Box]]:
    """Cells in groups that share corners."""
    group = list(range(len(cells)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    corners: dict[tuple[float, float], int] = {}
    for index, (x0, top, x1, bottom) in enumerate(cells):
        for corner in ((x0, top), (x1, top), (x0, bottom), (x1, bottom)):
            group[root(index)] = root(corners.setdefault(corner, index))
    roots = sorted((root(index), cell) for index, cell in enumerate(cells))
    return [[cell for _, cell in members] for _, members in groupby(roots, key=lambda pair: pair[0])]


def _grid(cells: Sequence[Box]) -> Grid:
    lefts, tops, rights, bottoms = zip(*cells, strict=True)
    return Grid(tuple(cells), (min(lefts), min(tops), max(rights), max(bottoms)))
