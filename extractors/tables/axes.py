"""Axes of charts: numbers that rise in step with their height, each beside a mark or a level line of its own."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from extractors.pages.page import PageText
from extractors.pages.seen import Box, Rule, around
from extractors.pages.words import Word

_NUMBER = re.compile(r"^([-–−]?)[£$€]?(\d[\d,]*(?:\.\d+)?)(?:%|k|m|bn)?$", re.IGNORECASE)
_FIRST = frozenset("0123456789-–−£$€")
# An axis has so many numbers at least: two are always in step.
_LEAST = 3
# Lines begin or end at an axis, and are as long as one another, within so many points.
_NEAR = 1.5
# A number stands within this share of its height of its mark, and ends within this share before it. The lines of
# forms and the rules of tables run below what they belong to, which is further off.
_LEVEL, _BEFORE = 0.25, 1.5
# Numbers are in step with their heights within this share of the whole axis.
_STEP = 0.03
# An axis with its level lines is so many points wide at least.
_WIDE = 50.0
_top = attrgetter("top")


class _Mark(NamedTuple):
    """A number, what it counts, and the level line that it stands beside."""

    word: Word
    value: float
    rule: Rule


def find_axes(text: PageText) -> Iterator[Box]:
    """The boxes of upright axes with the level lines that start at them.

    In a table a line that runs from the middle of a number divides what stands beside it, and other lines part that
    number from the next; on an axis nothing is drawn between the numbers.
    """
    level = sorted((rule for rule in text.rules if rule.bottom - rule.top < _NEAR), key=_top)
    left = list(_marks(text, level)) if level else []
    text = replace(text, rules=tuple(sorted(text.rules, key=_top))) if left else text
    while left:
        first = left[0]
        own = [mark for mark in left if _are_alike(mark.rule, first.rule)]
        left = [mark for mark in left if not _are_alike(mark.rule, first.rule)]
        for run in _runs(own, text) if _count(own) >= _LEAST else ():
            yield from _around_axis(run, level, text)


def _marks(text: PageText, level: Sequence[Rule]) -> Iterator[_Mark]:
    """The numbers of a page that end right before a level line at their middle, from top to bottom."""
    for word in text.by_middle.words:
        # Most words are no numbers, and need not be asked about more.
        found = _NUMBER.match(word.text) if word.text[:1] in _FIRST else None
        if not found:
            continue
        value = float(found[2].replace(",", "")) * (-1 if found[1] else 1)
        first = bisect_left(level, word.middle - _LEVEL * word.size, key=_top)
        last = bisect_right(level, word.middle + _LEVEL * word.size, key=_top)
        for rule in level[first:last]:
            if -_NEAR < rule.x0 - word.x1 < _BEFORE * word.size:
                yield _Mark(word, value, rule)


def _count(marks: Sequence[_Mark]) -> int:
    """How many numbers marks have."""
    return len({mark.word.start for mark in marks})


def _are_alike(one: Rule, other: Rule) -> bool:
    """Whether two level lines begin at one place and are as long as one another."""
    return abs(one.x0 - other.x0) < _NEAR and abs(one.x1 - other.x1) < _NEAR


def _runs(marks: Sequence[_Mark], text: PageText) -> Iterator[list[_Mark]]:
    """Marks from top to bottom in runs that one upright line each holds together and no level one divides."""
    run: list[_Mark] = []
    for mark in marks:
        if run and not (_axes(run[0].rule, mark.rule, text) and not _is_divided(run[-1].word, mark.word, text)):
            yield run
            run = []
        run.append(mark)
    if run:
        yield run


def _axes(first: Rule, last: Rule, text: PageText) -> list[Rule]:
    """The upright lines that level lines begin or end at, from the first of these to the last.

    The rules of the page stand from top to bottom.
    """
    return [
        rule
        for rule in text.rules[: bisect_left(text.rules, first.top + _NEAR, key=_top)]
        if rule.x1 - rule.x0 < _NEAR
        and rule.bottom > last.top - _NEAR
        and min(abs(rule.x0 - first.x0), abs(rule.x0 - first.x1)) < _NEAR
    ]


def _is_divided(above: Word, below: Word, text: PageText) -> bool:
    """Whether a rule runs, or a ground ends, between two numbers; rules stand from top to bottom."""
    top, bottom, left, right = above.middle, below.middle, below.x0, below.x1
    between = text.rules[bisect_right(text.rules, top, key=_top) : bisect_left(text.rules, bottom, key=_top)]
    return any(rule.x0 < right and rule.x1 > left for rule in between) or any(
        (top < fill.top < bottom or top < fill.bottom < bottom) and fill.x0 < right and fill.x1 > left
        for fill in text.fills
    )


def _around_axis(run: Sequence[_Mark], level: Sequence[Rule], text: PageText) -> Iterator[Box]:
    """The box of an axis whose numbers are in step, with the level lines that start at it."""
    if _count(run) < _LEAST or not _are_in_step(run):
        return
    axes = _axes(run[0].rule, run[-1].rule, text)
    axis = around(axes)
    lines = [rule for rule in level if axis[1] - _NEAR < rule.top < axis[3] + _NEAR and _starts(rule, axis)]
    box = around([axis, *lines])
    if box[2] - box[0] > _WIDE:
        yield box


def _starts(rule: Rule, axis: Box) -> bool:
    """Whether a level line begins at an axis or at the marks across it."""
    return axis[0] - _NEAR < rule.x0 < axis[2] + _NEAR or abs(rule.x1 - axis[0]) < _NEAR


def _are_in_step(run: Sequence[_Mark]) -> bool:
    """Whether numbers rise or fall as their lines do."""
    whole, high = run[-1].value - run[0].value, run[-1].rule.top - run[0].rule.top
    if not whole or high < _NEAR * len(run):
        return False
    shares = (((mark.value - run[0].value) / whole, (mark.rule.top - run[0].rule.top) / high) for mark in run)
    return all(abs(value - place) < _STEP for value, place in shares)
