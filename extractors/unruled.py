"""Tables of a page with few rules or none: rows between horizontal rules, columns between gaps."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pdfplumber.page import Page as PlumberPage

from extractors.grid import Row, is_figure
from extractors.page import PageText, Word
from extractors.ruled import PageTable, by_height, source_of, stacked
from schemas.records import Line

_NEAR = 3.0
# A gap between columns is wider than this many times the height of the words.
_GAP = 0.9
_LEAST_WIDTH = 120.0
_SLACK = 60.0
_LEAST_LINES = 3
_Rule = tuple[float, float, float]


def find_unruled(page: PlumberPage, text: PageText, taken: Sequence[PageTable]) -> list[PageTable]:
    """Tables outside the drawn grids: first those between horizontal rules, then lines that fall into columns."""
    found = [table for rules in _rule_groups(page, taken) if (table := _between(rules, text)) is not None]
    free = outside(text, [*taken, *found])
    return found + [table for run in _runs(free) if (table := _lined_up(run, text)) is not None]


def outside(text: PageText, tables: Sequence[PageTable]) -> list[Sequence[Word]]:
    """The lines of a page that stand in none of its tables."""
    return [row for row in text.rows if not _inside(row, tables)]


def _inside(row: Sequence[Word], tables: Sequence[PageTable]) -> bool:
    return any(table.top - _NEAR <= row[0].middle <= table.bottom + _NEAR for table in tables)


def _rule_groups(page: PlumberPage, taken: Sequence[PageTable]) -> list[list[_Rule]]:
    """Horizontal rules that start and end at the same places, from top to bottom; each as x0, x1 and height."""
    groups: dict[tuple[int, int], list[_Rule]] = {}
    edges = [e for e in page.edges if e["orientation"] == "h" and e["x1"] - e["x0"] >= _LEAST_WIDTH]
    for edge in sorted(edges, key=lambda e: (e["top"], e["x0"])):
        if any(table.top - _NEAR <= edge["top"] <= table.bottom + _NEAR for table in taken):
            continue
        key = round(edge["x0"] / _NEAR), round(edge["x1"] / _NEAR)
        group = groups.setdefault(key, [])
        if not group or edge["top"] - group[-1][2] > _NEAR:
            group.append((edge["x0"], edge["x1"], edge["top"]))
    return [group for group in groups.values() if len(group) >= 2]


def _between(rules: Sequence[_Rule], text: PageText) -> PageTable | None:
    """The table that horizontal rules hold: a band between two of them is a row, or several with a figure each."""
    x0, x1 = rules[0][0], rules[0][1]
    top, bottom = rules[0][2], rules[-1][2]
    words = [w for w in text.words if x0 - _NEAR <= w.x0 and w.x1 <= x1 + _NEAR and top < w.middle < bottom]
    columns = columns_of(words)
    if len(columns) < 2:
        return None
    rows: list[Row] = []
    for (_, _, above), (_, _, below) in pairwise(rules):
        band = [word for word in words if above < word.middle < below]
        rows += [_row(part, columns, text) for part in _split(band, columns) if part]
    return _table(rows, columns, text, top, bottom)


def columns_of(words: Sequence[Word]) -> list[tuple[float, float]]:
    """The stretches across the page that words fill, divided by gaps that no word crosses."""
    columns: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda w: w.x0):
        if columns and word.x0 - columns[-1][1] < _GAP * (word.bottom - word.top):
            columns[-1] = (columns[-1][0], max(columns[-1][1], word.x1))
        else:
            columns.append((word.x0, word.x1))
    return columns


def _split(band: Sequence[Word], columns: Sequence[tuple[float, float]]) -> Iterator[list[Word]]:
    """A band as rows: one for each line, where several lines have a figure in one column; else the band itself."""
    last = [word for word in band if word.x0 >= columns[1][0] - _NEAR]
    lines = stacked(last)
    if sum(is_figure(line.text) for line in lines) < 2:
        yield list(band)
        return
    yield from by_height(band)


def _row(words: Sequence[Word], columns: Sequence[tuple[float, float]], text: PageText) -> Row:
    cells: list[tuple[Line, ...]] = []
    for left, right in columns:
        cells.append(stacked([w for w in words if left - _NEAR <= (w.x0 + w.x1) / 2 <= right + _NEAR]))
    return Row(tuple(cells), source_of(cells, text, min(word.top for word in words)))


def _table(
    rows: Sequence[Row], columns: Sequence[tuple[float, float]], text: PageText, top: float, bottom: float
) -> PageTable | None:
    if len(rows) < 2 or sum(len(row.filled) > 1 for row in rows) * 2 < len(rows):
        return None
    return PageTable(text.number, tuple(rows), tuple(left for left, _ in columns), top, bottom, _SLACK)


def _runs(rows: Sequence[Sequence[Word]]) -> Iterator[list[Sequence[Word]]]:
    """Lines that stand together and each fall into two pieces or more."""
    run: list[Sequence[Word]] = []
    for row in rows:
        pieces = len(columns_of(row))
        near = not run or row[0].top - run[-1][0].bottom < 2.5 * (row[0].bottom - row[0].top)
        if pieces > 1 and near:
            run.append(row)
            continue
        if run:
            yield run
        run = [row] if pieces > 1 else []
    if run:
        yield run


def _lined_up(run: Sequence[Sequence[Word]], text: PageText) -> PageTable | None:
    """A run of lines as a table, where its columns are the same from line to line and hold figures."""
    words = [word for row in run for word in row]
    columns = columns_of(words)
    if len(run) < _LEAST_LINES or len(columns) < 2 or any(len(columns_of(row)) > len(columns) for row in run):
        return None
    rows = [_row(row, columns, text) for row in run]
    figures = sum(any(is_figure(row.text(c)) for c in row.filled if c) for row in rows)
    if figures < len(rows) - 1:
        return None
    return _table(rows, columns, text, run[0][0].top, run[-1][0].bottom)
