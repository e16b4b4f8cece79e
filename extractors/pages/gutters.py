"""The columns that running text is set in, as far as a page tells them, and as a page before has them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from extractors.pages.leaders import without_leaders
from extractors.pages.seen import Box, Seen
from extractors.pages.words import Word, by_height, pieces_of

# Columns of text stand at least this many points apart, over so many lines. LaTeX sets them ten apart, of which letters
# that stick out of their line take a little.
GUTTER = 8.0
LEAST_LINES = 8
# Of the lines of running text more than half run nearly across their column; with headings, lists and small tables
# between at least a sixth do.
FILLED = 0.5
PROSE = 0.16
_NEARLY = 0.75
# What stands in this share of a page's height at its top or foot is furniture: running titles, numbers of pages, the
# rules beneath and above them.
MARGIN = 0.09
# Marks nearer than this, in points, touch.
_TOUCH = 3.0
# Lines start where a column does within this many points.
_EDGE = 1.0
# Text in known columns has so many lines in each, and this share of a line's height between it and what is drawn.
_FEWEST = 2
_AIR = 0.6
Lines = Sequence[Sequence[Word]]


class Gutter(NamedTuple):
    """Where text stands in two columns: from where to where the first and the second reach, in points."""

    left: float
    end: float
    start: float
    right: float


def gutter_of(parts: Sequence[Lines], known: Gutter | None = None) -> Gutter | None:
    """The columns of running text that two parts of a page, one after the other, are set in side by side.

    They are those that are known where there are none, and as wide as on both pages where they are the same: a page
    may have nothing but indented lines in one.
    """
    for left, right in pairwise(parts):
        level = right[0][0].middle < left[-1][0].middle
        if min(len(left), len(right)) < LEAST_LINES or not level:
            continue
        filled = [all(is_filled(side, PROSE) for side in (left, right))]
        filled.append(any(is_filled(side, FILLED) for side in (left, right)))
        found = Gutter(*_edges(left), *_edges(right))
        if found.end < found.start and all(filled):
            return _widened(found, known)
    return known


def _widened(found: Gutter, known: Gutter | None) -> Gutter:
    if not known or abs(known.start - found.start) > _EDGE:
        return found
    return Gutter(min(found.left, known.left), max(found.end, known.end), found.start, max(found.right, known.right))


def _edges(lines: Lines) -> tuple[float, float]:
    """From where to where lines reach: the first place where two of them start, which is no number of a page."""
    starts = sorted(line[0].x0 for line in lines)
    again = (a for a, b in pairwise(starts) if b - a < _EDGE)
    return next(again, starts[0]), max(line[-1].x1 for line in lines)


def inside(marks: Sequence[Box], seen: Seen) -> list[Box]:
    """Marks without those in a page's margins: a rule below a running title, or above a number, divides nothing."""
    return [mark for mark in marks if MARGIN * seen.height < mark[1] < (1 - MARGIN) * seen.height]


def known_columns(
    lines: Lines, seen: Seen, known: Gutter | None, drawn: Sequence[Box]
) -> tuple[int, int, float] | None:
    """Where most lines in a row keep to columns that are known, if any do as text in columns does."""
    if not known or not lines:
        return None
    within = inside(drawn, seen)
    heights = sorted(y for mark in _across(within, known.start) for y in (mark[1], mark[3]))
    before = [bisect_left(heights, line[0].middle) for line in lines]
    free = [_keeps_to(line, known) for line in lines]
    runs = [
        [number for number, _ in own]
        for kept, own in groupby(enumerate(zip(free, before, strict=True)), key=lambda each: each[1])
        if kept[0]
    ]
    for run in sorted(runs, key=len, reverse=True):
        if _are_known(lines[run[0] : run[-1] + 1], known, within):
            return run[0], run[-1] + 1, known.start - GUTTER / 2
    return None


def _keeps_to(line: Sequence[Word], known: Gutter) -> bool:
    """Whether each word of a line stands in one of two columns."""
    first, second = (known.left - _EDGE, known.start - GUTTER), (known.start - _EDGE, known.right + _EDGE)
    return all(any(low <= word.x0 and word.x1 <= high for low, high in (first, second)) for word in line)


def _are_known(lines: Lines, known: Gutter, drawn: Sequence[Box]) -> bool:
    """Whether lines are text in known columns: they start just where each column does, and nothing drawn is close.

    Cells of a table stand off its edges, and rules close to them; what comes after a long text may be as close.
    """
    words = [word for line in lines for word in line]
    first = [word for word in words if word.x0 < known.start - _EDGE]
    second = [word for word in words if word.x0 >= known.start - _EDGE]
    sides = (by_height(first), known.left), (by_height(second), known.start)
    starts = all(any(abs(line[0].x0 - at) < _EDGE for line in side) for side, at in sides)
    return starts and min(len(side) for side, _ in sides) >= _FEWEST and not _are_cells(lines, known.start, drawn)


def _are_cells(lines: Lines, x: float, drawn: Sequence[Box]) -> bool:
    """Whether marks that reach across a place are close to lines: above and below, or on one side of a few."""
    close = touched(lines, x, drawn)
    return all(close) or (any(close) and len(lines) < LEAST_LINES)


def touched(lines: Lines, x: float, drawn: Sequence[Box]) -> tuple[bool, bool]:
    """Whether a mark that reaches across a place is close above lines, and below, as a table's rules are to cells."""
    near = _AIR * lines[0][0].size
    top, bottom = min(w.top for w in lines[0]), max(w.bottom for w in lines[-1])
    marks = [y for mark in _across(drawn, x) for y in (mark[1], mark[3])]
    return any(top - near < y < top + near for y in marks), any(bottom - near < y < bottom + near for y in marks)


def _across(drawn: Sequence[Box], x: float) -> Iterator[Box]:
    return (mark for mark in drawn if mark[0] < x - GUTTER and mark[2] > x + GUTTER)


def drawn_on(seen: Seen) -> list[Box]:
    """The lines and grounds of a page, those in pieces as one."""
    return _side_by_side([*((m.x0, m.top, m.x1, m.bottom) for m in seen.rules), *(fill[:4] for fill in seen.fills)])


def _side_by_side(marks: Iterable[Box]) -> list[Box]:
    """Lines and grounds, those that touch side by side at one height, as cells of one row do, put together."""
    found: list[Box] = []
    level: tuple[int, int] | None = None
    for at, mark in sorted(((round(mark[1]), round(mark[3])), mark) for mark in marks):
        if at == level and mark[0] - found[-1][2] < _TOUCH:
            left, top, right, bottom = found[-1]
            found[-1] = left, top, max(right, mark[2]), bottom
        else:
            found.append(mark)
            level = at
    return found


def is_filled(lines: Lines, share: float) -> bool:
    """Whether so many of the lines of one side run nearly across it."""
    width = max(line[-1].x1 for line in lines) - min(line[0].x0 for line in lines)
    size = median([line[0].size for line in lines])
    worded = [without_leaders(line) or line for line in lines]
    longest = [max(piece[-1].x1 - piece[0].x0 for piece in pieces_of(line, 1.5 * size)) for line in worded]
    return width > 12 * size and sum(length > _NEARLY * width for length in longest) > share * len(lines)
