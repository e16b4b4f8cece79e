"""What a reader sees on a page: characters, rules, fills and pictures, in points from the top left as displayed."""

from dataclasses import dataclass
from typing import NamedTuple

Box = tuple[float, float, float, float]


class Char(NamedTuple):
    """A character as drawn: its text, its box (as wide as its advance, as high as its font), how it looks.

    `hidden` is empty, or says why nobody sees it: invisible, white, off the page, tiny, covered, doubled.
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
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
    fills: tuple[Fill, ...]
    pictures: tuple[Box, ...]
    fault: str = ""
    slants: tuple[Box, ...] = ()
