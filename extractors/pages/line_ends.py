"""Where lines end: whether a file prints a blank behind a dash or a stroke there, and so what it goes on with."""

from collections.abc import Mapping

import numpy as np

from extractors.pages.seen import codes_of

# What may end a line with a blank behind it or none, and the next line goes on from.
_DASHES = codes_of("-/\u2010\u2011\u2012\u2013\u2014")
# Files that print the blanks at which lines break print one behind this share of the words that end lines, at least;
# those that do not may print one here and there. So many ends of lines say which.
_PRINTED, _LEAST = 0.25, 4


def wraps(codes: np.ndarray, boxes: np.ndarray, blank: np.ndarray) -> Mapping[int, str]:
    """What a page prints behind the dashes and strokes that end its lines, by their number: a blank or nothing.

    Characters come in the order of printing. Of a page that prints no blanks where lines break nothing is said, nor
    that there is one where it prints one behind every line.
    """
    inked = np.flatnonzero(~blank)
    left, right = inked[:-1], inked[1:]
    lower = boxes[right, 1] - boxes[left, 1] > (boxes[left, 3] - boxes[left, 1]) / 2
    ends = lower & (boxes[right, 0] < boxes[left, 0])
    last, printed = left[ends], (right - left > 1)[ends]
    dashed = (codes[last][:, np.newaxis] == _DASHES).any(axis=1)
    words = printed[~dashed]
    if not dashed.any() or len(words) < _LEAST or words.mean() < _PRINTED:
        return {}
    told = np.flatnonzero(dashed & ~(printed & printed.all()))
    return {int(last[at]): " " if printed[at] else "" for at in told}
