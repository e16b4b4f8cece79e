"""What stands beside a table on the same lines and is none of it: running text, or another table."""

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import median

from extractors.grid import is_figure, is_known_heading, is_year
from extractors.pages.seen import Rule
from extractors.pages.words import Word, text_of
from extractors.tables.columns import Columns, Words, pieces_in

# Text has so many lines at least, one below the other, so many words in most of them, and reaches over this share of
# its widest line in most.
_LINES, _WORDS, _FULL = 4, 4, 0.8
_MOST = 0.7
# Of its lines so many open in the middle of a sentence.
_RUNS_ON = 0.5
# Its lines are as far apart as each other within this share of their height.
_EVEN = 0.2
# Text has its own distances between lines: so many of its lines stand this share of their height off the rows that
# they stand beside, which are no further off than this.
_UNEVEN, _LEVEL, _BESIDE = 0.3, 0.15, 0.6
# Headings that come twice stand in one of so many lines at the top.
_HEADS = 5
# Tables of two columns each have so many gaps. Rules are thinner than this, in points, and stand apart by this.
_SEVERAL, _THIN, _SAME = 3, 2.0, 3.0
# So many rules of its own has each of two tables.
_OWN = 2


def apart(lines: Sequence[Words], columns: Columns, rules: Sequence[Rule]) -> list[list[Words]]:
    """The lines of each table that stands on lines, in two where their headings come twice; without text at their side.

    So they are where each has level rules of its own. What text stands beside has a column of labels of its own and one
    of figures.
    """
    gaps = [(left[1] + right[0]) / 2 for left, right in pairwise(columns.spans)]
    cut = _half(lines, columns) or _ruled_apart(lines, gaps, rules)
    if cut:
        return [_within(lines, 0.0, gaps[cut - 1]), _within(lines, gaps[cut - 1])]
    sides = ((gaps[0], inf, 0.0, gaps[0]), (0.0, gaps[-1], gaps[-1], inf)) if len(gaps) > 1 else ()
    for left, right, start, end in sides:
        table = _within(lines, left, right)
        top = min((word.top for line in table[:1] for word in line), default=inf)
        text = [line for line in _within(lines, start, end) if line[0].middle > top]
        if _is_table(table) and _is_text(text) and not _is_level(table, text):
            return [table]
    return [list(lines)]


def _half(lines: Sequence[Words], columns: Columns) -> int:
    """The column in which a second table begins under the same headings as the first, with labels of its own; or 0.

    The headings are those of tables that are understood; one of others that is set twice is one table, as printed.
    """
    half, odd = divmod(len(columns.spans), 2)
    if odd or half < 2:
        return 0
    texts = [{columns.of(piece)[0]: text_of(piece) for piece in pieces_in(line)} for line in lines]
    headed = any(
        len(own) == 2 * half
        and all(own[n] == own[n + half] and is_known_heading(own[n]) for n in range(half))
        and not any(map(is_figure, own.values()))
        for own in texts[:_HEADS]
    )
    figured = [own for own in texts if sum(map(is_figure, own.values())) > 1]
    named = sum(all(n in own and not is_figure(own[n]) for n in (0, half)) for own in figured)
    return half if headed and named >= _MOST * len(figured) else 0


def _ruled_apart(lines: Sequence[Words], gaps: Sequence[float], rules: Sequence[Rule]) -> int:
    """The column in which a second table begins, ruled at other heights than the first, no rule crossing between; or 0.

    Each has two columns at least, and two level rules that no rule of the other goes on from.
    """
    if len(gaps) < _SEVERAL:
        return 0
    top, bottom, size = lines[0][0].top, lines[-1][0].bottom, lines[0][0].size
    near = [r for r in rules if r.bottom - r.top < _THIN and top - size < r.top < bottom + size]
    for number, gap in enumerate(gaps[1:-1], 2):
        if any(rule.x0 < gap < rule.x1 for rule in near):
            continue
        sides = [{rule.top for rule in near if (rule.x0 > gap) == side} for side in (False, True)]
        own = [{y for y in side if not any(abs(y - o) < _SAME for o in other)} for side, other in (sides, sides[::-1])]
        if min(len({round(y) for y in each}) for each in own) >= _OWN:
            return number
    return 0


def _within(lines: Sequence[Words], left: float, right: float = inf) -> list[Words]:
    """What of lines stands between two places."""
    cut = [[word for word in line if left < _middle(word) < right] for line in lines]
    return [line for line in cut if line]


def _middle(word: Word) -> float:
    return (word.x0 + word.x1) / 2


def _is_level(table: Sequence[Words], text: Sequence[Words]) -> bool:
    """Whether most lines of text stand just as high as the rows beside them, as those of cells do."""
    heights = [line[0].middle for line in table]
    off = [min(abs(line[0].middle - height) for height in heights) / line[0].size for line in text]
    beside = [share for share in off if share < _BESIDE]
    return sum(share > _LEVEL for share in beside) < _UNEVEN * len(beside)


def _is_text(lines: Sequence[Words]) -> bool:
    """Whether lines are running text and not the cells of a column, with a heading and gaps between them.

    They are long and full for the most part, the first too, half of them open within a sentence, most as far apart.
    """
    if len(lines) < _LINES:
        return False
    widest = max(line[-1].x1 - line[0].x0 for line in lines)
    full = [len(line) >= _WORDS and line[-1].x1 - line[0].x0 > _FULL * widest for line in lines]
    small = sum(line[0].text[0].islower() for line in lines)
    gaps = [line[0].top - above[0].top for above, line in pairwise(lines)]
    even = sum(abs(gap - median(gaps)) < _EVEN * lines[0][0].size for gap in gaps)
    on = min(sum(full) / len(lines), even / len(gaps)) >= _MOST
    return full[0] and on and small >= _RUNS_ON * len(lines)


def _is_table(lines: Sequence[Words]) -> bool:
    """Whether most lines are rows of figures that open with words, or years, in line."""
    own = [pieces_in(line) for line in lines]
    figured = [pieces for pieces in own if any(is_figure(text_of(piece)) for piece in pieces)]
    named = sum(len(pieces) > 1 and _is_label(text_of(pieces[0])) for pieces in figured)
    left = median([pieces[0][0].x0 for pieces in own]) if own else 0.0
    in_line = sum(abs(pieces[0][0].x0 - left) < 2 * pieces[0][0].size for pieces in figured)
    return len(figured) > max(2, len(lines) / 2) and min(named, in_line) >= _MOST * len(figured)


def _is_label(text: str) -> bool:
    return is_year(text) or not is_figure(text)
