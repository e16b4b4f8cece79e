"""The five laws, held over the real papers where they are at hand and over the specimens always."""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from extractors.text import decode
from pipeline.run import run as pipeline_run
from schemas.allocations import EVIDENCE
from schemas.rules import Rule

Row = dict[str, Any]
# What converters leave behind and prints nothing; a line break within a cell prints as a blank.
MARKUP = re.compile(r"</?[a-z]+(?:\s[^<>]*)?/?>|\\(?=[*_#\\|])|[\u00ad\u200b-\u200f\u2060\ufeff]", re.IGNORECASE)
SEVERE = {rule.slug for rule in Rule if rule.severity == "error"}


@dataclass(frozen=True)
class Read:
    """One paper: its decoded text, and the tables that a run over it alone gives."""

    text: str
    tables: dict[str, pa.Table]

    def rows(self, name: str) -> list[Row]:
        """The rows of a table."""
        return self.tables[name].to_pylist()


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Read]:
    """Runs the pipeline over one paper alone, once."""
    known: dict[Path, Read] = {}

    def read(path: Path) -> Read:
        if path not in known:
            folder = tmp_path_factory.mktemp("laws")
            data = path.read_bytes()
            (folder / "raw").mkdir()
            (folder / "raw" / path.name).write_bytes(data)
            known[path] = Read(decode(data)[0], pipeline_run(folder / "raw", folder / "out").tables)
        return known[path]

    return read


@pytest.fixture
def paper(paper_path: Path, read_once: Callable[[Path], Read]) -> Read:
    """One paper, real or specimen, as read."""
    return read_once(paper_path)


def plain(text: str) -> str:
    """Printed text without markup, white space folded."""
    return " ".join(MARKUP.sub(" ", text.replace("<br>", " ")).split())


def squeezed(text: str) -> str:
    """Printed text without markup and without any white space."""
    return "".join(MARKUP.sub("", text).split())


def lines_of(paper: Read, table: Row) -> list[str]:
    """The lines of the paper that belong to a table."""
    return paper.text.split("\n")[table["first_line"] - 1 : table["last_line"]]


def cells_of(paper: Read) -> dict[str, list[Row]]:
    """The cells of each table."""
    found = defaultdict(list)
    for cell in paper.rows("cells"):
        found[cell["table_id"]].append(cell)
    return found


def grand_totals(paper: Read) -> Iterator[tuple[str, Row]]:
    """Each printed grand total with its table."""
    for line in paper.rows("allocations"):
        if line["line_type"] == "grand_total" and line["value_status"] == "printed":
            yield line["table_id"], line


# Nothing lost


def test_every_piece_of_a_tabbed_line_is_a_cell_or_a_finding(paper: Read) -> None:
    cells, findings = cells_of(paper), paper.rows("findings")
    lost = []
    for table in paper.rows("tables"):
        if table["reader"] == "tabs":
            held = [squeezed(cell["text"] or "") for cell in cells[table["table_id"]]]
            held += [squeezed(found["raw"] or "") for found in findings if found["table_id"] == table["table_id"]]
            pieces = (squeezed(piece) for line in lines_of(paper, table) for piece in line.split("\t"))
            lost += [piece for piece in pieces if piece and not any(piece in text for text in held)]
    assert lost == []


def test_every_word_of_an_untabbed_table_is_in_a_cell_or_a_finding(paper: Read) -> None:
    cells = cells_of(paper)
    lost = []
    for table in paper.rows("tables"):
        if table["reader"] != "tabs":
            held = Counter(word for cell in cells[table["table_id"]] for word in plain(cell["text"] or "").split())
            held.update(word for found in paper.rows("findings") if found["table_id"] == table["table_id"]
                        for word in plain(found["raw"] or "").split())  # fmt: skip
            printed = Counter(word for line in lines_of(paper, table) for word in plain(line).split())
            lost += list((printed - held).elements())
    assert lost == []


def test_every_cell_place_of_a_table_has_a_cell(paper: Read) -> None:
    cells = cells_of(paper)
    for table in paper.rows("tables"):
        places = [(cell["row"], cell["column"]) for cell in cells[table["table_id"]]]
        assert places == [(row, column) for row in range(table["rows"]) for column in range(table["columns"])]


def test_every_pound_sign_is_in_money_once(paper: Read) -> None:
    held = [at for row in paper.rows("money") for at in range(row["char_start"], row["char_end"])
            if paper.text[at] == "£"]  # fmt: skip
    assert sorted(held) == [at for at, char in enumerate(paper.text) if char == "£"]


def test_every_tab_outside_a_table_is_told(paper: Read) -> None:
    inside = {line for table in paper.rows("tables") for line in range(table["first_line"], table["last_line"] + 1)}
    told = {found["line"] for found in paper.rows("findings")}
    tabbed = [number for number, line in enumerate(paper.text.split("\n"), 1) if "\t" in line and line.strip()]
    assert [number for number in tabbed if number not in inside | told] == []


# Nothing invented


def test_every_amount_stands_at_its_place(paper: Read) -> None:
    wrong = [
        row
        for row in paper.rows("allocations")
        if row["amount_raw"] and paper.text[row["char_start"] : row["char_end"]] != row["amount_raw"]
    ]
    assert wrong == []


@pytest.mark.parametrize("table", ["money", "measures"])
def test_every_figure_stands_at_its_place(paper: Read, table: str) -> None:
    wrong = [
        row for row in paper.rows(table) if plain(paper.text[row["char_start"] : row["char_end"]]) != plain(row["raw"])
    ]
    assert wrong == []


def test_every_cell_of_one_line_stands_at_its_place(paper: Read) -> None:
    single = [cell for cell in paper.rows("cells") if cell["text"] and "\n" not in cell["text"]]
    wrong = [
        cell for cell in single if squeezed(paper.text[cell["char_start"] : cell["char_end"]]) != squeezed(cell["text"])
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("table", "column"), [("intentions", "code_raw"), ("code_changes", "old_raw"), ("priorities", "title")]
)
def test_every_code_and_title_stands_at_its_place(paper: Read, table: str, column: str) -> None:
    lines = paper.text.split("\n")
    wrong = []
    for row in paper.rows(table):
        at = plain(" ".join(lines[row["line"] - 1 : row["line"] + 3]))
        wrong += [row] if plain(row[column]) not in at else []
    assert wrong == []


def test_line_and_characters_name_the_same_place(paper: Read) -> None:
    for name in paper.tables:
        for row in paper.rows(name):
            if row.get("char_start") is not None:
                assert paper.text.count("\n", 0, row["char_start"]) + 1 == row["line"]


def test_no_amount_is_published_where_none_is_printed(paper: Read) -> None:
    assert [
        row
        for row in paper.rows("allocations")
        if (row["amount_gbp"] is None) == (row["value_status"] in ("printed", "nil"))
    ] == []


# Nothing silent


def test_evidence_is_one_of_the_four(paper: Read) -> None:
    assert {row["evidence"] for row in paper.rows("allocations")} <= set(EVIDENCE)


def test_every_row_up_for_review_has_an_error(paper: Read) -> None:
    errors = {found["table_id"] for found in paper.rows("findings") if found["rule"] in SEVERE}
    assert [
        row for row in paper.rows("allocations") if row["evidence"] == "review" and row["table_id"] not in errors
    ] == []


def test_every_total_that_disagrees_has_an_error(paper: Read) -> None:
    told = {(found["table_id"], found["char_start"]) for found in paper.rows("findings")
            if found["rule"] == Rule.TOTAL_DISAGREES.slug}  # fmt: skip
    checks = [check for check in paper.rows("reconciliation") if check["status"] == "disagrees"]
    assert [check for check in checks if (check["table_id"], check["char_start"]) not in told] == []


def test_every_repaired_code_has_a_finding(paper: Read) -> None:
    told = {(found["char_start"], found["raw"]) for found in paper.rows("findings") if found["rule"] == "code-repaired"}
    codes = [(row["char_start"], row["code_raw"], row["code"]) for row in paper.rows("intentions")]
    codes += [(row["char_start"], row["old_raw"], row["old_code"]) for row in paper.rows("code_changes")]
    assert [code for code in codes if code[1].rstrip("*") != code[2] and code[:2] not in told] == []


def test_additive_rows_add_up_to_the_printed_grand_total(paper: Read) -> None:
    sums: dict[tuple[str, str | None], Decimal] = defaultdict(Decimal)
    for row in paper.rows("allocations"):
        if row["additive"]:
            sums[row["table_id"], row["financial_year"]] += row["amount_gbp"] or 0
    wrong = [
        (line["item"], sums[table_id, line["financial_year"]], line["amount_gbp"])
        for table_id, line in grand_totals(paper)
        if sums[table_id, line["financial_year"]] != line["amount_gbp"]
    ]
    assert wrong == []


def test_every_paper_ends_in_one_state_with_its_reason(paper: Read) -> None:
    [row] = paper.rows("papers")
    assert (row["status"] == "read") == (row["reason"] is None)


# Same in, same bytes out


@pytest.fixture(scope="module")
def two_runs(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same files copied in two orders into two folders, read by two processes with other hash seeds."""
    files = [path for path in [*(root.parent / "shared" / "papers").glob("*.txt"), *(root / "raw").iterdir()]
             if path.is_file()]  # fmt: skip
    outs = []
    for seed, order in (("0", sorted(files)), ("4242", sorted(files, reverse=True))):
        folder = tmp_path_factory.mktemp(f"seed{seed}")
        (folder / f"raw{seed}").mkdir()
        for path in order:
            (folder / f"raw{seed}" / path.name).write_bytes(path.read_bytes())
        code = f"import sys; sys.path.insert(0, {str(root)!r}); from pipeline.cli import main; main()"
        command = [sys.executable, "-c", code, "extract", f"raw{seed}", "--out", f"out{seed}"]
        subprocess.run(command, cwd=folder, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
        outs.append(folder / f"out{seed}")
    return outs[0], outs[1]


def digests(folder: Path) -> dict[str, str]:
    """Every file but the record of the run, by its hash."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != "run.json"}  # fmt: skip


def test_same_papers_give_the_same_bytes(two_runs: tuple[Path, Path]) -> None:
    assert digests(two_runs[0]) == digests(two_runs[1])


def test_records_of_two_runs_differ_in_seconds_only(two_runs: tuple[Path, Path]) -> None:
    first, second = ({**json.loads((out / "run.json").read_text(encoding="utf-8")), "seconds": 0} for out in two_runs)
    assert first == second


# One bad paper


@pytest.fixture(scope="module")
def beside_bad(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, pa.Table], dict[str, pa.Table]]:
    """The specimens alone, and beside papers that cannot be read."""
    good = {path.name: path.read_bytes() for path in (root / "raw").glob("*.txt")}
    bad = {"0-empty.txt": b"", "m-binary.txt": bytes(range(256)) * 40, "z-page.txt": b"<html></html>"}
    given = []
    for name, files in (("alone", good), ("beside", good | bad)):
        folder = tmp_path_factory.mktemp(name)
        (folder / "raw").mkdir()
        for file, data in files.items():
            (folder / "raw" / file).write_bytes(data)
        given.append(pipeline_run(folder / "raw", folder / "out").tables)
    return given[0], given[1]


def test_bad_papers_change_no_row_of_the_good(beside_bad: tuple[dict[str, pa.Table], dict[str, pa.Table]]) -> None:
    alone, beside = beside_bad
    bad = {row["paper_id"] for row in beside["papers"].to_pylist() if row["status"] == "unreadable"}
    for name, table in alone.items():
        assert [row for row in beside[name].to_pylist() if row.get("paper_id") not in bad] == table.to_pylist()


def test_bad_papers_are_told_one_by_one(beside_bad: tuple[dict[str, pa.Table], dict[str, pa.Table]]) -> None:
    told = [found["paper_id"] for found in beside_bad[1]["findings"].to_pylist() if found["rule"] == "paper-unreadable"]
    assert told == ["0-empty", "m-binary", "z-page"]
