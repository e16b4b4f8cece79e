"""Rules that are typed: lines of hyphens and the like, and colons or bars that stand below each other."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from extractors.pages.seen import Rule
from extractors.pages.words import Word

# What a typed rule is made of, and how long one at least on a line of them is; less says that there is no figure.
_LEVEL, _STROKE = re.compile(r"([-=_–—−~])\1+"), 4
_CROSSED = re.compile(rf"[:|+]*{_LEVEL.pattern}(?:[:|+]+\1+)*[:|+]*")
# What a typed upright is made of. In running text a colon may stand alone too, a bar hardly does.
_COLON, _UPRIGHT = ":", frozenset(":|¦│")
# So many lines have two uprights or more each, every one where another line has one.
_LINES, _SEVERAL = 3, 2
# On a page that types level rules so many lines with one at the same place are enough.
_STACK = 5
_Lines = Sequence[Sequence[Word]]


def is_level(line: Sequence[Word]) -> bool:
    """Whether a line is nothing but hyphens, equals signs and the like in rows: a rule, as typewriters draw them.

    Colons and bars may stand among them.
    """
    return all(_CROSSED.fullmatch(word.text) for word in line) and any(_is_long(word) for word in line)


def level_rules(line: Sequence[Word]) -> Iterator[Rule]:
    """The rules that a line of strokes draws, from one colon or bar among them to the next."""
    for word in line:
        for part in _LEVEL.finditer(word.text):
            yield Rule(word.edges[part.start()], word.middle, word.edges[part.end()], word.middle)


def without_uprights(rows: _Lines) -> tuple[_Lines, list[Rule]]:
    """Lines without colons and bars that stand below each other as upright rules do, and the rules beside words.

    What follows one opens a cell. Where a key and its value stand around a colon it is none: one in each line, which is
    never alone there, or on a page that types no level rules.
    """
    lone = [[word for word in row if word.text in _UPRIGHT] for row in rows]
    if sum(map(len, lone)) < _LINES:
        return rows, []
    typed = any(_CROSSED.fullmatch(word.text) and _is_long(word) for row in rows for word in row)
    if not typed:
        lone = [[word for word in line if word.text != _COLON] for line in lone]
    found = _stacked(rows, lone) if typed else _abreast(lone)
    places = {place + by for place in found for by in (-1, 0, 1)}
    cut = [_cut(row, places) if places else row for row in rows]
    rules = [rule for row in cut if not is_level(row) for rule in level_rules(_strokes(row))]
    return [row if is_level(row) else _without(row, _strokes(row)) for row in cut], rules


def _abreast(lone: _Lines) -> set[int]:
    """Where uprights stand in so many lines that have another one."""
    counts = Counter(round(word.x0) for line in lone if len(line) >= _SEVERAL for word in line)
    return {place for place, count in counts.items() if count >= _LINES}


def _stacked(rows: _Lines, lone: _Lines) -> set[int]:
    """Where uprights do, and where one stands in so many lines, one of which has another one or nothing else.

    So do all others of a line that has one there: between the headings of columns whose figures have none.
    """
    counts = Counter(round(word.x0) for line in lone for word in line)
    told = (line for row, line in zip(rows, lone, strict=True) if len(line) >= _SEVERAL or len(line) == len(row))
    near = {round(word.x0) + by for line in told for word in line for by in (-1, 0, 1)}
    found = _abreast(lone) | {place for place, count in counts.items() if count >= _STACK and place in near}
    beside = (line for line in lone if any(round(word.x0) + by in found for word in line for by in (-1, 0, 1)))
    return found | {round(word.x0) for line in beside for word in line}


def _is_long(word: Word) -> bool:
    return len(word.text) >= _STROKE


def _cut(row: Sequence[Word], places: Set[int]) -> Sequence[Word]:
    """A line without the uprights at some places, what stands behind one opening a cell; itself where it has none.

    Where there is one alone it is none that ends a word.
    """
    marks = [_marks(word, places) for word in row]
    one = sum(map(len, marks)) < _SEVERAL
    found: list[Word] = []
    behind = False
    for word, at in zip(row, marks, strict=True):
        for part in _parts(word, () if one and word.text[0].isalnum() else at):
            if part is not None:
                found.append(part._replace(opens=True) if behind else part)
            behind = part is None
    return found if any(marks) else row


def _marks(word: Word, places: Set[int]) -> list[int]:
    """Where in a word uprights stand at some places."""
    return [n for n, char in enumerate(word.text) if char in _UPRIGHT and round(word.edges[n]) in places]


def _parts(word: Word, at: Sequence[int]) -> Iterator[Word | None]:
    """What of a word stands before, between and behind uprights, None for each of these."""
    if not at:
        yield word
        return
    for before, end in pairwise((-1, *at, len(word.text))):
        if before >= 0:
            yield None
        if before + 1 < end:
            yield _part(word, before + 1, end)


def _part(word: Word, start: int, end: int) -> Word:
    edges = word.edges[start : end + 1]
    return word._replace(
        text=word.text[start:end], start=word.start + start, x0=edges[0], x1=edges[-1], edges=edges, own=None
    )


def _strokes(row: Sequence[Word]) -> list[Word]:
    """The strokes of a line that open a cell beside words: a rule below the headings of some columns."""
    return [word for word in row if word.opens and _is_long(word) and _CROSSED.fullmatch(word.text)]


def _without(row: Sequence[Word], strokes: Sequence[Word]) -> Sequence[Word]:
    return [word for word in row if word not in strokes] if strokes else row
