"""The unit that figures are counted in, where a heading or the words above a table state it: £'000, £k, £m."""

import re

from pipeline.reading import text_of
from schemas.records import Table

_SCALE = re.compile(
    r"£\s?(?:['’‘]?(?P<thousands>000s?)\b|(?P<unit>k|m|bn|thousands?|millions?)\b)|(?<![\w,.])['’‘](?P<bare>000s?)\b",
    re.IGNORECASE,
)
_ALL_FIGURES = re.compile(r"\b(?:figures|amounts|values|sums)\b[^.]{0,30}£\s?(?:['’]?000s?|k|m|bn)\b", re.IGNORECASE)
_SCALES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000}
# Words above a table are a heading where they are this few.
_TITLE_WORDS = 12


def states_unit(text: str) -> bool:
    """Whether a text states a unit.

    >>> states_unit("2018/19 £'000"), states_unit("£5,000")
    (True, False)
    """
    return bool(_SCALE.search(text))


def scale_of(table: Table, index: int) -> int:
    """The unit that the column's own heading states, a heading that spans it from the left, or the lead states."""
    head = {(cell.row, cell.column): text_of(cell) for cell in table.cells if cell.row < table.header_rows}
    texts = [head.get((row, index), "") for row in range(table.header_rows)]
    for row in range(table.header_rows):
        left = index
        while left > 0 and not head.get((row, left)):
            left -= 1
        texts.append(head.get((row, left), "") if not head.get((row, index)) else "")
    units = [match for text in texts if (match := _SCALE.search(text))]
    if not units and not any("£" in text for text in texts):
        units = [match for text in _said_above(table) if (match := _SCALE.search(text))]
    return _size(units[0]) if units else 1


def _said_above(table: Table) -> list[str]:
    """What the paragraph above says of all figures, and a short heading that may state their unit."""
    said = _ALL_FIGURES.search(table.lead.text) if table.lead else None
    short = [line.text for line in (table.lead, *table.headings[:1]) if line and len(line.text.split()) <= _TITLE_WORDS]
    return [*([said.group()] if said else []), *short]


def _size(unit: re.Match[str]) -> int:
    return 1_000 if unit["thousands"] or unit["bare"] else _SCALES[unit["unit"].lower().rstrip("s")]
