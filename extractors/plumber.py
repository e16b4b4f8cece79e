"""The first reading of PDF pages that may hold tables (pdfplumber): characters, rules and drawn cells.

No other module speaks to pdfplumber. Coordinates are points from the top left of the page as displayed.
"""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges
from pdfplumber.utils.geometry import obj_to_edges

from extractors.hidden import OFF_PAGE, without_doubles
from extractors.readable import FAULTS, name_of
from extractors.seen import Box, Char, Rule, Seen
from extractors.unreadable import Unreadable
from schemas.records import Note, Place
from schemas.rules import Rule as Says

READER = "pdfplumber"
# A filled rectangle thinner than this many points is a drawn line; a thicker one is a ground.
_THIN = 3.0
# Hidden characters are known by standing this near, in points, to where the third eye sees them.
_SAME_PLACE = 1.5
# A character whose font does not say what it means, and half a pair of UTF-16.
_UNMAPPED = re.compile(r"\(cid:\d+\)|[\ud800-\udfff\ufffd]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_UNKNOWN = "\ufffd"
_TAIL = 1024
# Rules of a picture that stand so near each other, in points, are one; they meet where they miss by so much.
_SNAP, _REACH = 3.0, 4.0


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells that rules draw: the boxes of a table's cells, and the box around them."""

    cells: tuple[Box, ...]
    box: Box


@contextmanager
def opened(data: bytes) -> Iterator[Sequence[Page]]:
    """The pages of a PDF, open while they are read. Raises Unreadable where the file cannot be opened."""
    try:
        pdf = pdfplumber.open(io.BytesIO(data))
        pages = pdf.pages
    except FAULTS as fault:
        what = "is damaged" if b"%%EOF" in data[-_TAIL:] else "ends before its end"
        raise Unreadable(f"The PDF {what} and cannot be put together ({name_of(fault)}).") from fault
    with pdf:
        yield pages


def read(pages: Sequence[Page], eye: Seen) -> tuple[Seen | None, list[Grid], list[Note]]:
    """A page that the third eye has seen, as this reader has it: what it draws, its drawn grids, what was noticed.

    What nobody can see is hidden here too: this reader cannot tell by itself. None for a page that it cannot read.
    """
    at = Place(page=eye.number)
    if eye.number > len(pages):
        return None, [], [Note(Says.PAGE_FAILED, at, "", f"page {eye.number}: not found by the first reader")]
    page = pages[eye.number - 1]
    try:
        shift = page.bbox[0] - eye.whole[0], page.bbox[1] - eye.whole[1]
        lines = list(_lines(page))
        rules = tuple(Rule(*_box(line, shift)) for line in lines)
        chars = tuple(without_doubles((0, char) for char in _without_hidden(_mapped(page), eye, shift)))
        return replace(eye, chars=chars, rules=rules), _grids(page, lines, shift), _doubled(chars, eye)
    except FAULTS as fault:
        return None, [], [Note(Says.PAGE_FAILED, at, "", f"page {eye.number}: {name_of(fault)}")]
    finally:
        page.close()


def _doubled(chars: Sequence[Char], eye: Seen) -> list[Note]:
    """A note where this reader has characters drawn twice of which the third eye has one drawing only."""
    mine, theirs = ("".join(c.text for c in each if c.hidden == "doubled") for each in (chars, eye.chars))
    if len(mine) <= len(theirs):
        return []
    return [Note(Says.TEXT_HIDDEN, Place(page=eye.number), mine, f"page {eye.number}, doubled: {mine[:60]}")]


def _mapped(page: Page) -> list[dict[str, Any]]:
    """The characters of a page, those of unknown meaning as U+FFFD, without control characters."""
    chars = []
    for char in page.chars:
        text = _CONTROL.sub("", _UNMAPPED.sub(_UNKNOWN, char["text"]))
        if text:
            chars.append({**char, "text": text} if text != char["text"] else char)
    return chars


def _box(each: dict[str, Any], shift: tuple[float, float]) -> Box:
    return each["x0"] - shift[0], each["top"] - shift[1], each["x1"] - shift[0], each["bottom"] - shift[1]


def _lines(page: Page) -> Iterator[dict[str, Any]]:
    """What is drawn as lines: strokes, and the sides of thin filled rectangles. Grounds draw no lines."""
    for each in (*page.lines, *page.rects, *page.curves):
        if each["stroke"] or each["object_type"] == "line" or min(each["width"], each["height"]) < _THIN:
            yield from obj_to_edges(each)


def _grids(page: Page, lines: Sequence[dict[str, Any]], shift: tuple[float, float]) -> list[Grid]:
    upright = [line for line in lines if line["orientation"] == "v"]
    level = [line for line in lines if line["orientation"] == "h"]
    if min(len(upright), len(level)) < 2:
        return []
    settings = {
        "vertical_strategy": "explicit",
        "horizontal_strategy": "explicit",
        "explicit_vertical_lines": upright,
        "explicit_horizontal_lines": level,
    }
    x, y = shift
    return [
        Grid(
            tuple((a - x, b - y, c - x, d - y) for a, b, c, d in table.cells),
            (table.bbox[0] - x, table.bbox[1] - y, table.bbox[2] - x, table.bbox[3] - y),
        )
        for table in page.find_tables(settings)
    ]


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """The cells that rules draw which were seen otherwise: in the picture of a page."""
    edges = [_edge(rule) for rule in rules]
    crossings = edges_to_intersections(merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP), _REACH, _REACH)
    tables = cells_to_tables(intersections_to_cells(crossings))
    return [Grid(tuple(cells), _around(cells)) for cells in tables]


def _edge(rule: Rule) -> dict[str, Any]:
    level = rule.top == rule.bottom
    return {
        "x0": rule.x0, "x1": rule.x1, "top": rule.top, "bottom": rule.bottom, "width": rule.x1 - rule.x0,
        "height": rule.bottom - rule.top, "orientation": "h" if level else "v", "object_type": "line",
    }  # fmt: skip


def _around(cells: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*cells, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _without_hidden(chars: Sequence[dict[str, Any]], eye: Seen, shift: tuple[float, float]) -> Iterator[Char]:
    """Characters, each marked hidden as often as the third eye sees a hidden one of its kind in its place."""
    hidden: dict[str, list[Char]] = {}
    for char in eye.chars:
        if char.hidden:
            hidden.setdefault(char.text, []).append(char)
    for each in chars:
        mine = _char(each, shift)
        others = hidden.get(mine.text, [])
        match = next((other for other in others if _stands_on(mine, other)), None)
        if match is not None:
            others.remove(match)
            mine = mine._replace(hidden=match.hidden)
        elif not (0 <= (mine.x0 + mine.x1) / 2 <= eye.width and 0 <= (mine.top + mine.bottom) / 2 <= eye.height):
            mine = mine._replace(hidden=OFF_PAGE)
        yield mine


def _stands_on(mine: Char, other: Char) -> bool:
    middle = (mine.top + mine.bottom) / 2
    return abs(mine.x0 - other.x0) < _SAME_PLACE and other.top - _SAME_PLACE < middle < other.bottom + _SAME_PLACE


def _char(char: dict[str, Any], shift: tuple[float, float]) -> Char:
    name = char["fontname"].lower()
    return Char(char["text"], *_box(char, shift), "bold" in name, "italic" in name or "oblique" in name)
