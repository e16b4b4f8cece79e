"""The third eye on a PDF (pdfium): what each page draws, read fast, as plain characters, rules and fills.

No other module speaks to pdfium. Coordinates are points from the top left of the page as displayed, after its
crop box and its rotation.
"""

import ctypes
from collections.abc import Callable, Container, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as c

from extractors.hidden import WHITE, Font, Look, Marks, hidden, without_doubles
from extractors.seen import Box, Char, Fill, Rule, Seen
from extractors.unreadable import Unreadable

# Render modes of PDF 32000-1, table 106, that leave no mark on the page: neither fill nor stroke, and clip only.
_UNSEEN_MODES = (c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP)
_BOLD_WEIGHT = 600
# How much of a font's height stands above the line that its characters stand on.
_ASCENT = 0.76
# What pdfium puts where a hyphen ends a line and the word goes on.
_SOFT_HYPHEN = "\x02"
_DEEPEST_FORM = 8
# How pictures are coded that scanners make. One that covers so much of a page covers the text that is drawn before it.
_OF_SCANS = (b"DCTDecode", b"CCITTFaxDecode", b"JBIG2Decode", b"JPXDecode")
_WHOLE = 0.9
# A line that leaves the upright by less than this many points is meant to be straight.
_STRAIGHT = 1.0


class _Drawn(NamedTuple):
    """What a page draws besides text; for each text object how many fills come before it, and its form's matrix."""

    rules: list[Rule]
    fills: list[Fill]
    pictures: list[Box]
    texts: dict[int, tuple[int, "_Matrix"]]
    # Where scans stand, each with how many text objects come before it, and those in their order.
    scans: list[tuple[Box, int]]
    order: dict[int, int]


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


def drawn(data: bytes, number: int, scale: float, most: int) -> Any:
    """The picture (PIL, grey) of one page (from 1), no side of more than `most` pixels; None if it cannot be drawn."""
    document = _opened(data)
    try:
        picture = _picture(document, number - 1, scale, most)[2]
    finally:
        document.close()
    return None if picture is None else picture.convert("L")


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        raise Unreadable(f"The PDF cannot be opened ({fault}).") from fault


def _seen(page: pypdfium2.PdfPage, number: int) -> Seen:
    # What is shown of the page, boxes that it inherits included; its own media box, where it has one.
    crop, turn = page.get_bbox(), page.get_rotation()
    width, height = page.get_size()
    shown = _displayed(crop, turn)
    whole = _box(shown, *(page.get_mediabox(fallback_ok=False) or crop))
    drawn = _Drawn([], [], [], {}, [], {})
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
            found.order[ctypes.addressof(each.contents)] = len(found.order)
        elif kind == c.FPDF_PAGEOBJ_PATH:
            _path(each, matrix, shown, found)
        elif kind == c.FPDF_PAGEOBJ_IMAGE:
            found.pictures.append(_bounds(each, matrix, shown))
            if _is_coded_as_scan(each):
                found.scans.append((found.pictures[-1], len(found.order)))
        elif kind == c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inner = _children(each, c.FPDFFormObj_CountObjects, c.FPDFFormObj_GetObject)
            _walk(inner, _times(_matrix_of(each), matrix), shown, found, depth + 1)


def _is_coded_as_scan(each: Any) -> bool:
    """Whether a picture is coded as scanners do, and nothing shows through it."""
    count = c.FPDFImageObj_GetImageFilterCount(each)
    name = ctypes.create_string_buffer(32)
    if count < 1 or c.FPDFPageObj_HasTransparency(each):
        return False
    c.FPDFImageObj_GetImageFilter(each, count - 1, name, len(name))
    return name.value in _OF_SCANS


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


def _chars(page: pypdfium2.PdfPage, shown: Any, size: tuple[float, float], drawn: _Drawn) -> Iterator[tuple[int, Char]]:
    """Each character with the number of its text object."""
    text = page.get_textpage()
    looks: dict[int, Look] = {}
    fonts: dict[int, Font] = {}
    marks = Marks(drawn.fills, drawn.pictures)
    rect, x, y = c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    try:
        for index in range(c.FPDFText_CountChars(text.raw)):
            each = c.FPDFText_GetTextObject(text.raw, index)
            if not each or not c.FPDFText_GetLooseCharBox(text.raw, index, rect):
                continue
            key = ctypes.addressof(each.contents)
            look = looks.get(key)
            if look is None:
                look = looks[key] = _look(each, fonts, *drawn.texts.get(key, (0, _UNIT)))
            c.FPDFText_GetCharOrigin(text.raw, index, x, y)
            box = _line_box(
                shown, _box(shown, rect.left, rect.bottom, rect.right, rect.top), (x.value, y.value), look.up
            )
            unknown = c.FPDFText_HasUnicodeMapError(text.raw, index) == 1
            printed = "\ufffd" if unknown else chr(c.FPDFText_GetUnicode(text.raw, index))
            why = hidden(look, box, size, marks) or _under(drawn, key, size)
            yield key, Char("-" if printed == _SOFT_HYPHEN else printed, *box, *look.font, why)
    finally:
        text.close()


def _under(drawn: _Drawn, text: int, size: tuple[float, float]) -> str:
    """Why nobody sees a text over which the scan of a page is drawn, or nothing."""
    for (x0, top, x1, bottom), before in drawn.scans:
        across, down = min(x1, size[0]) - max(x0, 0.0), min(bottom, size[1]) - max(top, 0.0)
        if drawn.order.get(text, before) < before and across * down >= _WHOLE * size[0] * size[1]:
            return "covered"
    return ""


def _line_box(shown: Any, box: Box, origin: tuple[float, float], up: tuple[float, float]) -> Box:
    """A character's box, as high as its font: the boxes that pdfium gives follow some fonts' single glyphs.

    Text that does not stand upright as displayed keeps the box that pdfium gives.
    """
    x, base = shown(*origin)
    tip_x, tip = shown(origin[0] + up[0], origin[1] + up[1])
    size = base - tip
    if size <= 0 or abs(tip_x - x) > size / 2:
        return box
    return min(x, box[0]), base - _ASCENT * size, box[2], base + (1 - _ASCENT) * size


def _look(each: Any, fonts: dict[int, Font], order: int, form: _Matrix) -> Look:
    font = c.FPDFTextObj_GetFont(each)
    key = ctypes.addressof(font.contents) if font else 0
    if key not in fonts:
        fonts[key] = _font(font) if font else Font(bold=False, italic=False)
    red, green, blue, opacity = _colour(each, c.FPDFPageObj_GetFillColor)
    mode = c.FPDFTextObj_GetTextRenderMode(each)
    white = red >= WHITE and green >= WHITE and blue >= WHITE and mode == c.FPDF_TEXTRENDERMODE_FILL
    size = ctypes.c_float()
    c.FPDFTextObj_GetFontSize(each, size)
    _, _, across, up, _, _ = _times(_matrix_of(each), form)
    return Look(fonts[key], mode in _UNSEEN_MODES or not opacity, white, order, (across * size.value, up * size.value))


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
