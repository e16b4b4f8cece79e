"""Results as rows of the output tables, in the order of their places in the papers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from extractors.files.magic import PDF
from extractors.hyphenated import SOFT
from extractors.pages.boxes import around, boxed
from pipeline.account import with_names
from pipeline.drafts import Intention
from pipeline.links import Link
from pipeline.providers import provider_rows
from pipeline.recognise import Recognised
from pipeline.reconcile import Check, explanation
from pipeline.result import Result
from schemas.records import Allocation, Cell, Finding, Paper, Place

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = dict[str, Any]


def tabulate(results: Sequence[Result], links: Sequence[Link]) -> dict[str, list[Row]]:
    """The rows of every output table but `findings`, which checking may still add to."""
    rows: dict[str, list[Row]] = {
        "papers": [_paper(result.paper) for result in results],
        "tables": [], "cells": [], "allocations": [], "intentions": [], "intention_priorities": [], "priorities": [],
        "code_changes": [], "intention_links": [_columns(each) for each in links],
        **provider_rows(results), "measures": [], "money": [], "reconciliation": [],
    }  # fmt: skip
    for result in results:
        for name, more in _of_paper(result).items():
            rows[name] += more
    return rows


def _of_paper(result: Result) -> dict[str, list[Row]]:
    paper_id = result.paper.paper_id
    return {
        "tables": [_table(result, known, number) for number, known in enumerate(result.tables, 1)],
        "cells": [_cell(result, known.table_id, cell) for known in result.tables for cell in known.table.cells],
        "allocations": [_allocation(result, line) for line in _in_order(result)],
        "intentions": [_intention(result, each) for each in result.intentions],
        "intention_priorities": [row for each in result.intentions for row in _priorities_of(each)],
        "priorities": [
            {
                "paper_id": paper_id,
                "code": f"SP{p.number}",
                "theme": p.theme,
                "title": p.title,
                **place(result, p.place),
            }
            for p in result.priorities
        ],
        "code_changes": [row for each in result.intentions for row in _changes(result, each)],
        "measures": [{**_without_place(_columns(m)), **place(result, m.place)} for m in result.measures],
        "money": [
            {"money_id": name, **_without_place(_columns(m)), **place(result, m.place)}
            for name, m in with_names(result.money)
        ],
        "reconciliation": [_check(result, check) for check in result.checks],
    }


def _in_order(result: Result) -> list[Allocation]:
    tables = {known.table_id: number for number, known in enumerate(result.tables)}
    return sorted(result.allocations, key=lambda a: (tables[a.table_id], a.row, a.place.char_start or 0, a.column))


def place(result: Result, at: Place) -> Row:
    """The place columns: lines and characters of a text paper, pages and boxes of a PDF.

    Lines in links count from 0, as RFC 5147 does.
    """
    return _placed(result, boxed(at, result.glyphs) if result.paper.media_type == PDF else at)


def _placed(result: Result, at: Place) -> Row:
    ref = f"raw/{quote(result.paper.file)}"
    if at.page is not None:
        ref += f"#page={at.page}"
        if at.x0 is not None and at.top is not None and at.x1 is not None and at.bottom is not None:
            ref += f"&viewrect={at.x0:.0f},{at.top:.0f},{at.x1 - at.x0:.0f},{at.bottom - at.top:.0f}"
    elif at.line is not None:
        ref += f"#line={at.line - 1},{at.line}"
    return {**_columns(at), "source_ref": ref}


def _cell_place(result: Result, cell: Cell) -> Place:
    """A cell's place; in a PDF from the offsets of its words to the box around all its lines on the first page."""
    if result.paper.media_type != PDF or not cell.lines:
        return cell.place
    boxes = [boxed(line.place, result.glyphs) for line in cell.lines]
    return around([box for box in boxes if box.page == boxes[0].page])


def _columns(record: "DataclassInstance") -> Row:
    """A record's fields as they are; `dataclasses.asdict` would copy every value within them."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _without_place(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "place"}


def _paper(paper: Paper) -> Row:
    row = _columns(paper)
    return {"bytes": row.pop("size"), **row}


def _table(result: Result, known: Recognised, number: int) -> Row:
    table = known.table
    start, end = place(result, table.place), place(result, table.end)
    return {
        "table_id": known.table_id, "paper_id": known.paper_id, "number": number, "kind": known.kind,
        "heading": known.heading, "first_page": start["page"], "last_page": end["page"],
        "first_line": start["line"], "last_line": end["line"], "rows": table.rows, "columns": table.columns,
        "reader": table.reader, "second_reader": table.second_reader, "agreement": _agreement(table.cells), **start,
    }  # fmt: skip


def _agreement(cells: Sequence[Cell]) -> float | None:
    """The share of cells on which the second reader agrees, of those that it has; None where it has none."""
    said = [
        cell.agrees for cell in cells
        if cell.agrees is not None and any(char.isdigit() for line in cell.lines for char in line.text)
    ]  # fmt: skip
    return round(sum(said) / len(said), 4) if said else None


def _printed(cell: Cell) -> str:
    """A cell's lines as they stand; a hyphen that divides a word is one there."""
    return "\n".join(line.text for line in cell.lines).replace(SOFT, "-")


def _cell(result: Result, table_id: str, cell: Cell) -> Row:
    return {
        "table_id": table_id, "row": cell.row, "column": cell.column, "row_span": cell.row_span,
        "column_span": cell.column_span, "is_header": cell.is_header,
        "text": _printed(cell) or None, "confidence": cell.confidence,
        **_placed(result, _cell_place(result, cell)),
    }  # fmt: skip


def _allocation(result: Result, line: Allocation) -> Row:
    row = _without_place({**_columns(line), "amount_raw": line.amount_raw or None})
    del row["column"]
    return {**row, **place(result, line.place)}


def _intention(result: Result, each: Intention) -> Row:
    return {
        "paper_id": each.known.paper_id, "table_id": each.known.table_id, "code": each.code.code,
        "code_raw": each.code.raw, "legacy_codes": " ".join(code.code for code, _ in each.legacy) or None,
        "description": each.description, "theme": each.known.theme,
        "priorities": " ".join(code.code for code in each.priorities) or None,
        "mechanisms": "; ".join(each.mechanisms) or None, "comment": each.comment, "footnote": each.footnote,
        **place(result, each.place),
    }  # fmt: skip


def _priorities_of(each: Intention) -> Iterator[Row]:
    for code in each.priorities:
        yield {
            "paper_id": each.known.paper_id, "table_id": each.known.table_id, "code": each.code.code,
            "priority": code.code, "footnoted": code.footnoted,
        }  # fmt: skip


def _changes(result: Result, each: Intention) -> Iterator[Row]:
    for old, at in each.legacy:
        yield {
            "paper_id": each.known.paper_id, "table_id": each.known.table_id, "old_code": old.code,
            "old_raw": old.raw, "new_code": each.code.code, "new_raw": each.code.raw, **place(result, at),
        }  # fmt: skip


def _check(result: Result, check: Check) -> Row:
    printed = check.printed.amount_gbp if check.printed else None
    difference = None
    if printed is not None and check.computed is not None and check.status != "nothing-to-add":
        difference = printed - check.computed
    return {
        "table_id": check.table_id, "paper_id": check.paper_id, "scope": check.scope, "item": check.item,
        "financial_year": check.financial_year, "printed_gbp": printed, "computed_gbp": check.computed,
        "difference_gbp": difference, "status": check.status,
        "parts": " ".join(part.allocation_id for part in check.parts) or None, "explanation": explanation(check),
        **place(result, check.place),
    }  # fmt: skip


def findings_rows(results: Mapping[str, Result], findings: Sequence[Finding]) -> list[Row]:
    """Findings by paper and place, each with a name."""
    order = {paper_id: number for number, paper_id in enumerate(results)}
    ranked = sorted(findings, key=lambda f: (order[f.paper_id], _where(f), f.rule.name, f.message))
    counts: dict[str, int] = {}
    rows = []
    for each in ranked:
        number = counts[each.paper_id] = counts.get(each.paper_id, 0) + 1
        rows.append({
            "finding_id": f"{each.paper_id}/f{number:03d}", "rule": each.rule.slug, "severity": each.rule.severity,
            "paper_id": each.paper_id, "table_id": each.table_id, "row": each.row, "column": each.column,
            "message": each.message, "raw": each.raw or None, "suggestion": each.suggestion,
            **place(results[each.paper_id], each.place),
        })  # fmt: skip
    return rows


def _where(each: Finding) -> tuple[int, int, int, float]:
    at = each.place
    return at.page or 0, at.line or 0, at.char_start or 0, at.top or 0.0
