"""What runs through a paper beside its text: titles and numbers of pages, the same from page to page."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from extractors.lines import Source

# The number of a page, alone or at the end of a running title.
_NUMBER = r"(?:page\W{0,3}\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*of\s*\d{1,4})"
_NUMBERED = re.compile(rf"(?:^|\s)\W*{_NUMBER}\W*$", re.IGNORECASE)
_ALONE = re.compile(r"^\W*\d{1,3}\W*$")
_CONTINUED = re.compile(r"\bcont(?:inued|['’]?d|\.)\W*$", re.IGNORECASE)
_APART = re.compile(r"\S\s{2,}\S|\t")
# So many lines at the top and at the foot of a page may be of no text.
_EDGE = 2


def is_page_mark(text: str) -> bool:
    """Whether a line is only the number of a page, or says that something goes on.

    >>> is_page_mark("Page 4 of 6"), is_page_mark("Appendix C (continued)"), is_page_mark("12 awards")
    (True, True, False)
    """
    alone = _NUMBERED.sub("", text).strip(" -–|") == "" and bool(text.strip())
    return alone or bool(_ALONE.match(text) or _CONTINUED.search(text))


def running_lines(pages: Sequence[Sequence[Source]]) -> frozenset[int]:
    """The numbers of the lines at the top or foot of a page that another page has there too, but for its number.

    A line in columns is one only with the number of its page: else it may be a heading that each page repeats.
    """
    edges = [edge for page in pages for edge in _edges(page)]
    said = Counter(unnumbered(source.text) for source in edges)
    return frozenset(
        source.number
        for source in edges
        if said[unnumbered(source.text)] > 1
        and (_NUMBERED.search(source.text) or not _APART.search(source.text.strip()))
    )


def is_between(text: str, said: Mapping[str, int]) -> bool:
    """Whether a line between two parts of a table is no text: blank, a page's mark, or a title printed again.

    `said` is what `unnumbered` makes of the paper's lines, counted.

    >>> is_between("Page 2", {}), is_between("Grants", {"grants": 2}), is_between("Grants", {"grants": 1})
    (True, True, False)
    """
    return not text.strip() or is_page_mark(text) or said.get(unnumbered(text), 0) > 1


def _edges(page: Sequence[Source]) -> list[Source]:
    filled = [source for source in page if not source.blank]
    return list(dict.fromkeys([*filled[:_EDGE], *filled[-_EDGE:]]))


def unnumbered(text: str) -> str:
    """A line as it is compared with those of other pages: without the number of its page.

    >>> unnumbered("Annex A   Page 3 of 9")
    'annex a'
    """
    return " ".join(_NUMBERED.sub("", text).split()).lower()
