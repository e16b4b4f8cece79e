"""Lists of contents: titles with the numbers of pages, which rise from line to line and stand under no heading."""

import re
from collections.abc import Iterator, Sequence

from extractors.grid import is_figure, is_year
from extractors.pages.words import Word, pieces_of, text_of

_PAGE = re.compile(r"^(?:\d{1,4}|[ivxlc]{1,6})$")
_SECTION = re.compile(r"^(?:[A-Z]\.?)?\d{0,2}(?:\.\d{1,2})*\.?$")
_OF_PAGES = re.compile(r"^(?:page|p\.?|pages|no\.?)$", re.IGNORECASE)
# So many titles make a list; where no leader stands between them and the pages' numbers, so many.
_LEAST, _LEAST_BARE = 3, 5
# Between two titles stand so many other lines at most: the rest of a long one, the name of a part.
_BETWEEN = 2
# Pages' numbers end within so many points of one another.
_EDGE = 6.0
_GAP = 0.5
# The next row of a table is nearer than so many heights.
_CLOSE = 3.0
_Line = Sequence[Word]


def contents_in(lines: Sequence[_Line], bare: Sequence[_Line]) -> Iterator[int]:
    """The numbers of the lines of lists of contents; `bare` has the lines without leaders."""
    run: list[int] = []
    for number, line in enumerate(bare):
        if not _is_entry(line):
            continue
        if run and (number - run[-1] > _BETWEEN + 1 or not _follows(bare[run[-1]], line)):
            yield from _held(run, lines, bare)
            run = []
        run.append(number)
    yield from _held(run, lines, bare)


def _is_entry(line: _Line) -> bool:
    """Whether a line is a title and a page: words, perhaps numbered, and far from them one small number."""
    if not line or not _PAGE.match(line[-1].text):
        return False
    pieces = [text_of(piece) for piece in pieces_of(line, _GAP * line[0].size)]
    if len(pieces) < 2 or not _PAGE.match(pieces[-1]):
        return False
    titles = pieces[1:-1] if _SECTION.match(pieces[0]) else pieces[:-1]
    worded = any(char.isalpha() for title in titles for char in title)
    return worded and len(titles) == 1 and not is_figure(titles[0])


def _follows(above: _Line, line: _Line) -> bool:
    """Whether a page's number stands under the one above and is no smaller; Roman numbers come first."""
    first, then = above[-1].text, line[-1].text
    rising = int(first) <= int(then) if first.isdigit() and then.isdigit() else not first.isdigit()
    return rising and abs(above[-1].x1 - line[-1].x1) < _EDGE


def _held(run: Sequence[int], lines: Sequence[_Line], bare: Sequence[_Line]) -> Iterator[int]:
    """The lines of a run, with those between, where it is a list of contents.

    One that has no leaders and a heading over its pages is set as a table, and counts for one. So does one between rows
    with other figures.
    """
    led = sum(list(lines[number]) != list(bare[number]) for number in run) * 2 > len(run)
    heading = _heading(bare[: run[0]], bare[run[0]]) if run else ""
    if len(run) < (_LEAST if led else _LEAST_BARE) or (heading and not (led and _OF_PAGES.match(heading))):
        return
    beside = [(run[0], run[0] - 1), (run[-1], run[-1] + 1)]
    if any(_is_counted(bare[own], bare[other]) for own, other in beside if 0 <= other < len(bare)):
        return
    if not all(is_year(bare[number][-1].text) for number in run):
        yield from range(run[0], run[-1] + 1)


def _is_counted(entry: _Line, beside: _Line) -> bool:
    """Whether a line next to an entry has a figure in the place of its page that is none: both are rows of a table."""
    if not beside or _PAGE.match(beside[-1].text) or not is_figure(beside[-1].text):
        return False
    near = abs(beside[-1].middle - entry[-1].middle) < _CLOSE * entry[-1].size
    return near and abs(beside[-1].x1 - entry[-1].x1) < _EDGE


def _heading(above: Sequence[_Line], first: _Line) -> str:
    """The words that stand over the numbers, close above the first; blank where none do."""
    if not above or not above[-1]:
        return ""
    line, number = above[-1], first[-1]
    heading = pieces_of(line, _GAP * line[0].size)[-1]
    over = heading[-1].x1 > number.x0 - 2 * number.size and heading[0].x0 > first[0].x1
    words = text_of(heading)
    return words if over and any(map(str.isalpha, words)) and number.top - line[0].bottom < 2 * number.size else ""
