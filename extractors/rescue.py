"""A PDF that may be damaged or hostile: counted first, then read, and read again after a repair where that helps."""

import io
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pikepdf

from extractors import pdf
from extractors.files.limits import Limits, OverLimit, hold
from extractors.files.preflight import Checked, preflight, upright
from extractors.files.readable import FAULTS, name_of
from extractors.files.unreadable import Unreadable
from extractors.pages.seen import Box
from extractors.readings.again import Again, Reader
from extractors.scans.heard import SCANNED
from schemas.records import Document, Note, Place
from schemas.rules import Rule

# Told what is known on the way: `pages`, with their number; `damaged`, when the file is; `second`, when the second
# reader begins.
Told = Callable[[str, int], None]
SECOND = "second"
DAMAGED = "damaged"
_A4 = (0, 0, 595, 842)
_UNSURVIVED = Note(Rule.UNREAD_AGAIN, Place(), "", "a reader did not survive the file as it is")


def nobody(_what: str, _count: int) -> None:
    """Tell nobody."""


def extract(data: bytes, limits: Limits, told: Told = nobody, *, plain: bool = False) -> Document:
    """Read a PDF within its limits. `plain` reads it repaired and once, as the second try of a file that was fatal.

    Raises Unreadable for what is no PDF or cannot be opened, OverLimit for one that is over a limit.
    """
    pdf.hold_to_be_pdf(data)
    checked = preflight(data, limits)
    told("pages", checked.pages or 0)
    if checked.damaged:
        told(DAMAGED, 1)
    scanned = partial(_scanned, limits, told)
    second = None if plain else told
    data = (_mended(data) if checked.askew else None) or data
    skipped = plain and checked.damaged
    document, noted = (None, [_UNSURVIVED]) if skipped else _read(data, checked, second, scanned)
    mended = _mended(data) if document is None or _faults(document, checked) else None
    if mended is not None:
        better, said = _read(mended, checked, second, scanned)
        if better and (document is None or _faults(better, checked) < _faults(document, checked)):
            document, noted = better, [Note(Rule.REPAIRED, Place(), ""), *said]
    if document is None:
        raise Unreadable(noted[0].detail)
    _hold_pages(document, checked)
    _hold_cells(document, limits)
    return _with_notes(document, [*checked.notes, *_differ(document, checked), *noted])


def _scanned(limits: Limits, told: Told, count: int) -> None:
    """Tell of one more scanned page. Raises OverLimit where there are too many."""
    hold(limits, "scanned_pages", count, f"The paper has {count:,} scanned pages or more")
    told(SCANNED, count)


def _read(
    data: bytes, checked: Checked, told: Told | None, scanned: Callable[[int], None]
) -> tuple[Document | None, list[Note]]:
    """The document and what was noticed, or no document and why. With nobody told, the second reader is not asked."""
    faults: list[Note] = []

    def ask(reader: Reader, data: bytes, pages: Mapping[int, Box]) -> Sequence[Again]:
        if told is None or not pages:
            return []
        told(SECOND, len(pages))
        try:
            return reader(data, pages)
        except FAULTS as fault:
            faults.append(Note(Rule.UNREAD_AGAIN, Place(), "", name_of(fault)))
            return []

    try:
        document = pdf.extract(data, checked.left_out, ask, scanned)
    except OverLimit:
        raise
    except Unreadable as fault:
        return None, [Note(Rule.PAPER_UNREADABLE, Place(), "", str(fault))]
    return document, faults if told else [_UNSURVIVED]


def _faults(document: Document, checked: Checked) -> int:
    """How many pages are missing, too many, or failed, but for those that were left out on purpose."""
    failed = sum(note.rule is Rule.PAGE_FAILED for note in document.notes) - len(checked.left_out)
    counted = document.pages if checked.pages is None else checked.pages
    return failed + abs((document.pages or 0) - (counted or 0))


def _mended(data: bytes) -> bytes | None:
    """The file put together anew by another reader; None where that cannot be done."""
    made = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as damaged:
            for page in damaged.pages:
                for name in ("/MediaBox", "/CropBox", "/Rotate"):
                    _put_right(page.obj, name)
            damaged.save(made, static_id=True, encryption=False)
    except (pikepdf.PdfError, *FAULTS):
        return None
    return made.getvalue()


def _put_right(page: pikepdf.Object, name: str) -> None:
    """Make what a page says of its size and turning such that every reader takes it for the same."""
    said = page.get(name)
    if name == "/Rotate":
        if said is not None and not (isinstance(said, int) and said % 90 == 0):
            page[name] = 0
        return
    box = upright(said)
    if box:
        page[name] = pikepdf.Array(box)
    elif name == "/MediaBox":
        page[name] = pikepdf.Array(_A4)
    elif said is not None:
        del page[name]


def _hold_pages(document: Document, checked: Checked) -> None:
    """Raise where no page could be read, with the reason of the first."""
    failed = [note for note in document.notes if note.rule is Rule.PAGE_FAILED]
    if not document.pages:
        raise Unreadable("The PDF has no page that can be read.")
    if len(failed) == document.pages:
        over = checked.left_out.get(1)
        raise OverLimit(over) if over else Unreadable(f"No page of the PDF can be read ({failed[0].detail}).")
    letters = sum(not char.isspace() for char in document.text)
    if letters and document.text.count("\ufffd") * 2 > letters:
        raise Unreadable("The text of the PDF has no Unicode mapping: its fonts do not say which letters they print.")


def _hold_cells(document: Document, limits: Limits) -> None:
    for table in document.tables:
        spread = 1 + (table.end.page or 0) - (table.place.page or 0)
        hold(limits, "page_cells", table.rows * table.columns / spread, f"A table has {len(table.cells):,} cells")
        hold(limits, "columns", table.columns, f"A table has {table.columns:,} columns")


def _differ(document: Document, checked: Checked) -> list[Note]:
    if checked.pages is None or checked.pages == document.pages:
        return []
    return [Note(Rule.PAGES_DIFFER, Place(), "", f"{document.pages} and {checked.pages}")]


def _with_notes(document: Document, notes: Sequence[Note]) -> Document:
    return Document(
        document.text,
        document.lines,
        document.tables,
        (*notes, *document.notes),
        document.glyphs,
        document.pages,
    )
