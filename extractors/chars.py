"""The characters of a page as pdfium has them: what each says, where it stands, how it looks, who could see it."""

import ctypes
from collections.abc import Sequence
from itertools import repeat
from math import nan
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as c

from extractors.drawn import FILL_COLOUR, UNIT, Drawn, boxes_of, colour_of, matrix_of, times
from extractors.hidden import WHITE, Font, Look, Marks, Paint, hidden, look_of, without_doubles
from extractors.plainly import address_of, plainly
from extractors.seen import Chars, codes_of, text_of_codes

# Render modes of PDF 32000-1, table 106, that leave no mark on the page: neither fill nor stroke, and clip only.
_UNSEEN_MODES = (c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP)
_BOLD_WEIGHT = 600
# How much of a font's height stands above the line that its characters stand on.
_ASCENT = 0.76
# What pdfium puts where a hyphen ends a line and the word goes on.
_SOFT_HYPHEN, _HYPHEN = 0x02, ord("-")
_BLANK = ord(" ")
# What is put where a font does not say what a character means.
_UNKNOWN = 0xFFFD
# What pdfium says all at once in the place of such a hyphen, and of a character that has no meaning.
_STAND_IN = 0xFFFE
# Code points that are half of one beyond 0xFFFF.
_HALVES = 0xD800, 0xDFFF
# A blank that is not drawn is at least this share of the height of its characters.
_LEAST_BLANK = 0.14
# A picture that covers so much of a page covers the text that is drawn before it.
_WHOLE = 0.9
_At, _Number = ctypes.c_void_p, ctypes.c_int
_OBJECT = plainly(c.FPDFText_GetTextObject, ctypes.c_ssize_t, _At, _Number)
_BOX = plainly(c.FPDFText_GetLooseCharBox, _Number, _At, _Number, _At)
_UNICODE = plainly(c.FPDFText_GetUnicode, ctypes.c_uint, _At, _Number)
_UNMAPPED = plainly(c.FPDFText_HasUnicodeMapError, _Number, _At, _Number)
_ORIGIN = plainly(c.FPDFText_GetCharOrigin, _Number, _At, _Number, _At, _At)
_SIZE = plainly(c.FPDFTextObj_GetFontSize, _Number, _At, _At)
_MODE = plainly(c.FPDFTextObj_GetTextRenderMode, _Number, _At)
_FONT = plainly(c.FPDFTextObj_GetFont, _At, _At)


def chars_on(page: pypdfium2.PdfPage, shown: Any, size: tuple[float, float], drawn: Drawn) -> Chars:
    """The characters of a page, doubles hidden."""
    text = page.get_textpage()
    try:
        handed = _handed(text.raw, shown)
        looks = _Looks(address_of(text.raw), shown, size, drawn)
        at = np.flatnonzero(handed.objects)
        objects = handed.objects[at]
        # Runs of characters of one text object.
        opens = np.concatenate([[True], objects[1:] != objects[:-1]])[: len(at)]
        found = [looks.of(*run) for run in zip(objects[opens].tolist(), at[opens].tolist(), strict=True)]
    finally:
        text.close()
    chars = _looking(handed, at, found, np.cumsum(opens) - 1, size)
    blanks = np.cumsum((handed.objects == 0) & (handed.codes == _BLANK))[at]
    before = _before_blanks(chars.boxes, blanks)
    return without_doubles(_with_blanks(chars, before), np.insert(objects, before + 1, objects[before + 1]).tolist())


class _Handed(NamedTuple):
    """What pdfium hands over of each character: its text object as a number, its code point, its box as displayed.

    A character that the page does not draw has the object 0.
    """

    objects: np.ndarray
    codes: np.ndarray
    boxes: np.ndarray


def _handed(text: Any, shown: Any) -> _Handed:
    page = address_of(text)
    count = c.FPDFText_CountChars(text)
    edges = np.zeros((count, 4), dtype=np.float32)
    start, width = edges.ctypes.data, 4 * edges.itemsize
    found = _each(_BOX, page, count, range(start, start + width * count, width)) != 0
    corners = edges.astype(float)
    boxes = boxes_of(shown, corners[:, [0, 3]], corners[:, [2, 1]])
    return _Handed(_each(_OBJECT, page, count) * found, _codes(text, page, count), boxes)


def _codes(text: Any, page: int, count: int) -> np.ndarray:
    """The code points of characters; those whose meaning a font does not say are marked."""
    written = np.zeros(count + 1, dtype=np.uint16)
    told = c.FPDFText_GetText(text, 0, count, written.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort)))
    codes = written[:count].astype(np.uint32)
    # All at once pdfium leaves out what is no text, and halves what is beyond 0xFFFF: then it is asked one by one.
    if told != count + 1 or ((codes >= _HALVES[0]) & (codes <= _HALVES[1])).any():
        codes = _each(_UNICODE, page, count).astype(np.uint32)
    for index in np.flatnonzero(codes == _STAND_IN).tolist():
        codes[index] = _UNICODE(page, index)
    codes[codes == _SOFT_HYPHEN] = _HYPHEN
    codes[_each(_UNMAPPED, page, count) == 1] = _UNKNOWN
    return codes


def _looking(
    handed: _Handed, at: np.ndarray, looks: Sequence[Look], which: np.ndarray, size: tuple[float, float]
) -> Chars:
    """The characters that a page draws, as their text objects draw them: `which` of the looks each has."""
    boxes = handed.boxes[at]
    bands = np.array([look.band or (nan, nan) for look in looks], dtype=float).reshape(-1, 2)[which]
    boxes[:, 1::2] = np.where(np.isnan(bands), boxes[:, 1::2], bands)
    bold, italic = (np.array([look.font[side] for look in looks], dtype=bool)[which] for side in (0, 1))
    turn = np.array([look.turn for look in looks], dtype=np.int8)[which]
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    within = ((middles >= 0) & (middles <= size)).all(axis=1)
    plain = np.array([look.plain for look in looks], dtype=bool)[which]
    unseen = {
        index: why
        for index in np.flatnonzero(~(within & plain)).tolist()
        if (why := hidden(looks[which[index]], tuple(boxes[index].tolist()), size))
    }
    return Chars(text_of_codes(handed.codes[at]), boxes, bold, italic, turn, unseen)


def _each(ask: Any, page: int, count: int, *more: range) -> np.ndarray:
    """What pdfium answers when asked of each character of a page."""
    return np.fromiter(map(ask, repeat(page), range(count), *more), dtype=np.int64, count=count)


class _Looks:
    """How the text objects of a page draw their characters, each found out once."""

    def __init__(self, text: int, shown: Any, size: tuple[float, float], drawn: Drawn) -> None:
        self._text, self._shown, self._size, self._drawn = text, shown, size, drawn
        self._marks = Marks(drawn.fills, drawn.pictures)
        self._looks: dict[int, Look] = {}
        self._fonts: dict[int, Font] = {}

    def of(self, at: int, index: int) -> Look:
        """The look of a text object, of which a character is given."""
        if at not in self._looks:
            self._looks[at] = self._find(at, index)
        return self._looks[at]

    def _find(self, at: int, index: int) -> Look:
        order, form = self._drawn.texts.get(at, (0, UNIT))
        x, y, size = ctypes.c_double(), ctypes.c_double(), ctypes.c_float()
        _ORIGIN(self._text, index, ctypes.byref(x), ctypes.byref(y))
        _SIZE(at, ctypes.byref(size))
        _, _, across, up, _, _ = times(matrix_of(at), form)
        turn, band = _stance(self._shown, (x.value, y.value), (across * size.value, up * size.value))
        red, green, blue, opacity = colour_of(at, FILL_COLOUR)
        mode = _MODE(at)
        white = red >= WHITE and green >= WHITE and blue >= WHITE and mode == c.FPDF_TEXTRENDERMODE_FILL
        unseen = mode in _UNSEEN_MODES or not opacity
        paint = Paint(unseen, white, _is_under(self._drawn, at, self._size), order)
        return look_of(self._font(at), paint, turn, band, self._marks)

    def _font(self, at: int) -> Font:
        font = _FONT(at) or 0
        if font not in self._fonts:
            self._fonts[font] = _font(ctypes.cast(font, c.FPDF_FONT)) if font else Font(bold=False, italic=False)
        return self._fonts[font]


def _is_under(drawn: Drawn, text: int, size: tuple[float, float]) -> bool:
    """Whether the scan of a page is drawn over a text, so that nobody sees it."""
    for (x0, top, x1, bottom), before in drawn.scans:
        across, down = min(x1, size[0]) - max(x0, 0.0), min(bottom, size[1]) - max(top, 0.0)
        if drawn.order.get(text, before) < before and across * down >= _WHOLE * size[0] * size[1]:
            return True
    return False


def _before_blanks(boxes: np.ndarray, blanks: np.ndarray) -> np.ndarray:
    """The characters behind which a blank is that pdfium puts there and the page does not draw; not letters set wide.

    `blanks` counts those that pdfium puts before each character.
    """
    left, right = boxes[:-1], boxes[1:]
    height = left[:, 3] - left[:, 1]
    level = np.abs(right[:, 1] - left[:, 1]) < height / 2
    return np.flatnonzero((blanks[1:] > blanks[:-1]) & level & (right[:, 0] - left[:, 2] > _LEAST_BLANK * height))


def _with_blanks(chars: Chars, before: np.ndarray) -> Chars:
    """Characters with a blank behind each of those given, that looks as the next one does."""
    # The place of each character behind that blank, and of the blank.
    behind = before + 1
    taken = np.insert(np.arange(len(chars.text)), behind, behind)
    at = behind + np.arange(len(behind))
    boxes, codes = chars.boxes[taken], codes_of(chars.text)[taken]
    boxes[at] = np.stack([boxes[at - 1, 2], boxes[at - 1, 1], boxes[at + 1, 0], boxes[at - 1, 3]], axis=1)
    codes[at] = _BLANK
    unseen = {new: chars.hidden[old] for new, old in enumerate(taken.tolist()) if old in chars.hidden}
    return Chars(text_of_codes(codes), boxes, chars.bold[taken], chars.italic[taken], chars.turn[taken], unseen)


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
