"""What stands in columns of figures: figures, what says that there is none, and letters of parts, which are neither."""

import re
from collections.abc import Mapping, Sequence

from extractors.grid import counts_parts, is_figure
from extractors.pages.words import Word, text_of

# What stands in a column of figures where there is none.
_NONE = frozenset(
    {"-", "--", "---", "–", "—", "n/a", "n.a.", "na", ".", "..", "...", "…", "*", ":", "nil", "tbc", "x", "nd"}
)
# What statisticians put for a figure that is withheld, not measured or less than it could show: (D), (NA), n.m.
_SYMBOL = re.compile(r"^\([A-Z]{1,2}\)$|^n\.[a-z]\.$")
# What stands for the error of an estimate where there is none: `— (†)`.
_NO_ERROR = re.compile(r"(?<=\S)\s\([†‡*]\)$")
# A letter alone in brackets: a part's or, where no other one stands there, such a symbol.
_LETTER = re.compile(r"^\([a-z]\)$")
_CAPITAL = re.compile(r"^[A-Z]\. [A-Z]")
# A sign or a letter before a figure that says it is a bound, an estimate or revised: <0.05, E1.2, R 20,304.
_QUALIFIED = re.compile(r"^(?:[<>≤≥~≈±]\s?|[A-Za-z]\s?(?=\d*\.\d|\d{1,3},\d{3}))(?=[\d.])")
# An amount whose last group of digits lacks some, and these.
_BROKEN, _LAST = re.compile(r"^£?\d{1,3}(?:,\d{3})*,(\d{0,2})$"), re.compile(r"\d{1,3}")
_Columns = tuple[int, int]


def is_value(text: str) -> bool:
    """Whether a text is a figure, or what stands where there is none.

    >>> [is_value(text) for text in ("204", "n/a", "<0.05", "— (†)", ". . .", "Area")]
    [True, True, True, True, True, False]
    """
    plain = _NO_ERROR.sub("", text.strip())
    bare = plain.lower().replace(" ", "")
    if is_figure(plain) or bare in _NONE or (bare and not bare.strip(".")) or _SYMBOL.match(plain):
        return True
    return bool(_QUALIFIED.match(plain)) and is_figure(_QUALIFIED.sub("", plain))


def count_parts(pieces: Sequence[Sequence[Word]]) -> bool:
    """Whether pieces beside labels open with letters or numbers of parts, not only one and the same letter alone.

    Capitals of which none is A are of names: `D. Whitlow`.
    """
    marked = {text_of(piece) for piece in pieces if counts_parts(piece[0].text)}
    capitals = {text for text in marked if _CAPITAL.match(text)}
    names = set() if any(text.startswith("A") for text in capitals) else capitals
    marked = {text for text in marked - names if not _SYMBOL.match(text)}
    return len(marked) > 1 or any(not _LETTER.match(text) for text in marked)


def ends_amounts(above: Mapping[_Columns, str], line: Mapping[_Columns, str]) -> bool:
    """Whether all figures of a line are the last digits of amounts that break off above; both have texts by columns.

    >>> ends_amounts({(1, 1): "£292,00"}, {(0, 0): "of ours", (1, 1): "0"})
    True
    """
    figures = {column: text for column, text in line.items() if is_figure(text)}
    if not figures or not all(map(_LAST.fullmatch, figures.values())):
        return False
    groups = (_BROKEN.search(above.get(column, "")) for column in figures)
    return all(m and len(m[1]) + len(text) == len("000") for m, text in zip(groups, figures.values(), strict=True))
