"""Characters that a page draws and nobody sees: invisible, white on white, tiny, covered, off the page, doubled."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from extractors.pages.seen import Box, Chars, Fill, codes_of, is_blank

OFF_PAGE = "off the page"
# Letters across the page, behind or over its text, are seen and belong to no line of it.
WATERMARK = "a watermark"
# A fill as light as this in red, green and blue cannot be told from paper.
WHITE = 245
# Smaller than this many points nobody reads.
SMALLEST = 1.0
# Side, in points, of the squares by which characters drawn twice are looked up: far more than they stand apart.
_CELL = 6.0
_MOST_LINES = 500
# More points than any page is wide.
_WIDEST = 1e6


class Marks(NamedTuple):
    """What a page fills, in the order of drawing, and where its pictures stand."""

    fills: list[Fill]
    pictures: list[Box]


class Paint(NamedTuple):
    """How a text object is painted: so that nobody sees it, white, or under a scan; and how many fills come before."""

    unseen: bool
    white: bool
    under: bool
    order: int


class Look(NamedTuple):
    """What could hide the characters of a text object.

    `later` are the fills that may cover them. `plain` says that they can be seen wherever they stand on the page.
    """

    paint: Paint
    marks: Marks
    later: Sequence[Fill]
    plain: bool


def look_of(paint: Paint, band: tuple[float, float] | None, later: Sequence[Fill], marks: Marks) -> Look:
    """The look of a text object; `band` says how high and how low its line reaches, where it is upright."""
    large = band is not None and band[1] - band[0] >= SMALLEST
    plain = large and not (paint.unseen or paint.white or paint.under or later)
    return Look(paint, marks, later, plain)


def hidden(look: Look, box: Box, size: tuple[float, float]) -> str:
    """Why nobody sees a character, or nothing."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    if look.paint.unseen:
        return "invisible"
    if not (0 <= x <= size[0] and 0 <= y <= size[1]):
        return OFF_PAGE
    if look.plain:
        return ""
    if box[3] - box[1] < SMALLEST and box[2] - box[0] < SMALLEST:
        return "tiny"
    if look.paint.white and not _on_dark(x, y, look.paint.order, look.marks):
        return "white"
    return "covered" if look.paint.under or any(_holds(fill, x, y) for fill in look.later) else ""


def _on_dark(x: float, y: float, order: int, marks: Marks) -> bool:
    """Whether white text stands on a picture, or on a fill that is not white itself."""
    below = [fill for fill in marks.fills[:order] if fill.colour[3] and _holds(fill, x, y)]
    if below:
        return min(below[-1].colour[:3]) < WHITE
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in marks.pictures)


def _holds(fill: Fill, x: float, y: float) -> bool:
    return fill.x0 <= x <= fill.x1 and fill.top <= y <= fill.bottom


def without_doubles(chars: Chars, objects: np.ndarray) -> Chars:
    """Characters of which each that is drawn again on the spot (to look bold) is hidden as doubled.

    `objects` has the number of each character's text object: the letters of a ligature share one box in one text
    object and are no doubles.
    """
    doubled = dict.fromkeys(_doubled(chars, objects, _coinciding(chars)), "doubled")
    return replace(chars, hidden=dict(sorted({**chars.hidden, **doubled}.items()))) if doubled else chars


def _coinciding(chars: Chars) -> list[int]:
    """The numbers of the characters that stand so near another of their kind that one may double the other.

    They are all, where a page has more of one kind below each other than any that is printed has.
    """
    whole = codes_of(chars.text)
    printed = np.flatnonzero(~is_blank(whole))
    codes, boxes = whole[printed], chars.boxes.take(printed, axis=0)
    order = np.argsort(codes * _WIDEST + boxes[:, 0])
    code, (x0, top, x1, bottom) = codes[order], boxes[order].T
    across, down = (x1 - x0) / 3, (bottom - top) / 7
    found = np.zeros(len(code), dtype=bool)
    # Each is held to the next of its kind, then to the one after that, for as long as one so far off could be near.
    farthest, step = across.max(initial=0), 1
    first = np.flatnonzero((code[1:] == code[:-1]) & (x0[1:] - x0[:-1] < farthest))
    while len(first):
        other = first + step
        near = x0[other] - x0[first] < np.maximum(across[first], across[other])
        near &= np.abs(top[other] - top[first]) < np.maximum(down[first], down[other])
        found[first[near]] = found[other[near]] = True
        step += 1
        if step > _MOST_LINES:
            found[:] = True
            break
        first = first[first < len(code) - step]
        first = first[(code[first + step] == code[first]) & (x0[first + step] - x0[first] < farthest)]
    numbers: list[int] = np.sort(printed[order[found]]).tolist()
    return numbers


def _doubled(chars: Chars, objects: np.ndarray, coinciding: Iterable[int]) -> Iterator[int]:
    """The numbers of those among coinciding characters that are drawn again on the spot."""
    seen: dict[tuple[str, int, int], list[Box]] = {}
    for index in coinciding:
        text, box = chars.text[index], _box(chars, index)
        ligature = index and objects[index] == objects[index - 1] and box[0] < chars.boxes[index - 1, 2]
        if index in chars.hidden or (ligature and text.isalpha()):
            continue
        x, y = int(box[0] / _CELL), int(box[1] / _CELL)
        if _is_near(text, box, seen, (x, y)):
            yield index
        seen.setdefault((text, x, y), []).append(box)


def _box(chars: Chars, index: int) -> Box:
    x0, top, x1, bottom = chars.boxes[index].tolist()
    return x0, top, x1, bottom


def _is_near(text: str, box: Box, seen: dict[tuple[str, int, int], list[Box]], cell: tuple[int, int]) -> bool:
    """Whether the same character was drawn less than a third of its width and a seventh of its height away."""
    (x0, top, x1, bottom), (x, y) = box, cell
    columns = (x, x + 1 if x0 / _CELL - x > 0.5 else x - 1)
    rows = (y, y + 1 if top / _CELL - y > 0.5 else y - 1)
    return any(
        abs(other[0] - x0) < (x1 - x0) / 3 and abs(other[1] - top) < (bottom - top) / 7
        for column in columns
        for row in rows
        for other in seen.get((text, column, row), ())
    )
