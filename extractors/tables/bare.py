"""A page as its tables see it: without leaders, charts and lists of contents, typed rules as rules."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import is_

from extractors.grid import is_figure
from extractors.pages.leaders import figure_ends, leader_ends, without_leaders
from extractors.pages.page import PageText, by_middle
from extractors.pages.seen import Box
from extractors.pages.words import Word, text_of
from extractors.tables.charts import find_charts
from extractors.tables.columns import pieces_in
from extractors.tables.contents import contents_in
from extractors.tables.strokes import is_level, level_rules, without_uprights
from extractors.tables.typewriter import closed_up, type_of

# Labels stand beside a chart within this many heights of their words, and above and below it within these; its title
# stands further above, with its middle this share of the chart's width or less from that of the chart, or starts within
# so many heights of the chart's side.
_BESIDE = 1.5
_ABOVE, _BELOW = 1.3, 1.6
_OVER, _OFF, _AT = 2.6, 0.2, 3.0


def bared(text: PageText) -> PageText:
    """The page without leaders, lists of contents and charts, neither their labels nor the lines that draw them.

    A line of nothing but hyphens or the like is the rules that it draws, and typed upright rules are in no line.
    """
    charts = find_charts(text)
    plain, drawn = without_uprights(text.rows)
    ends = leader_ends(plain)
    wide = type_of(text.words)
    figures = figure_ends(plain) if ends else frozenset()
    bare = closed_up([without_leaders(row, ends, figures) for row in plain], wide)
    typed = {number for number, row in enumerate(bare) if is_level(row)}
    contents = set(contents_in(text.rows, bare))
    if not charts and not contents and not typed and all(map(is_, bare, text.rows)):
        return text
    rows, opens, parts = [], [], []
    for number, (row, gap, part) in enumerate(zip(bare, text.opens, text.region, strict=True)):
        kept = tuple(_outside(row, charts))
        if kept and number not in contents | typed:
            rows.append(kept)
            opens.append(gap)
            parts.append(part)
    strokes = (rule for number in sorted(typed) for rule in level_rules(plain[number]))
    rules = tuple(rule for rule in (*text.rules, *strokes, *drawn) if not any(_within(rule, chart) for chart in charts))
    fills = tuple(fill for fill in text.fills if not any(_within(fill[:4], chart) for chart in charts))
    return replace(
        text,
        rows=tuple(rows), opens=tuple(opens), region=tuple(parts), rules=rules, fills=fills, by_middle=by_middle(rows),
    )  # fmt: skip


def _outside(line: Sequence[Word], charts: Sequence[Box]) -> Iterator[Word]:
    """The words of a line that are no labels of charts."""
    of_charts = {id(word) for chart in charts for word in _labels(line, chart)}
    return (word for word in line if id(word) not in of_charts)


def _labels(line: Sequence[Word], chart: Box) -> Iterator[Word]:
    """The words of a line that stand in a chart, right above or below it, or go on from its side."""
    size = line[0].size if line else 0.0
    x0, top, x1, bottom = chart
    if line and top - _OVER * size < line[0].middle <= top - _ABOVE * size:
        yield from _title(line, chart)
    if not line or not top - _ABOVE * size < line[0].middle < bottom + _BELOW * size:
        return
    left, right = x0, x1
    for word in reversed(line):
        if word.x0 < right and word.x1 > left - _BESIDE * size:
            left = min(left, word.x0)
            yield word
    for word in line:
        if word.x1 > x1 and word.x0 >= x0 and word.x0 < right + _BESIDE * size:
            right = max(right, word.x1)
            yield word


def _title(line: Sequence[Word], chart: Box) -> Sequence[Word]:
    """The words of a line that stand over a chart alone, about its middle or from its side on, if no figure."""
    x0, _, x1, _ = chart
    pieces = [piece for piece in pieces_in(line) if piece[0].x0 < x1 and piece[-1].x1 > x0]
    own = pieces[0] if len(pieces) == 1 else []
    if not own or is_figure(text_of(own)):
        return []
    off = abs(own[0].x0 + own[-1].x1 - x0 - x1) / 2
    return own if off < _OFF * (x1 - x0) or abs(own[0].x0 - x0) < _AT * own[0].size else []


def _within(mark: Box, chart: Box) -> bool:
    return chart[0] <= mark[0] and chart[1] <= mark[1] and mark[2] <= chart[2] and mark[3] <= chart[3]
