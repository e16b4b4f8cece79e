"""Corrections that a person made, applied where the same text still stands at the same place, and told."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.codes import Code
from pipeline.corrections import Correction, pounds_of, read_place, stale
from pipeline.drafts import Intention, Interpreted
from pipeline.recognise import Recognised
from schemas.records import Allocation, Cell, Document, Finding, Glyphs, Line, Paper, Place
from schemas.rules import Rule


@dataclass(frozen=True, slots=True)
class Located:
    """A correction with the characters of the running text that it is about."""

    correction: Correction
    start: int
    end: int


def locate(
    corrections: Iterable[Correction], paper: Paper, document: Document
) -> tuple[tuple[Located, ...], list[Finding]]:
    """The corrections of a paper where their text still stands, and a finding for each whose text does not."""
    found: list[Located] = []
    findings: list[Finding] = []
    for each in corrections:
        if each.sha256 != paper.sha256:
            continue
        start, end = _span(each, document)
        if " ".join(document.text[start:end].split()) == each.found and each.found:
            found.append(Located(each, start, end))
        else:
            why = f"{document.text[start:end]!r} is read at its place now"
            findings.append(stale(each, paper.paper_id, why))
    return tuple(found), findings


def _span(correction: Correction, document: Document) -> tuple[int, int]:
    """The characters of the running text at a correction's place; none where the place holds none."""
    place = read_place(correction.place) or Place()
    if place.page is None:
        return place.char_start or 0, place.char_end or 0
    inside = [at for page in document.glyphs if page.page == place.page for at in _within(page, place, document.text)]
    return (min(inside), max(inside) + 1) if inside else (0, 0)


def _within(page: Glyphs, box: Place, text: str) -> list[int]:
    """The offsets of the characters of a page whose middles stand in a box; what prints nothing stands nowhere."""
    own = []
    for at in range(len(page.lefts) - 1):
        run = bisect_right(page.runs, at) - 1
        if run < 0 or text[page.start + at].isspace():
            continue
        x, y = (page.lefts[at] + page.lefts[at + 1]) / 2, (page.tops[run] + page.bottoms[run]) / 2
        if (box.x0 or 0) <= x <= (box.x1 or 0) and (box.top or 0) <= y <= (box.bottom or 0):
            own.append(page.start + at)
    return own


def with_codes(known: Recognised, located: Sequence[Located]) -> Recognised:
    """A table whose columns of codes say what a person reads there. `cells` are published from the table as printed."""
    codes = [each for each in located if each.correction.field == "code"]
    columns = known.having("code")
    if not codes or not columns:
        return known
    cells = tuple(_corrected(cell, codes) if cell.column in columns else cell for cell in known.table.cells)
    return replace(known, table=replace(known.table, cells=cells))


def _corrected(cell: Cell, codes: Sequence[Located]) -> Cell:
    lines = cell.lines
    for each in codes:
        lines = tuple(_reworded(line, each) for line in lines)
    return replace(cell, lines=lines)


def _reworded(line: Line, located: Located) -> Line:
    """A line with other words for some of its characters; the first and the last of them keep their offsets."""
    first = line.place.char_start or 0
    offsets = line.offsets or tuple(range(first, first + len(line.text) + 1))
    start, last = bisect_left(offsets, located.start), bisect_left(offsets, located.end - 1)
    if offsets[start : start + 1] != (located.start,) or offsets[last : last + 1] != (located.end - 1,):
        return line
    value = located.correction.value
    own = (*(min(located.start + i, located.end - 1) for i in range(len(value) - 1)), located.end - 1)
    text = line.text[:start] + value + line.text[last + 1 :]
    return replace(line, text=text, offsets=(*offsets[:start], *own, *offsets[last + 1 :]))


def with_print(said: Interpreted, located: Sequence[Located]) -> Interpreted:
    """What was interpreted, its intentions' corrected codes saying again, as `raw`, what is printed."""
    printed = {each.start: each.correction.found for each in located if each.correction.field == "code"}

    def of(code: Code, place: Place) -> Code:
        return replace(code, raw=printed.get(place.char_start or 0, code.raw))

    intentions = (
        replace(each, code=of(each.code, each.place), legacy=tuple((of(code, at), at) for code, at in each.legacy))
        for each in said.intentions
    )
    return replace(said, intentions=tuple(intentions))


def with_amounts(allocations: Iterable[Allocation], located: Sequence[Located]) -> list[Allocation]:
    """Allocations with the amounts that a person reads; `amount_raw` stays as printed.

    A figure that was up for review has now been read by a person: it counts as read once, until a total proves it.
    """
    amounts = {(each.start, each.end): each.correction for each in located if each.correction.field == "amount"}
    corrected = []
    for line in allocations:
        correction = amounts.get((line.place.char_start or 0, line.place.char_end or 0))
        if correction is None or not line.amount_raw:
            corrected.append(line)
            continue
        corrected.append(
            replace(
                line,
                amount_gbp=pounds_of(correction),
                value_status="printed",
                correction_id=correction.correction_id,
                evidence="single",
            )
        )
    return corrected


def with_names(
    allocations: Iterable[Allocation], intentions: Iterable[Intention], located: Sequence[Located]
) -> list[Allocation]:
    """Allocations of rows whose own code was corrected name that correction, unless their amount has one."""
    codes = {each.start: each.correction.correction_id for each in located if each.correction.field == "code"}
    rows = {
        (each.known.table_id, each.row): codes[each.place.char_start or 0]
        for each in intentions
        if each.place.char_start in codes
    }
    return [
        replace(line, correction_id=line.correction_id or rows.get((line.table_id, line.row))) for line in allocations
    ]


def outcomes(
    paper_id: str,
    located: Sequence[Located],
    tables: Sequence[Recognised],
    allocations: Iterable[Allocation],
    document: Document,
) -> list[Finding]:
    """What became of each correction whose text is there: applied, or at a place where no such value is read."""
    applied = {each.correction_id for each in allocations}
    findings = []
    for each in located:
        own = each.correction
        if own.correction_id in applied or any(with_codes(known, [each]) != known for known in tables):
            message = f"{own.initials} read {own.found!r} here as {own.value!r}: {own.reason.rstrip('.')}."
            rule = Rule.CORRECTION_APPLIED
        else:
            message = f"The correction {own.correction_id} is of {own.found!r}, where no {own.field} is read."
            rule = Rule.CORRECTION_UNUSED
        place = Place(line=1 + document.text.count("\n", 0, each.start), char_start=each.start, char_end=each.end)
        findings.append(Finding(rule, paper_id, message, place, raw=own.found))
    return findings
