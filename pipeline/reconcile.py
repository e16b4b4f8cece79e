"""Printed totals held against their parts: items over parts, subtotals, grand totals, totals in another table."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.confused import suggestion
from pipeline.recognise import Recognised
from schemas.records import Allocation, Finding, Place
from schemas.rules import Rule
from schemas.vocabulary import fold, totals

_NO_STARTS: Mapping[tuple[str, int], int] = {}


@dataclass(frozen=True, slots=True)
class Check:
    """A total held against its parts. `printed` is None where the total is not printed."""

    scope: str
    table_id: str
    paper_id: str
    item: str
    financial_year: str | None
    printed: Allocation | None
    parts: tuple[Allocation, ...]
    place: Place

    @property
    def computed(self) -> Decimal | None:
        """The sum of the parts; None where one of them cannot be read."""
        if any(part.value_status == "illegible" for part in self.parts):
            return None
        return sum((part.amount_gbp or Decimal(0) for part in self.parts), Decimal(0))

    @property
    def status(self) -> str:
        """agrees, disagrees, not-printed or nothing-to-add."""
        if self.printed is None:
            return "not-printed"
        if not self.parts:
            return "nothing-to-add"
        return "agrees" if self.printed.amount_gbp == self.computed else "disagrees"


def reconcile(tables: Sequence[Recognised], allocations: Sequence[Allocation]) -> tuple[list[Check], list[Finding]]:
    """Every total of a paper held against its parts, and a finding for each that disagrees or is lost."""
    by_column: dict[tuple[str, int], list[Allocation]] = defaultdict(list)
    for allocation in allocations:
        by_column[allocation.table_id, allocation.column].append(allocation)
    starts = _starts(by_column)
    across = {(known.table_id, column) for known in tables for column in known.having("total")}
    checks: list[Check] = []
    for key, lines in by_column.items():
        if key in across:
            checks += _across(lines, allocations)
        else:
            checks += [*_items(lines, allocations), *_sums(lines, starts)]
    cross = _cross_tables(tables, allocations, checks)
    findings = [found for check in [*checks, *cross] if (found := _finding(check)) is not None]
    return [*checks, *cross], findings + [_same_money(check) for check in cross]


def with_evidence(allocations: Iterable[Allocation], checks: Iterable[Check]) -> list[Allocation]:
    """Allocations with what the totals say of them: proved where one agrees, review where one does not."""
    said: dict[str, set[str]] = defaultdict(set)
    for check in checks:
        for allocation in (check.printed, *check.parts):
            if allocation is not None:
                said[allocation.allocation_id].add(check.status)
    return [replace(a, evidence=_evidence(a, said[a.allocation_id])) for a in allocations]


def _evidence(allocation: Allocation, statuses: set[str]) -> str:
    if allocation.evidence == "review" or statuses & {"disagrees", "nothing-to-add"}:
        return "review"
    return "proved" if "agrees" in statuses and allocation.amount_gbp is not None else allocation.evidence


def _items(lines: Sequence[Allocation], all_lines: Sequence[Allocation]) -> list[Check]:
    """A check for each row with parts, in one column: its total, or the lack of one that other years have."""
    rows: dict[int, list[Allocation]] = defaultdict(list)
    for line in lines:
        if line.line_type in ("part", "total"):
            rows[line.row].append(line)
    checks = []
    for number, row in rows.items():
        parts = tuple(line for line in row if line.line_type == "part" and line.value_status != "blank")
        totals = [line for line in row if line.line_type == "total" and line.amount_raw]
        elsewhere = any(
            a.line_type == "total" and a.row == number and a.table_id == row[0].table_id and a.amount_raw
            for a in all_lines
        )
        if totals or (len(parts) > 1 and elsewhere):
            printed: list[Allocation | None] = [*totals] or [None]
            checks += [_check("item", total, parts) for total in printed]
    return checks


def _check(scope: str, printed: Allocation | None, parts: tuple[Allocation, ...]) -> Check:
    first = printed or parts[0]
    return Check(scope, first.table_id, first.paper_id, first.item, first.financial_year, printed, parts, first.place)


def _countable(lines: Sequence[Allocation]) -> list[Allocation]:
    """The lines that add up to a table's totals: items, totals of items, parts of items without a total."""
    totalled = {line.row for line in lines if line.line_type == "total" and line.amount_raw}
    return [
        line
        for line in lines
        if line.line_type in ("item", "subtotal", "grand_total")
        or (line.line_type == "total" and line.row in totalled)
        or (line.line_type == "part" and line.row not in totalled)
    ]


def _across(lines: Sequence[Allocation], all_lines: Sequence[Allocation]) -> list[Check]:
    """A column that sums up those before it, row by row; a total's row may add up down the column instead."""
    down = {check.printed.allocation_id: check for check in _sums(lines) if check.printed}
    checks = []
    for line in lines:
        own = [a for a in all_lines if (a.table_id, a.row) == (line.table_id, line.row) and a.column != line.column]
        check = _check("item", line, tuple(a for a in own if a.amount_raw and a.line_type != "part"))
        other = down.get(line.allocation_id)
        checks.append(other if other and other.status == "agrees" != check.status else check)
    return checks


def _starts(by_column: Mapping[tuple[str, int], Sequence[Allocation]]) -> dict[tuple[str, int], int]:
    """The first row that a subtotal covers, by its table and row, from the columns in which it adds up."""
    found: dict[tuple[str, int], int] = {}
    for lines in by_column.values():
        counted = _countable(lines)
        for index, line in enumerate(counted):
            if line.line_type == "subtotal" and (group := _group(counted, index)) and _sum(group) == line.amount_gbp:
                found[line.table_id, line.row] = group[0].row
    return found


def _sums(lines: Sequence[Allocation], starts: Mapping[tuple[str, int], int] = _NO_STARTS) -> list[Check]:
    """Subtotals over the rows above or below them, grand totals over subtotals and the rows outside them.

    A grand total that is the sum of all items is right, even where a subtotal between is not.
    """
    counted = _countable(lines)
    checks: list[Check] = []
    covered: set[str] = set()
    for index, group in _groups(counted, starts).items():
        covered |= {part.allocation_id for part in group}
        checks.append(_check("subtotal", counted[index], tuple(group)))
    for line in counted:
        if line.line_type == "grand_total":
            parts = [part for part in counted if part.line_type != "grand_total" and part.amount_raw]
            rest = [part for part in parts if part.allocation_id not in covered]
            items = [part for part in parts if part.line_type != "subtotal"]
            whole = items if _sum(rest) != line.amount_gbp == _sum(items) else rest
            checks.append(_check("grand-total", line, tuple(whole)))
    return checks


def _groups(counted: Sequence[Allocation], starts: Mapping[tuple[str, int], int]) -> dict[int, list[Allocation]]:
    """The rows that each subtotal covers. One that does not add up covers those that it covers in another column.

    Where no column tells, it covers those on the side on which other subtotals do.
    """
    found = {i: _group(counted, i) for i, line in enumerate(counted) if line.line_type == "subtotal"}
    right = [i for i, group in found.items() if group and _sum(group) == counted[i].amount_gbp]
    for i in set(found) - set(right):
        start = starts.get((counted[i].table_id, counted[i].row))
        above = _run(reversed(counted[:i]))[::-1]
        found[i] = [line for line in above if start is not None and line.row >= start] or found[i]
    below = sum(_stands_above(counted[i], found[i]) for i in right)
    if below * 2 <= len(right):
        return found
    return {
        i: group if i in right else _run(iter(counted[i + 1 :])) or group
        for i, group in found.items()
    }  # fmt: skip


def _stands_above(line: Allocation, group: Sequence[Allocation]) -> bool:
    return line.row < group[0].row


def _group(counted: Sequence[Allocation], index: int) -> list[Allocation]:
    """The rows that a subtotal covers: those above it or below it, whichever it is the sum of.

    Those whose codes are numbered under its own code come first. A heading that ends in a colon may cover only the
    first of the rows below it. Where nothing adds up it is the rows up to the next heading with a colon for such a
    heading, else the rows above.
    """
    line = counted[index]
    if line.intention_code and (under := _under(counted, line)):
        return under
    above = _run(reversed(counted[:index]))[::-1]
    below = _run(iter(counted[index + 1 :]))
    opens = line.item.endswith(":") and fold(line.item).rstrip(":").split()[-1:] not in [[word] for word in totals()]
    prefixes = [below[:size] for size in range(1, len(below) + 1)] if opens else [below]
    ends = [above[-size:] for size in range(len(above) - 1, 1, -1)]
    for group in [*prefixes, above] if opens else [above, *prefixes, *ends]:
        if group and _sum(group) == line.amount_gbp:
            return group
    if opens or not above:
        end = next((i for i, other in enumerate(below) if other.item.endswith(":")), len(below))
        return below[:end]
    return above


def _under(counted: Sequence[Allocation], line: Allocation) -> list[Allocation]:
    """The items whose codes are numbered under a row's own code: 2.1 and 2.2 under 2."""
    opening = f"{line.intention_code}."
    return [each for each in counted if (each.intention_code or "").startswith(opening) and each.line_type == "item"]


def _run(lines: Iterable[Allocation]) -> list[Allocation]:
    """The lines up to the next total."""
    run = []
    for line in lines:
        if line.line_type in ("subtotal", "grand_total"):
            break
        if line.amount_raw:
            run.append(line)
    return run


def _sum(lines: Iterable[Allocation]) -> Decimal:
    return sum((line.amount_gbp or Decimal(0) for line in lines), Decimal(0))


def _cross_tables(
    tables: Sequence[Recognised], allocations: Sequence[Allocation], checks: Sequence[Check]
) -> list[Check]:
    """Lines and subtotals of one table that another table of the paper breaks down, by its heading or its fund."""
    cross = []
    for known in tables:
        if known.kind != "area-allocations":
            continue
        for year in dict.fromkeys(a.financial_year for a in allocations if a.table_id == known.table_id):
            own = [a for a in allocations if a.table_id == known.table_id and a.financial_year == year]
            items = tuple(a for a in own if a.line_type == "item" and a.amount_raw)
            lines = [a for a in allocations if a.table_id != known.table_id and a.financial_year == year]
            printed = _broken_down(known, lines, tables) or _of_fund(known, year, checks)
            if printed is not None and items:
                cross.append(_check("cross-table", printed, items))
    return cross


def _broken_down(known: Recognised, lines: Sequence[Allocation], tables: Sequence[Recognised]) -> Allocation | None:
    """The one proposal that the table's heading names, whole, or that starts with the heading's words."""
    proposals = {other.table_id for other in tables if other.kind == "budget-lines"}
    heading = fold(known.heading or "")
    found = [
        line
        for line in lines
        if line.table_id in proposals and line.line_type == "item" and _names(heading, fold(line.item))
    ]
    return found[0] if len(found) == 1 else None


def _names(heading: str, item: str) -> bool:
    shorter = min(heading, item, key=len)
    if len(shorter.split()) < 2:
        return False
    return f" {item} " in f" {heading} " or f"{item} ".startswith(f"{heading} ")


def _of_fund(known: Recognised, year: str | None, checks: Sequence[Check]) -> Allocation | None:
    """The one subtotal of the year whose parts are all money of the table's fund."""
    found = [
        check.printed
        for check in checks
        if check.scope == "subtotal" and check.financial_year == year and check.table_id != known.table_id
        and known.fund and check.parts and all(part.mechanism == known.fund for part in check.parts)
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def explanation(check: Check) -> str:
    """The arithmetic written out."""
    terms = " + ".join(_written(part.amount_gbp) if part.amount_gbp is not None else "?" for part in check.parts)
    if check.printed is None:
        return f"No total is printed; the parts are {terms}."
    printed = check.printed.amount_raw
    if not check.parts:
        return f"{printed} is printed and there is nothing to add up."
    if check.computed is None:
        return f"{terms} cannot be added up, since a part cannot be read; {printed} is printed."
    if check.status == "agrees":
        return f"{terms} = {_written(check.computed)}, as printed."
    difference = (check.printed.amount_gbp or Decimal(0)) - check.computed
    return f"{terms} = {_written(check.computed)}; {printed} is printed, a difference of {_written(difference)}."


def _written(pounds: Decimal) -> str:
    """An amount with commas between thousands, and with pence where it has some."""
    return f"{pounds:,.0f}" if pounds == round(pounds) else f"{pounds:,.2f}"


def _finding(check: Check) -> Finding | None:
    year = f" for {check.financial_year}" if check.financial_year else ""
    if check.status == "disagrees":
        message = f"The total of {check.item!r}{year} is not the sum of its parts: {explanation(check)}"
        return replace(_of(check, Rule.TOTAL_DISAGREES, message), suggestion=suggestion(check.printed, check.parts))
    if check.status == "nothing-to-add":
        message = f"The total of {check.item!r}{year} stands over no amounts that it could be the sum of."
        return _of(check, Rule.TOTAL_OF_NOTHING, message)
    if check.status == "not-printed":
        message = f"The total of {check.item!r}{year} is not printed, though other years have one; none was made up."
        return _of(check, Rule.TOTAL_LOST, message)
    return None


def _same_money(check: Check) -> Finding:
    other = check.parts[0].table_id
    message = f"Table {other} breaks down {check.item!r} of this table: the same money, to be counted once."
    return _of(check, Rule.SAME_MONEY_TWICE, message)


def _of(check: Check, rule: Rule, message: str) -> Finding:
    line = check.printed or check.parts[0]
    return Finding(rule, check.paper_id, message, check.place, check.table_id, line.row, line.column, line.amount_raw)
