"""What a person corrected in a paper: the rows of raw/corrections.csv, each tied to a paper's bytes and a place."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.codes import find_codes
from pipeline.money import NotMoney, read_money
from schemas.records import Finding, Paper, Place
from schemas.rules import Rule

CORRECTIONS = "corrections.csv"
SIGNOFF = "signoff.csv"
FIELDS = ("amount", "code")
_CHARS = re.compile(r"^chars (\d{1,12})-(\d{1,12})$")
_BOX = re.compile(r"^page (\d{1,6}) box" + 4 * r" (-?\d{1,7}\.\d\d)" + "$")


@dataclass(frozen=True, slots=True)
class Correction:
    """A value as a person reads it: in the paper with these bytes, at this place, where `found` is printed."""

    correction_id: str
    sha256: str
    file: str
    field: str
    place: str
    found: str
    value: str
    reason: str
    initials: str


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
    names = list(Correction.__dataclass_fields__)
    return tuple(Correction(*(row.get(name, "") for name in names)) for row in rows)


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


def fault_of(correction: Correction, others: Sequence[Correction]) -> str | None:
    """Why a correction cannot be applied, whatever the paper; None where nothing speaks against it."""
    ids = Counter(other.correction_id for other in others)
    places = Counter((other.sha256, other.field, other.place) for other in others)
    faults = {
        "it has no correction_id of its own": not correction.correction_id or ids[correction.correction_id] > 1,
        f"its field is not one of {', '.join(FIELDS)}": correction.field not in FIELDS,
        "its place cannot be read": read_place(correction.place) is None,
        "its reason or its initials are missing": not correction.reason or not correction.initials,
        "another row corrects the same place": places[correction.sha256, correction.field, correction.place] > 1,
        f"its value {correction.value!r} is no amount": correction.field == "amount" and not _is_amount(correction),
        f"its value {correction.value!r} is no code": correction.field == "code" and not is_code(correction.value),
        "its value is what is printed": correction.field == "code" and correction.value == correction.found,
    }
    return next((fault for fault, there in faults.items() if there), None)


def _is_amount(correction: Correction) -> bool:
    try:
        pounds_of(correction)
    except NotMoney:
        return False
    return True


def is_code(text: str) -> bool:
    """Whether a text is one code, printed without damage."""
    codes, rest = find_codes(text)
    return not rest and [code.raw for code in codes if not code.repaired] == [text]


def sound(corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """The corrections that nothing speaks against."""
    return tuple(each for each in corrections if fault_of(each, corrections) is None)


def unused_corrections(corrections: Sequence[Correction], papers: Sequence[Paper]) -> Iterator[Finding]:
    """A finding for each correction that cannot be applied, or whose paper has changed or is not there."""
    files = {paper.file: paper.paper_id for paper in papers}
    hashes = {paper.sha256: paper.paper_id for paper in papers}
    for each in corrections:
        paper_id = hashes.get(each.sha256) or files.get(each.file)
        name = f"The correction {each.correction_id or '(without a name)'} of {each.found!r}"
        if fault := fault_of(each, corrections):
            message = f"{name} was left out: {fault}."
            yield Finding(Rule.CORRECTION_INVALID, paper_id or papers[0].paper_id, message, raw=each.value)
        elif paper_id is None:
            message = f"{name} is of {each.file!r}, which is not in the folder."
            yield Finding(Rule.CORRECTION_UNUSED, papers[0].paper_id, message, raw=each.found)
        elif each.sha256 not in hashes:
            yield stale(each, paper_id, f"{each.file!r} has changed since it was made")


def stale(correction: Correction, paper_id: str, why: str) -> Finding:
    """A correction that was parked: what it was made of is not there any more."""
    message = (
        f"The correction {correction.correction_id} of {correction.found!r} to {correction.value!r} was not applied: "
        f"{why}."
    )
    suggestion = "Look at the place again; make the correction anew or take it out of corrections.csv."
    return Finding(Rule.CORRECTION_STALE, paper_id, message, raw=correction.found, suggestion=suggestion)
