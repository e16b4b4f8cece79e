"""Lines inside a cell: amounts with their labels, mechanisms in their order, letters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.reading import Reading
from schemas.vocabulary import fold, mechanisms, rows

# Blanks between groups of three digits are thousands; the end of a line divides two amounts.
_DIGITS = r"(?:\d{1,3}(?: \d{3})+(?![\d,])|\d[\d,]*)(?:\.\d+)?"
_MARKS = r"[*†‡§#⁰¹²³⁴-⁹]*(?: ?\[\d\])?"
# A note's number or letter behind an amount with its sign.
_NOTE = r"(?: \([\da-z]\))?"
_AMOUNT = (
    rf"\(?[-−+]?£\s?\(?[-−]?{_DIGITS}(?:\s?(?:bn|million|thousand|[kKmM])(?![A-Za-z]))?\d?{_MARKS}\)?{_MARKS}{_NOTE}"
    rf"|\(?[-−+]?{_DIGITS}(?:[kKmMp](?![A-Za-z]))?{_MARKS}\)?{_MARKS}{_NOTE}(?![\w%/).,])"
)
_LABELS = r"(?:(?P<total>(?:sub-?\s?|grand\s)?total)\s*:?\s*|(?P<letter>[a-z])\)\s*)?"
_RANGE = re.compile(r"^\s?(?:[-–—]|to|and)\s?$")
_LETTER = re.compile(r"(?:(?<=\s)|^)(?P<letter>[a-z])\)\s+")


@dataclass(frozen=True, slots=True)
class Entry:
    """An amount in a cell: its label (`total`, a letter or nothing) and where its own characters stand."""

    label: str
    start: int
    end: int


def entries(reading: Reading) -> tuple[list[Entry], str]:
    """The amounts of a cell with their labels, and the text that is left over.

    >>> from schemas.records import Line, Place
    >>> from pipeline.reading import read
    >>> [entry.label for entry in entries(read([Line("a) £5 b) £6 Total: £11", Place())]))[0]]
    ['a', 'b', 'total']
    """
    found: list[Entry] = []
    rest: list[str] = []
    at = 0
    pounds = "£" in reading.text
    for match in _entry().finditer(_by_line(reading)):
        bare = not (match["total"] or match["letter"]) and match["amount"][0].isdigit()
        if pounds and bare:
            continue
        if match.start() and reading.text[match.start() - 1] not in " (":
            continue
        label = "total" if match["total"] else (match["letter"] or "").lower()
        found.append(Entry(label, match.start("amount"), match.end("amount")))
        between = reading.text[at : match.start()]
        rest.append("to" if at and not label and _RANGE.match(between) else between)
        at = match.end()
    rest.append(reading.text[at:])
    return found, " ".join(" ".join(rest).split())


def _by_line(reading: Reading) -> str:
    """The text with a line break where a wrap was undone, character for character."""
    before = [0, *(line for line, _ in reading.marks)]
    return "".join(
        "\n" if char == " " and line != last and reading.lines[line].text[index : index + 1].strip() else char
        for char, (line, index), last in zip(reading.text, reading.marks, before, strict=False)
    )


@cache
def _entry() -> re.Pattern[str]:
    """An amount with its label, or a word or dash that stands in an amount's place: alone on its line, or labelled."""
    said = sorted((row["printed"] for row in rows("no_amounts")), key=len, reverse=True)
    words = "|".join(re.escape(each).replace(r"\ ", r"\s") for each in said if each[0].isalpha())
    dashes = "|".join(re.escape(each) for each in said if not each[0].isalpha())
    nothing = rf"(?:{words}){_MARKS}(?=\s|$)|(?:(?<=\) )|(?<![^\n]))(?:{dashes})(?=\n|$| [a-z]\))"
    return re.compile(rf"{_LABELS}(?P<amount>{_AMOUNT}|{nothing})", re.IGNORECASE)


def lines_of_amounts(reading: Reading) -> list[Entry]:
    """The amounts that fill a whole line of a cell but for their label: those that slid into it."""
    found = []
    for entry in entries(reading)[0]:
        line = reading.lines[reading.marks[entry.start][0]].text.strip()
        match = _entry().fullmatch(line)
        if match and "£" in line:
            found.append(entry)
    return found


def mechanisms_in(reading: Reading) -> tuple[list[tuple[str, str]], str]:
    """The mechanisms that a cell names in printed order, each as (name, as printed), and what is left over.

    >>> from schemas.records import Line, Place
    >>> from pipeline.reading import read
    >>> [name for name, _ in mechanisms_in(read([Line("Direct PCC Grant", Place())]))[0]]
    ['direct', 'pcc-grant']
    """
    found = [(mechanisms()[fold(match["phrase"])], match.group()) for match in _mechanism().finditer(reading.text)]
    rest = re.sub(r"[-–,;/]|\b[a-z]\)", " ", _mechanism().sub(" ", reading.text))
    return found, " ".join(rest.split())


@cache
def _mechanism() -> re.Pattern[str]:
    phrases = sorted({row["printed"] for row in rows("mechanisms")}, key=len, reverse=True)
    parts = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"(?<![\w-])(?P<phrase>{parts})(?:\s\(PLF\))?(?![\w-])", re.IGNORECASE)


def lettered(text: str) -> dict[str, str]:
    """The lettered parts of a text, in printed order; empty where it has fewer than one letter.

    >>> lettered("Currently: a) Team A b) Team B")
    {'a': 'Team A', 'b': 'Team B'}
    """
    marks = list(_LETTER.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)][: len(marks)]
    return {mark["letter"]: text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)}


def part_names(labels: Sequence[str]) -> list[str]:
    """Names for parts in printed order: their letters, or 1, 2, .. for those without.

    >>> part_names(["a", "b"]), part_names(["", ""])
    (['a', 'b'], ['1', '2'])
    """
    names, number = [], 0
    for label in labels:
        number += not label
        names.append(label or str(number))
    return names
