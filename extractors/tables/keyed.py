"""Rows by the key that most of them start with: those without one go on in the row above."""

from collections.abc import Collection, Sequence

from extractors.grid import Row, counts_on, header_height, is_figure
from extractors.pages.words import are_bold
from extractors.stitch import key_shape, merge_rows
from extractors.tables.columns import Words, pieces_in
from extractors.tables.rows import FULL, NUMBER


def names_in(groups: Sequence[Sequence[Words]]) -> set[int]:
    """The rows of one piece in bold between rows that are plain: names of sections."""
    bold = [any(word.bold for line in group for word in line) for group in groups]
    alone = [len(group) == len(pieces_in(group[0])) == 1 and are_bold(group[0]) for group in groups]
    return {n for n in range(1, len(groups) - 1) if alone[n] and not bold[n - 1] and not bold[n + 1]}


def keyed(rows: list[Row], names: Collection[int], headed: bool) -> list[Row]:
    """Rows, those that lack the key that the others start with put to the row above, but for names of sections.

    Where keys only count the rows, lone words in the second column name a section; where rows without a key have many
    figures, or every column but the first, keys name groups of rows.
    """
    head = 0 if headed else header_height(rows)
    body = rows[head:]
    if not key_shape(body).shape or _are_counted(body) or _are_whole(body):
        return rows
    alone = {number - head for number in names} | _opened(body)
    return [*rows[:head], *merge_rows(body, len(rows[0].cells), alone)]


def _opened(rows: Sequence[Row]) -> set[int]:
    """The rows that name a section in the second column with a colon behind it, where numbers with stops are keys."""
    if not all(NUMBER.match(row.text(0)) for row in rows if 0 in row.filled):
        return set()
    return {number for number, row in enumerate(rows) if row.filled == (1,) and row.text(1).endswith(":")}


def _are_counted(rows: Sequence[Row]) -> bool:
    """Whether rows are counted one by one, but for those that have nothing but words in the second column."""
    counts = [row.text(0) for row in rows if row.filled != (1,)]
    return len(counts) < len(rows) and counts_on(counts)


def _are_whole(rows: Sequence[Row]) -> bool:
    """Whether rows without a key all have so many figures, or fill so many columns, that none is a rest of another."""
    unkeyed = [row for row in rows if 0 not in row.filled]
    figured = all(sum(is_figure(row.text(c)) for c in row.filled) >= FULL for row in unkeyed)
    filled = all(FULL <= len(row.filled) == len(row.cells) - 1 for row in unkeyed)
    return bool(unkeyed) and (figured or filled)
