"""Tables of a stream of cells, as plain `pdftotext` prints a page: column by column, cell by cell, or both.

Which amounts, codes, mechanisms and words are one row's is told by their order within each column, by their number,
by the letters of parts and by the printed totals. What two arrangements could explain is marked as doubtful.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.grid import Claim
from extractors.grid import Row as Printed
from extractors.lines import Source
from extractors.streams.listed import named, rows_of
from extractors.streams.matched import Row
from extractors.streams.segments import Segment, key, segments
from extractors.streams.streams import flows, is_stream, says
from schemas.records import Line, Note
from schemas.rules import Rule
from schemas.vocabulary import totals

NAME = "stream"
_YEAR = re.compile(r"\b(?:19|20)?\d\d\s?[/-]\s?(?:20)?\d\d\b|\b20\d\d\b")
# The last lines above a table, so many, may state its year.
_ABOVE = 1


def find(lines: Sequence[Source]) -> list[Claim]:
    """A claim for each table whose rows can be told."""
    if not is_stream(lines):
        return []
    tables: list[list[tuple[Segment, list[Row]]]] = []
    above: Segment | None = None
    for segment in segments(flows(lines)):
        own = named(segment)
        made = rows_of(own)
        goes_on = own.continued and bool(tables) and above is not None and not _is_ended(tables[-1][-1])
        if made and (goes_on or not own.continued or own.first.number in _heading_lines(own)):
            if goes_on:
                tables[-1].append((own, made))
            else:
                tables.append([(own, made)])
        above = segment if made else None
    return [_claim(table, lines) for table in tables]


def _heading_lines(segment: Segment) -> set[int]:
    return {line.place.line or 0 for heading in segment.header for line in heading.lines}


def _is_ended(share: tuple[Segment, list[Row]]) -> bool:
    """Whether a share of a table ends in its total."""
    _, rows = share
    texts = [" ".join(piece.text for piece in own) for _, own in rows[-1].words]
    return any(totals().get(says(text)) in ("total", "grand_total") for text in texts)


def _claim(table: Sequence[tuple[Segment, list[Row]]], lines: Sequence[Source]) -> Claim:
    first = table[0][0]
    head = Printed(tuple(heading.lines for heading in first.header), first.first)
    rows = [head]
    for segment, made in table:
        for row in made:
            printed = _in_order(_printed(row, segment, lines), segment, first)
            if row.goes_on and len(rows) > 1:
                rows[-1] = _joined(rows[-1], printed)
            else:
                rows.append(printed)
    if not _is_dated(first, lines):
        rows = [head, *(replace(row, doubtful=True) for row in rows[1:])]
    last = max(segment.last for segment, _ in table)
    return Claim(first.first.number - 1, last - 1, tuple(rows), 1, len(first.header), tuple(_notes(rows, table)))


def _is_dated(first: Segment, lines: Sequence[Source]) -> bool:
    """Whether a table's headings name a year, or the lines right above do: further up another table's may stand."""
    above = [source.text for source in lines[: first.first.number - 1] if not source.blank][-_ABOVE:]
    return any(_YEAR.search(text) for text in (*(heading.text for heading in first.header), *above))


def _notes(rows: Sequence[Printed], table: Sequence[tuple[Segment, list[Row]]]) -> Iterator[Note]:
    """What a person should know: rows that are doubtful, and lines that lost a hyphen."""
    doubtful = [row for row in rows if row.doubtful]
    if doubtful:
        detail = f"{len(doubtful)} of {len(rows) - 1} rows"
        yield Note(Rule.ROWS_MIXED, doubtful[0].source.place, doubtful[0].source.text.strip(), detail)
    words = (piece for _, made in table for row in made for _, own in row.words for piece in own)
    yield from (Note(Rule.HYPHEN_LOST, piece.line.place, piece.text) for piece in words if piece.joined)


def _in_order(row: Printed, segment: Segment, first: Segment) -> Printed:
    """A row's cells in the order of the table's first headings; a heading that they lack makes it doubtful."""
    own = {key(heading): cell for heading, cell in zip(segment.header, row.cells, strict=True)}
    lost = any(own[name] for name in own.keys() - first.keys)
    return replace(row, cells=tuple(own.get(key(h), ()) for h in first.header), doubtful=row.doubtful or lost)


def _joined(above: Printed, below: Printed) -> Printed:
    cells = tuple((*a, *b) for a, b in zip(above.cells, below.cells, strict=True))
    return replace(above, cells=cells)


def _printed(row: Row, segment: Segment, lines: Sequence[Source]) -> Printed:
    """A row as cells under the headings."""
    cells: list[list[Line]] = [[] for _ in segment.header]
    roles = segment.roles()
    if row.head:
        at = roles.index("code") if row.head[0].kind == "code" else 0
        cells[at] += (piece.line for piece in row.head)
    for column, own in row.words:
        cells[column] += (piece.line for piece in own)
    for phrase in row.mechanisms:
        cells[roles.index("mechanism")] += (piece.line for piece in phrase)
    amounts = [i for i, role in enumerate(roles) if role == "amount"]
    for band in row.bands:
        for column, piece in zip(amounts, band.amounts, strict=True):
            cells[column] += [piece.line] if piece else []
    numbers = [line.place.line or 0 for cell in cells for line in cell]
    source = lines[min(numbers) - 1] if numbers else segment.first
    return Printed(tuple(tuple(cell) for cell in cells), source, doubtful=row.doubtful)
