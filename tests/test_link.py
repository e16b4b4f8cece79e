"""What only several papers together tell: copies, the same intention elsewhere, codes used again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from pipeline.link import link
from pipeline.links import Link
from pipeline.result import Result
from schemas.records import Finding
from schemas.rules import Rule

Understood = Callable[..., Result]
HEAD = "Code\tCommissioning Intention\tFunding Mechanism\tAmount 2014/15\tAmount 2015/16\tComment\n"
GREEN = "CI001\tPlant green trees\tDirect\t£5\t£6\tVia Team\n"
BLUE = "CI002\tSail blue boats\tDirect\t£7\t£8\tVia Team\n"
RED = "CI003\tFly red kites\tDirect\t£9\t£9\tVia Team\n"
LONGER = "\nMore is said in this paper, so it is the original.\n"


def linked(understood: Understood, **texts: str) -> tuple[dict[str, Result], list[Link]]:
    """Papers by name, linked."""
    results, links = link([understood(text, f"{name}.txt") for name, text in texts.items()])
    return {result.paper.paper_id: result for result in results}, links


def dated(result: Result, day: date | None) -> Result:
    """A result of a paper with this date."""
    return replace(result, paper=replace(result.paper, published_on=day))


def told(result: Result, rule: Rule) -> list[Finding]:
    """The findings of a rule."""
    return [found for found in result.findings if found.rule is rule]


def test_copy_of_a_table_is_not_additive(understood: Understood) -> None:
    papers, _ = linked(understood, a=HEAD + GREEN + BLUE + LONGER, b=HEAD + GREEN + BLUE)
    assert {name: {line.additive for line in paper.allocations} for name, paper in papers.items()} == {
        "a": {True},
        "b": {False},
    }


def test_copy_names_the_row_that_it_repeats(understood: Understood) -> None:
    papers, _ = linked(understood, a=HEAD + GREEN + BLUE + LONGER, b=HEAD + GREEN + BLUE)
    assert [line.duplicate_of for line in papers["b"].allocations] == [
        line.allocation_id for line in papers["a"].allocations
    ]


def test_copy_and_original_agree(understood: Understood) -> None:
    papers, _ = linked(understood, a=HEAD + GREEN + BLUE + LONGER, b=HEAD + GREEN + BLUE)
    assert {line.evidence for paper in papers.values() for line in paper.allocations} == {"agreed"}


def test_longer_paper_has_the_original_whatever_the_order(understood: Understood) -> None:
    papers, _ = linked(understood, a=HEAD + GREEN + BLUE, b=HEAD + GREEN + BLUE + LONGER)
    assert {line.additive for line in papers["b"].allocations} == {True}


def test_figure_that_copy_and_original_print_otherwise_is_an_error_in_both(understood: Understood) -> None:
    other = RED.replace("£9\tVia", "£4\tVia")
    papers, _ = linked(understood, a=HEAD + GREEN + BLUE + RED + LONGER, b=HEAD + GREEN + BLUE + other)
    assert [
        [(found.raw, line.evidence) for found in told(paper, Rule.COPY_DISAGREES) for line in paper.allocations[-1:]]
        for paper in papers.values()
    ] == [[("£9", "review")], [("£4", "review")]]


@pytest.mark.parametrize(
    "other",
    [
        HEAD + GREEN.replace("£", "£1") + BLUE.replace("£", "£1"),
        HEAD + GREEN,
        HEAD + RED + BLUE.replace("CI002", "CI004"),
    ],
    ids=["other amounts", "a row of it", "other rows"],
)
def test_table_that_only_resembles_is_no_copy(other: str, understood: Understood) -> None:
    papers, _ = linked(understood, a=HEAD + GREEN + BLUE + LONGER, b=other)
    assert told(papers["b"], Rule.COPY) == []


def test_third_paper_with_the_table_is_a_copy_too(understood: Understood) -> None:
    papers, _ = linked(understood, a=HEAD + GREEN + BLUE + LONGER, b=HEAD + GREEN + BLUE, c=HEAD + GREEN + BLUE)
    additive = [name for name, paper in papers.items() if any(line.additive for line in paper.allocations)]
    assert additive == ["a"]


def test_code_printed_otherwise_is_told(understood: Understood) -> None:
    damaged = BLUE.replace("CI002", "Cl002")
    papers, _ = linked(understood, a=HEAD + GREEN + BLUE + LONGER, b=HEAD + GREEN + damaged)
    assert [found.raw for found in told(papers["b"], Rule.COPY_PRINTED_OTHERWISE)] == ["Cl002"]


def test_rows_of_a_copy_are_linked_as_excerpts(understood: Understood) -> None:
    _, links = linked(understood, a=HEAD + GREEN + BLUE + LONGER, b=HEAD + GREEN + BLUE)
    assert {(each.from_paper_id, each.to_paper_id, each.relation) for each in links} == {("b", "a", "excerpt")}


@pytest.mark.parametrize(
    ("code", "relation"), [("CI001", "same"), ("CI009", "renumbered")], ids=["same code", "other code"]
)
def test_same_words_in_a_later_paper_are_linked(code: str, relation: str, understood: Understood) -> None:
    earlier = dated(understood(HEAD + GREEN, "a.txt"), date(2013, 1, 1))
    later = dated(understood(HEAD + GREEN.replace("CI001", code).replace("£", "£1"), "b.txt"), date(2014, 1, 1))
    assert link([later, earlier])[1] == [Link("a", "CI001", "b", code, relation, "same-words")]


@pytest.mark.parametrize("day", [None, date(2013, 1, 1)], ids=["no date", "same date"])
def test_papers_without_an_order_are_not_linked(day: date | None, understood: Understood) -> None:
    earlier = dated(understood(HEAD + GREEN, "a.txt"), date(2013, 1, 1))
    assert link([earlier, dated(understood(HEAD + GREEN, "b.txt"), day)])[1] == []


def test_code_that_means_something_else_is_told_in_both_papers(understood: Understood) -> None:
    papers, _ = linked(understood, a=HEAD + GREEN, b=HEAD + BLUE.replace("CI002", "CI001"))
    assert {name: len(told(paper, Rule.CODE_REUSED)) for name, paper in papers.items()} == {"a": 1, "b": 1}


def test_code_with_nearly_the_same_words_is_not_reused(understood: Understood) -> None:
    papers, _ = linked(understood, a=HEAD + GREEN, b=HEAD + GREEN.replace("green trees", "green trees again"))
    assert told(papers["a"], Rule.CODE_REUSED) == []


def test_order_of_the_papers_changes_nothing(understood: Understood) -> None:
    results = [
        understood(text, f"{name}.txt")
        for name, text in {"a": HEAD + GREEN + BLUE, "b": HEAD + GREEN + BLUE + LONGER, "c": HEAD + RED}.items()
    ]
    forth, back = link(results), link(results[::-1])
    assert (forth[0], forth[1]) == (back[0][::-1], back[1])
