"""From offsets in a PDF's running text to boxes on its pages."""

from bisect import bisect_left, bisect_right
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

    >>> glyphs = [Glyphs(0, 1, [5.0, 6.0, 8.0], [0], [10.0], [20.0])]
    >>> boxed(Place(line=1, char_start=1, char_end=2), glyphs).x0
    6.0
    """
    if place.page is not None:
        return place
    start = place.char_start or 0
    end = max(place.char_end or 0, start + 1)
    number = bisect_right(glyphs, start, key=lambda each: each.start) - 1
    if number < 0:
        return Place(page=glyphs[0].page if glyphs else None)
    page = glyphs[number]
    first, last = start - page.start, min(end - page.start, len(page.lefts) - 1)
    run, past = bisect_right(page.runs, first) - 1, bisect_left(page.runs, last)
    if first >= last or run < 0:
        return Place(page=page.page)
    return Place(
        page.page,
        min(page.lefts[first:last]),
        min(page.tops[run:past]),
        max(page.lefts[first + 1 : last + 1]),
        max(page.bottoms[run:past]),
    )
