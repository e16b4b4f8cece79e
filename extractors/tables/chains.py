"""Tables of single pages as tables of the paper: what goes on over a page is one table, a row it cuts one row."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from extractors.grid import Claim, Row, cells_of, header_height, is_figure, is_known_heading, printed_at
from extractors.lines import Source
from extractors.pages.gutters import MARGIN
from extractors.pages.page import TURNED, PageText, words_in
from extractors.pages.words import Word, are_bold, text_of
from extractors.stitch import better, carried, goes_on, joined_rows, key_shape, repeats
from extractors.tables.astray import covered
from extractors.tables.cut import is_heading_cut, is_likely, is_proved
from extractors.tables.paragraphs import Paragraph, is_heading_in_margin, is_page_number, is_title_over
from extractors.tables.reheaded import prints_again
from extractors.tables.ruled import PageTable, moved
from schemas.records import Line, Note, Table
from schemas.rules import Rule


@dataclass(frozen=True, slots=True)
class Chain:
    """A table over its pages: its rows, how many are headings, what was noticed, what is printed above it.

    `last` is its part on the last of its pages; `ends_page` says that nothing but furniture is printed below that.
    """

    last: PageTable
    ends_page: bool
    rows: tuple[Row, ...]
    header_rows: int
    headings: tuple[Line, ...]
    lead: Line | None
    notes: tuple[Note, ...] = ()


def chained(
    chains: list[Chain], tables: Sequence[PageTable], page: PageText, paragraphs: Sequence[Paragraph]
) -> list[Chain]:
    """The chains with a page's tables: each goes on the chain before or starts one of its own.

    `paragraphs` are those since the last table of the pages before, and this page's, in reading order.
    """
    found = list(chains)
    since = -1
    for each in tables:
        table, again_below = _once(each)
        if found and _follows(found[-1], table, page):
            table = _told_apart(table, found[-1])
            found[-1] = _with_more_columns(found[-1], table)
        height = header_height(table.rows)
        start = table.rows[0].source.start
        if found and _continues(found[-1], table, height, page):
            found[-1] = _appended(found[-1], table, page)
        else:
            above = [each for each in paragraphs if since < each.start < start]
            headings = tuple(each.heading for each in reversed(above) if each.heading is not None)
            lead = above[-1].line if above else None
            over = (_note(Rule.JOINED_OVER_PAGES, table.rows[height]),) if start < page.glyphs.start else ()
            own = Chain(table, not _after(table, page), table.rows, height, headings, lead, over)
            again = _headed_again(found, table, page)
            if again is not None:
                own = _in_doubt(own, "the heading of the table before is printed again and falls into other columns")
            if again is not None and _width(found[again]) <= _width(own):
                found[again] = _in_doubt(
                    found[again], "its heading is printed again below and falls into other columns"
                )
            found.append(own)
        notes = (_note(Rule.REPEATED_HEADING, row) for row in again_below)
        found[-1] = replace(found[-1], notes=(*found[-1].notes, *notes))
        since = table.rows[-1].source.start
    return found


def table_of(chain: Chain, reader: str) -> Table:
    """A chain as the table that it is."""
    rows = [line.place for row in chain.last.rows for cell in row.cells for line in cell]
    claim = Claim(0, 0, chain.rows, chain.header_rows, len(chain.last.edges), chain.notes)
    return Table(
        cells=cells_of(claim),
        rows=len(chain.rows),
        columns=claim.columns,
        header_rows=claim.header_rows,
        place=printed_at(chain.rows[0]),
        end=max(rows, key=lambda place: place.char_start or 0),
        reader=reader,
        headings=chain.headings,
        lead=chain.lead,
        notes=(*claim.notes, *_lost(chain.rows)),
    )


def _lost(rows: Sequence[Row]) -> list[Note]:
    """A note of the words of rows that no cell has."""
    lines = covered(rows)
    detail = " ".join(line.text for line in lines)
    return [Note(Rule.WORDS_IN_NO_CELL, lines[0].place, lines[0].text, detail)] if lines else []


def _once(table: PageTable) -> tuple[PageTable, list[Row]]:
    """A table without the rows that print its heading of one row again, word for word; and those rows."""
    head, *rows = table.rows
    alone = header_height(table.rows) == 1 and len(head.filled) > 1
    again = [row for row in rows if alone and repeats(row, head) and all(span == (1, 1) for span in row.spans)]
    kept = tuple(row for row in rows if not any(row is each for each in again))
    return (replace(table, rows=(head, *kept)), again) if again else (table, [])


def _told_apart(table: PageTable, chain: Chain) -> PageTable:
    """A table that opens with the heading of the one before and more lines below it, those as a row of their own.

    They are the rest of a row that the page cut.
    """
    height, head = max(1, header_height(table.rows)), chain.rows[0].cells
    upper = zip(*(row.cells for row in table.rows[:height]), strict=True)
    pairs = list(zip((tuple(line for cell in cells for line in cell) for cells in upper), head, strict=False))
    more = tuple(cell[len(known) :] for cell, known in pairs)
    again = all([line.text for line in c[: len(known)]] == [line.text for line in known] for c, known in pairs)
    if chain.header_rows != 1 or len(head) != len(table.edges) or not again or not any(more):
        return table
    first = Row(tuple(cell[: len(known)] for cell, known in pairs), table.rows[0].source)
    rest = min((line for cell in more for line in cell), key=lambda line: line.place.char_start or 0)
    source = Source(rest.place.line or 1, rest.text, rest.place.char_start or 0)
    return replace(table, rows=(first, Row(more, source), *table.rows[height:]))


def _with_more_columns(chain: Chain, table: PageTable) -> Chain:
    """A drawn heading alone in the columns of the table that it goes on in, of which its cells cover several.

    The first cells of that table are as wide as those of the heading.
    """
    above, (first, *_) = chain.last, table.rows
    at = [column for column, span in enumerate(first.spans) if span]
    starts = replace(table, edges=tuple(table.edges[column] for column in at))
    fewer = len(at) == len(above.edges) < len(table.edges) and len(chain.rows) == 1
    if not (fewer and above.drawn and table.drawn and _in_line(above, starts, 0.0)):
        return chain
    own = dict(zip(at, chain.rows[0].cells, strict=True))
    cells = tuple(own.get(column, ()) for column in range(len(table.edges)))
    wide = replace(chain.rows[0], cells=cells, spans=first.spans)
    whole = replace(chain, rows=(wide,), last=replace(above, edges=table.edges))
    return whole if is_heading_cut(whole.rows, table.rows) else chain


def _continues(chain: Chain, table: PageTable, height: int, page: PageText) -> bool:
    """Whether a table goes on the one before: in the same columns, nothing between, no heading of its own."""
    above = chain.last
    if len(table.edges) != len(above.edges) or not _follows(chain, table, page):
        return False
    if is_heading_cut(chain.rows, table.rows) and _in_line(above, table, 0.0):
        return True
    again = repeats(table.rows[0], chain.rows[0], scanned=page.scanned)
    again = again and bool(height) and len(table.rows[0].filled) > 1
    if not again and not any(_in_line(above, table, by) for by in moved(above, table.left)):
        return False
    return not height or again or not _is_heading(table.rows[0], page)


def _headed_again(chains: Sequence[Chain], table: PageTable, page: PageText) -> int | None:
    """Which of the tables before has a heading that this one prints again.

    It is the last with a heading, where this one follows its rest or may: at the top of the next page.
    """
    number = next((n for n in reversed(range(len(chains))) if chains[n].header_rows), None)
    if number is None:
        return None
    tops = table.page == chains[-1].last.page + 1 and not _before(table, page)
    if not (tops or _follows(chains[-1], table, page)):
        return None
    return number if prints_again(table.rows, chains[number].rows[: chains[number].header_rows]) else None


def _width(chain: Chain) -> int:
    """How many cells of a row are filled, at most."""
    return max(len(row.filled) for row in chain.rows)


def _in_doubt(chain: Chain, detail: str) -> Chain:
    """A table for review, with a note that says why."""
    note = Note(Rule.ROWS_MIXED, printed_at(chain.rows[0]), chain.rows[0].source.text.strip(), detail)
    return replace(chain, rows=tuple(replace(row, doubtful=True) for row in chain.rows), notes=(*chain.notes, note))


def _in_line(above: PageTable, table: PageTable, by: float) -> bool:
    """Whether the columns of two tables start at the same places, those of the first moved by so many points."""
    slack = max(table.slack, above.slack)
    return all(abs(a + by - b) <= slack for a, b in zip(above.edges, table.edges, strict=True))


def _follows(chain: Chain, table: PageTable, page: PageText) -> bool:
    """Whether a table stands on the next page or in the next column of text, with nothing printed between."""
    above = chain.last
    if table.page == above.page + 1:
        before = _before(table, page) if chain.ends_page else []
        return chain.ends_page and (not before or _is_titled_again(chain, table, before))
    if table.page != above.page or table.top >= above.bottom or _part(table, page) == _part(above, page):
        return False
    between = {id(word) for word in _before(table, page)}
    return not any(id(word) in between for word in _after(above, page))


def _is_titled_again(chain: Chain, table: PageTable, before: Sequence[Word]) -> bool:
    """Whether a page prints the title of a table again above its heading, which it prints again too."""
    title = chain.headings[0].text if chain.headings else ""
    return text_of(before) == title and repeats(table.rows[0], chain.rows[0])


def _is_heading(row: Row, page: PageText) -> bool:
    """Whether a page's first row is a heading of its own: known words, or bold from end to end."""
    if len(row.filled) < 2:
        return False
    starts = {line.place.char_start for lines in row.cells for line in lines}
    first = [word for word in page.words if word.start in starts]
    return any(is_known_heading(row.text(c)) for c in row.filled) or are_bold(first)


def _part(table: PageTable, page: PageText) -> int:
    """The part of a page that a table stands in."""
    rows = zip(page.rows, page.region, strict=True)
    return next((part for row, part in rows if part != TURNED and table.holds(row)), 0)


def _after(table: PageTable, page: PageText) -> list[Word]:
    """The words, furniture apart, that come after a table: below it, and in the parts of the page behind its own."""
    own, end = _part(table, page), page.height * (1 - MARGIN)
    return [
        word
        for row, part in _unnumbered(page)
        for word in row
        if (part > own or (part in (own, TURNED) and word.top > table.bottom))
        and (word.bottom < end or is_heading_in_margin(row, page.height))
        and not table.holds((word,))
    ]


def _before(table: PageTable, page: PageText) -> list[Word]:
    """The words, furniture apart, that come before a table."""
    own, end = _part(table, page), page.height * MARGIN
    inside = words_in(page, (table.x0, table.top, table.x1, table.bottom))
    size = median([word.size for word in inside] or [page.height])
    return [
        word
        for row, part in _unnumbered(page)
        for word in row
        if (TURNED < part < own or (part in (own, TURNED) and word.bottom < table.top))
        and (word.top > end or is_title_over(row, size))
        and not table.holds((word,))
    ]


def _unnumbered(page: PageText) -> Iterator[tuple[Sequence[Word], int]]:
    """The lines of a page, but for the number of the page, each with its part."""
    rows = zip(page.rows, page.region, strict=True)
    return ((row, part) for row, part in rows if not is_page_number(row, page.height))


def _appended(chain: Chain, table: PageTable, page: PageText) -> Chain:
    """The chain with a further page: without the repeated heading, with a row that the page cut made whole."""
    doubtful = chain.rows[0].doubtful
    if is_heading_cut(chain.rows, table.rows):
        return _with_heading(chain, table, page)
    rows, notes = [replace(row, doubtful=doubtful or row.doubtful) for row in table.rows], list(chain.notes)
    height = max(1, chain.header_rows)
    kept = list(chain.rows)
    if repeats(rows[0], chain.rows[0], scanned=page.scanned):
        kept[0] = better(kept[0], rows[0], is_known_heading)
        notes += [_note(Rule.REPEATED_HEADING, row) for row in rows[:height]]
        rows = rows[height:]
    else:
        notes.append(_note(Rule.JOINED_OVER_PAGES, rows[0]))
    body = kept[chain.header_rows :]
    if rows and body and _shares_cells(rows[0], body, len(table.edges)):
        kept, rows = carried(kept, rows)
    elif rows and body and (_is_open(chain, rows[0]) or _is_cut(rows[0], body, len(table.edges))):
        kept, rows = _with_rest(kept, rows)
        # A page with nothing but rests has no keys that tell its lines to be of one row.
        while rows and 0 not in rows[0].filled and not _figured(rows[0]) and _goes_on(rows[0], body, len(table.edges)):
            kept, rows = _with_rest(kept, rows)
    elif rows and body:
        kept, rows, more = _with_parts(kept, rows, len(kept) - len(_last(body)))
        notes += more
    # A row alone at the foot of a page is told to be a heading by what is below it.
    height = header_height([*kept, *rows]) if len(chain.rows) == 1 else chain.header_rows
    return replace(
        chain,
        last=table,
        ends_page=not _after(table, page),
        header_rows=height,
        rows=(*kept, *rows),
        notes=tuple(notes),
    )


def _with_heading(chain: Chain, table: PageTable, page: PageText) -> Chain:
    """The chain of a heading alone with the page on which it goes on."""
    whole = (joined_rows(chain.rows[0], table.rows[0]), *table.rows[1:])
    notes = (*chain.notes, _note(Rule.JOINED_OVER_PAGES, table.rows[0]))
    kept = replace(chain, last=table, ends_page=not _after(table, page), rows=whole, notes=notes)
    return replace(kept, header_rows=max(1, header_height(whole)))


def _with_rest(above: list[Row], rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Rows of two pages, the last of the first made whole with the first of the second, and the other rows of that."""
    if _is_covered(above[-1], rows[0]):
        return carried(above, rows, rest=True)
    return [*above[:-1], joined_rows(above[-1], rows[0])], rows[1:]


def _with_parts(above: list[Row], rows: list[Row], start: int) -> tuple[list[Row], list[Row], list[Note]]:
    """Rows of two pages, a row that was cut between its parts made whole; one that may be is for review.

    The last row of the first page begins at `start`.
    """
    count = max(1, rows[0].spans[0][0]) if rows[0].spans and rows[0].spans[0] else 1
    last, first = above[start:], rows[:count]
    if is_proved(last, first):
        if count > 1 or len(last) > 1:
            return *carried(above, rows), []
        return [*above[:-1], joined_rows(above[-1], rows[0])], rows[1:], []
    if not is_likely(last, first):
        return above, rows, []
    detail = "a total ends a page and parts start the next; they may be of one row"
    note = Note(Rule.ROWS_MIXED, printed_at(rows[0]), rows[0].source.text.strip(), detail)
    doubted = [[replace(row, doubtful=True) for row in own] for own in (last, first)]
    return [*above[:start], *doubted[0]], [*doubted[1], *rows[count:]], [note]


def _last(body: Sequence[Row]) -> Sequence[Row]:
    """The last row of a page with those that its first cell covers."""
    number = next((n for n in reversed(range(len(body))) if not body[n].spans or body[n].spans[0]), 0)
    return body[number:]


def _shares_cells(first: Row, body: Sequence[Row], columns: int) -> bool:
    """Whether a page's first row lacks the key that rows of this table share with the rows below them.

    So does the rest of a last row whose cells, some of them, go on in cells that cover it from above, and a row whose
    first cell is the rest of a key.
    """
    if not first.spans or first.spans[0] is None:
        return False
    covered = _is_covered(body[-1], first)
    if 0 in first.filled:
        return (covered or first.spans[0][0] > 1) and _goes_on(first, body, columns)
    shared = any(row.spans and row.spans[0] is not None and row.spans[0][0] > 1 for row in body)
    return covered or first.spans[0][0] > 1 or (shared and _figured(first))


def _is_covered(last: Row, first: Row) -> bool:
    """Whether cells from above cover the last row of a page where the first row of the next has something."""
    return bool(last.spans) and any(last.spans[c] is None for c in first.filled)


def _is_cut(first: Row, body: Sequence[Row], columns: int) -> bool:
    """Whether a page's first row is the rest of the row before: by its key, or as the only one without an amount."""
    if _figured(first) and first.spans and first.spans[0] is None:
        return False
    if _goes_on(first, body, columns):
        return True
    own = [{c for c in row.filled if is_figure(row.text(c))} for row in (first, *body)]
    lone = not own[0] & _usual(own[1:]) and all(own[1:]) and len(first.filled) < columns
    return lone and not _opens_below(first, body[-1])


def _is_open(chain: Chain, first: Row) -> bool:
    """Whether no line closes the last row of a page, and either that row or the first of the next page has a figure."""
    return chain.last.cut and _figured(chain.rows[-1]) != _figured(first)


def _opens_below(first: Row, above: Row) -> bool:
    """Whether a row starts with a label in large letters, and a colon ends the one above."""
    return first.text(0)[:1].isupper() and above.text(0).endswith(":")


def _usual(figured: Sequence[set[int]]) -> set[int]:
    """The columns in which at least half of the rows have a figure; a comment that names a sum is words."""
    counts = Counter(column for columns in figured for column in columns)
    return {column for column, count in counts.items() if 2 * count >= len(figured)} or set(counts)


def _goes_on(first: Row, body: Sequence[Row], columns: int) -> bool:
    return goes_on(first, body[-1], key_shape(body), figures=any(map(_figured, body)), columns=columns)


def _figured(row: Row) -> bool:
    return any(is_figure(row.text(c)) for c in row.filled)


def _note(rule: Rule, row: Row) -> Note:
    return Note(rule, printed_at(row), " ".join(row.text(c) for c in row.filled))
