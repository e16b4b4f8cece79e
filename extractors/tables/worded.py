"""Tables of words that nothing is drawn around: lines that fill all columns and start in line in each of them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.pages.words import Word, are_bold, text_of
from extractors.tables.columns import Columns, Words, pieces_in
from extractors.tables.leading import distance

# So many columns, and so many lines that fill them all, are no chance; most lines do.
_COLUMNS, _LINES, _MOST = 3, 4, 2 / 3
# So many are rows of their own, where the gaps between them differ by less than this share of their height.
_ROWS, _EVEN = 3, 0.1
# Two are that fill so many columns with words alone.
_PAIR, _MANY = 2, 4
# A day or a time: `Mar. 22, 2007`, `14 July`, `12/3/2007`, `9:30 a.m.`.
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATE = re.compile(
    rf"^(?:{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?|\d{{1,2}}([/.])\d{{1,2}}\1\d{{2,4}}"
    r"|\d{1,2}:\d\d(?: ?[ap]\.?m\.?)?)$",
    re.IGNORECASE,
)
# Pieces stand in line that start, or end, or have their middles, within this share of their height of each other.
_IN_LINE = 0.1
# A blank is about so wide, and columns stand at least so far apart, in heights of their words.
_BLANK, _APART = 0.25, 0.5


def are_in_line(lines: Sequence[Words], columns: Columns) -> bool:
    """Whether most lines from the first such on fill all columns, of which there are several, and are in line in each.

    That one may be a heading, set otherwise. Those of a text paper stand in line by chance.
    """
    at = [number for number, line in enumerate(lines) if is_full(line, columns)]
    full = [lines[number] for number in at]
    few = not full or len(full) < max(_LINES, _MOST * (len(lines) - at[0]))
    if lines[0][0].own or len(columns.spans) < _COLUMNS or few:
        return False
    headed = are_bold(full[0]) and not any(word.bold for line in full[1:] for word in line)
    return _stand_in_line(full[1:] if headed or (full[0] is lines[0] and len(full) > _LINES) else full)


def each_full(group: Sequence[Words], columns: Columns) -> list[list[Words]]:
    """Lines as rows, several of which fill all columns, where these are as far apart; as one where they do not tell.

    What goes on in a row has nothing in the first column and is no further from it, nearer where it has several pieces;
    where lines are all of one row cells go on in small letters. A label alone does not tell. Two lines are rows that
    fill many columns, none with a number, and so are lines that open with a date each.
    """
    if dated := _each_dated(group, columns):
        return dated
    if group[0][0].own or len(columns.spans) < _COLUMNS or len(group) < _PAIR:
        return [list(group)]
    own = [line for line in group if is_full(line, columns)]
    opens = [columns.of(line[:1])[0] == 0 and not _goes_on(line) for line in group]
    worded = len(columns.spans) >= _MANY and not any(char.isdigit() for line in own for char in text_of(line))
    if (
        len(own) < (_PAIR if worded else _ROWS)
        or not opens[0]
        or not _are_even(group, opens)
        or not _stand_in_line(own)
    ):
        return [list(group)]
    alone = (len(pieces_in(line)) == 1 for line, is_first in zip(group, opens, strict=True) if is_first)
    if any(alone) or any(piece[0].text[0].islower() for line in own for piece in pieces_in(line)):
        return [list(group)]
    starts = [number for number, is_first in enumerate(opens) if is_first]
    return [list(group[a:b]) for a, b in pairwise([*starts, len(group)])]


def listed(lines: Sequence[Words], columns: Columns) -> list[list[Words]]:
    """Lines as rows, those without a label as what goes on in the one above; none where they do not tell.

    All with a label fill all columns, all are as far from each other, and most labels have room for the first word of
    the next beside them: they end of themselves, and are not broken as text in a column is.
    """
    starts = [number for number, line in enumerate(lines) if columns.of(line[:1])[0] == 0]
    if lines[0][0].own or len(starts) < _ROWS or starts[0] or not all(is_full(lines[n], columns) for n in starts):
        return []
    gaps = [distance(above, line) for above, line in pairwise(lines)]
    if max(gaps) - min(gaps) > _EVEN * lines[0][0].size:
        return []
    pairs = [(lines[a], lines[b]) for a, b in pairwise(starts) if b == a + 1]
    if sum(_has_room(pieces_in(above)[0], line[0], columns.spans[1][0]) for above, line in pairs) * 2 <= len(pairs):
        return []
    return [list(lines[a:b]) for a, b in pairwise([*starts, len(lines)])]


def _has_room(piece: Words, word: Word, end: float) -> bool:
    """Whether a word would stand behind a piece well before a place."""
    size = word.size
    return piece[-1].x1 + _BLANK * size + word.x1 - word.x0 < end - _APART * size


def _goes_on(line: Words) -> bool:
    """Whether a line is one piece that goes on from the one above in small letters."""
    return line[0].text[0].islower() and len(pieces_in(line)) == 1


def are_dated(lines: Sequence[Words], columns: Columns) -> bool:
    """Whether lines are rows that each open with a date or a time, so many that it is no chance."""
    return len(_each_dated(lines, columns)) >= _LINES


def _each_dated(group: Sequence[Words], columns: Columns) -> list[list[Words]]:
    """Lines as rows that each open with a date or a time, with words beside it; none where others open otherwise."""
    # Most lines open with no date; the rest of them need not be looked at then.
    if not _DATE.match(text_of(pieces_in(group[0])[0])):
        return []
    labels = [[piece for piece in pieces_in(line) if columns.of(piece) == (0, 0)] for line in group]
    starts = [number for number, own in enumerate(labels) if own]
    full = all(_DATE.match(text_of(labels[n][0])) and len(pieces_in(group[n])) > 1 for n in starts)
    # Lines that fill all columns but the first are rows too.
    others = [line for n, line in enumerate(group) if n not in starts]
    whole = [(n, n) for n in range(1, len(columns.spans))]
    filled = len(whole) > 1 and any([columns.of(piece) for piece in pieces_in(line)] == whole for line in others)
    if len(starts) < _ROWS or starts[0] or not full or filled:
        return []
    return [list(group[a:b]) for a, b in pairwise([*starts, len(group)])]


def _are_even(group: Sequence[Words], opens: Sequence[bool]) -> bool:
    """Whether the lines that open rows are as far below the line above as each other, and no others further.

    Those of several pieces are nearer: rows without a label are as far.
    """
    gaps = [distance(above, line) for above, line in pairwise(group)]
    own = [gap for gap, is_own in zip(gaps, opens[1:], strict=True) if is_own]
    near = _EVEN * group[0][0].size
    rest = [(gap, line) for gap, line, is_own in zip(gaps, group[1:], opens[1:], strict=True) if not is_own]
    limits = (min(own) + (near if len(pieces_in(line)) == 1 else -near) for _, line in rest)
    nearer = all(gap < limit for (gap, _), limit in zip(rest, limits, strict=True))
    return max(own) - min(own) <= near and nearer


def is_full(line: Words, columns: Columns) -> bool:
    """Whether a line has a piece in each column and none over two."""
    return [columns.of(piece) for piece in pieces_in(line)] == [(n, n) for n in range(len(columns.spans))]


def _stand_in_line(lines: Sequence[Words]) -> bool:
    """Whether lines that fill all columns start, or end, at one place in each, or stand about one."""
    near = _IN_LINE * lines[0][0].size
    return all(_is_in_line(column, near) for column in zip(*map(pieces_in, lines), strict=True))


def _is_in_line(column: Sequence[Words], near: float) -> bool:
    lefts, rights = [piece[0].x0 for piece in column], [piece[-1].x1 for piece in column]
    middles = [(left + right) / 2 for left, right in zip(lefts, rights, strict=True)]
    return min(max(side) - min(side) for side in (lefts, rights, middles)) < near
