"""Small papers that once gave a wrong figure without a word: each is read right, or told."""

from decimal import Decimal

import pytest

from extractors.text import extract
from pipeline.result import Result
from pipeline.run import understand
from schemas.records import Paper

COMMITMENTS = (
    "Strategic Theme Contract Name /Initiative and description\n\n16/17\nvalue\n\nOrganisation with whom\nwe have a "
    "contract\n\nCommissioning\nframework\nclassification\n\nPrimary P&CP Strategic priority\n\n"
    "Secondary P&CP Strategic priority\n\nGeographical reach\n\n"
)
INTENTIONS = "Code|Commissioning Intention|Funding Mechanism|Amount 2014/15|Amount 2015/16|Amount 2016/17|Comment\n"
GRANTS = "PCC GRANTS 2014/15\n\nName of Initiative|Name of Organisation|Amount\n"


def read(text: str) -> Result:
    paper = Paper("p", "p.txt", "0" * 64, "text/plain", len(text))
    return understand(paper, extract(text.replace("|", "\t").encode()))


def lines(result: Result) -> list[tuple[str, str, int | None]]:
    """Item, line type and whole pounds of each allocation."""
    return [(a.item, a.line_type, None if a.amount_gbp is None else int(a.amount_gbp)) for a in result.allocations]


def rules(result: Result, severity: str = "error") -> set[str]:
    return {finding.rule.slug for finding in result.findings if finding.rule.severity == severity}


@pytest.mark.parametrize(
    "heading",
    [
        "PLF\n\nArea|Amount 2014/15 (£’000)\n",
        "PLF\n\nArea|Amount 2014/15 (£'000)\n",
        "All figures in £000s\n\nArea|Amount 2014/15\n",
        "Spending in 2014/15\n\nArea|£000\n",
    ],
)
def test_thousands_are_thousands_wherever_the_unit_is_printed(heading: str) -> None:
    assert lines(read(heading + "Blaby|10\nMelton|15\nTotal|25\n")) == [
        ("Blaby", "item", 10_000),
        ("Melton", "item", 15_000),
        ("Total", "grand_total", 25_000),
    ]


def test_a_unit_belongs_to_the_column_that_states_it() -> None:
    result = read("X\n\nArea|2013/14 Amount (£'000)|2014/15 Amount\nBlaby|10|£11,000\nMelton|1|£2,000\n")
    assert [amount for _, _, amount in lines(result)] == [10_000, 11_000, 1_000, 2_000]


def test_whole_pounds_under_a_heading_of_thousands_are_refused() -> None:
    result = read("X\n\nArea|Amount 2014/15 (£'000)\nBlaby|£10,000\nMelton|£5,000\n")
    assert {a.evidence for a in result.allocations} == {"review"}
    assert "money-unreadable" in rules(result)


def test_a_row_without_a_figure_takes_no_other_rows_money() -> None:
    text = (
        COMMITMENTS
        + "Protecting the Vulnerable\n\nOne – Words\n\nTBC The Force Direct SP1 SP2 LLR\n\n"
        + "Protecting the Vulnerable\n\nTwo – More\n\n£7 Police Direct SP1 SP2 LLR\n\nGrand Total - £7 -\n"
    )
    assert lines(read(text)) == [("One", "item", None), ("Two", "item", 7), ("Grand Total", "grand_total", 7)]


def test_an_unknown_mechanism_in_flowing_text_is_told_and_makes_no_provider() -> None:
    text = COMMITMENTS + "Protecting the Vulnerable\n\nOne – Words\n\n£5 The Force Joint SP1 SP2 LLR\n"
    result = read(text)
    assert result.allocations[0].provider is None
    assert "mechanism-unknown" in rules(result, "warning")


def test_names_in_lower_case_are_rows_of_their_own() -> None:
    assert lines(read(GRANTS + "eSafety|Org A|£7\niCan|Org B|£5\nTOTAL||£12\n"))[:2] == [
        ("eSafety", "item", 7),
        ("iCan", "item", 5),
    ]


@pytest.mark.parametrize("amount", ["£5-£6", "£5 to £6", "£5,000 1", "£5 or so", "up to £5"])
def test_an_amount_with_words_left_over_is_for_review(amount: str) -> None:
    result = read(f"Plan 2014/15\n\nArea|Amount\nBlaby|{amount}\nMelton|£7\nTotal|£12\n")
    assert result.allocations[0].evidence == "review"
    assert "money-unreadable" in rules(result)


def test_a_colon_before_the_total_opens_nothing() -> None:
    result = read("Plan 2014/15\n\nProposals|Amount\nLocal:|£5\nA|£5\nOther:|£91\nTotal|£96\n")
    assert lines(result)[2:] == [("Other:", "item", 91), ("Total", "grand_total", 96)]
    assert sum((a.amount_gbp or Decimal(0)) for a in result.allocations if a.additive) == 96


@pytest.mark.parametrize("label", ["Total", "TOTAL:", "Totals", "Total awarded", "Total 2014/15", "Grand Total"])
def test_words_around_a_total_do_not_make_it_an_item(label: str) -> None:
    result = read(GRANTS + f"A|Org A|£7\nB|Org B|£5\n{label}||£12\n")
    assert [line_type for _, line_type, _ in lines(result)] == ["item", "item", "grand_total"]


def test_an_amount_without_a_name_is_an_error() -> None:
    assert "name-missing" in rules(read(GRANTS + "A|Org A|£7\nB|Org B|£5\n||£12\n"))


def test_two_years_in_a_flowing_heading_are_two_columns() -> None:
    result = read("CSP 2015/16 2016/17\n\nBlaby £7 £8\n\nMelton £5 £6\n")
    assert [(a.item, a.financial_year, int(a.amount_gbp or 0)) for a in result.allocations] == [
        ("Blaby", "2015/16", 7),
        ("Blaby", "2016/17", 8),
        ("Melton", "2015/16", 5),
        ("Melton", "2016/17", 6),
    ]


@pytest.mark.parametrize("code", ["CI002", "CI002,", "GI002", "Cl002", "C1002", "XX-2"])
def test_a_damaged_code_never_fuses_two_rows(code: str) -> None:
    first = "CI001 SP1|First thing|Direct|£10|£20|£30|Currently X\n"
    result = read(INTENTIONS + first + f"{code} SP1|Second thing|Direct|£1|£2|£3|Currently Y\n")
    assert [int(a.amount_gbp or 0) for a in result.allocations] == [10, 20, 30, 1, 2, 3]
    assert {a.line_type for a in result.allocations} == {"item"}


def test_figures_that_slid_by_one_are_for_review() -> None:
    result = read(INTENTIONS + "CI001|D|Direct||£10|£20|£30\n")
    assert {a.evidence for a in result.allocations} == {"review"}


def test_a_first_row_without_a_figure_is_no_heading() -> None:
    assert lines(read("Plan\n\nArea|Amount 2014/15\nBlaby|TBC\nMelton|£7\nTotal|£7\n"))[0] == ("Blaby", "item", None)


def test_another_heading_after_a_blank_line_starts_another_table() -> None:
    result = read("Plan\n\nArea|Allocation 2014/15\nBlaby|£7\n\nArea|Allocation 2015/16\nBlaby|£8\n")
    assert [(a.financial_year, int(a.amount_gbp or 0)) for a in result.allocations] == [("2014/15", 7), ("2015/16", 8)]


def test_a_row_whose_trailing_tab_is_lost_keeps_the_table_whole() -> None:
    result = read("Plan 2014/15\n\nProposals|Amount\nAlpha|£5\nBeta without money\nGamma|£7\nTotal|£12\n")
    assert len(result.tables) == 1
    assert [c.status for c in result.checks] == ["agrees"]


def test_a_page_number_between_rows_is_no_row() -> None:
    row = "|A|Direct|£1|£2|£3|\n"
    assert len(read(INTENTIONS + "CI001" + row + "12\n" + "CI002" + row).allocations) == 6


def test_columns_lined_up_with_blanks_are_read_by_one_dialect() -> None:
    result = read("Plan\n\nArea       2014/15   2015/16\nBlaby       £7       £8\nMelton      £5       £6\n")
    assert len(result.allocations) == 4
    assert not rules(result)


def test_a_pound_sign_apart_from_its_figure_is_one_amount() -> None:
    assert lines(read("Table 1.\n\nCSP 2016/17\n\nBlaby £ 7\n\nTotal £ 7\n")) == [
        ("Blaby", "item", 7),
        ("Total", "grand_total", 7),
    ]


@pytest.mark.parametrize("mark", ["\f", "\f\n", "\f ", " "])
def test_every_way_to_mark_a_page_puts_displaced_words_back(mark: str) -> None:
    text = (
        COMMITMENTS
        + "Supporting\nVictims and\n\nFirst Help – Support\nand service (with\n\n£6 Catch 22 Direct SP9   LLR\n"
        + mark
        + "Witnesses helpline\nsupport)\n\nProtecting the Vulnerable\n\nTwo – More\n\n£7 Police Direct SP1 SP2 LLR\n"
    )
    first = read(text).allocations[0]
    assert (first.theme, first.description, first.reach) == ("VW", "Support and service (with helpline support)", "LLR")


def test_a_heading_of_no_vocabulary_is_told_even_in_one_row() -> None:
    result = read("PCC GRANTS 2014/15\n\nName of Initiative|Winner|Amount\nA|Org A|£7\n")
    assert lines(result) == [("A", "item", 7)]
    assert "heading-unknown" in rules(result, "warning")


def test_words_with_a_digit_in_a_table_of_measures_are_no_figures() -> None:
    result = read("Gases\n\nGas|2014/15|2015/16\nMethane (CH4)|5|6\nOther, 2nd kind|7|8\n")
    assert [int(m.value) for m in result.measures] == [5, 6, 7, 8]
    assert not rules(result)
