"""PDF papers, page by page: read, stitched, and held against what independent readers have in the same places.

A page is let go when it is read: only its text, the places of its characters and its tables are kept.
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module

from extractors.awarded import find_awards
from extractors.files.unreadable import Unreadable
from extractors.grid import is_figure
from extractors.hyphenated import without_breaks
from extractors.lines import INVISIBLE
from extractors.pages import pdfium
from extractors.pages.gutters import Gutter, gutter_of
from extractors.pages.hidden import OFF_PAGE
from extractors.pages.page import PageText, parts_of, read_page
from extractors.pages.seen import Box, Seen
from extractors.pages.titles import Title, titles_of, without_titles
from extractors.pages.words import Word
from extractors.readings import second, third
from extractors.readings.again import Again, Reader, confirmed, silent, unseen
from extractors.scans.heard import Heard, doubts_above, held, is_scan
from extractors.tables.astray import astray, without_cell
from extractors.tables.bare import bared
from extractors.tables.chains import Chain, chained, table_of
from extractors.tables.columns import Words
from extractors.tables.grids import find_grids
from extractors.tables.labelled import find_labelled
from extractors.tables.overleaf import heading_at_end, with_heading
from extractors.tables.paragraphs import Paragraph, lines_of, paragraphs_of, whole
from extractors.tables.ruled import PageTable, find_ruled
from extractors.tables.unruled import find_unruled, outside, without_tables
from schemas.records import Document, Glyphs, Line, Note, Place, Table
from schemas.rules import Rule

# Asks another reader what it has on pages.
Ask = Callable[[Reader, bytes, Mapping[int, Box]], Sequence[Again]]
_NONE: Mapping[int, str] = {}
_SHOWN = 60
# So many figures that stand outside all tables are named.
_FIRST = 5
# The readers of scans, which are loaded when a page needs them.
_OCR, _OCR_AGAIN = "rapidocr", "tesseract"


@dataclass(slots=True)
class _Reading:
    """What is kept of the pages read so far."""

    text: list[str] = field(default_factory=list)
    lines: list[Line | None] = field(default_factory=list)
    glyphs: list[Glyphs] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)
    since: list[Paragraph] = field(default_factory=list)
    head: list[Words] = field(default_factory=list)
    drawn: dict[int, Box] = field(default_factory=dict)
    undrawn: dict[int, Box] = field(default_factory=dict)
    aside: dict[int, Box] = field(default_factory=dict)
    hidden: dict[int, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    scanned: set[int] = field(default_factory=set)
    gutter: Gutter | None = None
    titles: tuple[Title, ...] = ()
    line: int = 1
    start: int = 0


def asked(reader: Reader, data: bytes, pages: Mapping[int, Box]) -> Sequence[Again]:
    """What a reader has on pages, if any."""
    return reader(data, pages) if pages else []


def nobody(_count: int) -> None:
    """Tell nobody."""


def extract(
    data: bytes, left_out: Mapping[int, str] = _NONE, ask: Ask = asked, scanned: Callable[[int], None] = nobody
) -> Document:
    """Read a PDF. Places in the result are offsets into the running text; its glyphs give their boxes.

    `left_out` has the pages not to be read, each with the reason. `scanned` is told of each scanned page before it is
    read, with how many there are so far. Raises Unreadable for what is no PDF, or one that cannot be opened; a page
    that cannot be read is noted.
    """
    hold_to_be_pdf(data)
    reading = _Reading()
    for number, reason in sorted(left_out.items()):
        reading.notes.append(Note(Rule.PAGE_FAILED, Place(page=number), "", reason.rstrip(".")))
    with uncollected():
        for seen in pdfium.see(data, left_out):
            if is_scan(seen):
                reading.scanned.add(seen.number)
                scanned(len(reading.scanned))
                _add(reading, *_scan(data, seen, reading))
                gc.collect()
            else:
                _add(reading, *_page(seen, reading))
        tables = [table_of(chain, pdfium.READER) for chain in reading.chains]
    tables = _confirmed(tables, data, reading, ask)
    tables, divided = without_breaks(tables, (line.text for line in reading.lines if line))
    glyphs = tuple(reading.glyphs)
    text = "".join(reading.text)
    return Document(text, tuple(reading.lines), tuple(tables), (*reading.notes, *divided), glyphs, len(glyphs))


@contextmanager
def uncollected() -> Iterator[None]:
    """Have the collector of garbage rest.

    A page leaves nothing that only it could let go; its walks over all that is kept take a fifteenth of the time.
    What reads scans leaves some, and so does camelot, which is asked after the pages are read.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def hold_to_be_pdf(data: bytes) -> None:
    """Raise Unreadable for what is no PDF."""
    if not data.strip():
        raise Unreadable("The file is empty.")
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("The file is not a PDF: it lacks the mark that opens one.")


def _add(reading: _Reading, page: PageText, untitled: PageText, tables: Sequence[PageTable]) -> None:
    """Keep what counts of a page; its paragraphs are those of the page without its running titles."""
    tables = [*(with_heading(table, reading.head, page) for table in tables[:1]), *tables[1:]]
    reading.head = heading_at_end(page, tables)
    reading.text.append(page.text)
    reading.lines += lines_of(page)
    reading.glyphs.append(page.glyphs)
    reading.line += page.text.count("\n")
    reading.start += len(page.text)
    reading.since = whole(reading.since, list(paragraphs_of(untitled, tables)))
    reading.titles = titles_of(page)
    reading.chains = chained(reading.chains, tables, page, reading.since)
    if tables:
        last = tables[-1].rows[-1].source.start
        reading.since = [each for each in reading.since if each.start > last]
    holding = [t for t in tables if any(is_figure(row.text(c)) for row in t.rows for c in row.filled)]
    if page.number in reading.scanned:
        return
    if holding and page.glyphs.side:
        # The second reader turns such a page and no longer says where it stood.
        reading.aside[page.number] = page.whole
    elif any(table.drawn for table in holding):
        reading.drawn[page.number] = page.whole
    elif holding:
        reading.undrawn[page.number] = page.whole


def _page(seen: Seen, reading: _Reading) -> tuple[PageText, PageText, list[PageTable]]:
    """A page's text, with its running titles and without, and its tables."""
    reading.notes += _hidden(seen)
    reading.hidden[seen.number] = "".join(seen.chars.text[index] for index in seen.chars.hidden)
    text = read_page(seen, reading.line, reading.start, reading.gutter)
    reading.gutter = gutter_of(list(parts_of(text)), text.width, reading.gutter)
    untitled = without_titles(text, reading.titles)
    return text, untitled, _tables(untitled, reading)


def _open(chains: Sequence[Chain]) -> PageTable | None:
    """The table that ends the pages so far, with nothing below it: what comes next may go on from it."""
    return chains[-1].last if chains and chains[-1].ends_page else None


def _tables(text: PageText, reading: _Reading) -> list[PageTable]:
    """The tables of a page without its running titles; figures below each other outside all of them are told."""
    page = bared(text)
    before = _open(reading.chains)
    above = before if before and before.page == page.number - 1 else None
    ruled = find_ruled(find_grids(page.rules), page, above)
    own = [*ruled, *find_unruled(page, ruled, above)]
    own += find_awards(page, own)
    free = outside(page, own)
    labelled = find_labelled(page, free)
    own += labelled
    reading.notes += [*_set_aside(text, page), *_without_cell(page, own)]
    reading.notes += _astray(page.number, outside(page, own) if labelled else free, own)
    return sorted(own, key=lambda table: (table.rows[0].source.start, table.top))


def _set_aside(text: PageText, page: PageText) -> list[Note]:
    """A note of the figures that a page prints and that are on it no more for its tables."""
    if page is text:
        return []
    kept = {word.start for word in page.words}
    figures = [word.line for word in text.words if word.start not in kept and is_figure(word.text)]
    detail = f"page {page.number}: {len(figures)} of its figures, in a chart or a list of contents"
    return [Note(Rule.NOT_A_TABLE, figures[0].place, figures[0].text, detail)] if figures else []


def _astray(page: int, free: Sequence[Sequence[Word]], tables: Sequence[PageTable]) -> list[Note]:
    """A note where figures stand below each other in the lines of a page that none of its tables holds."""
    cells = astray([line for line in (without_tables(line, tables) for line in free) if line])
    shown = ", ".join(cell.text for cell in cells[:_FIRST])
    detail = f"{len(cells)} figures on page {page}: {shown}{', …' if len(cells) > _FIRST else ''}"
    return [Note(Rule.CELLS_ASTRAY, cells[0].place, cells[0].text, detail)] if cells else []


def _without_cell(page: PageText, tables: Sequence[PageTable]) -> list[Note]:
    """A note of the words of a page that stand within its tables and in none of their cells."""
    words = without_cell(page, tables)
    shown = " ".join(word.text for word in words[:_FIRST])
    detail = f"{len(words)} words on page {page.number}: {shown}{' …' if len(words) > _FIRST else ''}"
    return [Note(Rule.WORDS_IN_NO_CELL, words[0].line.place, words[0].text, detail)] if words else []


def _scan(data: bytes, seen: Seen, reading: _Reading) -> tuple[PageText, PageText, list[PageTable]]:
    """What `_page` has, of a page that is a picture; a text layer that nobody sees is told."""
    reading.notes += _hidden(seen)
    scan = import_module("extractors.scans.scan")
    picture = pdfium.picture_of(data, seen.number, scan.SCALE, scan.MOST_PIXELS)
    if picture is None:
        detail = f"page {seen.number}: it cannot be drawn"
        reading.notes.append(Note(Rule.PAGE_FAILED, Place(page=seen.number), "", detail))
        text = read_page(seen, reading.line, reading.start)
        return text, text, []
    scanned = scan.read_scan(seen, picture)
    text = read_page(scanned.seen, reading.line, reading.start)
    untitled = without_titles(text, reading.titles)
    tables = _tables(untitled, reading)
    reading.heard += scanned.heard(text)
    reading.notes += scanned.notes(text, tables)
    return replace(text, glyphs=scanned.shown(text), scanned=True), untitled, tables


def _hidden(seen: Seen) -> list[Note]:
    """A note for each reason why a page has characters that nobody sees, with what they say, and for mere marks."""
    at = Place(page=seen.number)
    notes = [Note(Rule.PAGE_FAILED, at, "", f"page {seen.number}: {seen.fault}")] if seen.fault else []
    marks = len(INVISIBLE.findall(seen.chars.text))
    if marks:
        notes.append(Note(Rule.INVISIBLE_MARKS, at, "", f"{marks} on page {seen.number}"))
    unknown = seen.chars.text.count("\ufffd")
    if unknown:
        notes.append(Note(Rule.TEXT_UNMAPPED, at, "", f"{unknown} on page {seen.number}"))
    said: dict[str, list[str]] = {}
    for index, reason in seen.chars.hidden.items():
        said.setdefault(reason, []).append(seen.chars.text[index])
    for reason, chars in sorted(said.items()):
        printed = " ".join("".join(chars).split())
        if printed and reason != OFF_PAGE:
            short = printed[:_SHOWN] + ("…" if len(printed) > _SHOWN else "")
            notes.append(Note(Rule.TEXT_HIDDEN, at, printed, f"page {seen.number}, {reason}: {short}"))
    return notes


def _confirmed(tables: Sequence[Table], data: bytes, reading: _Reading, ask: Ask) -> list[Table]:
    """Tables whose figures know what other readers have in their place: the third, where the second is mute."""
    told = [*ask(second.read_drawn, data, reading.drawn), *ask(second.read_undrawn, data, reading.undrawn)]
    held_twice = _held(tables, told, reading, second.READER)
    mute = silent(held_twice, reading.glyphs)
    whole = {**reading.drawn, **reading.undrawn, **reading.aside}
    more = ask(third.read_again, data, {n: whole[n] for n in mute & set(whole)})
    return [_scanned(table, reading.heard) for table in _held(held_twice, more, reading, third.READER)]


def _held(tables: Sequence[Table], told: Sequence[Again], reading: _Reading, reader: str) -> list[Table]:
    if not told:
        return list(tables)
    pieces: dict[int, list[Again]] = {}
    for each in told:
        pieces.setdefault(each.page, []).append(each)
    for page, own in sorted(pieces.items()):
        reading.notes += unseen(page, own, reading.text[page - 1] + reading.hidden.get(page, ""))
    return [confirmed(table, pieces, reading.glyphs, reader) for table in tables]


def _scanned(table: Table, heard: Sequence[Heard]) -> Table:
    """A table, with what two readers of scans have of its cells where it stands on scanned pages."""
    cells = tuple(held(cell, heard) for cell in table.cells) if heard else table.cells
    if all(cell.confidence == 1.0 for cell in cells):
        return table
    asked_again = any(cell.agrees is not None for cell in cells)
    notes = (*table.notes, *doubts_above(table, heard))
    return replace(table, cells=cells, reader=_OCR, second_reader=_OCR_AGAIN if asked_again else None, notes=notes)
