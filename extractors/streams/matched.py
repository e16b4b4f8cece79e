"""Rows of a stream on their way to a table, and the mechanisms that belong to them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.pounds import TOTAL
from extractors.streams.pieces import MECHANISM, Piece
from extractors.streams.segments import Segment
from extractors.streams.streams import says
from extractors.streams.sums import Band
from schemas.vocabulary import no_amounts

Phrase = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What opens a row, its amounts, its mechanisms, the words of its other columns by their heading's number.

    `goes_on` says that it is the rest of the row above, which a page cut; `strays` counts the mechanisms that stand on
    the wrong side of the amounts; `total` that it sums up others, and has nothing but a name and amounts.
    """

    head: tuple[Piece, ...]
    bands: tuple[Band, ...]
    mechanisms: tuple[Phrase, ...] = ()
    words: tuple[tuple[int, tuple[Piece, ...]], ...] = ()
    doubtful: bool = False
    goes_on: bool = False
    strays: int = 0
    total: bool = False

    @property
    def parts(self) -> int:
        """How many amounts have a mechanism of their own, at most."""
        marks = [band.mark for band in self.bands]
        plain = marks.count("")
        lettered = sum(mark not in ("", TOTAL) for mark in marks)
        return lettered or max(1, plain)


def with_mechanisms(rows: Sequence[Row], found: Sequence[Piece], segment: Segment) -> list[Row]:
    """The rows with their mechanisms: one for each row or each of its parts, where one arrangement alone fits."""
    phrases, roles = _phrases(found), segment.roles()
    if "mechanism" not in roles:
        return list(rows)
    left = roles.index("mechanism") < roles.index("amount")
    parts = [0 if row.goes_on or row.total else row.parts for row in rows]
    ways = _ways(parts, len(phrases))
    if not ways:
        phrases, ways = _without_blanks(phrases, parts)
    if len(ways) != 1:
        return [replace(row, doubtful=True) for row in rows]
    made, at = [], 0
    for row, size in zip(rows, ways[0], strict=True):
        own = tuple(phrases[at : at + size])
        strays = sum(_strays(phrase, row, left=left) for phrase in own)
        doubtful = row.doubtful or bool(strays and _differ(phrases[max(at - 1, 0) : at + size + 1]))
        made.append(replace(row, mechanisms=own, doubtful=doubtful, strays=strays))
        at += size
    return made


def _without_blanks(phrases: Sequence[Phrase], parts: Sequence[int]) -> tuple[list[Phrase], list[tuple[int, ...]]]:
    """The mechanisms without those that say that something is open, which other columns say too."""
    told = [phrase for phrase in phrases if says(" ".join(piece.text for piece in phrase)) not in no_amounts()]
    return told, _ways(parts, len(told))


def _phrases(found: Sequence[Piece]) -> list[Phrase]:
    """The mechanisms, each with its lines."""
    made: list[list[Piece]] = []
    for piece in found:
        if piece.kind == MECHANISM and piece.mark == "first":
            made.append([piece])
        elif piece.kind == MECHANISM and made:
            made[-1].append(piece)
    return [tuple(each) for each in made]


def _ways(parts: Sequence[int], phrases: int) -> list[tuple[int, ...]]:
    """How many mechanisms each row may have, one or one for each part; two ways at most, which is one too many."""
    ways: dict[int, list[tuple[int, ...]]] = {0: [()]}
    for size in parts:
        longer: dict[int, list[tuple[int, ...]]] = {}
        for count, own in ways.items():
            for more in {size, min(1, size)}:
                if count + more <= phrases:
                    longer[count + more] = [*longer.get(count + more, []), *((*way, more) for way in own)][:2]
        ways = longer
    return ways.get(phrases, [])


def _strays(phrase: Phrase, row: Row, *, left: bool) -> bool:
    """Whether a mechanism stands on the wrong side of its row's amounts."""
    at = phrase[0].at
    return at > max(band.at for band in row.bands) if left else at < row.bands[0].at


def _differ(phrases: Sequence[Phrase]) -> bool:
    return len({says(phrase[0].text) for phrase in phrases}) > 1
