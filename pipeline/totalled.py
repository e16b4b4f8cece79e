"""Which rows of a table sum others up: by their labels, by codes that others start with, and by the arithmetic."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.money import NotMoney, read_money
from schemas.vocabulary import fold, totals

_WORD = r"grand total|sub-?\s?total|total"
# A label that ends in a word for a total, or opens with one and adds a year, a bracket or what was done (`awarded`).
_TOTAL = re.compile(
    rf"(?:^|\s)(?P<word>{_WORD})s?\s*:?$|^(?P<opens>{_WORD})s?(?:\s+(?:\w+ed|\d[\d/]*|\([^)]*\)))+\s*:?$", re.I
)
_OPENS = re.compile(rf"^(?P<opens>{_WORD})\b\s*[:–—-]?\s*(?P<rest>\S.*?)\s*:?$", re.I)
# Words that speak of money and name no part of it: `Total commissioning budget` sums everything up.
_GENERAL = re.compile(
    r"(?:(?:all|overall|net|gross|the|of|for|and|to|be|set|aside|paid|given|made|sums?|value|commission\w*|contract\w*|service\w*|budget\w*|expenditure|spen[dt]\w*"
    r"|costs?|fund\w*|grants?|award\w*|allocat\w*|amounts?|payments?|investment|programme|available|approved|agreed"
    r"|\d{2,4}\W\d{2,4}|\([^)]*\))\W*)+",
    re.I,
)
# Words for everything, which open the label of a sum and of other things too.
_ALL = re.compile(r"^(?:all|overall|sum|combined|together)\b", re.I)
_OVER_ALL = re.compile(r"^(?:overall|grand|net|gross|combined)\b", re.I)


@dataclass(frozen=True, slots=True)
class Printed:
    """What a row prints, for telling totals: its label, its code, the texts of its amounts, its theme."""

    label: str
    code: str
    amounts: tuple[str, ...]
    theme: str = ""

    @property
    def has_amount(self) -> bool:
        """Whether an amount, or a word in its place, is printed."""
        return any(self.amounts)


def is_total(label: str) -> bool:
    """Whether a label alone says that its row sums others up.

    >>> [is_total(text) for text in ("Prevention sub-total", "Total awarded", "Total Respect training")]
    [True, True, False]
    """
    return _said(label, frozenset()) is not None


def line_types(rows: Sequence[Printed]) -> list[str]:
    """For each row item, subtotal or grand_total.

    >>> line_types([Printed("A", "", ("5",)), Printed("B", "", ("6",)), Printed("Total", "", ("11",))])
    ['item', 'item', 'grand_total']
    """
    named = frozenset({fold(row.label) for row in rows if not row.has_amount} | {fold(row.theme) for row in rows})
    coded = sum(bool(row.code) for row in rows) * 2 > len(rows)
    said = [_said(row.label, named) or _unsaid(rows, i, coded=coded) for i, row in enumerate(rows)]
    return [_line_type(rows, said, index) if word else "item" for index, word in enumerate(said)]


def sections(rows: Sequence[Printed], types: Sequence[str]) -> set[int]:
    """The rows that only name a group: without amounts, at its head, where a total names it or totals close groups.

    >>> rows = [Printed("VICTIMS", "", ("",)), Printed("Shelters", "", ("5",)), Printed("Total", "", ("5",))]
    >>> sections(rows, line_types(rows))
    {0}
    """
    said = [f" {fold(row.label)} " for row, kind in zip(rows, types, strict=True) if kind != "item"]
    found = set()
    for index, row in enumerate(rows[:-1]):
        if row.has_amount or not row.label or not rows[index + 1].has_amount:
            continue
        named = any(f" {fold(row.label).rstrip(':')} " in total for total in said)
        opens = "subtotal" in types and (index == 0 or types[index - 1] != "item") and types[index + 1] == "item"
        if named or opens or row.label.isupper() != rows[index + 1].label.isupper():
            found.add(index)
    return found


def _said(label: str, named: frozenset[str]) -> tuple[str, bool] | None:
    """The line type that a label's word for a total stands for, and whether it names no part; None without a word.

    A label in two languages has the word on one side of its stroke.
    """
    if " / " in label:
        return next((found for half in label.split(" / ") if (found := _said(half.strip(), named))), None)
    if match := _TOTAL.search(label):
        word = fold(match["word"] or match["opens"])
        whole = bool(match["opens"]) or fold(label).rstrip(": s") == word.rstrip("s")
        return _meaning(word), whole or bool(_OVER_ALL.match(label))
    match = _OPENS.match(label)
    if match is None:
        return None
    meaning, rest = _meaning(match["opens"]), match["rest"]
    if meaning != "total" or fold(rest) in named:
        return meaning, False
    return (meaning, True) if _GENERAL.fullmatch(rest) else None


def _meaning(word: str) -> str:
    return totals()[re.sub(r"sub-?\s?total", "subtotal", fold(word))]


def _unsaid(rows: Sequence[Printed], index: int, *, coded: bool) -> tuple[str, bool] | None:
    """A total that its label does not tell for sure: by its code, or by opening with the word where it adds up."""
    row = rows[index]
    if row.has_amount and row.code and any(is_under(other.code, row.code) for other in rows if other.has_amount):
        return "subtotal", False
    if row.has_amount and _ALL.match(row.label) and _adds_up(rows, index):
        return "total", True
    if not _OPENS.match(row.label) or not row.has_amount:
        return None
    lacks = coded and not row.code
    return ("total", False) if lacks or _adds_up(rows, index) or _adds_up_beside(rows, index) else None


def is_under(code: str, above: str) -> bool:
    """Whether a code is numbered under another.

    >>> is_under("2.1", "2"), is_under("2.1", "2.1"), is_under("21", "2")
    (True, False, False)
    """
    return code.startswith(f"{above.rstrip('.')}.") and code != above


def _adds_up(rows: Sequence[Printed], index: int) -> bool:
    """Whether a row is the sum of all rows above it, or of all below, in some column, and of three at least."""
    for column in range(len(rows[index].amounts)):
        values = [_value(row.amounts[column]) for row in rows]
        sides = values[:index], values[index + 1 :]
        if values[index] and any(sum(map(bool, side)) > 2 and sum(side) == values[index] for side in sides):
            return True
    return False


def _adds_up_beside(rows: Sequence[Printed], index: int) -> bool:
    """Whether a row is the sum, in some column, of all rows between it and the next that opens with such a word.

    One row alone that opens so may be called that by its name.
    """
    if not any(_OPENS.match(row.label) for i, row in enumerate(rows) if i != index):
        return False
    above = next((i + 1 for i in range(index - 1, -1, -1) if _OPENS.match(rows[i].label)), 0)
    below = next((i for i in range(index + 1, len(rows)) if _OPENS.match(rows[i].label)), len(rows))
    for column in range(len(rows[index].amounts)):
        own = _value(rows[index].amounts[column])
        for side in (rows[above:index], rows[index + 1 : below]):
            values = [_value(row.amounts[column]) for row in side]
            if own and sum(map(bool, values)) > 1 and sum(values) == own:
                return True
    return False


def _value(text: str) -> Decimal:
    try:
        return read_money(text, 1_000).pounds or Decimal(0)
    except NotMoney:
        return Decimal(0)


def _line_type(rows: Sequence[Printed], said: Sequence[tuple[str, bool] | None], index: int) -> str:
    """What a total is: over everything where it names no part and stands at an end of the table, else over some."""
    word, whole = said[index] or ("total", True)
    if word != "total":
        return word
    others = [other is not None and rows[i].has_amount for i, other in enumerate(said) if i != index]
    last = not any(row.has_amount for row in rows[index + 1 :])
    first = not any(row.has_amount for row in rows[:index])
    if whole:
        return "grand_total" if last or (first and not _again(rows, said, index)) else "subtotal"
    part = fold(_TOTAL.sub("", rows[index].label))
    alone = not any(others) and part not in {fold(row.label) for row in rows}
    after_total = index > 0 and last and said[index - 1] is not None
    return "grand_total" if (last or first) and (alone or after_total) else "subtotal"


def _again(rows: Sequence[Printed], said: Sequence[tuple[str, bool] | None], index: int) -> bool:
    """Whether a total with the same label stands further down: then each is over its own rows."""
    return any(
        other is not None and fold(rows[i].label) == fold(rows[index].label)
        for i, other in enumerate(said)
        if i > index
    )
