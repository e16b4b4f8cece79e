"""The same tables for people who work in a spreadsheet."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from pipeline.spreadsheet import harmless
from schemas.catalogue import CATALOGUE

# A workbook states when it was made; the same input must give the same bytes.
_MADE = datetime(2000, 1, 1)
_WIDTHS = {
    "message": 70,
    "explanation": 70,
    "text": 60,
    "description": 60,
    "comment": 50,
    "context": 60,
    "reason": 50,
}
_NARROW = 14
_MOST_CHARACTERS = 32_767
_MOST_ROWS = 1_048_575
_CUT = " … (cut here; the CSV has it all)"


def write_workbook(path: Path, tables: Mapping[str, pa.Table], record: Mapping[str, Any]) -> None:
    """A sheet for each table with real numbers and dates, and a first sheet that says what needs a person.

    Raises OSError where the file cannot be written.
    """
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    book.set_properties({"title": "Panel papers", "created": _MADE})
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#DDE6EE", "bottom": 1, "text_wrap": True, "valign": "top"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
        "text": book.add_format({"quote_prefix": True}),
    }
    _front(book, formats, tables, record)
    for name, table in tables.items():
        _sheet(book, formats, name, table)
    try:
        book.close()
    except FileCreateError as fault:
        raise OSError(*fault.args) from fault


def _front(book: Any, formats: Mapping[str, Any], tables: Mapping[str, pa.Table], record: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet("Start here")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 14)
    sheet.set_column(2, 2, 110)
    sheet.write_string(0, 0, "What was read from the papers, and what needs a person", formats["title"])
    line = _block(sheet, formats, 2, ("Count", "", ""), [(name, count, "") for name, count in record["counts"].items()])
    meanings = [
        (name, table.num_rows, " ".join((CATALOGUE[name].model.__doc__ or "").split()) + _left_out(table))
        for name, table in tables.items()
    ]
    line = _block(sheet, formats, line + 1, ("Sheet", "Rows", "One row is"), meanings)
    open_findings = [
        (row["paper_id"], row["severity"], row["message"])
        for severity in ("error", "warning")
        for row in tables["findings"].to_pylist()
        if row["severity"] == severity
    ]
    _block(sheet, formats, line + 1, ("Paper", "Severity", "What a person should look at"), open_findings)


def _left_out(table: pa.Table) -> str:
    """What is said of a table with more rows than a sheet can have."""
    return "" if table.num_rows <= _MOST_ROWS else f" The sheet has the first {_MOST_ROWS:,} rows; the CSV has all."


def _block(
    sheet: Any, formats: Mapping[str, Any], line: int, head: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> int:
    for column, text in enumerate(head):
        sheet.write_string(line, column, text, formats["head"])
    for number, row in enumerate(rows, line + 1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(number, column, value)
            else:
                sheet.write_string(number, column, _fitting(str(value)), formats["wrap"])
    return line + 1 + len(rows)


def _sheet(book: Any, formats: Mapping[str, Any], name: str, table: pa.Table) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    if table.num_columns:
        sheet.autofilter(0, 0, max(table.num_rows, 1), table.num_columns - 1)
    for column, (title, values) in enumerate(zip(table.column_names, table.columns, strict=True)):
        sheet.set_column(column, column, _WIDTHS.get(title, _NARROW))
        sheet.write_string(0, column, title, formats["head"])
        for row, value in enumerate(values.slice(0, _MOST_ROWS).to_pylist(), 1):
            _cell(sheet, formats, row, column, value)


def _fitting(text: str) -> str:
    """A text as long as a cell of a workbook can be, which says so where it was longer."""
    return text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - len(_CUT)] + _CUT


def _string(sheet: Any, formats: Mapping[str, Any], row: int, column: int, value: str) -> None:
    """A text as it is; one that would be run when somebody edits it is marked as text, as a person would mark it."""
    sheet.write_string(row, column, _fitting(value), formats["text"] if harmless(value) != value else None)


def _cell(sheet: Any, formats: Mapping[str, Any], row: int, column: int, value: object) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, Decimal):
        sheet.write_number(row, column, float(value), formats["money"])
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, str):
        _string(sheet, formats, row, column, value)
    else:
        sheet.write_datetime(row, column, value, formats["date"])
