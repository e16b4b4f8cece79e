"""The parts of a stream's pages that are tables: headings of known columns, and the flows below them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.lines import Source
from extractors.streams.streams import PROSE, Flow, Heading, headings_in
from schemas.vocabulary import fold_heading

_FIGURE = re.compile(r"£\s?\d|^\s*\(?[-−]?\d[\d,]*(?:\.\d+)?\)?$")
# Between two headings of a table at most so many flows stand that hold no amounts.
_NEAR = 12
# Amounts alone that follow a long line within so many flows say that the table goes on.
_SOON = 3
_ALONE = re.compile(r"^(?:Total:?|[a-z]\))?\s*\(?£\s?\d[\d,.]*(?:k|m|bn)?\)?$", re.IGNORECASE)
_YEAR = re.compile(r"\d{2,4}\s?[/-]\s?\d{2}")


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of one flow below the headings; `role` is that of the heading at the head of the same flow, or blank."""

    lines: tuple[Source, ...]
    role: str = ""

    @property
    def figures(self) -> bool:
        """Whether a line holds an amount or is a number."""
        return any(_FIGURE.search(line.text) for line in self.lines)


@dataclass(slots=True)
class Segment:
    """A table's share of a page: its headings in reading order, what stands below them, the line that opens it.

    `continued` says that it goes on from the page before, `figures` that amounts stand below the headings, `since` how
    many flows stand below the last one.
    """

    page: int
    header: list[Heading]
    first: Source
    continued: bool = False
    parts: list[Part] = field(default_factory=list)
    figures: bool = False
    since: int = 0

    @property
    def keys(self) -> set[str]:
        """What tells the headings apart: their roles, the words of those of amounts."""
        return {key(heading) for heading in self.header}

    @property
    def last(self) -> int:
        """The number of the last line."""
        own = [line.number for part in self.parts for line in part.lines]
        return max([*own, *(line.place.line or 0 for h in self.header for line in h.lines), self.first.number])

    def add(self, part: Part) -> None:
        """Take in lines below the headings."""
        self.parts.append(part)
        self.figures = self.figures or part.figures
        self.since += 1

    def roles(self) -> list[str]:
        """The roles of the columns."""
        return [heading.role for heading in self.header]


def key(heading: Heading) -> str:
    """What tells a heading from another: its role; its words where it heads amounts."""
    return heading.text if heading.role == "amount" else heading.role


def segments(found: Sequence[Flow]) -> list[Segment]:
    """The shares of tables on all pages, in reading order."""
    pages: dict[int, list[Flow]] = {}
    for flow in found:
        pages.setdefault(flow.page, []).append(flow)
    made: list[Segment] = []
    for number, own in pages.items():
        above = made[-1] if made and made[-1].page == number - 1 else None
        for segment in _of_page(own, above):
            segment.continued = segment.continued and above is not None and segment.keys <= above.keys
            made.append(segment)
    return made


def _of_page(own: Sequence[Flow], above: Segment | None) -> list[Segment]:
    """The segments of a page; `above` is the last one of the page before."""
    kept: list[Segment] = []
    current = Segment(own[0].page, list(above.header), own[0].lines[0], continued=True) if above else None
    for number, flow in enumerate(own):
        heads, start, end = headings_in(flow)
        if heads and _opens(current, heads, above):
            kept += _closed(current)
            top = flow is own[0] and not start and above is not None
            current = Segment(flow.page, [], flow.lines[start], continued=top)
        if current is not None and heads:
            current.header += [h for h in heads if key(h) not in current.keys]
            current.since = 0
        rest = flow.lines[end:]
        if current is not None and not heads and _is_prose(flow) and not _goes_on(own[number + 1 :]):
            kept += _closed(current)
            current = None
        elif current is not None and rest:
            current.add(Part(rest, heads[-1].role if len(heads) == 1 else ""))
    return [*kept, *_closed(current)]


def _opens(current: Segment | None, heads: Sequence[Heading], above: Segment | None) -> bool:
    """Whether headings open another table: none is there, they are there already, or amounts stand between."""
    if current is None or (not current.figures and current.since > _NEAR):
        return True
    if above is not None and current.continued and current.header == above.header:
        return True
    again = any(key(h) in current.keys for h in heads)
    known = {fold_heading(h.text) for h in current.header if h.role == "amount"}
    other = any(h.role == "amount" and fold_heading(h.text) not in known for h in heads)
    return (again and bool(current.parts)) or (current.figures and other)


def _is_prose(flow: Flow) -> bool:
    return max(map(len, flow.texts)) > PROSE


def _goes_on(below: Sequence[Flow]) -> bool:
    """Whether amounts alone follow soon: then a long line is two of a cell's that were joined at a hyphen."""
    return any(all(_ALONE.match(text) for text in flow.texts) for flow in below[:_SOON])


def _closed(current: Segment | None) -> Iterator[Segment]:
    """The segment where it is a table: amounts below a heading of amounts and another."""
    if current is None or not current.figures:
        return
    roles = current.roles()
    years = [h for h in current.header if h.role == "amount" and _YEAR.search(h.text)]
    if "amount" in roles and (len(set(roles)) > 1 or len(years) > 1):
        yield current
