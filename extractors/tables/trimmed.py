"""Where the table of a run of lines starts and ends: its lines without titles, captions and notes."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extractors.grid import is_figure, is_known_heading, is_mark, is_year
from extractors.pages.page import PageText
from extractors.pages.words import text_of
from extractors.tables.abutting import IN_LINE
from extractors.tables.bands import REACH, around, bands_of, cuts_within
from extractors.tables.columns import Columns, Words, crosses, figures_of, is_slanting, pieces_in
from extractors.tables.leading import overlaps
from extractors.tables.paragraphs import LARGER
from extractors.tables.runs import WITHIN, keeps_columns, pieces_apart
from extractors.tables.values import is_value
from extractors.tables.worded import is_full

_NEAR = 3.0
# Words over a rule stand well above it by this share of their height.
_WELL = 0.9
# A line well above a heading is this share of its height off, and so many times as far as the lines below each other.
_WELL_OVER, _TIMES = 1.2, 2.0
# A title in several pieces takes less than this share of its table.
_SHORT = 0.5
# Titles take so many lines at most, each of so many pieces: the name and the number of a page.
_TITLES, _TWO = 4, 2
# Where a table starts on the left is seen from so many of its first lines.
_SEVERAL = 6
# What starts so many heights right of a table's left edge is behind its labels.
_BEHIND = 4
# Words that start so many columns are a row's.
_STARTED = 3


def trimmed(run: Sequence[Words], text: PageText) -> list[Words]:
    """A run without the lines of one piece at its start and the far ones at its end: captions and notes."""
    lines = list(run[_titled(run) :])
    while lines and len(pieces_in(lines[0])) == 1:
        if _is_heading_part(lines) or _is_spanner(lines, text) or _is_beside(*lines[:2]):
            break
        if _keeps_columns(lines) or _is_striped(lines, text):
            break
        lines.pop(0)
    return without_notes(lines[_over(lines) :], text)


def without_notes(run: Sequence[Words], text: PageText) -> list[Words]:
    """A run without the far lines of one piece at its end."""
    lines = list(run)
    while len(lines) > 1 and len(pieces_in(lines[-1])) == 1 and _far(*lines[-2:]) and not _is_closed(lines, text):
        if _goes_on_in_column(lines):
            break
        lines.pop()
    return lines


def _goes_on_in_column(lines: Sequence[Words]) -> bool:
    """Whether a last line starts where words behind the first column do, in the type of the line above: a cell's.

    So does one below the middle of a piece of that line. One of a text paper may do so by chance, and below figures,
    which end in line, any may.
    """
    *rows, above, line = lines
    if line[0].own:
        return False
    starts = [piece[0].x0 for row in (*rows, above) for piece in pieces_in(row)[1:] if not is_value(text_of(piece))]
    near = IN_LINE * line[0].size
    same = (line[0].bold, round(line[0].size)) == (above[0].bold, round(above[0].size))
    middles = [piece[0].x0 + piece[-1].x1 for piece in pieces_in(above)] if len(pieces_in(above)) > 1 else []
    centred = any(abs(line[0].x0 + line[-1].x1 - middle) < 2 * near for middle in middles)
    return same and (centred or sum(abs(line[0].x0 - x) < near for x in starts) >= _STARTED)


def _titled(run: Sequence[Words]) -> int:
    """How many lines at a run's start are its title: all in larger type than what follows, the last of one piece.

    The line at the top of a page may have two, whose it is on the left and the item's number on the right.
    """
    sizes = [line[0].size for line in run if len(pieces_in(line)) > 1]
    larger = [bool(sizes) and line[0].size > LARGER * median(sizes) for line in run]
    above = larger.index(False) if False in larger else 0
    return above if above and len(pieces_in(run[above - 1])) == 1 else 0


def _over(run: Sequence[Words]) -> int:
    """How many first lines stand well above the lines of a heading, which are close and have more pieces: titles.

    A title may have the number of its page behind it.
    """
    gaps = [below[0].top - line[0].bottom for line, below in pairwise(run[: _SEVERAL + _TITLES])]
    for count, gap in enumerate(gaps[:_TITLES], 1):
        after = gaps[count : count + _SEVERAL - 2]
        if not after or gap < _WELL_OVER * run[count][0].size or gap < _TIMES * max(after):
            continue
        titles, heading = ([pieces_in(line) for line in own] for own in (run[:count], run[count : count + _TWO]))
        most = max(map(len, titles))
        counted = any(is_figure(text_of(own[0])) for own in titles) or any(map(_is_row, run[: count + 1]))
        if 1 < len(titles[0]) <= most <= _TWO and most < max(map(len, heading)) and not counted:
            return count
    return 0


def begun(lines: list[Words], columns: Columns, text: PageText) -> list[Words]:
    """Lines without those above a first rule that has the heading between it and a second: captions, units.

    One of them reaches from the first column into others in one piece, or they stand well above the rule, over a
    heading in the first column and nowhere else, or in the middle of the table, and none is a row.
    """
    above, *bands = bands_of(lines, columns, text)
    headed = len(bands) > 1 and any(len(pieces_in(line)) > 1 for line in bands[0])
    if not headed or any(_counts(line) for line in bands[0]):
        return lines
    own = [columns.of(piece) for line in above for piece in pieces_in(line)]
    titled = any(columns.of(piece)[0] == 0 < columns.of(piece)[1] for line in above for piece in pieces_in(line)[:1])
    titled = titled or (set(own) == {(0, 0)} and columns.of(bands[0][0][:1])[0] == 0)
    last = above[-1][0]
    cuts = [y for y in around(above[-1:], columns, text) if y > last.middle]
    first = min(cuts, default=bands[0][0][0].top)
    titled = titled or first - last.bottom > _WELL * last.size or all(_is_in_middle(line, columns) for line in above)
    return lines[len(above) :] if titled and not any(map(_is_row, above)) else lines


def _is_in_middle(line: Words, columns: Columns) -> bool:
    """Whether a line stands in the middle of all columns, not of those behind the labels: over the whole table.

    Headings side by side reach over most of it.
    """
    (left, _), (second, _), *_ = columns.spans
    middle, size, right = line[0].x0 + line[-1].x1, line[0].size, columns.spans[-1][1]
    short = line[-1].x1 - line[0].x0 < _SHORT * (right - left) or len(pieces_in(line)) == 1
    return short and abs(middle - left - right) < 2 * size < abs(middle - second - right)


def _is_row(line: Words) -> bool:
    return sum(is_figure(text_of(piece)) for piece in pieces_in(line)) > 1


def _counts(line: Words) -> bool:
    """Whether a line has a figure that is no year."""
    texts = (text_of(piece) for piece in pieces_in(line))
    return any(is_figure(text) and not is_year(text) for text in texts)


def ended(lines: list[Words], columns: Columns, text: PageText) -> list[Words]:
    """Lines without the last ones that reach from the left over several columns in one piece: notes, text below.

    So are those below the last rule of a table that hold no row, where nothing is drawn below them, and those from the
    heading of another table on.
    """
    lines = lines[: _another(lines, columns, text)]
    *bands, last = bands_of(lines, columns, text)
    end = len(lines) - (len(last) if len(bands) > 1 and _is_below_all(last, columns, text) else 0)
    while end > 2 and _reaches(lines[end - 1], columns) and not _is_closed(lines[:end], text):
        end -= 1
    return lines[:end]


def _another(lines: Sequence[Words], columns: Columns, text: PageText) -> int:
    """How many lines stand above the heading of another table, which is ruled off above and below; all if none does.

    Two rules well apart with nothing between them end the one table and begin the other.
    """
    cuts = [y for y, _ in cuts_within(lines, columns, text)]
    for number, (above, line) in enumerate(pairwise(lines), 1):
        own = [y for y in cuts if above[0].middle < y < line[0].middle]
        if len(own) < 2 or own[-1] - own[0] < line[0].size:
            continue
        end = next((y for y in cuts if y > own[-1]), 0.0)
        head = [each for each in lines[number:] if each[0].middle < end]
        if any(len(pieces_in(each)) > 1 for each in head) and not any(map(_counts, head)):
            return number
    return len(lines)


def _is_below_all(band: Sequence[Words], columns: Columns, text: PageText) -> bool:
    """Whether lines below a rule are a note, or text: on the left, no row with figures in two columns, no rule below.

    In a table of three columns or less one figure beside a label makes a row; so do words that start several of them,
    lines that all fill each, and figures that stand lower or higher than the label beside them, as in cells set about
    their middle.
    """
    cuts = around(band, columns, text)
    words = columns.of(band[0][:1])[0] == 0 and not figures_of(band[0], columns)
    least = max(1, min(2, len(columns.spans) - 2))
    rows = any(columns.of([line[0]])[0] == 0 and len(figures_of(line, columns)) >= least for line in band)
    rows = rows or _starts_columns(band[0], columns) or all(is_full(line, columns) for line in band)
    rows = rows or any(overlaps(*pair) and _is_figured(pair[1], columns, least) for pair in pairwise(band))
    return words and not rows and not any(y > band[0][0].middle for y in cuts)


def _is_figured(line: Words, columns: Columns, least: int) -> bool:
    """Whether a line has figures in so many columns, or one and words in two others."""
    figures = figures_of(line, columns)
    return len(figures) >= least or (bool(figures) and len(pieces_in(line)) >= _STARTED)


def _starts_columns(line: Words, columns: Columns) -> bool:
    """Whether a line is several pieces, all but one of the columns or more, each of which starts where one does."""
    pieces = pieces_in(line)
    lefts = [left for left, _ in columns.spans]
    at = [any(abs(piece[0].x0 - left) < IN_LINE * piece[0].size for left in lefts) for piece in pieces]
    return len(pieces) >= max(2, min(_STARTED, len(columns.spans) - 1)) and all(at)


def _reaches(line: Words, columns: Columns) -> bool:
    """Whether a line is one piece from the left over several columns, or a mark and such a piece behind it."""
    left, pieces = columns.spans[0][0], pieces_in(line)
    marked = len(pieces) == 2 and len(pieces[0]) == 1 and is_mark(line[0].text)
    return (marked or (len(pieces) == 1 and line[0].x0 < left + line[0].size)) and crosses(line, columns)


def _is_closed(lines: Sequence[Words], text: PageText) -> bool:
    """Whether a last line looks like the one above, and a rule right below it reaches beyond it on both sides."""
    above, line = lines[-2:]
    near = 1.2 * line[0].size
    if abs(above[0].size - line[0].size) > 1 or line[0].top - above[0].bottom > near:
        return False
    return any(
        line[0].bottom - _NEAR < rule.top < line[0].bottom + near and rule.x0 < line[0].x0 and rule.x1 > line[-1].x1
        for rule in text.rules
    )


def _keeps_columns(lines: Sequence[Words]) -> bool:
    """Whether a first line of words that all but touch is one of a table."""
    near = lines[: WITHIN + 1]
    return keeps_columns(near, pieces_apart(near), 0)


def _is_spanner(lines: Sequence[Words], text: PageText) -> bool:
    """Whether a rule right below a first line reaches over it and not over most of the table: a heading's own.

    So does one that starts well behind the labels.
    """
    first, *rest = lines
    left, right = min(line[0].x0 for line in lines), max(line[-1].x1 for line in lines)
    below = rest[0][0].top if rest else text.height
    low, high = first[0].bottom - _NEAR, min(below, first[0].bottom + first[0].size) + _NEAR
    return any(
        low < rule.top < high
        and rule.x0 < first[0].x0 + _NEAR
        and rule.x1 > first[-1].x1 - _NEAR
        and (rule.x1 - rule.x0 < REACH * (right - left) or rule.x0 > left + _BEHIND * first[0].size)
        for rule in text.rules
    )


def _is_beside(line: Words, below: Words = ()) -> bool:
    """Whether a line of one piece and the next stand side by side: cells of a heading set about their middle."""
    if not below or len(pieces_in(below)) > 1:
        return False
    apart = max(line[0].x0, below[0].x0) > min(line[-1].x1, below[-1].x1)
    return apart and overlaps(line, below)


def _is_striped(lines: Sequence[Words], text: PageText) -> bool:
    """Whether a first line, not in bold, stands on grounds just as those of rows below it do: a row with one cell."""
    first, *rest = lines
    own = _grounds(first, text)
    rows = (line for line in rest if len(pieces_in(line)) > 1)
    return bool(own) and not any(word.bold for word in first) and any(_grounds(line, text) == own for line in rows)


def _grounds(line: Words, text: PageText) -> set[tuple[float, float, tuple[int, ...]]]:
    """From where to where the grounds at a line's height reach, and their colours."""
    level = (fill for fill in text.fills if fill.top < line[0].middle < fill.bottom)
    return {(fill.x0, fill.x1, fill.colour) for fill in level}


def _is_heading_part(lines: Sequence[Words]) -> bool:
    """Whether a first line of one piece tops a heading: close above, well to the right of where the table starts.

    A caption starts where the table does, stands in the middle of it, or above known headings from end to end. In
    the middle and in brackets, or in italics as no heading is and at the right edge, it says in what the figures count.
    """
    several = next((number for number, line in enumerate(lines) if len(pieces_in(line)) > 1), 0)
    if not several or any(_far(above, line) for above, line in pairwise(lines[: several + 1])):
        return False
    first, size = lines[0], lines[0][0].size
    headings = [text_of(piece) for piece in pieces_in(lines[several])]
    if all(map(is_known_heading, headings)) and not is_known_heading(text_of(first)):
        return False
    below = lines[several : several + _SEVERAL]
    left, right = min(line[0].x0 for line in below), max(line[-1].x1 for line in below)
    if is_slanting(first) and not any(map(is_slanting, lines[1 : several + 1])) and right - first[-1].x1 < size:
        return False
    in_the_middle = abs(left + right - first[0].x0 - first[-1].x1) < 2 * size
    in_brackets = (first[0].text[0] + first[-1].text[-1]) in ("()", "[]")
    below_it = first[0].x0 > lines[several][0].x0 + 4 * size and not in_brackets
    return first[0].x0 > left + 4 * size and (not in_the_middle or below_it)


def _far(above: Words, line: Words) -> bool:
    return line[0].top - above[0].bottom > 0.6 * line[0].size
