"""What a column means: by its heading where the vocabulary has it, else by what it holds.

What a column holds is evidence and no proof: a role that rests on it is told, and its figures are less sure.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.money import NotMoney, read_count, read_money
from pipeline.periods import Period, find_periods
from pipeline.totalled import is_total
from schemas.vocabulary import areas, fold, fold_heading, headings, no_amounts, organisation_words, totals

# Of the filled cells of a column at least this share say what it holds; codes and years must all be such.
_MOST = 0.5
_ORGANISATION_WORDS = 7
_CODE = re.compile(r"^(?:[A-Za-z]{1,5}[-/.]?|[A-Z]{1,5} )?\d+(?:[-/.]\d+)*[a-z]?[.)]?$")
_DAY = re.compile(r"^\d{1,2}[/.-]\d{1,2}[/.-](?:\d\d|\d{4})$")
# A code behind the word for what it counts: `Lot 3`, `Ref 14/22`.
_WORDED = re.compile(r"^(?P<word>[A-Z][A-Za-z]{1,9})\.?\s(?=\S*\d)")
# Up to three digits, then groups of three behind blanks: never four digits together, never a comma.
_SPACED = re.compile(r"^\(?[-−+]?£?\s?\d{1,3}(?: \d{3})*(?:\.\d+)?\)?[*†‡]*$")
_NOTED = re.compile(r"[*†]+$")
_NUMBERED = re.compile(r"^\d+(?:\.\d+)*[.)]?$")
_LED = re.compile(r"^(?P<code>[A-Z]{1,5}[-/.]?\d+(?:[-/.]\d+)*|\d+(?:\.\d+)+)\s+\S")
_NAMES = ("intention", "initiative", "area", "proposal")
# The roles that a word within a heading may speak for where the cells are words.
_BY_WORDS = ("provider", "initiative", "intention", "purpose", "comment", "code")
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: its role, heading, period, and what its numbers are multiplied by.

    `why` says what the role rests on where that is not the vocabulary; `pounds` that the heading says it is money;
    `spaced` that blanks divide thousands in it, by all its cells together.
    """

    role: str
    heading: str
    period: Period | None = None
    estimated: bool = False
    scale: int = 1
    why: str = ""
    pounds: bool = False
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class _Held:
    """A column with the texts of its filled cells; `named` says that the words of another column name the rows."""

    column: Column
    index: int
    texts: tuple[str, ...]
    named: bool = False

    @property
    def figures(self) -> tuple[str, ...]:
        """The texts without those that only say that there is no amount."""
        return tuple(text for text in self.texts if fold(text) not in no_amounts())


def with_evidence(columns: Sequence[Column], rows: Rows, *, money_said: bool) -> tuple[Column, ...]:
    """Columns without a role given the one that their cells speak for; `rows` are the texts of the body's cells.

    `money_said` tells that the table speaks of pounds somewhere: in a cell, a heading, or the words above it.

    >>> named = with_evidence([Column("", "Scheme"), Column("", "Sum", pounds=True)], [["A", "5"], ["B", "6"]],
    ...                       money_said=True)
    >>> [column.role for column in named]
    ['proposal', 'amount']
    """
    found = list(columns)
    naming = {index for index in range(len(columns)) if _names(rows, index)}
    for index, column in enumerate(columns):
        held = _Held(column, index, tuple(row[index] for row in rows if row[index]), bool(naming - {index}))
        if not column.role and held.texts:
            found[index] = _told(held, money_said=money_said)
    return _with_name(found, rows)


def with_shared_unit(columns: Sequence[Column], rows: Rows) -> tuple[Column, ...]:
    """Columns of figures under years with the unit that stands over one of them, where they have no sign of their own.

    A heading such as `Funding (£000)` over several years stands over one of them only where it is set in the middle.
    """
    units = {column.scale for column in columns if column.scale != 1}
    if len(units) != 1:
        return tuple(columns)
    unit = units.pop()
    return tuple(
        replace(column, scale=unit, pounds=True)
        if (column.period or column.role == "measure")
        and not column.pounds
        and not any("£" in row[index] or "%" in row[index] for row in rows)
        else column
        for index, column in enumerate(columns)
    )


def divides_thousands(heading: str, texts: Sequence[str]) -> bool:
    """Whether blanks divide thousands in a column: no cell says otherwise, and the heading is not of two columns.

    >>> divides_thousands("Staff", ["1 234", "987"]), divides_thousands("2014/15 2015/16", ["248 255", "992 1,020"])
    (True, False)
    """
    figures = [text for text in texts if re.search(r"\d", text)]
    plain = all(_SPACED.match(text) for text in figures)
    return plain and any(" " in text for text in figures) and len(find_periods(heading)) < 2


def is_amount(text: str) -> bool:
    """Whether a text is an amount of money or could be one: a number with or without its sign and unit."""
    try:
        return read_money(text, 1_000).status == "printed"
    except NotMoney:
        return False


def _told(held: _Held, *, money_said: bool) -> Column:
    rules: tuple[tuple[str, Callable[[_Held], str]], ...] = (
        ("period", _periods),
        ("code", _codes),
        ("measure", _other_money),
        ("amount", _money if money_said else _never),
        ("area", _areas),
        ("provider", _organisations),
    )
    for role, rule in rules:
        if why := rule(held):
            return replace(held.column, role=role, why=why)
    return _by_words(held)


def _names(rows: Rows, column: int) -> bool:
    """Whether a column has words for nearly every row, which no number counts."""
    texts = [row[column] for row in rows]
    return _is_wordy(texts) and _distinct(texts) and not any(re.search(r"\d$", text) for text in texts)


def _never(_held: _Held) -> str:
    return ""


def _periods(held: _Held) -> str:
    every = all(len(find_periods(text)) == 1 and len(text.split()) <= 3 for text in held.texts)
    return f"each of its {len(held.texts)} cells is a year" if every and not held.column.period else ""


def _codes(held: _Held) -> str:
    """Codes are short, all different and of one make; bare numbers only under a heading of codes or none."""
    if any(_DAY.match(text) for text in held.texts):
        return ""
    short = [text for text in held.texts if _CODE.match(text) or (held.named and _counts(text, held.column.heading))]
    if len(short) < len(held.texts) - 1 or len(short) < 2 or len(set(short)) < len(short):
        return ""
    if held.index and sum(bool(re.search("[A-Za-z]", text)) for text in short) < len(short):
        return ""
    of_money = "£" in held.column.heading or (held.column.pounds and not held.named)
    if all(_NUMBERED.match(text) for text in short) and (of_money or held.column.period or held.index):
        return ""
    return f"{len(short)} of its {len(held.texts)} cells are codes such as {short[0]}"


def _counts(text: str, heading: str) -> bool:
    """Whether a text is a word of the heading, or its beginning, with a code: `Ref 14/22` below `Grant reference`."""
    match = _WORDED.match(text)
    opens = match is not None and any(word.startswith(match["word"].lower()) for word in heading.lower().split())
    return opens and match is not None and bool(_CODE.match(text[match.end() :]))


def _other_money(held: _Held) -> str:
    """Figures under a heading that holds a word for what was spent, or by how much it differs."""
    return _named(held, "measure") if _are_amounts(held) else ""


def _money(held: _Held) -> str:
    if not _are_amounts(held):
        return ""
    signs = sum("£" in text for text in held.figures)
    count = f"{len(held.figures)} of its {len(held.texts)} cells are amounts"
    if signs or held.column.pounds or held.column.scale != 1 or is_total_heading(held.column.heading):
        return count
    if held.column.period and any(not _NUMBERED.match(text) for text in held.figures):
        return f"{count} under a year"
    return _named(held, "amount")


def _are_amounts(held: _Held) -> bool:
    amounts = sum(is_amount(text) for text in held.figures)
    return bool(held.figures) and amounts > _MOST * len(held.figures)


def _areas(held: _Held) -> str:
    known = sum(fold(text) in areas() for text in held.texts)
    return f"{known} of its {len(held.texts)} cells are areas" if known > _MOST * len(held.texts) else ""


def _organisations(held: _Held) -> str:
    named = [text for text in held.texts if not is_total(text)]
    count = sum(_is_organisation(text) for text in named)
    said = f"{count} of its {len(named)} cells are organisations"
    return said if count > 1 and count >= _MOST * len(named) else ""


def _is_organisation(text: str) -> bool:
    words = re.findall(r"[\w']+", fold(text))
    return 0 < len(words) <= _ORGANISATION_WORDS and bool(organisation_words() & set(words))


def _by_words(held: _Held) -> Column:
    """The one role whose known heading stands within the column's own heading, where the cells are no figures."""
    named = {role for role in _BY_WORDS if _named(held, role)}
    if len(named) != 1 or _are_numbers(held):
        return held.column
    role = named.pop()
    return replace(held.column, role=role, why=_named(held, role))


def _are_numbers(held: _Held) -> bool:
    return sum(_is_number(text) for text in held.texts) > _MOST * len(held.texts)


def _is_number(text: str) -> bool:
    try:
        read_count(text.removesuffix("%"))
    except NotMoney:
        return is_amount(text)
    return True


def _named(held: _Held, role: str) -> str:
    """Why a heading speaks for a role: it holds a whole heading of the vocabulary among other words."""
    folded = f" {fold_heading(held.column.heading)} "
    known = [phrase for phrase, meaning in headings().items() if meaning == role and f" {phrase} " in folded]
    return f"its heading holds {max(known, key=len)!r}" if known else ""


def _with_name(columns: Sequence[Column], rows: Rows) -> tuple[Column, ...]:
    """The columns with one that names the rows, where amounts stand beside words: the first of words, all different.

    Beside codes it says the intention, beside organisations the initiative, else the proposal.
    """
    roles = {column.role for column in columns}
    if "amount" not in roles or roles & {*_NAMES, "theme"}:
        return tuple(columns)
    if "purpose" in roles:
        own = "initiative" if "provider" in roles or "code" not in roles else "intention"
        return tuple(replace(column, role=own) if column.role == "purpose" else column for column in columns)
    free = [i for i, column in enumerate(columns) if not column.role and _is_wordy([row[i] for row in rows])]
    if not free:
        return tuple(columns)
    rows = [row for row in rows if not any(map(is_total, row))]
    first = max(free, key=lambda i: (_distinct([row[i] for row in rows]), -i))
    role = "intention" if "code" in roles else "initiative" if "provider" in roles else "proposal"
    named = replace(columns[first], role=role, why="its words name the rows")
    return (*columns[:first], named, *columns[first + 1 :])


def _is_wordy(texts: Sequence[str]) -> bool:
    filled = [text for text in texts if text]
    return bool(filled) and sum(bool(re.search(r"[^\W\d_]{2}", text)) for text in filled) > _MOST * len(filled)


def _distinct(texts: Sequence[str]) -> bool:
    """Whether nearly every row has words here and no two have the same."""
    filled = [text for text in texts if text]
    return len(filled) > 0.6 * len(texts) and len(set(filled)) > 0.9 * len(filled)


def is_total_heading(heading: str) -> bool:
    """Whether a heading says that its column sums up those before it.

    >>> is_total_heading("Total £"), is_total_heading("Total awards")
    (True, False)
    """
    return fold_heading(heading) in totals()


def own_code(text: str) -> str:
    """The code that a text is, of whatever make, as printed; blank for words.

    >>> own_code("PO-01"), own_code("2.3."), own_code("Lot 3"), own_code("Prevention sub-total")
    ('PO-01', '2.3', 'Lot 3', '')
    """
    plain = _NOTED.sub("", text.strip())
    return plain.rstrip(".)") if _CODE.match(_WORDED.sub("", plain)) else ""


def led_codes(texts: Sequence[str]) -> Mapping[str, str]:
    """The codes that open texts, by text, where they open nearly all of them and are all different.

    >>> dict(led_codes(["FB1 Youth theatre", "FB2 Signs", "Total"]))
    {'FB1 Youth theatre': 'FB1', 'FB2 Signs': 'FB2'}
    """
    found = {text: match["code"] for text in texts if (match := _LED.match(text))}
    plain = [text for text in texts if text and text not in found and not re.search(r"total", text, re.IGNORECASE)]
    return found if len(found) > 1 and not plain and len(set(found.values())) == len(found) else {}
