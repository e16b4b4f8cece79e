"""A cell's lines as one flowing text in which every character still knows its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.lines import clean_slice, sources
from pipeline.reading import place_of, raw_of, read, without_doubles
from schemas.records import Line, Place

PAPER = st.text(alphabet="ab £5-<>/bi\u200b*\\\n ", max_size=60)


def cell(*texts: str) -> list[Line]:
    return [Line(text, Place(line=number, char_start=100 * number)) for number, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([], ""),
        (["one", "two"], "one two"),
        (["sub-", "region"], "sub-region"),
        (["one  two\u00a0three"], "one two three"),
        (["one -", "two"], "one - two"),
        (["10-", "17"], "10- 17"),
    ],
)
def test_wraps_are_undone(lines: list[str], text: str) -> None:
    assert read(cell(*lines)).text == text


@pytest.mark.parametrize(
    ("line", "wrap", "following", "text"),
    [
        ("prevention –", "", "City", "prevention –City"),
        ("prevention –", " ", "City", "prevention – City"),
        ("Families/", " ", "Carers", "Families/ Carers"),
        ("2015-", "", "17", "2015-17"),
        ("none -", "", "£5", "none - £5"),
        ("-", "", "£5", "- £5"),
        ("-", "", "Direct", "- Direct"),
    ],
)
def test_what_is_printed_where_a_line_breaks_says_whether_a_word_goes_on(
    line: str, wrap: str, following: str, text: str
) -> None:
    lines = [Line(line, Place(line=1, char_start=0), wrap=wrap), Line(following, Place(line=2, char_start=40))]
    assert read(lines).text == text


def test_place_runs_from_the_first_character_to_the_last() -> None:
    reading = read(cell("one two", "three"))
    assert place_of(reading, 4, 13) == Place(line=1, char_start=104, char_end=205)


def test_raw_keeps_blanks_as_printed() -> None:
    assert raw_of(read(cell("£5  m")), 0, 4) == "£5  m"


def test_raw_over_a_wrap_is_the_flowing_text() -> None:
    assert raw_of(read(cell("one", "two")), 0, 7) == "one two"


@given(PAPER)
def test_every_character_stands_at_its_place(paper: str) -> None:
    lines = [line for source in sources(paper) if (line := clean_slice(source))]
    reading = read(lines)
    wrong = [
        index
        for index, char in enumerate(reading.text)
        if char != " " and paper[place_of(reading, index, index + 1).char_start] != char
    ]
    assert wrong == []


@given(PAPER)
def test_reading_prints_no_more_and_no_less_than_the_lines(paper: str) -> None:
    lines = [line for source in sources(paper) if (line := clean_slice(source))]
    printed = "".join("".join(line.text.split()) for line in lines)
    assert "".join(read(lines).text.split()) == printed


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["work with families", "with families"], ["work with families"]),
        (["work with", "families", "with families"], ["work with", "families"]),
        (["work with families", "families with"], ["work with families", "families with"]),
        (["housework", "work"], ["housework", "work"]),
        (["£5", "5"], ["£5", "5"]),
        (["a) £5 5", "5"], ["a) £5 5", "5"]),
        (["one"], ["one"]),
    ],
)
def test_words_doubled_at_a_wrap_are_read_once(lines: list[str], kept: list[str]) -> None:
    assert [line.text for line in without_doubles(cell(*lines))[0]] == kept


def test_doubled_words_are_handed_back() -> None:
    assert [line.text for line in without_doubles(cell("work with families", "families"))[1]] == ["families"]
