"""What can be told of a page from its picture alone: how far it is aslant, its drawn rules, where lines of print end.

Pictures are grey, 0 is black; lengths are pixels unless said otherwise.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import cv2
import numpy as np

Picture = np.ndarray[Any, np.dtype[np.uint8]]
# Pixels from the left, from the top, to the right, to the bottom.
Area = tuple[int, int, int, int]
WHITE = 255
# Paper is found within so many pixels, at an eighth of the size: more than a letter is wide.
_GROUND = 9
_EIGHTH = 8
# The share of a page that is print at least and the share that is no paper at most, in percent, by every so many rows
# and columns. Print that leaves paper by less than the last is faint; one by less than the first is none.
_PRINT, _MARGIN, _EVERY, _NOTHING, _FAINT = 0.2, 25, 4, 50, 160
# A pixel is ink that is darker than this share of the paper around it.
_INK = 0.62
# One of a drawn line, which may be thin and faint, is darker than this share of what is above and below it.
_INK_OF_LINE = 0.75
# In a drawn line gaps of so many pixels are closed. A short one has no more ink than this share on either side. One
# that is so many times as long as it must be is no part of a letter, but may be the middle of a bold word: it has no
# more ink beside it than the last share.
_BRIDGED, _BESIDE, _LONG, _BOLD = 5, 0.1, 4, 0.4
# Print that nobody read is at least so high against its font, and fills at least so much of its box.
_LEAST_PRINT, _LEAST_FILLED = 0.45, 0.12
# No scanner pulls a page in further aslant than this, in degrees; found in steps of the second number, then the third.
_MOST, _STEP, _FINE = 4.0, 0.2, 0.02
_SAMPLE = 120_000
# What is darker than this, and in an eighth of the size thicker than so many pixels, is no print but the scanner's lid.
_BLACK, _LID = 120, 5


def contrasted(picture: Picture) -> Picture:
    """A faint picture with its print as dark as print is; any other as it is."""
    seen = picture[::_EVERY, ::_EVERY][lid(picture)[::_EVERY, ::_EVERY] == 0]
    dark, paper = np.percentile(seen, (_PRINT, 100 - _MARGIN)) if seen.size else (0, 0)
    if not _NOTHING < paper - dark < _FAINT:
        return picture
    return np.asarray(np.clip((picture - dark) * (WHITE / (paper - dark)), 0, WHITE), dtype=np.uint8)


def evened(picture: Picture) -> Picture:
    """A picture on white paper: what lies dark over print and paper alike (a stain, a shadow, a ground) is gone."""
    small = cv2.resize(picture, None, fx=1 / _EIGHTH, fy=1 / _EIGHTH, interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(small, np.ones((_GROUND, _GROUND), np.uint8))
    paper = cv2.GaussianBlur(cv2.medianBlur(paper, _GROUND), (_GROUND, _GROUND), 0)
    ground = cv2.resize(paper, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(picture, np.maximum(ground, 1), scale=WHITE), dtype=np.uint8)


def ink_of(even: Picture) -> Picture:
    """Which pixels of an evened picture are ink: 1, or 0."""
    return np.asarray(cv2.GaussianBlur(even, (3, 3), 0) < _INK * WHITE, dtype=np.uint8)


def lid(picture: Picture) -> Picture:
    """Where the black beside a sheet lies that a scanner sees, and a little around it: 1, or 0.

    Its straight edges are the sheet's or the glass's, and say nothing of the lines of print.
    """
    small = cv2.resize(picture, None, fx=1 / _EIGHTH, fy=1 / _EIGHTH, interpolation=cv2.INTER_AREA)
    dark = cv2.morphologyEx(np.asarray(small < _BLACK, np.uint8), cv2.MORPH_OPEN, np.ones((_LID, _LID), np.uint8))
    _, labels = cv2.connectedComponents(dark)
    edges = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    beside = np.isin(labels, np.setdiff1d(edges, [0])).astype(np.uint8)
    around = cv2.dilate(beside, np.ones((_LID, _LID), np.uint8))
    return np.asarray(cv2.resize(around, picture.shape[::-1], interpolation=cv2.INTER_NEAREST), dtype=np.uint8)


def slant(ink: Picture) -> float:
    """How far lines run down to the right, in degrees: where what stands on each height differs most."""
    across, down = np.nonzero(ink.T)
    if not across.size:
        return 0.0
    every = max(1, across.size // _SAMPLE)
    across, down = across[::every].astype(np.float32), down[::every].astype(np.float32)
    coarse = max(np.arange(-_MOST, _MOST + _STEP, _STEP), key=lambda angle: _sharpness(across, down, float(angle)))
    fine = np.arange(coarse - _STEP, coarse + _STEP, _FINE)
    return float(max(fine, key=lambda angle: _sharpness(across, down, float(angle))))


def _sharpness(across: Any, down: Any, angle: float) -> float:
    heights = (down - across * np.float32(np.tan(np.radians(angle)))) / 2
    counts = np.bincount((heights - heights.min()).astype(np.int64))
    return float(np.square(np.diff(counts.astype(np.float64))).sum())


class Stroke(NamedTuple):
    """A drawn line, as the box around it."""

    x0: int
    top: int
    x1: int
    bottom: int


def strokes(picture: Picture, least: int, thick: int) -> tuple[list[Stroke], list[Stroke]]:
    """The level and the upright lines that are drawn, at least so long and at most so thick."""
    smooth = np.asarray(cv2.GaussianBlur(picture, (3, 3), 0), dtype=np.uint8)
    level = _strokes(smooth, least, thick)
    upright = [Stroke(s.top, s.x0, s.bottom, s.x1) for s in _strokes(np.ascontiguousarray(smooth.T), least, thick)]
    return level, upright


def _strokes(picture: Picture, least: int, thick: int) -> list[Stroke]:
    """Level lines: runs of what is darker than both what is above and what is below, gaps of a few pixels closed."""
    ground = cv2.morphologyEx(picture, cv2.MORPH_CLOSE, np.ones((2 * thick + 1, 1), np.uint8))
    ink = np.asarray(picture < _INK_OF_LINE * ground, dtype=np.uint8)
    bridged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, _BRIDGED), np.uint8))
    runs = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, least), np.uint8))
    runs = cv2.dilate(runs, np.ones((3, 1), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    found = [
        Stroke(int(x), int(y), int(x + width), int(y + height))
        for x, y, width, height, area in stats[1:]
        if height <= thick + 2 + width // 200 and area / width <= thick + 2
    ]
    found = [s for s in found if _is_alone(ink, s, thick, _BOLD if s.x1 - s.x0 > _LONG * least else _BESIDE)]
    return _joined(found, thick, least)


def _is_alone(ink: Picture, stroke: Stroke, thick: int, most: float) -> bool:
    """Whether at most such a share is ink right above and right below a stroke, as it is not of a letter's."""
    for top in (stroke.top - thick, stroke.bottom + 1):
        beside = ink[max(0, top) : max(0, top + thick - 1), stroke.x0 : stroke.x1]
        if beside.size and beside.mean() > most:
            return False
    return True


def _joined(found: Sequence[Stroke], thick: int, gap: int) -> list[Stroke]:
    """Pieces of one line as one."""
    joined: list[Stroke] = []
    for stroke in sorted(found, key=lambda s: (s.x0, s.top)):
        middle = (stroke.top + stroke.bottom) / 2
        near = [
            i for i, other in enumerate(joined)
            if abs((other.top + other.bottom) / 2 - middle) <= thick and stroke.x0 - other.x1 <= gap
        ]  # fmt: skip
        if near:
            other = joined[near[-1]]
            joined[near[-1]] = Stroke(
                other.x0, min(other.top, stroke.top), max(other.x1, stroke.x1), max(other.bottom, stroke.bottom)
            )
        else:
            joined.append(stroke)
    return sorted(joined, key=lambda s: (s.top, s.x0))


def without(picture: Picture, drawn: Sequence[Stroke], around: int) -> Picture:
    """A picture with drawn lines painted over in the colour beside them."""
    made = picture.copy()
    for stroke in drawn:
        x0, top = max(0, stroke.x0 - around), max(0, stroke.top - around)
        x1, bottom = stroke.x1 + around, stroke.bottom + around
        part = picture[max(0, top - around) : bottom + around, max(0, x0 - around) : x1 + around]
        made[top:bottom, x0:x1] = np.percentile(part, 75)
    return made


class Band(NamedTuple):
    """Where a line of print stands: the top of its capitals, the line that it stands on, where its ink ends below."""

    top: int
    base: int
    bottom: int


def band(ink: Picture) -> Band | None:
    """Where the print in the picture of one line stands; None where there is no ink."""
    profile = ink.sum(axis=1).astype(np.float64)
    height = profile.size
    middle = profile[height // 5 : max(height // 5 + 1, height - height // 5)]
    if not middle.any():
        return None
    peak = height // 5 + int(middle.argmax())
    least = 0.04 * profile[peak]
    top = next((row + 1 for row in range(peak, -1, -1) if profile[row] <= least), 0)
    bottom = next((row for row in range(peak, height) if profile[row] <= least), height)
    rows = range(top + (bottom - top) // 2, bottom)
    base = max(rows, key=lambda row: _fall(profile, row), default=bottom - 1) + 1
    return Band(top, base, bottom)


def _fall(profile: Any, row: int) -> float:
    """How much less ink stands below a row than in it and above."""
    return float(profile[max(0, row - 1) : row + 1].mean() - profile[row + 1 : row + 3].sum() / 2)


def widened(ink: Picture, x0: int, x1: int, most: int) -> tuple[int, int]:
    """A stretch of a line, as far as ink goes on beyond its ends without a blank, by so many pixels at most."""
    # A blank of one column is none.
    filled = np.convolve(np.asarray(ink.any(axis=0)), np.ones(3), "same") > 0
    left = next((x for x in range(x0, max(0, x0 - most), -1) if not filled[x - 1]), x0)
    right = next((x for x in range(x1, min(filled.size, x1 + most)) if not filled[x]), x1)
    return left, right


def stretches(ink: Picture, apart: int) -> Iterator[tuple[int, int]]:
    """The stretches of a line that hold ink, from left to right, with less than so many blank columns within."""
    columns = np.nonzero(ink.any(axis=0))[0]
    if not columns.size:
        return
    breaks = [0, *(np.nonzero(np.diff(columns) > apart)[0] + 1), columns.size]
    for first, last in pairwise(breaks):
        yield int(columns[first]), int(columns[last - 1]) + 1


def unread(ink: Picture, read: Sequence[Area], size: float) -> list[Area]:
    """Where ink of about the height of print (`size`, of its font) stands that is in no area that was read."""
    rest = ink.copy()
    for x0, top, x1, bottom in read:
        rest[top:bottom, x0:x1] = 0
    _, _, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
    like_print = np.zeros_like(rest)
    for x, y, width, height, area in stats[1:]:
        if _LEAST_PRINT * size < height < 2 * size and width < 4 * size and area > _LEAST_FILLED * width * height:
            like_print[y : y + height, x : x + width] = 1
    near = max(1, round(size / 2))
    joined = cv2.dilate(like_print, np.ones((near, 2 * near), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    return [(int(x), int(y), int(x + width), int(y + height)) for x, y, width, height, _ in boxes[1:]]
