"""From a table of cells to its kind, the meaning of its columns, and the years, fund and theme of its rows."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.across import across
from pipeline.codes import find_codes, is_listed
from pipeline.headed import fund_of, heading_of, theme_above, title_of
from pipeline.meaning import Column, divides_thousands, is_amount, led_codes, own_code, with_evidence, with_shared_unit
from pipeline.periods import Period, find_periods
from pipeline.reading import read, text_of
from pipeline.totalled import is_total
from pipeline.units import scale_of, states_unit
from schemas.records import Cell, Finding, Line, Place, Table
from schemas.rules import Rule
from schemas.vocabulary import areas, fold, fold_heading, no_amounts, role_of, totals

ALLOCATING = ("commissioning-intentions", "commitments", "area-allocations", "grants", "budget-lines")
_ESTIMATED = re.compile(r"\b(?:estimated|indicative)\b", re.IGNORECASE)
_FIGURE = re.compile(r"£\s?\d|^\(?[-−]?\d[\d,]*(?:\.\d+)?\s?%?\)?$")
# Words above a table that shares money out, and above one that only speaks of it.
_SHARES_OUT = re.compile(r"\b(?:grant|award|fund|contract|commission|budget|allocat|spend|cost)\w*", re.IGNORECASE)
_SPEAKS_OF = re.compile(r"\b(?:gap|precept|council tax|bands?|reserves?|income|savings?|deficit|options?)\b", re.I)
# A sentence that speaks of the table below it.
_OF_TABLE = re.compile(r"\b(?:below|following|as follows|tables?|set out|listed|shown)\b|:$", re.IGNORECASE)
# Of the rows with an amount at least this share has a name, in a table that shares money out.
_MOSTLY = 0.8
# One code of no known make may be a damaged one; several are the paper's own.
_LEAST_CODES = 2
# The roles of columns whose words may open with a code, in the order in which they name a row.
_NAMED = ("initiative", "intention", "area", "proposal", "provider")
# The roles of columns that name what an amount is for.
_NAMING = frozenset({"intention", "initiative", "area", "proposal", "provider", "theme"})
_AMOUNT = re.compile(r"^\(?[-−]?£\s?\d[\d,.]*(?:\s?(?:k|m|bn))?\)?$", re.IGNORECASE)
# An amount before a name or two: cells that were not told apart.
_LED_BY_AMOUNT = re.compile(r"^£\s?\d[\d,.]*(?:k|m|bn)?\s(?:[A-Z][\w’']*\s?){1,6}$")
_MONTHS_TO = re.compile(r"\d+ months? to \w+ \d{4}")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table with its kind and the meaning of its columns.

    `own_codes` says that its codes are of no known scheme and count as printed; `led` has, for names that open with a
    code, the code.
    """

    table: Table
    table_id: str
    paper_id: str
    kind: str
    heading: str | None
    columns: tuple[Column, ...]
    theme: str | None = None
    fund: str | None = None
    findings: tuple[Finding, ...] = field(default=())
    own_codes: bool = False
    led: Mapping[str, str] = field(default_factory=dict)

    def having(self, role: str) -> tuple[int, ...]:
        """The columns with this role."""
        return tuple(index for index, column in enumerate(self.columns) if column.role == role)


def body(table: Table) -> list[tuple[Cell, ...]]:
    """The rows below the heading, each with a cell for every column.

    A cell that covers rows below stands in each of them; what a cell to the left covers is blank.
    """
    grid: dict[tuple[int, int], Cell] = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            grid[row, cell.column] = cell
    return [
        tuple(grid.get((row, column)) or Cell(row, column, (), table.place) for column in range(table.columns))
        for row in range(table.header_rows, table.rows)
    ]


def grouped(rows: Sequence[tuple[Cell, ...]], column: int) -> list[tuple[Cell, ...]]:
    """Rows that share a cell of this column as one row each, whose cells hold the lines of them all."""
    groups: list[list[tuple[Cell, ...]]] = []
    for row in rows:
        if groups and row[column] is groups[-1][-1][column]:
            groups[-1].append(row)
        else:
            groups.append([row])
    return [group[0] if len(group) == 1 else _as_one(group) for group in groups]


def _as_one(group: Sequence[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    merged = []
    for cells in zip(*group, strict=True):
        distinct = list({id(cell): cell for cell in cells}.values())
        merged.append(_joined(distinct, group[0][0].row))
    return tuple(merged)


def _joined(cells: Sequence[Cell], row: int) -> Cell:
    """Cells as one; what a second reader has otherwise in one of them it has otherwise in all."""
    lines = tuple(line for cell in cells for line in cell.lines)
    printed = [cell for cell in cells if cell.lines]
    said = {cell.agrees for cell in printed}
    agrees = False if False in said else None if None in said or not said else True
    second = " ".join(cell.second for cell in printed if cell.second) or None
    least = min((cell.confidence for cell in printed), default=cells[0].confidence)
    return replace(cells[0], row=row, lines=lines, agrees=agrees, second=second, confidence=least)


def recognise(tables: Sequence[Table], paper_id: str) -> list[Recognised]:
    """Every table of a paper with its kind. A table that states no year takes that of the one above."""
    found: list[Recognised] = []
    above: Period | None = None
    for number, table in enumerate(tables, 1):
        known = _recognise(table, paper_id, f"{paper_id}/t{number:02d}")
        if known.kind in ALLOCATING:
            known = _with_period(known, above)
            above = next((c.period for c in known.columns if c.period), above)
        found.append(known)
    return found


def _recognise(table: Table, paper_id: str, table_id: str) -> Recognised:
    plain = tuple(_column(table, index) for index in range(table.columns))
    texts = [[text_of(cell) for cell in row] for row in body(table)]
    plain = with_shared_unit(plain, texts)
    told = across(with_evidence(plain, texts, money_said=_speaks_of_pounds(table)), texts)
    kind = _kind(table, plain)
    columns = told if kind in ALLOCATING else plain
    if kind not in ALLOCATING and _may_allocate(table, told):
        kind, columns = _kind_by_evidence(told), told
    columns = _with_blank_label(kind, columns)
    known = Recognised(table, table_id, paper_id, kind, heading_of(table), columns)
    if kind not in ALLOCATING:
        return replace(known, findings=tuple(_unclaimed(known)))
    fund = None if known.having("mechanism") else fund_of(table)
    theme = None if known.having("theme") else theme_above(table, kind)
    known = replace(known, fund=fund, theme=theme, findings=tuple(_heading_findings(known)))
    return _with_codes(known)


def _with_codes(known: Recognised) -> Recognised:
    """A table with what is known of its codes: those of no listed scheme are told, and count as printed."""
    if not known.having("code"):
        names = ([joined_text(row, known.having(role)) for row in body(known.table)] for role in _NAMED)
        return replace(known, led=next((led for texts in names if (led := led_codes(texts))), {}))
    texts = [joined_text(row, known.having("code")) for row in body(known.table)]
    own = next((text for text in texts if own_code(text)), "")
    if len({own_code(text) for text in texts} - {""}) < _LEAST_CODES or any(
        code.scheme == "intention" for text in texts for code in find_codes(text)[0]
    ):
        return known
    if is_listed(own_code(own)):
        return replace(known, own_codes=True)
    message = f"Codes such as {own!r} are of no scheme in code_schemes.csv; they are kept as printed."
    return replace(known, own_codes=True, findings=(*known.findings, _finding(known, Rule.CODES_UNLISTED, message)))


def _column(table: Table, index: int) -> Column:
    head = [cell for cell in table.cells if cell.row < table.header_rows and cell.column == index]
    text = " ".join(filter(None, (text_of(cell) for cell in head)))
    figures = _figure_share(table, index) >= 0.5
    folded = fold_heading(text)
    # Of headings one below the other the lowest, right above the cells, says what these are.
    own = next((said for cell in reversed(head) if (said := text_of(cell))), "")
    role = role_of(folded) or role_of(fold_heading(own))
    periods = find_periods(own) or find_periods(text)
    dated = bool(periods) and (not folded or table.header_rows > 1 or bool(_MONTHS_TO.fullmatch(fold(text))))
    if not role and figures and (dated or (not folded and states_unit(text))):
        role = "amount"
    scale = scale_of(table, index)
    pounds = "£" in text or scale != 1
    spaced = divides_thousands(text, [text_of(row[index]) for row in body(table)])
    period = periods[0] if periods else None
    return Column(role, text, period, bool(_ESTIMATED.search(text)), scale, pounds=pounds, spaced=spaced)


def _figure_share(table: Table, index: int) -> float:
    texts = [text_of(row[index]) for row in body(table) if row[index].lines]
    texts = [text for text in texts if fold(text) not in no_amounts()]
    return sum(bool(_FIGURE.search(text)) or is_amount(text) for text in texts) / len(texts) if texts else 0.0


def _speaks_of_pounds(table: Table) -> bool:
    """Whether a pound sign stands in a table, in its heading, or right above it."""
    above = [table.lead, *table.headings[:1]]
    return any("£" in line.text for line in above if line) or any("£" in text_of(cell) for cell in table.cells)


def _kind(table: Table, columns: Sequence[Column]) -> str:
    roles = {column.role for column in columns}
    if "amount" in roles:
        if {"code", "intention"} <= roles:
            return "commissioning-intentions"
        if "initiative" in roles and roles & {"theme", "mechanism", "reach", "need", "linkage"}:
            return "commitments"
        if {"initiative", "provider"} <= roles:
            return "grants"
        if "area" in roles or _labels_are_areas(table, columns):
            return "area-allocations"
        if "proposal" in roles:
            return "budget-lines"
    figures = [
        index
        for index, column in enumerate(columns)
        if column.role != "page" and (column.heading or not table.header_rows) and _figure_share(table, index) >= 0.5
    ]
    return "measures" if table.header_rows and set(figures) - {0 if len(columns) > len(figures) else -1} else "text"


def _may_allocate(table: Table, columns: Sequence[Column]) -> bool:
    """Whether a table of amounts beside names shares money out, and does not only speak of it.

    It does where its columns name who gets it or a code, its heading says so, or a row sums the others up.
    """
    roles = {column.role for column in columns}
    across = "period" in roles and not roles & _NAMING and _names_across(columns)
    if "amount" not in roles or not (roles & _NAMING or across) or not _speaks_of_pounds(table):
        return False
    naming = [i for i, column in enumerate(columns) if column.role in (*_NAMING, "code")]
    paid = [row for row in body(table) if any(row[i].lines for i, c in enumerate(columns) if c.role == "amount")]
    paid = [row for row in paid if not any(is_total(text_of(cell)) for cell in row)]
    if not across and sum(any(row[i].lines for i in naming) for row in paid) < _MOSTLY * len(paid):
        return False
    above = " ".join(line.text for line in [table.lead, *table.headings[:1]] if line)
    headed = " ".join(column.heading for column in columns)
    if _SPEAKS_OF.search(headed) or (_SPEAKS_OF.search(above) and not _SHARES_OUT.search(above)):
        return False
    summed = any(cell.lines and is_total(text_of(cell)) for row in body(table) for cell in row[:2])
    return summed or bool(roles & {"code", "provider"}) or bool(_SHARES_OUT.search(f"{above} {headed}"))


def _names_across(columns: Sequence[Column]) -> bool:
    """Whether the headings of several columns of amounts name what these are for, in rows that are years."""
    named = [bool(fold_heading(column.heading)) for column in columns if column.role == "amount"]
    return len(named) > 1 and all(named)


def _kind_by_evidence(columns: Sequence[Column]) -> str:
    roles = {column.role for column in columns}
    if {"code", "intention"} <= roles:
        return "commissioning-intentions"
    if "provider" in roles:
        return "grants"
    return "area-allocations" if "area" in roles else "budget-lines"


def _labels_are_areas(table: Table, columns: Sequence[Column]) -> bool:
    """Whether the first column has no heading and half or more of its labels are known areas."""
    labels = [fold(text_of(row[0])) for row in body(table)]
    known = [label for label in labels if label in areas()]
    rest = [label for label in labels if label not in areas() and label not in totals()]
    return not columns[0].heading and len(known) >= 2 and len(known) >= len(rest)


def _with_blank_label(kind: str, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    named = any(column.role == "area" and not column.why for column in columns)
    if kind == "area-allocations" and not columns[0].heading and not named:
        return (replace(columns[0], role="area", why=""), *columns[1:])
    return columns


def _with_period(known: Recognised, above: Period | None) -> Recognised:
    """Amount columns without a period take the one that the heading, the lead or the table above states."""
    money = known.having("amount")
    # A column of totals is of the columns' years, where they have some.
    money += known.having("total") if not any(known.columns[i].period for i in money) else ()
    missing = [i for i in money if known.columns[i].period is None]
    if not missing or known.having("period"):
        return known
    lines = [known.heading or "", *(line.text for line in title_of(known.table))]
    stated = next((found[0] for text in lines if len(found := find_periods(text)) == 1), None)
    lead = _years_said(known.table.lead.text) if known.table.lead else []
    period = stated or (lead[0] if len(lead) == 1 else None)
    findings = list(known.findings)
    further = (found[0] for line in known.table.headings[1:] if len(found := find_periods(line.text)) == 1)
    if period is None and above is None and (period := next(further, None)):
        message = f"The table states no year; {period.label}, stated further above, was taken."
        findings.append(_finding(known, Rule.YEAR_FROM_CONTEXT, message))
    elif period is None and above is not None:
        period = above
        message = f"The table states no year; {above.label}, stated for the table before it, was taken."
        findings.append(_finding(known, Rule.YEAR_FROM_CONTEXT, message))
    elif period is None:
        findings.append(_finding(known, Rule.YEAR_UNKNOWN, "No heading or paragraph states the year of the amounts."))
    columns = tuple(replace(c, period=period) if i in missing else c for i, c in enumerate(known.columns))
    return replace(known, columns=columns, findings=tuple(findings))


def _years_said(lead: str) -> list[Period]:
    """The periods that a paragraph above a table states: where a sentence of it speaks of the table, that one's.

    >>> [period.label for period in _years_said("It was late in 2011/12. The awards of 2012/13 are listed below.")]
    ['2012/13']
    """
    sentences = re.split(r"(?<=[a-z)%\d][.:;])\s+(?=[A-Z])", " ".join(lead.split()))
    spoken = [sentence for sentence in sentences if len(sentences) > 1 and _OF_TABLE.search(sentence)]
    return find_periods(" ".join(spoken)) if spoken else find_periods(lead)


def _heading_findings(known: Recognised) -> list[Finding]:
    """A finding for each filled column whose heading is in no vocabulary, or that two columns claim."""
    findings = []
    for index, column in enumerate(known.columns):
        filled = any(row[index].lines for row in body(known.table))
        if column.why and filled and (column.heading or known.table.header_rows):
            findings.append(_by_evidence(known, index))
        elif not column.role and filled and known.table.header_rows:
            message = f"The heading {column.heading!r} is in no vocabulary; its column is kept in the cells only."
            suggestion = f"Add a row for {fold_heading(column.heading)!r} to headings.csv if the column matters."
            findings.append(
                replace(_finding(known, Rule.HEADING_UNKNOWN, message), column=index, suggestion=suggestion)
            )
    counts = Counter(
        column.role for column in known.columns if column.role not in ("", "amount", "label", "page", "measure")
    )
    for role, count in counts.items():
        if count > 1:
            message = f"{count} columns claim to be the {role.replace('_', ' ')} of the row; the first was used."
            findings.append(_finding(known, Rule.HEADING_CONFLICT, message))
    return findings


def _by_evidence(known: Recognised, index: int) -> Finding:
    """A finding that names a column whose cells said what it means, and the row that would make it sure."""
    column = known.columns[index]
    named = f"{column.heading!r}" if column.heading else "that is blank"
    role = column.role.replace("_", " ")
    message = f"The heading {named} of column {index} is in no vocabulary; it was read as {role}, since {column.why}."
    found = _finding(known, Rule.HEADING_BY_EVIDENCE, message)
    folded = fold_heading(column.heading)
    row = f"Add the row {column.role},{folded} to headings.csv if that is right." if folded else None
    if column.role == "amount" and known.having("period") and not any(map(known.having, _NAMING)):
        row = None
    return replace(found, column=index, suggestion=row)


def _unclaimed(known: Recognised) -> list[Finding]:
    """A finding where a table of pound amounts under headings of its own, or none, is no kind that allocates."""
    amounts = [cell for row in body(known.table) for cell in row if _AMOUNT.match(text_of(cell))]
    amounts += [cell for row in body(known.table) for cell in row if _LED_BY_AMOUNT.match(text_of(cell))]
    if not amounts or all(column.role == "amount" for column in known.columns):
        return []
    names = "; ".join(column.heading for column in known.columns if column.heading) or "none"
    message = f"Money stands in a table whose headings ({names}) no kind of table claims; it gives no allocations."
    return [_finding(known, Rule.UNKNOWN_TABLE, message)]


def _finding(known: Recognised, rule: Rule, message: str, place: Place | None = None) -> Finding:
    return Finding(rule, known.paper_id, message, place or known.table.place, known.table_id)


def lines_of(row: Sequence[Cell], columns: Sequence[int]) -> tuple[Line, ...]:
    """The lines of the first of these columns; none where there is no such column."""
    return row[columns[0]].lines if columns else ()


def joined_text(row: Sequence[Cell], columns: Sequence[int]) -> str:
    """The text of the first of these columns with wraps undone."""
    return read(lines_of(row, columns)).text
