"""Rows by their figures, and headings over several columns, of tables without rules between rows."""

from dataclasses import replace

import pytest
from test_columns import AREAS, Piece, ending, page, page_in_bold, tables, wide

from extractors.pages.seen import Rule
from extractors.tables.abutting import split
from extractors.tables.bands import as_bands
from extractors.tables.columns import Columns, columns_of, opened_in, pieces_in
from extractors.tables.rows import are_many, by_values
from extractors.tables.unruled import find_unruled, weight
from extractors.tables.values import is_value
from extractors.tables.widened import with_heads

YEARS = [ending(year, x, 100.0) for year, x in (("2012", 300.0), ("2013", 360.0), ("2014", 420.0))]


def row(label: str, top: float, *values: str) -> list[Piece]:
    return [(label, 60.0, top), *(ending(v, 300.0 + 60 * i, top) for i, v in enumerate(values) if v)]


def made(*pieces: list[Piece], rules: tuple[Rule, ...] = ()) -> list[list[str]]:
    (table,) = tables(page([each for part in pieces for each in part], rules))
    return table


@pytest.mark.parametrize(
    "text", ["204", "£1.2m", "(55)", "-", "--", "n/a", "..", "38%", "(NA)", "(D)", "n.m.", "<0.05", "E1.2", "R 20,304"]
)
def test_values(text: str) -> None:
    assert is_value(text)


@pytest.mark.parametrize("text", ["Area", "a)", "(a)", "2013/14", "", "C5", "<b", "R 20"])
def test_no_values(text: str) -> None:
    assert not is_value(text)


def test_each_line_of_figures_with_a_label_is_a_row_however_close() -> None:
    found = made(YEARS, *(row(f"Area {n}", 112.0 + 10.5 * n, "5", "-", "7") for n in range(6)))
    assert [line[0] for line in found] == ["", *(f"Area {n}" for n in range(6))]


@pytest.mark.parametrize(("nearer", "rows"), [(0.8, 6), (0.0, 7)], ids=["nearer than rows", "as far apart as rows"])
def test_label_goes_on_in_a_line_a_little_nearer_than_rows_that_are_evenly_far_apart(nearer: float, rows: int) -> None:
    """Its first word would not have fitted, though it starts with a capital."""
    labels = [("Alderham", "5"), ("Brackley", "6"), ("Corby", "7"), ("Daventry and", "8"), ("Kettering", ""),
              ("Long Buckby W", "9"), ("Moulton", "4")]  # fmt: skip
    found = made(*(row(label, 100 + 14.0 * n - nearer * (n > 3), *[value][: bool(value)])
                   for n, (label, value) in enumerate(labels)))  # fmt: skip
    assert len(found) == rows


def test_label_goes_on_in_a_nearer_line_though_rows_are_not_quite_evenly_far_apart() -> None:
    labels = [("Alderham", 100.0), ("Brackley", 114.4), ("Corby", 128.6), ("Daventry", 143.0), ("Kettering and", 157.2)]
    rest = [("Long Buckby", 171.0), ("Moulton", 184.0)]
    found = made(*(row(label, top, "5") for label, top in labels), row(*rest[0]), row(*rest[1], "8"))
    assert [line[0] for line in found[-2:]] == ["Kettering and Long Buckby", "Moulton"]


def test_lines_of_many_figures_are_rows_though_the_column_before_them_has_a_figure_too() -> None:
    """A key figure of each group stands beside the labels of its rows."""
    lines = [
        ("Glenn", "$48,600", "Very low"),
        ("", "", "Low"),
        ("", "", "Middle"),
        ("Ellis", "$58,700", "Very low"),
        ("", "", "Low"),
    ]
    pieces = [
        piece
        for n, own in enumerate(lines)
        for piece in [
            *((text, x, 100.0 + 12 * n) for text, x in zip(own, (60.0, 120.0, 180.0), strict=True) if text),
            *(ending(f"{n}{c},450", 290.0 + 50 * c, 100.0 + 12 * n) for c in range(5)),
        ]
    ]
    spans = ((60.0, 90.0), (120.0, 160.0), (180.0, 225.0), *((260.0 + 50 * c, 290.0 + 50 * c) for c in range(5)))
    found = by_values(page(pieces).rows, Columns(spans))
    assert found is not None
    assert len(found[1]) == len(lines)


@pytest.mark.parametrize(("nearer", "label"), [(3.0, "Asian or Pacific Islander"), (0.0, "Islander")], ids=str)
def test_label_nearer_to_the_row_below_than_rows_are_opens_it(nearer: float, label: str) -> None:
    """It is as far from the row above as rows are: the name of a section would stand apart."""
    labels = ["White", "Black", "All American Indian peoples", "Asian or Pacific", "Islander", "Hispanic"]
    found = made(*(row(name, 100 + 14.0 * n - nearer * (n > 3), *["5"][: name != "Asian or Pacific"])
                   for n, name in enumerate(labels)))  # fmt: skip
    assert [line[0] for line in found][-2:] == [label, "Hispanic"]


@pytest.mark.parametrize(("second", "rows"), [("SP8*", 1), ("CI012", 2)], ids=["of another kind", "of one kind"])
def test_code_of_another_kind_whose_text_goes_on_opens_no_row(second: str, rows: int) -> None:
    """Alone below the heading of its page, with nothing that says how far rows stand apart."""
    lines = [("CI011", "Interventions that reduce", "£355,000"), (second, "behaviour that harms", "£300,000")]
    text = page([
        ("Code", 60.0, 100.0), ("Intention", 120.0, 100.0), ("Amount", 300.0, 100.0),
        *(piece for n, own in enumerate(lines)
          for piece in zip(own, (60.0, 120.0, 300.0), (118.0 + 14 * n,) * 3, strict=True)),
    ])  # fmt: skip
    found = by_values(text.rows, Columns(((60.0, 90.0), (120.0, 245.0), (300.0, 340.0))))
    assert (len(found[1]) if found else 1) == rows


@pytest.mark.parametrize(("symbols", "rows"), [(("(s)", "(s)"), 5), (("(a)", "(b)"), None)])
def test_one_letter_in_brackets_stands_for_a_figure_and_several_count_parts(
    symbols: tuple[str, str], rows: int | None
) -> None:
    figures = [("5", symbols[0]), ("6", symbols[1]), ("7", "8"), ("9", "3"), ("1", "2")]
    lines = page([piece for n, own in enumerate(figures) for piece in row(f"Area {n}", 100.0 + 11 * n, *own)]).rows
    found = by_values(lines, Columns(((60.0, 100.0), (270.0, 301.0), (330.0, 361.0))))
    assert (len(found[1]) if found else None) == rows


def test_lines_of_many_figures_are_rows_though_only_the_first_of_a_group_has_a_key() -> None:
    keys = ("05412500", "", "", "05418720", "", "")
    figures = tuple(
        [ending(f"{10 * n + i}.5", 260.0 + 40 * i, 100.0 + 12 * n) for i in range(5)] for n in range(len(keys))
    )
    days = [(f"{n}-14-03", 150.0, 100.0 + 12 * n) for n in range(len(keys))]
    found = made([(key, 60.0, 100.0 + 12 * n) for n, key in enumerate(keys) if key], days, *figures)
    assert [(line[0], line[1], line[-1]) for line in found] == [
        (key, f"{n}-14-03", f"{10 * n + 4}.5") for n, key in enumerate(keys)
    ]


def test_label_that_is_wrapped_goes_on_in_small_letters() -> None:
    found = made(YEARS, row("Grants for the", 115.0, "5", "6", "7"), [("victims of crime", 60.0, 126.0)],
                 row("Courts", 140.0, "8", "9", "1"), row("Prisons", 154.0, "2", "3", "4"))  # fmt: skip
    assert found[1:] == [["Grants for the victims of crime", "5", "6", "7"], ["Courts", "8", "9", "1"],
                         ["Prisons", "2", "3", "4"]]  # fmt: skip


@pytest.mark.parametrize(
    ("above", "label", "whole"),
    [
        ("Grants for the", "victims of crime", True),
        ("Grants for all Victims of crime and", "Witnesses", True),
        ("Grants", "Witnesses", False),
        ("Grants to all:", "Witnesses", False),
    ],
    ids=["small letters", "no room for the next word", "room for it", "a colon"],
)
def test_label_that_begins_below_the_heading_goes_on_in_the_first_row(above: str, label: str, whole: bool) -> None:
    found = made(YEARS, [(above, 60.0, 115.0)], row(label, 126.0, "5", "6", "7"), row("Courts", 140.0, "8", "9", "1"),
                 row("Prisons and what they cost", 154.0, "2", "3", "4"))  # fmt: skip
    assert (found[1][0] == f"{above} {label}") == whole
    assert [line[1] for line in found if line[1]] == ["2012", "5", "8", "2"]


def test_label_over_rows_that_start_further_in_is_the_name_of_their_section() -> None:
    def item(label: str, top: float) -> list[Piece]:
        return [(label, 66.0, top), *row("", top, "5", "6", "7")[1:]]

    found = made(YEARS, row("Total", 115.0, "9", "9", "9"), [("Highest rates", 60.0, 134.0)], item("Louisiana", 148.0),
                 item("Texas", 162.0), item("Ohio", 176.0), [("Lowest rates", 60.0, 195.0)], item("Minnesota", 209.0),
                 item("Maine", 223.0))  # fmt: skip
    assert [line[0] for line in found[1:]] == [
        "Total", "Highest rates", "Louisiana", "Texas", "Ohio", "Lowest rates", "Minnesota", "Maine"
    ]  # fmt: skip


@pytest.mark.parametrize(("start", "rows"), [(72.0, 7), (60.0, 7), (80.0, 6)], ids=["part", "row", "neither"])
def test_label_as_far_below_a_row_as_parts_are_and_set_in_as_they_are_is_one(start: float, rows: int) -> None:
    """Rows stand further from those above than their parts do; a part may have no figure."""

    def part(label: str, top: float) -> list[Piece]:
        return [(label, 72.0, top), *row("", top, "5", "6")[1:]]

    found = made(YEARS[:2], row("Safety:", 121.0, "9", "9"), part("Patrols", 138.0), part("Wardens", 155.0),
                 row("Victims:", 176.0, "8", "8"), [("Helpline", start, 193.0)], row("Hubs", 214.0, "7", "7"),
                 row("Offices", 235.0, "7", "7"))  # fmt: skip
    assert len(found[1:]) == rows


def test_names_of_sections_below_one_another_under_the_heading_are_a_row_each() -> None:
    found = made(YEARS, [("REVENUES", 60.0, 115.0)], [("Taxes:", 66.0, 127.0)], row("Income", 139.0, "5", "6", "7"),
                 row("Sales and use", 151.0, "8", "9", "1"), row("Total revenues", 163.0, "13", "15", "8"),
                 rules=(Rule(60.0, 112.5, 420.0, 112.5),))  # fmt: skip
    assert [line[0] for line in found] == ["", "REVENUES", "Taxes:", "Income", "Sales and use", "Total revenues"]


def test_the_name_of_a_section_in_the_middle_is_one_of_the_rows_that_one_drawn_band_holds() -> None:
    rules = tuple(Rule(60.0, y, 420.0, y) for y in (98.0, 112.0, 126.0, 140.0, 182.0, 196.0))
    found = made(YEARS, row("Grain", 114.0, "5", "6", "7"), row("Fruit", 128.0, "8", "9", "1"),
                 row("Subtotal", 142.0, "13", "15", "8"), [("Pacific ports", 210.0, 156.0)],
                 row("Lumber", 170.0, "2", "3", "4"), row("Subtotal", 184.0, "2", "3", "4"), rules=rules)  # fmt: skip
    assert [line[0] for line in found] == ["", "Grain", "Fruit", "Subtotal", "Pacific ports", "Lumber", "Subtotal"]


def test_lines_nearer_to_those_above_than_rows_are_to_each_other_go_on_in_them() -> None:
    rows = [
        line
        for n, name in enumerate(("Victim", "Offender", "Witness"))
        for line in (
            *row(f"{name} care", 115.0 + 40.0 * n, "5", "6", "7"), ("&", 60.0, 126.0 + 40.0 * n),
            ("Neighbourhoods", 60.0, 137.0 + 40.0 * n),
        )
    ]  # fmt: skip
    found = made(YEARS, rows)
    assert [line[0] for line in found[1:]] == [
        f"{name} care & Neighbourhoods" for name in ("Victim", "Offender", "Witness")
    ]


@pytest.mark.parametrize(("rest", "rows"), [("offenders at risk", 3), ("Offenders at risk", 4)])
def test_code_right_below_one_whose_text_goes_on_beside_it_opens_no_row(rest: str, rows: int) -> None:
    def coded(code: str, text: str, top: float, value: str) -> list[Piece]:
        return [(code, 60.0, top), (text, 105.0, top), ending(value, 300.0, top), ending(value, 360.0, top)]

    body = [
        coded("CI001", "Street drinkers", 115.0, "£34"), coded("CI002", "Targeting adult", 135.0, "£70"),
        coded("C/300", rest, 146.0, "£40"), coded("CI003", "Mentors for all", 166.0, "£20"),
    ]  # fmt: skip
    found = made([("Code", 60.0, 95.0), ("Aim", 105.0, 95.0), *YEARS[:2]][:2], *body)
    assert len(found) == rows + (found[0][0] == "Code")


def test_letters_in_brackets_stand_for_a_figure_only_in_a_column_of_figures() -> None:
    lines = [
        (text, 150.0, top) for text, top in (("North West", 115.0), ("(NW)", 126.0), ("Blaby", 140.0), ("Oadby", 154.0))
    ]
    rows = [
        row(name, top, value, value)
        for name, top, value in (("Locality", 115.0, "5"), ("Fund", 140.0, "(D)"), ("Grant", 154.0, "8"))
    ]
    found = made(YEARS[:2], lines, *rows)
    assert [line[1:3] for line in found[1:]] == [["North West (NW)", "5"], ["Blaby", "(D)"], ["Oadby", "8"]]


def test_heading_of_a_section_is_a_row_of_its_own() -> None:
    found = made(YEARS, row("North", 115.0, "5", "6", "7"), row("Mansfield", 129.0, "8", "9", "1"),
                 [("South", 60.0, 143.0)], row("Rushcliffe", 157.0, "2", "3", "4"))  # fmt: skip
    assert [line[0] for line in found] == ["", "North", "Mansfield", "South", "Rushcliffe"]


def test_heading_of_a_first_section_is_no_heading_of_a_column() -> None:
    found = made(YEARS, [("South", 60.0, 115.0)], row("Mansfield", 129.0, "8", "9", "1"),
                 row("Rushcliffe", 143.0, "2", "3", "4"))  # fmt: skip
    assert found[:2] == [["", "2012", "2013", "2014"], ["South", "", "", ""]]


def test_names_in_the_middle_and_in_the_column_of_labels_below_a_heading_are_rows() -> None:
    found = made([("Area", 60.0, 100.0)], YEARS, [("In thousands", 210.0, 115.0)], [("South", 60.0, 129.0)],
                 row("Mansfield", 143.0, "8", "9", "1"), row("Rushcliffe", 157.0, "2", "3", "4"),
                 row("Ashfield", 171.0, "2", "3", "4"))  # fmt: skip
    assert [line[0] for line in found] == ["Area", "In thousands", "South", "Mansfield", "Rushcliffe", "Ashfield"]


def test_name_of_a_section_in_bold_that_is_longer_than_its_column_is_a_row_of_its_own() -> None:
    name = "What was eaten by each of all the people who were there"
    bold = [*row("Area", 98.0, "2012", "2013", "2014"), (name, 60.0, 134.0)]
    plain = [row(label, top, "5", "6", "7") for label, top in (("Beef", 110.0), ("Eggs", 122.0), ("Pork", 146.0),
                                                             ("Milk", 158.0), ("All", 170.0))]  # fmt: skip
    (found,) = tables(page_in_bold(bold, [piece for part in plain for piece in part]))
    assert [line[0] for line in found] == ["Area", "Beef", "Eggs", name, "Pork", "Milk", "All"]


def test_years_alone_are_a_heading() -> None:
    assert made(YEARS, row("North", 115.0, "5", "6", "7"), row("South", 129.0, "8", "9", "1"))[0][1:] == [
        "2012", "2013", "2014",
    ]  # fmt: skip


def test_numbers_of_columns_are_a_heading() -> None:
    numbers = [ending(number, x, 100.0) for number, x in (("(1)", 295.0), ("(2)", 355.0), ("(3)", 415.0))]
    found = made(numbers, row("North", 115.0, "5", "6", "7"), row("South", 129.0, "8", "9", "1"))
    assert found == [["", "(1)", "(2)", "(3)"], ["North", "5", "6", "7"], ["South", "8", "9", "1"]]


def test_units_with_round_numbers_are_a_heading_and_make_no_column() -> None:
    """Each stands in the middle over two columns."""
    years = [ending(year, x, 100.0) for year, x in (("2012", 300.0), ("2013", 360.0), ("2014", 420.0), ("2015", 480.0))]
    units = [("1,000 acres", 300.0, 112.0), ("Dollars", 430.0, 112.0)]
    rows = [row("North", 126.0, "5,123", "6,002", "7", "8"), row("South", 140.0, "8,000", "9,500", "1", "2"),
            row("East", 154.0, "5,123", "6,002", "7", "8")]  # fmt: skip
    found = made(years, units, *rows)
    assert ([len(line) for line in found], found[-3]) == ([5] * len(found), ["North", "5,123", "6,002", "7", "8"])


def test_figures_by_themselves_weigh_more_than_cells() -> None:
    few = page([*row("North", 100.0, "5", "6", "7"), *row("South", 114.0, "8", "9", "1")])
    many = page([each for n in range(5) for each in row(f"Area {n} 500", 100.0 + 14 * n, f"{n}")])
    found, glued = (find_unruled(text, [], None) for text in (few, many))
    assert (weight(found), weight(glued), weight([])) == ((6, 8), (5, 10), (0, 0))


def spans(pieces: list[Piece], rules: tuple[Rule, ...] = ()) -> list[tuple[tuple[int, int] | None, ...]]:
    (table,) = find_unruled(page(pieces, rules), [], None)
    return [each.spans for each in table.rows[:2]]


BODY = [*row("North", 130.0, "5", "6", "7"), *row("South", 144.0, "8", "9", "1")]
BELOW = [ending(year, x, 114.0) for year, x in (("2012", 300.0), ("2013", 360.0), ("2014", 420.0))]


def test_name_of_a_first_section_in_a_second_column_is_below_a_heading_of_one_row() -> None:
    head = [("Ref", 60.0, 100.0), ("Service", 120.0, 100.0), ending("2017", 300.0, 100.0), ending("2018", 360.0, 100.0)]
    body = [("KEEPING PEOPLE SAFE", 120.0, 120.0)]
    for number, top in (("A 1", 140.0), ("A 2", 160.0), ("A 3", 180.0)):
        body += [(number, 60.0, top), ("Football", 120.0, top), ending("5", 300.0, top), ending("6", 360.0, top)]
    (table,) = find_unruled(page_in_bold(head, body), [], None)
    assert [row.text(1) for row in table.rows] == ["Service", "KEEPING PEOPLE SAFE", *["Football"] * 3]
    assert not any(row.spans for row in table.rows)


def test_year_divided_in_a_heading_in_bold_is_no_row() -> None:
    head = [("Area", 60.0, 100.0), ending("2017", 300.0, 100.0), ending("2018", 360.0, 100.0),
            ending("- 18", 300.0, 111.0), ending("- 19", 360.0, 111.0)]  # fmt: skip
    body = [*row("North", 130.0, "5", "6"), *row("South", 150.0, "8", "9"), *row("East", 170.0, "2", "3")]
    (table,) = tables(page_in_bold(head, body))
    assert table[:2] == [["Area", "2017 - 18", "2018 - 19"], ["North", "5", "6"]]


@pytest.mark.parametrize(("beside", "many"), [(("", ""), False), (("£7", "£8"), True)])
def test_rows_are_many_by_the_values_of_one_column(beside: tuple[str, str], many: bool) -> None:
    """What a comment says of pounds is none of them."""
    found = [*row("Area", 100.0, "£5"), *row("and", 112.0, beside[0]), *row("all", 124.0, beside[1])]
    found += [("with £38k", 400.0, 112.0), ("for -", 400.0, 124.0), ("so", 500.0, 112.0)]
    lines = page(found).rows
    columns = Columns(((60.0, 100.0), (250.0, 300.0), (400.0, 450.0), (500.0, 510.0)))
    assert are_many([[line] for line in lines], columns) is many


def test_heading_in_the_middle_over_several_columns_spans_them() -> None:
    found = spans([("Actual", 320.0 - 15, 100.0), *BELOW, *BODY])
    assert found[0] == ((1, 1), (1, 2), None, (2, 1))


def test_heading_over_a_rule_of_its_own_spans_what_the_rule_does() -> None:
    rule = Rule(275.0, 112.0, 420.0, 112.0)
    found = spans([("Actual", 282.0, 100.0), *BELOW, *BODY], (rule,))
    assert found[0][1] == (1, 3)


def test_heading_of_two_lines_is_one_cell() -> None:
    found = made([("Spent", 275.0, 100.0), ("in 2012", 268.0, 111.0), ending("2013", 360.0, 111.0),
                  ending("2014", 420.0, 111.0)], BODY)  # fmt: skip
    assert found[0] == ["", "Spent in 2012", "2013", "2014"]


def test_headings_set_left_over_figures_set_right_are_of_one_column_each() -> None:
    body = [
        piece
        for i, row in enumerate(AREAS[1:])
        for piece in ((row[0], 60.0, 100.0 + 14 * i), *(ending(row[1], x, 100.0 + 14 * i) for x in (300.0, 470.0)))
    ]
    text = page([("2015/16", 215.0, 80.0), ("2016/17 (estimated)", 305.0, 80.0), *body])
    assert tables(text)[0][0] == ["", "2015/16", "2016/17 (estimated)"]


def test_headings_set_right_over_words_set_left_are_of_one_column_each() -> None:
    body = [
        piece
        for i, (area, _) in enumerate(AREAS[1:])
        for piece in (
            (area, 60.0, 100.0 + 14 * i),
            ("Ferry", 220.0, 100.0 + 14 * i),
            ending("£500", 470.0, 100 + 14 * i),
        )
    ]
    heads = [ending("Area", 205.0, 80.0), ending("Service", 400.0, 80.0), ending("Sum", 470.0, 80.0)]
    assert tables(page([*heads, *body]))[0][0] == ["Area", "Service", "Sum"]


def test_heading_that_starts_before_its_column_is_one_where_a_word_of_it_starts_there() -> None:
    body = [
        piece
        for i, (area, amount) in enumerate(AREAS[1:])
        for piece in ((area, 60.0, 100.0 + 14 * i), ("Grant", 150.0, 100.0 + 14 * i),
                      ending("a)", 228.0, 100.0 + 14 * i), (amount, 230.5, 100.0 + 14 * i))
    ]  # fmt: skip
    heads = [("Area", 60.0, 80.0), ("Fund", 150.0, 80.0), ("Amount", 198.0, 80.0), ("2015/16", 230.5, 80.0)]
    lines = page([*heads, *body]).rows
    columns = Columns(((60.0, 140.0), (150.0, 175.0), (230.5, 260.0)))
    assert with_heads(columns, opened_in(lines, columns)).spans[1] == columns.spans[1]


def test_what_stands_before_the_start_of_a_column_with_a_piece_there_is_of_the_column_before() -> None:
    """A line that is set out to both edges of its cell ends nearer to the next heading than to the figures below."""
    body = [
        piece
        for i, (area, amount) in enumerate(AREAS[1:])
        for piece in ((area, 60.0, 124.0 + 14 * i), (amount, 150.0, 124.0 + 14 * i), ("Ferry", 230.0, 124.0 + 14 * i))
    ]
    heads = [("Sum of all", 150.0, 80.0), ("Service", 230.0, 80.0), ("that", 150.0, 92.0), ("was", 206.0, 92.0),
             ("under", 230.0, 92.0), ("given", 150.0, 104.0), ("way", 230.0, 104.0)]  # fmt: skip
    rules = tuple(Rule(55.0, y, 300.0, y) for y in (76.0, 118.0, 136.0, 150.0, 166.0))
    assert tables(page([*heads, *body], rules))[0][0] == ["", "Sum of all that was given", "Service under way"]


@pytest.mark.parametrize(("second", "columns"), [("Firms we ask", 3), ("Firm", 4)])
def test_heading_set_out_to_the_edge_of_its_cell_names_no_column_within_it(second: str, columns: int) -> None:
    """Its longest line reaches over the gap before the words that end lines below."""
    text = [("Code", 40.0, 100.0), (second, 90.0, 88.0), ("of", 90.0, 100.0), ending("we", 145.0, 100.0),
            ("Amount", 250.0, 100.0)]  # fmt: skip
    for number, last in enumerate(("Com-", "and", "Boa-")):
        top = 120.0 + 30 * number
        text += [("CI1", 40.0, top), ("Ferry", 90.0, top), ending(last, 145.0, top), ("£5", 250.0, top),
                 ("rest", 90.0, top + 12)]  # fmt: skip
    assert len(tables(page(text))[0][0]) == columns


def test_a_divided_word_alone_at_the_edge_of_a_cell_makes_no_column() -> None:
    text = [("Code", 40.0, 100.0), ("Giver", 90.0, 100.0), ("Amount", 250.0, 100.0)]
    for number, last in enumerate(("", "Com-", "")):
        top = 120.0 + 30 * number
        text += [("CI1", 40.0, top), ("Ferry", 90.0, top), ("£5", 250.0, top), ("pany", 90.0, top + 12),
                 *([ending(last, 145.0, top)] if last else [])]  # fmt: skip
    assert [row[1] for row in tables(page(text))[0][1:]] == ["Ferry pany", "Ferry Com- pany", "Ferry pany"]


def test_figure_among_the_words_of_a_cell_that_is_set_out_to_both_edges_makes_no_row() -> None:
    text = [("CI1", 40.0, 100.0), ("£500", 100.0, 100.0), ("Ferry Board", 150.0, 100.0),
            ("SP2", 40.0, 112.0), ("(with", 150.0, 112.0), ("£38k", 190.0, 112.0), ending("for", 260.0, 112.0),
            ("SP3", 40.0, 124.0), ("a harbour", 150.0, 124.0), ending("£9", 260.0, 124.0)]  # fmt: skip
    columns = Columns(((40.0, 60.0), (100.0, 120.0), (150.0, 260.0)))
    assert by_values(page(text).rows, columns) is None


@pytest.mark.parametrize(
    ("lines", "head"), [(("2017 -", "18 (£k)"), "2017 - 18 (£k)"), (("2017", "- 18"), "2017 - 18")]
)
def test_year_that_breaks_off_in_a_heading_is_no_row(lines: tuple[str, str], head: str) -> None:
    over = [
        ("2016-17", 280.0, 100.0),
        ("(£k)", 280.0, 112.0),
        *((text, 340.0, 100.0 + 12 * n) for n, text in enumerate(lines)),
    ]
    found = made(over, *(row(label, 130.0 + 14 * n, "5", "6") for n, label in enumerate(("North", "South", "West"))))
    assert found[:2] == [["", "2016-17 (£k)", head], ["North", "5", "6"]]


def labelled(label: str, first: float, leading: float, *ends: float) -> list[Piece]:
    """Three rows of a label and figures that end at places."""
    tops = [first + leading * n for n in range(3)]
    return [piece for top in tops for piece in ((label, 60.0, top), *(ending("£20", x, top) for x in ends))]


def test_further_lines_of_headings_stand_where_their_first_lines_do() -> None:
    """The line that has a heading for every column tells where they stand; each goes on below itself."""
    over = [("Area", 60.0, 88.0), ("Approved sum", 190.0, 88.0), ("Proposed sum", 308.0, 88.0),
            ("2018/19", 190.0, 100.0), ("2019/20", 308.0, 100.0)]  # fmt: skip
    body = labelled("Harbour and ferry", 118.0, 16.0, 300.0, 440.0)
    rules = tuple(Rule(55.0, 84.0 + y, 445.0, 84.0 + y) for y in (0, 28, 44, 60, 76))
    assert made(over, body, rules=rules)[0] == ["Area", "Approved sum 2018/19", "Proposed sum 2019/20"]


def test_unit_behind_a_remark_in_brackets_is_of_its_heading() -> None:
    over = [("2019-2020 £", 220.0, 100.0), ("2020-21 (provisional) £", 300.0, 100.0)]
    body = labelled("North", 118.0, 16.0, 290.0, 440.0)
    assert made(over, body)[0] == ["", "2019-2020 £", "2020-21 (provisional) £"]


def test_plain_line_below_headings_in_bold_names_a_section_in_whichever_column() -> None:
    bold = [("Ref", 60.0, 100.0), ("Service", 120.0, 100.0), ending("2012", 300.0, 100.0)]
    hubs = [("Hub", 120.0, 136.0 + 18 * n) for n in range(3)]
    plain = [("Victims", 120.0, 118.0), *hubs, *labelled("T1", 136.0, 18.0, 300.0)]
    (table,) = find_unruled(page_in_bold(bold, plain), [], None)
    assert [[row.text(c) for c in range(3)] for row in table.rows[:2]] == [
        ["Ref", "Service", "2012"],
        ["", "Victims", ""],
    ]
    assert not table.rows[0].spans


@pytest.mark.parametrize(("first", "pieces"), [("Fund 2018/19:", 1), ("Fund 2018/19", 2), ("1.", 1), ("..", 2)])
def test_blank_behind_the_end_of_a_sentence_may_be_wider(first: str, pieces: int) -> None:
    (line,) = page([(first, 60.0, 100.0), ("awards", 60.0 + wide(first) + 5.5, 100.0)]).rows
    assert len(pieces_in(line)) == pieces


@pytest.mark.parametrize(("bold", "count"), [(2, 1), (3, 0), (0, 0)])
def test_one_row_below_a_heading_in_bold_is_a_table(bold: int, count: int) -> None:
    pieces = [("Proposal", 60.0, 100.0), ("From autumn on", 300.0, 100.0), ("Safer homes:", 60.0, 118.0)]
    text = page_in_bold(pieces[:bold], [*pieces[bold:], ("£291,250", 300.0, 118.0)])
    assert len(find_unruled(text, [], None)) == count


def test_rest_of_a_row_above_the_rule_that_ends_the_table_goes_on_in_its_columns() -> None:
    tops = [700.0 + 30 * n for n in range(3)]
    before = [("CI1", 60.0, y) for y in tops] + [("Grant", 120.0, y) for y in tops]
    before += [ending("£400", 300.0, y) for y in tops]
    (above,) = find_unruled(page(before), [], None)
    rest = page([("Fund", 120.0, 50.0), ending("£300", 300.0, 50.0)], (Rule(60.0, 66.0, 300.0, 66.0),))
    found = find_unruled(replace(rest, number=2), [], above)
    assert [[row.text(c) for c in range(3)] for table in found for row in table.rows] == [["", "Fund", "£300"]]


@pytest.mark.parametrize(("off", "columns"), [(0.3, 2), (2.0, 3)])
def test_codes_of_one_form_side_by_side_start_no_column(off: float, columns: int) -> None:
    """A narrow digit moves where words of one form end, less than words of a column's text differ in length."""
    text = [piece for n, x in enumerate((84.6, 84.6 - off, 84.6, 84.6)) for piece in
            (("CI10", 60.0, 100.0 + 30 * n), ending("SP4", x + 15.0, 100.0 + 30 * n), ("SP8", 102.5, 100.0 + 30 * n),
             ("Ferries for all", 200.0, 100.0 + 30 * n), ("SP9", 60.0, 112.0 + 30 * n))]  # fmt: skip
    found = columns_of(page(text).rows)
    assert len(found.spans if found else ()) == columns


@pytest.mark.parametrize(("last", "rows"), [("0", 3), ("10", 4)])
def test_digits_that_break_off_an_amount_make_no_row(last: str, rows: int) -> None:
    text = [("Project A", 60.0, 100.0), ending("£292,00", 300.0, 100.0), ("of ours", 60.0, 112.0),
            ending(last, 300.0, 112.0)]  # fmt: skip
    assert len(made(text, labelled("Tags", 130.0, 16.0, 300.0)[:4])) == rows


def test_one_row_below_a_heading_of_two_lines_in_bold_is_a_table() -> None:
    head = [
        ("Rise", 60.0, 100.0),
        ("Income from it", 250.0, 100.0),
        ("2014/15", 200.0, 112.0),
        ("2015/16", 300.0, 112.0),
    ]
    figures = [("0.5%", 60.0, 130.0), ("248", 220.0, 130.0), ("255", 320.0, 130.0)]
    (table,) = find_unruled(page_in_bold(head, figures), [], None)
    assert [row.text(2) for row in table.rows][-2:] == ["2015/16", "255"]


def test_lines_of_cells_set_at_the_foot_of_their_row_stand_above_its_figures() -> None:
    """Rows are drawn apart by nothing; each label and its figure end on one line."""
    own = (("Grants for", "victims"), ("Courts and", "prisons"), ("Help for", "those who", "wait"))
    pieces, top = [], 100.0
    for number, label in enumerate(own):
        pieces += [(text, 60.0, top + 12 * n) for n, text in enumerate(label)]
        pieces += [("Work in", 160.0, top), ("areas", 160.0, top + 12 * (len(label) - 1))]
        pieces.append(ending(f"£{number + 4}", 300.0, top + 12 * (len(label) - 1)))
        top += 12 * len(label) + 12
    found = by_values(page(pieces).rows, Columns(((60.0, 120.0), (160.0, 200.0), (280.0, 300.0))))
    assert found is not None
    assert [len(lines) for lines in (found[0], *found[1])] == [0, 2, 2, 3]


def test_two_rows_at_their_foot_and_a_total_stand_below_lines_of_their_own() -> None:
    """Half of the lines of figures but the first have a line close above them, and so has the first."""
    pieces = [("Work in", 160.0, 88.0), ("Grants", 60.0, 100.0), ("areas", 160.0, 100.0), ending("£4", 300.0, 100.0),
              ("Courts and", 60.0, 122.0), ("prisons", 60.0, 134.0), ending("£5", 300.0, 134.0),
              ("Total", 60.0, 156.0), ending("£9", 300.0, 156.0)]  # fmt: skip
    found = by_values(page(pieces).rows, Columns(((60.0, 120.0), (160.0, 200.0), (280.0, 300.0))))
    assert found is not None
    assert [len(lines) for lines in (found[0], *found[1])] == [0, 2, 2, 1]


@pytest.mark.parametrize(("left", "rows"), [(165.0, 3), (162.0, 4)], ids=["in line", "not"])
def test_line_in_the_middle_of_a_table_goes_on_in_a_column_where_the_line_above_starts_there(
    left: float, rows: int
) -> None:
    """The columns are those of a grid, whose sides stand off what is in them."""
    own = [("Grants", "Police and courts", "£4"), ("Courts", "Police", "£5"), ("Roads", "Teams", "£6")]
    pieces = [
        piece
        for top, (label, police, value) in zip((100.0, 134.0, 168.0), own, strict=True)
        for piece in ((label, 60.0, top), (police, left, top), ending(value, 290.0, top))
    ]
    lines = page([*pieces, ("(PC)", 165.0, 112.0)]).rows
    found = by_values(lines, Columns(((50.0, 155.0), (155.0, 260.0), (260.0, 300.0))))
    assert found is not None
    assert len(found[1]) == rows


def test_figures_beside_labels_of_two_lines_are_rows_as_those_on_the_line_of_their_label_are() -> None:
    pieces = [("Grants", 60.0, 100.0), ending("£4", 300.0, 100.0), ("Outreach for all", 60.0, 120.0),
              ending("£5", 300.0, 126.0), ("who asked", 60.0, 132.0), ("Roads", 60.0, 152.0),
              ending("£6", 300.0, 152.0)]  # fmt: skip
    found = by_values(page(pieces).rows, Columns(((60.0, 140.0), (280.0, 300.0))))
    assert found is not None
    assert [len(lines) for lines in found[1]] == [1, 3, 1]


def test_lines_of_figures_and_words_beside_codes_below_each_other_are_no_rows() -> None:
    """A row of an intention has its code, older codes below it, and parts of its amount with a mechanism each."""
    pieces = []
    for top in (100.0, 160.0, 220.0):
        pieces += [("CI1", 60.0, top), ending("£9", 300.0, top), ("CI2", 60.0, top + 14)]
        pieces += [("Grant", 120.0, top + 20), ending("£5", 300.0, top + 20), ("SP3", 60.0, top + 26)]
    assert by_values(page(pieces).rows, Columns(((60.0, 100.0), (120.0, 160.0), (280.0, 300.0)))) is None


def test_codes_without_figures_below_codes_in_bold_with_some_are_no_rows() -> None:
    """Older codes of an intention stand below its own, as close as its text; an amount may stand beside one."""
    bold, plain = [], [ending("£5", 300.0, 232.0)]
    for top in (100.0, 160.0, 220.0, 280.0):
        bold.append(("CI1", 60.0, top))
        plain += [("Work with", 120.0, top), ending("£9", 300.0, top), ("CI2", 60.0, top + 12)]
        plain += [("areas and", 120.0, top + 12), ("SP3", 60.0, top + 24), ("towns", 120.0, top + 24)]
    columns = Columns(((60.0, 100.0), (120.0, 170.0), (280.0, 300.0)))
    assert by_values(page_in_bold(bold, plain).rows, columns) is None


def test_labels_in_two_languages_of_which_the_second_has_the_figures_are_a_row_each() -> None:
    names = (("Muzea", "Museums"), ("w tym nowe", "of which new"), ("Zbiory", "Collections"))
    pieces = []
    for n, (first, second) in enumerate(names):
        pieces += [
            (first, 60.0, 100.0 + 22 * n),
            (second, 60.0, 111.0 + 22 * n),
            ending(f"{n}5", 300.0, 111.0 + 22 * n),
        ]
    found = by_values(page(pieces).rows, Columns(((60.0, 140.0), (280.0, 300.0))))
    assert found is not None
    assert [len(lines) for lines in found[1]] == [2, 2, 2]


@pytest.mark.parametrize("text", ["1.527 ± 0.015", "286 ± 9", "61,204 +/-397", "2.25±0.19%"])
def test_estimate_with_its_error_is_a_value(text: str) -> None:
    assert is_value(text)


def test_names_of_sections_stand_in_the_second_column_behind_numbers_of_rows() -> None:
    lines = [("10.00", "New obligations", "294"), ("", "Resources for", ""), ("", "obligation:", ""),
             ("21.40", "Start of year", "17"), ("22.00", "New authority", "292")]  # fmt: skip
    pieces = [
        piece
        for n, (code, label, value) in enumerate(lines)
        for piece in (
            (code, 60.0, 100.0 + 14 * n),
            (label, 100.0, 100.0 + 14 * n),
            ending(value, 300.0, 100.0 + 14 * n),
        )
        if piece[0]
    ]
    pieces += [ending(value, 360.0, 100.0 + 14 * n) for n, value in enumerate(("5", "", "", "6", "7")) if value]
    (found,) = tables(page(pieces))
    assert [row[:2] for row in found][1] == ["", "Resources for obligation:"]


def test_marks_open_rows_in_a_table_of_words_in_whatever_column_they_stand() -> None:
    rows = [("Finish", "Burr on the handle", "X", ""), ("", "Rust on the blade", "X", ""), ("", "Scratch", "", "X"),
            ("Marking", "Name omitted", "", "X")]  # fmt: skip
    lines = page(
        [
            (t, x, 100.0 + 12 * n)
            for n, row in enumerate(rows)
            for t, x in zip(row, (60.0, 130.0, 300.0, 350.0), strict=True)
            if t
        ]
    ).rows
    found = by_values(lines, Columns(((60.0, 110.0), (130.0, 240.0), (300.0, 306.0), (350.0, 356.0))))
    assert found is not None
    assert [len(row) for row in found[1]] == [1, 1, 1, 1]


def test_numbers_of_paragraphs_among_figures_open_rows_as_they_do() -> None:
    rows = [
        ("Bend", "3.4.2", "1 tool"),
        ("Handle", "3.4.3", "1 tool"),
        ("Salt", "3.5", "2 tools"),
        ("Coat", "3.5", "3 readings"),
    ]
    lines = page(
        [(t, x, 100.0 + 12 * n) for n, row in enumerate(rows) for t, x in zip(row, (60.0, 130.0, 200.0), strict=True)]
    ).rows
    found = by_values(lines, Columns(((60.0, 100.0), (130.0, 155.0), (200.0, 260.0))))
    assert found is not None
    assert (found[0], [len(row) for row in found[1]]) == ([], [1, 1, 1, 1])


def test_two_totals_on_one_ground_are_two_rows_though_the_label_of_one_goes_on() -> None:
    columns = Columns(((60.0, 120.0), (200.0, 240.0)))
    lines = page([("Various subtotal", 60.0, 100.0), ("£450", 205.0, 100.0), ("Subtotal", 60.0, 111.0),
                  ("Grand Total", 60.0, 122.0), ("£3,939", 200.0, 122.0)]).rows  # fmt: skip
    assert [len(row) for row in as_bands([lines], columns)] == [2, 1]


def test_lines_of_many_figures_without_any_label_are_rows() -> None:
    places = (100.0, 150.0, 200.0, 250.0, 300.0)
    lines = page([(f"{n}4", x, 100.0 + 14 * n) for n in range(3) for x in places]).rows
    found = by_values(lines, Columns(((60.0, 80.0), *((x, x + 10) for x in places))))
    assert found is not None
    assert len(found[1]) == 3


def test_numbers_alone_before_lines_of_words_further_right_are_read() -> None:
    pieces = [
        *((str(n), 60.0, 88.0 + 12 * n) for n in range(1, 5)),
        *(("Words", 90.0, 136.0 + 12 * n) for n in range(1, 4)),
    ]
    lines = page(pieces).rows
    assert split(((60.0, 115.0),), lines) == ((60.0, 115.0),)
