"""The third eye on a PDF (pdfium): what each page draws, read fast, as plain characters, rules and fills.

No other module speaks to pdfium. Coordinates are points from the top left of the page as displayed, after its
crop box and its rotation.
"""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as c

from extractors.unreadable import Unreadable

READER = "pdfium"
Box = tuple[float, float, float, float]
# Render modes of PDF 32000-1, table 106, that leave no mark on the page: neither fill nor stroke, and clip only.
_UNSEEN_MODES = (c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP)
# A fill as light as this in red, green and blue cannot be told from paper.
_WHITE = 245
# Smaller than this many points nobody reads.
_SMALLEST = 1.0
_BOLD_WEIGHT = 600
# What pdfium puts where a hyphen ends a line and the word goes on.
_SOFT_HYPHEN = "\x02"
_DEEPEST_FORM = 8
# A line that leaves the upright by less than this many points is meant to be straight.
_STRAIGHT = 1.0
# Side, in points, of the squares by which characters drawn twice are looked up; more than twice how far they stand apart.
_CELL = 6.0


class Char(NamedTuple):
    """A character as drawn: its text, its box (as wide as its advance, as high as its font), how it looks.

    `hidden` is empty, or says why nobody sees it: invisible, white, off the page, tiny, covered, doubled.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool
    italic: bool
    hidden: str = ""


class Rule(NamedTuple):
    """A drawn line, as a box of no width or no height; edges of stroked rectangles too."""

    x0: float
    top: float
    x1: float
    bottom: float


class Fill(NamedTuple):
    """A filled rectangle with its colour (red, green, blue, opacity, each 0 to 255) and when it is drawn."""

    x0: float
    top: float
    x1: float
    bottom: float
    colour: tuple[int, int, int, int]
    order: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as pdfium sees it: its size as displayed, its characters, its rules, fills and pictures."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
    fills: tuple[Fill, ...]
    pictures: tuple[Box, ...]


class _Drawn(NamedTuple):
    """What a page draws besides text, and when each of its text objects is drawn."""

    rules: list[Rule]
    fills: list[Fill]
    pictures: list[Box]
    order: dict[int, int]


_Matrix = tuple[float, float, float, float, float, float]
_UNIT: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def count_pages(data: bytes) -> int:
    """How many pages pdfium counts. Raises Unreadable where it cannot open the file."""
    document = _opened(data)
    try:
        return len(document)
    finally:
        document.close()


def see(data: bytes) -> Iterator[Seen]:
    """The pages of a PDF, one by one, each let go before the next. Raises Unreadable as `count_pages` does."""
    document = _opened(data)
    try:
        for number in range(len(document)):
            page = document[number]
            try:
                yield _seen(page, number + 1)
            finally:
                page.close()
    finally:
        document.close()


def drawn(data: bytes, number: int, scale: float) -> Any:
    """A page (1-based) as a picture (PIL), `scale` pixels to the point."""
    document = _opened(data)
    try:
        return document[number - 1].render(scale=scale).to_pil()
    finally:
        document.close()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        raise Unreadable(f"The PDF cannot be opened ({fault}).") from fault


def _seen(page: pypdfium2.PdfPage, number: int) -> Seen:
    crop = page.get_cropbox(fallback_ok=True)
    turn = page.get_rotation()
    width, height = page.get_size()
    shown = _displayed(crop, turn)
    drawn = _Drawn([], [], [], {})
    _walk(_children(page.raw, c.FPDFPage_CountObjects, c.FPDFPage_GetObject), _UNIT, shown, drawn, 0)
    chars = _unique(_chars(page, shown, (width, height), drawn))
    return Seen(number, width, height, tuple(chars), tuple(drawn.rules), tuple(drawn.fills), tuple(drawn.pictures))


def _displayed(crop: Box, turn: int) -> Callable[[float, float], tuple[float, float]]:
    """From a point in the page's own space (from its bottom left) to the one displayed (from the top left)."""
    left, bottom, right, top = crop
    return {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }[turn % 360]


def _box(shown: Callable[[float, float], tuple[float, float]], x0: float, y0: float, x1: float, y1: float) -> Box:
    (left, top), (right, bottom) = shown(x0, y0), shown(x1, y1)
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


def _children(parent: Any, count: Callable[[Any], int], get: Callable[[Any, int], Any]) -> Iterator[Any]:
    for index in range(count(parent)):
        yield get(parent, index)


def _walk(objects: Iterator[Any], matrix: _Matrix, shown: Any, found: _Drawn, depth: int) -> None:
    """Collect what objects draw, those within forms too; text objects only leave when they are drawn."""
    for each in objects:
        kind = c.FPDFPageObj_GetType(each)
        if kind == c.FPDF_PAGEOBJ_TEXT:
            found.order[ctypes.addressof(each.contents)] = len(found.fills)
        elif kind == c.FPDF_PAGEOBJ_PATH:
            _path(each, matrix, shown, found)
        elif kind == c.FPDF_PAGEOBJ_IMAGE:
            found.pictures.append(_bounds(each, matrix, shown))
        elif kind == c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inner = _children(each, c.FPDFFormObj_CountObjects, c.FPDFFormObj_GetObject)
            _walk(inner, _times(_matrix_of(each), matrix), shown, found, depth + 1)


def _matrix_of(each: Any) -> _Matrix:
    matrix = c.FS_MATRIX()
    if not c.FPDFPageObj_GetMatrix(each, matrix):
        return _UNIT
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(first: _Matrix, second: _Matrix) -> _Matrix:
    a, b, cc, d, e, f = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, cc * p + d * r, cc * q + d * s, e * p + f * r + t, e * q + f * s + u


def _through(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, cc, d, e, f = matrix
    return a * x + cc * y + e, b * x + d * y + f


def _bounds(each: Any, matrix: _Matrix, shown: Any) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    c.FPDFPageObj_GetBounds(each, left, bottom, right, top)
    return _box(shown, *_through(matrix, left.value, bottom.value), *_through(matrix, right.value, top.value))


def _path(each: Any, matrix: _Matrix, shown: Any, found: _Drawn) -> None:
    """The straight, upright lines of a stroked path; the rectangles of a filled one."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(each, fill, stroke)
    traced = [_trace(points, shown) for points in _outlines(each, _times(_matrix_of(each), matrix))]
    if stroke.value and _colour(each, c.FPDFPageObj_GetStrokeColor)[3]:
        found.rules.extend(Rule(*piece) for pieces in traced for piece in pieces)
    if fill.value:
        colour = _colour(each, c.FPDFPageObj_GetFillColor)
        boxes = [_around(pieces) for pieces in traced if _is_rectangle(pieces)]
        found.fills.extend(Fill(*box, colour, len(found.fills)) for box in boxes if not _frames(box, boxes))


def _outlines(each: Any, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
    """The points of each outline of a path; a closed one ends where it began. A curve counts as its ends."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(c.FPDFPath_CountSegments(each)):
        segment = c.FPDFPath_GetPathSegment(each, index)
        c.FPDFPathSegment_GetPoint(segment, x, y)
        if c.FPDFPathSegment_GetType(segment) == c.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(_through(matrix, x.value, y.value))
        if c.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _trace(points: list[tuple[float, float]], shown: Any) -> list[Box]:
    """The pieces of an outline that run straight across or straight down, as boxes of no width or no height."""
    return [
        _box(shown, *a, *b)
        for a, b in pairwise(points)
        if a != b and (abs(a[0] - b[0]) < _STRAIGHT or abs(a[1] - b[1]) < _STRAIGHT)
    ]


def _is_rectangle(pieces: list[Box]) -> bool:
    across = sum(piece[3] - piece[1] < _STRAIGHT for piece in pieces)
    return 3 <= len(pieces) <= 4 and 1 <= across < len(pieces)


def _around(pieces: list[Box]) -> Box:
    return (
        min(piece[0] for piece in pieces),
        min(piece[1] for piece in pieces),
        max(piece[2] for piece in pieces),
        max(piece[3] for piece in pieces),
    )


def _frames(box: Box, boxes: list[Box]) -> bool:
    """Whether a rectangle has another of the same path within it: then it is the outside of a frame."""
    return any(
        other != box and box[0] <= other[0] and box[1] <= other[1] and other[2] <= box[2] and other[3] <= box[3]
        for other in boxes
    )


def _colour(each: Any, ask: Callable[..., bool]) -> tuple[int, int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not ask(each, *parts):
        return 0, 0, 0, 255
    return parts[0].value, parts[1].value, parts[2].value, parts[3].value


class _Font(NamedTuple):
    bold: bool
    italic: bool


class _Look(NamedTuple):
    """How a text object draws its characters."""

    font: _Font
    unseen: bool
    white: bool
    order: int


def _chars(page: pypdfium2.PdfPage, shown: Any, size: tuple[float, float], drawn: _Drawn) -> Iterator[tuple[int, Char]]:
    """Each character with the number of its text object."""
    text = page.get_textpage()
    looks: dict[int, _Look] = {}
    fonts: dict[int, _Font] = {}
    rect = c.FS_RECTF()
    try:
        for index in range(c.FPDFText_CountChars(text.raw)):
            each = c.FPDFText_GetTextObject(text.raw, index)
            if not each or not c.FPDFText_GetLooseCharBox(text.raw, index, rect):
                continue
            key = ctypes.addressof(each.contents)
            look = looks.get(key)
            if look is None:
                look = looks[key] = _look(each, fonts, drawn.order.get(key, 0))
            box = _box(shown, rect.left, rect.bottom, rect.right, rect.top)
            printed = chr(c.FPDFText_GetUnicode(text.raw, index))
            hidden = _hidden(look, box, size, drawn)
            yield key, Char("-" if printed == _SOFT_HYPHEN else printed, *box, *look.font, hidden)
    finally:
        text.close()


def _look(each: Any, fonts: dict[int, _Font], order: int) -> _Look:
    font = c.FPDFTextObj_GetFont(each)
    key = ctypes.addressof(font.contents) if font else 0
    if key not in fonts:
        fonts[key] = _font(font) if font else _Font(bold=False, italic=False)
    red, green, blue, opacity = _colour(each, c.FPDFPageObj_GetFillColor)
    mode = c.FPDFTextObj_GetTextRenderMode(each)
    white = red >= _WHITE and green >= _WHITE and blue >= _WHITE and mode == c.FPDF_TEXTRENDERMODE_FILL
    return _Look(fonts[key], mode in _UNSEEN_MODES or not opacity, white, order)


def _font(font: Any) -> _Font:
    name = ctypes.create_string_buffer(128)
    c.FPDFFont_GetBaseFontName(font, name, len(name))
    words = name.value.decode("utf-8", "replace").lower()
    angle = ctypes.c_int()
    c.FPDFFont_GetItalicAngle(font, angle)
    return _Font(
        bold="bold" in words or c.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT,
        italic="italic" in words or "oblique" in words or angle.value != 0,
    )


def _hidden(look: _Look, box: Box, size: tuple[float, float], drawn: _Drawn) -> str:
    """Why nobody sees a character, or nothing."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    if look.unseen:
        return "invisible"
    if not (0 <= x <= size[0] and 0 <= y <= size[1]):
        return "off the page"
    if box[3] - box[1] < _SMALLEST and box[2] - box[0] < _SMALLEST:
        return "tiny"
    if look.white and not _on_dark(x, y, look.order, drawn):
        return "white"
    if look.order < len(drawn.fills) and _is_covered(x, y, drawn.fills[look.order :]):
        return "covered"
    return ""


def _is_covered(x: float, y: float, later: list[Fill]) -> bool:
    return any(fill.colour[3] == 255 and _holds(fill, x, y) for fill in later)


def _on_dark(x: float, y: float, order: int, drawn: _Drawn) -> bool:
    """Whether white text stands on a picture, or on a fill that is not white itself."""
    below = [fill for fill in drawn.fills[:order] if fill.colour[3] and _holds(fill, x, y)]
    if below:
        return min(below[-1].colour[:3]) < _WHITE
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in drawn.pictures)


def _holds(fill: Fill, x: float, y: float) -> bool:
    return fill.x0 <= x <= fill.x1 and fill.top <= y <= fill.bottom


def _unique(chars: Iterator[tuple[int, Char]]) -> Iterator[Char]:
    """Characters of which each that is drawn again on the spot (to look bold) is hidden as doubled.

    The letters of a ligature share one box in one text object; they are no doubles.
    """
    seen: dict[tuple[str, int, int], list[Char]] = {}
    before, last = 0, None
    for key, char in chars:
        ligature = key == before and last is not None and char[1:5] == last[1:5] and char.text.isalpha()
        before, last = key, char
        if char.hidden or ligature or char.text.isspace():
            yield char
            continue
        x, y = int(char.x0 / _CELL), int(char.top / _CELL)
        yield char._replace(hidden="doubled") if _is_near(char, seen, x, y) else char
        seen.setdefault((char.text, x, y), []).append(char)


def _is_near(char: Char, seen: dict[tuple[str, int, int], list[Char]], x: int, y: int) -> bool:
    """Whether the same character was drawn less than a third of its width and a seventh of its height away."""
    columns = (x, x + 1 if char.x0 / _CELL - x > 0.5 else x - 1)
    rows = (y, y + 1 if char.top / _CELL - y > 0.5 else y - 1)
    return any(
        abs(other.x0 - char.x0) < (char.x1 - char.x0) / 3 and abs(other.top - char.top) < (char.bottom - char.top) / 7
        for column in columns
        for row in rows
        for other in seen.get((char.text, column, row), ())
    )
