"""PDF papers: pages to words with boxes, words and rules to tables, tables stitched over pages."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pdfplumber
from pdfplumber.utils.exceptions import PdfminerException

from extractors.boxes import around, boxed
from extractors.grid import Claim, Row, cells_of, header_height, is_figure
from extractors.labelled import find_labelled
from extractors.lines import run_in_title
from extractors.page import PageText, Word, read_page
from extractors.ruled import PageTable, find_ruled
from extractors.second import READER as SECOND
from extractors.second import Again, compared, read_again
from extractors.stitch import goes_on, joined_rows, key_shape, repeats
from extractors.unreadable import Unreadable
from extractors.unruled import find_unruled, outside
from schemas.records import Document, Glyphs, Line, Note, Place, Table
from schemas.rules import Rule

READER = "pdfplumber"
# What stands in the outer share of a page above or below a table is furniture: page numbers, running titles.
_MARGIN = 0.09
_HEADING_WORDS = 24
# The first word of an item of a list: a bullet, a letter or a number with its bracket or stop.
_MARKER = re.compile(r"^(?:[•·▪-]|\(?[a-z]\)|\d{1,2}(?:\.\d+)*[.)])$")


@dataclass(frozen=True, slots=True)
class _Chain:
    """A table over its pages: its rows, how many are headings, what was noticed."""

    tables: tuple[PageTable, ...]
    rows: tuple[Row, ...]
    header_rows: int
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines outside tables that belong together, and whether they look like a heading."""

    line: Line
    page: int
    top: float
    heading: Line | None


def extract(data: bytes) -> Document:
    """Read a PDF. Places in the result are offsets into the running text; its glyphs give their boxes.

    Raises Unreadable for what is no PDF, or one that cannot be opened.
    """
    if not data.strip():
        raise Unreadable("The file is empty.")
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("The file is not a PDF: it lacks the mark that opens one.")
    try:
        return _extract(data)
    except PdfminerException as fault:
        raise Unreadable(f"The PDF cannot be read ({type(fault.args[0]).__name__}).") from fault


def _extract(data: bytes) -> Document:
    pages: list[PageText] = []
    found: list[PageTable] = []
    line, start = 1, 0
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            text = read_page(page, number, line, start)
            ruled = find_ruled(page, text)
            own = [*ruled, *find_unruled(page, text, ruled)]
            own += find_labelled(text, outside(text, own))
            found += sorted(own, key=lambda table: table.top)
            pages.append(text)
            line, start = line + text.text.count("\n"), start + len(text.text)
            page.close()
    chains = _stitched(found, pages)
    paragraphs = [each for page in pages for each in _paragraphs(page, found)]
    glyphs = tuple(glyph for page in pages for glyph in page.glyphs)
    again = _second_reading(data, found, pages)
    tables = tuple(
        _checked(_table(chain, paragraphs, chains[i - 1] if i else None), again, glyphs)
        for i, chain in enumerate(chains)
    )
    lines = tuple(line for page in pages for line in _lines(page))
    return Document("".join(page.text for page in pages), lines, tables, (), glyphs, len(pages))


def _second_reading(data: bytes, found: Sequence[PageTable], pages: Sequence[PageText]) -> list[Again]:
    """What the second reader has on the pages with tables of figures."""
    holding = [table for table in found if any(is_figure(row.text(c)) for row in table.rows for c in row.filled)]
    drawn = {table.page: pages[table.page - 1].height for table in holding if table.drawn}
    others = {t.page: pages[t.page - 1].height for t in holding if not t.drawn and t.page not in drawn}
    return [*read_again(data, drawn, drawn=True), *read_again(data, others, drawn=False)]


def _checked(table: Table, again: Sequence[Again], glyphs: Sequence[Glyphs]) -> Table:
    """A table whose cells of figures know what the second reader has in their place."""
    rows: dict[int, str] = {}
    for cell in table.cells:
        rows[cell.row] = " ".join([rows.get(cell.row, ""), *(line.text for line in cell.lines)])
    cells = []
    for cell in table.cells:
        if cell.lines:
            box = around([boxed(line.place, glyphs) for line in cell.lines])
            middle = ((box.x0 or 0) + (box.x1 or 0)) / 2, ((box.top or 0) + (box.bottom or 0)) / 2
            cells.append(compared(cell, (box.page or 0, *middle), again, rows[cell.row]))
        else:
            cells.append(cell)
    asked = any(cell.agrees is not None for cell in cells)
    return replace(table, cells=tuple(cells), second_reader=SECOND if asked else None)


def _lines(page: PageText) -> Iterator[Line | None]:
    """A page's lines of the running text; None for a blank one."""
    for number, (row, opens) in enumerate(zip(page.rows, page.opens, strict=True)):
        if opens and number:
            yield None
        yield _joined(row)
    yield None


def _joined(row: Sequence[Word]) -> Line:
    first, last = row[0].line.place, row[-1].line.place
    place = Place(line=first.line, char_start=first.char_start, char_end=last.char_end)
    return Line(" ".join(word.text for word in row), place)


def _paragraphs(page: PageText, tables: Sequence[PageTable]) -> Iterator[_Paragraph]:
    """The paragraphs of a page outside its tables and its margins."""
    own = [table for table in tables if table.page == page.number]
    body = [
        (row, opens)
        for row, opens in zip(page.rows, page.opens, strict=True)
        if not any(table.top <= row[0].middle <= table.bottom for table in own)
        and page.height * _MARGIN / 2 < row[0].middle < page.height * (1 - _MARGIN / 2)
    ]
    groups: list[list[Sequence[Word]]] = []
    for row, opens in body:
        if not groups or opens or _MARKER.match(row[0].text) or _weight(row) != _weight(groups[-1][-1]):
            groups.append([])
        groups[-1].append(row)
    sizes = sorted(word.size for row, _ in body for word in row)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    for group in groups:
        yield _paragraph(page.number, group, usual)


def _weight(row: Sequence[Word]) -> tuple[bool, float]:
    return all(word.bold for word in row), round(row[0].size, 1)


def _paragraph(page: int, group: Sequence[Sequence[Word]], usual: float) -> _Paragraph:
    first = _joined(group[0])
    text = " ".join(_joined(row).text for row in group)
    whole = Line(text, first.place)
    bold, size = _weight(group[0])
    short = len(text.split()) <= _HEADING_WORDS and not text.endswith((".", ",", ";", ":"))
    title = run_in_title(text)
    heading = whole if short and (bold or size > usual * 1.05 or len(group) == 1) else None
    return _Paragraph(whole, page, group[0][0].top, Line(title, first.place) if title else heading)


def _stitched(found: Sequence[PageTable], pages: Sequence[PageText]) -> list[_Chain]:
    chains: list[_Chain] = []
    for table in found:
        height = header_height(table.rows)
        if chains and _continues(chains[-1], table, height, pages):
            chains[-1] = _appended(chains[-1], table)
        else:
            chains.append(_Chain((table,), table.rows, height))
    return chains


def _continues(chain: _Chain, table: PageTable, height: int, pages: Sequence[PageText]) -> bool:
    """Whether a table goes on the one before: on the next page, same columns, nothing between, no new heading."""
    above = chain.tables[-1]
    if table.page != above.page + 1 or len(table.edges) != len(above.edges):
        return False
    slack = max(table.slack, above.slack)
    if any(abs(a - b) > slack for a, b in zip(above.edges, table.edges, strict=True)):
        return False
    if _printed_below(above, pages[above.page - 1]) or _printed_above(table, pages[table.page - 1]):
        return False
    return not height or repeats(table.rows[0], chain.rows[0])


def _printed_below(table: PageTable, page: PageText) -> bool:
    return any(word.top > table.bottom and word.bottom < page.height * (1 - _MARGIN) for word in page.words)


def _printed_above(table: PageTable, page: PageText) -> bool:
    return any(word.bottom < table.top and word.top > page.height * _MARGIN for word in page.words)


def _appended(chain: _Chain, table: PageTable) -> _Chain:
    """The chain with a further page: without the repeated heading, with a row that the page cut made whole."""
    rows, notes = list(table.rows), list(chain.notes)
    height = max(1, chain.header_rows)
    if repeats(rows[0], chain.rows[0]):
        notes += [_note(Rule.REPEATED_HEADING, row) for row in rows[:height]]
        rows = rows[height:]
    else:
        notes.append(_note(Rule.JOINED_OVER_PAGES, rows[0]))
    kept = list(chain.rows)
    body = kept[chain.header_rows :]
    if rows and body and _is_cut(rows[0], body, len(table.edges)):
        kept[-1] = joined_rows(kept[-1], rows[0])
        rows = rows[1:]
    return _Chain((*chain.tables, table), (*kept, *rows), chain.header_rows, tuple(notes))


def _note(rule: Rule, row: Row) -> Note:
    return Note(rule, _place(row), " ".join(row.text(c) for c in row.filled))


def _is_cut(first: Row, body: Sequence[Row], columns: int) -> bool:
    """Whether a page's first row is the rest of the row before: by its key, or as the only one without a figure."""
    figures = [any(is_figure(row.text(c)) for c in row.filled) for row in body]
    if goes_on(first, body[-1], key_shape(body), figures=any(figures), columns=columns):
        return True
    alone = not any(is_figure(first.text(c)) for c in first.filled)
    return alone and all(figures) and len(first.filled) < columns


def _place(row: Row) -> Place:
    return Place(line=row.source.number, char_start=row.source.start, char_end=row.source.start + len(row.source.text))


def _table(chain: _Chain, paragraphs: Sequence[_Paragraph], before: _Chain | None) -> Table:
    first, last = chain.tables[0], chain.tables[-1]
    since = (before.tables[-1].page, before.tables[-1].bottom) if before else (0, 0.0)
    above = [each for each in paragraphs if since < (each.page, each.top) < (first.page, first.top)]
    claim = Claim(0, 0, chain.rows, chain.header_rows, len(first.edges), chain.notes)
    end = max((line.place for row in last.rows for cell in row.cells for line in cell), key=lambda p: p.char_start or 0)
    return Table(
        cells=cells_of(claim),
        rows=len(chain.rows),
        columns=claim.columns,
        header_rows=claim.header_rows,
        place=_place(chain.rows[0]),
        end=end,
        reader=READER,
        headings=tuple(each.heading for each in reversed(above) if each.heading is not None),
        lead=above[-1].line if above else None,
        notes=claim.notes,
    )
