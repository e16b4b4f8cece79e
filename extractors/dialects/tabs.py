"""Tables whose columns are divided by tabs, as converters of office documents write them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.grid import Claim, Row, header_height, is_figure, is_known_heading, printed_at
from extractors.lines import Source, clean_slice, words_of
from extractors.running import is_page_mark
from extractors.stitch import merge_rows, repeats, without_repeats
from schemas.records import Line, Note
from schemas.rules import Rule
from schemas.vocabulary import fold, totals

NAME = "tabs"
_SHORT = 12
_RULE_ROW = re.compile(r"^[-=_|+:\s]+$")


def find(lines: Sequence[Source]) -> list[Claim]:
    """A claim for each table: lines with tabs, with nothing but blank lines between them."""
    return [claim for chain in _chains(lines) if (claim := _claim(chain)) is not None]


def _chains(lines: Sequence[Source]) -> list[list[Row]]:
    """The rows of each table: a gap ends it unless the same heading or the same columns go on after it.

    One short line without tabs between two rows is a row whose trailing tabs are lost, or a page number.
    """
    chains: list[list[Row]] = []
    gap, joinable = True, False
    bare: Row | None = None
    for source in lines:
        row = _split(source, after_gap=gap and joinable) if "\t" in source.text else None
        if row and row.filled:
            if not joinable or not _continues(chains[-1], row, gap=gap) or (bare and not _same_width(chains[-1], row)):
                chains.append([])
            elif bare and not bare.text(0).isdigit():
                chains[-1].append(bare)
            chains[-1].append(row)
            gap, joinable, bare = False, True, None
        elif row or source.blank or (bare is None and is_page_mark(source.text)):
            gap = True
            joinable = joinable and bare is None
        else:
            joinable = joinable and bare is None and not gap and len(source.text.split()) <= _SHORT
            bare = _split(source, after_gap=False) if joinable else None
            if bare and not bare.filled:
                bare = None
    return chains


def _same_width(chain: Sequence[Row], row: Row) -> bool:
    return len(chain[-1].cells) == len(row.cells)


def _continues(chain: Sequence[Row], row: Row, *, gap: bool) -> bool:
    """Whether a row belongs to the table before it: no other heading, no new start after a total, no wider row."""
    heading = len(row.filled) > 1 and all(is_known_heading(row.text(c)) for c in row.filled)
    if repeats(row, chain[0]):
        return totals().get(fold(chain[-1].text(0)).rstrip(":")) not in ("total", "grand_total")
    if heading and header_height(chain) == 1:
        return False
    return not gap or len(row.cells) == len(chain[-1].cells) or max(row.filled) <= max(chain[0].filled)


def _split(source: Source, after_gap: bool) -> Row:
    cells: list[tuple[Line, ...]] = []
    start = 0
    for piece in source.text.split("\t"):
        line = clean_slice(source, start, start + len(piece))
        cells.append((line,) if line else ())
        start += len(piece) + 1
    return Row(tuple(cells), source, after_gap)


def _claim(chain: Sequence[Row]) -> Claim | None:
    rules = [row for row in chain if _RULE_ROW.match(row.source.text)]
    rows = [row for row in chain if row not in rules]
    if max((len(row.filled) for row in rows), default=0) < 2:
        return None
    notes = [Note(Rule.STRAY_RULE, printed_at(row), row.source.text) for row in rules]
    rows, repeated = without_repeats(rows)
    notes += repeated + _joins(chain)
    height = 1 if repeated else header_height(rows)
    rows, packed = _unpack(rows, height)
    width = _named_width(rows, height)
    rows, slid = _put_back(rows, height, width)
    width = max(width, *(max(row.filled) + 1 for row in rows))
    body = merge_rows(rows[height:], width)
    first, last = chain[0].source.number - 1, chain[-1].source.number - 1
    return Claim(first, last, (*rows[:height], *body), height, width, tuple(notes + slid + packed))


def _joins(chain: Sequence[Row]) -> list[Note]:
    """A note for each gap that the table goes on after without its heading above or below the gap."""
    return [
        Note(Rule.JOINED_OVER_PAGES, printed_at(row), row.source.text.strip()[:80])
        for before, row in pairwise(chain)
        if row.after_gap and not repeats(before, chain[0]) and not repeats(row, chain[0])
    ]


def _named_width(rows: Sequence[Row], height: int) -> int:
    """How many columns the heading names, or the rows fill where there is no heading."""
    return 1 + max(max(row.filled) for row in (rows[:height] or rows))


def _put_back(rows: Sequence[Row], height: int, width: int) -> tuple[list[Row], list[Note]]:
    """Rows whose cells slid beyond the named columns, shifted back as one run under the last of them."""
    if not height:
        return list(rows), []
    kept: list[Row] = []
    notes: list[Note] = []
    for row in rows:
        beyond = max(row.filled) + 1 - width
        if beyond <= 0 or row in rows[:height]:
            kept.append(row)
            continue
        run = _run_at_end(row)
        target = [c - beyond for c in run]
        if min(target) < 0 or any(row.cells[c] for c in target if c not in run):
            notes.append(Note(Rule.RAGGED_ROW, printed_at(row), row.source.text.strip()))
            kept.append(row)
            continue
        notes.append(Note(Rule.SLID_CELLS, printed_at(row), row.source.text.strip()))
        kept.append(_shifted(row, run, beyond, width))
    return kept, notes


def _run_at_end(row: Row) -> list[int]:
    """The filled columns that stand side by side up to the row's last one."""
    run = [row.filled[-1]]
    while run[0] - 1 in row.filled:
        run.insert(0, run[0] - 1)
    return run


def _shifted(row: Row, run: Sequence[int], by: int, width: int) -> Row:
    cells = [() if c in run else lines for c, lines in enumerate(row.cells)]
    for c in run:
        cells[c - by] = row.cells[c]
    return Row(tuple(cells[:width]), row.source, row.after_gap)


def _unpack(rows: Sequence[Row], height: int) -> tuple[list[Row], list[Note]]:
    """Cells that hold a figure for each of several columns, shared out over the blank columns after them.

    Only where the lowest heading row does so too and every row below either does or has the figures apart.
    """
    if not height:
        return list(rows), []
    head, body = rows[height - 1], rows[height:]
    for column in head.filled:
        count = len(head.text(column).split())
        last = column + count - 1
        if count > 1 and all(_packs(row, column, count) or _apart(row, column, last) for row in (head, *body)):
            packed = [row for row in (head, *body) if _packs(row, column, count)]
            notes = [Note(Rule.PACKED_CELL, printed_at(row), row.text(column)) for row in packed]
            return [_share_out(row, column, count) if row in packed else row for row in rows], notes
    return list(rows), []


def _packs(row: Row, column: int, count: int) -> bool:
    words = row.text(column).split()
    blank = not any(row.cells[column + 1 : column + count])
    return blank and len(words) == count and all(any(c.isdigit() for c in word) for word in words)


def _apart(row: Row, first: int, last: int) -> bool:
    return all(c in row.filled and is_figure(row.text(c)) for c in range(first, last + 1))


def _share_out(row: Row, column: int, count: int) -> Row:
    cells = list(row.cells) + [()] * (column + count - len(row.cells))
    words = [word for line in row.cells[column] for word in words_of(line)]
    cells[column : column + count] = [(word,) for word in words]
    return Row(tuple(cells), row.source, row.after_gap)
