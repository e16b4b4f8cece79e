"""Every amount of money printed anywhere in a paper, and what became of it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.lines import line_at
from pipeline.measure import Measure
from pipeline.money import SCAN, NotMoney, read_sum
from pipeline.recognise import ALLOCATING, Recognised
from schemas.records import Allocation, Finding, Place
from schemas.rules import Rule

_AROUND = 48


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as printed; `amount_gbp` is None for a unit in a heading and for an unclear amount."""

    paper_id: str
    raw: str
    amount_gbp: Decimal | None
    used_as: str
    row_id: str | None
    context: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Use:
    """A stretch of characters that something was made of."""

    start: int
    end: int
    used_as: str
    row_id: str
    amount: Decimal | None = None
    raw: str = ""


def account(
    text: str,
    paper_id: str,
    tables: Sequence[Recognised],
    allocations: Sequence[Allocation],
    measures: Sequence[Measure],
) -> tuple[list[Money], list[Finding]]:
    """All amounts of a text paper in printed order: those with a pound sign, and those that were read without."""
    figures = _figures(allocations, measures)
    cells = _cells(tables)
    starts = _line_starts(text)
    found: list[Money] = []
    findings: list[Finding] = []
    used: set[int] = set()
    for match in SCAN.finditer(text):
        use = _at(figures, match.start())
        if use is not None:
            used.add(use.start)
        money, fault = _money(text, paper_id, match.span(), starts, use or _at(cells, match.start()))
        found.append(money)
        if fault and use is None:
            findings.append(fault)
        if use is None and (lost := _lost(money, tables)):
            findings.append(lost)
    found += [
        _plain(text, paper_id, starts, use)
        for use in figures
        if use.start not in used and any(map(str.isdigit, use.raw))
    ]
    return sorted(found, key=lambda money: money.place.char_start or 0), findings


def _figures(allocations: Sequence[Allocation], measures: Sequence[Measure]) -> list[_Use]:
    uses = [
        _Use(
            a.place.char_start or 0, a.place.char_end or 0,
            "allocation" if a.line_type in ("item", "part") else "total", a.allocation_id, a.amount_gbp, a.amount_raw,
        )
        for a in allocations
        if a.amount_raw
    ]  # fmt: skip
    uses += [
        _Use(
            m.place.char_start or 0, m.place.char_end or 0,
            "measure", f"{m.table_id}/{m.row}/{m.column}", m.value, m.raw,
        )
        for m in measures
        if m.unit == "GBP"
    ]  # fmt: skip
    return sorted(uses, key=lambda use: use.start)


def _cells(tables: Sequence[Recognised]) -> list[_Use]:
    return sorted(
        (
            _Use(
                line.place.char_start or 0,
                line.place.char_end or 0,
                "cell-text",
                f"{known.table_id}/{cell.row}/{cell.column}",
            )
            for known in tables
            for cell in known.table.cells
            for line in cell.lines
        ),
        key=lambda use: use.start,
    )


def _at(uses: Sequence[_Use], char: int) -> _Use | None:
    index = bisect_right(uses, char, key=lambda use: use.start) - 1
    return uses[index] if index >= 0 and uses[index].start <= char < uses[index].end else None


def _money(
    text: str, paper_id: str, span: tuple[int, int], starts: list[int], use: _Use | None
) -> tuple[Money, Finding | None]:
    raw = text[span[0] : span[1]].rstrip(",. ")
    place = _place(starts, span[0], span[0] + len(raw))
    match = SCAN.match(text, span[0])
    amount, fault = use.amount if use else None, None
    if amount is None and match is not None and match["number"]:
        try:
            amount = read_sum(match["number"].rstrip(",."), match["unit"]).pounds
        except NotMoney as unclear:
            message = f"The amount {raw} cannot be read with certainty: {unclear}."
            fault = Finding(Rule.MONEY_UNREADABLE, paper_id, message, place, raw=raw)
    used_as, row_id = (use.used_as, use.row_id) if use else ("prose", None)
    return Money(paper_id, raw, amount, used_as, row_id, _context(text, span), place), fault


def _plain(text: str, paper_id: str, starts: list[int], use: _Use) -> Money:
    place = _place(starts, use.start, use.end)
    return Money(paper_id, use.raw, use.amount, use.used_as, use.row_id, _context(text, (use.start, use.end)), place)


def _lost(money: Money, tables: Sequence[Recognised]) -> Finding | None:
    """An amount in an amount column of an allocating table that no row of data holds."""
    if money.used_as != "cell-text" or money.row_id is None:
        return None
    table_id, row, column = money.row_id.rsplit("/", 2)
    known = next(k for k in tables if k.table_id == table_id)
    body = int(row) >= known.table.header_rows
    if known.kind not in ALLOCATING or not body or known.columns[int(column)].role != "amount":
        return None
    message = f"{money.raw} stands in a column of amounts and is in no row of the allocations."
    return Finding(
        Rule.MONEY_NOT_PLACED,
        money.paper_id,
        message,
        money.place,
        table_id,
        int(row),
        int(column),
        money.raw,
    )


def _place(starts: list[int], start: int, end: int) -> Place:
    return Place(line=line_at(starts, start), char_start=start, char_end=end)


def _line_starts(text: str) -> list[int]:
    return [0, *(index + 1 for index, char in enumerate(text) if char == "\n")]


def _context(text: str, span: tuple[int, int]) -> str:
    return " ".join(text[max(0, span[0] - _AROUND) : span[1] + _AROUND].split())


def with_names(money: Sequence[Money]) -> Iterator[tuple[str, Money]]:
    """Each amount with a name that depends on its place alone."""
    for each in money:
        yield f"{each.paper_id}/m{each.place.char_start}", each
