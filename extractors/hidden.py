"""Characters that a page draws and nobody sees: invisible, white on white, tiny, covered, off the page, doubled."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.seen import Box, Char, Fill

OFF_PAGE = "off the page"
# A fill as light as this in red, green and blue cannot be told from paper.
WHITE = 245
# Smaller than this many points nobody reads.
_SMALLEST = 1.0
# Side, in points, of the squares by which characters drawn twice are looked up: far more than they stand apart.
_CELL = 6.0


class Font(NamedTuple):
    """How a font looks."""

    bold: bool
    italic: bool


class Marks(NamedTuple):
    """What a page fills, in the order of drawing, and where its pictures stand."""

    fills: list[Fill]
    pictures: list[Box]


class Look(NamedTuple):
    """How a text object draws its characters."""

    font: Font
    unseen: bool
    white: bool
    order: int
    up: tuple[float, float]


def hidden(look: Look, box: Box, size: tuple[float, float], marks: Marks) -> str:
    """Why nobody sees a character, or nothing."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    if look.unseen:
        return "invisible"
    if not (0 <= x <= size[0] and 0 <= y <= size[1]):
        return OFF_PAGE
    if box[3] - box[1] < _SMALLEST and box[2] - box[0] < _SMALLEST:
        return "tiny"
    if look.white and not _on_dark(x, y, look.order, marks):
        return "white"
    if look.order < len(marks.fills) and _is_covered(x, y, marks.fills[look.order :]):
        return "covered"
    return ""


def _is_covered(x: float, y: float, later: Sequence[Fill]) -> bool:
    return any(fill.colour[3] == 255 and _holds(fill, x, y) for fill in later)


def _on_dark(x: float, y: float, order: int, marks: Marks) -> bool:
    """Whether white text stands on a picture, or on a fill that is not white itself."""
    below = [fill for fill in marks.fills[:order] if fill.colour[3] and _holds(fill, x, y)]
    if below:
        return min(below[-1].colour[:3]) < WHITE
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in marks.pictures)


def _holds(fill: Fill, x: float, y: float) -> bool:
    return fill.x0 <= x <= fill.x1 and fill.top <= y <= fill.bottom


def without_doubles(chars: Iterator[tuple[int, Char]]) -> Iterator[Char]:
    """Characters of which each that is drawn again on the spot (to look bold) is hidden as doubled.

    The letters of a ligature share one box in one text object; they are no doubles.
    """
    seen: dict[tuple[str, int, int], list[Char]] = {}
    before, last = 0, None
    for key, char in chars:
        ligature = key == before and last is not None and char.text.isalpha() and char.x0 < last.x1
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
