"""The output folder: CSV and Parquet of the same rows, their description, a workbook, and a record of the run."""

import csv
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from pipeline.package import describe_package
from pipeline.workbook import write_workbook

# The file by which an output folder is known as ours; another folder is never replaced.
_RECORD = "run.json"


class NotOurs(Exception):
    """The folder to be replaced holds something else; the message is a sentence for people."""


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A folder beside `out` that takes its place when all is written, and vanishes when something fails."""
    out = out.absolute()
    if out.exists() and not out.is_dir():
        raise NotOurs(f"{out} is a file, not a folder.")
    if out.is_dir() and not {path.name for path in out.iterdir()} <= _written(out / _RECORD):
        raise NotOurs(
            f"{out} holds files that are not from an earlier run. Name an empty folder, or one that was written before."
        )
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        yield fresh
        fresh.chmod(0o755)
        _take_place(fresh, out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _written(record: Path) -> set[str]:
    """The names of what an earlier run wrote, by its own record; none where there is no record to be read."""
    try:
        outputs = json.loads(record.read_text(encoding="utf-8"))["outputs"]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {record.name, *outputs}


def _take_place(fresh: Path, out: Path) -> None:
    old = out.with_name(f".{out.name}-old-{os.getpid()}")
    if out.exists():
        out.rename(old)
    fresh.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def write(folder: Path, tables: Mapping[str, pa.Table], record: dict[str, Any]) -> None:
    """Every file of the output but the audit. Raises OSError where the disk does not take it."""
    for name, table in tables.items():
        write_csv(folder / f"{name}.csv", table)
        parquet.write_table(table, folder / f"{name}.parquet", compression="zstd")
    package = describe_package(folder, tables)
    (folder / "datapackage.json").write_text(_json(package), encoding="utf-8")
    write_workbook(folder / "panel-papers.xlsx", tables, record)
    record["outputs"] = {path.name: sha256(path) for path in sorted(folder.iterdir())}
    (folder / _RECORD).write_text(_json(record), encoding="utf-8")


def write_csv(path: Path, table: pa.Table) -> None:
    r"""RFC 4180 with a header row, UTF-8, `\\n` line ends; null is empty."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(table.column_names)
        writer.writerows(zip(*(_printed(column) for column in table.columns), strict=True))


def _printed(column: pa.ChunkedArray) -> Iterable[str]:
    return [_text(value) for value in column.to_pylist()]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:g}" if isinstance(value, float) else str(value)


def plain(value: Decimal) -> str:
    """A number with two decimals, or more where it has them.

    >>> plain(Decimal("290000")), plain(Decimal("173.8750"))
    ('290000.00', '173.875')
    """
    exact = value.normalize()
    places = max(2, -int(exact.as_tuple().exponent))
    return f"{exact:.{places}f}"


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
