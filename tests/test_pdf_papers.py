"""The PDF papers: figures, places and cells against what was keyed and what was typeset."""

import csv
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from pipeline.run import Run, run

SHARED = Path(__file__).resolve().parents[2] / "shared"
RENDERS = {
    "d1-001-panel-pack": "2013-12-13-police-and-crime-panel",
    "d2-002-commissioning-framework": "2014-09-29-commissioning-framework-2015-17",
    "d3-003-commissioning-plan-2012": "2012-13-safer-communities-commissioning-plan",
    "d4-004-commissioning-framework-2016": "2015-10-23-commissioning-framework-2016-17",
}

# Where a cell is read otherwise than it was typeset, by table: how many cells, and why.
DIFFERENCES = {
    "001-marked1": (2, "A drawn box of one row with one filled cell is a stamp and no table."),
    "001-marked2": (2, "The same stamp."),
    "001-marked3": (2, "The same stamp."),
    "001-appB": (1, "A word keeps the hyphen at which its line ends, and the line's end behind it."),
    "002-consult": (1, "A word keeps the hyphen at which its line ends, and the line's end behind it."),
    "003-hubs": (1, "A word keeps the hyphen at which its line ends, and the line's end behind it."),
    "004-appB": (4, "A word keeps the hyphen at which its line ends, and the line's end behind it."),
}
WORD_ENDS = str.maketrans("’‘", "''")
Cells = dict[tuple[int, int], str]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def out(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    folder = tmp_path_factory.mktemp("pdf") / "out"
    return folder, run(shared / "pdf", folder)


def test_every_figure_is_right_and_stands_in_its_box(out: tuple[Path, Run]) -> None:
    papers = [part for mine, keyed in RENDERS.items() for part in ("--paper", f"{mine}={keyed}")]
    command = [sys.executable, SHARED / "check" / "check_out.py", out[0], SHARED / "expected-pdf", "--no-line"]
    done = subprocess.run(
        [*map(str, command), "--raw", str(SHARED / "pdf"), *papers], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "all checks hold"), done.stdout


def test_nearly_every_figure_is_proved_or_agreed_and_none_is_in_doubt(out: tuple[Path, Run]) -> None:
    evidence = [line.evidence for result in out[1].results for line in result.allocations if line.amount_raw]
    assert evidence.count("proved") + evidence.count("agreed") >= 0.95 * len(evidence)
    assert "review" not in evidence


def test_every_pound_sign_of_the_pages_is_accounted_for(out: tuple[Path, Run]) -> None:
    counts = out[1].record["counts"]
    assert counts["pound signs accounted for"] == counts["pound signs printed"] > 0


def same(text: str) -> str:
    return " ".join(text.translate(WORD_ENDS).split())


def cells_of(folder: Path) -> dict[str, list[tuple[int, int, Cells]]]:
    """The tables of each paper: first page, last page, and the texts of the cells."""
    texts: dict[str, Cells] = defaultdict(dict)
    csv.field_size_limit(10**9)
    with (folder / "cells.csv").open(newline="", encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            texts[row["table_id"]][int(row["row"]), int(row["column"])] = same(row["text"])
    tables = defaultdict(list)
    with (folder / "tables.csv").open(newline="", encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            at = int(row["first_page"]), int(row["last_page"])
            tables[row["paper_id"]].append((*at, texts[row["table_id"]]))
    return tables


def test_cells_are_what_was_typeset(out: tuple[Path, Run]) -> None:
    """Every table on its pages, with its cells; each difference is listed above with its reason."""
    read = cells_of(out[0])
    different, cells = {}, 0
    for paper in RENDERS:
        truth = json.loads(next((SHARED / "pdf-truth").glob(f"{paper[:2]}_*.json")).read_text(encoding="utf-8"))
        for table in truth["tables"]:
            typeset = {(cell["row"], cell["col"]): same(cell["text"]) for cell in table["grid_cells"]}
            cells += len(typeset)
            pages = table["pages"][0], table["pages"][-1]
            equal = max(
                (sum(made.get(at) == text for at, text in typeset.items())
                 for first, last, made in read[paper] if (first, last) == pages and set(made) == set(typeset)),
                default=0,
            )  # fmt: skip
            if equal < len(typeset):
                different[table["table_id"]] = len(typeset) - equal
    assert different == {name: count for name, (count, _) in DIFFERENCES.items()}
    assert sum(different.values()) <= 0.01 * cells
