"""From recognised tables to rows with meaning, values still as printed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.codes import find_codes
from pipeline.drafts import Draft, Interpreted, finding, of_cell, stack
from pipeline.intentions import intention_row
from pipeline.meaning import own_code
from pipeline.names import split_name
from pipeline.once import themes_above
from pipeline.periods import Period, find_periods
from pipeline.reading import read, text_of
from pipeline.recognise import ALLOCATING, Recognised, body, grouped, joined_text
from pipeline.stacked import mechanisms_in
from pipeline.totalled import Printed, is_total, is_under, line_types, sections
from schemas.records import Cell, Finding
from schemas.rules import Rule

_LABELS = ("code", "theme", "initiative", "intention", "area", "proposal", "provider")
_BULLET = re.compile(r"^[-–•·]\s+(?=\w)")
_UNIT = re.compile(r"\(?£\s?['’‘]?(?:000s?|k|m|bn)?\)?", re.IGNORECASE)
_FILLERS = ("", "-", "–")


def interpret(known: Recognised) -> Interpreted:
    """The rows of a table that allocates money; nothing for one that does not."""
    if known.kind not in ALLOCATING:
        return Interpreted()
    rows = body(known.table)
    if known.kind == "commissioning-intentions":
        rows = grouped(rows, known.having("code")[0])
    printed = [_printed(known, row) for row in rows]
    types = line_types(printed)
    if known.kind == "commissioning-intentions":
        return joined(_intention_rows(known, rows, types))
    heads = {i for i in sections(printed, types) if _only_names(known, rows[i], printed[i : i + 2])}
    themes, told = themes_above(known, rows, types)
    parts = [
        _of_theme(
            _plain_row(known, row, _line_type(known, row, types[index], rows[index + 1 :])), themes.get(row[0].row)
        )
        for index, row in enumerate(rows)
        if index not in heads
    ]
    return joined([*parts, Interpreted((), (), tuple(told))])


def _of_theme(row: Interpreted, theme: str | None) -> Interpreted:
    """A row with a theme that is printed above it, if one is."""
    return replace(row, drafts=tuple(replace(draft, theme=theme) for draft in row.drafts)) if theme else row


def _only_names(known: Recognised, row: tuple[Cell, ...], printed: Sequence[Printed]) -> bool:
    """Whether a row has nothing but a name, or a name and a code that the code below it is numbered under."""
    filled = {index for index, cell in enumerate(row) if cell.lines}
    if printed[0].code and is_under(printed[-1].code, printed[0].code):
        filled -= {*known.having("code")}
    return len(filled) == 1


def _printed(known: Recognised, row: tuple[Cell, ...]) -> Printed:
    """What a row prints, as far as it tells totals."""
    amounts = tuple(joined_text(row, (column,)) for column in known.having("amount"))
    code = own_code(joined_text(row, known.having("code"))) if known.own_codes else ""
    return Printed(_label(known, row), code, amounts, joined_text(row, known.having("theme")))


def _intention_rows(known: Recognised, rows: Sequence[tuple[Cell, ...]], types: Sequence[str]) -> Iterator[Interpreted]:
    """Rows with a code; totals over them; a row that is only a label, such as a section's name, gives nothing."""
    for number, (row, line_type) in enumerate(zip(rows, types, strict=True)):
        label = joined_text(row, known.having("code"))
        coded = bool(own_code(label) if known.own_codes else find_codes(label)[0])
        if line_type != "item" and not coded:
            yield _plain_row(known, row, line_type)
        elif any(row[column].lines for column in known.having("amount")) or (coded and not known.own_codes):
            found = intention_row(known, row, _neighbours(known, rows, number))
            period = _period(known, row)
            drafts = (replace(d, period=period, line_type=_of_row(line_type, d.line_type)) for d in found.drafts)
            yield replace(found, drafts=tuple(drafts))


def _of_row(row: str, own: str) -> str:
    """The line type of an amount: its row's where that sums others up, else its own."""
    return own if row == "item" else row


def _neighbours(known: Recognised, rows: Sequence[tuple[Cell, ...]], number: int) -> tuple[str, str] | None:
    """The codes of the rows right above and right below, if both have one."""
    beside = [joined_text(row, known.having("code")) for row in (*rows[number - 1 : number], *rows[number + 1 :][:1])]
    codes = [code.code for text in beside for code in find_codes(text)[0][:1] if code.scheme == "intention"]
    return (codes[0], codes[1]) if len(codes) == 2 else None


def joined(parts: Iterable[Interpreted]) -> Interpreted:
    """Several results as one, in their order."""
    parts = list(parts)
    return Interpreted(
        tuple(draft for part in parts for draft in part.drafts),
        tuple(intention for part in parts for intention in part.intentions),
        tuple(item for part in parts for item in part.findings),
    )


def _plain_row(known: Recognised, row: tuple[Cell, ...], line_type: str) -> Interpreted:
    """A row that names an initiative, an area or a proposal, or a total over such rows."""
    label = _label(known, row)
    numbered = line_type != "item" and not is_total(label)
    base = (
        _item(known, row) if line_type == "item" or numbered else Draft(known, row[0].row, 0, "", row[0].place, label)
    )
    base = replace(base, line_type=line_type, theme=_theme(known, row), period=_period(known, row))
    drafts: list[Draft] = []
    findings: list[Finding] = []
    if not any(row[c].lines for c in known.having("amount")) and not label:
        return Interpreted()
    for column in (*known.having("amount"), *known.having("total")):
        own = of_cell(base, row[column])
        if not own.item and known.having("period"):
            own = _named_above(known, column, own)
        more, faults = stack(known, row[0].row, column, read(row[column].lines), own)
        if column in known.having("total"):
            more = [replace(d, line_type="total") if d.line_type == "item" else d for d in more if d.raw]
        drafts += more
        findings += faults
    findings += _row_findings(known, row, drafts)
    return Interpreted(tuple(drafts), (), tuple(findings))


def _named_above(known: Recognised, column: int, base: Draft) -> Draft:
    """A draft of a row that is only a year, with the name that the column's heading gives to its amounts."""
    name = _UNIT.sub("", known.columns[column].heading).strip()
    return replace(base, item=name, title=name or None)


def _period(known: Recognised, row: tuple[Cell, ...]) -> Period | None:
    """The period that the row itself states, in a column of years."""
    found = find_periods(joined_text(row, known.having("period")))
    return found[0] if len(found) == 1 else None


def _line_type(known: Recognised, row: tuple[Cell, ...], said: str, below: Sequence[tuple[Cell, ...]]) -> str:
    """Item, or the kind of total; a heading with a colon is one if its lines have amounts."""
    if said != "item":
        return said
    amounts = known.having("amount")
    following = below[0] if below else None
    opens = known.kind == "budget-lines" and _label(known, row).endswith(":") and any(row[c].lines for c in amounts)
    if opens and following is not None and any(following[column].lines for column in amounts):
        return "item" if is_total(_label(known, following)) else "subtotal"
    return "item"


def _label(known: Recognised, row: tuple[Cell, ...]) -> str:
    """What a row is called: the first of its naming cells, one that says that it is a total before all others."""
    said = [text for role in _LABELS if (text := joined_text(row, known.having(role))) not in _FILLERS]
    named = next((text for text in said if is_total(text)), said[0] if said else "")
    return named or next((text for cell in row if is_total(text := text_of(cell))), "")


def _theme(known: Recognised, row: tuple[Cell, ...]) -> str | None:
    """The words that state the row's theme: its own column, or the one that links it to the plan."""
    return joined_text(row, known.having("theme")) or joined_text(row, known.having("linkage")) or None


def _item(known: Recognised, row: tuple[Cell, ...]) -> Draft:
    """What a row says of its item: name and description, provider, mechanism, priorities, reach."""

    def said(role: str) -> str | None:
        text = joined_text(row, known.having(role))
        return text if text and text not in ("-", "–") else None

    name, description = said("initiative") or said("intention") or said("area") or said("proposal") or "", None
    name = name or said("provider") or ""
    if known.kind == "commitments":
        name, description = split_name(name)
    code = own_code(said("code") or "") if known.own_codes else _led(known, row)
    name = _BULLET.sub("", _without_code(known, name) or "")
    mechanism = said("mechanism")
    found = mechanisms_in(read(row[known.having("mechanism")[0]].lines))[0] if mechanism else []
    return Draft(
        known, row[0].row, 0, "", row[0].place, code or name,
        title=name or None,
        intention_code=code or None,
        description=description or said("purpose"),
        mechanism=found[0][0] if len(found) == 1 else None,
        provider=_without_code(known, said("provider")),
        area=said("area"),
        reach=said("reach"),
        primary_priority=said("primary_priority"),
        secondary_priority=said("secondary_priority"),
        need=said("need"),
        comment=said("comment"),
        doubtful=not code and any(each.scheme == "intention" and not each.start for each in find_codes(name)[0]),
    )  # fmt: skip


def _led(known: Recognised, row: tuple[Cell, ...]) -> str:
    """The code that a row's name opens with, in a table whose names do."""
    return next((known.led[text] for cell in row if (text := text_of(cell)) in known.led), "")


def _without_code(known: Recognised, text: str | None) -> str | None:
    return text.removeprefix(known.led.get(text, "")).strip() if text else None


def _row_findings(known: Recognised, row: tuple[Cell, ...], drafts: Sequence[Draft]) -> list[Finding]:
    findings = []
    for draft in drafts:
        if draft.raw and not draft.item:
            message = f"{draft.raw} stands in a row without a name."
            findings.append(finding(known, Rule.NAME_MISSING, draft.row, message, draft.place, draft.raw))
        if not draft.raw:
            message = f"{draft.item!r} has no amount of its own."
            findings.append(finding(known, Rule.AMOUNT_BLANK, draft.row, message, draft.place))
    columns = known.having("mechanism")
    if columns and row[columns[0]].lines and drafts and drafts[0].line_type == "item":
        reading = read(row[columns[0]].lines)
        found, rest = mechanisms_in(reading)
        if rest or (len(found) != 1 and reading.text not in ("-", "–")):
            message = f"The funding mechanism {reading.text!r} is in no vocabulary."
            findings.append(
                finding(known, Rule.MECHANISM_UNKNOWN, row[0].row, message, row[columns[0]].place, reading.text)
            )
    return findings
