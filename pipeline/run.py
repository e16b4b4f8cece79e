"""The whole pipeline: one paper at a time through every stage, then what only all papers together tell."""

import platform
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from extractors.text import Unreadable, extract
from pipeline.account import account
from pipeline.check import check, to_arrow
from pipeline.describe import describe, priorities
from pipeline.intentions import across_rows
from pipeline.interpret import interpret, joined
from pipeline.link import Link, link
from pipeline.measure import measure
from pipeline.normalise import normalise
from pipeline.recognise import ALLOCATING, Recognised, recognise
from pipeline.reconcile import reconcile, with_evidence
from pipeline.register import Registered, register, unused, with_overrides
from pipeline.result import Result
from pipeline.tabulate import findings_rows, tabulate
from pipeline.write import replacing, write
from schemas.records import Document, Finding, Note, Paper, Place
from schemas.rules import Rule

_LIBRARIES = ("panel-papers", "click", "pandas", "pandera", "pyarrow", "xlsxwriter")
Progress = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Run:
    """What a run gives: the results, the tables as published, and the record of the run."""

    results: tuple[Result, ...]
    tables: dict[str, pa.Table]
    record: dict[str, Any]


def run(raw: Path, out: Path, progress: Progress) -> Run:
    """Every paper of `raw` through every stage, into `out`.

    Raises NoPapers where there is nothing to read and OSError where a folder cannot be read or written.
    """
    clock = _Clock()
    registered = register(raw)
    clock.tick("register")
    results = []
    for paper, path in registered.papers:
        progress(paper.file, "read")
        results.append(read_paper(paper, path, registered, clock))
    progress("all papers", "link")
    results, links = link(results)
    clock.tick("link")
    tables, results = publish(results, links, unused(registered))
    clock.tick("check")
    record = {**_record(registered, results, tables), "seconds": clock.seconds}
    progress("all papers", "write")
    with replacing(out) as folder:
        write(folder, tables, record)
    clock.tick("write")
    return Run(tuple(results), tables, record)


def read_paper(paper: Paper, path: Path, registered: Registered, clock: "_Clock | None" = None) -> Result:
    """One paper through every stage that needs no other paper: a pure function of its bytes."""
    clock = clock or _Clock()
    if paper.status == "unreadable":
        return _unreadable(paper, paper.reason or "")
    try:
        document = extract(path.read_bytes())
    except Unreadable as fault:
        return _unreadable(with_overrides(paper, registered.overrides), str(fault))
    clock.tick("extract")
    said = describe(document.lines, document.tables)
    paper = replace(
        paper, title=said.title, publisher=said.publisher, police_area_code=said.police_area_code,
        published_on=said.published_on,
    )  # fmt: skip
    return understand(with_overrides(paper, registered.overrides), document, clock)


def understand(paper: Paper, document: Document, clock: "_Clock | None" = None) -> Result:
    """What a paper as read means: kinds, rows, values, totals, and what became of every amount."""
    clock = clock or _Clock()
    tables = recognise(document.tables, paper.paper_id)
    clock.tick("recognise")
    said = joined([interpret(known) for known in tables])
    listed = priorities(document.lines)
    clock.tick("interpret")
    typed = normalise(said.drafts)
    measured = [measure(known) for known in tables]
    measures = [one for found, _ in measured for one in found]
    clock.tick("normalise")
    checks, disagreements = reconcile(tables, typed.allocations)
    allocations = with_evidence(typed.allocations, checks)
    clock.tick("reconcile")
    money, unplaced = account(document.text, paper.paper_id, tables, allocations, measures)
    clock.tick("account")
    findings = [
        *(_noted(paper, None, note) for note in document.notes),
        *(_noted(paper, known, note) for known in tables for note in known.table.notes),
        *chain.from_iterable(known.findings for known in tables),
        *said.findings,
        *typed.findings,
        *chain.from_iterable(faults for _, faults in measured),
        *disagreements,
        *unplaced,
        *across_rows(paper.paper_id, document, tables, said.intentions, listed),
    ]
    state = _state(paper, tables, findings)
    findings += [Finding(Rule.NO_TABLES, paper.paper_id, state.reason or "")] if state.status == "no-tables" else []
    return Result(
        state, tuple(tables), tuple(allocations), said.intentions, tuple(listed), tuple(measures), tuple(money),
        tuple(checks), tuple(findings),
    )  # fmt: skip


def _state(paper: Paper, tables: Sequence[Recognised], findings: Sequence[Finding]) -> Paper:
    if not tables:
        return replace(paper, status="no-tables", reason="No table was found in the paper.")
    serious = sum(finding.rule.severity != "notice" for finding in findings)
    if serious:
        reason = f"{serious} finding{'s' if serious > 1 else ''} of severity error or warning."
        return replace(paper, status="read-with-findings", reason=reason)
    return paper


def _unreadable(paper: Paper, reason: str) -> Result:
    failed = replace(paper, status="unreadable", reason=reason)
    return Result(failed, findings=(Finding(Rule.PAPER_UNREADABLE, paper.paper_id, reason),))


def _noted(paper: Paper, known: Recognised | None, note: Note) -> Finding:
    detail = f" ({note.detail})" if note.detail else ""
    message = f"{note.rule.meaning.rstrip('.')}{detail}."
    table_id = known.table_id if known else None
    return Finding(note.rule, paper.paper_id, message, note.place or Place(), table_id, raw=note.raw or None)


def publish(
    results: Sequence[Result], links: Sequence[Link], more: Sequence[Finding]
) -> tuple[dict[str, pa.Table], list[Result]]:
    """The tables as published. Rows that fail a check become findings."""
    rows = tabulate(results, links)
    tables, invalid = check(rows)
    papers = {result.paper.paper_id: result.paper for result in results}
    findings = [*chain.from_iterable(result.findings for result in results), *more, *invalid]
    tables["findings"] = to_arrow("findings", findings_rows(papers, findings))
    return tables, list(results)


def _record(registered: Registered, results: Sequence[Result], tables: dict[str, pa.Table]) -> dict[str, Any]:
    return {
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}},
        "inputs": {paper.file: paper.sha256 for paper, _ in registered.papers},
        "not_papers": list(registered.others),
        "counts": counts(results, tables),
    }


def counts(results: Sequence[Result], tables: dict[str, pa.Table]) -> dict[str, int]:
    """The counts of the summary: papers by state, tables, figures, totals, money, findings by severity."""
    states = Counter(result.paper.status for result in results)
    checks = Counter(each.status for result in results for each in result.checks)
    money = [each for result in results for each in result.money]
    severities = Counter(tables["findings"].column("severity").to_pylist())
    printed = [line for result in results for line in result.allocations if line.value_status == "printed"]
    evidence = Counter(line.evidence for line in printed)
    allocating = {known.table_id for result in results for known in result.tables if known.kind in ALLOCATING}
    return {
        "papers": len(results),
        **{f"papers {state}": states[state] for state in sorted(states)},
        "tables": tables["tables"].num_rows,
        "tables that allocate money": len(allocating),
        "figures in allocations": len(printed),
        **{f"figures {state}": evidence[state] for state in ("proved", "agreed", "single", "review")},
        "printed totals that agree": checks["agrees"],
        "printed totals that disagree": checks["disagrees"],
        "totals not printed": checks["not-printed"],
        "amounts of money": len(money),
        **{f"money used as {use}": sum(each.used_as == use for each in money) for use in
           ("allocation", "total", "measure", "cell-text", "prose")},
        **{f"findings of severity {name}": severities[name] for name in ("error", "warning", "notice")},
    }  # fmt: skip


class _Clock:
    """Seconds by stage; the only part of a run that differs from one to the next."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def tick(self, stage: str) -> None:
        """Add the time since the last tick to a stage."""
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now
