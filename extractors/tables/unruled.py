"""Tables whose columns no rules divide: runs of lines that fall into columns, and what they make."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from extractors.grid import Row, header_height, is_figure, is_known_heading
from extractors.pages.gutters import MARGIN
from extractors.pages.page import TURNED, PageText, parts_of
from extractors.pages.words import Word, are_bold, text_of
from extractors.tables.bands import are_bands, around, as_bands, bands_of, parted
from extractors.tables.beside import apart
from extractors.tables.columns import (
    Columns,
    Span,
    Words,
    across,
    columns_of,
    crosses,
    opened,
    opened_in,
    pieces_in,
)
from extractors.tables.cut import is_rest
from extractors.tables.headings import headed, heading_rows
from extractors.tables.keyed import keyed, names_in
from extractors.tables.merged import with_merged
from extractors.tables.paragraphs import is_page_number, is_title_over
from extractors.tables.reheaded import printed_again
from extractors.tables.ruled import PageTable, moved, source_of, stacked
from extractors.tables.runs import runs
from extractors.tables.trimmed import begun, ended, trimmed, without_notes
from extractors.tables.upended import with_upended
from extractors.tables.widened import with_heads
from extractors.tables.worded import are_dated, are_in_line
from schemas.records import Line

Divide = Callable[[Sequence[Words], Columns], Sequence[Sequence[Words]]]
_NEAR = 3.0
_SLACK = 60.0
# So many figures side by side stand in columns of their own.
_HEAP = 3
# What is below the end of a table may be another one where it has so many lines.
_TABLE = 4
# A run of lines is divided so many times.
_DEEPEST = 6


class _Known(NamedTuple):
    """The columns of a table whose heading is printed again, of how many lines; `spans` says that cells know theirs."""

    columns: Columns
    lines: int
    spans: bool


def find_unruled(
    text: PageText, taken: Sequence[PageTable], above: PageTable | None, divide: Divide | None = None
) -> list[PageTable]:
    """The tables outside the drawn grids whose columns are gaps that run down through their lines.

    `above` is the table that ends the page before: where the first lines keep to its columns they go on from it.
    `divide` makes rows of lines; without it rules, grounds and the gaps between lines do.
    """
    found: list[PageTable] = []
    for whole in parts_of(text):
        lines = _outside(whole, taken)
        left = min(line[0].x0 for line in whole)
        divided = divide or _as_above(above, text)
        again = _headed_again(above, lines, text, taken, divided) if above else []
        held = [*taken, *again]
        own = list(again)
        for run in runs(lines, held, text.height):
            open_to = above and (above.page != text.number or lines[0][0].top < above.bottom)
            spans = _spans(above, left) if above and open_to and _opens(run, lines, text) else []
            cut = above and any(is_rest(run[0], above.rows, each) for each in spans)
            whole_run = without_notes(run, text) if cut or _is_ruled_off(run, spans, text) else trimmed(run, text)
            least = 0 if cut and run[0][0].text[0].islower() else 1
            own += _going_on(whole_run, text, spans, divided, least) or _tables(run, text, divide)
        found += [with_upended(replace(table, left=left), text) for table in sorted(own, key=lambda table: table.top)]
        above = found[-1] if found and _ends(found[-1], lines, text) else None
    return found


def _as_above(above: PageTable | None, text: PageText) -> Divide | None:
    """What makes rows of lines that go on from a table whose every row was a band: their bands, however few."""
    if above is None or not above.banded:
        return None
    return lambda lines, columns: as_bands(_bands(lines, columns, text), columns)


def _outside(lines: Sequence[Words], taken: Sequence[PageTable]) -> Sequence[Words]:
    """Lines without what stands beside other words in tables that are known; lines that stand in one are whole.

    One that stands in several side by side has the words of one of them.
    """
    if not taken:
        return lines
    return [line if any(t.holds(line, _NEAR) for t in taken) else _outside_of(line, taken) for line in lines]


def _outside_of(line: Words, tables: Sequence[PageTable]) -> Words:
    """A line that stands in no table whole: its words in none, else those in the table it begins in, else all."""
    own = next(([w for w in line if t.holds((w,), _NEAR)] for t in tables if t.holds(line[:1], _NEAR)), [])
    return without_tables(line, tables) or own or line


def without_tables(line: Words, tables: Sequence[PageTable]) -> Words:
    """A line without its words in tables: two side by side hold what neither holds whole."""
    level = [table for table in tables if table.top <= line[0].middle <= table.bottom]
    return [word for word in line if not any(table.holds((word,)) for table in level)] if level else line


def _headed_again(
    above: PageTable, lines: Sequence[Words], text: PageText, taken: Sequence[PageTable], divide: Divide | None
) -> list[PageTable]:
    """The table that prints the heading of the one before again, in its place: it has the columns of that one.

    It has none of them where its lines fall into more columns by themselves.
    """
    left = min(line[0].x0 for line in lines)
    for by, spans in zip(moved(above, left), _spans(above, left), strict=False):
        at = printed_again(above.head, lines, by)
        if at is not None:
            columns = Columns(spans)
            known = _Known(columns, len(above.head), bool(above.rows[0].spans))
            run, *more = [each for each in runs(lines[at:], taken, text.height) if each] or [[]]
            # The rest of a cell may stand below a heading as a list below a table does.
            run = [*run, *more[0]] if more and len(run) == len(above.head) else run
            own = [opened(line, columns, sure=True) for line in run]
            return _as_known(own, text, known, divide) if run and run[0] is lines[at] else []
    return []


def _as_known(run: Sequence[Words], text: PageText, known: _Known, divide: Divide | None) -> list[PageTable]:
    """The table of a run that opens with a known heading, unless it falls into more columns by itself."""
    lines = ended(without_notes(run, text), known.columns, text)
    more = columns_of(lines)
    if (more and len(more.spans) > len(known.columns.spans)) or len(lines) <= known.lines:
        return []
    wide = known._replace(columns=_as_wide(known.columns, more)) if more else known
    table = _table(lines, wide.columns, text, divide, wide)
    return [table] if table else []


def _as_wide(columns: Columns, own: Columns) -> Columns:
    """Known columns, as wide as those of the lines themselves where these are over them, one each."""
    if len(own.spans) != len(columns.spans):
        return columns
    wide = [(min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(columns.spans, own.spans, strict=True)]
    apart = all(left[1] < right[0] for left, right in pairwise(wide))
    return Columns(tuple(wide)) if apart else columns


def _ends(table: PageTable, lines: Sequence[Words], text: PageText) -> bool:
    """Whether nothing but a running title stands below a table in its part of a page."""
    foot = text.height * (1 - MARGIN)
    below = (line for line in lines if table.bottom < line[0].middle and line[0].bottom < foot)
    return all(is_page_number(line, text.height) for line in below)


def _opens(run: Sequence[Words], lines: Sequence[Words], text: PageText) -> bool:
    """Whether nothing but a running title stands above a run of lines of a part of a page, and no heading in it."""
    columned = next((line for line in run if len(pieces_in(line)) > 1), run[0] if run else None)
    if columned is None:
        return False
    before = (line for line in lines if line[0].middle < run[0][0].middle)
    if any(line[0].bottom >= text.height * MARGIN and not is_page_number(line, text.height) for line in before):
        return False
    above = [line for line in lines if line[0].middle < columned[0].middle]
    return not any(is_title_over(line, columned[0].size) for line in above)


def _is_ruled_off(run: Sequence[Words], found: Sequence[Sequence[Span]], text: PageText) -> bool:
    """Whether a rule or a ground right above the first line reaches over the columns of the table before: a row's."""
    above = (y for spans in found for y in around(run[:1], Columns(tuple(spans)), text))
    return any(y < run[0][0].middle for y in above)


def _spans(above: PageTable, left: float) -> list[tuple[Span, ...]]:
    """The columns of a table as they may stand in a part of a page where text starts at `left`."""
    own = list(zip(above.edges, above.ends, strict=True)) if above.ends else []
    return [tuple((start + by, end + by) for start, end in own) for by in moved(above, left)] if own else []


def _going_on(
    lines: Sequence[Words], text: PageText, found: Sequence[Sequence[Span]], divide: Divide | None, least: int
) -> list[PageTable]:
    """The table of lines in the columns of the one before, on another page or in another column, where it has them.

    It has so many rows at least; with none it may be the rest of one. In its columns no figures stand side by side.
    """
    for spans in found if lines else ():
        inner = [(left[1], right[0]) for left, right in pairwise(spans)]
        crossed = any(_crosses_gap(piece, gap) for line in lines for piece in pieces_in(line) for gap in inner)
        crossed = crossed or _holds_several(lines, Columns(tuple(spans)))
        if not crossed and (table := _table(lines, Columns(tuple(spans)), text, divide, least=least)):
            return [table]
    return []


def _crosses_gap(piece: Words, gap: Span) -> bool:
    """Whether a piece reaches into the columns on both sides of a gap, or stands in it where it may be a column."""
    return (piece[0].x0 < gap[0] and piece[-1].x1 > gap[1]) or (piece[0].x0 > gap[0] and piece[-1].x1 < gap[1])


def outside(text: PageText, tables: Sequence[PageTable]) -> list[Words]:
    """The upright lines of a page that stand in none of its tables."""
    rows = zip(text.rows, text.region, strict=True)
    return [row for row, part in rows if part != TURNED and not any(table.holds(row, _NEAR) for table in tables)]


def _tables(run: list[Words], text: PageText, divide: Divide | None, depth: int = 0) -> list[PageTable]:
    """The tables of a run; one that is not one table is divided at its widest gap and looked at again.

    So is one whose columns hold several figures side by side; the reading that fills more cells counts.
    """
    if sum(len(pieces_in(line)) > 1 for line in run) < 2:
        return []
    lines = trimmed(run, text)
    columns = columns_of(lines)
    body = begun(lines, columns, text) if columns else lines
    kept = ended(body, columns, text) if columns else lines
    if len(body) - len(kept) >= _TABLE:
        return [table for part in (kept, body[len(kept) :]) for table in _tables(part, text, divide, depth)]
    if len(kept) < len(lines):
        lines, columns = kept, columns_of(kept)
    own = apart(lines, columns, text.rules) if columns and not divide else [lines]
    if own != [lines]:
        return [table for part in own for table in _tables(part, text, divide, depth)]
    table = _table(lines, columns, text, divide) if columns else None
    whole = [table] if table and columns and not _is_heap(lines, columns) else []
    if depth == _DEEPEST or len(run) <= 3 or (table and columns and not _holds_several(lines, columns)):
        return whole
    at = _weakest(run)
    parts = [part for half in (run[:at], run[at:]) for part in _tables(half, text, divide, depth + 1)]
    return max(parts, whole, key=weight)


def _holds_several(lines: Sequence[Words], columns: Columns) -> bool:
    """Whether figures stand side by side in one column, in more lines than one."""
    own = [[columns.of(piece) for piece in pieces_in(line) if is_figure(text_of(piece))] for line in lines]
    return sum(len(set(places)) < len(places) for places in own) > 1


def _is_heap(lines: Sequence[Words], columns: Columns) -> bool:
    """Whether three figures of a line or more stand side by side in one column: labels of a chart, or no columns."""
    own = [[columns.of(piece) for piece in pieces_in(line) if is_figure(text_of(piece))] for line in lines]
    return any(count >= _HEAP for places in own for count in Counter(places).values())


def weight(tables: Sequence[PageTable]) -> tuple[int, int]:
    """How many cells of tables are a figure and nothing else, and how many have anything.

    Of two ways to divide lines into tables the heavier counts: cells that hold figures beside words are misread.
    """
    texts = [row.text(c) for table in tables for row in table.rows for c in row.filled]
    return sum(map(is_figure, texts)), len(texts)


def _weakest(run: Sequence[Words]) -> int:
    """Where a run that is no table breaks: at the widest gap between lines, a change of weight counting as one."""

    def gap(index: int) -> float:
        line, above = run[index], run[index - 1]
        changed = (line[0].bold, round(line[0].size)) != (above[0].bold, round(above[0].size))
        return line[0].top - above[0].bottom + (0.3 * line[0].size if changed else 0.0)

    return max(range(1, len(run)), key=gap)


def _table(
    lines: Sequence[Words],
    columns: Columns,
    text: PageText,
    divide: Divide | None,
    known: _Known | None = None,
    least: int = 2,
) -> PageTable | None:
    """The table of lines that fall into columns; of one whose heading is known the lines below it are rows.

    It has so many rows at least.
    """
    lines = opened_in(lines, columns)
    kept, columns = columns, with_heads(columns, lines, text.fills)
    count = known.lines if known else 0
    bands = _bands(lines[count:], known.columns if known else columns, text)
    head, groups = _below(lines, bands, known, divide) if known else _parted(lines, bands, columns, divide)
    if not head and not known:
        head, groups = headed(groups, columns, text)
    body = [line for group in groups for line in group]
    crossing = [line for line in body if crosses(line, columns)]
    several = [line for line in crossing if len(pieces_in(line)) > 1]
    if len(several) * 4 > len(body) or len(crossing) * 2 > len(body):
        return None
    heading = heading_rows(head, columns, text)
    names = names_in(groups)
    rows = [*heading, *keyed([_row(group, columns, text) for group in groups], names, bool(heading))]
    drawn = len(bands) > 2 or len(around(lines, columns, text)) > 2
    sure = drawn or _is_one_headed(rows, lines) or are_in_line(lines, columns) or are_dated(body, columns)
    held = _goes_on(rows, least) or _is_table(rows, banded=sure)
    if not known and not held:
        return None
    top, bottom = min(w.top for w in lines[0]), max(w.bottom for w in lines[-1])
    left, right = columns.spans[0][0], columns.spans[-1][1]
    edges, ends = (tuple(span[side] for span in kept.spans) for side in (0, 1))
    above = rows[header_height(rows)].source.start if header_height(rows) < len(rows) else 0
    head_lines = tuple(lines[:count] if known else (line for line in lines if line[0].start < above))
    # What divides the rows here divides them on the next page too.
    banded = divide is not None or are_bands(groups, [lines[:count], *bands])
    table = PageTable(text.number, tuple(rows), edges, left, top, right, bottom, _SLACK, ends=ends, head=head_lines)
    return replace(table, banded=banded)


def _bands(lines: Sequence[Words], columns: Columns, text: PageText) -> Sequence[Sequence[Words]]:
    return with_merged(bands_of(lines, columns, text), columns, text)


def _parted(
    lines: Sequence[Words], bands: Sequence[Sequence[Words]], columns: Columns, divide: Divide | None
) -> tuple[Sequence[Words], Sequence[Sequence[Words]]]:
    """The lines of a heading that is told from the rows, if it is, and the lines of each row."""
    return ((), divide(lines, columns)) if divide else parted(bands, columns)


def _below(
    lines: Sequence[Words], bands: Sequence[Sequence[Words]], known: _Known, divide: Divide | None
) -> tuple[Sequence[Words], Sequence[Sequence[Words]]]:
    """The lines of a known heading whose cells span others, and those of each row, such a heading without spans too."""
    head = lines[: known.lines]
    first, groups = _parted(lines[known.lines :], bands, known.columns, divide)
    rows = [*([first] if first else []), *groups]
    return (head, rows) if known.spans else ((), [head, *rows])


def _is_table(rows: Sequence[Row], *, banded: bool) -> bool:
    """Whether rows make a table: several with a figure beside something else, known headings, or drawn bands."""
    if len(rows) < 2 or sum(len(row.filled) > 1 for row in rows) * 2 < len(rows):
        return False
    if sum("=" in row.text(c) for row in rows for c in row.filled) * 2 >= len(rows):
        return False  # Formulas, with their numbers.
    figured = sum(any(is_figure(row.text(c)) for c in row.filled if c or "£" in row.text(0)) for row in rows)
    known = all(is_known_heading(rows[0].text(c)) for c in rows[0].filled)
    known = known and len(rows[0].filled) > (1 if figured else 2)
    return (figured >= 2 and figured * 3 >= len(rows)) or known or banded


def _goes_on(rows: Sequence[Row], least: int) -> bool:
    """Whether rows go on from a page before: one that has figures and half its cells, alone or below the rest of one.

    Where no row is needed the rest of one will do.
    """
    *rest, row = rows
    if least > 1 or len(rest) > 1 or any(len(each.filled) > 1 for each in rest):
        return False
    figured = 2 * len(row.filled) >= len(row.cells) and any(is_figure(row.text(c)) for c in row.filled[1:])
    return figured or not (least or rest)


def _is_one_headed(rows: Sequence[Row], lines: Sequence[Words]) -> bool:
    """Whether one row with a figure stands below a heading in bold, both with every cell: a page may end there."""
    *head, row = rows
    filled = ({column for each in own for column in each.filled} for own in (head, [row]))
    if not head or any(len(columns) < len(row.cells) for columns in filled):
        return False
    bold = [are_bold(line) for line in lines if line[0].start < row.source.start]
    plain = not any(word.bold for line in lines[len(bold) :] for word in line)
    return all(bold) and plain and any(is_figure(row.text(c)) for c in row.filled)


def _row(group: Sequence[Words], columns: Columns, text: PageText) -> Row:
    if len(group) == 1 and (first := across(group[0], columns)) is not None:
        return _row_across(group[0], first, len(columns.spans), text)
    cells: list[list[Word]] = [[] for _ in columns.spans]
    for line in group:
        for piece in pieces_in(line):
            first, _ = columns.of(piece)
            cells[first] += piece
    lines: list[tuple[Line, ...]] = [stacked(cell) for cell in cells]
    return Row(tuple(lines), source_of(lines, text, min(word.top for line in group for word in line)))


def _row_across(line: Words, first: int, width: int, text: PageText) -> Row:
    """A row whose one cell covers all columns from the first such on."""
    cells = (*((),) * first, stacked(line), *((),) * (width - first - 1))
    spans = (*((1, 1),) * first, (1, width - first), *(None,) * (width - first - 1))
    return Row(cells, source_of(cells, text, line[0].top), spans=spans)
