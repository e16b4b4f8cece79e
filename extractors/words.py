"""Characters of a page as words, and words as lines, whatever reader saw the characters."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from extractors.lines import INVISIBLE
from extractors.seen import Char
from schemas.records import Line, Place

# Words stand on one line where their middles differ by less than this share of the smaller height.
_SAME_LINE = 0.5
# A gap between characters wider than this share of their height divides words that no space divides.
_WORD_GAP = 0.22
_CURRENCIES = frozenset("£$€¥")
# What a figure starts with, or what stands for it.
_FIGURE = re.compile(r"^[-–—−(.]*(?:\d|$)")
_NOWHERE = Place()
_LIGATURE = re.compile("[\ufb00-\ufb06]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box in points, how it looks, and its place in the running text once it has one.

    `edges` are the left edges of its characters and the right edge of the last one.
    """

    line: Line
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool
    italic: bool
    edges: tuple[float, ...]

    @property
    def text(self) -> str:
        """The word as printed."""
        return self.line.text

    @property
    def middle(self) -> float:
        """Half way between its upper and its lower edge."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """Its height."""
        return self.bottom - self.top


def words_of(chars: Iterable[Char]) -> list[Word]:
    """The upright words that somebody can see, line by line.

    >>> chars = [Char(c, x, 0.0, x + 5, 10.0, False, False) for c, x in (("a", 0.0), ("b", 5.0), ("c", 13.0))]
    >>> [word.text for word in words_of(chars)]
    ['ab', 'c']
    """
    visible = [_printed(char) for char in chars if not char.hidden and not char.turn]
    return [_word(group) for line in _char_lines(visible) for group in _divided(line) if any(c.text for c in group)]


def turned_lines(chars: Iterable[Char]) -> Iterator[list[Word]]:
    """The lines that read up or down the page, each with its words in reading order.

    A word's characters have one box: the word's.
    """
    for turn in (1, -1):
        own = [_upright(_printed(char)) for char in chars if char.turn == turn and not char.hidden]
        words = [_word(group) for line in _char_lines(own) for group in _divided(line) if any(c.text for c in group)]
        for line in by_height(words):
            yield [_turned(word, turn) for word in line]


def _upright(char: Char) -> Char:
    """A turned character as it would stand if its line read from left to right."""
    x0, top, x1, bottom = char[1:5]
    box = (-bottom, x0, -top, x1) if char.turn > 0 else (top, -x1, bottom, -x0)
    return char._replace(x0=box[0], top=box[1], x1=box[2], bottom=box[3])


def _turned(word: Word, turn: int) -> Word:
    """A word back in its place on the page."""
    box = (word.top, -word.x1, word.bottom, -word.x0) if turn > 0 else (-word.bottom, word.x0, -word.top, word.x1)
    edges = (*(box[0] for _ in word.text), box[2])
    return replace(word, x0=box[0], top=box[1], x1=box[2], bottom=box[3], edges=edges)


def text_of(words: Iterable[Word]) -> str:
    """Words as one text."""
    return " ".join(word.text for word in words)


def by_height(words: Sequence[Word]) -> list[list[Word]]:
    """Words as lines from top to bottom, each from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle, w.x0)):
        if rows and word.middle - rows[-1][0].middle < _SAME_LINE * min(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: w.x0) for row in rows]


def placed(word: Word, text: str, line: int, at: int) -> Word:
    """A word with its text and its place in the running text."""
    return replace(word, line=Line(text, Place(line=line, char_start=at, char_end=at + len(text))))


def _printed(char: Char) -> Char:
    """A character as it is published: ligatures as letters, marks that print nothing as nothing."""
    text = char.text
    if len(text) == 1 and " " < text <= "~":
        return char
    text = INVISIBLE.sub("", _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text))
    text = "".join(_known(each) for each in text)
    return char._replace(text=text)


def _known(char: str) -> str:
    """A character, a blank for any white space, nothing for a control character, a mark for half a character."""
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    return {"Cc": "", "Cs": "\ufffd"}.get(category, char)


def _char_lines(chars: Sequence[Char]) -> Iterator[list[Char]]:
    line: list[Char] = []
    for char in sorted(chars, key=lambda c: (c.top + c.bottom, c.x0)):
        if line and (char.top + char.bottom - line[0].top - line[0].bottom) / 2 >= _SAME_LINE * min(
            char.bottom - char.top, line[0].bottom - line[0].top
        ):
            yield line
            line = []
        line.append(char)
    if line:
        yield line


def _divided(line: list[Char]) -> Iterator[list[Char]]:
    """The words of a line of characters: between blanks, wide gaps, and changes of height or weight after a gap."""
    line.sort(key=lambda char: char.x0)
    word: list[Char] = []
    for char in line:
        if word and (char.text.isspace() or _is_apart(word[-1], char)):
            yield word
            word = []
        if not char.text.isspace():
            word.append(char)
    if word:
        yield word


def _is_apart(left: Char, right: Char) -> bool:
    """Whether two characters belong to two words: by the gap between them, or because one is raised or smaller."""
    heights = left.bottom - left.top, right.bottom - right.top
    return right.x0 - left.x1 > _WORD_GAP * max(heights) or min(heights) < 0.85 * max(heights)


def _word(chars: Sequence[Char]) -> Word:
    right = max(char.x1 for char in chars)
    return Word(
        Line("".join([char.text for char in chars]), _NOWHERE),
        chars[0].x0, min([char.top for char in chars]), right, max([char.bottom for char in chars]),
        all(char.bold for char in chars), all(char.italic for char in chars), (*_lefts(chars), right),
    )  # fmt: skip


def _lefts(chars: Sequence[Char]) -> list[float]:
    """The left edge of each character of a word; letters that share a box, as a ligature's do, share it out."""
    lefts = [char.x0 for char in chars]
    if len(set(lefts)) == len(lefts) and all(len(char.text) == 1 for char in chars):
        return lefts
    edges: list[float] = []
    for (x0, x1), group in groupby(chars, key=lambda char: (char.x0, char.x1)):
        text = "".join(char.text for char in group)
        # A mark that prints nothing keeps the characters beside it together and has no place of its own.
        edges += [x0 + (x1 - x0) * i / len(text) for i in range(len(text))]
    return edges


def pieces_of(line: Sequence[Word], gap: float) -> list[list[Word]]:
    """The words of a line in pieces that gaps of at least so many points divide.

    The sign of a currency belongs to the figure behind it, however far it is set apart.
    """
    pieces = [[line[0]]] if line else []
    for left, right in pairwise(line):
        if right.x0 - left.x1 >= gap and not (left.text in _CURRENCIES and _FIGURE.match(right.text)):
            pieces.append([])
        pieces[-1].append(right)
    return pieces
