"""What a table prints once for several rows: the theme that the rows below it have too."""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.drafts import finding
from pipeline.recognise import Recognised, joined_text
from schemas.records import Cell, Finding
from schemas.rules import Rule
from schemas.vocabulary import fold, theme_of

# So many rows without a theme, and as many as there are themes, say that each is printed once.
_LEAST = 2


def themes_above(
    known: Recognised, rows: Sequence[tuple[Cell, ...]], types: Sequence[str]
) -> tuple[dict[int, str], list[Finding]]:
    """The themes of rows whose own is blank, by their numbers in the table, and a finding that says so.

    Themes are printed once where one opens the table, the vocabulary knows all of them, none is that of the row right
    above, and most rows have none. A total ends the rows of a theme. Elsewhere a blank cell says nothing.
    """
    column = known.having("theme")
    items = [joined_text(row, column) for row, kind in zip(rows, types, strict=True) if kind == "item"]
    said = [text for text in items if text]
    again = any(fold(a) == fold(b) != "" for a, b in pairwise(items))
    few = len(items) - len(said) < max(_LEAST, len(said))
    if not said or not items[0] or again or few or not all(map(theme_of, said)):
        return {}, []
    found: dict[int, str] = {}
    theme = ""
    for row, kind in zip(rows, types, strict=True):
        theme = (joined_text(row, column) or theme) if kind == "item" else ""
        if theme and not row[column[0]].lines:
            found[row[0].row] = theme
    first = next(row for row in rows if row[0].row in found)
    message = f"{len(found)} rows have no theme of their own; the one printed above them is theirs."
    return found, [finding(known, Rule.THEME_FROM_ABOVE, first[0].row, message, first[column[0]].place)]
