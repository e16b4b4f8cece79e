"""What the lines of a grid leave out: headings on grounds above it, frames around totals, shaded columns, dots."""

from itertools import pairwise

import pytest
from made_pdf import pdf_of
from test_columns import GREY, Piece, ending, page, tables
from test_grids import level, rows, upright

from extractors.pages.dotted import with_dotted
from extractors.pages.pdfium import see
from extractors.pages.seen import Fill, Rule
from extractors.tables.bands import bands_of
from extractors.tables.columns import Columns
from extractors.tables.grids import find_grids
from extractors.tables.ruled import find_ruled

LEFTS = (50.0, 150.0, 220.0, 285.0, 350.0)
# Rows of figures that lines part, closed on all sides but for a heading.
RULES = [level(y, 50.0, 350.0) for y in (130.0, 150.0, 170.0)] + [upright(x, 130.0, 170.0) for x in LEFTS]
BODY = [(text, x + 5.0, top) for top, texts in ((135.0, ("North", "5", "6", "7")), (155.0, ("South", "8", "9", "1")))
        for text, x in zip(texts, LEFTS[:4], strict=True)]  # fmt: skip
READ = [["North", "5", "6", "7"], ["South", "8", "9", "1"]]
HEADS = [("Lead", 55.0, 118.0), ("First", 155.0, 118.0), ("Second", 225.0, 118.0), ("Third", 290.0, 118.0)]


def grounds(top: float, bottom: float) -> tuple[Fill, ...]:
    return tuple(Fill(a, top, b, bottom, GREY, 0) for a, b in pairwise(LEFTS))


@pytest.mark.parametrize(
    ("over", "read"),
    [
        ([], [["Lead", "First", "Second", "Third"], *READ]),
        (
            [("Share of all the people", 190.0, 104.0)],
            [["Lead", "Share of all the people", "", ""], ["", "First", "Second", "Third"], *READ],
        ),
    ],
    ids=["one line", "one over several"],
)
def test_heading_on_grounds_that_end_at_a_grid_is_its_first_row(over: list[Piece], read: list[list[str]]) -> None:
    assert rows(RULES, [*over, *HEADS, *BODY], grounds(101.0, 130.0)) == read


def test_heading_without_grounds_is_above_a_grid() -> None:
    assert rows(RULES, [*HEADS, *BODY]) == READ


def test_ground_of_the_first_column_makes_no_column_of_the_others() -> None:
    # The first two columns have one cell over both rows.
    rules = [level(y, 50.0, 350.0) for y in (130.0, 170.0)] + [level(150.0, 220.0, 350.0)]
    rules += [upright(x, 130.0, 170.0) for x in LEFTS]
    body = [("CI001", 55.0, 135.0), ("Help for", 155.0, 135.0), ("those", 155.0, 147.0), *BODY[2:4], *BODY[6:]]
    shaded = (Fill(50.0, 130.0, 150.0, 170.0, GREY, 0),)
    assert rows(rules, body, shaded) == [["CI001", "Help for those", "6", "7"], ["", "", "9", "1"]]


def test_frame_around_totals_is_a_row_of_the_table_above() -> None:
    body = [("Area", 55.0, 100.0), ending("2014", 220.0, 100.0), ending("2015", 345.0, 100.0)]
    for n, (label, *values) in enumerate([("Blaby", "5", "60"), ("Melton", "70", "8"), ("Total", "75", "68")]):
        body += [
            (label, 55.0, 120.0 + 20 * n),
            *(ending(v, x, 120.0 + 20 * n) for v, x in zip(values, (220.0, 345.0), strict=True)),
        ]
    lines = [level(y, 50.0, 350.0) for y in (96.0, 115.0, 135.0, 155.0, 175.0)]
    frame = [upright(x, 155.0, 175.0) for x in (50.0, 150.0, 250.0, 350.0)]
    text = page(body, (*lines, *frame))
    assert find_ruled(find_grids(text.rules), text) == []
    assert tables(text) == [
        [["Area", "2014", "2015"], ["Blaby", "5", "60"], ["Melton", "70", "8"], ["Total", "75", "68"]]
    ]


@pytest.mark.parametrize(
    ("high", "bands"), [(36.0, [3, 3, 3]), (12.0, [9])], ids=["of cells of several lines", "of lines each"]
)
def test_grounds_of_cells_part_rows_though_of_one_colour(high: float, bands: list[int]) -> None:
    body = [(text, x, 102.0 + 12 * n) for n in range(9) for text, x in (("Code", 55.0), ("Help", 155.0), ("£5", 290.0))]
    cells = ((50.0, 150.0), (150.0, 285.0), (285.0, 350.0))
    tiles = tuple(Fill(a, 101.0 + high * n, b, 101.0 + high * (n + 1), GREY, 0) for n in range(9) for a, b in cells)
    text = page(body, (), tiles)
    columns = Columns(((55.0, 75.0), (155.0, 175.0), (290.0, 300.0)))
    assert [len(band) for band in bands_of(text.rows, columns, text)] == bands


def test_even_dots_are_a_rule_and_others_are_not() -> None:
    down = [Rule(30.0, y, 30.8, y) for y in (10.0, 11.5, 13.4, 14.9, 16.4, 17.9)]
    uneven = [Rule(x, 50.0, x, 50.8) for x in (10.0, 12.0, 17.0, 18.0, 23.0, 24.0)]
    assert with_dotted([*down, *uneven])[6:] == [Rule(30.4, 10.0, 30.4, 17.9)]


@pytest.mark.parametrize(
    ("box", "drawn"),
    [((200, 4), (1, 0)), ((200, 5), (0, 1)), ((20, 4), (0, 1)), ((4, 200), (1, 0))],
    ids=["thick", "a ground", "short", "upright"],
)
def test_thick_line_many_times_as_long_is_a_rule(box: tuple[int, int], drawn: tuple[int, int]) -> None:
    (seen,) = see(pdf_of([b"50 500 %d %d re f" % box]))
    assert (len(seen.rules), len(seen.fills)) == drawn
