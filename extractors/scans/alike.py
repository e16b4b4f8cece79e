"""A line as two readers have it: which words they agree on."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

_SAME = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "–": "-", "—": "-", "−": "-", "“": '"', "”": '"', "•": "", "·": ""}
)
_ALIKE = str.maketrans({"I": "1", "l": "1", "|": "1", "!": "1", "O": "0", "o": "0", "¢": "c", "©": "c", "€": "c"})
_ONE_FOR_ONE = {char: other for char, other in _SAME.items() if other}
# The letter of a part, which the second reader likes to read twice (`Cc)`).
_MARK, _DOUBLED = re.compile(r"^[a-z]\)$"), re.compile(r"(.)\1")
# Marks beside a word that one reader may have without the other; a stop or a minus in front would be another figure.
_BEFORE, _BEHIND = "'\"|_~", ".,;:'\"|_~"


def blanks_in(marks: Sequence[str], again: str) -> list[bool | None]:
    """For each character of a line but the last whether the second reader has a blank behind it.

    None where it has other characters there.

    >>> blanks_in(["a", "b", "–", "c"], "ab -c")
    [False, True, False]
    """
    mine, theirs = "".join(marks).translate(_ONE_FOR_ONE), again.translate(_ONE_FOR_ONE)
    printed = [at for at, char in enumerate(theirs) if not char.isspace()]
    found: list[bool | None] = [None] * max(0, len(mine) - 1)
    plain = "".join(theirs[at] for at in printed)
    for start, other, size in SequenceMatcher(None, mine, plain, autojunk=False).get_matching_blocks():
        for step in range(size - 1):
            found[start + step] = printed[other + step + 1] > printed[other + step] + 1
    return found


def compared(words: Sequence[str], again: str) -> list[tuple[bool, str]]:
    """For each word of a line whether the second reader has the same, and what it has there.

    >>> compared(["a)", "£10,000"], "a) £18,000")
    [(True, 'a)'), (False, '£18,000')]
    """
    mine, theirs = "".join(words).translate(_SAME), "".join(again.split()).translate(_SAME)
    changes = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    made, start = [], 0
    for word in words:
        end = start + len(word.translate(_SAME))
        own = [change for change in changes if change[1] < end and change[2] > start]
        own += [change for change in changes if change[0] == "insert" and start <= change[1] <= end]
        first = min((max(c[3], c[3] + start - c[1]) if c[0] == "equal" else c[3] for c in own), default=0)
        last = max((min(c[4], c[3] + end - c[1]) if c[0] == "equal" else c[4] for c in own), default=0)
        other = theirs[first:last]
        made.append((_alike(mine[start:end], other), other))
        start = end
    return made


def _alike(word: str, other: str) -> bool:
    """Whether two readings of a word are the same but for marks beside it that are no part of a figure.

    In a word that opens with a letter (a code, `a)`), glyphs that look alike count as one; in a figure none do.
    """
    mine, theirs = (each.lstrip(_BEFORE).rstrip(_BEHIND) for each in (word, other))
    if _MARK.match(mine):
        theirs = _DOUBLED.sub(r"\1", theirs.translate(_ALIKE).lower())
    if mine[:1].isalpha():
        mine, theirs = (each.translate(_ALIKE).lower() for each in (mine, theirs))
    return mine == theirs
