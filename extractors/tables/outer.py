"""Rows and columns of a grid that its lines do not close: beside it, above its first level line, below its last."""

from collections import defaultdict
from itertools import pairwise

from extractors.grid import is_figure
from extractors.pages.page import PageText, words_in
from extractors.pages.seen import Box, Fill, Rule
from extractors.pages.words import by_height
from extractors.tables.bands import covered
from extractors.tables.columns import Columns, Words, pieces_in
from extractors.tables.grids import Grid
from extractors.tables.worded import is_full

_NEAR = 2.0
# A heading has words over so many of the columns below it, at least.
_MOST = 0.6
# A rule that hangs below a grid goes on by one line: by fewer heights of its words than these, which it begins within.
_HANGS, _BEGINS = 2.0, 1.0
# A heading that only level lines rule off is at most so many heights of its words high.
_LID = 9.0
# A ground ends at a thick line below it within so many points of the middle of that.
_SEAM = 3.0


def with_outer_columns(grid: Grid, text: PageText) -> Grid:
    """A grid with what stands beside it as far as its level lines reach: a first and a last column without a side.

    Such a column may be blank where the grounds of the rows reach over it.
    """
    left, top, right, bottom = grid.box
    level = [rule for rule in text.rules if rule.bottom - rule.top < _NEAR and top - _NEAR < rule.top < bottom + _NEAR]
    grounds = [fill for fill in text.fills if top - _NEAR < fill.top and fill.bottom < bottom + _NEAR]
    start, first = (min([left, *(m.x0 for m in own if m.x1 > left - _NEAR)]) for own in (level, grounds))
    end, last = (max([right, *(m.x1 for m in own if m.x0 < right + _NEAR)]) for own in (level, grounds))
    size = min((word.size for word in words_in(text, grid.box)), default=right - left)
    cells, box = list(grid.cells), grid.box
    for at, inner, ruled, ground in ((0, left, (start, left), (first, left)), (2, right, (right, end), (right, last))):
        low, high = ruled if words_in(text, (ruled[0], top, ruled[1], bottom)) else ground
        if high - low > size:
            cells += [(low, cell[1], high, cell[3]) for cell in grid.cells if abs(cell[at] - inner) < _NEAR]
            box = (min(box[0], low), top, max(box[2], high), bottom)
    return Grid(tuple(cells), box)


def with_first_row(grid: Grid, text: PageText) -> Grid:
    """A grid with the lines above it that rules between its columns go on beside: a heading, ruled off below.

    So is a heading below a level line over the whole grid, or on grounds that end at it, which no upright lines divide.
    """
    left, top, right, _ = grid.box
    first = sorted(cell for cell in grid.cells if cell[1] < top + _NEAR)
    edges = [cell[0] for cell in first[1:]]
    starts = [
        rule.top
        for rule in text.rules
        if rule.top < top - _NEAR < rule.bottom - 2 * _NEAR
        and any(abs(rule.x0 - x) < _NEAR and abs(rule.x1 - x) < _NEAR for x in edges)
    ]
    start = min(starts) if len(starts) >= max(1, len(edges)) else _lid(grid.box, text)
    words = words_in(text, (left, start, right, top))
    lines = by_height(words)
    pieces = [piece for line in lines for piece in pieces_in(line)]
    crossed = {edge for edge in edges if any(piece[0].x0 < edge < piece[-1].x1 for piece in pieces)}
    # A heading may stand over several columns, all of which have one of their own below it.
    below = Columns(tuple((x0, x1) for x0, _, x1, _ in first))
    spanned = bool(lines) and bool(crossed) and not starts and is_full(lines[-1], below)
    sides = all(any((word.x0 > edge) == side for word in words) for edge in edges for side in (False, True))
    headed = sum(any(x0 < word.x0 < x1 for word in words) for x0, _, x1, _ in first)
    if not edges or not words or not sides or (crossed and not spanned) or (not starts and headed < _MOST * len(first)):
        return grid
    parts = [left, *(edge for edge in edges if edge not in crossed), first[-1][2]]
    return Grid((*((x0, start, x1, top) for x0, x1 in pairwise(parts)), *grid.cells), (left, start, *grid.box[2:]))


def _lid(box: Box, text: PageText) -> float:
    """How far from the top the nearest level line runs over a whole box, not far above it; the box's top if none.

    So does the upper edge of grounds that end at the box.
    """
    left, top, right, _ = box
    size = max((word.size for word in words_in(text, box)), default=0.0)
    heights: defaultdict[int, list[Rule | Fill]] = defaultdict(list)
    marks: list[Rule | Fill] = [rule for rule in text.rules if rule.bottom - rule.top < _NEAR]
    marks += [fill for fill in text.fills if abs(fill.bottom - top) < _SEAM]
    for mark in marks:
        if top - _LID * size < mark.top < top - _NEAR:
            heights[round(mark.top)].append(mark)
    pieces = ((own[0].top, [(mark.x0, mark.x1) for mark in own]) for own in heights.values())
    return max((y for y, own in pieces if covered(own, left, right) > right - left - _NEAR), default=top)


def with_last_row(grid: Grid, text: PageText) -> Grid:
    """A grid with the line below it that a rule between two of its columns goes on beside: totals, ruled off above."""
    left, _, right, bottom = grid.box
    last = sorted(cell for cell in grid.cells if cell[3] > bottom - _NEAR)
    lines = [line for line in text.rows if bottom < line[0].middle and left < line[0].x1 and line[-1].x0 < right]
    line = min(lines, key=lambda each: each[0].middle, default=())
    end = max((_end(edge, bottom, line, text) for edge, *_ in last[1:] if line), default=0.0)
    if not end or line[0].x0 < left - _NEAR or line[-1].x1 > right + _NEAR:
        return grid
    end = max(end, *(word.bottom for word in line))
    return Grid((*grid.cells, *((x0, bottom, x1, end) for x0, _, x1, _ in last)), (*grid.box[:3], end))


def _end(edge: float, bottom: float, line: Words, text: PageText) -> float:
    """Where an upright rule ends that goes on from an edge beside a line of words before it and figures behind."""
    size = line[0].size
    before, behind = ([word.text for word in line if (word.x0 > edge) == side] for side in (False, True))
    crossed = any(word.x0 < edge < word.x1 for word in line)
    if crossed or not before or not any(map(is_figure, behind)):
        return 0.0
    beside = (rule for rule in text.rules if abs(rule.x0 - edge) < _NEAR and abs(rule.x1 - edge) < _NEAR)
    own = (rule for rule in beside if rule.top < bottom + _BEGINS * size and rule.bottom > line[0].middle)
    return max((rule.bottom for rule in own if rule.bottom < bottom + _HANGS * size), default=0.0)
