"""Drawn columns that hold several columns of figures, or none.

Papers in the manner of books rule off the labels, the heading and the totals, and no column of figures from the next.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from extractors.grid import counts_parts, is_figure, is_year
from extractors.pages.page import PageText, words_in
from extractors.pages.seen import Box, Rule, around
from extractors.pages.words import by_height, text_of
from extractors.tables.columns import Words, pieces_in, stretches_of
from extractors.tables.grids import Grid
from extractors.tables.values import is_value

_NEAR = 2.0
# So many lines of figures at least say what columns there are; one may be figures that stand apart in one cell.
_LEAST = 2
# Of the lines from the first with figures so many, in all and for their number, have nothing else: `See text` may stand
# for one.
_SURE, _MOST = 4, 0.6
# So many lines of words and figures in line, the heading among them, are columns.
_MANY = 5
_DASHES, _BULLETS = frozenset("-–—"), frozenset("•·▪◦")
# Names before them are columns where so many lines have them, and this share of those with figures.
_ROWS, _SURE_OF = 3, 0.9
# What a drawn column holds are columns where it leaves gaps between so many stretches, as wide as so many heights,
# and where this share of its cells fill several; a cut row's rest may be one.
_STRETCHES, _APART, _FILLED = 3, 0.5, 0.75
# A column stands apart from the next by this share of the height of its words at least.
_GAP = 0.5
# A heading stands in the middle of its cell within so many of its heights.
_ABOUT = 0.5
_Cells = Sequence[Box]
_Gap = tuple[float, float]
# The pieces of lines.
_Rows = Sequence[Sequence[Words]]


def parted_columns(cells: _Cells, text: PageText) -> list[Box]:
    """The cells of a grid, those of a drawn column that holds several columns of figures divided between them.

    A cell over several drawn columns has their edges and none of its own.
    """
    lefts = {cell[0] for cell in cells}
    cuts = {
        (x0, x1): _cuts([cell for cell in cells if (cell[0], cell[2]) == (x0, x1)], text)
        for x0, x1 in {(cell[0], cell[2]) for cell in cells}
        if not any(x0 + _NEAR < left < x1 - _NEAR for left in lefts)
    }
    return [part for cell in cells for part in _divided(cell, cuts.get((cell[0], cell[2]), ()), text)]


def holds_headed(cells: _Cells, text: PageText) -> bool:
    """Whether cells that are one row hold columns of figures and headings over several of them.

    Nothing is drawn there between the heading and what is below: what stands in such cells falls into columns itself.
    """
    if len({cell[1] for cell in cells}) > 1:
        return False
    return any(cuts and _divided(cell, cuts, text) == [cell] for cell in cells if (cuts := _cuts([cell], text)))


def holds_columns(cells: _Cells, text: PageText) -> bool:
    """Whether a drawn column falls into several in most of its rows, words among them: nothing is drawn between these.

    What stands in it leaves gaps that run down through all of its rows, the heading too.
    """
    drawn = {(cell[0], cell[2]) for cell in cells}
    within = {own for own in drawn if not any(own[0] + _NEAR < x0 < own[1] - _NEAR for x0, _ in drawn)}
    columns = ([cell for cell in cells if (cell[0], cell[2]) == own] for own in within)
    return any(_are_columns([words_in(text, cell) for cell in own]) and not _cuts(own, text) for own in columns)


def _are_columns(cells: Sequence[Words]) -> bool:
    """Whether the words of cells stand in several stretches well apart, in most cells in more than one."""
    filled = [words for words in cells if words]
    if len(filled) < _ROWS:
        return False
    stretches = stretches_of(filled, _APART * median(word.size for words in filled for word in words))
    several = [sum(any(a <= word.x0 <= b for word in words) for a, b in stretches) > 1 for words in filled]
    return len(stretches) >= _STRETCHES and sum(several) >= _FILLED * len(filled)


def _divided(cell: Box, cuts: Sequence[float], text: PageText) -> list[Box]:
    """A cell divided at cuts; whole where a word, or a line of one piece, stands over one: a heading over several.

    So are words that stand alone in its middle.
    """
    lines = by_height(words_in(text, cell)) if cuts else []
    if len(lines) > 1 and (spanned := _spanned(cell, cuts, text)):
        return spanned
    alone = [(line[0].x0, line[-1].x1) for line in lines if len(pieces_in(line)) == 1]
    words = [(word.x0, word.x1) for line in lines for word in line]
    if any(x0 < cut < x1 for x0, x1 in [*alone, *words] for cut in cuts):
        return [cell]
    top = cell[1]
    if lines and _is_named(lines[0], cell):
        if len(lines) == 1:
            return [cell]
        # Of an odd number it may be the first line of the heading in their middle.
        top = (lines[0][0].bottom + lines[1][0].top) / 2 if len(cuts) % 2 else top
    above = [(cell[0], cell[1], cell[2], top)] if top > cell[1] else []
    return [*above, *((x0, top, x1, cell[3]) for x0, x1 in pairwise([cell[0], *cuts, cell[2]]))]


def _spanned(cell: Box, cuts: Sequence[float], text: PageText) -> list[Box]:
    """A cell divided at the highest level lines within it, each below a heading over several columns; none if none.

    What stands beside such lines has no heading over it.
    """
    x0, top, x1, bottom = cell
    inner = [rule for rule in text.rules if _is_within(rule, cell)]
    highest = min((rule.top for rule in inner), default=top)
    level = sorted(rule for rule in inner if rule.top - highest < _NEAR)
    parts: list[Box] = []
    at = x0
    for rule in level:
        left = max((cut for cut in cuts if cut < rule.x0 + _NEAR), default=x0)
        right = min((cut for cut in cuts if cut > rule.x1 - _NEAR), default=x1)
        if left < at or not words_in(text, (left, top, right, rule.top)):
            return []
        beside = [(at, top, left, bottom)] if left > at else []
        below = [*beside, (left, rule.top, right, bottom)]
        parts += [(left, top, right, rule.top), *(part for box in below for part in _within(box, cuts, text))]
        at = right
    return [*parts, *_within((at, top, x1, bottom), cuts, text)] if parts and at < x1 else parts


def _within(cell: Box, cuts: Sequence[float], text: PageText) -> list[Box]:
    """A part of a cell divided at the cuts in it."""
    return _divided(cell, [cut for cut in cuts if cell[0] < cut < cell[2]], text)


def _is_within(rule: Rule, cell: Box) -> bool:
    """Whether a level line stands in a cell and starts behind its left side."""
    inside = cell[1] + _NEAR < rule.top and rule.bottom < cell[3] - _NEAR and rule.bottom - rule.top < _NEAR
    return inside and cell[0] + _NEAR < rule.x0 and rule.x1 < cell[2] + _NEAR


def _is_named(line: Words, cell: Box) -> bool:
    """Whether a line is words, or a year, alone in the middle of a cell: a heading over all that it holds."""
    off = abs(line[0].x0 + line[-1].x1 - cell[0] - cell[2]) / 2
    text = text_of(line)
    named = len(pieces_in(line)) == 1 and (is_year(text) or not is_value(text))
    return named and off < _ABOUT * line[0].size


def _cuts(cells: _Cells, text: PageText) -> list[float]:
    """Where to divide the cells of one drawn column: in the gaps that run down through its lines of figures.

    There are none where other words stand among most figures, or lines of as many figures do not stand in line. Words
    that start in line before figures are columns too.
    """
    lines = [line for cell in sorted(cells, key=lambda each: each[1]) for line in by_height(words_in(text, cell))]
    # Most columns hold one word a line, and need not be looked at more.
    rows = [_named(pieces_in(line)) for line in lines] if max(map(len, lines), default=0) >= _LEAST else []
    if max(map(len, rows), default=0) < _LEAST:
        return []
    if worded := _between_words(rows):
        return worded
    named = 0 if any(_are_values(row) and not _are_years(row) for row in rows) else _names_before(rows)
    first = next((number for number, row in enumerate(rows) if _are_values(row, named)), len(rows))
    body = rows[first:]
    count = max(map(len, body), default=0)
    full = [row for row in body if len(row) == count]
    valued = sum(_are_values(row, named) for row in body)
    # Names without figures are those of sections.
    others = sum(len(row) > named for row in body) if named else len(body)
    held = valued == others or valued >= max(_SURE, _MOST * others)
    if count < _LEAST or len(full) < _LEAST or not held or not _has_figures([row[named:] for row in full]):
        return []
    gaps = _gaps(full)
    cuts = [_cut(gap, rows) for gap in gaps]
    # What stands below years may be a unit over them.
    below = next((n for n, row in enumerate(rows) if n >= first and not _are_years(row, named)), first)
    below = next((n for n in range(below, len(rows)) if _are_values(rows[n], named)), below)
    crossed = any(word.x0 < cut < word.x1 for line in lines[below:] for word in line for cut in cuts)
    return cuts if all(right - left >= _GAP * lines[first][0].size for left, right in gaps) and not crossed else []


def _between_words(rows: _Rows) -> list[float]:
    """Where to divide lines of as many pieces each, words or figures, that stand in line below their headings; many.

    Some among them may have fewer, and none over a gap. Letters of parts and bullets before what they mark are no
    column.
    """
    count = max(map(len, rows))
    at = [number for number, row in enumerate(rows) if len(row) == count]
    full = [rows[number] for number in at]
    full = full if _fall_in_line(full) else full[1:]  # The first may be a heading.
    few = len(full) < max(_MANY, _MOST * (at[-1] + 1 - at[0]))
    if few or not _fall_in_line(full) or any(map(_are_marks, zip(*full, strict=True))):
        return []
    gaps = _gaps(full)
    cuts = [_cut(gap, rows, rows[at[0] :]) for gap in gaps]
    crossed = any(piece[0].x0 < cut < piece[-1].x1 for row in rows[at[0] : at[-1]] for piece in row for cut in cuts)
    return cuts if all(left < right for left, right in gaps) and not crossed else []


def _named(row: Sequence[Words]) -> list[Words]:
    """The pieces of a line, the number that opens it put to the name behind it."""
    numbered = len(row) > _LEAST and row[0][0].text.isdigit() and not is_value(text_of(row[1]))
    return [[*row[0], *row[1]], *row[2:]] if numbered else list(row)


def _are_years(row: Sequence[Words], named: int = 0) -> bool:
    """Whether the pieces of a line behind its names are years, each alone."""
    return all(is_year(text_of(piece)) for piece in row[named:])


def _fall_in_line(rows: _Rows) -> bool:
    """Whether lines of as many pieces each stand in line in every column."""
    return all(map(_are_in_line, zip(*rows, strict=True)))


def _gaps(rows: _Rows) -> list[_Gap]:
    """The gaps that run down between the pieces of lines that have as many each; turned round where pieces overlap."""
    return [
        (max(p[-1].x1 for p in left), min(p[0].x0 for p in right)) for left, right in pairwise(zip(*rows, strict=True))
    ]


def _are_marks(column: Sequence[Words]) -> bool:
    """Whether most pieces mark what stands behind them."""
    marks = sum(counts_parts(text_of(piece)) or text_of(piece) in _BULLETS for piece in column)
    return 2 * marks > len(column)


def _names_before(rows: _Rows) -> int:
    """How many pieces of words stand before two figures or more in nearly all lines; those behind the first in line."""
    if sum(is_value(row[-1][-1].text) for row in rows) < _ROWS:
        return 0
    values = [[is_value(text_of(piece)) for piece in row] for row in rows]
    counts = Counter(own.index(True) for own in values if sum(own) >= _LEAST)
    named, most = counts.most_common(1)[0] if counts else (0, 0)
    own = [row[1:named] for row, said in zip(rows, values, strict=True) if sum(said[named:]) >= _LEAST]
    return named if most >= max(_ROWS, _SURE_OF * counts.total()) and _fall_in_line(own) else 0


def _are_in_line(column: Sequence[Words]) -> bool:
    """Whether pieces start, or end, at one place, or stand about one middle."""
    starts, ends = [p[0].x0 for p in column], [p[-1].x1 for p in column]
    middles = [(start + end) / 2 for start, end in zip(starts, ends, strict=True)]
    return min(max(places) - min(places) for places in (starts, ends, middles)) < _NEAR


def _are_values(row: Sequence[Words], named: int = 0) -> bool:
    """Whether the pieces of a line are values behind so many names."""
    return len(row) > named and all(is_value(text_of(piece)) for piece in row[named:])


def _has_figures(full: _Rows) -> bool:
    """Whether each column has a figure, or nothing but dashes: stars and marks set apart behind figures make none."""
    texts = [[text_of(piece) for piece in column] for column in zip(*full, strict=True)]
    return all(any(map(is_figure, own)) or all(set(text) <= _DASHES for text in own) for own in texts)


def _cut(gap: _Gap, *heads: _Rows) -> float:
    """The middle of the widest stretch of a gap over which no word stands of the first lines that leave one.

    The middle of the gap where none do.
    """
    stretches = (max(_free(gap, rows), key=lambda each: each[1] - each[0]) for rows in heads)
    return sum(next((each for each in stretches if each[0] < each[1]), gap)) / 2


def _free(gap: _Gap, rows: _Rows) -> Iterator[_Gap]:
    """The stretches of a gap between words that stand over it."""
    left, right = gap
    for x0, x1 in sorted((word.x0, word.x1) for row in rows for piece in row for word in piece):
        yield left, min(x0, right)
        left = max(left, x1)
    yield left, right


def without_spaces(cells: Sequence[Box], text: PageText) -> list[Box]:
    """The cells of a grid without drawn columns that are the space between two others, and rows that double rules make.

    Such a one is narrower than a line of the table is high, so no text has room in it, and nothing stands there.
    """
    narrow = min((word.size for word in words_in(text, around(cells))), default=0.0)
    for low, high in ((0, 2), (1, 3)):
        spaces = {(cell[low], cell[high]) for cell in cells if cell[high] - cell[low] < narrow}
        spaces -= {at for cell in cells if (at := (cell[low], cell[high])) in spaces and words_in(text, cell)}
        cells = [cell for cell in cells if (cell[low], cell[high]) not in spaces]
    return list(cells)


def with_sections_in_columns(grid: Grid, text: PageText) -> Grid:
    """A grid, the names of sections that stand in the first column alone in a cell of it, not in one over all."""
    cells = [part for cell in grid.cells for part in (_parts(cell, grid, text) if cell in grid.sections else [cell])]
    return Grid(tuple(cells), grid.box)


def _parts(section: Box, grid: Grid, text: PageText) -> list[Box]:
    """The name of a section divided as the row below it; whole where it reaches beyond the first column of that."""
    below = sorted(cell for cell in grid.cells if abs(cell[1] - section[3]) < _NEAR)
    words = words_in(text, section)
    if not below or not words or max(word.x1 for word in words) > below[0][2]:
        return [section]
    return [(x0, section[1], x1, section[3]) for x0, _, x1, _ in below]
