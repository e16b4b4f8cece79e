"""Columns and rows that no grid draws: gaps that run down through lines, and what divides the lines into rows."""

from dataclasses import replace
from itertools import pairwise

import pytest

from extractors.pages.page import PageText, read_page
from extractors.pages.seen import Char, Fill, Rule, Seen, as_columns
from extractors.tables.bands import parted, rows_of
from extractors.tables.columns import Columns, columns_of
from extractors.tables.unruled import find_unruled

WIDTH, HEIGHT = 5.0, 10.0
# A text, where it starts or, where it is set to the right, ends, and its top.
Piece = tuple[str, float, float]
GREY, WHITE = (220, 220, 220, 255), (255, 255, 255, 255)


def wide(text: str) -> float:
    """How wide a text is set: a blank is half as wide as a letter."""
    return WIDTH * (len(text) - text.count(" ") / 2)


def chars_of(pieces: list[Piece]) -> list[Char]:
    """Texts as characters."""
    return [
        Char(each, x + wide(text[:i]), top, x + wide(text[: i + 1]), top + HEIGHT, bold=False, italic=False)
        for text, x, top in pieces
        for i, each in enumerate(text)
    ]


def ending(text: str, x: float, top: float) -> Piece:
    """A text that ends at a place."""
    return text, x - wide(text), top


def page(pieces: list[Piece], rules: tuple[Rule, ...] = (), fills: tuple[Fill, ...] = ()) -> PageText:
    """A page of A4 with texts and what else is drawn."""
    whole = (0.0, 0.0, 595.0, 842.0)
    return read_page(Seen(1, 595.0, 842.0, whole, as_columns(chars_of(pieces)), rules, fills, ()), 1, 0)


def page_in_bold(bold: list[Piece], plain: list[Piece]) -> PageText:
    """A page of A4 with texts in bold and plain ones."""
    words = as_columns([*(char._replace(bold=True) for char in chars_of(bold)), *chars_of(plain)])
    return read_page(Seen(1, 595.0, 842.0, (0.0, 0.0, 595.0, 842.0), words, (), (), ()), 1, 0)


def spans(pieces: list[Piece]) -> list[tuple[float, float]]:
    """The columns of texts."""
    found = columns_of(page(pieces).rows)
    return [] if found is None else list(found.spans)


def tables(text: PageText) -> list[list[list[str]]]:
    """The tables of a page as texts."""
    found = find_unruled(text, [], None)
    return [[[row.text(c) for c in range(len(table.edges))] for row in table.rows] for table in found]


def listed(rows: list[tuple[str, ...]], leading: float, lefts: tuple[float, ...] = (60.0, 300.0)) -> list[Piece]:
    """Rows of one line each."""
    return [(text, x, 100.0 + leading * i) for i, row in enumerate(rows) for x, text in zip(lefts, row, strict=True)]


AREAS = [("Area", "Sum"), ("Blaby", "£500"), ("Melton", "£60"), ("Charnwood", "£7,000")]

# Columns


def test_amounts_set_right_stand_beside_text_eight_points_away() -> None:
    # The amounts end at 200; the longest starts at 170, the text before it ends at 85, the one behind starts at 208.
    amounts = ["£500", "£60", "£7,000", "£1,250"]
    pieces = [
        piece
        for i, amount in enumerate(amounts)
        for piece in (
            ("Blaby", 60.0, 100.0 + 14 * i),
            ending(amount, 200.0, 100.0 + 14 * i),
            ("for all its wards", 208.0, 100.0 + 14 * i),
        )
    ]
    assert spans(pieces) == [(60.0, 85.0), (170.0, 200.0), (208.0, 285.5)]


def test_sign_of_a_currency_set_apart_belongs_to_its_figure() -> None:
    rows = [("North", 60.0, 100.0), ("$", 200.0, 100.0), ending("1,020", 300.0, 100.0), ("South", 60.0, 114.0),
            ending("998", 300.0, 114.0), ("Total", 60.0, 128.0), ("$", 200.0, 128.0),
            ending("2,018", 300.0, 128.0)]  # fmt: skip
    assert tables(page(rows)) == [[["North", "$ 1,020"], ["South", "998"], ["Total", "$ 2,018"]]]


@pytest.mark.parametrize(
    ("gap", "count"), [(4.0, 0), (5.0, 2), (8.0, 2)], ids=["a wide blank", "half a line's height", "8 points"]
)
def test_gap_between_columns(gap: float, count: int) -> None:
    pieces = [
        piece for i in range(4) for piece in (("Blaby", 60.0, 100.0 + 14 * i), ("£500", 85 + gap, 100.0 + 14 * i))
    ]
    assert len(spans(pieces)) == count


@pytest.mark.parametrize("x", [60.0, 90.0], ids=["set left", "set in the middle"])
def test_heading_over_several_columns_makes_none_and_hides_none(x: float) -> None:
    rows = [("Blaby", "£500", "£510"), ("Melton", "£60", "£61"), ("Oadby", "£70", "£75"), ("Wigston", "£80", "£85")]
    pieces = listed(rows, 14.0, (60.0, 150.0, 220.0))
    heading = ("What each area is given in each of the years"[:36], x, 86.0)
    assert [left for left, _ in spans([heading, *pieces])] == [60.0, 150.0, 220.0]


def test_ends_of_headings_that_overlap_between_two_columns_make_none() -> None:
    """The line of a heading over both, and that over the second, are more than may cross a gap, at one spot."""
    heads = [("(mg/L)", 276.5, 86.0), ("(per 100 mL)", 380.0, 86.0), ("Mean", 271.0, 98.0), ("Trend", 305.5, 98.0)]
    rows = [(("Salt Fork at Avery", 60.0, y), ending("8.3", 291.0, y), ("+", 315.5, y), ending("9", 430.0, y))
            for y in (112.0 + 13 * n for n in range(9))]  # fmt: skip
    assert len(spans([*heads, *(piece for row in rows for piece in row)])) == 4


@pytest.mark.parametrize(("cells", "years"), [(3, ["", "2015/16", "2016/17 (estimated)"]), (0, ["2015/16"])])
def test_headings_set_left_on_grounds_of_cells_are_over_the_figures_set_right_there(
    cells: int, years: list[str]
) -> None:
    """One of two lines stands level with none of the other headings, each nearer to the column before its own."""
    heads = [("2016/17", 313.0, 82.0), ("2015/16", 187.0, 88.0), ("(estimated)", 313.0, 94.0)]
    rows = [(("North West Leicester", 62.0, y), ending(f"£{n},700", 300.0, y), ending(f"£{n},500", 425.0, y))
            for n, y in ((n, 112.0 + 16 * n) for n in range(1, 6))]  # fmt: skip
    grounds = tuple(Fill(58.0 + 125 * n, 80.0, 183.0 + 125 * n, 106.0, GREY, 0) for n in range(cells))
    (found,) = tables(page([*heads, *(piece for row in rows for piece in row)], fills=grounds))
    assert found[0][: len(years)] == years


def test_section_across_the_table_hides_no_column() -> None:
    rows = [("Blaby", "£500"), ("Melton", "£60"), ("Oadby", "£70")]
    pieces = [*listed(rows, 14.0), ("A section that reaches far across the whole table here", 60.0, 142.0)]
    pieces += [(text, x, top + 56.0) for text, x, top in listed(rows, 14.0)]
    assert [left for left, _ in spans(pieces)] == [60.0, 300.0]


def test_heading_and_one_row_of_two_lines_make_columns() -> None:
    # Of the row only one line has words on both sides of the gaps; the heading has them too.
    heading = listed([("Code", "Intention", "Sum")], 14.0, (60.0, 120.0, 300.0))
    row = [("CI001", 60.0, 120.0), ("A helper for each", 120.0, 120.0), ("£500", 300.0, 120.0), ("of us", 120.0, 131.0)]
    assert [left for left, _ in spans([*heading, *row])] == [60.0, 120.0, 300.0]


def test_heading_over_one_row_of_amounts_shows_the_column_of_labels() -> None:
    pieces = [("2015/16", 200.0, 100.0), ("2016/17", 300.0, 100.0)]
    pieces += [("Blaby", 60.0, 114.0), ("£500", 200.0, 114.0), ("£60", 300.0, 114.0)]
    assert tables(page(pieces)) == [[["", "2015/16", "2016/17"], ["Blaby", "£500", "£60"]]]


def test_words_that_all_but_touch_the_next_column_stay_in_their_own() -> None:
    rows = [("Blaby", "the purposes" if i == 3 else "a purpose", "for victims", f"£{i}") for i in range(12)]
    pieces = listed(rows, 14.0, (60.0, 120.0, 181.0, 300.0))
    assert tables(page(pieces)) == [[list(row) for row in rows]]


def test_word_wider_than_its_column_hides_no_column() -> None:
    # Two labels in eighteen lines reach over the next column; the last column, filled in two lines only, stays apart.
    rows = [("Neighbourhoods" if i > 15 else "Blaby", "a purpose", f"£{i}", "yes" if i < 2 else "") for i in range(18)]
    pieces = [piece for piece in listed(rows, 14.0, (60.0, 120.0, 200.0, 260.0)) if piece[0]]
    pieces = [(text, x + (25 if text == "a purpose" and top > 320 else 0), top) for text, x, top in pieces]
    assert [left for left, _ in spans(pieces)] == [60.0, 120.0, 200.0, 260.0]


@pytest.mark.parametrize(
    "pieces",
    [
        [("Blaby", 60.0, 100.0), ("£500", 300.0, 100.0)],
        [("Blaby", 60.0, 100.0), ("Melton", 60.0, 114.0)],
        [("Blaby", 60.0, 100.0), ("£500", 300.0, 100.0), ("Melton", 60.0, 114.0)],
    ],
    ids=["one line", "one stretch", "one line with two stretches"],
)
def test_no_columns(pieces: list[Piece]) -> None:
    assert spans(pieces) == []


# Rows


@pytest.mark.parametrize("leading", [11.0, 14.0, 18.0, 24.0])
def test_uniform_gaps_give_each_line_a_row(leading: float) -> None:
    assert tables(page(listed(AREAS, leading))) == [[list(row) for row in AREAS]]


@pytest.mark.parametrize(("further", "rows"), [(0.8, 9), (2.0, 5)], ids=["by a pixel", "by more"])
def test_lines_on_whole_pixels_are_a_row_each_where_all_are_as_far_apart(further: float, rows: int) -> None:
    """Every other line is a little further below the one above; the gap that always parts rows is between."""
    lines = [("b) of us", 60.0, 100.0 + 16.2 * n + further * ((n + 1) // 2)) for n in range(9)]
    found = rows_of([page(lines).rows], Columns(((60.0, 100.0), (300.0, 310.0))))
    assert len(found) == rows


WRAPPED: list[Piece] = [
    ("Area", 60.0, 100.0), ("Purpose", 150.0, 100.0), ("Sum", 400.0, 100.0),
    ("Blaby", 60.0, 120.0), ("Money for a new", 150.0, 120.0), ("£500", 400.0, 120.0), ("Hostel", 150.0, 131.0),
    ("Melton", 60.0, 151.0), ("Money for an old", 150.0, 151.0), ("£60", 400.0, 151.0), ("Bridge", 150.0, 162.0),
    ("Oadby", 60.0, 182.0), ("Nothing much", 150.0, 182.0), ("£7", 400.0, 182.0),
]  # fmt: skip


def test_rows_a_little_further_apart_than_their_lines_are_rows_where_all_gaps_are_alike() -> None:
    tops = [100.0 + 11 * line + 1.2 * (line // 3) for line in range(15)]
    lines = [(f"{'Plan' if number % 3 == 0 else 'and'} the work", 160.0, top) for number, top in enumerate(tops)]
    keys = [(f"CI00{number}", 60.0, top) for number, top in enumerate(tops[::3])]
    values = [ending("£5", 360.0, top) for number, top in enumerate(tops) if number % 3 < 2]
    (table,) = tables(page([*lines, *keys, *values]))
    assert [cells[0] for cells in table] == [f"CI00{number}" for number in range(5)]


def test_wrapped_lines_stay_in_their_row() -> None:
    assert tables(page(WRAPPED)) == [
        [
            ["Area", "Purpose", "Sum"],
            ["Blaby", "Money for a new Hostel", "£500"],
            ["Melton", "Money for an old Bridge", "£60"],
            ["Oadby", "Nothing much", "£7"],
        ]
    ]


# Lines of one distance whose rows only what is drawn between them tells apart.
CLOSE: list[Piece] = [
    ("Area", 60.0, 102.0), ("Purpose", 150.0, 102.0), ("Sum", 400.0, 102.0),
    ("Blaby and", 60.0, 117.0), ("Money for a new", 150.0, 117.0), ("£500", 400.0, 117.0),
    ("District", 60.0, 132.0), ("Hostel", 150.0, 132.0),
    ("Melton", 60.0, 147.0), ("Money for an old", 150.0, 147.0), ("£60", 400.0, 147.0),
    ("Borough", 60.0, 162.0), ("Bridge", 150.0, 162.0),
    ("Oadby", 60.0, 177.0), ("Nothing much", 150.0, 177.0), ("£7", 400.0, 177.0),
]  # fmt: skip
CUTS = (99.5, 114.5, 144.5, 174.5, 189.5)
RULES = tuple(Rule(55.0, y, 430.0, y) for y in CUTS)
PIECES_OF_RULES = tuple(Rule(x, y, x + 125.0, y) for y in CUTS for x in (55.0, 180.0, 305.0))
GROUNDS = tuple(
    Fill(55.0, top, 430.0, bottom, GREY if i % 2 else WHITE, i) for i, (top, bottom) in enumerate(pairwise(CUTS))
)
# Of one colour, and each a pixel of a browser, or far less, above the next one.
APART, SEAMLESS = (
    tuple(ground._replace(bottom=ground.bottom - gap, colour=GREY) for ground in GROUNDS) for gap in (0.75, 0.1)
)


@pytest.mark.parametrize(
    ("rules", "fills"),
    [(RULES, ()), (PIECES_OF_RULES, ()), ((), GROUNDS), (RULES, GROUNDS), ((), APART)],
    ids=["rules", "rules in pieces", "grounds", "rules and grounds", "grounds of one colour apart"],
)
def test_what_is_drawn_divides_rows(rules: tuple[Rule, ...], fills: tuple[Fill, ...]) -> None:
    assert tables(page(CLOSE, rules, fills)) == [
        [
            ["Area", "Purpose", "Sum"],
            ["Blaby and District", "Money for a new Hostel", "£500"],
            ["Melton Borough", "Money for an old Bridge", "£60"],
            ["Oadby", "Nothing much", "£7"],
        ]
    ]


def test_grounds_of_one_colour_that_touch_divide_nothing() -> None:
    assert len(tables(page(CLOSE, (), SEAMLESS))[0]) != len(GROUNDS)


def test_running_text_makes_no_table() -> None:
    words = "The commissioner gives money to each of the areas and asks them what they did with it"
    assert tables(page([(words, 60.0, 100.0 + 14 * i) for i in range(4)] + [("So it ends.", 60.0, 156.0)])) == []


def test_bold_lines_above_plain_ones_are_a_heading_however_close() -> None:
    head = [("Code", 60.0, 100.0), ("Intention", 160.0, 100.0), ("Comment", 400.0, 100.0)]
    body = [("a) Victims of burglary", 160.0, 111.0), ("Councils will choose", 400.0, 111.0)]
    text = page_in_bold(head, body)
    columns = Columns(((60.0, 100.0), (160.0, 300.0), (400.0, 520.0)))
    _, groups = parted([list(text.rows)], columns)
    assert [len(group) for group in groups] == [1, 1]


@pytest.mark.parametrize(("heads", "groups"), [(3, [1, 1]), (1, [2])], ids=["of columns", "one"])
def test_heading_in_bold_of_several_columns_ends_above_a_line_with_plain_words(heads: int, groups: list[int]) -> None:
    """The row below it starts with its code in bold."""
    head = [("Code", 60.0, 100.0), ("Intention", 160.0, 100.0), ("Comment", 400.0, 100.0)][:heads]
    text = page_in_bold([*head, ("CI1", 60.0, 111.0)], [("Victims of burglary", 160.0, 111.0)])
    found = rows_of([list(text.rows)], Columns(((60.0, 100.0), (160.0, 300.0), (400.0, 520.0))))
    assert [len(group) for group in found] == groups


def test_heading_in_bold_is_told_from_the_first_of_bands_that_hold_a_row_each() -> None:
    head = [("Code", 60.0, 100.0), ("Intention", 160.0, 100.0), ("Sum", 400.0, 100.0)]
    body = [piece for n in range(4) for piece in (("CI1", 60.0, 115.0 + 15 * n), ("Work", 160.0, 115.0 + 15 * n),
                                                  ("a) £5", 400.0, 115.0 + 15 * n))]  # fmt: skip
    text = page_in_bold(head, body)
    first, *others = (list(row) for row in text.rows)
    above, groups = parted([[first, others[0]], *([line] for line in others[1:])],
                           Columns(((60.0, 100.0), (160.0, 300.0), (400.0, 520.0))))  # fmt: skip
    assert (len(above), [len(group) for group in groups]) == (1, [1, 1, 1, 1])


@pytest.mark.parametrize(("label", "rows"), [("Areas Subtotal", 2), ("Courts", 1)])
def test_totals_on_one_ground_are_a_row_each(label: str, rows: int) -> None:
    bands = [[line] for line in page(listed([("a", "1"), ("b", "2"), ("c", "3")], 14.0)).rows]
    last = page([(label, 60.0, 150.0), ending("£5", 320.0, 150.0), ("Grand Total", 60.0, 163.0),
                 ("-", 200.0, 150.0), ending("£9", 320.0, 163.0)]).rows  # fmt: skip
    found = rows_of([*bands, list(last)], Columns(((60.0, 180.0), (190.0, 220.0), (290.0, 330.0))))
    assert len(found) == 3 + rows


NAMED = [("Blaby", 60.0, 111.0), ending("£500", 320.0, 111.0)]


@pytest.mark.parametrize(
    ("bold", "plain", "rows"),
    [
        ([("North", 60.0, 100.0)], NAMED, [1, 1]),
        ([], [("North", 60.0, 100.0), *NAMED], [2]),
        ([("North", 60.0, 100.0), *NAMED], [], [2]),
        ([("North", 60.0, 100.0), ("Sum", 300.0, 100.0)], NAMED, [2]),
        ([("North", 200.0, 100.0)], NAMED, [2]),
    ],
    ids=["bold and alone", "plain", "all in bold", "of two pieces", "in no column of labels"],
)
def test_lone_label_in_bold_above_a_row_names_a_section(bold: list[Piece], plain: list[Piece], rows: list[int]) -> None:
    bands = [[line] for line in page(listed([("a", "1"), ("b", "2"), ("c", "3")], 14.0)).rows]
    named = list(page_in_bold(bold, plain).rows)
    found = rows_of([named, *bands], Columns(((60.0, 180.0), (190.0, 330.0))))
    assert [len(group) for group in found] == [*rows, 1, 1, 1]


@pytest.mark.parametrize(("top", "rows"), [(118.0, [1, 1]), (111.0, [2])], ids=["well below", "right below"])
def test_plain_label_well_below_a_row_in_bold_is_a_row_that_it_sums_up(top: float, rows: list[int]) -> None:
    bands = [[line] for line in page(listed([("a", "1"), ("b", "2"), ("c", "3")], 14.0)).rows]
    bold = page_in_bold([("Quieter streets", 60.0, 100.0), ending("£7", 320.0, 100.0)], [("Mentoring", 60.0, top)])
    found = rows_of([list(bold.rows), *bands], Columns(((60.0, 180.0), (190.0, 330.0))))
    assert [len(group) for group in found] == [*rows, 1, 1, 1]


@pytest.mark.parametrize(("count", "found"), [(1, 1), (2, 1), (3, 0)])
def test_three_figures_side_by_side_in_one_column_are_no_table(count: int, found: int) -> None:
    rows = listed([("Area", "What was spent in the year"), *((f"Area {n}", f"7,50{n}") for n in range(5))], 14.0)
    line = [("Last", 60.0, 184.0), *((str(3 + n), 300.0 + 30 * n, 184.0) for n in range(count))]
    assert len(tables(page([*rows, *line]))) == found


def test_amounts_in_pounds_may_stand_in_the_first_column() -> None:
    rows = [("Amount", "Organisation"), ("£5,500", "Women's Centre"), ("£12,300", "Moor School"), ("£800", "Ravens")]
    pieces = [(text, (60.0, 160.0)[i], 100.0 + 12 * n) for n, row in enumerate(rows) for i, text in enumerate(row)]
    [table] = find_unruled(page(pieces), [], None)
    assert [[row.text(0), row.text(1)] for row in table.rows] == [list(row) for row in rows]


# Columns that all but touch


TOUCHING = [
    ("Leicester City", "Direct", 100.0), ("Council", "", 112.0), ("and others", "", 124.0),
    ("Police", "Co-com", 140.0), ("Leicester City", "Direct", 168.0), ("Council", "", 180.0),
]  # fmt: skip
REPEATED = [
    ("Leicester City", "", 100.0), ("Council", "", 112.0), ("Leicester City", "", 128.0), ("Council", "", 140.0),
    ("Leicester City", "", 156.0), ("Council", "", 168.0),
]  # fmt: skip


def beside(texts: list[tuple[str, str, float]], at: float) -> list[Piece]:
    """An amount on the left, a text that ends 3 points before a place or sooner, and what starts there."""
    left = at - 3 - wide("Leicester City")
    found = [("£5", 60.0, top) for first, _, top in texts if first != "Council"]
    found += [(first, left, top) for first, _, top in texts]
    return found + [(second, at, top) for _, second, top in texts if second]


def test_a_column_starts_where_all_words_behind_a_text_start() -> None:
    assert [left for left, _ in spans(beside(TOUCHING, 260.0))] == [60.0, 189.5, 260.0]


def test_words_of_a_repeated_text_start_no_column() -> None:
    assert [left for left, _ in spans(beside(REPEATED, 260.0))] == [60.0, 189.5]


def test_amounts_that_end_at_one_place_are_a_column_however_near_the_text() -> None:
    texts = [("Young Adults", "£10,000", 100.0), ("Project work", "", 112.0), ("in all areas", "", 124.0)]
    pieces = [
        piece
        for i in range(3)
        for first, second, top in texts
        for piece in ((first, 60.0, top + 40 * i), *([ending(second, 155.0, top + 40 * i)] if second else []))
    ]
    assert len(spans([*pieces, *(("SP3", 200.0, 100.0 + 40 * i) for i in range(3))])) == 3


def test_a_word_that_sticks_out_of_its_column_is_of_it_alone() -> None:
    (line,) = page([("Commissioning", 100.0, 100.0)]).rows
    assert Columns(((100.0, 150.0), (160.0, 220.0))).of(line) == (0, 0)
    assert Columns(((80.0, 150.0), (160.0, 220.0))).of(line) == (0, 1)
    assert Columns(((100.0, 150.0), (153.0, 220.0))).of(line) == (0, 1)


def test_words_set_out_to_the_edge_of_their_cell_are_no_column() -> None:
    """Lines that go on below end at one edge; the gap before their last words runs down, but nothing heads it."""
    text = [
        ("Code", 40.0, 100.0), ("Intention", 90.0, 100.0), ("Amount", 250.0, 100.0),
        ("CI1", 40.0, 120.0), ("Learning from", 90.0, 120.0), ending("every", 200.0, 120.0), ("£5", 250.0, 120.0),
        ("loss in a home", 90.0, 132.0),
        ("CI2", 40.0, 150.0), ("Bringing club", 90.0, 150.0), ending("and", 200.0, 150.0), ("£6", 250.0, 150.0),
        ("school together", 90.0, 162.0),
    ]  # fmt: skip
    (table,) = tables(page(text))
    assert table[1:] == [
        ["CI1", "Learning from every loss in a home", "£5"],
        ["CI2", "Bringing club and school together", "£6"],
    ]


@pytest.mark.parametrize("marks", [("Yes", "Yes"), ("Yes", "12")])
def test_a_column_without_a_heading_is_one_where_it_is_no_end_of_lines(marks: tuple[str, str]) -> None:
    text = [
        ("Code", 40.0, 100.0), ("Intention", 90.0, 100.0), ("Amount", 250.0, 100.0),
        *(("CI1", 40.0, 120.0), ("Learning from", 90.0, 120.0), ending(marks[0], 200.0, 120.0), ("£5", 250.0, 120.0)),
        ("loss in a home", 90.0, 132.0),
        *(("CI2", 40.0, 150.0), ("Bringing club", 90.0, 150.0), ending(marks[1], 200.0, 150.0), ("£6", 250.0, 150.0)),
        ("school together", 90.0, 162.0),
    ]  # fmt: skip
    assert len(spans(text)) == 4


def line_of(top: float, theme: str, provider: str, reach: str, value: str, moved: float = 0.0) -> list[Piece]:
    """A line of a table of four columns, the third of which may be moved."""
    return [(theme, 60.0, top), (provider, 120.0, top), (reach, 182.0 + moved, top), ending(value, 300.0, top)]


@pytest.mark.parametrize(("moved", "columns"), [(0.0, 4), (3.0, 3)], ids=["in its place", "moved"])
def test_heading_printed_again_in_its_place_has_the_columns_that_it_had(moved: float, columns: int) -> None:
    first = [line_of(120.0 + 20 * n, "Safer", "Police", "City", "£5") for n in range(3)]
    again = [line_of(120.0 + 20 * n, "Safer", "Our Councils", "City", "£7") for n in range(3)]
    before, after = (
        page([piece for line in (line_of(100.0, "Theme", "Provider", "Reach", "Value", by), *body) for piece in line])
        for by, body in ((0.0, first), (moved, again))
    )
    (above,) = find_unruled(before, [], None)
    (table,) = find_unruled(replace(after, number=2), [], above)
    assert (len(above.edges), len(table.edges)) == (4, columns)


@pytest.mark.parametrize(
    ("value", "moved", "tables"), [("£7", 0.0, 1), ("none", 0.0, 0), ("£7", -26.0, 0)], ids=["", "no figure", "moved"]
)
def test_a_row_alone_on_the_next_page_goes_on_from_the_table_before(value: str, moved: float, tables: int) -> None:
    first = [line_of(120.0 + 20 * n, "Safer", "Police", "City", "£5") for n in range(3)]
    before = page([piece for line in (line_of(100.0, "Theme", "Provider", "Reach", "Value"), *first) for piece in line])
    (above,) = find_unruled(before, [], None)
    after = page(line_of(100.0, "Safer", "Police", "City", value, moved))
    assert len(find_unruled(replace(after, number=2), [], above)) == tables


@pytest.mark.parametrize(("rest", "held"), [("and all of it", 1), ("It is spent", 0)], ids=["small", "room for it"])
def test_a_line_alone_on_the_next_page_goes_on_in_a_cell(rest: str, held: int) -> None:
    first = [line_of(120.0 + 20 * n, "Safer", "Police", "City and town"[: 13 - 9 * (n == 2)], "£5") for n in range(3)]
    before = page([piece for line in (line_of(100.0, "Theme", "Provider", "Reach", "Value"), *first) for piece in line])
    (above,) = find_unruled(before, [], None)
    assert len(find_unruled(replace(page([(rest, 182.0, 100.0), ("12", 297.0, 810.0)]), number=2), [], above)) == held


def test_words_set_out_to_the_edge_of_a_cell_that_another_line_fills_are_no_column() -> None:
    """The last words of two lines start where the longest line ends; nothing heads them, and they go on below."""
    lines = [("Reducing", "Of-", "£5"), ("fending", "and", ""), ("Re-offendings", "", "")]
    text = [("Theme", 40.0, 90.0), ("Value", 150.0, 90.0)]
    for block in range(3):
        for number, (word, last, amount) in enumerate(lines):
            top = 110.0 + 44 * block + 12 * number
            text += [(word, 40.0, top), *([ending(last, 121.0, top)] if last else []),
                     *([(amount, 150.0, top)] if amount else [])]  # fmt: skip
    assert len(spans(text)) == 2


def test_headings_set_to_the_left_and_figures_set_to_the_right_stand_in_one_column() -> None:
    heads = [("2014/15", 60.0, 100.0), ("2015/16", 220.0, 100.0), ("2016/17", 380.0, 100.0)]
    figures = [ending("£6m", 215.0, 118.0), ending("£12m", 375.0, 118.0), ending("£20m", 535.0, 118.0)]
    columns = columns_of(page([*heads, *figures]).rows)
    assert columns
    assert [round(left) for left, _ in columns.spans] == [60, 220, 380]


@pytest.mark.parametrize(("blank", "columns"), [(6.0, 2), (16.0, 3)], ids=["as the blanks before", "wider"])
def test_a_line_with_even_blanks_is_set_out_to_the_edge_of_its_cell(blank: float, columns: int) -> None:
    words, x = [], 40.0
    for word in ("Our", "park", "and", "all", "play"):
        words.append((word, x, 120.0))
        x += wide(word) + 6.0
    words += [("Group", x - 6.0 + blank, 120.0), ("£5", 300.0, 120.0), ("Work", 40.0, 132.0)]
    names = ("Towns and their long roads", 40.0), ("£7", 300.0)
    more = [(text, x, 150.0 + 20 * n) for n in range(4) for text, x in names]
    assert len(spans([("Name", 40.0, 100.0), ("Amount", 290.0, 100.0), *words, *more])) == columns


@pytest.mark.parametrize(("leading", "banded"), [(20.0, True), (6.0, False)], ids=["each", "within rows"])
def test_rows_that_end_with_bands_are_bands(leading: float, banded: bool) -> None:
    drawn = tuple(Rule(60.0, 116.0 + leading * n, 300.0, 116.0 + leading * n) for n in range(5))
    rows = [line_of(100.0 + 20 * n, "Safer", "Police", "City", "£5") for n in range(5)]
    (table,) = find_unruled(page([piece for line in rows for piece in line], drawn), [], None)
    assert table.banded == banded


@pytest.mark.parametrize(("banded", "count"), [(True, 1), (False, 2)])
def test_a_code_in_bold_over_the_only_row_of_a_page_is_of_it_where_each_row_is_a_band(banded: bool, count: int) -> None:
    """Its cells are set about their middle; else the code might name a section."""
    head = line_of(100.0, "Theme", "Provider", "Reach", "Value")
    rows = [line_of(120.0 + 20 * n, "Safer", "Police", "City", "£5") for n in range(3)]
    (above,) = find_unruled(page([*head, *(piece for line in rows for piece in line)]), [], None)
    own = [("SP2", 60.0, 142.0), ("Police", 120.0, 142.0), ("City", 182.0, 148.0), ending("£5", 300.0, 148.0)]
    after = page_in_bold([("CI1", 60.0, 130.0)], [*head, *own])
    (table,) = find_unruled(replace(after, number=2), [], replace(above, banded=banded))
    assert len(table.rows) - 1 == count


@pytest.mark.parametrize(("x", "columns"), [(240.0, 3), (222.0, 2)], ids=["in the middle of both", "aside"])
def test_figure_in_the_middle_of_two_columns_of_figures_hides_no_gap(x: float, columns: int) -> None:
    """A count stands under the mean and the deviation."""
    lines = [(f"Age {n}", "2.26", "2.34") for n in range(5)]
    pieces = [piece for n, (name, mean, deviation) in enumerate(lines)
              for piece in ((name, 60.0, 100.0 + 12 * n), ending(mean, 232.0, 100.0 + 12 * n),
                            ending(deviation, 268.0, 100.0 + 12 * n))]  # fmt: skip
    pieces += [
        ("Plants", 60.0, 160.0),
        ("212,450,000", x - 27.5, 160.0),
        ("Firms", 60.0, 172.0),
        ("112,450,000", x - 27.5, 172.0),
    ]
    assert len(spans(pieces)) == columns


def lettered(heads: list[Piece]) -> list[Piece]:
    """Headings, and amounts set to the right of the letters of their parts."""
    parts = [("a)", "£91,650"), ("b)", "£81,075"), ("c)", "£4,700"), ("Total:", "£177,425")]
    return [
        *heads,
        ("CI001", 60.0, 114.0),
        *(piece for n, (letter, sum_) in enumerate(parts)
          for piece in ((letter, 150.0, 114.0 + 14 * n), ending(sum_, 250.0, 114.0 + 14 * n))),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heads", "count"),
    [([ending("Amount", 250.0, 100.0)], 2), ([("Part", 150.0, 100.0), ending("Amount", 250.0, 100.0)], 3)],
    ids=["one heading", "a heading each"],
)
def test_letters_of_parts_set_left_of_their_amounts_are_no_column(heads: list[Piece], count: int) -> None:
    assert len(spans(lettered([("Code", 60.0, 100.0), *heads]))) == count


def test_numbers_among_the_words_above_numbered_columns_are_no_figures() -> None:
    heads = [("Total", 150.0, 100.0), ("Up to", 220.0, 90.0), ("1 year", 218.0, 100.0), ("Rest", 290.0, 100.0)]
    numbers = [("1", 157.0, 112.0), ("2", 227.0, 112.0), ("3", 297.0, 112.0)]
    figures = [piece for n in range(4) for piece in ((f"Q{n}", 60.0, 126.0 + 14 * n),
               *(ending(f"{n}.{n}", x, 126.0 + 14 * n) for x in (180.0, 250.0, 320.0)))]  # fmt: skip
    assert len(spans([*heads, *numbers, *figures])) == 4


@pytest.mark.parametrize(("second", "rows"), [("2.", 5), ("x.", 4)], ids=["counted", "a letter"])
def test_lines_that_open_with_numbers_one_up_are_rows_however_close(second: str, rows: int) -> None:
    tops = [100.0, 110.4, 124.0, 138.0, 152.0]
    named = [("1.", "Aims"), (second, "Means"), ("3.", "Ends"), ("4.", "a) Sums"), ("5.", "Notes")]
    pieces = [
        (text, x, top) for top, row in zip(tops, named, strict=True) for x, text in zip((60.0, 90.0), row, strict=True)
    ]
    assert len(rows_of([page(pieces).rows], Columns(((60.0, 70.0), (90.0, 125.0))))) == rows


def test_codes_that_start_and_end_in_line_are_columns_though_no_heading_names_them() -> None:
    rows = [("Leicester City Council", "Direct", "SP1", "SP2"), ("Police", "Both", "SP3", "SP2"),
            ("Rutland Council", "Direct", "SP4", "SP1"), ("Probation Service", "Both", "SP2", "SP3")]  # fmt: skip
    body = [
        (text, x, 114.0 + 24 * n)
        for n, row in enumerate(rows)
        for text, x in zip((*row, f"£{n + 1},000"), (60.0, 190.0, 250.0, 300.0, 350.0), strict=True)
    ]
    body += [("and others", 60.0, 126.0 + 24 * n) for n in range(4)]
    (table,) = tables(page([("Provider", 60.0, 100.0), ("Amount", 350.0, 100.0), *body]))
    assert table[1][1:4] == ["Direct", "SP1", "SP2"]
