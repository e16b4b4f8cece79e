"""A paper as the report shows it: its pages or lines, and all that was read from them, each with its place."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from pipeline.corrections import place_text

Row = dict[str, Any]
_OF_FIGURE = (
    "row", "item", "line_type", "part", "theme", "title", "description", "mechanism", "provider", "area_name",
    "area_code", "reach", "financial_year", "amount_gbp", "value_status", "estimated", "additive", "duplicate_of",
    "comment", "correction_id", "evidence",
)  # fmt: skip
_OF_TOTAL = (
    "scope", "item", "financial_year", "printed_gbp", "computed_gbp", "difference_gbp", "status", "explanation",
)  # fmt: skip


def by_paper(tables: Mapping[str, pa.Table]) -> dict[str, dict[str, list[Row]]]:
    """The rows of every table by paper and table; a table without a column for the paper goes by its table_id."""
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for name, table in tables.items():
        if "paper_id" in table.column_names or "table_id" in table.column_names:
            for row in table.to_pylist():
                found[row.get("paper_id") or row["table_id"].rpartition("/")[0]][name].append(row)
    return found


def paper_data(rows: Mapping[str, Sequence[Row]], shown: Mapping[str, Any], columns: Mapping[str, int]) -> Row:
    """All that the report needs of one paper; `shown` has its pages or its lines, `columns` those of its figures."""
    paper = rows["papers"][0]
    values = [*_figures(rows), *_codes(rows), *_measures(rows)]
    cells = _cells_by_table(rows.get("cells", ()))
    for value in values:
        column = value.get("column", columns.get(value["id"]))
        value["cell"] = _cell_of(value, cells.get(value["table"], []), column)
    return {
        "id": paper["paper_id"],
        "file": paper["file"],
        "title": paper["title"] or paper["file"],
        "sha256": paper["sha256"],
        **shown,
        "tables": [_table(table, cells.get(table["table_id"], [])) for table in rows.get("tables", ())],
        "values": sorted(values, key=_reading_order),
        "totals": list(_totals(rows)),
        "findings": [_finding(row) for row in rows.get("findings", ())],
    }


def at(row: Row) -> list[float] | None:
    """A place in short: page and box of a PDF, or line and characters of a text paper; None without one."""
    if row["page"] is not None:
        box = [row[name] for name in ("x0", "top", "x1", "bottom")]
        return [row["page"], *(round(edge, 2) for edge in box)] if None not in box else [row["page"]]
    if row["line"] is None:
        return None
    return [row["line"], row["char_start"], row["char_end"]]


def _reading_order(value: Row) -> tuple[float, ...]:
    """By page, then from top to bottom and from left to right, as far as it is known."""
    place = value["at"]
    if place is None:
        return (float("inf"),)
    return (place[0], place[2], place[1]) if len(place) == 5 else tuple(place)


def _figures(rows: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    for row in rows.get("allocations", ()):
        yield {
            "id": row["allocation_id"], "field": "amount", "table": row["table_id"], "raw": row["amount_raw"],
            "at": at(row), "place": place_text(row),
            "code": row["intention_code"], **{name: plain(row[name]) for name in _OF_FIGURE},
        }  # fmt: skip


def _codes(rows: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    """The codes of intentions, those they had before, and words in a code's place that fit no code."""
    for row in rows.get("intentions", ()):
        yield _code(row, row["code"], row["code_raw"], "code", row["description"])
    for row in rows.get("code_changes", ()):
        yield _code(row, row["old_code"], row["old_raw"], "previous code", f"now {row['new_code']}")
    for row in rows.get("findings", ()):
        if row["rule"] == "code-unreadable" and row["raw"]:
            yield _code(row, None, row["raw"], "unreadable code", row["message"])


def _code(row: Row, code: str | None, raw: str, what: str, words: str | None) -> Row:
    place = place_text(row)
    return {
        "id": f"{row['paper_id']}/{place.replace(' ', '-')}", "field": "code", "table": row["table_id"], "raw": raw,
        "at": at(row), "place": place, "code": code, "item": code or raw, "line_type": what, "title": words,
        "row": row.get("row"),
    }  # fmt: skip


def _measures(rows: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    for row in rows.get("measures", ()):
        yield {
            "id": f"{row['table_id']}/{row['row']}/{row['column']}", "field": "measure", "table": row["table_id"],
            "raw": row["raw"], "at": at(row), "place": place_text(row), "row": row["row"], "column": row["column"],
            "item": row["row_label"], "title": row["column_label"], "amount_gbp": plain(row["value"]),
            "line_type": row["unit"],
        }  # fmt: skip


def plain(value: Any) -> Any:
    """A value as JSON has it: amounts and dates as text, so that no digit is lost."""
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _cells_by_table(cells: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for cell in cells:
        found[cell["table_id"]].append(cell)
    return found


def _table(table: Row, cells: Sequence[Row]) -> Row:
    keys = ("number", "kind", "heading", "rows", "columns", "first_page", "last_page", "first_line", "last_line",
            "reader", "second_reader", "agreement")  # fmt: skip
    return {
        "id": table["table_id"],
        **{key: table[key] for key in keys},
        "cells": [
            [c["row"], c["column"], c["row_span"], c["column_span"], int(c["is_header"]), c["text"] or "", at(c)]
            for c in cells
        ],
    }


def _cell_of(value: Row, cells: Sequence[Row], column: int | None) -> list[int] | None:
    """Row and column of the cell in which a value is printed: in its row or one that goes on it, in its own column."""
    raw = _closed(value["raw"] or "")
    first = value["row"] or 0
    alike = [cell for cell in cells if raw and raw in _closed(cell["text"] or "") and cell["row"] >= first]
    best = min(alike, key=lambda cell: _distance(cell, value, column), default=None)
    return [best["row"], best["column"]] if best else None


def _distance(cell: Row, value: Row, column: int | None) -> tuple[bool, bool, int, int]:
    """How ill a cell fits a value whose words it holds: another place, another column, a later row."""
    elsewhere = value["at"] is None or not _holds(at(cell), value["at"])
    return elsewhere, column is not None and cell["column"] != column, cell["row"], cell["column"]


def _closed(text: str) -> str:
    return "".join(text.split())


def _holds(outer: Sequence[float] | None, inner: Sequence[float]) -> bool:
    """Whether the middle of a place is in another one."""
    if outer is None or len(outer) != len(inner):
        return False
    if len(inner) == 3:
        return outer[1] <= inner[1] and inner[2] <= outer[2]
    if len(inner) < 5 or outer[0] != inner[0]:
        return False
    x, y = (inner[1] + inner[3]) / 2, (inner[2] + inner[4]) / 2
    return outer[1] <= x <= outer[3] and outer[2] <= y <= outer[4]


def _totals(rows: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    """The printed totals with their parts; `figure` is the total itself where it is printed."""
    figures = {(row["table_id"], place_text(row)): row["allocation_id"] for row in rows.get("allocations", ())}
    for row in rows.get("reconciliation", ()):
        yield {
            "table": row["table_id"],
            "figure": figures.get((row["table_id"], place_text(row))),
            "parts": (row["parts"] or "").split(),
            **{name: plain(row[name]) for name in _OF_TOTAL},
        }


def _finding(row: Row) -> Row:
    names = {"id": "finding_id", "table": "table_id"}
    keys = ("rule", "severity", "row", "column", "message", "raw", "suggestion")
    return {
        **{short: row[name] for short, name in names.items()},
        **{key: row[key] for key in keys},
        "at": at(row),
    }
