"""Text papers: bytes to decoded text, decoded text to tables of cells."""

import re
from collections import Counter
from collections.abc import Sequence

from extractors.dialects import DIALECTS
from extractors.files.limits import LIMITS, Limits, hold
from extractors.files.unreadable import Unreadable
from extractors.grid import Claim, cells_of
from extractors.lines import INVISIBLE, Source, clean_slice, heading_at, sources
from extractors.running import is_between, unnumbered
from extractors.stitch import goes_on_below, one_claim
from schemas.records import Document, Line, Note, Place, Table
from schemas.rules import Rule

_CONTROL = re.compile(rb"[\x01-\x08\x0b\x0e-\x1f]")
# A line that is nothing but an amount, with the letter or the word of a part; so many of them are cells gone astray.
_ALONE = re.compile(r"^\s*(?:Total:?|[a-z]\))?\s*\(?£\s?\d[\d,.]*(?:k|m)?\)?\s*$", re.IGNORECASE)
_LEAST_ALONE = 3
_HTML = re.compile(rb"^\s*<(?:!doctype html|html)\b", re.IGNORECASE)


def extract(data: bytes, limits: Limits = LIMITS) -> Document:
    r"""Read a text paper. Raises Unreadable for an empty or binary file, OverLimit for one over a limit.

    >>> extract("Area\\tAmount\\nBlaby\\t£5\\n".encode()).tables[0].rows
    2
    """
    _hold_tabs(data, limits)
    text, notes = decode(data)
    lines = sources(text)
    for source in lines:
        size = len(source.text)
        hold(limits, "line_characters", size, f"Line {source.number} has {size:,} characters")
    claims, conflicts = _agreed_claims(lines)
    claims = _joined(lines, claims)
    for claim, _ in claims:
        size = len(claim.rows) * claim.columns
        hold(limits, "page_cells", size, f"The table at line {claim.first + 1} has {size:,} cells")
    tables = tuple(
        _table(lines, claim, name, claims[number - 1][0].last if number else -1)
        for number, (claim, name) in enumerate(claims)
    )
    notes += conflicts + _set_aside(lines, claims) + _astray(lines, claims)
    return Document(text, tuple(clean_slice(source) for source in lines), tables, tuple(notes))


def _hold_tabs(data: bytes, limits: Limits) -> None:
    """Tabs make columns, in white space too; they are one byte in every encoding that is read."""
    for number, line in enumerate(data.split(b"\n"), 1):
        tabs = line.count(b"\t")
        hold(limits, "columns", tabs, f"Line {number} has {tabs:,} tabs")


def decode(data: bytes) -> tuple[str, list[Note]]:
    r"""The text by the encoding ladder: byte order mark, NUL pattern, strict UTF-8, else Windows-1252, flagged.

    Line ends become `\\n`. Raises Unreadable for an empty or binary file.

    >>> decode(b"\\xa35")[0]
    '£5'
    """
    if not data.strip():
        raise Unreadable("The file is empty.")
    if _HTML.match(data):
        raise Unreadable("The file is an HTML page, not a text paper.")
    text, rule = _decoded(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Unreadable("The file is empty.")
    start = Place(line=1, char_start=0, char_end=0)
    notes = [Note(rule, start, "")] if rule else []
    invisible = len(INVISIBLE.findall(text)) + text.count("\x00")
    if invisible:
        notes.append(Note(Rule.INVISIBLE_MARKS, start, "", str(invisible)))
    return text, notes


def _decoded(data: bytes) -> tuple[str, Rule | None]:
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _strict(data, name), None
    if wide := _wide(data):
        return _strict(data, wide), None
    if len(_CONTROL.findall(data)) * 100 > len(data):
        raise Unreadable("The file is binary, not text.")
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return _strict(data, "cp1252"), Rule.ENCODING_ASSUMED


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as fault:
        raise Unreadable(f"The file is not text: it breaks off as {name} at byte {fault.start}.") from fault


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte is NUL, on one side only."""
    half = len(data) // 2
    even, odd = data[0 : 2 * half : 2].count(0), data[1 : 2 * half : 2].count(0)
    if half and odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if half and even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _agreed_claims(lines: Sequence[Source]) -> tuple[list[tuple[Claim, str]], list[Note]]:
    """The claims of all dialects, in reading order; where two overlap neither stands."""
    claims = sorted(
        ((claim, dialect.NAME) for dialect in DIALECTS for claim in dialect.find(lines)),
        key=lambda pair: (pair[0].first, pair[0].last, pair[1]),
    )
    clash = _overlapping([claim for claim, _ in claims])
    notes = [
        Note(
            Rule.DIALECTS_CONFLICT,
            _line_place(lines[claims[i][0].first]),
            lines[claims[i][0].first].text,
            claims[i][1],
        )
        for i in sorted(clash)
    ]
    return [pair for i, pair in enumerate(claims) if i not in clash], notes


def _joined(lines: Sequence[Source], claims: Sequence[tuple[Claim, str]]) -> list[tuple[Claim, str]]:
    """The claims, with those that go on over a page as one: the same heading again, and no text between."""
    found: list[tuple[Claim, str]] = []
    said: Counter[str] = Counter()
    for claim, name in claims:
        if found and found[-1][1] == name and goes_on_below(found[-1][0], claim):
            said = said or Counter(unnumbered(source.text) for source in lines)
            between = lines[found[-1][0].last + 1 : claim.first]
            if all(is_between(source.text, said) for source in between):
                found[-1] = (one_claim(found[-1][0], claim), name)
                continue
        found.append((claim, name))
    return found


def _overlapping(claims: Sequence[Claim]) -> set[int]:
    """The numbers of those claims, sorted by their first line, that share a line with another."""
    clash: set[int] = set()
    reach: list[int] = []
    for number, claim in enumerate(claims):
        reach = [other for other in reach if claims[other].last >= claim.first]
        clash |= {*reach, number} if reach else set()
        reach.append(number)
    return clash


def _table(lines: Sequence[Source], claim: Claim, reader: str, before: int) -> Table:
    headings = [heading for i in range(claim.first - 1, before, -1) if (heading := heading_at(lines, i)) is not None]
    return Table(
        cells=cells_of(claim),
        rows=len(claim.rows),
        columns=claim.columns,
        header_rows=claim.header_rows,
        place=_line_place(lines[claim.first]),
        end=_line_place(lines[claim.last]),
        reader=reader,
        headings=tuple(headings),
        lead=_lead(lines, claim.first, before),
        notes=claim.notes,
    )


def _lead(lines: Sequence[Source], first: int, before: int) -> Line | None:
    """The paragraph right above a table."""
    index = next((i for i in range(first - 1, before, -1) if not lines[i].blank), None)
    return clean_slice(lines[index]) if index is not None else None


def _line_place(source: Source) -> Place:
    return Place(line=source.number, char_start=source.start, char_end=source.start + len(source.text))


def _set_aside(lines: Sequence[Source], claims: Sequence[tuple[Claim, str]]) -> list[Note]:
    """A note for each line with tabs that is in no table."""
    claimed = {i for claim, _ in claims for i in range(claim.first, claim.last + 1)}
    return [
        Note(Rule.NOT_A_TABLE, _line_place(source), source.text.strip())
        for i, source in enumerate(lines)
        if "\t" in source.text and not source.blank and i not in claimed
    ]


def _astray(lines: Sequence[Source], claims: Sequence[tuple[Claim, str]]) -> list[Note]:
    """A note where several lines outside the tables are nothing but an amount."""
    claimed = {i for claim, _ in claims for i in range(claim.first, claim.last + 1)}
    alone = [source for i, source in enumerate(lines) if i not in claimed and _ALONE.match(source.text)]
    if len(alone) < _LEAST_ALONE:
        return []
    detail = f"{len(alone)} lines, from line {alone[0].number} to line {alone[-1].number}"
    return [Note(Rule.CELLS_ASTRAY, alone[0].place, alone[0].text.strip(), detail)]
