"""A digit that changes in a printed total, or in a part of one, is never passed over."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extractors.text import decode
from pipeline.result import Result
from schemas.records import Place

Understood = Callable[..., Result]
# Each says which digit of an amount changes, and into what.
CHANGES: dict[str, Callable[[str], tuple[int, str]]] = {
    "first digit": lambda raw: changed(raw, digits(raw)[0]),
    "last digit": lambda raw: changed(raw, digits(raw)[-1]),
}


def digits(raw: str) -> list[int]:
    """Where an amount's digits stand."""
    return [index for index, char in enumerate(raw) if char.isdigit()]


def changed(raw: str, index: int) -> tuple[int, str]:
    """A digit's place, and another digit that is no zero."""
    return index, str(int(raw[index]) % 9 + 1)


def mutants(text: str, result: Result, change: Callable[[str], tuple[int, str]]) -> Iterator[tuple[Place, str]]:
    """For each amount in a total that agrees, its place and the paper with one of its digits changed."""
    agreeing = [check for check in result.checks if check.status == "agrees" and check.printed]
    lines = {line.allocation_id: line for check in agreeing for line in (check.printed, *check.parts)}
    for line in lines.values():
        if line.amount_raw and digits(line.amount_raw):
            index, digit = change(line.amount_raw)
            at = line.place.char_start + index
            yield line.place, text[:at] + digit + text[at + 1 :]


def silent(result: Result, place: Place) -> bool:
    """Whether nothing severe is said, or the figure at a place is still called proved."""
    proved = any(
        line.evidence == "proved" and line.place.char_start <= place.char_start < line.place.char_end
        for line in result.allocations
    )
    return proved or not any(found.rule.severity == "error" for found in result.findings)


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_changed_digit_is_told(
    paper_path: Path, change: Callable[[str], tuple[int, str]], understood: Understood
) -> None:
    text = decode(paper_path.read_bytes())[0]
    passed_over = [
        f"line {place.line}: {text[place.char_start : place.char_end]}"
        for place, mutant in mutants(text, understood(text), change)
        if silent(understood(mutant), place)
    ]
    assert passed_over == []


def test_papers_with_totals_have_mutants(understood: Understood) -> None:
    text = "Proposals\tAllocation 2014/15\nShelters\t£5\nHelplines\t£16\nTotal\t£21\n"
    changed_papers = {mutant for _, mutant in mutants(text, understood(text), CHANGES["first digit"])}
    assert changed_papers == {text.replace("s\t£5", "s\t£6"), text.replace("£16", "£26"), text.replace("£21", "£31")}
