"""Headings that come again in rounds, `2005 2006 2005 2006`, and those that stand over a round each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from extractors.pages.words import text_of
from extractors.tables.blocks import Block, off_middle
from extractors.tables.columns import Columns

# What comes again is so many headings at least.
_ROUND = 2


def over_rounds(own: Sequence[Block], under: Sequence[Sequence[Block]], columns: Columns) -> list[Block]:
    """The blocks of a line as far apart as what stands below them comes again; none where it does not.

    `1998` and `2008` over `Total Men Women Total Men Women Change` are each over three columns, the nearest to it.
    """
    steps = {b.first - a.last for a, b in pairwise(own)}
    if len(steps) != 1 or any(block.first != block.last or not block.first for block in own):
        return []
    texts: dict[int, str] = {}
    for block in (block for line in under for block in line if block.first == block.last):
        texts[block.first] = f"{texts.get(block.first, '')} {text_of(block.words)}"
    size = steps.pop()
    spans = [(at, at + size - 1) for at in range(own[0].first - size + 1, own[0].first + 1)]
    same = [span for span in spans if _comes_again(texts, span, len(own))]
    if size < _ROUND or not same:
        return []
    first, last = min(same, key=lambda span: off_middle(own[0], span, columns))
    return [replace(b, first=first + n * size, last=last + n * size) for n, b in enumerate(own)]


def _comes_again(texts: Mapping[int, str], span: tuple[int, int], times: int) -> bool:
    """Whether the headings of some columns, each another one, come so many times side by side."""
    size = span[1] - span[0] + 1
    rounds = [[texts.get(span[0] + n * size + at) for at in range(size)] for n in range(times)]
    return all(own == rounds[0] for own in rounds) and None not in rounds[0] and len(set(rounds[0])) == size


def over_repeats(blocks: Sequence[Block], columns: Columns) -> list[Block]:
    """Blocks; those over headings that come again in rounds, `2005 2006 2005 2006`, are each over one round."""
    found = list(blocks)
    for line in _in_line([block for block in blocks if block.first == block.last > 0]):
        starts = rounds_in([text_of(block.words) for block in line])
        over = sorted((b for b in found if b.last and b.bottom < line[0].top + 1), key=lambda block: block.x0)
        rounds = [line[a:b] for a, b in pairwise([*starts, len(line)])]
        spans = [(columns.spans[own[0].first][0], columns.spans[own[-1].last][1]) for own in rounds]
        middles = [(block.x0 + block.x1) / 2 for block in over]
        if starts and len(over) == len(rounds) and all(a < x < b for x, (a, b) in zip(middles, spans, strict=True)):
            pairs = zip(over, rounds, strict=True)
            wide = {id(block): replace(block, first=own[0].first, last=own[-1].last) for block, own in pairs}
            found = [wide.get(id(block), block) for block in found]
    return found


def _in_line(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks that start at one height, in columns side by side."""
    for _, group in groupby(sorted(blocks, key=lambda b: (round(b.top), b.first)), key=lambda block: round(block.top)):
        line = list(group)
        if [block.first for block in line] == list(range(line[0].first, line[0].first + len(line))):
            yield line


def repeated(line: Sequence[Block], above: Sequence[Block]) -> bool:
    """Whether the blocks of a line behind the first column come again in rounds, each a heading of its own.

    None is where what stands above them comes again too, in the same columns of each round: both are lines of cells.
    """
    own = [block for block in line if block.first]
    starts = [own[number].first for number in rounds_in([text_of(block.words) for block in own])]
    if not starts:
        return False
    ends = [*starts[1:], own[-1].last + 1]
    each = [
        [(b.first - start, text_of(b.words)) for b in above if start <= b.first < end]
        for start, end in zip(starts, ends, strict=True)
    ]
    return not each[0] or any(other != each[0] for other in each)


def rounds_in(texts: Sequence[str]) -> list[int]:
    """Where texts, two or more, come again in the same order, to the end; none where they do not.

    The last round may leave some of them out: of the last year a quarter may be to come.
    """
    starts = [number for number, text in enumerate(texts) if text == texts[0]]
    first, *again = [list(texts[a:b]) for a, b in pairwise([*starts, len(texts)])] or [[]]
    if not again or min(len(first), len(again[-1])) < _ROUND or len(set(first)) < len(first):
        return []
    left = [text for text in first if text in again[-1]]
    return starts if again[-1] == left and all(each == first for each in again[:-1]) else []
