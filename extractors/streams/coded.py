"""Rows of a stream that codes open: which amounts and mechanisms belong to which code."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.stitch import says_total
from extractors.streams.matched import Row, with_mechanisms
from extractors.streams.pieces import CODE, WORDS, Piece, is_priority, pieces
from extractors.streams.segments import Segment
from extractors.streams.sums import Band, Grouping, bands, grouped, settled

_DIGITS = re.compile(r"\d+")
_LABEL_WORDS = 6
# A row of amounts that costs as much as a part alone is not to be trusted, and no other row where one is wrong.
_DOUBTFUL, _WRONG = 3, 8
# Of more rows than this on a page none is moved.
_MOST_MOVED = 30


def coded_rows(segment: Segment) -> tuple[list[Row], list[Piece]] | None:
    """The rows of a segment whose headings name a column of codes, and the words not yet in them; None for no rows."""
    found = pieces(segment)
    made = bands(found, segment.roles().count("amount"))
    openers = _openers(found)
    if not made or not openers:
        return None
    heads, grouping = _continued(openers, made) if segment.continued else (openers, grouped(made, len(openers)))
    if grouping is None or not heads or is_priority(heads[0][0].text.split()[0]):
        return None
    order, sure = _order(heads, [made[a].at for a, _ in grouping.bounds])
    rows = _rows(order, made, grouping, sure)
    if len(heads) < len(openers):
        rows.insert(0, Row(openers[0], (), goes_on=True))
    used = {piece.at for opener in openers for piece in opener}
    words = [piece for piece in found if piece.kind == WORDS and piece.at not in used]
    return with_mechanisms(rows, found, segment), words


def _openers(found: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """The pieces that open rows: the codes of a cell, or the label of a total.

    Where priorities stand in the column, a code after one opens a row; where none do, each code does.
    """
    listed = any(is_priority(word) for piece in found if piece.kind == CODE for word in piece.text.split())
    made: list[list[Piece]] = []
    for piece in found:
        if piece.kind == WORDS and says_total(piece.text) and len(piece.text.split()) <= _LABEL_WORDS:
            made.append([piece])
        if piece.kind != CODE:
            continue
        above = made[-1][-1] if made else None
        near = above is not None and above.kind == CODE and above.flow == piece.flow
        lone = is_priority(piece.text.split()[0])
        opens = not lone and (not listed or above is None or _ends(above))
        if made and (lone or (near and not opens)):
            made[-1].append(piece)
        else:
            made.append([piece])
    return [tuple(each) for each in made]


def _ends(piece: Piece) -> bool:
    """Whether a line of codes ends a cell's codes: a priority stands last."""
    return is_priority(piece.text.split()[-1])


def _continued(
    openers: Sequence[tuple[Piece, ...]], made: Sequence[Band]
) -> tuple[list[tuple[Piece, ...]], Grouping | None]:
    """The openers and the rows of amounts where the first codes may be the rest of the row that the page before cut."""
    if is_priority(openers[0][0].text.split()[0]):
        # Priorities alone open no row: they are the rest of one.
        return list(openers[1:]), grouped(made, len(openers) - 1)
    whole, cut = grouped(made, len(openers)), grouped(made, len(openers) - 1) if len(openers) > 1 else None
    if cut is not None and (whole is None or sum(cut.costs) < sum(whole.costs)):
        return list(openers[1:]), cut
    return list(openers), whole


def _order(heads: Sequence[tuple[Piece, ...]], starts: Sequence[int]) -> tuple[list[tuple[Piece, ...]], list[bool]]:
    """The openers in the order of their rows, and which are sure.

    A code stands before its amounts. Where one does not, it may stand elsewhere: one that is moved to where the codes
    ascend, so that fewer stand behind their amounts, was displaced.
    """
    late = _late(heads, starts)
    if not any(late) or len(heads) > _MOST_MOVED:
        return list(heads), [not any(late)] * len(heads)
    moved = [[*heads[:i], *heads[i + 1 :]] for i in range(len(heads))]
    orders = [[*rest[:j], heads[i], *rest[j:]] for i, rest in enumerate(moved) for j in range(len(heads))]
    best = min([list(heads), *orders], key=lambda each: (sum(_late(each, starts)), not _ascend(each)))
    if sum(_late(best, starts)) < sum(late) and _ascend(best):
        return best, [not each for each in _late(best, starts)]
    return list(heads), [not each and _ascend(heads) for each in late]


def _late(heads: Sequence[tuple[Piece, ...]], starts: Sequence[int]) -> list[bool]:
    return [head[0].at > start for head, start in zip(heads, starts, strict=True)]


def _ascend(heads: Sequence[tuple[Piece, ...]]) -> bool:
    """Whether the numbers of the codes ascend."""
    numbers = [int(found[0]) for head in heads if head[0].kind == CODE and (found := _DIGITS.search(head[0].text))]
    return len(numbers) == len(heads) and all(a < b for a, b in pairwise(numbers))


def _rows(
    order: Sequence[tuple[Piece, ...]], made: Sequence[Band], grouping: Grouping, sure: Sequence[bool]
) -> list[Row]:
    rows = []
    for i, (head, (a, b)) in enumerate(zip(order, grouping.bounds, strict=True)):
        own = settled(made[a:b])
        doubtful = not sure[i] or i in grouping.unsure or grouping.costs[i] >= _DOUBTFUL or any(x.loose for x in own)
        doubtful |= max(grouping.costs) >= _WRONG
        rows.append(Row(head, tuple(own), doubtful=doubtful))
    return rows
