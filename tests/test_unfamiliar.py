"""What the papers of other offices print: each rule that reads it, on the least paper that shows it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from extractors.lines import heading_at, sources
from extractors.text import extract
from pipeline.result import Result
from schemas.records import Allocation
from schemas.rules import Rule

Understood = Callable[..., Result]
YEAR = "Awards 2016/17\n\n"


def said(result: Result, *names: str) -> list[tuple[Any, ...]]:
    """The named attributes of each allocation."""
    return [tuple(getattr(line, name) for name in names) for line in result.allocations]


def pounds(result: Result) -> list[str]:
    """The amounts, in printed order."""
    return [f"{line.amount_gbp:f}" if line.amount_gbp is not None else "" for line in result.allocations]


def roles(result: Result) -> list[str]:
    """What the columns of the only table were taken for."""
    [known] = result.tables
    return [column.role for column in known.columns]


def errors(result: Result) -> list[Rule]:
    """The rules of the errors."""
    return [found.rule for found in result.findings if found.rule.severity == "error"]


# Marks and words beside an amount, and in its place


def test_a_number_in_brackets_behind_an_amount_is_a_notes(understood: Understood) -> None:
    result = understood(YEAR + "Project\tAward\nGates\t£1,204 (1)\nLights\t£86 (a)\n")
    assert (pounds(result), errors(result)) == (["1204", "86"], [])
    assert [found.rule for found in result.findings].count(Rule.FOOTNOTE_MARK) == 2


def test_a_number_in_brackets_behind_a_bare_number_may_be_another(understood: Understood) -> None:
    result = understood(YEAR + "Project\tAward £\nGates\t1,204 (1)\nLights\t86\n")
    assert Rule.MONEY_UNREADABLE in errors(result) or {line.evidence for line in result.allocations[:2]} == {"review"}


@pytest.mark.parametrize(("cell", "status"), [("TBC*", "tbc"), ("£tbc", "tbc"), ("£nil", "nil"), ("n/a [2]", "blank")])
def test_words_in_an_amounts_place_may_have_marks(cell: str, status: str, understood: Understood) -> None:
    result = understood(YEAR + f"Project\tAward\nGates\t{cell}\nLights\t£5\n")
    assert (said(result, "value_status")[0], errors(result)) == ((status,), [])


# Columns


def test_what_is_left_of_a_budget_is_not_added_up_with_it(understood: Understood) -> None:
    rows = "Gates\t£900\t£400\t£500\nLights\t£80\t£80\t-\nTaxis\t£60\t£10\t£50\n"
    result = understood(YEAR + "Project\tBudget\tDrawn down\tIn hand\n" + rows)
    assert (roles(result)[1:], pounds(result)) == (["amount", "measure", "measure"], ["900", "80", "60"])


def test_what_two_years_differ_by_is_no_amount_of_either(understood: Understood) -> None:
    rows = "Gates\t£900\t£950\t£50\nLights\t£80\t£60\t-£20\nTaxis\t£60\t£60\t-\n"
    result = understood("Awards\n\nProject\t2016/17\t2017/18\tMovement\n" + rows)
    assert roles(result)[1:] == ["amount", "amount", "measure"]


def test_a_column_that_is_the_sum_of_those_before_it_is_their_total(understood: Understood) -> None:
    rows = "Gates\t£900\t£50\t£950\nLights\t£80\t£60\t£140\nTaxis\t£60\t£60\t£125\n"
    result = understood(YEAR + "Project\tMinistry money\tOwn money\tAll sources\n" + rows)
    assert (roles(result)[1:], errors(result)) == (["amount", "amount", "total"], [Rule.TOTAL_DISAGREES])


def test_a_total_column_has_the_year_of_the_amounts_that_it_sums_up(understood: Understood) -> None:
    result = understood(YEAR + "Project\tMinistry £\tOwn £\tTotal £\nGates\t900\t50\t950\nLights\t80\t60\t140\n")
    assert set(said(result, "financial_year")) == {("2016/17",)}


def test_a_total_column_beside_codes_is_read(understood: Understood) -> None:
    head = "Code\tCommissioning Intention\t2016/17\t2017/18\tTotal\n"
    result = understood(head + "CI001\tGates\t£5\t£6\t£11\nCI002\tLights\t£7\t£8\t£15\n")
    assert [line.amount_raw for line in result.allocations if line.line_type == "total"] == ["£11", "£15"]
    assert {line.evidence for line in result.allocations} == {"proved"}


def test_codes_have_the_year_of_their_row(understood: Understood) -> None:
    result = understood("Ref\tYear\tObjective\tAward\nAB1\t2014/15\tGates\t£5\nAB2\t15/16\tLights\t£6\n")
    assert said(result, "intention_code", "financial_year") == [("AB1", "2014/15"), ("AB2", "2015/16")]


def test_of_headings_one_below_the_other_the_lowest_says_year_and_meaning(understood: Understood) -> None:
    head = "| Commissioning 2021/22 | | |\n| Scheme | 2020/21 Actual | 2021/22 Budget |\n|---|---|---|\n"
    result = understood("Awards\n\n" + head + "| Gates | £4 | £5 |\n| Lights | £7 | £6 |\n")
    assert (roles(result)[1:], set(said(result, "financial_year"))) == (["measure", "amount"], {("2021/22",)})


def test_where_rows_are_years_the_headings_name_the_amounts(understood: Understood) -> None:
    text = "Spending by service (£'000)\n\nYear\tVictims\tPrevention\n2015/16\t812\t340\n2016/17\t820\t352\n"
    result = understood(text)
    assert said(result, "item", "financial_year")[1:3] == [("Prevention", "2015/16"), ("Victims", "2016/17")]
    assert pounds(result)[0] == "812000"
    assert not any(found.suggestion for found in result.findings if "'Victims'" in found.message)


def test_rows_are_named_by_the_words_that_differ_and_sections_by_their_totals(understood: Understood) -> None:
    rows = (
        "Violence\tMentors\t£5\nViolence\tNavigators\t£6\nViolence total\t\t£11\nTheft\tLocks\t£7\nTheft total\t\t£7\n"
    )
    result = understood(YEAR + "Group\tProgramme\tSum\n" + rows)
    titles = ["Mentors", "Navigators", "Violence total", "Locks", "Theft total"]
    assert [line.title or line.item for line in result.allocations] == titles
    assert {line.evidence for line in result.allocations} == {"proved"}


@pytest.mark.parametrize(
    ("heading", "cells"), [("Lot", ("Lot 1", "Lot 2")), ("Grant reference", ("Ref 14/22", "Ref 14/23"))]
)
def test_a_code_may_stand_behind_the_word_for_what_it_counts(
    heading: str, cells: tuple[str, str], understood: Understood
) -> None:
    result = understood(YEAR + f"{heading}\tProject\tAward\n{cells[0]}\tGates\t£5\n{cells[1]}\tLights\t£6\n")
    assert said(result, "intention_code", "title") == [(cells[0], "Gates"), (cells[1], "Lights")]


# Totals


def test_totals_that_name_groups_without_a_heading_are_told_by_adding_up(understood: Understood) -> None:
    victims, prevention = "Shelters\t£5\nHelpline\t£6\n", "Gates\t£4\nLights\t£5\n"
    rows = f"Total services\t£20\nTotal victims\t£11\n{victims}Total prevention\t£9\n{prevention}"
    result = understood(YEAR + "\tAward\n" + rows)
    types = ["grand_total", "subtotal", "item", "item", "subtotal", "item", "item"]
    assert ([line.line_type for line in result.allocations], errors(result)) == (types, [])


@pytest.mark.parametrize("label", ["Total / Cyfanswm", "Cyfanswm / Total", "Total set aside", "Total to be paid"])
def test_a_last_row_is_a_total_in_these_words_even_where_it_is_wrong(label: str, understood: Understood) -> None:
    result = understood(YEAR + f"Project\tAward\nGates\t£5\nLights\t£6\n{label}\t£12\n")
    assert (result.allocations[-1].line_type, errors(result)) == ("grand_total", [Rule.TOTAL_DISAGREES])


def test_a_chapter_with_a_number_is_a_section_and_no_tail(understood: Understood) -> None:
    first = "1\tPREVENTION\t\n1.1\tSchools\t£5\n1.2\tClubs\t£6\n\tSub total\t£11\n"
    second = "2\tVICTIMS\t\n2.1\tCourts\t£7\n\tSub total\t£7\n"
    result = understood(YEAR + "No.\tActivity\tAward\n" + first + second)
    assert [line.item for line in result.allocations] == ["1.1", "1.2", "Sub total", "2.1", "Sub total"]
    assert {line.evidence for line in result.allocations} == {"proved"}


# What stands around a table


def test_the_year_is_that_of_the_sentence_that_speaks_of_the_table(understood: Understood) -> None:
    lead = "The awards of 2016/17 are listed below. Members will recall the £5,000 held back in 2014/15.\n\n"
    assert said(understood(lead + "Project\tAward\nGates\t£5\n"), "financial_year") == [("2016/17",)]


def test_each_line_of_a_title_is_a_heading(understood: Understood) -> None:
    text = (
        "Lune Police and Crime Panel\nCommissioning 2018/19\n\nIt is as agreed in May.\n\nProject\tAward\nGates\t£5\n"
    )
    assert said(understood(text), "financial_year") == [("2018/19",)]


def test_a_list_of_two_is_no_title() -> None:
    lines = sources("Objectives\n\n10. Less violence\n11. Less crime\n\nMore is said.\n")
    assert [line.text for n in range(len(lines)) if (line := heading_at(lines, n))] == ["Objectives"]


def test_a_line_above_a_sentence_is_a_heading(understood: Understood) -> None:
    text = "Awards 2018/19\nThe Commissioner agreed these awards:\n\nProject\tAward\nGates\t£5\n"
    assert said(understood(text), "financial_year") == [("2018/19",)]


def test_a_table_goes_on_below_the_number_of_a_page() -> None:
    text = "Project\tAward\nGates\t£5\n\nPage 4 of 6\n\nProject\tAward\nLights\t£6\n"
    [table] = extract(text.encode()).tables
    assert table.rows == 3


@pytest.mark.parametrize("between", ["Page 2", "Appendix C (continued)", "Panel of Lune"])
def test_bars_go_on_below_what_runs_from_page_to_page(between: str) -> None:
    text = (
        f"Panel of Lune\n\n| Project | Award |\n| Gates | £5 |\n\n{between}\n\n| Project | Award |\n| Lights | £6 |\n"
    )
    [table] = extract(text.encode()).tables
    assert (table.rows, [note.rule for note in table.notes]) == (3, [Rule.REPEATED_HEADING])


def test_a_table_below_a_title_of_its_own_is_another() -> None:
    text = "| Project | Award |\n| Gates | £5 |\n\nGrants 2018/19\n\n| Project | Award |\n| Lights | £6 |\n"
    assert len(extract(text.encode()).tables) == 2


def test_a_running_title_is_no_row_of_a_typed_page() -> None:
    page = "Panel of Lune                      Page {}\n\nProject           Giver              Award £\n\n{}\n"
    row = "Gates             Own funds              500\nLights            Ministry               600"
    rows = (row, row.replace("Gates", "Taxis"))
    [table] = extract("\f".join(page.format(i, row) for i, row in enumerate(rows, 1)).encode()).tables
    assert (table.rows, table.columns) == (5, 3)


def test_a_rate_in_a_heading_is_no_figure(understood: Understood) -> None:
    head = "Area             Crimes per 1,000    Allocation (£)\n\n"
    rows = "Ashcombe                       52            61,200\nBere Forest                    38            54,000\n"
    assert pounds(understood(YEAR + head + rows)) == ["61200", "54000"]


def test_a_pound_sign_may_stand_apart_from_a_figure_in_brackets(understood: Understood) -> None:
    head = "Workstream                    2021/22 Budget\n\n"
    rows = "Victims                   £     1,250,000.00\nHealth                    £      (40,000.00)\n"
    assert pounds(understood("Awards\n\n" + head + rows)) == ["1250000.00", "-40000.00"]


def test_the_name_of_a_section_below_a_heading_may_stand_further_in() -> None:
    head = "Ref     Service              Award £\n\n        KEEPING SAFE\n"
    [table] = extract(
        (head + "AB 1    Gates                    500\nAB 2    Lights                   600\n").encode()
    ).tables
    assert table.header_rows == 1


# Awards one below the other


def test_blocks_are_known_by_their_amounts(understood: Understood) -> None:
    block = "Granted to: {} Trust\nSum awarded: £{}\nWhat it is for: {}\n\n"
    result = understood(YEAR + block.format("Lantern", 5, "Gates") + block.format("Harbour", 6, "Lights"))
    assert said(result, "title", "provider") == [("Gates", "Lantern Trust"), ("Lights", "Harbour Trust")]


def test_a_pair_below_blocks_may_sum_them_up(understood: Understood) -> None:
    block = "Project: {}\nRequested: £9\nAmount: £{}\n\n"
    result = understood(YEAR + block.format("Gates", 5) + block.format("Lights", 6) + "Total awarded: £12\n")
    assert (result.allocations[-1].amount_gbp, errors(result)) == (Decimal(12), [Rule.TOTAL_DISAGREES])


def test_no_break_blanks_behind_bullets_make_no_columns(understood: Understood) -> None:
    text = YEAR + "•\u00a0Rural watch – £4,500\n•\u00a0Gates and locks – £750\n•\u00a0Total – £5,250\n"
    assert {line.evidence for line in understood(text).allocations} == {"proved"}


def test_a_list_may_close_with_what_it_comes_to(understood: Understood) -> None:
    last: Allocation = understood(YEAR + "1. £8 to Ash Club\n2. £6 to Oak Trust\n3. £14 in total\n").allocations[-1]
    assert (last.line_type, last.evidence) == ("grand_total", "proved")


def test_marks_of_bold_words_are_no_part_of_a_cell(understood: Understood) -> None:
    text = YEAR + "| Project | Award |\n|---|---|\n| Gates | *£5* |\n| **Total** | **£5** |\n"
    assert said(understood(text), "item", "amount_raw") == [("Gates", "£5"), ("Total", "£5")]
