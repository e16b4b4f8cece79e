"""Headings that read up or down the page, over the columns of a table that no rules divide."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.grid import Row, header_height, is_year
from extractors.pages.page import TURNED, PageText, words_in
from extractors.pages.words import Word, by_height
from extractors.tables.columns import Columns, Words, pieces_in
from extractors.tables.ruled import PageTable, stacked
from schemas.records import Line

# A heading ends less than so many of its widths above the first row, or below the line of the headings beside it.
_ABOVE, _BELOW = 2.0, 0.5
# Its words stand nearer to each other than this many of its widths.
_NEAR = 1.5
_Lines = tuple[Line, ...]


def with_upended(table: PageTable, text: PageText) -> PageTable:
    """A table with the headings that read up or down the page over its columns, and what stands level with these.

    They fill blank cells of its heading, or a row of their own below it. So they do only where no other heading stands
    in their columns.
    """
    columns = Columns(tuple(zip(table.edges, table.ends or (*table.edges[1:], table.x1), strict=True)))
    foot = max((word.bottom for line in table.head for word in line), default=table.top)
    over: dict[int, list[Words]] = {}
    for line in _over(table, text, foot):
        first, last = columns.of(sorted(line, key=lambda word: word.x0))
        if first != last:
            return table
        over.setdefault(first, []).append(line)
    if not over:
        return table
    top = min(word.top for lines in over.values() for line in lines for word in line)
    rows = _filled(table.rows, {column: stacked([w for line in own for w in line]) for column, own in over.items()})
    if not rows:
        return table
    return replace(table, rows=_with_level(rows, table, columns, text, top), top=min(top, table.top))


def _over(table: PageTable, text: PageText, foot: float) -> Iterator[Words]:
    """The words of each line that reads up or down and ends over a table, or beside its heading, down to `foot`."""
    for row, part in zip(text.rows, text.region, strict=True):
        if part != TURNED or not table.x0 - table.slack < (row[0].x0 + row[0].x1) / 2 < table.x1 + table.slack:
            continue
        wide = row[0].x1 - row[0].x0
        own: list[Word] = []
        for word in sorted(row, key=lambda each: -each.bottom):
            if word.bottom < foot + _BELOW * wide and (not own or own[-1].top - word.bottom < _NEAR * wide):
                own.append(word)
        if own and own[0].bottom > table.top - _ABOVE * wide:
            yield sorted(own, key=lambda word: word.start)


def _filled(rows: Sequence[Row], over: dict[int, _Lines]) -> tuple[Row, ...]:
    """Rows with headings in blank cells of the heading, or in a row of their own below it; none where others stand."""
    # Years alone head columns too.
    height = header_height(rows) or int(any(is_year(rows[0].text(column)) for column in rows[0].filled))
    if any(_is_named(row, column) for row in rows[:height] for column in over):
        return ()
    free = next((n for n, row in enumerate(rows[:height]) if all(_is_free(row, column) for column in over)), height)
    if free < height:
        return (*rows[:free], _with(rows[free], over), *rows[free + 1 :])
    blank = tuple(over.get(column, ()) for column in range(len(rows[0].cells)))
    return (*rows[:height], Row(blank, rows[min(height, len(rows) - 1)].source), *rows[height:])


def _is_named(row: Row, column: int) -> bool:
    """Whether a row of a heading has a cell for a column alone."""
    span = row.spans[column] if row.spans else (1, 1)
    return bool(row.cells[column]) and span is not None and span[1] == 1


def _is_free(row: Row, column: int) -> bool:
    """Whether a row has nothing in a column, and no cell beside or above reaches over it."""
    return not row.cells[column] and (not row.spans or row.spans[column] is not None)


def _with(row: Row, over: dict[int, _Lines]) -> Row:
    return replace(row, cells=tuple((*over.get(column, ()), *cell) for column, cell in enumerate(row.cells)))


def _with_level(rows: Sequence[Row], table: PageTable, columns: Columns, text: PageText, top: float) -> tuple[Row, ...]:
    """Rows, the first with what stands above it, level with the headings, where each of it is over one column."""
    aside = {word.start for row, part in zip(text.rows, text.region, strict=True) if part == TURNED for word in row}
    words = [word for word in words_in(text, (table.x0, top, table.x1, table.top)) if word.start not in aside]
    over: dict[int, list[Word]] = {}
    for piece in (piece for line in by_height(words) for piece in pieces_in(line)):
        first, last = columns.of(piece)
        if first != last:
            return tuple(rows)
        over.setdefault(first, []).extend(piece)
    return (_with(rows[0], {column: stacked(own) for column, own in over.items()}), *rows[1:])
