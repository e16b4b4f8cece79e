"""A page of a PDF as a picture on which is outlined what was read: tables, their cells, and figures."""

from collections.abc import Iterator
from functools import partial
from io import BytesIO

from PIL import ImageDraw

from extractors.files.limits import Limits
from extractors.pages.boxes import around, boxed
from extractors.pages.pdfium import pictures
from pipeline.isolate import Job, Told, alone
from pipeline.recognise import Recognised
from pipeline.result import Result
from schemas.records import Place

# Pixels to the point: a page of A4 is about 1,200 pixels wide.
_SCALE = 2.0
_TABLE, _CELL, _FIGURE = "#b30059", "#7a8fc2", "#00703c"


class Undrawable(Exception):
    """A page that cannot be drawn; the message is a sentence for people."""


def picture(data: bytes, result: Result, page: int, limits: Limits) -> bytes:
    """A page (1-based) of a paper as PNG, drawn in a process of its own: tables purple, cells blue, figures green.

    Raises Undrawable for a page that cannot be drawn.
    """
    ended = alone(Job(partial(_draw, data, result, page, limits), memory="drawing_bytes"), limits)
    if not ended.answer:
        raise Undrawable(f"Page {page} cannot be drawn. {ended.reason}".rstrip())
    return ended.answer


def _draw(data: bytes, result: Result, page: int, limits: Limits, _told: Told) -> bytes:
    """The picture; nothing for a page that cannot be drawn."""
    width, _, image = next(pictures(data, _SCALE, limits.drawing_pixels, first=page))
    if image is None:
        return b""
    _outline(ImageDraw.Draw(image, "RGB"), result, page, image.width / max(width, 1))
    made = BytesIO()
    image.save(made, "PNG")
    return made.getvalue()


def _outline(pen: ImageDraw.ImageDraw, result: Result, page: int, scale: float) -> None:
    """Draw boxes around what was read of a page; `scale` is pixels to the point."""
    for known in on_page(result, page):
        boxes = [box for box in _cells(result, known) if box.page == page]
        for box in boxes:
            pen.rectangle(_corners(box, 1, scale), outline=_CELL, width=1)
        pen.rectangle(_corners(around(boxes), 3, scale), outline=_TABLE, width=3)
    for line in result.allocations:
        box = boxed(line.place, result.glyphs)
        if box.page == page and box.x0 is not None:
            pen.rectangle(_corners(box, 1, scale), outline=_FIGURE, width=2)


def on_page(result: Result, page: int) -> list[Recognised]:
    """The tables that have a cell on a page (1-based)."""
    return [known for known in result.tables if any(box.page == page for box in _cells(result, known))]


def _cells(result: Result, known: Recognised) -> Iterator[Place]:
    """The boxes of a table's cells, one for each page that a cell stands on."""
    for cell in known.table.cells:
        lines = [boxed(line.place, result.glyphs) for line in cell.lines]
        for page in sorted({box.page for box in lines if box.page is not None}):
            yield around([box for box in lines if box.page == page])


def _corners(box: Place, near: float, scale: float) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = box.x0 or 0.0, box.top or 0.0, box.x1 or 0.0, box.bottom or 0.0
    return (x0 - near) * scale, (top - near) * scale, (x1 + near) * scale, (bottom + near) * scale
