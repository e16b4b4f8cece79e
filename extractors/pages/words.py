"""Characters of a page as words, and words as lines, whatever reader saw the characters."""

import re
import unicodedata
from bisect import insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from extractors.lines import INVISIBLE
from extractors.pages.abreast import told_apart
from extractors.pages.line_ends import wraps
from extractors.pages.seen import Chars, codes_of, is_blank, text_of_codes
from schemas.records import Line, Place

# Words stand on one line where their middles differ by less than this share of the smaller height.
_SAME_LINE = 0.5
# So does a small word beside a larger one that it overlaps by more than this share of its height: a raised mark.
_RAISED = 0.5
# A mark stands nearer behind its word than this share of the word's height.
_BEHIND = 0.15
# A gap between characters wider than this share of their height divides words that no space divides.
_WORD_GAP = 0.22
# So is one behind a comma, where no digit follows.
_COMMA_GAP = 0.14
_COMMAS, _DIGITS = (ord(","), ord(";")), (ord("0"), ord("9"))
_CURRENCIES = frozenset("£$€¥")
# Behind the end of a sentence LaTeX sets a blank that is wider by this.
_SENTENCE = 1.3
_FIGURE_ENDS = frozenset("0123456789)%")
_YEARS = re.compile(r"(?:19|20)\d\d|(?:19|20)?\d\d[-–/]\d{2,4}")
# What a figure starts with, or what stands for it.
_FIGURE = re.compile(r"^[-–—−(.]*(?:\d|$)")
# A word that starts in the one before by more than this share of its height is none of its cell.
_INTO = 0.03
# A character that starts so many points before the end of another stands in it, and right behind what that follows
# where they start as near to each other as this share of their height.
_LEAST_INTO, _TOUCHES = 1.0, 0.05
# A character less high than this share of the one beside it is no part of its word.
_LESS_HIGH = 0.85
_LIGATURE = re.compile("[\ufb00-\ufb06]")
# Characters that are published as they are.
_PRINTED = frozenset(map(chr, range(0x21, 0x7F)))


class Word(NamedTuple):
    """A word with its box in points, how it looks, and its place in the running text once it has one.

    `number` is its line of the running text and `start` where it starts there; one of a text paper comes with its
    `own` line. `middle` is half way between its upper and its lower edge, and `size` its height. `edges` are the left
    edges of its characters and the right edge of the last one. `wrap` is what the file prints behind it where it ends
    a line and may divide a word: a blank or nothing; None where that is not known. `opens` says that it is the first
    of a cell, however near the word before it stands.
    """

    text: str
    number: int
    start: int
    x0: float
    top: float
    x1: float
    bottom: float
    middle: float
    size: float
    bold: bool
    italic: bool
    edges: tuple[float, ...]
    own: Line | None = None
    wrap: str | None = None
    opens: bool = False

    @property
    def line(self) -> Line:
        """The word as a line of its own."""
        at = Place(line=self.number, char_start=self.start, char_end=self.start + len(self.text))
        return self.own or Line(self.text, at, wrap=self.wrap)


_BY_HEIGHT, _BY_LEFT = attrgetter("middle", "x0"), attrgetter("x0")
# A word of all its fields in order, in half the time that naming or checking them takes.
_word = partial(tuple.__new__, Word)


def words_of(chars: Chars) -> list[Word]:
    """The upright words that somebody can see, line by line.

    >>> from extractors.pages.seen import Char, as_columns
    >>> chars = [Char(c, x, 0.0, x + 5, 10.0, False, False) for c, x in (("a", 0.0), ("b", 5.0), ("c", 13.0))]
    >>> [word.text for word in words_of(as_columns(chars))]
    ['ab', 'c']
    """
    return _words(chars, 0)


def turned_lines(chars: Chars) -> Iterator[list[Word]]:
    """The lines that read up or down the page, each with its words in reading order.

    A word's characters have one box: the word's.
    """
    for turn in (1, -1):
        for line in by_height(_words(chars, turn)):
            yield [_turned(word, turn) for word in line]


def _turned(word: Word, turn: int) -> Word:
    """A word back in its place on the page."""
    box = (word.top, -word.x1, word.bottom, -word.x0) if turn > 0 else (-word.bottom, word.x0, -word.top, word.x1)
    edges = (*(box[0] for _ in word.text), box[2])
    middle, size = (box[1] + box[3]) / 2, box[3] - box[1]
    return Word(word.text, 0, 0, *box, middle, size, word.bold, word.italic, edges)


def text_of(words: Iterable[Word]) -> str:
    """Words as one text."""
    return " ".join([word.text for word in words])


def are_bold(words: Iterable[Word]) -> bool:
    """Whether words are all in bold."""
    return all(word.bold for word in words)


def reads_aside(word: Word) -> bool:
    """Whether a word reads up or down the page: then its letters have one box. Those of a text paper have none."""
    return word.own is None and len(word.text) > 1 and word.edges[0] == word.edges[-2]


def line_of(words: Sequence[Word], wrap: str | None = None) -> Line:
    """Words that follow each other in the running text as one line of it."""
    first, last = words[0], words[-1]
    place = Place(line=first.number, char_start=first.start, char_end=last.start + len(last.text))
    return Line(text_of(words), place, wrap=wrap)


def by_height(words: Sequence[Word]) -> list[list[Word]]:
    """Words as lines from top to bottom, each from left to right."""
    if len(words) < 2:
        return [list(words)] if words else []
    rows: list[list[Word]] = []
    first: Word | None = None
    marked = False
    for word in sorted(words, key=_BY_HEIGHT):
        # Most words of a line are as high as its first; only others are asked about more.
        if first and ((word.middle == first.middle and word.size == first.size) or _are_level(first, word)):
            rows[-1].append(word)
        else:
            rows.append([word])
            first = word
        marked = marked or not _LESS_HIGH * word.size <= first.size <= word.size / _LESS_HIGH
    lines = [sorted(row, key=_BY_LEFT) for row in rows]
    return _with_marks(lines) if marked and len(lines) > 1 else lines


def _with_marks(lines: list[list[Word]]) -> list[list[Word]]:
    """Lines, a small word that stands right behind a larger one of the next put there: its mark, raised over lines.

    The heights of lines side by side may run into each other, and the mark of one be level with the other.
    """
    kept = [list(line) for line in lines]
    for above, line in pairwise(kept):
        high = _LESS_HIGH * max(word.size for word in line)
        small = [word for word in above if word.size < high]
        for mark in [word for word in small if _marks(line, word) and not _marks(above, word)]:
            above.remove(mark)
            insort(line, mark, key=_BY_LEFT)
    return [line for line in kept if line]


def _marks(line: Sequence[Word], mark: Word) -> bool:
    """Whether a word stands small right behind one of a line, beside its upper part."""
    return any(
        abs(mark.x0 - word.x1) < _BEHIND * word.size and mark.size < _LESS_HIGH * word.size and mark.bottom > word.top
        for word in line
    )


def _are_level(first: Word, word: Word) -> bool:
    """Whether a word stands on the line of another, by their middles; a small raised one, by how much it overlaps."""
    smaller = min(first.size, word.size)
    if word.middle - first.middle < _SAME_LINE * smaller:
        return True
    return min(first.bottom, word.bottom) - max(first.top, word.top) > _RAISED * smaller


def placed(word: Word, text: str, line: int, at: int) -> Word:
    """A word with its text and its place in the running text."""
    return _word((text, line, at, *word[3:]))


def _words(chars: Chars, turn: int) -> list[Word]:
    """The words of lines that read in one direction, as they would stand if it were from left to right."""
    shown = chars.turn == turn
    shown[list(chars.hidden)] = False
    if not shown.any():
        return []
    codes, boxes = codes_of(chars.text)[shown], _upright(chars.boxes.compress(shown, axis=0), turn)
    blank = is_blank(codes)
    known = wraps(codes, boxes, blank)
    order, line = told_apart(*_in_lines(boxes), boxes, blank)
    blank = blank[order]
    boxes = boxes.take(order, axis=0)
    # Blanks divide words and are in none.
    part = line + np.cumsum(blank & ~_are_filled(boxes, order))
    boxes, order, part = boxes.compress(~blank, axis=0), order[~blank], part[~blank]
    if not len(order):
        return []
    codes = codes[order]
    starts = np.flatnonzero(np.concatenate([[True], (part[1:] != part[:-1]) | _are_apart(codes, boxes)]))
    texts = _published(text_of_codes(codes))
    ends = {number: known[last] for number, last in enumerate(order[[*starts[1:] - 1, -1]].tolist()) if last in known}
    looks = (np.logical_and.reduceat(look[shown][order], starts).tolist() for look in (chars.bold, chars.italic))
    return list(_joined(texts, boxes, starts, zip(*looks, strict=True), ends))


def _upright(boxes: np.ndarray, turn: int) -> np.ndarray:
    """The boxes of turned characters as they would stand if their line read from left to right."""
    if turn == 0:
        return boxes
    x0, top, x1, bottom = boxes.T
    return np.stack([-bottom, x0, -top, x1] if turn > 0 else [top, -x1, bottom, -x0], axis=1)


def _in_lines(boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The order in which characters are read, line by line from left to right, and the number of each one's line."""
    left, top, _, bottom = boxes.T
    order = _sorted(top + bottom, left)
    tops, bottoms = top[order], bottom[order]
    middles, heights = tops + bottoms, bottoms - tops
    # Characters as high and as low as the one before stand on its line; the others are asked one by one.
    same = (middles[1:] == middles[:-1]) & (heights[1:] == heights[:-1]) & (heights[1:] > 0)
    asked = np.flatnonzero(~np.concatenate([np.zeros(min(1, len(order)), dtype=bool), same]))
    opens = np.zeros(len(order), dtype=int)
    first: tuple[float, float] | None = None
    for at, above, below in zip(asked.tolist(), tops[asked].tolist(), bottoms[asked].tolist(), strict=True):
        if first is None or (above + below - first[0] - first[1]) / 2 >= _SAME_LINE * min(
            below - above, first[1] - first[0]
        ):
            first, opens[at] = (above, below), 1
    line, left = np.cumsum(opens), left[order]
    if ((left[1:] >= left[:-1]) | (line[1:] != line[:-1])).all():
        return order, line
    across = _sorted(line, left)
    return order[across], line[across]


def _sorted(first: np.ndarray, then: np.ndarray) -> np.ndarray:
    """The order by one key and, where it is the same, by another: as numpy's `lexsort`, in half the time."""
    order = np.argsort(then, kind="stable")
    return order[np.argsort(first[order], kind="stable")]


def _are_filled(boxes: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Whether what is read next, or before, starts where a character does, in its box, and was printed elsewhere.

    So it is in a blank that a reader put between two texts of a line where a third one, printed later, stands between.
    """
    starts = np.abs(boxes[1:, 0] - boxes[:-1, 0]) < _TOUCHES * (boxes[:-1, 3] - boxes[:-1, 1])
    apart = starts & (order[1:] != order[:-1] + 1)
    into = apart & (boxes[1:, 0] < boxes[:-1, 2] - _LEAST_INTO), apart & (boxes[:-1, 0] < boxes[1:, 2] - _LEAST_INTO)
    return np.asarray(np.concatenate([into[0], [False]]) | np.concatenate([[False], into[1]]))


def _are_apart(codes: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """Whether each character but the first belongs to another word than the one before.

    That is by the gap between them, or because one is raised or smaller.
    """
    height = boxes[:, 3] - boxes[:, 1]
    higher, lower = np.maximum(height[1:], height[:-1]), np.minimum(height[1:], height[:-1])
    wide = _WORD_GAP * np.ones(len(codes) - 1)
    # What a file does not print, and a font draws close behind a comma, is a blank all the same.
    commas = np.flatnonzero((codes[:-1] == _COMMAS[0]) | (codes[:-1] == _COMMAS[1]))
    then = codes[commas + 1]
    wide[commas[(then < _DIGITS[0]) | (then > _DIGITS[1])]] = _COMMA_GAP
    return np.asarray((boxes[1:, 0] - boxes[:-1, 2] > wide * higher) | (lower < _LESS_HIGH * higher))


def _joined(
    texts: Sequence[str],
    boxes: np.ndarray,
    starts: np.ndarray,
    looks: Iterable[tuple[bool, bool]],
    ends: Mapping[int, str],
) -> Iterator[Word]:
    """Characters as words, each from its start to the next one's; one that prints nothing is none.

    `ends` has what is printed behind words that end lines, by their number.
    """
    lefts, rights = boxes[:, 0].tolist(), boxes[:, 2].tolist()
    sharing = np.concatenate([[False], boxes[1:, 0] == boxes[:-1, 0]])
    sharing[starts] = False
    single = isinstance(texts, str)
    if not single:
        sharing |= np.array([len(text) != 1 for text in texts])
    top, bottom = np.minimum.reduceat(boxes[:, 1], starts), np.maximum.reduceat(boxes[:, 3], starts)
    right = np.maximum.reduceat(boxes[:, 2], starts)
    numbers = (top, right, bottom, (top + bottom) / 2, bottom - top, np.logical_or.reduceat(sharing, starts))
    ends_at = [*starts[1:].tolist(), len(texts)]
    each = zip(starts.tolist(), ends_at, looks, *(column.tolist() for column in numbers), strict=True)
    for number, (start, end, look, top, right, bottom, middle, size, shared) in enumerate(each):
        text, own = texts[start:end] if single else "".join(texts[start:end]), lefts[start:end]
        if shared:
            own = _shared_out(texts[start:end], own, rights[start:end])
        if text:
            box = lefts[start], top, right, bottom
            wrap = ends.get(number) if ends else None
            yield _word((text, 0, 0, *box, middle, size, *look, (*own, right), None, wrap, False))


def _shared_out(texts: Sequence[str], lefts: Sequence[float], rights: Sequence[float]) -> list[float]:
    """The left edge of each letter of a word of which some share a box, as a ligature's do: they share it out."""
    edges: list[float] = []
    for (x0, x1), group in groupby(zip(lefts, rights, texts, strict=True), key=lambda each: each[:2]):
        text = "".join(each[2] for each in group)
        # A mark that prints nothing keeps the characters beside it together and has no place of its own.
        edges += [x0 + (x1 - x0) * i / len(text) for i in range(len(text))]
    return edges


def _published(text: str) -> Sequence[str]:
    """What is published of each character of a text, itself for most; the text alone if it is so for all."""
    printed = ((char, _printed(char)) for char in set(text) - _PRINTED)
    changed = {char: said for char, said in printed if said != char}
    return [changed.get(char, char) for char in text] if changed else text


def _printed(char: str) -> str:
    """A character as it is published: ligatures as letters, marks that print nothing as nothing."""
    text = INVISIBLE.sub("", _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), char))
    return "".join(_known(each) for each in text)


def _known(char: str) -> str:
    """A character, a blank for any white space, nothing for a control character, a mark for half a character."""
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    return {"Cc": "", "Cs": "\ufffd"}.get(category, char)


def pieces_of(line: Sequence[Word], gap: float) -> list[list[Word]]:
    """The words of a line in pieces that gaps of so many points divide, and words that open cells or start in others.

    The sign of a currency that opens a piece belongs to the figure behind it, however far it is set apart; behind a
    figure it opens one, and behind a year it states the unit.
    """
    if not line:
        return []
    piece = [line[0]]
    pieces = [piece]
    for left, right in pairwise(line):
        space = right.x0 - left.x1
        # Most words stand a blank apart; only others are asked about more.
        if 0 <= space < gap and not right.opens and right.text not in _CURRENCIES:
            piece.append(right)
            continue
        ended = left.text[-1] in ":.?!" and left.text[-2:-1].isalnum()
        wide = space >= (_SENTENCE * gap if ended else gap)
        apart = right.opens or _runs_into(left, right) or (right.text in _CURRENCIES and _is_ended(left))
        if apart or (wide and not _opens(piece, right)):
            piece = []
            pieces.append(piece)
        piece.append(right)
    return pieces


def _opens(piece: Sequence[Word], word: Word) -> bool:
    """Whether a piece is the sign of a currency that opens a figure."""
    return len(piece) == 1 and piece[0].text in _CURRENCIES and bool(_FIGURE.match(word.text))


def _is_ended(word: Word) -> bool:
    """Whether a word ends a figure that is no year, or stands for one: `(NA)`, not `(revised)`."""
    ends = word.text[-1] in _FIGURE_ENDS and not _YEARS.fullmatch(word.text)
    return ends and (word.text[-1] != ")" or any(map(str.isdigit, word.text)) or not any(map(str.islower, word.text)))


def _runs_into(left: Word, right: Word) -> bool:
    """Whether a word starts in the one before, which sticks out of its cell; a raised one may, as a mark does."""
    if left.x1 <= right.x0:
        return False
    alike = min(left.size, right.size) > _LESS_HIGH * max(left.size, right.size)
    return alike and left.x1 - right.x0 > _INTO * right.size


def inked(piece: Sequence[Word]) -> tuple[float, float]:
    """From where to where a piece stands, without the sign of a currency that is set apart before a figure."""
    return piece[1 if is_apart(piece) else 0].x0, piece[-1].x1


def is_apart(piece: Sequence[Word]) -> bool:
    """Whether a piece opens with the sign of a currency that is set apart before a figure."""
    return len(piece) > 1 and piece[0].text in _CURRENCIES
