"""Tables whose columns are divided by runs of blanks, lined up as on the page."""

import re
from collections.abc import Sequence, Set

from extractors.dialects.pipes import has_bars
from extractors.grid import Claim, Row, header_height, is_figure
from extractors.lines import Source, clean_slice
from extractors.stitch import merge_rows, without_repeats
from extractors.typed import claims_of

NAME = "spaced"
# A no-break blank is one blank as any other.
_PIECE = re.compile(r"\S+(?:[ \u00a0]\S+)*")
_LEAST_ROWS = 2
# Lines of so many cells each, so many of them, are a table even where a long cell pushes the others out of line.
_EVEN_CELLS, _EVEN_ROWS = 3, 3


def find(lines: Sequence[Source]) -> list[Claim]:
    """A claim for each table whose columns line up as on a typed page, and for runs of lines that line up otherwise."""
    typed = claims_of(lines)
    taken = {number for claim in typed for number in range(claim.first, claim.last + 1)}
    return sorted([*typed, *_runs(lines, taken)], key=lambda claim: claim.first)


def _runs(lines: Sequence[Source], taken: Set[int]) -> list[Claim]:
    """A claim for each run of other lines in which two or more columns line up and figures stand."""
    claims = []
    block: list[Source] = []
    for source in [*lines, None]:
        plain = source is not None and "\t" not in source.text and not has_bars(source)
        if source is not None and plain and source.number - 1 not in taken and len(_pieces(source)) > 1:
            block.append(source)
            continue
        if claim := _claim(block):
            claims.append(claim)
        block = []
    return claims


def _pieces(source: Source) -> list[tuple[int, int]]:
    return [match.span() for match in _PIECE.finditer(source.text)]


def _columns(block: Sequence[Source]) -> list[tuple[int, int]]:
    """The columns: runs of character positions that some line fills, divided by positions that none does."""
    filled: set[int] = set()
    for source in block:
        for start, end in _pieces(source):
            filled.update(range(start, end))
    columns: list[tuple[int, int]] = []
    for position in sorted(filled):
        if columns and position <= columns[-1][1] + 1:
            columns[-1] = (columns[-1][0], position)
        else:
            columns.append((position, position))
    return columns


def _claim(block: Sequence[Source]) -> Claim | None:
    if len(block) < _LEAST_ROWS:
        return None
    columns = _columns(block)
    rows = [_row(source, columns) for source in block]
    figures = sum(is_figure(row.text(c)) for row in rows for c in row.filled if c)
    if len(columns) < 2 or figures < len(rows) - 1:
        return _even(block)
    rows, notes = without_repeats(rows)
    height = header_height(rows)
    body = merge_rows(rows[height:], len(columns))
    first, last = block[0].number - 1, block[-1].number - 1
    return Claim(first, last, (*rows[:height], *body), height, len(columns), tuple(notes))


def _even(block: Sequence[Source]) -> Claim | None:
    """A claim where every line has as many cells as every other: the first is the first column's, and so on."""
    counts = {len(_pieces(source)) for source in block}
    if len(counts) != 1 or max(counts) < _EVEN_CELLS or len(block) < _EVEN_ROWS:
        return None
    rows = tuple(
        Row(tuple((line,) if (line := clean_slice(source, *piece)) else () for piece in _pieces(source)), source)
        for source in block
    )
    return Claim(block[0].number - 1, block[-1].number - 1, rows, header_height(rows), counts.pop())


def _row(source: Source, columns: Sequence[tuple[int, int]]) -> Row:
    lines = (clean_slice(source, start, min(end + 1, len(source.text))) for start, end in columns)
    return Row(tuple((line,) if line else () for line in lines), source)
