"""Awards on PDF pages: the blocks of `Key: value` lines and the lists that text papers have too."""

from collections.abc import Iterator, Sequence

from extractors.dialects import awards
from extractors.grid import Claim
from extractors.lines import Source
from extractors.pages.page import PageText
from extractors.pages.words import Word, text_of
from extractors.tables.ruled import PageTable
from extractors.tables.unruled import outside

_Line = Sequence[Word]


def find_awards(text: PageText, tables: Sequence[PageTable]) -> list[PageTable]:
    """The tables that awards printed one below the other make, outside the page's other tables."""
    if "£" not in text.text:
        return []
    free = {id(row) for row in outside(text, tables)}
    rows = [(row, opens) for row, opens in zip(text.rows, text.opens, strict=True) if id(row) in free]
    return [_table(claim, [row for row, _ in rows], text) for claim in awards.find(list(_sources(rows)))]


def _sources(rows: Sequence[tuple[_Line, bool]]) -> Iterator[Source]:
    """Lines as a text paper has them: a blank one between paragraphs unless both are pairs or entries."""
    above = False
    keys = awards.keys_again(text_of(row) for row, _ in rows)
    for row, opens in rows:
        source = Source(row[0].number, text_of(row), row[0].start)
        part = awards.is_part(source, keys)
        if opens and not (above and part):
            yield Source(row[0].number - 1, "", source.start)
        yield source
        above = part


def _table(claim: Claim, rows: Sequence[_Line], text: PageText) -> PageTable:
    first, last = claim.first + 1, claim.last + 1
    lines = [row for row in rows if first <= row[0].number <= last]
    left, right = min(line[0].x0 for line in lines), max(line[-1].x1 for line in lines)
    top, bottom = min(line[0].top for line in lines), max(line[0].bottom for line in lines)
    edges = tuple(left + column for column in range(claim.columns))
    return PageTable(text.number, claim.rows, edges, left, top, right, bottom)
