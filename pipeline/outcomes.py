"""What became of each correction and each dispute of a paper: a finding at its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.correct import Located, span_in
from pipeline.corrections import DISPUTE, figure_of
from pipeline.measure import Measure
from pipeline.recognise import Recognised
from schemas.records import Allocation, Document, Finding, Place
from schemas.rules import Rule

_Home = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from a paper that a person can correct or dispute."""

    paper_id: str
    tables: Sequence[Recognised]
    allocations: Sequence[Allocation]
    measures: Sequence[Measure]


def outcomes(located: Sequence[Located], read: Read, document: Document) -> Iterator[Finding]:
    """A finding for each mark whose text is there: taken up, or of a place where no such value is read."""
    for each in located:
        rule, message, suggestion = _said(each, home := _home(each, read), read)
        place = Place(line=1 + document.text.count("\n", 0, each.start), char_start=each.start, char_end=each.end)
        table_id, row, column = home or (None, None, None)
        raw = each.correction.found
        yield Finding(rule, read.paper_id, message, place, table_id, row, column, raw, suggestion)


def _said(located: Located, home: _Home | None, read: Read) -> tuple[Rule, str, str | None]:
    own = located.correction
    if home is None:
        return Rule.CORRECTION_UNUSED, f"{own.name} is of words where no {own.field} is read.", None
    if own.verdict == DISPUTE:
        message = f"{own.initials} disputes {own.found!r}: {own.reason.rstrip('.')}."
        return Rule.DISPUTED, message, "Correct the value, or take the dispute out of signoff.csv."
    if own.field == "measure" and (unit := _other_unit(located, home, read)):
        message = f"{own.name} was left out: {own.value!r} is not in the unit of the figure ({unit})."
        return Rule.CORRECTION_INVALID, message, None
    message = f"{own.initials} read {own.found!r} here as {own.value!r}: {own.reason.rstrip('.')}."
    return Rule.CORRECTION_APPLIED, message, None


def _other_unit(located: Located, home: _Home, read: Read) -> str | None:
    """The unit of a measure where the correction gives another one."""
    own = next(each.unit for each in read.measures if (each.table_id, each.row, each.column) == home)
    return own if own not in figure_of(located.correction)[1] else None


def _home(located: Located, read: Read) -> _Home | None:
    """Table, row and column of the value that a mark is of; None where no such value is read at its place."""
    if located.correction.field == "code":
        return next(_codes(located, read.tables), None)
    values = read.measures if located.correction.field == "measure" else [a for a in read.allocations if a.amount_raw]
    at = located.start, located.end
    return next(
        ((v.table_id, v.row, v.column) for v in values if (v.place.char_start, v.place.char_end) == at), None
    )  # fmt: skip


def _codes(located: Located, tables: Sequence[Recognised]) -> Iterator[_Home]:
    """The cells of codes that hold the words of a mark."""
    for known in tables:
        columns = known.having("code")
        for cell in known.table.cells:
            if cell.column in columns and any(span_in(line, located) for line in cell.lines):
                yield known.table_id, cell.row, cell.column
