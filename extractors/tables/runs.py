"""Lines that stand together and may be a table: runs with no running text, no table and no caption between."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise, takewhile
from statistics import median

from extractors.grid import is_figure, is_mark, is_year
from extractors.pages.captions import NAMED
from extractors.pages.words import Word, are_bold, pieces_of, text_of
from extractors.tables.columns import Words, pieces_in
from extractors.tables.leading import CLOSE, overlaps
from extractors.tables.paragraphs import LARGER, is_furniture
from extractors.tables.ruled import PageTable
from extractors.tables.values import is_value

_NEAR = 3.0
# A blank in running text may be this wide, in heights of its words, where lines are set to full width.
_BLANK = 0.95
# A line of one piece that reaches over this share of its part of the page is running text.
_WIDE = 0.78
# Lines further apart than this many line heights are not of one table.
_FAR = 4.5
# A list stands apart from the rows above it by more than this many line heights.
_APART = 0.8
# Lines set to one width are running text where they have so many words and are so many heights long.
_WORDS, _LONG = 5, 20.0
# A title stands alone between tables: so many heights from both, and so many behind the left edge of the first.
_ALONE, _BEHIND = 1.2, 4.0
# A line keeps to the columns of the nearest line of so many pieces, if one stands within so many lines of it: its first
# word starts where one of those pieces does, or words start with so many and with half of them, within this share of
# their height.
_COLUMNS, WITHIN, _KEPT, _MOST, _IN_LINE = 3, 12, 2, 0.5, 0.08
# The widest blank of a line is so many times as wide as the next.
_BY_FAR = 2.0
# Rows are as far from each other as others are if by less than so many times.
_EVENLY = 1.1
# What stands at the foot of a page is so many times as far from a table as its lines from one another.
_FOOT = 1.5
# What is named and numbered above or below it, and what follows a table: each starts something new.
_NUMBERED = re.compile(NAMED.pattern + r"[\w.:-]{0,5}$", re.IGNORECASE)
_CHAPTER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.? [^\W\d_][^\d£$%]*$")
_MARK = re.compile(r"^(?:[*†‡§]{1,3}|-{2,3})$")
_NOTES = re.compile(r"^(?:sources?|notes?)\s?:", re.IGNORECASE)


def runs(lines: Sequence[Words], taken: Sequence[PageTable], height: float) -> Iterator[list[Words]]:
    """Lines of a part of a page that stand together, with no running text, no caption and no table between.

    `height` is the page's, in points.
    """
    run: list[Words] = []
    following: list[Words] = [*lines[1:], ()]
    for line, below, is_prose in zip(lines, following, _prose(lines), strict=True):
        held = any(table.holds(line, _NEAR) for table in taken)
        far = bool(run) and (_is_far(run[-1], line) or _is_running_title(run, line, height))
        if is_prose or far or held or _is_caption(run, line, below):
            yield from _without_list(run)
            run = []
        if not is_prose and not held and not _is_title(line):
            run.append(line)
    yield from _without_list(run)


def _without_list(run: list[Words]) -> Iterator[list[Words]]:
    """A run, and by itself a list that ends it well apart from it: lines of one or two pieces, below rows of more."""
    gaps = [line[0].top - above[0].bottom for above, line in pairwise(run)]
    at = next((n for n in range(len(run) - 1, 0, -1) if gaps[n - 1] > _APART * run[n][0].size), 0)
    if at and len(run) - at > 1 and gaps[at - 1] > 2 * median(gaps) and _is_list(run[:at], run[at:]):
        yield run[:at]
        run = run[at:]
    yield run


def _is_list(above: Sequence[Words], lines: Sequence[Words]) -> bool:
    """Whether lines have one or two pieces each, and those above most often more than three.

    Lines that all start behind the first column go on in a cell.
    """
    pieces = [pieces_in(line) for line in above]
    second = min(own[1][0].x0 for own in pieces if len(own) > 1) if max(map(len, pieces)) > 1 else 0.0
    first = min(line[0].x0 for line in lines) < second
    return first and max(len(pieces_in(line)) for line in lines) < 3 < median(map(len, pieces))


def _is_far(above: Words, line: Words) -> bool:
    return line[0].top - above[0].bottom > _FAR * line[0].size


def _is_running_title(run: Sequence[Words], line: Words, height: float) -> bool:
    """Whether a run is one line so far, or the next is one, that stands where running titles do and apart.

    One at the foot is further from the last line than any two of the run are. A text paper has no foot.
    """
    gap = line[0].top - run[-1][0].bottom
    if len(run) == 1 and is_furniture(run[0], height):
        return gap > line[0].size
    if line[0].own or line[0].middle < height / 2 or not is_furniture(line, height):
        return False
    return gap > max([line[0].size, *(_FOOT * (below[0].top - above[0].bottom) for above, below in pairwise(run))])


def _is_title(line: Words) -> bool:
    """Whether a line opens with the number of a table or figure and has no figure: its title."""
    numbered = _NUMBERED.match(text_of(line[:2]))
    return bool(numbered) and not any(is_figure(word.text) and not is_year(word.text) for word in line[2:])


def _is_caption(run: Sequence[Words], line: Words, below: Words) -> bool:
    """Whether a line starts something new: it names a table or figure by number, or stands in larger or other type.

    So does a line that explains a mark below a table, on its left. Type counts for a line of one piece, a numbered one,
    or text in columns, well below the lines before, and not where it opens the row of the next line.
    """
    if NAMED.match(text_of(line[:2])) or _NOTES.match(text_of(line[:2])):
        return True
    chapter = bool(run) and bool(_CHAPTER.match(text_of(line)))
    if chapter and _is_well_below(run, line):
        return True
    if not run or len(pieces_in(line)) > 1:
        return bool(run) and (chapter or _is_abreast(line)) and _is_larger(run, line)
    if _MARK.match(line[0].text) and len(line) > 1 and line[0].x0 < min(each[0].x0 for each in run) + _NEAR:
        return True
    gap = (line[0].top - run[-1][0].bottom) / line[0].size
    if gap > _ALONE and _is_over_heading(run, line, below):
        return True
    other = line[0].bold != run[-1][0].bold and gap > 1.3 and not _is_spaced(run, line)
    kept = other and (_is_headed(run, line) or _opens_row(line, below) or _is_in_column(run, line))
    return (_is_larger(run, line) or (other and not kept)) and not _is_followed(run, below)


def _is_well_below(run: Sequence[Words], line: Words) -> bool:
    """Whether a line stands alone below a run with figures, by far further from it than any two of its lines."""
    gaps = [below[0].top - above[0].bottom for above, below in pairwise(run)]
    gap = line[0].top - run[-1][0].bottom
    return gap > max(_ALONE * line[0].size, *(_FOOT * each for each in gaps), 0.0) and any(map(_has_figure, run))


def _is_over_heading(run: Sequence[Words], line: Words, below: Words) -> bool:
    """Whether a line without figures stands alone well behind a run's left edge, over headings of several columns.

    A run that has figures ends above it: the name of a section stands over figures.
    """
    behind = line[0].x0 > min(each[0].x0 for each in run) + _BEHIND * line[0].size
    alone = bool(below) and below[0].top - line[0].bottom > _ALONE * line[0].size
    headed = alone and len(pieces_in(below)) > 1 and not any(map(_has_figure, (line, below)))
    return behind and headed and any(map(_has_figure, run))


def _is_abreast(line: Words) -> bool:
    """Whether a line is two long pieces, as text in two columns is."""
    pieces = pieces_in(line)
    return len(pieces) == 2 and all(own[-1].x1 - own[0].x0 >= _LONG * own[0].size for own in pieces)


def _is_larger(run: Sequence[Words], line: Words) -> bool:
    """Whether a line stands well below a run and is set in larger type than its lines and the last of them."""
    above = run[-1][0]
    sizes = [each[0].size for each in run if len(pieces_in(each)) > 1] or [each[0].size for each in run]
    return line[0].size > LARGER * max(median(sizes), above.size) and line[0].top - above.bottom > line[0].size


def _is_followed(run: Sequence[Words], below: Words) -> bool:
    """Whether a line has as many values as the last one of a run with some, and in its columns: they are its rows.

    A new table has a heading first. What is printed between names a section, also below headings, one for each value.
    """
    if not any(map(_has_figure, run)):
        return len(pieces_in(run[-1])) == len(_values(below)) >= _COLUMNS
    above = next((own for own in map(_values, reversed(run)) if own), [])
    figures = _values(below)
    return len(figures) == len(above) >= _KEPT and all(
        a[0].x0 < b[-1].x1 and b[0].x0 < a[-1].x1 for a, b in zip(above, figures, strict=True)
    )


def _values(line: Words) -> list[list[Word]]:
    """The pieces of a line that are figures and no years, or stand for one; none where no piece is a figure."""
    texts = [(piece, text_of(piece)) for piece in pieces_in(line)] if line else []
    found = [piece for piece, text in texts if is_value(text) and not is_year(text)]
    return found if any(is_figure(text) and not is_year(text) for _, text in texts) else []


def _is_in_column(run: Sequence[Words], line: Words) -> bool:
    """Whether a line starts where cells behind the first column do: the first of a row set about its middle."""
    near = _IN_LINE * line[0].size
    starts = [piece[0].x0 for each in run for piece in pieces_in(each)]
    return line[0].x0 > min(starts) + near and sum(abs(x - line[0].x0) < near for x in starts) >= _KEPT


def _opens_row(line: Words, below: Words) -> bool:
    """Whether a line opens a row set about its middle: the next is beside it, or right below and a total in bold."""
    if not below or below[0].top - line[0].bottom > CLOSE * line[0].size:
        return False
    if overlaps(line, below):
        return True
    return are_bold(below) and bool(_values(below))


def _is_spaced(run: Sequence[Words], line: Words) -> bool:
    """Whether several rows of a run that turn to bold or back are as far from each other as a line is from the last."""
    gaps = [b[0].top - a[0].bottom for a, b in pairwise(run) if a[0].bold != b[0].bold and len(pieces_in(b)) > 1]
    return len(gaps) > 1 and line[0].top - run[-1][0].bottom < _EVENLY * max(gaps)


def _is_headed(run: Sequence[Words], line: Words) -> bool:
    """Whether a run ends in headings of columns in bold, and a line that is not opens their table: a section's name.

    What has a figure above is a table, and ends in a total.
    """
    heading = list(takewhile(are_bold, reversed(run)))
    several = any(len(pieces_in(own)) > 1 for own in heading)
    return several and not line[0].bold and not any(map(_has_figure, run))


def _has_figure(line: Words) -> bool:
    return any(is_figure(text_of(piece)) for piece in pieces_in(line))


def _prose(lines: Sequence[Words]) -> list[bool]:
    """Which lines are running text: wide ones of one piece, and what goes on from such a line close below."""
    if not lines:
        return []
    left, right = min(line[0].x0 for line in lines), max(line[-1].x1 for line in lines)
    said: list[bool] = []
    apart = pieces_apart(lines)
    for index, line in enumerate(lines):
        own = apart[index]
        marked = len(own) == 2 and len(own[0]) == 1 and is_mark(own[0][0].text)
        pieces = own[1:] if marked else own
        alone = len(pieces) == 1
        wide = pieces[0][-1].x1 - pieces[0][0].x0 >= _WIDE * (right - left)
        after = index > 0 and said[-1] and _goes_on(lines[index - 1], pieces[0])
        prose = alone and (wide or after or _is_set_full(lines, index, pieces[0]))
        said.append(prose and not _counts(line) and not keeps_columns(lines, apart, index))
    # A line of running text with a wide blank in it is running text still.
    return [
        is_prose or (0 < i < len(said) - 1 and said[i - 1] and said[i + 1] and _goes_on(lines[i - 1], lines[i]))
        for i, is_prose in enumerate(said)
    ]


def _is_set_full(lines: Sequence[Words], index: int, piece: Words) -> bool:
    """Whether a long line starts and ends just where the line above or below does, as text set to full width."""
    if len(piece) < _WORDS or piece[-1].x1 - piece[0].x0 < _LONG * piece[0].size:
        return False
    beside = [lines[number] for number in (index - 1, index + 1) if 0 <= number < len(lines)]
    near = [line for line in beside if abs(line[0].top - piece[0].top) < 2.5 * piece[0].size]
    same = [line for line in near if abs(line[0].x0 - piece[0].x0) < 1 and abs(line[-1].x1 - piece[-1].x1) < 1]
    return any(len(pieces_of(line, _BLANK * line[0].size)) == 1 and not _counts(line) for line in same)


def pieces_apart(lines: Sequence[Words]) -> list[list[list[Word]]]:
    """The pieces of each line that blanks wider than those of running text divide."""
    return [pieces_of(line, _BLANK * line[0].size) for line in lines]


def keeps_columns(lines: Sequence[Words], apart: Sequence[Sequence[Words]], index: int) -> bool:
    """Whether a line of words that all but touch is one of a table: they start where pieces of a line near it do.

    `apart` has the pieces of each line. Those of a text paper start in line by chance.
    """
    line = lines[index]
    if line[0].own:
        return False
    near = range(max(0, index - WITHIN), min(len(lines), index + WITHIN))
    parted = [number for number in near if len(apart[number]) >= _COLUMNS]
    if not parted:
        return False
    nearest = apart[min(parted, key=lambda number: abs(number - index))]
    starts = [piece[0].x0 for piece in nearest[1:]]
    kept = {x for x in starts if any(abs(word.x0 - x) < _IN_LINE * word.size for word in line)}
    first = any(abs(line[0].x0 - x) < _IN_LINE * line[0].size for x in kept)
    # A line of running text that starts further left than all of them may have two such words by chance.
    further = line[0].x0 < min(apart[number][0][0].x0 for number in parted) - _NEAR
    return first or len(kept) >= max(_KEPT + further, _MOST * len(starts)) or _is_parted_at(line, kept)


def _is_parted_at(line: Words, starts: Collection[float]) -> bool:
    """Whether the widest blank of a line, by far, is before a word at one of some places."""
    if len(line) < _KEPT + 1 or not starts:
        return False
    *_, second, (widest, at) = sorted((b.x0 - a.x1, b.x0) for a, b in pairwise(line))
    return widest > _BY_FAR * second[0] > 0 and any(abs(at - x) < _IN_LINE * line[0].size for x in starts)


def _counts(line: Words) -> bool:
    """Whether a line is figures for the most part, and no text however near they stand."""
    figures = sum([is_figure(word.text) for word in line])
    return figures > 1 and figures * 2 >= len(line) - 1


def _goes_on(above: Words, piece: Words) -> bool:
    close = piece[0].top - above[0].bottom < CLOSE * piece[0].size
    return close and any(abs(word.x0 - piece[0].x0) < _NEAR for word in above[:2])
