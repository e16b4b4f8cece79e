"""A scanned page as it was read: its characters, how sure they are, and where they stand on the page as displayed."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extractors.pages.page import PageText
from extractors.pages.seen import Box, Char, Seen
from extractors.pages.words import Word
from extractors.scans.heard import Heard
from extractors.scans.spaced import UNSURE
from extractors.tables.ruled import PageTable
from schemas.records import Glyphs, Note, Place
from schemas.rules import Rule

# Words less sure than this are named where they stand in a table.
_SURE = 0.8
# Print stands beside a word that shares so much of its height.
_LEVEL = 0.3
# From a point (x, y) to (a x + b y + c, d x + e y + f).
Way = tuple[float, float, float, float, float, float]


class Said(NamedTuple):
    """A character of a scan, how sure the engine is, whether the second reader agrees on its word, and what it has.

    `agrees` is None where the second reader was not asked; `second` stands at the character that opens a word.
    """

    char: Char
    opens: bool
    confidence: float
    agrees: bool | None
    second: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scanned page set straight, what was said of each of its characters, and the way back (a matrix)."""

    seen: Seen
    said: tuple[tuple[Said, ...], ...]
    unread: tuple[Box, ...]
    back: Way

    def notes(self, text: PageText, tables: Sequence[PageTable]) -> Iterator[Note]:
        """What a person should know of the page: that it is a picture, print that was not read, what is in doubt.

        Of words outside tables only amounts are told; what is in tables is told with them.
        """
        page = self.seen.number
        heard = self.heard(text)
        doubtful = [each for each in heard if each.confidence < _SURE]
        words = f"page {page}: {len(heard)} words, {len(doubtful)} of them with a confidence under {_SURE}"
        yield Note(Rule.PAGE_SCANNED, Place(page=page), "", words)
        for box in self.unread:
            at = Place(page, *_turned_box(self.back, box))
            yield Note(Rule.PRINT_UNREAD, at, "", f"page {page}, {at.x0:.0f} points from the left, {at.top:.0f} down")
        used = [line.place for table in tables for row in table.rows for cell in row.cells for line in cell]
        for each in heard:
            held = any((at.char_start or 0) <= each.start < (at.char_end or 0) for at in used)
            at = Place(char_start=each.start, char_end=each.end)
            if held and each.confidence < _SURE:
                told = f"page {page}: {each.text!r}, confidence {each.confidence}"
                yield Note(Rule.WORD_UNSURE, at, each.text, told)
            if not held and each.agrees is False and "£" in each.text + each.second:
                told = f"page {page}: {each.text!r}, and {each.second!r}"
                yield Note(Rule.READINGS_DIFFER, at, each.text, told)

    def heard(self, text: PageText) -> list[Heard]:
        """What was heard of each word of the page."""
        places = {(s.char.x0, s.char.top): (line, at) for line, own in enumerate(self.said) for at, s in enumerate(own)}
        made = []
        for word in text.words:
            line, at = places.get((word.x0, word.top), (0, len(self.said[0])))
            own = self.said[line][at : at + len(word.text)]
            if "".join(each.char.text for each in own) != word.text:
                own = self._within(word)
            agrees = None if any(s.agrees is None for s in own) else bool(own) and all(s.agrees for s in own)
            second = "".join(s.second for s in own)
            if any(_touches(word, box) for box in self.unread):
                agrees, second = False, f"{second}{UNSURE}"
            start, end = word.start, word.start + len(word.text)
            least = min((s.confidence for s in own), default=0.0)
            made.append(Heard(word.text, start, end, least, agrees, second))
        return sorted(made, key=lambda each: each.start)

    def _within(self, word: Word) -> tuple[Said, ...]:
        """The characters of a word that was put together from several lines, or is published otherwise than read."""
        return tuple(
            each
            for line in self.said
            for each in line
            if word.x0 <= (each.char.x0 + each.char.x1) / 2 <= word.x1
            and abs(each.char.top + each.char.bottom - 2 * word.middle) < word.size
        )

    def shown(self, text: PageText) -> Glyphs:
        """Where the characters of the page stand as it is displayed."""
        lefts, runs, tops, bottoms = array("f", [0.0]) * len(text.text), array("I"), array("f"), array("f")
        upright = self.back[0] > abs(self.back[1])
        for word in sorted(text.words, key=lambda each: each.start):
            at = word.start - text.glyphs.start
            x0, top, x1, bottom = _turned_box(self.back, (word.x0, word.top, word.x1, word.bottom))
            edges = [_through(self.back, x, word.middle)[0] for x in word.edges] if upright else []
            # Of a word that runs down or backwards every part has the box of the whole.
            edges = edges or [(x0, x1)[i % 2] for i in range(len(word.text))] + [x1]
            lefts[at : at + len(edges) - 1] = array("f", edges[:-1])
            lefts[at + len(edges) - 1 :] = array("f", [edges[-1]]) * (len(lefts) - at - len(edges) + 1)
            runs.append(at)
            tops.append(top)
            bottoms.append(bottom)
        return replace(text.glyphs, lefts=lefts, runs=runs, tops=tops, bottoms=bottoms)


def _touches(word: Word, box: Box) -> bool:
    """Whether print that nobody read stands right beside a word, or on it."""
    x0, top, x1, bottom = box
    level = min(bottom, word.bottom) - max(top, word.top) > _LEVEL * word.size
    return level and min(x1, word.x1) - max(x0, word.x0) > -word.size / 2


def _through(way: Way, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = way
    return a * x + b * y + c, d * x + e * y + f


def _turned_box(way: Way, box: Box) -> Box:
    """A box as displayed: as wide and high as it is, or on its side, around where its middle comes to stand."""
    x, y = _through(way, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    across, down = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    if abs(way[1]) > abs(way[0]):
        across, down = down, across
    return x - across, y - down, x + across, y + down
