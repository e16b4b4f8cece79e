"""A table that goes on over pages of a PDF is one table, its heading printed once more is no row; others are apart."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from made_pdf import pdf_of

from extractors.grid import Row
from extractors.lines import Source, clean_slice
from extractors.pdf import extract
from extractors.stitch import carried, joined_rows
from extractors.tables.reheaded import prints_again
from schemas.records import Document, Line, Place, Table
from schemas.rules import Rule

HEAD, OTHER = ("Area", "Sum"), ("Provider", "Amount")
FIRST, SECOND, THIRD = [("Blaby", "204"), ("Melton", "305")], [("Oadby", "406"), ("Wigston", "507")], [("Rutland", "8")]
LEFT, MIDDLE, WIDE, HIGH = 40, 140, 100, 20


def text(x: int, y: int, words: str) -> bytes:
    """A line of text."""
    return b"BT /F 10 Tf %d %d Td (%s) Tj ET " % (x, y, words.encode())


def grid(rows: Sequence[tuple[str, str]], y: int = 700, middle: int = MIDDLE) -> bytes:
    """Rows of two drawn cells, from a height downwards."""
    return b"".join(
        text(x + 5, y - HIGH * i + 6, words) + b"%d %d %d %d re S " % (x, y - HIGH * i, wide, HIGH)
        for i, row in enumerate(rows)
        for x, wide, words in zip((LEFT, middle), (middle - LEFT, WIDE), row, strict=True)
    )


def read(*pages: bytes) -> Document:
    """Pages as read."""
    return extract(pdf_of(list(pages), page=b"/MediaBox[0 0 595 842]"))


def rows(table: Table) -> list[tuple[str, ...]]:
    """A table's rows as texts."""
    return [
        tuple(" ".join(line.text for line in cell.lines) for cell in table.cells if cell.row == number)
        for number in range(table.rows)
    ]


def told(table: Table) -> list[tuple[Rule, str]]:
    """What a table's notes say and quote."""
    return [(note.rule, note.raw) for note in table.notes]


def test_repeated_heading_is_dropped_and_noted() -> None:
    (table,) = read(grid([HEAD, *FIRST]), grid([HEAD, *SECOND]), grid([HEAD, *THIRD])).tables
    assert rows(table) == [HEAD, *FIRST, *SECOND, *THIRD]
    assert (table.header_rows, told(table)) == (1, [(Rule.REPEATED_HEADING, "Area Sum")] * 2)


def test_heading_that_is_repeated_in_the_middle_of_a_page_is_no_row() -> None:
    (table,) = read(grid([HEAD, *FIRST, HEAD, *SECOND])).tables
    assert rows(table) == [HEAD, *FIRST, *SECOND]
    assert (table.header_rows, told(table)) == (1, [(Rule.REPEATED_HEADING, "Area Sum")])


def test_rows_without_a_heading_go_on_and_that_is_noted() -> None:
    (table,) = read(grid([HEAD, *FIRST]), grid(SECOND)).tables
    assert rows(table) == [HEAD, *FIRST, *SECOND]
    assert told(table) == [(Rule.JOINED_OVER_PAGES, "Oadby 406")]


def test_row_that_the_page_cut_is_one_row() -> None:
    (table,) = read(grid([HEAD, *FIRST]), grid([("and its villages", ""), *SECOND])).tables
    assert rows(table) == [HEAD, FIRST[0], ("Melton and its villages", "305"), *SECOND]


def test_heading_that_the_page_cut_is_one_row() -> None:
    (table,) = read(grid([("Area", "Given away")]), grid([("", "in pounds"), *SECOND])).tables
    assert rows(table) == [("Area", "Given away in pounds"), *SECOND]
    assert (table.header_rows, told(table)) == (1, [(Rule.JOINED_OVER_PAGES, "in pounds")])


def test_a_row_alone_at_the_foot_of_a_page_heads_the_figures_of_the_next() -> None:
    (table,) = read(grid([("Proposal", "What it is given")]), grid(FIRST)).tables
    assert (rows(table), table.header_rows) == ([("Proposal", "What it is given"), *FIRST], 1)


def test_label_at_the_top_of_a_page_is_no_rest_of_a_heading() -> None:
    (table,) = read(grid([("Area", "Given away")]), grid([("Town", "in pounds"), *SECOND])).tables
    assert rows(table)[1:] == [("Town", "in pounds"), *SECOND]


def test_code_that_the_page_cut_opens_no_row_whatever_its_comment_costs() -> None:
    """A page may open with a key: a row whose sums are missing, where all others have one, goes on from the one above.

    What a comment says of pounds is no sum.
    """
    head = [(40, 740, 60, 20, "Code"), (100, 740, 100, 20, "Amount"), (200, 740, 150, 20, "Comment")]
    row = [(40, 720, 60, 20, "CI001"), (100, 720, 100, 20, "\xa35"), (200, 720, 150, 20, "Team A")]
    cut = [(40, 700, 60, 20, "CI006"), (100, 700, 100, 20, "\xa36"), (200, 700, 150, 20, "The")]
    rest = [(40, 720, 60, 20, "CI301"), (100, 720, 100, 20, ""), (200, 720, 150, 20, "board - \xa33 of it")]
    last = [(40, 700, 60, 20, "CI007"), (100, 700, 100, 20, "\xa37"), (200, 700, 150, 20, "Team B")]
    (table,) = read(drawn([*head, *row, *cut]), drawn([*head, *rest, *last])).tables
    assert rows(table)[1:] == [
        ("CI001", "£5", "Team A"),
        ("CI006 CI301", "£6", "The board - £3 of it"),
        ("CI007", "£7", "Team B"),
    ]


@pytest.mark.parametrize(
    ("second", "codes"), [("b) \xa32", ["CI001", "CI002 CI201"]), ("b) \xa33", ["CI001", "CI002", "CI201"])]
)
def test_row_cut_between_its_total_and_its_parts_is_one_row_where_they_add_up(second: str, codes: list[str]) -> None:
    """Its own code may open the one page and the code that it had before the other; else both are for review."""
    head = [(40, 740, 60, 20, "Code"), (100, 740, 100, 20, "Amount")]
    rows_above = [(40, 720, 60, 20, "CI001"), (100, 720, 100, 20, "\xa35")]
    cut = [(40, 700, 60, 20, "CI002"), (100, 700, 100, 20, "Total: \xa33")]
    rest = [(40, 720, 60, 40, "CI201"), (100, 720, 100, 20, "a) \xa31"), (100, 700, 100, 20, second)]
    (table,) = read(drawn([*head, *rows_above, *cut]), drawn([*head, *rest])).tables
    assert [cell[0] for cell in rows(table)[1:] if cell[0].startswith("CI")] == codes
    assert any(cell.doubtful for cell in table.cells) == (len(codes) > 2)


def test_row_without_a_figure_below_a_label_that_a_colon_ends_is_one_of_its_own() -> None:
    (table,) = read(grid([HEAD, FIRST[0], ("Patrols:", "305")]), grid([HEAD, ("Parks", ""), *SECOND])).tables
    assert rows(table) == [HEAD, FIRST[0], ("Patrols:", "305"), ("Parks", ""), *SECOND]


@pytest.mark.parametrize("closed", [False, True])
def test_row_that_no_line_closes_goes_on_where_one_of_both_has_a_figure(closed: bool) -> None:
    """Figures of one line may all have gone to the next page; where a line closes the row it is one of its own."""
    foot = b"40 640 m 240 640 l S " if closed else b""
    drawn = b"".join(b"%d 640 m %d 720 l S " % (x, x) for x in (40, 140, 240)) + b"40 720 m 240 720 l S "
    sides = b"40 700 m 240 700 l S 40 680 m 240 680 l S "
    first = drawn + sides + foot + text(45, 706, "Area") + text(145, 706, "Sum") + text(45, 686, "Blaby")
    first += text(145, 686, "204") + text(45, 666, "Melton")
    found = read(first, grid([("Borough", "305"), *SECOND])).tables[0]
    own = [("Melton", ""), ("Borough", "305")] if closed else [("Melton Borough", "305")]
    assert rows(found) == [HEAD, ("Blaby", "204"), *own, *SECOND]


def test_grid_that_holds_nothing_but_the_rest_of_a_cell_goes_on_from_the_page_before() -> None:
    (table,) = read(grid([HEAD, *FIRST]), grid([("and its villages", "")])).tables
    assert rows(table) == [HEAD, FIRST[0], ("Melton and its villages", "305")]
    (table,) = read(grid([HEAD, *FIRST]), grid([("and its villages", "")], middle=MIDDLE + 40)).tables
    assert rows(table) == [HEAD, *FIRST]


FURNITURE = {
    "number below": (text(290, 30, "1"), b""),
    "number higher up": (text(290, 60, "Page 1 of 2"), b""),
    "number well above the edge": (text(290, 120, "17"), b""),
    "title above": (b"", text(40, 815, "Police and Crime Panel")),
    "number and title": (text(290, 30, "7"), text(40, 815, "Police and Crime Panel")),
}


@pytest.mark.parametrize(("below", "above"), FURNITURE.values(), ids=FURNITURE)
def test_page_number_or_running_title_between_is_no_text(below: bytes, above: bytes) -> None:
    (table,) = read(grid([HEAD, *FIRST]) + below, above + grid([HEAD, *SECOND])).tables
    assert rows(table) == [HEAD, *FIRST, *SECOND]


@pytest.mark.parametrize(("size", "tables"), [(10, 1), (14, 2)], ids=["running title", "heading"])
def test_heading_in_the_margin_is_known_by_its_type(size: int, tables: int) -> None:
    title = text(40, 790, "Police and Crime Panel").replace(b"10 Tf", b"%d Tf" % size)
    bold = {3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>"}
    pages = [grid([HEAD, *FIRST]), title + grid([HEAD, *SECOND])]
    assert len(extract(pdf_of(pages, bold, page=b"/MediaBox[0 0 595 842]")).tables) == tables


@pytest.mark.parametrize(
    ("below", "above"),
    [(text(40, 500, "That is all."), b""), (b"", text(40, 740, "Now to something else."))],
    ids=["below the first", "above the second"],
)
@pytest.mark.parametrize("again", [[HEAD], []], ids=["heading again", "no heading"])
def test_text_between_keeps_tables_apart(below: bytes, above: bytes, again: list[tuple[str, str]]) -> None:
    first, second = read(grid([HEAD, *FIRST]) + below, above + grid([*again, *SECOND])).tables
    assert (rows(first), rows(second)) == ([HEAD, *FIRST], [*again, *SECOND])
    assert told(first) + told(second) == []


def test_another_heading_starts_another_table() -> None:
    first, second = read(grid([HEAD, *FIRST]), grid([OTHER, *SECOND])).tables
    assert (rows(first), rows(second)) == ([HEAD, *FIRST], [OTHER, *SECOND])


def test_other_columns_start_another_table() -> None:
    first, second = read(grid([HEAD, *FIRST]), grid(SECOND, middle=240)).tables
    assert (rows(first), rows(second)) == ([HEAD, *FIRST], SECOND)


def test_page_without_a_table_keeps_tables_apart() -> None:
    first, second = read(grid([HEAD, *FIRST]), text(40, 700, "A page of its own."), grid(SECOND)).tables
    assert (rows(first), rows(second)) == ([HEAD, *FIRST], SECOND)


# Tables cut from one column of text to the next

PROSE = "the commissioner gives money to each of the areas"


def column(x: int, above: int, listed: Sequence[tuple[str, str]], below: int) -> bytes:
    """Lines of prose, the rows of a table without rules, and lines of prose again, in one column of a page."""
    lines = [(PROSE,)] * above + list(listed) + [(PROSE,)] * below
    tops = [800 - 12 * i - 14 * (i >= above) - 14 * (i >= above + len(listed)) for i in range(len(lines))]
    return b"".join(
        text(x + 150 * c, y, words) for y, cells in zip(tops, lines, strict=True) for c, words in enumerate(cells)
    )


@pytest.mark.parametrize("again", [[HEAD], []], ids=["heading again", "no heading"])
@pytest.mark.parametrize("apart", [False, True], ids=["beside it", "on the next page"])
def test_table_goes_on_in_the_next_column_of_text(again: list[tuple[str, str]], apart: bool) -> None:
    left, right = (40, 310) if not apart else (310, 40)
    first, second = column(left, 20, [HEAD, *FIRST], 0), column(right, 0, [*again, *SECOND, *THIRD], 20)
    pages = [column(40, 24, [], 0) + first, second + column(310, 24, [], 0)] if apart else [first + second]
    (table,) = read(*pages).tables
    assert rows(table) == [HEAD, *FIRST, *SECOND, *THIRD]


def test_text_at_the_end_of_a_column_keeps_tables_apart() -> None:
    page = column(40, 18, [HEAD, *FIRST], 2) + column(310, 0, [HEAD, *SECOND, *THIRD], 20)
    first, second = read(page).tables
    assert (rows(first), rows(second)) == ([HEAD, *FIRST], [HEAD, *SECOND, *THIRD])


# Rests of rows below a heading that is printed again

LISTED = [("Area", "Purpose", "Sum"), ("Blaby", "a helper for", "£204"), ("Melton", "a new bridge", "£305")]


def plain(rows: Sequence[tuple[str, ...]], leadings: Sequence[int]) -> bytes:
    """Rows of words without rules, from the top of a page down, each so far below the one before."""
    tops = [780 - sum(leadings[: i + 1]) for i in range(len(rows))]
    return b"".join(
        text_of(40 + 120 * c, y, words)
        for y, cells in zip(tops, rows, strict=True)
        for c, words in enumerate(cells)
        if words
    )


def test_rest_of_a_row_below_the_heading_again_is_no_heading() -> None:
    first = plain([*LISTED, ("Oadby", "all who ask", "£406")], [0, 18, 18, 18])
    second = plain(
        [LISTED[0], ("", "for one", ""), ("Wigston", "two more", "£507"), ("Rutland", "", "£8")], [0, 15, 18, 18]
    )
    (table,) = read(first, second).tables
    assert rows(table)[3:] == [
        ("Oadby", "all who ask for one", "£406"),
        ("Wigston", "two more", "£507"),
        ("Rutland", "", "£8"),
    ]


def test_rest_of_a_row_stands_below_the_heading_again_as_a_list_below_a_table() -> None:
    head = [("Code", "Purpose", "Estimated", "Comment"), ("of it", "in short", "Amount", "and more")]
    first = plain([*head, ("CI001", "a helper", "£204", "Police"), ("CI002", "a bridge", "£305", "Police")],
                  [0, 12, 18, 18])  # fmt: skip
    rest = [("", "", "", words) for words in ("for one", "and for two", "at once.")]
    (table,) = read(first, plain([*head, *rest], [0, 12, 22, 12, 12])).tables
    assert rows(table)[-1] == ("CI002", "a bridge", "£305", "Police for one and for two at once.")


def test_columns_of_a_table_that_text_follows_are_not_those_of_the_next() -> None:
    first = plain([("Report of:", "the Commissioner"), ("Date:", "today")], [0, 18]) + text(40, 700, f"{PROSE} of it")
    assert rows(read(first, plain(LISTED, [0, 18, 18])).tables[-1]) == LISTED


def test_longer_heading_of_another_table_is_no_rest_of_a_row() -> None:
    longer = [("Area", "Purpose", "Sum"), ("", "in short", ""), *LISTED[1:]]
    page = plain(LISTED, [0, 18, 18]) + plain(longer, [200, 11, 18, 18])
    assert rows(read(page).tables[-1])[0] == ("Area", "Purpose in short", "Sum")


# First cells that a page cut


def row(*cells: str | None, down: int = 1) -> Row:
    """A row of cells of one line each; the first covers so many rows, None where a cell above covers the place."""
    lines = [clean_slice(Source(1, cell or "", 0)) for cell in cells]
    spans = [None if cell is None else (down if i == 0 else 1, 1) for i, cell in enumerate(cells)]
    return Row(tuple((line,) if line else () for line in lines), Source(1, "", 0), spans=tuple(spans))


def texts(found: Sequence[Row]) -> list[list[str]]:
    """Rows as texts."""
    return [[each.text(c) for c in range(len(each.cells))] for each in found]


ABOVE = [row("Safer", "one", "£5", down=2), row(None, "two", "£6")]


def test_first_cell_goes_on_from_the_page_before() -> None:
    kept, more = carried(ABOVE, [row("Streets", "three", "£7", down=2), row(None, "four", "£8")])
    assert texts([*kept, *more])[0] == ["Safer Streets", "one", "£5"]
    assert (kept[0].spans[0], [each.spans[0] for each in (*kept[1:], *more)]) == ((4, 1), [None] * 3)


Box = tuple[int, int, int, int, str]
CODED = [(40, 700, 60, 20, "Code"), (100, 700, 100, 20, "Amount"), (200, 700, 150, 20, "Comment")]
# A code over two parts, each with a comment of its own.
PARTS = [
    *CODED,
    (40, 680, 60, 80, "CI001/SP1"), (100, 680, 100, 40, "a) \xa35"), (200, 680, 150, 40, "a) Team A"),
    (100, 640, 100, 40, "b) \xa36"), (200, 640, 150, 40, "b) The team"),
]  # fmt: skip


def drawn(cells: Sequence[Box]) -> bytes:
    """Cells as boxes with lines of words, each from its left, its upper edge, its width, its height and its text."""
    return b"".join(
        b"%d %d %d %d re S " % (x, y - high, wide, high)
        + b"".join(text_of(x + 5, y - 12 - 12 * i, line) for i, line in enumerate(words.split("/")) if line)
        for x, y, wide, high, words in cells
    )


def text_of(x: int, y: int, words: str) -> bytes:
    """A line of text that may have a pound sign."""
    return b"BT /F 10 Tf %d %d Td (%s) Tj ET " % (x, y, words.encode("latin-1").replace(b")", b"\\)"))


def test_rest_of_a_row_goes_on_in_the_cells_that_cover_it() -> None:
    rest = [(40, 700, 60, 40, "SP2"), (100, 700, 100, 40, ""), (200, 700, 150, 40, "of the town")]
    (table,) = read(drawn(PARTS), drawn(rest)).tables
    assert rows(table) == [
        ("Code", "Amount", "Comment"),
        ("CI001 SP1 SP2", "a) £5", "a) Team A"),
        ("b) £6", "b) The team of the town"),
    ]


def test_rests_in_several_rows_that_are_all_of_a_page_go_on_in_one() -> None:
    first = [*PARTS[:3], (40, 680, 60, 20, "CI001"), (100, 680, 100, 20, "\xa35"), (200, 680, 150, 20, "Team A"),
             (40, 660, 60, 20, "CI002"), (100, 660, 100, 20, "\xa36"), (200, 660, 150, 20, "The team")]  # fmt: skip
    rest = [
        (x, y, wide, 20, words if x == 200 else "")
        for y, words in ((680, "of the"), (660, "old town"))
        for x, wide in ((40, 60), (100, 100), (200, 150))
    ]
    (table,) = read(drawn(first), drawn([*PARTS[:3], *rest])).tables  # fmt: skip
    assert rows(table)[-1] == ("CI002", "£6", "The team of the old town")


def test_heading_over_several_columns_that_the_page_cut_is_one_row() -> None:
    head = [(40, 60, 60, 20, "Share"), (100, 60, 200, 20, "Income, \xa3000, more than")]
    rest = [
        (40, 700, 60, 40, ""), (100, 700, 200, 20, "last year"),
        (100, 680, 100, 20, "2014-15"), (200, 680, 100, 20, "2015-16"),
        (40, 660, 60, 20, "0.5%"), (100, 660, 100, 20, "248"), (200, 660, 100, 20, "255"),
    ]  # fmt: skip
    (table,) = read(drawn(head), drawn(rest)).tables
    assert rows(table) == [
        ("Share", "Income, £000, more than last year"),
        ("2014-15", "2015-16"),
        ("0.5%", "248", "255"),
    ]
    assert (table.header_rows, table.columns) == (2, 3)
    assert [(cell.row_span, cell.column_span) for cell in table.cells if cell.row == 0] == [(2, 1), (1, 2)]


def test_code_that_a_page_cuts_covers_the_parts_on_both_pages() -> None:
    rest = [
        (40, 700, 60, 80, "SP2"), (100, 700, 100, 40, ""), (200, 700, 150, 40, "of the town"),
        (100, 660, 100, 40, "c) \xa37"), (200, 660, 150, 40, "c) Others"),
        (40, 620, 60, 20, "CI002"), (100, 620, 100, 20, "\xa38"), (200, 620, 150, 20, "-"),
    ]  # fmt: skip
    (table,) = read(drawn(PARTS), drawn(rest)).tables
    assert rows(table)[1:] == [
        ("CI001 SP1 SP2", "a) £5", "a) Team A"),
        ("b) £6", "b) The team of the town"),
        ("c) £7", "c) Others"),
        ("CI002", "£8", "-"),
    ]
    assert [cell.row_span for cell in table.cells if cell.column == 0] == [1, 3, 1]


def test_code_that_a_page_cuts_and_that_looks_like_another_goes_on_in_its_cell() -> None:
    """The rest opens with a code, and lacks the sums that all other rows have: it goes on in the cells above it."""
    above = [cell if cell[4] != "CI001/SP1" else (*cell[:4], "CI001 and") for cell in PARTS]
    rest = [
        (40, 700, 60, 80, "CI404/SP1"), (100, 700, 100, 40, ""), (200, 700, 150, 40, "of the town"),
        (100, 660, 100, 40, "c) \xa37"), (200, 660, 150, 40, "c) Others"),
        (40, 620, 60, 20, "CI002"), (100, 620, 100, 20, "\xa38"), (200, 620, 150, 20, "-"),
    ]  # fmt: skip
    (table,) = read(drawn(above), drawn(rest)).tables
    assert rows(table)[1:] == [
        ("CI001 and CI404 SP1", "a) £5", "a) Team A"),
        ("b) £6", "b) The team of the town"),
        ("c) £7", "c) Others"),
        ("CI002", "£8", "-"),
    ]


def test_a_row_known_as_the_rest_goes_on_whole() -> None:
    above = [*ABOVE, row("Others", "three", "")]
    kept, more = carried(above, [replace(row("Streets", "and more", "£7"), doubtful=True)], rest=True)
    assert (texts(kept)[-1], more, kept[-1].doubtful) == (["Others Streets", "three and more", "£7"], [], True)


def test_cell_behind_the_first_column_is_of_its_own_row_where_none_there_covers_several() -> None:
    kept, more = carried(ABOVE, [row("", "three", "£7", down=2), row(None, "four", "£8")])
    assert texts([*kept, *more]) == [["Safer", "one", "£5"], ["", "two", "£6"], ["", "three", "£7"], ["", "four", "£8"]]
    assert kept[0].spans[0] == (4, 1)


def test_title_that_a_page_prints_again_over_the_heading_parts_no_table() -> None:
    title, another = text(LEFT, 720, "Grants to areas"), text(LEFT, 720, "Grants to others")
    first, second = grid([HEAD, *FIRST], 690), grid([HEAD, *SECOND], 690)
    tables = [read(title + first, again + second).tables for again in (title, another)]
    assert [len(found) for found in tables] == [1, 2]
    assert rows(tables[0][0]) == [HEAD, *FIRST, *SECOND]


def test_title_that_pages_print_at_their_head_is_no_heading_of_their_tables() -> None:
    title, own = text(LEFT, 780, "Plan 2012/13"), text(LEFT, 730, "What is given out")
    first, second = read(title + grid([HEAD, *FIRST]), title + own + grid([OTHER, *SECOND])).tables
    assert [line.text for line in second.headings] == ["What is given out"]
    assert [line.text for line in first.headings] == ["Plan 2012/13"]


def test_first_row_without_a_figure_only_goes_on() -> None:
    kept, more = carried(ABOVE, [row("Streets", "and more", ""), row("Other", "three", "£7")])
    assert texts(kept) == [["Safer Streets", "one", "£5"], ["", "two and more", "£6"]]
    assert texts(more) == [["Other", "three", "£7"]]
    assert [each.spans[0] for each in kept] == [(2, 1), None]


def test_pages_before_and_after_are_left_as_they_were() -> None:
    below = [row("", "three", "£7")]
    before = texts(ABOVE), texts(below)
    carried(ABOVE, below)
    assert (texts(ABOVE), texts(below)) == before


# Headings printed again over other columns


def test_the_same_heading_over_other_columns_makes_rows_doubtful() -> None:
    """One of the two tables is misread; a heading of its own says that nothing is."""
    head = ("Area", "Purpose", "Paid to", "Sum")
    first = plain(
        [head, ("Blaby", "a helper for", "the club", "£204"), ("Melton", "a bridge", "us", "£5")], [0, 18, 18]
    )
    again = [("Area", "Purpose Paid to", "Sum"), ("Oadby", "all who ask", "£406"), ("Rutland", "a shelter", "£8")]
    other = [("Lot", "What for", "Cost"), *again[1:]]
    above, below = read(first, plain(again, [0, 18, 18])).tables
    assert [any(cell.doubtful for cell in table.cells) for table in (above, below)] == [False, True]
    assert [note.rule for note in below.notes] == [Rule.ROWS_MIXED]
    assert not any(cell.doubtful for table in read(first, plain(other, [0, 18, 18])).tables for cell in table.cells)


def test_a_table_of_fewer_columns_than_its_heading_has_again_is_doubtful_too() -> None:
    head, glued = ("Area", "Purpose", "Paid to", "Sum"), ("Area", "Purpose Paid to", "Sum")
    first = plain([glued, ("Oadby", "all who ask", "£406"), ("Rutland", "a shelter", "£8")], [0, 18, 18])
    again = plain([head, ("Blaby", "a helper for", "the club", "£2"), ("Melton", "a bridge", "us", "£5")], [0, 18, 18])
    above, below = read(first, again).tables
    assert [all(cell.doubtful for cell in table.cells) for table in (above, below)] == [True, True]
    assert [[note.rule for note in table.notes] for table in (above, below)] == [[Rule.ROWS_MIXED]] * 2


def test_a_heading_mixed_with_the_rows_below_it_is_known_again() -> None:
    header, *rows = (
        Row(((Line(text, Place(line=1, char_start=0)),),), Source(1, text, 0))
        for text in ("a b c d e f g h", "a b 1 2", "c d 3 4", "e f", "g h")
    )
    assert prints_again(rows, [header])
    assert not prints_again(rows[:3], [header])


def test_a_row_made_whole_is_as_doubtful_as_its_parts() -> None:
    cut = replace(row("and", "more", ""), doubtful=True)
    assert (joined_rows(row("Safer", "one", "£5"), cut).doubtful, joined_rows(cut, row("on", "", "")).doubtful) == (
        True,
        True,
    )


CODED, ACROSS = ("Code", "Provider", "Amount"), (40, 120, 260)
ROWS = [("CI001", "Team A", "\xa35"), ("CI002", "Team B", "\xa36"), ("CI003", "Team C", "\xa37")]


def lines(rows: Sequence[tuple[str, ...]], y: int, step: int = 20) -> bytes:
    """Rows without rules, from a height downwards."""
    return b"".join(
        b"BT /F 10 Tf %d %d Td (%s) Tj ET " % (x, y - step * i, words.encode("latin-1"))
        for i, row in enumerate(rows)
        for x, words in zip(ACROSS, row, strict=True)
    )


def test_a_heading_that_ends_a_page_is_that_of_the_table_that_starts_the_next() -> None:
    (table,) = read(text(40, 400, "What is spent:") + lines([CODED], 100), lines(ROWS, 780)).tables
    assert rows(table) == [CODED, *ROWS]
    assert (table.header_rows, told(table)) == (1, [(Rule.JOINED_OVER_PAGES, "CI001 Team A \xa35")])


@pytest.mark.parametrize(
    ("below", "above", "own"),
    [
        (text(40, 85, "as decided"), b"", ROWS),
        (b"", text(40, 800, "It is as follows."), ROWS),
        (b"", b"", [("Ref", "Supplier", "Spend"), *ROWS]),
    ],
    ids=["text below", "text above", "a heading of its own"],
)
def test_a_heading_that_ends_a_page_is_of_no_other_table(
    below: bytes, above: bytes, own: list[tuple[str, ...]]
) -> None:
    (table,) = read(text(40, 400, "Spent:") + lines([CODED], 100) + below, above + lines(own, 780)).tables
    assert rows(table) == own


def test_a_heading_that_a_page_cuts_between_its_lines_is_whole() -> None:
    rest = lines([("", "2014/15", "in pounds")], 780) + lines(ROWS, 760)
    (table,) = read(text(40, 400, "What is spent:") + lines([("Code", "Provider", "Amount")], 100), rest).tables
    assert rows(table) == [("Code", "Provider 2014/15", "Amount in pounds"), *ROWS]
    assert (table.header_rows, told(table)) == (1, [(Rule.JOINED_OVER_PAGES, "CI001 Team A \xa35")])


def test_the_rest_of_a_row_and_one_row_more_go_on_from_the_page_before() -> None:
    first = plain([*LISTED, ("Oadby", "all who ask", "£406")], [0, 18, 18, 18])
    second = plain([("", "for one", ""), ("Wigston", "two more", "£507")], [0, 18])
    (table,) = read(text(40, 800, "It is spent") + first, second).tables
    assert rows(table)[3:] == [("Oadby", "all who ask for one", "£406"), ("Wigston", "two more", "£507")]
