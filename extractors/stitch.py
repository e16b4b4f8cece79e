"""A table that goes on over the page is one table; a row that a page cut is one row."""

import re
from collections import Counter
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.fuzz import ratio

from extractors.grid import Claim, Row, is_figure, is_title, printed_at, shape
from schemas.records import Line, Note
from schemas.rules import Rule
from schemas.vocabulary import fold

# Words that cannot end a label: the label goes on in the next line.
_DANGLING = re.compile(r"(?:\b(?:and|of|the|for|with|to|or|in|by)|[&,/-])$", re.IGNORECASE)

# A heading that is printed again on a scan is read alike to so much, of 100.
_ALIKE = 85
_NO_DIGIT = re.compile(r"\D")
_SAYS_TOTAL = re.compile(r"^(?:(?:grand|overall|net|gross) )?(?:sub-?\s?)?totals?\b|\b(?:sub-?\s?)?totals?\s*:?$")
# A label of a total over a whole table.
_CLOSES = re.compile(r"^\W*(?:(?:grand|overall|net|gross) )?totals?\b", re.IGNORECASE)
# A row with so many figures of its own is no rest, though it starts as the second line of a key does.
_MANY = 5
_MARKED = re.compile(r"^(?:\(?[a-z0-9]{1,2}[).]|[•-])\s")


@dataclass(frozen=True, slots=True)
class Keys:
    """The shape of the keys that start a table's rows, and the shapes that stand behind them in their cells."""

    shape: str
    companions: frozenset[str]


def repeats(row: Row, header: Row, *, scanned: bool = False) -> bool:
    """Whether a row prints the heading again; on a scan a few of its letters may have been read otherwise."""
    mine, theirs = ([each.text(c) for c in each.filled] for each in (row, header))
    return bool(mine) and (mine == theirs or (scanned and _is_alike(mine, theirs)))


def _is_alike(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether texts are the same but for a few letters, at least half of them to the letter, and all digits are."""
    if len(mine) != len(theirs) or _NO_DIGIT.sub("", "".join(mine)) != _NO_DIGIT.sub("", "".join(theirs)):
        return False
    same = sum(a == b for a, b in zip(mine, theirs, strict=True))
    return 2 * same >= len(mine) > 1 and ratio("".join(mine), "".join(theirs)) > _ALIKE


def better(header: Row, again: Row, is_known: Callable[[str], bool]) -> Row:
    """A heading, of which each cell that nobody knows is taken from where it is printed again, if it is known there."""
    width = min(len(header.cells), len(again.cells))
    cells = [
        again.cells[c] if not is_known(header.text(c)) and is_known(again.text(c)) else header.cells[c]
        for c in range(width)
    ]
    return replace(header, cells=(*cells, *header.cells[width:]))


def without_repeats(rows: Sequence[Row]) -> tuple[list[Row], list[Note]]:
    """The rows without the headings that are printed again, and a note for each."""
    kept, notes = list(rows[:1]), []
    for row in rows[1:]:
        if repeats(row, rows[0]):
            notes.append(Note(Rule.REPEATED_HEADING, printed_at(row), row.source.text.strip()))
        else:
            kept.append(row)
    return kept, notes


def goes_on_below(above: Claim, claim: Claim) -> bool:
    """Whether a table repeats the heading of the one above, which no total closes."""
    heads = [claim.rows[: claim.header_rows], above.rows[: above.header_rows]]
    if not heads[0] or above.columns != claim.columns or len(heads[0]) != len(heads[1]):
        return False
    last = above.rows[-1]
    closed = _CLOSES.match(last.text(last.filled[0])) if last.filled else None
    return not closed and all(repeats(row, head) for row, head in zip(*heads, strict=True))


def one_claim(above: Claim, claim: Claim) -> Claim:
    """Two parts of a table as one, without the heading that the second repeats."""
    again = [Note(Rule.REPEATED_HEADING, printed_at(row), row.source.text.strip()) for row in claim.rows[:1]]
    rows = (*above.rows, *claim.rows[claim.header_rows :])
    return replace(above, last=claim.last, rows=rows, notes=(*above.notes, *again, *claim.notes))


def merge_rows(rows: Sequence[Row], columns: int, alone: Container[int] = ()) -> list[Row]:
    """Body rows with the tails of wrapped and page-cut rows put back under their row, but for those that stand `alone`.

    The latter, by their number, are names of sections.
    """
    keyed = key_shape(rows)
    figures = any(is_figure(row.text(c)) for row in rows for c in row.filled)
    merged: list[Row] = []
    for number, row in enumerate(rows):
        own = number in alone or number - 1 in alone
        if merged and not own and goes_on(row, merged[-1], keyed, figures=figures, columns=columns):
            merged[-1] = joined_rows(merged[-1], row)
        else:
            merged.append(row)
    return merged


def key_shape(rows: Sequence[Row]) -> Keys:
    """The shape of the keys that start most rows of figures; without figures, of the first row with more than a label.

    The first row of a page may be the rest of one that the page before ends, and start with no key.
    """
    labelled = [row for row in rows if 0 in row.filled and len(row.filled) > 1]
    figured = [row for row in labelled if any(is_figure(row.text(c)) for c in row.filled if c)]
    words = [row.text(0).split()[0] for row in figured or labelled[:1]]
    shapes = Counter(shape(word) if _is_key(word) else "" for word in words)
    own = shapes.most_common(1)[0][0] if shapes else ""
    coded = (words for row in rows if (words := row.text(0).split()) and _is_key(words[0]))
    return Keys(own, frozenset(shape(word) for words in coded for word in words[1:]) - {own})


def _is_key(word: str) -> bool:
    return any(char.isdigit() for char in word) and not any(char in "%£" for char in word)


def goes_on(row: Row, above: Row, keys: Keys, *, figures: bool, columns: int) -> bool:
    """Whether a row is the tail of the one above: it has no key of its own, or a label that only goes on.

    The number of a chapter (`2` above 2.1) is a key too. Nothing ends in a stroke: what stands below goes on. From a
    total without a key nothing goes on that has words, and figures below those above.
    """
    if not row.filled or _is_total(row) or _is_title(row, above) or (not keys.shape and _own_figures(row, above)):
        return False
    if 0 not in row.filled:
        marked = row.filled == tuple(range(1, columns)) and _MARKED.match(row.text(1))
        named = not is_figure(row.text(row.filled[0]))
        after_total = _is_total(above) and bool(_own_figures(row, above)) and named
        return not after_total and (row.after_gap or not marked)
    label = row.text(0)
    if keys.shape and (shape(label) == keys.shape or keys.shape.startswith(f"{shape(label)}.")):
        return False
    if keys.shape and any(char.isdigit() for char in label.split()[0]):
        own = len(_own_figures(row, above))
        rest = own < _MANY and (shape(label) in keys.companions or above.text(0).endswith("/"))
        return rest or not (own or _is_whole(row, columns))
    if label[0].islower() or (len(row.filled) == 1 and _DANGLING.search(above.text(0))):
        return True
    return not keys.shape and not figures and row.filled == (0,) and not label.isupper()


def says_total(text: str) -> bool:
    """Whether words without a figure open or end with one for a total.

    >>> says_total("Total awarded"), says_total("Totalling"), says_total("Total: £5")
    (True, False, False)
    """
    return bool(_SAYS_TOTAL.search(fold(text))) and not is_figure(text)


def _is_total(row: Row) -> bool:
    """Whether a row without a key opens or ends its words with one for a total, beside a figure."""
    first = row.filled[0]
    return first > 0 and says_total(row.text(first)) and any(is_figure(row.text(c)) for c in row.filled[1:])


def _is_title(row: Row, above: Row) -> bool:
    """Whether a row has nothing but words in capitals beside the column of keys: the name of a section."""
    column = row.filled[0]
    return column > 0 and len(row.filled) == 1 and is_title(row.text(column), above.text(column))


def _own_figures(row: Row, above: Row) -> list[int]:
    """The columns but the first in which a row and the one above have a figure: two rows, whatever their labels."""
    both = (c for c in row.filled if c and c in above.filled)
    return [c for c in both if is_figure(row.text(c)) and is_figure(above.text(c))]


def _is_whole(row: Row, columns: int) -> bool:
    """Whether a row fills every column but perhaps the last, and its text does not start small."""
    return set(range(columns - 1)) <= set(row.filled) and not row.text(1)[:1].islower()


def joined_rows(above: Row, row: Row) -> Row:
    """Two rows as one: in each column the lines of the first, then those of the second."""
    width = max(len(above.cells), len(row.cells))
    pad = ((),) * width
    pairs = zip((*above.cells, *pad)[:width], (*row.cells, *pad)[:width], strict=True)
    cells = tuple((*top, *bottom) for top, bottom in pairs)
    return Row(cells, above.source, above.after_gap, above.spans, above.doubtful or row.doubtful)


def carried(above: Sequence[Row], rows: Sequence[Row], *, rest: bool = False) -> tuple[list[Row], list[Row]]:
    """Rows of two pages whose first cells a page cut: the cells before the first figure go on from those above.

    What such a cell holds on the second page joins the cell above, which then covers the rows of both. One behind the
    first column, none of whose cells covers several rows, is of its own row. A first row without a figure only goes on
    and is no row of its own, nor is one that is known as the `rest` of the last.
    """
    kept, more = list(above), list(rows)
    first = more[0]
    figure = None if rest else next((c for c in first.filled if is_figure(first.text(c))), None)
    for column in range(len(first.cells) if figure is None else figure):
        span = first.spans[column]
        origin = next((i for i in range(len(kept) - 1, -1, -1) if kept[i].spans and kept[i].spans[column]), None)
        own = column and figure is not None and first.cells[column] and not _covers_rows(column, (*kept, *more))
        if span is None or origin is None or own:
            continue
        covers = len(kept) - origin + span[0] - (figure is None)
        kept[origin] = _with_cell(kept[origin], column, (*kept[origin].cells[column], *first.cells[column]), covers)
        for index in range(min(span[0], len(more))):
            more[index] = _with_cell(more[index], column, (), 0)
    if figure is not None:
        return kept, more
    kept[-1] = replace(kept[-1], doubtful=kept[-1].doubtful or first.doubtful)
    return kept, more[1:]


def _covers_rows(column: int, rows: Sequence[Row]) -> bool:
    """Whether a cell of a column covers several rows."""
    return any(span[0] > 1 for row in rows if row.spans and (span := row.spans[column]))


def _with_cell(row: Row, column: int, lines: tuple[Line, ...], rows: int) -> Row:
    """A row with other lines in a cell that covers so many rows; none where a cell above covers it."""
    before = row.spans[column]
    span = (rows, before[1] if before else 1) if rows else None
    cells = (*row.cells[:column], lines, *row.cells[column + 1 :])
    return replace(row, cells=cells, spans=(*row.spans[:column], span, *row.spans[column + 1 :]))
