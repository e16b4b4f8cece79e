"""Characters of a page become words, and words lines, as somebody who looks at the page would read them."""

import pytest

from extractors.pages.chars import before_their_words
from extractors.pages.page import read_page
from extractors.pages.seen import Char, Seen, as_columns
from extractors.pages.words import by_height, pieces_of, words_of
from extractors.tables.ruled import stacked

WIDTH, HEIGHT = 5.0, 10.0


def char(text: str, x: float, top: float = 0.0, width: float = WIDTH, height: float = HEIGHT) -> Char:
    """A plain character that everybody can see."""
    return Char(text, x, top, x + width, top + height, bold=False, italic=False)


def run(text: str, x: float = 0.0, top: float = 0.0, width: float = WIDTH, height: float = HEIGHT) -> list[Char]:
    """Characters one right behind the other."""
    return [char(each, x + width * i, top, width, height) for i, each in enumerate(text)]


def texts(chars: list[Char]) -> list[str]:
    """The words that characters make."""
    return [word.text for word in words_of(as_columns(chars))]


def page(chars: list[Char]) -> str:
    """The running text of a page of characters."""
    whole = (0.0, 0.0, 595.0, 842.0)
    return read_page(Seen(1, 595.0, 842.0, whole, as_columns(chars), (), (), ()), 1, 0).text


# Lines


@pytest.mark.parametrize("x", [35.0, 35.9])
def test_a_mark_level_with_another_line_stands_behind_its_word(x: float) -> None:
    """The lines of headings side by side run into each other."""
    chars = [
        *run("Yield", 100.0, 0.0),
        *run("Planted", 0.0, 6.0),
        char("1", x, 2.0, 3.0, 6.0),
        *run("acre", 100.0, 12.0),
    ]
    rows = [[word.text for word in line] for line in by_height(words_of(as_columns(chars)))]
    assert rows == [["Yield"], ["Planted", "1"], ["acre"]]


@pytest.mark.parametrize(("x", "height"), [(45.0, 6.0), (35.0, 10.0)], ids=["apart", "as large"])
def test_other_words_stay_on_their_line(x: float, height: float) -> None:
    chars = [*run("Yield", 100.0, 0.0), *run("Planted", 0.0, 6.0), char("1", x, 2.0, 3.0, height)]
    assert ["Planted", "1"] not in [[w.text for w in line] for line in by_height(words_of(as_columns(chars)))]


@pytest.mark.parametrize(("below", "known"), [("Countywide", ""), ("City", None)], ids=["room", "no room"])
def test_no_blank_behind_a_dash_says_something_where_one_would_have_had_room(below: str, known: str | None) -> None:
    """A typesetter leaves out a blank that would stick out of a cell; where another line is longer it had room."""
    above = [word._replace(wrap="") for word in words_of(as_columns(run("Board–")))]
    lines = stacked([*above, *words_of(as_columns(run(below, 0.0, 12.0)))])
    assert lines[0].wrap == known


# Characters


def test_a_blank_in_which_a_text_printed_later_stands_divides_no_word() -> None:
    """A reader puts it between two texts of a line, the first of which is part of a word."""
    first = [*run("PCC"), char(" ", 15.0), char("G", 20.0), char(" ", 25.0, width=75.0), *run("Sentinel", 100.0)]
    assert texts([*first, *run("rant", 25.0)]) == ["PCC", "Grant", "Sentinel"]
    assert texts([*first, *run("rant", 24.9)]) == ["PCC", "Grant", "Sentinel"]
    assert texts([*first, *run("rant", 27.0)]) == ["PCC", "G", "rant", "Sentinel"]


@pytest.mark.parametrize(
    ("printed", "letters"),
    [("\ufb00", "ff"), ("\ufb01", "fi"), ("\ufb02", "fl"), ("\ufb03", "ffi"), ("\ufb04", "ffl"), ("\ufb06", "st")],
)
def test_ligature_is_letters_that_share_its_box(printed: str, letters: str) -> None:
    (word,) = words_of(as_columns([char(printed, 10.0, width=12.0), char("t", 22.0)]))
    count = len(letters)
    assert word.text == letters + "t"
    assert word.edges == pytest.approx([*(10.0 + 12.0 * i / count for i in range(count)), 22.0, 27.0])


def test_letters_drawn_in_one_box_share_it() -> None:
    (word,) = words_of(as_columns([char("f", 0.0, width=8.0), char("i", 0.0, width=8.0), char("t", 8.0)]))
    assert (word.text, word.edges) == ("fit", (0.0, 4.0, 8.0, 13.0))


@pytest.mark.parametrize("mark", ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"])
@pytest.mark.parametrize("width", [0.0, WIDTH], ids=["no width", "width of a digit"])
def test_mark_that_prints_nothing_keeps_a_figure_one_word(mark: str, width: float) -> None:
    chars = [*run("£12"), char(mark, 15.0, width=width), *run("500", 15.0 + width)]
    (word,) = words_of(as_columns(chars))
    assert (word.text, len(word.edges), word.x1) == ("£12500", 7, 30.0 + width)


def test_mark_alone_is_no_word() -> None:
    assert texts([char("\u200b", 0.0), *run("ab", 40.0)]) == ["ab"]


@pytest.mark.parametrize(
    ("printed", "read"),
    [("\x01", ["ab"]), ("\u00a0", ["a", "b"]), ("\u2009", ["a", "b"]), ("\ud800", ["a\ufffdb"])],
    ids=["control character", "fixed blank", "thin blank", "half a character"],
)
def test_odd_character_between_letters(printed: str, read: list[str]) -> None:
    assert texts([char("a", 0.0), char(printed, 5.0), char("b", 10.0)]) == read


@pytest.mark.parametrize("why", ["invisible", "white", "covered", "doubled", "tiny", "off the page"])
def test_hidden_characters_are_left_out(why: str) -> None:
    hidden = [each._replace(hidden=why) for each in run("999", 15.0)]
    assert texts([*run("£12"), *hidden]) == ["£12"]


# Words


@pytest.mark.parametrize(
    ("left", "right", "gap", "words"),
    [("all,", "and", 1.6, 2), ("all,", "and", 1.2, 1), ("alls", "and", 1.6, 1), ("1,", "234", 1.6, 1)],
    ids=["a blank drawn narrow", "none", "no comma", "a figure"],
)
def test_blank_that_a_file_does_not_print_behind_a_comma(left: str, right: str, gap: float, words: int) -> None:
    assert len(texts([*run(left), *run(right, WIDTH * len(left) + gap)])) == words


def test_a_word_that_sticks_out_of_its_cell_ends_where_the_next_one_starts() -> None:
    """The last letters of one stand over the first of the other; between them in the file stand other lines."""
    wide = [*run("Boroughs "), *run("Safer", 0.0, 12.0)]
    assert texts([*wide, *run("County", 38.0)]) == ["Boroughs", "County", "Safer"]
    assert texts([*wide, *run("County", 31.0)]) == ["Boroughs", "County", "Safer"]
    assert texts([*run("County", 38.0), *wide]) == ["Boroughs", "County", "Safer"]
    assert texts([*wide, *run("a)", 29.0)]) == ["Boroughs", "a)", "Safer"]


def test_an_accent_printed_by_itself_is_in_its_word() -> None:
    assert texts([*run("cafes"), *run("below", 0.0, 12.0), char("\u00b4", 16.0, width=3.0)]) == ["cafe\u00b4s", "below"]


def test_letters_that_lean_on_each_other_are_one_word() -> None:
    assert texts([*run("To"), *run("ro", 9.0), *run("nto", 18.0)]) == ["Toronto"]


def test_a_word_that_starts_in_the_one_before_is_a_piece_of_its_own() -> None:
    line = words_of(as_columns([*run("Boroughs "), *run("Safer", 0.0, 12.0), *run("County", 38.0)]))[:2]
    assert [[word.text for word in piece] for piece in pieces_of(line, 5.0)] == [["Boroughs"], ["County"]]


@pytest.mark.parametrize(
    ("gap", "read"),
    [(0.0, ["12345"]), (2.0, ["12345"]), (2.4, ["12", "345"]), (20.0, ["12", "345"])],
)
def test_gap_divides_words(gap: float, read: list[str]) -> None:
    assert texts([*run("12"), *run("345", 10.0 + gap)]) == read


def test_blank_divides_words_that_no_gap_divides() -> None:
    assert texts(run("to pay")) == ["to", "pay"]


@pytest.mark.parametrize(("reach", "starts"), [(0.0, 9.0), (0.2, 8.8), (4.0, 9.0)])
def test_no_blank_stands_behind_a_letter_that_reaches_out_over_it(reach: float, starts: float) -> None:
    row = (("r", 5.0, 8.0), (" ", 9.0, 9.0), ("J", 9.0 - reach, 12.0))
    chars = as_columns(Char(text, x0, 0.0, x1, 8.0, False, False) for text, x0, x1 in row)
    assert before_their_words(chars).boxes[:, 0].tolist() == [5.0, starts, 9.0 - reach]


def test_order_of_drawing_does_not_matter() -> None:
    chars = [*run("first line"), *run("second", 0.0, 14.0)]
    assert texts(chars[::-1]) == texts(chars) == ["first", "line", "second"]


def test_raised_smaller_digits_are_a_word_of_their_own() -> None:
    chars = [*run("£500"), *run("12", 20.0, width=3.0, height=6.0)]
    assert texts(chars) == ["£500", "12"]
    assert page(chars).split() == ["£500¹²"]


def test_smaller_digits_after_a_gap_are_not_raised() -> None:
    assert page([*run("£500"), *run("12", 24.0, top=2.0, width=3.0, height=6.0)]).split() == ["£500", "12"]


@pytest.mark.parametrize(
    ("styles", "bold"), [((True, True), True), ((True, False), False), ((False, False), False)], ids=str
)
def test_word_is_bold_where_all_of_it_is(styles: tuple[bool, bool], bold: bool) -> None:
    (word,) = words_of(as_columns([each._replace(bold=style) for each, style in zip(run("ab"), styles, strict=True)]))
    assert word.bold is bold


# Lines


@pytest.mark.parametrize(("drop", "lines"), [(0.0, 1), (4.0, 1), (6.0, 2), (12.0, 2)])
def test_words_share_a_line_by_their_middles(drop: float, lines: int) -> None:
    rows = by_height(words_of(as_columns([*run("Area"), *run("Sum", 60.0, drop)])))
    assert [[word.text for word in row] for row in rows] == ([["Area", "Sum"]] if lines == 1 else [["Area"], ["Sum"]])


@pytest.mark.parametrize(("least", "pieces"), [(3.0, [1, 1, 1]), (10.0, [2, 1]), (31.0, [3])])
def test_pieces_of_a_line(least: float, pieces: list[int]) -> None:
    line = words_of(as_columns([*run("a"), *run("b", 8.0), *run("c", 43.0)]))
    assert [len(piece) for piece in pieces_of(line, least)] == pieces


@pytest.mark.parametrize(("before", "pieces"), [("", ["£ 14"]), ("130", ["130", "£ 14"]), ("12/13", ["12/13 £", "14"])])
def test_sign_that_opens_a_piece_belongs_to_the_figure_behind_it(before: str, pieces: list[str]) -> None:
    line = words_of(as_columns([*run(before), *run("£", 33.0), *run("14", 60.0)]))
    assert [" ".join(word.text for word in piece) for piece in pieces_of(line, 10.0)] == pieces


def wraps(*lines: str) -> list[str | None]:
    """What is known of the ends of the lines of a page."""
    chars = [each for number, line in enumerate(lines) for each in run(line, top=12.0 * number)]
    words = words_of(as_columns(chars))
    return [own[-1].wrap for own in by_height(words)]


def test_blank_printed_at_the_ends_of_lines_tells_how_a_dash_goes_on() -> None:
    lines = ("aa bb ", "cc dd ", "ee ff ", "gg hh/ ", "ii jj –", "kk ll ", "mm")
    assert wraps(*lines) == [None, None, None, " ", "", None, None]


@pytest.mark.parametrize("blank", ["", " "])
def test_page_with_a_blank_behind_no_line_or_each_tells_nothing(blank: str) -> None:
    lines = (f"{text}{blank}" for text in ("aa bb", "cc dd", "ee ff", "gg hh/", "kk ll", "mm"))
    assert set(wraps(*lines)) == {None}


def test_nothing_makes_no_words() -> None:
    assert (words_of(as_columns([])), by_height([]), pieces_of([], 1.0)) == ([], [], [])
