"""The how-to for the papers of another area, done as it is written, on a copy of the code."""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SECTION = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8").split("## The columns of the vocabularies")[0]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code alone, where vocabularies may be changed, with the paper that the how-to puts into a folder."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("schemas", "extractors", "pipeline"):
        shutil.copytree(ROOT / name, folder / name)
    [(paper, target)] = re.findall(r"^cp (\S+) (\S+)$", SECTION, re.MULTILINE)
    (folder / target).parent.mkdir()
    shutil.copy(ROOT / paper, folder / target)
    return folder


def rules(copy: Path) -> list[str]:
    """Run as the how-to says and give the rules of the findings."""
    [(raw, out)] = set(re.findall(r"make extract RAW=(\S+) OUT=([\w-]+)", SECTION))
    command = [sys.executable, "-c", "from pipeline.start import main; main()", "extract", raw, "--out", out]
    subprocess.run(command, cwd=copy, env={**os.environ, "PYTHONPATH": str(copy)}, check=True, capture_output=True)
    return [row["rule"] for row in table(copy / out / "findings.csv")]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def test_what_the_how_to_settles_is_settled(copy: Path) -> None:
    row, described = re.findall(r"```csv\n(.*?)```", SECTION, re.DOTALL)
    before = rules(copy)
    with (copy / "schemas" / "vocabulary" / "headings.csv").open("a", encoding="utf-8") as handle:
        handle.write(row.strip() + "\n")
    (copy / "ferrymoor" / "papers.csv").write_text(re.sub(r"^ +", "", described, flags=re.MULTILINE), encoding="utf-8")
    after = rules(copy)
    assert ("heading-by-evidence" in before, "heading-by-evidence" in after) == (True, False)
    assert sorted([*after, "heading-by-evidence"]) == sorted(before)
    [paper] = table(copy / "ferrymoor-out" / "papers.csv")
    assert paper["publisher"] in described


def test_the_plan_of_the_how_to_ties(copy: Path) -> None:
    assert rules(copy)
    assert {row["status"] for row in table(copy / "ferrymoor-out" / "reconciliation.csv")} == {"agrees"}
