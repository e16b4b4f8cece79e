"""The whole pipeline: one paper at a time through every stage, then what only all papers together tell."""

import platform
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from extractors import rescue, text
from extractors.files.limits import OverLimit
from extractors.files.magic import TEXT
from extractors.files.unreadable import Unreadable
from extractors.scans import tesseract
from pipeline.account import account
from pipeline.audit import Sources, audit
from pipeline.carry import packed
from pipeline.check import check, to_arrow
from pipeline.clock import Clock, Progress
from pipeline.correct import locate, with_amounts, with_codes, with_disputes, with_figures, with_names, with_print
from pipeline.corrections import Correction, sound, unused_corrections
from pipeline.describe import describe, priorities
from pipeline.each import USUAL, Asked, How, read_each, refused
from pipeline.intentions import across_rows
from pipeline.interpret import interpret, joined
from pipeline.isolate import Told
from pipeline.laws import LAWS, laws
from pipeline.link import link
from pipeline.links import Link
from pipeline.measure import measure
from pipeline.mentions import mentions
from pipeline.normalise import normalise
from pipeline.opened import opened
from pipeline.outcomes import Read, outcomes
from pipeline.recognise import ALLOCATING, Recognised, recognise
from pipeline.reconcile import reconcile, with_evidence
from pipeline.register import Registered, register, unused, with_overrides
from pipeline.result import Result
from pipeline.scans import weighed
from pipeline.tabulate import findings_rows, tabulate
from pipeline.workplace import workplace
from pipeline.write import refuse_others, replacing, write, write_record
from schemas.records import Document, Finding, Note, Paper, Place
from schemas.rules import Rule

_LIBRARIES = (
    "panel-papers",
    "camelot-py",
    "playa-pdf",
    "click",
    "Jinja2",
    "pandas",
    "pandera",
    "pdfplumber",
    "pdfminer.six",
    "pikepdf",
    "numpy",
    "opencv-python-headless",
    "pillow",
    "pyarrow",
    "pypdfium2",
    "rapidfuzz",
    "rapidocr",
    "onnxruntime",
    "xlsxwriter",
)


@dataclass(frozen=True, slots=True)
class Run:
    """What a run gives: the results, the tables as published, and the record of the run."""

    results: tuple[Result, ...]
    tables: dict[str, pa.Table]
    record: dict[str, Any]


def run(raw: Path, out: Path, progress: Progress | None = None, how: How = USUAL) -> Run:
    """Every paper of `raw` through every stage, into `out`. `progress` is told each paper and stage.

    Raises NoPapers where there is nothing to read, NotOurs or Busy where `out` cannot be written now, and OSError
    where a folder cannot be read or written. `out` is replaced as a whole or not at all.
    """
    clock, out = Clock(progress), out.absolute()
    with clock.stage("register"):
        registered = register(raw)
    refuse_others(out)
    with workplace(out) as place:
        with clock.stage("read"):
            results = read_each(registered, read_apart, how, place, clock)
        with clock.stage("link"):
            results, links = link(results)
        with clock.stage("check"):
            tables = publish(results, links, [*unused(registered), *_parked(registered, results)])
        record = {**_record(registered, results, tables, how), "seconds": clock.seconds}
        with replacing(out, place) as folder:
            with clock.stage("write"):
                write(folder, tables, record)
            with clock.stage("audit"):
                files = {paper.paper_id: path for paper, path in registered.papers}
                columns = {line.allocation_id: line.column for result in results for line in result.allocations}
                audit(folder, tables, record, Sources(files, columns, registered.marks, how.limits))
            record = write_record(folder, record)
    return Run(tuple(results), tables, record)


def read_one(registered: Registered, how: How = USUAL) -> Result:
    """The first paper of a folder, in a process of its own."""
    with TemporaryDirectory() as folder:
        return read_each(replace(registered, papers=registered.papers[:1]), read_apart, how, Path(folder), Clock())[0]


def read_paper(paper: Paper, path: Path, registered: Registered, how: How = USUAL) -> Result:
    """One paper in this process, without the protection of one of its own."""
    paper, data = opened(paper, path, registered.root, how.limits)
    if paper.status != "read":
        return refused(paper)
    return read_opened(Asked(paper, data, registered.overrides, how.limits, sound(registered.corrections)))


def read_apart(asked: Asked, told: Told) -> bytes:
    """One paper, as its own process reads it: the result and the seconds of its stages, packed."""
    clock = Clock()
    result = read_opened(asked, clock, told)
    return packed(result, clock.seconds)


def read_opened(asked: Asked, clock: Clock | None = None, told: Told = rescue.nobody) -> Result:
    """One paper through every stage that needs no other paper: a pure function of its bytes and the limits."""
    clock, paper = clock or Clock(), asked.paper
    try:
        with clock.stage("extract"):
            document = _extract(asked, told)
    except Unreadable as fault:
        status = "quarantined" if isinstance(fault, OverLimit) else "unreadable"
        return refused(replace(with_overrides(paper, asked.overrides), status=status, reason=str(fault)))
    said = describe(document.lines, document.tables)
    paper = replace(
        paper,
        pages=document.pages,
        title=said.title,
        publisher=said.publisher,
        police_area_code=said.police_area_code,
        published_on=said.published_on,
    )
    return understand(with_overrides(paper, asked.overrides), document, clock, asked.corrections)


def _extract(asked: Asked, told: Told) -> Document:
    if asked.paper.media_type == TEXT:
        return text.extract(asked.data, asked.limits)
    return rescue.extract(asked.data, asked.limits, told, plain=asked.plain)


def _parked(registered: Registered, results: Sequence[Result]) -> list[Finding]:
    return list(unused_corrections(registered.corrections, [result.paper for result in results]))


def _read_with(paper: Paper, document: Document, tables: Sequence[Recognised]) -> list[Finding]:
    """What was noticed while a paper was read and its tables were recognised."""
    return [
        *(_noted(paper, None, note) for note in document.notes),
        *(_noted(paper, known, note) for known in tables for note in known.table.notes),
        *chain.from_iterable(known.findings for known in tables),
    ]


def understand(
    paper: Paper, document: Document, clock: Clock | None = None, corrections: Sequence[Correction] = ()
) -> Result:
    """What a paper as read and corrected means: kinds, rows, values, totals, and what became of every amount."""
    clock = clock or Clock()
    located, parked = locate(corrections, paper, document)
    with clock.stage("recognise"):
        tables = recognise(document.tables, paper.paper_id)
    with clock.stage("interpret"):
        said = with_print(joined([interpret(with_codes(known, located)) for known in tables]), located)
        listed = priorities(document.lines)
        named_elsewhere = mentions(document, tables, said.intentions)
    with clock.stage("normalise"):
        typed = normalise(said.drafts)
        counted, unmeasured = measure(tables)
        measures = with_figures(counted, located)
    with clock.stage("reconcile"):
        named = with_names(with_amounts(typed.allocations, located), said.intentions, located)
        disputed = with_disputes(named, said.intentions, located)
        checks, disagreements = reconcile(tables, disputed)
        allocations, doubts = weighed(tables, with_evidence(disputed, checks))
    with clock.stage("account"):
        money, unplaced = account(document.text, paper.paper_id, tables, allocations, measures)
    findings = [
        *_read_with(paper, document, tables),
        *said.findings,
        *typed.findings,
        *unmeasured,
        *disagreements,
        *doubts,
        *unplaced,
        *across_rows(paper.paper_id, document, tables, said.intentions, listed),
        *parked,
        *outcomes(located, Read(paper.paper_id, tables, allocations, measures), document),
    ]
    state = _state(paper, tables, findings)
    return Result(
        paper=state,
        tables=tuple(tables),
        allocations=tuple(allocations),
        intentions=said.intentions,
        priorities=tuple(listed),
        measures=tuple(measures),
        money=tuple(money),
        checks=tuple(checks),
        findings=(*findings, *_without_tables(state)),
        glyphs=document.glyphs,
        mentions=named_elsewhere,
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


def _without_tables(paper: Paper) -> list[Finding]:
    lacking = paper.status == "no-tables"
    return [Finding(Rule.NO_TABLES, paper.paper_id, paper.reason or "")] if lacking else []


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


def _record(registered: Registered, results: Sequence[Result], tables: dict[str, pa.Table], how: How) -> dict[str, Any]:
    return {
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in _LIBRARIES},
            tesseract.READER: tesseract.version() or "not installed",
        },
        "limits": asdict(how.limits),
        "inputs": {result.paper.file: result.paper.sha256 for result in results},
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
