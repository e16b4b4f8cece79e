"""Tables of words around which nothing is drawn: lines that fill all columns and start in line in each."""

import pytest
from test_columns import GREY, Piece, page, page_in_bold, tables

from extractors.pages.seen import Fill
from extractors.tables.bands import as_bands
from extractors.tables.columns import Columns
from extractors.tables.values import count_parts
from extractors.tables.worded import each_full, listed

NAMES = [
    ("Brushy Fork", "Warden Tolliver", "Quarry Road", "555-0133"),
    ("Eastern", "Supt. Okafor", "Kerrville", "555-0178"),
    ("Marion Camp", "Capt. Pruitt", "Route 2", "555-0150"),
    ("State House", "Warden Castle", "Mount Hope", "555-0100"),
]
PLACES = (60.0, 180.0, 310.0, 450.0)


def directory(rows: list[tuple[str, ...]], places: tuple[float, ...] = PLACES) -> list[Piece]:
    return [
        (text, x, 100.0 + 14 * n) for n, row in enumerate(rows) for text, x in zip(row, places, strict=False) if text
    ]


def test_lines_of_words_that_fill_all_columns_in_line_are_a_table_of_a_row_each() -> None:
    assert tables(page(directory(NAMES))) == [[list(row) for row in NAMES]]


@pytest.mark.parametrize(
    "rows",
    [NAMES[:3], [row[:2] for row in NAMES]],
    ids=["too few lines", "too few columns"],
)
def test_few_lines_or_columns_of_words_are_none(rows: list[tuple[str, ...]]) -> None:
    assert tables(page(directory(rows))) == []


def test_words_that_stand_in_line_in_one_column_alone_are_none() -> None:
    pieces = [(text, x + 3 * n * (x > 60.0), top) for n, (text, x, top) in enumerate(directory(NAMES))]
    assert tables(page(pieces)) == []


def test_what_goes_on_in_a_row_fills_some_of_its_columns() -> None:
    rows = [*NAMES[:2], ("", "", "near the mill", ""), *NAMES[2:]]
    (table,) = tables(page(directory(rows)))
    assert [row[2] for row in table] == ["Quarry Road", "Kerrville near the mill", "Route 2", "Mount Hope"]


@pytest.mark.parametrize(("nearer", "rows"), [(0.0, 1), (3.0, 4)], ids=["as far as rows", "nearer"])
def test_line_of_several_pieces_goes_on_in_a_row_where_it_is_nearer_than_rows_are(nearer: float, rows: int) -> None:
    """As far as rows are it may be one that has no label."""
    lines = [("1.", "Introduction", "3"), ("2.", "Background", "4"), ("3.", "Budget", "5"), ("", "Appendix", "7"),
             ("4.", "Outcomes", "9")]  # fmt: skip
    pieces = [(text, x, top - nearer * (top > 139.0)) for text, x, top in directory(lines, (60.0, 100.0, 300.0))]
    columns = Columns(((60.0, 70.0), (100.0, 160.0), (300.0, 305.0)))
    assert len(each_full(page(pieces).rows, columns)) == rows


def test_lines_that_go_on_in_small_letters_are_of_one_row() -> None:
    rows = [("Brushy", "Warden of", "Quarry"), ("fork", "the north", "road"), ("and all", "and east", "and lane")]
    head = [("House", 60.0, 76.0), ("Head", 180.0, 76.0), ("Place", 310.0, 76.0)]
    below = [(text, x, 166.0 + 14 * n) for n, row in enumerate(rows) for text, x in zip(row, PLACES, strict=False)]
    (table,) = tables(page([*head, *directory(rows), *below]))
    whole = ["Brushy fork and all", "Warden of the north and east", "Quarry road and lane"]
    assert table == [["House", "Head", "Place"], whole, whole]


def test_ranges_below_the_names_of_sections_on_grounds_are_a_row_each() -> None:
    """A range is no figure, and stands in the middle of its column."""
    rows = [("Species", "Rate", "Month"), ("Cool", "", ""), ("Fescue", "15–20", "March"), ("Orchard", "8–10", "April"),
            ("Blue", "120–140", "June"), ("Warm", "", ""), ("Red", "8–10", "May"), ("White", "1–2", "July"),
            ("Annual", "10–15", "March")]  # fmt: skip
    tops = [100.0 + 12 * n for n in range(len(rows))]
    pieces = [
        piece
        for top, (name, rate, month) in zip(tops, rows, strict=True)
        for piece in ((name, 60.0, top), (rate, 200.0 - 2.5 * len(rate), top), (month, 280.0, top))
        if piece[0]
    ]
    grounds = tuple(Fill(55.0, tops[n], 320.0, tops[n] + 11, GREY, n) for n in (1, 5))
    (table,) = tables(page(pieces, fills=grounds))
    assert [row[0] for row in table] == [name for name, _, _ in rows]


@pytest.mark.parametrize(("second", "rows"), [("14 July 2007", 3), ("later", 1)], ids=["dates", "another word"])
def test_lines_that_open_with_dates_are_a_row_each(second: str, rows: int) -> None:
    said = [("Mar. 22, 2007", "Hearing on the"), ("", "budget request"), (second, "Reported"), ("8/2/2007", "Passed")]
    pieces = directory(said, (60.0, 180.0))
    assert len(each_full(page(pieces).rows, Columns(((60.0, 130.0), (180.0, 260.0))))) == rows


@pytest.mark.parametrize(("mark", "rows"), [("BLM", 2), ("B2", 1)], ids=["words alone", "a number"])
def test_two_lines_of_words_that_fill_many_columns_are_a_row_each(mark: str, rows: int) -> None:
    said = [("Bald eagle", "Large rivers", mark, "None"), ("Otter", "Cold streams", "FT", "Moderate")]
    columns = Columns(((60.0, 120.0), (180.0, 250.0), (310.0, 330.0), (450.0, 500.0)))
    assert len(each_full(page(directory(said)).rows, columns)) == rows


def test_name_of_a_section_in_bold_above_lines_of_words_is_a_row() -> None:
    columns = Columns(((60.0, 120.0), (180.0, 250.0), (310.0, 330.0), (450.0, 500.0)))
    said = [("Otter", "Cold streams", "FT", "None"), ("Vole", "Grassland", "FE", "Low")]
    body = [(text, x, top + 14) for text, x, top in directory(said)]
    band = page_in_bold([("Mammals", 60.0, 100.0)], body).rows
    assert [len(row) for row in as_bands([band], columns)] == [1, 1, 1]


def test_few_lines_of_words_below_a_heading_in_bold_are_a_table() -> None:
    pieces = [(text, x, top + 14) for text, x, top in directory(NAMES[:3])]
    heads = [(text, x + 9.0, 100.0) for text, x in zip(("Camp", "Head", "Place", "Phone"), PLACES, strict=True)]
    assert len(tables(page_in_bold(heads, pieces))[0]) == 4
    assert tables(page([*heads, *pieces])) == []


@pytest.mark.parametrize(
    ("labels", "expected"),
    [(["Yes", "No", "Unknown"], 3), (["A label that", "goes on in the", "next line"], 1)],
    ids=["ended", "broken where the column ends"],
)
def test_lines_below_a_rule_are_rows_where_labels_end_of_themselves(labels: list[str], expected: int) -> None:
    columns = Columns(((60.0, 125.0), (135.0, 300.0)))
    lines = page(directory([(label, "starts the service") for label in labels], (60.0, 135.0))).rows
    assert len(listed(lines, columns)) == (expected if expected > 1 else 0)


def test_rows_that_open_with_a_time_are_a_table_of_words() -> None:
    rows = [("9:00", "Coffee", "The chair"), ("9:30 a.m.", "Minutes", ""), ("10:15", "Budget", "The treasurer"),
            ("", "and reserves", ""), ("12:00 p.m.", "Lunch", "")]  # fmt: skip
    (table,) = tables(page(directory(rows, (60.0, 160.0, 300.0))))
    assert [row[0] for row in table] == ["9:00", "9:30 a.m.", "10:15", "12:00 p.m."]
    assert table[2][1] == "Budget and reserves"


def test_rows_without_a_time_that_fill_all_other_columns_are_rows_too() -> None:
    cells = ("10-401", "7", "Gaines", "Plan", "Pro se")
    rows = [("9:00", *cells), ("", *cells), ("9:30", *cells), ("10:00", *cells), ("", *cells), ("11:00", *cells)]
    (table,) = tables(page(directory(rows, (60.0, 120.0, 190.0, 230.0, 320.0, 400.0))))
    assert [row[0] for row in table] == ["9:00", "", "9:30", "10:00", "", "11:00"]


def test_initials_of_names_beside_figures_are_no_letters_of_parts() -> None:
    names = ["D. Whitlow", "K. Lindgren", "M. Delaney", "J. Fenn"]
    pieces = [
        [("North", 60.0, y), ("5", 150.0, y), (name, 220.0, y)]
        for name, y in zip(names, (100.0, 114.0, 128.0, 142.0), strict=True)
    ]
    assert not count_parts(
        [piece for text in pieces for piece in [[word for word in page(text).rows[0] if word.x0 >= 220]]]
    )
    assert count_parts([[word] for word in page([("a) £5", 60.0, 100.0)]).rows[0][:1]])
