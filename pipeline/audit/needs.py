"""What needs a person, the gravest first: groups of findings and figures, each with its place in the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from pipeline.corrections import place_text

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Need:
    """A thing to look at: what it says, where it stands, the link that opens it there, and a sum where it is one.

    `key` is the paper's hash and the place, by which a mark of a person is known to settle it.
    """

    severity: str
    rule: str
    message: str
    where: str
    file: str
    key: str
    link: str
    raw: str | None = None
    suggestion: str | None = None
    total: "Sum | None" = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A printed total held against its parts, each part with its name, its amount and its link."""

    parts: tuple[tuple[str, str, str], ...]
    computed: str
    printed: str
    difference: str


@dataclass(frozen=True, slots=True)
class Group:
    """Needs of one sort. `what` says in a word or two what is counted where there are none."""

    name: str
    title: str
    what: str
    needs: tuple[Need, ...]


# The groups in the order in which they are shown, with the rules of their findings.
_GROUPS = (
    ("unread", "Papers that could not be read", "unread papers",
     ("paper-unreadable", "paper-quarantined", "no-tables")),
    ("totals", "Totals that disagree with their parts", "totals that disagree",
     ("total-disagrees", "total-of-nothing")),
    ("review", "Figures for review", "other figures for review", ("disputed", "readings-differ")),
    ("money", "Money that is not accounted for", "amounts not accounted for",
     ("money-not-placed", "money-unreadable", "year-unknown", "unknown-table")),
    ("copies", "Copies that disagree with their original", "copies that disagree", ("copy-disagrees",)),
    ("codes", "Codes that were repaired or cannot be read", "damaged codes", ("code-repaired", "code-unreadable")),
    ("pools", "Funds shared by several rows: do not add them up", "shared funds", ("shared-pool",)),
    ("errors", "Other errors", "other errors", ()),
    ("warnings", "Other warnings", "other warnings", ()),
    ("notices", "Worth knowing", "notices", ()),
)  # fmt: skip


def needs(tables: Mapping[str, Sequence[Row]]) -> tuple[Group, ...]:
    """All groups in their order, empty ones too. The parts of a wrong total are told with it and nowhere else."""
    papers = {row["paper_id"]: row for row in tables["papers"]}
    sums = {(row["table_id"], row["source_ref"], row["explanation"]): row for row in tables["reconciliation"]}
    figures = {row["allocation_id"]: row for row in tables["allocations"]}
    found: dict[str, list[Need]] = {name: [] for name, *_ in _GROUPS}
    told = {(row["table_id"], row["source_ref"]) for row in tables["findings"]}
    under = {part for row in tables["reconciliation"] if row["status"] not in ("agrees", "not-printed")
             for part in (row["parts"] or "").split()}  # fmt: skip
    for row in tables["findings"]:
        check = next((c for key, c in sums.items() if key[:2] == (row["table_id"], row["source_ref"])
                      and row["rule"].startswith("total-") and key[2] in row["message"]), None)  # fmt: skip
        found[_group(row)].append(_need(row, papers, _sum(check, figures) if check else None))
    doubted = [row for row in figures.values() if row["evidence"] == "review" and row["allocation_id"] not in under]
    found["review"] += [_doubt(row, papers) for row in doubted if (row["table_id"], row["source_ref"]) not in told]
    return tuple(Group(name, title, what, tuple(found[name])) for name, title, what, _ in _GROUPS)


def _group(finding: Row) -> str:
    named = next((name for name, _, _, rules in _GROUPS if finding["rule"] in rules), None)
    return named or f"{finding['severity']}s"


def _need(row: Row, papers: Mapping[str, Row], total: Sum | None) -> Need:
    paper = papers[row["paper_id"]]
    return Need(
        row["severity"],
        row["rule"],
        row["message"],
        _where(paper, row),
        paper["file"],
        _key(paper, row),
        link(row["paper_id"], finding=row["finding_id"]),
        row["raw"],
        row["suggestion"],
        total,
    )


def _doubt(figure: Row, papers: Mapping[str, Row]) -> Need:
    """A figure for review of which no finding at the same place speaks."""
    paper = papers[figure["paper_id"]]
    message = f"{figure['amount_raw']} of {figure['item']!r} is up for review: something disagrees with it."
    address = link(figure["paper_id"], figure=figure["allocation_id"])
    where, key = _where(paper, figure), _key(paper, figure)
    return Need("warning", "review", message, where, paper["file"], key, address, figure["amount_raw"])


def _key(paper: Row, row: Row) -> str:
    """What a mark of a person at the same place has in its name too."""
    return f"{paper['sha256']}|{place_text(row)}"


def _where(paper: Row, row: Row) -> str:
    return ", ".join(filter(None, (paper["title"] or paper["file"], _at(row))))


def _at(row: Row) -> str:
    if row["page"] is not None:
        return f"page {row['page']}"
    return f"line {row['line']}" if row["line"] is not None else ""


def link(paper_id: str, **place: str) -> str:
    """The address of a place inside the report.

    >>> link("a", figure="a/c12")
    'index.html#paper=a&figure=a%2Fc12'
    """
    parts = {"paper": paper_id, **place}
    return "index.html#" + "&".join(f"{name}={quote(value, safe='')}" for name, value in parts.items())


def _sum(check: Row, figures: Mapping[str, Row]) -> Sum | None:
    own = [figures[part] for part in (check["parts"] or "").split() if part in figures]
    if not own or check["status"] != "disagrees":
        return None
    parts = tuple((_name(part), pounds(part["amount_gbp"]), link(part["paper_id"], figure=part["allocation_id"]))
                  for part in own)  # fmt: skip
    amounts = (check["computed_gbp"], check["printed_gbp"], check["difference_gbp"])
    return Sum(parts, *(pounds(amount) for amount in amounts))


def _name(figure: Row) -> str:
    return f"{figure['item']} {figure['part']})" if figure["part"] else str(figure["item"])


def pounds(amount: Decimal | None) -> str:
    """An amount as people write it; a question mark for one that is not known.

    >>> pounds(Decimal("-1234.50"))
    '−£1,234.50'
    """
    if amount is None:
        return "?"
    whole = amount == amount.to_integral_value()
    return f"{'−' if amount < 0 else ''}£{abs(amount):,.{0 if whole else 2}f}"
