"""Columns of text that one page shows are known on the next, where a few lines keep to them and no table's cells."""

from dataclasses import replace

import pytest
from test_layout import LEADING, LEFT, OTHER, PROSE, RIGHT, column, page, text_at

from extractors.pages.gutters import Gutter, gutter_of
from extractors.pages.layout import regions
from extractors.pages.page import parts_of, read_page
from extractors.pages.seen import Char, Rule
from extractors.pages.words import words_of

KNOWN = Gutter(LEFT, 260.0, RIGHT, 510.0, 595.0)
TWO = [*column(PROSE, LEFT), *column(OTHER, RIGHT, 105.0)]
# Three lines in each column, level: no evidence of columns by themselves.
FEW = [*column(PROSE[:3], LEFT, 400.0), *column(OTHER[:3], RIGHT, 400.0)]


def known_on(chars: list[Char], known: Gutter | None = None) -> Gutter | None:
    return gutter_of(list(parts_of(read_page(page(chars), 1, 0))), 595.0, known)


def parts(chars: list[Char], *rules: Rule, known: Gutter | None = KNOWN) -> int:
    """How many parts a page of characters and rules has."""
    seen = page(chars, tuple(rules))
    return len(list(regions(words_of(seen.chars), seen, known)))


def test_columns_of_running_text_are_known_from_a_page() -> None:
    assert known_on(TWO) == KNOWN


@pytest.mark.parametrize(
    "chars",
    [
        column(PROSE, LEFT),
        [*column(PROSE[:5], LEFT), *column(OTHER[:5], RIGHT)],
        [*column([f"Area {i:02d}" for i in range(20)], LEFT), *column([f"£{i}" for i in range(20)], RIGHT)],
    ],
    ids=["one column", "few lines", "a table"],
)
def test_what_is_set_otherwise_tells_no_columns(chars: list[Char]) -> None:
    assert (known_on(chars), known_on(chars, KNOWN)) == (None, KNOWN)


def test_number_at_the_foot_is_no_edge_of_a_column() -> None:
    assert known_on([*TWO, *text_at("8", RIGHT - 15.0, 345.0)]) == KNOWN


def test_indented_lines_make_known_columns_no_narrower() -> None:
    indented = [*column([line[:35] for line in PROSE], LEFT + 20.0), *column(OTHER, RIGHT, 105.0)]
    assert known_on(indented, KNOWN) == KNOWN


def test_few_lines_in_known_columns_are_read_column_by_column() -> None:
    assert (parts(FEW), parts(FEW, known=None)) == (2, 1)


def test_columns_of_a_page_as_wide_are_known_on_a_wider_one() -> None:
    """A paper turns a page for a wide table: its columns keep their margins and what is between them."""
    wide = [*column(PROSE[:3], LEFT, 400.0), *column(OTHER[:3], RIGHT + 120.0, 400.0)]
    seen = replace(page(wide), width=835.0)
    assert [len(list(regions(words_of(seen.chars), seen, known))) for known in (KNOWN, None)] == [2, 1]


@pytest.mark.parametrize(("names", "expected"), [(("Code", "Purpose", "System", "Amount"), 3), (("c)", "It"), 2)])
def test_heading_of_a_table_below_text_in_known_columns_is_none_of_it(names: tuple[str, ...], expected: int) -> None:
    """Its cells leave the gutter free and stand off the edges of the columns; so do marks and what they mark."""
    heading = [char for x in (LEFT, RIGHT) for n, name in enumerate(names)
               for char in text_at(name, x + 4.0 + 48.0 * n, 440.0)]  # fmt: skip
    assert parts([*FEW, *heading]) == expected


# Set to the right, well above the text and close above it; where the second column starts, in the margin and below it.
TITLES = ((RIGHT + 150.0, 110.0), (RIGHT + 150.0, 122.0), (RIGHT, 60.0), (RIGHT, 110.0))


def test_a_running_title_over_one_column_stands_above_both() -> None:
    text = [*column(PROSE, LEFT, 134.0), *column(OTHER, RIGHT, 139.0)]
    assert [parts([*text_at("Appendix B", x, y), *text]) for x, y in TITLES] == [3, 2, 3, 2]


def test_lines_may_reach_further_to_the_right_than_those_of_the_page_before() -> None:
    assert parts([*FEW, *text_at("and so it is with all that they were given", RIGHT, 436.0)]) == 2


def test_few_lines_between_what_is_set_across_the_page_are_too() -> None:
    above, below = (text_at("All that is set across the page from side to side runs on. " * 2, LEFT, y)
                    for y in (380.0, 460.0))  # fmt: skip
    assert parts([*above, *FEW, *below]) == 4


@pytest.mark.parametrize(
    ("rules", "expected"),
    [((398.0, 435.0), 1), ((398.0,), 1), ((390.0, 445.0), 2), ((411.0,), 1)],
    ids=["a row between rules", "a rule close above", "rules further off", "a rule between lines"],
)
def test_rules_close_to_a_few_lines_are_those_of_a_table(rules: tuple[float, ...], expected: int) -> None:
    assert parts(FEW, *(Rule(LEFT, y, 510.0, y) for y in rules)) == expected


def test_cells_that_stand_off_the_edges_of_known_columns_are_no_text() -> None:
    assert parts([*column(PROSE[:3], LEFT + 3.0, 400.0), *column(OTHER[:3], RIGHT + 3.0, 400.0)]) == 1


def test_a_table_close_below_text_in_columns_is_a_part_of_its_own() -> None:
    """The table's heading leaves the gutter free, as the text above the rule does."""
    heading = [*text_at("Area", LEFT + 3.0, 345.0), *text_at("Estimated amount", RIGHT + 3.0, 345.0)]
    rules = [Rule(LEFT, y, 510.0, y) for y in (100.0 + 20 * LEADING + 1.0, 358.0)]
    assert parts([*TWO, *heading], *rules) == 3


@pytest.mark.parametrize(("text", "expected"), [("All that is set across the page runs on. " * 2, 3), ("", 1)])
def test_text_above_a_rule_across_the_page_is_set_in_columns_by_itself(text: str, expected: int) -> None:
    """The rule is a table's whose rows run across the gutter; one whose rows leave it free goes on below the rule."""
    rows = [*text_at("Area", LEFT, 370.0), *text_at("Estimated amount", RIGHT, 370.0)]
    rows += [char for y in (390.0, 402.0, 414.0)
             for char in text_at(text, LEFT, y) or [*text_at("Oadby", LEFT, y), *text_at("5", RIGHT, y)]]  # fmt: skip
    rules = [Rule(LEFT, y, 510.0, y) for y in (365.0, 385.0)]
    assert parts([*TWO, *rows], *rules, known=None) == expected


@pytest.mark.parametrize(("beside", "expected"), [("", 3), ("Estimated amount", 1)], ids=["a title", "a row"])
def test_short_title_above_a_rule_over_columns_of_text_is_no_row_of_a_table(beside: str, expected: int) -> None:
    above = [*text_at("Area", LEFT, 76.0), *text_at(beside, RIGHT, 76.0)]
    assert parts([*above, *TWO], Rule(LEFT, 90.0, 510.0, 90.0), known=None) == expected


@pytest.mark.parametrize(("down", "expected"), [(0.0, 1), (5.0, 2)], ids=["level", "not level"])
def test_paragraphs_that_start_level_are_those_of_a_table(down: float, expected: int) -> None:
    tops = [400.0 + (2 * LEADING + 8.0) * n for n in range(3)]
    left = [char for top in tops for char in column(PROSE[:2], LEFT, top)]
    right = [char for top in tops for char in column(OTHER[:2], RIGHT, top + down)]
    assert parts([*left, *right]) == expected


def test_columns_of_other_widths_are_those_of_a_table() -> None:
    assert known_on([*column(PROSE, LEFT), *column([line[:28] for line in OTHER], RIGHT, 105.0)]) is None


@pytest.mark.parametrize(("inset", "expected"), [(4.0, 2), (20.0, 1)], ids=["a little", "far"])
def test_text_in_known_columns_may_start_a_little_further_in(inset: float, expected: int) -> None:
    """So it does on a page that is turned on its side."""
    assert parts([*column(PROSE[:3], LEFT + inset, 400.0), *column(OTHER[:3], RIGHT, 400.0)]) == expected


@pytest.mark.parametrize(("wider", "expected"), [(250.0, 2), (0.0, 1)], ids=["turned", "upright"])
@pytest.mark.parametrize("by", [-6.0, 5.0])
def test_columns_on_a_page_turned_on_its_side_may_start_a_little_beside_the_known(
    wider: float, expected: int, by: float
) -> None:
    known = Gutter(LEFT, 260.0 - wider / 2, RIGHT - wider / 2, 510.0 - wider, 595.0 - wider)
    lines = [[line[:38] for line in text[:3]] for text in (PROSE, OTHER)]
    chars = [*column(lines[0], LEFT + 2.0, 400.0), *column(lines[1], RIGHT + by, 400.0)]
    assert parts(chars, known=known) == expected


@pytest.mark.parametrize(
    "rows",
    [[line[:15] for line in OTHER[:3]], ["£1,000 " + " " * 8 + "No change of plan." for _ in range(3)]],
    ids=["short", "in pieces"],
)
def test_cells_of_a_table_on_a_turned_page_are_no_text_beside_the_known_columns(rows: list[str]) -> None:
    known = Gutter(LEFT, 135.0, RIGHT - 125.0, 260.0, 345.0)
    chars = [*column([line[:38] for line in PROSE[:3]], LEFT + 2.0, 400.0), *column(rows, RIGHT - 6.0, 400.0)]
    assert parts(chars, known=known) == 1


@pytest.mark.parametrize(("high", "expected"), [(10.0, 1), (11.0, 2)], ids=["as large", "larger"])
def test_level_paragraphs_below_a_title_of_one_column_are_text(high: float, expected: int) -> None:
    tops = [400.0 + (2 * LEADING + 8.0) * n for n in range(3)]
    left = [char for top in tops for char in column(PROSE[:2], LEFT, top)]
    right = [char for top in tops for char in column(OTHER[:2], RIGHT, top)]
    title = [char._replace(bottom=char.top + high) for char in text_at("Our plan", LEFT, 380.0)]
    assert parts([*title, *left, *right]) == expected
