"""One intention's life through all papers of an output folder, told from its tables.

A life is what links hold together, not what bears one code: a code that was given again has a life for each meaning.
Asserted links make a life; a suggested one joins what is alike where no paper would then have the life twice.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyarrow import parquet

from pipeline.likeness import plain
from pipeline.links import ASSERTED, LEGACY
from pipeline.spreadsheet import possible

Row = dict[str, Any]
# A paper and a code in it; of previous codes whose paper is not at hand also the paper that names them.
Node = tuple[str, str]
_RULE = 100
_TABLES = ("papers", "intentions", "intention_links", "allocations")


class NoHistory(Exception):
    """There is nothing to tell; the message is a sentence for people."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a folder says: papers and intentions by name, links between codes, and commitments by the code they pay."""

    papers: Mapping[str, Row]
    intentions: Mapping[Node, list[Row]]
    links: tuple[Row, ...]
    commitments: Mapping[Node, list[Row]]


def history(out: Path, code: str, paper: str | None = None) -> Iterator[str]:
    """The lines that tell each life of a code, the earliest first; of the meaning it has in one paper where named.

    Raises NoHistory where there is no output, no such code, or no such paper.
    """
    if not all((out / f"{name}.parquet").is_file() for name in _TABLES):
        raise NoHistory(f"{out} holds no tables; run `panel-papers extract` first.")
    known = _known(out)
    if paper is not None and paper not in known.papers:
        raise NoHistory(f"There is no paper {paper}; the table papers lists their names.")
    lives = [life for life in _lives(known) if any(node[1] == code for node in life)]
    lives.sort(key=lambda life: [_moment(known, node) for node in life])
    asked = [(number, life) for number, life in enumerate(lives, 1) if paper is None or (paper, code) in life]
    if not asked:
        raise NoHistory(f"No intention has the code {code}{f' in {paper}' if paper else ''}.")
    money = _money(out, known, [node for _, life in asked for node in life])
    for number, life in asked:
        yield from _told(known, life, f"{code}: life {number} of {len(lives)}", money)


def _read(out: Path, name: str, **where: Any) -> list[Row]:
    rows: list[Row] = parquet.read_table(out / f"{name}.parquet", **where).to_pylist()
    return rows


def _known(out: Path) -> _Known:
    intentions: dict[Node, list[Row]] = defaultdict(list)
    for row in _read(out, "intentions"):
        intentions[row["paper_id"], row["code"]].append(row)
    for row in _read(out, "allocations", columns=["paper_id", "intention_code", "title", "source_ref"]):
        node = (row["paper_id"], row["intention_code"])
        if node[1] and node not in intentions:
            intentions[node].append({**row, "description": row["title"]})
    commitments: dict[Node, list[Row]] = defaultdict(list)
    links = []
    for row in _read(out, "intention_links"):
        if _end(row) in intentions:
            links.append(row)
        else:
            commitments[row["from_paper_id"], row["from_code"]].append(row)
    return _Known({row["paper_id"]: row for row in _read(out, "papers")}, intentions, tuple(links), commitments)


def _start(link: Row) -> Node:
    """Where a link begins. Previous codes without a paper are one for each paper that names them."""
    paper_id = link["from_paper_id"]
    return (f"{LEGACY} {link['to_paper_id']}" if paper_id == LEGACY else paper_id), link["from_code"]


def _end(link: Row) -> Node:
    return link["to_paper_id"], link["to_code"]


def _lives(known: _Known) -> list[list[Node]]:
    """The groups of codes that links hold together, each in the order of its papers."""
    groups: dict[Node, set[Node]] = {node: {node} for node in known.intentions}
    for link in sorted(known.links, key=lambda each: (each["status"] != ASSERTED, -each["score"])):
        one, other = (groups.setdefault(node, {node}) for node in (_start(link), _end(link)))
        if one is not other and (link["status"] == ASSERTED or not {p for p, _ in one} & {p for p, _ in other}):
            one |= other
            groups.update(dict.fromkeys(other, one))
    distinct = {id(group): group for group in groups.values()}.values()
    return [sorted(group, key=lambda node: _moment(known, node)) for group in distinct]


def _moment(known: _Known, node: Node) -> tuple[str, bool, str, str]:
    """When a code was printed, to sort by; editions that a paper speaks of stand before its own, excerpts too."""
    paper_id = _home(known, node[0])
    day = known.papers[paper_id]["published_on"] if paper_id else None
    return str(day or "9999"), node[0] == paper_id, node[0], node[1]


def _home(known: _Known, name: str) -> str | None:
    """The paper that speaks of this one or edition; None where the folder has none."""
    name = name.removeprefix(f"{LEGACY} ")
    if name in known.papers:
        return name
    return max((paper for paper in known.papers if name.startswith(f"{paper}-")), key=len, default=None)


def _money(out: Path, known: _Known, nodes: Sequence[Node]) -> dict[Node, list[Row]]:
    """The amounts of these codes and of the commitments that may pay for them, by their papers and items."""
    paying = {_end(link) for node in nodes for link in known.commitments.get(node, ())}
    wanted = {*nodes, *paying}
    names = sorted({paper_id for paper_id, _ in wanted})
    found: dict[Node, list[Row]] = defaultdict(list)
    for row in _read(out, "allocations", filters=[("paper_id", "in", names)]):
        node = (row["paper_id"], row["intention_code"] or row["item"])
        if node in wanted:
            found[node].append(row)
    return found


def _told(known: _Known, life: Sequence[Node], title: str, money: Mapping[Node, list[Row]]) -> Iterator[str]:
    words = [row["description"] for node in life for row in known.intentions.get(node, ()) if row["description"]]
    yield "=" * _RULE
    yield f"{title}. {possible(words[-1]) if words else 'No words are printed.'}"
    yield "=" * _RULE
    yield from _by_year(life, money)
    for node in life:
        yield from _entry(known, node, life, money)
    paying = [link for node in life for link in known.commitments.get(node, ())]
    if paying:
        yield "Commitments that may pay for it (suggested; a person has to decide; not added to the amounts above)"
    for link in sorted(paying, key=lambda each: -each["score"]):
        yield f"    {possible(link['to_code'])}, {link['to_paper_id']}, by {link['basis']}, {link['score']:.2f}"
        yield from _amounts([row for row in money.get(_end(link), ()) if row["line_type"] == "item"])
    yield ""


def _by_year(life: Sequence[Node], money: Mapping[Node, list[Row]]) -> Iterator[str]:
    """What each paper prints for the whole of the intention, year by year; nothing is added up."""
    years: dict[str, list[str]] = defaultdict(list)
    for node in life:
        own = [row for row in money.get(node, ()) if not row["duplicate_of"] and row["amount_gbp"] is not None]
        for year in {row["financial_year"] or "no year" for row in own}:
            amounts = _wholes([row for row in own if (row["financial_year"] or "no year") == year])
            years[year].append(f"{amounts} ({node[1]} in {node[0]})")
    for year in sorted(years):
        yield f"{year}: {'; '.join(years[year])}"


def _wholes(rows: Sequence[Row]) -> str:
    """The whole amount of a year; where none is printed, that."""
    whole = [row for row in rows if row["line_type"] == "total" or (row["line_type"] == "item" and row["additive"])]
    printed = " and ".join(f"£{row['amount_gbp']:,.2f}" for row in whole)
    return printed or ("only parts" if any(row["additive"] for row in rows) else "only whole funds")


def _entry(known: _Known, node: Node, life: Sequence[Node], money: Mapping[Node, list[Row]]) -> Iterator[str]:
    """A code in one paper: how it hangs together with the others, its words, its money, each with its place."""
    paper = known.papers.get(node[0])
    name, code = node
    yield f"{code}  {_title(paper) if paper else _unheld(known, name)}"
    for link in known.links:
        if _end(link) == node and _start(link) in life:
            yield f"    {_because(link)}"
    own = known.intentions.get(node, ())
    if len({plain(row["description"] or "") for row in own}) > 1:
        yield "    the paper prints the code with other words in several tables; each amount says its place"
    for row in own:
        yield f"    {possible(row['description'] or 'no words')}"
        yield f"    {row['source_ref']}"
    rows = money.get(node, ())
    copied = [row for row in rows if row["duplicate_of"] and row["evidence"] != "review"]
    if copied:
        yield f"      {len(copied)} figures that are copies of those in {_original(known, node)}; count them once"
    yield from _amounts([row for row in rows if row not in copied])


def _original(known: _Known, node: Node) -> str:
    links = (link for link in known.links if link["relation"] == "excerpt" and _start(link) == node)
    return next((link["to_paper_id"] for link in links), "another paper")


def _title(paper: Row) -> str:
    return f"{paper['paper_id']} ({paper['published_on'] or 'no date'})"


def _unheld(known: _Known, name: str) -> str:
    if name.startswith(f"{LEGACY} "):
        return f"a previous code, which {name.removeprefix(f'{LEGACY} ')} prints"
    home = _home(known, name)
    return f"{name} (an edition that {home} speaks of)" if home else name


def _because(link: Row) -> str:
    certain = (
        "" if link["status"] == ASSERTED else f" (suggested, likeness {link['score']:.2f}: a person has to decide)"
    )
    return f"{link['relation']} as {link['from_code']} of {link['from_paper_id']}, by {link['basis']}{certain}"


def _amounts(rows: Sequence[Row]) -> Iterator[str]:
    """Amounts by year: the whole first, then its parts; whole funds and copies by name, for they are not its own."""
    years: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        years[row["financial_year"] or "no year"].append(row)
    for year in sorted(years):
        for row in sorted(years[year], key=lambda each: (each["line_type"] == "part", each["part"] or "")):
            yield _amount(year, row)


def _amount(year: str, row: Row) -> str:
    what = {"part": f"  part {row['part']}", "total": "total of the parts"}.get(row["line_type"], row["line_type"])
    printed = f"£{row['amount_gbp']:,.2f}" if row["amount_gbp"] is not None else row["value_status"]
    said = [what, row["provider"] and possible(row["provider"]), row["mechanism"], _apart(row)]
    return f"      {year}  {printed:>16}  {', '.join(filter(None, said))}  {row['source_ref']}"


def _apart(row: Row) -> str | None:
    """What keeps an amount from being added up, or from being trusted."""
    if row["duplicate_of"]:
        return "a copy: count it once"
    if not row["additive"] and row["line_type"] != "total":
        return "a whole fund that pays for others too"
    return "up for review" if row["evidence"] == "review" else None
