"""What scanned pages say: which pages are scans, and what two readers heard of each word of them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.pages.seen import Box, Seen
from schemas.records import Cell, Note, Table
from schemas.rules import Rule

# Told before each scanned page: how many of the paper's pages are.
SCANNED = "scanned"
# A page is a scan whose pictures cover so much of it and which shows no character; one whose pictures cover nearly all
# of it may show a few (a stamped number). A diagram with a caption is no scan.
_COVERED, _NEARLY = 0.5, 0.85
_FEW = 40
# So many headings above a table may say what it is. A year, whole or shortened, may be that of all its figures.
_NEAREST = 3
_YEAR = re.compile(r"\d{2}/\d|(?<!\d)[12]\d{3}(?!\d)")


@dataclass(frozen=True, slots=True)
class Heard:
    """A word of the running text as both readers have it: itself, from `start` to `end`, how sure the first is.

    `agrees` is None where the second reader was not asked.
    """

    text: str
    start: int
    end: int
    confidence: float
    agrees: bool | None
    second: str


def is_scan(seen: Seen) -> bool:
    """Whether a page is a picture: pictures cover it, and hardly a character can be seen."""
    covered = sum(_within(box, seen) for box in seen.pictures)
    if not covered >= _COVERED * seen.width * seen.height > 0:
        return False
    hidden = seen.chars.hidden
    shown = sum(index not in hidden and not char.isspace() for index, char in enumerate(seen.chars.text))
    return shown <= _FEW and covered >= (_NEARLY if shown else _COVERED) * seen.width * seen.height


def _within(box: Box, seen: Seen) -> float:
    across = min(box[2], seen.width) - max(box[0], 0.0)
    return max(0.0, across) * max(0.0, min(box[3], seen.height) - max(box[1], 0.0))


def held(cell: Cell, heard: Sequence[Heard]) -> Cell:
    """A cell of scanned pages with how sure it is, and whether the second reader has the same words.

    `heard` are the words of all scanned pages in their order; a cell of other pages comes back as it is.
    """
    own = [word for line in cell.lines for word in _in(line.place.char_start or 0, line.place.char_end or 0, heard)]
    if not own:
        return cell
    said = [word.agrees for word in own]
    agrees = False if False in said else None if None in said else True
    second = None if agrees is None else " ".join(word.second for word in own)
    return replace(cell, confidence=min(word.confidence for word in own), agrees=agrees, second=second)


def doubts_above(table: Table, heard: Sequence[Heard]) -> Iterator[Note]:
    """A note for each line above a table that says what it is and that two readers have otherwise.

    Of the headings that are the nearest, any word counts, of the paragraph above only a year.
    """
    lead = [(table.lead, True)] if table.lead else []
    for line, only_years in (*((each, False) for each in table.headings[:_NEAREST]), *lead):
        own = _in(line.place.char_start or 0, line.place.char_end or 0, heard)
        told = [word for word in own if word.agrees is False and (_is_year(word) or not only_years)]
        if told:
            detail = f"{' '.join(word.text for word in told)!r}, and {' '.join(word.second for word in told)!r}"
            yield Note(Rule.READINGS_DIFFER, line.place, line.text, detail)


def _is_year(word: Heard) -> bool:
    return bool(_YEAR.search(word.text) or _YEAR.search(word.second))


def _in(start: int, end: int, heard: Sequence[Heard]) -> Sequence[Heard]:
    """The words that begin in a stretch of the text."""
    first = bisect_left(heard, start, key=lambda word: word.start)
    return heard[first : bisect_left(heard, end, key=lambda word: word.start)]
