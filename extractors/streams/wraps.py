"""Lines of one column as cells: where a line was wrapped, and where the next cell begins."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from extractors.lines import offset
from extractors.streams.streams import says
from schemas.records import Line
from schemas.vocabulary import areas

# What it costs to say otherwise than a sign does: a sure one, a strong one, a weak one.
_SURE, _STRONG, _WEAK = 8.0, 4.0, 1.0
_DANGLING = re.compile(r"(?:\b(?:and|of|the|for|with|to|or|in|by|a|an|from|at|on)|[&,/(–—-])$", re.IGNORECASE)
_GOES_ON = re.compile(r"^[a-z,;.:)&–—]|^-\s")
_LISTED = re.compile(r"^(?:[•·▪]|\(?[a-z]\))\s")
DASHED = re.compile(r"\w\)?\s?–|\s-\s|[a-z]-\s?[A-Z]")
_JOINT = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z])")
_FILLER = re.compile(r"^[-–—]$")
_NARROW, _WIDE, _CAPITAL = "fijlt.,:;'’!|()[] -", "mwMW@&—", 1.25
# So much room at the end of a line is seen, in characters.
_ROOM = 2.0
_FEW = 4
# In a narrower column a line says little by its room; of fewer lines the widest is full.
_BROAD, _MANY = 20.0, 6
# A line this much wider than a full one was joined with the next at a hyphen; full lines are this near to the widest.
_JOINED, _ALMOST = 1.1, 0.85


@dataclass(frozen=True, slots=True)
class Split:
    """Lines as so many cells: the first line of each, what speaks against it, and whether another way is as good."""

    starts: tuple[int, ...]
    cost: float
    unsure: bool = False


def splits(lines: Sequence[str], most: int) -> list[Split]:
    """The best way to divide lines into one cell, into two, and so on.

    >>> splits(["Oadby and", "Wigston", "Rutland"], 2)[1].starts
    (0, 2)
    """
    wide = full_width(lines) if len(lines) >= _FEW else 0
    signs = _with_dashes(lines, [_signs(above, below, wide) for above, below in pairwise(lines)])
    base = sum(wrap for _, wrap in signs)
    order = sorted(range(len(signs)), key=lambda i: signs[i][0] - signs[i][1])
    costs = [signs[i][0] - signs[i][1] for i in order]
    found = []
    for size in range(1, min(most, len(lines)) + 1):
        cells = set(order[: size - 1])
        near = 0 < len(cells) < len(order) and costs[size - 1] - costs[size - 2] < _WEAK
        odd = any(signs[i][i not in cells] >= 2 * _WEAK for i in range(len(signs))) or _may_shift(cells, signs)
        starts = (0, *sorted(i + 1 for i in cells))
        found.append(Split(starts, base + sum(costs[: size - 1]), near or odd))
    return found


def _may_shift(cells: Set[int], signs: Sequence[tuple[float, float]]) -> bool:
    """Whether a cell that no sure sign begins may as well begin a line earlier or later."""
    weak = {i for i, (cell, _) in enumerate(signs) if 0 < cell <= 2 * _WEAK}
    return any(beside in weak - cells for i in cells & weak for beside in (i - 1, i + 1))


def has_room(lines: Sequence[str], width: float) -> bool:
    """Whether a line of a cell ends where the next one's first word would have fitted: they may be two cells.

    >>> has_room(["Victims", "Early help"], 30), has_room(["Victims", "and others"], 30)
    (True, False)
    """
    return any(_signs(above, below, width)[1] >= _ROOM for above, below in pairwise(lines))


def _with_dashes(lines: Sequence[str], signs: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The signs with what dashes add: each of two cells has its own between its name and what it says of it."""
    made = list(signs)
    dashed = bool(DASHED.search(lines[0]))
    for i, (cell, _) in enumerate(signs):
        own = bool(DASHED.search(lines[i + 1]))
        if cell in (2 * _WEAK, _WEAK) and own and dashed:
            made[i] = (_WEAK / 2, _WEAK)
        dashed = own or (dashed and made[i][0] > made[i][1] and made[i][0] > _WEAK)
    return made


def _signs(above: str, below: str, width: float) -> tuple[float, float]:
    """What speaks against a new cell between two lines, and against a wrap."""
    if _FILLER.match(above) or _FILLER.match(below):
        return 0, _SURE
    if _DANGLING.search(above) or _GOES_ON.match(below):
        return _SURE, 0
    if _LISTED.match(below):
        return _STRONG, 0
    return (0, _STRONG) if _is_name(above) and _is_name(below) else _by_room(above, below, width)


def _by_room(above: str, below: str, width: float) -> tuple[float, float]:
    """What the room at the end of a line says."""
    room = width - _width(above) - _width(" " + below.split(maxsplit=1)[0])
    if not width or 0 <= room <= _ROOM:
        return _WEAK, _WEAK / 2
    if _width(above) > _JOINED * width:
        return _WEAK, _WEAK
    if room > 0:
        return 0, min(_STRONG, room)
    return (2 * _WEAK, 0) if width >= _BROAD else (_WEAK, _WEAK / 2)


def full_width(lines: Sequence[str]) -> float:
    """How wide a full line is: the widest that others come near to. Lines joined at a hyphen are wider."""
    widths = sorted((_width(line) for line in lines), reverse=True)
    least = max(2, len(widths) // 8) if len(widths) >= _MANY else 1
    near = (width for width in widths if sum(_ALMOST * width <= each <= width for each in widths) >= least)
    return next(near, widths[-1])


def is_joined(line: str, width: float) -> bool:
    """Whether a line is so wide that it was joined with the next, at a hyphen that is left out."""
    return _width(line) > _JOINED * width


def with_hyphen(line: Line) -> Line:
    """A joined line with its hyphen where a capital within a word tells where it was; else as it is.

    >>> with_hyphen(Line("for diversionCounty", Place(line=1, char_start=0, char_end=19))).text
    'for diversion-County'
    """
    match = _JOINT.search(line.text)
    if match is None:
        return line
    at = match.start()
    offsets = [offset(line, i) for i in range(len(line.text))]
    last = line.place.char_end or 0
    return Line(f"{line.text[:at]}-{line.text[at:]}", line.place, (*offsets[:at], offsets[at], *offsets[at:], last))


@cache
def _is_name(text: str) -> bool:
    return says(text) in areas()


def _width(text: str) -> float:
    """About how wide a line is, in characters."""
    return sum(0.55 if c in _NARROW else 1.5 if c in _WIDE else _CAPITAL if c.isupper() else 1.0 for c in text)
