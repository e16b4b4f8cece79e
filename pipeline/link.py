"""What only several papers together tell: copies of tables, the same intention elsewhere, codes used again."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.commitments import commitment_links
from pipeline.drafts import Intention
from pipeline.homes import home_of
from pipeline.links import Link, intention_links, once
from pipeline.result import Result
from schemas.records import Allocation, Finding
from schemas.rules import Rule
from schemas.vocabulary import fold

# Two tables are one table printed twice where this share of their lines agree in name, part, year and amount.
_COPY_SHARE = 0.8
_LEAST_LINES = 3
# Two descriptions speak of different things where they share less than this of their words.
_OTHER_WORDS = 0.4

_Key = tuple[str, str, str | None, str | None]


def link(results: Sequence[Result]) -> tuple[list[Result], list[Link]]:
    """Results with copies marked, and the links between their intentions."""
    tables = _by_table(results)
    copies = _copies(results, tables)
    intentions = [intention for result in results for intention in result.intentions]
    hashes = {result.paper.paper_id: result.paper.sha256 for result in results}
    marked = [_mark(result, copies, tables, intentions, hashes) for result in results]
    homes = [home_of(result, copies) for result in results]
    coded = [home for home in homes if home.intentions]
    links = [*intention_links(results, copies, coded), *commitment_links(results, homes, coded)]
    return marked, once(links)


def _key(line: Allocation) -> _Key:
    return line.intention_code or fold(line.item), line.line_type, line.part, line.financial_year


def _by_table(results: Sequence[Result]) -> dict[str, list[Allocation]]:
    tables: dict[str, list[Allocation]] = defaultdict(list)
    for result in results:
        for line in result.allocations:
            if line.amount_raw:
                tables[line.table_id].append(line)
    return tables


def _copies(results: Sequence[Result], tables: dict[str, list[Allocation]]) -> dict[str, str]:
    """The table of another paper that each copied table repeats. The larger paper has the original."""
    holders: dict[_Key, list[str]] = defaultdict(list)
    copies: dict[str, str] = {}
    for result in sorted(results, key=lambda r: (-r.paper.size, r.paper.sha256, r.paper.paper_id)):
        own = [t.table_id for t in result.tables if len(tables.get(t.table_id, ())) >= _LEAST_LINES]
        for table_id in own:
            if original := _original(table_id, tables, holders):
                copies[table_id] = original
        for table_id in own:
            for key in {_key(line) for line in tables[table_id]} if table_id not in copies else ():
                holders[key].append(table_id)
    return copies


def _original(table_id: str, tables: dict[str, list[Allocation]], holders: dict[_Key, list[str]]) -> str | None:
    """The table seen before that shares nearly all lines with this one, in names and in amounts."""
    lines = {_key(line): line.amount_gbp for line in tables[table_id]}
    counts: dict[str, int] = defaultdict(int)
    for key in lines:
        for other in holders.get(key, ()):
            counts[other] += 1
    for other in sorted(counts, key=lambda each: (-counts[each], each)):
        theirs = {_key(line): line.amount_gbp for line in tables[other]}
        same = sum(theirs.get(key) == amount for key, amount in lines.items())
        if min(same, counts[other]) >= _COPY_SHARE * max(len(lines), len(theirs)):
            return other
    return None


def _mark(
    result: Result,
    copies: dict[str, str],
    tables: dict[str, list[Allocation]],
    intentions: Sequence[Intention],
    hashes: dict[str, str],
) -> Result:
    """A paper's lines with what they copy and what copies them, and the findings on both."""
    partners = copies | {original: copy for copy, original in sorted(copies.items(), reverse=True)}
    findings = list(result.findings)
    lines = []
    for line in result.allocations:
        other = partners.get(line.table_id)
        twin = _twin(line, tables[other]) if other else None
        if twin is not None:
            same_file = hashes[twin.paper_id] == result.paper.sha256
            if line.amount_gbp != twin.amount_gbp:
                findings.append(_disagreement(line, twin))
            lines.append(_beside(line, twin, is_copy=line.table_id in copies, same_file=same_file))
        else:
            lines.append(line)
    own = [known.table_id for known in result.tables]
    findings += [_copy_finding(result, table_id, copies[table_id]) for table_id in own if table_id in copies]
    findings += [
        _printed_otherwise(first, second)
        for first, second in _same_rows(copies, intentions)
        if second.known.table_id in own and first.code.raw != second.code.raw
    ]
    findings += _reused(result, [i for i in intentions if i.known.table_id not in copies])
    return replace(result, allocations=tuple(lines), findings=tuple(findings))


def _twin(line: Allocation, others: Sequence[Allocation]) -> Allocation | None:
    found = [other for other in others if _key(other) == _key(line)]
    return found[0] if len(found) == 1 and line.amount_raw else None


def _beside(line: Allocation, twin: Allocation, *, is_copy: bool, same_file: bool) -> Allocation:
    """A line held against its twin: agreed where both print the same amount, else for review.

    The same file under two names is no second source.
    """
    evidence = line.evidence
    if line.amount_gbp != twin.amount_gbp:
        evidence = "review"
    elif evidence == "single" and not same_file:
        evidence = "agreed"
    if not is_copy:
        return replace(line, evidence=evidence)
    return replace(line, evidence=evidence, duplicate_of=twin.allocation_id, additive=False)


def _disagreement(line: Allocation, twin: Allocation) -> Finding:
    message = (
        f"{line.item} {line.line_type} {line.part or ''} {line.financial_year or ''}".replace("  ", " ").strip()
        + f" is {line.amount_raw} here and {twin.amount_raw} in {twin.table_id}, which prints the same table."
    )
    return Finding(
        Rule.COPY_DISAGREES,
        line.paper_id,
        message,
        line.place,
        line.table_id,
        line.row,
        line.column,
        line.amount_raw,
    )


def _copy_finding(result: Result, table_id: str, original: str) -> Finding:
    place = next(known.table.place for known in result.tables if known.table_id == table_id)
    message = f"This table repeats table {original}; its rows are copies, and only the original's are additive."
    return Finding(Rule.COPY, result.paper.paper_id, message, place, table_id)


def _same_rows(copies: dict[str, str], intentions: Sequence[Intention]) -> Iterator[tuple[Intention, Intention]]:
    """Each intention of an original with the same one of a copy."""
    by_table = {(i.known.table_id, i.code.code): i for i in intentions}
    for intention in intentions:
        original = copies.get(intention.known.table_id)
        if original and (other := by_table.get((original, intention.code.code))):
            yield other, intention


def _printed_otherwise(first: Intention, second: Intention) -> Finding:
    message = (
        f"{second.code.code} is printed {second.code.raw!r} here and {first.code.raw!r} in {first.known.table_id}."
    )
    return _on(second, Rule.COPY_PRINTED_OTHERWISE, message)


def _on(intention: Intention, rule: Rule, message: str) -> Finding:
    return Finding(
        rule, intention.known.paper_id, message, intention.place, intention.known.table_id, intention.row,
        raw=intention.code.raw,
    )  # fmt: skip


def _words(text: str | None) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", fold(text or "")))


def _likeness(first: Intention, second: Intention) -> float:
    """The share of words that two descriptions have in common."""
    mine, theirs = _words(first.description), _words(second.description)
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 1.0


def _reused(result: Result, originals: Sequence[Intention]) -> list[Finding]:
    """A finding where a code of this paper stands for something else in another one, or in another of its tables."""
    findings = []
    for intention in result.intentions:
        others = [
            other
            for other in originals
            if other.code.code == intention.code.code
            and other.known.table_id != intention.known.table_id
            and _likeness(intention, other) < _OTHER_WORDS
        ]
        paper_id = intention.known.paper_id
        papers = [other.known.paper_id for other in others if other.known.paper_id != paper_id]
        tables = [other.known.table_id for other in others if other.known.paper_id == paper_id]
        for found, by in ((papers, "paper"), (tables, "table")):
            if found:
                said = (
                    f"{intention.code.code} stands for another intention in {', '.join(found)}; join by {by} and code."
                )
                findings.append(_on(intention, Rule.CODE_REUSED, said))
    return findings
