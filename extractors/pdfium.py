"""The first reading of PDF pages (pdfium): what each page draws, as plain characters, rules and fills.

Only this module and drawn.py speak to pdfium. Coordinates are points from the top left of the page as displayed,
after its crop box and its rotation.
"""

import ctypes
from collections.abc import Callable, Container, Iterator
from math import sqrt
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as c

from extractors.drawn import UNIT, Drawn, box_of, colour_of, drawn_on, matrix_of, times
from extractors.hidden import WHITE, Font, Look, Marks, Paint, hidden, look_of, without_doubles
from extractors.seen import Box, Char, Seen
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
# A picture that covers so much of a page covers the text that is drawn before it.
_WHOLE = 0.9


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


def pictures(data: bytes, scale: float, pixels: int, *, first: int = 1) -> Iterator[tuple[float, float, Any]]:
    """Width and height in points and the picture (PIL) of every page from the `first` (1-based) on.

    `scale` is pixels to the point; a page that would have more than so many `pixels` is drawn smaller. One that cannot
    be drawn has no picture. Raises Unreadable as `see` does.
    """
    document = _opened(data)
    try:
        for number in range(first - 1, len(document)):
            yield _picture(document, number, scale, pixels)
    finally:
        document.close()


def _picture(document: pypdfium2.PdfDocument, number: int, scale: float, pixels: int) -> tuple[float, float, Any]:
    width, height = document.get_page_size(number)
    fitting = min(scale, sqrt(pixels / max(width * height, 1)), pixels / max(width, height, 1))
    try:
        page = document[number]
        picture = page.render(scale=fitting).to_pil()
        page.close()
    except pypdfium2.PdfiumError:
        picture = None
    return width, height, picture


def picture_of(data: bytes, number: int, scale: float, pixels: int) -> Any:
    """The picture (PIL, grey) of one page (from 1), of at most so many `pixels`; None if it cannot be drawn."""
    document = _opened(data)
    try:
        picture = _picture(document, number - 1, scale, pixels)[2]
    finally:
        document.close()
    return None if picture is None else picture.convert("L")


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
    whole = box_of(shown, *(page.get_mediabox(fallback_ok=False) or crop))
    drawn = drawn_on(page, shown)
    chars = without_doubles(_chars(page, shown, (width, height), drawn))
    marks = tuple(drawn.rules), tuple(drawn.fills), tuple(drawn.pictures)
    return Seen(number, width, height, whole, tuple(chars), *marks, slants=tuple(drawn.slants))


def _displayed(crop: Box, turn: int) -> Callable[[float, float], tuple[float, float]]:
    """From a point in the page's own space (from its bottom left) to the one displayed (from the top left)."""
    left, bottom, right, top = crop
    return {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }[turn % 360]


def _chars(page: pypdfium2.PdfPage, shown: Any, size: tuple[float, float], drawn: Drawn) -> Iterator[tuple[int, Char]]:
    """Each character with the number of its text object."""
    text = page.get_textpage()
    looks = _Looks(text.raw, shown, size, drawn)
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

    def __init__(self, text: Any, shown: Any, size: tuple[float, float], drawn: Drawn) -> None:
        self._text, self._shown, self._size, self._drawn = text, shown, size, drawn
        self._marks = Marks(drawn.fills, drawn.pictures)
        self._looks: dict[int, Look] = {}
        self._fonts: dict[int, Font] = {}

    def of(self, key: int, index: int) -> Look:
        """The look of a text object, of which a character is given."""
        if key not in self._looks:
            self._looks[key] = self._find(c.FPDFText_GetTextObject(self._text, index), key, index)
        return self._looks[key]

    def _find(self, each: Any, key: int, index: int) -> Look:
        order, form = self._drawn.texts.get(key, (0, UNIT))
        x, y = ctypes.c_double(), ctypes.c_double()
        c.FPDFText_GetCharOrigin(self._text, index, x, y)
        size = ctypes.c_float()
        c.FPDFTextObj_GetFontSize(each, size)
        _, _, across, up, _, _ = times(matrix_of(each), form)
        turn, band = _stance(self._shown, (x.value, y.value), (across * size.value, up * size.value))
        red, green, blue, opacity = colour_of(each, c.FPDFPageObj_GetFillColor)
        mode = c.FPDFTextObj_GetTextRenderMode(each)
        white = red >= WHITE and green >= WHITE and blue >= WHITE and mode == c.FPDF_TEXTRENDERMODE_FILL
        unseen = mode in _UNSEEN_MODES or not opacity
        paint = Paint(unseen, white, _is_under(self._drawn, key, self._size), order)
        return look_of(self._font(each), paint, turn, band, self._marks)

    def _font(self, each: Any) -> Font:
        font = c.FPDFTextObj_GetFont(each)
        key = ctypes.addressof(font.contents) if font else 0
        if key not in self._fonts:
            self._fonts[key] = _font(font) if font else Font(bold=False, italic=False)
        return self._fonts[key]


def _is_under(drawn: Drawn, text: int, size: tuple[float, float]) -> bool:
    """Whether the scan of a page is drawn over a text, so that nobody sees it."""
    for (x0, top, x1, bottom), before in drawn.scans:
        across, down = min(x1, size[0]) - max(x0, 0.0), min(bottom, size[1]) - max(top, 0.0)
        if drawn.order.get(text, before) < before and across * down >= _WHOLE * size[0] * size[1]:
            return True
    return False


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
