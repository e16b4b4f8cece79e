"""Lines of a typed page as rows: from key to key, between blank lines, or each with its figure."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extractors.grid import is_figure, is_mark, is_title, shape
from extractors.pages.words import Word, text_of
from extractors.stitch import says_total
from extractors.tables.columns import Columns, Words, figures_of, pieces_in
from schemas.vocabulary import fold, no_amounts

# A character is so wide, and a line so high and so far from the next: one blank divides words, two divide columns.
WIDE, HIGH, PITCH = 4.0, 10.0, 11.0
# What a word gives up of its width where one blank alone divides it from the next column.
GIVEN = 1.5
# What stands so often on a page counts.
LEAST = 2
# A cell of up to so many words may be pushed so many characters out of its column by the one before it.
_PHRASE, _PUSHED = 4, 8
_YEAR = re.compile(r"^(?:19|20)\d\d$")


def is_amount(text: str) -> bool:
    """Whether a text is a figure, and no year that a heading may break off."""
    return is_figure(text) and not _YEAR.match(text)


def rows_of(lines: Sequence[Words], columns: Columns, heading: Sequence[str] = ()) -> list[list[Words]]:
    """Lines as rows: from key to key; else what blank lines divide; else a line with a figure and what goes on.

    `heading` has the words of the heading of the page before, sorted: where they come again, rows start below them.
    """
    lines = _completed(lines, columns)
    top = next((i for i, line in enumerate(lines) if _is_figured(line, columns)), 0)
    lines = [*(_cut(line, columns, alone=True) for line in lines[:top]), *lines[top:]]
    first = next((i for i, line in enumerate(lines) if _is_figured(line, columns)), len(lines))
    if 1 < first < len(lines) and _is_chapter(lines[first - 1], lines[first:], columns):
        first -= 1
    again = _repeated(lines, heading)
    key = _key(lines[first:], columns)
    if again:
        first = max(first, again)
        tail = list(lines[again:first]) if not key else []
        rows, body = [list(lines[:again]), *([tail] if tail else [])], lines[again if key else first :]
    else:
        keyed = (i for i, line in enumerate(lines[:first]) if key and _starts_with(line, columns, key))
        first = next(keyed, first)
        rows, body = _heading_rows(lines[:first], columns), lines[first:]
    if key:
        return rows + _by_key(body, columns, key)
    groups = _by_gap(body)
    counts = [sum(_is_figured(line, columns) for line in group) for group in groups]
    if max(counts, default=0) < 2 and sum(len(group) > 1 for group in groups) > 1:
        return rows + groups
    return rows + [row for group in groups for row in _by_figure(group, columns)]


def _completed(lines: Sequence[Words], columns: Columns) -> list[Words]:
    """Lines in which one blank divides a cell from the next one's, which stands too far left: put in its column.

    That is told where the next column has nothing else on the line, and its other cells say the same, or are figures
    as this is.
    """
    said = [Counter[str]() for _ in columns.spans]
    for line in lines:
        for piece in pieces_in(line):
            said[columns.of(piece)[0]][text_of(piece)] += 1
    return [_complete(line, columns, said) for line in lines]


def _complete(line: Words, columns: Columns, said: Sequence[Counter[str]]) -> Words:
    line = _cut(line, columns)
    pieces = pieces_in(line)
    filled = {columns.of(piece)[0] for piece in pieces}
    done = list(line)
    for piece in pieces:
        column = columns.of(piece)[0] + 1
        if column >= len(said) or column in filled or len(pieces) < 2:
            continue
        figures = sum(count for text, count in said[column].items() if is_figure(text))
        for size in range(min(_PHRASE, len(piece) - 1), 0, -1):
            tail = piece[-size:]
            text = text_of(tail)
            same = said[column][text] >= LEAST or (is_figure(text) and figures * 2 > said[column].total())
            if same and columns.spans[column][0] - tail[0].x0 <= _PUSHED * WIDE:
                at = next(i for i, word in enumerate(done) if word is tail[0])
                done[at : at + size] = _moved(tail, columns.spans[column][0])
                break
    return done


def _cut(line: Words, columns: Columns, *, alone: bool = False) -> Words:
    """A line whose pieces that reach into two columns are cut where a blank stands in the gap between these."""
    pieces = pieces_in(line)
    named = says_total(text_of(pieces[0])) or columns.of(pieces[0])[0] == 0
    if len(pieces) < 2 and (named or not alone):
        return line
    done: list[Word] = []
    for piece in pieces:
        last = 0 if piece is pieces[0] and named and columns.of(piece)[0] == 0 else columns.of(piece)[1]
        cuts = [
            i
            for i, (before, word) in enumerate(pairwise(piece))
            for left, right in pairwise(columns.spans[: last + 1])
            if before.x0 < left[1] <= word.x0 and before.x1 <= right[0] < piece[-1].x1
        ]
        done += [word._replace(x1=word.x1 - GIVEN) if i in cuts else word for i, word in enumerate(piece)]
    return done


def _moved(words: Words, left: float) -> list[Word]:
    by = max(0.0, left - words[0].x0)
    return [word._replace(x0=word.x0 + by, x1=word.x1 + by) for word in words]


def _heading_rows(head: Sequence[Words], columns: Columns) -> list[list[Words]]:
    """The lines above the first figure: the heading, and rows of their own for what names the rows below it."""
    groups = _by_gap(head)
    rows = groups[:1]
    for line in (line for group in groups[1:] for line in group):
        alone = len(pieces_in(line)) == 1
        rows.append([line]) if alone else rows[-1].append(line)
    if rows and len(rows) == 1 and len(rows[0]) > 1 and _is_capitals(rows[0][-1], columns):
        rows = [rows[0][:-1], rows[0][-1:]]
    return rows


def _is_capitals(line: Words, columns: Columns) -> bool:
    text = _label(line, columns)
    return len(pieces_in(line)) == 1 and text.isupper() and len(text) > 1


def _by_gap(lines: Sequence[Words]) -> list[list[Words]]:
    """Lines in groups that blank lines divide."""
    groups: list[list[Words]] = []
    for line in lines:
        if not groups or line[0].top - groups[-1][-1][0].bottom > HIGH / 2:
            groups.append([])
        groups[-1].append(line)
    return groups


def _repeated(lines: Sequence[Words], heading: Sequence[str]) -> int:
    """How many of the first lines print a heading again."""
    words: list[str] = []
    for number, line in enumerate(lines, 1):
        words += [word.text for word in line]
        if len(words) >= len(heading):
            return number if heading and sorted(words) == list(heading) else 0
    return 0


def _key(body: Sequence[Words], columns: Columns) -> str:
    """The shape of the keys that rows start with; blank where they do not."""
    words = [label.split()[0] for line in body if (label := _label(line, columns))]
    shapes = [shape(word) for word in words if any(map(str.isdigit, word)) and not is_figure(word)]
    keyed = len(shapes) > 1 and shapes[0] == shape(words[0]) and shapes.count(shapes[0]) > 1
    return shapes[0] if keyed else ""


def _starts_with(line: Words, columns: Columns, key: str) -> bool:
    return shape(_label(line, columns)) == key


def _by_key(body: Sequence[Words], columns: Columns, key: str) -> list[list[Words]]:
    """Rows from key to key; a further key in a row's first cell is told by words that go on beside it."""
    rows: list[list[Words]] = []
    for line in body:
        if not rows or _opens(line, rows[-1], columns, key):
            rows.append([])
        rows[-1].append(line)
    return rows


def _opens(line: Words, row: Sequence[Words], columns: Columns, key: str) -> bool:
    """Whether a line opens a row: with a key, as a total, or as a name below a total, which has no key."""
    if _starts_with(line, columns, key):
        return not _is_further(line, row, columns, key)
    label = _label(line, columns)
    if label and any(map(str.isdigit, label.split()[0])) and _is_whole(line, row, columns):
        return True
    named = bool(label) and label[0].isupper() and not any(map(str.isdigit, label.split()[0]))
    if _is_figured(line, columns):
        return named or says_total(text_of(pieces_in(line)[0]))
    return named and len(pieces_in(line)) == 1 and not _starts_with(row[0], columns, key)


def _is_whole(line: Words, row: Sequence[Words], columns: Columns) -> bool:
    """Whether a line with a code of another make is a row: words beside it start one, its amounts have no letters."""
    pieces = [piece for piece in pieces_in(line) if columns.of(piece)[0]]
    lettered = any(is_mark(piece[0].text) for piece in pieces if len(piece) > 1)
    whole = bool(_amounts(line, columns)) and _amounts(row[0], columns) <= _amounts(line, columns)
    return whole and not lettered and pieces[0][0].text[0].isupper() and not is_figure(pieces[0][0].text)


def _is_further(line: Words, row: Sequence[Words], columns: Columns, key: str) -> bool:
    """Whether a line's key is a further one of the row above: the words beside it go on, or it has none and no row.

    Right below a key a line without a figure of its own goes on too.
    """
    beside = next((piece[0].text for piece in pieces_in(line) if columns.of(piece)[0] == 1), "")
    if not beside or beside[0].islower() or is_figure(beside):
        return True
    return (
        len(row) == 1
        and _starts_with(row[0], columns, key)
        and not _amounts(row[0], columns) <= _amounts(line, columns)
    )


def _amounts(line: Words, columns: Columns) -> set[int]:
    """The columns but the first in which a line has a figure or a word that stands in the place of one."""
    said = ((columns.of(piece)[0], text_of(piece)) for piece in pieces_in(line))
    return {column for column, text in said if column and (is_amount(text) or fold(text) in no_amounts())}


def _by_figure(group: Sequence[Words], columns: Columns) -> list[list[Words]]:
    """Lines that stand close, as rows: one for each line that has a figure of its own."""
    rows: list[list[Words]] = []
    waiting: list[list[Words]] = []
    for line in group:
        if _is_figured(line, columns) and (waiting or not rows or not _is_stacked(line, columns)):
            joins = bool(waiting) and _label(line, columns)[:1].islower()
            rows += [[*(each for own in waiting for each in own), line]] if joins else [*waiting, [line]]
            waiting = []
        elif not rows or waiting or _is_row(line, group, columns):
            waiting.append([*_beginning(line, rows, columns), line])
        else:
            rows[-1].append(line)
    return [*rows, *waiting]


def _beginning(line: Words, rows: Sequence[list[Words]], columns: Columns) -> list[Words]:
    """The lines taken back from the row above that a section's name begins with, which goes on in lower case."""
    taken: list[Words] = []
    while line[-1].text.endswith(":") and rows and len(rows[-1]) > 1:
        begun = (taken or [line])[0]
        above = rows[-1][-1]
        if not _label(begun, columns)[:1].islower() or {columns.of(piece)[0] for piece in pieces_in(above)} != {0}:
            break
        taken.insert(0, rows[-1].pop())
    return taken


def _is_row(line: Words, group: Sequence[Words], columns: Columns) -> bool:
    """Whether a line without a figure is a row: a name in capitals, or words in every column that others have.

    Words go on from the line above where its cell had no room for the first of them.
    """
    filled = {columns.of(piece)[0] for piece in pieces_in(line)}
    usual = [
        {columns.of(piece)[0] for piece in pieces_in(each)} - figures_of(each, columns)
        for each in group
        if _is_figured(each, columns)
    ]
    whole = len(filled) > 1 and all(others <= filled for others in usual)
    opens = all(piece[0].text[0].isupper() or piece[0].text[0].isdigit() for piece in pieces_in(line))
    named = len(pieces_in(line)) == 1 and filled == {0} and line[-1].text.endswith(":")
    named = named or _is_title(line, group, columns) or _is_chapter(line, group, columns)
    return _is_capitals(line, columns) or named or (whole and opens and _had_room(line, group, columns))


def _is_chapter(line: Words, group: Sequence[Words], columns: Columns) -> bool:
    """Whether a line opens with the number of a chapter that other lines are numbered under: `2` beside 2.1."""
    number = _label(line, columns).rstrip(".")
    others = (_label(each, columns) for each in group if each is not line)
    return number.isdigit() and any(other.startswith(f"{number}.") for other in others)


def _is_title(line: Words, group: Sequence[Words], columns: Columns) -> bool:
    """Whether a line is one piece in capitals, in whatever column, and goes on from none such above it."""
    pieces, at = pieces_in(line), [words is line for words in group].index(True)
    above = pieces_in(group[at - 1]) if at else []
    same = [text_of(piece) for piece in above if columns.of(piece)[0] == columns.of(pieces[0])[0]]
    return len(pieces) == 1 and is_title(text_of(line), "".join(same))


def _had_room(line: Words, group: Sequence[Words], columns: Columns) -> bool:
    """Whether the first word of a line would have fitted behind the words above it in the first column."""
    above = [each for each in group if each[0].top < line[0].top][-1:]
    ends = [piece[-1].x1 for each in above for piece in pieces_in(each) if columns.of(piece)[0] == 0]
    return bool(ends) and ends[0] + WIDE + line[0].x1 - line[0].x0 < columns.spans[0][1]


def _is_stacked(line: Words, columns: Columns) -> bool:
    """Whether a line's figures stand below others without a name: they are parts of the row above."""
    first = columns.of([line[0]])[0]
    return first > 0 and first in figures_of(line, columns)


def _is_figured(line: Words, columns: Columns) -> bool:
    """Whether a line has a figure beside its label, or a word that stands in the place of one."""
    texts = [text_of(piece) for piece in pieces_in(line) if columns.of(piece)[0]]
    nothing = len(texts) > 1 and bool(_label(line, columns))
    return any(is_amount(text) or (nothing and _says_none(text)) for text in texts)


def _says_none(text: str) -> bool:
    """Whether words stand in the place of an amount, with a pound sign or a note's mark or without."""
    return fold(text.strip("£*†‡ ")) in no_amounts()


def _label(line: Words, columns: Columns) -> str:
    """The words of a line in the first column."""
    return " ".join(w.text for piece in pieces_in(line) if columns.of(piece)[0] == 0 for w in piece)
