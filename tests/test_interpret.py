"""From recognised tables to allocations, intentions and measures."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pipeline.result import Result
from schemas.records import Allocation
from schemas.rules import Rule

Understood = Callable[..., Result]
CODED = "Code\tCommissioning Intention\tFunding Mechanism\tAmount 2014/15\tAmount 2015/16\tComment\n"
PLAN = "Proposals\tAllocation 2014/15\n"
THEMED = "Strategic Theme\tName of Initiative\t2014/15 value\tOrganisation with whom we have a contract\t"
THEMED += "Funding Mechanism\tPrimary P&CP Strategic priority\tGeographical reach\n"


def lines(result: Result, *names: str) -> list[tuple[Any, ...]]:
    """The named attributes of each allocation that prints something."""
    return [tuple(getattr(line, name) for name in names) for line in result.allocations if line.amount_raw]


def first(result: Result) -> Allocation:
    """The first allocation."""
    return result.allocations[0]


def coded(amounts: str, mechanism: str = "Direct", comment: str = "") -> str:
    """A table with one intention whose amounts are the same in both years."""
    return CODED + f"CI001 SP1\tWork\t{mechanism}\t{amounts}\t{amounts}\t{comment}\n"


# Codes


def test_row_whose_code_nobody_can_read_is_up_for_review(understood: Understood) -> None:
    rows = "".join(f"{code} SP1\tWork\tDirect\t£5\t£6\tVia Team\n" for code in ("CI004", "cioos5", "CI006", "QX77"))
    made = [(line.item, line.evidence) for line in understood(CODED + rows).allocations]
    assert made[::2] == [("CI004", "single"), ("CI005", "review"), ("CI006", "single"), ("QX77 SP1", "review")]


# Stacked amounts


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("£5", [("item", None, "£5")]),
        ("Total: £5", [("item", None, "£5")]),
        ("Total: £30 a) £10 b) £20", [("total", None, "£30"), ("part", "a", "£10"), ("part", "b", "£20")]),
        ("a) £10 b) £20 Total: £30", [("part", "a", "£10"), ("part", "b", "£20"), ("total", None, "£30")]),
        ("£30 a) £10 b) £20", [("total", None, "£30"), ("part", "a", "£10"), ("part", "b", "£20")]),
        ("£10 £20", [("part", "1", "£10"), ("part", "2", "£20")]),
        ("£30 £10 £20", [("total", None, "£30"), ("part", "1", "£10"), ("part", "2", "£20")]),
        ("£10 £20 £30", [("part", "1", "£10"), ("part", "2", "£20"), ("total", None, "£30")]),
        ("£10 £20 £40", [("part", "1", "£10"), ("part", "2", "£20"), ("part", "3", "£40")]),
        ("a) £10", [("part", "a", "£10")]),
    ],
)
def test_amounts_of_a_cell(cell: str, found: list[tuple[Any, ...]], understood: Understood) -> None:
    result = understood(coded(cell))
    of_one_year = [line for line in result.allocations if line.financial_year == "2014/15"]
    assert [(line.line_type, line.part, line.amount_raw) for line in of_one_year] == found


@pytest.mark.parametrize(
    ("cell", "status", "pounds"),
    [
        ("£5", "printed", Decimal(5)), ("TBC", "tbc", None), ("nil", "nil", Decimal(0)), ("-", "blank", None),
        ("", "blank", None), ("£1.234", "illegible", None), ("£12,34", "illegible", None), ("some", "illegible", None),
        ("38.9%", "illegible", None), ("£0.1250", "illegible", None),
    ],
)  # fmt: skip
def test_amount_has_a_status(cell: str, status: str, pounds: Decimal | None, understood: Understood) -> None:
    line = understood(f"Area\tAllocation 2014/15\nMelton\t£6\nBlaby\t{cell}\nRutland\t£7\n").allocations[1]
    assert (line.value_status, line.amount_gbp) == (status, pounds)


@pytest.mark.parametrize("cell", ["TBC", "nil", "-", ""])
def test_first_row_without_a_figure_is_no_heading(cell: str, understood: Understood) -> None:
    result = understood(f"Area\tAllocation 2014/15\nBlaby\t{cell}\nMelton\t£6\nRutland\t£7\n")
    assert [line.item for line in result.allocations] == ["Blaby", "Melton", "Rutland"]


@pytest.mark.parametrize("cell", ["£1.234", "some", "£12,34"])
def test_illegible_amount_is_up_for_review_and_told_once(cell: str, understood: Understood) -> None:
    result = understood(f"Area\tAllocation 2014/15\nMelton\t£6\nBlaby\t{cell}\nRutland\t£7\n")
    told = [found for found in result.findings if found.rule is Rule.MONEY_UNREADABLE]
    assert (result.allocations[1].evidence, len(told)) == ("review", 1)


@pytest.mark.parametrize("cell", ["£5 or so", "about £5", "£5 (£6 later?)x"])
def test_words_beside_an_amount_are_told(cell: str, understood: Understood) -> None:
    result = understood(f"Area\tAllocation 2014/15\nBlaby\t{cell}\nMelton\t£6\n")
    assert Rule.MONEY_UNREADABLE in {found.rule for found in result.findings}


def test_unit_of_the_heading_scales_the_amount(understood: Understood) -> None:
    assert first(understood("Area\tAllocation 2014/15 (£'000)\nBlaby\t248\nMelton\t6\n")).amount_gbp == 248_000


def test_amount_that_slid_goes_to_the_column_that_lacks_it(understood: Understood) -> None:
    result = understood(CODED + "CI001\tWork\tDirect\ta) £5 b) £6\t£9\tVia Team\n\t\tTotal: £11\t\t\t\n")
    assert ("total", "2014/15", "£11") in lines(result, "line_type", "financial_year", "amount_raw")


def test_total_that_slid_goes_to_the_parts_it_is_the_sum_of(understood: Understood) -> None:
    result = understood(CODED + "CI001\tWork\tDirect\ta) £5 b) £6\ta) £7 b) £8\tVia Team\n\t\tTotal: £15\t\t\t\n")
    assert ("total", "2015/16", "£15") in lines(result, "line_type", "financial_year", "amount_raw")


def test_missing_amount_stands_where_its_row_does(understood: Understood) -> None:
    text = "Area\tAllocation 2014/15\nMelton\t£6\nBlaby\t\nRutland\t£7\n"
    at = understood(text).allocations[1].place
    assert text[at.char_start : at.char_end] == "Blaby"


def test_allocation_stands_at_its_amount(understood: Understood) -> None:
    text = coded("Total: £30 a) £10 b) £20")
    places = [line.place for line in understood(text).allocations]
    assert [text[at.char_start : at.char_end] for at in places] == ["£30", "£10", "£20"] * 2


def test_allocation_keeps_its_id_when_the_paper_grows(understood: Understood) -> None:
    text = coded("£5")
    grown = understood(text + "\nMore is said below.\n\n" + PLAN + "Shelters\t£9\n")
    assert {line.allocation_id for line in understood(text).allocations} < {a.allocation_id for a in grown.allocations}


# Mechanisms, providers, years


@pytest.mark.parametrize(
    ("amounts", "mechanism", "given"),
    [
        ("£5", "Direct", ["direct"]),
        ("£5", "-", [None]),
        ("£5", "", [None]),
        ("a) £5 b) £6", "Direct PCC Grant", ["direct", "pcc-grant"]),
        ("a) £5 b) £6", "Direct", ["direct", "direct"]),
        ("a) £5 b) £6", "Direct Direct", ["direct", "direct"]),
        ("Total: £11 a) £5 b) £6", "Direct PLF", [None, "direct", "partnership-locality-fund"]),
        ("Total: £11 a) £5 b) £6", "Direct", ["direct", "direct", "direct"]),
        ("a) £5 b) £6 c) £7", "Direct PLF", [None, None, None]),
    ],
)
def test_mechanisms_go_to_their_amounts(
    amounts: str, mechanism: str, given: list[str | None], understood: Understood
) -> None:
    found = understood(coded(amounts, mechanism)).allocations
    assert [line.mechanism for line in found if line.financial_year == "2014/15"] == given


@pytest.mark.parametrize(
    ("amounts", "comment", "given"),
    [
        ("£5", "Via Town Team", ["Town Team"]),
        ("£5", "A pilot", [None]),
        ("a) £5 b) £6", "Via: a) Town Team b) River Team", ["Town Team", "River Team"]),
        ("Total: £11 a) £5 b) £6", "Via: a) Town Team b) River Team", [None, "Town Team", "River Team"]),
        ("a) £5 b) £6", "Via: a) Town Team", ["Town Team", None]),
        ("a) £5 b) £6", "Via Town Team", [None, None]),
        ("£5", "For 2014/16 via: Town Team", ["Town Team"]),
        ("£5", "For 2015/16 via: Town Team", [None]),
    ],
)
def test_providers_go_to_their_amounts(
    amounts: str, comment: str, given: list[str | None], understood: Understood
) -> None:
    found = understood(coded(amounts, "Direct", comment)).allocations
    assert [line.provider for line in found if line.financial_year == "2014/15"] == given


@pytest.mark.parametrize("amounts", ["£5", "£5 £6", "c) £5 d) £6"])
def test_lettered_providers_that_no_part_takes_are_told(amounts: str, understood: Understood) -> None:
    result = understood(coded(amounts, "Direct", "Via: a) Town Team b) River Team"))
    told = Rule.PROVIDER_UNCLEAR in {found.rule for found in result.findings}
    assert told or {line.provider for line in result.allocations} == {"Town Team", "River Team"}


@pytest.mark.parametrize("amounts", ["£5", "a) £5 b) £6 c) £7"])
def test_mechanisms_that_fit_no_amounts_are_told(amounts: str, understood: Understood) -> None:
    result = understood(coded(amounts, "Direct PCC Grant"))
    assert Rule.MECHANISMS_MISMATCH in {found.rule for found in result.findings}


def test_period_runs_from_april_to_march(understood: Understood) -> None:
    line = first(understood(coded("£5")))
    assert (line.period_start, line.period_end) == (date(2014, 4, 1), date(2015, 3, 31))


def test_shared_pool_is_not_additive(understood: Understood) -> None:
    result = understood(coded("£5", comment="This will also be used to fund other intentions"))
    assert lines(result, "additive") == [(False,), (False,)]


def test_only_items_and_parts_are_additive(understood: Understood) -> None:
    result = understood(coded("Total: £30 a) £10 b) £20"))
    assert {(line.line_type, line.additive) for line in result.allocations} == {("total", False), ("part", True)}


# Intentions


def test_codes_of_a_row_are_present_previous_and_priorities(understood: Understood) -> None:
    [intention] = understood(CODED + "CI010 CI402 and CI404 SP10 SP2\tWork\tDirect\t£5\t£6\tVia Team\n").intentions
    legacy, priorities = [code.code for code, _ in intention.legacy], [code.code for code in intention.priorities]
    assert (intention.code.code, legacy, priorities) == ("CI010", ["CI402", "CI404"], ["SP2", "SP10"])


def test_code_with_a_letter_is_an_intention_of_its_own(understood: Understood) -> None:
    rows = "CI012\tWork\tDirect\t£5\t£6\tVia Team\nCI012a\tMore\tDirect\t£7\t£8\tVia Team\n"
    assert [each.code.code for each in understood(CODED + rows).intentions] == ["CI012", "CI012a"]


def test_code_stands_at_its_place(understood: Understood) -> None:
    text = CODED + "<b>Cl010</b> CI402\tWork\tDirect\t£5\t£6\tVia Team\n"
    [intention] = understood(text).intentions
    assert text[intention.place.char_start : intention.place.char_end] == "Cl010"


def test_description_has_its_wraps_undone(understood: Understood) -> None:
    text = CODED + "CI001\tWork in the sub-\tDirect\t£5\t£6\tVia Team\nSP1\tregion and\t\t\t\t\nSP2\tbeyond\t\t\t\t\n"
    assert understood(text).intentions[0].description == "Work in the sub-region and beyond"


def test_row_without_a_readable_code_keeps_its_money(understood: Understood) -> None:
    result = understood(CODED + "CI001\tWork\tDirect\t£5\t£6\tVia Team\nNew\tMore\tDirect\t£7\t£8\tVia Team\n")
    assert ("New", "£7") in lines(result, "item", "amount_raw")


# Plans, areas, commitments


def test_heading_with_a_colon_covers_its_lines(understood: Understood) -> None:
    result = understood(PLAN + "Victims:\t£11\nShelters\t£5\nHelplines\t£6\nTotal\t£11\n")
    assert [kind for (kind,) in lines(result, "line_type")] == ["subtotal", "item", "item", "grand_total"]


def test_heading_with_a_colon_whose_lines_have_no_amounts_is_an_item(understood: Understood) -> None:
    result = understood(PLAN + "Victims:\t£11\nShelters\t\nTotal\t£11\n")
    assert [kind for (kind,) in lines(result, "line_type")] == ["item", "grand_total"]


def test_heading_with_a_colon_and_no_lines_is_an_item(understood: Understood) -> None:
    result = understood(PLAN + "Shelters\t£5\nVictims:\t£6\nTotal\t£11\n")
    assert lines(result, "line_type", "additive") == [("item", True), ("item", True), ("grand_total", False)]


@pytest.mark.parametrize(
    ("label", "line_type"),
    [
        ("Total", "grand_total"), ("TOTAL:", "grand_total"), ("Grand Total", "grand_total"), ("Subtotal", "subtotal"),
        ("Sub-total", "subtotal"), ("Sub total", "subtotal"), ("Shelters Total", "subtotal"), ("Totalling", "item"),
        ("Total abstinence", "item"),
    ],
)  # fmt: skip
def test_label_says_what_a_line_covers(label: str, line_type: str, understood: Understood) -> None:
    result = understood(PLAN + f"Shelters\t£5\nHelplines\t£6\n{label}\t£11\n")
    assert lines(result, "line_type")[-1] == (line_type,)


@pytest.mark.parametrize(
    ("printed", "code", "name"),
    [
        ("Blaby", "E07000129", "Blaby"),
        ("Oadby & Wigston", "E07000135", "Oadby and Wigston"),
        ("NWL", "E07000134", "North West Leicestershire"),
        ("Leicester City", "E06000016", "Leicester"),
        ("Atlantis", None, "Atlantis"),
    ],
)
def test_area_has_its_code(printed: str, code: str | None, name: str, understood: Understood) -> None:
    line = first(understood(f"Area\tAllocation 2014/15\n{printed}\t£5\nMelton\t£6\n"))
    assert (line.item, line.area_code, line.area_name) == (printed, code, name)


def test_commitment_says_all_of_itself(understood: Understood) -> None:
    row = "Protecting the Vulnerable\tShelter – beds for all\t£5\tTown Team\tDirect\tSP5/6\tBlaby\n"
    line = first(understood(THEMED + row))
    said = (line.theme, line.item, line.description, line.provider, line.mechanism, line.primary_priority, line.reach)
    assert said == ("PV", "Shelter", "beds for all", "Town Team", "direct", "SP5/6", "Blaby")


def test_printed_dash_says_nothing(understood: Understood) -> None:
    line = first(understood(THEMED + "Protecting the Vulnerable\tShelter\t£5\t-\t-\t–\t-\n"))
    assert (line.provider, line.mechanism, line.primary_priority, line.reach) == (None,) * 4


def test_fund_of_the_table_is_the_mechanism_of_its_rows(understood: Understood) -> None:
    result = understood("# PCC Grants 2014/15\n\nName of Initiative\tName of Organisation\tAmount\nShelter\tTeam\t£5\n")
    assert lines(result, "mechanism", "provider", "financial_year") == [("pcc-grant", "Team", "2014/15")]


@pytest.mark.parametrize("mechanism", ["PLF (PLF)", "Partnership Locality Fund (PLF)"])
def test_fund_with_its_letters_in_brackets_is_a_mechanism(mechanism: str, understood: Understood) -> None:
    assert lines(understood(coded("£5", mechanism)), "mechanism") == [("partnership-locality-fund",)] * 2


# Measures


@pytest.mark.parametrize(
    ("heading", "cell", "value", "unit", "scale"),
    [
        ("Gap", "£6.085m", "6085000", "GBP", 1_000_000),
        ("Gap", "£6.085M", "6085000", "GBP", 1_000_000),
        ("Gap", "£5k", "5000", "GBP", 1_000),
        ("Gap", "£5 million", "5000000", "GBP", 1_000_000),
        ("Gap", "(£6m)", "-6000000", "GBP", 1_000_000),
        ("Gap", "£173.8750", "173.8750", "GBP", 1),
        ("Gap (£'000)", "248", "248000", "GBP", 1_000),
        ("Gap", "38.9%", "38.9", "percent", 1),
        ("Gap (£'000)", "38.9%", "38.9", "percent", 1),
        ("Gap", "150", "150", "count", 1),
    ],
)
def test_figure_is_given_in_base_units(
    heading: str, cell: str, value: str, unit: str, scale: int, understood: Understood
) -> None:
    measure = understood(f"Station\t{heading}\nNorth\t{cell}\nSouth\t{cell}\n").measures[0]
    assert (measure.value, measure.unit, measure.scale) == (Decimal(value), unit, scale)


def test_figure_has_the_labels_of_its_row_and_column(understood: Understood) -> None:
    measure = understood("Station\tStaff\nNorth\t12\nSouth\t13\n").measures[1]
    assert (measure.row_label, measure.column_label, measure.row, measure.column) == ("South", "Staff", 2, 1)


def test_unclear_figure_is_told(understood: Understood) -> None:
    result = understood("Station\tStaff\nNorth\t12\nSouth\t13\nEast\t1,3\n")
    assert [(found.rule, found.raw) for found in result.findings] == [(Rule.FIGURE_UNREADABLE, "1,3")]


# Themes


VULNERABLE, OFFENDING = "Protecting the Vulnerable", "Reducing Offending and Re-offending"


@pytest.mark.parametrize(
    ("printed", "themes"),
    [
        ([VULNERABLE, "", "", OFFENDING, ""], ["PV", "PV", "PV", "RO", "RO"]),
        ([VULNERABLE, VULNERABLE, "", "", ""], ["PV", "PV", None, None, None]),
        ([VULNERABLE, "", OFFENDING, VULNERABLE], ["PV", None, "RO", "PV"]),
        (["", VULNERABLE, "", ""], [None, "PV", None, None]),
        (["Clean Rivers", "", ""], [None, None, None]),
        ([VULNERABLE, "", "", f"{VULNERABLE} Subtotal", ""], ["PV", "PV", "PV", "PV", None]),
    ],
    ids=["once", "in each row", "one is lost", "none opens the table", "unknown", "below a total"],
)
def test_theme_that_is_printed_once_is_that_of_the_rows_below_it(
    printed: list[str], themes: list[str | None], understood: Understood
) -> None:
    rows = "".join(f"{theme}\tWork {n}\t£{n + 5}\tTeam\tDirect\tSP1\tCity\n" for n, theme in enumerate(printed))
    assert [line.theme for line in understood(THEMED + rows).allocations] == themes
