"""Running titles: what pages print again at their heads and feet, beside which their numbers may stand."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from extractors.pages.gutters import MARGIN
from extractors.pages.page import PageText, by_middle
from extractors.pages.words import Word, pieces_of

# A running title stands as high on a page as on the one before within this many points.
_AS_HIGH = 1.5
# One at the head without a number has two pieces at most, and its own height between it and the text: headings of
# columns, which a page may print again too, have more or stand closer.
_PIECES, _CLEAR = 2, 1.0
_Row = Sequence[Word]


class Title(NamedTuple):
    """A line in the margin of a page: its words, and how far it is from the head, or less than 0: from the foot."""

    words: tuple[str, ...]
    off: float


def titles_of(page: PageText) -> tuple[Title, ...]:
    """The lines in the margins of a page, one of which the next page may print again."""
    return tuple(_title(row, page) for row in page.rows if _is_high(row, page) or _is_low(row, page))


def without_titles(page: PageText, before: Sequence[Title]) -> PageText:
    """A page without the lines in its margins that the page before has there too, but for the number of the page."""
    running = set(_running(page, before)) if before else set()
    if not running:
        return page
    own = zip(page.rows, page.opens, page.region, strict=True)
    kept = [each for number, each in enumerate(own) if number not in running]
    rows, opens, parts = zip(*kept, strict=True) if kept else ((), (), ())
    return replace(page, rows=rows, opens=opens, region=parts, by_middle=by_middle(rows))


def _running(page: PageText, before: Sequence[Title]) -> Iterator[int]:
    """The numbers of the lines that are running titles."""
    for number, (row, below) in enumerate(zip_longest(page.rows, page.rows[1:])):
        if not (_is_high(row, page) or _is_low(row, page)):
            continue
        own = _title(row, page)
        same = [t.words for t in before if abs(t.off - own.off) < _AS_HIGH and _are_same(t.words, own.words)]
        if same and (_is_low(row, page) or own.words not in same or _is_clear(row, below)):
            yield number


def _is_clear(row: _Row, below: _Row | None) -> bool:
    """Whether a line stands well above the next and has no more pieces than a running title."""
    size = row[0].size
    return len(pieces_of(row, size)) <= _PIECES and (below is None or below[0].top - row[0].bottom >= _CLEAR * size)


def _is_low(row: _Row, page: PageText) -> bool:
    return row[0].middle > page.height * (1 - MARGIN)


def _is_high(row: _Row, page: PageText) -> bool:
    return row[0].middle < page.height * MARGIN


def _title(row: _Row, page: PageText) -> Title:
    off = row[0].middle
    return Title(tuple(word.text for word in row), off if off < page.height / 2 else off - page.height)


def _are_same(before: Sequence[str], words: Sequence[str]) -> bool:
    """Whether words are those of the page before, but for one number that counts on.

    >>> _are_same(("Budget", "2014/15", "8"), ("Budget", "2014/15", "9"))
    True
    >>> _are_same(("Total", "8"), ("Total", "12"))
    False
    """
    if len(before) != len(words):
        return False
    others = [(a, b) for a, b in zip(before, words, strict=True) if a != b]
    return not others or (len(others) == 1 and _counts_on(*others[0]))


def _counts_on(before: str, number: str) -> bool:
    return before.isdecimal() and number.isdecimal() and int(number) == int(before) + 1
