"""The third, independent reading of PDF pages (pdfplumber): the lines of words on pages where the second says nothing.

No other module speaks to pdfplumber.
"""

import io
from collections.abc import Iterator, Mapping

import pdfplumber
from pdfplumber.page import Page

from extractors.pages.seen import Box
from extractors.readings.again import Again

READER = "pdfplumber"
# Words apart by less than this share of their height stand in one piece of a line.
_GAP = 0.5


def read_again(data: bytes, pages: Mapping[int, Box]) -> list[Again]:
    """The pieces of lines on pages, each page given with the box of the whole page around what is shown."""
    found: list[Again] = []
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for number, (left, top, _, _) in sorted(pages.items()):
            page = pdf.pages[number - 1]
            shift = page.bbox[0] - left, page.bbox[1] - top
            found += _pieces(page, number, shift)
            page.close()
    return found


def _pieces(page: Page, number: int, shift: tuple[float, float]) -> Iterator[Again]:
    """The words of a page; what is drawn twice on the spot counts once."""
    once = page.dedupe_chars(tolerance=1)
    lines, chars = _directions(once)
    for word in once.extract_words(
        x_tolerance_ratio=_GAP, keep_blank_chars=True, line_dir_rotated=lines, char_dir_rotated=chars
    ):
        x0, x1 = word["x0"] - shift[0], word["x1"] - shift[0]
        yield Again(number, x0, word["top"] - shift[1], x1, word["bottom"] - shift[1], word["text"])


def _directions(page: Page) -> tuple[str, str]:
    """How turned text goes on from line to line and from character to character, as most of it does."""
    turned = [char["matrix"][1] for char in page.chars if not char["upright"]]
    up = sum(along > 0 for along in turned) * 2 >= len(turned)
    return ("ltr", "btt") if up else ("rtl", "ttb")
