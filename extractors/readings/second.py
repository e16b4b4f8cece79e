"""The second, independent reading of PDF pages (camelot, which has a PDF interpreter of its own)."""

import gc
import io
import re
import warnings
from collections.abc import Mapping
from typing import Any

from camelot.io import read_pdf

from extractors.pages.seen import Box
from extractors.readings.again import Again

READER = "camelot"
_FIGURE = re.compile(r"\d")
# So many pages are read at a time: the reader holds what it draws from all pages that it is given.
_AT_ONCE = 16


def read_drawn(data: bytes, pages: Mapping[int, Box]) -> list[Again]:
    """The cells with figures on pages with drawn grids, by their rules."""
    return _read(data, pages, {"flavor": "lattice", "engine": "vector"})


def read_undrawn(data: bytes, pages: Mapping[int, Box]) -> list[Again]:
    """The cells with figures on pages without drawn grids, by how their words line up."""
    return _read(data, pages, {"flavor": "network"})


def _read(data: bytes, pages: Mapping[int, Box], how: dict[str, Any]) -> list[Again]:
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
                if _FIGURE.search(cell.text)
            ]
        # Its tables and pages hold each other; they are let go before the next are read.
        del tables
        gc.collect()
    return found
