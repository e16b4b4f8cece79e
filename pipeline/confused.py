"""Arithmetic as a reader: which glyph that scans confuse would make a total and its parts agree, read otherwise.

It only suggests. No figure is changed by it.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.money import NotMoney, read_money
from schemas.records import Allocation

# Digits that scans take for one another, letters that they take for digits, and for a pound sign before one.
_CONFUSED = {"0": "86", "8": "063", "6": "08", "1": "7", "7": "1", "3": "8"}
_LETTERS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "S": "5", "B": "8"})
_POUND = re.compile(r"^[fFE](?=\d)")
# More suggestions than this say no more than none.
_MOST = 3


def suggestion(printed: Allocation | None, parts: Sequence[Allocation]) -> str | None:
    """A sentence on what would make a total that disagrees agree; None where nothing would, or too much would."""
    if printed is None:
        return None
    lines = (printed, *parts)
    said = [
        f"{line.amount_raw} read as {raw} would make them agree"
        for at, line in enumerate(lines)
        for raw, amount in _otherwise(line)
        if _agrees([*(each.amount_gbp for each in lines[:at]), amount, *(each.amount_gbp for each in lines[at + 1 :])])
    ]
    return f"{'; '.join(said)}." if 0 < len(said) <= _MOST else None


def _agrees(amounts: Sequence[Decimal | None]) -> bool:
    """Whether the first amount is the sum of the others, all of which are known."""
    known = [amount for amount in amounts if amount is not None]
    return len(known) == len(amounts) and known[0] == sum(known[1:], Decimal(0))


def _otherwise(line: Allocation) -> Iterator[tuple[str, Decimal]]:
    """An amount as printed with one glyph read otherwise, or with its letters read as digits, and what it then is."""
    raw = line.amount_raw
    ways = {f"{raw[:i]}{other}{raw[i + 1 :]}" for i, char in enumerate(raw) for other in _CONFUSED.get(char, "")}
    for way in sorted((ways | {_POUND.sub("£", raw).translate(_LETTERS)}) - {raw}):
        try:
            pounds, before = read_money(way).pounds, read_money(raw).pounds if line.amount_gbp else None
        except NotMoney:
            continue
        if pounds is not None:
            # The unit of a heading multiplies both alike.
            yield way, pounds * (line.amount_gbp / before) if before and line.amount_gbp else pounds
