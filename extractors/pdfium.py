"""The first reading of PDF pages (pdfium): what each page draws, as plain characters, rules and fills.

No other module speaks to pdfium. Coordinates are points from the top left of the page as displayed, after its
crop box and its rotation.
"""

import ctypes
from collections.abc import Callable, Container, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as c

from extractors.hidden import WHITE, Font, Look, Marks, Paint, hidden, look_of, without_doubles
from extractors.seen import Box, Char, Fill, Rule, Seen
from extractors.unreadable import Unreadable

READER = "pdfium"
# Render modes of PDF 32000-1, table 106, that leave no mark on the page: neither fill nor stroke, and clip only.
_UNSEEN_MODES = (c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP)
_BOLD_WEIGHT = 600
# How much of a font's height stands above the line that its characters stand on.
_ASCENT = 0.76
# What pdfium puts where a hyphen ends a line and the word goes on.
_SOFT_HYPHEN, _HYPHEN = 0x02, "-"
# What is put where a font does not say what a character means.
_UNKNOWN = 0xFFFD
# A file that is whole says in its last bytes that it ends.
_TAIL = 1024
# A blank that is not drawn is at least this share of the height of its characters.
_LEAST_BLANK = 0.14
_DEEPEST_FORM = 8
# A line that leaves the upright by less than this many points is meant to be straight.
_STRAIGHT = 1.0
# A filled rectangle or a picture thinner than this many points is a drawn line; a thicker one is a ground.
_THIN = 3.0


class _Drawn(NamedTuple):
    """What a page draws besides text; for each text object how many fills come before it, and its form's matrix."""

    rules: list[Rule]
    fills: list[Fill]
    pictures: list[Box]
    texts: dict[int, tuple[int, "_Matrix"]]


_Matrix = tuple[float, float, float, float, float, float]
_UNIT: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def see(data: bytes, left_out: Container[int] = ()) -> Iterator[Seen]:
    """The pages of a PDF, one by one, each let go before the next; those left out by number are blank.

    Raises Unreadable where the file cannot be opened. A page that cannot be read is blank and says why.
    """
    document = _opened(data)
    try:
        for number in range(1, len(document) + 1):
            yield _blank(number) if number in left_out else _page(document, number)
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> Seen:
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as fault:
        return _blank(number, str(fault))
    try:
        return _seen(page, number)
    finally:
        page.close()


def _blank(number: int, fault: str = "") -> Seen:
    return Seen(number, 0.0, 0.0, (0.0, 0.0, 0.0, 0.0), (), (), (), (), fault)


def pictures(data: bytes, scale: float, most: int) -> Iterator[tuple[float, float, Any]]:
    """Every page's width and height in points and its picture (PIL), no side of more than `most` pixels.

    A page that cannot be drawn has no picture. Raises Unreadable as `see` does.
    """
    document = _opened(data)
    try:
        for number in range(len(document)):
            yield _picture(document, number, scale, most)
    finally:
        document.close()


def _picture(document: pypdfium2.PdfDocument, number: int, scale: float, most: int) -> tuple[float, float, Any]:
    width, height = document.get_page_size(number)
    try:
        page = document[number]
        picture = page.render(scale=min(scale, most / max(width, height, 1))).to_pil()
        page.close()
    except pypdfium2.PdfiumError:
        picture = None
    return width, height, picture


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        what = "is damaged" if b"%%EOF" in data[-_TAIL:] else "ends before its end"
        raise Unreadable(f"The PDF {what} and cannot be put together ({fault}).") from fault


def _seen(page: pypdfium2.PdfPage, number: int) -> Seen:
    # What is shown of the page, boxes that it inherits included; its own media box, where it has one.
    crop, turn = page.get_bbox(), page.get_rotation()
    width, height = page.get_size()
    shown = _displayed(crop, turn)
    whole = _box(shown, *(page.get_mediabox(fallback_ok=False) or crop))
    drawn = _Drawn([], [], [], {})
    _walk(_children(page.raw, c.FPDFPage_CountObjects, c.FPDFPage_GetObject), _UNIT, shown, drawn, 0)
    chars = without_doubles(_chars(page, shown, (width, height), drawn))
    marks = tuple(drawn.rules), tuple(drawn.fills), tuple(drawn.pictures)
    return Seen(number, width, height, whole, tuple(chars), *marks)


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
            found.texts[ctypes.addressof(each.contents)] = len(found.fills), matrix
        elif kind == c.FPDF_PAGEOBJ_PATH:
            _path(each, matrix, shown, found)
        elif kind == c.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(each, matrix, shown)
            if _is_thin(box):
                found.rules.append(_thinned(box))
            else:
                found.pictures.append(box)
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
        for box in boxes:
            if _is_thin(box):
                found.rules.append(_thinned(box))
            elif not _frames(box, boxes):
                found.fills.append(Fill(*box, colour, len(found.fills)))


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
    across = sum(piece[3] - piece[1] < piece[2] - piece[0] for piece in pieces)
    return 3 <= len(pieces) <= 4 and 1 <= across < len(pieces)


def _is_thin(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) < _THIN


def _thinned(box: Box) -> Rule:
    """A thin box as the line in its middle."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return Rule(box[0], y, box[2], y) if box[2] - box[0] > box[3] - box[1] else Rule(x, box[1], x, box[3])


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


def _chars(page: pypdfium2.PdfPage, shown: Any, size: tuple[float, float], drawn: _Drawn) -> Iterator[tuple[int, Char]]:
    """Each character with the number of its text object."""
    text = page.get_textpage()
    looks = _Looks(text.raw, shown, drawn)
    # The sum of two edges of what is on the page is at most this.
    across, down = 2 * size[0], 2 * size[1]
    look, before, apart, last = None, None, False, 0
    try:
        for index, (key, printed, box) in enumerate(_printed(text.raw, shown)):
            if not key:
                apart = apart or printed == " "
                continue
            if look is None or key != last:
                look, last = looks.of(key, index), key
            x0, top, x1, bottom = box
            if look.band:
                top, bottom = look.band
            shown_here = 0 <= x0 + x1 <= across and 0 <= top + bottom <= down
            why = "" if shown_here and look.plain else hidden(look, (x0, top, x1, bottom), size)
            char = Char(printed, x0, top, x1, bottom, look.font.bold, look.font.italic, why, look.turn)
            if apart and before and _is_blank_between(before, char):
                yield key, char._replace(text=" ", x0=before.x1, top=before.top, x1=char.x0, bottom=before.bottom)
            yield key, char
            before, apart = char, False
    finally:
        text.close()


def _printed(text: Any, shown: Any) -> Iterator[tuple[int, str, Box]]:
    """Each character of a page: its text object as a number (0 where the page does not draw it), its text, its box."""
    page = ctypes.cast(text, ctypes.c_void_p).value or 0
    count = range(c.FPDFText_CountChars(text))
    edges = np.zeros((len(count), 4), dtype=np.float32)
    start, width = edges.ctypes.data, edges.strides[0]
    boxed = [_BOX(page, index, start + width * index) for index in count]
    keys = [(_OBJECT(page, index) or 0) if found else 0 for index, found in zip(count, boxed, strict=True)]
    codes = [_UNKNOWN if _UNMAPPED(page, index) == 1 else _UNICODE(page, index) for index in count]
    left, top, right, bottom = edges.astype(float).T
    (x, y), (across, down) = shown(left, bottom), shown(right, top)
    boxes = np.stack([np.minimum(x, across), np.minimum(y, down), np.maximum(x, across), np.maximum(y, down)], axis=1)
    for key, code, box in zip(keys, codes, boxes.tolist(), strict=True):
        yield key, _HYPHEN if code == _SOFT_HYPHEN else chr(code), tuple(box)


def _asked(result: Any, function: Any, *more: Any) -> Any:
    """A function of pdfium on a page's text and a character's number that takes and gives plain numbers.

    That is three times as fast as the objects that otherwise wrap them, and asked of every character.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, ctypes.c_void_p, ctypes.c_int, *more)(address)


_OBJECT = _asked(ctypes.c_void_p, c.FPDFText_GetTextObject)
_BOX = _asked(ctypes.c_int, c.FPDFText_GetLooseCharBox, ctypes.c_void_p)
_UNICODE = _asked(ctypes.c_uint, c.FPDFText_GetUnicode)
_UNMAPPED = _asked(ctypes.c_int, c.FPDFText_HasUnicodeMapError)


class _Looks:
    """How the text objects of a page draw their characters, each found out once."""

    def __init__(self, text: Any, shown: Any, drawn: _Drawn) -> None:
        self._text, self._shown, self._drawn = text, shown, drawn
        self._marks = Marks(drawn.fills, drawn.pictures)
        self._looks: dict[int, Look] = {}
        self._fonts: dict[int, Font] = {}

    def of(self, key: int, index: int) -> Look:
        """The look of a text object, of which a character is given."""
        if key not in self._looks:
            self._looks[key] = self._find(c.FPDFText_GetTextObject(self._text, index), key, index)
        return self._looks[key]

    def _find(self, each: Any, key: int, index: int) -> Look:
        order, form = self._drawn.texts.get(key, (0, _UNIT))
        x, y = ctypes.c_double(), ctypes.c_double()
        c.FPDFText_GetCharOrigin(self._text, index, x, y)
        size = ctypes.c_float()
        c.FPDFTextObj_GetFontSize(each, size)
        _, _, across, up, _, _ = _times(_matrix_of(each), form)
        turn, band = _stance(self._shown, (x.value, y.value), (across * size.value, up * size.value))
        red, green, blue, opacity = _colour(each, c.FPDFPageObj_GetFillColor)
        mode = c.FPDFTextObj_GetTextRenderMode(each)
        white = red >= WHITE and green >= WHITE and blue >= WHITE and mode == c.FPDF_TEXTRENDERMODE_FILL
        unseen = mode in _UNSEEN_MODES or not opacity
        return look_of(self._font(each), Paint(unseen, white, order), turn, band, self._marks)

    def _font(self, each: Any) -> Font:
        font = c.FPDFTextObj_GetFont(each)
        key = ctypes.addressof(font.contents) if font else 0
        if key not in self._fonts:
            self._fonts[key] = _font(font) if font else Font(bold=False, italic=False)
        return self._fonts[key]


def _is_blank_between(left: Char, right: Char) -> bool:
    """Whether a gap in which pdfium puts a blank that the page does not draw is one, or letters set wide."""
    height = left.bottom - left.top
    return abs(right.top - left.top) < height / 2 and right.x0 - left.x1 > _LEAST_BLANK * height


def _stance(shown: Any, origin: tuple[float, float], up: tuple[float, float]) -> tuple[int, tuple[float, float] | None]:
    """How a line of text is turned, and how high and how low it reaches: as its font, if it is upright.

    The boxes that pdfium gives follow some fonts' single glyphs. Text that does not stand upright as displayed keeps
    them.
    """
    x, base = shown(*origin)
    tip_x, tip = shown(origin[0] + up[0], origin[1] + up[1])
    size = base - tip
    if abs(tip_x - x) > 2 * abs(size):
        return (1 if tip_x < x else -1), None
    if size <= 0 or abs(tip_x - x) > size / 2:
        return 0, None
    return 0, (base - _ASCENT * size, base + (1 - _ASCENT) * size)


def _font(font: Any) -> Font:
    name = ctypes.create_string_buffer(128)
    c.FPDFFont_GetBaseFontName(font, name, len(name))
    words = name.value.decode("utf-8", "replace").lower()
    angle = ctypes.c_int()
    c.FPDFFont_GetItalicAngle(font, angle)
    return Font(
        bold="bold" in words or c.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT,
        italic="italic" in words or "oblique" in words or angle.value != 0,
    )
