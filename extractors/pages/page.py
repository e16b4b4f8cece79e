"""A PDF page as words with boxes, and its words as lines of a running text.

Every character gets an offset into the paper's running text, as in a text paper, and a box on its page. So what
reads cells and amounts needs no second way of saying where something stands.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from extractors.pages.gutters import Gutter
from extractors.pages.layout import regions
from extractors.pages.seen import Box, Fill, Rule, Seen
from extractors.pages.sideways import side_of, upright
from extractors.pages.words import Word, placed, turned_lines, words_of
from schemas.records import Glyphs

# A raised word is closer to the one before than this share of its size, and smaller than that share of it.
_CLOSE = 0.15
_SMALLER = 0.85
# The part of a page of lines that read up or down it.
TURNED = -1
# Raised digits stay apart from the figure that they stand behind.
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_middle = attrgetter("middle")
# A gap between lines of more than this many line heights opens a paragraph.
_PARAGRAPH = 0.65


class ByMiddle(NamedTuple):
    """The words of a page by the height of their middles, and these heights."""

    words: tuple[Word, ...]
    middles: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PageText:
    """A page: its size in points, its lines of words in reading order, what it draws, the boxes of characters.

    `opens` says which lines open a paragraph and `region` which part of the page each stands in: one number where
    text runs across the page, one for each column where it is set in columns, TURNED for lines that read up or down
    the page. `text` is the page's share of the running text: its lines, a blank one before each paragraph and at the
    end. `scanned` says that it was read from a picture.
    """

    number: int
    width: float
    height: float
    rows: tuple[tuple[Word, ...], ...]
    opens: tuple[bool, ...]
    region: tuple[int, ...]
    rules: tuple[Rule, ...]
    fills: tuple[Fill, ...]
    whole: Box
    glyphs: Glyphs
    text: str
    by_middle: ByMiddle
    slants: tuple[Box, ...] = ()
    scanned: bool = False

    @property
    def words(self) -> Iterator[Word]:
        """All words, line by line."""
        return chain.from_iterable(self.rows)


def parts_of(text: PageText) -> Iterator[list[tuple[Word, ...]]]:
    """The upright lines of each part of a page."""
    for part in sorted(set(text.region) - {TURNED}):
        yield [row for row, region in zip(text.rows, text.region, strict=True) if region == part]


def words_in(text: PageText, box: Box) -> list[Word]:
    """The words whose middle stands in a box."""
    x0, top, x1, bottom = box
    words, middles = text.by_middle
    first = bisect_left(middles, top)
    last = bisect_left(middles, bottom, first)
    return [word for word in words[first:last] if x0 <= (word.x0 + word.x1) / 2 < x1]


def by_middle(rows: Iterable[Iterable[Word]]) -> ByMiddle:
    """The words of lines by the height of their middles."""
    words = sorted([word for row in rows for word in row], key=_middle)
    return ByMiddle(tuple(words), tuple(map(_middle, words)))


def read_page(seen: Seen, first_line: int, start: int, known: Gutter | None = None) -> PageText:
    """The words of a page as lines whose characters count on from `start`, lines from `first_line`.

    `known` has the columns of text on a page before.
    A page that lies on its side is read as if it were turned; its glyphs know where its characters stand.
    """
    side = side_of(seen.chars)
    if side:
        page = read_page(upright(seen, side), first_line, start, known)
        glyphs = replace(page.glyphs, side=side, size=(seen.width, seen.height))
        return replace(page, whole=seen.whole, glyphs=glyphs)
    words = words_of(seen.chars)
    writer = _Writer(first_line, start)
    rows, opens, parts = [], [], []
    for number, part in enumerate(regions(words, seen, known)):
        for row, gap in _with_gaps(part):
            rows.append(writer.line(row, after_gap=gap))
            opens.append(gap)
            parts.append(number)
    for line in turned_lines(seen.chars):
        rows.append(writer.line(line, after_gap=True))
        opens.append(True)
        parts.append(TURNED)
    text, glyphs = writer.done(seen.number)
    return PageText(
        seen.number, seen.width, seen.height, tuple(rows), tuple(opens), tuple(parts),
        seen.rules, seen.fills, seen.whole, glyphs, text,
        by_middle(rows), seen.slants,
    )  # fmt: skip


class _Writer:
    """Writes lines of words as running text and keeps where each character stands."""

    def __init__(self, line: int, at: int) -> None:
        self._line, self._at, self._start = line, at, at
        self._text: list[str] = []
        # The left edge of each character and, behind them, the right edge of the last.
        self._edges = [0.0]
        self._tops, self._bottoms, self._runs = array("f"), array("f"), array("I")
        # How high and how low the characters written last reach.
        self._band: tuple[float, float] | None = None

    def line(self, row: Sequence[Word], *, after_gap: bool) -> tuple[Word, ...]:
        """Write a line; the words come back with their places."""
        if after_gap and self._text:
            self._end()
        words: list[Word] = []
        for word in row:
            said = word.text
            if words and word.size < words[-1].size and _is_raised(words[-1], word):
                said = said.translate(_RAISED)
            elif words:  # A blank, written in place: there is one for nearly every word.
                self._text.append(" ")
                self._at += 1
                self._edges.append(self._edges[-1])
            words.append(placed(word, said, self._line, self._at))
            if (word.top, word.bottom) != self._band:
                self._open_run(word.top, word.bottom)
            self._text.append(said)
            self._at += len(said)
            self._edges[-1:] = word.edges
        self._end()
        return tuple(words)

    def _open_run(self, top: float, bottom: float) -> None:
        """Note how high and how low characters reach from here on, where it is not as before in single precision."""
        self._band = top, bottom
        stored = array("f", self._band)
        if not self._runs or (self._tops[-1], self._bottoms[-1]) != tuple(stored):
            self._runs.append(self._at - self._start)
            self._tops.append(top)
            self._bottoms.append(bottom)

    def _end(self) -> None:
        self._text.append("\n")
        self._at += 1
        self._line += 1
        self._edges.append(self._edges[-1])

    def done(self, page: int) -> tuple[str, Glyphs]:
        """The text, with a blank line at its end, and the boxes of its characters."""
        self._end()
        boxes = array("f", self._edges[:-1]), self._runs, self._tops, self._bottoms
        return "".join(self._text), Glyphs(self._start, page, *boxes)


def _is_raised(before: Word, word: Word) -> bool:
    """Whether a word stands small right behind another: a footnote mark, or the `st` of `1st`."""
    behind = (before.x0 + before.x1) / 2 < word.x0 < before.x1 + _CLOSE * before.size
    return behind and word.size < _SMALLER * before.size


def _with_gaps(lines: Sequence[list[Word]]) -> Iterator[tuple[list[Word], bool]]:
    """Lines from top to bottom, each with whether a paragraph opens."""
    usual = median([word.size for line in lines for word in line])
    bottom: float | None = None
    for row in lines:
        yield row, bottom is None or min(word.top for word in row) - bottom > _PARAGRAPH * usual
        bottom = max(word.bottom for word in row)
