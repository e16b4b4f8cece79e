"""Columns of amounts that say of other columns what they come to: their sum, or by how much they differ.

A total beside its parts, or what is left of a budget, must not be added up with them.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import permutations

from pipeline.meaning import Column, Rows, is_total_heading
from pipeline.money import NotMoney, read_money
from pipeline.periods import Period

# So many rows must bear the arithmetic out; one more may be wrong in print.
_LEAST = 2
# Words in the heading of what was given, and in the heading of what it goes towards.
_GIVEN = re.compile(r"\b(?:award|grant|approved|agreed|allocat)\w*", re.IGNORECASE)
_COST = re.compile(r"\b(?:costs?|value|price|match)\b", re.IGNORECASE)
Values = Sequence[Sequence[Decimal | None]]


def across(columns: Sequence[Column], rows: Rows) -> tuple[Column, ...]:
    """Columns of amounts with those known that are the sum of others, or by how much two others differ.

    `rows` are the texts of the body's cells. Of a budget, what was spent of it and what is left, the budget counts.

    >>> three = [Column("amount", "Budget"), Column("amount", "Used", why="seen"), Column("amount", "Left", why="seen")]
    >>> [column.role for column in across(three, [["9", "4", "5"], ["8", "8", "-"], ["5", "1", "4"]])]
    ['amount', 'measure', 'measure']
    """
    columns = _without_costs(columns)
    amounts = [i for i, column in enumerate(columns) if column.role == "amount"]
    if len(amounts) < 3 or len({columns[i].scale for i in amounts}) > 1:
        return tuple(columns)
    last = amounts[-1]
    values = [[_value(row[i]) for i in range(len(columns))] for row in rows]
    if is_total_heading(columns[last].heading):
        return _put(columns, {last: replace(columns[last], role="total", period=_whole(columns), why="")})
    if columns[last].period or not columns[last].why:
        return tuple(columns)
    if _holds(values, last, lambda row: _sum(row[i] for i in amounts[:-1])):
        why = "it is the sum of the columns of amounts before it"
        return _put(columns, {last: replace(columns[last], role="total", period=_whole(columns), why=why)})
    return _with_difference(columns, amounts, values)


def _without_costs(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns, with what things cost as measures where what was given for them stands beside it."""
    amounts = [column for column in columns if column.role == "amount"]
    given = [column for column in amounts if _GIVEN.search(column.heading)]
    why = f"it stands beside {given[0].heading!r}" if given else ""
    return tuple(
        replace(column, role="measure", why=why)
        if column in amounts and column.why and why and _COST.search(column.heading) and column not in given
        else column
        for column in columns
    )


def _with_difference(columns: Sequence[Column], amounts: Sequence[int], values: Values) -> tuple[Column, ...]:
    """The columns, the last amounts as a measure where they are by how much two others differ.

    So is the second of the two, where its heading is not known and both are of one year: it stands against the first.
    """
    last = amounts[-1]
    for first, second in permutations(amounts[:-1], 2):
        if not _holds(values, last, partial(_difference, first, second)):
            continue
        own, other = sorted((first, second))
        named = f"{columns[own].heading!r} and {columns[other].heading!r}"
        found = {last: replace(columns[last], role="measure", why=f"it is by how much {named} differ")}
        if columns[other].why and columns[own].period == columns[other].period:
            why = f"its amounts stand against those of {columns[own].heading!r}"
            found[other] = replace(columns[other], role="measure", why=why)
        return _put(columns, found)
    return tuple(columns)


def _holds(values: Values, column: int, other: Callable[[Sequence[Decimal | None]], Decimal]) -> bool:
    """Whether a column is what is made of the others in all rows but one at most, and is something in several."""
    own = [(row[column], other(row)) for row in values if row[column] is not None]
    right = sum(mine == theirs for mine, theirs in own if mine)
    return right >= _LEAST and sum(mine != theirs for mine, theirs in own) <= 1


def _put(columns: Sequence[Column], found: dict[int, Column]) -> tuple[Column, ...]:
    return tuple(found.get(i, column) for i, column in enumerate(columns))


def _difference(first: int, second: int, row: Sequence[Decimal | None]) -> Decimal:
    return (row[first] or Decimal(0)) - (row[second] or Decimal(0))


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal(0))


def _value(text: str) -> Decimal | None:
    """An amount, 0 for a word or dash in its place; None where it cannot be read or nothing stands there."""
    try:
        amount = read_money(text, 1_000) if text else None
    except NotMoney:
        return None
    return None if amount is None else amount.pounds or Decimal(0)


def _whole(columns: Sequence[Column]) -> Period | None:
    """The years that the columns of amounts have together."""
    periods = [column.period for column in columns if column.role == "amount" and column.period]
    if len(periods) < 2:
        return periods[0] if periods else None
    first, last = min(period.start for period in periods), max(period.end for period in periods)
    return Period(f"{first:%Y/%m}-{last:%Y/%m}", first, last)
