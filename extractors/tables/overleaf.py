"""A heading that ends a page, over a table without one that starts the next."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.grid import Row, header_height, is_figure, is_known_heading
from extractors.pages.page import TURNED, PageText
from extractors.pages.words import are_bold, text_of
from extractors.stitch import joined_rows
from extractors.tables.columns import Columns, Words, pieces_in
from extractors.tables.headings import heading_rows
from extractors.tables.paragraphs import is_furniture
from extractors.tables.ruled import PageTable

# A heading has so many pieces side by side, and its lines stand nearer than this share of their height.
_LEAST, _NEAR = 3, 0.7


def heading_at_end(page: PageText, tables: Sequence[PageTable]) -> list[Words]:
    """The last lines of a page where they head columns: close together, in bold or known words, in no table."""
    rows = zip(reversed(page.rows), reversed(page.region), strict=True)
    lines = (row for row, part in rows if part != TURNED and not is_furniture(row, page.height))
    last: list[Words] = []
    for line in lines:
        if last and not _is_near(line, last[0]):
            break
        last.insert(0, line)
    if not last or not (all(map(are_bold, last)) or _is_known(last[0])) or len(pieces_in(last[0])) < _LEAST:
        return []
    free = not any(table.holds(line) for table in tables for line in last)
    figured = any(is_figure(text_of(piece)) for line in last for piece in pieces_in(line))
    return last if free and not figured else []


def _is_near(above: Words, line: Words) -> bool:
    return -line[0].size < line[0].top - above[0].bottom < _NEAR * line[0].size and above[0].bold == line[0].bold


def _is_known(line: Words) -> bool:
    return len(line) > 1 and all(is_known_heading(text_of(piece)) for piece in pieces_in(line))


def with_heading(table: PageTable, head: Sequence[Words], page: PageText) -> PageTable:
    """A table without a heading under the lines that end the page before, where these head each of its columns.

    So is one whose heading leaves out columns: the page cut it.
    """
    own = header_height(table.rows)
    cut = own == 1 and len(table.rows[0].filled) < len(table.edges)
    if not head or (own and not cut) or not any(map(_has_figure, table.rows)):
        return table
    first = [line for line in page.rows if line[0].middle < table.top and not is_furniture(line, page.height)]
    ends = table.ends or (*table.edges[1:], table.x1)
    rows = heading_rows(head, Columns(tuple(zip(table.edges, ends, strict=True))), page)
    if first or len(rows) != 1 or len(rows[0].filled) < len(table.edges):
        return table
    if not all(map(are_bold, head)) and not all(is_known_heading(rows[0].text(c)) for c in rows[0].filled):
        return table
    below = (joined_rows(rows[0], table.rows[0]), *table.rows[1:]) if cut else (*rows, *table.rows)
    return replace(table, rows=below, head=tuple(head))


def _has_figure(row: Row) -> bool:
    return any(is_figure(row.text(c)) for c in row.filled)
