"""Headings of tables whose cells flow over lines: a run of known column names, and the words below it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.lines import Source, clean_slice, words_of
from schemas.records import Line
from schemas.vocabulary import fold_heading, headings

FIGURE = re.compile(r"^£\s?\d[\d,.\s]*(?:k|m|bn)?$")
_PAGE_NUMBER = re.compile(r"^\d{1,3}$")
# Wide gaps line columns up on the page; another dialect reads those.
_GAPS = re.compile(r"\S {3,}\S")
_YEAR = re.compile(r"^\d{2,4}[/-]\d{2,4}$")
_HEADING_LINES = 40
_HEADING_WORDS = 12


@dataclass(frozen=True, slots=True)
class Word:
    """A word with how it stands: first of its line, of its paragraph, of its page."""

    line: Line
    starts_line: bool
    starts_paragraph: bool
    starts_page: bool
    source: Source

    @property
    def text(self) -> str:
        """The word as printed."""
        return self.line.text


@dataclass(frozen=True, slots=True)
class Header:
    """A heading found: its last line's index, and for each column its role and its words."""

    last: int
    roles: tuple[str, ...]
    words: tuple[tuple[Word, ...], ...]

    @property
    def figure(self) -> int:
        """The first column of amounts."""
        return self.roles.index("amount")

    @property
    def simple(self) -> bool:
        """A label and nothing but amounts: a row is a line."""
        return set(self.roles[1:]) == {"amount"}


def without_repeats(lines: Sequence[Source], header: Header, headers: Mapping[int, Header]) -> list[Source]:
    """The lines with a heading that is printed again left blank."""
    again = {
        i for first, later in headers.items() if first > header.last and later.roles == header.roles
        for i in range(first, later.last + 1)
    }  # fmt: skip
    return [Source(s.number, "", s.start) if i in again else s for i, s in enumerate(lines)]


def words_in(lines: Sequence[Source]) -> list[Word]:
    """The words of lines without tabs. A form feed, or a single blank before a line, marks a page's first line.

    A number alone on its line is a page's number and no word of a table.
    """
    words: list[Word] = []
    blank, fed = True, False
    for source in lines:
        line = clean_slice(source)
        fed = fed or "\f" in source.text
        if line is None or _PAGE_NUMBER.match(line.text):
            blank = True
            continue
        page = fed or (source.text.startswith(" ") and not source.text.startswith("  ") and line.text[0] != "£")
        for number, word in enumerate(words_of(line)):
            first = number == 0
            words.append(Word(word, first, first and (blank or page), first and page, source))
        blank = fed = False
    return words


def header_at(lines: Sequence[Source], index: int) -> Header | None:
    """The heading that starts at a line: known headings from end to end, one of them of amounts."""
    best: Header | None = None
    words: list[Word] = []
    for last in range(index, min(index + _HEADING_LINES, len(lines))):
        new = [] if lines[last].blank else words_in([lines[last]])
        if "\t" in lines[last].text or any(FIGURE.match(word.text) for word in new):
            break
        words += new
        split, open_end = known_headings(words)
        if not open_end:
            break
        if new and split:
            roles = tuple(role for role, _ in split)
            if len(set(roles)) + max(0, roles.count("amount") - 1) < len(roles):
                break
            if _is_table(roles):
                best = Header(last, roles, tuple(tuple(part) for _, part in split))
    return best


def _is_table(roles: Sequence[str]) -> bool:
    """One column of amounts among others, or a label and an amount for each of several years."""
    return len(roles) > 1 and (roles.count("amount") == 1 or set(roles[1:]) == {"amount"} != {roles[0]})


def known_headings(words: Sequence[Word]) -> tuple[list[tuple[str, Sequence[Word]]], bool]:
    """The words as a run of known headings, the longest first at each step, and whether more words may follow.

    Where the end is no whole heading the run is empty; where it cannot become one, nothing may follow.
    """
    found: list[tuple[str, Sequence[Word]]] = []
    at = 0
    while at < len(words):
        role, end = _longest(words, at)
        if not role:
            # What was taken for a whole heading may be the beginning of a longer one.
            starts = (at, *([at - len(found[-1][1])] if found else []))
            return [], any(fold_heading(" ".join(word.text for word in words[s:])) in _openings() for s in starts)
        found.append((role, words[at:end]))
        at = end
    return found, True


def _longest(words: Sequence[Word], at: int) -> tuple[str, int]:
    """The longest known heading that starts at a word; a year alone heads amounts."""
    for end in range(min(len(words), at + _HEADING_WORDS), at, -1):
        text = " ".join(word.text for word in words[at:end])
        folded = fold_heading(text)
        role = headings().get(folded, "") if folded else ("amount" if any(map(str.isdigit, text)) else "")
        if sum(bool(_YEAR.match(word.text)) for word in words[at:end]) > 1:
            continue
        if role and not (role != "amount" and _YEAR.match(words[end - 1].text)):
            return role, end
    return "", at


def may_open(source: Source) -> bool:
    """Whether a line's first word could open a known heading; most lines are told apart by this alone."""
    first = source.text.split(maxsplit=1)
    folded = fold_heading(first[0]) if first else ""
    if "\t" in source.text or _GAPS.search(source.text):
        return False
    return bool(first) and (not folded or folded in _openings() or folded in headings())


@cache
def _openings() -> frozenset[str]:
    """Every beginning of a known heading, the empty one too."""
    known = [heading.split() for heading in headings()]
    return frozenset(" ".join(words[:size]) for words in known for size in range(len(words)))
