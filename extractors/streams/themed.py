"""Themes of a stream's rows: a column whose cells are known phrases needs no order to be told from others."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.streams.pieces import WORDS, Piece
from extractors.streams.streams import says
from schemas.vocabulary import themes, totals

_LINES = 6


@dataclass(frozen=True, slots=True)
class Themed:
    """The cells of themes in reading order; `rest` is the end of one that the page before began."""

    cells: tuple[tuple[Piece, ...], ...]
    rest: tuple[Piece, ...] = ()

    @property
    def used(self) -> frozenset[int]:
        """Where its pieces stand in reading order."""
        return frozenset(piece.at for own in (*self.cells, self.rest) for piece in own)


def themed(found: Sequence[Piece], *, continued: bool) -> Themed:
    """The themes among the words, with the word for a total behind some; the last and the first may be cut."""
    words = [piece for piece in found if piece.kind == WORDS]
    cells: list[tuple[Piece, ...]] = []
    rest: tuple[Piece, ...] = ()
    at = 0
    while at < len(words):
        size = _size(words[at:])
        if not size and continued and not cells and (size := _tail(words[at:])):
            rest = tuple(words[at : at + size])
        elif size or (size := _beginning(words[at:])):
            cells.append(tuple(words[at : at + size]))
        at += size or 1
    return Themed(tuple(cells), rest)


def _joined(words: Sequence[Piece]) -> str:
    return says(" ".join(piece.text for piece in words)).removesuffix(" -")


def _own(words: Sequence[Piece], size: int) -> bool:
    return size <= len(words) and words[size - 1].flow == words[0].flow


def _size(words: Sequence[Piece]) -> int:
    """How many lines are a theme, alone or with a word for a total, or such a word; the most that are."""
    return next((n for n in range(_LINES, 0, -1) if _own(words, n) and _is_theme(_joined(words[:n]))), 0)


def _is_theme(text: str) -> bool:
    last = text.rsplit(" ", 1)
    return text in themes() or text in totals() or (len(last) == 2 and last[0] in themes() and last[1] in totals())


def _tail(words: Sequence[Piece]) -> int:
    """How many lines end a theme whose beginning stands on the page before."""
    ends = (n for n in range(_LINES, 0, -1) if _own(words, n))
    return next((n for n in ends if any(theme.endswith(f" {_joined(words[:n])}") for theme in themes())), 0)


def _beginning(words: Sequence[Piece]) -> int:
    """How many lines begin a theme, half of it at least, that ends with its flow: a page's end cut it off."""
    flow = [piece for piece in words[:_LINES] if piece.flow == words[0].flow]
    if len(flow) == len(words[:_LINES]) and len(words) > _LINES:
        return 0
    text = _joined(flow)
    known = (
        theme for theme in themes() if theme.startswith(f"{text} ") and 2 * len(text.split()) >= len(theme.split()) - 1
    )
    return len(flow) if len(flow) > 1 and any(known) else 0
