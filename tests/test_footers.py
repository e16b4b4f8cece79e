"""What the foot of a page prints again from the page before is none of its tables."""

import pytest
from test_columns import Piece, ending, page

from extractors.pages.footers import footers_of, without_footers

TITLE = "Framework 2015/16"
ROWS: list[Piece] = [("Blaby", 60.0, 700.0), ending("£500", 500.0, 700.0)]


def kept(first: list[Piece], second: list[Piece]) -> list[str]:
    """The lines that are left of the second page."""
    before = footers_of(page([*ROWS, *first]))
    return [" ".join(word.text for word in row) for row in without_footers(page([*ROWS, *second]), before).rows]


def numbered(number: str, top: float = 790.0, title: str = TITLE) -> list[Piece]:
    return [(title, 60.0, top), ending(number, 500.0, top)]


@pytest.mark.parametrize(
    ("first", "second"),
    [(numbered("3"), numbered("4")), (numbered("| 9"), numbered("| 10")), (numbered("Draft"), numbered("Draft"))],
    ids=["a number that counts on", "behind a bar", "no number"],
)
def test_line_at_the_foot_that_the_page_before_has_too_is_left_out(first: list[Piece], second: list[Piece]) -> None:
    assert kept(first, second) == ["Blaby £500"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([], numbered("4")),
        (numbered("3"), numbered("7")),
        (numbered("3"), numbered("4", title="Melton 2016/17")),
        (numbered("3"), numbered("4", top=780.0)),
        (numbered("3", top=740.0), numbered("4", top=740.0)),
    ],
    ids=["not on the page before", "another number", "other words", "elsewhere", "above the margin"],
)
def test_other_lines_at_the_foot_stay(first: list[Piece], second: list[Piece]) -> None:
    assert len(kept(first, second)) == 2
