"""Text as plain `pdftotext` leaves a page: flows of lines, each from one column, and the headings among them.

A blank line says that what follows stands in another column, or well below; lines without one stand in one column,
from top to bottom. A form feed opens a page.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.lines import Source, joined
from extractors.streams.flow import Word, known_headings, may_open, words_in
from schemas.records import Line
from schemas.vocabulary import fold, fold_heading, headings

# Columns that blanks line up belong to another dialect: of the lines of a stream at most one in so many has a wide gap.
_GAPS, _RARE = re.compile(r"\S {3,}\S"), 30
_FEED = "\f"
_NUMBER = re.compile(r"^\d{1,4}$")
_HEADING_LINES, _HEADING_WORDS = 8, 16
# A line of more characters is running text: cells are narrower.
PROSE = 72
# A caption of so many lines may stand right above a heading.
_CAPTION = 3


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines that stand in one column of a page, from top to bottom. `page` counts from 0."""

    page: int
    lines: tuple[Source, ...]

    @property
    def texts(self) -> list[str]:
        """The lines as printed, without white space around them."""
        return [line.text.strip() for line in self.lines]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading: its role by the vocabulary, and its printed lines."""

    role: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The heading as one line."""
        return " ".join(line.text for line in self.lines)


def is_stream(lines: Sequence[Source]) -> bool:
    r"""Whether a paper is a stream of cells: pages that form feeds divide, without tabs and wide gaps.

    >>> is_stream([Source(1, "Area", 0), Source(2, "", 5), Source(3, "\fBlaby", 6)])
    True
    """
    filled = [source for source in lines if not source.blank]
    gaps = sum("\t" in source.text or bool(_GAPS.search(source.text)) for source in filled)
    return any(_FEED in source.text for source in lines) and gaps * _RARE <= len(filled)


def flows(lines: Sequence[Source]) -> list[Flow]:
    """The flows of all pages, without the numbers of the pages."""
    found: list[Flow] = []
    page, run = 0, list[Source]()
    for source in lines:
        feeds = source.text.count(_FEED)
        if run and (source.blank or feeds):
            found.append(Flow(page, tuple(run)))
            run = []
        page += feeds
        if not source.blank:
            run.append(source)
    return _without_numbers([*found, Flow(page, tuple(run))] if run else found)


def _without_numbers(found: Sequence[Flow]) -> list[Flow]:
    """The flows without those that are the number of their page: a number that grows with the pages."""
    lone = [(flow, int(flow.texts[0])) for flow in found if len(flow.lines) == 1 and _NUMBER.match(flow.texts[0])]
    shifts = Counter(number - flow.page for flow, number in lone)
    usual = max(shifts, key=lambda shift: (shifts[shift], shift == 1), default=0)
    pages = len({flow.page for flow in found})
    certain = shifts[usual] > max(1, pages // 3) or (pages <= 2 and usual == 1)
    numbers = {id(flow) for flow, number in lone if certain and number - flow.page == usual}
    return [flow for flow in found if id(flow) not in numbers]


def headings_in(flow: Flow) -> tuple[list[Heading], int, int]:
    """The headings that a flow opens with, and the lines from and to which they reach.

    A caption may stand above them, or running text.

    >>> [h.role for h in headings_in(Flow(0, (Source(1, "Code", 0), Source(2, "CI001", 5))))[0]]
    ['code']
    """
    prose = next((i for i, text in enumerate(flow.texts) if len(text) > PROSE), len(flow.lines))
    for start in [*range(min(_CAPTION, prose, len(flow.lines))), *range(prose + 1, len(flow.lines))]:
        if not may_open(flow.lines[start]):
            continue
        for end in range(min(len(flow.lines), start + _HEADING_LINES), start, -1):
            words = words_in(flow.lines[start:end])
            if len(words) <= _HEADING_WORDS and (found := _plain(words) or _woven(words)):
                return found, start, end
    return [], 0, 0


def _plain(words: Sequence[Word]) -> list[Heading]:
    """Words as a run of known headings."""
    return [Heading(role, joined([word.line for word in own])) for role, own in known_headings(words)[0]]


def _woven(words: Sequence[Word]) -> list[Heading]:
    """Words of two headings side by side: those of one without those of another, which stand together."""
    for size in range(2, len(words)):
        for at in range(1, len(words) - size + 1):
            both = [*words[:at], *words[at + size :]], words[at : at + size]
            roles = [_role(" ".join(word.text for word in each)) for each in both]
            if all(roles) and roles[0] != roles[1]:
                return [Heading(role, joined([w.line for w in each])) for role, each in zip(roles, both, strict=True)]
    return []


def _role(text: str) -> str:
    return headings().get(fold_heading(text), "")


def says(text: str) -> str:
    """A text folded for the comparison with the vocabularies, without the colon behind it.

    >>> says("Total:")
    'total'
    """
    return fold(text).rstrip(":").strip()
