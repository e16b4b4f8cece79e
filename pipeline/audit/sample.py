"""A random sample of figures to check by hand, the same for the same figures and seed, and what checking it gave."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

# Half the width of the interval in standard deviations: 95 % of a normal distribution.
_Z = 1.959963984540054
VERDICTS = ("agree", "dispute", "correct")


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a sample gave: how many figures, how many judged, how many wrong, and the rate of errors."""

    size: int
    judged: int
    wrong: int
    rate: float
    least: float
    most: float


def draw_sample(ids: Sequence[str], n: int, seed: int) -> list[str]:
    """`n` of the ids, or all if there are fewer, each set of `n` as likely as any other; in the order drawn.

    The draw is by the SHA-256 of seed and id, so that anybody can repeat it in any language.
    """
    return sorted(ids, key=lambda each: hashlib.sha256(f"{seed}:{each}".encode()).hexdigest())[:n]


def result_of(rows: Sequence[Mapping[str, Any]]) -> Checked:
    """The share of wrong figures (disputed or corrected) among those judged, with its 95 % interval (Wilson's).

    Raises ValueError where nothing is judged.
    """
    judged = [row["verdict"] for row in rows if row["verdict"] in VERDICTS]
    if not judged:
        raise ValueError("no figure of a sample is signed off")
    wrong = sum(verdict != "agree" for verdict in judged)
    return Checked(len(rows), len(judged), wrong, wrong / len(judged), *wilson(wrong, len(judged)))


def wilson(wrong: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share: it stays honest where no error, or nothing but errors, was found.

    >>> [round(edge, 3) for edge in wilson(0, 25)]
    [0.0, 0.133]
    """
    share, z2 = wrong / n, _Z * _Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return (0.0 if wrong == 0 else max(0.0, middle - half)), (1.0 if wrong == n else min(1.0, middle + half))
