"""What a person corrected or disputes, from raw/corrections.csv and raw/signoff.csv: tied to bytes and a place."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.codes import find_codes
from pipeline.money import NotMoney, read_money, read_percent
from schemas.records import Finding, Paper, Place
from schemas.rules import Rule

CORRECTIONS = "corrections.csv"
SIGNOFF = "signoff.csv"
FIELDS = ("amount", "code", "measure")
DISPUTE = "dispute"
_CHARS = re.compile(r"^chars (\d{1,12})-(\d{1,12})$")
_BOX = re.compile(r"^page (\d{1,6}) box" + 4 * r" (-?\d{1,7}\.\d\d)" + "$")


@dataclass(frozen=True, slots=True)
class Correction:
    """A value as a person reads it: in the paper with these bytes, at this place, where `found` is printed.

    With the verdict `dispute` the person says only that it is wrong, and `value` is not looked at.
    """

    correction_id: str
    sha256: str
    file: str
    field: str
    place: str
    found: str
    value: str
    reason: str
    initials: str
    verdict: str = "correct"

    @property
    def name(self) -> str:
        """What findings call it."""
        if self.verdict == DISPUTE:
            return f"The dispute of {self.found!r}"
        return f"The correction {self.correction_id or '(without a name)'} of {self.found!r}"


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file that a person may have saved again; none where there is no file."""
    if not path.is_file():
        return []
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return [{name: (value or "").strip() for name, value in row.items() if isinstance(name, str) and not
             isinstance(value, list)} for row in csv.DictReader(io.StringIO(text, newline=""))]  # fmt: skip


def corrections_of(rows: Iterable[Mapping[str, str]]) -> tuple[Correction, ...]:
    """The corrections of a file's rows in their order, the ones that cannot be applied too."""
    return tuple(_row(row, "correct") for row in rows)


def disputes_of(rows: Iterable[Mapping[str, str]]) -> tuple[Correction, ...]:
    """What the rows of a sign-off dispute, in their order, faulty ones too."""
    return tuple(_row(row, DISPUTE) for row in rows if row.get("verdict") == DISPUTE)


def _row(row: Mapping[str, str], verdict: str) -> Correction:
    said = {each.name: row.get(each.name, "") for each in fields(Correction)}
    return Correction(**{**said, "verdict": verdict})


def place_text(row: Mapping[str, Any]) -> str:
    """A place as corrections name it, from the place columns of a row; empty where the row has none.

    >>> place_text({"page": None, "char_start": 12, "char_end": 19})
    'chars 12-19'
    """
    if row["page"] is None:
        return f"chars {row['char_start']}-{row['char_end']}" if row["char_start"] is not None else ""
    box = [row[name] for name in ("x0", "top", "x1", "bottom")]
    return f"page {row['page']} box {' '.join(f'{edge:.2f}' for edge in box)}" if None not in box else ""


def read_place(text: str) -> Place | None:
    """The place that `place_text` wrote; None for any other text.

    >>> read_place("chars 12-19").char_end
    19
    """
    if chars := _CHARS.match(text):
        return Place(char_start=int(chars[1]), char_end=int(chars[2]))
    if box := _BOX.match(text):
        x0, top, x1, bottom = (float(edge) for edge in box.groups()[1:])
        return Place(int(box[1]), x0, top, x1, bottom)
    return None


def pounds_of(correction: Correction) -> Decimal:
    """The corrected amount. Raises NotMoney where it is no sum of whole pence."""
    amount = read_money(correction.value)
    if amount.pounds is None or amount.footnote or amount.pounds != round(amount.pounds, 2):
        raise NotMoney(f"{correction.value!r} is no amount")
    return amount.pounds


def figure_of(correction: Correction) -> tuple[Decimal, tuple[str, ...]]:
    """The corrected figure of a table of measures, and the units that it can be in. Raises NotMoney where it is none.

    A bare number is in the unit of what it corrects; one with decimals that no amount has is no amount.
    """
    value = correction.value
    if value.endswith("%"):
        return read_percent(value), ("percent",)
    try:
        return pounds_of(correction), ("GBP",) if "£" in value else ("GBP", "percent", "count")
    except NotMoney:
        return read_percent(f"{value}%"), ("percent", "count")


def fault_of(correction: Correction, others: Sequence[Correction]) -> str | None:
    """Why a correction or a dispute cannot be taken up, whatever the paper; None where nothing speaks against it."""
    alike = [other for other in others if other.verdict == correction.verdict]
    places = Counter((other.sha256, other.field, other.place) for other in alike)
    faults = {
        f"its field is not one of {', '.join(FIELDS)}": correction.field not in FIELDS,
        "its place cannot be read": read_place(correction.place) is None,
        "its reason or its initials are missing": not correction.reason or not correction.initials,
        "another row is of the same place": places[correction.sha256, correction.field, correction.place] > 1,
    }
    fault = next((fault for fault, there in faults.items() if there), None)
    return fault if fault or correction.verdict == DISPUTE else _fault_of_value(correction, alike)


def _fault_of_value(correction: Correction, others: Sequence[Correction]) -> str | None:
    if not correction.correction_id or sum(other.correction_id == correction.correction_id for other in others) > 1:
        return "it has no correction_id of its own"
    if correction.field == "code" and correction.value == correction.found:
        return "its value is what is printed"
    if not _VALUES[correction.field](correction):
        return f"its value {correction.value!r} is no {_WORDS[correction.field]}"
    return None


def _reads(read: Callable[[Correction], object], correction: Correction) -> bool:
    try:
        read(correction)
    except NotMoney:
        return False
    return True


def is_code(text: str) -> bool:
    """Whether a text is one code, printed without damage."""
    codes, rest = find_codes(text)
    return not rest and [code.raw for code in codes if not code.repaired] == [text]


_VALUES: Mapping[str, Callable[[Correction], bool]] = {
    "amount": partial(_reads, pounds_of),
    "code": lambda correction: is_code(correction.value),
    "measure": partial(_reads, figure_of),
}
_WORDS = {"amount": "amount", "code": "code", "measure": "figure"}


def sound(corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """The corrections that nothing speaks against."""
    return tuple(each for each in corrections if fault_of(each, corrections) is None)


def unused_corrections(corrections: Sequence[Correction], papers: Sequence[Paper]) -> Iterator[Finding]:
    """A finding for each correction or dispute that cannot be taken up, or whose paper has changed or is not there."""
    files = {paper.file: paper.paper_id for paper in papers}
    hashes = {paper.sha256: paper.paper_id for paper in papers}
    for each in corrections:
        paper_id = hashes.get(each.sha256) or files.get(each.file)
        if fault := fault_of(each, corrections):
            message = f"{each.name} was left out: {fault}."
            yield Finding(Rule.CORRECTION_INVALID, paper_id or papers[0].paper_id, message, raw=each.value)
        elif paper_id is None:
            message = f"{each.name} is in {each.file!r}, which is not in the folder."
            yield Finding(Rule.CORRECTION_UNUSED, papers[0].paper_id, message, raw=each.found)
        elif each.sha256 not in hashes:
            yield stale(each, paper_id, f"{each.file!r} has changed since it was made")


def stale(correction: Correction, paper_id: str, why: str) -> Finding:
    """A correction or dispute that was parked: what it was made of is not there any more."""
    said, file = (
        ("taken up", SIGNOFF) if correction.verdict == DISPUTE else (f"applied (as {correction.value!r})", CORRECTIONS)
    )
    message = f"{correction.name} was not {said}: {why}."
    suggestion = f"Look at the place again; mark it anew or take the row out of {file}."
    return Finding(Rule.CORRECTION_STALE, paper_id, message, raw=correction.found, suggestion=suggestion)
