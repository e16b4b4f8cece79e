"""Grids that rules draw: lines put together from their pieces, and the cells between lines that cross."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from extractors.pages.seen import Box, Rule

# Pieces this near, in points, side by side or end to end, are one line; lines that miss each other by less cross.
_NEAR = 3.0
# A rule leaves the straight by less than this, and is longer.
_FLAT = 1.0
_LEAST = 3.0
# The name of a section takes less than this, in points: two lines.
_LINE = 30.0
_at, _start = attrgetter("at"), attrgetter("start")


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells that rules draw: the boxes of a table's cells, and the box around them.

    `sections` has those of them that only upright lines leave out: the names of sections, over all columns.
    """

    cells: tuple[Box, ...]
    box: Box
    sections: tuple[Box, ...] = ()


class _Stroke(NamedTuple):
    """A straight line: how far from the left (or the top) it runs, from where, to where."""

    at: float
    start: float
    end: float


# One of all its fields in order, in half the time that naming them takes.
_stroke = partial(tuple.__new__, _Stroke)


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """The grids of a page, from top to bottom.

    >>> level = [Rule(0.0, y, 20.0, y) for y in (0.0, 10.0)]
    >>> find_grids([*level, *(Rule(x, 0.0, x, 10.0) for x in (0.0, 8.0, 20.0))])[0].cells
    ((0.0, 0.0, 8.0, 10.0), (8.0, 0.0, 20.0, 10.0))
    """
    upright = _whole(_stroke(((x0 + x1) / 2, top, bottom)) for x0, top, x1, bottom in rules if x1 - x0 < _FLAT)
    if not upright:
        return []
    level = _whole(_stroke(((top + bottom) / 2, x0, x1)) for x0, top, x1, bottom in rules if bottom - top < _FLAT)
    if not level or len(upright) + len(level) < 4:
        return []
    upright, level, sections = _with_sections(upright, level)
    groups = [(_to_foot(_unbroken(own, others), others), others) for own, others in _crossing(upright, level)]
    upright = [line for own, _ in groups for line in own]
    sides = [_sides(own, others) for own, others in groups]
    upright = [*upright, *(side for pair in sides for side in pair[0])]
    level = [*level, *(side for pair in sides for side in pair[1])]
    groups_of_cells = _together(list(_cells(upright, level)))
    return sorted((_grid(cells, sections) for cells in groups_of_cells), key=lambda g: (g.box[1], g.box))


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
    for piece in sorted(pieces, key=_start):
        if run and piece.start - end > _NEAR:
            yield from _line(run, end)
            run = []
        end = max(end, piece.end) if run else piece.end
        run.append(piece)
    yield from _line(run, end)


def _line(run: Sequence[_Stroke], end: float) -> Iterator[_Stroke]:
    if end - run[0].start >= _LEAST:
        yield _Stroke(sum(piece.at for piece in run) / len(run), run[0].start, end)


def _with_sections(
    upright: Sequence[_Stroke], level: Sequence[_Stroke]
) -> tuple[list[_Stroke], list[_Stroke], list[Box]]:
    """Lines, with boxes where two upright ones or more break off and go on at the same heights about a line below.

    The name of a section stands there over all columns. No level line opens what is below. Where other lines run on
    between them those that break off are made whole.
    """
    pairs = [(a, b) for row in _clusters(sorted(upright, key=_at), _at) for a, b in pairwise(sorted(row, key=_start))]
    closed = {round(line.at) + by for line in level for by in (-2, -1, 0, 1, 2)}
    gaps: defaultdict[tuple[int, int], list[tuple[_Stroke, _Stroke]]] = defaultdict(list)
    for a, b in pairs:
        if 0 < b.start - a.end < _LINE and round(b.start) not in closed:
            gaps[round(a.end), round(b.start)].append((a, b))
    opened = [gaps[at] for at in sorted(gaps) if len(gaps[at]) > 1]
    upright, level, boxes = list(upright), list(level), list[Box]()
    for own in opened:
        if _run_on(own, upright):
            upright += [_Stroke((a.at + b.at) / 2, a.end, b.start) for a, b in own]
            continue
        x0, top, x1, bottom = _box(own, level)
        boxes.append((x0, top, x1, bottom))
        upright += [_Stroke(x, top, bottom) for x in (x0, x1)]
        level += [_Stroke(y, x0, x1) for y in (top, bottom)]
    return (_whole(upright), _whole(level), boxes) if opened else (upright, level, [])


def _run_on(broken: Sequence[tuple[_Stroke, _Stroke]], upright: Sequence[_Stroke]) -> bool:
    """Whether an upright line stands unbroken between others that break off and go on."""
    first, last = broken[0][0], broken[-1][1]
    between = (line for line in upright if first.at + _NEAR < line.at < last.at - _NEAR)
    return any(line.start < first.end and line.end > last.start for line in between)


def _box(broken: Sequence[tuple[_Stroke, _Stroke]], level: Sequence[_Stroke]) -> Box:
    """The box of the name of a section, as far as the table reaches."""
    crossed = [row for row in level if any(_cross(line, row) for pair in broken for line in pair)]
    start = min((row.start for row in crossed), default=broken[0][0].at)
    end = max((row.end for row in crossed), default=broken[-1][0].at)
    top, bottom = (sum(ends) / len(broken) for ends in zip(*((a.end, b.start) for a, b in broken), strict=True))
    return start, top, end, bottom


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


def _unbroken(upright: Sequence[_Stroke], level: Sequence[_Stroke]) -> list[_Stroke]:
    """Upright lines, the left and the right side of a table without gaps, and others where a level line ends at one.

    Of a cell that reaches over several rows a writer may draw the side of the first only, and of a cell of a heading
    none, where level lines end at its corners.
    """
    ends = _range(upright, level)
    sides = [[line for line in upright if abs(line.at - at) <= _NEAR] for at in ends]
    pairs = [pair for side in sides for pair in pairwise(sorted(side, key=_start))]
    inner = (pair for row in _clusters(sorted(upright, key=_at), _at) for pair in pairwise(sorted(row, key=_start)))
    pairs += [(a, b) for a, b in inner if b.start > a.end and _is_open(a, b, level)]
    if not pairs:
        return list(upright)
    return _whole([*upright, *(_Stroke(above.at, above.end, below.start) for above, below in pairs)])


def _is_open(above: _Stroke, below: _Stroke, level: Sequence[_Stroke]) -> bool:
    """Whether the side of a cell is not drawn between two upright lines, at the upper of which a level one ends.

    One of more than two lines is so only where level lines end at both.
    """
    ends = [any(_ends_at(row, above.at, at) for row in level) for at in (above.end, below.start)]
    return ends[0] and (below.start - above.end < _LINE or ends[1])


def _ends_at(level: _Stroke, across: float, down: float) -> bool:
    """Whether a level line ends, or begins, at a place."""
    return abs(level.at - down) <= _NEAR and min(abs(x - across) for x in level[1:]) <= _NEAR


def _to_foot(upright: Sequence[_Stroke], level: Sequence[_Stroke]) -> list[_Stroke]:
    """Upright lines that stick out below the last level one, all as long as the longest of them.

    A page that cuts a row may end each cell below its own last line.
    """
    below, foot = max(row.at for row in level), max(line.end for line in upright)
    if foot <= below + _NEAR:
        return list(upright)
    out = {line for line in upright if line.start <= below + _NEAR and line.end > below + _NEAR}
    cut = sum(foot - line.end <= _NEAR for line in out) > 1
    return [line._replace(end=foot) if cut and line in out else line for line in upright]


def _sides(upright: Sequence[_Stroke], level: Sequence[_Stroke]) -> tuple[list[_Stroke], list[_Stroke]]:
    """The open sides of a table, upright and level: where two lines or more begin, or end, and none is drawn."""
    across, down = _range(upright, level), _range(level, upright)
    return (
        [side for at in across for side in _open(at, down, upright, level)],
        [side for at in down for side in _open(at, across, level, upright)],
    )


def _range(strokes: Sequence[_Stroke], across: Sequence[_Stroke]) -> tuple[float, float]:
    """The first and the last place where lines run, or where those across them reach to."""
    return (
        min(*map(_at, strokes), *(each.start for each in across)),
        max(*map(_at, strokes), *(each.end for each in across)),
    )


def _open(
    at: float, ends: tuple[float, float], drawn: Sequence[_Stroke], across: Sequence[_Stroke]
) -> Iterator[_Stroke]:
    """The stretches of a side over which no line is drawn: a page may cut some cells of a row and not others."""
    met = [line.at for line in across if min(abs(line.start - at), abs(line.end - at)) <= _NEAR]
    own = sorted((each for each in drawn if abs(each.at - at) <= _NEAR), key=_start)
    edges = [ends[0], *(edge for each in own for edge in (each.start, each.end)), ends[1]]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if end - start > _NEAR and sum(start - _NEAR <= each <= end + _NEAR for each in met) > 1:
            yield _Stroke(own[0].at if own else at, start, end)


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


def _grid(cells: Sequence[Box], sections: Sequence[Box]) -> Grid:
    lefts, tops, rights, bottoms = zip(*cells, strict=True)
    box = min(lefts), min(tops), max(rights), max(bottoms)
    apart = tuple(_told_apart(cells))
    return Grid(apart, box, tuple(cell for cell in apart if any(_same(cell, name) for name in sections)))


def _same(cell: Box, other: Box) -> bool:
    return all(abs(a - b) <= _NEAR for a, b in zip(cell, other, strict=True))


def _told_apart(cells: Sequence[Box]) -> list[Box]:
    """Cells, one that others stand in divided at their edges: what they leave of it. A side of it is not drawn."""
    edges = [sorted({cell[at] for cell in cells}) for at in (0, 1)]
    return [part for cell in cells for part in (_left_open(cell, cells) if _is_wide(cell, edges) else (cell,))]


def _is_wide(cell: Box, edges: Sequence[Sequence[float]]) -> bool:
    """Whether a cell reaches over the left or the upper edge of others."""
    return any(bisect_right(own, cell[at]) < bisect_left(own, cell[at + 2]) for at, own in enumerate(edges))


def _left_open(cell: Box, cells: Sequence[Box]) -> list[Box]:
    """What the cells that stand in a cell leave of it; the cell where there are none."""
    inner = [other for other in cells if _holds(cell, other)]
    xs, ys = ({cell[at], cell[at + 2], *(edge for o in inner for edge in (o[at], o[at + 2]))} for at in (0, 1))
    parts = [
        (x0, top, x1, bottom)
        for x0, x1 in pairwise(sorted(x for x in xs if cell[0] <= x <= cell[2]))
        for top, bottom in pairwise(sorted(y for y in ys if cell[1] <= y <= cell[3]))
    ]
    return [part for part in parts if not any(_holds(other, part) for other in inner)]


def _holds(cell: Box, other: Box) -> bool:
    """Whether the middle of another box stands in a cell, which is not that box."""
    x, y = (other[0] + other[2]) / 2, (other[1] + other[3]) / 2
    return cell != other and cell[0] < x < cell[2] and cell[1] < y < cell[3]
