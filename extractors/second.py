"""The second, independent reading of PDF pages (camelot, which has a PDF interpreter of its own)."""

import gc
import io
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from camelot.io import read_pdf

from extractors.grid import is_figure
from extractors.seen import Box
from schemas.records import Cell, Place

READER = "camelot"
_FIGURES = re.compile(r"\d[\d,.]*")
_NEAR = 1.0
# So many pages are read at a time: the reader holds what it draws from all pages that it is given.
_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Again:
    """A cell of the second reading: its page, its box in points from the page's top left, its text."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    text: str


def read_again(data: bytes, pages: Mapping[int, Box], *, drawn: bool) -> list[Again]:
    """The cells with figures that the second reader finds on pages.

    Each page is given with the box of the whole page around what is shown. Pages with drawn grids are read by their
    rules, others by how their words line up.
    """
    how = {"flavor": "lattice", "engine": "vector"} if drawn else {"flavor": "network"}
    numbers = sorted(pages)
    found: list[Again] = []
    for at in range(0, len(numbers), _AT_ONCE):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tables = read_pdf(io.BytesIO(data), pages=",".join(map(str, numbers[at : at + _AT_ONCE])), **how)
        for table in tables:
            left, _, _, below = pages[int(table.page)]
            found += [
                Again(int(table.page), left + cell.x1, below - cell.y2, left + cell.x2, below - cell.y1, cell.text)
                for row in table.cells
                for cell in row
                if _FIGURES.search(cell.text)
            ]
        # Its tables and pages hold each other; they are let go before the next are read.
        del tables
        gc.collect()
    return found


def compared(cell: Cell, boxes: Sequence[Place], again: Mapping[int, Sequence[Again]]) -> Cell:
    """A cell of figures with what the second reader has where its lines stand: the same figures or others.

    `boxes` are the boxes of the cell's lines. The second reader may have several lines, or a whole row, in one
    cell; it agrees where it has each line's figures, in their order, in the cell at the middle of that line. A
    line that it does not have says nothing.
    """
    if cell.is_header or not is_figure(" ".join(line.text for line in cell.lines)):
        return cell
    pairs = [(line.text, at.text) for line, box in zip(cell.lines, boxes, strict=True) if (at := _at(box, again))]
    figured = [(mine, theirs) for mine, theirs in pairs if _FIGURES.search(mine)]
    if not figured:
        return cell
    differ = [theirs for mine, theirs in figured if not _within(_FIGURES.findall(mine), _FIGURES.findall(theirs))]
    if differ:
        return replace(cell, agrees=False, second=" ".join(" ".join(differ).split()))
    whole = len(figured) == sum(bool(_FIGURES.search(line.text)) for line in cell.lines)
    text = " ".join(line.text for line in cell.lines)
    return replace(cell, agrees=True, second=text) if whole else cell


def _at(box: Place, again: Mapping[int, Sequence[Again]]) -> Again | None:
    """The smallest cell of the second reading that holds the middle of a box."""
    x, y = ((box.x0 or 0) + (box.x1 or 0)) / 2, ((box.top or 0) + (box.bottom or 0)) / 2
    at = [a for a in again.get(box.page or 0, ()) if a.x0 - _NEAR <= x <= a.x1 + _NEAR and a.top <= y <= a.bottom]
    return min(at, key=lambda a: (a.x1 - a.x0) * (a.bottom - a.top), default=None)


def _within(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether figures stand in others one behind the other."""
    return any(list(theirs[at : at + len(mine)]) == list(mine) for at in range(len(theirs) - len(mine) + 1))
