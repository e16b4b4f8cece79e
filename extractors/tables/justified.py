"""Words that are set out to the right edge of their column, or letters of parts: these gaps divide no columns."""

import re
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from operator import or_

from extractors.grid import counts_parts, is_figure
from extractors.pages.words import Word, pieces_of, text_of
from extractors.stitch import says_total

Words = Sequence[Word]
Span = tuple[float, float]
# Words that are set out to one edge end this near to it, in points, and lines of one cell start this near.
_EDGE = 1.0
# Lines of one cell are less than this share of their height apart.
_NEAR = 0.6
# A column starts behind a blank as wide as this share of the height of its words.
_BLANK = 0.5
# What stands within a sentence, and is no cell of its own.
_WITHIN = re.compile(r"[a-z–—&-]")
# So many words at least are set out; one where it is divided.
_LEAST = 2
# So many blanks are as wide as one another within this share of the height of the words.
_EVEN, _ALIKE = 2, 0.03
_HYPHEN = re.compile(r"[^\W\d_][-\u2010]$")


def is_within(gap: Span, column: Span, head: Sequence[Words], body: Sequence[Words]) -> bool:
    """Whether a gap stands within a column whose lines are set out to its right edge; `column` is what is behind it.

    Then no heading names what is behind it, but one whose lines are set out to that edge too, no figure stands there,
    and all of it ends at one edge but does not start at one too as cells may, in lines that go on below. `head` and
    `body` are the lines above and below where the headings end.
    """
    if not head:
        return False
    inner = (gap[0], column[1])
    own = [(number, words) for number, line in enumerate(body) if (words := _starting(line, inner))]
    lines = [(number, words) for number, words in own if _is_apart(body[number], words[0])]
    edge = max((words[-1].x1 for _, words in lines), default=0.0)
    lines = [(n, words) for n, words in lines if words[0].x0 > gap[1] - _EDGE or edge - words[-1].x1 < _EDGE]
    starts, ends = [words[0].x0 for _, words in lines], [words[-1].x1 for _, words in lines]
    even = bool(lines) and all(_is_even(body[number], words[0]) for number, words in lines)
    divided = even or (bool(lines) and all(_HYPHEN.search(words[-1].text) for _, words in lines))
    if (len(lines) < _LEAST and not divided) or max(ends) - min(ends) > _EDGE or _is_named(head, gap, column, edge):
        return False
    said = {text_of(words) for _, words in lines}
    if not divided and max(starts) - min(starts) <= _EDGE and not any(map(_WITHIN.match, said)):
        return False
    if any(is_figure(text_of(words)) for _, words in lines):
        return False
    # A page may cut the last.
    rest = [number for number, _ in lines if number + 1 < len(body)]
    return bool(rest) and all(_goes_on(body, number, gap) for number in rest)


def _is_named(head: Sequence[Words], gap: Span, column: Span, edge: float) -> bool:
    """Whether a heading names what is behind a gap: none does whose lines reach over it or are set out to the edge."""
    above = [(line, words) for line in head if (words := _behind(line, column))]
    over = [_reaches_over(line, gap) for line, _ in above]
    set_out = (abs(edge - words[-1].x1) < _EDGE for _, words in above)
    return bool(above) and not (any(over) and all(a or b for a, b in zip(over, set_out, strict=True)))


def _reaches_over(line: Words, gap: Span) -> bool:
    return any(piece[0].x0 < gap[0] and piece[-1].x1 > gap[1] for piece in _pieces(line))


def _pieces(line: Words) -> list[list[Word]]:
    return pieces_of(line, _BLANK * line[0].size)


def dividing(gaps: Sequence[Span], right: float, head: Sequence[Words], body: Sequence[Words]) -> list[Span]:
    """The gaps that divide columns, the last of which ends at `right`: all but those within one.

    Within one are gaps before words set to its edge, and those behind letters of parts, in one behind the first.
    """
    kept: list[Span] = []
    for number, gap in reversed(list(enumerate(gaps))):
        behind = (gap[1], kept[0][0] if kept else right)
        lettered = number and _is_behind_letters((gaps[number - 1][1], gap[0]), behind, head, body)
        if not lettered and not is_within(gap, (gap[1], kept[0][1] - _EDGE if kept else right), head, body):
            kept.insert(0, gap)
    return kept


def _is_behind_letters(column: Span, behind: Span, head: Sequence[Words], body: Sequence[Words]) -> bool:
    """Whether a column has nothing but the letters of parts and totals, and no heading tells it from the one behind.

    So letters stand that are set to the left of amounts set to the right.
    """
    own = [piece for line in body for piece in _pieces(line) if column[0] - _EDGE < piece[0].x0 < column[1]]
    letters = [counts_parts(text_of(piece)) for piece in own]
    totals = (says_total(piece[0].text) for piece in own)
    if sum(letters) < _LEAST or not all(map(or_, letters, totals)):
        return False
    over = [piece for line in head for piece in _pieces(line) if _behind(piece, (column[0], behind[1]))]
    return not any(piece[-1].x1 < behind[0] for piece in over) or not any(piece[0].x0 > column[1] for piece in over)


def _behind(line: Words, column: Span) -> list[Word]:
    """The words of a line in a column."""
    return [word for word in line if word.x1 > column[0] and word.x0 < column[1]]


def _starting(line: Words, between: Span) -> list[Word]:
    """The words of a line that start between two places: of a gap that a few lines cross, those that do not."""
    return [word for word in line if between[0] < word.x0 < between[1]]


def _is_apart(line: Words, word: Word) -> bool:
    """Whether a wide blank stands before a word of a line; in text that is not set out none does."""
    before = max((each.x1 for each in line if each.x0 < word.x0), default=-inf)
    return word.x0 - before >= _BLANK * word.size


def _is_even(line: Words, word: Word) -> bool:
    """Whether the blank before a word of a line is as wide as those before it, as only in text that is set out."""
    own = [each for each in line if each.x0 <= word.x0][-_EVEN - 1 :]
    blanks = [right.x0 - left.x1 for left, right in pairwise(own)]
    return len(blanks) == _EVEN and max(blanks) - min(blanks) < _ALIKE * word.size


def _goes_on(body: Sequence[Words], number: int, gap: Span) -> bool:
    """Whether what stands before the gap in a line goes on in the next line."""
    above, below = body[number], body[number + 1]
    if below[0].top - above[0].bottom > _NEAR * above[0].size:
        return False
    starts = _starts(above, gap)
    return any(abs(word.x0 - start) <= _EDGE for word in below for start in starts)


def _starts(line: Words, gap: Span) -> list[float]:
    """Where what stands in a line before a gap may start a column: behind wide blanks."""
    own = [word for word in line if word.x1 <= gap[0] + _EDGE]
    return [word.x0 for n, word in enumerate(own) if not n or word.x0 - own[n - 1].x1 > _BLANK * word.size]
