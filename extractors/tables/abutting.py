"""Columns that all but touch: text that fills its column up to where the words of the next one start."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.grid import counts_on, is_figure
from extractors.pages.words import Word

# Words start at one place whose left edges differ by less than this share of their height.
IN_LINE = 0.08
# So many lines have words there, and so many have words before it alone: a mark before a text never stands alone.
_STARTS, _ALONE = 3, 2
# The words before it end at several places: further apart than codes of one form, by this share of the height.
_SEVERAL = 0.15
# So many lines at least are counted, and a blank is about this share of their height.
_COUNTED, _BLANK = 4, 0.3
# The error of an estimate, or what stands for one.
_ERROR = re.compile(r"^\((?:[-–−]?\d[\d,]*(?:\.\d+)?|[†‡*])\)$")
# So many of the places where most words start are looked at.
_LIKELY = 4
Words = Sequence[Word]
Span = tuple[float, float]


def split(spans: Sequence[Span], lines: Sequence[Words], heads: Sequence[Words] = ()) -> tuple[Span, ...]:
    """Columns, each divided where its words, in every line that reaches so far, start at one and the same place.

    Running text has words at many places of its lines; only a column's words all start where it starts. Errors of
    estimates are columns of their own where `heads`, the lines of the heading, have a word over them.
    """
    return tuple(part for span in spans for part in _parts(span, lines, heads))


def _parts(span: Span, lines: Sequence[Words], heads: Sequence[Words]) -> Iterator[Span]:
    left, right = span
    own = [found for line in lines if (found := [word for word in line if left <= word.x0 < right])]
    at = _start(own) or _amounts(own) or _counted(own) or _errors(own, heads)
    if at is None:
        yield span
        return
    yield left, min(at, max(word.x1 for line in own for word in line if _is_before(word, at)))
    yield at, right


def _start(own: Sequence[Words]) -> float | None:
    """Where a second column starts in a column's lines, if one does."""
    inner = Counter(round(word.x0, 1) for line in own for word in line[1:])
    likely = (at for at, count in inner.most_common(_LIKELY) if count >= _STARTS)
    return next((at for at in likely if all(_keeps(line, at) for line in own) and _is_column(own, at)), None)


def _is_column(own: Sequence[Words], at: float) -> bool:
    """Whether words stand alone before a place, and those that others follow there end at several: no repeated text."""
    before = [a for line in own for a, b in pairwise(line) if abs(b.x0 - at) < IN_LINE * b.size]
    apart = max(word.x1 for word in before) - min(word.x1 for word in before) if before else 0.0
    return apart > _SEVERAL * own[0][0].size and _stand_alone(own, at)


def _amounts(own: Sequence[Words]) -> float | None:
    """Where amounts that end at one place start in a column's lines, with nothing else that far on the right."""
    ended = [line for line in own if line[-1].text.startswith("£") and is_figure(line[-1].text)]
    if sum(len(line) > 1 for line in ended) < _STARTS:
        return None
    ends = [line[-1] for line in ended]
    at, last = min(word.x0 for word in ends), max(word.x1 for word in ends)
    aligned = all(last - word.x1 < IN_LINE * word.size for word in ends)
    known = {id(word) for word in ends}
    inside = any(word.x1 > at for line in own for word in line if id(word) not in known)
    return at if aligned and not inside and _stand_alone(own, at) else None


def _counted(own: Sequence[Words]) -> float | None:
    """Where labels start behind numbers that count the lines one by one, if they stand in a column of their own.

    Their right edges are in line, though not all are as wide, or the labels start further in, or more than a blank
    behind them. In `1 person`, `2 persons` and so on they are words of the labels.
    """
    numbers = [line[0] for line in own if line[0].text.isdecimal()]
    if len(numbers) < max(_COUNTED, len(own) / 2) or not counts_on([number.text for number in numbers]):
        return None
    ends, known = max(number.x1 for number in numbers), {id(number) for number in numbers}
    others = [word for line in own for word in line if id(word) not in known]
    at, near = min((word.x0 for word in others), default=0.0), IN_LINE * numbers[0].size
    if at < ends or any(ends - number.x1 > near for number in numbers):
        return None
    starts = [line[1].x0 for line in own if id(line[0]) in known and len(line) > 1] or [at]
    lefts = [number.x0 for number in numbers]
    apart = max(starts) - at > near or max(lefts) - min(lefts) > near or at - ends > _BLANK * numbers[0].size
    return at if apart and len(starts) * 2 > len(numbers) else None


def _errors(own: Sequence[Words], heads: Sequence[Words]) -> float | None:
    """Where errors in brackets start behind the estimates of a column, if they do in all lines and a heading says so.

    One in brackets itself, `Mean (SD)`, heads both; so does one that only a blank parts from the word before.
    """
    errors = [line[1] for line in own if len(line) == 2 and _ERROR.match(line[1].text)]
    if len(errors) < max(_COUNTED, len(own)):
        return None
    at, end = min(word.x0 for word in errors), max(word.x1 for word in errors)
    left, slack = min(line[0].x0 for line in own), errors[0].size / 2
    pairs = ((a, b) for line in heads for a, b in pairwise(line) if b.x0 - a.x1 > _BLANK * b.size)
    over = (b for a, b in pairs if a.x1 > left and a.x0 < at)
    named = any(word.x0 > at - slack and word.x1 < end + slack and word.text[0] != "(" for word in over)
    return at if named and all(line[0].x1 <= at for line in own) else None


def _stand_alone(own: Sequence[Words], at: float) -> bool:
    """Whether several lines have words before a place and none behind it."""
    return sum(all(_is_before(word, at) for word in line) for line in own) >= _ALONE


def _keeps(line: Words, at: float) -> bool:
    """Whether a line's words end before a place, or one starts there."""
    behind = [word for word in line if not _is_before(word, at)]
    starts = bool(behind) and abs(behind[0].x0 - at) < IN_LINE * behind[0].size
    return starts or (not behind and line[-1].x1 <= at)


def _is_before(word: Word, at: float) -> bool:
    return word.x0 < at - IN_LINE * word.size
