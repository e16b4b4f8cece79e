"""Whatever the bytes are: a paper is read or refused by name, and what is read can be published."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.text import Unreadable, extract
from pipeline.link import link
from pipeline.result import Result
from pipeline.run import publish, understand
from schemas.catalogue import CATALOGUE
from schemas.records import Paper

FAST = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LONG = settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])

HEADINGS = (
    "Code\tCommissioning Intention\tFunding Mechanism\tAmount 2014/15\tEstimated Amount 2015/16\tComment",
    "Area\tAllocation 2014/15",
    "\t2014/15\t2015/16 (estimated)",
    "Proposals\t18 month to March 2013",
    "Name of Initiative\tName of Organisation\tAmount",
    "Strategic Theme\tName of Initiative\tValue £'000\tFunding Mechanism\tGeographical reach",
    "Percentage\tExtra income (£'000)\t",
    "Station\tCost £m\tStaff",
    "CSP 2016/17",
    "Strategic Theme Name of Initiative 2014/15 value Name of Organisation Funding Mechanism "
    "Primary P&CP Strategic priority Secondary P&CP Strategic priority Geographical reach",
    "Glossary",
    "# Partnership Locality Fund 2014/15",
    "Theme: Protecting the Vulnerable",
    "Appendix B",
)
CELLS = (
    "CI001", "Cl002 CI201", "CI013a", "C1008 SP1 SP2", "SP5/6", "SP8*", "QX77", "<b>CI009</b>", "Blaby", "Oadby and",
    "Wigston", "NWL", "Total", "Total:", "Subtotal", "Grand Total", "Victims:", "Various (PLF)",
    "Protecting the Vulnerable", "Protecting the", "Direct", "PCC Grant", "Co-com/Direct", "PLF",
    "Partnership Locality Fund (PLF)", "TBC", "nil", "-", "–", "£5", "£1,000", "£1.234", "£12,34", "(£7)", "-£8",
    "£6.085m", "£5 million", "£4.611m1", "£5*", "£173.87501", "12", "1,020", "38.9%", "5.10", "248 249 250",
    "Total: £30 a) £10 b) £20", "£30 a) £10", "b) £20", "a) nil b) TBC", "£10 £20 £30", "Via Town Team",
    "For 2014/15 via: Team", "Currently: a) Team b) Other", "(includes £5k)", "* a note", "0 months to March 2013",
    "March 2013 to May 2011", "2015/17", "£", "£k", "£9,999,999,999,999", "words", "and more words", "sub-", "region",
    "Shelter – City – beds", "1. One", "Strategic Priority 1: One", "ASB  Anti-social", "---", "<p>", "\\*",
    "\u200b", "\u00ad", "\x00", "\f", "²", "٣", "\u2028", "\x85", "é", "𝟝",
)  # fmt: skip
ROWS = st.lists(st.one_of(st.sampled_from(CELLS), st.just("")), min_size=1, max_size=8)
TABBED = ROWS.map("\t".join)
FLOWING = ROWS.map(" ".join)
SPACED = ROWS.map(lambda cells: "".join(f"{cell:<14}" for cell in cells))
LINES = st.one_of(
    TABBED, TABBED, FLOWING, SPACED, st.sampled_from(HEADINGS), st.sampled_from(("", "", " words", "---\t---"))
)
PAPERS = st.lists(LINES, min_size=1, max_size=30).map("\n".join)
TABLES = st.builds(
    "{}\n{}\n".format, st.sampled_from(HEADINGS), st.lists(TABBED, min_size=1, max_size=12).map("\n".join)
)
RUNS_OF_DASHES = st.lists(st.lists(st.sampled_from(["-", "--", ""]), min_size=2, max_size=3).map("\t".join), min_size=1)


def read(data: bytes, name: str = "paper") -> Result | None:
    """A paper through the stages, or None where it is refused."""
    try:
        document = extract(data)
    except Unreadable:
        return None
    return understand(Paper(name, f"{name}.txt", "0" * 64, "text/plain", len(data)), document)


def published(*results: Result | None) -> None:
    """Every table of the contract can be written of what was read."""
    linked, links = link([result for result in results if result])
    assert set(publish(linked, links)) == set(CATALOGUE)


@given(st.text(max_size=300))
@FAST
def test_any_text_is_read_or_refused(text: str) -> None:
    read(text.encode())


@given(st.binary(max_size=300))
@FAST
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read(data)


@given(st.one_of(PAPERS, TABLES, RUNS_OF_DASHES.map("\n".join)))
@settings(FAST, max_examples=300)
def test_any_paper_of_fragments_is_read(text: str) -> None:
    read(text.encode())


@given(st.one_of(PAPERS, TABLES))
@settings(FAST, max_examples=40)
def test_what_is_read_can_be_published(text: str) -> None:
    published(read(text.encode()))


@given(st.lists(TABLES, min_size=2, max_size=3))
@settings(FAST, max_examples=20)
def test_several_papers_can_be_published_together(texts: list[str]) -> None:
    published(*(read(text.encode(), f"paper-{number}") for number, text in enumerate(texts)))


@given(st.one_of(PAPERS, TABLES))
@settings(FAST, max_examples=100)
def test_what_is_read_stands_at_its_place(text: str) -> None:
    result = read(text.encode())
    lines = result.allocations if result else ()
    plain = [
        line for line in lines if line.amount_raw and "\n" not in text[line.place.char_start : line.place.char_end]
    ]
    wrong = [
        line
        for line in plain
        if squeezed(text[line.place.char_start : line.place.char_end]) != squeezed(line.amount_raw)
    ]
    assert wrong == []


@given(st.one_of(PAPERS, TABLES))
@settings(FAST, max_examples=100)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text.encode()) == read(text.encode())


@pytest.mark.slow
@given(st.one_of(st.text(max_size=500), st.binary(max_size=500), PAPERS, TABLES))
@LONG
def test_anything_is_read_or_refused_and_published(content: str | bytes) -> None:
    published(read(content.encode() if isinstance(content, str) else content))


def squeezed(text: str) -> str:
    """Text without white space, tags and marks that print nothing."""
    for mark in ("<b>", "</b>", "<p>", "\u200b", "\u00ad", "\x00"):
        text = text.replace(mark, "")
    return "".join(text.split()).replace("\\*", "*")
