"""A PDF page as words with boxes, by the first reader (pdfplumber), and its words as lines of a running text.

Every character gets an offset into the paper's running text, as in a text paper, and a box on its page. So what
reads cells and amounts needs no second way of saying where something stands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from pdfplumber.page import Page as PlumberPage

from schemas.records import Glyphs, Line, Place

# Words stand on one line where their middles differ by less than this share of the smaller height.
_SAME_LINE = 0.5
# A raised word is closer to the one before than this share of its size, and smaller than that share of it.
_CLOSE = 0.15
_SMALLER = 0.85
# Raised digits stay apart from the figure that they stand behind.
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# A gap between lines of more than this many line heights opens a paragraph.
_PARAGRAPH = 0.65


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box in points, its size, whether it is bold, and its place in the running text."""

    line: Line
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool

    @property
    def text(self) -> str:
        """The word as printed."""
        return self.line.text

    @property
    def middle(self) -> float:
        """Half way between its upper and its lower edge."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class PageText:
    """A page: its size in points, its lines of words, which of them open a paragraph, the boxes of characters.

    `text` is the page's share of the running text: its lines, a blank one before each paragraph and at the end.
    """

    number: int
    width: float
    height: float
    rows: tuple[tuple[Word, ...], ...]
    opens: tuple[bool, ...]
    glyphs: tuple[Glyphs, ...]
    text: str

    @property
    def words(self) -> Iterator[Word]:
        """All words, line by line."""
        return (word for row in self.rows for word in row)


def read_page(page: PlumberPage, number: int, first_line: int, start: int) -> PageText:
    """The words of a page as lines whose characters count on from `start`, lines from `first_line`."""
    raw = page.dedupe_chars().extract_words(return_chars=True, extra_attrs=["size"])
    rows: list[tuple[Word, ...]] = []
    opens: list[bool] = []
    glyphs: list[Glyphs] = []
    text: list[str] = []
    at, line = start, first_line
    for row, gap in _lines(raw):
        if gap and rows:
            text.append("\n")
            at, line = at + 1, line + 1
        words = []
        for before, word in zip([None, *row], row, strict=False):
            raised = before is not None and _is_raised(before, word)
            if before is not None and not raised:
                text.append(" ")
                at += 1
            words.append(_word(word, line, at, raised=raised))
            glyphs.append(Glyphs(at, number, word["top"], word["bottom"], _edges(word)))
            text.append(words[-1].text)
            at += len(words[-1].text)
        text.append("\n")
        at, line = at + 1, line + 1
        rows.append(tuple(words))
        opens.append(gap)
    text.append("\n")
    size = float(page.width), float(page.height)
    return PageText(number, *size, tuple(rows), tuple(opens), tuple(glyphs), "".join(text))


def _is_raised(before: dict[str, Any], word: dict[str, Any]) -> bool:
    """Whether a word stands small right behind another: a footnote mark, or the `st` of `1st`."""
    close = word["x0"] - before["x1"] < _CLOSE * before["size"]
    return bool(close and word["size"] < _SMALLER * before["size"])


def _word(word: dict[str, Any], line: int, at: int, *, raised: bool) -> Word:
    printed: str = word["text"].translate(_RAISED) if raised else word["text"]
    place = Place(line=line, char_start=at, char_end=at + len(printed))
    bold = all("bold" in char["fontname"].lower() for char in word["chars"])
    box = word["x0"], word["top"], word["x1"], word["bottom"]
    return Word(Line(printed, place), *box, word["size"], bold)


def _edges(word: dict[str, Any]) -> tuple[float, ...]:
    """The left edges of a word's characters and its right edge; a ligature's letters share its box evenly."""
    edges: list[float] = []
    for char in word["chars"]:
        size = max(1, len(char["text"]))
        step = (char["x1"] - char["x0"]) / size
        edges += [char["x0"] + step * i for i in range(size)]
    return (*edges, word["chars"][-1]["x1"])


def _lines(words: Sequence[dict[str, Any]]) -> Iterator[tuple[list[dict[str, Any]], bool]]:
    """Words as lines from top to bottom, each with whether a paragraph opens."""
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda w: (_middle(w), w["x0"])):
        if rows and _middle(word) - _middle(rows[-1][0]) < _SAME_LINE * min(_height(word), _height(rows[-1][0])):
            rows[-1].append(word)
        else:
            rows.append([word])
    usual = median([_height(word) for word in words]) if words else 0.0
    bottom: float | None = None
    for row in rows:
        gap = bottom is None or min(word["top"] for word in row) - bottom > _PARAGRAPH * usual
        yield sorted(row, key=lambda word: word["x0"]), gap
        bottom = max(word["bottom"] for word in row)


def _height(word: dict[str, Any]) -> float:
    return float(word["bottom"] - word["top"])


def _middle(word: dict[str, Any]) -> float:
    return float(word["bottom"] + word["top"]) / 2
