"""Lines in type of one width: a blank in them is as wide as a letter, and as gaps between columns are elsewhere."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from math import inf

from extractors.grid import is_figure, is_round, is_year
from extractors.pages.words import Word
from extractors.tables.columns import stretches_of
from extractors.tables.values import is_value

# A word of so many letters of one width, within this share of its height, is in type of one width.
_LETTERS, _ALIKE = 4, 0.01
# One blank parts words that stand less than this many widths of a letter apart, and leaves this share of it open.
_ONE, _LEFT = 1.5, 0.3
# Typists leave two blanks behind what ends a sentence, or opens one.
_TWO, _ENDS = 2.5, (".", ":", "?", "!")
_HALF = 0.05
# Rows stand together with no more than a blank line between them: this many heights.
_BLANK_LINES = 2.0
# The heading of rows stands within so many lines above them.
_HEAD = 4
# So many words of a page, of its first ones, tell of its type.
_LEAST, _MOST = 3, 400


def type_of(words: Iterable[Word]) -> frozenset[float]:
    """How wide, in tenths of a point, the letters are of the types of one width that a page is set in."""
    long = (word for word in islice(words, _MOST) if len(word.text) >= _LETTERS)
    counts = Counter(_tenths(width) for word in long if _starts_even(word) and (width := _width(word)))
    return frozenset(width for width, count in counts.items() if count >= _LEAST)


def closed_up(lines: Sequence[Sequence[Word]], types: frozenset[float]) -> Sequence[Sequence[Word]]:
    """Lines in type of one width, their words drawn together where one blank parts them, but for figures side by side.

    So are headings that are a number and a name each, the same: `0 BR 1 BR 2 BR`. What a blank parts that runs down
    through rows of figures and their heading stays apart.

    `types` has the widths of letters, in tenths of a point. Any other line is left as it is.
    """
    if not types:
        return lines
    typed = {n: wide for n, line in enumerate(lines) if line and _is_of(wide := _letter(line), types)}
    kept = _blanks(lines, typed)
    return [_closed(line, typed[n], kept.get(n, ())) if n in typed else line for n, line in enumerate(lines)]


def _is_of(width: float, types: frozenset[float]) -> bool:
    """Whether letters so wide are of one of some types, half a tenth more or less."""
    return not types.isdisjoint((_tenths(width - _HALF), _tenths(width + _HALF)))


def _letter(line: Sequence[Word]) -> float:
    """How wide a letter of a line's first word is."""
    return (line[0].x1 - line[0].x0) / len(line[0].text)


def _blanks(lines: Sequence[Sequence[Word]], typed: Mapping[int, float]) -> dict[int, list[float]]:
    """Of each line of a run of rows, and of its heading, the places where a blank runs down through all of them."""
    found: dict[int, list[float]] = {}
    for run in _runs(lines, typed):
        head = _head(lines, run[0])
        if len(run) >= _LEAST and head in typed:
            places = _common([lines[n] for n in run], lines[head], typed[run[0]])
            found.update(dict.fromkeys([head, *run], places))
    return found


def _runs(lines: Sequence[Sequence[Word]], numbers: Iterable[int]) -> Iterator[list[int]]:
    """The numbers of lines with several figures that stand together, with labels alone between them."""
    run: list[int] = []
    last, edge = 0, 0.0
    for number in numbers:
        line = lines[number]
        figures = [word.x0 for word in line if is_value(word.text) and not _heads(word.text)]
        gap = (line[0].top - lines[last][0].bottom) / line[0].size if run else 0.0
        if run and (gap > _BLANK_LINES or (len(figures) <= 1 and (line[-1].x1 > edge or gap > 1))):
            yield run
            run = []
        last = number
        if len(figures) > 1:
            run.append(number)
            edge = figures[0]
    if run:
        yield run


def _heads(text: str) -> bool:
    """Whether a figure may be a heading's: a year, or a round number as in `1,000 acres`."""
    return is_year(text) or is_round(text)


def _head(lines: Sequence[Sequence[Word]], first: int) -> int:
    """The number of the heading's line above rows that tells most: of most words that more than a blank parts.

    It is one of the nearest lines without figures but years, and has two words at least; -1 if there is none.
    """
    above = [n for n in range(first - 1, max(-1, first - 1 - _HEAD), -1) if len(lines[n]) > 1]
    worded = [n for n in above if not any(is_figure(word.text) and not is_year(word.text) for word in lines[n])]
    return max(worded, key=lambda n: _count_parted(lines[n]), default=-1)


def _count_parted(line: Sequence[Word]) -> int:
    """How many words of a line stand more than a blank behind the one before."""
    return sum(right.x0 - left.x1 > _ONE * _letter(line) for left, right in pairwise(line))


def _common(rows: Sequence[Sequence[Word]], head: Sequence[Word], wide: float) -> list[float]:
    """The middles of the blanks in all rows and their heading that part one column from the next.

    Each has words of both, the first may have no heading; what has only one belongs to what is nearer.
    """
    columns = stretches_of([*rows, head], wide / 2)
    blanks = [(before[1], behind[0]) for before, behind in pairwise(columns)]
    dropped = set()
    for number, (left, right) in enumerate(columns):
        headed, filled = (any(w.x0 < right and w.x1 > left for line in own for w in line) for own in ([head], rows))
        if not filled or not (headed or not number):
            # Of two alike it is the one behind: figures are set to the right.
            beside = reversed(blanks[max(0, number - 1) : number + 1])
            dropped.add(min(beside, key=lambda blank: round((blank[1] - blank[0]) / wide), default=(left, left)))
    kept = [blank for blank in blanks if blank not in dropped]
    following = [*(right for _, right in kept[1:]), inf]
    # What stands between one kept blank and the next is a column.
    spans = ((right - wide / 2, end - wide / 2) for (_, right), end in zip(kept, following, strict=False))
    return [sum(blank) / 2 for blank, span in zip(kept, spans, strict=True) if _is_column(rows, span, wide)]


def _is_column(rows: Sequence[Sequence[Word]], span: tuple[float, float], wide: float) -> bool:
    """Whether most rows have something between two places, set to the left or values in most of them."""
    own = [words for row in rows if (words := [word for word in row if span[0] < word.x0 < span[1]])]
    in_line = sum(words[0].x0 < span[0] + wide for words in own)
    valued = sum(all(is_value(word.text) for word in words) for words in own)
    return 2 * len(own) > len(rows) and 2 * max(in_line, valued) > len(own)


def _closed(line: Sequence[Word], wide: float, kept: Sequence[float]) -> Sequence[Word]:
    """A line, its words drawn together where one blank parts them; at places where it is kept it parts cells."""
    words = list(line)
    named = _numbered_names(line)
    for number, (word, following) in enumerate(pairwise(line)):
        ended = word.text.endswith(_ENDS) and not is_value(following.text)
        if following.x0 - word.x1 >= (_TWO if ended else _ONE) * wide:
            continue
        if any(word.x1 < x < following.x0 for x in kept):
            words[number + 1] = following._replace(opens=True)
        elif number not in named and not _are_values(word.text, following.text):
            words[number] = words[number]._replace(x1=max(word.x1, following.x0 - _LEFT * wide))
    return words


def _are_values(text: str, following: str) -> bool:
    """Whether texts are two values, not the day and the year of one date: `13, 2001`."""
    return is_value(text) and is_value(following) and not text.endswith(",")


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
