"""The lines of a table's share of a page as pieces of one kind each: amounts, codes, mechanisms, priorities, words."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from extractors.lines import clean_slice, part_of, words_of
from extractors.streams.segments import Part, Segment
from extractors.streams.streams import says
from schemas.records import Line
from schemas.vocabulary import mechanisms, no_amounts, rows

_POUNDS = r"\(?[-−]?£\s?\d[\d,]*(?:\.\d+)?\s?(?:k|m|bn)?\)?[*†]*"
_PLAIN = r"\(?[-−]?\d[\d,]*(?:\.\d+)?\)?"
_MARK = r"(?:(?P<letter>[a-z])\)|(?P<total>Total):?)\s*"
_DAMAGED = r"C[Il1/|][0-9OIl/|]{3}"
_OTHER = r"[A-Z]{1,4}[-/]?\d{1,4}[a-z]?"
_FILLER = re.compile(r"^[-–—]$")
_PRIORITY = re.compile(r"^(?:[A-Z]{2}\d+(?:/\d+)*|Various)\*?$")
_UNIT = re.compile(r"£|['’]000")
AMOUNT, CODE, MECHANISM, PRIORITY, FILLER, WORDS = "amount", "code", "mechanism", "priority", "filler", "words"


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or what stands on it of one kind. `at` counts in reading order, `flow` the flows.

    `mark` is a part's letter or `total`; `role` that of the column where the heading says it; `tied` says that words
    and an amount share the line, `joined` that the line was joined with the next at a hyphen that is left out.
    """

    line: Line
    kind: str
    at: int
    flow: int
    mark: str = ""
    role: str = ""
    tied: bool = False
    joined: bool = False

    @property
    def text(self) -> str:
        """The piece as printed."""
        return self.line.text


def pieces(segment: Segment) -> list[Piece]:
    """The pieces of a segment in reading order."""
    bare = _is_bare(segment)
    amount = re.compile(_PLAIN if bare else _POUNDS, re.IGNORECASE)
    found: list[Piece] = []
    for flow, part in enumerate(segment.parts):
        for line, kind, mark, tied in _of_part(part, amount, set(segment.roles())):
            found.append(Piece(line, kind, len(found), flow, mark, part.role, tied))
    return found


def _is_bare(segment: Segment) -> bool:
    """Whether amounts stand without a pound sign: the headings name the unit, and no line has one."""
    said = any(_UNIT.search(h.text) for h in segment.header if h.role == "amount")
    return said and not any("£" in line.text for part in segment.parts for line in part.lines)


def _of_part(part: Part, amount: re.Pattern[str], roles: Set[str]) -> Iterator[tuple[Line, str, str, bool]]:
    lines = [line for source in part.lines if (line := clean_slice(source))]
    at = 0
    while at < len(lines):
        size = _phrase(lines[at:]) if "mechanism" in roles and part.role in ("", "mechanism") else 0
        if size:
            yield from ((line, MECHANISM, "" if n else "first", False) for n, line in enumerate(lines[at : at + size]))
        else:
            yield from _of_line(lines[at], amount, roles)
        at += size or 1


def _phrase(lines: Sequence[Line]) -> int:
    """How many lines are a known mechanism, the longest one."""
    known = (n for n in range(min(3, len(lines)), 0, -1) if says(" ".join(x.text for x in lines[:n])) in mechanisms())
    return next(known, 0)


def _of_line(line: Line, amount: re.Pattern[str], roles: Set[str]) -> Iterator[tuple[Line, str, str, bool]]:
    if found := list(_amounts(line, amount)):
        yield from ((own, AMOUNT, mark, False) for own, mark in found)
    elif _FILLER.match(line.text):
        yield line, FILLER, "", False
    elif "code" in roles and is_code_line(line.text):
        yield line, CODE, "", False
    elif "primary_priority" in roles and all(_PRIORITY.match(word) for word in line.text.split()):
        yield from ((word, PRIORITY, "", False) for word in words_of(line))
    else:
        yield from _mixed(line, amount, roles)


def _amounts(line: Line, amount: re.Pattern[str]) -> Iterator[tuple[Line, str]]:
    """The amounts of a line that holds nothing else, each with its mark; none where it does."""
    each = re.compile(rf"(?:{_MARK})?{amount.pattern}(?=\s|$)", re.IGNORECASE)
    found, end = [], 0
    for match in each.finditer(line.text):
        if line.text[end : match.start()].strip():
            return
        found.append((part_of(line, *match.span()), (match["letter"] or match["total"] or "").lower()))
        end = match.end()
    if found and not line.text[end:].strip():
        yield from found


def is_code_line(text: str) -> bool:
    """Whether a line holds codes and nothing else; `and` may stand between them.

    >>> is_code_line("CI001 SP1"), is_code_line("CI402 and"), is_code_line("SP1 is met")
    (True, True, False)
    """
    words = [word for word in re.split(r"[\s,;&]+", text) if word]
    codes = [word for word in words if _code().match(word)]
    return all(word in ("and", "/") for word in words if word not in codes) and bool(words)


def _code() -> re.Pattern[str]:
    known = "|".join(rf"{re.escape(r['prefix'])}\d+(?:/\d+)*" for r in rows("code_schemes") if r["prefix"])
    return re.compile(rf"^(?:{known}|{_DAMAGED}|{_OTHER})\*?$")


def is_priority(text: str) -> bool:
    """Whether a word is the code of a priority.

    >>> is_priority("SP5/6"), is_priority("CI001")
    (True, False)
    """
    prefixes = tuple(r["prefix"] for r in rows("code_schemes") if r["scheme"] == "priority")
    return text.startswith(prefixes) and bool(_PRIORITY.match(text))


def _mixed(line: Line, amount: re.Pattern[str], roles: Set[str]) -> Iterator[tuple[Line, str, str, bool]]:
    """Words with an amount or a mechanism at their end, which two columns close together leave on one line."""
    words = words_of(line)
    if led := _led(line, amount, roles):
        yield led[0], led[1], led[2], True
        yield part_of(line, led[3], len(line.text)), WORDS, "", True
        return
    if len(words) > 1 and "£" in words[-1].text and amount.fullmatch(words[-1].text):
        yield _head(line, line.text.rindex(words[-1].text)), WORDS, "", True
        yield words[-1], AMOUNT, "", True
        return
    for size in (3, 2, 1) if "mechanism" in roles else ():
        tail = " ".join(word.text for word in words[-size:])
        if len(words) > size and says(tail) in mechanisms() and says(tail) not in no_amounts() and tail[0].isupper():
            start = line.text.rindex(words[-size].text)
            yield _head(line, start), WORDS, "", True
            yield part_of(line, start, len(line.text)), MECHANISM, "first", True
            return
    yield line, WORDS, "", False


def _head(line: Line, end: int) -> Line:
    """What stands on a line before a character, without the blanks behind it."""
    return part_of(line, 0, len(line.text[:end].rstrip()))


def _led(line: Line, amount: re.Pattern[str], roles: Set[str]) -> tuple[Line, str, str, int] | None:
    """The amount or the codes that words of another column follow on a line: with their kind, mark and end."""
    match = re.match(rf"(?:{_MARK})?{amount.pattern}(?=\s[A-Z])", line.text, re.IGNORECASE)
    if match and "£" in match[0] and line.text[match.end() :].strip()[:1].isupper():
        mark = (match["letter"] or match["total"] or "").lower()
        return part_of(line, *match.span()), AMOUNT, mark, match.end() + 1
    words = words_of(line)
    size = next((n for n, word in enumerate(words) if not is_code_line(word.text)), 0)
    if "code" not in roles or not size or is_priority(words[0].text) or words[0].text in ("and", "/"):
        return None
    end = words[size].place.char_start
    start = line.place.char_start or 0
    at = (end or 0) - start
    return (part_of(line, 0, at - 1), CODE, "", at) if line.offsets is None and line.text[at].isupper() else None
