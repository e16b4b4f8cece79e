"""Whose paper it is that prints intentions, and which paper of the same house came before it."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.drafts import Intention
from pipeline.result import Result
from schemas.records import Paper
from schemas.vocabulary import fold

Amounts = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Home:
    """A paper with its own intentions: its house, its first year, the prefixes of its codes, each code's amounts.

    The house is the police area, else the publisher; None where the paper states neither.
    """

    paper: Paper
    house: str | None
    start: date | None
    prefixes: frozenset[str]
    intentions: tuple[Intention, ...]
    amounts: Mapping[str, Amounts]


def home_of(result: Result, copies: Mapping[str, str]) -> Home:
    """A paper as a home; the rows of copied tables are at home in the original's paper."""
    own = tuple(each for each in result.intentions if each.known.table_id not in copies)
    years: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for line in result.allocations:
        if line.intention_code and line.line_type in ("item", "total") and line.amount_gbp is not None:
            years[line.intention_code][line.financial_year or ""] = line.amount_gbp
    coded = [line for line in result.allocations if line.intention_code or not own]
    start = min((line.period_start for line in coded if line.period_start), default=None)
    prefixes = frozenset(prefix for each in own if (prefix := re.sub(r"[\W\d].*", "", each.code.code)))
    return Home(result.paper, house_of(result.paper), start, prefixes, own, years)


def house_of(paper: Paper) -> str | None:
    """Whose paper it is: its police area, else its publisher.

    >>> house_of(Paper("a", "a.txt", "", "text/plain", 5, publisher="The  Board"))
    'the board'
    """
    return paper.police_area_code or (fold(paper.publisher) if paper.publisher else None)


def earlier(homes: Sequence[Home]) -> dict[str, list[Home]]:
    """For each paper the homes of the same house before it, by their dates or else by their first years.

    Where one of two papers does not state its house, codes of the same letters stand for it.
    """
    by_house: dict[str | None, list[Home]] = defaultdict(list)
    for home in homes:
        by_house[home.house].append(home)
    found = {}
    for home in homes:
        alike = homes if home.house is None else [*by_house[home.house], *by_house[None]]
        found[home.paper.paper_id] = [other for other in alike if _kin(other, home) and _before(other, home)]
    return found


def _kin(one: Home, other: Home) -> bool:
    if one.house and other.house:
        return one.house == other.house
    return bool(one.prefixes & other.prefixes)


def _before(one: Home, other: Home) -> bool:
    if one.paper.published_on and other.paper.published_on:
        return one.paper.published_on < other.paper.published_on
    return one.start is not None and other.start is not None and one.start < other.start


def before_commitments(home: Home, homes: Sequence[Home]) -> list[Home]:
    """The homes before a paper that prints no codes: of its house, or of the only house there is where it has none."""
    houses = {other.house for other in homes}
    if home.house is None and len(houses - {None}) > 1:
        return []
    return [other for other in homes if home.house in (None, other.house) and _before(other, home)]


def nearest(homes: Sequence[Home]) -> Home | None:
    """The latest of these homes."""
    return max(homes, key=lambda home: (home.paper.published_on or home.start or date.min, home.paper.paper_id),
               default=None)  # fmt: skip
