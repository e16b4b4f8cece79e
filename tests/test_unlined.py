"""Headings whose lines are not drawn: one drawn cell over several columns with words for each of them."""

import pytest
from test_columns import GREY, ending, page, tables
from test_grids import level, rows, upright

from extractors.pages.seen import Fill, Rule

# A heading over three columns of figures, which only the rows have upright lines for.
RULES = [level(y, 50.0, 350.0) for y in (100.0, 130.0, 150.0, 170.0)]
RULES += [upright(x, 100.0, 170.0) for x in (50.0, 150.0, 350.0)] + [upright(x, 130.0, 170.0) for x in (220.0, 285.0)]
BODY = [(text, x + 5.0, top) for top, texts in ((135.0, ("North", "5", "6", "7")), (155.0, ("South", "8", "9", "1")))
        for text, x in zip(texts, (50.0, 150.0, 220.0, 285.0), strict=True)]  # fmt: skip
READ = [["North", "5", "6", "7"], ["South", "8", "9", "1"]]
HEADS = [("Lead", 55.0, 118.0), ("First", 155.0, 118.0), ("Second", 225.0, 118.0), ("Third", 290.0, 118.0)]


def test_the_last_lines_of_a_heading_over_columns_are_of_each_and_the_first_over_all() -> None:
    over = ("Percent of all the people", 190.0, 105.0)
    assert rows(RULES, [over, *HEADS, *BODY]) == [
        ["Lead", "Percent of all the people", "", ""], ["", "First", "Second", "Third"], *READ
    ]  # fmt: skip


def test_a_line_that_closes_a_bracket_goes_on_from_the_one_that_opens_it() -> None:
    rules = [level(y, 50.0, 350.0) for y in (90.0, 130.0, 150.0, 170.0)]
    rules += [upright(x, 90.0, 170.0) for x in (50.0, 150.0, 350.0)] + [
        upright(x, 130.0, 170.0) for x in (220.0, 285.0)
    ]
    over = [("Percent of (all the people", 190.0, 92.0), ("there)", 235.0, 104.0)]
    assert rows(rules, [*over, *HEADS, *BODY])[0] == ["Lead", "Percent of (all the people there)", "", ""]


def test_a_heading_without_any_upright_line_is_divided_as_its_columns_are() -> None:
    rules: list[Rule] = [*RULES[:4], *(upright(x, 100.0, 170.0) for x in (50.0, 350.0)),
                         *(upright(x, 130.0, 170.0) for x in (150.0, 220.0, 285.0))]  # fmt: skip
    assert rows(rules, [*HEADS, *BODY]) == [["Lead", "First", "Second", "Third"], *READ]


@pytest.mark.parametrize(
    "heads",
    [HEADS[:3], [HEADS[0], ("First and", 155.0, 118.0), ("Second and Third", 225.0, 118.0)]],
    ids=["one without words", "over two"],
)
def test_other_headings_over_columns_are_whole(heads: list[tuple[str, float, float]]) -> None:
    found = rows(RULES, [*heads, *BODY])
    assert found == [["Lead", " ".join(head[0] for head in heads[1:]), "", ""], *READ]


@pytest.mark.parametrize(
    ("ground", "over"),
    [
        ((245.0, 98.0, 425.0, 113.0), ["County", "Births", "", ""]),
        ((50.0, 98.0, 425.0, 128.0), ["County", "Births", "", "Low"]),
    ],
    ids=["of its cell", "of the heading"],
)
def test_a_heading_on_a_ground_of_its_own_stands_over_its_columns(
    ground: tuple[float, float, float, float], over: list[str]
) -> None:
    heads = [("Births", 310.0, 100.0), ("County", 60.0, 114.0),
             *(ending(text, x, 114.0) for text, x in (("Number", 300.0), ("Rate", 360.0), ("Low", 420.0)))]  # fmt: skip
    body = [piece for i, label in enumerate(("Adair", "Allen", "Barrow"))
            for piece in ((label, 60.0, 130.0 + 14 * i),
                          *(ending(f"{i}{n}.5", 300.0 + 60 * n, 130.0 + 14 * i) for n in range(3)))]  # fmt: skip
    (found,) = tables(page([*heads, *body], (), (Fill(*ground, GREY, 0),)))
    assert found[0] == over


def test_numbers_of_all_columns_but_the_first_are_a_row_below_their_headings() -> None:
    heads = [
        (text, x, top)
        for n, x in enumerate((155.0, 225.0, 290.0), 1)
        for text, top in (("Sum", 102.0), (f"({n})", 116.0))
    ]
    rules = [*RULES[:4], *(upright(x, 100.0, 170.0) for x in (50.0, 150.0, 220.0, 285.0, 350.0))]
    found = rows(rules, [("Area", 55.0, 102.0), *heads, *BODY])
    assert found[:2] == [["Area", "Sum", "Sum", "Sum"], ["", "(1)", "(2)", "(3)"]]


def test_dates_are_no_figures_of_a_heading_that_its_own_uprights_part() -> None:
    heads = [
        ("Place", 55.0, 105.0),
        ("Population", 200.0, 105.0),
        ("April 1, 1990", 152.0, 118.0),
        ("May 1, 2000", 222.0, 118.0),
        ("Now", 290.0, 118.0),
    ]
    assert rows(RULES, [*heads, *BODY])[1][1:] == ["April 1, 1990", "May 1, 2000", "Now"]
