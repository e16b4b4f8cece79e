"""Words that are set out to the right edge of their column: the gaps before them divide no columns."""

import re
from collections.abc import Sequence

from extractors.grid import is_figure
from extractors.words import Word, text_of

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
# So many words at least are set out.
_LEAST = 2


def is_within(gap: Span, column: Span, head: Sequence[Words], body: Sequence[Words]) -> bool:
    """Whether a gap stands within a column whose lines are set out to its right edge; `column` is what is behind it.

    Then no heading names what is behind it, no figure stands there, and all of it ends at one edge but is not
    one word that may be a cell, in lines that go on below. `head` and `body` are the lines above and
    below where the headings end.
    """
    if not head or any(_behind(line, column) for line in head):
        return False
    lines = [(number, words) for number, line in enumerate(body) if (words := _behind(line, column))]
    lines = [(number, words) for number, words in lines if words[0].x0 > column[0] - _EDGE]
    starts, ends = [words[0].x0 for _, words in lines], [words[-1].x1 for _, words in lines]
    if len(lines) < _LEAST or max(ends) - min(ends) > _EDGE:
        return False
    said = {text_of(words) for _, words in lines}
    if len(said) == 1 and max(starts) - min(starts) <= _EDGE and not _WITHIN.match(said.pop()):
        return False
    if any(is_figure(text_of(words)) for _, words in lines):
        return False
    return all(_goes_on(body, number, gap) for number, _ in lines)


def dividing(gaps: Sequence[Span], right: float, head: Sequence[Words], body: Sequence[Words]) -> list[Span]:
    """The gaps that divide columns, the last of which ends at `right`: all but those within one set to its edge."""
    kept: list[Span] = []
    for gap in reversed(gaps):
        if not is_within(gap, (gap[1], kept[0][0] if kept else right), head, body):
            kept.insert(0, gap)
    return kept


def _behind(line: Words, column: Span) -> list[Word]:
    """The words of a line in a column."""
    return [word for word in line if word.x1 > column[0] and word.x0 < column[1]]


def _goes_on(body: Sequence[Words], number: int, gap: Span) -> bool:
    """Whether what stands before the gap in a line goes on in the next line."""
    if number + 1 == len(body):
        return False
    above, below = body[number], body[number + 1]
    if below[0].top - above[0].bottom > _NEAR * above[0].size:
        return False
    starts = _starts(above, gap)
    return any(abs(word.x0 - start) <= _EDGE for word in below for start in starts)


def _starts(line: Words, gap: Span) -> list[float]:
    """Where what stands in a line before a gap may start a column: behind wide blanks."""
    own = [word for word in line if word.x1 <= gap[0] + _EDGE]
    return [word.x0 for n, word in enumerate(own) if not n or word.x0 - own[n - 1].x1 > _BLANK * word.size]
