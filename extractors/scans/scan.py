"""A scanned page as any other is seen: its picture is set straight, its rules found, its lines read, each twice.

Coordinates are points of the page set straight; `Scanned.shown` leads back to the page as it is displayed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image

from extractors.pages.seen import Char, Rule, Seen, as_columns
from extractors.scans import ocr, tesseract
from extractors.scans.alike import compared
from extractors.scans.picture import (
    Area,
    Band,
    Picture,
    Stroke,
    band,
    contrasted,
    evened,
    ink_of,
    lid,
    slant,
    stretches,
    strokes,
    unread,
    widened,
    without,
)
from extractors.scans.scanned import Said, Scanned
from extractors.scans.spaced import UNSURE, Print, spaced

# Pages are drawn with so many pixels to the point (300 to the inch), and none with more in all.
SCALE = 300 / 72
MOST_PIXELS = 25_000_000
# A drawn line is at least so long and at most so thick, in points.
_LEAST_RULE, _THICK = 15.0, 3.0
# Capitals are about so high against their font, and the line that they stand on is so far down its height.
_CAPITAL, _ASCENT = 0.70, 0.76
# White beside a line that the engine is given, and a gap that divides a line in two, in heights of its font.
_BESIDE, _APART = 0.2, 2.0
# A line as narrow as this share of the page may stand in a table; it is read again even without a figure.
_NARROW = 0.6
# Sheets whose lines are read worse than this lie upside down, if the longest are read better the other way round.
_UPSIDE, _LONGEST = 0.85, 5
# A small L among capitals, or between a capital and a digit.
_SMALL_L = re.compile(r"(?<=[A-Z])l(?=[A-Z\d])|\bl(?=[A-Z]{2})|(?<=[A-Z]{2})l\b")
# No figure of a scan is as sure as one of a text layer.
SUREST = 0.99
# The height of print in points where a page has none to go by.
_USUAL = 11


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
    picture = contrasted(np.asarray(drawn, dtype=np.uint8))
    scale = picture.shape[1] / seen.width
    sheet = _straight(picture)
    areas = ocr.areas(sheet.picture)
    if _lies(areas):
        sheet = _turned(picture, 1)
        areas = ocr.areas(sheet.picture)
    level, upright = _drawn(sheet.picture, scale)
    clean = without(sheet.picture, [*level, *upright], 2)
    lines = list(_lines(clean, _parted(areas, upright)))
    if _is_upside_down(clean, lines):
        sheet = _turned(sheet.picture, 2, sheet.back)
        level, upright = _drawn(sheet.picture, scale)
        clean = without(sheet.picture, [*level, *upright], 2)
        lines = list(_lines(clean, _parted(ocr.areas(clean), upright)))
    said = _said(lines, clean, scale)
    height, width = sheet.picture.shape
    flat = replace(
        seen, width=width / scale, height=height / scale,
        chars=as_columns(_chars(said)), rules=tuple(_rules(level, upright, scale)), fills=(),
    )  # fmt: skip
    missed = unread(ink_of(evened(clean)), [line.area for line in lines], _usual(lines) or scale * _USUAL)
    boxes = tuple((x0 / scale, top / scale, x1 / scale, bottom / scale) for x0, top, x1, bottom in missed)
    (a, b, c), (d, e, f) = sheet.back
    return Scanned(flat, said, boxes, (a, b, c / scale, d, e, f / scale))


def _chars(said: Sequence[Sequence[Said]]) -> Iterator[Char]:
    """All characters, with a blank behind each word."""
    for line in said:
        for at, each in enumerate(line):
            if at and each.opens:
                yield line[at - 1].char._replace(text=" ", x0=line[at - 1].char.x1)
            yield each.char


def _straight(picture: Picture) -> _Sheet:
    """A picture turned by what it is aslant."""
    height, width = picture.shape
    angle = slant(ink_of(evened(picture)) & (1 - lid(picture)))
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


def _drawn(picture: Picture, scale: float) -> tuple[list[Stroke], list[Stroke]]:
    return strokes(picture, round(_LEAST_RULE * scale), round(_THICK * scale))


def _is_upside_down(picture: Picture, lines: Sequence[_Line]) -> bool:
    """Whether lines are read badly, and their longest are read better the other way round."""
    if not lines or _sureness([line.marks for line in lines]) >= _UPSIDE:
        return False
    longest = sorted(lines, key=lambda line: line.area[0] - line.area[2])[:_LONGEST]
    crops = [picture[top:bottom, x0:x1] for x0, top, x1, bottom in (line.area for line in longest)]
    other = _sureness([ocr.read(np.ascontiguousarray(crop[::-1, ::-1])) for crop in crops])
    return other > _sureness([line.marks for line in longest])


def _sureness(lines: Sequence[Sequence[ocr.Mark]]) -> float:
    marks = [mark.confidence for line in lines for mark in line]
    return sum(marks) / max(1, len(marks))


def _parted(areas: Sequence[Area], upright: Sequence[Stroke]) -> list[Area]:
    """Lines of print, cut where upright rules stand, and where the next begins that runs into them."""
    parts = [part for area in areas for part in _divided(area, upright)]
    made = []
    for x0, top, x1, bottom in parts:
        level = [a for a in parts if min(a[3], bottom) - max(a[1], top) > min(a[3] - a[1], bottom - top) / 2]
        ends = [a[0] for a in level if x0 < a[0] < x1 < a[2]]
        made.append((x0, top, min([x1, *ends]), bottom))
    return made


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
        rows = ink[top + found.top : top + found.bottom]
        first, last = widened(rows, x0, x1, size)
        for left, right in stretches(rows[:, first:last], round(_APART * size)):
            area = (
                max(0, first + left - beside), max(0, top + found.top - beside),
                min(picture.shape[1], first + right + beside), min(picture.shape[0], top + found.bottom + beside),
            )  # fmt: skip
            marks = ocr.read(picture[area[1] : area[3], area[0] : area[2]])
            if marks:
                own = Band(top + found.top, top + found.base, top + found.bottom)
                yield _Line(area, own, marks)


def _said(lines: Sequence[_Line], picture: Picture, scale: float) -> tuple[tuple[Said, ...], ...]:
    """What was said of each character, line by line, by both readers."""
    ink = ink_of(evened(picture))
    usual = _usual(lines)
    return tuple(
        _said_of(line, ink, usual if abs(_size(line) - usual) < 0.3 * usual else _size(line), scale,
                 _again(line, picture, scale))
        for line in lines
    )  # fmt: skip


def _said_of(line: _Line, ink: Picture, size: float, scale: float, again: str | None) -> tuple[Said, ...]:
    """What was said of each character of a line; of a word that the picture leaves in doubt nobody agrees."""
    words = list(spaced(Print(line.marks, ink, line.area, line.band, size), again))
    plain = [_cased("".join(mark.text for mark in word.marks)) for word in words]
    heard = [(None, "")] * len(words) if again is None else compared(plain, again)
    return tuple(
        Said(_char(text[at], x0, x1, line, size, scale), not at, min(mark.confidence, SUREST),
             agrees if word.sure else False, "" if at else second if word.sure else f"{second}{UNSURE}")
        for word, text, (agrees, second) in zip(words, plain, heard, strict=True)
        for at, (mark, (x0, x1)) in enumerate(zip(word.marks, pairwise(word.edges), strict=True))
    )  # fmt: skip


def _usual(lines: Sequence[_Line]) -> float:
    """The height of the font of most lines, in pixels; 0 where there is no line."""
    return median([_size(line) for line in lines]) if lines else 0.0


def _size(line: _Line) -> float:
    return (line.band.base - line.band.top) / _CAPITAL


def _char(text: str, x0: float, x1: float, line: _Line, size: float, scale: float) -> Char:
    top = line.band.base - _ASCENT * size
    return Char(text, x0 / scale, top / scale, x1 / scale, (top + size) / scale, bold=False, italic=False)


def _cased(text: str) -> str:
    """A word in which a glyph that is capital i and small L alike is read as its neighbours ask.

    >>> _cased("lOM"), _cased("Cl005"), _cased("Alan")
    ('IOM', 'CI005', 'Alan')
    """
    return _SMALL_L.sub("I", text)


def _again(line: _Line, picture: Picture, scale: float) -> str | None:
    """What the second reader has in a line that holds a figure or may stand in a table."""
    x0, top, x1, bottom = line.area
    figured = any(mark.text.isdigit() or mark.text == "£" for mark in line.marks)
    if not figured and x1 - x0 > _NARROW * picture.shape[1]:
        return None
    return tesseract.read(np.ascontiguousarray(picture[top:bottom, x0:x1]), round(scale * 72))


def _rules(level: Sequence[Stroke], upright: Sequence[Stroke], scale: float) -> Iterator[Rule]:
    for x0, top, x1, bottom in level:
        middle = (top + bottom) / 2 / scale
        yield Rule(x0 / scale, middle, x1 / scale, middle)
    for x0, top, x1, bottom in upright:
        middle = (x0 + x1) / 2 / scale
        yield Rule(middle, top / scale, middle, bottom / scale)
