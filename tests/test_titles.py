"""What a page prints again at its head and foot from the page before is none of its tables."""

import pytest
from test_columns import Piece, ending, page

from extractors.pages.titles import titles_of, without_titles

TITLE = "Framework 2015/16"
ROWS: list[Piece] = [("Blaby", 60.0, 700.0), ending("£500", 500.0, 700.0)]


def kept(first: list[Piece], second: list[Piece]) -> list[str]:
    """The lines that are left of the second page."""
    before = titles_of(page([*ROWS, *first]))
    return [" ".join(word.text for word in row) for row in without_titles(page([*ROWS, *second]), before).rows]


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


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        (numbered("3", 40.0), numbered("4", 40.0), 1),
        (numbered("June", 40.0), numbered("June", 40.0), 1),
        (numbered("June", 65.0), numbered("June", 65.0), 2),
        (numbered("4", 65.0), numbered("5", 65.0), 1),
        ([("Draft", 300.0, 40.0), *numbered("June", 40.0)], [("Draft", 300.0, 40.0), *numbered("June", 40.0)], 2),
    ],
    ids=["a number", "clear", "close, as a heading", "close, with a number", "of many pieces, as a heading"],
)
def test_line_at_the_head_is_a_running_title_by_its_number_or_where_it_stands_clear(
    first: list[Piece], second: list[Piece], left: int
) -> None:
    text: list[Piece] = [("Blaby", 60.0, 80.0), ending("£500", 500.0, 80.0)]
    before = titles_of(page([*first, *text]))
    assert len(without_titles(page([*second, *text]), before).rows) == left
