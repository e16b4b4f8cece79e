"""Tables that print the heading of the one before again and fall into other columns: one of the two is misread."""

from collections import Counter
from collections.abc import Sequence

from extractors.grid import Row
from extractors.pages.words import Word

# A heading is printed again where so many of its words are, in whatever cells; it has so many at least. Words of the
# rows below may be mixed with them, as many at most.
_SHARE, _LEAST, _MIXED = 0.8, 4, 2
# It is printed again at the same places where its words, so many at least, start within so many points of them.
_PLACED, _NEAR = 3, 0.5


def printed_again(head: Sequence[Sequence[Word]], lines: Sequence[Sequence[Word]], by: float) -> int | None:
    """Which of a page's lines prints a heading again, word for word at the same places moved by so many points.

    Then the columns below it are the same, too.
    """
    if sum(map(len, head)) < _PLACED:
        return None
    starts = range(len(lines) - len(head) + 1)
    return next((n for n in starts if all(map(_is_same, head, lines[n : n + len(head)], [by] * len(head)))), None)


def _is_same(line: Sequence[Word], again: Sequence[Word], by: float) -> bool:
    if len(line) != len(again):
        return False
    return all(a.text == b.text and abs(a.x0 + by - b.x0) < _NEAR for a, b in zip(line, again, strict=True))


def prints_again(rows: Sequence[Row], header: Sequence[Row]) -> bool:
    """Whether the first rows of a table, taken for twice as many words as a heading has, have most of its words."""
    known, own = _words(header), Counter[str]()
    for row in rows:
        if own.total() >= _MIXED * known.total():
            break
        own += _words([row])
    return known.total() >= _LEAST and (known & own).total() >= _SHARE * known.total()


def _words(rows: Sequence[Row]) -> Counter[str]:
    return Counter(word for row in rows for cell in row.cells for line in cell for word in line.text.split())
