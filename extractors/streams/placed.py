"""Words of a stream put into rows and columns: of the few arrangements the one that order and wraps speak for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.streams.pieces import FILLER, MECHANISM, WORDS, Piece
from extractors.streams.streams import says
from extractors.streams.wraps import DASHED, Split, full_width, has_room, splits
from schemas.vocabulary import areas, organisation_words, totals

# What an arrangement costs: a cell on the wrong side of a neighbour in its row, a row without a cell in the column
# that names it and in another, words in no cell, an amount on the line of words of another row, words that look like
# another column's; and what it gains where a cell stands right behind its neighbour in the row.
_WRONG_SIDE, _NAME_LATE, _NAMELESS, _EMPTY, _LEFT_OUT, _UNTIED, _UNLIKE, _BESIDE = (
    2.5,
    6.0,
    4.0,
    1.5,
    1.0,
    6.0,
    1.0,
    1.5,
)
_FILLER_OUT, _WORD_OUT, _TOTAL_ASTRAY, _EARLY, _LOWER = 0.3, 0.5, 4.0, 0.1, 3.0
# So many arrangements are followed at a time, so many of those that end alike; no way to divide a run is that costs
# this much more than the best one, and no place before which so much is left empty.
_BEAM, _RIVALS, _HOPELESS = 150, 3, 14.0
# An arrangement that costs this little more than the best one makes both doubtful.
_NEAR = 1.5
# An area's or an organisation's name has so many words at most.
_FEW_WORDS = 7
Sides = Mapping[tuple[int, int], tuple[int, int]]
Cell = tuple[int, int, tuple[Piece, ...]]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one flow, line by line; for the lines that hold an amount too, the amount's row."""

    pieces: tuple[Piece, ...]
    tied: tuple[tuple[int, int], ...] = ()

    @property
    def at(self) -> int:
        """Where it starts in reading order."""
        return self.pieces[0].at

    @property
    def filler(self) -> bool:
        """Whether it is nothing but dashes."""
        return all(piece.kind == FILLER for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Field:
    """What is to be filled: for each column, by its heading's number, the rows; which column names the rows.

    `sides` has for a row and a column where the nearest cells to its left and right stand in reading order. `roles`
    has the columns' roles; `cut` says that the first words may be the rest of a row of the page before, `dashed` that
    the names have a dash before what they stand for; words behind `end` need no cell.
    """

    columns: Mapping[int, tuple[int, ...]]
    key: int
    sides: Sides
    roles: Mapping[int, str]
    cut: bool = False
    dashed: bool = False
    end: int = 1 << 30


@dataclass(frozen=True, slots=True)
class _Option:
    """A run in a column from one of its rows on: its cells, what it costs, the rows whose names are unsure."""

    index: int
    start: int
    end: int
    cost: float
    cells: tuple[Cell, ...]
    unsure: frozenset[int]
    wrong: bool


@dataclass(frozen=True, slots=True)
class _Way:
    """An arrangement so far: its cost, how far each column is filled, the option taken last, and what it goes on."""

    cost: float
    filled: tuple[int, ...]
    last: _Option | None = None
    before: "_Way | None" = None

    @property
    def taken(self) -> list[_Option]:
        """The options, the last one first."""
        found, way = [], self
        while way.last is not None and way.before is not None:
            found.append(way.last)
            way = way.before
        return found


_Longer = tuple[float, tuple[int, ...], _Way, _Option | None]


@dataclass(frozen=True, slots=True)
class Placed:
    """The cells (row, column, pieces; row -1 goes on the page before), the rows that are doubtful, what it costs.

    `clean` says that every word has a cell and every cell words, which stand between its neighbours.
    """

    cells: tuple[Cell, ...]
    doubtful: frozenset[int]
    cost: float
    clean: bool


def runs(found: Sequence[Piece], rows: Mapping[int, int], used: frozenset[int]) -> list[Run]:
    """The words by flows; `rows` has for an amount's place in reading order its row, `used` what has its place.

    What looks like a mechanism and is none of a row's is words too; an amount or a mechanism at the end of a line
    divides no words.
    """
    made: list[tuple[list[Piece], list[tuple[int, int]]]] = []
    last: tuple[int, str] | None = None
    for piece in found:
        words = piece.kind in (WORDS, FILLER, MECHANISM) and piece.at not in used
        kind = FILLER if piece.kind == FILLER else WORDS
        if piece.tied and not words and piece.at in rows and last is not None:
            made[-1][1].append((len(made[-1][0]) - 1, rows[piece.at]))
        elif not words and not piece.tied:
            last = None
        elif words and last == (piece.flow, kind):
            made[-1][0].append(piece)
        elif words:
            made.append(([piece], []))
            last = (piece.flow, kind)
    return [Run(tuple(own), tuple(tied)) for own, tied in made]


def placed(found: Sequence[Run], field: Field) -> Placed:
    """The best arrangement of the runs in the field."""
    ways = [_Way(0, (0,) * len(field.columns))]
    for number, run in enumerate(found):
        options = _Places(run, field, cut=field.cut and not number)
        ways = _kept(more for way in ways for more in _longer(way, run, options, field))
    ended = sorted(((_ended(way, field), way) for way in ways), key=lambda pair: pair[0])
    cost, best = ended[0]
    own = _named(best, field)
    rivals = [_named(way, field) for other, way in ended[1:] if other - cost < _NEAR]
    differ = {row for row in field.columns[field.key] if any(own.get(row) != other.get(row) for other in rivals)}
    unsure = {row for option in best.taken for row in option.unsure}
    cells = tuple(cell for option in reversed(best.taken) for cell in option.cells)
    return Placed(cells, frozenset(unsure | differ | _roomy(cells, field)), cost, _is_clean(found, best, field))


def _roomy(cells: Sequence[Cell], field: Field) -> set[int]:
    """The rows whose names may be two cells: one of their lines had room for the next."""
    names = {row: [piece.text for piece in own] for row, column, own in cells if column == field.key}
    width = full_width([line for lines in names.values() for line in lines]) if names else 0
    return {row for row, lines in names.items() if has_room(lines, width)}


def _is_clean(found: Sequence[Run], best: _Way, field: Field) -> bool:
    """Whether nothing is left out, no cell is empty or on the wrong side of its neighbours, and names are names."""
    at = {piece.at for option in best.taken for _, _, own in option.cells for piece in own}
    whole = all(run.filler or run.at in at or run.at > field.end for run in found)
    filled = {(row, column) for option in best.taken for row, column, _ in option.cells}
    full = all((row, column) in filled for column, rows in field.columns.items() for row in rows)
    return whole and full and not any(option.wrong for option in best.taken)


def _named(way: _Way, field: Field) -> dict[int, tuple[int, ...]]:
    cells = (cell for option in way.taken for cell in option.cells)
    return {row: tuple(p.at for p in own) for row, column, own in cells if column == field.key}


def _kept(ways: Iterator[_Longer]) -> list[_Way]:
    """The cheapest arrangements, a few of those that end alike."""
    alike: dict[tuple[int, ...], int] = {}
    kept: list[_Way] = []
    for cost, filled, way, option in sorted(ways, key=lambda each: each[0]):
        alike[filled] = alike.get(filled, 0) + 1
        if alike[filled] <= _RIVALS:
            kept.append(_Way(cost, filled, option, way) if option else replace(way, cost=cost))
        if len(kept) == _BEAM:
            break
    return kept


def _longer(way: _Way, run: Run, places: "_Places", field: Field) -> Iterator[_Longer]:
    """An arrangement with one more run, in each of its places that are still free, or left out."""
    words = sum(len(piece.text.split()) for piece in run.pieces)
    out = _FILLER_OUT if run.filler else _LEFT_OUT + _WORD_OUT * min(words, _FEW_WORDS)
    yield way.cost + out, way.filled, way, None
    for index, column in enumerate(field.columns):
        free = way.filled[index]
        reach = int(_HOPELESS / (_NAMELESS if column == field.key else _EMPTY))
        for start in (-1, *range(free, free + reach)) if free == 0 else range(free, free + reach):
            for option in places.options(index, start):
                cost = way.cost + option.cost + _gaps(start - free, column, field)
                filled = (*way.filled[:index], option.end, *way.filled[index + 1 :])
                yield cost, filled, way, option


def _gaps(rows: int, column: int, field: Field) -> float:
    return max(rows, 0) * (_NAMELESS if column == field.key else _EMPTY)


def _ended(way: _Way, field: Field) -> float:
    """What an arrangement costs with the rows that it leaves empty."""
    lacks = zip(field.columns.items(), way.filled, strict=True)
    return way.cost + sum(_gaps(len(rows) - filled, column, field) for (column, rows), filled in lacks)


class _Places:
    """Where a run may stand, worked out once for each column and row that it may begin in."""

    def __init__(self, run: Run, field: Field, *, cut: bool) -> None:
        known = {column for column, role in field.roles.items() if role and role == run.pieces[0].role}
        self._run, self._field, self._known = run, field, known
        self._cut = cut and run.pieces[0].text[:1].islower()
        most = max(map(len, field.columns.values())) + 1
        divided = splits([piece.text for piece in run.pieces], most)
        least = min(split.cost for split in divided)
        self._splits = [split for split in divided if split.cost <= least + _HOPELESS]
        self._found: dict[tuple[int, int], list[_Option]] = {}

    def options(self, index: int, start: int) -> list[_Option]:
        """The run in a column from one of its rows on, as so many cells; from -1 on, it goes on the page before."""
        if (index, start) not in self._found:
            self._found[index, start] = list(self._options(index, start))
        return self._found[index, start]

    def _options(self, index: int, start: int) -> Iterator[_Option]:
        column, rows = list(self._field.columns.items())[index]
        name = column == self._field.key
        if (self._known and column not in self._known) or (self._run.filler and name):
            return
        if start < 0 and not (name and self._cut):
            return
        fitting = (split for split in self._splits if start + len(split.starts) <= len(rows))
        yield from (_option(self._run, split, (index, column, start), self._field) for split in fitting)


def _option(run: Run, split: Split, spot: tuple[int, int, int], field: Field) -> _Option:
    index, column, start = spot
    rows = (-1, *field.columns[column])
    ends = (*split.starts[1:], len(run.pieces))
    cost, cells, unsure, wrong = split.cost, list[Cell](), set[int](), False
    for at, (first, end) in enumerate(zip(split.starts, ends, strict=True), start + 1):
        row = rows[at]
        own = run.pieces[first:end]
        cells.append((row, column, own))
        left, right = field.sides.get((row, column), (-1, own[0].at))
        early, late = own[0].at < left, own[0].at > right
        untied = any(first <= line < end and other != row for line, other in run.tied)
        cost += (_EARLY * early + _NAME_LATE * late) if column == field.key else _WRONG_SIDE * (early + late)
        cost += _UNTIED * untied
        odd = column == field.key and row >= 0 and (_nameless(own, field) > 0 or unlike(own, field.roles[column]))
        wrong |= late or untied or odd or (early and column != field.key)
        cost += _UNLIKE * unlike(own, field.roles[column])
        cost += _nameless(own, field) if column == field.key and row >= 0 else 0
        cost += _TOTAL_ASTRAY * (column != field.key and says(own[0].text) in totals())
        if (late or untied or split.unsure) and column == field.key:
            unsure.add(row)
    (left, _), (_, right) = (field.sides.get((cells[i][0], column), (-9, -9)) for i in (0, -1))
    cost -= _BESIDE * (left == run.at - 1) + _BESIDE / 3 * (right == run.pieces[-1].at + 1)
    return _Option(index, start, start + len(ends), cost, tuple(cells), frozenset(unsure), wrong)


def _nameless(own: Sequence[Piece], field: Field) -> float:
    """What speaks against words as a name: they begin in lower case, or lack the dash that names have."""
    lone = field.dashed and not has_dash(own)
    return _LOWER * own[0].text[:1].islower() + 2 * _UNLIKE * lone


def has_dash(own: Sequence[Piece]) -> bool:
    """Whether a dash divides a cell's words, as it does a name and what it stands for."""
    return bool(DASHED.search(" ".join(piece.text for piece in own)))


def unlike(own: Sequence[Piece], role: str) -> bool:
    """Whether a cell's words look like those of another column: organisations, areas, names of other things."""
    text = says(" ".join(piece.text for piece in own))
    if own[0].kind == FILLER:
        return False
    organisation = bool(set(text.replace("(", " ").replace(")", " ").split()) & organisation_words())
    area = text in areas()
    if role == "provider":
        return not organisation
    if role == "reach":
        return organisation or len(text.split()) > _FEW_WORDS
    return role == "initiative" and (area or (organisation and len(text.split()) <= _FEW_WORDS))
