"""Pages whose text lies on its side, which the file does not say: read as if they were turned."""

from dataclasses import replace
from pathlib import Path

import pytest
from renditions import out_of_place, rendition
from typeset import STYLES

from extractors.pages.seen import Char, as_columns
from extractors.pages.sideways import side_of
from extractors.pdf import extract
from extractors.readings.again import is_asked
from schemas.records import Document

PAPER = Path(__file__).resolve().parents[1] / "raw" / "specimen-framework-2014.txt"


def char(turn: int, hidden: str = "") -> Char:
    return Char("a", 0.0, 0.0, 5.0, 10.0, False, False, hidden, turn)


@pytest.mark.parametrize(
    ("chars", "side"),
    [
        ([char(1), char(1), char(0)], 1),
        ([char(-1), char(-1), char(0)], -1),
        ([char(1), char(0)], 0),
        ([char(1), char(1, "white"), char(0)], 0),
        ([], 0),
    ],
    ids=["up", "down", "half", "unseen", "none"],
)
def test_most_characters_that_are_seen_say_how_a_page_lies(chars: list[Char], side: int) -> None:
    assert side_of(as_columns(chars)) == side


def cells(document: Document) -> list[list[str]]:
    return [[line.text for line in cell.lines] for table in document.tables for cell in table.cells]


@pytest.mark.parametrize("style", ["sideways", "headlong"])
def test_page_on_its_side_is_read_as_one_that_says_so(style: str) -> None:
    data, made = rendition(PAPER, STYLES[style])
    document = extract(data)
    assert {page.side for page in document.glyphs} == {1 if style == "sideways" else -1}
    assert cells(document) == cells(extract(rendition(PAPER, replace(STYLES[style], told=True))[0]))
    assert made.allocations
    assert out_of_place(data, made) == []
    asked = [cell.agrees for table in document.tables for cell in table.cells if is_asked(cell)]
    assert asked == [True] * len(asked) != []
