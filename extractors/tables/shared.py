"""Lines without figures between rows: each goes on from the row above, begins the row below, or is one of its own."""

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from extractors.grid import is_title
from extractors.pages.words import are_bold, text_of
from extractors.tables.columns import Columns, Words, is_across, pieces_in
from extractors.tables.labels import items_of, label_of, only_label
from extractors.tables.leading import CLOSE, CLOSER, are_at_foot, distance, overlaps, usual_gap

# Lines stand nearer to one side where the gaps differ by this share of their height.
_NEARER = 0.25
# A blank between words is about this share of their height.
_BLANK = 0.25
# Gaps and starts are alike within this share of the height; what goes on further in starts by this share further in.
_SAME = 0.1
_INDENT = 0.5
# Of so many gaps between rows none is less than the least by more than this share.
_LEAST, _LESS = 3, 0.03


class Known(NamedTuple):
    """What is known of a table: its columns, how far labels reach to the right, the gap between rows.

    `items` has where labels of rows right below each other start, in whole points. `at_foot` says that most lines of
    figures have other lines of their row close above them. `near` is how near a line stands, in points, that may go on
    in a row: nearer than rows do. `least` is the least that rows right below each other stand apart.
    """

    columns: Columns
    width: float
    gap: float
    items: frozenset[int]
    at_foot: bool
    near: float
    least: float


def known_of(lines: Sequence[Words], anchors: Sequence[int], columns: Columns) -> Known:
    """What lines tell of their table, some of which have figures."""
    width = max((label_of(line, columns)[-1].x1 for line in lines if label_of(line, columns)), default=0.0)
    gap = usual_gap(lines, anchors)
    own = [distance(lines[a], lines[b]) for a, b in pairwise(anchors) if b == a + 1]
    size = lines[anchors[0]][0].size
    least = min(own, default=inf) - _LESS * size
    near = max(gap - _SAME * size, least if len(own) >= _LEAST else -inf)
    return Known(columns, width, gap, items_of(lines, anchors, columns), are_at_foot(lines, anchors, gap), near, least)


def begun(head: Sequence[Words], anchor: Words, known: Known) -> int:
    """How many of the last lines of a heading begin the label of the first row: one, where it goes on in that."""
    columns = known.columns
    if beside := _beside(head, anchor, known):
        return beside
    if not head or not label_of(anchor, columns) or not only_label(head[-1], columns):
        return 0
    if label_of(anchor, columns)[0].text[0].islower():
        return int(len(head) > 1)
    headed = any(len(pieces_in(line)) > 1 for line in head[:-1])
    return int(headed and not head[-1][0].bold and _goes_on(head[-1], anchor, known))


def _beside(lines: Sequence[Words], anchor: Words, known: Known) -> int:
    """How many of some lines are of the row of figures below them: beside its upper part, and close above such a line.

    So it is where cells of several lines and of one are set about the middle of their row; where they are set at its
    foot, as others are, it is those close above it.
    """
    if not lines or not (known.at_foot or overlaps(lines[-1], anchor)):
        return 0
    count = 0
    for line, above in pairwise((anchor, *reversed(lines))):
        most = min(CLOSE * line[0].size, known.gap - CLOSER * line[0].size)
        headed = are_bold(above) and not are_bold(line)
        if distance(above, line) > most or headed:
            break
        count += 1
    return count


def shared(rows: list[list[Words]], between: Sequence[Words], below: Words | None, known: Known) -> list[Words]:
    """Lines without figures shared out: to the row above, to rows of their own; those for the row below come back."""
    block: list[Words] = []
    for number, line in enumerate(between):
        following = between[number + 1] if number + 1 < len(between) else below
        if block and _is_of(block, line, known):
            block.append(line)
        elif block or not _is_rest(rows[-1][-1], line, following, known):
            rows += [block] if block else []
            block = [line]
        else:
            rows[-1].append(line)
    if block and below and _begins(block, rows[-1][-1], below, known):
        return block
    rows += [block] if block else []
    return []


def _is_of(block: Sequence[Words], line: Words, known: Known) -> bool:
    """Whether a line without figures goes on from lines above it: in their label, or nearer than rows are."""
    return _goes_on(block[-1], line, known) or distance(block[-1], line) < known.gap - CLOSER * line[0].size


def _begins(block: Sequence[Words], above: Words, below: Words, known: Known) -> bool:
    """Whether lines are of the row below them, not of the one above."""
    opened = _opens(block, above, below, known) or _opens_label(block, above, below, known)
    return opened or _goes_on(block[-1], below, known)


def _opens(block: Sequence[Words], above: Words, below: Words, known: Known) -> bool:
    """Whether lines are of the row below: beside it, or nearer to it than to the row above and in several columns.

    So it is where cells of several lines and of one are set about the middle of their row or at its foot. One line of
    one piece, in the middle of the table or in bold over a plain row, is the name of a section.
    """
    if overlaps(block[-1], below):
        return True
    if len(block) == len(pieces_in(block[0])) == 1 and (
        is_across(block[0], known.columns) or (are_bold(block[0]) and not any(word.bold for word in below))
    ):
        return False
    several = any(known.columns.of(piece)[0] > 0 for line in block for piece in pieces_in(line))
    return several and distance(block[-1], below) + _NEARER * below[0].size < distance(above, block[0])


def _opens_label(block: Sequence[Words], above: Words, below: Words, known: Known) -> bool:
    """Whether a label alone is as far from the row above as rows are, and nearer to the label below, which goes on."""
    label, then = label_of(block[0], known.columns), label_of(below, known.columns)
    if len(block) > 1 or not then or not only_label(block[0], known.columns) or label[0].bold != then[0].bold:
        return False
    evenly = abs(distance(above, block[0]) - known.gap) < _SAME * label[0].size
    return evenly and distance(block[0], below) < known.gap - CLOSER * label[0].size


def _is_rest(above: Words, line: Words, below: Words | None, known: Known) -> bool:
    """Whether a line without figures goes on from the row above."""
    columns = known.columns
    starts = any(abs(piece[0].x0 - line[0].x0) < _SAME * line[0].size for piece in pieces_in(above))
    if is_across(line, columns) and not starts:
        return False
    up, down = distance(above, line), distance(line, below) if below else None
    if overlaps(above, line):
        return True
    nearer = down is not None and down + _NEARER * line[0].size < up
    close = up < known.gap - CLOSER * line[0].size and above[0].bold == line[0].bold and not _is_item(line, up, known)
    if close and (not nearer or up < CLOSE * line[0].size):
        return True
    if not label_of(line, columns):
        if columns.of(pieces_in(line)[0])[0] == 0 and above[0].bold != line[0].bold:
            return False  # The name of a section that is longer than its column is wide.
        return not nearer and not (_is_title(line, above, columns) and up > known.gap - _SAME * line[0].size)
    return _goes_on(above, line, known) and not (nearer and _goes_on(line, below or (), known))


def _is_item(line: Words, up: float, known: Known) -> bool:
    """Whether a label stands as far below a row as rows do below each other, and starts where these do."""
    label = label_of(line, known.columns)
    placed = bool(label) and round(label[0].x0) in known.items and not label[0].text[0].islower()
    return placed and up >= known.least


def _is_title(line: Words, above: Words, columns: Columns) -> bool:
    """Whether a line is one piece in capitals that names a section, and goes on from none such above it."""
    pieces = pieces_in(line)
    same = (text_of(piece) for piece in pieces_in(above) if columns.of(piece)[0] == columns.of(pieces[0])[0])
    return len(pieces) == 1 and is_title(text_of(line), next(same, ""))


def _goes_on(above: Words, line: Words, known: Known) -> bool:
    """Whether a label goes on in the line below: in small letters, or since its first word would not have fitted.

    Lines as far apart as rows are go on only further in, where no rows below each other start: those are of a section.
    """
    first, then = (label_of(each, known.columns) if each else () for each in (above, line))
    if not first or not then or (first[-1].bold, first[-1].italic) != (then[0].bold, then[0].italic):
        return False
    if abs(first[0].size - then[0].size) > 1:
        return False
    if then[0].text[0].islower():
        return True
    size = then[0].size
    further = then[0].x0 >= first[0].x0 + _INDENT * size and round(then[0].x0) not in known.items
    if distance(above, line) > known.near and not further:
        return False
    needed = then[0].x1 - then[0].x0 + _BLANK * size
    return first[-1].x1 + needed > known.width and not text_of(first).endswith((":", "."))
