"""Tables without rules that set a label beside its text: report headings, timelines, glossaries."""

from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.grid import Row, is_mark
from extractors.pages.gutters import FILLED, is_filled
from extractors.pages.page import PageText
from extractors.pages.words import Word, pieces_of
from extractors.tables.ruled import PageTable, source_of, stacked

_NEAR = 2.5
_GAP = 0.9
_LEAST_ROWS = 3
# Labels take up less than this share of the page; a wider first column is a column of prose.
_LABEL_SHARE = 0.45
_LINE_GAP = 3.0
_PARAGRAPH = 0.65
_SLACK = 6.0
# A text is longer than its label; two lists side by side are no table.
_LONGER = 1.3
_Line = Sequence[Word]


def columns_of(line: Sequence[Word]) -> list[tuple[float, float]]:
    """The stretches of a line between wide gaps."""
    return [(piece[0].x0, piece[-1].x1) for piece in pieces_of(line, _GAP * line[0].size)]


def find_labelled(text: PageText, free: Sequence[_Line]) -> list[PageTable]:
    """Runs of lines outside other tables in which a second piece starts at the same place again and again."""
    return [table for run, left in _runs(free) if (table := _table(run, left, text)) is not None]


def _runs(lines: Sequence[_Line]) -> Iterator[tuple[list[_Line], float]]:
    """Each run of lines that keep to a label and a text, with where the text starts."""
    pieces = map(columns_of, lines)
    starts = Counter(round(own[1][0]) for own in pieces if len(own) == 2)
    for left, count in sorted(starts.items(), key=lambda pair: (-pair[1], pair[0])):
        if count < _LEAST_ROWS:
            return
        run: list[_Line] = []
        for line in lines:
            if _keeps_to(line, left) and (not run or _goes_on(run, line)):
                run.append(line)
                continue
            yield run, left
            run = [line] if _keeps_to(line, left) else []
        yield run, left


def _goes_on(run: Sequence[_Line], line: _Line) -> bool:
    """Whether a line follows its run closely; a lone label after a gap only in the weight of the labels before."""
    gap = line[0].top - run[-1][0].bottom
    lone = len(columns_of(line)) == 1 and gap > _PARAGRAPH * _height(line)
    first = next((each for each in run if len(columns_of(each)) == 2), run[0])
    same = (line[0].bold, round(line[0].size)) == (first[0].bold, round(first[0].size))
    return gap < _LINE_GAP * _height(line) and (same or not lone)


def _height(line: _Line) -> float:
    return line[0].bottom - line[0].top


def _keeps_to(line: _Line, left: float) -> bool:
    """Whether a line is a label and a text, the rest of a text, or the rest of a label."""
    pieces = columns_of(line)
    if len(pieces) == 2:
        return abs(pieces[1][0] - left) < _NEAR
    return len(pieces) == 1 and (abs(pieces[0][0] - left) < _NEAR or pieces[0][1] < left - _NEAR)


def _table(run: Sequence[_Line], left: float, text: PageText) -> PageTable | None:
    run = list(run)
    while run and len(columns_of(run[0])) < 2:
        run.pop(0)
    labels = [line for line in run if line[0].x0 < left - _NEAR]
    pairs = [line for line in labels if len(columns_of(line)) == 2]
    if len(pairs) < _LEAST_ROWS or left - min(line[0].x0 for line in labels) > _LABEL_SHARE * text.width:
        return None
    if sum(is_mark(line[0].text) and line[0].x1 < left - _NEAR and _alone(line, left) for line in pairs) * 2 > len(
        pairs
    ):
        return None
    if sum(word.x1 - word.x0 for line in run for word in line if word.x0 >= left - _NEAR) < _LONGER * sum(
        word.x1 - word.x0 for line in run for word in line if word.x0 < left - _NEAR
    ):
        return None
    groups = _groups(run, left)
    if len(groups) < _LEAST_ROWS or _are_text([[w for w in group[0] if w.x0 < left - _NEAR] for group in groups]):
        return None
    rows = tuple(_row([word for line in group for word in line], left, text) for group in groups)
    first = min(line[0].x0 for line in labels)
    bottom = max(word.bottom for word in run[-1])
    right = max(line[-1].x1 for line in run)
    return PageTable(text.number, rows, (first, left), first, run[0][0].top, right, bottom, _SLACK)


def _are_text(labels: Sequence[_Line]) -> bool:
    """Whether most labels are lines that fill their column and go on in small letters: a note beside running text."""
    small = sum(label[0].text[0].islower() for label in labels)
    return small * 2 > len(labels) and is_filled(labels, FILLED)


def _alone(line: _Line, left: float) -> bool:
    """Whether a line's label is a single word."""
    return len(line) < 2 or line[1].x0 >= left - _NEAR


def _groups(run: Sequence[_Line], left: float) -> list[list[_Line]]:
    """The lines of each row. Where gaps divide the labels they divide the rows; else each label opens one."""
    opens = [
        index == 0 or line[0].top - run[index - 1][0].bottom > _PARAGRAPH * _height(line)
        for index, line in enumerate(run)
    ]
    labelled = [line[0].x0 < left - _NEAR for line in run]
    gaps = sum(o and has for o, has in zip(opens, labelled, strict=True))
    by_gap = gaps * 2 > sum(labelled)
    groups: list[list[_Line]] = []
    for line, gap, label in zip(run, opens, labelled, strict=True):
        if not groups or (label and (gap or not by_gap)):
            groups.append([])
        groups[-1].append(line)
    return groups


def _row(words: Sequence[Word], left: float, text: PageText) -> Row:
    label = stacked([word for word in words if word.x0 < left - _NEAR])
    value = stacked([word for word in words if word.x0 >= left - _NEAR])
    return Row((label, value), source_of((label, value), text, min(word.top for word in words)))
