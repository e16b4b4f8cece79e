"""Charts that a page draws: bars that stand on one line, lines that rise and fall over an axis, axes with numbers."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extractors.pages.page import PageText, words_in
from extractors.pages.seen import Box, Fill, Rule, around
from extractors.pages.words import by_height
from extractors.tables.axes import find_axes

# Bars are so many at least, of as many lengths, and as thick as one another but for this factor.
_LEAST = 3
_THICK = 1.6
# Bars, or groups of them, stand apart by this share of their thickness at least: so many of their gaps are such. The
# grounds of cells touch, but for those of another table below.
_APART, _SOME = 0.12, 0.2
# Ends this near, in points, are one; bars differ in length by this much or more.
_NEAR, _LONGER = 1.5, 0.4
# Grounds side by side touch within so many points, and their upper and lower edges are as near.
_TOUCH = 0.8
# Words fill less than this share of a bar's length; a ground that they fill is a cell's or a heading's.
_FILLED = 0.4
# Lines that cross a chart are its own where they are at most so many times as long as it.
_OWN = 3.0
# Lines that rise and fall are a chart where they cover so many points across and up.
_WIDE, _HIGH = 50.0, 8.0
# An axis or a line of a grid runs below this share of what is drawn over it.
_AXIS = 0.8
_WHITE = 250
# What reaches over this share of a page, both ways, is the page's own ground.
_PAGE = 0.8


def find_charts(text: PageText) -> list[Box]:
    """The boxes of a page's charts: what they draw, with their axes and the lines of their grids."""
    grounds = _joined(fill for fill in text.fills if fill.colour[3] and min(fill.colour[:3]) < _WHITE)
    bars = (box for upright in (True, False) for box in _bars(grounds, text, upright=upright))
    seeds = [*bars, *_curves(text), *find_axes(text)]
    return _apart([_with_axes(seed, text) for seed in seeds])


def _bars(grounds: Sequence[Fill], text: PageText, *, upright: bool) -> Iterator[Box]:
    """The boxes around bars that stand on one line, or start at one."""
    by_base: dict[int, list[Fill]] = {}
    for fill in grounds:
        by_base.setdefault(round(fill.bottom if upright else fill.x0), []).append(fill)
    for base, own in sorted(by_base.items()):
        bars = [*own, *by_base.get(base + 1, [])]
        if len(bars) >= _LEAST and _are_bars(bars, text, upright=upright):
            yield around(_box(fill) for fill in bars)


def _joined(fills: Iterable[Fill]) -> list[Fill]:
    """Fills, those as one that touch side by side, as high and as low and of one colour: a row's cells."""
    found: list[Fill] = []
    for fill in sorted(fills, key=lambda each: (each.colour, round(each.top), round(each.bottom), each.x0)):
        last = found[-1] if found else None
        level = last and max(abs(last.top - fill.top), abs(last.bottom - fill.bottom)) < _TOUCH
        if last and level and last.colour == fill.colour and abs(fill.x0 - last.x1) < _TOUCH:
            found[-1] = last._replace(x1=max(last.x1, fill.x1))
        else:
            found.append(fill)
    return found


def _are_bars(bars: Sequence[Fill], text: PageText, *, upright: bool) -> bool:
    """Whether grounds are as thick as one another, of several lengths, some apart, and not filled with words."""
    spans = sorted((bar.x0, bar.x1) if upright else (bar.top, bar.bottom) for bar in bars)
    lengths = sorted(bar.bottom - bar.top if upright else bar.x1 - bar.x0 for bar in bars)
    thick = [end - start for start, end in spans]
    several = 1 + sum(b - a > _LONGER for a, b in pairwise(lengths)) >= _LEAST
    alike = max(thick) < _THICK * min(thick)
    beside = all(b[0] > a[1] - _NEAR for a, b in pairwise(spans))
    apart = sum(b[0] - a[1] > _APART * min(thick) for a, b in pairwise(spans)) >= _SOME * (len(spans) - 1)
    return (
        several
        and alike
        and beside
        and apart
        and sum(_is_filled(bar, text, upright=upright) for bar in bars) * 2 < len(bars)
    )


def _is_filled(bar: Fill, text: PageText, *, upright: bool) -> bool:
    words = words_in(text, _box(bar))
    if upright:
        return sum(line[0].size for line in by_height(words)) > _FILLED * (bar.bottom - bar.top)
    return sum(word.x1 - word.x0 for word in words) > _FILLED * (bar.x1 - bar.x0)


def _curves(text: PageText) -> Iterator[Box]:
    """The boxes around lines that rise and fall, touch one another, and stand over an axis."""
    for box in _apart(text.slants):
        wide, high = box[2] - box[0], box[3] - box[1]
        several = sum(_meet(slant, box) for slant in text.slants) >= _LEAST
        if several and wide > _WIDE and high > _HIGH and any(_runs_below(rule, box) for rule in text.rules):
            yield box


def _runs_below(rule: Rule, box: Box) -> bool:
    """Whether a level line runs under most of a box and not far beyond it."""
    under = min(rule[2], box[2]) - max(rule[0], box[0])
    wide = box[2] - box[0]
    near = box[1] - _NEAR < rule[1] < box[3] + (box[3] - box[1])
    return rule[3] - rule[1] < _NEAR and near and under > _AXIS * wide and rule[2] - rule[0] < _OWN * wide


def _with_axes(seed: Box, text: PageText) -> Box:
    """The box of a chart with the lines that cross it, the axis that they reach, and what stands on its bars."""
    wide, high = _OWN * (seed[2] - seed[0]), _OWN * (seed[3] - seed[1])
    marks = [*map(_box, text.rules), *map(_box, text.fills)]
    own = [mark for mark in marks if mark[2] - mark[0] < wide and mark[3] - mark[1] < high and not _fills(mark, text)]
    crossing = around([seed, *(mark for mark in own if _meet(mark, seed))])
    return around([crossing, *(mark for mark in own if mark[2] - mark[0] < _NEAR and _meet(mark, crossing))])


def _fills(mark: Box, text: PageText) -> bool:
    """Whether a mark reaches over most of the page: the ground of all that stands on it."""
    return mark[2] - mark[0] > _PAGE * text.width and mark[3] - mark[1] > _PAGE * text.height


def _apart(boxes: Iterable[Box]) -> list[Box]:
    """Boxes, those that meet as one around them."""
    found: list[Box] = []
    for box in sorted(boxes):
        whole = box
        while met := [other for other in found if _meet(other, whole)]:
            found = [other for other in found if other not in met]
            whole = around([whole, *met])
        found.append(whole)
    return found


def _box(mark: Fill | Rule) -> Box:
    return mark.x0, mark.top, mark.x1, mark.bottom


def _meet(one: Box, other: Box) -> bool:
    across = one[0] <= other[2] + _NEAR and other[0] <= one[2] + _NEAR
    return across and one[1] <= other[3] + _NEAR and other[1] <= one[3] + _NEAR
