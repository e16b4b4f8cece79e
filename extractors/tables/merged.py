"""Cells over several rows that no upright line shows: the rules between those rows leave their columns out."""

from collections.abc import Sequence
from itertools import pairwise

from extractors.pages.page import PageText
from extractors.pages.words import text_of
from extractors.tables.bands import cuts_within
from extractors.tables.columns import Columns, Words, pieces_in
from extractors.tables.leading import CLOSE, distance
from extractors.tables.values import is_value

Bands = Sequence[Sequence[Words]]


def with_merged(bands: Bands, columns: Columns, text: PageText) -> Bands:
    """Bands, what goes on beside a cut that leaves out the first columns put to the band that opens these.

    Others reach over these columns too. There are such cells where nothing stands beside one of those cuts; one over
    figures alone is drawn above a sum, which has a label of its own.
    """
    cuts = cuts_within([line for band in bands for line in band], columns, text)
    first = columns.spans[0][1]
    starts = [min(x for y, x in cuts if a[-1][0].middle <= y < b[0][0].middle) for a, b in pairwise(bands)]
    left_out = [start > first for start in starts]
    blank = (not _beside(band, start) for band, start, out in zip(bands[1:], starts, left_out, strict=True) if out)
    if all(left_out) or not any(blank):
        return bands
    found: list[list[Words]] = [list(bands[0])]
    opening = 0
    for band, start, out in zip(bands[1:], starts, left_out, strict=True):
        beside = _beside(band, start) if out else []
        rest: list[Words] = [own for line in band if (own := [word for word in line if word.x1 >= start])]
        if beside and _is_worded(rest) and _goes_on(found[opening], beside[0], start):
            found[opening] += beside
            found += [rest] if rest else []
        else:
            opening = opening if out and not beside else len(found)
            found.append(list(band))
    return found


def _beside(band: Sequence[Words], start: float) -> list[Words]:
    """What the lines of a band have before some place."""
    return [own for line in band if (own := [word for word in line if word.x1 < start])]


def _is_worded(lines: Sequence[Words]) -> bool:
    return any(not is_value(text_of(piece)) for line in lines for piece in pieces_in(line))


def _goes_on(above: Sequence[Words], line: Words, start: float) -> bool:
    """Whether a line stands right below what others have before some place."""
    own = _beside(above, start)
    return bool(own) and distance(own[-1], line) < CLOSE * line[0].size
