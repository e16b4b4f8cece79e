"""The Frictionless Data Package that describes the CSV files, written from the tables' models."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.check import columns_of
from schemas.catalogue import CATALOGUE, Published

VERSION = "1.0.0"
_LICENCE = {
    "name": "OGL-UK-3.0",
    "title": "Open Government Licence v3.0 (area codes); the papers' own licences are in the table papers",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
_DESCRIPTION = (
    "A text in the CSV files that a spreadsheet would run (it begins with =, +, -, @, a tab or a carriage return, "
    "and is no number) has a no-break space (U+00A0) before it; take the first one away to have it as printed. In the "
    "column `file` it is ./ instead. The Parquet files and the workbook hold every text as it is."
)
_ONS = {"title": "Office for National Statistics: codes of local authorities and police force areas"}


def describe_package(folder: Path, tables: Mapping[str, pa.Table]) -> dict[str, Any]:
    """The package: every CSV with its schema, keys, enumerations, licence and sources."""
    papers = tables["papers"].to_pylist()
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "panel-papers",
        "title": "Money and intentions of police-and-crime-panel papers",
        "version": VERSION,
        "description": _DESCRIPTION,
        "licenses": [_LICENCE],
        "sources": [
            _ONS,
            *(
                {"title": paper["title"] or paper["file"], "path": paper["source_url"] or paper["file"]}
                for paper in papers
            ),
        ],
        "resources": [_resource(folder, name) for name in tables],
    }


def _resource(folder: Path, name: str) -> dict[str, Any]:
    path = folder / f"{name}.csv"
    return {
        "name": name,
        "type": "table",
        "path": path.name,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "dialect": {"header": True, "delimiter": ",", "lineTerminator": "\n", "doubleQuote": True},
        "schema": table_schema(name),
    }


def table_schema(name: str) -> dict[str, Any]:
    """The Table Schema of an output table."""
    published = CATALOGUE[name]
    schema: dict[str, Any] = {
        "fields": [_field(published, column, kind) for column, kind in columns_of(published.model).items()],
        "missingValues": [""],
    }
    required = {field["name"] for field in schema["fields"] if field["constraints"].get("required")}
    if set(published.key) <= required:
        schema["primaryKey"] = list(published.key)
    if published.foreign:
        schema["foreignKeys"] = [
            {"fields": list(fields), "reference": {"resource": other, "fields": list(fields)}}
            for fields, other in published.foreign
        ]
    return schema


def _field(published: Published, name: str, kind: pa.DataType) -> dict[str, Any]:
    column = published.model.to_schema().columns[name]
    constraints: dict[str, Any] = {"required": True} if not column.nullable else {}
    for rule in column.checks:
        if rule.name == "isin":
            constraints["enum"] = list(rule.statistics["allowed_values"])
        elif rule.name == "str_matches":
            constraints["pattern"] = rule.statistics["pattern"]
    return {
        "name": name,
        "type": _type(kind),
        "description": column.metadata["meaning"],
        "constraints": constraints,
    }


def _type(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind) or pa.types.is_floating(kind):
        return "number"
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_boolean(kind):
        return "boolean"
    return "date" if pa.types.is_date(kind) else "string"
