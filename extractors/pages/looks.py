"""How the text objects of a page draw their characters: bold, turned, how high, and what could hide them."""

import ctypes
import re
from collections.abc import Sequence
from itertools import repeat
from math import isnan, nan
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as c

from extractors.pages.drawn import FILL_COLOUR, MATRIX, UNIT, Drawn, matrices
from extractors.pages.hidden import SMALLEST, WHITE, Look, Marks, Paint, look_of
from extractors.pages.plainly import plainly, written
from extractors.pages.seen import Fill

# Render modes of PDF 32000-1, table 106, that leave no mark on the page: neither fill nor stroke, and clip only.
_UNSEEN_MODES = (c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP)
_BOLD_WEIGHT = 600
# What ends the name of a font that is not bold.
_PLAIN = re.compile(r"[-,](?:regular|roman|book|normal|light|medium|italic|oblique|it)+(?:mt)?$")
# Letters that lean by this share of their height are italics that the font lacks.
_LEAN = 0.1
# How much of a font's height stands above the line that its characters stand on.
ASCENT = 0.76
# A picture that covers so much of a page covers the text that is drawn before it.
_WHOLE = 0.9
_OPAQUE = 255
# So many pairs of a text object and a fill are held against each other at a time.
_MOST_PAIRS = 1_000_000
# A text object that was not met on the page, before all fills and in no form.
_ALONE = 0, UNIT
_At, _Number, _NAME = ctypes.c_void_p, ctypes.c_int, ctypes.c_char * 128
_ORIGIN = plainly(c.FPDFText_GetCharOrigin, _Number, _At, _Number, _At, _At)
_SIZE = plainly(c.FPDFTextObj_GetFontSize, _Number, _At, _At)
_MODE = plainly(c.FPDFTextObj_GetTextRenderMode, _Number, _At)
_FONT = plainly(c.FPDFTextObj_GetFont, ctypes.c_ssize_t, _At)


class Looks(NamedTuple):
    """How text objects draw their characters, a row for each.

    `turn` is as of a character; `bands` say how high and how low a line reaches, of one that is turned how far to the
    left and the right, and are no numbers where it slants. `leans` says by which share of its height an upright letter
    leans to the right where its font does not. `plain` are those that nothing hides on the page; `doubtful` has the
    looks of the others by their row.
    """

    bold: np.ndarray
    italic: np.ndarray
    turn: np.ndarray
    bands: np.ndarray
    leans: np.ndarray
    plain: np.ndarray
    doubtful: dict[int, Look]


class Objects(NamedTuple):
    """Text objects: their addresses, the first character of each, and between where its characters' middles stand."""

    at: Sequence[int]
    first: Sequence[int]
    across: np.ndarray


def looks_of(text: int, texts: Objects, shown: Any, size: tuple[float, float], drawn: Drawn) -> Looks:
    """The looks of text objects, all in one go."""
    objects = texts.at
    turn, bands, leans = _stances(text, objects, texts.first, shown, drawn)
    fonts = [_FONT(each) for each in objects]
    known = {font: _font(ctypes.cast(font, c.FPDF_FONT)) if font else (False, False) for font in set(fonts)}
    bold, italic = np.array([known[font] for font in fonts], dtype=bool).reshape(-1, 2).T
    upright = np.where((turn == 0)[:, np.newaxis], bands, nan)
    doubtful = _doubtful(_paints(objects, size, drawn), bands, upright, texts.across, drawn)
    plain = np.ones(len(objects), dtype=bool)
    plain[[row for row, look in doubtful.items() if not look.plain]] = False
    return Looks(bold, italic | (leans > _LEAN), turn, bands, leans, plain, doubtful)


def _doubtful(
    paints: np.ndarray, bands: np.ndarray, upright: np.ndarray, across: np.ndarray, drawn: Drawn
) -> dict[int, Look]:
    """The looks of the text objects that something may hide, by their row; a row of `paints` is one's paint."""
    opaque = [(at, fill) for at, fill in enumerate(drawn.fills) if fill.colour[3] == _OPAQUE]
    # What is drawn before no ground that hides what is under it, nothing covers.
    last = opaque[-1][0] + 1 if opaque else 0
    large = bands[:, 1] - bands[:, 0] >= SMALLEST
    rows = np.flatnonzero(~large | paints[:, :3].any(axis=1) | (paints[:, 3] < last))
    later = _later(paints[rows, 3], np.column_stack([across, (upright[:, 0] + upright[:, 1]) / 2])[rows], opaque)
    marks = Marks(drawn.fills, drawn.pictures)
    doubtful = {}
    each = zip(rows.tolist(), paints[rows].tolist(), upright[rows].tolist(), later, strict=True)
    for row, (unseen, white, under, order), (high, low), fills in each:
        paint = Paint(bool(unseen), bool(white), bool(under), order)
        doubtful[row] = look_of(paint, None if isnan(high) else (high, low), fills, marks)
    return doubtful


def _later(before: np.ndarray, stands: np.ndarray, opaque: Sequence[tuple[int, Fill]]) -> list[list[Fill]]:
    """The fills that may cover each text object: drawn after it, over the middle of a character.

    `before` counts the fills drawn before each. `stands` says from where to where its middles stand across, and how
    high; they are no numbers where that is not known.
    """
    found: list[list[Fill]] = [[] for _ in before]
    at = np.array([number for number, _ in opaque], dtype=int)
    x0, top, x1, bottom = np.array([fill[:4] for _, fill in opaque]).reshape(-1, 4).T
    step = max(1, _MOST_PAIRS // max(1, len(at)))
    for start in range(0, len(before), step):
        left, right, middle = stands[start : start + step, :, np.newaxis].transpose(1, 0, 2)
        aside = (x1 < left) | (x0 > right) | (bottom < middle) | (top > middle)
        rows, fills = np.nonzero((at >= before[start : start + step, np.newaxis]) & ~aside)
        for row, fill in zip((rows + start).tolist(), fills.tolist(), strict=True):
            found[row].append(opaque[fill][1])
    return found


def _stances(
    text: int, objects: Sequence[int], first: Sequence[int], shown: Any, drawn: Drawn
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How lines of text are turned, how high and low they reach, as their font unless they slant, and how they lean.

    The boxes that pdfium gives follow some fonts' single glyphs. Text that slants as displayed keeps them.
    """
    count = len(objects)
    origin, size, matrix = np.zeros((count, 2)), np.zeros((count, 1), np.float32), np.zeros((count, 6), np.float32)
    written(_ORIGIN, origin, 2, repeat(text), first)
    written(_SIZE, size, 1, objects)
    matrix[~written(MATRIX, matrix, 1, objects)] = UNIT
    forms = matrices([drawn.texts.get(each, _ALONE)[1] for each in objects])
    _, _, across, up, _, _ = matrix.astype(float).T
    a, b, cc, d, _, _ = forms.T
    above = np.stack([across * a + up * cc, across * b + up * d], axis=1) * size.astype(float)
    (x, base), (tip_x, tip) = shown(*origin.T), shown(*(origin + above).T)
    high, aside = base - tip, np.abs(tip_x - x)
    turned = aside > 2 * np.abs(high)
    turn = np.where(turned, np.where(tip_x < x, 1, -1), 0).astype(np.int8)
    straight = np.where(turned, np.abs(high) <= aside / 2, (high > 0) & (aside <= high / 2))
    along, reach = np.where(turned, x, base), np.where(turned, aside, high)
    before = np.where(turn < 0, 1 - ASCENT, ASCENT)
    bands = np.stack([along - before * reach, along + (1 - before) * reach], axis=1)
    upright = straight & ~turned & (high > 0)
    leans = np.divide(tip_x - x, high, out=np.zeros(count), where=upright)
    return turn, np.where(straight[:, None], bands, nan), leans


def _paints(objects: Sequence[int], size: tuple[float, float], drawn: Drawn) -> np.ndarray:
    """How text objects are painted: a row of the numbers of a paint each."""
    colours = np.zeros((len(objects), 4), dtype=np.uint32)
    colours[~written(FILL_COLOUR, colours, 4, objects)] = (0, 0, 0, _OPAQUE)
    modes = np.array([_MODE(each) for each in objects], dtype=int)
    white = (colours[:, :3] >= WHITE).all(axis=1) & (modes == c.FPDF_TEXTRENDERMODE_FILL)
    unseen = (modes == _UNSEEN_MODES[0]) | (modes == _UNSEEN_MODES[1]) | (colours[:, 3] == 0)
    under = [bool(drawn.scans) and _is_under(drawn, each, size) for each in objects]
    return np.stack([unseen, white, under, [drawn.texts.get(each, _ALONE)[0] for each in objects]], axis=1)


def _is_under(drawn: Drawn, text: int, size: tuple[float, float]) -> bool:
    """Whether the scan of a page is drawn over a text, so that nobody sees it."""
    for (x0, top, x1, bottom), before in drawn.scans:
        across, down = min(x1, size[0]) - max(x0, 0.0), min(bottom, size[1]) - max(top, 0.0)
        if drawn.order.get(text, before) < before and across * down >= _WHOLE * size[0] * size[1]:
            return True
    return False


def _font(font: Any) -> tuple[bool, bool]:
    """Whether a font is bold, and whether it is italic."""
    name = _NAME()
    c.FPDFFont_GetBaseFontName(font, name, len(name))
    words = name.value.decode("utf-8", "replace").lower()
    angle = ctypes.c_int()
    c.FPDFFont_GetItalicAngle(font, angle)
    bold = is_bold(words, c.FPDFFont_GetWeight(font))
    return bold, "italic" in words or "oblique" in words or angle.value != 0


def is_bold(name: str, weight: int) -> bool:
    """Whether a font is bold: as its name in small letters says, or as its weight does where the name is silent.

    Pdfium takes the weight from the width of the stems, which are as thick in some plain fonts as in bold ones.

    >>> is_bold("caladea-bold", 400), is_bold("caladea-regular", 600), is_bold("cmbx10", 630)
    (True, False, True)
    """
    return "bold" in name or (weight >= _BOLD_WEIGHT and not _PLAIN.search(name))
