"""Tables of a page whose cells are drawn: full grids, merged cells down and across."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

from extractors.grid import Row, counts_columns, is_figure, is_year
from extractors.lines import Source, joined
from extractors.pages.page import PageText, parts_of, words_in
from extractors.pages.seen import Box, Rule
from extractors.pages.words import Word, by_height, line_of, pieces_of, reads_aside
from extractors.stitch import says_total
from extractors.tables.grids import Grid
from extractors.tables.outer import with_first_row, with_last_row, with_outer_columns
from extractors.tables.refine import refined
from extractors.tables.several import (
    holds_columns,
    holds_headed,
    with_sections_in_columns,
    without_spaces,
)
from extractors.tables.unlined import with_headings, with_numbers
from schemas.records import Line

_start = attrgetter("start")
_NEAR = 2.0
# Words of one line stand within so many of its widths beside a grid, the first rows within so many heights below.
_BESIDE = 1.2
_BELOW = 5.0
# Above a grid that is open there a line of its table stands within so many of its heights.
_OPEN = 2.0
# A heading has so many columns over one that is drawn, at least.
_SEVERAL = 2
# The name of a section between two grids stands in fewer of its heights; in two pieces it is none.
_SECTION, _GAP = 2.5, 0.95
# Frames of rows stand this near, in points.
_SEAM = 6.0
# A blank is about this share of the height of the words beside it.
_BLANK = 0.25
# What sticks out of a grid that a page cuts has its middle within so many points below it, and each line starts within
# this share of its height below what is above, or above where a line is drawn along the foot and strikes it out.
_DEEPEST, _HANGS, _STRUCK = 64.0, 0.5, 0.1
_Lines = tuple[Line, ...]
_Cells = dict[tuple[int, int], tuple[_Lines, tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table on one page: its rows, where its columns start, its box, and how far columns may wander.

    `ends` says where the columns end, of a table whose columns were found from gaps, and `left` where the text starts
    in its part of the page. `head` has the lines of its heading, of such a table. `cut` says that its sides are drawn,
    and that no line closes its last row; `banded` that rules or grounds part each row from the next.
    """

    page: int
    rows: tuple[Row, ...]
    edges: tuple[float, ...]
    x0: float
    top: float
    x1: float
    bottom: float
    slack: float = 4.0
    drawn: bool = False
    ends: tuple[float, ...] = ()
    left: float = 0.0
    head: tuple[Sequence[Word], ...] = ()
    cut: bool = False
    banded: bool = False

    def holds(self, line: Sequence[Word], near: float = 0.0) -> bool:
        """Whether a line of words stands in the table."""
        middle = (line[0].x0 + line[-1].x1) / 2
        return self.top - near <= line[0].middle <= self.bottom + near and self.x0 - near <= middle <= self.x1 + near


def moved(above: PageTable, left: float) -> tuple[float, ...]:
    """How far a table's columns may have moved in a part of a page where text starts at `left`: not, or as text has."""
    return (0.0, left - above.left)


def find_ruled(grids: Sequence[Grid], text: PageText, above: PageTable | None = None) -> list[PageTable]:
    """The drawn grids of a page with two columns at least that hold two filled cells or more.

    One that has the columns of the grid that ends the page before, `above`, may hold the rest of a single cell.
    """
    own = [above.edges] if above else []
    grids = [grid for grid in grids if len(_lefts(grid)) > 1]
    whole = [grid for grid in grids if any(_same(_lefts(grid), e) for e in own) or not _is_part(grid, grids, text)]
    whole = _over_sections([with_sections_in_columns(grid, text) for grid in whole], text)
    whole = [with_first_row(with_last_row(with_outer_columns(grid, text), text), text) for grid in whole]
    found = [table for grid in whole if (table := _grid(grid, text, above)) is not None]
    return sorted(found, key=lambda each: each.top)


def _over_sections(grids: Sequence[Grid], text: PageText) -> list[Grid]:
    """Grids, one that goes on from the one above put to it, with the name of a section that stands alone between them.

    It has the same columns and no heading: its first row has figures. So does one that is only a seam away, as where
    each row is framed.
    """
    found: list[Grid] = []
    for grid in grids:
        between = _between(found[-1], grid, text) if found else None
        if between is None:
            found.append(grid)
        else:
            above = found.pop()
            found.append(Grid((*above.cells, *between, *grid.cells), (*above.box[:3], grid.box[3])))
    return found


def _between(above: Grid, grid: Grid, text: PageText) -> list[Box] | None:
    """The box between two grids of the same columns where one short line stands in it, none where it is a seam.

    None where the second is a table of its own.
    """
    _, top, x1, _ = grid.box
    box = (above.box[0], above.box[3], above.box[2], top)
    lefts = [_edges([cell[0] for cell in each.cells]) for each in (above, grid)]
    same = len(lefts[0]) == len(lefts[1]) > 2 and all(abs(a - b) < _NEAR for a, b in zip(*lefts, strict=True))
    first = [cell for cell in grid.cells if cell[1] < top + _NEAR]
    texts = [own[0].text for cell in first if (own := lines_in(text, *cell))]
    if not same or abs(x1 - box[2]) > _NEAR or top <= box[1] or not any(map(is_figure, texts)):
        return None
    lines = by_height(words_in(text, box))
    if not lines and top - box[1] < _SEAM:
        return []
    short = len(lines) == 1 and len(pieces_of(lines[0], _GAP * lines[0][0].size)) == 1
    return [box] if short and top - box[1] < _SECTION * lines[0][0].size else None


def _is_part(grid: Grid, grids: Sequence[Grid], text: PageText) -> bool:
    """Whether a grid is only part of a table: a heading over lines that no rules divide, or columns of longer lines.

    So is one without a line along its top, right above which figures stand, one whose only row holds headings over
    columns of figures that nothing divides, and one beside whose last side a heading has several columns. So is a
    frame around the totals of rows that have none.
    """
    if _is_open_above(grid.box, text) or holds_headed(grid.cells, text) or holds_columns(grid.cells, text):
        return True
    if _is_headed_beyond(grid, text) or _is_foot(grid, grids, text):
        return True
    x0, top, x1, bottom = grid.box
    inside = [
        line for line in text.rows if top < line[0].middle < bottom and any(_is_in(word, x0, x1) for word in line)
    ]
    own = [[word.text for word in line if _is_in(word, x0, x1)] for line in inside]
    figures = [line for line, texts in zip(inside, own, strict=True) if _counts(texts)]
    if len({cell[1] for cell in grid.cells}) == 1 and len(figures) > 1:
        return sum(_goes_beyond(line, x0, x1) for line in figures) * 2 > len(figures)
    if figures or not inside:
        return False
    below = [line for line in text.rows if bottom < line[0].middle < bottom + _BELOW * line[0].size]
    held = any(other is not grid and other.box[1] - _NEAR <= bottom < other.box[3] for other in grids)
    return not held and any(_is_row_of(line, grid) for line in below)


def _is_foot(grid: Grid, grids: Sequence[Grid], text: PageText) -> bool:
    """Whether a grid is one row of totals, right below a line with figures that stands in no grid."""
    x0, top, x1, bottom = grid.box
    first = lines_in(text, *min(grid.cells))
    if len({cell[1] for cell in grid.cells}) > 1 or not first or not says_total(first[0].text):
        return False
    if any(other.box[1] < top < other.box[3] + (bottom - top) for other in grids if other is not grid):
        return False
    near = (line for line in text.rows if 0 < top - line[0].middle < _OPEN * line[0].size)
    return any(_counts([word.text for word in line if _is_in(word, x0, x1)]) for line in near)


def _is_headed_beyond(grid: Grid, text: PageText) -> bool:
    """Whether a heading right above a grid has several columns over its last one, which has no side on the right."""
    left, (_, top, end, bottom) = max(cell[0] for cell in grid.cells), grid.box
    sides = (rule for rule in text.rules if abs(rule.x0 - end) < _NEAR and abs(rule.x1 - end) < _NEAR)
    if any(rule.bottom > top + _NEAR and rule.top < bottom - _NEAR for rule in sides):
        return False
    over = by_height([word for word in text.words if left < word.x0 and word.x1 < end and word.middle < top])
    near = (line for line in over if top - line[0].bottom < _OPEN * line[0].size)
    return any(len(pieces_of(line, _GAP * line[0].size)) >= _SEVERAL for line in near)


def _is_open_above(box: Box, text: PageText) -> bool:
    """Whether nothing is drawn along the top of a box and a line with figures stands in the way of its uprights."""
    x0, top, x1, _ = box
    drawn = any(abs(rule.top - top) < _NEAR and rule.x1 - rule.x0 > _NEAR for rule in text.rules)
    drawn = drawn or any(abs(edge - top) < _NEAR for fill in text.fills for edge in (fill.top, fill.bottom))
    near = (line for line in text.rows if not drawn and 0 < top - line[0].middle < _OPEN * line[0].size)
    return any(_counts([word.text for word in line if _is_in(word, x0, x1)]) for line in near)


def _counts(texts: Sequence[str]) -> bool:
    """Whether a line has figures that neither are years nor number the columns."""
    return any(is_figure(text) and not is_year(text) for text in texts) and not counts_columns(texts)


def _is_in(word: Word, x0: float, x1: float) -> bool:
    return x0 < (word.x0 + word.x1) / 2 < x1


def _goes_beyond(line: Sequence[Word], x0: float, x1: float) -> bool:
    """Whether a line has words close by a grid on either side of it."""
    reach = _BESIDE * (x1 - x0)
    return any(x0 - reach < word.x1 < x0 or x1 < word.x0 < x1 + reach for word in line)


def _is_row_of(line: Sequence[Word], grid: Grid) -> bool:
    """Whether a line below a grid has figures in it and does not go beyond its right side."""
    x0, _, x1, _ = grid.box
    own = [word.text for word in line if _is_in(word, x0, x1)]
    return line[-1].x1 < x1 + _NEAR and len(line) > 1 and any(map(is_figure, own))


def _grid(grid: Grid, text: PageText, above: PageTable | None) -> PageTable | None:
    closing = _closing(grid.box, text)
    grid = _with_overhang(grid, text, closing)
    drawn = without_spaces(with_headings(refined(with_numbers(grid.cells, text), text), text), text)
    tops = _edges([cell[1] for cell in drawn])
    lefts = _edges([cell[0] for cell in drawn])
    if len(lefts) < 2:
        return None
    cells: _Cells = {}
    for x0, top, x1, bottom in drawn:
        span = (_count(tops, top, bottom), _count(lefts, x0, x1))
        cells[_index(tops, top), _index(lefts, x0)] = (lines_in(text, x0, top, x1, bottom), span)
    left, upper, right, bottom = grid.box
    if sum(bool(lines) for lines, _ in cells.values()) < (1 if above and _same(lefts, above.edges) else 2):
        return None
    rows = tuple(_row(cells, number, len(lefts), tops[number], text) for number in range(len(tops)))
    table = PageTable(text.number, rows, tuple(lefts), left, upper, right, bottom, drawn=True)
    return replace(table, left=_left_of(table, text), cut=closing == [])


def _closing(box: Box, text: PageText) -> list[Rule] | None:
    """The lines along the foot of a grid whose left and right sides are drawn; None where they are not."""
    left, _, right, bottom = box
    low = [rule for rule in text.rules if rule.bottom > bottom - _NEAR and rule.top < bottom + _NEAR]
    sides = all(any(abs(rule.x0 - x) < _NEAR and abs(rule.x1 - x) < _NEAR for rule in low) for x in (left, right))
    return [rule for rule in low if min(rule.x1, right) - max(rule.x0, left) > _NEAR] if sides else None


def _with_overhang(grid: Grid, text: PageText, closing: Sequence[Rule] | None) -> Grid:
    """A grid, with the lines of its last row that stick out below the ends of its upright lines where a page cuts it.

    `closing` has the lines along its foot, None where its sides are not drawn: words below one, or beside none, do not
    stick out.
    """
    left, top, right, bottom = grid.box
    edges = [cell[0] for cell in grid.cells if cell[3] > bottom - _NEAR]
    end = bottom
    for line in by_height(words_in(text, (left, bottom, right, bottom + _DEEPEST))):
        words = [word for word in line if word.top < end + _reach(word, closing) * word.size]
        pieces = pieces_of(words, _GAP * words[0].size) if words else []
        crossing = any(p[0].x0 < edge - _NEAR < p[-1].x1 - 2 * _NEAR for p in pieces for edge in edges)
        if not pieces or crossing:
            break
        end = max(word.bottom for word in words)
    if end == bottom:
        return grid
    cells = ((*cell[:3], end if cell[3] > bottom - _NEAR else cell[3]) for cell in grid.cells)
    return Grid(tuple(cells), (left, top, right, end))


def _reach(word: Word, closing: Sequence[Rule] | None) -> float:
    """Within how many heights below what is above a word sticks out of a grid."""
    free = closing is not None and not any(rule.x0 < word.x1 and rule.x1 > word.x0 for rule in closing)
    return _HANGS if free else -_STRUCK


def _lefts(grid: Grid) -> list[float]:
    return _edges([cell[0] for cell in grid.cells])


def _same(lefts: Sequence[float], edges: Sequence[float]) -> bool:
    return len(lefts) == len(edges) and all(abs(a - b) < _NEAR for a, b in zip(lefts, edges, strict=True))


def _left_of(table: PageTable, text: PageText) -> float:
    """Where the text starts in the part of a page that a table stands in."""
    own = (lines for lines in parts_of(text) if any(table.holds(line) for line in lines))
    return min((line[0].x0 for line in next(own, [])), default=table.x0)


def _edges(values: Sequence[float]) -> list[float]:
    """Distinct edges; those that nearly coincide are one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _index(edges: Sequence[float], value: float) -> int:
    """The number of the edge that is nearest to a value; edges ascend."""
    after = bisect_left(edges, value)
    return after - (after > 0 and (after == len(edges) or value - edges[after - 1] <= edges[after] - value))


def _count(edges: Sequence[float], first: float, last: float) -> int:
    """How many edges stand from one place on up to another, one at least; edges ascend."""
    return max(1, bisect_left(edges, last - _NEAR) - bisect_left(edges, first - _NEAR))


def _row(cells: _Cells, number: int, width: int, top: float, text: PageText) -> Row:
    own = [cells.get((number, column)) for column in range(width)]
    lines = tuple(cell[0] if cell else () for cell in own)
    return Row(lines, source_of(lines, text, top), spans=tuple(cell[1] if cell else None for cell in own))


def source_of(cells: Sequence[_Lines], text: PageText, top: float) -> Source:
    """The line of the running text that a row starts on; for a blank row the one nearest below its top."""
    lines = [line for cell in cells for line in cell]
    if not lines:
        below = [word for word in text.words if word.top >= top - _NEAR]
        lines = [word.line for word in sorted(below, key=lambda word: word.top)[:1]]
    if not lines:
        return Source(1, "", 0)
    first = min(lines, key=lambda line: line.place.char_start or 0)
    return Source(first.place.line or 1, first.text, first.place.char_start or 0)


def lines_in(text: PageText, x0: float, top: float, x1: float, bottom: float) -> _Lines:
    """The lines of the words whose middle stands in a box, from top to bottom."""
    return stacked(words_in(text, (x0, top, x1, bottom)))


def stacked(words: Sequence[Word]) -> _Lines:
    """Words of one cell as lines by their height on the page; behind them lines that read up or down, in order."""
    # Most cells hold level words alone; a word is asked only where it is higher than wide.
    aside = {word.number for word in words if word.size > word.x1 - word.x0 and reads_aside(word)}
    rows = by_height([word for word in words if word.number not in aside] if aside else words)
    rows += [sorted((word for word in words if word.number == number), key=_start) for number in sorted(aside)]
    return tuple(line for row in rows for line in _printed(_sure(row, rows)))


def _sure(row: list[Word], rows: Sequence[Sequence[Word]]) -> list[Word]:
    """Words of one height; that nothing is printed behind the last says nothing where a blank would have had no room.

    It would have had some where another line is longer.
    """
    last = row[-1]
    if last.wrap != "" or any(other[-1].x1 > last.x1 + _BLANK * last.size for other in rows):
        return row
    return [*row[:-1], last._replace(wrap=None)]


def _printed(row: Sequence[Word]) -> _Lines:
    """Words of one height as lines: as one, where a blank stands between each and the next in the running text."""
    following = all(b.number == a.number and b.start == a.start + len(a.text) + 1 for a, b in pairwise(row))
    if following and not any(word.own for word in row):
        return (line_of(row, row[-1].wrap),)
    return joined([word.line for word in row])
