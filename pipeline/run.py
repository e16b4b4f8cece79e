"""The whole pipeline: one paper at a time through every stage, then what only all papers together tell."""

import platform
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from extractors import pdf, text
from extractors.unreadable import Unreadable
from pipeline.account import account
from pipeline.check import check, to_arrow
from pipeline.clock import Clock, Progress
from pipeline.describe import describe, priorities
from pipeline.intentions import across_rows
from pipeline.interpret import interpret, joined
from pipeline.laws import LAWS, laws
from pipeline.link import Link, link
from pipeline.measure import measure
from pipeline.normalise import normalise
from pipeline.recognise import ALLOCATING, Recognised, recognise
from pipeline.reconcile import reconcile, with_evidence
from pipeline.register import PDF, Registered, register, unused, with_overrides
from pipeline.result import Result
from pipeline.tabulate import findings_rows, tabulate
from pipeline.write import replacing, write
from schemas.records import Document, Finding, Note, Paper, Place
from schemas.rules import Rule

_LIBRARIES = (
    "panel-papers",
    "camelot-py",
    "click",
    "pandas",
    "pandera",
    "pdfplumber",
    "pdfminer.six",
    "pyarrow",
    "xlsxwriter",
)
EXTRACTORS = {"text/plain": text.extract, PDF: pdf.extract}


@dataclass(frozen=True, slots=True)
class Run:
    """What a run gives: the results, the tables as published, and the record of the run."""

    results: tuple[Result, ...]
    tables: dict[str, pa.Table]
    record: dict[str, Any]


def run(raw: Path, out: Path, progress: Progress | None = None) -> Run:
    """Every paper of `raw` through every stage, into `out`. `progress` is told each paper and stage.

    Raises NoPapers where there is nothing to read and OSError where a folder cannot be read or written.
    """
    clock = Clock(progress)
    with clock.stage("register"):
        registered = register(raw)
    results = []
    for paper, path in registered.papers:
        clock.subject = paper.file
        results.append(read_paper(paper, path, registered, clock))
    clock.subject = "all papers"
    with clock.stage("link"):
        results, links = link(results)
    with clock.stage("check"):
        tables = publish(results, links, unused(registered))
    record = {**_record(registered, results, tables), "seconds": clock.seconds}
    with clock.stage("write"), replacing(out) as folder:
        write(folder, tables, record)
    return Run(tuple(results), tables, record)


def read_paper(paper: Paper, path: Path, registered: Registered, clock: Clock | None = None) -> Result:
    """One paper through every stage that needs no other paper: a pure function of its bytes."""
    clock = clock or Clock()
    if paper.status == "unreadable":
        return _unreadable(paper, paper.reason or "")
    try:
        with clock.stage("extract"):
            document = EXTRACTORS[paper.media_type](path.read_bytes())
    except Unreadable as fault:
        return _unreadable(with_overrides(paper, registered.overrides), str(fault))
    said = describe(document.lines, document.tables)
    paper = replace(
        paper,
        pages=document.pages,
        title=said.title,
        publisher=said.publisher,
        police_area_code=said.police_area_code,
        published_on=said.published_on,
    )
    return understand(with_overrides(paper, registered.overrides), document, clock)


def understand(paper: Paper, document: Document, clock: Clock | None = None) -> Result:
    """What a paper as read means: kinds, rows, values, totals, and what became of every amount."""
    clock = clock or Clock()
    with clock.stage("recognise"):
        tables = recognise(document.tables, paper.paper_id)
    with clock.stage("interpret"):
        said = joined([interpret(known) for known in tables])
        listed = priorities(document.lines)
    with clock.stage("normalise"):
        typed = normalise(said.drafts)
        measures, unmeasured = measure(tables)
    with clock.stage("reconcile"):
        checks, disagreements = reconcile(tables, typed.allocations)
        allocations = with_evidence(typed.allocations, checks)
    with clock.stage("account"):
        money, unplaced = account(document.text, paper.paper_id, tables, allocations, measures)
    findings = [
        *(_noted(paper, None, note) for note in document.notes),
        *(_noted(paper, known, note) for known in tables for note in known.table.notes),
        *chain.from_iterable(known.findings for known in tables),
        *said.findings,
        *typed.findings,
        *unmeasured,
        *disagreements,
        *unplaced,
        *across_rows(paper.paper_id, document, tables, said.intentions, listed),
    ]
    state = _state(paper, tables, findings)
    if state.status == "no-tables":
        findings.append(Finding(Rule.NO_TABLES, paper.paper_id, state.reason or ""))
    return Result(
        paper=state,
        tables=tuple(tables),
        allocations=tuple(allocations),
        intentions=said.intentions,
        priorities=tuple(listed),
        measures=tuple(measures),
        money=tuple(money),
        checks=tuple(checks),
        findings=tuple(findings),
        glyphs=document.glyphs,
        laws=laws(document, allocations, money),
    )


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


def publish(results: Sequence[Result], links: Sequence[Link], more: Sequence[Finding] = ()) -> dict[str, pa.Table]:
    """The tables as published. Rows that fail a check become findings."""
    tables, invalid = check(tabulate(results, links))
    by_id = {result.paper.paper_id: result for result in results}
    findings = [*chain.from_iterable(result.findings for result in results), *more, *invalid]
    tables["findings"] = to_arrow("findings", findings_rows(by_id, findings))
    return tables


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
        **{law: sum(result.laws[law] for result in results if result.laws) for law in LAWS},
        "amounts of money": len(money),
        **{f"money used as {use}": sum(each.used_as == use for each in money) for use in
           ("allocation", "total", "measure", "cell-text", "prose")},
        **{f"findings of severity {name}": severities[name] for name in ("error", "warning", "notice")},
    }  # fmt: skip
