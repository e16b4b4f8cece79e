"""Typed pages: colons and bars below each other are rules between columns, blanks behind a sentence part no words."""

import pytest
from test_columns import tables
from test_reports import typed

from extractors.pages.page import PageText, read_page
from extractors.pages.words import text_of
from extractors.tables.bare import bared
from extractors.tables.strokes import without_uprights

TYPED = [
    "      Wool:  Clip and Price by Region",
    "-----------------------------------------",
    "          :     Clip      :     Price     ",
    "  Region  :-------------------------------",
    "          :  2004 : 2005  :  2004 : 2005  ",
    "-----------------------------------------",
    "North     :   902 :   740 :  49.0 : 46.7",
    "South     :11,915 : 8,918 :  46.7 : 55.0",
    "          :       :       :       :     ",
    "West      :   105 :   (D) :  48.3 : 38.5",
    "-----------------------------------------",
]


def read(lines: list[str]) -> PageText:
    return bared(read_page(typed(lines), 1, 0))


def test_colons_below_each_other_are_rules_and_in_no_cell() -> None:
    text = read(TYPED)
    assert tables(text) == [
        [
            ["Region", "Clip", "", "Price", ""],
            ["", "2004", "2005", "2004", "2005"],
            ["North", "902", "740", "49.0", "46.7"],
            ["South", "11,915", "8,918", "46.7", "55.0"],
            ["West", "105", "(D)", "48.3", "38.5"],
        ]
    ]


ONE = [
    "-------------------------------------",
    "  State   :  Clip : Price :  Total  ",
    "-------------------------------------",
    "          :         Percent         ",
    "          :                         ",
    "North     :   902    740      49.0  ",
    "South     : 1,915  8,918      46.7  ",
    "West      :   105     12      48.3  ",
    "-------------------------------------",
]


def test_one_colon_in_each_line_is_a_rule_too_and_so_are_all_beside_it() -> None:
    assert not any(":" in text_of(row) for row in read(ONE).rows)
    (table,) = tables(read(ONE))
    assert (table[0], table[-1]) == (["State", "Clip", "Price", "Total"], ["West", "105", "12", "48.3"])


def test_strokes_beside_words_are_a_rule_with_a_gap_where_a_colon_crosses_it() -> None:
    lines = [*TYPED[:3], "  Region  :---------------:---------------", *TYPED[4:]]
    beside = [rule for rule in read(lines).rules if rule.x0 > 70]
    assert [(round(rule.x0), round(rule.x1)) for rule in beside] == [(126, 216), (222, 312)]


@pytest.mark.parametrize("mark", ["|", "¦"])
def test_bars_are_rules_without_any_level_one(mark: str) -> None:
    lines = [line.replace(":", mark) for line in TYPED[4:] if "--" not in line]
    assert tables(read(lines))[0][-1] == ["West", "105", "(D)", "48.3", "38.5"]


@pytest.mark.parametrize(
    "lines",
    [
        ["Name : Blaby", "Sum  : 204", "Lead : Oadby", "---------------"],
        [*(f"{name} : {n}" for n, name in enumerate(("Name", "Sum ", "Lead", "City", "Post", "Note"))), "-----------"],
        ["Name : Blaby    Sum : 204", "Name : Oadby    Sum : 310", "Name : Leigh    Sum : 998"],
        ["odds 3 : 4 : 5", "a : b and then : c", "see : below"],
    ],
    ids=["one a line", "one in each of many lines", "no level rules", "nowhere in line"],
)
def test_other_colons_stay(lines: list[str]) -> None:
    rows = read_page(typed(lines), 1, 0).rows
    found, rules = without_uprights(rows)
    assert ([text_of(row) for row in found], rules) == ([text_of(row) for row in rows], [])


def test_two_blanks_behind_a_sentence_part_no_words_but_a_figure() -> None:
    lines = ["Wool.  Clip is that of spring.  Blaby", "Sum:  204 or fewer  and more", "Clay, common of each kind"]
    rows = read(lines).rows
    gaps = [round(right.x0 - left.x1) for left, right in zip(rows[0], rows[0][1:], strict=False)]
    assert max(gaps) < 6
    assert rows[1][1].x0 - rows[1][0].x1 == 12
