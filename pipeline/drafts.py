"""What interpreting gives: rows whose meaning is known and whose values are still as printed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.codes import Code
from pipeline.meaning import Column
from pipeline.money import NotMoney, read_money
from pipeline.periods import Period
from pipeline.reading import Reading, place_of, raw_of
from pipeline.recognise import Recognised
from pipeline.stacked import Entry, entries, part_names
from schemas.records import Cell, Finding, Place
from schemas.rules import Rule

# What the confidence of an amount is multiplied by whose column is known by what it holds alone.
_BY_EVIDENCE = 0.8


@dataclass(frozen=True, slots=True)
class Draft:
    """An amount as printed with all that its row says of it; `column` is the amount's own."""

    known: Recognised
    row: int
    column: int
    raw: str
    place: Place
    item: str
    line_type: str = "item"
    part: str | None = None
    title: str | None = None
    description: str | None = None
    intention_code: str | None = None
    theme: str | None = None
    mechanism: str | None = None
    provider: str | None = None
    area: str | None = None
    reach: str | None = None
    primary_priority: str | None = None
    secondary_priority: str | None = None
    need: str | None = None
    comment: str | None = None
    shared_pool: bool = False
    confidence: float = 1.0
    agrees: bool | None = None
    second: str | None = None
    doubtful: bool = False
    period: Period | None = None

    @property
    def sureness(self) -> float:
        """How sure the reading of the cell is, less where only what a column holds says what it means."""
        return self.confidence * (_BY_EVIDENCE if self.meaning.why else 1.0)

    @property
    def when(self) -> Period | None:
        """The period of the amount: its row's own, else its column's."""
        return self.period or self.meaning.period

    @property
    def meaning(self) -> Column:
        """The column's heading, period and unit."""
        return self.known.columns[self.column]


@dataclass(frozen=True, slots=True)
class Intention:
    """A commissioning intention of one table: its code where it stands, its previous codes, its priorities."""

    known: Recognised
    row: int
    code: Code
    place: Place
    legacy: tuple[tuple[Code, Place], ...]
    priorities: tuple[Code, ...]
    description: str | None
    mechanisms: tuple[str, ...]
    comment: str | None
    footnote: str | None


@dataclass(frozen=True, slots=True)
class Interpreted:
    """What a table, or a paper, says: amounts, intentions, and what was noticed on the way."""

    drafts: tuple[Draft, ...] = ()
    intentions: tuple[Intention, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


def finding(known: Recognised, rule: Rule, row: int, message: str, place: Place, raw: str = "") -> Finding:
    """A finding on a row of a table."""
    return Finding(rule, known.paper_id, message, place, known.table_id, row, None, raw or None)


def of_cell(base: Draft, cell: Cell) -> Draft:
    """A draft with what the readers say of the cell that its amount stands in; a blank one leaves its row's place."""
    return replace(
        base,
        place=cell.place if cell.lines else base.place,
        confidence=cell.confidence,
        agrees=cell.agrees,
        second=cell.second,
        doubtful=base.doubtful or cell.doubtful,
    )


def stack(known: Recognised, row: int, column: int, reading: Reading, base: Draft) -> tuple[list[Draft], list[Finding]]:
    """The amounts of one cell as drafts: an item, or a total with its parts; what is no amount is a finding."""
    found, rest = entries(reading)
    if not found:
        return [_unread(column, reading, base)], []
    doubtful = any(map(str.isalnum, rest))
    drafts = []
    for entry, (line_type, part) in zip(found, _line_types(reading, found), strict=True):
        drafts.append(
            replace(
                base,
                column=column,
                raw=raw_of(reading, entry.start, entry.end),
                place=place_of(reading, entry.start, entry.end),
                line_type=line_type if base.line_type == "item" else base.line_type,
                part=part,
                doubtful=doubtful or base.doubtful,
            )
        )
    findings = []
    if doubtful:
        message = f"The words {rest!r} stand beside an amount and were not read as part of it."
        findings.append(finding(known, Rule.MONEY_UNREADABLE, row, message, base.place, reading.text))
    return drafts, findings


def _unread(column: int, reading: Reading, base: Draft) -> Draft:
    """A cell without an amount: blank, or words that typing refuses."""
    draft = replace(base, column=column, raw=reading.text)
    return replace(draft, place=place_of(reading, 0, len(reading.text))) if reading.text else draft


def _line_types(reading: Reading, found: Sequence[Entry]) -> list[tuple[str, str | None]]:
    """What each amount of a cell is, from the labels; without labels, from the arithmetic."""
    labels = ["total" if index in _totals(reading, found) else entry.label for index, entry in enumerate(found)]
    parts = [label for label in labels if label != "total"]
    if len(found) == 1 and labels[0] in ("", "total"):
        return [("total" if labels[0] else "item", None)]
    names = iter(part_names(parts))
    return [("total", None) if label == "total" else ("part", next(names)) for label in labels]


def _totals(reading: Reading, found: Sequence[Entry]) -> set[int]:
    """Which amounts are totals: the labelled ones; else the one beside lettered parts, or the sum of the others."""
    labelled = {index for index, entry in enumerate(found) if entry.label == "total"}
    plain = [index for index, entry in enumerate(found) if not entry.label]
    if labelled or not plain or len(found) < 2:
        return labelled
    if len(plain) < len(found):
        return {plain[0]} if len(plain) == 1 else set()
    values = [value_of(reading.text[entry.start : entry.end]) for entry in found]
    if len(values) < 3 or None in values:
        return set()
    sums = [
        index for index in (0, len(values) - 1) if values[index] == sum(v or 0 for v in values) - (values[index] or 0)
    ]
    return set(sums[:1])


def value_of(raw: str) -> int | None:
    """An amount in pence, to compare with; None where it cannot be read."""
    try:
        pounds = read_money(raw).pounds
    except NotMoney:
        return None
    return None if pounds is None else int(pounds * 100)
