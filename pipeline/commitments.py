"""The commitments of a year, and the intentions of an earlier paper that they pay for.

Commitments are printed without codes, so nothing is asserted. The same amount in the same year, the mechanism, the
theme, the strategic priorities and the words each say something; together they rank, and the best is suggested.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter

from pipeline.codes import find_codes
from pipeline.drafts import Intention
from pipeline.homes import Home, before_commitments, nearest
from pipeline.likeness import telling, weights
from pipeline.links import SUGGESTED, Link
from pipeline.result import Result
from schemas.records import Allocation

KIND = "commitments"
# What each sign weighs; a sign that one side does not print weighs nothing.
_MONEY, _PRIORITIES, _WORDS, _MECHANISM, _THEME = 0.3, 0.2, 0.3, 0.1, 0.1
_SUGGESTS = 0.45
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Share:
    """An intention, or a part of one, with its amount of the year; `words` are all that its row says."""

    intention: Intention
    line: Allocation
    words: str


def commitment_links(results: Sequence[Result], homes: Sequence[Home], coded: Sequence[Home]) -> Iterator[Link]:
    """Each commitment with the intention that it pays for, of the nearest earlier paper that plans its year.

    `homes` are the results' own, in their order; `coded` are those that have intentions.
    """
    by_id = {result.paper.paper_id: result for result in results}
    for result, home in zip(results, homes, strict=True):
        lines = _commitments(result)
        years = {line.financial_year for line in lines}
        planned = [
            other
            for other in before_commitments(home, coded if lines else ())
            if any(years & amounts.keys() for amounts in other.amounts.values())
        ]
        if latest := nearest(planned):
            yield from pays_for(lines, by_id[latest.paper.paper_id])


def pays_for(lines: Sequence[Allocation], plan: Result) -> Iterator[Link]:
    """Each commitment with the intention of the plan that most speaks for; none where too little does."""
    years = {line.financial_year for line in lines}
    shares = [share for share in _shares(plan) if share.line.financial_year in years]
    weigh = weights({share.intention.code.code: share.words for share in shares}.values())
    for line in lines:
        own = [share for share in shares if _may_pay(line, share, shares)]
        score, best = max(((_rank(line, share, weigh), share) for share in own), key=itemgetter(0), default=(0.0, None))
        if best is not None and score >= _SUGGESTS:
            yield _link(line, best, score)


def _may_pay(line: Allocation, share: _Share, shares: Sequence[_Share]) -> bool:
    """Whether a line may pay for a share: of its year, and from a fund that the plan's intentions are paid from."""
    funds = {each.line.mechanism for each in shares}
    return share.line.financial_year == line.financial_year and line.mechanism in (None, *funds)


def _commitments(result: Result) -> list[Allocation]:
    """The items of a paper's tables of commitments that no intention's code is printed at."""
    tables = {known.table_id for known in result.tables if known.kind == KIND}
    return [
        line
        for line in result.allocations
        if line.table_id in tables and line.line_type == "item" and line.amount_gbp and not line.intention_code
    ]


def _shares(result: Result) -> Iterator[_Share]:
    by_row = {(each.known.table_id, each.code.code): each for each in result.intentions}
    for line in result.allocations:
        intention = by_row.get((line.table_id, line.intention_code or ""))
        if intention is not None and line.amount_gbp:
            said = (intention.description, intention.comment, line.provider)
            yield _Share(intention, line, " ".join(filter(None, said)))


def _rank(line: Allocation, share: _Share, weigh: Mapping[str, float]) -> float:
    """How much speaks for a commitment paying for a share, 0 to 1."""
    signs = [
        (_MONEY, _paid(line.amount_gbp or _NOTHING, share.line.amount_gbp or _NOTHING)),
        (_WORDS, _alike(line, share, weigh)),
        *_stated(_PRIORITIES, _held(_priorities(line), _priorities_of(share.intention))),
        *_stated(_MECHANISM, _same(line.mechanism, share.line.mechanism)),
        *_stated(_THEME, _same(line.theme, share.intention.known.theme)),
    ]
    return round(sum(weight * sign for weight, sign in signs) / sum(weight for weight, _ in signs), 4)


def _paid(amount: Decimal, of: Decimal) -> float:
    """All for the same amount, half for one that leaves something over, less the more it is too much."""
    if amount == of:
        return 1.0
    return 0.5 if amount < of else 0.5 * float(of / amount)


def _stated(weight: float, sign: float | None) -> list[tuple[float, float]]:
    return [] if sign is None else [(weight, sign)]


def _alike(line: Allocation, share: _Share, weigh: Mapping[str, float]) -> float:
    """How many of the telling words an intention's row has too: those of the name, and those of all that is said."""
    whole = f"{line.item} {line.description or ''}"
    return (telling(line.item, share.words, weigh) + telling(whole, share.words, weigh)) / 2


def _priorities(line: Allocation) -> tuple[str, ...]:
    printed = f"{line.primary_priority or ''} {line.secondary_priority or ''}"
    return tuple(code.code for code in find_codes(printed)[0])


def _priorities_of(intention: Intention) -> frozenset[str]:
    return frozenset(code.code for code in intention.priorities)


def _held(mine: Sequence[str], theirs: frozenset[str]) -> float | None:
    """How far the priorities are the same: the share of each side's that the other has, in the mean."""
    if not mine or not theirs:
        return None
    both = len(theirs & {*mine})
    return (both / len({*mine}) + both / len(theirs)) / 2


def _same(mine: str | None, theirs: str | None) -> float | None:
    return None if mine is None or theirs is None else float(mine == theirs)


def _link(line: Allocation, share: _Share, score: float) -> Link:
    whole = share.line.line_type != "part" and line.amount_gbp == share.line.amount_gbp
    money = line.amount_gbp == share.line.amount_gbp
    return Link(share.intention.known.paper_id, share.intention.code.code, line.paper_id, line.item,
                "same" if whole else "split", "same-money" if money else "similar-words", score, SUGGESTED)  # fmt: skip
