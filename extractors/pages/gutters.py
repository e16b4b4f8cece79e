"""The columns that running text is set in, as far as a page tells them, and as a page before has them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from extractors.pages.leaders import without_leaders
from extractors.pages.seen import Seen
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
# The margins of pages differ by less than this, in points.
_INSET = 9.0
# Titles are larger than text by this factor at least.
_LARGER = 1.05
# Text in known columns has so many lines in each, and this share of a line's height between it and what is drawn; if it
# has so many lines in all it may do without that on one side.
_FEWEST = 2
_FEW = 6
_AIR = 0.6
# A line of text in two columns has so many pieces at most: a mark and what it marks in each.
_PIECES = 4
# Columns are as wide as each other that differ by no more than this.
_SAME_WIDTH = 0.9
# A gap between lines is wider than usual by this share of their height; in a table more of them than this share are
# those of rows, whose lines are level that differ by less than this share of their height.
_WIDER = 0.25
_MOST = 0.5
_LEVEL = 0.15
Lines = Sequence[Sequence[Word]]


class Edge(NamedTuple):
    """A rule, or an edge of a ground, across a page: from where to where it runs, and how far from the top."""

    x0: float
    y: float
    x1: float


class Gutter(NamedTuple):
    """Where text stands in two columns: from where to where the first and the second reach, in points.

    `page` is how wide the page is on which they stand so.
    """

    left: float
    end: float
    start: float
    right: float
    page: float

    def on(self, page: float) -> "Gutter":
        """The columns on a page of another width: with the same margins, as far apart, and as wide as each other.

        >>> Gutter(50.0, 287.0, 307.0, 545.0, 595.0).on(845.0)
        Gutter(left=50.0, end=412.0, start=432.0, right=795.0, page=845.0)
        """
        wider = page - self.page
        return Gutter(self.left, self.end + wider / 2, self.start + wider / 2, self.right + wider, page)


def edges_on(seen: Seen) -> list[Edge]:
    """What is drawn across a page: rules and the edges of grounds, those as one that touch side by side.

    A rule below a running title divides nothing, nor one above a number: what stands in a page's margins is left out.

    >>> from extractors.pages.seen import Fill, as_columns
    >>> cells = tuple(Fill(x, 300.0, x + 50.0, y, (9, 9, 9, 255), 0) for x, y in ((50.0, 320.0), (100.0, 340.0)))
    >>> page = Seen(1, 595.0, 842.0, (0.0, 0.0, 595.0, 842.0), as_columns([]), (), cells, ())
    >>> [tuple(edge) for edge in edges_on(page)]
    [(50.0, 300.0, 150.0), (50.0, 320.0, 100.0), (100.0, 340.0, 150.0)]
    """
    low, high = MARGIN * seen.height, (1 - MARGIN) * seen.height
    marks = [*seen.rules, *(fill[:4] for fill in seen.fills)]
    pieces = {(round(top), x0, x1) for x0, top, x1, _ in marks if low < top < high}
    pieces |= {(round(bottom), x0, x1) for x0, _, x1, bottom in marks if low < bottom < high}
    found: list[list[float]] = []
    for y, x0, x1 in sorted(pieces):
        if found and found[-1][1] == y and x0 - found[-1][2] < _TOUCH:
            found[-1][2] = max(found[-1][2], x1)
        else:
            found.append([x0, float(y), x1])
    return [Edge(*each) for each in found]


def gutter_of(parts: Sequence[Lines], page: float, known: Gutter | None = None) -> Gutter | None:
    """The columns of running text that two parts of a page so wide, one after the other, are set in side by side.

    They are those that are known where there are none, and as wide as on both pages where they are the same: a page
    may have nothing but indented lines in one.
    """
    for left, right in pairwise(parts):
        level = right[0][0].middle < left[-1][0].middle
        if min(len(left), len(right)) < LEAST_LINES or not level:
            continue
        filled = [all(is_filled(side, PROSE) for side in (left, right))]
        filled.append(any(is_filled(side, FILLED) for side in (left, right)))
        found = Gutter(*_edges(left), *_edges(right), page)
        if all(filled) and _are_alike(found) and not share_gaps(left, right):
            return _of_both(found, known.on(page) if known else None)
    return known


def share_gaps(left: Lines, right: Lines) -> bool:
    """Whether most lines below a gap, of the side with fewer, stand level with one of the other: those of a row."""
    fewer, more = sorted((_below_gaps(left), _below_gaps(right)), key=len)
    near = _LEVEL * left[0][0].size
    level = sum(any(abs(top - other) < near for other in more) for top in fewer)
    return len(fewer) > 1 and level > _MOST * len(fewer)


def _below_gaps(lines: Lines) -> list[float]:
    """The middles of lines that stand further from the one above than is usual."""
    gaps = [line[0].top - above[0].bottom for above, line in pairwise(lines)]
    usual = median(gaps or [0.0]) + _WIDER * lines[0][0].size
    return [line[0].middle for gap, line in zip(gaps, lines[1:], strict=True) if gap > usual]


def _are_alike(found: Gutter) -> bool:
    """Whether columns stand side by side and are about as wide as each other."""
    widths = found.end - found.left, found.right - found.start
    return found.end < found.start and min(widths) > _SAME_WIDTH * max(widths)


def _of_both(found: Gutter, known: Gutter | None) -> Gutter:
    """The columns of a page, as far as those that are known reach where they are the same."""
    if not known or found.start < known.start - _EDGE or found.left < known.left - _EDGE:
        return found
    if found.start > known.right or found.end > known.start:
        return found
    return Gutter(known.left, max(found.end, known.end), known.start, max(found.right, known.right), found.page)


def _edges(lines: Lines) -> tuple[float, float]:
    """From where to where lines reach: the first place where two of them start, which is no number of a page."""
    starts = sorted(line[0].x0 for line in lines)
    again = (a for a, b in pairwise(starts) if b - a < _EDGE)
    return next(again, starts[0]), max(line[-1].x1 for line in lines)


def nearly(known: Gutter, lines: Lines, page: float) -> list[Gutter]:
    """Where known columns may be on a page so wide: there; on one of another width also a little beside that place.

    The margins of a page turned on its side differ from those that it would have upright, so that both columns start
    elsewhere, each where two lines do or more. They are as far apart as they were, and as wide as each other.
    """
    there = known.on(page)
    if page == known.page:
        return [there]
    firsts = [line[0].x0 for line in lines]
    seconds = [word.x0 for line in lines for before, word in pairwise(line) if word.x0 - before.x1 > GUTTER]
    seconds += [x for x in firsts if x > there.end]
    left = next(_starts_near(firsts, there.left), there.left)
    ends = ((start, start - (known.start - known.end)) for start in _starts_near(seconds, there.start))
    return [there, *(Gutter(left, end, start, start + end - left, page) for start, end in ends)]


def _starts_near(places: Iterable[float], x: float) -> Iterator[float]:
    """The places near one, within what margins differ by, where two lines start or more, from the left on."""
    near = sorted(place for place in places if abs(place - x) < _INSET)
    for _, same in groupby(near, key=lambda place: bisect_left(near, place - _EDGE)):
        own = list(same)
        if len(own) >= _FEWEST:
            yield own[0]


def text_columns(lines: Lines, known: Sequence[Gutter], drawn: Sequence[Edge]) -> tuple[int, int, float] | None:
    """Where most lines in a row keep to columns that are known, if any do: there, or as running text beside it."""
    for number, each in enumerate(known):
        found = _known_columns(lines, each, drawn)
        if found and (not number or _run_across(lines[found[0] : found[1]], each)):
            return found
    return None


def _run_across(lines: Lines, known: Gutter) -> bool:
    """Whether both sides of a gutter are running text that ends where its column does, or before."""
    ends = known.end, known.right
    return all(
        max(word.x1 for word in side) < end + _EDGE and is_filled(by_height(side), PROSE)
        for side, end in zip(_sides(lines, known), ends, strict=True)
    )


def _sides(lines: Lines, known: Gutter) -> tuple[list[Word], list[Word]]:
    """The words of lines in the first of two columns, and those in the second."""
    words = [word for line in lines for word in line]
    start = known.start - _EDGE
    return [word for word in words if word.x0 < start], [word for word in words if word.x0 >= start]


def _known_columns(lines: Lines, known: Gutter, drawn: Sequence[Edge]) -> tuple[int, int, float] | None:
    """Where most lines in a row keep to columns that are known, if any do as text in columns does."""
    if not lines:
        return None
    heights = sorted(edge.y for edge in _across(drawn, known.start))
    before = [bisect_left(heights, line[0].middle) for line in lines]
    free = [_keeps_to(line, known) for line in lines]
    runs = [
        [number for number, _ in own]
        for kept, own in groupby(enumerate(zip(free, before, strict=True)), key=lambda each: each[1])
        if kept[0]
    ]
    for first, *rest in sorted(runs, key=len, reverse=True):
        last = first + _before_heading(lines[first : first + 1 + len(rest)], known)
        if _are_known(lines[first:last], known, drawn):
            return first, last, known.start - GUTTER / 2
    return None


def _before_heading(lines: Lines, known: Gutter) -> int:
    """How many lines there are before the heading of a table that leaves the gutter free.

    No line of it starts where a column does, and one has more pieces than text has.
    """
    starts = known.left, known.start
    text = [n for n, line in enumerate(lines, 1) if any(abs(word.x0 - at) < _EDGE for word in line for at in starts)]
    last = text[-1] if text else 0
    parted = any(len(pieces_of(line, line[0].size)) > _PIECES for line in lines[last:])
    return last if parted else len(lines)


def _keeps_to(line: Sequence[Word], known: Gutter) -> bool:
    """Whether each word of a line stands in one of two columns; the second may be fuller than before on its right."""
    low, high, start = known.left - _EDGE, known.start - GUTTER, known.start - _EDGE
    return all(start <= word.x0 or (low <= word.x0 and word.x1 <= high) for word in line)


def _are_known(lines: Lines, known: Gutter, drawn: Sequence[Edge]) -> bool:
    """Whether lines are text in known columns: they start just where each column does, and nothing drawn is close.

    Cells of a table stand off its edges, and rules close to them; what comes after several lines may be as close.
    """
    first, second = _sides(lines, known)
    sides = by_height(first), by_height(second)
    if min(map(len, sides)) < _FEWEST or (share_gaps(*sides) and not _is_titled(*sides)):
        return False
    starts = _starts_at(sides[0], known.left) or _are_inset(*sides, known.left)
    close = touched(lines, known.start, drawn)
    return starts and _starts_at(sides[1], known.start) and not all(close) and not (any(close) and len(lines) < _FEW)


def _starts_at(lines: Lines, x: float) -> bool:
    """Whether a line starts at a place."""
    return any(abs(line[0].x0 - x) < _EDGE for line in lines)


def _is_titled(left: Lines, right: Lines) -> bool:
    """Whether lines of one side alone are in larger type than most: a title in text, whose paragraphs may be level."""
    usual = _LARGER * median([line[0].size for line in (*left, *right)])
    larger = [any(line[0].size > usual for line in side) for side in (left, right)]
    return any(larger) and not all(larger)


def _are_inset(first: Lines, second: Lines, x: float) -> bool:
    """Whether most lines start together a little behind a place: a page turned on its side has other margins.

    Both they and those beside them are running text, then.
    """
    starts = [line[0].x0 for line in first]
    together = sum(start - min(starts) < _EDGE for start in starts) > _MOST * len(starts)
    return 0 < min(starts) - x < _INSET and together and all(is_filled(side, PROSE) for side in (first, second))


def touched(lines: Lines, x: float, drawn: Sequence[Edge]) -> tuple[bool, bool]:
    """Whether a mark that reaches across a place is close above lines, and below, as a table's rules are to cells."""
    near = _AIR * lines[0][0].size
    top, bottom = min(w.top for w in lines[0]), max(w.bottom for w in lines[-1])
    heights = [edge.y for edge in _across(drawn, x)]
    return any(abs(y - top) < near for y in heights), any(abs(y - bottom) < near for y in heights)


def _across(drawn: Sequence[Edge], x: float) -> Iterator[Edge]:
    return (edge for edge in drawn if edge.x0 < x - GUTTER and edge.x1 > x + GUTTER)


def is_filled(lines: Lines, share: float) -> bool:
    """Whether so many of the lines of one side run nearly across it."""
    width = max(line[-1].x1 for line in lines) - min(line[0].x0 for line in lines)
    size = median([line[0].size for line in lines])
    worded = [without_leaders(line) or line for line in lines]
    longest = [max(piece[-1].x1 - piece[0].x0 for piece in pieces_of(line, 1.5 * size)) for line in worded]
    return width > 12 * size and sum(length > _NEARLY * width for length in longest) > share * len(lines)
