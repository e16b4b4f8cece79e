"""Hyphens that a typesetter put where a line ends within a word: told from those that belong to the word.

Such a hyphen becomes a soft one, U+00AD, which the meaning layer leaves out where it joins the lines again.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from schemas.records import Cell, Line, Note, Place, Table
from schemas.rules import Rule
from schemas.vocabulary import known_words

SOFT = "\u00ad"
# The hyphen of the keyboard, and that of Unicode, which typesetters draw where they divide a word.
_PLAIN, _OTHER = "-", "\u2010"
_LETTERS = r"[^\W\d_]+"
_BEFORE = re.compile(rf"({_LETTERS}(?:[-\u2010]{_LETTERS})*)([-\u2010])$")
_AFTER = re.compile(rf"(?=[^\W\d_A-Z])({_LETTERS})")
_AFTER_CAPITAL = re.compile(rf"({_LETTERS})")
# A word of a line: none that a hyphen at its end divides.
_WORD = re.compile(rf"(?<![\w\u2010-]){_LETTERS}(?:[-\u2010]{_LETTERS})*(?![\w\u2010-])")
# A paper divides words where so many are known whole, and more than so many times as many as with a hyphen; a word is
# whole where it is printed so more than so many times as often.
_LEAST, _MORE = 2, 2
# What keeps its hyphen before words of any kind: without a word of the paper to tell, it stays as it is printed.
_PREFIXES = frozenset({"anti", "co", "cross", "multi", "non", "post", "pre", "pro", "re", "self", "sub"})
# What is no word, and ends one that a line's end divides.
_TAIL = re.compile(
    r"[st]?ion(?:s|al)?|ments?|ings?|ers?|ed|it(?:y|ies)|ty|ly|ness|[ai]ble|al|ic|ful|ive|ous|[ae]nce|[ao]ry"
)
# Endings that are words too and that a compound is not written with: where a paper divides words, they are no halves.
_ENDINGS = frozenset({"fully", "hood", "less", "ship", "wards", "wise"})
# Words that make compounds of any other, with a hyphen for the most part: `county-wide`.
_COMPOUNDS = frozenset({"based", "funded", "led", "only", "related", "specific", "wide"})
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Break:
    """A word that a line's end divides at a hyphen: the word before it, the hyphen and what follows."""

    before: str
    hyphen: str
    after: str

    @property
    def whole(self) -> str:
        """The word without the hyphen."""
        return f"{self.before}{self.after}".casefold()

    @property
    def joined(self) -> str:
        """The word with the hyphen."""
        return f"{self.before}{_PLAIN}{self.after}".casefold()


def without_breaks(tables: Sequence[Table], texts: Iterable[str]) -> tuple[list[Table], list[Note]]:
    """Tables in which the hyphens that divide a word at a line's end are soft, and a note that says so of each paper.

    `texts` are the paper's lines, in order. In a paper that divides words, in its tables or its running text, a hyphen
    is soft where the paper prints the word whole elsewhere, and where it prints it neither way, unless both halves are
    words of their own or the first is a prefix. Words that such papers often print are known too.
    """
    breaks = [each for table in tables for cell in table.cells for each in _breaks(_texts(cell)) if each]
    if not breaks:
        return list(tables), []
    printed = list(texts)
    known = _known([*printed, *known_words()])
    alone = _known(line.text for table in tables for cell in table.cells for line in cell.lines)
    alone.subtract(each.after.casefold() for each in breaks)
    divides = _divides([*breaks, *filter(None, _breaks(printed))], known)
    soft = {each for each in set(breaks) if is_soft(each, known, alone, divides=divides)}
    changed = [_softened(table, soft) for table in tables] if soft else list(tables)
    at = next((t.place for t, new in zip(tables, changed, strict=True) if t != new), None)
    return changed, [_note(at, [each for each in breaks if each in soft])] if at else []


def is_soft(found: Break, known: Mapping[str, int], alone: Mapping[str, int], *, divides: bool) -> bool:
    """Whether a hyphen at a line's end is none of the word's, as a paper's own words tell.

    `alone` has the words of its tables that stand by themselves, without the ends of divided ones.

    >>> is_soft(Break("Coun", "-", "cil"), {"council": 3}, {}, divides=True)
    True
    >>> is_soft(Break("Multi", "-", "agency"), {"multi-agency": 1}, {}, divides=True)
    False
    """
    whole, joined = known.get(found.whole, 0), known.get(found.joined, 0)
    before, after = found.before.casefold(), found.after.casefold()
    halves = min(alone.get(before, 0), alone.get(after, 0))
    if not joined and (_TAIL.fullmatch(after) or (whole > 0 and halves <= 0 and before not in _PREFIXES)):
        return True
    other = found.hyphen == _OTHER and not known.get(_OTHER, 0)
    if other or not divides:
        return other and (whole > 0 or not joined)
    if whole or joined:
        return whole > _MORE * joined
    compound = before in _PREFIXES or (after in _COMPOUNDS and known.get(before, 0) > 0)
    return (halves <= 0 or after in _ENDINGS) and not compound


def _divides(breaks: Iterable[Break], known: Mapping[str, int]) -> bool:
    """Whether a paper divides words at the ends of its lines, as those that it prints elsewhere too tell."""
    each = {b.whole: b for b in breaks if b.before.casefold() not in _PREFIXES}.values()
    whole = sum(known.get(b.whole, 0) > _MORE * known.get(b.joined, 0) for b in each)
    return whole >= _LEAST and whole > _MORE * sum(known.get(b.joined, 0) > 0 for b in each)


def _known(texts: Iterable[str]) -> Counter[str]:
    """How often each word is printed, and the other hyphen within words."""
    words = Counter(word.casefold() for text in texts for word in _WORD.findall(text))
    made = Counter({_OTHER: sum(count for word, count in words.items() if _OTHER in word)})
    for word, count in words.items():
        made[word.replace(_OTHER, _PLAIN)] += count
    return made


def _texts(cell: Cell) -> list[str]:
    return [line.text for line in cell.lines]


def _breaks(texts: Iterable[str]) -> Iterator[Break | None]:
    """For each of some lines but the last the word that its end divides, or None."""
    for text, below in pairwise(texts):
        before = _BEFORE.search(text)
        after = (_AFTER_CAPITAL if before and _in_capitals(before) else _AFTER).match(below)
        yield Break(before[1], before[2], after[1]) if before and after else None


def _in_capitals(before: re.Match[str]) -> bool:
    """Whether a capital stands before a hyphen that no keyboard has: it divides what is written in capitals."""
    return before[2] == _OTHER and before[1][-1].isupper()


def _softened(table: Table, soft: set[Break]) -> Table:
    cells = tuple(
        replace(cell, lines=_with_soft(cell.lines, soft)) if len(cell.lines) > 1 else cell for cell in table.cells
    )
    return replace(table, cells=cells) if cells != table.cells else table


def _with_soft(lines: tuple[Line, ...], soft: set[Break]) -> tuple[Line, ...]:
    found = [*_breaks(line.text for line in lines), None]
    return tuple(
        replace(line, text=line.text[:-1] + SOFT) if each in soft else line
        for line, each in zip(lines, found, strict=True)
    )


def _note(at: Place, breaks: Sequence[Break]) -> Note:
    words = sorted({f"{each.before}{each.hyphen}{each.after}" for each in breaks})
    more = f" and {len(words) - _SHOWN} more" if len(words) > _SHOWN else ""
    return Note(Rule.WORD_DIVIDED, at, "", f"{', '.join(words[:_SHOWN])}{more}")
