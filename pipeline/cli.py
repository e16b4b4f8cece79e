"""The command `panel-papers`."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from extractors.files.limits import LIMITS, Limits, with_limit
from pipeline.audit import check as checking
from pipeline.clock import SCANNED_PAGE
from pipeline.corrections import SIGNOFF
from pipeline.each import How, cores
from pipeline.explain import explained
from pipeline.history import NoHistory
from pipeline.history import history as told
from pipeline.kept import how_many
from pipeline.opened import opened
from pipeline.picture import Undrawable, on_page, picture
from pipeline.reading import text_of
from pipeline.recognise import Recognised, body
from pipeline.register import PAPERS, NoPapers, Registered, register
from pipeline.result import Result
from pipeline.run import Run, read_one, run
from pipeline.spreadsheet import possible
from pipeline.tabulate import place as row_place
from pipeline.workplace import Busy, beside
from pipeline.write import NotOurs
from schemas.records import Cell, Place

DONE, OPEN_ERRORS, WRONG_USAGE, PAPER_UNREAD, STOPPED = 0, 1, 2, 3, 130
_WIDTH = 100


@click.group()
@click.version_option(package_name="panel-papers")
def main() -> None:
    """Turn police-and-crime-panel papers into tables that can be published, joined and defended."""


@main.command()
@click.argument("raw", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write.")
@click.option("--strict", is_flag=True, help="Exit with 1 while a finding of severity error is open.")
@click.option("--workers", type=click.IntRange(1, 256), default=cores, help="Papers to read at a time (the cores).")
@click.option("--limit", "settings", multiple=True, metavar="NAME=VALUE", help="Change a limit; see SECURITY.md.")
def extract(raw: Path, out: Path, strict: bool, workers: int, settings: tuple[str, ...]) -> None:
    """Read every paper in RAW and write its tables to a folder."""
    how = How(_limits(settings), workers)
    try:
        done = run(raw, out, _progress, how)
    except (NoPapers, NotOurs, Busy) as refused:
        raise _Failure(str(refused)) from refused
    except OSError as fault:
        raise _Failure(f"{fault.filename or out}: {fault.strerror or fault}.") from fault
    except KeyboardInterrupt:
        count = how_many(beside(out.absolute()))
        said = f"Stopped: {out} is as it was. {count} finished papers are kept; the same command goes on from there."
        click.echo(f"\n{said}", err=True)
        sys.exit(STOPPED)
    _summary(done, out)
    sys.exit(_status(done, strict))


@main.command()
@click.argument("paper", type=click.Path(path_type=Path))
@click.argument("table", required=False)
@click.option("--page", type=click.IntRange(1), help="Only the tables on this page of a PDF.")
@click.option("--png", type=click.Path(path_type=Path, dir_okay=False), help="Draw the page, with what was read.")
@click.option("--limit", "settings", multiple=True, metavar="NAME=VALUE", help="Change a limit; see SECURITY.md.")
def show(paper: Path, table: str | None, page: int | None, png: Path | None, settings: tuple[str, ...]) -> None:
    """Print what was read from PAPER (a file), as printed, with places; one TABLE by number, or all."""
    limits = _limits(settings)
    registered, result = _read(paper, limits)
    if page or png:
        _hold_page(result, page)
    if page and png:
        _save(png, _drawn(opened(*registered.papers[0], registered.root, limits)[1], result, page, limits))
    for each in _chosen(result, table, page):
        _show_table(result, each)


@main.command()
@click.argument("paper", type=click.Path(path_type=Path))
@click.argument("table", required=False)
@click.option("--limit", "settings", multiple=True, metavar="NAME=VALUE", help="Change a limit; see SECURITY.md.")
def explain(paper: Path, table: str | None, settings: tuple[str, ...]) -> None:
    """Print which column of each table of PAPER (a file) became what, and why; one TABLE by number, or all."""
    _, result = _read(paper, _limits(settings))
    for known in _chosen(result, table, None):
        for line in explained(known):
            click.echo(possible(line))
        click.echo()


def _read(paper: Path, limits: Limits) -> tuple[Registered, Result]:
    """A paper as it is registered and as it is read; raises where it cannot be."""
    if not paper.is_file():
        raise _Failure(f"There is no file {paper}.")
    try:
        registered = register(paper)
    except NoPapers as nothing:
        raise _Failure(f"{paper.name} is no paper: its name does not end in {', '.join(PAPERS)}.") from nothing
    result = read_one(registered, How(limits, 1))
    if result.paper.status in ("unreadable", "quarantined"):
        raise _Failure(result.paper.reason or "")
    return registered, result


@main.command()
@click.argument("code")
@click.option("--paper", help="Only the meaning that the code has in this paper (its paper_id).")
@click.option("--out", type=click.Path(path_type=Path), default=Path("out"), help="Folder that was written.")
def history(code: str, paper: str | None, out: Path) -> None:
    """Print the life of the intention CODE through all papers; each meaning of the code apart."""
    try:
        for line in told(out, code, paper):
            click.echo(line)
    except NoHistory as nothing:
        raise _Failure(str(nothing)) from nothing


def _chosen(result: Result, table: str | None, page: int | None) -> list[Recognised]:
    """The tables that are asked for; raises where there are none, but for a page, which may well hold none."""
    known = on_page(result, page) if page else result.tables
    wanted = [t for t in known if table is None or t.table_id.rsplit("/t", 1)[1].lstrip("0") == table.lstrip("t0")]
    if page and not wanted:
        click.echo(f"No table was found on page {page}.")
    elif not wanted:
        raise _Failure(f"{result.paper.file} has {len(result.tables)} tables and none is {table or 'there'}.")
    return wanted


def _drawn(data: bytes, result: Result, page: int, limits: Limits) -> bytes:
    """The picture of a page, with what was read."""
    try:
        return picture(data, result, page, limits)
    except Undrawable as refused:
        raise _Failure(str(refused)) from refused


def _save(png: Path, data: bytes) -> None:
    try:
        png.write_bytes(data)
    except OSError as fault:
        raise _Failure(f"{fault.filename or png}: {fault.strerror or fault}.") from fault


def _hold_page(result: Result, page: int | None) -> None:
    """Raise where a page is asked for that the paper does not have, or a picture without a page."""
    if result.paper.pages is None:
        raise _Failure(f"{result.paper.file} has no pages: it is a text paper.")
    if page is None or page > result.paper.pages:
        raise _Failure(f"Name a page with --page: {result.paper.file} has pages 1 to {result.paper.pages}.")


def _limits(settings: Sequence[str]) -> Limits:
    """The limits as the command line sets them."""
    limits = LIMITS
    for setting in settings:
        try:
            limits = with_limit(limits, setting)
        except ValueError as fault:
            raise _Failure(str(fault)) from fault
    return limits


@main.group()
def audit() -> None:
    """Draw a random sample of figures to check by hand, and say what checking gave."""


@audit.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("out"), help="Folder that was written.")
@click.option("--n", type=click.IntRange(1), default=25, help="How many figures.")
@click.option("--seed", type=int, default=7, help="The same seed draws the same figures.")
def sample(out: Path, n: int, seed: int) -> None:
    """Draw figures at random into the report (its page Sample) and into audit/sample.csv."""
    try:
        drawn = checking.sample(out, n, seed)
    except checking.NoRun as refused:
        raise _Failure(str(refused)) from refused
    except OSError as fault:
        raise _Failure(f"{fault.filename or out}: {fault.strerror or fault}.") from fault
    click.echo(f"{len(drawn)} figures drawn with seed {seed}; open {out / 'audit' / 'index.html'}#view=sample")


@audit.command()
@click.argument("signoff", type=click.Path(path_type=Path), default=Path("raw") / SIGNOFF)
def result(signoff: Path) -> None:
    """Print the error rate of a signed-off sample with its 95 % interval (SIGNOFF is raw/signoff.csv)."""
    try:
        name, checked = checking.result(signoff)
    except checking.NoRun as refused:
        raise _Failure(str(refused)) from refused
    click.echo(f"sample {name}: {checked.judged} of {checked.size} figures signed off, {checked.wrong} wrong")
    click.echo(f"error rate {checked.rate:.1%}, 95 % interval {checked.least:.1%} to {checked.most:.1%} (Wilson)")


class _Failure(click.ClickException):
    """A failure told to a person in one sentence."""

    exit_code = WRONG_USAGE


def _progress(paper: str, stage: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{stage:>10}  {paper}"[:_WIDTH], err=True, nl=False)
    elif stage.startswith(SCANNED_PAGE):
        click.echo(f"{paper}: {stage}", err=True)


def _summary(done: Run, out: Path) -> None:
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)
    count = done.record["counts"]
    totals = count["printed totals that agree"] + count["printed totals that disagree"]
    evidence = ", ".join(f"{count[f'figures {name}']} {name}" for name in ("proved", "agreed", "single", "review"))
    read = _counted(count["papers"], "paper"), _counted(count["tables"], "table")
    click.echo(f"{', '.join(read)}, {_counted(count['figures in allocations'], 'figure')} ({evidence})")
    click.echo(f"{count['printed totals that agree']} of {totals} printed totals tie")
    click.echo(f"{count['pound signs accounted for']} of {count['pound signs printed']} £ accounted for")
    click.echo(f"{count['figures found at their place']} of {count['figures read']} figures stand at their place")
    severities = ", ".join(
        _counted(count[f"findings of severity {name}"], name) for name in ("error", "warning", "notice")
    )
    click.echo(f"findings: {severities}")
    for result in done.results:
        if result.paper.status in ("unreadable", "no-tables", "quarantined"):
            click.echo(f"{result.paper.file}: {result.paper.status}. {result.paper.reason}")
    if done.record["not_papers"]:
        click.echo(f"not papers, left alone: {', '.join(done.record['not_papers'])}")
    click.echo(f"written to {out}; start with {out / 'audit' / 'index.html'} or {out / 'allocations.csv'}")


def _counted(number: int, noun: str) -> str:
    """A number of things, as it is said.

    >>> _counted(1, "paper"), _counted(0, "error")
    ('1 paper', '0 errors')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _status(done: Run, strict: bool) -> int:
    if any(result.paper.status in ("unreadable", "quarantined") for result in done.results):
        return PAPER_UNREAD
    return OPEN_ERRORS if strict and done.record["counts"]["findings of severity error"] else DONE


def _show_table(result: Result, known: Recognised) -> None:
    table = known.table
    click.secho(f"{known.table_id}  {known.kind}  {possible(known.heading or '')}", bold=True)
    click.echo(f"  {_at(result, table.place)}, {table.rows} rows, {table.columns} columns, read by {table.reader}")
    for cell in (c for c in table.cells if c.row < table.header_rows):
        if cell.lines:
            click.echo(
                f"  column {cell.column}: {possible(text_of(cell))} [{known.columns[cell.column].role or 'unknown'}]"
            )
    for row in body(table):
        _show_row(result, row)
    click.echo()


def _show_row(result: Result, row: Sequence[Cell]) -> None:
    click.echo(f"  row {row[0].row}, {_at(result, row[0].place)}")
    for cell in row:
        for line in cell.lines:
            click.echo(f"    {cell.column}  {_at(result, line.place):>10}  {possible(line.text)}")


def _at(result: Result, place: Place) -> str:
    at = row_place(result, place)
    return f"page {at['page']}" if at["page"] is not None else f"line {at['line']}"
