"""What pictures of the money show: sums by theme, mechanism, provider and year, and changes between years."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.audit.needs import link, pounds

Row = dict[str, Any]
_MOST_BARS = 12
EVIDENCE = ("proved", "agreed", "single", "review")
_WORDS = {"RO": "Reducing offending", "VW": "Victims and witnesses", "MCN": "Communities and neighbourhoods",
          "PV": "Protecting the vulnerable", "PLF": "Partnership locality fund"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """A named sum; `share` is its length in hundredths of the longest."""

    name: str
    amount: str
    share: float


@dataclass(frozen=True, slots=True)
class Change:
    """The money of one intention over the years; points are in hundredths of the largest amount."""

    code: str
    link: str
    amounts: tuple[str, ...]
    points: tuple[float, ...]
    change: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of one paper."""

    title: str
    file: str
    bars: tuple[tuple[str, tuple[Bar, ...]], ...]
    years: tuple[str, ...]
    changes: tuple[Change, ...]


def pictures(tables: Mapping[str, Sequence[Row]]) -> list[Pictures]:
    """The pictures of every paper that allocates money. Only figures that are safe to add up are added up."""
    found = []
    for paper in tables["papers"]:
        own = [r for r in tables["allocations"] if r["paper_id"] == paper["paper_id"] and r["additive"]]
        counted = [row for row in own if row["amount_gbp"] is not None]
        if counted:
            years, changes = _changes(counted)
            found.append(Pictures(paper["title"] or paper["file"], paper["file"], _bars(counted), years, changes))
    return found


def _bars(rows: Sequence[Row]) -> tuple[tuple[str, tuple[Bar, ...]], ...]:
    """A picture for each year's sums by theme, mechanism and provider, where the paper says them."""
    years = sorted({row["financial_year"] or "no year stated" for row in rows})
    pictures = [("By year", bars(rows, "financial_year"))]
    for year in years:
        own = [row for row in rows if (row["financial_year"] or "no year stated") == year]
        pictures += [
            (f"{year}, by {name}", bars(own, name))
            for name in ("theme", "mechanism", "provider")
            if len({row[name] for row in own}) > 1
        ]
    return tuple(pictures)


def bars(rows: Sequence[Row], column: str) -> tuple[Bar, ...]:
    """Sums by a column's value, the largest first, years in their order; what is beyond a dozen is one bar."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[_WORDS.get(row[column], row[column]) or "not stated"] += row["amount_gbp"]
    ordered = sorted(sums.items(), key=(lambda pair: pair[0]) if column == "financial_year" else _largest)
    if len(ordered) > _MOST_BARS + 1:
        rest = ordered[_MOST_BARS:]
        ordered = [*ordered[:_MOST_BARS], (f"{len(rest)} others", sum((s for _, s in rest), Decimal(0)))]
    longest = max(abs(amount) for _, amount in ordered) or Decimal(1)
    return tuple(Bar(name, pounds(s), round(float(max(s, Decimal(0)) / longest * 100), 2)) for name, s in ordered)


def _largest(pair: tuple[str, Decimal]) -> tuple[Any, ...]:
    return (-pair[1], pair[0])


def _changes(rows: Sequence[Row]) -> tuple[tuple[str, ...], tuple[Change, ...]]:
    """The intentions that have money in more than one year, those that change most first."""
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    first: dict[str, Row] = {}
    for row in rows:
        if row["intention_code"] and row["financial_year"]:
            sums[row["intention_code"]][row["financial_year"]] += row["amount_gbp"]
            first.setdefault(row["intention_code"], row)
    years = sorted({year for by_year in sums.values() for year in by_year})
    several = {code: [by_year.get(year) for year in years] for code, by_year in sums.items() if len(by_year) > 1}
    largest = max((amount or 0 for row in several.values() for amount in row), default=Decimal(0)) or Decimal(1)
    changes = [(_moved(amounts), code, amounts) for code, amounts in several.items()]
    return tuple(years), tuple(
        Change(
            code,
            link(first[code]["paper_id"], figure=first[code]["allocation_id"]),
            tuple(pounds(amount) if amount is not None else "–" for amount in amounts),
            tuple(round(float(amount / largest * 100), 2) for amount in amounts if amount is not None),
            _signed(moved),
        )
        for moved, code, amounts in sorted(changes, key=lambda each: (-abs(each[0]), each[1]))
    )


def _moved(amounts: Sequence[Decimal | None]) -> Decimal:
    known = [amount for amount in amounts if amount is not None]
    return known[-1] - known[0]


def _signed(amount: Decimal) -> str:
    return f"+{pounds(amount)}" if amount > 0 else "no change" if amount == 0 else pounds(amount)


def evidence(rows: Sequence[Row]) -> list[tuple[str, int, float, float]]:
    """How many printed figures have which evidence: its name, the count, where its share begins, and its share."""
    counts = [(name, sum(row["evidence"] == name and row["value_status"] == "printed" for row in rows))
              for name in EVIDENCE]  # fmt: skip
    whole, start, found = sum(count for _, count in counts) or 1, 0.0, []
    for name, count in counts:
        found.append((name, count, round(start, 3), round(100 * count / whole, 3)))
        start += 100 * count / whole
    return found
