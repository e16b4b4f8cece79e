"""How far lines of words stand from one another, one below or beside the other."""

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import median

from extractors.pages.words import Word

# A line that overlaps the one above by this share of its height stands beside it: of a cell set about its middle.
_OVERLAP = 0.25
# Lines of one text are closer than this many line heights.
CLOSE = 0.6
# Lines nearer to the one above than rows usually are by this share of their height are of its row.
CLOSER = 0.2
# Marks are raised that are smaller than this share of the words beside them.
_SMALLER = 0.85


def distance(above: Sequence[Word], line: Sequence[Word]) -> float:
    """The gap between two lines in points, raised marks apart; less than nothing where they overlap."""
    return min(word.top for word in _full(line)) - max(word.bottom for word in _full(above))


def overlaps(above: Sequence[Word], line: Sequence[Word]) -> bool:
    """Whether two lines stand beside each other: they overlap by more than lines one below the other may."""
    return distance(above, line) < -_OVERLAP * line[0].size


def usual_gap(lines: Sequence[Sequence[Word]], anchors: Sequence[int]) -> float:
    """The usual gap above a line of figures, which most often opens a row.

    Where a row starts beside that line, or most have lines close above it, it is the widest since the one before.
    """
    gaps = [distance(above, line) for above, line in pairwise(lines)]
    widest = {b: max(gaps[a:b]) for a, b in pairwise(anchors)}
    if are_at_foot(lines, anchors, median(widest.values() or [inf])):
        return median(widest.values())
    opens = {n: gaps[n - 1] for n in anchors if n and not overlaps(lines[n - 1], lines[n])}
    return median({**widest, **opens}.values() or [inf])


def are_at_foot(lines: Sequence[Sequence[Word]], anchors: Sequence[int], gap: float) -> bool:
    """Whether most lines of figures but the first have a line above them that is nearer than rows are.

    Half of them will do where the first has one too: below a heading it may.
    """
    near = [n > 0 and distance(lines[n - 1], lines[n]) < gap - CLOSER * lines[n][0].size for n in anchors]
    return len(near) > 1 and 2 * sum(near[1:]) + near[0] > len(near) - 1


def _full(line: Sequence[Word]) -> list[Word]:
    least = _SMALLER * max(word.size for word in line)
    return [word for word in line if word.size >= least]
