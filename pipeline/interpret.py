"""From recognised tables to rows with meaning, values still as printed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.codes import find_codes
from pipeline.drafts import Draft, Interpreted, finding, of_cell, stack
from pipeline.intentions import intention_row
from pipeline.names import split_name
from pipeline.reading import read
from pipeline.recognise import ALLOCATING, Recognised, body, grouped, joined_text
from pipeline.stacked import mechanisms_in
from schemas.records import Cell, Finding
from schemas.rules import Rule
from schemas.vocabulary import fold, totals

_LABELS = ("code", "theme", "initiative", "area", "proposal")
# A label that ends in a word for a total, or opens with one.
_WORD = r"grand total|sub-?\s?total|total"
# A label that ends in a word for a total, or opens with one and adds a year, a bracket or what was done (`awarded`).
_TOTAL = re.compile(
    rf"(?:^|\s)(?P<word>{_WORD})s?\s*:?$|^(?P<opens>{_WORD})s?(?:\s+(?:\w+ed|\d[\d/]*|\([^)]*\)))+\s*:?$", re.I
)


def interpret(known: Recognised) -> Interpreted:
    """The rows of a table that allocates money; nothing for one that does not."""
    if known.kind not in ALLOCATING:
        return Interpreted()
    rows = body(known.table)
    if known.kind == "commissioning-intentions":
        return joined(_intention_rows(known, grouped(rows, known.having("code")[0])))
    return joined([_plain_row(known, row, rows[index + 1 :]) for index, row in enumerate(rows)])


def _intention_rows(known: Recognised, rows: Sequence[tuple[Cell, ...]]) -> Iterator[Interpreted]:
    """Rows with a code; totals over them; a row that is only a label, such as a section's name, gives nothing."""
    for index, row in enumerate(rows):
        label = joined_text(row, known.having("code"))
        if _TOTAL.search(label):
            yield _plain_row(known, row, rows[index + 1 :])
        elif any(row[column].lines for column in known.having("amount")) or find_codes(label)[0]:
            yield intention_row(known, row)


def joined(parts: Iterable[Interpreted]) -> Interpreted:
    """Several results as one, in their order."""
    parts = list(parts)
    return Interpreted(
        tuple(draft for part in parts for draft in part.drafts),
        tuple(intention for part in parts for intention in part.intentions),
        tuple(item for part in parts for item in part.findings),
    )


def _plain_row(known: Recognised, row: tuple[Cell, ...], below: Sequence[tuple[Cell, ...]]) -> Interpreted:
    """A row that names an initiative, an area or a proposal, or a total over such rows."""
    label = _label(known, row)
    line_type = _line_type(known, row, label, below)
    base = _item(known, row) if line_type == "item" else Draft(known, row[0].row, 0, "", row[0].place, label)
    base = replace(base, line_type=line_type, theme=_theme(known, row))
    drafts: list[Draft] = []
    findings: list[Finding] = []
    if not label and not any(row[c].lines for c in known.having("amount")):
        return Interpreted()
    for column in known.having("amount"):
        own = of_cell(base, row[column])
        more, faults = stack(known, row[0].row, column, read(row[column].lines), own)
        drafts += more
        findings += faults
    findings += _row_findings(known, row, drafts)
    return Interpreted(tuple(drafts), (), tuple(findings))


def _line_type(known: Recognised, row: tuple[Cell, ...], label: str, below: Sequence[tuple[Cell, ...]]) -> str:
    """Item, or the kind of total that the label says; a heading with a colon is one if its lines have amounts."""
    amounts = known.having("amount")
    if match := _TOTAL.search(label):
        said = fold(match["word"] or match["opens"])
        word = totals()[re.sub(r"sub-?\s?total", "subtotal", said)]
        more = any(other[column].lines for other in below for column in amounts)
        whole = bool(match["opens"]) or fold(label).rstrip(": s") == said.rstrip("s")
        return ("subtotal" if more or not whole else "grand_total") if word == "total" else word
    following = below[0] if below else None
    opens = known.kind == "budget-lines" and label.endswith(":") and any(row[c].lines for c in amounts)
    if opens and following is not None and any(following[column].lines for column in amounts):
        return "item" if _TOTAL.search(_label(known, following)) else "subtotal"
    return "item"


def _label(known: Recognised, row: tuple[Cell, ...]) -> str:
    return next((text for role in _LABELS if (text := joined_text(row, known.having(role)))), "")


def _theme(known: Recognised, row: tuple[Cell, ...]) -> str | None:
    """The words that state the row's theme: its own column, or the one that links it to the plan."""
    return joined_text(row, known.having("theme")) or joined_text(row, known.having("linkage")) or None


def _item(known: Recognised, row: tuple[Cell, ...]) -> Draft:
    """What a row says of its item: name and description, provider, mechanism, priorities, reach."""

    def said(role: str) -> str | None:
        text = joined_text(row, known.having(role))
        return text if text and text not in ("-", "–") else None

    name, description = said("initiative") or said("area") or said("proposal") or "", None
    if known.kind == "commitments":
        name, description = split_name(name)
    mechanism = said("mechanism")
    found = mechanisms_in(read(row[known.having("mechanism")[0]].lines))[0] if mechanism else []
    return Draft(
        known, row[0].row, 0, "", row[0].place, name,
        title=name or None,
        description=description,
        mechanism=found[0][0] if len(found) == 1 else None,
        provider=said("provider"),
        area=said("area"),
        reach=said("reach"),
        primary_priority=said("primary_priority"),
        secondary_priority=said("secondary_priority"),
        need=said("need"),
        comment=said("comment"),
    )  # fmt: skip


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
