"""Text whose columns line up as on a typed page: characters in a grid, looked at as the words of a PDF page are.

A character is a box of one width and a line of one height, so what finds columns on pages finds them here. A word
keeps its place in the text, and with it everything that is made of it.
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.chains import Chain, chained
from extractors.columns import Columns, Words, figures_of, pieces_in
from extractors.grid import Claim, is_figure, shape
from extractors.lines import Source, clean_slice, words_of
from extractors.page import PageText
from extractors.paragraphs import paragraphs_of
from extractors.unruled import find_unruled
from extractors.words import Word
from schemas.records import Glyphs, Line
from schemas.vocabulary import fold, no_amounts

# A character is so wide, and a line so high and so far from the next: one blank divides words, two divide columns.
_WIDE, _HIGH, _PITCH = 4.0, 10.0, 11.0
# What a word gives up of its width where one blank alone divides it from the next column.
_GIVEN = 1.5
_GAP = re.compile(r"\S {2,}(?=\S)")
# A column starts or ends where so many lines of a page have two blanks before it or a figure behind it.
_LEAST = 2


def claims_of(lines: Sequence[Source]) -> list[Claim]:
    """The tables of a text whose columns are divided by blanks, each over all its pages."""
    chains: list[Chain] = []
    for number, page in enumerate(_pages(lines), 1):
        if sum(bool(_GAP.search(source.text)) for source in page) < _LEAST:
            continue
        text = _page(page, number)
        before = chains[-1].last if chains else None
        tables = find_unruled(text, [], before if before and before.page == number - 1 else None, rows_of)
        chains = chained(chains, tables, text, list(paragraphs_of(text, tables)))
    return [_claim(chain) for chain in chains]


def _claim(chain: Chain) -> Claim:
    numbers = [line.place.line or 1 for row in chain.rows for cell in row.cells for line in cell]
    return Claim(
        min(numbers) - 1, max(numbers) - 1, chain.rows, chain.header_rows, len(chain.last.edges), chain.notes
    )  # fmt: skip


def _pages(lines: Sequence[Source]) -> Iterator[list[Source]]:
    """The lines of each page: a form feed opens one."""
    page: list[Source] = []
    for source in lines:
        if "\f" in source.text and page:
            yield page
            page = []
        page.append(source)
    yield page


def _page(lines: Sequence[Source], number: int) -> PageText:
    """A page of lines as words with boxes. Lines with tabs or bars are of other layouts and leave a gap."""
    rows = [_words(source, index * _PITCH) for index, source in enumerate(lines)]
    filled = [(index, row) for index, row in enumerate(rows) if row]
    opens = tuple(index == 0 or not rows[index - 1] for index, _ in filled)
    kept = tuple(tuple(row) for row in _parted([row for _, row in filled]))
    width = max((row[-1].x1 for row in kept), default=0.0)
    height = len(lines) * _PITCH
    nothing = Glyphs(0, number, array("f"), array("I"), array("f"), array("f"))
    return PageText(number, width, height, kept, opens, (0,) * len(kept), (), (), (0, 0, width, height), nothing, "")


def _words(source: Source, top: float) -> list[Word]:
    line = None if "\t" in source.text or "|" in source.text else clean_slice(source)
    if line is None:
        return []
    margin = source.start + len(source.text) - len(source.text.lstrip("\f"))
    return [_word(word, (word.place.char_start or 0) - margin, top) for word in words_of(line)]


def _word(line: Line, column: int, top: float) -> Word:
    left, size = column * _WIDE, (line.place.char_end or 0) - (line.place.char_start or 0)
    right = left + size * _WIDE
    return Word(line, left, top, right, top + _HIGH, False, False, (left, right))


def _parted(rows: Sequence[list[Word]]) -> list[list[Word]]:
    """Lines in which one blank divides two columns, parted there: where columns start or figures end in other lines."""
    starts = Counter(word.x0 for row in rows for before, word in pairwise(row) if _apart(before, word))
    ends = Counter(
        row[i].x1
        for row in rows
        for i in range(1, len(row))
        if is_figure(row[i].text) and _apart(row[i - 1], row[i]) and (i + 1 == len(row) or _apart(row[i], row[i + 1]))
    )
    return [_part(row, starts, ends) for row in rows]


def _apart(left: Word, right: Word) -> bool:
    return right.x0 - left.x1 > 1.5 * _WIDE


def _part(row: list[Word], starts: Counter[float], ends: Counter[float]) -> list[Word]:
    if not any(_apart(a, b) for a, b in pairwise(row)):
        return row
    done = list(row)
    for i in range(len(row) - 1):
        left, right = row[i], row[i + 1]
        figure = is_figure(right.text) and ends[right.x1] >= _LEAST
        if not _apart(left, right) and (starts[right.x0] >= _LEAST or figure):
            done[i] = replace(left, x1=left.x1 - _GIVEN)
    return done


def rows_of(lines: Sequence[Words], columns: Columns) -> list[list[Words]]:
    """Lines as rows: a line for each key; else what blank lines divide; else a line with a figure and what goes on."""
    first = next((i for i, line in enumerate(lines) if _is_figured(line, columns)), len(lines))
    head, body = lines[:first], lines[first:]
    rows = _heading_rows(head, columns)
    if _keyed(body, columns):
        return rows + [[line] for line in body]
    groups = _by_gap(body)
    counts = [sum(_is_figured(line, columns) for line in group) for group in groups]
    if max(counts, default=0) < 2 and sum(len(group) > 1 for group in groups) > 1:
        return rows + groups
    return rows + [row for group in groups for row in _by_figure(group, columns)]


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
        if not groups or line[0].top - groups[-1][-1][0].bottom > _HIGH / 2:
            groups.append([])
        groups[-1].append(line)
    return groups


def _keyed(body: Sequence[Words], columns: Columns) -> bool:
    """Whether the rows start with keys of one make."""
    labels = [_label(line, columns).split()[:1] for line in body]
    words = [words[0] for words in labels if words]
    shapes = [shape(word) for word in words if any(map(str.isdigit, word))]
    return len(shapes) > 1 and shapes[0] == shape(words[0]) and shapes.count(shapes[0]) > 1


def _by_figure(group: Sequence[Words], columns: Columns) -> list[list[Words]]:
    """Lines that stand close, as rows: one for each line that has a figure of its own."""
    rows: list[list[Words]] = []
    waiting: list[Words] = []
    for line in group:
        if _is_figured(line, columns) and (waiting or not rows or not _is_stacked(line, columns)):
            joins = bool(waiting) and _label(line, columns)[:1].islower()
            rows += [] if joins else [[each] for each in waiting]
            rows.append([*waiting, line] if joins else [line])
            waiting = []
        elif not rows or waiting or _is_row(line, group, columns):
            waiting.append(line)
        else:
            rows[-1].append(line)
    return [*rows, *([line] for line in waiting)]


def _is_row(line: Words, group: Sequence[Words], columns: Columns) -> bool:
    """Whether a line without a figure is a row: a name in capitals, or words in every column that others have."""
    filled = {columns.of(piece)[0] for piece in pieces_in(line)}
    usual = [
        {columns.of(piece)[0] for piece in pieces_in(each)} - figures_of(each, columns)
        for each in group
        if _is_figured(each, columns)
    ]
    whole = len(filled) > 1 and all(others <= filled for others in usual)
    opens = all(piece[0].text[0].isupper() or piece[0].text[0].isdigit() for piece in pieces_in(line))
    return _is_capitals(line, columns) or (whole and opens)


def _is_stacked(line: Words, columns: Columns) -> bool:
    """Whether a line's figures stand below others without a name: they are parts of the row above."""
    first = columns.of([line[0]])[0]
    return first > 0 and first in figures_of(line, columns)


def _is_figured(line: Words, columns: Columns) -> bool:
    """Whether a line has a figure beside its label, or a word that stands in the place of one."""
    texts = [" ".join(w.text for w in piece) for piece in pieces_in(line) if columns.of(piece)[0]]
    return any(is_figure(text) or (fold(text) in no_amounts() and len(texts) > 1) for text in texts)


def _label(line: Words, columns: Columns) -> str:
    """The words of a line in the first column."""
    return " ".join(w.text for piece in pieces_in(line) if columns.of(piece)[0] == 0 for w in piece)
