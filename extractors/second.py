"""The second, independent reading of PDF pages (camelot, which has a PDF interpreter of its own)."""

import io
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from camelot.io import read_pdf

from extractors.grid import is_figure
from schemas.records import Cell

READER = "camelot"
_FIGURES = re.compile(r"\d[\d,.]*")
_NEAR = 1.0


@dataclass(frozen=True, slots=True)
class Again:
    """A cell of the second reading: its page, its box in points from the page's top left, its text."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    text: str


def read_again(data: bytes, pages: Mapping[int, float], *, drawn: bool) -> list[Again]:
    """The cells that the second reader finds on pages, each given with its height.

    Pages with drawn grids are read by their rules, others by how their words line up.
    """
    if not pages:
        return []
    how = {"flavor": "lattice", "engine": "vector"} if drawn else {"flavor": "network"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tables = read_pdf(io.BytesIO(data), pages=",".join(map(str, sorted(pages))), **how)
    found = []
    for table in tables:
        height = pages[int(table.page)]
        for cell in (cell for row in table.cells for cell in row):
            top, bottom = height - cell.y2, height - cell.y1
            found.append(Again(int(table.page), cell.x1, top, cell.x2, bottom, cell.text))
    return found


def compared(cell: Cell, box: tuple[int, float, float], again: Sequence[Again], row: str) -> Cell:
    """A cell of figures with what the second reader has at the middle of its text: the same figures or others.

    `box` is the page and the middle of the cell's text; `row` is the text of the whole row, which the second
    reader may have in one cell. A cell that it does not have stays as it is.
    """
    text = " ".join(line.text for line in cell.lines)
    if cell.is_header or not is_figure(text):
        return cell
    page, x, y = box
    at = [
        a
        for a in again
        if a.page == page and a.x0 - _NEAR <= x <= a.x1 + _NEAR and a.top <= y <= a.bottom and a.text.strip()
    ]
    if not at:
        return cell
    smallest = min(at, key=lambda a: (a.x1 - a.x0) * (a.bottom - a.top))
    theirs = _FIGURES.findall(smallest.text)
    same = theirs in (_FIGURES.findall(text), _FIGURES.findall(row))
    return replace(cell, second=text if same else " ".join(smallest.text.split()), agrees=same)
