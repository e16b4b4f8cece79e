"""A page of a PDF as a picture on which is outlined what was read: tables, their cells, and figures."""

from collections.abc import Iterator
from io import BytesIO
from itertools import islice

from PIL import ImageDraw

from extractors.boxes import around, boxed
from extractors.pdfium import pictures
from pipeline.recognise import Recognised
from pipeline.result import Result
from schemas.records import Place

# Pixels to the point: a page of A4 is about 1,200 pixels wide.
_SCALE = 2.0
_MOST_PIXELS = 5000
_TABLE, _CELL, _FIGURE = "#b30059", "#7a8fc2", "#00703c"


class Undrawable(Exception):
    """A page that cannot be drawn; the message is a sentence for people."""


def picture(data: bytes, result: Result, page: int) -> bytes:
    """A page (1-based) of a paper as PNG: tables outlined in purple, cells in blue, figures in green.

    Raises Undrawable for a page that cannot be drawn.
    """
    image = next(islice(pictures(data, _SCALE, _MOST_PIXELS), page - 1, None))[2]
    if image is None:
        raise Undrawable(f"Page {page} cannot be drawn.")
    pen = ImageDraw.Draw(image)
    for known in on_page(result, page):
        boxes = [box for box in _cells(result, known) if box.page == page]
        for box in boxes:
            pen.rectangle(_corners(box, 1), outline=_CELL, width=1)
        pen.rectangle(_corners(around(boxes), 3), outline=_TABLE, width=3)
    for line in result.allocations:
        box = boxed(line.place, result.glyphs)
        if box.page == page and box.x0 is not None:
            pen.rectangle(_corners(box, 1), outline=_FIGURE, width=2)
    made = BytesIO()
    image.save(made, "PNG")
    return made.getvalue()


def on_page(result: Result, page: int) -> list[Recognised]:
    """The tables that have a cell on a page (1-based)."""
    return [known for known in result.tables if any(box.page == page for box in _cells(result, known))]


def _cells(result: Result, known: Recognised) -> Iterator[Place]:
    """The boxes of a table's cells, one for each page that a cell stands on."""
    for cell in known.table.cells:
        lines = [boxed(line.place, result.glyphs) for line in cell.lines]
        for page in sorted({box.page for box in lines if box.page is not None}):
            yield around([box for box in lines if box.page == page])


def _corners(box: Place, near: float) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = box.x0 or 0.0, box.top or 0.0, box.x1 or 0.0, box.bottom or 0.0
    return (x0 - near) * _SCALE, (top - near) * _SCALE, (x1 + near) * _SCALE, (bottom + near) * _SCALE
