"""Rows of a table by its figures: where each line of figures has a label of its own, each is a row.

Lines without figures go on from the row above, begin the row below, or are rows of their own: headings of sections.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from extractors.grid import (
    counts_columns,
    counts_on,
    is_figure,
    is_known_heading,
    is_year,
    says_units,
    shape,
)
from extractors.pages.words import are_bold, text_of
from extractors.tables.columns import Columns, Words, ends_numbers, is_across, pieces_in
from extractors.tables.labels import is_coded, is_labelled, label_of, only_label
from extractors.tables.leading import CLOSER, distance, usual_gap
from extractors.tables.shared import begun, known_of, shared
from extractors.tables.values import count_parts, ends_amounts, is_value

# Words, not the letter of a mark behind a figure.
_WORDED = re.compile(r"[^\W\d_]{2}")
# The number of a row, and of what stands below it.
NUMBER = re.compile(r"^\d{1,3}(?:\.\d{1,3})+$")
# What stands for yes in a column of a table of words.
_MARKS = frozenset("Xx✓✔●■")
# Of the lines with figures so many have a label, and so many a figure in one and the same column.
_LABELLED = 0.8
_COMMON = 0.6
# Numbers that count rows have so many digits at most: years have more.
_DIGITS = 3
# So many lines of figures, each with its label, are rows whatever is drawn around them.
MANY = 3
# So is each line with so many figures, whatever stands before them.
FULL = 5
_Rows = list[list[Words]]


def by_values(lines: Sequence[Words], columns: Columns) -> tuple[list[Words], _Rows] | None:
    """The lines of the heading, and those of each row; None where lines of figures are not rows of their own.

    Where the first column only numbers the rows the second has their labels.
    """
    cut = _without_numbers(lines, columns)
    found = _by_values(cut, Columns(columns.spans[1:])) if cut else None
    if found is None:
        return _by_values(lines, columns)
    whole = {id(part): line for part, line in zip(cut, lines, strict=True)}
    head, rows = found
    return [whole[id(part)] for part in head], [[whole[id(part)] for part in row] for row in rows]


def are_many(rows: _Rows, columns: Columns) -> bool:
    """Whether so many rows have a value in one and the same column that they are rows whatever is drawn around them.

    The name of a section in the middle of the table is a row too.
    """
    values = ({at for line in row for at in _values(line, columns, is_value)} for row in rows)
    across = sum(len(row) == 1 and is_across(row[0], columns) for row in rows)
    return max(Counter(at for own in values for at in own).values(), default=0) + across >= MANY


def _without_numbers(lines: Sequence[Words], columns: Columns) -> list[Words]:
    """Lines without the numbers in the first column, where these count the rows; none where they do not.

    So are numbers of rows alone, `21.40`, where names of sections stand in the second column.
    """
    at = [number for number, line in enumerate(lines) if columns.of(line[:1]) == (0, 0)]
    texts = [lines[number][0].text for number in at]
    counted = counts_on(texts) and len(texts[-1]) <= _DIGITS
    if len(texts) < MANY or not (counted or _are_numbered(lines, at, columns)):
        return []
    alone = (len(lines[number]) > 1 and columns.of(lines[number][1:2])[0] > 0 for number in at)
    if len(columns.spans) < MANY or not all(alone):
        return []
    return [line[1:] if n in at else line for n, line in enumerate(lines)]


def _are_numbered(lines: Sequence[Words], at: Sequence[int], columns: Columns) -> bool:
    """Whether some lines, all with figures, open with a number with a stop, and one without ends in a colon."""
    numbered = all(NUMBER.match(lines[n][0].text) and _values(lines[n][1:], columns, is_value) for n in at)
    others = [line for n, line in enumerate(lines) if n not in at]
    return numbered and any(columns.of(line) == (1, 1) and line[-1].text.endswith(":") for line in others)


def _by_values(lines: Sequence[Words], columns: Columns) -> tuple[list[Words], _Rows] | None:
    if _is_one_row(lines, columns):
        return list(lines[:1]), [[lines[1]]]
    figured = {column for line in lines for column in _values(line, columns, is_figure)}
    values = [_values(line, columns, _is_valued) & figured for line in lines]
    values = values if figured else _marks(lines, columns)
    values = [found if found and not _ends_amounts(lines, n, columns) else set() for n, found in enumerate(values)]
    anchors = [number for number, found in enumerate(values) if found]
    while anchors and (
        _is_head(lines, anchors[0], columns)
        or _are_words(lines, anchors, values, columns)
        or _ends_heading(lines, anchors, columns)
    ):
        anchors.pop(0)
    anchors = _opening(lines, anchors, columns)
    if len(anchors) < 2 or not _are_rows(lines, anchors, values, columns):
        return None
    if _are_in_turn(lines, anchors, columns):
        return [], [list(lines[number - 1 : number + 1]) for number in anchors]
    known = known_of(lines, anchors, columns)
    rows: _Rows = []
    waiting: list[Words] = list(lines[: anchors[0]])
    above = waiting[: len(waiting) - begun(waiting, lines[anchors[0]], known)]
    across = _across(above, columns)
    head, waiting = above[: len(above) - len(across)], waiting[len(above) :]
    rows += [[line] for line in across]
    if len(head) > 1 and not waiting and not across and _is_chapter(head[-1], lines[anchors[0]]):
        rows.append([head.pop()])
    for number, anchor in enumerate(anchors):
        rows.append([*waiting, lines[anchor]])
        end = anchors[number + 1] if number + 1 < len(anchors) else len(lines)
        waiting = shared(rows, lines[anchor + 1 : end], lines[end] if end < len(lines) else None, known)
    opened = {id(lines[anchor]) for anchor in anchors}
    coded = sum(is_coded(row[0], columns) for row in rows if not any(id(line) in opened for line in row))
    return None if 2 * coded >= len(anchors) else (head, rows)


def _is_valued(text: str) -> bool:
    """Whether a text is a value, or the number of a paragraph among such: `3.4.1` above 3.5."""
    return is_value(text) or bool(NUMBER.match(text))


def _marks(lines: Sequence[Words], columns: Columns) -> list[set[int]]:
    """The first column of marks for each line that has one, whatever column it stands in: X says what a row has."""
    own = [[columns.of(piece)[0] for piece in pieces_in(line) if text_of(piece) in _MARKS] for line in lines]
    first = {min(at for marks in own for at in marks)} if any(own) else set()
    return [first if marks else set() for marks in own]


def _is_chapter(line: Words, anchor: Words) -> bool:
    """Whether a line opens with the number of a chapter that the first row is numbered under: `2` above 2.1."""
    number = line[0].text.rstrip(".")
    return number.isdigit() and anchor[0].text.startswith(f"{number}.")


def _are_in_turn(lines: Sequence[Words], anchors: Sequence[int], columns: Columns) -> bool:
    """Whether labels alone and lines of figures stand in turn from end to end: so are names in two languages."""
    turns = list(anchors) == list(range(1, len(lines), 2)) and len(lines) == 2 * len(anchors) >= 2 * MANY
    return turns and all(only_label(lines[n - 1], columns) and label_of(lines[n], columns) for n in anchors)


def _opening(lines: Sequence[Words], anchors: Sequence[int], columns: Columns) -> list[int]:
    """The lines of figures without those that go on in a row: nearer to the one above than rows are to each other.

    The key of such a row has several lines, and the text beside it goes on in small letters. Keys of two kinds may be
    of one row however far they stand apart.
    """
    gap = usual_gap(lines, anchors)
    own = set(anchors)
    behind = [n for n in own if n - 1 in own]
    near = {n for n in behind if distance(lines[n - 1], lines[n]) < gap - CLOSER * lines[n][0].size}
    near |= {n for n in behind if shape(lines[n - 1][0].text) != shape(lines[n][0].text)}
    return [n for n in anchors if n not in near or not _reads_on(lines[n - 1], lines[n], columns)]


def _ends_amounts(lines: Sequence[Words], number: int, columns: Columns) -> bool:
    """Whether a line has nothing but the last digits of amounts that break off above."""
    above, own = ({columns.of(p): text_of(p) for p in pieces_in(line)} for line in (lines[number - 1], lines[number]))
    return number > 0 and ends_amounts(above, own)


def _reads_on(above: Words, line: Words, columns: Columns) -> bool:
    """Whether both of two lines start with a code, beside which the text of the first goes on in the second."""
    upper, lower = ({columns.of(piece): piece for piece in pieces_in(each)} for each in (above, line))
    coded = all((0, 0) in own and any(map(str.isdigit, own[0, 0][0].text)) for own in (upper, lower))
    beside = [(upper[at], lower[at]) for at in upper.keys() & lower.keys() if at[0] == 1]
    return coded and any(below[0].text[0].islower() and text_of(own)[-1] not in ".:;" for own, below in beside)


def _is_one_row(lines: Sequence[Words], columns: Columns) -> bool:
    """Whether a line of known headings, or of years, stands over one of values in its columns, or of a label too."""
    if len(lines) != 2:
        return False
    above, below = ({columns.of(piece): text_of(piece) for piece in pieces_in(line)} for line in lines)
    known = all(is_known_heading(text) or is_year(text) for text in above.values())
    beside = {column: text for column, text in below.items() if column in above or column != (0, 0)}
    return len(above) > 1 and above.keys() == beside.keys() and known and all(map(is_value, beside.values()))


def _values(line: Words, columns: Columns, is_one: Callable[[str], bool]) -> set[int]:
    """The columns in which a line has a value; the first only where it is in pounds, for numbers count rows there.

    What stands beside words of the same column is of a sentence that is set out to both edges.
    """
    found = [(columns.of(piece)[0], text_of(piece)) for piece in pieces_in(line)]
    worded = {column for column, text in found if _WORDED.search(text) and not is_value(text)}
    return {column for column, text in found if is_one(text) and (column or "£" in text)} - worded


def _is_head(lines: Sequence[Words], number: int, columns: Columns) -> bool:
    """Whether a line is one of a heading, or ends years that the line above begins."""
    return heads(lines[number], columns) or ends_numbers(lines[number], lines[number - 1] if number else ())


def heads(line: Words, columns: Columns) -> bool:
    """Whether a line has years only, numbers the columns or says in what they count, and has no other figure."""
    texts = [text_of(piece) for piece in pieces_in(line)]
    if counts_columns(texts) or (not label_of(line, columns) and says_units(texts)):
        return True
    own = [text_of(piece) for piece in pieces_in(line) if columns.of(piece)[0]]
    if len(own) >= MANY and says_units(own) and any(map(str.isalpha, own)):
        return True  # `Area, 1,000, Percent`: no row has words alone for a figure.
    return any(map(is_year, own)) and all(is_year(text) or not is_figure(text) for text in own)


def _are_words(lines: Sequence[Words], anchors: Sequence[int], values: Sequence[set[int]], columns: Columns) -> bool:
    """Whether the first line with a value has words where most others have values, in half of these columns or more.

    A heading may hold a number: `rate per 10,000`.
    """
    below = Counter(column for number in anchors[1:] for column in values[number])
    usual = {column for column, count in below.items() if count >= _COMMON * (len(anchors) - 1)}
    own = {columns.of(piece)[0] for piece in pieces_in(lines[anchors[0]])} & usual
    words = own - values[anchors[0]]
    return len(anchors) > MANY and len(words) > 1 and 2 * len(words) >= len(own)


def _ends_heading(lines: Sequence[Words], anchors: Sequence[int], columns: Columns) -> bool:
    """Whether the first line with a value has no label and is in bold from the top on, as no line below it is.

    So `2017 - 18` may be divided in a heading.
    """
    first = anchors[0]
    above = all(map(are_bold, lines[: first + 1])) and not any(lines[n][0].bold for n in anchors[1:])
    return first > 0 and above and not label_of(lines[first], columns)


def _are_rows(lines: Sequence[Words], anchors: Sequence[int], values: Sequence[set[int]], columns: Columns) -> bool:
    """Whether most lines of figures have a label and a figure in one and the same column, and none counts parts."""
    kept = [number for number in anchors if not _is_below_figures(lines, number, columns)]
    own = [lines[number] for number in kept]
    first = min(min(values[number]) for number in anchors)
    grouped = _are_grouped(lines[anchors[0] : anchors[-1] + 1], own, first, columns)
    told = grouped or all(len(values[number]) >= FULL for number in anchors)
    labelled = len(own) if told else sum(is_labelled(lines, number, columns) for number in kept)
    common = Counter(column for number in anchors for column in values[number]).most_common(1)[0][1]
    beside = [piece for line in own for piece in pieces_in(line) if columns.of(piece)[0]]
    return labelled >= _LABELLED * len(own) and common >= _COMMON * len(own) and not count_parts(beside)


def _is_below_figures(lines: Sequence[Words], number: int, columns: Columns) -> bool:
    """Whether a line is figures in brackets below figures, without a label: errors of what stands above."""
    pieces = [text_of(piece) for piece in pieces_in(lines[number])]
    bare = number > 0 and not label_of(lines[number], columns) and bool(_values(lines[number - 1], columns, is_value))
    return bare and all(text[0] in "([" and text[-1] in ")]" and is_value(text) for text in pieces)


def _are_grouped(lines: Sequence[Words], own: Sequence[Words], first: int, columns: Columns) -> bool:
    """Whether labels stand in a second column, before the first of values: all with figures beside, none going on.

    What stands in the first column then names groups of rows.
    """
    named = [line for line in lines for piece in pieces_in(line) if columns.of(piece) == (first - 1, first - 1)]
    words = [piece for line in own for piece in pieces_in(line) if columns.of(piece) == (first - 1, first - 1)]
    whole = all(piece[0].text[0].isupper() or piece[0].text[0].isdigit() for piece in words)
    return first > 1 and len(own) >= MANY and len(words) == len(named) == len(own) and whole


def _across(head: Sequence[Words], columns: Columns) -> Sequence[Words]:
    """The last lines of a heading from one on that stands in the middle of the whole table: each names rows below it.

    Below that one names may stand in the column of labels.
    """
    start = len(head)
    while start and (is_across(head[start - 1], columns) or only_label(head[start - 1], columns)):
        start -= 1
    start = next((n for n in range(start, len(head)) if is_across(head[n], columns)), len(head))
    return head[start:] if any(len(pieces_in(line)) > 1 for line in head[:start]) else ()
