"""The grammar of codes, and the repair of codes that a scan damaged."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from schemas.vocabulary import rows

# Glyphs that scans take for one another: in a letter's place, and in a digit's place.
_AS_LETTER = {"I": "Il1|/!", "O": "O0", "S": "S5", "B": "B8", "C": "CG", "P": "P"}
# In a code of several digits, all of which fit, small letters are those of a scan too.
_AS_SMALL = {"C": "c", "I": "i"}
_AS_DIGIT = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8"})
# The suffix of a scheme whose codes are numbers of chapters, such as 2.3: nothing in them can be repaired.
_LEVELS = "levels"
_WORD = re.compile(r"\S+")
_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9|/!-]*\d[A-Za-z0-9/]*\*?")


@dataclass(frozen=True, slots=True)
class Code:
    """A code found in a text: its scheme, itself, as printed, where, whether a footnote mark follows."""

    scheme: str
    code: str
    raw: str
    start: int
    end: int
    footnoted: bool = False
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class _Scheme:
    name: str
    prefix: str
    least: int
    most: int
    letter: bool

    def fits(self, digits: str) -> bool:
        return self.least <= len(digits) <= self.most


@cache
def _schemes() -> tuple[_Scheme, ...]:
    return tuple(
        _Scheme(
            row["scheme"],
            row["prefix"],
            int(row["digits_least"]),
            int(row["digits_most"]),
            row["suffix"] == "letter",
        )
        for row in rows("code_schemes")
        if row["suffix"] != _LEVELS
    )


def is_listed(code: str) -> bool:
    """Whether a code that counts as printed is of a listed scheme of numbers with points.

    >>> is_listed("2.3"), is_listed("G/17/01")
    (True, False)
    """
    levels = [row for row in rows("code_schemes") if row["suffix"] == _LEVELS]
    numbers = (rf"\d{{{row['digits_least']},{row['digits_most']}}}" for row in levels)
    return any(re.fullmatch(rf"{number}(?:\.{number})*", code) for number in numbers)


def find_codes(text: str) -> tuple[list[Code], list[tuple[int, int]]]:
    """The codes of a code's place, and the spans of words with digits that fit no code.

    `SP5/6` is two codes; `SP8*` is one with a footnote mark; `C/300` is CI300, `C1008` is CI008, `clo03` is CI003.

    >>> [code.code for code in find_codes("C1008 C1400 SP2")[0]]
    ['CI008', 'CI400', 'SP2']
    >>> [code.code for code in find_codes("CI005 C/ 300")[0]]
    ['CI005', 'CI300']
    """
    found: list[Code] = []
    for match in _apart().finditer(text):
        found += [
            replace(code, raw=match.group(), repaired=True) for code in read_code(match[1] + match[2], match.start())
        ]
    found = [replace(code, end=code.start + len(code.raw)) for code in found]
    for match in _TOKEN.finditer(text):
        if not any(code.start <= match.start() < code.end for code in found):
            found += read_code(match.group(), match.start())
    found.sort(key=lambda code: code.start)
    return found, [span for word in _WORD.finditer(text) for span in _uncovered(word, found)]


def _uncovered(word: re.Match[str], codes: Sequence[Code]) -> list[tuple[int, int]]:
    """The word's span if one of its digits is in no code."""
    digits = [i for i in range(*word.span()) if word.string[i].isdigit()]
    free = [i for i in digits if not any(code.start <= i < code.end for code in codes)]
    return [word.span()] if free else []


@cache
def _apart() -> re.Pattern[str]:
    """A prefix of a scheme and its number with a blank between them; lines break behind a stroke for a letter too."""
    prefixes = "|".join(re.escape(scheme.prefix) for scheme in _schemes())
    return re.compile(rf"(?<!\w)({prefixes}|[A-Z]/)\s(\d+)(?!\w)")


def read_code(token: str, start: int = 0) -> list[Code]:
    """The codes that a word prints: one, two for `SP5/6`, none where no scheme or more than one fits."""
    end = start + len(token)
    footnoted = token.endswith("*")
    body = token.rstrip("*")
    fits = [(scheme, code) for scheme in _schemes() for code in _fit(body, scheme)]
    if len(fits) == 1:
        scheme, code = fits[0]
        return [Code(scheme.name, code, token, start, end, footnoted, repaired=code != body)]
    shared = re.match(r"^([A-Z]+)(\d+)((?:/\d+)+)$", body)
    if not fits and shared:
        numbers = [shared[2], *shared[3].strip("/").split("/")]
        several = [read_code(shared[1] + number, start) for number in numbers]
        if all(several):
            return [Code(c.scheme, c.code, token, start, end, footnoted) for codes in several for c in codes]
    return []


def with_one_glyph_less(word: str) -> list[Code]:
    """The codes that a word would be without one of its glyphs.

    >>> sorted({code.code for code in with_one_glyph_less("Cclo05")})
    ['CI005']
    """
    shorter = {word[:at] + word[at + 1 :] for at in range(len(word))}
    return [code for each in sorted(shorter) for code in read_code(each)]


def code_between(word: str, before: str, after: str) -> Code | None:
    """The code that a word with one glyph too many is between two codes of a rising sequence; None if not just one is.

    >>> code_between("cioos5", "CI004", "CI006").code
    'CI005'
    """
    found = {code.code: code for code in with_one_glyph_less(word)}
    within = [code for name, code in found.items() if number_of(before) < number_of(name) < number_of(after)]
    return replace(within[0], raw=word, end=len(word), repaired=True) if len(within) == 1 else None


def _fit(body: str, scheme: _Scheme) -> list[str]:
    """The code of a scheme that a word is, letter by letter, digit by digit; at most one."""
    size = len(scheme.prefix)
    head, tail = body[:size], body[size:]
    if len(head) < size or not all(g in _glyphs(p, scheme) for g, p in zip(head, scheme.prefix, strict=True)):
        return []
    suffix = ""
    if scheme.letter and tail[-1:].isalpha() and tail[-1:].islower() and scheme.fits(tail[:-1]) and tail[:-1].isdigit():
        tail, suffix = tail[:-1], tail[-1]
    digits = tail.translate(_AS_DIGIT)
    if not digits.isdigit():
        return []
    if not scheme.fits(digits) or scheme.least != scheme.most:
        digits = digits.lstrip("0") if scheme.least != scheme.most else digits
    return [scheme.prefix + digits + suffix] if digits and scheme.fits(digits) else []


def _glyphs(letter: str, scheme: _Scheme) -> str:
    """The glyphs that a letter of a scheme's prefix is taken for."""
    return _AS_LETTER.get(letter, letter) + (_AS_SMALL.get(letter, "") if scheme.least > 1 else "")


def number_of(code: str) -> tuple[str, int]:
    """A code's prefix and number, to sort by.

    >>> sorted(["SP10", "SP2"], key=number_of)
    ['SP2', 'SP10']
    """
    match = re.match(r"^(\D*)(\d+)", code)
    return (match[1], int(match[2])) if match else (code, 0)
