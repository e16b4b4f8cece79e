"""Papers as pdftotext leaves them: in columns of blanks every figure is right, as a stream nearly every one.

None of a stream is silently wrong. The papers at hand, and the specimens and the invented ones typeset and turned into
text by pdftotext here.
"""

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SPECIMENS
from manuscript import blocks
from renditions import original
from specimens import TEXTS
from test_invented import CASES, figure, truth
from typeset import STYLES, typeset

from extractors.text import extract
from pipeline.result import Result
from pipeline.run import run
from schemas.records import Allocation

RENDERS = {
    "d1-001-panel-pack": "2013-12-13-police-and-crime-panel",
    "d2-002-commissioning-framework": "2014-09-29-commissioning-framework-2015-17",
    "d4-004-commissioning-framework-2016": "2015-10-23-commissioning-framework-2016-17",
}
# An amount and the name behind it stand one blank apart, each time at another place.
WAVERING = {("eastholm", "centred"), ("saxonvale", "centred"), ("brynafon", "rows"), ("brynafon", "centred")}
Understood = Callable[..., Result]
# Of the figures of a stream of cells at least this share is right; the others are for review.
# What pdftotext makes of pages on their side is no page any more.
UPRIGHT = [name for name, style in STYLES.items() if style.told]
NEARLY_ALL = 0.95
FIGURE = ("amount_gbp", "item", "line_type", "part", "financial_year", "mechanism", "intention_code", "value_status")

pytestmark = pytest.mark.slow
PDFTOTEXT = shutil.which("pdftotext")


@pytest.fixture(scope="module")
def checked(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """What the checker says of the renditions of one kind, held against the keyed answers."""
    out = tmp_path_factory.mktemp("text") / "out"
    run(shared / "text-renditions", out)

    def check(kind: str) -> str:
        papers = [part for mine, keyed in RENDERS.items() for part in ("--paper", f"{mine}{kind}={keyed}")]
        command = [sys.executable, shared / "check" / "check_out.py", out, shared / "expected-pdf", "--no-line"]
        return subprocess.run([*map(str, command), *papers], capture_output=True, text=True, check=False).stdout

    return check


def test_every_figure_of_text_in_columns_is_right(checked: Callable[[str], str]) -> None:
    said = checked("-layout")
    assert said.splitlines()[-1] == "all checks hold", said


def test_no_figure_of_a_stream_of_cells_is_silently_wrong(checked: Callable[[str], str]) -> None:
    silent = [line for line in checked("").splitlines() if "no silent wrong figure" in line]
    assert len(silent) == len(RENDERS)
    assert [line for line in silent if not line.startswith("ok")] == []


def test_nearly_every_figure_of_a_stream_of_cells_is_right(checked: Callable[[str], str]) -> None:
    said = checked("")
    counts = [(int(right), int(of)) for right, of in re.findall(r" allocations +(\d+) / (\d+)$", said, re.MULTILINE)]
    assert len(counts) == len(RENDERS)
    assert [(right, of) for right, of in counts if right < NEARLY_ALL * of] == [], said


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler-utils) is not installed")
@pytest.mark.parametrize("style", UPRIGHT)
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_an_invented_paper_as_text_in_columns(path: Path, style: str, understood: Understood, tmp_path: Path) -> None:
    result = understood(as_text(path, style, tmp_path, "-layout"))
    right = Counter(map(figure, result.allocations)) == truth(path)
    assert right or (path.stem, style) in WAVERING
    assert not silently_wrong(result, path)


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler-utils) is not installed")
@pytest.mark.parametrize("style", UPRIGHT)
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_an_invented_paper_as_a_stream(path: Path, style: str, understood: Understood, tmp_path: Path) -> None:
    assert not silently_wrong(understood(as_text(path, style, tmp_path)), path)


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler-utils) is not installed")
@pytest.mark.parametrize("style", UPRIGHT)
@pytest.mark.parametrize("path", [*SPECIMENS, *sorted(TEXTS.glob("*.txt"))], ids=lambda path: path.stem)
def test_a_specimen_as_a_stream(path: Path, style: str, understood: Understood, tmp_path: Path) -> None:
    printed = Counter(map(told, original(path).allocations))
    sure = [line for line in understood(as_text(path, style, tmp_path)).allocations if line.evidence != "review"]
    assert Counter(map(told, sure)) - printed == Counter()


def told(line: Allocation) -> tuple[object, ...]:
    """What makes a figure another one."""
    return tuple(getattr(line, name) for name in FIGURE)


def as_text(path: Path, style: str, folder: Path, *options: str) -> bytes:
    """A paper typeset in a style, as pdftotext writes it."""
    pdf = folder / "paper.pdf"
    pdf.write_bytes(typeset(blocks(extract(path.read_bytes()), apart=STYLES[style].apart), STYLES[style]))
    command = [PDFTOTEXT or "", *options, str(pdf), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def silently_wrong(result: Result, path: Path) -> list[object]:
    """Figures that the paper does not have and that are not up for review."""
    return [a for a in result.allocations if a.amount_raw and a.evidence != "review" and figure(a) not in truth(path)]
