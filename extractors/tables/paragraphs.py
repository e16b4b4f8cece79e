"""What a page prints outside its tables: paragraphs, and which of them are headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from extractors.lines import run_in_title
from extractors.pages.gutters import MARGIN
from extractors.pages.page import TURNED, PageText
from extractors.pages.words import Word, are_bold, line_of, text_of
from extractors.tables.ruled import PageTable
from schemas.records import Line

# A heading is set larger than what it heads by this factor.
LARGER = 1.08
_HEADING_WORDS = 24
# A title stands nearer to the text below it than so many of its heights; a running title stands apart.
_RIGHT_ABOVE = 1.5
# A line that comes nearer than so many heights to the end of the text is full: the next word did not fit.
_FULL = 3.0
# The first word of an item of a list: a bullet, a letter or a number with its bracket or stop.
_MARKER = re.compile(r"^(?:[•·▪-]|\(?[a-z]\)|\d{1,2}(?:\.\d+)*[.)])$")
# Where a line ends within a word that has a hyphen, or is given one there.
_BROKEN = re.compile(r"(?<=[^\W\d_]-)\n(?=[^\W\d_A-Z])")
# `3/12` is the third page of twelve, `2014/15` a year that a heading broke off.
_PAGE_NUMBER = re.compile(
    r"^\W*(?!(?:19|20)\d\d\s*/\s*\d\d\W*$)(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines outside tables that belong together, and the heading that they are or open with."""

    line: Line
    heading: Line | None

    @property
    def start(self) -> int:
        """Where it starts in the running text."""
        return self.line.place.char_start or 0


def lines_of(page: PageText) -> Iterator[Line | None]:
    """A page's lines of the running text; None for a blank one."""
    for number, (row, opens) in enumerate(zip(page.rows, page.opens, strict=True)):
        if opens and number:
            yield None
        yield line_of(row)
    yield None


def paragraphs_of(page: PageText, tables: Sequence[PageTable]) -> Iterator[Paragraph]:
    """The paragraphs of a page outside its tables and its margins."""
    lines = [
        (row, opens, is_furniture(row, page.height))
        for row, opens, part in zip(page.rows, page.opens, page.region, strict=True)
        if part != TURNED and not any(table.holds(row) for table in tables)
    ]
    sizes = sorted([word.size for row, _, aside in lines if not aside for word in row])
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    following: list[Sequence[Word]] = [*(row for row, *_ in lines[1:]), ()]
    body = [
        (row, opens)
        for (row, opens, aside), below in zip(lines, following, strict=False)
        if not aside or _heads(row, below, usual)
    ]
    groups: list[list[Sequence[Word]]] = []
    for row, opens in body:
        if not groups or opens or _MARKER.match(row[0].text) or _weight(row) != _weight(groups[-1][-1]):
            groups.append([])
        groups[-1].append(row)
    # Text reaches as far to the right as to the left.
    end = page.width - min((row[0].x0 for row, _ in body), default=0.0)
    for group in groups:
        yield _paragraph(group, usual, end if set(page.region) <= {0, TURNED} else inf)


def _heads(row: Sequence[Word], below: Sequence[Word], usual: float) -> bool:
    """Whether a line is a title right above the text below it, which no running title is."""
    near = bool(below) and 0 <= below[0].top - row[0].bottom < _RIGHT_ABOVE * row[0].size
    return near and is_title_over(row, usual) and any(map(str.isalpha, text_of(row)))


def whole(above: Sequence[Paragraph], page: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs since a table and those of the next page; a heading that goes on there in small letters is one."""
    if not above or not page or not (above[-1].heading and page[0].heading and page[0].line.text[:1].islower()):
        return [*above, *page]
    last = above[-1]
    text = f"{last.line.text} {page[0].line.text}"
    joined = Line(text, last.line.place)
    return [*above[:-1], Paragraph(joined, joined if last.heading == last.line else last.heading), *page[1:]]


def is_furniture(row: Sequence[Word], height: float) -> bool:
    """Whether a line is a page's number or stands where only running titles do."""
    edge = min(row[0].middle, height - row[0].middle) / height
    return edge < MARGIN / 2 or is_page_number(row, height)


def is_page_number(row: Sequence[Word], height: float) -> bool:
    """Whether a line is the number of a page: on pages that lie on their side it stands further from the edge."""
    edge = min(row[0].middle, height - row[0].middle) / height
    return edge < 2 * MARGIN and bool(_PAGE_NUMBER.match(text_of(row)))


def is_heading_in_margin(row: Sequence[Word], height: float) -> bool:
    """Whether a line near the edge of a page, where running titles stand too, is bold and no page's number."""
    return are_bold(row) and not is_furniture(row, height)


def is_title_over(row: Sequence[Word], size: float) -> bool:
    """Whether a line is bold and in larger type than that of so many points: a heading, wherever it stands."""
    return are_bold(row) and row[0].size > LARGER * size


def _weight(row: Sequence[Word]) -> tuple[bool, float]:
    return are_bold(row), round(row[0].size, 1)


def _paragraph(group: Sequence[Sequence[Word]], usual: float, end: float) -> Paragraph:
    """Lines as a paragraph; `end` is how far text reaches to the right."""
    first = line_of(group[0])
    text = _BROKEN.sub("", "\n".join(text_of(row) for row in group)).replace("\n", " ")
    whole = Line(text, first.place)
    bold, size = _weight(group[0])
    short = len(text.split()) <= _HEADING_WORDS and not text.endswith((".", ",", ";", ":"))
    title = run_in_title(text)
    # A plain line may be the first or the last one of a paragraph that the page cuts.
    rest = group[0][0].text.isalpha() and group[0][0].text.islower()
    alone = len(group) == 1 and end - group[0][-1].x1 > _FULL * size and not rest
    heading = whole if short and (bold or size > usual * 1.05 or alone) else None
    return Paragraph(whole, Line(title, first.place) if title else heading)
