"""Headings that read up or down the page, over columns and in drawn cells."""

import pytest
from test_columns import HEIGHT, WIDTH, Piece, chars_of, ending, tables
from test_grids import level, upright

from extractors.pages.page import PageText, read_page
from extractors.pages.seen import Char, Rule, Seen, as_columns
from extractors.pages.words import Word, reads_aside
from extractors.tables.grids import find_grids
from extractors.tables.ruled import find_ruled
from schemas.records import Line, Place

BODY = [
    piece
    for n, cells in enumerate(
        [("Buses and coaches", "51", "6", "7"), ("Lorries with a trailer", "80", "90", "11"), ("Cars", "2", "83", "4")]
    )
    for piece in [
        (cells[0], 60.0, 164.0 + 14 * n),
        *(ending(text, x, 164.0 + 14 * n) for text, x in zip(cells[1:], (200.0, 260.0, 320.0), strict=True)),
    ]
]
UP = [("Miles run", 180.0, 158.0), ("in a year", 191.0, 158.0), ("Fuel", 245.0, 158.0), ("Cost of", 305.0, 158.0)]


def upended(pieces: list[Piece], turn: int = 1) -> list[Char]:
    """Texts that read up from a place, or down to it, as high as level ones are."""
    chars = []
    for text, x, y in pieces:
        for i, each in enumerate(text):
            at = i if turn > 0 else len(text) - 1 - i
            chars.append(Char(each, x, y - WIDTH * (at + 1), x + HEIGHT, y - WIDTH * at, False, False, "", turn))
    return chars


def turned(pieces: list[Piece], aside: list[Char], rules: list[Rule]) -> PageText:
    chars = as_columns([*chars_of(pieces), *aside])
    return read_page(Seen(1, 595.0, 842.0, (0.0, 0.0, 595.0, 842.0), chars, tuple(rules), (), ()), 1, 0)


@pytest.mark.parametrize(
    ("over", "heading"),
    [
        ([("Kind", 60.0, 150.0)], ["Kind", "Miles run in a year", "Fuel", "Cost of"]),
        ([("Kind of", 60.0, 138.0), ("car", 60.0, 150.0)], ["Kind of car", "Miles run in a year", "Fuel", "Cost of"]),
        ([], ["", "Miles run in a year", "Fuel", "Cost of"]),
    ],
    ids=["beside a level one", "beside one of two lines", "alone"],
)
def test_headings_that_read_up_are_those_of_the_columns_below(over: list[Piece], heading: list[str]) -> None:
    (table,) = tables(turned([*over, *BODY], upended(UP), []))
    assert table[0] == heading
    assert [row[0] for row in table[1:]] == ["Buses and coaches", "Lorries with a trailer", "Cars"]


def test_headings_that_read_down_follow_from_right_to_left() -> None:
    down = [("in a year", 180.0, 158.0), ("Miles run", 191.0, 158.0), *UP[2:]]
    (table,) = tables(turned([("Kind", 60.0, 150.0), *BODY], upended(down, -1), []))
    assert table[0] == ["Kind", "Miles run in a year", "Fuel", "Cost of"]


def test_heading_over_headings_that_read_up_stands_above_them() -> None:
    level_ones = [("Kind", 60.0, 90.0), ("All roads", 230.0, 90.0)]
    rules = [level(104.0, 180.0, 320.0)]
    (table,) = tables(turned([*level_ones, *BODY], upended(UP), rules))
    assert ["Miles run in a year", "Fuel", "Cost of"] in [row[1:] for row in table[:2]]


def test_label_of_a_chart_above_a_column_that_has_a_heading_is_none() -> None:
    heads = [("Kind", 60.0, 150.0), *(ending(text, x, 150.0) for text, x in (("2012", 200.0), ("2013", 260.0)))]
    heads.append(ending("2014", 320.0, 150.0))
    (table,) = tables(turned([*heads, *BODY], upended([("Percent", 182.0, 146.0)]), []))
    assert table[0] == ["Kind", "2012", "2013", "2014"]


@pytest.mark.parametrize("x", [40.0, 400.0], ids=["before", "behind"])
def test_what_reads_up_beside_a_table_is_no_heading_of_it(x: float) -> None:
    (table,) = tables(turned([("Kind", 60.0, 150.0), ("Fuel", 240.0, 150.0), *BODY], upended([("2014", x, 190.0)]), []))
    assert not any("2014" in text for row in table for text in row)


def test_words_that_read_up_in_a_drawn_cell_follow_as_they_are_read() -> None:
    rules = [level(y, 50.0, 250.0) for y in (100.0, 160.0, 180.0)]
    rules += [upright(x, 100.0, 180.0) for x in (50.0, 175.0, 250.0)]
    pieces = [("Kind", 60.0, 148.0), ("Buses and other coaches", 60.0, 165.0), ("5", 200.0, 165.0)]
    text = turned(pieces, upended([("Miles run", 180.0, 158.0), ("yearly", 191.0, 158.0)]), rules)
    (table,) = find_ruled(find_grids(rules), text)
    assert [line.text for line in table.rows[0].cells[1]] == ["Miles run", "yearly"]


def test_blanks_stand_between_words_that_read_up_though_one_is_shorter() -> None:
    assert "Cost of all" in turned(BODY, upended([("Cost of all", 400.0, 300.0)]), []).text


def test_words_of_a_text_paper_read_neither_up_nor_down() -> None:
    line = Line("in", Place(line=1, char_start=0, char_end=2))
    assert not reads_aside(Word("in", 1, 0, 1.0, 1.0, 3.0, 9.0, 5.0, 8.0, False, False, (1.0, 3.0), line))
