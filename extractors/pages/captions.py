"""What names tables and figures by number, and where two such captions stand side by side above what they name."""

import re
from collections.abc import Iterator, Sequence

from extractors.pages.seen import Seen
from extractors.pages.words import Word, text_of

NAMED = re.compile(
    r"^(?:tab(?:le|leau|elle)|fig(?:ure|\.)|chart|graph|exhibit|box|map)\s+(?:[A-Z][-.]?)?\d", re.IGNORECASE
)
_OPENING = frozenset("TtFfCcGgEeBbMm")
# Captions side by side, and what stands below them, are at least this many points apart, over so many lines.
_GUTTER = 8.0
_LEAST_LINES = 3
Span = tuple[float, float]
_Lines = Sequence[Sequence[Word]]


def captioned(lines: _Lines, seen: Seen) -> tuple[int, int, float] | None:
    """Where two captions stand on one line: the lines from there to the first that crosses, and what is between.

    A rule or a ground across ends it too.
    """
    for number, line in enumerate(lines):
        between = _between(line) if line[0].text[0] in _OPENING and NAMED.match(text_of(line[:2])) else None
        if between:
            count, x = _down(lines[number:], between)
            end = _end(seen, lines[number : number + count], x)
            count = sum(each[0].middle < end for each in lines[number : number + count])
            if count >= _LEAST_LINES:
                return number, number + count, x
    return None


def _end(seen: Seen, lines: _Lines, x: float) -> float:
    """Where the first of what is drawn across a place below the first of some lines is, or where they end."""
    top, bottom = lines[0][0].middle, lines[-1][0].bottom
    rules, fills = ([(m.x0, m.top, m.x1, m.bottom) for m in own] for own in (seen.rules, seen.fills))
    across = (y0 for x0, y0, x1, y1 in (*rules, *fills) if x0 < x < x1 and y1 < bottom)
    return min((y for y in across if y > top), default=bottom)


def _between(line: Sequence[Word]) -> Span | None:
    """From where to where the gap before a second caption of a line reaches."""
    for at in range(2, len(line) - 1):
        if line[at].x0 - line[at - 1].x1 >= _GUTTER and NAMED.match(text_of(line[at : at + 2])):
            return line[at - 1].x1, line[at].x0
    return None


def _down(lines: _Lines, between: Span) -> tuple[int, float]:
    """How many lines leave a gutter open before the second caption that opens them, and where it is."""
    spans = [between]
    count = 0
    for line in lines:
        left = [part for span in spans for part in _open(span, line)]
        if not left:
            break
        spans = left
        count += 1
    return count, sum(spans[-1]) / 2


def _open(span: Span, line: Sequence[Word]) -> Iterator[Span]:
    """What words leave open of a stretch, as wide as a gutter."""
    left, right = span
    for word in line:
        if word.x1 > left and word.x0 < right:
            if word.x0 - left >= _GUTTER:
                yield left, word.x0
            left = word.x1
    if right - left >= _GUTTER:
        yield left, right
