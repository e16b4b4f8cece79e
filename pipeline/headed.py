"""What is printed above a table: the heading that introduces it, and the fund and the theme that headings name."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from schemas.records import Line, Table
from schemas.vocabulary import fold, funds, themes

_CAPTION = re.compile(r"^(?:Appendix|Annex|Schedule|Table|Figure)\s\W?\w{1,3}\W?$")
_TITLE_WORDS = 12
# So many headings upwards may name the fund that a table shares out.
_NEAR = 3
# Lines of a text paper with one blank line between are so many apart.
_BLANK_LINE = 2
_INTENTIONS = re.compile(r"\bcommissioning intentions?\b", re.IGNORECASE)
_STATEMENT = re.compile(r"^strategic priority \d+", re.IGNORECASE)


def heading_of(table: Table) -> str | None:
    """What introduces the table: the sentence above that ends in a colon, else the nearest heading."""
    lead = table.lead.text if table.lead else ""
    if lead.endswith(":") or re.search(r"\bas follows\b[^.]*\.?$", lead):
        return re.split(r"(?<=[a-z)%]\.)\s+(?=[A-Z])", " ".join(lead.removeprefix("- ").split()))[-1]
    named = [line.text for line in _own(table)]
    if named and _CAPTION.match(named[0]) and lead != named[0] and len(lead.split()) <= _TITLE_WORDS:
        return f"{named[0]} {lead}".strip()
    return named[0] if named else None


def title_of(table: Table) -> list[Line]:
    """The headings above that stand right above each other, the nearest first: a title and a caption below it."""
    own = list(table.headings)
    return own[: next((n for n, pair in enumerate(pairwise(own), 1) if not _is_right_below(*pair)), len(own))]


def _is_right_below(line: Line, above: Line) -> bool:
    """Whether at most a blank line stands between two headings, or on a page no more than the height of the upper."""
    place, over = line.place, above.place
    if place.line is not None and over.line is not None:
        return place.line - over.line <= _BLANK_LINE
    if place.top is None or over.top is None or over.bottom is None or place.page != over.page:
        return False
    return place.top - over.bottom < over.bottom - over.top


def fund_of(table: Table) -> str | None:
    """The mechanism of the fund that the text above a table names."""
    lead = [table.lead] if table.lead else []
    return _named(lead + _own(table)[:_NEAR], funds())


def theme_above(table: Table, kind: str) -> str | None:
    """The theme that the nearest heading names; above a caption of intentions the one that names these too."""
    own = _own(table)
    titles = [line for line in own[1:_NEAR] if kind == "commissioning-intentions" and _INTENTIONS.search(line.text)]
    return _named([*own[:1], *titles[:1]], themes())


def _own(table: Table) -> list[Line]:
    """The headings above, the nearest first, without those that only state a priority."""
    return [line for line in table.headings if not _STATEMENT.match(line.text)]


def _named(lines: Sequence[Line], phrases: Mapping[str, str]) -> str | None:
    """The one meaning that the first of these lines with such a phrase names."""
    for line in lines:
        text = fold(line.text)
        found = {meaning for phrase, meaning in phrases.items() if _holds(text, phrase)}
        if len(found) == 1:
            return found.pop()
    return None


def _holds(text: str, phrase: str) -> bool:
    return bool(re.search(rf"(?<![\w-]){re.escape(phrase)}(?![\w-])", text))
