"""The dots that lead from a label to its figure."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set

from extractors.grid import is_figure
from extractors.pages.words import Word

# So many dots in a row lead from a label to its figure; fewer end a sentence or say that there is no figure.
_LEADER = 4
# How words end that are dots or have a leader right behind them; others need no closer look.
_DOTTED = frozenset((".", ".."))
# Dots set apart are one leader where they stand closer than this many heights.
_DOTS = 1.5
# They are as far apart as each other within this share of their height.
_STEP = 0.06
# A word too long for most abbreviations, with a dot set against it.
_SPELT = re.compile(r"^[^.]{4,}\.$")
# A leader starts a blank behind its label, which is less than this many heights.
_BLANK = 0.5
# Dots that stand for a figure are less wide than this many heights.
_WIDE = 3.0


def leader_ends(lines: Iterable[Sequence[Word]]) -> Set[int]:
    """Where the leaders of a page end, in whole points and one beside: they stand nearly in line from row to row."""
    dotted = (line for line in lines if _has_dots(line))
    ends = {
        round(run[-1].x1) for line in dotted for run in _runs(line) if sum(len(word.text) for word in run) >= _LEADER
    }
    return {end + by for end in ends for by in (-1, 0, 1)}


def _has_dots(line: Sequence[Word]) -> bool:
    """Whether a line has words that are dots, or end in them."""
    return not _DOTTED.isdisjoint([word.text[-2:] for word in line])


def figure_ends(lines: Iterable[Sequence[Word]]) -> Set[int]:
    """Where figures end on lines that have several, in whole points and one beside: dots there stand for one."""
    each = ([round(word.x1) for word in line if is_figure(word.text)] for line in lines)
    return {end + by for own in each if len(own) > 1 for end in own for by in (-1, 0, 1)}


def _runs(line: Sequence[Word]) -> Iterator[list[Word]]:
    """The dots of a line, those together that stand close: in tables three stand for a figure, also side by side."""
    run: list[Word] = []
    for word in line:
        if run and not (_is_dots(word) and word.x0 - run[-1].x1 < _DOTS * word.size):
            yield run
            run = []
        run += [word] if _is_dots(word) else []
    yield run


def without_leaders(
    line: Sequence[Word], ends: Set[int] = frozenset(), figures: Set[int] = frozenset()
) -> Sequence[Word]:
    """The words of a line without the dots that lead from a label to a figure; the line itself where it has none.

    `ends` has where other leaders of the page end: a dot or two that end there are what is left of one. `figures` has
    where figures end: a few dots together that end there, well behind another word, stand for one.
    """
    if not _has_dots(line):
        return line
    kept: list[Word] = []
    dots: list[Word] = []
    for word in line:
        near = word.x0 - dots[-1].x1 < _DOTS * word.size if dots else not _is_figure(word, kept, figures)
        if near and _is_dots(word):
            dots.append(word)
            continue
        kept = _without_first(kept, dots)
        in_line = bool(kept and dots) and round(dots[-1].x1) in ends
        kept += () if in_line or _leads(kept, dots, word) else _unless_leader(dots)
        dots = []
        kept.append(word if _is_figure(word, kept, figures) else _without_dots(word))
    return [*_without_first(kept, dots), *_unless_leader(dots)]


def _without_first(kept: list[Word], dots: Sequence[Word]) -> list[Word]:
    """Words without the first dot of the leader behind them, set against the last: as far before the next as those.

    `U.S.` and words as short as `Inc.` may have a stop of their own.
    """
    if not kept or not _SPELT.match(kept[-1].text) or len(dots) < _LEADER:
        return kept
    last, first, second = kept[-1], dots[0], dots[1]
    off = (first.x0 - last.edges[-2]) - (second.x0 - first.x0)
    return [*kept[:-1], _cut(last, len(last.text) - 1)] if abs(off) < _STEP * last.size else kept


def _is_dots(word: Word) -> bool:
    return not word.text.strip(".")


def _is_figure(word: Word, kept: Sequence[Word], figures: Set[int]) -> bool:
    """Whether dots stand for a figure: well behind another word, and ending where figures do.

    Behind a label they are no wider than a figure.
    """
    if not kept or len(word.text) < _LEADER or not _is_dots(word) or round(word.x1) not in figures:
        return False
    beside = is_figure(kept[-1].text) or _is_dots(kept[-1]) or word.x1 - word.x0 < _WIDE * word.size
    return beside and word.x0 - kept[-1].x1 > _BLANK * word.size


def _leads(kept: Sequence[Word], dots: Sequence[Word], word: Word) -> bool:
    """Whether dots between a label, a blank away, and a figure are what room is left for of a leader."""
    close = bool(kept and dots) and dots[0].x0 - kept[-1].x1 < _BLANK * word.size
    return close and kept[-1].text[-1] != "." and is_figure(word.text)


def _unless_leader(dots: Sequence[Word]) -> Sequence[Word]:
    return () if sum(len(word.text) for word in dots) >= _LEADER else dots


def _without_dots(word: Word) -> Word:
    """A word without the leader that starts right behind it."""
    text = word.text.rstrip(".")
    if len(word.text) - len(text) < _LEADER:
        return word
    return _cut(word, len(text))


def _cut(word: Word, count: int) -> Word:
    """The first so many letters of a word."""
    return word._replace(text=word.text[:count], x1=word.edges[count], edges=word.edges[: count + 1], own=None)
