"""Papers of invented areas, in the words and layouts that councils use: read by rules that know none of them.

Each paper stands beside its truth, figure by figure. One printed total of each is wrong, and told once.
"""

import csv
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from manuscript import Prose, blocks
from typeset import STYLES, typeset

from extractors import pdf
from extractors.text import extract
from pipeline.result import Result
from pipeline.run import understand
from schemas.records import Allocation, Paper

FOLDER = Path(__file__).parent / "invented"
CASES = tuple(sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".md")))
Figure = tuple[str, str, Decimal | None, str, str, bool]
Understood = Callable[..., Result]


def truth(path: Path) -> Counter[Figure]:
    """Code, label, pounds, period, status, and whether it is a total, of each figure that a paper prints."""
    with path.with_suffix(".csv").open(newline="", encoding="utf-8") as handle:
        return Counter(
            (r["code"], r["label"], Decimal(r["amount"]) if r["amount"] else None, r["period"], r["status"],
             r["is_total"] == "true")
            for r in csv.DictReader(handle)
        )  # fmt: skip


def figure(line: Allocation) -> Figure:
    """An allocation as the truth has it."""
    label = line.title or line.item
    total = line.line_type in ("total", "subtotal", "grand_total")
    return (line.intention_code or "", label, line.amount_gbp, line.financial_year or "", line.value_status, total)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_figure_is_right(path: Path, understood: Understood) -> None:
    result = understood(path.read_bytes(), path.name)
    assert Counter(map(figure, result.allocations)) == truth(path)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_figure_stands_at_its_place(path: Path, understood: Understood) -> None:
    text = path.read_text(encoding="utf-8")
    placed = [line for line in understood(path.read_bytes(), path.name).allocations if line.amount_raw]
    assert placed
    assert [text[line.place.char_start : line.place.char_end] for line in placed] == [a.amount_raw for a in placed]


ON_PAGES = [pytest.param(path, style, id=f"{path.stem}-{style}") for path in CASES for style in STYLES]


@pytest.mark.slow
@pytest.mark.parametrize(("path", "style"), ON_PAGES)
def test_every_figure_is_right_on_pages(path: Path, style: str) -> None:
    data = typeset(blocks(extract(path.read_bytes()), apart=STYLES[style].apart), STYLES[style])
    paper = Paper(path.stem, f"{path.stem}.pdf", "0" * 64, "application/pdf", len(data))
    result = understand(paper, pdf.extract(data))
    assert Counter(map(figure, result.allocations)) == truth(path)
    errors = [finding.rule.slug for finding in result.findings if finding.rule.severity == "error"]
    assert errors == ["total-disagrees"]


def test_blocks_and_lists_are_tables_on_pages_too() -> None:
    path = FOLDER / "eastholm.txt"
    lines = [Prose(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    data = typeset(lines, STYLES["grid"])
    result = understand(Paper("e", "e.pdf", "0" * 64, "application/pdf", len(data)), pdf.extract(data))
    assert Counter(map(figure, result.allocations)) == truth(path)
    assert all(line.place.char_start is not None for line in result.allocations)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_one_wrong_total_is_told_once_and_nothing_else_is_wrong(path: Path, understood: Understood) -> None:
    result = understood(path.read_bytes(), path.name)
    errors = [finding for finding in result.findings if finding.rule.severity == "error"]
    assert [finding.rule.slug for finding in errors] == ["total-disagrees"], errors
    assert "a difference of" in errors[0].message
