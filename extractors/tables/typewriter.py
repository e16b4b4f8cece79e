"""Lines in type of one width: a blank in them is as wide as a letter, and as gaps between columns are elsewhere."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

from extractors.pages.words import Word
from extractors.tables.values import is_value

# A word of so many letters of one width, within this share of its height, is in type of one width.
_LETTERS, _ALIKE = 4, 0.01
# One blank parts words that stand less than this many widths of a letter apart, and leaves this share of it open.
_ONE, _LEFT = 1.5, 0.3
# Typists leave two blanks behind what ends a sentence, or opens one.
_TWO, _ENDS = 2.5, (".", ":", "?", "!")
# So many words of a page, of its first ones, tell of its type.
_LEAST, _MOST = 3, 400


def type_of(words: Iterable[Word]) -> frozenset[float]:
    """How wide, in tenths of a point, the letters are of the types of one width that a page is set in."""
    long = (word for word in islice(words, _MOST) if len(word.text) >= _LETTERS)
    counts = Counter(_tenths(width) for word in long if _starts_even(word) and (width := _width(word)))
    return frozenset(width for width, count in counts.items() if count >= _LEAST)


def closed_up(line: Sequence[Word], types: frozenset[float]) -> Sequence[Word]:
    """A line in type of one width, its words drawn together where one blank parts them, but for figures side by side.

    So are headings that are a number and a name each, the same: `0 BR 1 BR 2 BR`.

    `types` has the widths of letters, in tenths of a point. Any other line is left as it is.
    """
    if not types:
        return line
    wide = (line[0].x1 - line[0].x0) / len(line[0].text) if line else 0.0
    if _tenths(wide) not in types:
        return line
    words = list(line)
    named = _numbered_names(line)
    for number, (word, following) in enumerate(pairwise(line)):
        ended = word.text.endswith(_ENDS) and not is_value(following.text)
        one = following.x0 - word.x1 < (_TWO if ended else _ONE) * wide
        if one and number not in named and not (is_value(word.text) and is_value(following.text)):
            words[number] = word._replace(x1=max(word.x1, following.x0 - _LEFT * wide))
    return words


def _numbered_names(line: Sequence[Word]) -> set[int]:
    """Which words of a line are the name behind a number, several times the same and one after the other."""
    texts = [word.text for word in line]
    pairs = [n for n in range(1, len(line)) if texts[n - 1].isdecimal() and texts[n].isalpha()]
    return {n for n in pairs if sum(texts[n] == texts[other] and (n - other) % 2 == 0 for other in pairs) >= _LEAST}


def _tenths(width: float) -> float:
    return round(width, 1)


def _width(word: Word) -> float:
    """How wide each letter of a word is; 0 where they differ, or are too few of a kind to tell."""
    if not word.text.isalpha() or len(set(word.text)) < _LETTERS - 1:
        return 0.0
    widths = [right - left for left, right in pairwise(word.edges)]
    return widths[0] if max(widths) - min(widths) < _ALIKE * word.size else 0.0


def _starts_even(word: Word) -> bool:
    """Whether the first two letters of a word are of one width, as few are: most words are not asked more."""
    edges = word.edges
    return abs(2 * edges[1] - edges[0] - edges[2]) < _ALIKE * word.size
