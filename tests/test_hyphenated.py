"""Hyphens at the ends of lines: those that divide a word, and those that are the word's own."""

import pytest

from extractors.hyphenated import SOFT, Break, is_soft, without_breaks
from pipeline.reading import read
from schemas.records import Cell, Line, Place, Table
from schemas.rules import Rule


def table(*cells: tuple[str, ...]) -> Table:
    """A table of one column."""
    made = tuple(
        Cell(row, 0, tuple(Line(text, Place(line=1)) for text in lines), Place()) for row, lines in enumerate(cells)
    )
    return Table(made, len(made), 1, 0, Place(line=1), Place(line=1), "printed")


@pytest.mark.parametrize(
    ("before", "hyphen", "after", "known", "divides", "soft"),
    [
        ("Coun", "-", "cil", {"council": 2}, True, True),
        ("Coun", "-", "cil", {"council": 2}, False, True),
        ("Coun", "-", "cil", {"coun-cil": 1}, False, False),
        ("Inspec", "-", "tion", {}, False, True),
        ("sub", "-", "stance", {"substance": 1}, True, True),
        ("multi", "-", "agency", {"multi-agency": 1}, True, False),
        ("re", "-", "offending", {"re-offending": 2, "reoffending": 1}, True, False),
        ("fish", "-", "eries", {}, True, True),
        ("fish", "-", "eries", {}, False, False),
        ("sub", "-", "region", {}, True, False),
        ("Rutland", "-", "wide", {"rutland": 1}, True, False),
        ("Rut", "-", "wide", {}, True, True),
        ("pro", "-", "actively", {}, True, False),
        ("pro", "-", "vide", {"provide": 1}, True, True),
        ("Early", "-", "help", {"early": 1, "help": 1}, True, False),
        ("rudder", "-", "less", {"rudder": 2, "less": 3}, True, True),
        ("rudder", "-", "less", {"rudder": 2, "less": 3}, False, False),
        ("fish", "\u2010", "eries", {}, False, True),
        ("fish", "\u2010", "eries", {"\u2010": 3}, False, False),
        ("Co-Com", "-", "missioning", {"co-commissioning": 1}, True, True),
    ],
)
def test_a_papers_own_words_tell_what_a_hyphen_is(
    before: str, hyphen: str, after: str, known: dict[str, int], divides: bool, soft: bool
) -> None:
    assert is_soft(Break(before, hyphen, after), known, known, divides=divides) is soft


def test_a_divided_word_is_read_whole_and_told() -> None:
    (made,), (note,) = without_breaks(
        [table(("Ferry Coun-", "cil's boat"), ("har-", "bour"))], ["The Council met in the harbour."]
    )
    assert [line.text for line in made.cells[0].lines] == [f"Ferry Coun{SOFT}", "cil's boat"]
    assert read(made.cells[0].lines).text == "Ferry Council's boat"
    assert (note.rule, note.detail) == (Rule.WORD_DIVIDED, "Coun-cil, har-bour")


def test_running_text_tells_that_a_paper_divides_words() -> None:
    texts = ["Harbour and ferry", "The har-", "bour of the fer-", "ry."]
    (made,), _ = without_breaks([table(("Fish-", "eries"))], texts)
    assert read(made.cells[0].lines).text == "Fisheries"
    assert without_breaks([table(("Fish-", "eries"))], texts[:1]) == ([table(("Fish-", "eries"))], [])


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("Harbour Con-", "stabulary"), "Harbour Constabulary"),
        (("Part-", "nership"), "Partnership"),
        (("Victim-", "led"), "Victim-led"),
    ],
)
def test_a_word_of_the_vocabularies_is_known_whole(lines: tuple[str, str], text: str) -> None:
    (made,), _ = without_breaks([table(lines)], ["The harbour"])
    assert read(made.cells[0].lines).text == text


def test_a_paper_that_prints_a_word_both_ways_and_divides_none_keeps_its_hyphens() -> None:
    given = [table(("Re-", "offending"), ("re-", "offending"))]
    assert without_breaks(given, ["Reoffending and re-offending", "reoffending of reoffending"]) == (given, [])


@pytest.mark.parametrize("lines", [("2015-", "16"), ("Ferry-", "Road"), ("Co-", "com"), ("on -", "and off")])
def test_what_may_be_as_it_is_stays(lines: tuple[str, ...]) -> None:
    given = table(lines)
    assert without_breaks([given], ["The Ferry of the Co-com goes on and off."]) == ([given], [])


@pytest.mark.parametrize(("hyphen", "text"), [("\u2010", "(MARAC)"), ("-", "(MA-RAC)")])
def test_a_word_in_capitals_is_divided_by_a_hyphen_that_no_keyboard_has(hyphen: str, text: str) -> None:
    (made,), _ = without_breaks([table((f"(MA{hyphen}", "RAC)"))], ["The board"])
    assert read(made.cells[0].lines).text == text
