"""The command `panel-papers`."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.reading import text_of
from pipeline.recognise import Recognised, body
from pipeline.register import PAPERS, NoPapers, register
from pipeline.result import Result
from pipeline.run import Run, read_paper, run
from pipeline.tabulate import place as row_place
from pipeline.write import NotOurs
from schemas.records import Cell, Place

DONE, OPEN_ERRORS, WRONG_USAGE, PAPER_UNREAD = 0, 1, 2, 3
_WIDTH = 100


@click.group()
@click.version_option(package_name="panel-papers")
def main() -> None:
    """Turn police-and-crime-panel papers into tables that can be published, joined and defended."""


@main.command()
@click.argument("raw", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write.")
@click.option("--strict", is_flag=True, help="Exit with 1 while a finding of severity error is open.")
def extract(raw: Path, out: Path, strict: bool) -> None:
    """Read every paper in RAW and write its tables to a folder."""
    try:
        done = run(raw, out, _progress)
    except (NoPapers, NotOurs) as refused:
        raise _Failure(str(refused)) from refused
    except OSError as fault:
        raise _Failure(f"{fault.filename or out}: {fault.strerror or fault}.") from fault
    _summary(done, out)
    sys.exit(_status(done, strict))


@main.command()
@click.argument("paper", type=click.Path(path_type=Path))
@click.argument("table", required=False)
def show(paper: Path, table: str | None) -> None:
    """Print what was read from PAPER (a file), as printed, with places; one TABLE by number, or all."""
    if not paper.is_file():
        raise _Failure(f"There is no file {paper}.")
    try:
        registered = register(paper)
    except NoPapers as nothing:
        raise _Failure(f"{paper.name} is no paper: its name does not end in {', '.join(PAPERS)}.") from nothing
    result = read_paper(*registered.papers[0], registered)
    if result.paper.status == "unreadable":
        raise _Failure(result.paper.reason or "")
    wanted = [
        t for t in result.tables if table is None or t.table_id.rsplit("/t", 1)[1].lstrip("0") == table.lstrip("t0")
    ]
    if not wanted:
        raise _Failure(f"{paper.name} has {len(result.tables)} tables and none is {table or 'there'}.")
    for each in wanted:
        _show_table(result, each)


class _Failure(click.ClickException):
    """A failure told to a person in one sentence."""

    exit_code = WRONG_USAGE


def _progress(paper: str, stage: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{stage:>10}  {paper}"[:_WIDTH], err=True, nl=False)


def _summary(done: Run, out: Path) -> None:
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)
    count = done.record["counts"]
    totals = count["printed totals that agree"] + count["printed totals that disagree"]
    evidence = ", ".join(f"{count[f'figures {name}']} {name}" for name in ("proved", "agreed", "single", "review"))
    figures = f"{count['figures in allocations']} figures ({evidence})"
    click.echo(f"{count['papers']} papers, {count['tables']} tables, {figures}")
    click.echo(f"{count['printed totals that agree']} of {totals} printed totals tie")
    click.echo(f"{count['pound signs accounted for']} of {count['pound signs printed']} £ accounted for")
    click.echo(f"{count['figures found at their place']} of {count['figures read']} figures stand at their place")
    severities = ", ".join(
        f"{count[f'findings of severity {name}']} {name}s" for name in ("error", "warning", "notice")
    )
    click.echo(f"findings: {severities}")
    for result in done.results:
        if result.paper.status in ("unreadable", "no-tables", "quarantined"):
            click.echo(f"{result.paper.file}: {result.paper.status}. {result.paper.reason}")
    if done.record["not_papers"]:
        click.echo(f"not papers, left alone: {', '.join(done.record['not_papers'])}")
    click.echo(f"written to {out}; start with {out / 'panel-papers.xlsx'} or {out / 'allocations.csv'}")


def _status(done: Run, strict: bool) -> int:
    if any(result.paper.status in ("unreadable", "quarantined") for result in done.results):
        return PAPER_UNREAD
    return OPEN_ERRORS if strict and done.record["counts"]["findings of severity error"] else DONE


def _show_table(result: Result, known: Recognised) -> None:
    table = known.table
    click.secho(f"{known.table_id}  {known.kind}  {known.heading or ''}", bold=True)
    click.echo(f"  {_at(result, table.place)}, {table.rows} rows, {table.columns} columns, read by {table.reader}")
    for cell in (c for c in table.cells if c.row < table.header_rows):
        if cell.lines:
            click.echo(f"  column {cell.column}: {text_of(cell)} [{known.columns[cell.column].role or 'unknown'}]")
    for row in body(table):
        _show_row(result, row)
    click.echo()


def _show_row(result: Result, row: Sequence[Cell]) -> None:
    click.echo(f"  row {row[0].row}, {_at(result, row[0].place)}")
    for cell in row:
        for line in cell.lines:
            click.echo(f"    {cell.column}  {_at(result, line.place):>10}  {line.text}")


def _at(result: Result, place: Place) -> str:
    at = row_place(result, place)
    return f"page {at['page']}" if at["page"] is not None else f"line {at['line']}"
