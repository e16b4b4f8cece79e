"""Rows that a page cuts between their parts, or within a heading: what both pages have tells that they are one row."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.grid import Row, is_figure, is_year
from extractors.pages.words import Word, pieces_of
from extractors.pounds import TOTAL, pounds

# An amount alone on its line, with the letter of a part before it or the word that says it is the total.
_AMOUNT = re.compile(
    r"^(?:(?P<letter>[a-z])[.)]\s*|(?P<total>total)\s*:?\s*)?£\s?\d[\d,]*(?:\.\d+)?(?:k|m)?$", re.IGNORECASE
)
# A letter or such a word whose amount stands on the next line.
_MARK = re.compile(r"^(?:[a-z][.)]|total\s*:)$", re.IGNORECASE)
# A line starts where a column does within this share of its height.
_AT = 0.15
_Marked = list[tuple[str, Decimal]]


def is_proved(above: Sequence[Row], below: Sequence[Row]) -> bool:
    """Whether rows go on in those of the next page: the parts on both add up to the one total, or letters count on.

    That is so in every column in which both have amounts. So they do where a letter or the word for a total ends the
    first page and its amount starts the next.
    """
    lines = list(_columns(above, below))
    pairs = [pair for upper, lower in lines if all(pair := (_amounts(upper), _amounts(lower)))]
    dangling = any(_MARK.match(upper[-1]) and _AMOUNT.match(lower[0]) for upper, lower in lines)
    return dangling or (bool(pairs) and all(_adds_up(*pair) or _counts_on(*pair) for pair in pairs))


def is_rest(line: Sequence[Word], above: Sequence[Row], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a line that opens a page goes on in a cell of the last row of the page before.

    It is one piece in one of the columns, and starts small, or its first word would have made the line of that cell
    that it goes on from longer than any of its column is.
    """
    size = line[0].size
    at = next((n for n, (left, _) in enumerate(columns) if abs(line[0].x0 - left) < _AT * size), None)
    if at is None or line[-1].x1 > columns[at][1] + size or len(pieces_of(line, size / 2)) > 1:
        return False
    if not above[-1].cells[at]:
        return False
    longest = max(len(each.text) for row in above for each in row.cells[at])
    whole = f"{above[-1].cells[at][-1].text} {line[0].text}"
    return line[0].text[0].islower() or len(whole) > longest


def is_likely(above: Sequence[Row], below: Sequence[Row]) -> bool:
    """Whether rows may go on in those of the next page: a total without parts stands before parts with letters."""
    pairs = ((_amounts(upper), _amounts(lower)) for upper, lower in _columns(above, below))
    return any(
        upper and lower and all(mark == TOTAL for mark, _ in upper) and lower[0][0] not in ("", TOTAL)
        for upper, lower in pairs
    )


def is_heading_cut(above: Sequence[Row], below: Sequence[Row]) -> bool:
    """Whether the one row that ends a page, without figures, goes on above the first figures of the next: a heading.

    What stands there has no first cell and fills only columns that have a heading. Further lines of the heading have
    no first cell either.
    """
    first = next((row for row in below[1:] if _figures(row) or 0 in row.filled), None)
    if len(above) != 1 or first is None or _figures(above[0]) or not _figures(first):
        return False
    head, rest = set(above[0].filled), set(below[0].filled)
    years = all(is_year(below[0].text(column)) for column in _figures(below[0]))
    return 0 in head - rest and rest < head and bool(rest) and years


def _figures(row: Row) -> list[int]:
    return [column for column in row.filled if is_figure(row.text(column))]


def _columns(above: Sequence[Row], below: Sequence[Row]) -> Iterator[tuple[list[str], list[str]]]:
    """The lines of each column in which both have some."""
    for column in range(1, len(below[0].cells)):
        upper, lower = ([line.text for row in rows for line in row.cells[column]] for rows in (above, below))
        if upper and lower:
            yield upper, lower


def _amounts(lines: Sequence[str]) -> _Marked:
    """The amounts of lines, each with its letter or as the total; none where a line is something else."""
    found: _Marked = []
    begun = ""
    for line in lines:
        text = f"{begun} {line}".strip()
        begun = text if _MARK.match(text) else ""
        match, value = _AMOUNT.match(text), pounds(text)
        if not begun and (match is None or value is None):
            return []
        if match and value is not None:
            found.append(((match["letter"] or match["total"] or "").lower(), value))
    return found


def _adds_up(above: _Marked, below: _Marked) -> bool:
    """Whether the only total is the sum of all parts; so may a lone amount be before parts with letters."""
    if len(above) == 1 and not above[0][0] and all(mark not in ("", TOTAL) for mark, _ in below):
        above = [(TOTAL, above[0][1])]
    totals = [value for mark, value in (*above, *below) if mark == TOTAL]
    parts = [value for mark, value in (*above, *below) if mark != TOTAL]
    return len(totals) == 1 and len(parts) > 1 and sum(parts) == totals[0] > 0


def _counts_on(above: _Marked, below: _Marked) -> bool:
    """Whether the first part of the second is lettered one up from the last of the first."""
    last = next((mark for mark, _ in reversed(above) if mark != TOTAL), "")
    return bool(last) and below[0][0] == chr(ord(last) + 1)
