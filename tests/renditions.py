"""What a rendition of a text paper gives, held against what the text paper gives."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
from manuscript import blocks
from typeset import Style, typeset

from extractors import pdf, text
from extractors.pages.boxes import boxed
from pipeline.drafts import Intention
from pipeline.measure import Measure
from pipeline.register import PDF
from pipeline.result import Result
from pipeline.run import understand
from schemas.records import Allocation, Document, Paper, Place

# What is compared of an allocation: all that does not depend on its place, its words apart from its figures.
FIGURE = (
    "amount_gbp", "item", "line_type", "part", "financial_year", "mechanism", "provider", "area_code",
    "intention_code", "theme", "reach", "period_start", "period_end", "value_status", "estimated", "additive",
    "primary_priority", "secondary_priority",
)  # fmt: skip
WORDS = ("title", "description", "area_name", "need", "comment")
# Two rows are the same one, read otherwise, where their values are equal, or all that names them is.
_FIGURE = ("amount_gbp", ("item", "part", "financial_year"))
_INTENTION = ("code", ("code",))
_MEASURE = ("value", ("row_label", "column_label"))
_Same = tuple[str, tuple[str, ...]]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of the text paper and of its rendition, one of them None where the other has none; and how sure it is."""

    expected: Row | None
    made: Row | None
    evidence: str = ""

    @property
    def state(self) -> str:
        """Whether the rendition has the line right, wrong and up for review, wrong and silent, or not at all."""
        if self.expected == self.made:
            return "right"
        if self.made is None:
            return "missing"
        return "review" if self.evidence == "review" else "silent"

    def __str__(self) -> str:
        """The line's name and the fields that differ, as `expected -> made`."""
        expected, made = self.expected or {}, self.made or {}
        named = self.expected or self.made or {}
        name = " ".join(str(value) for value in list(named.values())[:5] if value is not None)
        if not expected or not made:
            return f"{self.state}: {name}"
        changes = [f"{f}: {expected[f]!r} -> {made[f]!r}" for f in expected if expected[f] != made[f]]
        return f"{self.state}: {name}: {'; '.join(changes)}"


@cache
def original(path: Path) -> Result:
    """What the text paper gives."""
    return understood(path.name, "text/plain", path.read_bytes(), text.extract)


def rendition(path: Path, style: Style) -> tuple[bytes, Result]:
    """A text paper set in a style, and what that gives."""
    data = typeset(blocks(text.extract(path.read_bytes()), apart=style.apart), style)
    return data, understood(f"{path.stem}.pdf", PDF, data, pdf.extract)


def understood(file: str, media_type: str, data: bytes, extract: Callable[[bytes], Document]) -> Result:
    """What a paper gives, read as told."""
    digest = hashlib.sha256(data).hexdigest()
    return understand(Paper("paper", file, digest, media_type, len(data)), extract(data))


def figures(expected: Result, made: Result, fields: Sequence[str] = FIGURE) -> list[Pair]:
    """Each allocation of either result with its partner in the other."""
    rows = [_fields(line, fields) for line in expected.allocations]
    return _paired(rows, [(_fields(line, fields), line.evidence) for line in made.allocations], _FIGURE)


def intentions(expected: Result, made: Result) -> list[Pair]:
    """Each intention of either result with its partner in the other."""
    rows = [_intention(each) for each in expected.intentions]
    return _paired(rows, [(_intention(each), "") for each in made.intentions], _INTENTION)


def measures(expected: Result, made: Result) -> list[Pair]:
    """Each measure of either result with its partner in the other."""
    rows = [_measure(each) for each in expected.measures]
    return _paired(rows, [(_measure(each), "") for each in made.measures], _MEASURE)


def _fields(line: Allocation, fields: Sequence[str]) -> Row:
    return {name: getattr(line, name) for name in fields}


def _intention(each: Intention) -> Row:
    return {
        "code": each.code.code,
        "legacy": tuple(code.code for code, _ in each.legacy),
        "priorities": tuple(code.code for code in each.priorities),
        "mechanisms": each.mechanisms,
        "description": each.description,
        "comment": each.comment,
        "footnote": each.footnote,
    }


def _measure(each: Measure) -> Row:
    return {name: getattr(each, name) for name in ("value", "row_label", "column_label", "raw", "unit", "scale")}


def _paired(expected: Sequence[Row], made: Sequence[tuple[Row, str]], same: _Same) -> list[Pair]:
    """First the rows that are equal, in their order, then those that are the same, then what is left over."""
    pairs, lost, left = [], [], list(made)
    for row in expected:
        found = next((other for other in left if other[0] == row), None)
        if found is None:
            lost.append(row)
        else:
            left.remove(found)
            pairs.append(Pair(row, *found))
    for row in lost:
        others = [other for other in left if _is_same(row, other[0], same)]
        found = max(others, key=lambda other: sum(row[name] == other[0][name] for name in row), default=None)
        if found is None:
            pairs.append(Pair(row, None))
        else:
            left.remove(found)
            pairs.append(Pair(row, *found))
    return [*pairs, *(Pair(None, row, evidence) for row, evidence in left)]


def _is_same(row: Row, other: Row, same: _Same) -> bool:
    value, names = same
    return (row[value] is not None and row[value] == other[value]) or all(row[name] == other[name] for name in names)


def out_of_place(data: bytes, result: Result) -> list[str]:
    """The amounts that a third reader does not find in the boxes that they name."""
    document = pypdfium2.PdfDocument(data)
    places = [(line.amount_raw, boxed(line.place, result.glyphs)) for line in result.allocations if line.amount_raw]
    return [
        f"{raw} at page {place.page}, {place.x0}, {place.top}: {found!r}"
        for raw, place in places
        if _plain(raw) not in _plain(found := _printed(document, place))
    ]


def _plain(text: str) -> str:
    return "".join(text.split())


def _printed(document: pypdfium2.PdfDocument, place: Place) -> str:
    """What stands in a box, which is given as displayed."""
    if place.page is None or place.x0 is None:
        return ""
    page = document[place.page - 1]
    left, bottom, _, _ = page.get_cropbox()
    corners = list(_stored(page, ((place.x0, place.top or 0.0), (place.x1 or 0.0, place.bottom or 0.0))))
    across, along = [left + x for x, _ in corners], [bottom + y for _, y in corners]
    return str(page.get_textpage().get_text_bounded(min(across), min(along), max(across), max(along)))


def _stored(page: pypdfium2.PdfPage, corners: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Points of a page as it is shown, from its top left, as points of the page as it is stored."""
    width, height = page.get_size()
    for x, top in corners:
        yield {0: (x, height - top), 90: (top, x), 180: (width - x, top), 270: (height - top, width - x)}[
            page.get_rotation()
        ]
