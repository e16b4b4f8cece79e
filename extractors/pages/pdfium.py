"""The first reading of PDF pages (pdfium): what each page draws, as plain characters, rules and fills.

Only this module, chars.py and drawn.py speak to pdfium. Coordinates are points from the top left of the page as
displayed, after its crop box and its rotation.
"""

from collections.abc import Callable, Container, Iterator
from math import sqrt
from typing import Any

import pypdfium2

from extractors.files.unreadable import Unreadable
from extractors.pages.chars import chars_on
from extractors.pages.dotted import with_dotted
from extractors.pages.drawn import box_of, drawn_on
from extractors.pages.seen import Box, Seen, as_columns

READER = "pdfium"
# A file that is whole says in its last bytes that it ends.
_TAIL = 1024


def see(data: bytes, left_out: Container[int] = ()) -> Iterator[Seen]:
    """The pages of a PDF, one by one, each let go before the next; those left out by number are blank.

    Raises Unreadable where the file cannot be opened. A page that cannot be read is blank and says why.
    """
    document = _opened(data)
    try:
        for number in range(1, len(document) + 1):
            yield _blank(number) if number in left_out else _page(document, number)
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> Seen:
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as fault:
        return _blank(number, str(fault))
    try:
        return _seen(page, number)
    finally:
        page.close()


def _blank(number: int, fault: str = "") -> Seen:
    return Seen(number, 0.0, 0.0, (0.0, 0.0, 0.0, 0.0), as_columns(()), (), (), (), fault)


def pictures(data: bytes, scale: float, pixels: int, *, first: int = 1) -> Iterator[tuple[float, float, Any]]:
    """Width and height in points and the picture (PIL) of every page from the `first` (1-based) on.

    `scale` is pixels to the point; a page that would have more than so many `pixels` is drawn smaller. One that cannot
    be drawn has no picture. Raises Unreadable as `see` does.
    """
    document = _opened(data)
    try:
        for number in range(first - 1, len(document)):
            yield _picture(document, number, scale, pixels)
    finally:
        document.close()


def _picture(document: pypdfium2.PdfDocument, number: int, scale: float, pixels: int) -> tuple[float, float, Any]:
    width, height = document.get_page_size(number)
    fitting = min(scale, sqrt(pixels / max(width * height, 1)), pixels / max(width, height, 1))
    try:
        page = document[number]
        picture = page.render(scale=fitting).to_pil()
        page.close()
    except pypdfium2.PdfiumError:
        picture = None
    return width, height, picture


def picture_of(data: bytes, number: int, scale: float, pixels: int) -> Any:
    """The picture (PIL, grey) of one page (from 1), of at most so many `pixels`; None if it cannot be drawn."""
    document = _opened(data)
    try:
        picture = _picture(document, number - 1, scale, pixels)[2]
    finally:
        document.close()
    return None if picture is None else picture.convert("L")


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        what = "is damaged" if b"%%EOF" in data[-_TAIL:] else "ends before its end"
        raise Unreadable(f"The PDF {what} and cannot be put together ({fault}).") from fault


def _seen(page: pypdfium2.PdfPage, number: int) -> Seen:
    # What is shown of the page, boxes that it inherits included; its own media box, where it has one.
    crop, turn = page.get_bbox(), page.get_rotation()
    width, height = page.get_size()
    shown = _displayed(crop, turn)
    whole = box_of(shown, *(page.get_mediabox(fallback_ok=False) or crop))
    drawn = drawn_on(page, shown)
    chars = chars_on(page, shown, (width, height), drawn)
    marks = tuple(with_dotted(drawn.rules)), tuple(drawn.fills), tuple(drawn.pictures)
    return Seen(number, width, height, whole, chars, *marks, slants=tuple(drawn.slants))


def _displayed(crop: Box, turn: int) -> Callable[[float, float], tuple[float, float]]:
    """From a point in the page's own space (from its bottom left) to the one displayed (from the top left)."""
    left, bottom, right, top = crop
    return {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }[turn % 360]
