"""Rows of a stream's share of a page, and the words that are their names and their other cells."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from extractors.streams.coded import coded_rows
from extractors.streams.matched import Row, with_mechanisms
from extractors.streams.pieces import AMOUNT, CODE, MECHANISM, PRIORITY, WORDS, Piece, pieces
from extractors.streams.placed import Cell, Field, has_dash, placed, runs
from extractors.streams.segments import Segment
from extractors.streams.streams import Heading, says
from extractors.streams.sums import Band, bands
from extractors.streams.themed import Themed, themed
from extractors.streams.wraps import full_width, is_joined, with_hyphen
from schemas.vocabulary import mechanisms, no_amounts, totals
from schemas.vocabulary import themes as themes_known

_CLOSED = frozenset({"amount", "mechanism", "primary_priority", "secondary_priority", "theme", "code"})
_AMOUNT_FIRST = re.compile(r"^(?:[a-z]\)\s?|Total:?\s)?£\s?\d", re.IGNORECASE)
# A page of a table prints so many lines at most; two arrangements this near make both doubtful.
_MOST_PIECES = 1_000
_WRONG_SIDE, _NEAR = 2.5, 2.5


def named(segment: Segment) -> Segment:
    """A segment with a column for the names of its rows, where no heading stands over them."""
    roles = segment.roles()
    if set(roles[: roles.index("amount")]) - {"mechanism"} or roles[0] != "amount":
        return segment
    return replace(segment, header=[Heading("", ()), *segment.header])


def rows_of(segment: Segment) -> list[Row] | None:
    """The rows of a segment; None where they cannot be told, or a page has too many for a table."""
    found = pieces(segment)
    if len(found) > _MOST_PIECES:
        return None
    if "code" in segment.roles():
        made = coded_rows(segment)
        return _checked(_with_words(made[0], found, segment, Themed(()))[0], found, segment.roles()) if made else None
    own = bands(found, segment.roles().count("amount"))
    if not own or any(band.mark for band in own) or any(band.loose for band in own):
        return None
    doubtful = _may_run_down(own) or _has_stray_amounts(found)
    themes = _themes(found, segment)
    ways = []
    for order in _orders([Row((), (band,), doubtful=doubtful) for band in own]):
        rows, left = _with_themes(order, themes, segment)
        ways.append(_with_words(with_mechanisms(rows, found, segment), found, segment, left))
    return _checked(_best(ways), found, segment.roles())


def _checked(rows: Sequence[Row], found: Sequence[Piece], roles: Sequence[str]) -> list[Row]:
    """The rows, doubtful where amounts are left over, or what stands side by side is in two rows."""
    row_of = {p.at: i for i, row in enumerate(rows) for own in _closed(row) for p in own}
    pairs = ((row_of.get(a.at), row_of.get(b.at)) for a, b in pairwise(found) if _goes_right(a, b, roles))
    torn = any(a is not None and b is not None and a != b for a, b in pairs)
    odd = torn or _has_stray_amounts(found) or _hides_mechanisms(found, roles)
    return [replace(row, doubtful=True) for row in rows] if odd else list(rows)


def _closed(row: Row) -> Iterator[tuple[Piece, ...]]:
    """The codes, the mechanisms and the amounts of a row."""
    yield row.head
    yield from row.mechanisms
    yield from (tuple(piece for piece in band.amounts if piece) for band in row.bands)


def _goes_right(a: Piece, b: Piece, roles: Sequence[str]) -> bool:
    """Whether a piece stands right behind another whose column is to its left."""
    kinds = (CODE, MECHANISM, AMOUNT)
    known = a.kind in kinds and b.kind in kinds and {a.kind, b.kind} <= set(roles)
    return known and a.flow != b.flow and roles.index(a.kind) < roles.index(b.kind)


def _hides_mechanisms(found: Sequence[Piece], roles: Sequence[str]) -> bool:
    """Whether mechanisms stand among the words, and no heading over them was found."""
    told = [says(piece.text) for piece in found if piece.kind == WORDS]
    return "mechanism" not in roles and sum(text in mechanisms() and text not in no_amounts() for text in told) > 1


def _has_stray_amounts(found: Sequence[Piece]) -> bool:
    """Whether words begin with an amount: cells of two columns that were not told apart."""
    return any(piece.kind == WORDS and _AMOUNT_FIRST.match(piece.text) for piece in found)


def _orders(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows in the order of their amounts; one whose amount shares a line with words may stand anywhere."""
    yield list(rows)
    tied = [i for i, row in enumerate(rows) if any(p and p.tied for band in row.bands for p in band.amounts)]
    if len(tied) == 1:
        rest = [*rows[: tied[0]], *rows[tied[0] + 1 :]]
        yield from ([*rest[:i], rows[tied[0]], *rest[i:]] for i in range(len(rest)) if i != tied[0])


def _best(ways: Sequence[tuple[list[Row], float]]) -> list[Row]:
    """The rows of the arrangement that costs least; those that one nearly as good has otherwise are doubtful."""
    ordered = sorted(ways, key=lambda way: way[1])
    own, least = ordered[0]
    made = []
    for row in own:
        rivals = [_same(row, other) for other, cost in ordered[1:] if cost - least < _NEAR]
        made.append(replace(row, doubtful=row.doubtful or not all(rivals)))
    return made


def _same(row: Row, other: Sequence[Row]) -> bool:
    """Whether an arrangement has the same mechanisms beside a row's amounts."""
    texts = {row.bands: [p.text for phrase in row.mechanisms for p in phrase] for row in other}
    return texts.get(row.bands) == [p.text for phrase in row.mechanisms for p in phrase]


def _may_run_down(own: Sequence[Band]) -> bool:
    """Whether bands may be columns as well: rows of several amounts that nothing divides, not all the same."""
    several = [band for band in own if len(band.amounts) > 1]
    values = {tuple(band.value(c) for c in range(len(band.amounts))) for band in several}
    alike = all(len(set(each)) == 1 for each in values)
    return not alike and any(_last(above) + 1 == below.at and _lone(above) for above, below in pairwise(several))


def _last(band: Band) -> int:
    return max(piece.at for piece in band.amounts if piece)


def _lone(band: Band) -> bool:
    """Whether each amount of a band stands in a flow of its own."""
    return len({piece.flow for piece in band.amounts if piece}) == len(band.amounts)


def _themes(found: Sequence[Piece], segment: Segment) -> Themed:
    return themed(found, continued=segment.continued) if "theme" in segment.roles() else Themed(())


def _with_words(
    rows: Sequence[Row], found: Sequence[Piece], segment: Segment, themes: Themed
) -> tuple[list[Row], float]:
    """The rows with the words of their cells, and what speaks against them."""
    own = [row for row in rows if not row.goes_on]
    rest = [row for row in rows if row.goes_on]
    roles = segment.roles()
    own = [_with_priorities(row, found, segment) for row in own]
    cost = _WRONG_SIDE * sum(row.strays for row in own)
    if any(role not in _CLOSED for role in roles):
        taken = [*(row.head for row in rows), *(phrase for row in rows for phrase in row.mechanisms)]
        used = frozenset(piece.at for own_pieces in taken for piece in own_pieces) | themes.used
        at = {p.at: i for i, row in enumerate(own) for band in row.bands for p in band.amounts if p}
        words = runs(found, at, used)
        fixed = [run for run in words if len(run.tied) == 1] if _key_beside_amounts(roles) else []
        dashed = sum(has_dash((piece,)) for run in words for piece in run.pieces) * 2 > len(own)
        field = _field(own, segment, {run.tied[0][1] for run in fixed}, dashed=dashed)
        best = placed([run for run in words if run not in fixed], field)
        cells = (*best.cells, *((run.tied[0][1], field.key, run.pieces) for run in fixed))
        if "code" in roles:
            cells = tuple(cell for cell in cells if _is_beside(cell, own, roles))
        own = _filled(own, cells, best.doubtful if "code" not in roles else frozenset(), field)
        cost += best.cost
        if "code" not in roles and not best.clean:
            own = [replace(row, doubtful=True) for row in own]
        cut = tuple((column, pieces) for row, column, pieces in cells if row == -1)
        rest += [Row((), (), words=cut, goes_on=True)] if cut else []
    if themes.rest:
        rest += [Row((), (), words=((roles.index("theme"), themes.rest),), goes_on=True)]
    return [*rest, *own], cost


def _is_beside(cell: Cell, own: Sequence[Row], roles: Sequence[str]) -> bool:
    """Whether words stand right behind the codes, the mechanisms or the amounts to the left of them in their row."""
    row, column, words = cell
    left = {piece.at for known in _closed(own[row]) for piece in known if piece.kind in roles[:column]}
    return row >= 0 and words[0].at - 1 in left


def _key_beside_amounts(roles: Sequence[str]) -> bool:
    """Whether the names of the rows stand right before the amounts."""
    before = [role for role in roles[: roles.index("amount")] if role not in _CLOSED]
    return len(before) == 1 and "code" not in roles


def _field(own: Sequence[Row], segment: Segment, fixed: Set[int], *, dashed: bool) -> Field:
    """What the words are to fill; rows whose names share a line with their amounts have them already."""
    roles = segment.roles()
    columns = [i for i, role in enumerate(roles) if role not in _CLOSED]
    key = next((column for column in columns if column < roles.index("amount")), columns[0])
    open_rows = [i for i, row in enumerate(own) if not row.total]
    rows = {c: tuple(i for i in open_rows if c != key or i not in fixed) for c in columns}
    sides = {(i, column): _sides(row, column, roles) for i, row in enumerate(own) for column in columns}
    last = max((p.at for row in own for band in row.bands for p in band.amounts if p), default=0)
    end = last if all(column < roles.index("amount") for column in columns) else 1 << 30
    known = {column: roles[column] for column in columns}
    return Field(rows, key, sides, known, cut=segment.continued, dashed=dashed, end=end)


def _sides(row: Row, column: int, roles: Sequence[str]) -> tuple[int, int]:
    """Where the nearest cells of known columns to the left and right of a row's column stand in reading order."""
    places: Mapping[str, list[int]] = {
        "code": [piece.at for piece in row.head],
        "mechanism": [piece.at for phrase in row.mechanisms for piece in phrase],
        "amount": [piece.at for band in row.bands for piece in band.amounts if piece],
        "primary_priority": [piece.at for at, own in row.words if roles[at] == "primary_priority" for piece in own],
        "secondary_priority": [piece.at for at, own in row.words if roles[at] == "secondary_priority" for piece in own],
        "theme": [piece.at for at, own in row.words if roles[at] == "theme" for piece in own],
    }
    left = [places[role] for role in roles[:column] if places.get(role)]
    right = [places[role] for role in roles[column + 1 :] if places.get(role)]
    return (min(left[-1]) if left else -1), (max(right[0]) if right else 1 << 30)


def _with_themes(own: Sequence[Row], themes: Themed, segment: Segment) -> tuple[list[Row], Themed]:
    """The rows with their themes, where there is one for each, and which of them are totals."""
    if not themes.cells:
        return list(own), themes
    if len(themes.cells) != len(own):
        return [replace(row, doubtful=True) for row in own], themes
    column = segment.roles().index("theme")
    sums = [says(cell[-1].text).rsplit(" ", 1)[-1] in totals() for cell in themes.cells]
    cells = zip(own, themes.cells, sums, strict=True)
    return [
        replace(row, words=((column, cell),), total=total, doubtful=row.doubtful or (total and _may_lack_hyphen(cell)))
        for row, cell, total in cells
    ], themes


def _may_lack_hyphen(cell: Sequence[Piece]) -> bool:
    """Whether a theme is known with a hyphen too, which a line's end may have lost."""
    words = says(" ".join(piece.text for piece in cell)).split()
    name = " ".join(word for word in words if word not in totals())
    return any(theme.count("-") > name.count("-") and theme.replace("-", "") == name for theme in themes_known())


def _filled(
    own: Sequence[Row], cells: Sequence[tuple[int, int, tuple[Piece, ...]]], doubtful: frozenset[int], field: Field
) -> list[Row]:
    """The rows with their words.

    One without a name is doubtful, one whose name lost a hyphen, and one whose name no heading tells where no amount
    follows it or other columns have words.
    """
    wide = {c: full_width([p.text for _, at, own in cells if at == c for p in own] or [""]) for c in field.columns}
    made = []
    for i, row in enumerate(own):
        words = tuple((c, tuple(_hyphened(p, wide[c]) for p in pieces)) for at, c, pieces in cells if at == i)
        name = next((pieces for column, pieces in words if column == field.key), ())
        unsure = not row.total and (not name or any(piece.joined and "-" not in piece.text for piece in name))
        headless = bool(name) and not field.roles[field.key]
        unsure |= headless and (len(field.columns) > 1 or name[-1].at + 1 != row.bands[0].at)
        made.append(replace(row, words=row.words + words, doubtful=row.doubtful or i in doubtful or unsure))
    return made


def _hyphened(piece: Piece, width: float) -> Piece:
    """A piece with the hyphen that it lost with its line break, where that can be told."""
    if not is_joined(piece.text, width):
        return piece
    return replace(piece, line=with_hyphen(piece.line), joined=True)


def _with_priorities(row: Row, found: Sequence[Piece], segment: Segment) -> Row:
    """A row with the priorities that stand right behind its mechanism."""
    roles = segment.roles()
    if not row.mechanisms or "primary_priority" not in roles:
        return row
    last = row.mechanisms[-1][-1]
    after = last.at + 1
    while last.tied and after < len(found) and found[after].flow == last.flow:
        after += 1
    names = [role for role in roles if role.endswith("priority")]
    own = []
    for role, piece in zip(names, found[after : after + len(names)], strict=False):
        if piece.kind != PRIORITY:
            break
        own.append((roles.index(role), (piece,)))
    return replace(row, words=(*row.words, *own))
