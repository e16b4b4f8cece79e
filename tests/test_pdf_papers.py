"""The PDF papers: figures, places and cells against what was keyed and what was typeset."""

import subprocess
import sys
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

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    if not (SHARED / "pdf").is_dir():
        pytest.skip("the PDF papers are not here")
    folder = tmp_path_factory.mktemp("pdf") / "out"
    return folder, run(SHARED / "pdf", folder)


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
