"""What a paper says of itself: title, publisher, date, police area, and the strategic priorities it lists."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.periods import find_date
from schemas.records import Line, Place, Table
from schemas.vocabulary import fold, police_areas, themes

# A label with a colon, or without one before a value in capitals, as report headings print it.
_LABEL = re.compile(
    r"^(?P<label>Meeting|Date(?:/Time)?|Subject|Title)\s*(?::\s*(?P<value>\S.*)|\s(?P<capitals>[A-Z\d][^a-z]+))$"
)
_COMMISSIONER = re.compile(
    r"(?i:police\s+(?:and|&)\s+crime\s+commissioner\s+for)\s+(?P<area>[A-Z][\w&,-]*(?:\s(?:and\s)?[A-Z][\w&-]*)*)"
)
_STATEMENT = re.compile(
    r"^(?:[-•*]\s*)?strategic priority (?P<number>\d+)(?:\s*\(SP\d+\))?\s*:\s*(?P<title>.+?)(?:\s*\(SP\d+\))?$",
    re.I,
)
_NUMBERED = re.compile(r"^(?P<number>\d{1,2})\.\s+(?P<title>\S.*)$")
_THEME = re.compile(r"^theme:\s*(?P<theme>.+)$", re.I)
_DANGLING = re.compile(r"(?:\b(?:a|an|and|of|the|for|with|to|or|in|by)|[,/–-])$", re.I)
_OPENING = 6
# A line that is longer is no title, whatever stands at its beginning.
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Priority:
    """A strategic priority as listed once."""

    number: int
    theme: str | None
    title: str
    place: Place


@dataclass(frozen=True, slots=True)
class Description:
    """What a paper states of itself; None for what it does not."""

    title: str | None
    publisher: str | None
    police_area_code: str | None
    published_on: date | None


def describe(lines: Sequence[Line | None], tables: Sequence[Table]) -> Description:
    """Title, publisher, police area and date, each only where the paper states one and no other."""
    labels = list(_labels(lines, tables))
    publisher, area = _commissioner(lines)
    title = _title(lines, labels)
    return Description(title if len(title or "") <= _LONGEST_TITLE else None, publisher, area, _date(lines, labels))


def _labels(lines: Sequence[Line | None], tables: Sequence[Table]) -> Iterator[tuple[str, str]]:
    """Labels such as `Subject` with their values, from lines and from two-column tables."""
    for line in lines:
        if line and (match := _LABEL.match(line.text)):
            yield match["label"].lower().partition("/")[0], (match["value"] or match["capitals"]).strip()
    for table in tables:
        for cell in table.cells:
            if (
                cell.column == 0
                and table.columns == 2
                and cell.lines
                and fold(cell.lines[0].text).rstrip(":") in ("subject", "date")
            ):
                value = next(c for c in table.cells if c.row == cell.row and c.column == 1)
                if value.lines:
                    yield fold(cell.lines[0].text).rstrip(":"), value.lines[0].text


def _title(lines: Sequence[Line | None], labels: Sequence[tuple[str, str]]) -> str | None:
    """The meeting, the one subject, a first line marked as a heading, or the short lines that open the paper."""
    for wanted in ("title", "meeting", "subject"):
        values = {value for label, value in labels if label == wanted}
        if len(values) == 1:
            return values.pop()
    first = next((line for line in lines if line), None)
    if first is None:
        return None
    if first.text.startswith("#"):
        return first.text.lstrip("# ").strip("* ") or None
    opening = []
    for line in [line for line in lines if line][:_OPENING]:
        if re.match(r"^(?:\d+[.)]|[-•])\s", line.text) or len(line.text.split()) > 12 or line.text.endswith((".", ":")):
            break
        if fold(line.text) in ("introduction", "contents", "background", "agenda"):
            break
        opening.append(" ".join(line.text.split()))
    return " – ".join(opening[:2]) if opening and len(opening) < _OPENING else None


def _commissioner(lines: Sequence[Line | None]) -> tuple[str | None, str | None]:
    """`Police and Crime Commissioner for X`, where X is one known police force area."""
    found: dict[str, str] = {}
    for line in lines:
        for match in _COMMISSIONER.finditer(line.text) if line else ():
            words = match["area"].split()
            for size in range(len(words), 0, -1):
                name = " ".join(words[:size])
                if code := police_areas().get(fold(name)):
                    found.setdefault(
                        code, f"Police and Crime Commissioner for {name.title() if name.isupper() else name}"
                    )
                    break
    return next(((publisher, code) for code, publisher in found.items() if len(found) == 1), (None, None))


def _date(lines: Sequence[Line | None], labels: Sequence[tuple[str, str]]) -> date | None:
    """The one date that is labelled as such; else the one date that fills a line."""
    labelled = {day for label, value in labels if label == "date" and (day := find_date(value))}
    if labelled:
        return labelled.pop() if len(labelled) == 1 else None
    alone = {day for line in lines if line and len(line.text.split()) <= 5 and (day := find_date(line.text))}
    return alone.pop() if len(alone) == 1 else None


def priorities(lines: Sequence[Line | None]) -> list[Priority]:
    """Strategic priorities as listed: `Strategic Priority 4 (SP4): ..`, or numbered lines under `Theme: ..`."""
    found: list[Priority] = []
    theme, listing = None, False
    for index, line in enumerate(lines):
        if line is None:
            continue
        stated = _STATEMENT.match(line.text)
        numbered = _NUMBERED.match(line.text) if listing else None
        match = stated or numbered
        if match:
            title = " ".join([match["title"].strip(), *_wrapped(lines, index)])
            found.append(Priority(int(match["number"]), theme, title, line.place))
        elif (named := _theme_named(line)) is not None:
            theme, listing = named, bool(_THEME.match(line.text))
        elif listing and found and not _follows(found[-1], line):
            listing = False
    return found


def _follows(priority: Priority, line: Line) -> bool:
    """Whether a line may still belong to the list: it was taken up as the end of the last title."""
    return " ".join(line.text.split()) in priority.title


def _theme_named(line: Line) -> str | None:
    """The theme that a short line names: a heading, or `Theme: ..`."""
    text = fold(line.text.strip("#* "))
    if len(text.split()) > 14 or _STATEMENT.match(line.text) or "\t" in line.text:
        return None
    if match := _THEME.match(text):
        return themes().get(match["theme"])
    found = {code for phrase, code in themes().items() if phrase in text}
    return found.pop() if len(found) == 1 else None


def _wrapped(lines: Sequence[Line | None], index: int) -> Iterator[str]:
    """The lines that go on a title: those that start small, or follow words that cannot end it."""
    above = lines[index]
    for line in lines[index + 1 :]:
        if line is None:
            continue
        opens = bool(_NUMBERED.match(line.text) or _STATEMENT.match(line.text) or _THEME.match(line.text))
        text = " ".join(line.text.split())
        on = text[:1].islower() or bool(above and _DANGLING.search(above.text.strip()))
        if opens or line.text.startswith(("-", "•", "#")) or not on:
            return
        yield text
        above = line
