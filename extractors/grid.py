"""Rows of fragments on their way to a table: what the text dialects share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile

from extractors.lines import Source
from schemas.records import Cell, Line, Note, Place
from schemas.vocabulary import fold_heading, headings

_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"^\d{2,4}\s?[/-]\s?\d{2,4}\b")
_ONE_YEAR = re.compile(r"^(?:19|20)\d\d$")
# A number: a sign or a bracket, a currency, digits, thousands set apart by commas, stops or blanks, a fraction, a unit.
_NUMBER = re.compile(
    r"^[(\[<>]?[-–−+]?\s?[£$€]?\s?(?:(?:\d[\d,]*(?:\.\d{3})*|\d{1,3}(?:\s\d{3})+)(?:[.,]\d+)?|\.\d+)"
    r"\s?(?:%|k|m|bn)?[)\]]?$",
    re.IGNORECASE,
)
# What stands behind a figure: stars of significance, raised marks of notes, the error of an estimate (`12.1 (1.84)`,
# `1.5 ± 0.2`), letters where the figure is no code.
_NOTED = re.compile(
    r"(?:\s?[*†‡]{1,3}|\s?[¹²³⁴⁵⁶⁷⁸⁹]+|(?<=\d)\s?(?:±|\+/[-–−])\s?\d[\d,]*(?:\.\d+)?%?"
    r"|(?<=[\d%])\s?\((?:\d|[-–−]?\d[\d,]*\.\d+|[†‡*])\)|(?<=\d\d\d|\d\.\d)[a-z])$"
)
# A small or a large number of a laboratory: `9.32E-04`.
_SCIENTIFIC = re.compile(r"^[-–−]?\d\.\d+E[-–−+]\d{2}$")
_UNIT = re.compile(r"^\(?[£$€]['’]?0{3}s?\)?$")
_COUNTED_IN = re.compile(
    r"^[(\[]?(?:[£$€]?['’]?0{3}s?|[£$€]\s?(?:k|mn?|bn|millions?|billions?)?|%|per\s?cent|number|no\.)[)\]]?$",
    re.IGNORECASE,
)
# A round number, words or both, as units are: `1,000 acres`, `Dollars`.
_ROUND = re.compile(r"^[(\[]?(?:100|10{1,2},000|1,000(?:,000)?)?\s?(?:[^\W\d_][^\d]*)?$")
_POUNDS = re.compile(r"£\s?[-−(]?(?!0{3}s?\b)\d")
# The letter of a section before the number of one of its rows.
_SECTION = re.compile(r"^[A-Z](?=-9)")
# What numbers or marks a paragraph.
_MARK = re.compile(r"^(?:[•·▪–\uf0a7\uf0b7-]|\(?[a-z]{1,4}[.)]|\(?\d+(?:\.\d+)*[.)]?)$", re.IGNORECASE)
_PART = re.compile(r"^(?:\(?[a-z]{1,2}|\d{1,2})[.)]$", re.IGNORECASE)
# The number of a column.
_COLUMN = re.compile(r"^[(\[]?(\d{1,2})[)\]]?$")
# Glyphs that scans confuse, folded onto the digit that they look like.
_CONFUSED = str.maketrans("IlO|!/", "110111")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of fragments: for each column its printed lines. `after_gap` says that blank lines stand above.

    `spans` has rows and columns that each cell covers, None where a cell beside or above covers the place; it is
    blank where every cell stands alone. `doubtful` says that the words may belong to other rows.
    """

    cells: tuple[tuple[Line, ...], ...]
    source: Source
    after_gap: bool = False
    spans: tuple[tuple[int, int] | None, ...] = ()
    doubtful: bool = False

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns that hold something."""
        return tuple(index for index, lines in enumerate(self.cells) if lines)

    def text(self, column: int) -> str:
        """A column's text, line breaks as spaces; blank beyond the last column."""
        return " ".join(line.text for line in self.cells[column]) if column < len(self.cells) else ""


def printed_at(row: Row) -> Place:
    """The place of the line of the running text that a row starts on."""
    start = row.source.start
    return Place(line=row.source.number, char_start=start, char_end=start + len(row.source.text))


@dataclass(frozen=True, slots=True)
class Claim:
    """What a dialect makes of the source lines `first` to `last` (indexes, inclusive)."""

    first: int
    last: int
    rows: tuple[Row, ...]
    header_rows: int
    columns: int
    notes: tuple[Note, ...] = field(default=())


@lru_cache(maxsize=4096)
def is_figure(text: str) -> bool:
    """Whether a cell's text is a figure: it holds a pound sign or is a number, and is no year.

    >>> [is_figure(text) for text in ("£5", "38.9%", "2014/15", "a) £7", "£ (40,000.00)", "9.32E-04", "Page")]
    [True, True, False, True, True, True, False]
    """
    # Most words of a page hold no digit, and need not be asked about more.
    if not _DIGIT.search(text):
        return False
    plain = text.strip()
    if _UNIT.match(plain):
        return False
    number = bool(_NUMBER.match(plain) or _NUMBER.match(_NOTED.sub("", plain)) or _SCIENTIFIC.match(plain))
    return bool(_POUNDS.search(plain)) or (number and not _YEAR.match(plain))


def is_mark(text: str) -> bool:
    """Whether a word is a bullet, or a letter or number that opens a paragraph.

    >>> [is_mark(text) for text in ("•", "a)", "2.1", "Crime")]
    [True, True, True, False]
    """
    return bool(_MARK.match(text))


def is_year(text: str) -> bool:
    """Whether a text is a single year, which heads a column more often than it counts something.

    >>> is_year("2014"), is_year("2,014")
    (True, False)
    """
    return bool(_ONE_YEAR.match(text.strip()))


def counts_columns(texts: Sequence[str]) -> bool:
    """Whether texts number the columns that they head: one up from each to the next, beginning with 1 or 2.

    >>> counts_columns(["(1)", "(2)", "(3)"]), counts_columns(["4", "5"])
    (True, False)
    """
    numbers = [int(match[1]) for text in texts if (match := _COLUMN.match(text.strip()))]
    return len(texts) > 1 and any(numbers == list(range(first, first + len(texts))) for first in (1, 2))


def counts_on(texts: Sequence[str]) -> bool:
    """Whether texts are whole numbers one up from each to the next, as those are that only count rows.

    >>> counts_on(["7", "8", "9"]), counts_on(["7", "9"]), counts_on([])
    (True, False, False)
    """
    numbers = [int(text) for text in texts if text.isascii() and text.isdigit()]
    return 0 < len(numbers) == len(texts) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def counts_parts(text: str) -> bool:
    """Whether a word counts the parts of a row: a letter or a small number with a bracket or a stop behind it.

    >>> [counts_parts(text) for text in ("a)", "2.", "2.1", "(62)")]
    [True, True, False, False]
    """
    return bool(_PART.match(text))


def is_unit(text: str) -> bool:
    """Whether a text says only in what a column counts.

    >>> [is_unit(text) for text in ("£000", "(%)", "$ million", "£5")]
    [True, True, True, False]
    """
    return bool(_COUNTED_IN.match(text.strip()))


def is_round(text: str) -> bool:
    """Whether a text is a round number as units are, alone or with words.

    >>> is_round("1,000"), is_round("100 acres"), is_round("1,200")
    (True, True, False)
    """
    return bool(_DIGIT.search(text) and _ROUND.match(text.strip()))


def says_units(texts: Sequence[str]) -> bool:
    """Whether texts side by side say in what columns count, some in round numbers.

    >>> says_units(["1,000 acres", "Dollars"]), says_units(["1,000", "1,000"]), says_units(["1,200 acres"])
    (True, False, False)
    """
    numbers = [text for text in texts if _DIGIT.search(text)]
    worded = any(char.isalpha() for text in texts for char in text)
    return bool(numbers) and worded and all(_ROUND.match(text.strip()) for text in texts)


def is_known_heading(text: str) -> bool:
    """Whether a text is a heading of the vocabulary, or a year alone."""
    folded = fold_heading(text)
    return folded in headings() if folded else bool(_YEAR.match(text.strip()))


def shape(text: str) -> str:
    """A key's shape: its first word with runs of digits as 9 and confused glyphs read as digits.

    One letter before a hyphen says of which section a number is: A-1 and B-2 are of one shape.

    >>> shape("CI001"), shape("C/300 SP3"), shape("SP17"), shape("12"), shape("B-2")
    ('C9', 'C9', 'SP9', '9', 'A-9')
    """
    words = text.split()
    if not words:
        return ""
    word = words[0].strip("().:*")
    if any(char.isdigit() for char in word):
        word = word.translate(_CONFUSED)
    return _SECTION.sub("A", re.sub(r"(?<=9)[a-z]$", "", re.sub(r"\d+", "9", word)))


def is_title(text: str, above: str) -> bool:
    """Whether words that stand alone name what is below them: several in capitals, which those above are not.

    >>> is_title("KEEPING PEOPLE SAFE", "Football"), is_title("CIC", "Family Matters"), is_title("AND CO", "BROWN")
    (True, False, False)
    """
    return text.isupper() and len(text.split()) > 1 and sum(map(str.isalpha, text)) > 7 and not above.isupper()


def header_height(rows: Sequence[Row]) -> int:
    """How many leading rows are headings: those above the first figure, or one whose cells are all known.

    A row below it that says only in what its columns count is one too.
    """
    if len(rows) > 1 and len(rows[0].filled) > 1 and all(is_known_heading(rows[0].text(c)) for c in rows[0].filled):
        return 1 + sum(1 for _ in takewhile(_says_units, rows[1:]))
    first = next((i for i, row in enumerate(rows) if _has_figures(row)), None)
    if first == 0 and len(rows) > 1:
        return 1 if _words_over_figures(rows) else 0
    if first is not None and first > 0:
        return _without_sections(rows[:first])
    known = rows and rows[0].filled and all(is_known_heading(rows[0].text(c)) for c in rows[0].filled)
    return int(bool(known))


def _has_figures(row: Row) -> bool:
    texts = [row.text(c) for c in row.filled]
    return any(map(is_figure, texts)) and not counts_columns(texts)


def _says_units(row: Row) -> bool:
    return bool(row.filled) and all(is_unit(row.text(c)) for c in row.filled)


def _words_over_figures(rows: Sequence[Row]) -> bool:
    """Whether row 0 holds a figure only in columns that are no figures below, and words over figures elsewhere."""
    below = [row for row in rows[1:] if row.filled]
    columns = [c for c in rows[0].filled if any(is_figure(row.text(c)) for row in below)]
    return bool(columns) and not any(is_figure(rows[0].text(c)) for c in columns)


def _without_sections(rows: Sequence[Row]) -> int:
    height = 0
    for number, row in enumerate(rows):
        alone = len(row.filled) == 1 and len(rows[0].filled) > 1
        if height and alone and _is_section(rows[:number], row):
            break
        height += 1
    return height if height < 8 else int(all(is_known_heading(rows[0].text(c)) for c in rows[0].filled))


def _is_section(above: Sequence[Row], row: Row) -> bool:
    """Whether a lone label below headings names the rows that follow: capitals, or words below a whole heading."""
    text = row.text(row.filled[0])
    if row.filled[0]:
        return is_title(text, above[-1].text(row.filled[0]))
    opening = " ".join(filter(None, (each.text(0) for each in above)))
    return text.isupper() or (
        text[:1].isupper() and is_known_heading(opening) and not is_known_heading(f"{opening} {text}")
    )


def cells_of(claim: Claim) -> tuple[Cell, ...]:
    """The claim's rows as cells, blank ones too."""
    return tuple(
        _cell(claim, number, column)
        for number, row in enumerate(claim.rows)
        for column in range(claim.columns)
        if not row.spans or row.spans[column] is not None
    )


def _cell(claim: Claim, number: int, column: int) -> Cell:
    row = claim.rows[number]
    lines = row.cells[column] if column < len(row.cells) else ()
    rows, columns = (row.spans[column] if row.spans else None) or (1, 1)
    header = number < claim.header_rows
    place = _extent(lines, row.source)
    return Cell(number, column, lines, place, rows, columns, is_header=header, doubtful=row.doubtful)


def _extent(lines: tuple[Line, ...], source: Source) -> Place:
    if not lines:
        return Place(line=source.number, char_start=source.start, char_end=source.start)
    starts = [line.place.char_start or 0 for line in lines]
    ends = [line.place.char_end or 0 for line in lines]
    return Place(line=lines[0].place.line, char_start=min(starts), char_end=max(ends))
