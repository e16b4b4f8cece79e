"""Words that stick out of their cell into the next one: what each prints is kept together, by the order of printing."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

# Text that runs into the next by more than this many heights is printed over it, and no longer readable.
_MOST_OVER = 1.5
# A single character printed apart is a sign or an accent of the word that it stands in.
_LEAST = 2


class _Run(NamedTuple):
    """Characters of one line that are printed one behind the other, by number, and from where to where they print."""

    chars: list[int]
    left: float
    right: float
    height: float


def told_apart(order: np.ndarray, line: np.ndarray, boxes: np.ndarray, blank: np.ndarray) -> tuple[np.ndarray, ...]:
    """Characters in reading order and the number of each one's line, which a text that others run into ends.

    `order` has their numbers as they are printed, line by line from left to right, `boxes` and `blank` are by number.

    >>> boxes = np.array([[0.0, 0, 6, 9], [6, 0, 12, 9], [11, 20, 17, 29], [11, 0, 17, 9], [17, 0, 23, 9]])
    >>> told_apart(np.array([0, 1, 3, 4, 2]), np.array([1, 1, 1, 1, 2]), boxes, np.zeros(5, dtype=bool))
    (array([0, 1, 3, 4, 2]), array([1, 1, 2, 2, 3]))
    """
    seams = (line[1:] == line[:-1]) & (order[1:] != order[:-1] + 1)
    seams &= boxes[order[1:], 0] < boxes[order[:-1], 2]
    if not seams.any():
        return order, line
    at, opens = boxes[:, 0].copy(), np.zeros(len(boxes), dtype=int)
    for number in np.unique(line[1:][seams]).tolist():
        for left, right in _overlaps(np.sort(order[line == number]).tolist(), boxes, blank):
            tail = [char for char in left.chars if boxes[char, 0] >= right.left]
            at[tail] = np.nextafter(right.left, -np.inf)
            opens[right.chars[0]] = 1
    lines = np.empty(len(boxes), dtype=int)
    lines[order] = line
    across = np.lexsort((boxes[:, 0], at, lines))
    return across, lines[across] + np.cumsum(opens[across])


def _overlaps(chars: Sequence[int], boxes: np.ndarray, blank: np.ndarray) -> Iterator[tuple[_Run, _Run]]:
    """The neighbours on a line of which the first runs into the second."""
    runs = [run for own in _runs(chars, boxes) if (run := _run(own, boxes, blank)) is not None]
    for left, right in pairwise(sorted(runs, key=lambda run: run.left)):
        over = left.right - right.left
        if left.left < right.left and 0 < over < _MOST_OVER * left.height:
            yield left, right


def _runs(chars: Sequence[int], boxes: np.ndarray) -> Iterator[list[int]]:
    """The characters of a line as they are printed: each run goes on to the right."""
    run = [chars[0]]
    for before, char in pairwise(chars):
        if char != before + 1 or boxes[char, 0] < boxes[before, 0]:
            yield run
            run = []
        run.append(char)
    yield run


def _run(chars: list[int], boxes: np.ndarray, blank: np.ndarray) -> _Run | None:
    """A run, unless it is a single character."""
    shown = [char for char in chars if not blank[char]]
    if len(shown) < _LEAST:
        return None
    box = boxes[shown[-1]]
    return _Run(chars, float(boxes[shown[0], 0]), float(box[2]), float(box[3] - box[1]))
