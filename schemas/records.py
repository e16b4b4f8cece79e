"""The few core types that every stage hands to the next: frozen, without behaviour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schemas.rules import Rule


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a paper.

    A text paper has `line` (1-based) and `char_start`, `char_end` (code points of the decoded text); a PDF has
    `page` (1-based) and `x0, top, x1, bottom` (points from the page's top left, as displayed).
    """

    page: int | None = None
    x0: float | None = None
    top: float | None = None
    x1: float | None = None
    bottom: float | None = None
    line: int | None = None
    char_start: int | None = None
    char_end: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line or a cell's share of one: clean text, and where each of its characters stands.

    `offsets` has one entry for each character of `text` and one for its end; it is None where the text stands
    in the paper just as it is here, so that character i is at `place.char_start + i`. `wrap` is what the paper prints
    between this line and the next one of its cell, a blank or nothing; None where that is not known.
    """

    text: str
    place: Place
    offsets: tuple[int, ...] | None = None
    wrap: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. `lines` are its printed lines from top to bottom; a blank cell has none.

    `agrees` says whether a second reader has the same figures there, and `second` what it has; None where it has
    nothing there, or was not asked. `doubtful` says that it may belong to another row.
    """

    row: int
    column: int
    lines: tuple[Line, ...]
    place: Place
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False
    confidence: float = 1.0
    agrees: bool | None = None
    second: str | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader of cells noticed and a person may want to know; becomes a finding."""

    rule: Rule
    place: Place
    raw: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed, stitched over its pages: rows and columns count from 0, header rows first.

    `headings` are the headings above it since the table before, the nearest first; `lead` is the paragraph
    that stands right above it.
    """

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    header_rows: int
    place: Place
    end: Place
    reader: str
    second_reader: str | None = None
    headings: tuple[Line, ...] = ()
    lead: Line | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Where the characters of a page of a PDF stand, in points: compact, for papers of a thousand pages.

    `start` is the offset of the page's first character in the running text. `lefts` has each character's left edge,
    and for a blank the right edge of the word before it. From the character `runs[i]` of the page on, up to
    `runs[i + 1]`, characters reach from `tops[i]` down to `bottoms[i]`. All this is of the page as it is read: where
    its lines read up (`side` is 1) or down it (-1), a page of `size` (width and height as displayed) on its side.
    """

    start: int
    page: int
    lefts: Sequence[float]
    runs: Sequence[int]
    tops: Sequence[float]
    bottoms: Sequence[float]
    side: int = 0
    size: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Document:
    """A paper as read: its text, its lines (None for a blank one), its tables, what was noticed.

    A PDF also has `glyphs`, which say where on its pages the characters of the text stand, and a count of pages.
    """

    text: str
    lines: tuple[Line | None, ...]
    tables: tuple[Table, ...]
    notes: tuple[Note, ...] = ()
    glyphs: tuple[Glyphs, ...] = ()
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A file in raw/ with what it says of itself. `status` and `reason` name how reading it ended."""

    paper_id: str
    file: str
    sha256: str
    media_type: str
    size: int
    pages: int | None = None
    title: str | None = None
    publisher: str | None = None
    police_area_code: str | None = None
    published_on: date | None = None
    licence: str | None = None
    source_url: str | None = None
    status: str = "read"
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A thing that a person should know or decide: a rule of the one list, a place and a full sentence."""

    rule: Rule
    paper_id: str
    message: str
    place: Place = Place()
    table_id: str | None = None
    row: int | None = None
    column: int | None = None
    raw: str | None = None
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Allocation:
    """One printed amount for one line in one period. Amounts are pounds; see the allocations table."""

    paper_id: str
    table_id: str
    row: int
    column: int
    place: Place
    item: str
    line_type: str
    amount_gbp: Decimal | None
    amount_raw: str
    value_status: str
    financial_year: str | None
    estimated: bool
    allocation_id: str = ""
    part: str | None = None
    theme: str | None = None
    intention_code: str | None = None
    title: str | None = None
    description: str | None = None
    mechanism: str | None = None
    provider: str | None = None
    area_name: str | None = None
    area_code: str | None = None
    reach: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    additive: bool = True
    duplicate_of: str | None = None
    primary_priority: str | None = None
    secondary_priority: str | None = None
    need: str | None = None
    comment: str | None = None
    correction_id: str | None = None
    evidence: str = "single"
    confidence: float = 1.0
