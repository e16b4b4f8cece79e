"""Text whose columns line up as on a typed page: characters in a grid, looked at as the words of a PDF page are.

A character is a box of one width and a line of one height, so what finds columns on pages finds them here. A word
keeps its place in the text, and with it everything that is made of it.
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from extractors.grid import Claim, is_figure
from extractors.lines import Source, clean_slice, words_of
from extractors.pages.page import PageText, by_middle
from extractors.pages.words import Word, pieces_of, text_of
from extractors.running import running_lines
from extractors.tables.chains import Chain, chained
from extractors.tables.paragraphs import paragraphs_of
from extractors.tables.unruled import find_unruled
from extractors.typed_rows import GIVEN, HIGH, LEAST, PITCH, WIDE, is_amount, rows_of
from schemas.records import Glyphs, Line
from schemas.vocabulary import fold, no_amounts

# An amount may start so many characters beside the others of its column.
_STRAY = 4
# What ties the word behind it to the one before: `per 1,000` is one heading.
_TIES = frozenset({"-", "–", "/", "per"})
_GAP = re.compile(r"\S {2,}(?=\S)")


def claims_of(lines: Sequence[Source]) -> list[Claim]:
    """The tables of a text whose columns are divided by blanks, each over all its pages."""
    chains: list[Chain] = []
    pages = list(_pages(lines))
    running = running_lines(pages)
    for number, whole in enumerate(pages, 1):
        page = [replace(source, text="") if source.number in running else source for source in whole]
        if sum(bool(_GAP.search(source.text)) for source in page) < LEAST:
            continue
        text = _page(page, number)
        above = chains[-1] if chains and chains[-1].last.page == number - 1 else None
        divide = partial(rows_of, heading=_heading_of(above))
        tables = find_unruled(text, [], above.last if above and not _prints(text, above) else None, divide)
        chains = chained(chains, tables, text, list(paragraphs_of(text, tables)))
    return [_claim(chain) for chain in chains]


def _claim(chain: Chain) -> Claim:
    numbers = [line.place.line or 1 for row in chain.rows for cell in row.cells for line in cell]
    return Claim(
        min(numbers) - 1, max(numbers) - 1, chain.rows, chain.header_rows, len(chain.last.edges), chain.notes
    )  # fmt: skip


def _heading_of(chain: Chain | None) -> list[str]:
    """The words of a table's heading, sorted."""
    rows = chain.rows[: chain.header_rows] if chain else ()
    return sorted(word for row in rows for c in row.filled for word in row.text(c).split())


def _prints(text: PageText, chain: Chain) -> bool:
    """Whether a page prints a table's heading again; then its columns are looked for anew."""
    words, wanted = [word.text for word in text.words], _heading_of(chain)
    return any(sorted(words[i : i + len(wanted)]) == wanted for i in range(min(40, len(words))))


def _pages(lines: Sequence[Source]) -> Iterator[list[Source]]:
    """The lines of each page: a form feed opens one."""
    page: list[Source] = []
    for source in lines:
        if "\f" in source.text and page:
            yield page
            page = []
        page.append(source)
    yield page


def _page(lines: Sequence[Source], number: int) -> PageText:
    """A page of lines as words with boxes. Lines with tabs or bars are of other layouts and leave a gap."""
    rows = [_words(source, index * PITCH) for index, source in enumerate(lines)]
    filled = [(index, row) for index, row in enumerate(rows) if row]
    opens = tuple(index == 0 or not rows[index - 1] for index, _ in filled)
    kept = tuple(tuple(row) for row in _parted([row for _, row in filled]))
    width = max((row[-1].x1 for row in kept), default=0.0)
    height = len(lines) * PITCH
    nothing = Glyphs(0, number, array("f"), array("I"), array("f"), array("f"))
    parts = tuple(_parts(kept))
    return PageText(
        number, width, height, kept, opens, parts, (), (), (0, 0, width, height), nothing, "", by_middle(kept)
    )


def _parts(rows: Sequence[Sequence[Word]]) -> Iterator[int]:
    """For each line the part of the page that it stands in: a title between two tables opens one."""
    part = 0
    for index, row in enumerate(rows):
        above = (row[0].top - rows[index - 1][0].bottom) / PITCH if index else 0.0
        below = rows[index + 1] if index + 1 < len(rows) else ()
        pieces = pieces_of(below, 1.5 * WIDE) if below else []
        figured = any(is_amount(text_of(piece)) for piece in pieces)
        alone = len(pieces_of(row, 1.5 * WIDE)) == 1
        if alone and len(pieces) > 1 and above > (1.5 if figured else 0.5):
            part += 1
        yield part


def _words(source: Source, top: float) -> list[Word]:
    line = None if "\t" in source.text or "|" in source.text else clean_slice(source)
    if line is None:
        return []
    margin = source.start + len(source.text) - len(source.text.lstrip("\f"))
    return [_word(word, (word.place.char_start or 0) - margin, top) for word in words_of(line)]


def _word(line: Line, column: int, top: float) -> Word:
    left, size = column * WIDE, (line.place.char_end or 0) - (line.place.char_start or 0)
    right = left + size * WIDE
    number, start = line.place.line or 0, line.place.char_start or 0
    bottom = top + HIGH
    edges, heights = (left, right), ((top + bottom) / 2, bottom - top)
    return Word(line.text, number, start, left, top, right, bottom, *heights, False, False, edges, line)


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where words start behind two blanks, figures end before two, pounds start, and words start behind figures."""

    starts: Counter[float]
    ends: Counter[float]
    pounds: Counter[float]
    behind: Counter[float]

    def opens(self, word: Word) -> bool:
        """Whether a word that one blank parts from the one before starts a column."""
        figure = is_figure(word.text) and _near(word.x1, self.ends) >= LEAST
        pounds = "£" in word.text and is_figure(word.text) and _near(word.x0, self.pounds, _STRAY) >= LEAST
        return figure or pounds or _near(word.x0, self.starts) >= LEAST or self.behind[word.x0] >= LEAST

    def closes(self, word: Word) -> bool:
        """Whether a column starts one blank behind a word that nothing follows so close."""
        return self.behind[word.x1 + WIDE] >= LEAST


def _parted(rows: Sequence[list[Word]]) -> list[list[Word]]:
    """Lines in which one blank divides two columns, parted there: where columns start or figures end in other lines."""
    pairs = [(row, before, word) for row in rows for before, word in pairwise(row)]
    apart = [(before, word) for _, before, word in pairs if _apart(before, word)]
    close = [(before, word) for row, before, word in pairs if not _apart(before, word) and _has_columns(row)]
    edges = _Edges(
        Counter(word.x0 for _, word in apart),
        Counter(
            row[i].x1
            for row in rows
            for i in range(1, len(row))
            if is_figure(row[i].text)
            and _apart(row[i - 1], row[i])
            and (i + 1 == len(row) or _apart(row[i], row[i + 1]))
        ),
        Counter(word.x0 for _, word in apart if "£" in word.text and is_figure(word.text)),
        Counter(word.x0 for before, word in close if is_amount(before.text)),
    )
    return [_part(_aligned(row, edges), edges) if _has_columns(row) else row for row in rows]


def _aligned(row: list[Word], edges: _Edges) -> list[Word]:
    """A line whose last words, one blank behind an amount, stand one place left of where such words start: moved there.

    Columns set in points come out one place to the left or right of one another.
    """
    for i in range(1, len(row)):
        before, word = row[i - 1], row[i]
        amount = is_amount(before.text) or fold(before.text) in no_amounts() or before.text == "£"
        stray = edges.behind[word.x0] < LEAST <= edges.behind[word.x0 + WIDE]
        last = not any(_apart(a, b) for a, b in pairwise(row[i:]))
        if amount and stray and last and not _apart(before, word):
            return [*row[:i], *(each._replace(x0=each.x0 + WIDE, x1=each.x1 + WIDE) for each in row[i:])]
    return row


def _has_columns(row: Sequence[Word]) -> bool:
    return any(_apart(before, word) for before, word in pairwise(row))


def _apart(left: Word, right: Word) -> bool:
    return right.x0 - left.x1 > 1.5 * WIDE


def _part(row: list[Word], edges: _Edges) -> list[Word]:
    done = list(row)
    for i, word in enumerate(row):
        following = row[i + 1] if i + 1 < len(row) else None
        close = following is not None and not _apart(word, following) and word.text.lower() not in _TIES
        if (close and following and edges.opens(following)) or (not close and edges.closes(word)):
            done[i] = word._replace(x1=word.x1 - GIVEN)
    return done


def _near(x: float, counted: Counter[float], stray: int = 1) -> int:
    """How many stand at a place or so many characters beside it: columns waver where a page was set in points."""
    return sum(counted[x + by * WIDE] for by in range(-stray, stray + 1))
