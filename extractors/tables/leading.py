"""How far lines of words stand from one another, one below or beside the other."""

from collections.abc import Sequence

from extractors.pages.words import Word

# A line that overlaps the one above by this share of its height stands beside it: of a cell set about its middle.
_OVERLAP = 0.25
# Marks are raised that are smaller than this share of the words beside them.
_SMALLER = 0.85


def distance(above: Sequence[Word], line: Sequence[Word]) -> float:
    """The gap between two lines in points, raised marks apart; less than nothing where they overlap."""
    return min(word.top for word in _full(line)) - max(word.bottom for word in _full(above))


def overlaps(above: Sequence[Word], line: Sequence[Word]) -> bool:
    """Whether two lines stand beside each other: they overlap by more than lines one below the other may."""
    return distance(above, line) < -_OVERLAP * line[0].size


def _full(line: Sequence[Word]) -> list[Word]:
    least = _SMALLER * max(word.size for word in line)
    return [word for word in line if word.size >= least]
