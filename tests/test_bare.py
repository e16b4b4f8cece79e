"""What stands on a page and is no table: charts, lists of contents, the dots that lead to a figure."""

from dataclasses import replace

import pytest
from test_columns import Piece, ending, page, tables

from extractors.pages.page import PageText, read_page
from extractors.pages.seen import Box, Char, Fill, Rule, Seen, as_columns
from extractors.pages.words import text_of
from extractors.tables.bare import bared
from extractors.tables.charts import find_charts

BLUE, WHITE = (40, 80, 160, 255), (255, 255, 255, 255)


def lines(text: PageText) -> list[str]:
    """The lines that tables are looked for in."""
    return [text_of(row) for row in bared(text).rows]


def bars(heights: tuple[float, ...], step: float = 40.0, colour: tuple[int, int, int, int] = BLUE) -> tuple[Fill, ...]:
    """Bars of 20 points that stand on one line."""
    return tuple(
        Fill(100.0 + step * i, 300.0 - high, 120.0 + step * i, 300.0, colour, i) for i, high in enumerate(heights)
    )


def labelled(heights: tuple[float, ...]) -> list[Piece]:
    """The figures over bars, and the years below them, with a table of two rows far below."""
    over = [(f"{high:.0f}", 100.0 + 40 * i, 288.0 - high) for i, high in enumerate(heights)]
    below = [(str(2001 + i), 100.0 + 40 * i, 303.0) for i in range(len(heights))]
    return [*over, *below, ("North", 60.0, 500.0), ending("5", 200.0, 500.0), ("South", 60.0, 514.0),
            ending("7", 200.0, 514.0)]  # fmt: skip


HEIGHTS = (50.0, 72.0, 20.0, 94.0)


def test_bars_of_several_lengths_on_one_line_are_a_chart_whose_labels_are_in_no_table() -> None:
    text = page(labelled(HEIGHTS), fills=bars(HEIGHTS))
    assert find_charts(text) == [(100.0, 206.0, 240.0, 300.0)]
    assert lines(text) == ["North 5", "South 7"]
    assert "94" in text.text


def test_chart_reaches_as_far_as_its_axis_and_the_labels_beside_it() -> None:
    axis = (Rule(90.0, 200.0, 90.0, 300.0), Rule(90.0, 300.0, 260.0, 300.0), Rule(90.0, 250.0, 260.0, 250.0))
    ticks = [("0%", 76.0, 295.0), ("50%", 71.0, 245.0)]
    text = page([*labelled(HEIGHTS), *ticks], axis, bars(HEIGHTS))
    assert lines(text) == ["North 5", "South 7"]
    assert bared(text).rules == ()


def test_bars_that_start_at_one_line_are_a_chart_too() -> None:
    fills = tuple(Fill(150.0, 100.0 + 20 * i, 150.0 + w, 112.0 + 20 * i, BLUE, i) for i, w in enumerate(HEIGHTS))
    names = [ending(name, 145.0, 101.0 + 20 * i) for i, name in enumerate(("Blaby", "Oadby", "Melton", "Rutland"))]
    counts = [(f"{w:.0f}", 155.0 + w, 101.0 + 20 * i) for i, w in enumerate(HEIGHTS)]
    assert lines(page([*names, *counts], fills=fills)) == []


@pytest.mark.parametrize(
    "fills",
    [
        bars((20.0, 20.0, 40.0, 40.0)),  # Two lengths: the grounds of cells in one row and in two.
        bars((20.0, 30.0, 40.0), step=20.0),  # They touch, as the grounds of cells do.
        bars(HEIGHTS[:2]),
        bars(HEIGHTS, colour=WHITE),
    ],
)
def test_other_grounds_are_no_bars(fills: tuple[Fill, ...]) -> None:
    assert find_charts(page([("North", 60.0, 500.0)], fills=fills)) == []


def test_grounds_of_a_rows_cells_are_no_bars() -> None:
    """Tables below each other whose first columns differ in width: their grounds start at one line."""
    rows = [(100.0 + 40 * i, split) for i, split in enumerate((160.0, 230.0, 300.0))]
    cells = [(top, *span) for top, split in rows for span in ((60.0, split), (split, 500.0))]
    grounds = tuple(Fill(x0, top, x1, top + 14, BLUE, i) for i, (top, x0, x1) in enumerate(cells))
    assert find_charts(page([], fills=grounds)) == []
    assert len(find_charts(page([], fills=grounds[::2]))) == 1


def test_grounds_that_words_fill_are_no_bars() -> None:
    words = [("Blaby", 98.0 + 40 * i, top) for i in range(4) for top in (255.0, 267.0, 279.0)]
    assert find_charts(page(words, fills=bars(HEIGHTS))) == []


RISING: tuple[Box, ...] = ((100.0, 250.0, 150.0, 280.0), (150.0, 220.0, 200.0, 250.0), (200.0, 220.0, 250.0, 260.0))


@pytest.mark.parametrize(("rules", "charts"), [((Rule(90.0, 300.0, 260.0, 300.0),), 1), ((), 0)])
def test_lines_that_rise_and_fall_over_an_axis_are_a_chart(rules: tuple[Rule, ...], charts: int) -> None:
    text = replace(page([("94", 140.0, 240.0), ("31", 190.0, 210.0)], rules), slants=RISING)
    assert len(find_charts(text)) == charts
    assert (lines(text) == []) == bool(charts)


def test_one_stroke_across_a_table_is_no_chart() -> None:
    text = replace(page([("94", 140.0, 240.0)], (Rule(90.0, 300.0, 260.0, 300.0),)), slants=RISING[:1])
    assert find_charts(text) == []


# Leaders and lists of contents


def test_dots_that_lead_to_a_figure_are_in_no_cell() -> None:
    rows = [("North..........", 60.0, 100.0), ending("5", 300.0, 100.0), ("South . . . . . .", 60.0, 114.0),
            ending("31", 300.0, 114.0), ("West .....", 60.0, 128.0), ending("8", 300.0, 128.0)]  # fmt: skip
    assert tables(bared(page(rows))) == [[["North", "5"], ["South", "31"], ["West", "8"]]]


@pytest.mark.parametrize(("label", "read"), [("South", "South"), ("Inc", "Inc."), ("U.S", "U.S.")])
def test_the_first_dot_of_a_leader_set_against_its_label_is_in_no_cell(label: str, read: str) -> None:
    """Words too short to tell, or with a stop within, keep theirs."""
    assert lines(page([(f"{label}. . . . . .", 60.0, 100.0), ending("31", 300.0, 100.0)])) == [f"{read} 31"]


def test_dots_that_room_is_left_for_lead_to_a_figure_too() -> None:
    assert lines(page([("North", 60.0, 100.0), ("..", 88.0, 100.0), ending("31", 120.0, 100.0)])) == ["North 31"]


def test_dots_for_what_is_not_known_stay() -> None:
    assert lines(page([("North", 60.0, 100.0), ("..", 200.0, 100.0), ("...", 260.0, 100.0)])) == ["North .. ..."]


@pytest.mark.parametrize(("end", "kept"), [(300.0, True), (290.0, False)], ids=["where figures end", "elsewhere"])
def test_dots_where_figures_end_stand_for_one(end: float, *, kept: bool) -> None:
    rows = [("North . . . . . . .", 60.0, 100.0), ending("14", 200.0, 100.0), ending("5", 300.0, 100.0),
            ("South . . . . . . .", 60.0, 114.0), ending("31", 200.0, 114.0), ending("....", end, 114.0)]  # fmt: skip
    assert lines(page(rows))[1] == ("South 31 ...." if kept else "South 31")


def entries(pages: tuple[int, ...], leader: str = " ......") -> list[Piece]:
    titles = ("Summary", "Methods", "Findings", "Costs", "Next steps", "Sources")
    return [
        piece
        for i, (title, number) in enumerate(zip(titles, pages, strict=False))
        for piece in ((title + leader, 60.0, 100.0 + 14 * i), ending(str(number), 300.0, 100.0 + 14 * i))
    ]


@pytest.mark.parametrize(
    "pieces", [entries((1, 4, 9)), entries((2, 2, 5, 11, 30), ""), [("Page", 282.0, 86.0), *entries((1, 4, 9))]]
)
def test_titles_with_pages_that_rise_are_no_table(pieces: list[Piece]) -> None:
    assert tables(bared(page(pieces))) == []


@pytest.mark.parametrize(
    "pieces",
    [
        entries((9, 4, 30)),
        entries((1, 4, 9), ""),
        [("Staff", 277.0, 86.0), *entries((1, 4, 9))],
        [("Page", 282.0, 86.0), *entries((2, 2, 5, 11, 30), "")],
        entries((1990, 1994, 2001)),
    ],
)
def test_figures_that_fall_or_stand_under_a_heading_are_a_table(pieces: list[Piece]) -> None:
    assert "Methods" in " ".join(lines(page(pieces)))


def test_bars_that_differ_little_are_a_chart() -> None:
    assert len(find_charts(page(labelled((60.0, 61.0, 62.0)), fills=bars((60.0, 61.0, 62.0))))) == 1


def test_grounds_of_two_tables_one_below_the_other_are_no_bars() -> None:
    widths = [(top + 14 * n, 250.0 if n == 0 else 150.0 + top / 20) for top in (100.0, 200.0) for n in range(5)]
    fills = tuple(Fill(60.0, top, 60.0 + across, top + 14, BLUE, n) for n, (top, across) in enumerate(widths))
    assert find_charts(page([("Area", 70.0, 102.0)], fills=fills)) == []


@pytest.mark.parametrize(("x", "kept"), [(130.0, False), (330.0, True)], ids=["over it", "beside it"])
def test_title_over_a_chart_is_in_no_table(x: float, *, kept: bool) -> None:
    heights = (20.0, 60.0, 90.0)
    text = page([("Staff by year", x, 187.0)], fills=bars(heights))
    assert ("Staff by year" in lines(text)) is kept


TYPED = [
    ("Adobe Ridge Elem", "Casa Linda", 345),
    ("Agua Fria Elem", "Harkness", 479),
    ("B. T. Lomax", "Salt Flat", 382),
    ("Cottonwood", "Dry Fork", 494),
]


def test_single_blanks_that_run_down_through_typed_rows_and_their_heading_part_columns() -> None:
    typed = [
        f"{'Ob':2} R {'SCHOOL':16} {'CITY':10} ENR EL",
        *(f"{n:2} {n + 3} {school:16} {city:10} {count} 1{n}" for n, (school, city, count) in enumerate(TYPED, 1)),
    ]
    chars = [
        Char(letter, 60.0 + 6 * i, 100.0 + 12 * n, 66.0 + 6 * i, 110.0 + 12 * n, bold=False, italic=False)
        for n, line in enumerate(typed)
        for i, letter in enumerate(line)
        if letter != " "
    ]
    text = read_page(Seen(1, 595.0, 842.0, (0.0, 0.0, 595.0, 842.0), as_columns(chars), (), (), ()), 1, 0)
    (table,) = tables(bared(text))
    assert table[1] == ["1", "4", "Adobe Ridge Elem", "Casa Linda", "345", "11"]
