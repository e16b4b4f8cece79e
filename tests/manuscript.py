"""A text paper as a typesetter needs it: paragraphs, headings, and tables whose parts stand in rows of their own.

Wraps of the text are undone, so that every rendition may break its lines elsewhere; what a line break says is kept:
where a part, a total, a bullet or another amount begins.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from extractors.grid import is_figure
from schemas.records import Cell, Document, Line, Table
from schemas.vocabulary import rows as vocabulary

# A line this long that the next one follows closely was wrapped.
_WRAPPED = 60
_LIST = re.compile(r"^(?:[-•]|\(?[a-z]{1,2}[.)]|\d+(?:\.\d+)*[.)]?)\s")
_MARKUP = re.compile(r"^#{1,6}\s+|^-\s+(?=[a-z]\))|(?<![\w*])\*\*(?=[\w(])|(?<=[\w).:])\*\*(?![\w*])")
# A conversion may have printed the end of a cell twice.
_TWICE = re.compile(r"(?<!\S)(\S.{5,})\s\1$")
_STATEMENT = re.compile(r"(?:^|(?<=\s))(?=[a-h]\)\s|•\s|Total:)")
_AMOUNT = re.compile(r"(?<!\S)(?:(?:[a-h]\)|Total:?)\s*)?£\S+")
# A hyphen at the end of a line that divides a word or joins two.
_DIVIDED = re.compile(r"[^\W\d_]-$")
_LETTER = re.compile(r"^(?:([a-h])\)|(Total)\b)")
_NAMES = sorted((re.escape(row["printed"]) for row in vocabulary("mechanisms")), key=len, reverse=True)
_MECHANISMS = re.compile(rf"(?:{'|'.join(_NAMES)})(?:\s+(?:{'|'.join(_NAMES)}))*", re.IGNORECASE)
_MECHANISM = re.compile("|".join(_NAMES), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph or a heading."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands on a line of its own in a cell, and the line of the paper that it begins on."""

    text: str
    line: int

    @property
    def letter(self) -> str:
        """The part that the piece belongs to: its letter, `Total`, or nothing."""
        found = _LETTER.match(self.text)
        return (found[1] or found[2]) if found else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a cell: its row and column, the rows that it covers, its pieces from top to bottom."""

    row: int
    column: int
    pieces: tuple[str, ...]
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to be set. `groups` says of each row whose part it is: rows of the same number are one in the paper."""

    entries: tuple[Entry, ...]
    columns: int
    header_rows: int
    groups: tuple[int, ...]
    figures: frozenset[int]


def blocks(document: Document, *, apart: bool) -> list[Prose | Grid]:
    """Everything that a text paper prints, in reading order.

    `apart` gives each part of an item a row of its own beside merged cells; else the parts that have letters are
    stacked in one cell, and only those without, which nothing but their height tells apart, have rows of their own.
    """
    headings = {line.place.line: line.text for table in document.tables for line in table.headings}
    found: list[Prose | Grid] = []
    at = 1
    for table in document.tables:
        first, last = table.place.line or 1, table.end.line or 1
        found += _prose(document.lines[at - 1 : first - 1], headings)
        found.append(grid(table, apart=apart))
        at = last + 1
    return [*found, *_prose(document.lines[at - 1 :], headings)]


def _prose(lines: Sequence[Line | None], headings: dict[int | None, str]) -> Iterator[Prose]:
    paragraph: list[str] = []
    for line in [*lines, None]:
        text = _MARKUP.sub("", line.text).strip() if line else ""
        heading = line is not None and (line.text.startswith("#") or headings.get(line.place.line) == text)
        if paragraph and (not text or heading or _LIST.match(text) or len(paragraph[-1]) < _WRAPPED):
            yield Prose(" ".join(paragraph))
            paragraph = []
        if heading:
            yield Prose(text, heading=True)
        elif text:
            paragraph.append(text)


def grid(table: Table, *, apart: bool) -> Grid:
    """A table as it is set; see `blocks`."""
    figures = _figure_columns(table)
    head = [cell for cell in table.cells if cell.row < table.header_rows]
    entries = _headings(head, table) if head else []
    groups = list(range(max((entry.row + entry.row_span for entry in entries), default=0)))
    heading_rows = len(groups)
    for _, cells in groupby(table.cells[len(head) :], key=lambda cell: cell.row):
        row = _row([cell for cell in cells if cell.lines], figures)
        placed = _placed(row, figures, apart=apart)
        if _is_section(row, table.columns):
            placed = [replace(placed[0], column_span=table.columns)]
        entries += [replace(entry, row=entry.row + len(groups)) for entry in placed]
        groups += [max(groups, default=-1) + 1] * max((entry.row + entry.row_span for entry in placed), default=1)
    return Grid(tuple(_filled(entries, groups, table.columns)), table.columns, heading_rows, tuple(groups), figures)


def _filled(entries: Sequence[Entry], groups: Sequence[int], columns: int) -> Iterator[Entry]:
    """The entries, and a blank one wherever nothing stands."""
    taken = {
        (row, column)
        for entry in entries
        for row in range(entry.row, entry.row + entry.row_span)
        for column in range(entry.column, entry.column + entry.column_span)
    }
    yield from entries
    yield from (Entry(r, c, ()) for r in range(len(groups)) for c in range(columns) if (r, c) not in taken)


def _headings(head: Sequence[Cell], table: Table) -> list[Entry]:
    """The heading rows: one, or a heading over the headings of the columns where the paper has more.

    The words of the upper rows of such a heading are shared out over the columns anyhow, so they are read on as one.
    Where every heading of the last row, such as a unit, has one of its own above it, the rows are set as they are.
    """
    last = max(cell.row for cell in head)
    words = [(cell, " ".join(line.text for line in cell.lines)) for cell in head if cell.lines]
    if last == 0:
        filled = sorted(cell.column for cell, _ in words)
        ends = dict(zip(filled, [*filled[1:], table.columns], strict=True))
        return [Entry(0, cell.column, (text,), 1, ends[cell.column] - cell.column) for cell, text in words]
    upper = {cell.column for cell, _ in words if cell.row < last}
    if last == 1 and {cell.column for cell, _ in words if cell.row == last} < upper:
        return [Entry(cell.row, cell.column, (text,)) for cell, text in words]
    first = " ".join(text for cell, text in words if cell.column == 0)
    over = " ".join(text for cell, text in words if cell.column and cell.row < last)
    below = [Entry(1, cell.column, (text,)) for cell, text in words if cell.column and cell.row == last]
    return [Entry(0, 0, (first,), 2), Entry(0, 1, (over,), 1, table.columns - 1), *below]


def _figure_columns(table: Table) -> frozenset[int]:
    """The columns in which at least half of the filled cells of the body hold figures."""
    body = [cell for cell in table.cells if cell.row >= table.header_rows and cell.lines and cell.lines[0].text != "-"]
    figures = {
        column: [any(is_figure(line.text) for line in cell.lines) for cell in body if cell.column == column]
        for column in range(table.columns)
    }
    money = {cell.column for cell in body if any("£" in line.text for line in cell.lines)}
    return frozenset(c for c, holds in figures.items() if holds and 2 * sum(holds) >= len(holds) and (c or c in money))


def _is_section(row: dict[int, tuple[Piece, ...]], columns: int) -> bool:
    """Whether a row is a title over the rows below it."""
    return set(row) == {0} and columns > 2 and " ".join(piece.text for piece in row[0]).isupper()


def _row(cells: Sequence[Cell], figures: frozenset[int]) -> dict[int, tuple[Piece, ...]]:
    """The cells of a row as pieces. Beside amounts without letters, what stands on the line of one begins there."""
    row = {cell.column: _pieces(cell, _AMOUNT) for cell in cells if cell.column in figures}
    lead = max(row.values(), key=len, default=())
    plain = len(lead) > 1 and not {piece.letter for piece in lead} - {"", "Total"}
    lines = {piece.line for piece in lead} if plain else set()
    after = min(row, default=0)
    others = (cell for cell in cells if cell.column not in figures)
    return row | {
        cell.column: _pieces(cell, _STATEMENT, lines if cell.column > after else frozenset()) for cell in others
    }


def _pieces(cell: Cell, opening: re.Pattern[str], lines: Set[int] = frozenset()) -> tuple[Piece, ...]:
    """A cell's text without its wraps, split where something opens, or where one of `lines` begins."""
    text, starts = "", {}
    for line in cell.lines:
        text += "" if not text or (_DIVIDED.search(text) and line.text[0].isalpha()) else " "
        starts[len(text)] = line.place.line or 1
        text += line.text
    cuts = {match.start() for match in opening.finditer(text)} | {at for at, line in starts.items() if line in lines}
    if _MECHANISMS.fullmatch(text):
        cuts = {match.start() for match in _MECHANISM.finditer(text)}
    elif twice := _TWICE.search(text):
        text = text[: twice.end(1)]
    edges = sorted({0, *(cut for cut in cuts if cut < len(text)), len(text)})
    return tuple(
        Piece(" ".join(text[first:last].split()), max(line for start, line in starts.items() if start <= first))
        for first, last in pairwise(edges)
        if text[first:last].strip()
    )


def _plain(row: dict[int, tuple[Piece, ...]]) -> list[Entry]:
    """A row in which each cell stands alone."""
    return [Entry(0, column, tuple(piece.text for piece in pieces)) for column, pieces in row.items()]


def _placed(row: dict[int, tuple[Piece, ...]], figures: frozenset[int], *, apart: bool) -> list[Entry]:
    """A row as the rows of its parts, where it has several amounts in a column."""
    lead = max((row[column] for column in row if column in figures), key=len, default=())
    lettered = len({piece.letter for piece in lead} - {"", "Total"}) > 1
    if len(lead) < 2 or (lettered and not apart):
        return _plain(row)
    return [entry for column, pieces in row.items() for entry in _shared_out(column, pieces, lead)]


def _shared_out(column: int, pieces: Sequence[Piece], lead: Sequence[Piece]) -> list[Entry]:
    """A column's pieces beside the amounts that they belong to; what belongs to all of them covers all rows."""
    rows = _rows_of(pieces, lead)
    if rows is None:
        return [Entry(0, column, tuple(piece.text for piece in pieces), len(lead))]
    return [
        Entry(number, column, tuple(piece.text for piece, row in zip(pieces, rows, strict=True) if row == number))
        for number in range(len(lead))
    ]


def _rows_of(pieces: Sequence[Piece], lead: Sequence[Piece]) -> list[int] | None:
    """The row that each piece belongs to: by its letter, else by its order, else by its line; None for all rows."""
    letters = [piece.letter for piece in lead]
    own = [piece.letter for piece in pieces]
    parts = [number for number, letter in enumerate(letters) if letter != "Total"]
    if own == letters:
        return list(range(len(lead)))
    if set(own) - {"", "Total"}:
        known = all(letter in letters for letter in own[1:]) and own[0] in ("", *letters)
        return [letters.index(letter) if letter in letters else 0 for letter in own] if known else None
    if len(pieces) == len(parts) > 1:
        return parts
    lines = [piece.line for piece in lead]
    if len(pieces) > 1 and len(set(lines)) == len(lines) and all(piece.line in lines for piece in pieces):
        return [lines.index(piece.line) for piece in pieces]
    return None
