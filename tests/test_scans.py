"""Scans of the papers: figures and codes are right, and what is not right is up for review. Nothing is silent.

Here are the pages with the most figures, in styles from clean to poor. `python tests/test_scans.py` reads every page of
every paper in every style, and prints what it counts.
"""

import io
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from made_pdf import pdf_of
from PIL import Image
from renditions import PDF, Pair, figures, original, understood
from scans import STYLES, Scan, bound, scanned
from specimens import RAW, TEXTS

from extractors import pdf
from extractors.pages.boxes import boxed
from extractors.pages.pdfium import see
from extractors.scans import ocr, tesseract
from extractors.scans.alike import compared
from extractors.scans.heard import is_scan
from pipeline.clock import SCANNED_PAGE
from pipeline.result import Result
from pipeline.run import run
from schemas.rules import Rule

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
# The pages that are read here, by the beginning of the paper's name: tables of every kind, each whole.
PAGES = {"d1": (35, 36), "d2": (26, 27), "d3": (3,), "d4": (8,)}
SAME = str.maketrans({"’": "'", "‘": "'"})
# What a figure is and what names it. The words around it (providers, descriptions) are not held to this.
FIGURE = (
    "amount_gbp", "item", "line_type", "part", "financial_year", "mechanism", "area_code", "intention_code", "theme",
    "value_status", "estimated", "additive",
)  # fmt: skip
# How many of the figures and of the codes are right at least.
CLEAN, POOR = (0.995, 0.98), (0.98, 0.95)


@dataclass(frozen=True, slots=True)
class Score:
    """What a scan gives, held against what the pages give that were never printed."""

    pairs: tuple[Pair, ...]
    codes: int
    lost: int
    result: Result

    @property
    def states(self) -> Counter[str]:
        return Counter(pair.state for pair in self.pairs)

    @property
    def wrong(self) -> list[str]:
        return [str(pair) for pair in self.pairs if pair.state != "right"]


def pages_of(data: bytes, numbers: Sequence[int]) -> bytes:
    """A few pages of a PDF (from 1) as a PDF."""
    made, saved = pypdfium2.PdfDocument.new(), io.BytesIO()
    made.import_pages(pypdfium2.PdfDocument(data), [number - 1 for number in numbers])
    made.save(saved)
    return saved.getvalue()


def score(data: bytes, scan: Scan) -> Score:
    """A PDF with text held against its scan."""
    expected = understood("paper.pdf", PDF, data, pdf.extract)
    made = understood("paper.pdf", PDF, scanned(data, scan), pdf.extract)
    pairs = [alike(pair) for pair in figures(expected, made, FIGURE)]
    codes, read = (Counter(each.code.code for each in result.intentions) for result in (expected, made))
    return Score(tuple(pairs), codes.total(), (codes - read).total() + (read - codes).total(), made)


def alike(pair: Pair) -> Pair:
    """A pair whose quotes count as one: print has them in many shapes. A hyphen and a dash do not."""
    expected, made = (
        row and {name: value.translate(SAME) if isinstance(value, str) else value for name, value in row.items()}
        for row in (pair.expected, pair.made)
    )
    return Pair(expected, made, pair.evidence)


@pytest.fixture(scope="module", params=list(PAGES))
def paper(request: pytest.FixtureRequest, shared: Path) -> bytes:
    (path,) = (shared / "pdf").glob(f"{request.param}_*.pdf")
    return pages_of(path.read_bytes(), PAGES[request.param])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["clean", "poor"])
def test_figures_and_codes_of_scans_are_right_and_nothing_is_silent(paper: bytes, name: str) -> None:
    made = score(paper, STYLES[name])
    figured, coded = CLEAN if name == "clean" else POOR
    assert [said for said in made.wrong if said.startswith(("silent", "missing"))] == []
    assert made.states["right"] >= figured * made.states.total(), made.wrong
    assert made.lost <= (1 - coded) * made.codes


@pytest.fixture(scope="module")
def specimen() -> tuple[bytes, Result]:
    data = (RAW / "specimen-scan-2014.pdf").read_bytes()
    return data, understood("specimen-scan-2014.pdf", PDF, data, pdf.extract)


def test_scanned_specimen_gives_what_its_text_gives(specimen: tuple[bytes, Result]) -> None:
    expected = original(TEXTS / "specimen-scan-2014.txt")
    assert [str(pair) for pair in figures(expected, specimen[1]) if alike(pair).state != "right"] == []
    assert [i.code.code for i in specimen[1].intentions] == [i.code.code for i in expected.intentions]
    assert sorted(str(m.amount_gbp) for m in specimen[1].money) == sorted(str(m.amount_gbp) for m in expected.money)


def test_every_figure_of_a_scan_is_proved_agreed_or_up_for_review(specimen: tuple[bytes, Result]) -> None:
    evidence = Counter(line.evidence for line in specimen[1].allocations)
    assert set(evidence) <= {"proved", "agreed", "review"}
    assert all(line.confidence < 1 for line in specimen[1].allocations)
    assert evidence["proved"] == 11


def test_without_a_second_reader_every_figure_is_up_for_review(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "read", lambda *_: None)
    data = (RAW / "specimen-scan-2014.pdf").read_bytes()
    made = understood("specimen-scan-2014.pdf", PDF, data, pdf.extract)
    assert Counter(line.evidence for line in made.allocations) == {"review": 13}
    assert Rule.READ_BY_OCR_ALONE in {each.rule for each in made.findings}
    assert {known.table.second_reader for known in made.tables} == {None}


def test_what_the_second_reader_has_otherwise_is_up_for_review(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code, a figure in a cell below another, a name."""

    def otherwise(*line: object) -> str:
        said = read(*line) or ""
        return said.replace("1026", "1028").replace("16,470", "18,470").replace("Game", "Gams")

    read = tesseract.read
    monkeypatch.setattr(tesseract, "read", otherwise)
    made = understood("scan.pdf", PDF, (RAW / "specimen-scan-2014.pdf").read_bytes(), pdf.extract)
    assert {line.item for line in made.allocations if line.evidence == "review"} == {"CI023", "CI026", "Game Over"}
    assert Rule.READINGS_DIFFER in {each.rule for each in made.findings}


def test_what_a_stamp_may_hide_is_up_for_review(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two rows nobody can read the mechanism, which each row of their table has."""

    def hidden(line: ocr.Picture) -> list[ocr.Mark]:
        marks = read(line)
        return [] if "".join(mark.text for mark in marks) == "Direct" else marks

    read = ocr.read
    monkeypatch.setattr(ocr, "read", hidden)
    made = understood("scan.pdf", PDF, (RAW / "specimen-scan-2014.pdf").read_bytes(), pdf.extract)
    assert {line.item for line in made.allocations if line.evidence == "review"} == {"CI023", "CI026"}


def test_a_figure_stands_in_its_box_on_the_page_as_it_was_scanned(specimen: tuple[bytes, Result]) -> None:
    """The page is aslant: a figure on the left of a row stands higher on the page than one on its right."""
    boxes = [(line, boxed(line.place, specimen[1].glyphs)) for line in specimen[1].allocations]
    rows = {(line.row, line.line_type, line.part, line.financial_year): box for line, box in boxes
            if line.intention_code == "CI023"}  # fmt: skip
    first, second = rows[1, "part", "a", "2015/16"], rows[1, "part", "a", "2016/17"]
    assert second.x0 - first.x0 > 50
    assert 0.2 < abs(second.top - first.top) < 3


def test_the_same_scan_gives_the_same_bytes(specimen: tuple[bytes, Result]) -> None:
    data, made = specimen
    again = understood("specimen-scan-2014.pdf", PDF, data, pdf.extract)
    assert repr(again) == repr(made)


def test_run_tells_each_scanned_page_and_stays_within_its_limits(raw_of: Callable[..., Path], tmp_path: Path) -> None:
    told: list[tuple[str, str]] = []
    raw = raw_of({"scan.pdf": (RAW / "specimen-scan-2014.pdf").read_bytes()})
    done = run(raw, tmp_path / "out", lambda *what: told.append(what))
    assert ("scan.pdf", f"{SCANNED_PAGE} 1") in told
    assert done.results[0].paper.status in ("read", "read-with-findings")
    assert done.record["counts"]["figures in allocations"] == 13


def test_pages_with_text_are_no_scans_and_load_no_engine() -> None:
    code = (
        "import sys; from pathlib import Path; from extractors.pdf import extract; from pipeline import run;"
        f"extract(Path({str(RAW / 'specimen-contracts-2016.pdf')!r}).read_bytes());"
        "print([name for name in ('rapidocr', 'onnxruntime') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_page_is_a_scan_that_is_a_picture_without_text(specimen: tuple[bytes, Result]) -> None:
    (scan,) = see(specimen[0])
    (blank,) = see(pdf_of([b""]))
    (text,) = see(pdf_of(1))
    assert [is_scan(page) for page in (scan, blank, text)] == [True, False, False]


@pytest.mark.parametrize("mode", [b"3 Tr", b"0 Tr"], ids=["invisible", "under the picture"])
def test_text_under_a_scan_is_not_read_for_it(mode: bytes) -> None:
    """What somebody else's OCR left on the page, unseen or under the picture, is told; the picture is read."""
    text = b"BT /F 10 Tf %s 50 400 Td (C1008) Tj ET " % mode
    data = bound([Image.new("L", (800, 1100), 250)], Scan("blank", dpi=96), text)
    (page,) = see(data)
    assert is_scan(page)
    assert len(page.chars.hidden) == len(page.chars.text)
    made = pdf.extract(data)
    assert made.text.strip() == ""
    assert [note.raw for note in made.notes if note.rule is Rule.TEXT_HIDDEN] == ["C1008"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "scan",
    [
        Scan("on its side", dpi=200, skew=0.3, noise=3, turned=90),
        Scan("on its other side", dpi=200, skew=0.3, noise=3, turned=270),
        Scan("faint and upside down on black", dpi=200, skew=0.8, noise=3, turned=180, ink=120, lid=40, seed=4),
    ],
    ids=lambda scan: scan.name,
)
def test_paper_that_lay_askew_on_the_glass_is_read(scan: Scan) -> None:
    text = pages_of((RAW / "specimen-contracts-2016.pdf").read_bytes(), [1])
    made = score(text, scan)
    assert made.wrong == []


def test_blank_sheet_gives_no_text_and_no_fault() -> None:
    made = pdf.extract(bound([Image.new("L", (800, 1100), 250)], Scan("blank", dpi=96)))
    assert (made.text.strip(), made.tables) == ("", ())


@pytest.mark.parametrize(
    ("words", "again", "agreed"),
    [
        (["a)", "£10,000"], "a) £10,000", [True, True]),
        (["a)", "£10,000"], "a) £18,000", [True, False]),
        (["£10,000"], "£10,0000", [False]),
        (["£10,000"], "£10,000.", [True]),
        (["£1.5m"], "£1.5", [False]),
        (["(300)"], "300", [False]),
        (["-300"], "300", [False]),
        ([".5"], "5", [False]),
        (["CI001", "SP1"], "cloo1 SP1", [True, True]),
        (["CI001"], "CI007", [False]),
        (["c)", "£5"], "Cc) £5", [True, True]),
        (["b)", "£5"], "c) £5", [False, True]),
        (["£5", "£6"], "£5 | £6", [True, True]),
        (["£5"], "", [False]),
    ],
)
def test_second_reader_agrees_on_the_very_same_figure(words: list[str], again: str, agreed: list[bool]) -> None:
    assert [same for same, _ in compared(words, again)] == agreed


def every_page() -> Iterator[str]:
    """What every style of every paper gives."""
    for path in sorted((SHARED / "pdf").glob("*.pdf")):
        for name in sys.argv[1:] or STYLES:
            made = score(path.read_bytes(), STYLES[name])
            evidence = Counter(line.evidence for line in made.result.allocations if line.amount_raw)
            yield f"{path.stem} {name}: {dict(made.states)}; {made.codes - made.lost} of {made.codes} codes; {evidence}"
            yield from (f"    {said}" for said in made.wrong)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    for line in every_page():
        print(line, flush=True)
