"""Amounts of a stream put into rows: which stand in one row over the years, and which are the parts of one total."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, groupby

from extractors.pounds import TOTAL, pounds
from extractors.streams.pieces import AMOUNT, Piece

# What an arrangement costs: parts without a total that proves them; amounts that only stand together; a total that is
# not the sum; a total without parts.
_UNPROVED, _TOGETHER, _WRONG, _ALONE = 1, 6, 8, 30
# A second arrangement this near the best one makes both doubtful.
_NEAR = 3
_LONGEST = 9


@dataclass(frozen=True, slots=True)
class Band:
    """Amounts that stand side by side, one for each column; None where a column has none. `mark` is their part's.

    `loose` says that it is not certain which columns they stand in.
    """

    mark: str
    amounts: tuple[Piece | None, ...]
    loose: bool = False

    @property
    def at(self) -> int:
        """Where the first stands in reading order."""
        return min(piece.at for piece in self.amounts if piece)

    def value(self, column: int) -> Decimal | None:
        """A column's pounds."""
        piece = self.amounts[column]
        return pounds(piece.text) if piece else None


@dataclass(frozen=True, slots=True)
class Grouping:
    """Bands as rows: the bounds of each, how far from proved it is, the rows that another grouping has otherwise."""

    bounds: tuple[tuple[int, int], ...]
    costs: tuple[int, ...]
    unsure: frozenset[int]


def bands(found: Sequence[Piece], columns: int) -> list[Band] | None:
    """The amounts as bands over a number of columns; None where they stand in no such order."""
    if columns == 1:
        return [Band(piece.mark, (piece,)) for piece in found if piece.kind == AMOUNT]
    runs = _runs(found)
    made: list[Band] = []
    at = 0
    while at < len(runs):
        marks = [piece.mark for piece in runs[at]]
        if _side_by_side(runs[at], columns):
            made += (Band(runs[at][i].mark, tuple(runs[at][i : i + columns])) for i in range(0, len(marks), columns))
            at += 1
            continue
        alike = 1
        while alike < columns and at + alike < len(runs) and [p.mark for p in runs[at + alike]] == marks:
            alike += 1
        if alike < columns and marks != [TOTAL]:
            return None
        own = runs[at : at + alike]
        blank = (None,) * (columns - alike)
        made += (Band(row[0].mark, (*row, *blank), loose=alike < columns) for row in zip(*own, strict=True))
        at += alike
    return made


def _runs(found: Sequence[Piece]) -> list[list[Piece]]:
    """The amounts that follow each other in one flow."""
    amounts = [piece for piece in found if piece.kind == AMOUNT]
    keyed = groupby(enumerate(amounts), key=lambda pair: (pair[1].flow, pair[1].at - pair[0]))
    return [[piece for _, piece in run] for _, run in keyed]


def _side_by_side(run: Sequence[Piece], columns: int) -> bool:
    """Whether the amounts of a run stand on lines, each of which has one for every column."""
    lines = [len(list(own)) for _, own in groupby(run, key=lambda piece: piece.line.place.line)]
    return set(lines) == {columns}


def grouped(found: Sequence[Band], rows: int) -> Grouping | None:
    """The bands as so many rows, by the least that is not proved; None where it cannot be."""
    ways = _ways(found, rows)
    if not ways:
        return None
    (_, best), *others = ways
    rivals = [set(bounds) for cost, bounds in others if cost - ways[0][0] < _NEAR]
    unsure = frozenset(i for i, own in enumerate(best) if any(own not in rival for rival in rivals))
    return Grouping(best, tuple(_cost(found[a:b]) or 0 for a, b in best), unsure)


def _ways(found: Sequence[Band], rows: int) -> list[tuple[int, tuple[tuple[int, int], ...]]]:
    """The two cheapest ways to divide bands into rows, the cheapest first."""
    costs = {
        (a, b): cost
        for a in range(len(found))
        for b in range(a + 1, min(len(found), a + _LONGEST) + 1)
        if (cost := _cost(found[a:b])) is not None
    }
    best: dict[int, list[tuple[int, tuple[tuple[int, int], ...]]]] = {0: [(0, ())]}
    for _ in range(rows):
        longer: dict[int, list[tuple[int, tuple[tuple[int, int], ...]]]] = {}
        for (a, b), cost in costs.items():
            longer.setdefault(b, []).extend((total + cost, (*way, (a, b))) for total, way in best.get(a, ()))
        best = {end: sorted(ways)[:2] for end, ways in longer.items()}
    return best.get(len(found), [])


def _cost(group: Sequence[Band]) -> int | None:
    """How far from proved it is that bands are one row; None where they cannot be."""
    marks = [band.mark for band in group]
    letters = [mark for mark in marks if mark not in ("", TOTAL)]
    heads = [i for i, mark in enumerate(marks) if mark == TOTAL]
    plain = marks.count("")
    if letters != [chr(ord("a") + i) for i in range(len(letters))] or len(heads) > 1:
        return None
    if len(group) == 1:
        return _ALONE if heads else _UNPROVED * len(letters) * 3
    if letters and plain:
        return None if heads or marks[0] or plain > 1 else _proof(group, 0)
    if heads and heads[0] in (0, len(group) - 1):
        return _proof(group, heads[0]) if len(group) > 2 else _ALONE
    if heads:
        return None
    return _UNPROVED if letters else _TOGETHER * (len(group) - 1)


def _proof(group: Sequence[Band], head: int) -> int:
    """Nothing where a total is the sum of the parts in every column that has one, else the cost of a wrong one."""
    parts = [band for i, band in enumerate(group) if i != head]
    if group[head].loose:
        return 0 if len(list(_proved_columns(group[head], parts))) == 1 else _WRONG
    columns = [c for c, piece in enumerate(group[head].amounts) if piece]
    return 0 if all(group[head].value(c) == _sum(parts, c) for c in columns) else _WRONG


def _sum(parts: Sequence[Band], column: int) -> Decimal | None:
    values = [band.value(column) for band in parts]
    return sum((value for value in values if value is not None), Decimal(0)) if None not in values else None


def _proved_columns(head: Band, parts: Sequence[Band]) -> Iterator[tuple[int, ...]]:
    """The columns that amounts of a loose band may stand in, each the sum of its parts."""
    own = [piece for piece in head.amounts if piece]
    for columns in combinations(range(len(head.amounts)), len(own)):
        if all(pounds(piece.text) == _sum(parts, c) for piece, c in zip(own, columns, strict=True)):
            yield columns


def settled(group: Sequence[Band]) -> list[Band]:
    """A row's bands, a loose total put into the one set of columns that its parts prove."""
    made = list(group)
    for i, band in enumerate(group):
        parts = [other for j, other in enumerate(group) if j != i]
        if band.loose and len(ways := list(_proved_columns(band, parts))) == 1:
            own = dict(zip(ways[0], [piece for piece in band.amounts if piece], strict=True))
            made[i] = Band(band.mark, tuple(own.get(c) for c in range(len(band.amounts))))
    return made
