"""Drawn cells held against what stands in them: one that holds several columns or several rows is divided.

Papers often rule the heading and frame the body, so that one drawn cell holds what should be many.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.grid import is_figure, shape
from extractors.pages.page import PageText, words_in
from extractors.pages.seen import Box
from extractors.pages.words import Word, by_height, text_of
from extractors.tables.bands import rows_of
from extractors.tables.columns import Columns, Words, pieces_in
from extractors.tables.rows import FULL, MANY, by_values
from extractors.tables.several import parted_columns
from extractors.tables.unlined import crosses
from extractors.tables.values import is_value

_NEAR = 2.0
# The middles of words on one line are nearer than this share of their height.
_LEVEL = 0.5


def refined(cells: Sequence[Box], text: PageText) -> list[Box]:
    """The cells of a grid, those that hold several columns or rows of it divided."""
    cells = parted_columns(cells, text)
    lefts = sorted({cell[0] for cell in cells})
    across = [part for cell in cells for part in _columns(cell, lefts, text)]
    rows: dict[tuple[float, float], list[Box]] = {}
    for cell in _ruled_off(across, text):
        rows.setdefault((cell[1], cell[3]), []).append(cell)
    whole = {row for row in rows if not any(_overlap(row, other) for other in rows if other != row)}
    return [part for row, own in rows.items() for part in (_rows(own, text) if row in whole else own)]


def _overlap(row: tuple[float, float], other: tuple[float, float]) -> bool:
    return row[0] < other[1] - _NEAR and other[0] < row[1] - _NEAR


def _columns(cell: Box, lefts: Sequence[float], text: PageText) -> list[Box]:
    """A cell over several columns; divided where its words fall into them and those beside the first are values.

    One of a single piece, `Rate per 100,000`, is a heading over them.
    """
    inner = lefts[bisect_right(lefts, cell[0] + _NEAR) : bisect_left(lefts, cell[2] - _NEAR)]
    if not inner:
        return [cell]
    words = words_in(text, cell)
    beside = [word for word in words if (word.x0 + word.x1) / 2 > inner[0]]
    values = sum(is_value(word.text) for word in beside)
    if not values or values * 2 < len(beside) or any(crosses((word,), edge) for word in words for edge in inner):
        return [cell]
    lines = by_height(words)
    if len(lines) == len(pieces_in(lines[0])) == 1:
        return [cell]
    return [(x0, cell[1], x1, cell[3]) for x0, x1 in pairwise([cell[0], *inner, cell[2]])]


def _ruled_off(cells: Sequence[Box], text: PageText) -> Sequence[Box]:
    """Cells, those that hold a heading and all below it divided as far down as cells beside them end.

    A writer may rule off the headings of some columns only, below those that stand over them. Below that are rows.
    """
    top, bottom = min(cell[1] for cell in cells), max(cell[3] for cell in cells)
    low = sorted(cell for cell in cells if cell[3] > bottom - _NEAR)
    tall = [cell for cell in low if cell[1] < top + _NEAR]
    end = max(cell[1] for cell in low)
    body = [(cell[0], end, cell[2], cell[3]) for cell in low]
    if not 1 < len(tall) < len(low) or any(top + _NEAR < cell[1] < end - _NEAR for cell in low):
        return cells
    found = _by_values(body, _lines(body, text))
    crossed = any(word.top < end < word.bottom for cell in tall for word in words_in(text, cell))
    if crossed or found is None or found[0]:
        return cells
    cut = [part for x0, _, x1, _ in tall for part in ((x0, top, x1, end), (x0, end, x1, bottom))]
    return [*(cell for cell in cells if cell not in tall), *cut]


def _rows(row: Sequence[Box], text: PageText) -> list[Box]:
    """The cells of a row; cut between lines where each has its own label and figures."""
    cells = sorted(row)
    # Most rows are of one line, and not looked at more closely.
    words = words_in(text, (cells[0][0], cells[0][1], cells[-1][2], cells[0][3]))
    if _are_one_line(words):
        return list(row)
    columns, lines = _columns_of(cells), _lines(cells, text)
    found = _by_values(cells, lines)
    groups = [*([found[0]] if found[0] else []), *found[1]] if found else _by_keys(lines, columns)
    groups = groups or _by_labels(lines, columns)
    if len(groups) < 2:
        return list(row)
    tops, bottoms = zip(*((min(_tops(group)), max(_bottoms(group))) for group in groups), strict=True)
    cuts = [cells[0][1], *((a + b) / 2 for a, b in zip(bottoms, tops[1:], strict=False)), cells[0][3]]
    return [(x0, top, x1, bottom) for x0, _, x1, _ in cells for top, bottom in pairwise(cuts)]


def _are_one_line(words: Sequence[Word]) -> bool:
    """Whether words, by their middles in order, all stand on one line."""
    return not words or words[-1].middle - words[0].middle < _LEVEL * min(words[0].size, words[-1].size)


def _lines(cells: Sequence[Box], text: PageText) -> list[list[Word]]:
    return by_height([word for cell in cells for word in words_in(text, cell)])


def _columns_of(cells: Sequence[Box]) -> Columns:
    return Columns(tuple((cell[0], cell[2]) for cell in cells))


def _by_values(cells: Sequence[Box], lines: Sequence[Words]) -> tuple[list[Words], list[list[Words]]] | None:
    """The lines of the heading in the cells of a drawn row, and those of each row; None where they are one row."""
    columns = _columns_of(cells)
    found = by_values(lines, columns) if len(cells) > 1 and len(lines) > 1 else None
    return found if found and _are_many(found[1], columns) else None


def _by_keys(lines: Sequence[Words], columns: Columns) -> list[list[Words]]:
    """Lines as rows that open below a wider gap with a code in bold, all of one kind; none where the first does not.

    Parts of a row stand as far apart as rows may.
    """
    groups = rows_of([lines], columns) if len(columns.spans) > 1 and len(lines) > 1 else []
    rows: list[list[Words]] = []
    shapes = set()
    for group in groups:
        code = next((word.text for word in group[0] if columns.of([word])[0] == 0 and word.bold), "")
        if any(map(str.isdigit, code)):
            shapes.add(shape(code))
            rows.append([])
        elif not rows:
            return []
        rows[-1] += group
    return rows if len(shapes) == 1 else []


def _by_labels(lines: Sequence[Words], columns: Columns) -> list[list[Words]]:
    """Lines as rows that open below a wider gap with words in every column, or each with a number; none where few do.

    Lines of cells side by side that fill them all may be of one row.
    """
    every = set(range(len(columns.spans)))
    if len(lines) < MANY or len(every) < MANY:
        return []
    full = [{columns.of(piece)[0] for piece in pieces_in(line)} == every for line in lines]
    if not full[0]:
        return []
    if all(full) and all(is_figure(text_of(pieces_in(line)[0])) for line in lines):
        return [[line] for line in lines]
    groups = rows_of([lines], columns)
    firsts = {id(group[0]) for group in groups}
    opened = [
        is_full and not line[0].text[0].islower()
        for line, is_full in zip(lines, full, strict=True)
        if id(line) in firsts
    ]
    return groups if MANY <= len(groups) < len(lines) and all(opened) else []


def _are_many(rows: Sequence[Sequence[Words]], columns: Columns) -> bool:
    """Whether lines of figures in one drawn row are rows: three or more, or two that fill every column or many.

    Of two in two columns the second has a label that starts anew.

    A cell that lists codes of several kinds is the label of one row, unless each has many figures beside it. Neither a
    number alone is a code nor what starts with one: `3-month`.
    """
    labels = [line[0].text for row in rows for line in row if columns.of([line[0]])[0] == 0]
    kinds = {shape(label) for label in labels if any(map(str.isdigit, label)) and label.strip("(")[:1].isalpha()}
    full = all({columns.of(piece)[0] for piece in pieces_in(row[0])} == set(range(len(columns.spans))) for row in rows)
    figured = all(sum(is_value(text_of(p)) for line in row for p in pieces_in(line)) >= FULL for row in rows)
    anew = len(columns.spans) > 2 or all(label[0].isupper() for label in labels)
    return (len(kinds) < 2 or figured) and (len(rows) >= MANY or ((full or figured) and anew))


def _tops(group: Sequence[Words]) -> Iterator[float]:
    return (word.top for line in group for word in line)


def _bottoms(group: Sequence[Words]) -> Iterator[float]:
    return (word.bottom for line in group for word in line)
