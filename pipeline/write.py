"""The output folder: CSV and Parquet of the same rows, their description, a workbook, and a record of the run."""

import csv
import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from pipeline.kernel import exchange
from pipeline.package import describe_package
from pipeline.spreadsheet import harmless, harmless_path
from pipeline.workbook import write_workbook
from pipeline.workplace import PREVIOUS

# The file by which an output folder is known as ours; another folder is never replaced.
_RECORD = "run.json"
# The column that names a file; it must go on naming it.
_PATH = "file"


class NotOurs(Exception):
    """The folder to be replaced holds something else; the message is a sentence for people."""


def refuse_others(out: Path) -> None:
    """Raise NotOurs where `out` holds anything that no run of ours wrote."""
    if out.exists() and not out.is_dir():
        raise NotOurs(f"{out} is a file, not a folder.")
    if out.is_dir() and not _files(out) <= _written(out / _RECORD):
        raise NotOurs(
            f"{out} holds files that are not from an earlier run. Name an empty folder, or one that was written before."
        )


@contextmanager
def replacing(out: Path, place: Path) -> Iterator[Path]:
    """A folder in `place` that takes the place of `out` when all is written. What fails leaves `out` as it is."""
    fresh = Path(tempfile.mkdtemp(prefix="out-", dir=place))
    yield fresh
    fresh.chmod(0o755)
    refuse_others(out)
    if not out.exists():
        fresh.rename(out)
    elif not exchange(fresh, out):
        out.rename(place / PREVIOUS)
        fresh.rename(out)


def _files(folder: Path) -> set[str]:
    """Every file of a folder and the folders in it, by its path there."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _written(record: Path) -> set[str]:
    """The names of what an earlier run wrote, by its own record; none where there is no record to be read."""
    try:
        outputs = json.loads(record.read_text(encoding="utf-8"))["outputs"]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {record.name, *outputs}


def write(folder: Path, tables: Mapping[str, pa.Table], record: Mapping[str, Any]) -> None:
    """Every file of the output but the audit and the record. Raises OSError where the disk does not take it."""
    for name, table in tables.items():
        write_csv(folder / f"{name}.csv", table)
        parquet.write_table(table, folder / f"{name}.parquet", compression="zstd")
    package = describe_package(folder, tables)
    (folder / "datapackage.json").write_text(_json(package), encoding="utf-8")
    write_workbook(folder / "panel-papers.xlsx", tables, record)


def write_record(folder: Path, record: Mapping[str, Any]) -> dict[str, Any]:
    """Write the record of the run with the hash of every other file; return it as written."""
    outputs = {name: sha256(folder / name) for name in sorted(_files(folder) - {_RECORD})}
    whole = {**record, "outputs": outputs}
    (folder / _RECORD).write_text(_json(whole), encoding="utf-8")
    return whole


def write_csv(path: Path, table: pa.Table) -> None:
    r"""RFC 4180 with a header row, UTF-8, `\\n` line ends; null is empty; text that would be run is harmless."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(table.column_names)
        columns = zip(table.column_names, table.columns, strict=True)
        writer.writerows(zip(*(_printed(name, column) for name, column in columns), strict=True))


def _printed(name: str, column: pa.ChunkedArray) -> Iterable[str]:
    if pa.types.is_string(column.type):
        safe = harmless_path if name == _PATH else harmless
        return [safe(value or "") for value in column.to_pylist()]
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
