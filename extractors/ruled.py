"""Tables of a page whose cells are drawn: full grids, merged cells down and across."""

from collections.abc import Sequence
from dataclasses import dataclass

from pdfplumber.page import Page as PlumberPage
from pdfplumber.table import Table as PlumberTable

from extractors.grid import Row
from extractors.lines import Source, joined
from extractors.page import PageText, Word
from schemas.records import Line

_NEAR = 2.0
# An open row is at least this high, in points: less is a rule that was drawn a little too long.
_LEAST_ROW = 6.0
_Lines = tuple[Line, ...]
_Cells = dict[tuple[int, int], tuple[_Lines, tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table on one page: its rows, where its columns start, its edges, and how far columns may wander."""

    page: int
    rows: tuple[Row, ...]
    edges: tuple[float, ...]
    top: float
    bottom: float
    slack: float = 4.0
    drawn: bool = False


def find_ruled(page: PlumberPage, text: PageText) -> list[PageTable]:
    """The drawn grids of a page with two columns at least that hold two filled cells or more."""
    uprights = [edge for edge in page.edges if edge["orientation"] == "v"]
    found = [grid for table in page.find_tables() if (grid := _grid(table, uprights, text)) is not None]
    return sorted(found, key=lambda each: each.top)


def _grid(table: PlumberTable, uprights: Sequence[dict[str, float]], text: PageText) -> PageTable | None:
    tops = _edges([cell[1] for cell in table.cells])
    lefts = _edges([cell[0] for cell in table.cells])
    if len(lefts) < 2:
        return None
    cells: _Cells = {}
    for x0, top, x1, bottom in table.cells:
        span = (_count(tops, top, bottom), _count(lefts, x0, x1))
        cells[_index(tops, top), _index(lefts, x0)] = (lines_in(text, x0, top, x1, bottom), span)
    bottom = table.bbox[3]
    reach = _open_below(uprights, lefts, bottom)
    if reach is not None:
        for column, (x0, x1) in enumerate(zip(lefts, [*lefts[1:], table.bbox[2]], strict=True)):
            cells[len(tops), column] = (lines_in(text, x0, bottom, x1, reach), (1, 1))
        tops, bottom = [*tops, bottom], reach
    if sum(bool(lines) for lines, _ in cells.values()) < 2:
        return None
    rows = tuple(_row(cells, number, len(lefts), tops[number], text) for number in range(len(tops)))
    return PageTable(text.number, rows, tuple(lefts), table.bbox[1], bottom, drawn=True)


def _open_below(uprights: Sequence[dict[str, float]], lefts: Sequence[float], bottom: float) -> float | None:
    """How far the rules between columns go on below the last drawn row: a row that the page's end cut open."""
    ends = [
        max((e["bottom"] for e in uprights if abs(e["x0"] - left) < _NEAR and e["top"] <= bottom + _NEAR), default=0.0)
        for left in lefts
    ]
    beyond = [end for end in ends if end > bottom + _LEAST_ROW]
    return min(beyond) if len(beyond) >= 2 else None


def _edges(values: Sequence[float]) -> list[float]:
    """Distinct edges; those that nearly coincide are one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _index(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))


def _count(edges: Sequence[float], first: float, last: float) -> int:
    return max(1, sum(first - _NEAR <= edge < last - _NEAR for edge in edges))


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
    return stacked([word for word in text.words if x0 <= (word.x0 + word.x1) / 2 < x1 and top <= word.middle < bottom])


def by_height(words: Sequence[Word]) -> list[list[Word]]:
    """Words as lines from top to bottom: those whose middles are less than half a word's height apart."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle, w.x0)):
        if rows and word.middle - rows[-1][0].middle < 0.5 * (word.bottom - word.top):
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def stacked(words: Sequence[Word]) -> _Lines:
    """Words of one cell as lines by their height on the page."""
    ordered = [[word.line for word in sorted(row, key=lambda w: w.x0)] for row in by_height(words)]
    return tuple(line for row in ordered for line in joined(row))
