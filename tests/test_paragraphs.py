"""What stands between tables: paragraphs, and which of them are headings."""

import pytest
from test_columns import Piece, chars_of, page

from extractors.pages.page import read_page
from extractors.pages.seen import Seen, as_columns
from extractors.tables.paragraphs import paragraphs_of

TEXT = "All intentions have been coded and the codes that they had before are shown"


def lines(top: float) -> list[Piece]:
    """A paragraph of six lines."""
    return [(TEXT, 60.0, top + 12 * n) for n in range(6)]


def headings(text: list[Piece]) -> list[str]:
    """The headings of a page."""
    return [each.heading.text for each in paragraphs_of(page(text), []) if each.heading]


@pytest.mark.parametrize(
    ("words", "found"),
    [("Community safety", ["Community safety"]), ("of community safety", []), (f"{TEXT} in italics, as they were", [])],
)
def test_plain_line_alone_is_a_heading_unless_it_is_as_wide_as_the_page_or_goes_on(
    words: str, found: list[str]
) -> None:
    """The first line of a paragraph may end a page, and its last one start the next."""
    assert headings([*lines(300.0), (words, 60.0, 420.0)]) == found


@pytest.mark.parametrize(("top", "found"), [(42.0, ["Community safety"]), (80.0, [])], ids=["close", "apart"])
def test_larger_bold_line_right_above_the_text_heads_it_however_near_the_edge(top: float, found: list[str]) -> None:
    chars = (char._replace(bottom=char.top + 13.0, bold=True) for char in chars_of([("Community safety", 60.0, 20.0)]))
    seen = as_columns([*chars, *chars_of(lines(top))])
    read = read_page(Seen(1, 595.0, 842.0, (0.0, 0.0, 595.0, 842.0), seen, (), (), ()), 1, 0)
    assert [each.heading.text for each in paragraphs_of(read, []) if each.heading] == found


@pytest.mark.parametrize(("words", "text"), [("offending", "Offending and Re-offending"), ("Team", "and Re- Team")])
def test_heading_that_breaks_off_behind_a_hyphen_goes_on_without_a_blank(words: str, text: str) -> None:
    chars = chars_of([("Reducing Offending and Re-", 60.0, 100.0), (words, 60.0, 112.0)])
    seen = as_columns([char._replace(bold=True) for char in chars])
    read = read_page(Seen(1, 595.0, 842.0, (0.0, 0.0, 595.0, 842.0), seen, (), (), ()), 1, 0)
    (only,) = paragraphs_of(read, [])
    assert only.line.text.endswith(text)
