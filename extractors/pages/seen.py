"""What a reader sees on a page: characters, rules, fills and pictures, in points from the top left as displayed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

Box = tuple[float, float, float, float]
# Which code points are white space, to be looked up; the last that is one is the ideographic blank.
_LAST_BLANK = 0x3000
_BLANKS = np.array([*(chr(code).isspace() for code in range(_LAST_BLANK + 1)), False])


class Char(NamedTuple):
    """A character as drawn: its text, its box (as wide as its advance, as high as its font), how it looks.

    `hidden` is empty, or says why nobody sees it: invisible, white, off the page, tiny, covered, doubled, a watermark.
    `turn` is 1 where its line reads up the page, -1 where it reads down, 0 where it stands upright.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool
    italic: bool
    hidden: str = ""
    turn: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Chars:
    """The characters of a page as columns, which are read three times as fast as so many objects.

    `text` has one character for each, and `boxes` a row of left, top, right and bottom. `hidden` says of those that
    nobody sees, by their number, why; the rest is as of a character.
    """

    text: str
    boxes: np.ndarray
    bold: np.ndarray
    italic: np.ndarray
    turn: np.ndarray
    hidden: Mapping[int, str]


def as_columns(chars: Iterable[Char]) -> Chars:
    """Characters as columns.

    >>> as_columns([Char("a", 0.0, 0.0, 5.0, 10.0, False, False, "white")]).hidden
    {0: 'white'}
    """
    rows = list(chars)
    hidden = {index: char.hidden for index, char in enumerate(rows) if char.hidden}
    boxes = np.array([char[1:5] for char in rows], dtype=float).reshape(-1, 4)
    bold, italic = (np.array([char[at] for char in rows], dtype=bool) for at in (5, 6))
    turn = np.array([char.turn for char in rows], dtype=np.int8)
    return Chars("".join(char.text for char in rows), boxes, bold, italic, turn, hidden)


def one_by_one(chars: Chars) -> Iterator[Char]:
    """Characters one by one."""
    looks = (each.tolist() for each in (chars.bold, chars.italic, chars.turn))
    rows = zip(chars.text, chars.boxes.tolist(), *looks, strict=True)
    for index, (text, (x0, top, x1, bottom), bold, italic, turn) in enumerate(rows):
        yield Char(text, x0, top, x1, bottom, bold, italic, chars.hidden.get(index, ""), turn)


def codes_of(text: str) -> np.ndarray:
    """The code point of each character of a text.

    >>> codes_of("a£").tolist()
    [97, 163]
    """
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def is_blank(codes: np.ndarray) -> np.ndarray:
    """Which code points are white space."""
    return np.asarray(_BLANKS[np.minimum(codes, _LAST_BLANK + 1)])


def text_of_codes(codes: np.ndarray) -> str:
    """Code points as a text of as many characters."""
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


class Rule(NamedTuple):
    """A drawn line, as a box of no width or no height; edges of stroked rectangles too."""

    x0: float
    top: float
    x1: float
    bottom: float


class Fill(NamedTuple):
    """A filled rectangle with its colour (red, green, blue, opacity, each 0 to 255) and when it is drawn."""

    x0: float
    top: float
    x1: float
    bottom: float
    colour: tuple[int, int, int, int]
    order: int


def around(boxes: Iterable[Box]) -> Box:
    """The box around boxes, one at least.

    >>> around([(0.0, 5.0, 10.0, 6.0), Rule(4.0, 0.0, 4.0, 9.0)])
    (0.0, 0.0, 10.0, 9.0)
    """
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as a reader sees it: its size as displayed, its characters, its rules, fills and pictures.

    `whole` is the box of the whole page around the part that is displayed, which a crop box may cut out of it.
    `fault` says why a page could not be read. `slants` has the boxes of drawn lines that are neither level nor upright.
    """

    number: int
    width: float
    height: float
    whole: Box
    chars: Chars
    rules: tuple[Rule, ...]
    fills: tuple[Fill, ...]
    pictures: tuple[Box, ...]
    fault: str = ""
    slants: tuple[Box, ...] = ()
