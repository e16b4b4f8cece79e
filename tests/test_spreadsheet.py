"""Text that a spreadsheet would run is harmless in every file, and can be had back."""

import csv
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from pipeline.run import Run
from pipeline.spreadsheet import harmless, original, possible

HOSTILE = ["=1+1", "@SUM(A1)", "+1+1|cmd", "-2+3", "-cmd|' /C calc'!A0", '=HYPERLINK("x")', "+A1", "-A1"]
PLAIN = ["\u00a0North", "-5.3", "-", "+44", "-£5", "- £5,000", "-38.9%", "-£1.5m", "North", "'tis", "1-2", ""]


@pytest.mark.parametrize("text", [*HOSTILE, "\t=1", "\r=1"])
def test_text_that_would_be_run_is_harmless(text: str) -> None:
    assert (harmless(text), original(harmless(text))) == (f"\u00a0{text}", text)


@pytest.mark.parametrize("text", PLAIN)
def test_numbers_and_other_text_are_left_alone(text: str) -> None:
    assert (harmless(text), original(text)) == (text, text)


@given(st.text("=+-@\t\r\u00a0 a1£.,%()", max_size=8) | st.text())
def test_harmless_text_can_be_had_back_and_is_harmless(text: str) -> None:
    safe = harmless(text)
    assert original(safe) == text
    assert not re.match(r"[=@\t\r]", safe)
    assert not (safe[:1] in ("+", "-") and re.search(r"[^\W\d_]{2}|[(|!]", safe.removesuffix("bn").removesuffix("BN")))


@given(st.text(st.characters(exclude_categories=())))
def test_possible_text_is_text_everywhere(text: str) -> None:
    safe = possible(text)
    assert len(safe) == len(text)
    ElementTree.fromstring(f"<a>{safe.translate({38: ' ', 60: ' '})}</a>".encode())


@pytest.fixture
def table(ran: Callable[..., Run], tmp_path: Path) -> Path:
    ran(
        {
            "a.txt": "Area\tAllocation 2014/15\n"
            + "".join(f"{text}\t£{n}\n" for n, text in enumerate(HOSTILE + PLAIN[:2], 5))
        }
    )
    return tmp_path / "out"


def test_csv_has_no_cell_that_would_be_run(table: Path) -> None:
    cells = [
        cell
        for path in table.glob("*.csv")
        for row in csv.reader(path.open(newline="", encoding="utf-8"))
        for cell in row
    ]
    bad = [c for c in cells if re.match(r"[=+\-@\t\r]", c) and not re.fullmatch(r"[+-][\d.,]*", c)]
    assert bad == []


def test_parquet_has_the_text_and_csv_gives_it_back(table: Path) -> None:
    with (table / "cells.csv").open(newline="", encoding="utf-8") as handle:
        printed = [original(row["text"]) for row in csv.DictReader(handle)]
    assert printed == parquet.read_table(table / "cells.parquet").column("text").to_pylist()
    assert set(HOSTILE) <= set(printed)


def test_workbook_has_the_text_as_text(table: Path) -> None:
    with ZipFile(table / "panel-papers.xlsx") as book:
        strings = book.read("xl/sharedStrings.xml").decode()
        sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert b"quotePrefix" in book.read("xl/styles.xml")
    assert "=1+1</t>" in strings
    assert [sheet for sheet in sheets if b"<f>" in sheet] == []


@pytest.mark.parametrize("name", ["-a.txt", "=a.txt", "+a.txt", "@a.txt"])
def test_a_files_name_stays_the_name_of_that_file(name: str, ran: Callable[..., Run], tmp_path: Path) -> None:
    ran({name: "Area\tAllocation 2014/15\nBlaby\t£5\n"})
    with (tmp_path / "out" / "papers.csv").open(newline="", encoding="utf-8") as handle:
        file = next(csv.DictReader(handle))["file"]
    assert (file, (tmp_path / "raw" / file).is_file()) == (f"./{name}", True)
