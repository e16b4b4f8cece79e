"""Two columns of running text are read one after the other; a table of two columns is read row by row."""

import pytest

from extractors.pages.layout import _has_rows_across, regions
from extractors.pages.page import read_page
from extractors.pages.seen import Char, Fill, Rule, Seen, as_columns
from extractors.pages.words import by_height, words_of

GREY = (230, 230, 230, 255)
WIDTH, HEIGHT, LEADING = 5.0, 10.0, 12.0
LEFT, RIGHT = 60.0, 310.0
# Twenty lines of up to forty characters, which is two hundred points: the gutter is fifty points wide. Each
# fifth line ends a paragraph.
PROSE = [f"{i:02d} the commissioner gives money to the area"[: 40 if i % 5 < 4 else 10].strip() for i in range(20)]
OTHER = [line.replace("the", "our") for line in PROSE]


def text_at(text: str, x: float, top: float) -> list[Char]:
    """A line of text as characters."""
    return [
        Char(each, x + WIDTH * i, top, x + WIDTH * (i + 1), top + HEIGHT, bold=False, italic=False)
        for i, each in enumerate(text)
    ]


def column(lines: list[str], x: float, top: float = 100.0, leading: float = LEADING) -> list[Char]:
    """Lines of text one below the other."""
    return [char for i, line in enumerate(lines) for char in text_at(line, x, top + leading * i)]


def page(chars: list[Char], rules: tuple[Rule, ...] = (), fills: tuple[Fill, ...] = ()) -> Seen:
    """A page of A4 with characters and what else is drawn."""
    return Seen(1, 595.0, 842.0, (0.0, 0.0, 595.0, 842.0), as_columns(chars), rules, fills, ())


def lines_of(seen: Seen) -> list[str]:
    """The running text of a page without its blank lines."""
    return [line for line in read_page(seen, 1, 0).text.splitlines() if line]


def side_by_side(left: list[str], right: list[str]) -> list[str]:
    """Lines of two columns as lines of a table."""
    return [" ".join(pair) for pair in zip(left, right, strict=True)]


@pytest.mark.parametrize("lower", [0.0, 5.0], ids=["level", "not level"])
def test_columns_of_prose_are_read_one_after_the_other(lower: float) -> None:
    seen = page([*column(PROSE, LEFT), *column(OTHER, RIGHT, 100.0 + lower)])
    assert lines_of(seen) == [*PROSE, *OTHER]
    assert set(read_page(seen, 1, 0).region) == {0, 1}


THIRDS = [f"{i:02d} money is given to areas"[: 27 if i % 5 < 4 else 10].strip() for i in range(20)]


@pytest.mark.parametrize(("lines", "parts"), [(20, 3), (12, 1)], ids=["long", "short, as cells may be"])
def test_three_columns_of_prose_of_one_width_are_read_one_after_the_other(lines: int, parts: int) -> None:
    columns = [[line.replace("areas", word) for line in THIRDS[:lines]] for word in ("areas", "cities", "forces")]
    seen = page([char for n, own in enumerate(columns) for char in column(own, 50.0 + 170 * n, 100.0 + 3 * n)])
    read = lines_of(seen)
    assert len(set(read_page(seen, 1, 0).region)) == parts
    assert (read == [line for own in columns for line in own]) == (parts == 3)


def test_three_columns_of_cells_whose_rows_stand_apart_are_read_row_by_row() -> None:
    chars = []
    for n in range(3):
        for i, line in enumerate(THIRDS):
            chars += text_at(line, 50.0 + 170 * n, 100.0 + LEADING * i + 8 * (i // 4))
    assert set(read_page(page(chars), 1, 0).region) == {0}


@pytest.mark.parametrize("shift", [0.0, 0.7, 1.3])
def test_a_gutter_of_ten_points_divides_columns_wherever_it_stands(shift: float) -> None:
    right = LEFT + 40 * WIDTH + 10.0 + shift
    seen = page([*column(PROSE, LEFT + shift), *column(OTHER, right, 105.0)])
    assert lines_of(seen) == [*PROSE, *OTHER]


def test_title_above_and_note_below_columns_keep_their_places() -> None:
    title, note = "A title that is set across the whole of the page from side to side", "A note " * 12
    seen = page([*column(PROSE, LEFT), *column(OTHER, RIGHT),
                 *text_at(title, LEFT, 70.0), *text_at(note.strip(), LEFT, 370.0)])  # fmt: skip
    assert lines_of(seen) == [title, *PROSE, *OTHER, note.strip()]


@pytest.mark.parametrize(("lines", "apart"), [(9, True), (7, False)])
def test_last_column_of_prose_may_end_early(lines: int, apart: bool) -> None:
    whole = [line for line in PROSE for _ in range(2)]
    seen = page([*column(whole, LEFT), *column(OTHER[:lines], RIGHT, 105.0)])
    assert (lines_of(seen) == [*whole, *OTHER[:lines]]) == apart


@pytest.mark.parametrize("short", [6, 4])
def test_few_lines_are_no_columns(short: int) -> None:
    seen = page([*column(PROSE[:short], LEFT), *column(OTHER[:short], RIGHT)])
    assert lines_of(seen) == side_by_side(PROSE[:short], OTHER[:short])


@pytest.mark.parametrize(("lower", "apart"), [(0.0, True), (6.0, False)], ids=["level", "in the middle"])
def test_short_columns_of_prose_that_start_level_and_end_at_one_height_are_balanced(
    lower: float, *, apart: bool
) -> None:
    # A paragraph ends after three lines on the left and after two on the right: the other lines are not level.
    gap = LEADING / 2
    left = [*column(PROSE[:3], LEFT, 100.0 + lower), *column(PROSE[5:9], LEFT, 100.0 + lower + 3 * LEADING + gap)]
    right = [*column(OTHER[:1], RIGHT), *column(OTHER[5:9], RIGHT, 101.0 + LEADING + gap),
             *column(OTHER[10:12], RIGHT, 101.0 + 5 * LEADING + 2 * gap)]  # fmt: skip
    expected = [*PROSE[:3], *PROSE[5:9], *OTHER[:1], *OTHER[5:9], *OTHER[10:12]]
    assert (lines_of(page([*left, *right])) == expected) == apart


def test_table_of_labels_and_amounts_is_read_row_by_row() -> None:
    labels, amounts = [f"Area {i:02d}" for i in range(20)], [f"£{i + 100}" for i in range(20)]
    seen = page([*column(labels, LEFT), *column(amounts, RIGHT)])
    assert lines_of(seen) == side_by_side(labels, amounts)


def test_table_of_sentences_and_amounts_is_read_row_by_row() -> None:
    amounts = [f"£{i + 100}" for i in range(20)]
    seen = page([*column(PROSE, LEFT), *column(amounts, RIGHT)])
    assert lines_of(seen) == side_by_side(PROSE, amounts)


@pytest.mark.parametrize(
    ("rules", "fills"),
    [
        ((Rule(50.0, 111.0, 520.0, 111.0),), ()),
        ((), (Fill(50.0, 123.0, 520.0, 135.0, (230, 230, 230, 255), 0),)),
        ((), tuple(Fill(x, y, x + 235, y + 12, GREY, 0) for y in (123.0, 147.0, 171.0) for x in (50.0, 285.0))),
    ],
    ids=["rule", "ground", "grounds of cells side by side"],
)
def test_what_is_drawn_across_makes_rows(rules: tuple[Rule, ...], fills: tuple[Fill, ...]) -> None:
    seen = page([*column(PROSE, LEFT), *column(OTHER, RIGHT)], rules, fills)
    assert lines_of(seen) == side_by_side(PROSE, OTHER)


def test_rule_within_one_column_divides_nothing() -> None:
    seen = page([*column(PROSE, LEFT), *column(OTHER, RIGHT)], (Rule(LEFT, 111.0, 260.0, 111.0),))
    assert lines_of(seen) == [*PROSE, *OTHER]


@pytest.mark.parametrize(("lower", "apart"), [(5.0, True), (0.0, False)], ids=["two tables", "one table"])
def test_rules_on_both_sides_are_those_of_two_tables_or_of_one(lower: float, apart: bool) -> None:
    labels, areas = [f"Service {i:02d}" for i in range(20)], [f"Area {i}" for i in range(6)]
    rules = [Rule(LEFT, y, 260.0, y) for y in range(111, 330, 24)]
    rules += [Rule(RIGHT, y + lower, 520.0, y + lower) for y in range(111, 160, 12 if apart else 24)]
    seen = page([*column(labels, LEFT), *column(areas, RIGHT)], tuple(rules))
    assert lines_of(seen) == ([*labels, *areas] if apart else [*side_by_side(labels[:6], areas), *labels[6:]])


def test_rules_of_a_table_that_ends_high_up_in_its_column_count() -> None:
    """What stands near the edge of a page and crosses the gutter may be a rule below a running title; this does not."""
    labels, areas = [f"Service {i:02d}" for i in range(40)], [f"Area {i}" for i in range(3)]
    rules = [Rule(LEFT, y, 260.0, y) for y in range(100, 500, 24)]
    rules += [Rule(RIGHT, y, 520.0, y) for y in (51.0, 63.0, 75.0)]
    seen = page([*column(labels, LEFT, 40.0), *column(areas, RIGHT, 40.0)], tuple(rules))
    assert lines_of(seen) == [*labels, *areas]


def test_gap_of_a_table_in_one_column_is_no_gutter_where_rules_cross_it() -> None:
    # The page's number stands in the gutter, so that the gap within the table on the right is open in more lines.
    rules = [Rule(LEFT, y, 262.0, y) for y in range(111, 330, 24)]
    rules += [Rule(300.0, y, 575.0, y) for y in range(120, 340, 36)]
    right = [*column([f"L{i:02d}" for i in range(20)], 310.0), *column(["words and words"] * 20, 390.0)]
    seen = page([*column(PROSE, LEFT), *right, *text_at("12", 275.0, 350.0)], tuple(rules))
    lines = lines_of(seen)
    assert (lines[:20], lines[20], lines[-1]) == (PROSE, "L00 words and words", "12")


def test_ground_of_the_whole_page_divides_nothing() -> None:
    ground = Fill(0.0, 0.0, 595.0, 842.0, (240, 240, 255, 255), 0)
    assert lines_of(page([*column(PROSE, LEFT), *column(OTHER, RIGHT)], (), (ground,))) == [*PROSE, *OTHER]


SHORT = ["Area   Sum", "Blaby    5", "Melton  18", "Oadby   31"]
LOWER = ["Age    First", "Under 5   41", "5 to 9  1320"]


def test_captions_side_by_side_have_parts_of_their_own_down_to_what_crosses() -> None:
    left, right = ["Table 1. Sums", *SHORT], ["Table 2. Ages", *LOWER]
    below = ["What stands below both runs on across the page over the gutter", "and so on"]
    chars = [*column(left, LEFT), *column(right, RIGHT, leading=14.0), *column(below, LEFT, 170.0)]
    text = read_page(page(chars), 1, 0)
    assert [line for line in text.text.splitlines() if line] == [
        " ".join(each.split()) for each in (*left, *right, *below)
    ]
    assert text.region == (0,) * 5 + (1,) * 4 + (2,) * 2


@pytest.mark.parametrize(
    ("left", "right", "rules"),
    [
        ("Table 1. Sums", "and Table 2", ()),
        ("See Table 1", "Table 2. Ages", ()),
        ("Table 1. Sums", "Table 2. Ages", (Rule(LEFT, 123.0, 400.0, 123.0),)),
    ],
    ids=["a mention", "no caption", "a rule across"],
)
def test_other_lines_with_names_of_tables_divide_nothing(left: str, right: str, rules: tuple[Rule, ...]) -> None:
    chars = [*column([left, *SHORT], LEFT), *column([right, *LOWER], RIGHT)]
    assert set(read_page(page(chars, rules), 1, 0).region) == {0}


def test_prose_across_the_page_is_one_part() -> None:
    seen = page(column([f"{line} {line}" for line in PROSE], LEFT))
    assert len(list(regions(words_of(seen.chars), seen))) == 1


def test_page_without_words_has_no_part() -> None:
    assert list(regions([], page([]))) == []


NOTES = ["Aims", "", "Legal -", "None", "Equality -", "None", "Risks -", "None", "Papers", "None", "Links", "None"]


@pytest.mark.parametrize(
    ("lower", "more", "parted"),
    [(5.0, (), True), (0.0, (), False), (5.0, (Rule(60.0, 160.0, 500.0, 160.0),), False)],
    ids=["not level", "level", "crossed"],
)
def test_upright_line_alone_in_a_gutter_parts_text_from_notes_beside_it(
    lower: float, more: tuple[Rule, ...], *, parted: bool
) -> None:
    right = [char for char in column(NOTES, RIGHT, 100.0 + lower) if char.text]
    seen = page([*column(PROSE[:12], LEFT), *right], (Rule(290.0, 95.0, 290.0, 250.0), *more))
    assert (set(read_page(seen, 1, 0).region) == {0, 1}) is parted


def test_upright_line_alone_parts_text_above_a_table_whose_rows_leave_its_gutter_free_too() -> None:
    right = [char for char in column(NOTES, RIGHT, 105.0) if char.text]
    rows = [*column(["Blaby"] * 14, LEFT, 280.0), *column(["£500"] * 14, RIGHT, 280.0)]
    rules = Rule(290.0, 95.0, 290.0, 250.0), *(Rule(55.0, y, 520.0, y) for y in (270.0, 292.0))
    seen = page([*column(PROSE[:12], LEFT), *right, *rows], rules)
    assert set(read_page(seen, 1, 0).region) == {0, 1, 2}


@pytest.mark.parametrize(("texts", "beside"), [("54% 23%", True), ("some 5 of us", False)], ids=["figures", "words"])
def test_figures_alone_level_with_labels_above_a_chart_are_of_the_labels_table(texts: str, *, beside: bool) -> None:
    left, right = (
        by_height(words_of(page(chars).chars)) for chars in (column(PROSE[:4], LEFT), column([texts] * 4, RIGHT))
    )
    assert _has_rows_across(left, right, {200, 220, 240}) is beside
    assert not _has_rows_across(left, right, set())
