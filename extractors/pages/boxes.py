"""From offsets in a PDF's running text to boxes on its pages."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from schemas.records import Glyphs, Place

_start = attrgetter("start")


def around(places: Sequence[Place]) -> Place:
    """The box around boxes of one page."""
    lefts = [place.x0 for place in places if place.x0 is not None]
    tops = [place.top for place in places if place.top is not None]
    rights = [place.x1 for place in places if place.x1 is not None]
    bottoms = [place.bottom for place in places if place.bottom is not None]
    if not lefts:
        return places[0]
    return Place(places[0].page, min(lefts), min(tops), max(rights), max(bottoms))


def page_of(place: Place, glyphs: Sequence[Glyphs]) -> Glyphs | None:
    """The page that a place in the running text stands on."""
    return glyphs[max(0, bisect_right(glyphs, place.char_start or 0, key=_start) - 1)] if glyphs else None


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
    page = page_of(place, glyphs)
    if page is None:
        return Place()
    first, last = start - page.start, min(end - page.start, len(page.lefts) - 1)
    run, past = bisect_right(page.runs, first) - 1, bisect_left(page.runs, last)
    if first < 0 or first >= last or run < 0:
        return Place(page=page.page)
    left, right = min(page.lefts[first:last]), max(page.lefts[first + 1 : last + 1])
    return displayed(page, left, min(page.tops[run:past]), right, max(page.bottoms[run:past]))


def displayed(page: Glyphs, x0: float, top: float, x1: float, bottom: float) -> Place:
    """A box of a page as it is read, on the page as it is displayed.

    >>> displayed(Glyphs(0, 1, [], [], [], [], side=1, size=(100.0, 200.0)), 145.0, 10.0, 150.0, 20.0).top
    50.0
    """
    width, height = page.size
    if page.side > 0:
        return Place(page.page, top, height - x1, bottom, height - x0)
    if page.side < 0:
        return Place(page.page, width - bottom, x0, width - top, x1)
    return Place(page.page, x0, top, x1, bottom)
