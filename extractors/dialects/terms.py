"""Glossaries printed as a term and its meaning on a line, divided by blanks, with meanings that flow on."""

import re
from collections.abc import Sequence

from extractors.grid import Claim, Row
from extractors.lines import Source, clean_slice, part_of
from schemas.records import Line

NAME = "terms"
_TITLE = re.compile(r"^\W*(?:glossary|abbreviations|list of abbreviations)\W*$", re.IGNORECASE)
_GAP = re.compile(r"^(?P<term>\S.{0,30}?)\s{2,}(?=\S)")
_WIDE = re.compile(r"\S {2,}(?=\S)")
# A page's first line this far in is a title and no term.
_DEEP = 16
_SHORT = re.compile(r"^(?P<term>[A-Z][A-Za-z&/]*[A-Z&/][A-Za-z&/]*(?:\s\([^)]*\))?)\s+(?=\S)")
_WORD = re.compile(r"^(?P<term>[A-Z][a-z]+)\s+(?=[A-Z])")


def find(lines: Sequence[Source]) -> list[Claim]:
    """A claim for each run of terms under a title such as `Glossary`."""
    titles = [i for i, source in enumerate(lines) if _TITLE.match(source.text)]
    return [claim for title in titles if (claim := _claim(lines, title)) is not None]


def _claim(lines: Sequence[Source], title: int) -> Claim | None:
    rows: list[Row] = []
    last = title
    for index in range(title + 1, len(lines)):
        line = clean_slice(lines[index])
        if "\t" in lines[index].text or (line and line.text.startswith("#")):
            break
        if line is None:
            continue
        opens_page = "\f" in lines[index].text
        if len(_WIDE.findall(lines[index].text.strip())) > 1 or (opens_page and _indent(lines[index]) > _DEEP):
            break
        split = _term(line, rows[-1].text(0) if rows else "")
        if split:
            rows.append(Row(((split[0],), (split[1],)), lines[index]))
        elif rows and not opens_page:
            rows[-1] = Row((rows[-1].cells[0], (*rows[-1].cells[1], line)), rows[-1].source)
        else:
            break
        last = index
    if len(rows) < 3:
        return None
    return Claim(rows[0].source.number - 1, last, tuple(rows), 0, 2)


def _indent(source: Source) -> int:
    """How many blanks a line starts with."""
    text = source.text.strip("\f")
    return len(text) - len(text.lstrip())


def _term(line: Line, above: str) -> tuple[Line, Line] | None:
    """The term and the start of its meaning, or None where the line goes on the meaning above.

    A lone capitalised word is a term only where the terms stay in order of the alphabet.
    """
    match = _GAP.match(line.text) or _SHORT.match(line.text)
    if match is None:
        match = _WORD.match(line.text)
        if match is None or line.text[:1].lower() < above[:1].lower():
            return None
    return part_of(line, 0, match.end("term")), part_of(line, match.end(), len(line.text))
