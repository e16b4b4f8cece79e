"""The parts of a page that are read one after the other: text across the page, or column by column."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import combinations, pairwise
from statistics import median

import numpy as np

from extractors.grid import is_figure
from extractors.pages.captions import captioned
from extractors.pages.gutters import (
    FILLED,
    GUTTER,
    LEAST_LINES,
    MARGIN,
    PROSE,
    Edge,
    Gutter,
    Lines,
    edges_on,
    is_filled,
    nearly,
    share_gaps,
    text_columns,
    touched,
)
from extractors.pages.seen import Box, Seen
from extractors.pages.words import Word, by_height

# Columns of text stand apart near the middle of the text.
_MIDDLE = (0.3, 0.7)
_STEP = 1
# Beyond what is drawn across the page fewer lines of a table leave the gutter free.
_BEYOND = 0.75
# Lines or grounds nearer than this, in points, touch.
_TOUCH = 3.0
# Columns that end at one height, as LaTeX balances them at the end of a part, may be as short as this.
_SHORTEST = 6
_SAME_WIDTH = 0.95
# Three columns of text have so many lines each at least: cells of a table that has three such columns do not.
_THREE, _LONG = 3, 15
# A column that another one follows has this share of its lines, at least.
_SHORT = 0.4
# A running title has this share of its height between it and the text below, or more.
_AIR = 0.65
# Lines are level whose middles differ by less than this share of their height.
_LEVEL = 0.15
# So many lines across this share of one side are a table's.
_LEAST_RULES = 3
_ACROSS = 0.6
# So many lines beyond what is ruled tell of what they stand beside.
_FEWEST = 3
# A line between columns is thinner than this, in points, and runs beside this share of their lines.
_THIN, _DOWN = 1.0, 0.8


def regions(words: Sequence[Word], seen: Seen, known: Gutter | None = None) -> Iterator[list[list[Word]]]:
    """The lines of a page's words in reading order: of one part, or of those above, of each column, and below.

    `known` has the columns of a page before.
    """
    return _regions(words, seen, edges_on(seen), nearly(known, by_height(words), seen.width) if known else ())


def _regions(
    words: Sequence[Word], seen: Seen, drawn: Sequence[Edge], known: Sequence[Gutter]
) -> Iterator[list[list[Word]]]:
    lines = by_height(words)
    cut = captioned(lines, seen) or _wider(text_columns(lines, known, drawn), _columns(lines, seen, drawn))
    if cut is None:
        if lines:
            yield lines
        return
    first, last, x = cut
    first += _titles(lines[first:last], x, seen.height)
    for part in (
        [word for line in lines[:first] for word in line],
        [word for line in lines[first:last] for word in line if word.x1 <= x],
        [word for line in lines[first:last] for word in line if word.x1 > x],
        [word for line in lines[last:] for word in line],
    ):
        yield from _regions(part, seen, drawn, known) if len(part) < len(words) else iter([by_height(part)])


def _wider(known: tuple[int, int, float] | None, found: tuple[int, int, float] | None) -> tuple[int, int, float] | None:
    """Of the lines in columns that are known and those that a page shows by itself the latter where they go further.

    A small table may stand out of its column of text on the left.
    """
    further = known is None or (found and found[0] <= known[0] and known[1] <= found[1])
    return found if further else known


def _titles(lines: Lines, x: float, height: float) -> int:
    """How many of the first lines are titles over both columns: near the page's top, on one side, well above the text.

    So are running titles, and lines further down that end on the right and start where no column does. Read with the
    second column, one would part what is below from the first.
    """
    start = min((word.x0 for line in lines for word in line if word.x0 > x), default=x)
    for number, (line, below) in enumerate(pairwise(lines)):
        bottom = max(word.bottom for word in line)
        set_right = line[0].x0 > start + line[0].size
        beside = line[-1].x1 < x or line[0].x0 > x
        near = bottom < MARGIN * height * (2 if set_right else 1)
        if not beside or not near or below[0].top - bottom < _AIR * line[0].size:
            return number
    return 0


def _reach(lines: Lines) -> tuple[float, float]:
    return min(line[0].x0 for line in lines), max(line[-1].x1 for line in lines)


def _middle(lines: Lines) -> tuple[int, int]:
    """The first of the places near the middle of lines where a gutter may be, and how many there are."""
    left, right = _reach(lines)
    low, high = int(left + _MIDDLE[0] * (right - left)), int(left + _MIDDLE[1] * (right - left))
    return low, max(1, (high - low + _STEP - 1) // _STEP)


def _columns(lines: Lines, seen: Seen, drawn: Sequence[Edge]) -> tuple[int, int, float] | None:
    """Where text is set in columns: the lines from and to, and where on the page the gutter between them is."""
    if len(lines) < LEAST_LINES:
        return None
    low, places = _middle(lines)
    free = _free(lines, low, places)
    first, last, at = _longest(free, _crossed(lines, low, places, drawn))
    x = float(low + _STEP * at)
    own = lines[first:last]
    if first == last or any(touched(own, x, drawn)):
        return None
    if ruled := _ruled_apart(lines, (first, last), seen, drawn):
        return ruled
    alone = not _goes_on(lines, free[:, at], (first, last), x)
    return (first, last, x) if alone and _is_set_in_columns(own, x, _marks(own, _drawn(seen)), seen.width) else None


def _longest(free: np.ndarray, across: np.ndarray) -> tuple[int, int, int]:
    """The longest run of lines that leave a gutter at one place, with nothing drawn across: from, to, and the place."""
    # How many lines leave each place free up to each line: its number less that of the last one that does not.
    numbers = np.arange(1, len(free) + 1)[:, np.newaxis]
    last = np.maximum(np.where(free, 0, numbers), np.where(across, numbers - 1, 0))
    runs = numbers - np.maximum.accumulate(last, axis=0)
    end, at = (int(each) for each in np.unravel_index(runs.argmax(), runs.shape))
    return end + 1 - int(runs[end, at]), end + 1, at


def _goes_on(lines: Lines, free: np.ndarray, run: tuple[int, int], x: float) -> bool:
    """Whether most lines beyond a mark that ends a run leave its gutter free too: a table's, where rules part rows.

    One of them has words on both sides; a title over the columns may end before the gutter.
    """
    first, last = run
    size = last - first
    sides = (max(0, first - size), first, first - 1), (last, last + size, last)
    beyond = [slice(start, end) for start, end, next_to in sides if 0 <= next_to < len(lines) and free[next_to]]
    return any(
        free[side].mean() > _BEYOND and any(line[0].x0 < x < line[-1].x1 for line in lines[side]) for side in beyond
    )


def _free(lines: Lines, low: int, places: int) -> np.ndarray:
    """Of each line (a row) and each place from the lowest on, whether no word stands within half a gutter of it."""
    number = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    lefts = np.array([word.x0 for line in lines for word in line])
    rights = np.array([word.x1 for line in lines for word in line])
    starts = np.floor((lefts - GUTTER / 2 - low) / _STEP).astype(int) + 1
    ends = np.ceil((rights + GUTTER / 2 - low) / _STEP).astype(int)
    # Each word counts from its start on, and no more from its end on.
    over, across = ends > starts, places + 1
    opened, closed = (
        np.bincount(number[over] * across + at[over].clip(0, places), minlength=len(lines) * across)
        for at in (starts, ends)
    )
    counted = (opened - closed).reshape(len(lines), across)
    return np.asarray(np.cumsum(counted, axis=1)[:, :places] == 0)


def _crossed(lines: Lines, low: int, places: int, drawn: Sequence[Edge]) -> np.ndarray:
    """Of each line (a row) and each place from the lowest on, whether an edge reaches across above the line."""
    found = np.zeros((len(lines) + 1, places), dtype=bool)
    middles = [line[0].middle for line in lines]
    for x0, y, x1 in drawn:
        first, last = int(max(0.0, np.ceil(x0 + GUTTER - low))), int(np.floor(x1 - GUTTER - low)) + 1
        if first < last:
            found[bisect_left(middles, y), first:last] = True
    return found[:-1]


def _marks(lines: Lines, drawn: Sequence[Box]) -> list[Box]:
    """The lines and grounds drawn between the first and the last of some lines of words, high ones apart."""
    top, bottom = min(w.top for w in lines[0]), max(w.bottom for w in lines[-1])
    low = (mark for mark in drawn if mark[3] - mark[1] < (bottom - top) / 2)
    return [mark for mark in low if top < mark[1] and mark[3] < bottom]


def _is_set_in_columns(lines: Lines, x: float, marks: Sequence[Box], width: float) -> bool:
    """Whether both sides of a gutter are running text that fills its column, or tables of their own."""
    left = by_height([word for line in lines for word in line if word.x1 <= x])
    right = by_height([word for line in lines for word in line if word.x1 > x])
    if not left or not right:
        return False
    if _are_thirds(left, right) or _are_thirds(right, left):
        return True
    ruled = _heights(marks, left, (0.0, x)), _heights(marks, right, (x, width))
    if all(len(own) >= _LEAST_RULES for own in ruled) and not _shared(*ruled):
        return True
    # The last column may end early.
    if len(left) < max(LEAST_LINES, _SHORT * len(right)) or len(right) < LEAST_LINES:
        return min(len(left), len(right)) >= _SHORTEST and _are_balanced(left, right)
    own = [heights if len(heights) >= _LEAST_RULES else set() for heights in ruled]
    return not _has_rows_across(left, right, own[1]) and _are_parts(left, right, [bool(heights) for heights in own])


def _ruled_apart(
    lines: Lines, run: tuple[int, int], seen: Seen, drawn: Sequence[Edge]
) -> tuple[int, int, float] | None:
    """The lines of a run beside an upright line, where it stands alone between two columns; None where none does so.

    Lines on its sides, some of them text, are not level, and nothing drawn crosses it or ends at it: so the upright
    lines of a table do. The number of a page may stand below.
    """
    ends = lines[run[0]][0].top, lines[run[1] - 1][0].bottom
    thin = (rule for rule in seen.rules if rule.x1 - rule.x0 < _THIN)
    own = [rule for rule in thin if rule.top < ends[1] and rule.bottom > ends[0]]
    if not own or max(rule.x1 for rule in own) - min(rule.x0 for rule in own) > _THIN:
        return None
    x, top, bottom = own[0].x0, min(rule.top for rule in own), max(rule.bottom for rule in own)
    beside = [number for number in range(*run) if top < lines[number][0].middle < bottom]
    if len(beside) < _DOWN * (run[1] - run[0]):
        return None
    first, last = beside[0], beside[-1] + 1
    words = [word for line in lines[first:last] for word in line]
    sides = by_height([word for word in words if word.x1 <= x]), by_height([word for word in words if word.x0 > x])
    wide = (edge for edge in drawn if edge.x1 - edge.x0 > _TOUCH and ends[0] < edge.y < ends[1])
    met = any(edge.x0 - _TOUCH < x < edge.x1 + _TOUCH for edge in wide)
    whole = sum(len(line) for side in sides for line in side) == len(words)
    text = min(map(len, sides)) >= _SHORTEST and any(is_filled(side, PROSE) for side in sides)
    return (first, last, x) if whole and text and not met and not _on_one_height(*sides) else None


def _are_thirds(one: Lines, two: Lines) -> bool:
    """Whether one side of a gutter is a column of running text and the other two more, all of one width and long.

    Gaps between rows of cells would be level in all of them.
    """
    columns = one, *_halves(two)
    if len(columns) < _THREE or min(map(len, columns)) < _LONG:
        return False
    widths = [right - left for left, right in map(_reach, columns)]
    alike = min(widths) > _SAME_WIDTH * max(widths) and all(is_filled(column, PROSE) for column in columns)
    return alike and not any(share_gaps(*pair) for pair in combinations(columns, 2))


def _halves(lines: Lines) -> tuple[Lines, ...]:
    """The two sides of lines that all leave a gutter free; none where they do not."""
    low, places = _middle(lines)
    free = np.flatnonzero(_free(lines, low, places).all(axis=0))
    if not len(free):
        return ()
    x = low + _STEP * float(free[len(free) // 2])
    words = [word for line in lines for word in line]
    return by_height([word for word in words if word.x1 <= x]), by_height([word for word in words if word.x1 > x])


def _are_balanced(left: Lines, right: Lines) -> bool:
    """Whether both sides of a gutter are running text in columns of one width that start level and end nearly so.

    The lines of one stand level with few of the other: a table's rows do.
    """
    sides = (left, right)
    leading = median([below[0].middle - line[0].middle for line, below in pairwise(right)])
    widths = [max(line[-1].x1 for line in side) - min(line[0].x0 for line in side) for side in sides]
    starts = abs(left[0][0].middle - right[0][0].middle) < leading / 4
    ends = abs(left[-1][0].middle - right[-1][0].middle) < 2 * leading
    filled = all(is_filled(side, FILLED) for side in sides) and min(widths) > _SAME_WIDTH * max(widths)
    return starts and ends and filled and not _on_one_height(left, right)


def _are_parts(left: Lines, right: Lines, ruled: Sequence[bool]) -> bool:
    """Whether both sides of a gutter are running text, or one is and the other has a table of its own."""
    if all(is_filled(side, FILLED) for side in (left, right)):
        return True
    prose = [is_filled(side, PROSE) for side in (left, right)]
    if any(ruled) and all(own or filled for own, filled in zip(ruled, prose, strict=True)):
        return True
    return all(prose) and not _on_one_height(left, right)


def _has_rows_across(left: Lines, right: Lines, heights: Set[int]) -> bool:
    """Whether several lines on the right, above or below what is ruled there, are figures alone, level with labels."""
    beyond = [line for line in right if heights and not min(heights) < line[0].middle < max(heights)]
    figures = (line for line in beyond if all(is_figure(word.text) for word in line))
    return sum(_is_level(line, left) for line in figures) >= _FEWEST


def _drawn(seen: Seen) -> list[Box]:
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


def _heights(marks: Sequence[Box], side: Lines, ends: tuple[float, float]) -> set[int]:
    """Where lines or grounds run across one side and stay within it, as those of a table of its own do."""
    width = max(line[-1].x1 for line in side) - min(line[0].x0 for line in side)
    own = [mark for mark in marks if ends[0] - GUTTER <= mark[0] and mark[2] <= ends[1] + GUTTER]
    return {round(mark[1]) for mark in own if mark[2] - mark[0] > _ACROSS * width}


def _shared(left: Set[int], right: Set[int]) -> bool:
    """Whether most lines of the side with fewer stand level with one of the other, as those of one table do."""
    fewer, more = sorted((left, right), key=len)
    return sum(any(abs(y - other) <= 1 for other in more) for y in fewer) * 2 > len(fewer)


def _on_one_height(left: Lines, right: Lines) -> bool:
    """Whether most lines of one side stand level with one of the other, as the lines of a table's rows do."""
    return sum(_is_level(line, right) for line in left) > len(left) / 2


def _is_level(line: Sequence[Word], others: Lines) -> bool:
    """Whether a line stands level with one of others."""
    return any(abs(line[0].middle - other[0].middle) < _LEVEL * line[0].size for other in others)
