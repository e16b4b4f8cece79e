"""Codes of intentions that a paper names outside its tables of intentions, as another edition of it has them.

A paper that prints its new list of intentions also speaks of the old ones: of last year's awards, of the draft that
was consulted on. The codes there are those of that edition. What speaks of the present edition is no mention.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.codes import read_code
from pipeline.drafts import Intention
from pipeline.periods import find_periods, years_of
from pipeline.recognise import Recognised
from schemas.records import Document, Line, Place
from schemas.vocabulary import fold

DRAFT = "draft"
# How many lines upwards may say of which edition a line speaks.
_NEAR = 8
# How many words make a sentence that says something of an intention.
_LEAST_WORDS = 4
_TOKEN = re.compile(r"(?<![\w|/])[A-Za-z][A-Za-z0-9|!-]*\d[A-Za-z0-9]*(?!\w)")
_DRAFT = re.compile(r"\b(?:draft|consultation|consulted)\b")
_DEFINES = re.compile(r"\s*[-:]\s*")
_BULLET = re.compile(r"^\s*(?:[-•*]|\(?[a-z]\))\s+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A code, the edition of the paper that it belongs to (`draft` or a year), and the words that go with it."""

    edition: str
    code: str
    words: str
    place: Place


def mentions(document: Document, tables: Sequence[Recognised], intentions: Sequence[Intention]) -> tuple[Mention, ...]:
    """The mentions of a paper that has intentions of its own, each code of an edition once, with its longest words."""
    if not intentions:
        return ()
    first = min((year for each in intentions for year in _years(each.known)), default="")
    found: dict[tuple[str, str], Mention] = {}
    own = {each.known.table_id for each in intentions}
    schemes = {each.code.scheme for each in intentions}
    for line, context, words in _texts(document, [known for known in tables if known.table_id not in own], tables):
        for match in _TOKEN.finditer(line.text):
            codes = [code.code for code in read_code(match.group()) if code.scheme in schemes]
            edition = _edition(context, first) if len(codes) == 1 else None
            said = _words(words, match.group()) if edition else ""
            if edition is None or len(said.split()) < _LEAST_WORDS:
                continue
            before = found.get((edition, codes[0]))
            if before is None or len(said) > len(before.words):
                found[edition, codes[0]] = Mention(edition, codes[0], said, line.place)
    return tuple(found.values())


def _years(known: Recognised) -> set[str]:
    return {year for column in known.columns if column.period for year in years_of(column.period)}


def _texts(
    document: Document, others: Sequence[Recognised], tables: Sequence[Recognised]
) -> Iterator[tuple[Line, list[str], str]]:
    """Each line outside the tables of intentions, what stands above it from the nearest, and the words around it."""
    starts = sorted(line.place.char_start or 0 for known in tables for cell in known.table.cells for line in cell.lines)
    lines = [line for line in document.lines if line is not None]
    for number, line in enumerate(lines):
        if not _holds_a_cell(line, starts):
            above = [each.text for each in reversed(lines[max(0, number - _NEAR) : number])]
            yield line, [line.text, *above], _with_bullets(lines, number)
    for known in others:
        above = [each.text for each in known.table.headings]
        lead = [known.table.lead.text] if known.table.lead else []
        head = [column.heading for column in known.columns]
        for cell in known.table.cells:
            said = " ".join(line.text for line in cell.lines)
            for line in cell.lines:
                yield line, [*head, *lead, *above], said


def _holds_a_cell(line: Line, starts: Sequence[int]) -> bool:
    """Whether a cell of a table begins in this line."""
    start, end = line.place.char_start or 0, line.place.char_end or 0
    at = bisect_left(starts, start)
    return at < len(starts) and starts[at] < end


def _with_bullets(lines: Sequence[Line], number: int) -> str:
    """A line, with the points below it where it ends in a colon."""
    said = [lines[number].text]
    if said[0].rstrip().endswith(":"):
        for line in lines[number + 1 : number + 1 + _NEAR]:
            if not _BULLET.match(line.text) or _TOKEN.search(line.text):
                break
            said.append(line.text)
    return " ".join(said)


def _edition(context: Sequence[str], first: str) -> str | None:
    """The edition that the nearest text names: a draft, or one year before the first of the paper's own intentions."""
    for text in context:
        years = {year for period in find_periods(text) for year in years_of(period)}
        if _DRAFT.search(fold(text)):
            return DRAFT
        if years:
            return years.pop() if len(years) == 1 and max(years) < first else None
    return None


def _words(text: str, code: str) -> str:
    """What is said of a code: what it introduces with a dash or a colon, else all that is said around it."""
    before, _, after = text.partition(code)
    defines = _DEFINES.match(after.replace("–", "-"))
    if defines and before.rstrip().endswith("("):
        after = after.partition(")")[0]
    said = after[defines.end() :] if defines else f"{before} {after}"
    return " ".join(said.split())
