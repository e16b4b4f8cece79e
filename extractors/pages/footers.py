"""What the feet of pages print again from page to page: running titles beside which their numbers may stand."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from extractors.pages.gutters import MARGIN
from extractors.pages.page import PageText, by_middle
from extractors.pages.words import Word

# A running title stands as high on a page as on the one before within this many points.
_AS_HIGH = 1.5


class Footer(NamedTuple):
    """A line at the foot of a page: its words, and how far from the page's foot its middle is, in points."""

    words: tuple[str, ...]
    above: float


def footers_of(page: PageText) -> tuple[Footer, ...]:
    """The lines in the margin at the foot of a page."""
    return tuple(_footer(row, page.height) for row in page.rows if _is_low(row, page.height))


def without_footers(page: PageText, before: Sequence[Footer]) -> PageText:
    """A page without the lines at its foot that the page before has there too, but for the number of the page."""
    kept = [
        each
        for each in zip(page.rows, page.opens, page.region, strict=True)
        if not _is_low(each[0], page.height) or not _is_known(_footer(each[0], page.height), before)
    ]
    if not before or len(kept) == len(page.rows):
        return page
    rows, opens, parts = zip(*kept, strict=True) if kept else ((), (), ())
    return replace(page, rows=rows, opens=opens, region=parts, by_middle=by_middle(rows))


def _is_low(row: Sequence[Word], height: float) -> bool:
    return row[0].middle > height * (1 - MARGIN)


def _footer(row: Sequence[Word], height: float) -> Footer:
    return Footer(tuple(word.text for word in row), height - row[0].middle)


def _is_known(footer: Footer, before: Sequence[Footer]) -> bool:
    return any(abs(each.above - footer.above) < _AS_HIGH and _are_same(each.words, footer.words) for each in before)


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
