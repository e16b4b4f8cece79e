"""From offsets in a PDF's running text to boxes on its pages."""

from bisect import bisect_right
from collections.abc import Sequence

from schemas.records import Glyphs, Place


def around(places: Sequence[Place]) -> Place:
    """The box around boxes of one page."""
    lefts = [place.x0 for place in places if place.x0 is not None]
    tops = [place.top for place in places if place.top is not None]
    rights = [place.x1 for place in places if place.x1 is not None]
    bottoms = [place.bottom for place in places if place.bottom is not None]
    if not lefts:
        return places[0]
    return Place(places[0].page, min(lefts), min(tops), max(rights), max(bottoms))


def boxed(place: Place, glyphs: Sequence[Glyphs]) -> Place:
    """A place in the running text as a page and the box around its characters there; an empty one if none is there.

    >>> glyphs = [Glyphs(0, 1, 10.0, 20.0, (5.0, 6.0, 8.0))]
    >>> boxed(Place(line=1, char_start=1, char_end=2), glyphs).x0
    6.0
    """
    start = place.char_start or 0
    end = max(place.char_end or 0, start + 1)
    first = max(0, bisect_right(glyphs, start, key=lambda g: g.start) - 1)
    own = []
    for glyph in glyphs[first:]:
        if glyph.start >= end:
            break
        if glyph.start + len(glyph.edges) - 1 > start:
            own.append(glyph)
    if not own:
        nearest = glyphs[first] if glyphs else None
        return Place(page=nearest.page if nearest else None)
    own = [glyph for glyph in own if glyph.page == own[0].page]
    lefts = [glyph.edges[max(0, start - glyph.start)] for glyph in own]
    rights = [glyph.edges[min(len(glyph.edges) - 1, end - glyph.start)] for glyph in own]
    top, bottom = min(glyph.top for glyph in own), max(glyph.bottom for glyph in own)
    return Place(own[0].page, min(lefts), top, max(rights), bottom)
