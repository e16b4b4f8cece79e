"""Where tables begin and end, and which lines, grids and runs are no tables of their own."""

import pytest
from test_columns import Piece, chars_of, ending, page, page_in_bold, tables, wide

from extractors.pages.page import PageText, read_page
from extractors.pages.seen import Fill, Rule, Seen, as_columns
from extractors.pages.words import text_of
from extractors.tables.grids import find_grids
from extractors.tables.ruled import find_ruled
from extractors.tables.runs import keeps_columns, pieces_apart, runs
from extractors.tables.trimmed import trimmed
from extractors.tables.unruled import find_unruled


def row(label: str, top: float, *values: str, step: float = 60.0) -> list[Piece]:
    return [(label, 60.0, top), *(ending(v, 300.0 + step * i, top) for i, v in enumerate(values) if v)]


def made(*pieces: list[Piece], rules: tuple[Rule, ...] = ()) -> list[list[list[str]]]:
    return tables(page([each for part in pieces for each in part], rules))


BODY = [*row("North", 130.0, "5", "6", "7"), *row("South", 144.0, "8", "9", "1")]
HEAD = row("Area", 115.0, "Staff", "Cost", "Calls")


@pytest.mark.parametrize(
    "caption", ["Table 2. Calls and costs", "Figure 4", "Source: the forces", "Note: in thousands"]
)
def test_what_names_a_table_or_follows_one_starts_something_new(caption: str) -> None:
    below = [*row("Blaby", 175.0, "31"), *row("Oadby", 189.0, "40")]
    found = made(HEAD, BODY, [(caption, 60.0, 160.0)], below)
    assert found == [[["Area", "Staff", "Cost", "Calls"], ["North", "5", "6", "7"], ["South", "8", "9", "1"]],
                     [["Blaby", "31"], ["Oadby", "40"]]]  # fmt: skip


@pytest.mark.parametrize(
    "above", [[], [("What the Commissioner proposes to fund", 60.0, 100.0)]], ids=["", "a line above"]
)
def test_a_section_well_below_headings_in_bold_opens_their_table(above: list[Piece]) -> None:
    text = [
        *above,
        ("Prevention", 60.0, 140.0),
        *row("North", 160.0, "5", "6", "7"),
        *row("South", 180.0, "8", "9", "1"),
    ]
    (table,) = tables(page_in_bold(HEAD, text))
    assert [line[0] for line in table] == ["Area", "Prevention", "North", "South"]


PLANNED = [("Reducing harm:", "£90", True), ("Outreach", "£90", False), ("Quieter streets:", "£7", True)]


@pytest.mark.parametrize(("top", "own"), [(166.0, 1), (172.0, 0)], ids=["as far as the others", "further off"])
def test_a_row_without_figures_is_as_far_from_others_as_they_are(top: float, own: int) -> None:
    """Rows turn to bold and back, well apart from each other; one of a label only is no caption for it."""
    rows = [(row(label, 100.0 + 22 * n, sum_), bold) for n, (label, sum_, bold) in enumerate(PLANNED)]
    rows += [
        ([("Mentoring", 60.0, top)], False),
        (row("All areas", top + 22, "£5"), True),
        (row("Sum", top + 44, "£102"), False),
    ]
    bold, plain = ([each for line, is_bold in rows if is_bold == wanted for each in line] for wanted in (True, False))
    found = [line[0] for table in tables(page_in_bold(bold, plain)) for line in table]
    assert found.count("Mentoring") == own


@pytest.mark.parametrize(("x", "text"), [(400.0, "as agreed so far"), (60.0, ""), (380.0, "")])
def test_a_last_line_far_below_the_others_is_of_the_column_that_it_starts_in(x: float, text: str) -> None:
    """A note starts where the table does, or anywhere."""
    rows = [piece for n, label in enumerate(("North", "South", "East"))
            for piece in (*row(label, 100.0 + 22 * n, "£5"), ("Police and others", 400.0, 100.0 + 22 * n))]  # fmt: skip
    (table,) = made(rows, [("as agreed so far", x, 170.0)])
    assert [line[-1] for line in table] == ["Police and others"] * 2 + [f"Police and others {text}".strip()]


@pytest.mark.parametrize(("top", "lines"), [(84.0, 3), (97.0, 4)], ids=["well above", "close above"])
def test_lines_well_above_a_first_rule_are_none_of_the_table(top: float, lines: int) -> None:
    """The date on the left and the page on the right fill several columns, as a heading does."""
    titles = [("Run of 2 May", 60.0, top), ("Staff", 280.0, top), ("Calls", 400.0, top)]
    rules = tuple(Rule(55.0, y, 425.0, y) for y in (109.0, 126.0, 157.0))
    (table,) = made(titles, HEAD, BODY, rules=rules)
    assert len(table) == lines


STRIPED = [*row("Melton", 122.0, "£5"), *row("Oadby", 144.0, "£7"), *row("Rutland", 166.0, "£9")]


def stripe(top: float, colour: tuple[int, int, int, int] = (230, 230, 230, 255), right: float = 320.0) -> Fill:
    return Fill(50.0, top - 6, right, top + 16, colour, 0)


@pytest.mark.parametrize(
    ("fills", "rows"),
    [
        ((stripe(100.0), stripe(144.0)), 4),
        ((), 3),
        ((stripe(100.0),), 3),
        ((stripe(100.0, (30, 60, 90, 255)), stripe(144.0)), 3),
        ((stripe(100.0, right=200.0), stripe(144.0)), 3),
    ],
    ids=["as the others", "none", "alone", "in another colour", "narrower"],
)
def test_a_first_line_on_the_ground_of_rows_is_a_row(fills: tuple[Fill, ...], rows: int) -> None:
    (table,) = tables(page([("Mentoring", 60.0, 100.0), *STRIPED], (), fills))
    assert len(table) == rows


def test_lines_set_to_one_width_are_running_text() -> None:
    words = ("The forces met each of the aims that were set for this year", 60.0)
    wide = [(words[0], words[1], 100.0), (words[0], words[1], 112.0)]
    assert made(wide, row("North", 124.0, "5"), row("South", 138.0, "7")) == [[["North", "5"], ["South", "7"]]]


def test_lines_of_one_width_that_start_where_a_column_does_are_its_lines() -> None:
    wide = "A study of the needs of children and young people in care which"
    head = [("Code", 60.0, 90.0), ("Aim", 105.0, 90.0), ending("Cost", 190.0, 90.0), ("Comment", 210.0, 90.0)]
    rows = [
        [(key, 60.0, top), (aim, 105.0, top), ending("£50", 190.0, top), (wide, 210.0, top)]
        for key, aim, top in (("CI1", "Safety", 104.0), ("CI2", "Support", 154.0))
    ]
    more = [(wide, 210.0, top) for top in (115.0, 126.0, 165.0, 176.0)]
    (table,) = made(head, *rows, more)
    assert [cells[0] for cells in table] == ["Code", "CI1", "CI2"]
    assert table[2][3].count("A study") == 3


def test_wide_line_whose_words_start_where_columns_do_is_a_line_of_the_table() -> None:
    starts = (60.0, 145.0, 230.0, 315.0, 400.0)
    full = ("Organisation and", "Commissioning by", "Strategic action", "Geographic reach", "Contributions")
    below = ("who", "by", "first", "where", "£5")
    head = [(text, x, 100.0) for x, text in zip(starts, full, strict=True)]
    rows = [(text, x, top) for top in (111.0, 130.0, 149.0) for x, text in zip(starts, below, strict=True)]
    (table,) = made(head, rows)
    assert table[0] == list(full)


def test_figures_however_close_are_no_running_text() -> None:
    rows = [ending(str(1000 + i), 86.0 + 27 * i, top) for top in (100.0, 114.0, 128.0) for i in range(18)]
    (table,) = made(rows)
    assert [len(cells) for cells in table] == [18, 18, 18]


def test_note_that_reaches_over_the_columns_is_below_a_table() -> None:
    note = [("Forces that did not answer are left out of all that stands above", 60.0, 158.0)]
    assert made(HEAD, BODY, note)[0][-1] == ["South", "8", "9", "1"]


@pytest.mark.parametrize(("more", "held"), [([], False), ([("Police", 150.0), ("a study", 230.0)], True)])
def test_words_below_the_last_rule_that_start_columns_are_a_row(more: list[tuple[str, float]], held: bool) -> None:
    """A page may cut a row of which the figures go to the next."""
    texts = [(("Area", "Provider", "What for", "Cost"), 102.0)]
    texts += [((f"Area {n}", "Police", "a home", "£5"), 117.0 + 15 * n) for n in range(4)]
    body = [(text, x, top) for row, top in texts for text, x in zip(row, (60.0, 150.0, 230.0, 400.0), strict=True)]
    rules = tuple(Rule(55.0, 99.5 + 15 * n, 440.0, 99.5 + 15 * n) for n in range(6))
    (table,) = made(body, [("Area 5", 60.0, 177.0), *((text, x, 177.0) for text, x in more)], rules=rules)
    assert (table[-1][0] == "Area 5") == held


def test_two_words_below_the_last_rule_that_start_two_of_three_columns_are_a_row() -> None:
    rows = [("Area", "Provider", "Cost"), *((f"Area {n}", "Police", "£5") for n in range(4))]
    places = [
        (text, x, 102.0 + 15 * n)
        for n, row in enumerate(rows)
        for text, x in zip(row, (60.0, 150.0, 300.0), strict=True)
    ]
    rules = tuple(Rule(55.0, 99.5 + 15 * n, 340.0, 99.5 + 15 * n) for n in range(6))
    for second, held in ((150.0, True), (190.0, False)):
        (table,) = made(places, [("Area 5", 60.0, 177.0), ("Police", second, 177.0)], rules=rules)
        assert (table[-1][0] == "Area 5") == held


def test_running_title_is_above_a_table() -> None:
    title = [("Annual report of the forces", 60.0, 20.0), ending("31", 420.0, 20.0)]
    body = [*row("North", 50.0, "5", "6", "7"), *row("South", 64.0, "8", "9", "1")]
    assert made(title, body)[0][0] == ["North", "5", "6", "7"]


def test_line_in_the_middle_of_a_table_is_a_row_over_all_columns() -> None:
    panels = [("Men", 232.0, 145.0), ("Women", 228.0, 175.0)]
    body = [
        *row("North", 130.0, "5", "6", "7"),
        *row("South", 160.0, "8", "9", "1"),
        *row("West", 190.0, "2", "3", "4"),
    ]
    (table,) = find_unruled(page([*HEAD, *body, *panels]), [], None)
    assert [row.text(0) for row in table.rows] == ["Area", "North", "Men", "South", "Women", "West"]
    assert table.rows[2].spans == ((1, 4), None, None, None)


def test_labels_in_a_second_column_make_rows_that_the_first_names_by_groups() -> None:
    rows = [("Cities", 60.0, 100.0), ("Counties", 60.0, 128.0)]
    names = [("Derby", 160.0, 100.0), ("Leicester", 160.0, 114.0), ("Rutland", 160.0, 128.0), ("Devon", 160.0, 142.0)]
    values = [ending(v, 300.0, 100.0 + 14 * i) for i, v in enumerate(("31", "40", "7", "12"))]
    assert made(rows, names, values) == [
        [["Cities", "Derby", "31"], ["", "Leicester", "40"], ["Counties", "Rutland", "7"], ["", "Devon", "12"]]
    ]


def test_last_column_with_one_figure_stands_under_its_heading() -> None:
    (table,) = made(
        row("", 100.0, "1", "2", "3")[1:], row("Calls", 114.0, "1.00"), row("Costs", 128.0, ".31", "1.00"),
        row("Staff", 142.0, ".40", "-.12", "1.00"),
    )  # fmt: skip
    assert table[-1] == ["Staff", ".40", "-.12", "1.00"]
    assert table[1] == ["Calls", "1.00", "", ""]


@pytest.mark.parametrize("units", [("£000", "£000", "£m"), ("(1)", "(2)", "(3)")])
def test_units_and_numbers_of_columns_are_a_row_below_their_headings(units: tuple[str, ...]) -> None:
    (table,) = made(row("Area", 104.0, "Staff", "Cost", "Calls"), row("", 115.0, *units)[1:], BODY)
    assert table[:2] == [["Area", "Staff", "Cost", "Calls"], ["", *units]]


def test_dashes_in_the_first_row_are_figures() -> None:
    (table,) = made(row("", 100.0, "2014", "2015")[1:], row("North", 115.0, "-", "-"), row("South", 129.0, "8", "9"))
    assert table == [["", "2014", "2015"], ["North", "-", "-"], ["South", "8", "9"]]


def test_formulas_are_no_table() -> None:
    lines = [(f"y = a + {n}x", 60.0, 100.0 + 14 * n) for n in range(3)]
    assert made(lines, [ending(f"({n + 4})", 300.0, 100.0 + 14 * n) for n in range(3)]) == []


def test_heading_that_rules_frame_belongs_to_the_lines_below_it() -> None:
    level = tuple(Rule(250.0, y, 425.0, y) for y in (112.0, 127.0))
    upright = tuple(Rule(x, 112.0, x, 127.0) for x in (250.0, 305.0, 365.0, 425.0))
    text = page([*HEAD[1:], *BODY], (*level, *upright))
    assert find_ruled(find_grids(text.rules), text) == []


def test_columns_that_rules_frame_belong_to_the_lines_that_go_on_beside_them() -> None:
    level = tuple(Rule(250.0, y, 425.0, y) for y in (127.0, 157.0))
    upright = tuple(Rule(x, 127.0, x, 157.0) for x in (250.0, 305.0, 365.0, 425.0))
    text = page([*HEAD, *BODY], (*level, *upright))
    assert find_ruled(find_grids(text.rules), text) == []


@pytest.mark.parametrize(
    ("top", "step", "lines"),
    [(812.0, 15, [4, 1]), (782.0, 15, [5]), (812.0, 29, [5])],
    ids=["at the foot", "above it", "as far as rows are"],
)
def test_line_at_the_foot_of_a_page_apart_from_the_table_is_none_of_it(top: float, step: int, lines: list[int]) -> None:
    """A browser prints the address of a page there, and its number."""
    body = [(text, x, top - 29 - step * n) for n in range(4) for text, x in ((f"Area {n}", 60.0), ("£5", 300.0))]
    rows = page([*body, ("file:///minutes", 60.0, top), ("10/15", 300.0, top)]).rows
    assert [len(run) for run in runs(rows, [], 842.0) if run] == lines


def test_one_line_above_the_foot_of_a_page_is_a_run_by_itself() -> None:
    rows = page([("Area 1", 60.0, 790.0), ("£5", 300.0, 790.0), ("file:///minutes", 60.0, 812.0)]).rows
    assert [len(run) for run in runs(rows, [], 842.0)] == [1, 1]


def test_the_last_lines_of_a_text_paper_are_rows_as_others_are() -> None:
    rows = page([(text, x, 600 + 30.0 * n) for n in range(8) for text, x in ((f"Area {n}", 60.0), ("£5", 300.0))]).rows
    typed = [[word._replace(own=word.line) for word in row] for row in rows]
    assert [len(run) for run in runs(typed, [], 842.0)] == [8]


def sized(small: list[Piece], large: list[Piece]) -> PageText:
    """A page with texts, some of them in type that is half as large again."""
    grown = [char._replace(bottom=char.bottom + 5.0) for char in chars_of(large)]
    whole = (0.0, 0.0, 595.0, 842.0)
    return read_page(Seen(1, 595.0, 842.0, whole, as_columns([*chars_of(small), *grown]), (), (), ()), 1, 0)


LISTED = [*row("North", 130.0, "5", "6"), *row("South", 144.0, "8", "9"), *row("East", 158.0, "2", "3")]


@pytest.mark.parametrize(
    ("last", "lines"), [("3. Our aims", [3, 1]), ("Our aims", [4])], ids=["numbered", "in two columns"]
)
def test_numbered_title_in_larger_type_ends_a_run_though_its_number_stands_apart(last: str, lines: list[int]) -> None:
    first, rest = last.split(maxsplit=1)
    rows = sized(LISTED, [(first, 60.0, 190.0), (rest, 180.0, 190.0)]).rows
    assert [len(run) for run in runs(rows, [], 842.0)] == lines


@pytest.mark.parametrize(
    ("second", "lines"), [("and all of it was spent in the towns and the villages of the county", [3, 1]), ("£5", [4])]
)
def test_text_in_two_columns_in_larger_type_ends_a_run(second: str, lines: list[int]) -> None:
    first = "Nobody said to us what the money was for when they asked for so much"
    rows = sized(LISTED, [(first, 60.0, 190.0), (second, 460.0, 190.0)]).rows
    assert [len(run) for run in runs(rows, [], 842.0)] == lines


def test_line_that_goes_on_in_a_cell_in_the_type_of_the_last_row_ends_no_run() -> None:
    """The headings are set in smaller type than the rows."""
    heads = [("Area", 60.0, 100.0), ("Work", 150.0, 100.0), ("Staff", 300.0, 100.0), ("Costs", 400.0, 100.0)]
    body = [("North", 60.0, 130.0), ("A plan", 150.0, 130.0), ("5", 300.0, 130.0), ("6", 400.0, 130.0)]
    rows = sized([*heads, *((text, x, top + 12) for text, x, top in heads)], [*body, ("* by all", 150.0, 165.0)]).rows
    assert [len(run) for run in runs(rows, [], 842.0)] == [4]


@pytest.mark.parametrize(("left", "lines"), [(60.0, [4, 2]), (150.0, [6])], ids=["a list", "of a cell"])
def test_lines_well_below_rows_are_a_list_where_they_start_as_far_left(left: float, lines: list[int]) -> None:
    body = [(text, x, 100.0 + 14 * n) for n in range(4) for text, x in
            (("North", 60.0), ("A plan", 150.0), ("5", 300.0), ("6", 400.0))]  # fmt: skip
    rows = page([*body, ("All of it is", left, 176.0), ("for us", left, 188.0)]).rows
    assert [len(run) for run in runs(rows, [], 842.0)] == lines


@pytest.mark.parametrize(("left", "held"), [(147.5, True), (170.0, False)], ids=["below the middle", "elsewhere"])
def test_last_line_alone_in_the_middle_of_a_column_is_of_the_table(left: float, held: bool) -> None:
    rows = [(text, x, 100.0 + 17 * n) for n in range(4) for text, x in
            (("North", 60.0), ("Partners to us", 140.0), ("£5", 300.0))]  # fmt: skip
    (table,) = tables(page([*rows, ("Localities", left, 168.0)]))
    assert any("Localities" in cells[1] for cells in table) == held


def about(middle: float, *columns: tuple[float, tuple[str, ...]]) -> list[Piece]:
    """A row of cells of several lines, each set about its middle."""
    return [
        (text, x, middle + 12.0 * (n - (len(lines) - 1) / 2)) for x, lines in columns for n, text in enumerate(lines)
    ]


MIDDLE = [
    (about(140.0, (60.0, ("Crime",)), (120.0, ("Grants to all who", "ask")), (300.0, ("£5",))), False),
    (about(180.0, (60.0, ("Reducing", "Harm Sum")), (120.0, ("-",)), (300.0, ("£5",))), True),
    (about(220.0, (60.0, ("Courts",)), (120.0, ("Help for those", "who wait")), (300.0, ("£7",))), False),
    (about(260.0, (60.0, ("Courts",)), (120.0, ("Help for those who", "go", "home")), (300.0, ("£8",))), False),
]


def test_rows_set_about_their_middle_stay_whole() -> None:
    """Lines of one cell alone, bold or plain, open rows: they are neither captions nor rows of their own."""
    bold, plain = ([each for pieces, own in MIDDLE if own == wanted for each in pieces] for wanted in (True, False))
    head = [("Theme", 60.0, 110.0), ("Purpose", 120.0, 110.0), ("Sum", 300.0, 110.0)]
    (table,) = tables(page_in_bold([*head, *bold], plain))
    assert table == [
        ["Theme", "Purpose", "Sum"],
        ["Crime", "Grants to all who ask", "£5"],
        ["Reducing Harm Sum", "-", "£5"],
        ["Courts", "Help for those who wait", "£7"],
        ["Courts", "Help for those who go home", "£8"],
    ]


@pytest.mark.parametrize(("top", "headed"), [(106.0, True), (88.0, False)], ids=["side by side", "below each other"])
def test_cells_of_a_heading_set_about_their_middle_are_no_captions(top: float, headed: bool) -> None:
    """Each of its lines is of one piece, and stands well above the first row."""
    head = [("18 months to", 300.0, 100.0), ("Area", 60.0, top), ("March 2013", 300.0, 112.0)]
    found = made(head, *(row(label, 135.0 + 15 * n, "£5") for n, label in enumerate(("Blaby", "Melton", "Oadby"))))
    assert (found[0][0] == ["Area", "18 months to March 2013"]) == headed


def test_bold_line_that_ends_a_page_is_no_row() -> None:
    found = tables(page_in_bold([("Next year", 60.0, 190.0)], [*HEAD, *BODY]))
    assert [[line[0] for line in table] for table in found] == [["Area", "North", "South"]]


@pytest.mark.parametrize(
    ("below", "found"),
    [(("6", "7"), 1), (("6", ". . ."), 1), (("2016", "2017"), 2)],
    ids=["its rows", "its rows, a figure left out", "a heading"],
)
def test_bold_line_well_above_rows_in_the_same_columns_names_a_section(below: tuple[str, str], found: int) -> None:
    first = [each for n in range(3) for each in row(f"Area {n}", 115.0 + 15 * n, "£5", "£4")]
    last = [*row("North", 195.0, *below), *row("South", 210.0, "£8", "£9"), *row("West", 225.0, "£3", "£2")]
    assert len(tables(page_in_bold([("Consumption", 60.0, 178.0)], [*first, *last]))) == found


def test_line_that_explains_a_mark_below_a_table_is_none_of_it() -> None:
    (table,) = made(HEAD, BODY, [("* Figures are those of the forces alone", 60.0, 158.0)])
    assert [line[0] for line in table] == ["Area", "North", "South"]


@pytest.mark.parametrize(("left", "kept"), [(60.0, False), (285.0, True)], ids=["further left", "from the table on"])
def test_words_of_running_text_start_in_line_with_figures_by_chance(left: float, *, kept: bool) -> None:
    years, sums = ([(text, 280.0 + 80 * i, top) for i, text in enumerate(own)]
                   for own, top in ((("2014", "2015", "2016"), 100.0), (("£5", "£7", "£9"), 115.0)))  # fmt: skip
    start = "a" * int((355.0 - left) / 5)
    text = [(start, left, 130.0), ("panel", 360.0, 130.0), ("asks forms", 389.0, 130.0), ("for", 440.0, 130.0)]
    lines = page([*years, *sums, *text]).rows
    assert keeps_columns(lines, pieces_apart(lines), 2) is kept


@pytest.mark.parametrize(("last", "lines"), [("Sum", [6]), ("", [3, 3])], ids=["of columns", "one"])
def test_headings_in_bold_that_end_in_a_line_of_one_go_on_well_below(last: str, lines: list[int]) -> None:
    """What follows is in the last column, and not in bold."""
    head = [("Area", 60.0, 115.0), *([("Staff", 270.0, 115.0)] if last else []), ("Work", 270.0, 126.0)]
    body = [("Via the council", 400.0, 150.0), *row("North", 161.0, "5"), *row("South", 172.0, "8")]
    text = page_in_bold([("Kind", 60.0, 104.0), *head], body)
    assert [len(run) for run in runs(text.rows, [], 842.0)] == lines


@pytest.mark.parametrize(("gap", "kept"), [(6.0, True), (3.0, False)], ids=["by far the widest", "one of many"])
def test_line_whose_widest_blank_is_before_a_column_keeps_to_columns(gap: float, *, kept: bool) -> None:
    row = [("Area", 60.0, 100.0), ("Police", 300.0, 100.0), ("£5", 420.0, 100.0)]
    first = "Grants to all the people who asked for some"
    text = [(first, 300.0 - gap - wide(first), 114.0), ("and are paid", 300.0, 114.0)]
    lines = page([*row, *text]).rows
    assert keeps_columns(lines, pieces_apart(lines), 1) is kept


def test_paragraph_close_above_the_first_rule_is_no_heading() -> None:
    rules = tuple(Rule(55.0, y, 310.0, y) for y in (99.5, 112.5, 160.0))
    body = [*row("Area", 101.0, "Sum"), *(each for n in range(3) for each in row(f"Area {n}", 115.0 + 14 * n, "£5"))]
    (table,) = made([("8.", 60.0, 88.0), ("The sums are as", 75.0, 88.0)], body, rules=rules)
    assert table[0] == ["Area", "Sum"]


@pytest.mark.parametrize(("reach", "kept"), [((270.0, 380.0), True), ((55.0, 430.0), False)], ids=["its own", "across"])
def test_line_over_a_rule_of_its_own_is_a_heading_over_columns(reach: tuple[float, float], *, kept: bool) -> None:
    over = [("Interest-bearing", 250.0, 85.0)]
    rules = (Rule(reach[0] - 20, 97.0, reach[1], 97.0), Rule(55.0, 126.0, 430.0, 126.0))
    found = made(over, HEAD, BODY, rules=rules)
    assert ("Interest-bearing" in found[0][0]) is kept


@pytest.mark.parametrize(
    ("headed", "named"), [(True, True), (False, False)], ids=["one heading each", "fewer headings"]
)
def test_line_in_larger_type_over_rows_below_their_headings_names_a_section(*, headed: bool, named: bool) -> None:
    """So does one between rows in the same columns."""
    tops = [140.0, 154.0, 220.0, 234.0]
    count = 3 if headed else 2
    heads = [ending(text, 280.0 + 60 * n, 84.0) for n, text in enumerate(("Receipts", "Loans", "Cash")[:count])]
    body = [
        piece
        for n, top in enumerate(tops)
        for piece in ((f"Area {n}", 60.0, top), *(ending(f"{n + 1}{c}4", 280.0 + 60 * c, top) for c in range(3)))
    ]
    small = chars_of([*heads, *body])
    large = [char._replace(top=char.top - 2.5, bottom=char.bottom + 2.5, bold=True)
             for char in chars_of([("Senate", 60.0, 124.0), ("House", 60.0, 203.0)])]  # fmt: skip
    text = read_page(Seen(1, 595.0, 842.0, (0.0, 0.0, 595.0, 842.0), as_columns([*small, *large]), (), (), ()), 1, 0)
    found = [[line[0] for line in table] for table in tables(text)]
    assert (found == [["", "Senate", "Area 0", "Area 1", "House", "Area 2", "Area 3"]]) == named


FRAMED = tuple(Rule(55.0, y, 430.0, y) for y in (99.5, 112.5, 160.0))
COUNTED = [
    *row("Area", 101.0, "Staff", "Cost", "Calls"),
    *(each for n in range(3) for each in row(f"Area {n}", 115.0 + 14 * n, "5", "6", "7")),
]


@pytest.mark.parametrize(("middle", "kept"), [(242.5, False), (340.0, True)], ids=["over all", "over the figures"])
def test_title_in_the_middle_of_the_whole_table_above_its_first_rule_is_none_of_it(
    middle: float, *, kept: bool
) -> None:
    title = ("Supply and use", middle - wide("Supply and use") / 2, 88.5)
    (table,) = made([title], COUNTED, rules=FRAMED)
    assert any("Supply and use" in line for line in table) is kept


def test_two_rules_well_apart_with_nothing_between_end_a_table_and_begin_the_next() -> None:
    again = [(text, x, top + 75) for text, x, top in COUNTED]
    rules = (*FRAMED, *(replace_y(rule, 75.0) for rule in FRAMED))
    assert [len(table) for table in made(COUNTED, again, rules=rules)] == [4, 4]


def replace_y(rule: Rule, by: float) -> Rule:
    return rule._replace(top=rule.top + by, bottom=rule.bottom + by)


def test_titles_of_several_lines_well_above_a_heading_are_none_of_it() -> None:
    titles = [("State survey", 200.0, 78.0), ("Page", 405.0, 78.0), ("Appendix C", 200.0, 90.0)]
    text = page([*titles, *HEAD, *BODY])
    assert text_of(trimmed(list(text.rows), text)[0]) == "Area Staff Cost Calls"


@pytest.mark.parametrize(
    ("below", "tables_"), [(HEAD, 2), (row("East", 115.0, "3", "4", "5"), 1)], ids=["headings", "figures"]
)
def test_line_alone_well_below_rows_is_a_title_where_headings_follow(below: list[Piece], tables_: int) -> None:
    above = [(text, x, top - 70) for text, x, top in [*HEAD, *BODY]]
    rest = [(text, x, top + 5) for text, x, top in [*below, *BODY]]
    assert len(made(above, [("The second listing", 200.0, 97.0)], rest)) == tables_


def test_number_of_a_chapter_far_below_rows_starts_something_new() -> None:
    found = made(HEAD, BODY, [("3.2", 60.0, 180.0), ("Hydraulic Analyses", 90.0, 180.0)])
    assert [line[0] for line in found[0]] == ["Area", "North", "South"]
