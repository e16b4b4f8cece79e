"""Headings of several lines: rows of their own among them, what spans which columns, lines of one cell."""

from dataclasses import replace

import pytest
from test_columns import Piece, chars_of, ending, page

from extractors.pages.page import PageText, read_page
from extractors.pages.seen import Rule, Seen, as_columns
from extractors.tables.blocks import Block, sticks_out
from extractors.tables.columns import Columns
from extractors.tables.rounds import repeated
from extractors.tables.unruled import find_unruled

RIGHT = (200.0, 260.0, 320.0, 380.0)
_Rows = list[list[str]]


def figures(top: float, count: int = 4, rows: int = 3) -> list[Piece]:
    """Rows of a label and figures that end in line."""
    return [
        piece
        for n in range(rows)
        for piece in (
            (f"Area {n}", 60.0, top + 14 * n),
            *(ending(f"{n + 2}14", x, top + 14 * n) for x in RIGHT[:count]),
        )
    ]


def over(x: float, text: str, top: float) -> Piece:
    """A text in the middle over a column of figures."""
    return text, x - 7.5 - 2.5 * len(text), top


def read(text: PageText) -> tuple[_Rows, list[list[tuple[int, int] | None]]]:
    """The rows of the only table of a page, and what the cells of each span."""
    (table,) = find_unruled(text, [], None)
    rows = [[row.text(c) for c in range(len(table.edges))] for row in table.rows]
    return rows, [list(row.spans) for row in table.rows]


def slanting(upright: list[Piece], italic: list[Piece]) -> PageText:
    """A page with texts and others in italics."""
    chars = [*chars_of(upright), *(char._replace(italic=True) for char in chars_of(italic))]
    return read_page(Seen(1, 595.0, 842.0, (0.0, 0.0, 595.0, 842.0), as_columns(chars), (), (), ()), 1, 0)


@pytest.mark.parametrize(
    ("above", "each"),
    [(("Over", "", "Over", ""), False), (("Over", "", "Then", ""), True), (("All", "", "", ""), True)],
    ids=["again above too", "others above", "one above"],
)
def test_headings_that_come_again_go_on_from_what_does_so_above_them(above: tuple[str, ...], *, each: bool) -> None:
    lines = [
        [
            Block(n, n, tuple(page([over(x, said, 100.0)]).rows[0]))
            for n, (x, said) in enumerate(zip(RIGHT, own, strict=True), 1)
            if said
        ]
        for own in (above, ("2008", "2009", "2008", "2009"))
    ]
    assert repeated(lines[1], lines[0]) == each


def test_numbers_of_columns_are_one_row_however_many_lines_stand_over_each() -> None:
    lines = [over(RIGHT[0], "All", 100.0), over(RIGHT[1], "Of these", 88.0), over(RIGHT[1], "men", 100.0)]
    lines += [over(RIGHT[2], "Rate", 100.0), over(RIGHT[2], "in 2 years", 112.0), over(RIGHT[3], "Rank", 100.0)]
    numbers = [over(x, str(n), 126.0) for n, x in enumerate(RIGHT, 1)]
    rows, _ = read(page([*lines, *numbers, *figures(140.0)]))
    assert rows[1] == ["", "1", "2", "3", "4"]
    assert rows[0] == ["", "All", "Of these men", "Rate in 2 years", "Rank"]


def test_last_line_in_italics_is_a_row_and_one_in_another_weight_too() -> None:
    heads = [over(x, said, 100.0) for x, said in zip(RIGHT, ("Planted", "Yield", "Price", "Value"), strict=True)]
    units = [over(x, said, 111.0) for x, said in zip(RIGHT, ("Acres", "Bushels", "Dollars", "Pounds"), strict=True)]
    rows, _ = read(slanting([*heads, *figures(126.0)], units))
    assert rows[:2] == [["", "Planted", "Yield", "Price", "Value"], ["", "Acres", "Bushels", "Dollars", "Pounds"]]
    rows, _ = read(page([*heads, *units, *figures(126.0)]))
    assert rows[0] == ["", "Planted Acres", "Yield Bushels", "Price Dollars", "Value Pounds"]


@pytest.mark.parametrize(("end", "kept"), [(380.0, False), (362.0, True)], ids=["at the right edge", "within"])
def test_line_in_italics_at_the_right_edge_above_a_heading_says_in_what_all_count(end: float, *, kept: bool) -> None:
    heads = [over(x, said, 100.0) for x, said in zip(RIGHT, ("North", "East", "South", "West"), strict=True)]
    rows, _ = read(slanting([*heads, *figures(114.0)], [ending("in millions", end, 88.0)]))
    assert (rows[0][1:] != ["North", "East", "South", "West"]) == kept


@pytest.mark.parametrize(("wide", "out"), [(0.0, False), (14.0, True)], ids=["within them", "beyond both"])
def test_heading_that_sticks_out_of_its_columns_on_both_sides_is_over_those_beside_them(
    wide: float, *, out: bool
) -> None:
    columns = Columns(((60.0, 90.0), *((x - 15.0, x) for x in RIGHT)))
    left, right = 245.0 - wide, 320.0 + wide
    (line,) = page([("x" * round((right - left) / 5), left, 86.0)]).rows
    assert sticks_out(Block(2, 3, tuple(line)), {1, 2, 3, 4}, columns) == out


def test_heading_over_a_rule_that_starts_behind_the_labels_is_over_all_of_it() -> None:
    years = [ending(year, x, 100.0) for year, x in zip(("2010", "2011", "2012", "2013"), RIGHT, strict=True)]
    text = page([("By year, in millions", 240.0, 84.0), *years, *figures(116.0)], (Rule(170.0, 97.0, 385.0, 97.0),))
    rows, spans = read(text)
    assert (rows[0][1], spans[0][1]) == ("By year, in millions", (1, 4))


def test_name_in_the_middle_of_all_columns_but_the_first_is_a_row_over_them() -> None:
    heads = [over(x, said, 100.0) for x, said in zip(RIGHT, ("North", "East", "South", "West"), strict=True)]
    named = ("Rate per 10,000 people", 231.0, 184.0)
    rows, spans = read(page([*heads, *figures(114.0, rows=5), named, *figures(198.0, rows=5)]))
    assert (rows[6], spans[6]) == (["", "Rate per 10,000 people", "", "", ""], [(1, 1), (1, 4), None, None, None])


@pytest.mark.parametrize(("gap", "rows"), [(18.5, 1), (21.0, 3)], ids=["less than a line", "more"])
def test_lines_that_nothing_stands_beside_go_on_in_the_only_heading_above_them(gap: float, rows: int) -> None:
    heads = [ending(said, x, 100.0) for x, said in zip(RIGHT, ("North", "East", "South", "Within"), strict=True)]
    more = [ending("Grade", RIGHT[3], 100.0 + gap), ending("Amount", RIGHT[3], 100.0 + 2 * gap)]
    found, _ = read(page([*heads, *more, *figures(114.0 + 2 * gap)]))
    assert (found[0][4] == "Within Grade Amount") == (rows == 1)


def test_line_of_a_spanner_just_in_the_middle_of_the_one_above_goes_on_in_it() -> None:
    years = [ending(year, x, 112.0) for year, x in zip(("2010", "2011", "2010", "2011"), RIGHT, strict=True)]
    spanners = [("Not at leisure", 309.0, 88.0), ("now", 334.0, 100.0), ("Smoker", 206.0, 100.0)]
    rows, spans = read(page([*spanners, *years, *figures(126.0)]))
    assert (rows[0][3], spans[0][3]) == ("Not at leisure now", (1, 2))


def test_columns_of_a_heading_printed_again_are_as_wide_as_what_stands_below_it() -> None:
    heads = [("Code", 60.0, 100.0), ending("Sum", 260.0, 100.0), ("Comment", 300.0, 100.0)]
    first = [("A1", 60.0, 114.0), ending("£32,000", 260.0, 114.0), ("Reviews of all", 300.0, 114.0)]
    (above,) = find_unruled(page([*heads, *first, ("A2", 60.0, 128.0), ending("£900", 260.0, 128.0)]), [], None)
    parts = [("a)", 180.0, 114.0), ending("£10", 260.0, 114.0), ("b)", 180.0, 126.0), ending("£15", 260.0, 126.0)]
    below = page([*heads, ("A3", 60.0, 114.0), *parts, ("Of the county", 300.0, 114.0)])
    (table,) = find_unruled(replace(below, number=2), [], above)
    assert [row.text(1) for row in table.rows] == ["Sum", "a) £10 b) £15"]


def test_units_with_round_numbers_beside_a_label_are_a_row_of_the_heading() -> None:
    heads = [over(x, said, 88.0) for x, said in zip(RIGHT, ("All", "Sure", "Sure", "Not"), strict=True)]
    units = [ending(said, x, 100.0) for x, said in zip(RIGHT, ("1,000", "1,000", "Percent", "1,000"), strict=True)]
    rows, _ = read(page([*heads, ("Category", 60.0, 100.0), *units, *figures(116.0)]))
    assert rows[1] == ["Category", "1,000", "1,000", "Percent", "1,000"]


def test_first_line_of_a_spanner_that_is_over_one_column_alone_is_one_cell_with_the_next() -> None:
    years = [ending(year, x, 112.0) for year, x in zip(("Sum", "Rate", "Sum", "Rate"), RIGHT, strict=True)]
    spanners = [("With", 338.0, 88.0), ("food security", 318.0, 99.0), ("Whole", 207.0, 99.0)]
    rows, spans = read(page([*spanners, *years, *figures(126.0)]))
    assert (rows[0][3], spans[0][3]) == ("With food security", (1, 2))


def test_ranges_that_break_off_behind_their_dash_are_one_heading_each() -> None:
    heads = [over(x, text, top) for top, texts in ((80.0, ("5.0-", "7.0-", "9.0-")), (91.0, ("6.9", "8.9", "10.9")))
             for x, text in zip((200.0, 260.0, 320.0), texts, strict=True)]  # fmt: skip
    rows, _ = read(page([("All", 60.0, 80.0), ("classes", 60.0, 91.0), *heads, *figures(110.0, 3)]))
    assert rows[0] == ["All classes", "5.0- 6.9", "7.0- 8.9", "9.0- 10.9"]


def test_heading_over_others_that_differ_in_a_number_alone_stands_over_all_of_them() -> None:
    below = [
        over(x, text, 94.0)
        for x, text in zip((200.0, 260.0, 320.0, 380.0), ("10-YEAR", "50-YEAR", "100-YEAR", "500-YEAR"), strict=True)
    ]
    rows, spans = read(page([over(290.0, "PEAK FLOW", 80.0), ("Place", 60.0, 94.0), *below, *figures(110.0)]))
    assert rows[0][1] == "PEAK FLOW"
    assert spans[0][1] == (1, 4)


def test_unit_in_italics_over_the_figures_is_a_row_though_it_stands_in_one_column() -> None:
    text = slanting([("Kind", 60.0, 80.0), *[over(x, f"Y{x:.0f}", 80.0) for x in (200.0, 260.0, 320.0)],
                     *figures(95.0, 3, 2), *figures(140.0, 3, 2)], [over(260.0, "Bushels", 126.0)])  # fmt: skip
    rows, spans = read(text)
    assert rows[3][1] == "Bushels"
    assert spans[3][1] == (1, 3)
