"""The vocabularies: folding, phrases claimed once, and rows that the papers use."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text import extract
from pipeline.codes import is_listed, read_code
from pipeline.recognise import Recognised, recognise
from schemas import vocabulary
from schemas.allocations import LINE_TYPES, MECHANISMS, THEMES
from schemas.records import Cell
from schemas.vocabulary import VocabularyFault, fold, fold_heading, index, rows

INDEXES = (
    vocabulary.headings, vocabulary.mechanisms, vocabulary.funds, vocabulary.themes, vocabulary.totals,
    vocabulary.areas, vocabulary.area_names, vocabulary.police_areas, vocabulary.organisations,
)  # fmt: skip
# Words of the language, which help to guess where no vocabulary does; no paper has to use each of them.
LANGUAGE = ("no_amounts", "organisation_words", "words")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Making Communities &  Neighbourhoods\nSafer", "making communities and neighbourhoods safer"),
        ("People’s “Hub”", 'people\'s "hub"'),
        ("Co–com", "co-com"),
        ("", ""),
    ],
)
def test_folding_takes_out_case_blanks_and_quotes(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("heading", "folded"),
    [
        ("Estimated Amount 2014/15", "amount"),
        ("16/17 value", "value"),
        ("2016/17 (estimated)", ""),
        ("Amount (£'000)", "amount"),
        ("Amount £m", "amount"),
        ("Amount:", "amount"),
        ("Amount owed", "amount owed"),
    ],
)
def test_heading_folds_without_year_unit_and_estimate(heading: str, folded: str) -> None:
    assert fold_heading(heading) == folded


@given(st.text(alphabet="aB &–’\n", max_size=20))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_phrase_with_two_meanings_is_our_fault() -> None:
    with pytest.raises(VocabularyFault):
        index([("phrase", "one"), ("phrase", "other")])


@pytest.mark.parametrize("build", INDEXES, ids=lambda build: build.__name__)
def test_no_phrase_is_claimed_twice(build: Callable[[], object]) -> None:
    build.__wrapped__()


@pytest.mark.parametrize(
    ("name", "column", "key"),
    [
        ("headings", "heading", fold_heading), ("mechanisms", "printed", fold), ("themes", "printed", fold),
        ("totals", "printed", fold), ("lead_ins", "phrase", fold), ("remarks", "phrase", fold),
        ("code_schemes", "prefix", str), ("areas", "printed", fold), ("police_areas", "name", fold),
        ("organisations", "printed", fold), ("no_amounts", "printed", str.lower), ("organisation_words", "word", fold),
    ],
)  # fmt: skip
def test_no_phrase_is_listed_twice(name: str, column: str, key: Callable[[str], str]) -> None:
    listed = [key(row[column]) for row in rows(name)]
    assert sorted(listed) == sorted(set(listed))


@pytest.mark.parametrize(
    ("name", "column", "allowed"),
    [("mechanisms", "mechanism", MECHANISMS), ("themes", "theme", THEMES), ("totals", "line_type", LINE_TYPES)],
)
def test_meanings_are_those_of_the_output(name: str, column: str, allowed: tuple[str, ...]) -> None:
    assert {row[column] for row in rows(name)} <= set(allowed)


def test_area_codes_belong_to_listed_police_areas() -> None:
    known = {row["police_area_code"] for row in rows("police_areas")}
    assert {row["police_area_code"] for row in rows("areas")} <= known


@pytest.mark.parametrize("scheme", rows("code_schemes"), ids=lambda row: row["scheme"] + row["prefix"])
def test_code_of_a_scheme_is_claimed_by_no_other(scheme: dict[str, str]) -> None:
    printed = scheme["prefix"] + "9" * int(scheme["digits_least"])
    levels = scheme["suffix"] == "levels"
    assert [code.scheme for code in read_code(printed)] == ([] if levels else [scheme["scheme"]])
    assert is_listed(printed) == levels


def test_only_words_of_the_language_are_exempt_from_use() -> None:
    files = {path.stem for path in Path(vocabulary.__file__).parent.glob("*.csv")}
    assert files - {name for name, _ in USED} == {*LANGUAGE}


def printed_in_headings(tables: list[Recognised], row: dict[str, str]) -> bool:
    """Whether a column's whole heading is this one."""
    return any(fold_heading(row["heading"]) == fold_heading(c.heading) for known in tables for c in known.columns)


def printed_in_tables(tables: list[Recognised], row: dict[str, str]) -> bool:
    """Whether a cell, a heading above a table or the paragraph that leads to it holds the phrase."""
    return holds(row["printed"], (text for known in tables for text in texts(known)))


def printed_in_comments(tables: list[Recognised], row: dict[str, str]) -> bool:
    """Whether a comment or a description of a row holds the phrase."""
    columns = [(known, {*known.having("comment"), *known.having("intention")}) for known in tables]
    return holds(
        row["phrase"], (said(cell) for known, own in columns for cell in known.table.cells if cell.column in own)
    )


def printed_in_code_columns(tables: list[Recognised], row: dict[str, str]) -> bool:
    """Whether a code of the scheme stands in a column of codes."""
    columns = [(known, known.having("code")) for known in tables]
    return holds_code(row["prefix"], (said(c) for known, own in columns for c in known.table.cells if c.column in own))


USED = (
    ("headings", printed_in_headings),
    ("mechanisms", printed_in_tables),
    ("themes", printed_in_tables),
    ("totals", printed_in_tables),
    ("lead_ins", printed_in_comments),
    ("remarks", printed_in_comments),
    ("code_schemes", printed_in_code_columns),
    ("areas", printed_in_tables),
    ("police_areas", printed_in_tables),
    ("organisations", printed_in_tables),
)


@pytest.mark.parametrize(("name", "used"), USED, ids=[name for name, _ in USED])
def test_every_row_is_used_or_says_its_source(name: str, used: Callable[..., bool], tables: list[Recognised]) -> None:
    """A row that none of our papers uses is there on somebody's word, which its column `source` gives."""
    assert [row for row in rows(name) if not row.get("source") and not used(tables, row)] == []


@pytest.mark.parametrize("name", [name for name, _ in USED])
def test_source_is_an_address_or_a_document(name: str) -> None:
    assert [row for row in rows(name) if not re.match(r"$|https://|[A-Z]", row.get("source") or "")] == []


@pytest.fixture(scope="module")
def tables(papers: list[Path], root: Path) -> list[Recognised]:
    """Every table of the real papers, of the specimens, and of the papers of invented areas."""
    invented = sorted(path for path in (root / "tests" / "invented").iterdir() if path.suffix != ".csv")
    files = [*papers, *sorted((root / "raw").glob("*.txt")), *invented]
    return [known for path in files for known in recognise(extract(path.read_bytes()).tables, path.stem)]


def texts(known: Recognised) -> Iterator[str]:
    """What a table prints and what stands above it."""
    yield from (said(cell) for cell in known.table.cells)
    yield from (line.text for line in known.table.headings)
    yield known.table.lead.text if known.table.lead else ""


def said(cell: Cell) -> str:
    """A cell's words."""
    return " ".join(line.text for line in cell.lines)


def holds(phrase: str, said_texts: Iterator[str]) -> bool:
    """Whether a text holds a phrase as whole words; `{period}` stands for a period, `{provider}` for any words."""
    plain = re.escape(fold(phrase)).replace(r"\{period\}", r"\d+[/-]\d+").replace(r"\{provider\}", ".+?")
    pattern = re.compile(rf"(?<![\w-]){plain}(?![\w-])")
    return any(pattern.search(fold(text)) for text in said_texts)


def holds_code(prefix: str, said_texts: Iterator[str]) -> bool:
    """Whether a text holds a code with this prefix as it should be printed; without one, it is a number with points."""
    pattern = rf"\b{prefix}\d+\b" if prefix else r"^\d+(?:\.\d+)+$"
    return any(re.search(pattern, text) for text in said_texts)
