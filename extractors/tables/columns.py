"""Columns that no rules divide: the stretches between gaps that run down through lines of words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.grid import counts_columns, is_figure, is_year, says_units
from extractors.pages.words import Word, inked, is_apart, pieces_of, text_of
from extractors.stitch import says_total
from extractors.tables.abutting import IN_LINE, split
from extractors.tables.justified import dividing

# A gap between columns is at least this share of the height of the words; a blank is about a quarter.
GAP = 0.5
# A word sticks out of its column into the next one by less than this share of its height.
_OUT = 0.7
# Of the lines of a table up to this share may cross a gap between its columns: headings over several, sections.
_CROSSING = 0.12
# A line of one piece that reaches over this share of its table may be a heading of a section.
_SPANNING = 0.45
# Figures side by side in so many of the lines of several pieces are those of two columns.
_USUAL = 0.6
# What stands this near the left edge of a column, in points, keeps to it; what names the rows below it stands in the
# middle of the table within this share of the height of its words, or in that of all columns but the first within this:
# figures need not fill theirs.
_KEPT = 1.5
_MIDDLE, _ABOUT = 0.8, 1.5
# A line of one piece whose words start so many columns beside the first is a line of several cells.
_SEVERAL = 2
# A heading has so many lines at most; numbers of so many columns at least are no figures.
_HEADING, _NUMBERED = 16, 3
# A number, of a year or a range, that breaks off behind its dash, and what ends it; a year that does before its dash.
_BEGUN, _END = re.compile(r"\d ?[-–/]$"), re.compile(r"[\d.,]+\b")
_YEAR, _TAIL = re.compile(r"\b(?:19|20)\d\d$"), re.compile(r"[-–/] \d\d(?:\d\d)?\b(?![.,]\d)")
Words = Sequence[Word]
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a run of lines, as stretches across the page between gaps."""

    spans: tuple[Span, ...]

    def of(self, piece: Words) -> tuple[int, int]:
        """The first and the last column that a piece of a line reaches into."""
        reached = [i for i, (left, right) in enumerate(self.spans) if piece[0].x0 < right and piece[-1].x1 > left]
        if reached:
            return reached[0], reached[-2 if self._sticks_out(piece, reached) else -1]
        middle = (piece[0].x0 + piece[-1].x1) / 2
        nearest = min(range(len(self.spans)), key=lambda i: min(abs(middle - edge) for edge in self.spans[i]))
        return nearest, nearest

    def _sticks_out(self, piece: Words, reached: Sequence[int]) -> bool:
        """Whether a piece that starts where a column does has a last word that ends a little way in the next one."""
        word = piece[-1]
        starts = len(reached) > 1 and abs(piece[0].x0 - self.spans[reached[-2]][0]) < IN_LINE * word.size
        return (
            starts and word.x0 < self.spans[reached[-2]][1] and word.x1 - self.spans[reached[-1]][0] < _OUT * word.size
        )


def pieces_in(line: Words) -> list[list[Word]]:
    """The words of a line in pieces that gaps as wide as those between columns divide; a first one may be a mark."""
    return pieces_of(line, GAP * max(line[0].size, line[len(line) > 1].size))


def stretches_of(lines: Sequence[Words], near: float) -> list[Span]:
    """From where to where words of lines stand, those as one stretch that are nearer than so many points."""
    found: list[Span] = []
    for x0, x1 in sorted((word.x0, word.x1) for line in lines for word in line):
        meets = bool(found) and x0 < found[-1][1] + near
        found[-1:] = [(found[-1][0], max(found[-1][1], x1))] if meets else [*found[-1:], (x0, x1)]
    return found


def opened_in(lines: Sequence[Words], columns: Columns) -> list[Words]:
    """Lines as `opened`; a piece of a heading, which may reach over several columns, only where it starts with one."""
    head = first_figure(lines)
    return [opened(line, columns, head=number < head) for number, line in enumerate(lines)]


def opened(line: Words, columns: Columns, *, head: bool = False, sure: bool = False) -> Words:
    """A line of which each word opens a cell that starts a column, though the words before it all but touch it.

    A piece that reaches over the start of a column is whole where no word starts there. A line of one piece may be a
    heading across the table and is left whole, unless its words start several columns, or columns are `sure`. So is one
    of a text paper, whose words start in line by chance.
    """
    lefts = [left for left, _ in columns.spans]
    pieces = pieces_in(line)
    starts = [start for piece in pieces if not head or is_at(piece[0], lefts) for start in _started(piece, lefts[1:])]
    if line[0].own or len(starts) < (_SEVERAL if len(pieces) == 1 and not sure else 1):
        return line
    return [word._replace(opens=True) if word in starts else word for word in line]


def _started(piece: Words, lefts: Sequence[float]) -> list[Word]:
    """The words of a piece that start columns, if one starts each column that it reaches; its last may stick out."""
    first = 1 if is_apart(piece) else 0
    within = [left for left in lefts if piece[first].x1 < left < piece[-1].x0 + IN_LINE * piece[-1].size]
    found = [next((word for word in piece[first + 1 :] if is_at(word, [left])), None) for left in within]
    starts = [word for word in found if word is not None]
    return starts if len(starts) == len(within) else []


def is_at(word: Word, lefts: Sequence[float]) -> bool:
    """Whether a word starts at one of some places."""
    return any(abs(word.x0 - left) < IN_LINE * word.size for left in lefts)


def columns_of(lines: Sequence[Words]) -> Columns | None:
    """The columns of lines: the stretches between gaps that all lines leave open, or all but a few.

    Headings and sections may reach over several columns, so the lines are asked without them too, and as a whole
    with a few let pass; the most columns count.
    """
    if len(lines) < 2:
        return None
    height = median([word.size for line in lines for word in line])
    left, right = min(line[0].x0 for line in lines), max(line[-1].x1 for line in lines)
    paired = _paired(lines)
    if paired:
        return paired
    own = _body(lines)
    above = [[inked(p) for p in pieces_of(line, GAP * height)] for line in lines[: len(lines) - len(own)]]
    own = [line for line in own if not _is_centred(line, left, right)]
    slanting = [line for line in own if is_slanting(line) and line[0].x0 > left + height and len(pieces_in(line)) == 1]
    own = [line for line in own if line not in slanting] if 0 < 2 * len(slanting) < len(own) else own
    pieces = [pieces_of(line, GAP * height) for line in own]
    body = [[inked(p) for p in own_pieces] for own_pieces in pieces]
    narrow = [line for line in body if len(line) > 1 or line[0][1] - line[0][0] < _SPANNING * (right - left)]
    plain = [[inked(p) for p in items] for items in _items(lines, height)]
    summed = any(says_total(text_of(pieces_of(line, GAP * height)[0])) for line in own)
    few = int(_CROSSING * len(body)) if len(body) >= 6 else 0
    head = [[(p[0].x0, p[-1].x1) for p in pieces_in(line)] for line in lines[: first_figure(lines)]]
    one = len(lines) - first_figure(lines) < 2  # Then the heading says as much as the line of figures.
    every = [[(p[0].x0, p[-1].x1) for p in pieces_in(line)] for line in lines] if one else []
    best: list[Span] = []
    for spans, allowed in ((body, 0), (every, 0), (narrow, 0), (body, few), (plain if summed else (), 0)):
        gaps = [gap for gap in _open(spans, allowed) if gap[1] - gap[0] >= GAP * height]
        gaps = _held_apart(gaps, spans) if allowed else gaps
        gaps = [gap for gap in gaps if _supported(gap, [*above, *spans], head)]
        best = max(best, gaps, _both(best, gaps) if allowed else [], key=len)
    best = _both(best, _under_figures([each for each in pieces if len(each) > 1], height))
    first = first_figure(lines)
    best = dividing(best, right, lines[:first], lines[first:])
    if not best:
        return None
    inner = [
        (before[1], behind[0]) for before, behind in pairwise(split(_between(left, best, right), own, lines[:first]))
    ]
    return Columns(_between(left, dividing(inner, right, lines[:first], lines[first:]), right))


def _paired(lines: Sequence[Words]) -> Columns | None:
    """The columns of lines below a heading of one line, with as many pieces each, that stand in turn beside it.

    So do figures set to the right below headings set to the left, in columns much wider than both.
    """
    each = [pieces_in(line) for line in lines]
    if first_figure(lines) != 1 or len({len(pieces) for pieces in each}) != 1:
        return None
    spans = [(min(p[0].x0 for p in own), max(p[-1].x1 for p in own)) for own in zip(*each, strict=True)]
    apart = all(before[1] < behind[0] for before, behind in pairwise(spans))
    aside = any(not _is_over(head, piece) for head, *own in zip(*each, strict=True) for piece in own)
    return Columns(tuple(spans)) if apart and aside and len(spans) > 1 else None


def _between(left: float, gaps: Sequence[Span], right: float) -> tuple[Span, ...]:
    """The columns between gaps."""
    edges = [left, *(edge for gap in gaps for edge in gap), right]
    return tuple(zip(edges[::2], edges[1::2], strict=True))


def _both(gaps: Sequence[Span], crossed: Sequence[Span]) -> list[Span]:
    """Gaps, and those that a few lines cross within the columns between them."""
    within = [gap for gap in crossed if not any(gap[0] <= other[1] and other[0] <= gap[1] for other in gaps)]
    return sorted([*gaps, *within])


def _held_apart(gaps: Sequence[Span], spans: Sequence[Sequence[Span]]) -> list[Span]:
    """Gaps that a few pieces cross, as one where no piece stands between them: more headings overlap there."""
    found: list[Span] = []
    for gap in gaps:
        if found and not any(found[-1][1] <= x0 and x1 <= gap[0] for line in spans for x0, x1 in line):
            found[-1] = found[-1][0], gap[1]
        else:
            found.append(gap)
    return found


def _under_figures(each: Sequence[Sequence[Words]], height: float) -> list[Span]:
    """The gaps between figures of most lines over which others have a figure in the middle: the sum of both columns.

    `each` has the pieces of each line that has several.
    """
    count = max(map(len, each), default=0)
    if not any(len(pieces) < count and any(map(_is_one, pieces)) for pieces in each):
        return []
    usual = [pieces for pieces in each if len(pieces) == count]
    if len(usual) < _USUAL * len(each):
        return []
    found = []
    for n in range(1, count - 1):
        gap = max(inked(p[n])[1] for p in usual), min(inked(p[n + 1])[0] for p in usual)
        over = [piece for p in each for piece in p if inked(piece)[0] < gap[0] and inked(piece)[1] > gap[1]]
        counted = all(is_figure(text_of(p[at])) for p in usual for at in (n, n + 1)) and all(map(_is_one, over))
        off = (abs(sum(inked(piece)) - sum(gap)) / 2 for piece in over)
        if over and counted and gap[1] - gap[0] >= GAP * height and max(off) < height:
            found.append(gap)
    return found


def _is_one(piece: Words) -> bool:
    return len(piece) == 1 and is_figure(piece[0].text)


def _items(lines: Sequence[Words], height: float) -> Iterator[list[list[Word]]]:
    """The pieces of the lines that are neither the name of a section nor a total, whose labels may reach far."""
    for line in _body(lines):
        pieces = pieces_of(line, GAP * height)
        if len(pieces) > 1 and not says_total(text_of(pieces[0])):
            yield pieces


def _body(lines: Sequence[Words]) -> Sequence[Words]:
    """The lines from the first with a figure on, two at least: headings may reach over several columns."""
    first = first_figure(lines)
    return lines[first:] if len(lines) - first >= 2 else lines[max(0, first - 1) :]


def first_figure(lines: Sequence[Words]) -> int:
    """How many lines stand above the first with a figure; none where a heading is not so long.

    Above a line that numbers the columns figures are words of the heading: `Up to 1 year`.
    """
    left = min(line[0].x0 for line in lines)
    pairs = pairwise([(), *lines])
    first = next((i for i, pair in enumerate(pairs) if _is_first(*pair, left)), 0)
    numbered = (i for i, line in enumerate(lines[first:_HEADING], first + 1) if _numbers(line))
    first = next(numbered, first)
    return first if first <= _HEADING else 0


def _is_first(above: Words, line: Words, left: float) -> bool:
    """Whether a line has a figure, and neither ends numbers of the one above nor says in what columns count."""
    if not _counts(line) or ends_numbers(line, above):
        return False
    return line[0].x0 < left + line[0].size or not says_units([text_of(piece) for piece in pieces_in(line)])


def ends_numbers(line: Words, above: Words) -> bool:
    """Whether the figures of a line end what breaks off in the line above: `2017 -` over `18`, `5.0-` over `6.9`."""
    own = [piece for piece in pieces_in(line) if any(is_figure(word.text) for word in piece)] if above else []
    over = [(text_of(p), text_of(piece)) for piece in own for p in pieces_in(above) if _is_over(p, piece)]
    whole = sum(bool(_BEGUN.search(a) and _END.match(b)) != bool(_YEAR.search(a) and _TAIL.match(b)) for a, b in over)
    return 0 < len(own) == whole


def _is_over(above: Words, piece: Words) -> bool:
    return above[0].x0 < piece[-1].x1 and above[-1].x1 > piece[0].x0


def _numbers(line: Words) -> bool:
    """Whether a line numbers the columns, of which there are several."""
    pieces = pieces_in(line)
    return len(pieces) >= _NUMBERED and counts_columns([text_of(piece) for piece in pieces])


def _counts(line: Words) -> bool:
    """Whether a line has a figure that is no year and no column's number."""
    if any(is_figure(word.text) and not is_year(word.text) for word in line):
        return not counts_columns([text_of(piece) for piece in pieces_in(line)])
    return False


def _open(spans: Sequence[Sequence[Span]], allowed: int) -> Iterator[Span]:
    """The stretches that at most so many lines cross, between the outermost words."""
    changes = sorted(
        [(left, 1) for line in spans for left, _ in line] + [(right, -1) for line in spans for _, right in line]
    )
    depth, since = 0, None
    for x, change in changes:
        before, depth = depth, depth + change
        if before > allowed >= depth:
            since = x
        elif before <= allowed < depth and since is not None:
            yield since, x
            since = None


def _supported(gap: Span, spans: Sequence[Sequence[Span]], head: Sequence[Sequence[Span]]) -> bool:
    """Whether two lines at least, and every tenth, have words on both sides of a gap; one where a heading ends it."""
    middle = (gap[0] + gap[1]) / 2
    both = sum(line[0][0] < middle < line[-1][1] for line in _clear(spans, middle))
    headed = any(line[-1][1] > middle for line in _clear(head, middle))
    return both >= max(1 if headed else 2, len(spans) // 10)


def _clear(lines: Sequence[Sequence[Span]], x: float) -> Iterator[Sequence[Span]]:
    """The lines with words of which none stands at a place."""
    return (line for line in lines if line and not any(left < x < right for left, right in line))


def is_across(line: Words, columns: Columns) -> bool:
    """Whether a line of one piece stands in the middle of a whole table and keeps to none of its columns."""
    return across(line, columns) is not None


def across(line: Words, columns: Columns) -> int | None:
    """The column from which on a line stands in the middle of all: the first, or the second, or None.

    It is the second of one that reaches over several, or is in italics.
    """
    if any(abs(line[0].x0 - left) < _KEPT for left, _ in columns.spans):
        return None
    end = columns.spans[-1][1]
    if _is_centred(line, columns.spans[0][0], end):
        return 0
    several = len(columns.spans) > _SEVERAL and (crosses(line, columns) or is_slanting(line))
    return 1 if several and _is_centred(line, columns.spans[1][0], end, _ABOUT) else None


def _is_centred(line: Words, left: float, right: float, near: float = _MIDDLE) -> bool:
    """Whether a line of one piece without figures stands in the middle between two edges, clear of the left one."""
    size = line[0].size
    middle = abs(line[0].x0 + line[-1].x1 - left - right) < 2 * near * size
    return middle and line[0].x0 > left + size and len(pieces_in(line)) == 1 and not is_figure(text_of(line))


def is_slanting(line: Words) -> bool:
    """Whether a line is all in italics."""
    return all(word.italic for word in line)


def figures_of(line: Words, columns: Columns) -> set[int]:
    """The columns but the first in which a line has a figure."""
    return {columns.of(piece)[0] for piece in pieces_in(line) if is_figure(text_of(piece))} - {0}


def crosses(line: Words, columns: Columns) -> bool:
    """Whether a piece of a line reaches over several columns."""
    return any(first != last for first, last in map(columns.of, pieces_in(line)))
