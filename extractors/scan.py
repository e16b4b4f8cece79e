"""A scanned page as any other is seen: its picture is set straight, its rules found, its lines read, each twice.

Coordinates are points of the page set straight; `Scanned.shown` leads back to the page as it is displayed.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image

from extractors import ocr, tesseract
from extractors.heard import Heard
from extractors.picture import Area, Band, Picture, Stroke, band, evened, ink_of, slant, stretches, strokes, without
from extractors.page import PageText
from extractors.seen import Box, Char, Rule, Seen
from extractors.words import Word
from schemas.records import Glyphs

# Pages are drawn with so many pixels to the point (300 to the inch), and none with more on a side.
SCALE = 300 / 72
MOST_PIXELS = 6000
# A drawn line is at least so long and at most so thick, in points.
_LEAST_RULE, _THICK = 15.0, 3.0
# Capitals are about so high against their font, and the line that they stand on is so far down its height.
_CAPITAL, _ASCENT = 0.70, 0.76
# White beside a line that the engine is given, and a gap that divides a line in two, in heights of its font.
_BESIDE, _APART = 0.2, 2.0
# A gap within a word, in heights of its font, that makes two of it; figures have wider ones.
_GAP, _GAP_OF_FIGURES = 0.22, 0.6
# A line as narrow as this share of the page may stand in a table; it is read again even without a figure.
_NARROW = 0.6
# Sheets whose longest lines are read worse than this lie upside down, if the other way round they are read better.
_UPSIDE = 0.85
_SAME = str.maketrans({"’": "'", "‘": "'", "`": "'", "–": "-", "—": "-", "−": "-", "“": '"', "”": '"', "•": "", "·": ""})
_ALIKE = str.maketrans({"I": "1", "l": "1", "|": "1", "!": "1", "O": "0", "o": "0", "¢": "c", "©": "c", "€": "c"})
# Marks beside a word that one reader may have without the other; a stop or a minus in front would be another figure.
_BEFORE, _BEHIND = "'\"|_~", ".,;:'\"|_~"
# No figure of a scan is as sure as one of a text layer.
SUREST = 0.99
# From a point (x, y) to (a x + b y + c, d x + e y + f).
_Way = tuple[float, float, float, float, float, float]


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
    back: _Way

    def heard(self, text: PageText) -> list[Heard]:
        """What was heard of each word of the page."""
        places = {(s.char.x0, s.char.top): (line, at) for line, own in enumerate(self.said) for at, s in enumerate(own)}
        made = []
        for word in text.words:
            line, at = places[word.x0, word.top]
            own = self.said[line][at : at + len(word.text)]
            agrees = None if any(s.agrees is None for s in own) else all(s.agrees for s in own)
            start, end = word.line.place.char_start or 0, word.line.place.char_end or 0
            made.append(Heard(start, end, min(s.confidence for s in own), agrees, "".join(s.second for s in own)))
        return sorted(made, key=lambda each: each.start)

    def shown(self, text: PageText) -> Glyphs:
        """Where the characters of the page stand as it is displayed."""
        lefts, runs, tops, bottoms = array("f", [0.0]) * len(text.text), array("I"), array("f"), array("f")
        upright = self.back[0] > abs(self.back[1])
        for word in sorted(text.words, key=lambda each: each.line.place.char_start or 0):
            at = (word.line.place.char_start or 0) - text.glyphs.start
            x0, top, x1, bottom = _turned_box(self.back, word)
            edges = [_through(self.back, x, word.middle)[0] for x in word.edges] if upright else []
            # Of a word that runs down or backwards every part has the box of the whole.
            edges = edges or [(x0, x1)[i % 2] for i in range(len(word.text))] + [x1]
            lefts[at : at + len(edges) - 1] = array("f", edges[:-1])
            lefts[at + len(edges) - 1 :] = array("f", [edges[-1]]) * (len(lefts) - at - len(edges) + 1)
            runs.append(at)
            tops.append(top)
            bottoms.append(bottom)
        return replace(text.glyphs, lefts=lefts, runs=runs, tops=tops, bottoms=bottoms)


def _through(way: _Way, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = way
    return a * x + b * y + c, d * x + e * y + f


def _turned_box(way: _Way, word: Word) -> Box:
    """A word's box as displayed: as wide and high as it is, or on its side, around where its middle comes to stand."""
    x, y = _through(way, (word.x0 + word.x1) / 2, word.middle)
    across, down = (word.x1 - word.x0) / 2, word.size / 2
    if abs(way[1]) > abs(way[0]):
        across, down = down, across
    return x - across, y - down, x + across, y + down


class _Line(NamedTuple):
    """A line of print: where it stands in the picture, its band there, the marks read from it."""

    area: Area
    band: Band
    marks: Sequence[ocr.Mark]


class _Sheet(NamedTuple):
    """A page's picture set straight, and the matrix from there to the picture as displayed (pixels)."""

    picture: Picture
    back: np.ndarray


def read_scan(seen: Seen, drawn: Image.Image) -> Scanned:
    """A page read from its picture (grey), of at most `SCALE` pixels to the point."""
    picture = np.asarray(drawn, dtype=np.uint8)
    scale = picture.shape[1] / seen.width
    sheet = _straight(picture)
    areas = ocr.areas(sheet.picture)
    if _lies(areas):
        sheet = _turned(picture, 1)
        areas = ocr.areas(sheet.picture)
    if _is_upside_down(sheet.picture, areas):
        sheet = _turned(sheet.picture, 2, sheet.back)
        areas = ocr.areas(sheet.picture)
    ink = ink_of(evened(sheet.picture))
    level, upright = strokes(ink, round(_LEAST_RULE * scale), round(_THICK * scale))
    clean = without(sheet.picture, [*level, *upright], 2)
    lines = list(_lines(clean, [part for area in areas for part in _divided(area, upright)]))
    said = _said(lines, clean, scale)
    height, width = sheet.picture.shape
    flat = replace(
        seen, width=width / scale, height=height / scale,
        chars=tuple(_chars(said)), rules=tuple(_rules(level, upright, scale)), fills=(),
    )  # fmt: skip
    (a, b, c), (d, e, f) = sheet.back
    return Scanned(flat, said, (a, b, c / scale, d, e, f / scale))


def _chars(said: Sequence[Sequence[Said]]) -> Iterator[Char]:
    """All characters, with a blank behind each word."""
    for line in said:
        for each, after in pairwise([*line, None]):
            yield each.char
            if after is not None and after.opens:
                yield each.char._replace(text=" ", x0=each.char.x1)


def _straight(picture: Picture) -> _Sheet:
    """A picture turned by what it is aslant."""
    height, width = picture.shape
    angle = slant(ink_of(evened(picture)))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    made = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return _Sheet(np.asarray(made, dtype=np.uint8), cv2.invertAffineTransform(matrix))


def _turned(picture: Picture, quarters: int, after: np.ndarray | None = None) -> _Sheet:
    """A picture turned by quarters (counter-clockwise) and then set straight."""
    height, width = picture.shape
    # From the turned picture to the one before: one quarter has its right side on top.
    before = {1: [[0, -1, width], [1, 0, 0]], 2: [[-1, 0, width], [0, -1, height]]}[quarters]
    sheet = _straight(np.ascontiguousarray(np.rot90(picture, quarters)))
    back = _chained(np.array(before, dtype=np.float64), sheet.back)
    return _Sheet(sheet.picture, back if after is None else _chained(after, back))


def _chained(second: np.ndarray, first: np.ndarray) -> np.ndarray:
    """The matrix of one way and then another."""
    return np.asarray((np.vstack([second, [0, 0, 1]]) @ np.vstack([first, [0, 0, 1]]))[:2])


def _lies(areas: Sequence[Area]) -> bool:
    """Whether most lines of print stand upright: the sheet lay on its side."""
    tall = sum(bottom - top > 1.5 * (x1 - x0) for x0, top, x1, bottom in areas)
    return tall * 2 > len(areas) > 2


def _is_upside_down(picture: Picture, areas: Sequence[Area]) -> bool:
    longest = sorted(areas, key=lambda area: area[0] - area[2])[:3]
    crops = [picture[top:bottom, x0:x1] for x0, top, x1, bottom in longest]
    upright = _sureness(crops)
    return upright < _UPSIDE and _sureness([np.ascontiguousarray(crop[::-1, ::-1]) for crop in crops]) > upright


def _sureness(crops: Sequence[Picture]) -> float:
    marks = [mark for crop in crops for mark in ocr.read(crop)]
    return sum(mark.confidence for mark in marks) / max(1, len(marks))


def _divided(area: Area, upright: Sequence[Stroke]) -> Iterator[Area]:
    """A line of print that runs over upright rules as the parts between them."""
    x0, top, x1, bottom = area
    cuts = sorted(
        (s.x0, s.x1) for s in upright
        if x0 < s.x0 and s.x1 < x1 and min(s.bottom, bottom) - max(s.top, top) > (bottom - top) / 2
    )  # fmt: skip
    edges = [x0, *(x for cut in cuts for x in cut), x1]
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        if right > left:
            yield left, top, right, bottom


def _lines(picture: Picture, areas: Sequence[Area]) -> Iterator[_Line]:
    """The lines of print of a picture that say something, cut where they have wide gaps."""
    ink = ink_of(evened(picture))
    for x0, top, x1, bottom in areas:
        found = band(ink[top:bottom, x0:x1])
        if found is None:
            continue
        size = max(4, round((found.base - found.top) / _CAPITAL))
        beside = round(_BESIDE * size)
        for left, right in stretches(ink[top + found.top : top + found.bottom, x0:x1], round(_APART * size)):
            area = (
                max(0, x0 + left - beside), max(0, top + found.top - beside),
                min(picture.shape[1], x0 + right + beside), min(picture.shape[0], top + found.bottom + beside),
            )  # fmt: skip
            marks = ocr.read(picture[area[1] : area[3], area[0] : area[2]])
            if marks:
                own = Band(top + found.top, top + found.base, top + found.bottom)
                yield _Line(area, own, marks)


def _said(lines: Sequence[_Line], picture: Picture, scale: float) -> tuple[tuple[Said, ...], ...]:
    """What was said of each character, line by line, by both readers."""
    ink = ink_of(evened(picture))
    usual = median([_size(line) for line in lines]) if lines else 0.0
    made = []
    for line in lines:
        size = usual if abs(_size(line) - usual) < 0.3 * usual else _size(line)
        words = list(_words(line, ink, size))
        again = _again(line, picture, scale)
        plain = ["".join(mark.text for mark, _, _ in word) for word in words]
        heard = [(None, "")] * len(words) if again is None else compared(plain, again)
        made.append(tuple(
            Said(_char(mark.text, x0, x1, line, size, scale), not at, min(mark.confidence, SUREST), agrees,
                 "" if at else second)
            for word, (agrees, second) in zip(words, heard, strict=True) for at, (mark, x0, x1) in enumerate(word)
        ))  # fmt: skip
    return tuple(made)


def _size(line: _Line) -> float:
    return (line.band.base - line.band.top) / _CAPITAL


def _char(text: str, x0: float, x1: float, line: _Line, size: float, scale: float) -> Char:
    top = line.band.base - _ASCENT * size
    return Char(text, x0 / scale, top / scale, x1 / scale, (top + size) / scale, bold=False, italic=False)


_Placed = tuple[ocr.Mark, float, float]


def _words(line: _Line, ink: Picture, size: float) -> Iterator[list[_Placed]]:
    """The words of a line, each character with its left and its right edge (pixels)."""
    left, _, right, _ = line.area
    columns = ink[line.band.top : line.band.bottom, left:right].any(axis=0)
    filled = np.nonzero(columns)[0]
    first, last = (int(filled[0]), int(filled[-1]) + 1) if filled.size else (0, right - left)
    marks = [mark for mark in line.marks if not mark.text.isspace()]
    middles = [mark.middle * (right - left) for mark in marks]
    breaks = _breaks(line.marks)
    word: list[_Placed] = []
    start = float(first)
    for index, (mark, middle) in enumerate(zip(marks, middles, strict=True)):
        if index + 1 == len(marks):
            yield [*word, (mark, left + start, left + max(float(last), start))]
            return
        end, begin = _between(columns, middle, middles[index + 1])
        apart = index in breaks or _is_gap(mark.text, marks[index + 1].text, (begin - end) / size)
        if not apart:
            end = begin = (end + begin) / 2
        word.append((mark, left + start, left + end))
        start = begin
        if apart:
            yield word
            word = []


def _breaks(marks: Sequence[ocr.Mark]) -> set[int]:
    """After which of the characters that print a blank stands, counting these alone."""
    found: set[int] = set()
    count = 0
    for mark in marks:
        if mark.text.isspace():
            found.add(count - 1)
        else:
            count += 1
    return found


def _between(columns: np.ndarray, left: float, right: float) -> tuple[float, float]:
    """The widest blank between the middles of two characters; the point half way where there is none."""
    first, last = int(left), max(int(left) + 1, int(right) + 1)
    blank = np.nonzero(~columns[first:last])[0]
    if not blank.size:
        return (left + right) / 2, (left + right) / 2
    cuts = [0, *(np.nonzero(np.diff(blank) > 1)[0] + 1), blank.size]
    run = max(pairwise(cuts), key=lambda cut: cut[1] - cut[0])
    return float(first + blank[run[0]]), float(first + blank[run[1] - 1] + 1)


def _is_gap(left: str, right: str, gap: float) -> bool:
    return gap > (_GAP_OF_FIGURES if left.isdigit() or right.isdigit() else _GAP)


def _again(line: _Line, picture: Picture, scale: float) -> str | None:
    """What the second reader has in a line that holds a figure or may stand in a table."""
    x0, top, x1, bottom = line.area
    figured = any(mark.text.isdigit() or mark.text == "£" for mark in line.marks)
    if not figured and x1 - x0 > _NARROW * picture.shape[1]:
        return None
    return tesseract.read(np.ascontiguousarray(picture[top:bottom, x0:x1]), round(scale * 72))


def compared(words: Sequence[str], again: str) -> list[tuple[bool, str]]:
    """For each word of a line whether the second reader has the same, and what it has there.

    >>> compared(["a)", "£10,000"], "a) £18,000")
    [(True, 'a)'), (False, '£18,000')]
    """
    mine, theirs = "".join(words).translate(_SAME), "".join(again.split()).translate(_SAME)
    changes = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    made, start = [], 0
    for word in words:
        end = start + len(word.translate(_SAME))
        own = [change for change in changes if change[1] < end and change[2] > start]
        own += [change for change in changes if change[0] == "insert" and start <= change[1] <= end]
        first = min((max(c[3], c[3] + start - c[1]) if c[0] == "equal" else c[3] for c in own), default=0)
        last = max((min(c[4], c[3] + end - c[1]) if c[0] == "equal" else c[4] for c in own), default=0)
        other = theirs[first:last]
        made.append((_alike(mine[start:end], other), other))
        start = end
    return made


def _alike(word: str, other: str) -> bool:
    """Whether two readings of a word are the same but for marks beside it that are no part of a figure.

    In a word that opens with a letter (a code, `a)`), glyphs that look alike count as one; in a figure none do.
    """
    mine, theirs = (each.lstrip(_BEFORE).rstrip(_BEHIND) for each in (word, other))
    if mine[:1].isalpha():
        mine, theirs = (each.translate(_ALIKE).lower() for each in (mine, theirs))
    return mine == theirs


def _rules(level: Sequence[Stroke], upright: Sequence[Stroke], scale: float) -> Iterator[Rule]:
    for x0, top, x1, bottom in level:
        middle = (top + bottom) / 2 / scale
        yield Rule(x0 / scale, middle, x1 / scale, middle)
    for x0, top, x1, bottom in upright:
        middle = (x0 + x1) / 2 / scale
        yield Rule(middle, top / scale, middle, bottom / scale)
