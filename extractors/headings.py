"""The heading of a table whose columns are known: cells of several lines, and those that stand over several columns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.columns import Columns, Words, pieces_in
from extractors.grid import Row
from extractors.page import PageText
from extractors.ruled import source_of, stacked
from extractors.words import Word
from schemas.records import Line

# Lines of one cell stand closer than this share of their height.
_CLOSE = 0.7
# A piece stands over a column of which it covers this share, or that covers this share of the piece.
_COVERS = 0.3


@dataclass(frozen=True, slots=True)
class _Block:
    """Words of one cell: the columns that it stands over, and the words."""

    first: int
    last: int
    words: tuple[Word, ...]

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    def meets(self, other: "_Block") -> bool:
        return self.first <= other.last and other.first <= self.last


def heading_rows(lines: Sequence[Words], columns: Columns, text: PageText) -> list[Row]:
    """The lines above a table's first row as rows whose cells know what they span."""
    blocks: list[_Block] = []
    for line in lines:
        pieces = [_block(piece, columns) for piece in pieces_in(line)]
        for piece in pieces:
            _add(blocks, piece, text)
    if not blocks:
        return []
    rows = _rows_of(blocks)
    depth = 1 + max((row for row, block in zip(rows, blocks, strict=True) if block.last), default=0)
    made = [_row(number, depth, blocks, rows, len(columns.spans), text) for number in range(depth)]
    # What stands below the heading over the first column alone is the heading of a section: a row of its own.
    return [*made, *(_row(n, n + 1, blocks, rows, len(columns.spans), text) for n in range(depth, max(rows) + 1))]


def _block(piece: Words, columns: Columns) -> _Block:
    x0, x1 = piece[0].x0, piece[-1].x1
    over = [
        number
        for number, (left, right) in enumerate(columns.spans)
        if min(x1, right) - max(x0, left) > _COVERS * min(x1 - x0, right - left)
    ]
    first, last = (over[0], over[-1]) if over else columns.of(piece)
    return _Block(first, last, tuple(piece))


def _add(blocks: list[_Block], piece: _Block, text: PageText) -> None:
    """Add a piece to the block that it goes on from, or as one of its own."""
    for number in reversed(range(len(blocks))):
        above = blocks[number]
        if not above.meets(piece):
            continue
        gap = piece.words[0].top - above.bottom
        same = (above.first, above.last) == (piece.first, piece.last) or _grows(above, piece)
        if same and gap < _CLOSE * piece.words[0].size and not _ruled_between(above, piece, text):
            first, last = min(above.first, piece.first), max(above.last, piece.last)
            blocks[number] = _Block(first, last, (*above.words, *piece.words))
            return
        break
    blocks.append(piece)


def _grows(above: _Block, piece: _Block) -> bool:
    """Whether one line of a cell is narrower than another: it stands in the middle of it."""
    middles = [(b.words[0].x0 + b.words[-1].x1) / 2 for b in (above, piece)]
    size = piece.words[0].size
    return above.last > above.first and piece.last > piece.first and abs(middles[0] - middles[1]) < size


def _ruled_between(above: _Block, piece: _Block, text: PageText) -> bool:
    x0, x1 = piece.words[0].x0, piece.words[-1].x1
    return any(
        rule.x1 - rule.x0 > 1 and rule.x0 < x1 and rule.x1 > x0 and above.bottom - 1 < rule.top < piece.words[0].top + 1
        for rule in text.rules
    )


def _rows_of(blocks: Sequence[_Block]) -> list[int]:
    """The row of each block: below all that stand over one of its columns."""
    rows: list[int] = []
    for number, block in enumerate(blocks):
        rows.append(max((rows[i] + 1 for i in range(number) if blocks[i].meets(block)), default=0))
    return rows


def _row(number: int, depth: int, blocks: Sequence[_Block], rows: Sequence[int], width: int, text: PageText) -> Row:
    cells: list[tuple[Line, ...]] = [() for _ in range(width)]
    spans: list[tuple[int, int] | None] = [(1, 1)] * width
    top = min(word.top for block in blocks for word in block.words)
    for block, row in zip(blocks, rows, strict=True):
        below = [rows[i] for i, other in enumerate(blocks) if rows[i] > row and other.meets(block)]
        end = min(below, default=depth)
        if not row <= number < end:
            continue
        spans[block.first : block.last + 1] = [None] * (block.last - block.first + 1)
        if row == number:
            cells[block.first] = stacked(block.words)
            spans[block.first] = (end - row, block.last - block.first + 1)
            top = min(word.top for word in block.words)
    made = Row(tuple(cells), source_of(cells, text, top))
    return replace(made, spans=tuple(spans)) if any(span != (1, 1) for span in spans) else made
