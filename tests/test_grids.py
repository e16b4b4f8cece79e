"""Grids from drawn lines: pieces put together, open sides, and cells that hold several columns or rows divided."""

from dataclasses import replace
from itertools import pairwise

import pytest
from test_columns import HEIGHT, chars_of, ending, page

from extractors.pages.page import read_page
from extractors.pages.seen import Char, Fill, Rule, Seen, as_columns
from extractors.tables.grids import find_grids
from extractors.tables.refine import refined
from extractors.tables.ruled import find_ruled
from extractors.tables.unruled import find_unruled

LEFTS, TOPS = (50.0, 150.0, 250.0), (100.0, 120.0, 180.0)


def level(y: float, x0: float = 50.0, x1: float = 250.0) -> Rule:
    return Rule(x0, y, x1, y)


def upright(x: float, top: float = 100.0, bottom: float = 180.0) -> Rule:
    return Rule(x, top, x, bottom)


def rows(rules: list[Rule], pieces: list[tuple[str, float, float]], grounds: tuple[Fill, ...] = ()) -> list[list[str]]:
    text = replace(page(pieces, tuple(rules)), fills=grounds)
    return [
        [row.text(c) for c in range(len(table.edges))]
        for table in find_ruled(find_grids(rules), text)
        for row in table.rows
    ]


CLOSED = [level(y) for y in TOPS] + [upright(x) for x in LEFTS]


@pytest.mark.parametrize(
    "rules",
    [
        CLOSED,
        [level(y) for y in TOPS] + [upright(150.0)],
        [upright(x) for x in LEFTS] + [level(120.0)],
        [level(y, 50.0, 148.0) for y in TOPS] + [level(y, 149.0, 250.0) for y in TOPS] + [upright(x) for x in LEFTS],
        [level(y + off) for y in TOPS for off in (0.0, 0.7)] + [upright(x) for x in LEFTS],
        [level(y) for y in TOPS] + [upright(x, *ends) for x in LEFTS for ends in ((100.0, 119.0), (121.0, 180.0))],
    ],
    ids=["closed", "open at the sides", "open above and below", "in pieces across", "drawn twice", "in pieces down"],
)
def test_lines_make_the_same_cells(rules: list[Rule]) -> None:
    (grid,) = find_grids(rules)
    assert sorted([tuple(round(edge, -1) for edge in cell) for cell in grid.cells]) == [
        (50, 100, 150, 120), (50, 120, 150, 180), (150, 100, 250, 120), (150, 120, 250, 180),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rules",
    [[], [level(100.0), level(120.0)], [upright(50.0)], [level(100.0), upright(400.0), upright(420.0)]],
    ids=["none", "level only", "one", "apart"],
)
def test_lines_that_do_not_cross_make_no_grid(rules: list[Rule]) -> None:
    assert find_grids(rules) == []


@pytest.mark.parametrize("ends", [(150.0, 180.0, 180.0), (180.0, 150.0, 180.0), (140.0, 180.0, 180.0)])
def test_cells_that_a_page_cuts_below_their_own_last_line_are_as_high_as_each_other(ends: tuple[float, ...]) -> None:
    rules = [level(100.0), level(120.0), *(upright(x, 100.0, end) for x, end in zip(LEFTS, ends, strict=True))]
    (grid,) = find_grids(rules)
    assert sorted(cell[:2] for cell in grid.cells) == [(x, y) for x in LEFTS[:2] for y in (100.0, 120.0)]
    assert {cell[3] for cell in grid.cells} == {120.0, 180.0}


def test_cells_that_a_page_cuts_are_closed_beside_those_that_end_there() -> None:
    """The row of the first two columns goes on over the page; a part of it, in the third, ends with the page."""
    rules = [level(100.0), level(140.0, 150.0), level(180.0, 150.0), *(upright(x) for x in (50.0, 100.0, 150.0, 250.0))]
    (grid,) = find_grids(rules)
    assert sorted(grid.cells) == [
        (50.0, 100.0, 100.0, 180.0), (100.0, 100.0, 150.0, 180.0),
        (150.0, 100.0, 250.0, 140.0), (150.0, 140.0, 250.0, 180.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("top", "foot", "held"),
    [(180.0, False, True), (188.0, False, False), (176.0, True, True), (180.0, True, False)],
    ids=["below open cells", "further below", "struck out", "below a line"],
)
def test_line_that_sticks_out_of_a_grid_that_a_page_cuts_is_its_last(top: float, foot: bool, held: bool) -> None:
    rules = [*(level(y) for y in (100.0, 120.0)), *(upright(x) for x in LEFTS)] + [level(180.0)] * foot
    (*_, last) = rows(rules, [*HEAD, ("Blaby", 55.0, 160.0), ("500", 155.0, 160.0), ("and Oadby", 55.0, top)])
    assert last == ["Blaby and Oadby" if held else "Blaby", "500"]


@pytest.mark.parametrize(("left", "held"), [(150.0, True), (50.0, False)], ids=["beside a line", "below it"])
def test_line_that_sticks_out_of_cells_that_a_page_cuts_beside_some_that_end_there(left: float, held: bool) -> None:
    rules = [*(level(y) for y in (100.0, 120.0)), *(upright(x) for x in LEFTS), level(180.0, left, left + 100.0)]
    (*_, last) = rows(rules, [*HEAD, ("Blaby", 55.0, 160.0), ("500", 155.0, 160.0), ("and Oadby", 55.0, 180.0)])
    assert last == ["Blaby and Oadby" if held else "Blaby", "500"]


@pytest.mark.parametrize(("last", "held"), [(192.0, True), (204.0, False)], ids=["close", "further below"])
def test_lines_that_stick_out_of_a_grid_that_a_page_cuts_follow_each_other(last: float, held: bool) -> None:
    rules = [*(level(y) for y in (100.0, 120.0)), *(upright(x) for x in LEFTS)]
    words = [("Blaby", 55.0, 160.0), ("500", 155.0, 160.0), ("and", 55.0, 180.0), ("Oadby", 55.0, last)]
    assert rows(rules, [*HEAD, *words])[-1] == ["Blaby and Oadby" if held else "Blaby and", "500"]


@pytest.mark.parametrize("x", [50.0, 250.0], ids=["left", "right"])
def test_side_that_is_drawn_beside_the_first_row_of_a_cell_only_is_whole(x: float) -> None:
    """The cell reaches over two rows of the other column."""
    far = x > 150
    level_ends = (50.0, 150.0) if far else (150.0, 250.0)
    rules = [level(100.0), level(120.0, *level_ends), level(140.0), level(160.0)]
    rules += [upright(other, 100.0, 160.0) for other in (50.0, 150.0, 250.0) if other != x]
    (grid,) = find_grids([*rules, upright(x, 100.0, 120.0), upright(x, 140.0, 160.0)])
    assert ((150.0, 100.0, 250.0, 140.0) if far else (50.0, 100.0, 150.0, 140.0)) in grid.cells


def test_two_tables_are_two_grids() -> None:
    below = [Rule(r.x0, r.top + 200, r.x1, r.bottom + 200) for r in CLOSED]
    assert [grid.box for grid in find_grids([*below, *CLOSED])] == [
        (50.0, 100.0, 250.0, 180.0),
        (50.0, 300.0, 250.0, 380.0),
    ]


HEAD = [("Area", 55.0, 105.0), ("Sum", 155.0, 105.0)]
BODY = [("Blaby", 55.0, 125.0), ending("500", 245.0, 125.0), ("Melton", 55.0, 140.0), ending("60", 245.0, 140.0)]
MORE = [("Oadby", 55.0, 155.0), ending("7", 245.0, 155.0)]


def test_cell_that_holds_several_rows_is_divided() -> None:
    assert rows(CLOSED, [*HEAD, *BODY, *MORE]) == [["Area", "Sum"], ["Blaby", "500"], ["Melton", "60"], ["Oadby", "7"]]


@pytest.mark.parametrize(("second", "expected"), [("Melton", 3), ("and those of it", 2)], ids=["anew", "going on"])
def test_two_rows_in_two_columns_are_told_by_their_labels(second: str, expected: int) -> None:
    assert len(rows(CLOSED, [*HEAD, *BODY[:2], (second, 55.0, 140.0), *BODY[3:]])) == expected


def test_heading_beside_an_upright_above_the_first_level_line_is_a_row() -> None:
    """A table drawn as one rule between columns, one below the heading and a double one above the total."""
    rules = [level(120.0), level(155.0), level(160.0), upright(150.0, 100.0, 178.0)]
    total = [("Total", 55.0, 164.0), ending("560", 245.0, 164.0)]
    assert rows(rules, [*HEAD, *BODY, *total]) == [
        ["Area", "Sum"], ["Blaby", "500"], ["Melton", "60"], ["Total", "560"]
    ]  # fmt: skip
    above = [("Sums of all areas and what they are for", 55.0, 105.0)]
    assert rows(rules, [*above, *BODY, *total])[0] == ["Blaby", "500"]


def test_columns_beside_a_grid_as_far_as_its_level_line_reaches_are_its_own() -> None:
    """Only lines between columns are drawn, and one below the heading: the first and the last column have no side."""
    rules = [level(120.0, 50.0, 450.0), upright(150.0), upright(250.0), upright(350.0)]
    last = [
        piece
        for x, name in ((255.0, "Team"), (355.0, "Town"))
        for piece in ((name, x, 105.0), *((f"{name} {n}", x, 125.0 + 15 * n) for n in range(3)))
    ]
    assert rows(rules, [*HEAD, *BODY, *MORE, *last]) == [
        ["Area", "Sum", "Team", "Town"],
        ["Blaby", "500", "Team 0", "Town 0"],
        ["Melton", "60", "Team 1", "Town 1"],
        ["Oadby", "7", "Team 2", "Town 2"],
    ]


@pytest.mark.parametrize(("end", "blank"), [(350.0, [""]), (252.0, [])], ids=["beside", "none"])
def test_blank_column_beside_a_grid_is_its_own_where_the_grounds_of_rows_reach_over_it(
    end: float, blank: list[str]
) -> None:
    """As on a last page on which no row says anything in it."""
    rules = [level(120.0), *(upright(x) for x in LEFTS)]
    grounds = tuple(Fill(50.0, top, end, bottom, (240, 240, 240, 255), 0) for top, bottom in pairwise(TOPS))
    areas = [["Blaby", "500"], ["Melton", "60"], ["Oadby", "7"]]
    assert rows(rules, [*HEAD, *BODY, *MORE], grounds) == [[*row, *blank] for row in [["Area", "Sum"], *areas]]


def test_names_that_stand_in_line_before_figures_are_columns_of_a_drawn_one_too() -> None:
    rules = [level(y) for y in (100.0, 120.0, 140.0, 160.0)] + [upright(x, 100.0, 160.0) for x in LEFTS]
    pieces = [("North", 55.0, 105.0)]
    for top, name, kind, values in (
        (105.0, "Alnes", "S", "57"),
        (125.0, "Bjerk", "B", "-8"),
        (145.0, "Enmark", "S", "31"),
    ):
        pieces += [(name, 155.0, top), (kind, 195.0, top), (values[0], 215.0, top), (values[1], 235.0, top)]
    assert rows(rules, pieces)[1] == ["", "Bjerk", "B", "-", "8"]


def test_words_in_a_drawn_row_are_rows_where_wider_gaps_part_lines_that_fill_all_columns() -> None:
    rules = [level(100.0, 50.0, 450.0), level(120.0, 50.0, 450.0), level(250.0, 50.0, 450.0)]
    rules += [upright(x, 100.0, 250.0) for x in (50.0, 150.0, 350.0, 450.0)]
    pieces = [("Measure", 55.0, 105.0), ("Content", 155.0, 105.0), ("Status", 355.0, 105.0)]
    for n, name in enumerate(("Capital", "Reports", "Deposits")):
        top = 125.0 + 40 * n
        pieces += [
            (name, 55.0, top),
            ("All that is said of", 155.0, top),
            ("In force", 355.0, top),
            ("it", 155.0, top + 11),
        ]
    assert [line[0] for line in rows(rules, pieces)] == ["Measure", "Capital", "Reports", "Deposits"]


def test_numbered_lines_of_words_in_a_drawn_row_are_a_row_each() -> None:
    rules = [level(y, 50.0, 450.0) for y in (100.0, 120.0, 200.0)]
    rules += [upright(x, 100.0, 200.0) for x in (50.0, 150.0, 350.0, 450.0)]
    pieces = [(name, x, 105.0) for name, x in (("Region", 55.0), ("Seat", 155.0), ("Area", 355.0))]
    for n, number in enumerate(("3", "5", "12")):
        pieces += [(number, 55.0, 125.0 + 12 * n), ("Lake", 155.0, 125.0 + 12 * n), ("South", 355.0, 125.0 + 12 * n)]
    assert [line[0] for line in rows(rules, pieces)] == ["Region", "3", "5", "12"]


def test_side_within_a_table_that_is_left_out_beside_a_merged_cell_is_whole() -> None:
    """A level line ends where it breaks off."""
    rules = [level(y, 50.0, 350.0) for y in (100.0, 140.0, 160.0)] + [level(120.0, 50.0, 250.0)]
    rules += [upright(x, 100.0, 160.0) for x in (50.0, 150.0, 350.0)]
    rules += [upright(250.0, 100.0, 120.0), upright(250.0, 140.0, 160.0)]
    (grid,) = find_grids(rules)
    assert (150.0, 120.0, 250.0, 140.0) in grid.cells


def test_frame_without_columns_is_no_grid() -> None:
    """Its heading may stand above it."""
    rules = [level(y) for y in (120.0, 140.0, 160.0)] + [upright(x, 120.0, 160.0) for x in (50.0, 250.0)]
    values = [(text, x, top) for top in (125.0, 145.0) for text, x in (("0.5%", 60.0), ("248", 130.0), ("255", 200.0))]
    assert rows(rules, values) == []


@pytest.mark.parametrize(("above", "grids"), [(True, 0), (False, 1)], ids=["rows above", "nothing above"])
def test_what_uprights_that_break_off_for_a_section_and_the_last_rule_frame_is_part_of_a_table(
    *, above: bool, grids: int
) -> None:
    tops = [*((102.0, 115.0, 128.0) if above else ()), 154.0, 167.0, 180.0]
    pieces = [(text, x, top) for top in tops for text, x in (("Area", 60.0), ("45", 140.0), ("67", 210.0))]
    ends = ((100.0, 140.0), (153.0, 192.0)) if above else ((134.0, 140.0), (153.0, 192.0))
    lines = [upright(x, *own) for x in (110.0, 190.0) for own in ends]
    text = page([("Later", 60.0, 141.0), *pieces], (*lines, level(192.0)))
    assert len(find_ruled(find_grids(text.rules), text)) == grids


def coded(text: str, x: float, top: float) -> list[Char]:
    return [char._replace(bold=True) for char in chars_of([(text, x, top)])]


@pytest.mark.parametrize(("second", "expected"), [("CI002", 3), ("SP2", 2)], ids=["of one kind", "of another"])
def test_drawn_row_of_several_intentions_with_parts_is_divided_by_their_codes(second: str, expected: int) -> None:
    """Only upright lines are drawn; the rows stand further apart than the lines of one."""
    parts = [
        (f"{letter}) £{n}", 155.0, y) for n, (letter, y) in enumerate(zip("abab", (122, 134, 156, 168), strict=True))
    ]
    plain = [*HEAD, *[(text, x + 50, float(y)) for text, x, y in parts]]
    codes = [*coded("CI001", 55.0, 122.0), *coded(second, 55.0, 156.0)]
    rules = [level(y) for y in TOPS] + [upright(x) for x in LEFTS]
    seen = Seen(1, 595.0, 842.0, (0.0, 0.0, 595.0, 842.0), as_columns([*codes, *chars_of(plain)]), tuple(rules), (), ())
    (table,) = find_ruled(find_grids(rules), read_page(seen, 1, 0))
    assert len(table.rows) == expected


def test_cell_across_the_body_is_divided_into_the_columns_of_the_heading() -> None:
    rules = [level(y) for y in TOPS] + [upright(50.0), upright(150.0, 100.0, 120.0), upright(250.0)]
    assert rows(rules, [*HEAD, *BODY, *MORE])[1:] == [["Blaby", "500"], ["Melton", "60"], ["Oadby", "7"]]


@pytest.mark.parametrize("names", [("20 to 99", "100 to 999", "1,000 or more"), ("3-month", "2-year", "10-year")])
def test_numbers_that_open_labels_are_no_codes(names: tuple[str, ...]) -> None:
    lines = [piece for n, name in enumerate(names)
             for piece in ((name, 55.0, 124.0 + 15 * n), (f"{n}8.5", 155.0, 124.0 + 15 * n))]  # fmt: skip
    assert [row[0] for row in rows(CLOSED, [*HEAD, *lines])] == ["Area", *names]


def test_lines_of_many_figures_are_rows_whatever_numbers_open_their_labels() -> None:
    rules = [level(y, 50.0, 400.0) for y in TOPS] + [upright(x) for x in (50.0, *range(150, 401, 50))]
    labels = ("2005 Total", "January", "5-Month Total")
    lines = [(label, 55.0, 122.0 + 15 * n) for n, label in enumerate(labels)]
    figures = [ending(f"{n}.{i}", 195.0 + 50 * i, 122.0 + 15 * n) for n in range(3) for i in range(5)]
    assert [row[0] for row in rows(rules, [*HEAD, *lines, *figures])] == ["Area", *labels]


@pytest.mark.parametrize(
    "pieces",
    [
        [("CI001", 55.0, 125.0), ("a) 500", 155.0, 125.0), ("SP3", 55.0, 140.0), ("b) 60", 155.0, 140.0)],
        [("CI001", 55.0, 125.0), ("500", 155.0, 125.0), ("60", 155.0, 140.0), ("7", 155.0, 155.0)],
        [("CI1", 55.0, 125.0), ("50", 155.0, 125.0), ("SP3", 55.0, 140.0), ("60", 155.0, 140.0), ("CI7", 55.0, 155.0),
         ("7", 155.0, 155.0)],
        [("Grants for", 55.0, 125.0), ("500", 155.0, 125.0), ("victims", 55.0, 140.0), ("of crime", 55.0, 155.0)],
    ],
    ids=["parts with letters", "parts under one label", "codes of two kinds", "a label of three lines"],
)  # fmt: skip
def test_cell_that_holds_one_row_is_kept(pieces: list[tuple[str, float, float]]) -> None:
    text = page([*HEAD, *pieces], tuple(CLOSED))
    (grid,) = find_grids(CLOSED)
    assert sorted(refined(grid.cells, text)) == sorted(grid.cells)


def test_a_row_of_one_line_is_as_high_as_its_words_at_least() -> None:
    text = page([*HEAD, *BODY, *MORE], tuple(CLOSED))
    (grid,) = find_grids(CLOSED)
    assert all(bottom - top >= HEIGHT for _, top, _, bottom in refined(grid.cells, text))


# One rule between labels and figures, level ones around the heading and the body.
BOOK = [level(y) for y in (100.0, 120.0, 122.0, 165.0, 167.0)] + [upright(150.0, 100.0, 165.0)]
HEADS = [("Area", 55.0, 105.0), ("Number", 152.0, 105.0), ("Rate", 190.0, 105.0), ("Cases", 225.0, 105.0)]
AREAS = ("Blaby", "Oadby", "Melton")


def body(rows: list[tuple[str, ...]], top: float = 125.0) -> list[tuple[str, float, float]]:
    """Rows of a label and figures, set to the left 14 points apart."""
    return [
        (text, x, top + 14 * i) for i, row in enumerate(rows) for x, text in zip((55, 152, 190, 225), row, strict=False)
    ]


FIGURES = [("Blaby", "344", "75.2", "17%"), ("Oadby", "53", "11.6", "22%"), ("Melton", "61", "13.2", "9%")]


def test_drawn_column_with_several_columns_of_figures_is_divided() -> None:
    assert rows(BOOK, [*HEADS, *body(FIGURES)]) == [["Area", "Number", "Rate", "Cases"], *map(list, FIGURES)]


def test_line_of_fewer_figures_falls_into_the_columns_that_others_show() -> None:
    assert rows(BOOK, [*HEADS, *body([*FIGURES[:2], ("Melton", "61", "13.2")])])[3] == ["Melton", "61", "13.2", ""]


@pytest.mark.parametrize(("count", "divided"), [(4, True), (3, False)], ids=["beside four", "beside three"])
def test_words_may_stand_for_a_figure_in_a_few_rows_of_a_drawn_column_with_several(
    count: int, *, divided: bool
) -> None:
    tall = [level(y) for y in (100.0, 120.0, 122.0, 205.0, 207.0)] + [upright(150.0, 100.0, 205.0)]
    said = ("Rutland", "NFI", "Text", "9%")
    figures = [(f"Area {n}", f"3{n}4", "75.2", "17%") for n in range(count)]
    found = rows(tall, [*HEADS[:2], *body([*figures, said])])
    assert (list(said) in found) == divided


def test_words_in_line_below_headings_are_columns_of_a_drawn_one() -> None:
    tall = [level(y) for y in (100.0, 120.0, 122.0, 205.0, 207.0)] + [upright(150.0, 100.0, 205.0)]
    graded = [
        (f"Area {n}", value, grade)
        for n, (value, grade) in enumerate([("ND", "NA"), ("0.6", "D"), ("NA", "NA"), ("5.1", "D")])
    ]
    assert rows(tall, [*HEADS[:3], *body(graded)]) == [["Area", "Number", "Rate"], *map(list, graded)]
    askew = [(text, x + 6 * n * (x > 180.0), top) for n, (text, x, top) in enumerate(body(graded))]
    assert len(rows(tall, [*HEADS[:3], *askew])[0]) == 2


@pytest.mark.parametrize("marks", [["a)", "b)", "c)", "d)", "e)"], ["•"] * 5], ids=["letters", "bullets"])
def test_letters_of_parts_and_bullets_before_words_or_amounts_are_no_column(marks: list[str]) -> None:
    tall = [level(y) for y in (100.0, 120.0, 122.0, 205.0, 207.0)] + [upright(150.0, 100.0, 205.0)]
    parts = [(f"Area {n}", mark, f"£{n + 1}50,800") for n, mark in enumerate(marks)]
    assert {len(row) for row in rows(tall, [*HEADS[:2], *body(parts)])} == {2}


def test_dashes_alone_are_a_column_of_figures_too() -> None:
    dashed = [(*row[:3], "-") for row in FIGURES]
    assert rows(BOOK, [*HEADS[:2], *body(dashed)])[1:] == [list(row) for row in dashed]


def test_words_of_a_heading_set_wide_fall_into_the_column_below_them() -> None:
    heads = [*HEADS[:2], ("Cost", 190.0, 101.0), ("of", 222.0, 101.0), ("all", 190.0, 110.0)]
    assert rows(BOOK, [*heads, *body([row[:3] for row in FIGURES])])[0] == ["Area", "Number", "Cost of all"]


def test_heading_over_all_columns_of_a_drawn_one_spans_them() -> None:
    text = page([("Of its homes", 160.0, 105.0), *body(FIGURES)], tuple(BOOK))
    (table,) = find_ruled(find_grids(BOOK), text)
    assert table.rows[0].spans[1] == (1, 3)
    assert [row.text(3) for row in table.rows[1:]] == ["17%", "22%", "9%"]


def test_cell_over_drawn_columns_is_divided_where_they_are() -> None:
    inner = [upright(x, 100.0, 121.0) for x in (185.0, 223.0)]
    pieces = [
        *HEADS,
        *body([("Blaby", "344", "75.2", "17%"), ("Oadby", "53", "11.6", "22%"), ("Melton", "6", "1", "9")]),
    ]
    assert len(rows([*BOOK, *inner], pieces)[0]) == 4


@pytest.mark.parametrize(
    "figures",
    [
        [("Blaby", "344", "75.2"), ("Oadby", "53"), ("Melton", "61")],
        [("Blaby", "0.34", "**"), ("Oadby", "0.12", "*"), ("Melton", "0.61", "*")],
        [("Blaby", "344", "75.2"), ("Oadby", "none", "yet"), ("Melton", "61", "13.2")],
    ],
    ids=["one line of several", "stars set apart", "words among them"],
)
def test_drawn_column_of_one_column_is_kept(figures: list[tuple[str, ...]]) -> None:
    assert {len(row) for row in rows(BOOK, [*HEADS[:2], *body(figures)])} == {2}


TOTAL = body([("Total", "458", "100.0", "48%")], 170.0)


def test_line_that_an_upright_rule_goes_on_beside_is_the_last_row() -> None:
    assert rows([*BOOK, upright(150.0, 168.0, 179.0)], [*HEADS, *body(FIGURES), *TOTAL])[-1] == [
        "Total", "458", "100.0", "48%",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "below"),
    [
        (upright(150.0, 165.0, 165.5), TOTAL),
        (upright(150.0, 168.0, 400.0), TOTAL),
        (upright(150.0, 168.0, 179.0), [("Total", 55.0, 170.0)]),
        (upright(150.0, 168.0, 179.0), [("Source of the figures: a survey", 55.0, 170.0)]),
        (upright(150.0, 168.0, 179.0), [*TOTAL, ("See note 7", 260.0, 170.0)]),
    ],
    ids=["no rule", "a rule that goes on far", "no figures", "one piece", "a line that reaches further"],
)
def test_other_lines_below_a_grid_are_in_none(rule: Rule, below: list[tuple[str, float, float]]) -> None:
    assert rows([*BOOK, rule], [*HEADS, *body(FIGURES), *below])[-1][0] == "Melton"


@pytest.mark.parametrize(("right", "inside", "columns"), [(158.0, "", 3), (165.0, "", 4), (158.0, "*", 4)],
                         ids=["narrower than a line is high", "with room for text", "with a mark in it"])  # fmt: skip
def test_blank_drawn_column_without_room_for_text_is_the_space_between_two(
    right: float, inside: str, columns: int
) -> None:
    rules = [level(y) for y in (100.0, 120.0, 140.0)] + [upright(x, 100.0, 140.0) for x in (50, 150, right, 200, 250)]
    own = [("Area", 55.0, 105.0), ("1997", 170.0, 105.0), ("1998", 210.0, 105.0), ("Blaby", 55.0, 125.0),
           ("42.3", 170.0, 125.0), ("38.1", 210.0, 125.0), *([(inside, 152.0, 125.0)] if inside else [])]  # fmt: skip
    assert len(rows(rules, own)[0]) == columns


def test_a_heading_of_one_piece_over_columns_is_whole_though_a_number_ends_it() -> None:
    rules = [level(y, 50.0, 250.0) for y in (100.0, 120.0, 140.0, 160.0)]
    rules += [upright(x, 100.0, 160.0) for x in (50.0, 130.0, 250.0)] + [upright(190.0, 120.0, 160.0)]
    pieces = [("Rate per 100,000", 150.0, 105.0), ("2009", 140.0, 125.0), ("2010", 200.0, 125.0),
              ("North", 55.0, 145.0), ("22.9", 160.0, 145.0), ("29.0", 220.0, 145.0)]  # fmt: skip
    assert rows(rules, pieces)[0] == ["", "Rate per 100,000", ""]


def test_words_among_figures_in_line_are_columns_of_a_drawn_one_though_some_lines_are_shorter() -> None:
    tall = [level(y) for y in (100.0, 120.0, 122.0, 205.0, 207.0)] + [upright(150.0, 100.0, 205.0)]
    wind = [("1", "7.8", "SW"), ("2", "11.6", "NE"), ("3", "3.5", "NW"), ("4", "5.2", "SE"), ("5", "7.0", "NW")]
    found = rows(tall, [*HEADS[:3], *body(wind), ("6", 60.0, 194.0), ("8.7", 152.0, 194.0)])
    assert found[1:] == [*map(list, wind), ["6", "8.7", ""]]


def test_heading_in_the_middle_of_a_drawn_column_is_over_all_that_it_holds() -> None:
    """It stands over no gap between them."""
    text = page([("Of", 195.0, 105.0), *body(FIGURES)], tuple(BOOK))
    (table,) = find_ruled(find_grids(BOOK), text)
    assert (table.rows[0].text(1), table.rows[0].spans[1]) == ("Of", (1, 3))


@pytest.mark.parametrize(("between", "cells"), [(True, 7), (False, 3)], ids=["level lines at both ends", "at one end"])
def test_side_of_a_cell_of_a_heading_that_is_not_drawn_is_closed(*, between: bool, cells: int) -> None:
    lines = [level(100.0), level(180.0), level(112.0, 100.0, 200.0), upright(100.0), upright(150.0, 112.0)]
    lines += [upright(200.0, 100.0, 112.0), upright(200.0, 150.0, 180.0)] + [level(150.0, 100.0, 200.0)] * between
    (grid,) = find_grids(lines)
    assert len(grid.cells) == cells


def test_columns_whose_headings_no_rule_parts_from_the_rows_are_divided_where_others_are() -> None:
    lines = [level(100.0), level(180.0), *(upright(x) for x in (50.0, 100.0, 150.0, 250.0))]
    lines += [level(112.0, 150.0, 250.0), level(124.0, 150.0, 250.0), upright(200.0, 112.0, 180.0)]
    heads = [("Area", 60.0, 106.0), ("All", 105.0, 106.0), ("Beds", 190.0, 101.0), ("Men", 155.0, 113.0),
             ("Women", 205.0, 113.0)]  # fmt: skip
    figures = [(text, x, 130.0 + 14 * n) for n in range(3)
               for text, x in ((f"N{n}", 60.0), (f"{n}14", 105.0), (f"{n}15", 155.0), (f"{n}16", 205.0))]  # fmt: skip
    assert rows(lines, [*heads, *figures]) == [
        ["Area", "All", "Beds", ""], ["", "", "Men", "Women"],
        *([f"N{n}", f"{n}14", f"{n}15", f"{n}16"] for n in range(3)),
    ]  # fmt: skip


def test_grid_of_one_row_with_headings_over_several_of_its_columns_is_read_by_the_gaps_between_them() -> None:
    lines = [level(100.0), level(180.0), upright(150.0)]
    over = [("Area", 60.0, 112.0), ("Planted in all", 165.0, 102.0), ("2005", 160.0, 112.0), ("2006", 210.0, 112.0)]
    figures = [(text, x, 128.0 + 14 * n) for n in range(3)
               for text, x in ((f"N{n}", 60.0), (f"{n}140", 160.0), (f"{n}150", 210.0))]  # fmt: skip
    text = page([*over, *figures], tuple(lines))
    assert find_ruled(find_grids(lines), text) == []
    (table,) = find_unruled(text, [], None)
    assert [[row.text(c) for c in range(3)] for row in table.rows[:3]] == [
        ["Area", "Planted in all", ""], ["", "2005", "2006"], ["N0", "0140", "0150"],
    ]  # fmt: skip


@pytest.mark.parametrize(("count", "expected"), [(5, 3), (3, 2)], ids=["many figures", "few"])
def test_two_lines_of_many_figures_in_one_drawn_row_are_two(count: int, expected: int) -> None:
    """Not all columns are filled."""
    edges = [50.0 + 30 * n for n in range(8)]
    lines = [level(y, 50.0, 260.0) for y in (100.0, 116.0, 150.0)] + [upright(x, 100.0, 150.0) for x in edges]
    heads = [(f"H{n}", 52.0 + 30 * n, 103.0) for n in range(7)]
    sums = [(text, 52.0 + 30 * n, top) for top, name in ((119.0, "Sum"), (134.0, "Mean"))
            for n, text in enumerate((name, *("12" for _ in range(count))))]  # fmt: skip
    assert len(rows(lines, [*heads, *sums])) == expected


def test_numbers_of_columns_below_their_drawn_headings_are_a_row() -> None:
    heads = [(text, x, top) for n, x in enumerate((60.0, 160.0, 200.0))
             for text, top in (("Area", 102.0), (str(n + 1), 111.0))]  # fmt: skip
    lines = [level(y) for y in (100.0, 122.0, 150.0, 180.0)] + [upright(x) for x in (50.0, 150.0, 190.0, 250.0)]
    found = rows(lines, [*heads, ("Oadby", 60.0, 130.0), ("5", 160.0, 130.0), ("6", 200.0, 130.0)])
    assert found[:2] == [["Area", "Area", "Area"], ["1", "2", "3"]]


@pytest.mark.parametrize(("sided", "grids"), [(False, 0), (True, 1)], ids=["without a side", "with its side"])
def test_grid_whose_last_column_has_several_headings_above_is_part_of_a_table(*, sided: bool, grids: int) -> None:
    heads = [("Code", 55.0, 88.0), ("Sum", 160.0, 88.0), ("Comment", 210.0, 88.0)]
    lines = [level(y) for y in (100.0, 130.0, 180.0)] + [upright(x) for x in (50.0, 150.0, 250.0)[: 2 + sided]]
    cells = [(text, x, top) for top in (105.0, 135.0) for text, x in (("C1", 55.0), ("£500", 160.0), ("Later", 210.0))]
    assert len(find_ruled(find_grids(lines), page([*heads, *cells], tuple(lines)))) == grids


@pytest.mark.parametrize(("heads", "whole"), [(("Median", "Mean"), True), (("Low", "Mid", "High"), False)])
def test_year_in_the_middle_of_a_drawn_column_that_holds_several_heads_them_all(
    heads: tuple[str, ...], *, whole: bool
) -> None:
    """Of an odd number it may be the first line of the heading in their middle."""
    lines = [level(y) for y in (100.0, 126.0, 180.0)] + [upright(x, 100.0, 180.0) for x in (50.0, 110.0, 250.0)]
    places = [110.0 + 140.0 * (n + 0.5) / len(heads) for n in range(len(heads))]
    said = [("Area", 60.0, 113.0), ("1992", 170.0, 101.0)]
    said += [(head, x - 2.5 * len(head), 113.0) for head, x in zip(heads, places, strict=True)]
    said += [
        (text, x - 5.0, 130.0 + 14 * n) for n in range(3) for x, text in zip(places, ("12", "34", "56"), strict=False)
    ]
    said += [(f"N{n}", 60.0, 130.0 + 14 * n) for n in range(3)]
    assert (rows(lines, said)[0][1:] == ["1992", *[""] * (len(heads) - 1)]) == whole


@pytest.mark.parametrize(("words", "count"), [("Zone", 3), ("", 2)], ids=["below words", "figures alone"])
def test_figures_behind_a_label_below_the_words_of_a_drawn_heading_are_a_row(words: str, count: int) -> None:
    edges = (50.0, 110.0, 150.0, 190.0, 250.0)
    lines = [level(y) for y in (100.0, 126.0, 150.0)] + [upright(x, 100.0, 150.0) for x in edges]
    heads = [("Kind", 55.0, 102.0), ("Factor:", 55.0, 114.0)]
    heads += [(text, x + 5, top) for x in edges[1:4] for text, top in ((words, 102.0), ("0.4", 114.0)) if text]
    data = [(text, x + 5, 130.0) for x, text in zip(edges, ("All", "5.0", "6.0", "7.0"), strict=False)]
    assert len(rows(lines, [*heads, *data])) == count


def test_headings_that_lines_of_their_own_part_within_a_drawn_column_stand_over_theirs() -> None:
    rules = [level(100.0, 50.0, 400.0), level(140.0, 50.0, 400.0), level(240.0, 50.0, 400.0),
             *(upright(x, 100.0, 240.0) for x in (50.0, 230.0, 400.0)), level(114.0, 120.0, 225.0)]  # fmt: skip
    heads = [
        ("Regular", 155.0, 103.0),
        ("Area", 60.0, 127.0),
        ("Sold", 130.0, 127.0),
        ("Used", 185.0, 127.0),
        ("All", 300.0, 127.0),
    ]
    lines = [
        (text, x, 145.0 + 14 * n)
        for n in range(5)
        for text, x in ((f"Area {n}", 60.0), (f"1{n}4", 132.0), (f"2{n}5", 187.0), (f"3{n}6", 300.0))
    ]
    found = rows(rules, [*heads, *lines])
    assert found[0][:2] == ["Area", "Regular"]
    assert found[1][1:3] == ["Sold", "Used"]
    assert found[2] == ["Area 0", "104", "205", "306"]


def test_drawn_column_that_holds_several_of_words_and_figures_is_part_of_a_table() -> None:
    rules = [
        *(level(100.0 + 20 * n, 50.0, 400.0) for n in range(5)),
        *(upright(x, 100.0, 180.0) for x in (50.0, 120.0, 400.0)),
    ]
    cells = [("Theme", 60.0), ("Contract", 130.0), ("£400", 210.0), ("Council", 260.0), ("Direct", 340.0)]
    pieces = [(text, x, 105.0 + 20 * n) for n in range(4) for text, x in cells]
    text = page(pieces, tuple(rules))
    assert find_ruled(find_grids(text.rules), text) == []


def test_heading_below_a_level_line_over_the_whole_grid_is_its_first_row() -> None:
    rules = [
        level(80.0, 50.0, 250.0),
        *(level(100.0 + 20 * n) for n in range(4)),
        *(upright(x, 100.0, 160.0) for x in (50.0, 120.0, 180.0, 250.0)),
    ]
    heads = [("Area", 60.0, 85.0), ("Body", 130.0, 85.0), ("Sum", 190.0, 85.0)]
    body = [
        (text, x, 105.0 + 20 * n)
        for n in range(3)
        for text, x in ((f"Area {n}", 60.0), ("Board", 130.0), ("£5", 190.0))
    ]
    assert rows(rules, [*heads, *body])[0] == ["Area", "Body", "Sum"]


def test_grids_a_seam_apart_are_one_where_the_second_opens_with_figures() -> None:
    rules = [rule for top in (100.0, 124.0) for rule in (level(top, 50.0, 250.0), level(top + 20, 50.0, 250.0),
             *(upright(x, top, top + 20) for x in (50.0, 120.0, 180.0, 250.0)))]  # fmt: skip
    body = [
        (text, x, 105.0 + 24 * n)
        for n in range(2)
        for text, x in ((f"Area {n}", 60.0), ("Board", 130.0), ("£5", 190.0))
    ]
    (table,) = find_ruled(find_grids(rules), page(body, tuple(rules)))
    assert [row.text(0) for row in table.rows] == ["Area 0", "Area 1"]
