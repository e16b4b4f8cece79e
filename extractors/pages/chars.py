"""The characters of a page as pdfium has them: what each says, where it stands, how it looks, who could see it."""

import ctypes
from collections.abc import Sequence
from dataclasses import replace
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as c

from extractors.pages.drawn import Drawn, boxes_of
from extractors.pages.hidden import OFF_PAGE, WATERMARK, Look, hidden, without_doubles
from extractors.pages.looks import ASCENT, Looks, Objects, looks_of
from extractors.pages.plainly import address_of, plainly, written
from extractors.pages.seen import Chars, codes_of, is_blank, text_of_codes

# Hebrew is the first script that is written from right to left.
_FROM_RIGHT = 0x590
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
# A narrow one at least this share, between letters that stand no further from their neighbours than that one.
_NARROW, _SET_CLOSE = 0.05, 0.04
# Letters of a watermark are so many times as high as most of a page's, at least.
_LARGE = 3.0
# How far a letter may reach out to the left over the blank before it, as a share of its height.
_REACH = 0.2
# Parts of one glyph meet and are as wide as each other within this, in points.
_EXACT = 0.01
_At, _Number = ctypes.c_void_p, ctypes.c_int
# Asked of every character, by a page that is wrapped once and a small number: two fifths faster so than checked.
_OBJECT = plainly(c.FPDFText_GetTextObject, ctypes.c_ssize_t)
_UNICODE = plainly(c.FPDFText_GetUnicode, ctypes.c_uint)
_UNMAPPED = plainly(c.FPDFText_HasUnicodeMapError, _Number)
_BOX = plainly(c.FPDFText_GetLooseCharBox, _Number, _At, _Number, _At)
_TEXT = plainly(c.FPDFText_GetText, _Number, _At, _Number, _Number, _At)


def chars_on(page: pypdfium2.PdfPage, shown: Any, size: tuple[float, float], drawn: Drawn) -> Chars:
    """The characters of a page, doubles hidden."""
    text = page.get_textpage()
    try:
        handed = _handed(text.raw, shown)
        opens = np.diff(handed.objects, prepend=0) != 0
        which = np.cumsum(opens) - 1
        looks = looks_of(address_of(text.raw), _objects(handed, opens), shown, size, drawn)
    finally:
        text.close()
    chars = before_their_words(_looking(handed, looks, which, size))
    before = _before_blanks(chars.boxes, handed.blanks)
    if not len(before):
        return without_doubles(chars, handed.objects)
    objects = np.insert(handed.objects, before + 1, handed.objects[before + 1])
    return without_doubles(_with_blanks(chars, before), objects)


class _Handed(NamedTuple):
    """What pdfium hands over of each character that the page draws.

    That is its number, its text object as a number, its code point, its box as displayed, and how many blanks pdfium
    puts before it that the page does not draw.
    """

    at: np.ndarray
    objects: np.ndarray
    codes: np.ndarray
    boxes: np.ndarray
    blanks: np.ndarray


def _handed(text: Any, shown: Any) -> _Handed:
    page = _At(address_of(text))
    count = c.FPDFText_CountChars(text)
    codes = _codes(page, count)
    objects = _text_objects(page, codes)
    at = np.flatnonzero(objects)
    numbers = at.tolist()
    edges = np.zeros((len(at), 4), dtype=np.float32)
    written(_BOX, edges, 1, repeat(page), numbers)
    corners = edges.astype(float)
    boxes = _in_reading_order(boxes_of(shown, corners[:, 0::3], corners[:, 2:0:-1]), objects[at], codes[at])
    blanks = np.cumsum((objects == 0) & (codes == _BLANK))[at]
    drawn = np.where(_each(_UNMAPPED, page, numbers) == 1, _UNKNOWN, codes[at])
    return _Handed(at, objects[at], drawn, boxes, blanks)


def _in_reading_order(boxes: np.ndarray, objects: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """The boxes of characters, those of the letters of a ligature turned round where each starts where the next ends.

    Pdfium parts such a glyph in as many alike as it has letters, from the left of the page before it is turned.
    """
    wide = boxes[:, 2] - boxes[:, 0]
    back = (np.abs(boxes[1:, 2] - boxes[:-1, 0]) < _EXACT) & (np.abs(wide[1:] - wide[:-1]) < _EXACT)
    back &= (objects[1:] == objects[:-1]) & (codes[1:] < _FROM_RIGHT) & (codes[:-1] < _FROM_RIGHT) & (wide[1:] > _EXACT)
    if not back.any():
        return boxes
    turned = np.arange(len(boxes))
    ends = np.flatnonzero(np.diff(np.concatenate([[False], back, [False]]).astype(int)))
    for start, end in zip(ends[::2].tolist(), ends[1::2].tolist(), strict=True):
        turned[start : end + 1] = turned[start : end + 1][::-1]
    return boxes[turned]


def _text_objects(page: ctypes.c_void_p, codes: np.ndarray) -> np.ndarray:
    """The text object of each character as a number; 0 for a blank that pdfium puts between characters.

    A letter between letters is of the object that both ends of its word are of: pdfium goes through them one by one.
    So it is asked of what is no letter and of the ends of words alone; of all letters in words whose ends differ, or
    that may be written from right to left.
    """
    letters = (codes > _BLANK) & (codes < _FROM_RIGHT)
    inner = np.zeros(len(codes), dtype=bool)
    inner[1:-1] = letters[:-2] & letters[1:-1] & letters[2:]
    ends = np.flatnonzero(~inner)
    objects = np.zeros(len(codes), dtype=np.int64)
    objects[ends] = _each(_OBJECT, page, ends.tolist())
    within = np.flatnonzero(inner)
    behind = np.searchsorted(ends, within)
    objects[within] = objects[ends[behind]]
    torn = within[objects[ends[behind - 1]] != objects[within]]
    objects[torn] = _each(_OBJECT, page, torn.tolist())
    return objects


def _objects(handed: _Handed, opens: np.ndarray) -> Objects:
    """The text objects of characters, of which some open each."""
    middles, starts = (handed.boxes[:, 0] + handed.boxes[:, 2]) / 2, np.flatnonzero(opens)
    across = np.stack([each.reduceat(middles, starts) for each in (np.minimum, np.maximum)], axis=1)
    return Objects(handed.objects[opens].tolist(), handed.at[opens].tolist(), across)


def _codes(page: ctypes.c_void_p, count: int) -> np.ndarray:
    """The code points of characters."""
    written = np.zeros(count + 1, dtype=np.uint16)
    told = _TEXT(page, 0, count, written.ctypes.data)
    codes = written[:count].astype(np.uint32)
    # All at once pdfium leaves out what is no text, and halves what is beyond 0xFFFF: then it is asked one by one.
    if told != count + 1 or ((codes >= _HALVES[0]) & (codes <= _HALVES[1])).any():
        codes = _each(_UNICODE, page, range(count)).astype(np.uint32)
    for index in np.flatnonzero(codes == _STAND_IN).tolist():
        codes[index] = _UNICODE(page, index)
    codes[codes == _SOFT_HYPHEN] = _HYPHEN
    return codes


def _looking(handed: _Handed, looks: Looks, which: np.ndarray, size: tuple[float, float]) -> Chars:
    """The characters that a page draws, as their text objects draw them: `which` of the looks each has."""
    boxes, bands = handed.boxes, looks.bands.take(which, axis=0)
    if looks.leans.any():
        boxes[:, 0::2] = _upright(boxes, bands, looks.leans[which])
    turned, known = looks.turn[which] != 0, ~np.isnan(bands)
    for at in (0, 1):
        np.copyto(boxes[:, 2 * at + 1], bands[:, at], where=known[:, at] & ~turned)
        np.copyto(boxes[:, 2 * at], bands[:, at], where=known[:, at] & turned)
    x, y = ((boxes[:, at] + boxes[:, at + 2]) / 2 for at in (0, 1))
    within = (x >= 0) & (x <= size[0]) & (y >= 0) & (y <= size[1])
    asked = np.flatnonzero(~(within & looks.plain[which])).tolist()
    whys = (_hidden(looks.doubtful.get(int(which[index])), boxes[index].tolist(), size) for index in asked)
    unseen = {index: why for index, why in zip(asked, whys, strict=True) if why}
    marks = dict.fromkeys(_watermark(handed.codes, boxes, ~known[:, 0]), WATERMARK)
    unseen = dict(sorted({**marks, **unseen}.items())) if marks else unseen
    columns = looks.bold[which], looks.italic[which], looks.turn[which]
    return Chars(text_of_codes(handed.codes), boxes, *columns, unseen)


def _watermark(codes: np.ndarray, boxes: np.ndarray, slanting: np.ndarray) -> list[int]:
    """The characters that slant and are many times as high as others of the page; none where a digit is one of them."""
    if not slanting.any():
        return []
    height = boxes[:, 3] - boxes[:, 1]
    large = np.flatnonzero(slanting & (height > _LARGE * np.median(height)))
    numbers: list[int] = large.tolist()
    return [] if any(map(str.isdigit, text_of_codes(codes[large]))) else numbers


def _upright(boxes: np.ndarray, bands: np.ndarray, leans: np.ndarray) -> np.ndarray:
    """From where to where characters reach, without what they lean over: their boxes are around all of that."""
    base = bands[:, 0] + ASCENT * (bands[:, 1] - bands[:, 0])
    left, right = boxes[:, 0] + leans * (boxes[:, 3] - base), boxes[:, 2] - leans * (base - boxes[:, 1])
    known = (leans != 0) & (left < right)
    return np.where(known[:, np.newaxis], np.stack([left, right], axis=1), boxes[:, 0::2])


def _hidden(look: Look | None, box: list[float], size: tuple[float, float]) -> str:
    """Why nobody sees a character, or nothing; what could hide one without a look is only that it is off the page."""
    x0, top, x1, bottom = box
    return hidden(look, (x0, top, x1, bottom), size) if look else OFF_PAGE


def _each(ask: Any, page: ctypes.c_void_p, numbers: Sequence[int]) -> np.ndarray:
    """What pdfium answers when asked of characters of a page."""
    return np.fromiter(map(ask, repeat(page), numbers), dtype=np.int64, count=len(numbers))


def before_their_words(chars: Chars) -> Chars:
    """Characters of which no blank starts behind the letter that it stands before.

    A letter that reaches out to the left, as a slanting J does, starts before a blank of no width.

    >>> from extractors.pages.seen import Char, as_columns
    >>> row = [(" ", 9.0, 9.0), ("J", 8.8, 12.0)]
    >>> chars = as_columns([Char(text, x0, 0.0, x1, 8.0, False, False) for text, x0, x1 in row])
    >>> before_their_words(chars).boxes[:, 0].tolist()
    [8.8, 8.8]
    """
    boxes = chars.boxes.copy()
    blank, height = is_blank(codes_of(chars.text)), boxes[:, 3] - boxes[:, 1]
    over = boxes[:-1, 0] - boxes[1:, 0]
    level = np.abs(boxes[1:, 3] - boxes[:-1, 3]) < height[1:] / 2
    late = np.flatnonzero(blank[:-1] & ~blank[1:] & level & (over > 0) & (over < _REACH * height[1:]))
    boxes[late, 0] = boxes[late + 1, 0]
    return replace(chars, boxes=boxes)


def _before_blanks(boxes: np.ndarray, blanks: np.ndarray) -> np.ndarray:
    """The characters behind which a blank is that pdfium puts there and the page does not draw; not letters set wide.

    `blanks` counts those that pdfium puts before each character. Among letters set close a narrow one will do: a font
    may draw `f` and the next word nearer.
    """
    left, right = boxes[:-1], boxes[1:]
    height = left[:, 3] - left[:, 1]
    level = np.abs(right[:, 1] - left[:, 1]) < height / 2
    gap = right[:, 0] - left[:, 2]
    close = np.concatenate([[True], ~level | (gap <= _SET_CLOSE * height), [True]])
    least = np.where(close[:-2] & close[2:], _NARROW, _LEAST_BLANK) * height
    return np.flatnonzero((blanks[1:] > blanks[:-1]) & level & (gap > least))


def _with_blanks(chars: Chars, before: np.ndarray) -> Chars:
    """Characters with a blank behind each of those given, that looks as the next one does."""
    # The place of each character behind that blank, and of the blank.
    behind = before + 1
    taken = np.insert(np.arange(len(chars.text)), behind, behind)
    at = behind + np.arange(len(behind))
    boxes, codes = chars.boxes.take(taken, axis=0), codes_of(chars.text)[taken]
    boxes[at] = np.stack([boxes[at - 1, 2], boxes[at - 1, 1], boxes[at + 1, 0], boxes[at - 1, 3]], axis=1)
    codes[at] = _BLANK
    was = enumerate(taken.tolist()) if chars.hidden else ()
    unseen = {new: chars.hidden[old] for new, old in was if old in chars.hidden}
    return Chars(text_of_codes(codes), boxes, chars.bold[taken], chars.italic[taken], chars.turn[taken], unseen)
