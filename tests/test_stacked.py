"""Lines inside a cell: amounts with their labels, mechanisms in their order, letters."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading import Reading, read
from pipeline.stacked import entries, lettered, lines_of_amounts, mechanisms_in, part_names
from schemas.records import Line, Place


def reading(*texts: str) -> Reading:
    """A cell with these lines, one under the other."""
    return read([Line(text, Place(line=number, char_start=1000 * number)) for number, text in enumerate(texts, 1)])


def labelled(*texts: str) -> list[tuple[str, str]]:
    """The amounts of a cell, each with its label."""
    cell = reading(*texts)
    return [(entry.label, cell.text[entry.start : entry.end]) for entry in entries(cell)[0]]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["£5"], [("", "£5")]),
        (["Total: £30", "a) £10", "b) £20"], [("total", "£30"), ("a", "£10"), ("b", "£20")]),
        (["£30 a) £10 b) £20"], [("", "£30"), ("a", "£10"), ("b", "£20")]),
        (["£10", "£20"], [("", "£10"), ("", "£20")]),
        (["Sub-total £5"], [("total", "£5")]),
        (["A) £5k"], [("a", "£5k")]),
        (["a) TBC b) nil"], [("a", "TBC"), ("b", "nil")]),
        (["(£5)"], [("", "(£5)")]),
        (["£5*"], [("", "£5*")]),
        (["a) 10 b) 20"], [("a", "10"), ("b", "20")]),
    ],
)
def test_amounts_are_found_with_their_labels(lines: list[str], found: list[tuple[str, str]]) -> None:
    assert labelled(*lines) == found


@pytest.mark.parametrize("line", ["", "some words", "38.9%", "24/7", "2014/15", "item7", "10th"])
def test_what_is_no_amount_is_none(line: str) -> None:
    assert labelled(line) == []


def test_words_beside_an_amount_are_left_over() -> None:
    assert entries(reading("£5 approx"))[1] == "approx"


def test_amounts_leave_nothing_over() -> None:
    assert entries(reading("Total: £11", "a) £5", "b) £6"))[1] == ""


def test_amount_that_fills_a_line_is_told_from_one_in_a_sentence() -> None:
    cell = reading("Direct", "Total: £11", "of which £5 is new")
    assert [cell.text[entry.start : entry.end] for entry in lines_of_amounts(cell)] == ["£11"]


def test_number_without_a_pound_sign_slides_nowhere() -> None:
    assert lines_of_amounts(reading("Direct", "11")) == []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Direct", ["direct"]),
        ("Direct commissioning", ["direct"]),
        ("Direct PCC Grant", ["direct", "pcc-grant"]),
        ("a) Direct b) PLF", ["direct", "partnership-locality-fund"]),
        ("Co-com/Direct", ["co-commissioning", "direct"]),
        ("Partnership Locality Fund", ["partnership-locality-fund"]),
        ("Partnership Locality Fund (PLF)", ["partnership-locality-fund"]),
        ("TBC", ["tbc"]),
        ("-", []),
    ],
)
def test_mechanisms_are_read_in_their_order(line: str, names: list[str]) -> None:
    found, rest = mechanisms_in(reading(line))
    assert ([name for name, _ in found], rest) == (names, "")


@pytest.mark.parametrize("line", ["Directly", "Lottery", "Grant", "Indirect"])
def test_unknown_mechanism_is_left_over(line: str) -> None:
    assert mechanisms_in(reading(line)) == ([], line)


def test_mechanism_keeps_its_print() -> None:
    assert mechanisms_in(reading("direct  PCC", "grant"))[0] == [("direct", "direct"), ("pcc-grant", "PCC grant")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a) Town b) River", {"a": "Town", "b": "River"}),
        ("Currently: a) Town", {"a": "Town"}),
        ("no letters", {}),
        ("(a) Town", {}),
        ("a)Town", {}),
    ],
)
def test_letters_open_parts(text: str, parts: dict[str, str]) -> None:
    assert lettered(text) == parts


@pytest.mark.parametrize(
    ("labels", "names"), [(["a", "b"], ["a", "b"]), (["", ""], ["1", "2"]), (["a", "", ""], ["a", "1", "2"]), ([], [])]
)
def test_parts_without_letters_are_numbered(labels: list[str], names: list[str]) -> None:
    assert part_names(labels) == names


@given(
    st.lists(st.sampled_from(["£5", "a)", "b) £6", "Total:", "1,000", "TBC", "words", "-", "(£7)", "£"]), max_size=9)
)
def test_no_amount_is_found_twice(lines: list[str]) -> None:
    spans = [(entry.start, entry.end) for entry in entries(reading(*lines))[0]]
    assert [(left, right) for left, right in pairwise(spans) if left[1] > right[0]] == []
