"""Pages whose text lies on its side though the file does not say that they are turned: read as if they were."""

from dataclasses import replace

import numpy as np

from extractors.pages.seen import Box, Chars, Fill, Rule, Seen

# A page lies on its side where more than this share of its characters read the same way up or down it.
_MOST = 0.5


def side_of(chars: Chars) -> int:
    """Which way most characters of a page read that somebody can see: up (1), down (-1), or from left to right (0)."""
    seen = np.ones(len(chars.text), dtype=bool)
    seen[list(chars.hidden)] = False
    turns = chars.turn[seen]
    return next((side for side in (1, -1) if (turns == side).sum() > _MOST * len(turns)), 0)


def upright(seen: Seen, side: int) -> Seen:
    """A page that lies on its side (1 or -1) as it is read.

    >>> from extractors.pages.seen import Char, as_columns
    >>> chars = as_columns([Char("a", 10.0, 50.0, 20.0, 55.0, False, False, turn=1)])
    >>> page = upright(Seen(1, 100.0, 200.0, (0.0, 0.0, 100.0, 200.0), chars, (), (), ()), 1)
    >>> page.width, page.chars.boxes.tolist(), page.chars.turn.tolist()
    (200.0, [[145.0, 10.0, 150.0, 20.0]], [0])
    """
    size = seen.width, seen.height
    boxes = np.stack(_stood_up(side, size, *seen.chars.boxes.T), axis=1)
    chars = replace(seen.chars, boxes=boxes, turn=np.clip(seen.chars.turn - side, -1, 1).astype(np.int8))
    return replace(
        seen,
        width=seen.height,
        height=seen.width,
        chars=chars,
        rules=tuple(Rule(*_stood_up(side, size, *rule)) for rule in seen.rules),
        fills=tuple(Fill(*_stood_up(side, size, *fill[:4]), *fill[4:]) for fill in seen.fills),
        pictures=tuple(_stood_up(side, size, *box) for box in seen.pictures),
        slants=tuple(_stood_up(side, size, *box) for box in seen.slants),
    )


def _stood_up(side: int, size: tuple[float, float], x0: float, top: float, x1: float, bottom: float) -> Box:
    """A box of a page of some width and height as it stands when the page is turned; arrays of edges as well."""
    width, height = size
    return (height - bottom, x0, height - top, x1) if side > 0 else (top, width - x1, bottom, width - x0)
