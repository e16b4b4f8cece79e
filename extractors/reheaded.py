"""Tables that print the heading of the one before again and fall into other columns: one of the two is misread."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extractors.grid import Row, printed_at
from schemas.records import Note
from schemas.rules import Rule

# A heading is printed again where so many of its words are, in whatever cells; it has so many at least.
_SHARE, _LEAST = 0.8, 4


def doubted(rows: Sequence[Row], header: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[Note, ...]]:
    """The rows of a table that goes on from one with a heading, for review where they print it again, and a note."""
    if not _prints_again(rows, header):
        return tuple(rows), ()
    detail = "the heading of the table before is printed again and falls into other columns"
    return tuple(replace(row, doubtful=True) for row in rows), (
        Note(Rule.ROWS_MIXED, printed_at(rows[0]), rows[0].source.text.strip(), detail),
    )


def _prints_again(rows: Sequence[Row], header: Sequence[Row]) -> bool:
    """Whether the first rows of a table, taken for as many words as a heading has, are most of its words."""
    known, own = _words(header), Counter[str]()
    for row in rows:
        if own.total() >= known.total():
            break
        own += _words([row])
    return known.total() >= _LEAST and (known & own).total() >= _SHARE * known.total()


def _words(rows: Sequence[Row]) -> Counter[str]:
    return Counter(word for row in rows for cell in row.cells for line in cell for word in line.text.split())
