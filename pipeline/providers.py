"""Who is paid: printed names brought together where they are one, and what each paper gives them in each year.

Names are one where their words are the same, or where the vocabulary says that both are one organisation. Whatever is
merely alike is suggested. Only additive amounts are added, and never those of two papers: the later one plans anew.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rapidfuzz import fuzz

from pipeline.likeness import plain
from pipeline.result import Result
from pipeline.write import plain as pounds
from schemas.records import Allocation
from schemas.vocabulary import fold, mechanisms, organisations

Row = dict[str, Any]
# Names less alike than this are not suggested to be one.
_SIMILAR = 0.93
# Only names that begin alike are compared, so that a hundred thousand of them can be.
_BEGINNING = 3
# What follows an organisation's name where the rest is a part of it, and no second organisation.
_OWN_PART = ("'s ", "(", "'", "- ", "for ")
_OTHERS = (" and ", ", ", " with ")


@dataclass(frozen=True, slots=True)
class _Known:
    """An organisation of the vocabulary, and whether all of a printed name is its name."""

    identifier: str
    name: str
    matched: str


def provider_rows(results: Sequence[Result]) -> dict[str, list[Row]]:
    """The rows of `providers` and of `provider_years`, by the words of their names."""
    groups: dict[str, list[Allocation]] = defaultdict(list)
    for result in results:
        for line in result.allocations:
            if line.provider and mechanisms().get(fold(line.provider)) != "tbc":
                groups[provider_id(line.provider)].append(line)
    years = {name: list(_years(name, groups[name])) for name in sorted(groups)}
    similar = _similar({name: lines[0].provider or "" for name, lines in groups.items()})
    return {
        "providers": [_provider(name, groups[name], years[name], similar) for name in years],
        "provider_years": [row for rows in years.values() for row in rows],
    }


def provider_id(printed: str) -> str:
    """One name for all printed names of a provider.

    >>> provider_id("Soft & Touch Ltd."), provider_id("Rutland CC")
    ('soft-and-touch-ltd', 'rutland-county-council')
    """
    known = _known(printed)
    name = known.name if known and known.matched == "whole" else printed
    return plain(name).replace(" ", "-") or fold(name)


def _known(printed: str) -> _Known | None:
    """The organisation that a printed name is, or that it begins with; None where it names several, or none."""
    name = fold(printed)
    if name in organisations():
        return _Known(*organisations()[name], "whole")
    if any(word in name for word in _OTHERS):
        return None
    found = [known for phrase, known in organisations().items() if _begins(name, phrase)]
    return _Known(*found[0], "beginning") if len(set(found)) == 1 else None


def _begins(name: str, phrase: str) -> bool:
    rest = name.removeprefix(phrase)
    return rest != name and (rest[0] == " " or rest.startswith(_OWN_PART))


def _years(name: str, lines: Sequence[Allocation]) -> Iterator[Row]:
    groups: dict[tuple[str, str], list[Allocation]] = defaultdict(list)
    for line in lines:
        if line.additive and line.amount_gbp is not None:
            groups[line.financial_year or "", line.paper_id].append(line)
    for (year, paper_id), own in sorted(groups.items()):
        amount = sum((line.amount_gbp or Decimal(0) for line in own), Decimal(0))
        yield {
            "provider_id": name, "paper_id": paper_id, "financial_year": year or None, "amount_gbp": amount,
            "figures": len(own), "review": any(line.evidence == "review" for line in own),
        }  # fmt: skip


def _provider(name: str, lines: Sequence[Allocation], years: Sequence[Row], similar: Mapping[str, str]) -> Row:
    names = list(dict.fromkeys(line.provider or "" for line in lines))
    known = _known(names[0])
    totals = [f"{row['financial_year'] or 'no year'} {pounds(row['amount_gbp'])} ({row['paper_id']})" for row in years]
    return {
        "provider_id": name, "names": "; ".join(names), "canonical_name": known.name if known else None,
        "identifier": known.identifier if known else None, "matched": known.matched if known else None,
        "similar_to": similar.get(name), "figures": len(lines), "papers": len({line.paper_id for line in lines}),
        "totals": "; ".join(totals) or None,
    }  # fmt: skip


def _similar(names: Mapping[str, str]) -> dict[str, str]:
    """For each provider the likest other one, where two are much alike."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        blocks[name[:_BEGINNING]].append(name)
    found = {}
    for block in blocks.values():
        for name in block:
            ranked = [(_alike(names[name], names[other]), other) for other in block if other != name]
            score, other = max(ranked, default=(0.0, ""))
            if score >= _SIMILAR:
                found[name] = other
    return found


def _alike(one: str, other: str) -> float:
    """Likeness of two names letter by letter, which blanks within them do not change; a longer name is another one."""
    return fuzz.ratio(plain(one).replace(" ", ""), plain(other).replace(" ", "")) / 100
