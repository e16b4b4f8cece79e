"""Figures read again: the cells of the first reading held against what independent readers have in their place."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.grid import is_figure
from extractors.pages.boxes import boxed, page_of
from extractors.pages.seen import Box
from schemas.records import Cell, Glyphs, Note, Place, Table
from schemas.rules import Rule

_FIGURES = re.compile(r"\d[\d,.]*")
_NEAR = 1.0


@dataclass(frozen=True, slots=True)
class Again:
    """A piece of another reading: its page, its box in points from the page's top left, its text."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    text: str


# A reader: what it has on pages, each given with the box of the whole page around what is shown.
Reader = Callable[[bytes, Mapping[int, Box]], Sequence[Again]]


def confirmed(table: Table, pieces: Mapping[int, Sequence[Again]], glyphs: Sequence[Glyphs], reader: str) -> Table:
    """A table whose cells of figures that nobody has confirmed know what a reader has in their place."""
    cells = tuple(
        compared(cell, [boxed(line.place, glyphs) for line in cell.lines], pieces)
        if cell.agrees is None and is_asked(cell)
        else cell
        for cell in table.cells
    )
    if all(new.agrees is None or old.agrees is not None for new, old in zip(cells, table.cells, strict=True)):
        return table
    readers = f"{table.second_reader}, {reader}" if table.second_reader else reader
    return replace(table, cells=cells, second_reader=readers)


def silent(tables: Sequence[Table], glyphs: Sequence[Glyphs]) -> set[int]:
    """The pages with a figure of which no reader has said anything yet."""
    pages = (
        page_of(line.place, glyphs)
        for table in tables
        for cell in table.cells
        if cell.agrees is None and is_asked(cell)
        for line in cell.lines
        if _FIGURES.search(line.text)
    )
    return {page.page for page in pages if page}


def is_asked(cell: Cell) -> bool:
    """Whether a cell holds a figure that readers are asked about."""
    return not cell.is_header and is_figure(" ".join(line.text for line in cell.lines))


def unseen(page: int, pieces: Sequence[Again], text: str) -> list[Note]:
    """A note where another reader has figures on a page that the first does not have anywhere on it."""
    mine = re.sub(r"\D", "", text)
    figures = {each for piece in pieces for each in _FIGURES.findall(piece.text)}
    lost = [each for each in figures if re.sub(r"\D", "", each) not in mine]
    if not lost:
        return []
    detail = f"page {page}: {', '.join(sorted(lost)[:5])}"
    return [Note(Rule.PAGE_READ_OTHERWISE, Place(page=page), "", detail)]


def compared(cell: Cell, boxes: Sequence[Place], again: Mapping[int, Sequence[Again]]) -> Cell:
    """A cell of figures with what another reader has where its lines stand: the same figures or others.

    `boxes` are the boxes of the cell's lines. The other reader may have several lines, or a whole row, in one
    cell; it agrees where it has each line's figures, in their order, in the cell at the middle of that line. A
    line that it does not have says nothing.
    """
    if not is_asked(cell):
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
    """The smallest piece of another reading that holds the middle of a box."""
    x, y = ((box.x0 or 0) + (box.x1 or 0)) / 2, ((box.top or 0) + (box.bottom or 0)) / 2
    at = [a for a in again.get(box.page or 0, ()) if a.x0 - _NEAR <= x <= a.x1 + _NEAR and a.top <= y <= a.bottom]
    return min(at, key=lambda a: (a.x1 - a.x0) * (a.bottom - a.top), default=None)


def _within(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether figures stand in others one behind the other."""
    return any(list(theirs[at : at + len(mine)]) == list(mine) for at in range(len(theirs) - len(mine) + 1))
