"""Labels of rows: what stands in the first column of a table whose columns are known."""

from collections.abc import Sequence
from itertools import pairwise

from extractors.pages.words import text_of
from extractors.stitch import says_total
from extractors.tables.columns import Columns, Words, pieces_in
from extractors.tables.leading import overlaps
from extractors.tables.values import is_value


def label_of(line: Words, columns: Columns) -> Words:
    """The piece of a line that stands in the first column, if any."""
    first = pieces_in(line)[0]
    return first if columns.of(first) == (0, 0) else ()


def only_label(line: Words, columns: Columns) -> bool:
    """Whether a line is a label and nothing else."""
    return len(pieces_in(line)) == 1 and bool(label_of(line, columns))


def is_labelled(lines: Sequence[Words], number: int, columns: Columns) -> bool:
    """Whether a line of figures has a label or is a total; one of values alone may have it beside it, in two lines."""
    line, beside = lines[number], lines[max(0, number - 1) : number + 2]
    if label_of(line, columns) or says_total(text_of(pieces_in(line)[0])):
        return True
    halves = len(beside) > 2 and all(overlaps(*pair) for pair in pairwise(beside))
    alone = all(is_value(text_of(piece)) for piece in pieces_in(line))
    return halves and alone and all(only_label(each, columns) for each in (beside[0], beside[-1]))


def is_coded(line: Words, columns: Columns) -> bool:
    """Whether a line opens with a code: rows of codes without figures are what stands below those of others."""
    label = label_of(line, columns)
    return bool(label) and label[0].text[0].isupper() and label[0].text[-1].isdigit()


def items_of(lines: Sequence[Words], anchors: Sequence[int], columns: Columns) -> frozenset[int]:
    """Where labels of lines of figures right below each other start, at one place, in whole points."""
    pairs = [(lines[a], lines[b]) for a, b in pairwise(anchors) if b == a + 1]
    own = ((label_of(above, columns), label_of(line, columns)) for above, line in pairs)
    return frozenset(round(b[0].x0) for a, b in own if a and b and round(a[0].x0) == round(b[0].x0))
