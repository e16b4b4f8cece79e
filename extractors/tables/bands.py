"""Rows of a table whose columns are known: lines between rules and grounds, wider gaps, or each with its figure."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from statistics import median

from extractors.grid import counts_columns, counts_on
from extractors.pages.page import PageText
from extractors.pages.seen import Fill
from extractors.pages.words import are_bold, text_of
from extractors.stitch import says_total
from extractors.tables.columns import Columns, Words, figures_of, pieces_in
from extractors.tables.leading import CLOSE, distance
from extractors.tables.rows import FULL, are_many, by_values, heads
from extractors.tables.values import is_value
from extractors.tables.worded import each_full, is_full, listed

# A rule or a ground divides rows where it reaches over this share of the table.
REACH = 0.6
# A gap between lines of more than this many line heights divides rows whatever the other gaps are.
_ROW_GAP = 0.65
# Gaps between lines jump by this share of a line from those within rows to those between rows.
_JUMP = 0.2
# They may do so by this share, where so many gaps of the one kind and so many of the other differ by this one at most.
_SLIGHT, _MANY, _SOME, _ALIKE = 0.1, 8, 3, 0.02
# Gaps are all of one kind where this share of them is.
_MOST = 0.8
# Grounds of one colour nearer than this, in points, touch; a pixel of a browser, three quarters of one, is a gap.
_SEAM = 0.6
# Grounds of cells stand side by side, so many at least, and some are higher than so many words.
_TILES, _CELL = 3, 2.5
# Rules that make no more bands than this divide a heading and totals from the body, not each row.
_FEW = 3
# The number of a line, as of a list's items, of which so many at least count on.
_NUMBERED, _COUNTED = re.compile(r"^\d{1,2}\.$"), 3
# Lines may overlap by this share of their height and still be two.
_OVERLAP = 0.15
# From where to where a rule, or the edge of a ground, runs.
_Piece = tuple[float, float]


def bands_of(lines: Sequence[Words], columns: Columns, text: PageText) -> list[list[Words]]:
    """Lines as bands between the rules and the edges of grounds that reach over most of the table."""
    cuts = [y for y, _ in cuts_within(lines, columns, text)]
    bands: list[list[Words]] = [[]]
    for line in lines:
        while cuts and line[0].middle > cuts[0]:
            cuts.pop(0)
            if bands[-1]:
                bands.append([])
        bands[-1].append(line)
    return bands


def cuts_within(lines: Sequence[Words], columns: Columns, text: PageText) -> list[tuple[float, float]]:
    """The cuts within lines from top to bottom, each with where it starts."""
    top, bottom = min(w.top for w in lines[0]), max(w.bottom for w in lines[-1])
    return sorted(cut for cut in _cuts(text, columns.spans[0][0], columns.spans[-1][1]) if top < cut[0] < bottom)


def around(lines: Sequence[Words], columns: Columns, text: PageText) -> list[float]:
    """The cuts within lines, right above them and right below them."""
    near = 1.2 * lines[0][0].size
    top, bottom = min(w.top for w in lines[0]) - near, max(w.bottom for w in lines[-1]) + near
    return [y for y, _ in _cuts(text, columns.spans[0][0], columns.spans[-1][1]) if top < y < bottom]


def _cuts(text: PageText, left: float, right: float) -> Iterator[tuple[float, float]]:
    """The heights of rules and of grounds' edges, and where they start; pieces of one height side by side are one."""
    pieces: defaultdict[int, list[_Piece]] = defaultdict(list)
    for y, piece in (*_ruled(text, left, right), *_edged(text, left, right), *_seams(text, left, right)):
        pieces[round(y)].append(piece)
    for y, own in pieces.items():
        # A rule and the edges of grounds that go on from it may be a point apart.
        near = [*own, *pieces.get(y - 1, ()), *pieces.get(y + 1, ())]
        if 2 * covered(own, left, right) >= REACH * (right - left) <= covered(near, left, right):
            yield float(y), min(near)[0]


def _ruled(text: PageText, left: float, right: float) -> Iterator[tuple[float, _Piece]]:
    """The rules that reach over a table: upright lines, and what stands beside it, reach over none of it."""
    for rule in text.rules:
        if rule.x0 < right and rule.x1 > left and rule.x0 < rule.x1:
            yield from ((y, (rule.x0, rule.x1)) for y in {round(rule.top), round(rule.bottom)})


def _edged(text: PageText, left: float, right: float) -> Iterator[tuple[float, _Piece]]:
    """The edges of grounds that reach over a table; between two of one colour that touch none is to be seen."""
    grounds = [fill for fill in text.fills if fill.bottom - fill.top < text.height / 3]
    tops, bottoms = (_by_colour(grounds, side) for side in (attrgetter("top"), attrgetter("bottom")))
    for fill in grounds:
        for edge, others in ((fill.top, bottoms), (fill.bottom, tops)) if fill.x0 < right and fill.x1 > left else ():
            if not _meets(edge, others[fill.colour]):
                yield edge, (fill.x0, fill.x1)


def _seams(text: PageText, left: float, right: float) -> Iterator[tuple[float, _Piece]]:
    """The edges between grounds of one colour below each other, where several stand side by side: grounds of cells.

    Lines of text may have a ground each; cells are higher, some of them.
    """
    own: defaultdict[int, set[_Piece]] = defaultdict(set)
    grounds = [fill for fill in text.fills if fill.x0 < right and fill.x1 > left]
    if len(grounds) < 2 * _TILES:
        return
    above: defaultdict[tuple[object, ...], list[float]] = defaultdict(list)
    for fill in sorted(grounds, key=attrgetter("top")):
        above[fill.colour, round(fill.x0), round(fill.x1)].append(fill.top)
    ends = Counter(y for y, _ in {(round(fill.bottom), round(fill.x0)) for fill in grounds})
    for fill in grounds:
        if _meets(fill.bottom, above[fill.colour, round(fill.x0), round(fill.x1)]):
            own[round(fill.bottom)].add((fill.x0, fill.x1))
    usual = median([word.size for word in text.words]) if own else 0.0
    if any(fill.bottom - fill.top > _CELL * usual for fill in grounds):
        yield from ((float(y), piece) for y, pieces in own.items() if ends[y] >= _TILES for piece in pieces)


def covered(pieces: Sequence[_Piece], left: float, right: float) -> float:
    """How far pieces reach between two places, what several cover counted once."""
    covered, at = 0.0, left
    for x0, x1 in sorted(pieces):
        covered += max(0.0, min(x1, right) - max(x0, at))
        at = max(at, x1)
    return covered


def _by_colour(grounds: Iterable[Fill], side: Callable[[Fill], float]) -> dict[tuple[int, ...], list[float]]:
    """The heights of one side of grounds, in order, by the colour of each."""
    heights: defaultdict[tuple[int, ...], set[float]] = defaultdict(set)
    for ground in grounds:
        heights[ground.colour].add(side(ground))
    return {colour: sorted(own) for colour, own in heights.items()}


def _meets(y: float, heights: Sequence[float]) -> bool:
    """Whether one of some heights, in order, is so near that no gap is seen."""
    at = bisect_left(heights, y - _SEAM)
    return at < len(heights) and heights[at] < y + _SEAM


def parted(bands: Sequence[Sequence[Words]], columns: Columns) -> tuple[list[Words], list[list[Words]]]:
    """The lines of a heading that is told from the rows, if it is, and the lines of each row."""
    each = len(bands) > _FEW and not _are_several(bands, columns)
    found = None if each else by_values([line for band in bands for line in band], columns)
    if found is None:
        above, first = _under_head(bands, columns) if len(bands) > _FEW else ([], bands[0])
        if not above and len(bands) > _FEW:
            above, first = _under_bold(bands[0])
        return above, rows_of([first, *bands[1:]], columns)
    ends = {id(band[-1]) for band in bands}
    head, rows = found
    return head, [part for row in rows for part in _cut(row, ends)]


def _are_several(bands: Sequence[Sequence[Words]], columns: Columns) -> bool:
    """Whether bands hold rows, each with a label and figures, and are none: all with figures in two lines or more."""
    figured = [band for band in bands if sum(bool(figures_of(line, columns)) for line in band) > 1]
    found = [by_values(band, columns) for band in figured]
    return all(found) and any(each is not None and are_many(each[1], columns) for each in found)


def _cut(row: Sequence[Words], ends: Container[int]) -> Iterator[list[Words]]:
    """A row, divided behind the last lines of bands."""
    part: list[Words] = []
    for line in row:
        part.append(line)
        if id(line) in ends:
            yield part
            part = []
    if part:
        yield part


def rows_of(bands: Sequence[Sequence[Words]], columns: Columns) -> list[list[Words]]:
    """Lines as rows: a band is a row, or several where a column has several figures with labels of their own."""
    if len(bands) <= _FEW:
        return [group for number, band in enumerate(bands) for group in _by_gap(band, columns, top=not number)]
    return as_bands(bands, columns)


def as_bands(bands: Sequence[Sequence[Words]], columns: Columns) -> list[list[Words]]:
    """Bands as rows, however few they are."""
    return [group for band in bands for group in _split(band, columns)]


def are_bands(rows: Sequence[Sequence[Words]], bands: Sequence[Sequence[Words]]) -> bool:
    """Whether rows end where bands do, of which there are so many that they are no mere parts of a table."""
    ends = {id(band[-1]) for band in bands if band}
    return len(bands) > _FEW and all(id(row[-1]) in ends for row in rows)


def _under_head(bands: Sequence[Sequence[Words]], columns: Columns) -> tuple[list[Words], Sequence[Words]]:
    """The lines of a heading that no rule parts from the first row, and that row.

    The row is a line of a label and values, as most of the bands below are, and no line above it is one.
    """
    *above, last = bands[0]
    alike = sum(len(band) == 1 and _is_row(band[0], columns) for band in bands[1:]) * 2 > len(bands) - 1
    rows = [
        line for line in above if _is_row(line, columns) and not counts_columns(list(map(text_of, pieces_in(line)))[1:])
    ]
    told = any(len(pieces_in(line)) > 1 for line in above) and not rows
    return (above, [last]) if alike and told and _is_row(last, columns) else ([], bands[0])


def _under_bold(band: Sequence[Words]) -> tuple[list[Words], Sequence[Words]]:
    """The lines in bold that open a first band, in several columns, and the others: a heading and the first row."""
    count = next((n for n, line in enumerate(band) if not are_bold(line)), len(band))
    headed = any(len(pieces_in(line)) > 1 for line in band[:count])
    return (list(band[:count]), band[count:]) if headed and count < len(band) else ([], band)


def _is_row(line: Words, columns: Columns) -> bool:
    """Whether a line is a label and a value in every other column, and no heading of years or numbers."""
    label, *values = pieces_in(line)
    own = [columns.of(piece)[0] for piece in (label, *values)]
    return (
        own == list(range(len(columns.spans)))
        and all(is_value(text_of(v)) for v in values)
        and not heads(line, columns)
    )


def _split(band: Sequence[Words], columns: Columns) -> list[list[Words]]:
    """A band as one row, or a row for each line where each has a figure and fills every column, or that are many.

    So it is where each has a label and many figures, and where each is a total.
    """
    if _names(band, columns) or _heads_plain(band, columns):
        return [[band[0]], *_split(band[1:], columns)]
    found = by_values(band, columns)
    if found and are_many(found[1], columns):
        return [*([found[0]] if found[0] else []), *found[1]]
    every = set(range(len(columns.spans)))
    full = all(
        {columns.of(piece)[0] for piece in pieces_in(line)} == every and figures_of(line, columns) for line in band
    )
    full = full or all(columns.of(line[:1])[0] == 0 and len(figures_of(line, columns)) >= FULL for line in band)
    full = full or all(says_total(text_of(pieces_in(line)[0])) and figures_of(line, columns) for line in band)
    return [[line] for line in band] if full else _totals(band, columns) or each_full(band, columns)


def _totals(band: Sequence[Words], columns: Columns) -> list[list[Words]]:
    """The lines of a band as rows where each is a total by its whole label; else none.

    They stand well apart from each other, or each has its figures beside the first line of its label.
    """
    apart = [n for n in range(1, len(band)) if distance(band[n - 1], band[n]) > _ROW_GAP * band[n][0].size]
    figured = [n for n in range(1, len(band)) if figures_of(band[n], columns)]
    for starts in (figured, apart):
        rows = [list(band[a:b]) for a, b in pairwise([0, *starts, len(band)])]
        labels = ([text_of(p) for line in row for p in pieces_in(line) if columns.of(p) == (0, 0)] for row in rows)
        counted = all(any(figures_of(line, columns) for line in row) for row in rows)
        if counted and all(says_total(" ".join(label)) for label in labels):
            return rows
    return []


def _names(band: Sequence[Words], columns: Columns) -> bool:
    """Whether a band's first line is a lone label in other weight than the row below it: the name of a section.

    The row has a figure, or fills all columns below words.
    """
    if len(band) < 2 or len(pieces_in(band[0])) > 1:
        return False
    worded = is_full(band[1], columns) and not any(map(str.isdigit, text_of(band[0])))
    if not figures_of(band[1], columns) and not worded:
        return False
    return columns.of(band[0])[0] == 0 and band[0][0].bold and not band[1][0].bold


def _heads_plain(band: Sequence[Words], columns: Columns) -> bool:
    """Whether a band's first line is a row in bold, and those well below it are plain: rows that it sums up."""
    if len(band) < 2 or not are_bold(band[0]) or not figures_of(band[0], columns):
        return False
    apart = distance(band[0], band[1]) > CLOSE * band[1][0].size
    return apart and columns.of(band[1][:1])[0] == 0 and not any(word.bold for line in band[1:] for word in line)


def _by_gap(lines: Sequence[Words], columns: Columns, *, top: bool) -> list[list[Words]]:
    """Lines as rows by the wider ones of the gaps between them."""
    if len(lines) < 2:
        return [list(lines)]
    told = each_full(lines, columns)
    if len(told) > 1 or (not top and (told := listed(lines, columns))):
        return told
    height = median([line[0].size for line in lines])
    gaps = [min(w.top for w in b) - max(w.bottom for w in a) for a, b in pairwise(lines)]
    limit = min(_leading(lines, columns, height), _ROW_GAP * height)
    alike = [gap for gap in gaps if abs(gap - limit) < _SLIGHT * height]
    if len(alike) >= _MOST * len(gaps) and min(alike) <= limit < max(alike):
        limit = 0.0  # A browser sets lines that are as far apart as each other on whole pixels: they are a row each.
    groups: list[list[Words]] = [[lines[0]]]
    numbered = _numbered(lines, columns)
    for line, gap in zip(lines[1:], gaps, strict=True):
        opens = id(line) in numbered or (top and len(groups) == 1 and _is_below_heading(line, groups[0], columns))
        if gap > limit or opens:
            groups.append([])
        groups[-1].append(line)
    return [row for group in _with_tails(groups, columns, top=top) for row in each_full(group, columns)]


def _numbered(lines: Sequence[Words], columns: Columns) -> set[int]:
    """The lines that open with a number and a stop, one up from each to the next: rows, however close they stand."""
    own = [line for line in lines if columns.of(line[:1]) == (0, 0) and _NUMBERED.match(line[0].text)]
    return (
        {id(line) for line in own} if len(own) >= _COUNTED and counts_on([line[0].text[:-1] for line in own]) else set()
    )


def _is_below_heading(line: Words, above: Sequence[Words], columns: Columns) -> bool:
    """Whether lines in bold end above a line: plain, or with plain words below headings of several columns."""
    if not all(map(are_bold, above)):
        return False
    headings = any(len(pieces_in(own)) > 1 for own in above) and not any(figures_of(own, columns) for own in above)
    return not any(word.bold for word in line) or (headings and not are_bold(line))


def _with_tails(groups: Sequence[list[Words]], columns: Columns, *, top: bool) -> list[list[Words]]:
    """Groups of lines, those with neither a label nor a figure put to the group above: they go on in it.

    Nothing goes on in a table's first group where it has no figure: it may be the heading.
    """
    joined: list[list[Words]] = []
    for group in groups:
        own = any(columns.of([line[0]])[0] == 0 or figures_of(line, columns) for line in group)
        first = top and len(joined) == 1 and not any(figures_of(line, columns) for line in joined[0])
        if own or first or not joined:
            joined.append([])
        joined[-1] += group
    return joined


def _are_alike(gaps: Sequence[float], number: int, height: float) -> bool:
    """Whether the first so many gaps are one and the same, and several behind them are another one."""
    lower, upper = gaps[:number], gaps[number : number + _SOME]
    same = all(own[-1] - own[0] < _ALIKE * height for own in (lower, upper))
    return same and number >= _MANY and len(upper) == _SOME


def _leading(lines: Sequence[Words], columns: Columns, height: float) -> float:
    """The widest gap that divides lines of one row: where the gaps within columns, sorted, first jump."""
    stacks: dict[int, list[Words]] = {}
    for line in lines:
        for piece in pieces_in(line):
            stacks.setdefault(columns.of(piece)[0], []).append(piece)
    gaps = sorted(b[0].top - a[0].bottom for stack in stacks.values() for a, b in pairwise(stack))
    gaps = [gap for gap in gaps if gap > -_OVERLAP * height]
    jumps = [
        (a + b) / 2
        for number, (a, b) in enumerate(pairwise(gaps), 1)
        if b - a > _JUMP * height or (b - a > _SLIGHT * height and _are_alike(gaps, number, height))
    ]
    return jumps[0] if jumps else max(gaps, default=0.0)
