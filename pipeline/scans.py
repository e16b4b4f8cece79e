"""What may be believed of figures that were read from the picture of a page.

A figure of a scan counts as read only where a second reader has it too, or a printed total proves it, and where the
second reader has its row's name and its column's heading too. All others are up for review.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.codes import find_codes, with_one_glyph_less
from pipeline.meaning import is_amount
from pipeline.names import split_name
from pipeline.periods import find_periods
from pipeline.reading import text_of
from pipeline.recognise import ALLOCATING, Recognised
from schemas.records import Allocation, Cell, Finding, Note
from schemas.rules import Rule

# The columns that say which figure a row's figure is; the last name it where none of the first does.
_NAMING = ("initiative", "area", "proposal", "mechanism", "theme")
_NAMES, _NAMING_ELSE = ("code", "initiative", "area", "proposal"), ("intention", "provider")
_DIGITS = re.compile(r"\d")
# Glyphs that look alike, and marks that a second reader sees beside words.
_SAME = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "I": "1", "l": "1", "|": "1", "O": "0", "o": "0"})
_BESIDE = "'\"|_~"


def weighed(tables: Sequence[Recognised], allocations: Sequence[Allocation]) -> tuple[list[Allocation], list[Finding]]:
    """Allocations of a paper with those of scans put up for review that nothing supports, and a finding for each doubt.

    Those of tables that were not read from pictures come back as they are.
    """
    scanned = {known.table_id: known for known in tables if any(_is_read(cell) for cell in known.table.cells)}
    whole = {name for name, known in scanned.items() if _is_doubted(known)}
    totals = {(line.table_id, line.row, line.column) for line in allocations if line.line_type == "total"}
    lacking = {(line.table_id, line.row) for line in allocations if _lacks(line, scanned.get(line.table_id))}
    made = []
    for line in allocations:
        known = scanned.get(line.table_id)
        loose = _is_number(line.part) and (line.table_id, line.row, line.column) not in totals
        loose = loose or (line.table_id, line.row) in lacking
        if known is not None and (line.table_id in whole or loose or not _is_believed(line, known)):
            made.append(replace(line, evidence="review"))
        else:
            made.append(line)
    alone = {line.table_id for line, before in zip(made, allocations, strict=True) if line != before}
    findings = [found for known in scanned.values() for found in _doubts(known)]
    findings += [_unsupported(scanned[name], made) for name in sorted(alone)]
    return made, findings


def _is_read(cell: Cell) -> bool:
    """Whether a cell was read from a picture: no text layer leaves any doubt."""
    return cell.confidence < 1


def _is_number(part: str | None) -> bool:
    """Whether a part has no letter of its own: such parts may be two rows whose line the scan lost."""
    return (part or "").isdigit()


def _lacks(line: Allocation, known: Recognised | None) -> bool:
    """Whether a figure has no theme or no mechanism in a table with a column of them: a mark may hide it."""
    if known is None or line.line_type not in ("item", "part"):
        return False
    return any(known.having(role) and getattr(line, role) is None for role in ("theme", "mechanism"))


def _is_doubted(known: Recognised) -> bool:
    """Whether a whole table is in doubt: what is printed above it, a heading, a column of amounts that has none."""
    amounts = {cell.column for cell in known.table.cells if not cell.is_header and is_amount(text_of(cell))}
    return (
        not known.table.second_reader
        or any(_counts(known, note) for note in known.table.notes)
        or any(_is_misread(known, cell) for cell in known.table.cells if cell.is_header)
        or any(not known.columns[column].role for column in amounts)
        or _share_a_year(known)
    )


def _share_a_year(known: Recognised) -> bool:
    """Whether two columns of amounts are of one year: the year above one of them may be lost."""
    amounts = [known.columns[index] for index in known.having("amount")]
    years = [(column.period.label, column.estimated) for column in amounts if column.period]
    return len(years) > len(set(years))


def _counts(known: Recognised, note: Note) -> bool:
    """Whether it counts what readers have otherwise above a table: a year, or what may be its theme or its fund."""
    named = known.theme or known.fund or known.having("theme")
    return note.rule is Rule.READINGS_DIFFER and bool(not named or find_periods(note.detail))


def _is_believed(line: Allocation, known: Recognised) -> bool:
    """Whether a figure stands on its own: it is proved or agreed, and so is all that names it.

    That nothing is printed somewhere nobody can agree on. Figures of pages with text are believed.
    """
    if line.confidence == 1:
        return bool(line.amount_raw)
    held = line.evidence in ("agreed", "proved")
    return held and not any(_is_named_in_doubt(line, known, cell) for cell in known.table.cells)


def _is_named_in_doubt(line: Allocation, known: Recognised, cell: Cell) -> bool:
    """Whether a cell says which figure a figure is, in its row or above it in its column, and readers differ on it."""
    over = cell.is_header and cell.column <= line.column < cell.column + cell.column_span
    first, last = _rows(line, known)
    beside = not cell.is_header and cell.row <= last and first < cell.row + cell.row_span
    return (over or (beside and _role(known, cell) != "amount")) and _is_doubtful(known, cell)


def _rows(line: Allocation, known: Recognised) -> tuple[int, int]:
    """The first and the last row of a figure's own: all those that its code stands beside."""
    keys = [cell for cell in known.table.cells if _role(known, cell) == "code" and cell.row == line.row]
    return line.row, max((cell.row + cell.row_span - 1 for cell in keys), default=line.row)


def _is_misread(known: Recognised, cell: Cell) -> bool:
    """Whether a heading that no vocabulary knows may be one that it knows, misread.

    A column whose cells told what it is rests on two doubts, which are too many.
    """
    column = known.columns[cell.column]
    guessed = bool(column.why) and (column.role == "amount" or _names(known, column.role))
    unknown = not column.role and not _is_same_name(known, text_of(cell), cell.second or "")
    return _is_read(cell) and (guessed or unknown)


def _role(known: Recognised, cell: Cell) -> str:
    return known.columns[cell.column].role


def _is_doubtful(known: Recognised, cell: Cell) -> bool:
    """Whether two readers differ on what counts of a cell: codes, names, or else its figures."""
    role, mine, theirs = _role(known, cell), text_of(cell), cell.second or ""
    if not _is_read(cell) or not mine:
        return False
    if role == "code" and not cell.is_header:
        return _is_of_two_rows(mine) or (cell.agrees is False and not _same_codes(mine, theirs))
    if _names(known, role) and not cell.is_header:
        return cell.agrees is None or not _is_same_name(known, mine, theirs)
    return cell.agrees is False and _DIGITS.findall(mine) != _DIGITS.findall(theirs)


def _names(known: Recognised, role: str) -> bool:
    """Whether a column of this role says which figure a row's figure is."""
    return role in _NAMING or (role in _NAMING_ELSE and not any(known.having(name) for name in _NAMES))


def _is_same_name(known: Recognised, mine: str, theirs: str) -> bool:
    """Whether both readers have the same name, blanks and glyphs that look alike apart.

    What describes the thing behind its name may differ.
    """
    name, described = split_name(mine) if known.kind == "commitments" else (mine, None)
    plain, other = _plain(name), _plain(theirs).lstrip(_BESIDE)
    return other.startswith(plain) if described else plain == other.rstrip(_BESIDE)


def _plain(text: str) -> str:
    return "".join(text.translate(_SAME).split())


def _is_of_two_rows(text: str) -> bool:
    """Whether a code stands behind priorities: the line between two rows was lost."""
    schemes = [code.scheme for code in find_codes(text)[0]]
    return ("priority", "intention") in pairwise(schemes)


def _same_codes(mine: str, theirs: str) -> bool:
    """Whether both readers have the same codes; the second may have a glyph too many in one."""
    own, others = _codes(mine), set(_codes(theirs))
    near = {code.code for word in theirs.split() for code in with_one_glyph_less(word)}
    return others <= set(own) <= others | near


def _codes(text: str) -> list[str]:
    """The codes of a code's place but for priorities, which name no row."""
    return [code.code for code in find_codes(text)[0] if code.scheme != "priority"]


def _doubts(known: Recognised) -> Iterator[Finding]:
    """A finding for each heading, name, code and figure on which two readers differ, but for amounts."""
    for cell in known.table.cells:
        raw = text_of(cell)
        told = known.kind in ALLOCATING and _role(known, cell) == "amount" and not cell.is_header
        if cell.second is not None and _is_doubtful(known, cell) and not told:
            message = f"One reader has {raw!r} here, the other has {cell.second!r}."
            yield Finding(
                Rule.READINGS_DIFFER, known.paper_id, message, cell.place, known.table_id, cell.row, cell.column, raw
            )


def _unsupported(known: Recognised, made: Sequence[Allocation]) -> Finding:
    own = [line for line in made if line.table_id == known.table_id and line.evidence == "review"]
    message = (
        f"{len(own)} figures of the table were read from the picture of a page and are up for review: no second "
        "reader has them just so, with what names them."
    )
    return Finding(Rule.READ_BY_OCR_ALONE, known.paper_id, message, known.table.place, known.table_id)
