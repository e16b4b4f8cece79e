"""Corrections that a person made, applied where the same text still stands at the same place."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.pages.boxes import displayed
from pipeline.codes import Code
from pipeline.corrections import DISPUTE, Correction, figure_of, pounds_of, read_place, stale
from pipeline.drafts import Intention, Interpreted
from pipeline.measure import Measure
from pipeline.recognise import Recognised
from schemas.records import Allocation, Cell, Document, Finding, Glyphs, Line, Paper, Place


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
        stands = displayed(page, page.lefts[at], page.tops[run], page.lefts[at + 1], page.bottoms[run])
        x, y = ((stands.x0 or 0) + (stands.x1 or 0)) / 2, ((stands.top or 0) + (stands.bottom or 0)) / 2
        if (box.x0 or 0) <= x <= (box.x1 or 0) and (box.top or 0) <= y <= (box.bottom or 0):
            own.append(page.start + at)
    return own


def with_codes(known: Recognised, located: Sequence[Located]) -> Recognised:
    """A table whose columns of codes say what a person reads there. `cells` are published from the table as printed."""
    codes = _made(located, "code")
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
    span = span_in(line, located)
    if span is None:
        return line
    offsets, (start, last), value = _offsets(line), span, located.correction.value
    own = (*(min(located.start + i, located.end - 1) for i in range(len(value) - 1)), located.end - 1)
    text = line.text[:start] + value + line.text[last + 1 :]
    return replace(line, text=text, offsets=(*offsets[:start], *own, *offsets[last + 1 :]))


def span_in(line: Line, located: Located) -> tuple[int, int] | None:
    """The first and the last of a line's characters that a correction is about; None where they are not all in it."""
    offsets = _offsets(line)
    start, last = bisect_left(offsets, located.start), bisect_left(offsets, located.end - 1)
    inside = offsets[start : start + 1] == (located.start,) and offsets[last : last + 1] == (located.end - 1,)
    return (start, last) if inside else None


def _offsets(line: Line) -> tuple[int, ...]:
    first = line.place.char_start or 0
    return line.offsets or tuple(range(first, first + len(line.text) + 1))


def _made(located: Sequence[Located], field: str) -> list[Located]:
    """The corrections of a field, without what is only disputed."""
    return [each for each in located if each.correction.field == field and each.correction.verdict != DISPUTE]


def with_print(said: Interpreted, located: Sequence[Located]) -> Interpreted:
    """What was interpreted, its intentions' corrected codes saying again, as `raw`, what is printed."""
    printed = {each.start: each.correction.found for each in _made(located, "code")}

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
    amounts = {(each.start, each.end): each.correction for each in _made(located, "amount")}
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
    codes = {each.start: each.correction.correction_id for each in _made(located, "code")}
    rows = {
        (each.known.table_id, each.row): codes[each.place.char_start or 0]
        for each in intentions
        if each.place.char_start in codes
    }
    return [
        replace(line, correction_id=line.correction_id or rows.get((line.table_id, line.row))) for line in allocations
    ]


def with_figures(measures: Iterable[Measure], located: Sequence[Located]) -> list[Measure]:
    """Measures with the values that a person reads, unless theirs is in another unit; `raw` stays as printed."""
    figures = {(each.start, each.end): figure_of(each.correction) for each in _made(located, "measure")}
    corrected = []
    for each in measures:
        value, units = figures.get((each.place.char_start or 0, each.place.char_end or 0), (each.value, ()))
        corrected.append(replace(each, value=value) if each.unit in units else each)
    return corrected


def with_disputes(
    allocations: Iterable[Allocation], intentions: Iterable[Intention], located: Sequence[Located]
) -> list[Allocation]:
    """Allocations up for review where a person disputes the amount, or the code of its row."""
    disputed = [each for each in located if each.correction.verdict == DISPUTE]
    amounts = {(each.start, each.end) for each in disputed if each.correction.field == "amount"}
    codes = {each.start for each in disputed if each.correction.field == "code"}
    rows = {(each.known.table_id, each.row) for each in intentions if each.place.char_start in codes}

    def is_disputed(line: Allocation) -> bool:
        at = line.place.char_start or 0, line.place.char_end or 0
        return bool(line.amount_raw) and (at in amounts or (line.table_id, line.row) in rows)

    return [replace(line, evidence="review") if is_disputed(line) else line for line in allocations]
