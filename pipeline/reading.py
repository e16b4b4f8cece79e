"""A cell's lines as one flowing text in which every character still knows its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.hyphenated import SOFT
from schemas.records import Cell, Line, Place


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a cell with wraps undone; `marks` says for each character its line and index there."""

    text: str
    lines: tuple[Line, ...]
    marks: tuple[tuple[int, int], ...]


def read(lines: Sequence[Line]) -> Reading:
    """Join lines by a space, or by nothing after a hyphen or a stroke that divides a word; fold white space.

    A soft hyphen that ends a line is left out.
    Where a paper prints blanks at the ends of lines, that it does or does not behind such a mark says which.

    >>> read([Line("sub-", Place()), Line("region", Place())]).text
    'sub-region'
    >>> read([Line("Families/", Place(), wrap=" "), Line("Carers", Place())]).text
    'Families/ Carers'
    """
    text: list[str] = []
    marks: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        if text and text[-1] == SOFT:
            text.pop()
            marks.pop()
        elif text and text[-1] != " " and not _divided(text, lines[number - 1], line.text):
            text.append(" ")
            marks.append((number, 0))
        for index, char in enumerate(line.text):
            if not char.isspace():
                text.append(char)
            elif text and text[-1] != " ":
                text.append(" ")
            else:
                continue
            marks.append((number, index))
    while text and text[-1] == " ":
        text.pop()
        marks.pop()
    return Reading("".join(text), tuple(lines), tuple(marks))


def read_text(text: str) -> Reading:
    """A text that stands nowhere, as a reading."""
    return read([Line(text, Place())])


def _divided(text: Sequence[str], above: Line, following: str) -> bool:
    """Whether a mark that ends a line stands within a word; a mark alone on its line, or before a figure, does not."""
    if len(text) < 2 or above.wrap == " ":
        return False
    if above.wrap == "" and len(above.text) > 1:
        return following[:1].isalpha() or (text[-2].isalnum() and following[:1].isdigit())
    return text[-1] in "-/" and text[-2].isalpha() and following[:1].isalpha()


def text_of(cell: Cell | None) -> str:
    """A cell's text with wraps undone; blank for no cell."""
    return read(cell.lines).text if cell else ""


def place_of(reading: Reading, start: int, end: int) -> Place:
    """The place of the characters `start` to `end`: from the first one to the last one."""
    first, last = reading.marks[start], reading.marks[end - 1]
    line = reading.lines[first[0]]
    return Place(
        line=line.place.line,
        char_start=_offset(line, first[1]),
        char_end=_offset(reading.lines[last[0]], last[1]) + 1,
    )


def raw_of(reading: Reading, start: int, end: int) -> str:
    """The characters `start` to `end` as they are printed, white space unfolded."""
    first, last = reading.marks[start], reading.marks[end - 1]
    if first[0] != last[0]:
        return reading.text[start:end]
    return reading.lines[first[0]].text[first[1] : last[1] + 1]


def _offset(line: Line, index: int) -> int:
    return line.offsets[index] if line.offsets is not None else (line.place.char_start or 0) + index


def without_doubles(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines without those that only repeat the end of what stands above them, and those.

    >>> kept, doubled = without_doubles([Line("a misuse problem", Place()), Line("misuse problem", Place())])
    >>> [line.text for line in kept]
    ['a misuse problem']
    """
    kept: list[Line] = []
    doubled: list[Line] = []
    for line in lines:
        above = " ".join(" ".join(other.text for other in kept).split())
        again = " ".join(line.text.split())
        if kept and re.search(rf"(?:^|\s){re.escape(again)}$", above) and any(map(str.isalpha, again)):
            doubled.append(line)
        else:
            kept.append(line)
    return kept, doubled
