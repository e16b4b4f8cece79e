"""What statistical reports print in and around their tables: typed rules, spanners, notes, numbers of rows, text."""

import pytest
from test_columns import Piece, chars_of, ending, page, tables
from test_grids import level, upright

from extractors.pages.page import read_page
from extractors.pages.seen import Char, Rule, Seen, as_columns
from extractors.pages.words import text_of
from extractors.tables.bare import bared
from extractors.tables.columns import Columns
from extractors.tables.grids import find_grids
from extractors.tables.ruled import find_ruled
from extractors.tables.trimmed import ended, trimmed
from extractors.tables.unruled import find_unruled

RIGHT = (300.0, 360.0, 420.0)


def row(label: str, top: float, *values: str, left: float = 60.0) -> list[Piece]:
    """A label, and values that end in line."""
    return [(label, left, top), *(ending(v, x, top) for x, v in zip(RIGHT, values, strict=False) if v)]


def made(*pieces: list[Piece], rules: tuple[Rule, ...] = ()) -> list[list[list[str]]]:
    """The tables of a page without what is no table."""
    return tables(bared(page([each for part in pieces for each in part], rules)))


HEADS = row("Area", 100.0, "First", "Second", "Third")
BODY = [row("Blaby", 114.0, "5", "6", "7"), row("Melton", 128.0, "8", "9", "1"), row("Oadby", 142.0, "2", "3", "4")]
READ = [["Area", "First", "Second", "Third"], ["Blaby", "5", "6", "7"], ["Melton", "8", "9", "1"],
        ["Oadby", "2", "3", "4"]]  # fmt: skip

# Typed pages


def typed(lines: list[str], width: float = 6.0) -> Seen:
    """Lines in type of one width, whose blanks are drawn."""
    chars = [
        Char(each, 60.0 + width * i, 100.0 + 12 * n, 66.0 + width * i, 110.0 + 12 * n, bold=False, italic=False)
        for n, line in enumerate(lines)
        for i, each in enumerate(line)
    ]
    return Seen(1, 595.0, 842.0, (0.0, 0.0, 595.0, 842.0), as_columns(chars), (), (), ())


TYPED = [
    "         TABLE 14",
    "=================================",
    "MINERAL          UNIT        1998",
    "---------------------------------",
    "Clay, common     short tons    23",
    "Sand and gravel  long tons    184",
    "Lime             short tons     7",
    "Total            tons        2140",
    "=================================",
]


def test_typed_rules_are_rules_and_one_blank_of_a_typed_line_divides_no_words() -> None:
    text = bared(read_page(typed(TYPED), 1, 0))
    assert [round(rule.x1 - rule.x0) for rule in text.rules] == [33 * 6] * 3
    assert tables(text)[0] == [
        ["MINERAL", "UNIT", "1998"], ["Clay, common", "short tons", "23"], ["Sand and gravel", "long tons", "184"],
        ["Lime", "short tons", "7"], ["Total", "tons", "2140"],
    ]  # fmt: skip


def test_numbers_with_one_name_each_head_columns_of_a_typed_page() -> None:
    lines = ["AREA             0 BR 1 BR 2 BR", "Churchill         354  414  488", "Esmeralda         303  327  390",
             "White Pine        291  335  388"]  # fmt: skip
    assert tables(bared(read_page(typed(lines), 1, 0)))[0][0] == ["AREA", "0 BR", "1 BR", "2 BR"]


@pytest.mark.parametrize("mark", ["--", "---", "–––"])
def test_short_strokes_say_that_there_is_no_figure(mark: str) -> None:
    (found,) = made(HEADS, *BODY[:2], row("Oadby", 142.0, mark, mark, mark))
    assert found[-1] == ["Oadby", mark, mark, mark]


# Leaders


def test_a_dot_that_ends_where_other_leaders_end_is_what_is_left_of_one() -> None:
    dotted = [(".....", 200.0, 114.0), (".....", 200.0, 128.0), (".", 220.0, 142.0)]
    (found,) = made(HEADS, *BODY, dotted)
    assert found == READ
    alone = [(".....", 200.0, 114.0), (".....", 200.0, 128.0), (".", 190.0, 142.0)]
    assert made(HEADS, *BODY, alone) != [READ]


def test_three_dots_set_apart_stand_for_a_figure_also_side_by_side() -> None:
    dots = [*row("Oadby", 142.0, ". . .", ". . .", "4"), *row("Rutland", 156.0, "5", "6", ". . .")]
    (found,) = made(HEADS, *BODY[:2], dots)
    assert found[3:] == [["Oadby", ". . .", ". . .", "4"], ["Rutland", "5", "6", ". . ."]]


# What stands above and below


@pytest.mark.parametrize(("top", "dropped"), [(70.0, 1), (85.0, 0)], ids=["well above", "close"])
def test_line_of_two_pieces_well_above_a_heading_of_more_is_a_title(top: float, dropped: int) -> None:
    title = [("Fund 101 General", 180.0, top), ("Department 2110", 290.0, top)]
    text = page([*title, *HEADS, *(piece for own in BODY for piece in own)])
    assert len(trimmed(list(text.rows), text)) == len(text.rows) - dropped


@pytest.mark.parametrize(("left", "bold"), [(70.0, True), (193.0, False)], ids=["in bold", "in the middle"])
def test_name_of_a_section_nearer_to_the_row_below_is_none_of_it(left: float, *, bold: bool) -> None:
    """It stands behind the first column, as the rest of a cell may that is set at its foot."""
    rows = [(114.0 + 14 * n + 20 * (n > 2), n) for n in range(6)]
    pieces = [piece for top, n in rows for piece in ((f"52{n}0", 40.0, top), (f"Area {n}", 70.0, top))]
    pieces += [ending(f"{n}{x:.0f}", x, top) for top, n in rows for x in (180.0, 240.0, 300.0, 360.0)]
    name = chars_of([("Stock", left, 162.5)])
    chars = [*chars_of(pieces), *(char._replace(bold=bold) for char in name)]
    text = read_page(Seen(1, 595.0, 842.0, (0.0, 0.0, 595.0, 842.0), as_columns(chars), (), (), ()), 1, 0)
    (table,) = tables(text)
    assert [[cell for cell in line if cell] for line in table[2:5]] == [
        ["5220", "Area 2", "2180", "2240", "2300", "2360"],
        ["Stock"],
        ["5230", "Area 3", "3180", "3240", "3300", "3360"],
    ]


@pytest.mark.parametrize(("last", "over"), [(3, 3), (2, 2), (1, None)], ids=["whole", "one left out", "one alone"])
def test_last_round_of_headings_may_leave_some_out(last: int, over: int | None) -> None:
    """A quarter of the last year is to come."""
    heads = [*("I", "II", "All") * 2, *{3: ("I", "II", "All"), 2: ("I", "All"), 1: ("I",)}[last]]
    places = [200.0 + 40 * n for n in range(len(heads))]
    years = [("2010", 230.0, 90.0), ("2011", 350.0, 90.0), ("2012", places[-1] - 20.0 * last + 10.0, 90.0)]
    body = [(f"Area {n}", 60.0, 114.0 + 14 * n) for n in range(4)]
    body += [ending(f"{n}4", x + 8.0, 114.0 + 14 * n) for n in range(4) for x in places]
    (table,) = find_unruled(
        page([*years, *((h, x, 102.0) for h, x in zip(heads, places, strict=True)), *body]), [], None
    )
    spanned = [span for span in table.rows[0].spans if span and span[1] > 1]
    assert (spanned[-1][1] if len(spanned) == 3 else None) == over


def test_a_line_that_only_numbers_a_table_is_in_none() -> None:
    assert made([("TABLE 3-A", 230.0, 88.0)], HEADS, *BODY) == [READ]


def test_words_in_brackets_in_the_middle_above_a_heading_say_in_what_it_counts() -> None:
    heads = [*row("", 100.0, "First", "Second", "Third"), ("North", 70.0, 100.0)]
    (found,) = made([("(Pounds in thousands)", 190.0, 88.0)], heads, *BODY)
    assert found[0] == ["North", "First", "Second", "Third"]


RULES = tuple(Rule(60.0, y, 420.0, y) for y in (98.0, 111.5, 153.0))


def test_a_row_below_a_rule_stays_where_one_figure_and_words_stand_about_the_middle_of_its_label() -> None:
    heads = [("Theme", 60.0, 100.0), ("Sum", 280.0, 100.0), ("Team", 330.0, 100.0), ("Town", 400.0, 100.0)]
    body = [[("Crime", 60.0, top), ending("£5", 300.0, top), ("Police", 330.0, top), ("Oadby", 400.0, top)]
            for top in (114.0, 128.0, 142.0)]  # fmt: skip
    last = [("Rutland and", 60.0, 156.0), ending("£8", 300.0, 162.0), ("Police", 330.0, 162.0),
            ("Oadby", 400.0, 162.0), ("its towns", 60.0, 168.0)]  # fmt: skip
    assert made(heads, *body, last, rules=RULES)[0][-1] == ["Rutland and its towns", "£8", "Police", "Oadby"]


def test_a_note_below_the_last_rule_is_no_row() -> None:
    note = [("e = estimated", 60.0, 156.0)]
    assert made(HEADS, *BODY, note, rules=RULES) == [READ]


def test_text_with_a_letter_before_it_below_a_table_of_two_columns_is_no_row() -> None:
    body = [each for top in (100.0, 114.0, 128.0) for each in (("Blaby", 60.0, top), ending("£5", 220.0, top))]
    end = [("d)", 75.0, 157.0), ("The grants that are given to all who asked for them", 100.0, 157.0)]
    text = page([*body, *end])
    assert len(ended(list(text.rows), Columns(((60.0, 150.0), (200.0, 340.0))), text)) == 3


@pytest.mark.parametrize("last", [row("Rutland", 156.0, "1", "2", "3"), [("Rutland", 60.0, 156.0)]])
def test_a_row_below_a_rule_stays_where_it_has_figures_or_a_rule_closes_it(last: list[Piece]) -> None:
    closed = () if len(last) > 1 else (Rule(60.0, 168.0, 420.0, 168.0),)
    assert made(HEADS, *BODY, last, rules=(*RULES, *closed))[0][-1][0] == "Rutland"


def test_a_row_below_a_rule_stays_where_its_figures_stand_about_the_middle_of_its_label() -> None:
    last = [("Rutland and", 60.0, 156.0), *row("", 162.0, "1", "2", "3")[1:], ("its towns", 60.0, 168.0)]
    assert made(HEADS, *BODY, last, rules=RULES)[0][-1] == ["Rutland and its towns", "1", "2", "3"]


# Headings


@pytest.mark.parametrize(
    ("years", "below"), [(("1", "2", "3"), ()), (("2001", "2002", "2003"), (125.5,))], ids=["numbers", "years"]
)
def test_words_over_the_numbers_of_columns_stand_over_all_of_them(
    years: tuple[str, ...], below: tuple[float, ...]
) -> None:
    rules = tuple(Rule(60.0, y, 420.0, y) for y in (88.0, *below, 139.5, 153.0, 167.0, 181.0))
    district = [("District", 325.0, 90.0)]
    body = [[(text, x, top + 14) for text, x, top in part] for part in (*BODY, row("Rutland", 156.0, "1", "2", "3"))]
    numbers = row("Area", 101.0, *years)
    text = bared(page([*district, *numbers, *(each for part in body for each in part)], rules))
    (table,) = find_unruled(text, [], None)
    assert [table.rows[0].text(0), table.rows[0].text(1), table.rows[1].text(1)] == ["Area", "District", years[0]]
    assert table.rows[0].spans[1] == (1, 3)


def test_headings_over_pieces_of_a_rule_are_over_those_nearest_to_them() -> None:
    """A rule under two headings over three columns each is drawn in six pieces, as cells have it."""
    ends = [170.0 + 60 * n for n in range(6)]
    over = [("Residents of all", 180.0, 90.0), ("Others", 405.0, 90.0)]
    lower = [("Year", 60.0, 104.0), *(ending(text, x, 104.0) for text, x in zip("ABCDEF", ends, strict=True))]
    rules = tuple(Rule(130.0 + 60 * n, 101.5, 190.0 + 60 * n, 101.5) for n in range(6))
    body = [[(f"200{n}", 60.0, 120.0 + 14 * n), *(ending(f"{n}7", x, 120.0 + 14 * n) for x in ends)] for n in range(4)]
    (table,) = find_unruled(page([*over, *lower, *(each for line in body for each in line)], rules), [], None)
    assert [table.rows[0].spans[c] for c in (1, 4)] == [(1, 3)] * 2


def test_headings_over_rounds_of_headings_stand_over_a_round_each() -> None:
    ends = [220.0 + 50 * n for n in range(6)]
    over = [("Land", 215.0, 90.0), ("Yield", 305.0, 90.0), ("Harvest in all", 390.0, 90.0)]
    years = [("County", 60.0, 102.0), *(ending(("2005", "2006")[n % 2], x, 102.0) for n, x in enumerate(ends))]
    body = [
        each
        for n, name in enumerate(("Adair", "Barlow", "Kerr"))
        for each in [(name, 60.0, 118.0 + 14 * n), *(ending(f"{n + 3}{n}1", x, 118.0 + 14 * n) for x in ends)]
    ]
    (table,) = find_unruled(page([*over, *years, *body]), [], None)
    assert [table.rows[0].spans[c] for c in (1, 3, 5)] == [(1, 2)] * 3
    assert [table.rows[0].text(c) for c in (1, 3, 5)] == ["Land", "Yield", "Harvest in all"]


def test_headings_as_far_apart_as_what_comes_again_below_them_are_over_a_round_each() -> None:
    """Another heading follows the rounds, and some below are of two lines."""
    ends = [220.0 + 50 * n for n in range(7)]
    over = [ending("1998", 270.0, 90.0), ending("2008", 420.0, 90.0)]
    upper = [ending(text, ends[n], 102.0) for n, text in ((1, "Men"), (2, "Women"), (4, "Men"), (5, "Women"))]
    lower = ("Total", "all", "all", "Total", "all", "all", "Change")
    body = [
        each
        for n, name in enumerate(("Adair", "Barlow", "Kerr"))
        for each in [(name, 60.0, 130.0 + 14 * n), *(ending(f"{n + 3}{n}1", x, 130.0 + 14 * n) for x in ends)]
    ]
    heads = [*over, *upper, *(ending(text, x, 113.0) for text, x in zip(lower, ends, strict=True))]
    (table,) = find_unruled(page([*heads, *body]), [], None)
    assert [table.rows[0].spans[c] for c in (1, 4)] == [(1, 3)] * 2
    assert [table.rows[0].text(c) for c in (1, 4)] == ["1998", "2008"]


def test_a_number_in_a_heading_of_words_makes_no_row() -> None:
    over = row("Diagnosis and", 88.0, "Number", "Rate per", "Stay")
    heads = row("its code", 99.0, "of all", "10,000", "in days")
    (found,) = made(over, heads, *BODY)
    assert found[-3:] == READ[1:]
    assert found[0] == ["Diagnosis and its code", "Number of all", "Rate per 10,000", "Stay in days"]


def test_a_heading_that_no_rule_parts_from_the_first_row_is_no_part_of_it() -> None:
    rules = tuple(Rule(60.0, y, 420.0, y) for y in (98.0, 125.5, 139.5, 153.0, 167.0))
    more = row("Rutland", 156.0, "1", "2", "3")
    assert made(HEADS, *BODY, more, rules=rules) == [[*READ, ["Rutland", "1", "2", "3"]]]


@pytest.mark.parametrize(
    ("unit", "over"), [("Percent", 3), ("- - - - - - - acres of land - - - - - - -", 3), ("acres", 1)], ids=str
)
def test_what_all_columns_count_in_spans_them_below_their_headings(unit: str, over: int) -> None:
    """In the middle of all columns but the first; one word more of the heading above it does not."""
    ends = [220.0, 300.0, 380.0]
    heads = [
        ("Area", 60.0, 100.0),
        *(ending(text, x, 100.0) for text, x in zip(("First", "Second", "Third"), ends, strict=True)),
    ]
    body = [
        piece
        for n in range(4)
        for piece in [(f"Area {n}", 60.0, 128.0 + 14 * n), *(ending(f"{n}4.{n}", x, 128.0 + 14 * n) for x in ends)]
    ]
    middle = (ends[0] - 20.0 + ends[-1]) / 2 - sum(5.0 if each != " " else 2.5 for each in unit) / 2
    (table,) = find_unruled(page([*heads, (unit, middle, 112.0), *body]), [], None)
    texts = [
        (row.text(c), (row.spans[c] or (0, 0))[1] if row.spans else 1) for row in table.rows[:2] for c in row.filled
    ]
    assert next(width for text, width in texts if unit in text) == over


# Rows


def test_names_of_sections_stand_in_the_column_of_names_where_rows_are_numbered() -> None:
    lines = [("1", "Bulls", True), ("2", "Value", True), ("", "Hogs and pigs", False), ("3", "Sows", True),
             ("4", "Value", True), ("", "Poultry", False), ("5", "Hens", True)]  # fmt: skip
    pieces = [
        each
        for n, (number, name, figures) in enumerate(lines)
        for each in [
            *([ending(number, 70.0, 112.0 + 11.5 * n)] if number else []), (name, 85.0, 112.0 + 11.5 * n),
            *([ending(f"{n + 2}0", x, 112.0 + 11.5 * n) for x in RIGHT] if figures else []),
        ]
    ]  # fmt: skip
    heads = [
        ("Item", 85.0, 96.0),
        *(ending(name, x, 96.0) for name, x in zip(("First", "Second", "Third"), RIGHT, strict=True)),
    ]
    (found,) = made(heads, pieces)
    assert [line[:2] for line in found[1:]] == [[number, name] for number, name, _ in lines]


def test_the_sign_of_a_currency_before_the_widest_figures_is_theirs() -> None:
    """It stands nearer to the column before than to the figures of its own column below and above."""
    lines = [("General", "861,384"), ("Federal", "7,255,877"), ("Total", "68,687,046"), ("Others", "412")]
    ends = (300.0, 375.0)
    pieces = [
        each
        for n, (label, figure) in enumerate(lines)
        for each in [
            (label, 60.0, 100.0 + 14 * n),
            *(
                piece
                for x in ends
                for piece in (
                    ending(figure, x, 100.0 + 14 * n),
                    *([("$", x - 67, 100.0 + 14 * n)] if n in (0, 2) else []),
                )
            ),
        ]
    ]
    (found,) = made(pieces)
    assert found[2] == ["Total", "$ 68,687,046", "$ 68,687,046"]


def test_a_raised_mark_within_a_label_is_in_its_line() -> None:
    chars = [
        Char(each, 60.0 + 5 * i, 100.0, 65.0 + 5 * i, 107.5, bold=False, italic=False) for i, each in enumerate("Race")
    ]
    mark = Char("2", 80.5, 98.4, 83.5, 103.7, bold=False, italic=False)
    rest = [
        Char(each, 86.0 + 5 * i, 100.0, 91.0 + 5 * i, 107.5, bold=False, italic=False) for i, each in enumerate("and")
    ]
    seen = Seen(1, 595.0, 842.0, (0.0, 0.0, 595.0, 842.0), as_columns([*chars, mark, *rest]), (), (), ())
    assert [text_of(line) for line in read_page(seen, 1, 0).rows] == ["Race ² and"]


# Grids


SECTIONS = [level(100.0), level(120.0), level(190.0), upright(150.0, 100.0, 120.0), upright(200.0, 100.0, 120.0)]


@pytest.mark.parametrize(("start", "cells"), [(134.0, [1, 3]), (160.0, [1])], ids=["a line", "more"])
def test_uprights_that_leave_out_the_name_of_a_section_have_a_cell_over_all_columns_there(
    start: float, cells: list[int]
) -> None:
    rules = [*SECTIONS, upright(150.0, start, 190.0), upright(200.0, start, 190.0)]
    found = [cell for grid in find_grids(rules) for cell in grid.cells if cell[1] > 110.0]
    assert [sum(round(cell[1]) == top for cell in found) for top in sorted({round(cell[1]) for cell in found})] == cells


def test_uprights_between_which_another_runs_on_are_whole() -> None:
    rules = [*SECTIONS, upright(150.0, 134.0, 190.0), upright(200.0, 134.0, 190.0), upright(175.0, 100.0, 190.0)]
    tops = {round(cell[1]) for grid in find_grids(rules) for cell in grid.cells if cell[3] > 180.0}
    assert tops == {120}


@pytest.mark.parametrize(("name", "left", "across"), [("North", 55.0, None), ("THE NORTH OF IT", 130.0, (1, 3))])
def test_name_of_a_section_is_in_the_first_column_where_it_stands_in_that_alone(
    name: str, left: float, across: tuple[int, int] | None
) -> None:
    rules = (*SECTIONS, upright(150.0, 134.0, 190.0), upright(200.0, 134.0, 190.0))
    body = [("Area", 55.0, 105.0), ("Sum", 155.0, 105.0), ("Calls", 205.0, 105.0), (name, left, 122.0)]
    rows = [("Blaby", 55.0, 140.0), ("5", 155.0, 140.0), ("6", 205.0, 140.0), ("Melton", 55.0, 160.0),
            ("7", 155.0, 160.0), ("8", 205.0, 160.0), ("Oadby", 55.0, 175.0), ("9", 155.0, 175.0)]  # fmt: skip
    text = page([*body, *rows], rules)
    (table,) = find_ruled(find_grids(rules), text)
    assert [row.text(0) for row in table.rows] == ["Area", name, "Blaby", "Melton", "Oadby"]
    assert table.rows[1].spans[0] == (across or (1, 1))


def test_uprights_of_two_tables_stay_apart() -> None:
    rules = [*SECTIONS, level(134.0), upright(150.0, 134.0, 190.0), upright(200.0, 134.0, 190.0)]
    assert 120 not in {round(cell[1]) for grid in find_grids(rules) for cell in grid.cells if cell[3] > 180.0}


def test_a_cell_one_of_whose_sides_is_not_drawn_holds_no_other() -> None:
    """Words that stand in a cell within it would be in both."""
    rules = [level(100.0), level(110.0, 150.0), level(130.0), level(150.0), upright(50.0, 100.0, 150.0),
             upright(150.0, 100.0, 110.0), upright(150.0, 130.0, 150.0), upright(200.0, 100.0, 150.0),
             upright(250.0, 100.0, 150.0)]  # fmt: skip
    text = page([("Kind", 60.0, 115.0), ("Sum", 160.0, 115.0), ("2003", 160.0, 100.0), ("Rate", 210.0, 115.0),
                 ("All", 60.0, 135.0), ("12", 160.0, 135.0), ("5", 210.0, 135.0)], tuple(rules))  # fmt: skip
    (table,) = find_ruled(find_grids(rules), text)
    said = [row.text(c) for row in table.rows for c in row.filled]
    assert sorted(said) == sorted(["2003", "Kind", "Sum", "Rate", "All", "12", "5"])


def test_words_beside_a_drawn_table_do_not_make_its_rows_another() -> None:
    rules = tuple([level(y, 250.0, 450.0) for y in (98.0, 112.0, 126.0, 140.0, 154.0)]
                  + [upright(x, 98.0, 154.0) for x in (250.0, 350.0, 450.0)])  # fmt: skip
    words = ["Not all of them", "were asked and so", "a few are missing", "from the figures"]
    beside = [(line, 60.0, 100.0 + 14 * n) for n, line in enumerate(words)]
    cells = [
        each
        for n, (name, figure) in enumerate([("Sector", "Sum"), ("Public", "5"), ("Private", "6"), ("Other", "7")])
        for each in [(name, 255.0, 100.0 + 14 * n), ending(figure, 445.0, 100.0 + 14 * n)]
    ]
    text = page([*beside, *cells], rules)
    drawn = find_ruled(find_grids(rules), text)
    assert len(drawn) == 1
    assert find_unruled(text, drawn, None) == []


def test_lines_of_two_drawn_tables_side_by_side_are_no_third() -> None:
    lefts = ((60.0, 130.0, 200.0), (300.0, 370.0, 440.0))
    rules = tuple(rule for own in lefts for rule in [*(level(98.0 + 14 * n, own[0], own[2]) for n in range(5)),
                                                    *(upright(x, 98.0, 154.0) for x in own)])  # fmt: skip
    own = [("Year", "Sum"), ("2003", "5"), ("2004", "6"), ("2005", "7")]
    pieces = [(text, x + 5, 100.0 + 14 * n) for left in lefts for n, line in enumerate(own)
              for text, x in zip(line, left, strict=False)]  # fmt: skip
    text = page(pieces, rules)
    drawn = find_ruled(find_grids(rules), text)
    assert (len(drawn), find_unruled(text, drawn, None)) == (2, [])


# Side by side

TEXT = [
    "Figures may not add to totals because",
    "of rounding and not all of them were",
    "reported for every quarter of the year",
    "imputed values account for some of it",
]


def test_running_text_beside_a_table_is_no_column_of_it() -> None:
    text = [(line, 60.0, 100.0 + 12 * n) for n, line in enumerate(TEXT)]
    cells = [[(t, x + 130, top) for t, x, top in part] for part in (HEADS, *BODY)]
    right = [[(t, x if x > 250 else x + 60, top) for t, x, top in part] for part in cells]
    assert made(text, *right) == [READ]


def test_labels_that_open_with_capitals_are_no_running_text() -> None:
    labels = [(line.capitalize(), 60.0, 100.0 + 14 * n) for n, line in enumerate(TEXT)]
    cells = [[(t, x + 190 if x < 250 else x + 130, top) for t, x, top in part] for part in (HEADS, *BODY)]
    (found,) = made(labels, *cells)
    assert [line[0] for line in found] == [line.capitalize() for line in TEXT]


@pytest.mark.parametrize(("lower", "count"), [(6.0, 2), (0.0, 1)], ids=["other heights", "the same"])
def test_two_tables_side_by_side_with_rules_of_their_own_are_two(lower: float, count: int) -> None:
    left = [row("Year", 100.0, "Pounds", "Sums"), *(row(f"200{n}", 114.0 + 14 * n, f"{n}5", f"{n}6") for n in range(5))]
    pieces = [(text, x - 180 if x > 250 else x, top) for part in left for text, x, top in part]
    right = [(f"Port {text}" if x < 250 else text, x + 220, top) for text, x, top in pieces]
    rules = [Rule(60.0, y, 200.0, y) for y in (98.0, 111.5, 184.0)]
    rules += [Rule(280.0, y - lower, 420.0, y - lower) for y in (98.0, 125.5, 184.0)]
    assert len(made(pieces, right, rules=tuple(rules))) == count


@pytest.mark.parametrize(
    ("heads", "firsts"),
    [
        (("Provider", "2014/15", "2015/16"), [["Provider", "Payroll", "Excise"], ["Provider", "Customs", "Gifts"]]),
        (("Source", "Sums", "Shares"), [["Source", "Payroll", "Excise"]]),
    ],
    ids=["known headings", "others"],
)
def test_two_tables_under_the_same_known_headings_are_two(heads: tuple[str, str, str], firsts: list[list[str]]) -> None:
    """One that nobody understands is as it is printed."""

    def half(left: float, names: tuple[str, ...]) -> list[Piece]:
        lines = [heads, *((name, f"{n}3", f"{n}") for n, name in enumerate(names, 4))]
        return [
            each
            for n, (name, amount, percent) in enumerate(lines)
            for each in [(name, left, 100.0 + 14 * n), ending(amount, left + 130, 100.0 + 14 * n),
                         ending(percent, left + 190, 100.0 + 14 * n)]
        ]  # fmt: skip

    found = made(half(50.0, ("Payroll", "Excise")), half(300.0, ("Customs", "Gifts")))
    assert [[line[0] for line in table] for table in found] == firsts


# Rows that rules do not part, and lists below


def test_errors_in_brackets_below_figures_are_rows_of_their_own() -> None:
    lines = [
        each
        for n, name in enumerate(("Total", "Male", "Female", "City"))
        for each in (
            row(name, 112.0 + 23 * n, "238", "237", "282"),
            row("", 123.5 + 23 * n, "(1.6)", "(0.9)", "(1.2)")[1:],
        )
    ]
    (found,) = made(HEADS, *lines)
    assert [line[0] for line in found] == ["Area", "Total", "", "Male", "", "Female", "", "City", ""]
    assert found[2] == ["", "(1.6)", "(0.9)", "(1.2)"]


def test_rules_around_subtotals_do_not_make_what_is_between_them_one_row() -> None:
    names = ["Fire", "Police", "Courts", "Subtotal", "Library", "Parks", "Museums", "Subtotal", "Grand total"]
    lines = [row(name, 112.0 + 11.5 * n, f"{n + 1}0", f"{n + 2}1", f"{n + 3}2") for n, name in enumerate(names)]
    ruled = tuple(Rule(60.0, 111.0 + 11.5 * n, 420.0, 111.0 + 11.5 * n) for n in (0, 3, 4, 7, 8, 9))
    (found,) = made(row("Area", 96.0, "First", "Second", "Third"), *lines, rules=ruled)
    assert [line[0] for line in found[1:]] == names


@pytest.mark.parametrize(("below", "rows"), [("1,135", 7), ("75", 0)], ids=["a figure", "one more page"])
def test_numbers_that_rise_between_other_figures_are_no_pages(below: str, rows: int) -> None:
    """A table of rates with whole numbers alone, without a heading, would be a list of contents."""
    values = ["22", "34", "50", "61", "70", below]
    lines = [row(f"{n} percent", 100.0 + 12 * n, value) for n, value in enumerate(["£15", *values][below == "75" :])]
    found = tables(bared(page([piece for line in lines for piece in line])))
    assert sum(map(len, found)) == rows


def test_a_list_well_below_a_table_is_none_of_its_rows() -> None:
    names = ["Budget message 1", "Revenue summary 8", "Debt 62"]
    contents = [(name, 60.0, 180.0 + 12 * n) for n, name in enumerate(names)]
    assert made(HEADS, *BODY, contents)[0] == READ


def test_a_section_in_other_type_does_not_go_on_in_the_first_row() -> None:
    ruled = (Rule(60.0, 111.0, 420.0, 111.0),)
    italic = [char for word in ("General government",) for char in typeset_in_italics(word, 60.0, 112.0)]
    plain = [
        *HEADS,
        *(each for n, part in enumerate(BODY) for each in [(t, x + (x == 60) * 8, 124.0 + 12 * n) for t, x, _ in part]),
    ]
    seen = Seen(1, 595.0, 842.0, (0.0, 0.0, 595.0, 842.0), as_columns([*italic, *chars_of(plain)]), ruled, (), ())
    (found,) = tables(read_page(seen, 1, 0))
    assert [line[0] for line in found] == ["Area", "General government", "Blaby", "Melton", "Oadby"]


def typeset_in_italics(text: str, x: float, top: float) -> list[Char]:
    return [char._replace(italic=True) for char in chars_of([(text, x, top)])]


def test_a_title_that_opens_with_the_number_of_its_table_is_no_heading() -> None:
    title = [("Table 16.", 120.0, 88.0), ("Marriages and divorces by area, 2001", 180.0, 88.0)]
    assert made(title, HEADS, *BODY) == [READ]


def test_grids_of_one_table_around_the_name_of_a_section_are_one() -> None:
    def boxes(top: float, count: int) -> list[Rule]:
        bottom = top + 14 * count
        lines = [level(top + 14 * n, 50.0, 350.0) for n in range(count + 1)]
        return [*lines, *(upright(x, top, bottom) for x in (50.0, 150.0, 250.0, 350.0))]

    rules = [*boxes(100.0, 2), *boxes(142.0, 2)]
    rows = [("Project", "Prior", "Total"), ("Trail", "5", "6"), None, ("Paths", "7", "8"), ("Roads", "1", "2")]
    pieces = [
        piece
        for n, cells in enumerate(rows)
        for piece in (
            [("Streets", 180.0, 102.0 + 14 * n)] if cells is None
            else [(text, 55.0 + 100 * c, 102.0 + 14 * n) for c, text in enumerate(cells)]
        )
    ]  # fmt: skip
    text = page(pieces, tuple(rules))
    (table,) = find_ruled(find_grids(rules), text)
    assert [row.text(0) for row in table.rows] == ["Project", "Trail", "Streets", "Paths", "Roads"]
    high = [*boxes(100.0, 2), *(rule for rule in boxes(142.0, 2) if rule.top != 156.0 or rule.x0 == rule.x1)]
    (table,) = find_ruled(find_grids(high), page([*pieces, ("West", 55.0, 172.0)], tuple(high)))
    assert table.rows[2].text(0) == "Streets"
    again = [("Area" if each == "Paths" else "Sum" if each in "78" else each, x, top) for each, x, top in pieces]
    assert len(find_ruled(find_grids(rules), page(again, tuple(rules)))) == 2


@pytest.mark.parametrize(("leading", "apart"), [(12.0, True), (14.0, False)], ids=["its own lines", "level with rows"])
def test_text_on_the_right_of_a_table_is_told_by_its_own_distances(leading: float, apart: bool) -> None:
    """What stands as high as the rows beside it may be a column of comments."""
    text = [(line, 440.0, 100.0 + leading * n) for n, line in enumerate(TEXT)]
    (found,) = made(HEADS, *BODY, text)
    assert (found == READ) == apart


def test_what_reaches_over_columns_above_a_rule_with_the_heading_below_it_is_a_caption() -> None:
    unit = [("Millions of pounds, at rates for a whole year that are seasonally adjusted", 60.0, 84.0)]
    page_number = [ending("17", 420.0, 84.0)]
    (found,) = made(unit, page_number, HEADS, *BODY, rules=RULES)
    assert found == READ
