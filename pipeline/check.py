"""Rows held against their tables' models; a row that fails is a finding and is still in the cells."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, get_type_hints

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa

from pipeline.spreadsheet import possible
from schemas.catalogue import CATALOGUE
from schemas.columns import Output, Placed
from schemas.records import Finding, Place
from schemas.rules import Rule

Row = dict[str, Any]


@cache
def columns_of(model: type[Output]) -> dict[str, pa.DataType]:
    """A table's columns and their types in the order in which they are published: the place columns last."""
    hints = get_type_hints(model, include_extras=True)
    names = list(model.to_schema().columns)
    last = list(Placed.to_schema().columns) if issubclass(model, Placed) else []
    ordered = [name for name in names if name not in last] + last
    return {name: hints[name].__metadata__[0] for name in ordered}


def check(rows: Mapping[str, Sequence[Row]]) -> tuple[dict[str, pa.Table], list[Finding]]:
    """Every table as Arrow columns of its own types, without the rows that fail, and a finding for each of those."""
    tables: dict[str, pa.Table] = {}
    findings: list[Finding] = []
    for name, own in rows.items():
        table = to_arrow(name, own)
        failed = {**_repeated(name, own), **dict(_failures(name, table))}
        if failed:
            findings += [_finding(name, own[number], reason) for number, reason in sorted(failed.items())]
            table = to_arrow(name, [row for number, row in enumerate(own) if number not in failed])
        tables[name] = table
    return tables, findings


def _repeated(name: str, rows: Sequence[Row]) -> dict[int, str]:
    """The numbers of the rows whose key an earlier row has; a key of a column that may be empty is none."""
    key = CATALOGUE[name].key
    seen: set[tuple[object, ...]] = set()
    repeated: dict[int, str] = {}
    for number, row in enumerate(rows):
        value = tuple(row[column] for column in key)
        if value in seen and None not in value:
            repeated[number] = f"{', '.join(key)} is {', '.join(map(str, value))} for an earlier row too"
        seen.add(value)
    return repeated


def to_arrow(name: str, rows: Sequence[Row]) -> pa.Table:
    """Rows as columns with the types of their model."""
    columns = columns_of(CATALOGUE[name].model)
    arrays = [pa.array([_possible(row[column]) for row in rows], kind) for column, kind in columns.items()]
    return pa.table(arrays, schema=pa.schema(list(columns.items())))


def _possible(value: Any) -> Any:
    return possible(value) if isinstance(value, str) else value


def _failures(name: str, table: pa.Table) -> Iterator[tuple[int, str]]:
    """The numbers of the rows that fail a check, each with the first reason."""
    frame = table.to_pandas(types_mapper=pd.ArrowDtype)
    try:
        CATALOGUE[name].model.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as faults:
        cases = faults.failure_cases.drop_duplicates("index")
        if cases["index"].isna().any():
            raise
        for number, column, value, rule in cases[["index", "column", "failure_case", "check"]].itertuples(index=False):
            yield int(number), f"{column} is {value!r}, which fails {rule}"


def _finding(name: str, row: Row, reason: str) -> Finding:
    at = Place(
        line=row.get("line"),
        page=row.get("page"),
        char_start=row.get("char_start"),
        char_end=row.get("char_end"),
    )
    message = f"A row of {name} was left out: {reason}."
    paper_id = row.get("paper_id") or str(row.get("table_id", "")).partition("/")[0]
    return Finding(Rule.ROW_INVALID, paper_id, message, at, row.get("table_id"), row.get("row"))
