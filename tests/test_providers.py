"""Who is paid: names brought together only where they are one, identifiers only from the vocabulary, honest sums."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from pipeline.link import link
from pipeline.providers import provider_id, provider_rows
from pipeline.result import Result
from pipeline.run import Run
from schemas.vocabulary import rows

Understood = Callable[..., Result]
HEAD = "Name of Organisation\tName of Initiative\tAmount 2014/15\n"


def made(understood: Understood, *lines: str, table: str = "providers") -> list[dict[str, Any]]:
    """The rows of a paper that grants money, an organisation and an amount a line."""
    text = HEAD + "".join(f"{line.split('|')[0]}\tWork {n}\t{line.split('|')[1]}\n" for n, line in enumerate(lines))
    return provider_rows([understood(text)])[table]


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (("Rutland CC", "Rutland County Council"), ["rutland-county-council"]),
        (("Green & Blue Ltd.", "Green and Blue  ltd"), ["green-and-blue-ltd"]),
        (("Catch 5", "Catch5"), ["catch-5", "catch5"]),
        (("Green Club", "Green Club for Boats"), ["green-club", "green-club-for-boats"]),
    ],
    ids=["vocabulary", "same words", "alike", "longer"],
)
def test_names_are_one_only_where_that_is_sure(names: tuple[str, ...], ids: list[str]) -> None:
    assert sorted({provider_id(name) for name in names}) == ids


def test_printed_names_are_kept(understood: Understood) -> None:
    [row] = made(understood, "Green & Blue Ltd.|£5", "Green and Blue Ltd|£6")
    assert row["names"] == "Green & Blue Ltd.; Green and Blue Ltd"


@pytest.mark.parametrize(
    ("name", "identifier", "matched"),
    [
        ("Melton Borough Council", "GB-LAE-MEL", "whole"),
        ("Rutland County Council Places Directorate", "GB-LAE-RUT", "beginning"),
        ("Leicestershire County Council's Early Help", "GB-LAE-LEC", "beginning"),
        ("Leicestershire County Council and Leicester City Council", None, None),
        ("Partnership agreement with Leicester City Council", None, None),
        ("Leicester City Councillors", None, None),
        ("Women's Aid Leicestershire Ltd.", None, None),
        ("Norwich City Council", None, None),
    ],
)
def test_identifier_is_that_of_the_organisation_or_none(
    name: str, identifier: str | None, matched: str | None, understood: Understood
) -> None:
    [row] = made(understood, f"{name}|£5")
    assert (row["identifier"], row["matched"]) == (identifier, matched)


def test_alike_names_are_suggested_and_not_joined(understood: Understood) -> None:
    suggested = {
        row["provider_id"]: row["similar_to"] for row in made(understood, "Catch 5|£5", "Catch5|£6", "Other|£7")
    }
    assert suggested == {"catch-5": "catch5", "catch5": "catch-5", "other": None}


def test_nobody_yet_is_no_provider(understood: Understood) -> None:
    assert made(understood, "TBC|£5", "To be confirmed|£6") == []


def test_only_additive_amounts_are_summed(understood: Understood) -> None:
    copy = HEAD + "Club\tA\t£5\nClub\tB\t£6\nTeam\tC\t£7\n"
    results, _ = link([understood(copy + "\nMore is said here.\n", "a.txt"), understood(copy, "b.txt")])
    tables = provider_rows(results)
    assert [(row["provider_id"], row["paper_id"], row["amount_gbp"]) for row in tables["provider_years"]] == [
        ("club", "a", Decimal(11)), ("team", "a", Decimal(7))
    ]  # fmt: skip
    assert {row["provider_id"]: (row["figures"], row["papers"]) for row in tables["providers"]} == {
        "club": (4, 2), "team": (2, 2)
    }  # fmt: skip


def test_two_papers_are_never_added_together(understood: Understood) -> None:
    first, second = HEAD + "Club\tA\t£5\n", HEAD + "Club\tB\t£6\n"
    rows_ = provider_rows([understood(first, "a.txt"), understood(second, "b.txt")])["provider_years"]
    assert [(row["paper_id"], row["amount_gbp"]) for row in rows_] == [("a", Decimal(5)), ("b", Decimal(6))]


def test_every_additive_amount_of_a_provider_is_in_one_sum(run: Run) -> None:
    named = [line for result in run.results for line in result.allocations
             if line.provider and line.additive and line.amount_gbp is not None
             and not re.fullmatch("(?i)tbc|to be confirmed", line.provider)]  # fmt: skip
    years = run.tables["provider_years"].to_pylist()
    assert sum(row["amount_gbp"] for row in years) == sum(line.amount_gbp or 0 for line in named)
    assert sum(row["figures"] for row in years) == len(named)


def test_every_identifier_has_a_source_and_one_name() -> None:
    listed = rows("organisations")
    assert {row["identifier"] for row in listed if row["source"]} == {row["identifier"] for row in listed}
    assert len({(row["identifier"], row["name"]) for row in listed}) == len({row["identifier"] for row in listed})
