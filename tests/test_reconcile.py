"""Printed totals held against their parts, and what that says of the figures."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from pipeline.reconcile import Check, explanation
from pipeline.result import Result
from schemas.records import Finding
from schemas.rules import Rule

Understood = Callable[..., Result]
CODED = "Code\tCommissioning Intention\tFunding Mechanism\tAmount 2014/15\tAmount 2015/16\tComment\n"
PLAN = "Proposals\tAllocation 2014/15\n"
AREAS = "Area\tAllocation 2014/15\n"


def checks(result: Result) -> list[tuple[str, str, str]]:
    """Each check's scope, item and outcome."""
    return [(check.scope, check.item, check.status) for check in result.checks]


def parts(check: Check) -> list[str]:
    """The items that a check added up."""
    return [part.item for part in check.parts]


def told(result: Result, rule: Rule) -> list[Finding]:
    """The findings of a rule."""
    return [found for found in result.findings if found.rule is rule]


def evidence(result: Result) -> list[str]:
    """The evidence of each line that prints something."""
    return [line.evidence for line in result.allocations if line.amount_raw]


# Items and their parts


def test_total_of_an_item_is_held_against_its_parts(understood: Understood) -> None:
    result = understood(CODED + "CI001\tWork\tDirect\tTotal: £30 a) £10 b) £20\tTotal: £9 a) £4 b) £5\tNew\n")
    assert checks(result) == [("item", "CI001", "agrees")] * 2


def test_total_that_is_not_the_sum_is_an_error(understood: Understood) -> None:
    result = understood(CODED + "CI001\tWork\tDirect\tTotal: £31 a) £10 b) £20\t£9\tNew\n")
    [found] = told(result, Rule.TOTAL_DISAGREES)
    assert (found.raw, found.row, found.column) == ("£31", 1, 3)


def test_total_that_other_years_have_is_lost(understood: Understood) -> None:
    result = understood(CODED + "CI001\tWork\tDirect\tTotal: £30 a) £10 b) £20\ta) £4 b) £5\tNew\n")
    assert [(check.status, check.computed) for check in result.checks] == [("agrees", 30), ("not-printed", 9)]


def test_lost_total_is_made_up_nowhere(understood: Understood) -> None:
    result = understood(CODED + "CI001\tWork\tDirect\tTotal: £30 a) £10 b) £20\ta) £4 b) £5\tNew\n")
    assert Decimal(9) not in {line.amount_gbp for line in result.allocations}


def test_parts_without_a_total_in_any_year_need_none(understood: Understood) -> None:
    assert checks(understood(CODED + "CI001\tWork\tDirect\ta) £10 b) £20\ta) £4 b) £5\tNew\n")) == []


def test_part_that_cannot_be_read_leaves_the_total_unproved(understood: Understood) -> None:
    result = understood(CODED + "CI001\tWork\tDirect\tTotal: £30 a) £1.234 b) £20\t£9\tNew\n")
    assert [(check.computed, check.status) for check in result.checks] == [(None, "disagrees")]


# Subtotals and grand totals


def test_subtotal_covers_the_rows_below_its_heading(understood: Understood) -> None:
    result = understood(PLAN + "Victims:\t£11\nShelters\t£5\nHelplines\t£6\nRoads:\t£7\nBridges\t£7\nTotal\t£18\n")
    assert [(check.item, parts(check)) for check in result.checks] == [
        ("Victims:", ["Shelters", "Helplines"]),
        ("Roads:", ["Bridges"]),
        ("Total", ["Victims:", "Roads:"]),
    ]


def test_subtotal_covers_the_rows_above_it(understood: Understood) -> None:
    result = understood(PLAN + "Shelters\t£5\nHelplines\t£6\nSubtotal\t£11\nBridges\t£7\nGrand Total\t£18\n")
    assert [(check.item, parts(check)) for check in result.checks] == [
        ("Subtotal", ["Shelters", "Helplines"]),
        ("Grand Total", ["Subtotal", "Bridges"]),
    ]


def test_heading_with_a_colon_may_cover_the_first_rows_only(understood: Understood) -> None:
    result = understood(PLAN + "Victims:\t£11\nShelters\t£5\nHelplines\t£6\nBridges\t£7\nTotal\t£18\n")
    assert [parts(check) for check in result.checks] == [["Shelters", "Helplines"], ["Victims:", "Bridges"]]


def test_grand_total_counts_items_with_parts_once(understood: Understood) -> None:
    text = CODED + "CI001\tWork\tDirect\tTotal: £30 a) £10 b) £20\t£1\tNew\nCI002\tMore\tDirect\t£5\t£2\tNew\n"
    assert ("grand-total", "Total", "agrees") in checks(understood(text + "Total\t\t\t£35\t£3\t\n"))


@pytest.mark.parametrize("label", ["Total", "Total:", "TOTAL", "Grand Total", "Grand Total:", "Subtotal", "Subtotal:"])
def test_wrong_total_is_never_passed_over(label: str, understood: Understood) -> None:
    result = understood(PLAN + f"Shelters\t£5\nHelplines\t£6\n{label}\t£12\n")
    assert len(told(result, Rule.TOTAL_DISAGREES)) == 1


def test_wrong_grand_total_below_a_page_break_is_never_passed_over(understood: Understood) -> None:
    result = understood(PLAN + "Shelters\t£5\nHelplines\t£6\nSubtotal\t£11\n\n" + PLAN + "Grand Total\t£99\n")
    assert len(told(result, Rule.TOTAL_DISAGREES)) == 1


@pytest.mark.parametrize("label", ["Total", "Total:", "TOTAL", "Grand Total", "Grand Total:", "Subtotal", "Subtotal:"])
def test_right_total_proves_its_rows(label: str, understood: Understood) -> None:
    assert evidence(understood(PLAN + f"Shelters\t£5\nHelplines\t£6\n{label}\t£11\n")) == ["proved"] * 3


def test_each_year_has_its_own_totals(understood: Understood) -> None:
    text = "Area\tAllocation 2014/15\tAllocation 2015/16\nBlaby\t£5\t£7\nMelton\t£6\t£8\nTotal\t£11\t£14\n"
    result = understood(text)
    assert [(check.financial_year, check.status) for check in result.checks] == [
        ("2014/15", "agrees"),
        ("2015/16", "disagrees"),
    ]


def test_negative_amounts_add_up(understood: Understood) -> None:
    assert checks(understood(PLAN + "Shelters\t£5\nSavings\t(£2)\nTotal\t£3\n")) == [("grand-total", "Total", "agrees")]


def test_pence_are_exact(understood: Understood) -> None:
    assert checks(understood(PLAN + "One\t£0.10\nOther\t£0.20\nTotal\t£0.30\n")) == [("grand-total", "Total", "agrees")]


@pytest.mark.parametrize("printed", ["TBC", "nil", "-"])
def test_row_without_an_amount_adds_nothing(printed: str, understood: Understood) -> None:
    result = understood(PLAN + f"Shelters\t£5\nHelplines\t{printed}\nTotal\t£5\n")
    assert checks(result) == [("grand-total", "Total", "agrees")]


# Two tables of a paper


def test_breakdown_is_held_against_the_line_that_its_heading_names(understood: Understood) -> None:
    text = PLAN + "Village Hall Fund\t£11\nShelters\t£2\n\nMore.\n\nVillage Hall Fund\n\n" + AREAS
    result = understood(text + "Blaby\t£5\nMelton\t£6\n")
    assert [(check.scope, check.item, parts(check)) for check in result.checks] == [
        ("cross-table", "Village Hall Fund", ["Blaby", "Melton"])
    ]


def test_breakdown_that_disagrees_is_an_error(understood: Understood) -> None:
    text = PLAN + "Village Hall Fund\t£11\nShelters\t£2\n\nMore.\n\nVillage Hall Fund\n\n" + AREAS
    assert len(told(understood(text + "Blaby\t£5\nMelton\t£7\n"), Rule.TOTAL_DISAGREES)) == 1


def test_breakdown_of_a_fund_is_held_against_its_subtotal(understood: Understood) -> None:
    themed = "Strategic Theme\tName of Initiative\t2014/15 value\tFunding Mechanism\n"
    themed += (
        "Various (PLF)\tBlaby share\t£5\tPLF\nVarious (PLF)\tMelton share\t£6\tPLF\nVarious (PLF) Subtotal\t\t£11\t-\n"
    )
    areas = "# Partnership Locality Fund\n\n" + AREAS + "Blaby\t£5\nMelton\t£6\nTotal\t£11\n\nMore.\n\n# All\n\n"
    assert ("cross-table", "Various (PLF) Subtotal", "agrees") in checks(understood(areas + themed))


def test_heading_that_names_two_lines_names_none(understood: Understood) -> None:
    text = PLAN + "Village Hall Fund north\t£11\nVillage Hall Fund south\t£11\n\nMore.\n\nVillage Hall Fund\n\n" + AREAS
    assert checks(understood(text + "Blaby\t£5\nMelton\t£6\n")) == []


# Evidence and words


def test_disagreement_outweighs_agreement(understood: Understood) -> None:
    """CI001 adds up, the table's total does not: every figure that it covers is up for review."""
    text = CODED + "CI001\tWork\tDirect\tTotal: £30 a) £10 b) £20\t£1\tNew\nTotal\t\t\t£31\t£1\t\n"
    result = understood(text)
    assert {(line.amount_raw, line.evidence) for line in result.allocations if line.financial_year == "2014/15"} == {
        ("£30", "review"), ("£10", "proved"), ("£20", "proved"), ("£31", "review"),
    }  # fmt: skip


def test_figure_in_no_total_is_read_once(understood: Understood) -> None:
    assert evidence(understood(AREAS + "Blaby\t£5\nMelton\t£6\n")) == ["single", "single"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("Shelters\t£1,005\nHelplines\t£6\nTotal\t£1,011\n", "1,005 + 6 = 1,011, as printed."),
        ("Shelters\t£5\nHelplines\t£6\nTotal\t£12\n", "5 + 6 = 11; £12 is printed, a difference of 1."),
        ("Shelters\t£5\nHelplines\tsome\nTotal\t£12\n", "5 + ? cannot be added up, since a part cannot be read; "
                                                        "£12 is printed."),
    ],
)  # fmt: skip
def test_arithmetic_is_written_out(rows: str, words: str, understood: Understood) -> None:
    assert explanation(understood(PLAN + rows).checks[-1]) == words
