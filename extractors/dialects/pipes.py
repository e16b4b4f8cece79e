"""Tables whose cells are divided by bars, as Markdown and plain notes write them."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extractors.grid import Claim, Row, header_height
from extractors.lines import Source, clean_slice

NAME = "pipes"
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"^[-=:|+\s]+$")
# What makes a whole cell bold or slanted.
_EMPHASIS = re.compile(r"^\s*(?P<mark>\*{1,3}|_{1,3})(?P<text>[^\s*_](?:[^*_]*[^\s*_])?)(?P=mark)\s*$")
_LEAST_ROWS = 2


def has_bars(source: Source) -> bool:
    """Whether a line is of this layout: it has two bars, or one that stands between blanks.

    >>> has_bars(Source(1, "| a | b |", 0)), has_bars(Source(1, "either|or", 0))
    (True, False)
    """
    return len(_BAR.findall(source.text)) > 1 or " | " in source.text


def find(lines: Sequence[Source]) -> list[Claim]:
    """A claim for each run of lines with as many bars as each other."""
    barred = [source for source in lines if "\t" not in source.text and has_bars(source)]
    runs = groupby(enumerate(barred), key=lambda pair: (pair[1].number - pair[0], _cells(pair[1])))
    return [claim for _, run in runs if (claim := _claim([source for _, source in run])) is not None]


def _cells(source: Source) -> int:
    return len(list(_spans(source)))


def _spans(source: Source) -> Iterator[tuple[int, int]]:
    """The stretches between bars; a bar that opens or ends the line is its frame."""
    edges = [match.span() for match in _BAR.finditer(source.text)]
    starts, ends = [0, *(end for _, end in edges)], [*(start for start, _ in edges), len(source.text)]
    for start, end in zip(starts, ends, strict=True):
        framed = start == 0 or end == len(source.text)
        if not framed or source.text[start:end].strip():
            yield start, end


def _claim(run: Sequence[Source]) -> Claim | None:
    ruled = next((number for number, source in enumerate(run) if _RULE.match(source.text)), None)
    rows = [_row(source) for source in run if not _RULE.match(source.text)]
    if len(rows) < _LEAST_ROWS or len(rows[0].cells) < 2 or not any(row.filled for row in rows):
        return None
    height = ruled if ruled else header_height(rows)
    return Claim(run[0].number - 1, run[-1].number - 1, tuple(rows), height, len(rows[0].cells))


def _row(source: Source) -> Row:
    cells = (clean_slice(source, *_plain(source.text, *span)) for span in _spans(source))
    return Row(tuple((line,) if line else () for line in cells), source)


def _plain(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch of a line without the marks that make all of it bold or slanted.

    >>> _plain("| **Total** | £5 |", 1, 12)
    (4, 9)
    """
    match = _EMPHASIS.match(text[start:end])
    return (start + match.start("text"), start + match.end("text")) if match else (start, end)
