"""A line of print as words: where its blanks are, and which of its thin marks are hyphens and which are dashes.

The engine, the second reader and the picture are asked where a blank is; most of them decide.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from extractors.scans.alike import blanks_in
from extractors.scans.ocr import Mark
from extractors.scans.picture import Area, Band, Picture

# All lengths here are in heights of the font. The engine says where a character stands to so many.
_ABOUT = 0.35
# White between two letters that is wider than the first is a blank, narrower than the second none, wider than the
# third a blank whatever the engine says; a figure 1 may stand so far from the next as the last says.
_WIDE, _CLOSE, _SURELY, _FIGURES = 0.2, 0.16, 0.3, 0.6
# White that is wider may hold a mark too faint to be seen.
_EMPTY = 0.8
# A dash is at most so thick, and stands between these heights above the line.
_THICK, _LOW, _HIGH = 0.16, 0.1, 0.45
# A hyphen is longer than the first and shorter than the second, an en dash from the third to the fourth, an em dash
# beyond: what is between a hyphen and a dash is in doubt.
_LEAST, _HYPHEN, _EN, _EM = 0.12, 0.37, 0.44, 0.8
_DASHES = "-–—−"
# A stroke longer than this is a dash that was not read, if none of these was read there.
_SHORT, _THIN = 0.2, f"{_DASHES}~_=+•·…"
# Marks behind which a figure or a word begins as often as not.
_OPENING = ("–", "—", ")", ":", ";")
# How sure a dash is whose length was measured, though the engine, which knows many like it, is less so.
_MEASURED = 0.9
# What stands behind a word of the second reader that the picture leaves in doubt.
UNSURE = "?"


class Print(NamedTuple):
    """A line as read: its characters, the ink of the page, where the line stands in it, the height of its font."""

    marks: Sequence[Mark]
    ink: Picture
    area: Area
    band: Band
    size: float


class Spaced(NamedTuple):
    """A word: its characters, their left edges and the right edge of the last (pixels), whether the picture is clear.

    It is not where readers and picture differ on a blank beside it, or where a thin mark in it has no clear length.
    """

    marks: tuple[Mark, ...]
    edges: tuple[float, ...]
    sure: bool


class _Gap(NamedTuple):
    """What lies between two characters: where white begins and ends, whether it is a blank, whether that is sure."""

    end: float
    begin: float
    blank: bool
    sure: bool


def spaced(line: Print, again: str | None) -> Iterator[Spaced]:
    """The words of a line; `again` is what the second reader has there, if it was asked."""
    left, _, right, _ = line.area
    rows = line.ink[line.band.top : line.band.bottom, left:right]
    columns = np.asarray(rows.sum(axis=0) > 1)
    filled = np.nonzero(columns)[0]
    first, last = (int(filled[0]), int(filled[-1]) + 1) if filled.size else (0, right - left)
    marks = [mark for mark in line.marks if not mark.text.isspace()]
    middles = [mark.middle * (right - left) for mark in marks]
    dashes = [_dash(mark, rows, middle, line) for mark, middle in zip(marks, middles, strict=True)]
    unread = _unread(marks, middles, rows, line)
    gaps = [*_gaps(line, [mark for mark, _ in dashes], middles, columns, again), _Gap(last, last, True, True)]
    start, opens, sure = float(first), 0, True
    for index, gap in enumerate(gaps):
        sure = sure and gap.sure and dashes[index][1] and index not in unread
        if gap.blank:
            edges = _edges(middles[opens : index + 1], start, max(gap.end, start + 1))
            own = tuple(mark for mark, _ in dashes[opens : index + 1])
            yield Spaced(own, tuple(left + x for x in edges), sure)
            start, opens, sure = gap.begin, index + 1, gap.sure


def _edges(middles: Sequence[float], start: float, end: float) -> list[float]:
    """Where the characters of a word end, given about where they stand and where the word does."""
    half = max(1.0, (middles[-1] - middles[0]) / max(1, len(middles) - 1)) / 2
    from_, to = middles[0] - half, middles[-1] + half
    between = [(a + b) / 2 for a, b in pairwise(middles)]
    return [start + (x - from_) / (to - from_) * (end - start) for x in (from_, *between, to)]


def _gaps(
    line: Print, marks: Sequence[Mark], middles: Sequence[float], columns: np.ndarray, again: str | None
) -> Iterator[_Gap]:
    """What lies behind each character but the last."""
    breaks = _breaks(line.marks)
    theirs = blanks_in([mark.text for mark in marks], again or "")
    # About where a character stands the engine knows; the blank may lie a little beyond it.
    about = [_ABOUT * line.size if at in breaks or theirs[at] else 0.0 for at in range(len(marks) - 1)]
    whites = [_white(columns, pair, far, line.size) for pair, far in zip(pairwise(middles), about, strict=True)]
    for index, ((end, begin), pair) in enumerate(zip(whites, pairwise(marks), strict=True)):
        said = index in breaks
        others = {at for at in (index - 1, index + 1) if at in breaks and at < len(whites)}
        taken = not said and any(whites[at] == whites[index] for at in others)
        wide = 0.0 if taken else (begin - end) / line.size
        if any(mark.text.isalpha() for mark in pair) or pair[0].text in _OPENING:
            yield _Gap(end, begin, *_voted(wide, said, theirs[index]))
        else:
            yield _Gap(end, begin, said or wide > _FIGURES, True)


def _white(columns: np.ndarray, pair: tuple[float, float], about: float, size: float) -> tuple[float, float]:
    """The white between the middles of two characters, or a little beyond them where there is hardly any."""
    end, begin = _between(columns, *pair)
    if about and begin - end < _CLOSE * size:
        return _between(columns, max(0.0, pair[0] - about), pair[1] + about)
    return end, begin


def _voted(wide: float, said: bool, again: bool | None) -> tuple[bool, bool]:
    """Whether a gap beside a letter is a blank, by the engine, the second reader and its width; whether that is sure.

    >>> _voted(0.05, True, True), _voted(0.24, False, False), _voted(0.35, False, None), _voted(0.18, True, False)
    ((True, True), (False, True), (True, False), (True, False))
    """
    seen = True if wide > _WIDE else False if wide < _CLOSE else None
    votes = [vote for vote in (said, again, seen) if vote is not None]
    blanks = sum(votes)
    if 2 * blanks == len(votes):
        return said or wide > _SURELY, False
    return 2 * blanks > len(votes), wide < _EMPTY


def _dash(mark: Mark, rows: Picture, middle: float, line: Print) -> tuple[Mark, bool]:
    """A mark, a dash by its length in the picture, and whether its length is clear."""
    if mark.text not in _DASHES:
        return mark, True
    long = _length(rows, line.band.base - line.band.top, middle, line.size)
    if not _LEAST < long <= _HYPHEN and long < _EN:
        return mark, False
    text = "-" if long <= _HYPHEN else "–" if long < _EM else "—"
    return mark._replace(text=text, confidence=max(mark.confidence, _MEASURED)), True


def _unread(marks: Sequence[Mark], middles: Sequence[float], rows: Picture, line: Print) -> set[int]:
    """The characters nearest to strokes that stand alone where a dash does and were read as none."""
    thin = _is_thin(rows, line.band.base - line.band.top, line.size)
    found = set()
    for run in _runs(thin):
        beside = rows[:, max(0, run[0] - 2) : run[0]].any() or rows[:, run[-1] + 1 : run[-1] + 3].any()
        away = [abs((run[0] + run[-1]) / 2 - middle) for middle in middles]
        nearest = int(np.argmin(away))
        taken = any(mark.text in _THIN and x < line.size / 2 for mark, x in zip(marks, away, strict=True))
        if len(run) > _SHORT * line.size and not beside and not taken:
            found.add(nearest)
    return found


def _runs(columns: np.ndarray) -> list[np.ndarray]:
    """The runs of columns that are set, with at most one that is not between two."""
    at = np.nonzero(columns)[0]
    return np.split(at, np.nonzero(np.diff(at) > 2)[0] + 1) if at.size else []


def _length(rows: Picture, base: int, middle: float, size: float) -> float:
    """How long the stroke near a place is that has nothing above and nothing below it; 0 where there is none."""
    runs = _runs(_is_thin(rows, base, size))
    own = min(runs, key=lambda run: float(np.abs(run - middle).min()), default=None)
    if own is None or np.abs(own - middle).min() > size / 2:
        return 0.0
    return float(own[-1] - own[0] + 1) / size


def _is_thin(rows: Picture, base: int, size: float) -> np.ndarray:
    """In which columns of a line ink stands only where a dash does."""
    first = rows.argmax(axis=0)
    last = rows.shape[0] - 1 - rows[::-1].argmax(axis=0)
    above = base - (first + last + 1) / 2
    thin = (last - first + 1 <= max(3.0, _THICK * size)) & (above > _LOW * size) & (above < _HIGH * size)
    return np.asarray(rows.any(axis=0) & thin)


def _breaks(marks: Sequence[Mark]) -> set[int]:
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
    """The widest white between two places, as far as it goes; the point half way where there is none."""
    first, last = int(left), max(int(left) + 1, int(right) + 1)
    white = np.nonzero(~columns[first:last])[0]
    if not white.size:
        return (left + right) / 2, (left + right) / 2
    run = max(np.split(white, np.nonzero(np.diff(white) > 1)[0] + 1), key=len)
    before, behind = np.nonzero(columns[: first + run[0]])[0], np.nonzero(columns[first + run[-1] :])[0]
    end = before[-1] + 1 if before.size else first + run[0]
    begin = first + run[-1] + behind[0] if behind.size else first + run[-1] + 1
    return float(end), float(begin)
