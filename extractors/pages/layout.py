"""The parts of a page that are read one after the other: text across the page, or column by column."""

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise
from statistics import median

import numpy as np

from extractors.pages.captions import captioned
from extractors.pages.leaders import without_leaders
from extractors.pages.seen import Box, Seen
from extractors.pages.words import Word, by_height, pieces_of

# Columns of text stand at least this many points apart, near the middle of the text, over so many lines. LaTeX sets
# them ten apart, of which letters that stick out of their line take a little.
_GUTTER = 8.0
_MIDDLE = (0.3, 0.7)
_STEP = 1
_LEAST_LINES = 8
# Columns that end at one height, as LaTeX balances them at the end of a part, may be as short as this.
_SHORTEST = 6
_SAME_WIDTH = 0.95
# A column that another one follows has this share of its lines, at least.
_SHORT = 0.4
# Of the lines of running text more than half run nearly across their column; with headings, lists and small tables
# between at least a sixth do.
_NEARLY = 0.75
_FILLED = 0.5
_PROSE = 0.16
# Lines are level whose middles differ by less than this share of their height.
_LEVEL = 0.15
# So many lines across this share of one side are a table's.
_LEAST_RULES = 3
_ACROSS = 0.6
# What stands in this share of a page's height at its top or foot is furniture: running titles, numbers of pages, the
# rules beneath and above them.
MARGIN = 0.09
# Marks nearer than this, in points, touch.
_TOUCH = 3.0
_Lines = Sequence[Sequence[Word]]


def regions(words: Sequence[Word], seen: Seen) -> Iterator[list[list[Word]]]:
    """The lines of a page's words in reading order: of one part, or of those above, of each column, and below."""
    lines = by_height(words)
    cut = captioned(lines, seen) or _columns(lines, seen)
    if cut is None:
        if lines:
            yield lines
        return
    first, last, x = cut
    for part in (
        [word for line in lines[:first] for word in line],
        [word for line in lines[first:last] for word in line if word.x1 <= x],
        [word for line in lines[first:last] for word in line if word.x1 > x],
        [word for line in lines[last:] for word in line],
    ):
        yield from regions(part, seen) if len(part) < len(words) else iter([by_height(part)])


def _columns(lines: _Lines, seen: Seen) -> tuple[int, int, float] | None:
    """Where text is set in columns: the lines from and to, and where on the page the gutter between them is."""
    if len(lines) < _LEAST_LINES:
        return None
    left, right = min(line[0].x0 for line in lines), max(line[-1].x1 for line in lines)
    drawn = _side_by_side([*((m.x0, m.top, m.x1, m.bottom) for m in seen.rules), *(fill[:4] for fill in seen.fills)])
    # A rule below a running title, or above a page's number, divides nothing.
    low, high = MARGIN * seen.height, (1 - MARGIN) * seen.height
    for first, last, places in _runs(lines, *(int(left + share * (right - left)) for share in _MIDDLE)):
        marks = _marks(lines[first:last], drawn)
        over = [mark for mark in marks if low < mark[1] < high]
        x = next((x for x in places if not any(m[0] < x - _GUTTER and m[2] > x + _GUTTER for m in over)), None)
        if x is not None:
            return (first, last, x) if _is_set_in_columns(lines[first:last], x, marks, seen.width) else None
    return None


def _runs(lines: _Lines, low: int, high: int) -> Iterator[tuple[int, int, list[float]]]:
    """Runs of lines that leave a gutter at one place, the longest first: from a line to a line, and the places."""
    places = max(1, (high - low + _STEP - 1) // _STEP)
    free = _free(lines, low, places)
    # How many lines leave each place free up to each line: its number less that of the last one that does not.
    numbers = np.arange(1, len(lines) + 1)[:, np.newaxis]
    runs = numbers - np.maximum.accumulate(np.where(free, 0, numbers), axis=0)
    best, ends = runs.max(axis=0), runs.argmax(axis=0) + 1
    found = sorted(set(zip(best.tolist(), ends.tolist(), strict=True)), key=lambda each: (-each[0], each[1]))
    for size, end in found:
        if size < max(1, _NEARLY * best.max()):
            return
        alike = np.flatnonzero((best == size) & (ends == end))
        yield end - size, end, [float(low + _STEP * each) for each in alike]


def _free(lines: _Lines, low: int, places: int) -> np.ndarray:
    """Of each line (a row) and each place from the lowest on, whether no word stands within half a gutter of it."""
    number = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    lefts = np.array([word.x0 for line in lines for word in line])
    rights = np.array([word.x1 for line in lines for word in line])
    starts = np.floor((lefts - _GUTTER / 2 - low) / _STEP).astype(int) + 1
    ends = np.ceil((rights + _GUTTER / 2 - low) / _STEP).astype(int)
    # Each word counts from its start on, and no more from its end on.
    over, across = ends > starts, places + 1
    opened, closed = (
        np.bincount(number[over] * across + at[over].clip(0, places), minlength=len(lines) * across)
        for at in (starts, ends)
    )
    counted = (opened - closed).reshape(len(lines), across)
    return np.asarray(np.cumsum(counted, axis=1)[:, :places] == 0)


def _marks(lines: _Lines, drawn: Sequence[Box]) -> list[Box]:
    """The lines and grounds drawn between the first and the last of some lines of words, high ones apart."""
    top, bottom = min(w.top for w in lines[0]), max(w.bottom for w in lines[-1])
    low = (mark for mark in drawn if mark[3] - mark[1] < (bottom - top) / 2)
    return [mark for mark in low if top < mark[1] and mark[3] < bottom]


def _is_set_in_columns(lines: _Lines, x: float, marks: Sequence[Box], width: float) -> bool:
    """Whether both sides of a gutter are running text that fills its column, or tables of their own."""
    left = by_height([word for line in lines for word in line if word.x1 <= x])
    right = by_height([word for line in lines for word in line if word.x1 > x])
    if not left or not right:
        return False
    ruled = _heights(marks, left, (0.0, x)), _heights(marks, right, (x, width))
    if all(len(own) >= _LEAST_RULES for own in ruled) and not _shared(*ruled):
        return True
    # The last column may end early.
    if len(left) < max(_LEAST_LINES, _SHORT * len(right)) or len(right) < _LEAST_LINES:
        return min(len(left), len(right)) >= _SHORTEST and _are_balanced(left, right)
    return _are_parts(left, right, [len(own) >= _LEAST_RULES for own in ruled])


def _are_balanced(left: _Lines, right: _Lines) -> bool:
    """Whether both sides of a gutter are running text in columns of one width that start level and end nearly so.

    The lines of one stand level with few of the other: a table's rows do.
    """
    sides = (left, right)
    leading = median([below[0].middle - line[0].middle for line, below in pairwise(right)])
    widths = [max(line[-1].x1 for line in side) - min(line[0].x0 for line in side) for side in sides]
    starts = abs(left[0][0].middle - right[0][0].middle) < leading / 4
    ends = abs(left[-1][0].middle - right[-1][0].middle) < 2 * leading
    filled = all(_is_filled(side, _FILLED) for side in sides) and min(widths) > _SAME_WIDTH * max(widths)
    return starts and ends and filled and not _on_one_height(left, right)


def _are_parts(left: _Lines, right: _Lines, ruled: Sequence[bool]) -> bool:
    """Whether both sides of a gutter are running text, or one is and the other has a table of its own."""
    if all(_is_filled(side, _FILLED) for side in (left, right)):
        return True
    prose = [_is_filled(side, _PROSE) for side in (left, right)]
    if any(ruled) and all(own or filled for own, filled in zip(ruled, prose, strict=True)):
        return True
    return all(prose) and not _on_one_height(left, right)


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


def _heights(marks: Sequence[Box], side: _Lines, ends: tuple[float, float]) -> set[int]:
    """Where lines or grounds run across one side and stay within it, as those of a table of its own do."""
    width = max(line[-1].x1 for line in side) - min(line[0].x0 for line in side)
    own = [mark for mark in marks if ends[0] - _GUTTER <= mark[0] and mark[2] <= ends[1] + _GUTTER]
    return {round(mark[1]) for mark in own if mark[2] - mark[0] > _ACROSS * width}


def _shared(left: Set[int], right: Set[int]) -> bool:
    """Whether most lines of the side with fewer stand level with one of the other, as those of one table do."""
    fewer, more = sorted((left, right), key=len)
    return sum(any(abs(y - other) <= 1 for other in more) for y in fewer) * 2 > len(fewer)


def _is_filled(lines: _Lines, share: float) -> bool:
    """Whether so many of the lines of one side run nearly across it."""
    width = max(line[-1].x1 for line in lines) - min(line[0].x0 for line in lines)
    size = median([line[0].size for line in lines])
    worded = [without_leaders(line) or line for line in lines]
    longest = [max(piece[-1].x1 - piece[0].x0 for piece in pieces_of(line, 1.5 * size)) for line in worded]
    return width > 12 * size and sum(length > _NEARLY * width for length in longest) > share * len(lines)


def _on_one_height(left: _Lines, right: _Lines) -> bool:
    """Whether most lines of one side stand level with one of the other, as the lines of a table's rows do."""
    heights = [line[0].middle for line in right]
    level = sum(any(abs(line[0].middle - y) < _LEVEL * line[0].size for y in heights) for line in left)
    return level > len(left) / 2
