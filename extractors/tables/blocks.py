"""The words of one cell of a heading, and the columns that it stands over."""

from collections.abc import Container
from dataclasses import dataclass, replace

from extractors.pages.words import Word
from extractors.tables.columns import Columns, Words

# A piece stands over a column of which it covers this share, or that covers this share of the piece.
_COVERS = 0.3
# It reaches beyond columns by more than this share of its height, and is in the middle of others within it.
_OUT = 0.5


@dataclass(frozen=True, slots=True)
class Block:
    """Words of one cell, in points from the top left: the first and the last column that they stand over, from 0."""

    first: int
    last: int
    words: tuple[Word, ...]

    @property
    def x0(self) -> float:
        """Where it starts on the left."""
        return min(word.x0 for word in self.words)

    @property
    def x1(self) -> float:
        """Where it ends on the right."""
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        """How high its highest word reaches."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """How low its lowest word reaches."""
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        """How high its first word is."""
        return self.words[0].size

    def meets(self, other: "Block") -> bool:
        """Whether it stands over a column that another block stands over."""
        return self.first <= other.last and other.first <= self.last


def block_of(piece: Words, columns: Columns) -> Block:
    """A piece of a heading, over the columns that it covers for a good part; over the nearest where it covers none."""
    x0, x1 = piece[0].x0, piece[-1].x1
    over = [
        number
        for number, (left, right) in enumerate(columns.spans)
        if min(x1, right) - max(x0, left) > _COVERS * min(x1 - x0, right - left)
    ]
    first, last = (over[0], over[-1]) if over else columns.of(piece)
    return Block(first, last, tuple(piece))


def off_middle(block: Block, span: tuple[int, int], columns: Columns) -> float:
    """How far the middle of a block is from that of columns."""
    return abs((columns.spans[span[0]][0] + columns.spans[span[1]][1]) / 2 - (block.x0 + block.x1) / 2)


def centred(block: Block, free: Container[int], columns: Columns) -> Block:
    """A block over as many free columns beside its own as bring their middle nearer to its own."""
    first, last = block.first, block.last
    while True:
        wider = [(first - 1, last)] * (first - 1 in free) + [(first, last + 1)] * (last + 1 in free)
        best = min(wider, key=lambda pair: off_middle(block, pair, columns), default=(first, last))
        if off_middle(block, best, columns) >= off_middle(block, (first, last), columns):
            return replace(block, first=first, last=last)
        first, last = best


def sticks_out(block: Block, free: Container[int], columns: Columns) -> bool:
    """Whether a block over several columns reaches beyond both sides of them, in the middle with a free one on each."""
    wider = (block.first - 1, block.last + 1)
    if not 1 < block.first < block.last or not all(number in free for number in wider):
        return False
    sides = columns.spans[block.first][0] - block.x0, block.x1 - columns.spans[block.last][1]
    return min(sides) > _OUT * block.size and off_middle(block, wider, columns) < _OUT * block.size
