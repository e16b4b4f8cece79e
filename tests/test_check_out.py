"""The output held against the keyed answers, and each form of it against the others."""

import csv
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import frictionless
import pytest
from pyarrow import parquet

from pipeline.run import Run
from pipeline.spreadsheet import original
from schemas.catalogue import CATALOGUE

SHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
CODED = "Code\tCommissioning Intention\tFunding Mechanism\tAmount 2014/15\tAmount 2015/16\tComment\n"
ROW = "CI001 CI201\tWork\tDirect\t£5\t£6\tVia Team\n"
AREAS = "Area\tAllocation 2014/15\nBlaby\t£5\nMelton\t£6\n"


def test_output_holds_every_keyed_answer(run: Run, out: Path, shared: Path) -> None:
    assert run.results
    command = [sys.executable, shared / "check" / "check_out.py", out, shared / "expected", "--raw", shared / "papers"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "all checks hold"), done.stdout


def faults(package: Path) -> list[str]:
    """What frictionless finds wrong with a package."""
    report = frictionless.validate(package)
    return [fault.message for task in report.tasks for fault in task.errors] + [
        fault.message for fault in report.errors
    ]


def test_package_is_valid(run: Run, out: Path) -> None:
    assert run.tables
    assert faults(out / "datapackage.json") == []


@pytest.mark.parametrize(
    "files",
    [
        {"a.txt": AREAS},
        {"a.txt": CODED + ROW + ROW},
        {"a.txt": CODED + ROW + "\nMore.\n\n" + CODED + ROW},
        {"a.txt": CODED + "CI001 SP1 SP1 CI201 CI201\tWork\tDirect\t£5\t£6\tVia Team\n"},
        {"a.txt": CODED + ROW + CODED.replace("14", "12") + ROW, "b.txt": CODED + ROW + "\nMore.\n\n" + CODED + ROW},
        {"a.txt": b"", "b.txt": "Only words.\n"},
        {"a.txt": AREAS, "papers.csv": "file,police_area_code\na.txt,nowhere\n"},
        {"a.txt": AREAS, "papers.csv": 'file,title\na.txt,"Two\nlines, a ""quote"" and =1+1"\n'},
        {"a,b c.txt": AREAS, "é ü/#?.txt": AREAS},
    ],
    ids=["plain", "code twice", "two tables", "codes twice in a row", "copies", "nothing read", "invalid row", "quotes",
         "names"],
)  # fmt: skip
def test_package_of_an_odd_paper_is_valid(
    files: dict[str, str | bytes], ran: Callable[..., Run], tmp_path: Path
) -> None:
    ran(files)
    assert faults(tmp_path / "out" / "datapackage.json") == []


@pytest.mark.parametrize("name", CATALOGUE)
def test_csv_and_parquet_hold_the_same_rows(name: str, run: Run, out: Path) -> None:
    assert run.tables
    with (out / f"{name}.csv").open(newline="", encoding="utf-8") as handle:
        head, *rows = csv.reader(handle)
    table = parquet.read_table(out / f"{name}.parquet")
    assert head == table.column_names
    assert [[read(text, value) for text, value in zip(row, typed.values(), strict=True)]
            for row, typed in zip(rows, table.to_pylist(), strict=True)] == [
        list(typed.values()) for typed in table.to_pylist()
    ]  # fmt: skip


def read(text: str, like: object) -> object:
    """A CSV field as the type of a value."""
    if text == "":
        return None
    if isinstance(like, bool):
        return {"true": True, "false": False}[text]
    if isinstance(like, date):
        return date.fromisoformat(text)
    return type(like)(text) if isinstance(like, int | float | Decimal) else original(text)


@pytest.mark.parametrize("name", CATALOGUE)
def test_csv_has_the_contracts_form(name: str, run: Run, out: Path) -> None:
    assert run.tables
    data = (out / f"{name}.csv").read_bytes()
    assert (data.startswith(b"\xef\xbb\xbf"), b"\r" in data, data.endswith(b"\n")) == (False, False, True)


def test_amounts_are_plain(run: Run, out: Path) -> None:
    assert run.tables
    with (out / "allocations.csv").open(newline="", encoding="utf-8") as handle:
        amounts = {row["amount_gbp"] for row in csv.DictReader(handle)}
    assert [amount for amount in amounts if not re.fullmatch(r"|-?\d+\.\d\d", amount)] == []


def test_workbook_has_a_sheet_for_each_table_after_the_first(run: Run, out: Path) -> None:
    with ZipFile(out / "panel-papers.xlsx") as book:
        names = [
            sheet.get("name")
            for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iterfind(".//s:sheet", SHEET)
        ]
    assert names[1:] == list(run.tables)


def test_sheets_hold_as_many_rows_as_the_tables(run: Run, out: Path) -> None:
    with ZipFile(out / "panel-papers.xlsx") as book:
        sheets = [
            ElementTree.fromstring(book.read(f"xl/worksheets/sheet{n}.xml")) for n in range(2, len(run.tables) + 2)
        ]
    assert [len(sheet.findall(".//s:row", SHEET)) - 1 for sheet in sheets] == [t.num_rows for t in run.tables.values()]


def test_workbook_has_no_formula(ran: Callable[..., Run], tmp_path: Path) -> None:
    ran({"a.txt": "Area\tAllocation 2014/15\n=1+1\t£5\n@SUM(A1)\t£6\n"})
    with ZipFile(tmp_path / "out" / "panel-papers.xlsx") as book:
        sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert [sheet for sheet in sheets if b"<f>" in sheet] == []


def test_record_names_every_file_by_its_hash(run: Run, out: Path) -> None:
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert set(run.record["outputs"]) | {"run.json"} == files
