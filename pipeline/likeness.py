"""How alike two texts are in their words. Likeness ranks and suggests; it never decides by itself."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log

from rapidfuzz import fuzz

from schemas.vocabulary import fold

# Most of a likeness is how far the shorter text is in the longer one; the rest is how much of the longer one is left.
_HELD, _WHOLE = 0.75, 0.25
# Words are taken for the same by their beginnings: misuse and misused, review and reviews.
_STEM = 6


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """A text's words in their order without case and marks.

    >>> plain("Support, for  a Youth–Hub.")
    'support for a youth hub'
    """
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


def likeness(one: str, other: str) -> float:
    """From 0 to 1; 1 where the same words stand in both, in whatever order.

    >>> likeness("Plant trees", "plant trees."), likeness("", "Plant trees")
    (1.0, 0.0)
    """
    mine, theirs = plain(one), plain(other)
    if not mine or not theirs:
        return 0.0
    shared = _HELD * fuzz.token_set_ratio(mine, theirs) + _WHOLE * fuzz.token_sort_ratio(mine, theirs)
    return round(shared / 100, 4)


def stems(text: str) -> frozenset[str]:
    """The beginnings of a text's words.

    >>> sorted(stems("Domestic homicides"))
    ['domest', 'homici']
    """
    return frozenset(word[:_STEM] for word in plain(text).split())


def weights(texts: Iterable[str]) -> dict[str, float]:
    """How much each word tells these texts apart: nothing where all have it, the more the fewer have it.

    >>> weights(["to plant", "to sail"])["to"], weights(["to plant", "to sail"])["sail"] > 0
    (0.0, True)
    """
    sets = [stems(text) for text in texts]
    counts = Counter(stem for each in sets for stem in each)
    return {stem: log(len(sets) / count) for stem, count in counts.items()}


def telling(one: str, other: str, weigh: Mapping[str, float]) -> float:
    """The share of the telling words of a text that another one has too, 0 to 1.

    >>> telling("To plant trees", "plant a hedge", {"plant": 1.0, "trees": 1.0, "to": 0.0})
    0.5
    """
    mine, theirs = stems(one), stems(other)
    whole = sum(weigh.get(stem, 0.0) for stem in mine)
    return sum(weigh.get(stem, 0.0) for stem in mine & theirs) / whole if whole else 0.0
