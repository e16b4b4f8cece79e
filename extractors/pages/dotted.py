"""Rules that a page draws as rows of dots."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.pages.seen import Rule

# A dot is smaller than so many points, and so many at least are a rule.
_DOT, _LEAST = 3.0, 6
# They stand nearer than so many points, as far from each other within so many.
_APART, _EVEN = 6.0, 0.5


class _Dot(NamedTuple):
    """Where a dot stands: on which line, and where on it; and its number."""

    line: float
    at: float
    number: int


def with_dotted(rules: Sequence[Rule]) -> Sequence[Rule]:
    """Rules, one in the place of each even row of dots, across the page or else down it.

    >>> dots = [Rule(x, 9.0, x, 9.8) for x in (10.0, 12.0, 14.0, 16.0, 18.0, 20.0)]
    >>> with_dotted(dots)
    [Rule(x0=10.0, top=9.4, x1=20.0, bottom=9.4)]
    >>> with_dotted(dots[:5]) == dots[:5]
    True
    """
    dots = [n for n, rule in enumerate(rules) if rule.x1 - rule.x0 < _DOT and rule.bottom - rule.top < _DOT]
    # Those of a row are drawn one after the other; corners of cells, which many pages draw, stand far apart.
    following = sum(
        abs(rules[a].x0 - rules[b].x0) + abs(rules[a].top - rules[b].top) < _APART for a, b in pairwise(dots)
    )
    if following < _LEAST - 1:
        return rules
    middles = {n: ((rules[n].x0 + rules[n].x1) / 2, (rules[n].top + rules[n].bottom) / 2) for n in dots}
    level = list(_rows(_Dot(round(y, 1), x, n) for n, (x, y) in middles.items()))
    used = {dot.number for row in level for dot in row}
    upright = list(_rows(_Dot(round(x, 1), y, n) for n, (x, y) in middles.items() if n not in used))
    used |= {dot.number for row in upright for dot in row}
    return [
        *(rule for n, rule in enumerate(rules) if n not in used),
        *(Rule(row[0].at, row[0].line, row[-1].at, row[0].line) for row in level),
        *(Rule(row[0].line, row[0].at, row[0].line, row[-1].at) for row in upright),
    ]


def _rows(dots: Iterator[_Dot]) -> Iterator[list[_Dot]]:
    """The even rows of dots."""
    row: list[_Dot] = []
    for dot in sorted(dots):
        if row and not _goes_on(row, dot):
            yield from [row] if len(row) >= _LEAST else []
            row = row[-1:] if _is_near(row[-1], dot) else []
        row.append(dot)
    yield from [row] if len(row) >= _LEAST else []


def _goes_on(row: Sequence[_Dot], dot: _Dot) -> bool:
    """Whether a dot is as far behind the last one of a row as that is behind the one before."""
    step = dot.at - row[-1].at
    return _is_near(row[-1], dot) and (len(row) < 2 or abs(step - row[-1].at + row[-2].at) < _EVEN)


def _is_near(last: _Dot, dot: _Dot) -> bool:
    return last.line == dot.line and dot.at - last.at < _APART
