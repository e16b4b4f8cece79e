"""The grammar of codes: what it reads, what it repairs, what it refuses, what it reads back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.codes import code_between, find_codes, number_of, read_code

WORDS = st.text(alphabet="CISPGl1|/!0O5Boab*-23456789", min_size=1, max_size=9)
NEARLY = st.builds(
    "{}{}{}".format,
    st.sampled_from(["CI", "Cl", "C1", "C/", "C|", "GI", "SP", "5P", "S"]),
    st.text(alphabet="0123456789OlIo|SB", min_size=1, max_size=4),
    st.sampled_from(["", "a", "*", "/6", "/6/7"]),
)


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("CI001", ["CI001"]),
        ("CI013a", ["CI013a"]),
        ("SP5", ["SP5"]),
        ("SP17", ["SP17"]),
        ("SP5/6", ["SP5", "SP6"]),
        ("SP5/6/7", ["SP5", "SP6", "SP7"]),
    ],
)
def test_code_reads_as_printed(word: str, codes: list[str]) -> None:
    assert [(code.code, code.repaired) for code in read_code(word)] == [(code, False) for code in codes]


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Cl003", "CI003"),
        ("C1008", "CI008"),
        ("C|008", "CI008"),
        ("C/300", "CI300"),
        ("GI008", "CI008"),
        ("CIO01", "CI001"),
        ("CI2O1", "CI201"),
        ("CI20l", "CI201"),
        ("C1400", "CI400"),
        ("SP017", "SP17"),
        ("5P4", "SP4"),
        ("clo03", "CI003"),
        ("ci001", "CI001"),
    ],
)
def test_damaged_code_is_repaired(word: str, code: str) -> None:
    assert [(found.code, found.repaired) for found in read_code(word)] == [(code, True)]


@pytest.mark.parametrize(
    ("word", "beside", "code"),
    [
        ("cioos5", ("CI004", "CI006"), "CI005"),
        ("CI0O55", ("CI004", "CI006"), "CI005"),
        ("CI0155", ("CI004", "CI060"), None),
        ("cioos5", ("CI006", "CI008"), None),
        ("xx7", ("CI006", "CI008"), None),
    ],
)
def test_code_with_a_glyph_too_many_is_known_between_its_neighbours(
    word: str, beside: tuple[str, str], code: str | None
) -> None:
    found = code_between(word, *beside)
    assert (found and (found.code, found.raw, found.repaired)) == (code and (code, word, True))


@pytest.mark.parametrize(
    "word", ["", "CI", "CI13", "CI0013", "cioos5", "SP0", "SP123", "Sp5", "XY12", "CI001ab", "2014", "£5", "SP", "P1"]
)
def test_code_refuses(word: str) -> None:
    assert read_code(word) == []


def test_star_is_a_footnote_and_no_part_of_the_code() -> None:
    [code] = read_code("SP8*")
    assert (code.code, code.footnoted, code.repaired) == ("SP8", True, False)


def test_code_keeps_its_place_and_print() -> None:
    [code] = find_codes("and Cl003 too")[0]
    assert (code.start, code.end, code.raw) == (4, 9, "Cl003")


def test_codes_are_found_in_printed_order() -> None:
    assert [code.code for code in find_codes("CI010 CI402 and CI404 SP1 SP2")[0]] == [
        "CI010",
        "CI402",
        "CI404",
        "SP1",
        "SP2",
    ]


def test_word_that_fits_no_code_is_told() -> None:
    assert find_codes("CI001 QX77")[1] == [(6, 10)]


@pytest.mark.parametrize("text", ["CI001 201", "CI 001", "SP5*/6", "5P1"])
def test_no_digit_in_a_code_place_is_passed_over(text: str) -> None:
    codes, unread = find_codes(text)
    told = {i for start, end in [*((code.start, code.end) for code in codes), *unread] for i in range(start, end)}
    assert [i for i, char in enumerate(text) if char.isdigit() and i not in told] == []


@given(st.one_of(WORDS, NEARLY))
def test_code_reads_back_unrepaired(word: str) -> None:
    for code in read_code(word):
        [again] = read_code(code.code)
        assert (again.code, again.scheme, again.repaired, again.footnoted) == (code.code, code.scheme, False, False)


@given(st.one_of(WORDS, NEARLY))
def test_repaired_is_said_where_code_and_print_differ(word: str) -> None:
    codes = read_code(word)
    if len(codes) == 1:
        assert codes[0].repaired == (codes[0].code != word.rstrip("*"))


@given(st.lists(st.one_of(WORDS, NEARLY), max_size=4).map(" ".join))
def test_found_codes_stand_where_they_say(text: str) -> None:
    assert [code for code in find_codes(text)[0] if text[code.start : code.end] != code.raw] == []


def test_codes_sort_by_number() -> None:
    assert sorted(["SP10", "CI2", "SP2"], key=number_of) == ["CI2", "SP2", "SP10"]
