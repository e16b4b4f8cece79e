"""Axes of charts: numbers in step with their marks, and what has numbers beside lines and is none."""

import pytest
from test_bare import lines
from test_columns import HEIGHT, Piece, ending, page

from extractors.pages.seen import Fill, Rule
from extractors.tables.charts import find_charts

HEIGHTS = tuple(100.0 + 30 * i for i in range(4))
NUMBERS = ("300", "200", "100", "0")
TABLE: list[Piece] = [("North", 60.0, 500.0), ending("5", 200.0, 500.0), ("South", 60.0, 514.0),
                      ending("7", 200.0, 514.0)]  # fmt: skip


def numbered(texts: tuple[str, ...] = NUMBERS, x: float = 90.0) -> list[Piece]:
    """Numbers whose middles stand at the heights of an axis."""
    return [ending(text, x, y - HEIGHT / 2) for text, y in zip(texts, HEIGHTS, strict=True)]


def axis(x0: float = 95.0) -> tuple[Rule, ...]:
    """An upright line at 100 with a level line for each number, and one along its foot."""
    ends = 100.0 if x0 < 100 else 300.0
    return (
        Rule(100.0, 95.0, 100.0, 195.0), Rule(100.0, 195.0, 300.0, 195.0),
        *(Rule(x0, y, ends, y) for y in HEIGHTS),
    )  # fmt: skip


@pytest.mark.parametrize("x0", [95.0, 100.0], ids=["marks", "the lines of a grid"])
def test_numbers_in_step_beside_level_lines_at_an_upright_one_are_the_axis_of_a_chart(x0: float) -> None:
    key = [("Rural", 150.0, 120.0), ("Urban", 150.0, 135.0), ("31", 220.0, 135.0)]
    text = page([*numbered(), *key, *TABLE], axis(x0))
    assert find_charts(text) == [(x0, 95.0, 300.0, 195.0)]
    assert lines(text) == ["North 5", "South 7"]


def test_small_charts_side_by_side_are_charts_by_the_one_axis_that_they_share() -> None:
    panels = [Rule(x, 95.0, x, 195.0) for x in (160.0, 162.0, 230.0, 232.0, 300.0)]
    names = [(name, x, 96.0) for name, x in (("Blaby", 110.0), ("Oadby", 170.0), ("Melton", 240.0))]
    years = [(year, x, 197.0) for x in (102.0, 235.0) for year, x in (("2004", x), ("2007", x + 40))]
    assert lines(page([*numbered(), *names, *years, *TABLE], (*axis(), *panels))) == ["North 5", "South 7"]


ROWS = tuple(Rule(60.0, y + 15, 300.0, y + 15) for y in HEIGHTS)


@pytest.mark.parametrize(
    ("pieces", "rules"),
    [
        (numbered(("300", "210", "100", "0")), axis()),
        (numbered(("7", "7", "7", "7")), axis()),
        (numbered(), axis()[1:]),
        (numbered(("1", "2", "3", "4")), (*axis(100.0), *ROWS)),
        (numbered(x=60.0), axis()),
        ([(text, x, y - 3) for text, x, y in numbered()], axis()),
    ],
    ids=["out of step", "all alike", "no upright line", "numbers of rows in two parts", "far off", "above the lines"],
)
def test_other_numbers_beside_lines_are_no_axis(pieces: list[Piece], rules: tuple[Rule, ...]) -> None:
    assert find_charts(page([*pieces, *TABLE], rules)) == []


def test_two_numbers_are_always_in_step_and_no_axis() -> None:
    assert find_charts(page(numbered()[:2], (*axis(), *axis()))) == []


def test_rows_that_grounds_tell_apart_are_no_chart() -> None:
    grounds = tuple(Fill(60.0, y - 15, 300.0, y + 15, (220, 220, 220, 255), i) for i, y in enumerate(HEIGHTS))
    assert find_charts(page([*numbered(("1", "2", "3", "4")), *TABLE], axis(100.0), grounds)) == []


def test_ground_of_the_page_is_none_of_a_chart() -> None:
    ground = Fill(0.0, 0.0, 595.0, 842.0, (255, 255, 255, 255), 0)
    tall = tuple(Rule(x0, top * 3 - 200, x1, bottom * 3 - 200) for x0, top, x1, bottom in axis())
    numbers = [ending(text, 90.0, y * 3 - 205) for text, y in zip(NUMBERS, HEIGHTS, strict=True)]
    assert lines(page([*numbers, *TABLE], tall, (ground,))) == ["North 5", "South 7"]
