"""PDF papers, page by page: seen by the third eye, read by the first reader, stitched, held against the second.

A page is let go when it is read: only its text, the places of its characters and its tables are kept.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

from extractors import pdfium, plumber
from extractors.boxes import boxed
from extractors.chains import Chain, chained, table_of
from extractors.grid import is_figure
from extractors.heard import Heard, held, is_scan
from extractors.hidden import OFF_PAGE
from extractors.labelled import find_labelled
from extractors.lines import INVISIBLE
from extractors.page import PageText, read_page
from extractors.paragraphs import Paragraph, lines_of, paragraphs_of
from extractors.ruled import PageTable, find_ruled
from extractors.second import READER as SECOND
from extractors.second import Again, compared, read_again
from extractors.seen import Box, Seen
from extractors.unreadable import Unreadable
from extractors.unruled import find_unruled, outside
from schemas.records import Document, Glyphs, Line, Note, Place, Table
from schemas.rules import Rule

# A second reader: its cells on pages, each page given with the box of the whole page around what is shown.
Second = Callable[..., Sequence[Again]]
_NONE: Mapping[int, str] = {}
_FIGURES = re.compile(r"\d+")
_SHOWN = 60
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
    drawn: dict[int, Box] = field(default_factory=dict)
    undrawn: dict[int, Box] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    scanned: set[int] = field(default_factory=set)
    line: int = 1
    start: int = 0


def nobody(_count: int) -> None:
    """Tell nobody."""


def extract(
    data: bytes,
    left_out: Mapping[int, str] = _NONE,
    second: Second = read_again,
    scanned: Callable[[int], None] = nobody,
) -> Document:
    """Read a PDF. Places in the result are offsets into the running text; its glyphs give their boxes.

    `left_out` has the pages not to be read, each with the reason. `scanned` is told of each scanned page before it is
    read, with how many there are so far. Raises Unreadable for what is no PDF, or one
    that cannot be opened; a page that cannot be read is noted.
    """
    hold_to_be_pdf(data)
    reading = _Reading()
    for number, reason in sorted(left_out.items()):
        reading.notes.append(Note(Rule.PAGE_FAILED, Place(page=number), "", reason.rstrip(".")))
    with plumber.opened(data) as pages:
        for eye in pdfium.see(data, left_out):
            if is_scan(eye):
                reading.scanned.add(eye.number)
                scanned(len(reading.scanned))
                _add(reading, *_scan(data, eye, reading))
            else:
                _add(reading, *_page(pages, eye, reading))
    tables = _checked([table_of(chain, plumber.READER) for chain in reading.chains], data, reading, second)
    glyphs = tuple(reading.glyphs)
    text = "".join(reading.text)
    return Document(text, tuple(reading.lines), tuple(tables), tuple(reading.notes), glyphs, len(glyphs))


def hold_to_be_pdf(data: bytes) -> None:
    """Raise Unreadable for what is no PDF."""
    if not data.strip():
        raise Unreadable("The file is empty.")
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("The file is not a PDF: it lacks the mark that opens one.")


def _add(reading: _Reading, page: PageText, tables: Sequence[PageTable]) -> None:
    """Keep what counts of a page."""
    reading.text.append(page.text)
    reading.lines += lines_of(page)
    reading.glyphs.append(page.glyphs)
    reading.line += page.text.count("\n")
    reading.start += len(page.text)
    reading.since += paragraphs_of(page, tables)
    reading.chains = chained(reading.chains, tables, page, reading.since)
    if tables:
        last = tables[-1].rows[-1].source.start
        reading.since = [each for each in reading.since if each.start > last]
    holding = [t for t in tables if any(is_figure(row.text(c)) for row in t.rows for c in row.filled)]
    if page.number in reading.scanned:
        return
    if any(table.drawn for table in holding):
        reading.drawn[page.number] = page.whole
    elif holding:
        reading.undrawn[page.number] = page.whole


def _page(pages: Sequence[Any], eye: Seen, reading: _Reading) -> tuple[PageText, list[PageTable]]:
    """A page's text and tables: by the first reader where a table can be, else as the third eye has it."""
    reading.notes += _hidden(eye)
    text = read_page(eye, reading.line, reading.start)
    if not _may_hold_table(text):
        return text, []
    seen, grids, notes = plumber.read(pages, eye)
    reading.notes += notes
    if seen is None:
        return text, []
    sure = read_page(seen, reading.line, reading.start)
    reading.notes += _differs(text, sure)
    return sure, _tables(sure, grids, reading.chains[-1].last if reading.chains else None)


def _tables(text: PageText, grids: Sequence[plumber.Grid], before: PageTable | None) -> list[PageTable]:
    """The tables of a page; `before` is the last one of the pages before."""
    ruled = find_ruled(grids, text)
    own = [*ruled, *find_unruled(text, ruled, before if before and before.page == text.number - 1 else None)]
    own += find_labelled(text, outside(text, own))
    return sorted(own, key=lambda table: (table.rows[0].source.start, table.top))


def _scan(data: bytes, eye: Seen, reading: _Reading) -> tuple[PageText, list[PageTable]]:
    """The text and the tables of a page that is a picture."""
    scan = import_module("extractors.scan")
    picture = pdfium.drawn(data, eye.number, scan.SCALE, scan.MOST_PIXELS)
    if picture is None:
        reading.notes.append(
            Note(Rule.PAGE_FAILED, Place(page=eye.number), "", f"page {eye.number}: it cannot be drawn")
        )
        return read_page(eye, reading.line, reading.start), []
    scanned = scan.read_scan(eye, picture)
    text = read_page(scanned.seen, reading.line, reading.start)
    before = reading.chains[-1].last if reading.chains else None
    tables = _tables(text, plumber.grids_of(text.rules), before)
    reading.heard += scanned.heard(text)
    reading.notes += scanned.notes(text, tables)
    return replace(text, glyphs=scanned.shown(text)), tables


def _may_hold_table(text: PageText) -> bool:
    """Whether a page draws rules or grounds, or has lines that fall into columns."""
    if len(text.rules) + len(text.fills) > 1:
        return True
    return bool(find_unruled(text, [], None) or find_labelled(text, outside(text, [])))


def _hidden(eye: Seen) -> list[Note]:
    """A note for each reason why a page has characters that nobody sees, with what they say, and for mere marks."""
    at = Place(page=eye.number)
    notes = [Note(Rule.PAGE_FAILED, at, "", f"page {eye.number}: {eye.fault}")] if eye.fault else []
    said: dict[str, str] = {}
    marks = sum(bool(INVISIBLE.search(char.text)) for char in eye.chars)
    if marks:
        notes.append(Note(Rule.INVISIBLE_MARKS, at, "", f"{marks} on page {eye.number}"))
    unknown = sum(char.text == "\ufffd" for char in eye.chars)
    if unknown:
        notes.append(Note(Rule.TEXT_UNMAPPED, at, "", f"{unknown} on page {eye.number}"))
    for char in eye.chars:
        if char.hidden:
            said[char.hidden] = said.get(char.hidden, "") + char.text
    for reason, text in sorted(said.items()):
        printed = " ".join(text.split())
        if printed and reason != OFF_PAGE:
            short = printed[:_SHOWN] + ("…" if len(printed) > _SHOWN else "")
            notes.append(Note(Rule.TEXT_HIDDEN, at, printed, f"page {eye.number}, {reason}: {short}"))
    return notes


def _differs(eye: PageText, first: PageText) -> list[Note]:
    """A note where the third eye sees other figures on a page than the first reader."""
    theirs, mine = Counter(_FIGURES.findall(eye.text)), Counter(_FIGURES.findall(first.text))
    if theirs == mine or "".join(_FIGURES.findall(eye.text)) == "".join(_FIGURES.findall(first.text)):
        return []
    detail = f"page {first.number}: {_named(mine - theirs)} and {_named(theirs - mine)}"
    return [Note(Rule.PAGE_READ_OTHERWISE, Place(page=first.number), "", detail)]


def _named(figures: Counter[str]) -> str:
    return ", ".join(sorted(figures.elements())[:5]) or "nothing"


def _checked(tables: Sequence[Table], data: bytes, reading: _Reading, second: Second) -> list[Table]:
    """Tables whose cells of figures know what the second reader has in their place."""
    again: dict[int, list[Again]] = {}
    for pages, drawn in ((reading.drawn, True), (reading.undrawn, False)):
        for each in second(data, pages, drawn=drawn):
            again.setdefault(each.page, []).append(each)
    return [_scanned(_held(table, again, reading.glyphs), reading.heard) for table in tables]


def _held(table: Table, again: Mapping[int, Sequence[Again]], glyphs: Sequence[Glyphs]) -> Table:
    cells = tuple(
        compared(cell, [boxed(line.place, glyphs) for line in cell.lines], again) if again else cell
        for cell in table.cells
    )
    asked = any(cell.agrees is not None for cell in cells)
    return replace(table, cells=cells, second_reader=SECOND if asked else None)


def _scanned(table: Table, heard: Sequence[Heard]) -> Table:
    """A table, with what two readers of scans have of its cells where it stands on scanned pages."""
    cells = tuple(held(cell, heard) for cell in table.cells) if heard else table.cells
    if all(cell.confidence == 1.0 for cell in cells):
        return table
    asked = any(cell.agrees is not None for cell in cells)
    return replace(table, cells=cells, reader=_OCR, second_reader=_OCR_AGAIN if asked else None)
