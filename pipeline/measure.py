"""The figures of numeric tables that allocate no money."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.meaning import Column
from pipeline.money import NotMoney, read_count, read_money, read_percent, unit_of
from pipeline.reading import Reading, place_of, read, text_of
from pipeline.recognise import Recognised, body
from schemas.records import Cell, Finding, Place
from schemas.rules import Rule

_UNITS = {"bn", "billion", "million", "thousand"}


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure with its labels, in base units."""

    paper_id: str
    table_id: str
    row: int
    column: int
    row_label: str | None
    column_label: str | None
    raw: str
    value: Decimal
    unit: str
    scale: int
    place: Place


def measure(tables: Sequence[Recognised]) -> tuple[list[Measure], list[Finding]]:
    """The figures of all tables of measures, and of columns that give no money away, such as what was spent.

    One that could mean several values is a finding.
    """
    pairs = [_figures(known) for known in tables if known.kind == "measures" or known.having("measure")]
    return [one for found, _ in pairs for one in found], [one for _, faults in pairs for one in faults]


def _figures(known: Recognised) -> tuple[list[Measure], list[Finding]]:
    measures: list[Measure] = []
    findings: list[Finding] = []
    rows = body(known.table)
    labelled = bool(rows) and (not _is_figure(text_of(rows[0][0])) or known.columns[0].role != "amount")
    columns = known.having("measure") if known.kind != "measures" else range(1 if labelled else 0, known.table.columns)
    for number, row in enumerate(rows, known.table.header_rows):
        label = next((text for cell in row if (text := text_of(cell))), None) if labelled else None
        for cell in (row[column] for column in columns):
            if cell.lines and cell.row == number and known.columns[cell.column].role != "page":
                found = _figure(known, cell, label)
                if isinstance(found, Measure):
                    measures.append(found)
                elif found is not None:
                    findings.append(found)
    return measures, findings


def _is_figure(text: str) -> bool:
    """Whether a text is meant as a figure: digits, and no words but a unit."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return any(map(str.isdigit, text)) and all(word.lower() in _UNITS for word in words)


def _figure(known: Recognised, cell: Cell, label: str | None) -> Measure | Finding | None:
    reading = read(cell.lines)
    if not _is_figure(reading.text):
        return None
    place = place_of(reading, 0, len(reading.text))
    column = known.columns[cell.column]
    try:
        value, unit, scale = _value(reading, column)
    except NotMoney as fault:
        message = f"The figure cannot be read with certainty: {fault}."
        return Finding(
            Rule.MONEY_UNREADABLE if column.pounds or "£" in reading.text else Rule.FIGURE_UNREADABLE,
            known.paper_id,
            message,
            place,
            known.table_id,
            cell.row,
            cell.column,
            reading.text,
        )
    heading = text_of(_lowest_heading(known, cell.column)) or column.heading or None
    return Measure(
        known.paper_id,
        known.table_id,
        cell.row,
        cell.column,
        label,
        heading,
        reading.text,
        value,
        unit,
        scale,
        place,
    )


def _lowest_heading(known: Recognised, column: int) -> Cell | None:
    head = [cell for cell in known.table.cells if cell.is_header and cell.column == column and cell.lines]
    return head[-1] if head else None


def _value(reading: Reading, column: Column) -> tuple[Decimal, str, int]:
    """Value, unit and scale. Raises NotMoney where the figure could mean several values."""
    text = reading.text
    if text.endswith("%"):
        return read_percent(text), "percent", 1
    if "£" not in text and not column.pounds:
        return read_count(text), "count", 1
    amount = read_money(text, column.scale)
    if amount.pounds is None:
        raise NotMoney(f"{text!r} prints no value")
    return amount.pounds, "GBP", unit_of(text) or column.scale
