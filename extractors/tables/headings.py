"""The heading of a table whose columns are known: cells of several lines, and those that stand over several columns."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from extractors.grid import Row, counts_columns, is_figure, is_title, is_unit, is_year, says_units
from extractors.pages.page import PageText
from extractors.pages.words import Word, by_height, text_of
from extractors.tables.blocks import Block, block_of, centred, off_middle, sticks_out
from extractors.tables.columns import Columns, Words, figures_of, pieces_in
from extractors.tables.rounds import over_repeats, over_rounds, repeated
from extractors.tables.rows import heads
from extractors.tables.ruled import source_of, stacked
from schemas.records import Line

# Lines of one cell stand closer than this share of their height.
_CLOSE = 0.7
# One that nothing else stands beside is closer than this, where it is in line with those above.
_CLOSE_ALONE = 1.0
# Lines of one cell usually stand nearer than this share of their height.
_LEADING = 0.25
# Left edges in line differ by less than this share of the height.
_SAME = 0.3
# Lines are set in one middle within this share of it.
_JUST = 0.15
# A heading over headings makes so many groups of lines at most.
_DEEPEST = 3
# The ground of a cell is less than so many times as high as what stands in it.
_CELL = 2.2
# A heading stands in about the middle of columns whose figures end in line by less than this many of its heights.
_ABOUT = 2.0
# Pieces of a rule nearer than this, in points, touch.
_TOUCH = 3.0
# A rule is in pieces where it has so many.
_PIECES = 2
# What all columns count in, of so many at least: `Percent`, `- - thousand acres - -`, `Number and percent`.
_COUNTED = re.compile(
    r"^[-–—(\s]*(?:[\d,]+\s)?(?:thousands?|millions?|billions?|per\s?cent|dollars|pounds|numbers?|tons)\b", re.I
)
_SEVERAL = 3
_NUMBER = re.compile(r"\d[\d.,]*")


def heading_rows(lines: Sequence[Words], columns: Columns, text: PageText) -> list[Row]:
    """The lines above a table's first row as rows whose cells know what they span."""
    blocks: list[Block] = []
    level: list[set[Word]] = []
    above: Sequence[Block] = ()
    for number, line in enumerate(lines, 1):
        own = [block_of(piece, columns) for piece in pieces_in(line)]
        own = _over_pairs(own, lines[number:], columns)
        if unit := _unit_of_all(own, blocks, columns) if number == len(lines) else None:
            blocks.append(unit)
            continue
        if _is_row(own, blocks, columns):
            blocks += own
            level.append({block.words[0] for block in own})
            continue
        apart = repeated(own, above)
        for piece in own:
            if piece.first and apart:
                blocks.append(piece)
            else:
                _add(blocks, piece, [other for other in own if other is not piece], text)
        above = own
    sections = [block for block in blocks if _is_below(block, blocks)]
    heads = over_repeats([_over(block, blocks, columns, text) for block in blocks if block not in sections], columns)
    rows = _rows_of(heads, level)
    depth = max(rows, default=-1) + 1
    width = len(columns.spans)
    made = [_row(number, depth, heads, rows, (width, text)) for number in range(depth)]
    return [*made, *(_row(0, 1, [section], [0], (width, text)) for section in sections)]


def _unit_of_all(own: Sequence[Block], above: Sequence[Block], columns: Columns) -> Block | None:
    """The only block of a last line, in the middle of all columns but the first, that says in what all of them count.

    It says so by its words, or sticks out of the column that it stands in, below headings of several columns.
    """
    first, last = 1, len(columns.spans) - 1
    headed = {block.first for block in above if block.first == block.last > 0}
    if (
        len(own) != 1
        or not own[0].first
        or len(headed) < _SEVERAL
        or off_middle(own[0], (first, last), columns) > own[0].size
    ):
        return None
    left, right = columns.spans[columns.of(own[0].words)[0]]
    wide = own[0].x0 < left - own[0].size and own[0].x1 > right + own[0].size
    return replace(own[0], first=first, last=last) if wide or _COUNTED.match(text_of(own[0].words)) else None


def _is_row(own: Sequence[Block], above: Sequence[Block], columns: Columns) -> bool:
    """Whether a line of a heading is a row of its own: it numbers the columns, or says in what each of them counts.

    So does one in italics, when none above is, that has a piece for every column but the first.
    """
    texts = [text_of(block.words) for block in own]
    if counts_columns(texts) or (len(texts) > 1 and all(map(is_unit, texts))):
        return True
    if says_units(texts) and sum(map(is_figure, texts)) > 1:
        return True  # One round number may end a heading: `Rate per` over `10,000`.
    every = [block.first for block in own if block.first] == list(range(1, len(columns.spans)))
    slanting = all(word.italic for block in own for word in block.words)
    return every and slanting and bool(above) and not any(word.italic for block in above for word in block.words)


def _over_pairs(own: Sequence[Block], below: Sequence[Words], columns: Columns) -> list[Block]:
    """The blocks of a line; one in the middle over pieces of a line below that nothing else is over is over these."""
    taken = {n for block in own for n in range(block.first, block.last + 1)}
    under = [[block_of(piece, columns) for piece in pieces_in(line)] for line in below]
    if rounds := over_rounds(own, under, columns):
        return rounds
    found = []
    for block in own:
        line = next((line for line in under if any(each.meets(block) for each in line)), [])
        free = {each.first for each in line if each.first == each.last > 0} - taken
        alone = block.first == block.last > 0
        wide = centred(block, free, columns) if alone else block
        if sticks_out(block, free, columns):
            found.append(replace(block, first=block.first - 1, last=block.last + 1))
            continue
        off, less = (off_middle(each, (each.first, each.last), columns) for each in (block, wide))
        counted = _over_numbers(block, line, free, columns) if alone else None
        found.append(counted or (wide if off - less > block.size / 2 else block))
    return found


def _add(blocks: list[Block], piece: Block, beside: Sequence[Block], text: PageText) -> None:
    """Add a piece to the block that it goes on from, or as one of its own; `beside` has the others of its line."""
    for number in reversed(range(len(blocks))):
        above = blocks[number]
        if not above.meets(piece):
            continue
        gap = piece.words[0].top - above.bottom
        same = (above.first, above.last) == (piece.first, piece.last) and above.x0 < piece.x1 and piece.x0 < above.x1
        same = same or (_grows(above, piece) and not any(above.meets(other) for other in beside))
        same = same and (above.last > 0 or _are_alike(above, piece))
        most = _CLOSE if beside or not above.first or not _in_line(above, piece) else _CLOSE_ALONE
        if same and gap < most * piece.words[0].size and not _ruled_between(above, piece, text):
            first, last = min(above.first, piece.first), max(above.last, piece.last)
            blocks[number] = Block(first, last, (*above.words, *piece.words))
            return
        break
    blocks.append(piece)


def _in_line(above: Block, piece: Block) -> bool:
    """Whether two lines of a heading, in one weight, start or end at one place, or stand about one middle."""
    ends = above.x0 - piece.x0, above.x1 - piece.x1
    in_line = min(*map(abs, ends), abs(sum(ends)) / 2) < _JUST * piece.size
    return in_line and above.words[-1].bold == piece.words[0].bold


def _are_alike(above: Block, piece: Block) -> bool:
    """Whether two lines over the first column are in one weight, and no words in capitals above others."""
    titled = text_of(above.words).isupper() and piece.words[0].text.istitle()
    return above.words[0].bold == piece.words[0].bold and not titled


def _grows(above: Block, piece: Block) -> bool:
    """Whether one line of a cell is narrower than another: it starts or ends where that does, or is in its middle.

    A line that reaches over one column alone goes on where it stands as close as the lines above it, or just in their
    middle.
    """
    middles = [(b.words[0].x0 + b.words[-1].x1) / 2 for b in (above, piece)]
    size = piece.words[0].size
    just = abs(middles[0] - middles[1]) <= _JUST * size
    far = piece.top - above.bottom > _gap(above) + _SAME
    if not just and (above.last == above.first or (piece.last == piece.first and far)):
        return False
    edges = abs(above.x0 - piece.x0), abs(above.x1 - piece.x1)
    return abs(middles[0] - middles[1]) < size or min(edges) < _SAME * size


def _gap(block: Block) -> float:
    """The gap between the last lines of a block; of one line, the widest that lines of a cell usually have."""
    lines = by_height(block.words)[-2:]
    return lines[1][0].top - lines[0][0].bottom if len(lines) > 1 else _LEADING * block.size


def headed(
    groups: Sequence[Sequence[Words]], columns: Columns, text: PageText
) -> tuple[list[Words], list[list[Words]]]:
    """The lines of the groups above the first figure where one has a heading over headings, and the other groups.

    Such a heading stands right of the first column, over several columns that have words of their own below it.
    """
    figured = (any(figures_of(line, columns) and not heads(line, columns) for line in group) for group in groups)
    number = next((n for n, has in enumerate(figured) if has), 0)
    lines = [line for group in groups[:number] for line in group]
    if number > _DEEPEST or not any(_heads(line, lines[n:], columns, text) for n, line in enumerate(lines, 1)):
        return [], [list(group) for group in groups]
    return lines, [list(group) for group in groups[number:]]


def _heads(line: Words, below: Sequence[Words], columns: Columns, text: PageText) -> bool:
    """Whether a piece of a line right of the first column stands over several columns that lines below fill."""
    own = [block_of(piece, columns) for piece in pieces_in(line)]
    reached = [columns.of(block.words) for block in own]
    reached += [(block.first, block.last) for block in _over_pairs(own, below, columns)]
    ruled = [span for block in own if (span := _under_rule(block, columns, text))]
    over = [(first, last) for first, last in (*reached, *ruled) if 0 < first < last]
    filled = [[columns.of(piece) for piece in pieces_in(each)] for each in below]
    return any(
        sum(first <= column[0] == column[1] <= last for column in row) > 1 for first, last in over for row in filled
    )


def _ruled_between(above: Block, piece: Block, text: PageText) -> bool:
    x0, x1 = piece.words[0].x0, piece.words[-1].x1
    return any(
        rule.x1 - rule.x0 > 1 and rule.x0 < x1 and rule.x1 > x0 and above.bottom - 1 < rule.top < piece.words[0].top + 1
        for rule in text.rules
    )


def _is_below(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a block over the first column stands below all others: the name of a section.

    So is one over another column that is a title, or plain where all others are bold.
    """
    others = [other for other in blocks if other.last and other is not block]
    if not others or block.words[0].middle <= max(other.bottom for other in others):
        return False
    over = " ".join(text_of(other.words) for other in others if other.meets(block))
    plain = not any(word.bold for word in block.words) and all(word.bold for other in others for word in other.words)
    return not block.last or (block.first == block.last and (plain or is_title(text_of(block.words), over)))


def _over(block: Block, blocks: Sequence[Block], columns: Columns, text: PageText) -> Block:
    """A block with blocks below it: over the columns of a rule of its own, or those that it stands in the middle of."""
    lower = [other for other in blocks if other.top > block.bottom - 1 and other.last]
    if not block.last or not any(other.meets(block) for other in lower):
        return block
    level = (other for other in blocks if other is not block and other.top < block.bottom - 1)
    beside = [other for other in level if other.bottom > block.top + 1]
    if ruled := _under_rule(block, columns, text, beside):
        return replace(block, first=ruled[0], last=ruled[1])
    free = {n for other in lower for n in range(other.first, other.last + 1)}
    free -= {n for other in beside for n in range(other.first, other.last + 1)}
    return _over_numbers(block, lower, free, columns) or centred(block, free, columns)


def _under_rule(block: Block, columns: Columns, text: PageText, beside: Sequence[Block] = ()) -> tuple[int, int] | None:
    """The first and the last column that a rule right below a block reaches over, with nothing else above it.

    So does the ground of a cell of its own, about as high, beside the first column.
    """
    below = [(rule.x0, rule.x1) for rule in text.rules if 0 < rule.top - block.bottom + block.size / 4 < block.size]
    if pieces := _under_pieces(block, columns, below, beside):
        return pieces
    for x0, x1 in (*below, *_grounds(block, columns, text)):
        if x0 <= block.x0 + 1 and x1 >= block.x1 - 1:
            under = [n for n, (a, b) in enumerate(columns.spans) if x0 - 1 < (a + b) / 2 < x1 + 1]
            if under and not any(x0 < other.x1 and other.x0 < x1 for other in beside):
                return under[0], under[-1]
    return None


def _under_pieces(
    block: Block, columns: Columns, below: Sequence[tuple[float, float]], beside: Sequence[Block]
) -> tuple[int, int] | None:
    """The columns that pieces of a rule, one for each, reach over below a block, nearer to it than to others beside it.

    Under headings over several columns no rule reaches over the first.
    """
    run: list[tuple[float, float]] = []
    for piece in sorted(below):
        if run and piece[0] - run[-1][1] > _TOUCH:
            if run[-1][1] > block.x0:
                break
            run = []
        run.append(piece)
    if len(run) < _PIECES or run[0][0] < columns.spans[0][1] or run[0][0] > block.x0 + 1 or run[-1][1] < block.x1 - 1:
        return None
    middles = [(other.x0 + other.x1) / 2 for other in (block, *beside)]
    nearest = [min(range(len(middles)), key=lambda n: abs(middles[n] - (x0 + x1) / 2)) for x0, x1 in run]
    own = [piece for piece, at in zip(run, nearest, strict=True) if at == 0]
    under = [n for n, (a, b) in enumerate(columns.spans) if own and own[0][0] - 1 < (a + b) / 2 < own[-1][1] + 1]
    return (under[0], under[-1]) if len(under) > 1 else None


def _grounds(block: Block, columns: Columns, text: PageText) -> Iterator[tuple[float, float]]:
    """From where to where the grounds of cells that hold a block reach, right of the first column."""
    high = _CELL * (block.bottom - block.top)
    for fill in text.fills:
        around = fill.top < block.top + 1 and fill.bottom > block.bottom - 1 and fill.bottom - fill.top < high
        if around and fill.x0 > sum(columns.spans[0]) / 2 + 1:
            yield fill.x0, fill.x1


def _over_numbers(block: Block, lower: Sequence[Block], free: Container[int], columns: Columns) -> Block | None:
    """A block over numbers or years in several free columns beside each other, in about the middle of them: over all.

    So it is over headings that differ in a number alone: `10-YEAR`, `50-YEAR`. A number alone says nothing without what
    stands over it.
    """
    first, last = block.first, block.last
    while first - 1 in free:
        first -= 1
    while last + 1 in free:
        last += 1
    texts = [text_of(other.words) for other in lower if first <= other.first and other.last <= last]
    off = off_middle(block, (first, last), columns)
    kinds = {_NUMBER.sub("0", text) for text in texts}
    counted = counts_columns(texts) or all(map(is_year, texts)) or (len(kinds) == 1 < len(texts) and "0" in min(kinds))
    return replace(block, first=first, last=last) if counted and last > first and off < _ABOUT * block.size else None


def _rows_of(blocks: Sequence[Block], level: Sequence[Container[Word]]) -> list[int]:
    """The row of each block: below all that stand over one of its columns; those whose first words are level in one."""
    rows: list[int] = []
    for number, block in enumerate(blocks):
        line = next((words for words in level if block.words[0] in words), ())
        beside = [other for other in blocks if other.words[0] in line] or [block]
        above = (i for i in range(number) if blocks[i] not in beside)
        rows.append(max((rows[i] + 1 for i in above if any(blocks[i].meets(each) for each in beside)), default=0))
    return rows


def _row(number: int, depth: int, blocks: Sequence[Block], rows: Sequence[int], known: tuple[int, PageText]) -> Row:
    width, text = known
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
