"""Each character is of the text object that draws it: a word may be drawn in several, each with a look of its own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_pdf import pdf_of

from extractors.pages.chars import _before_blanks, _in_reading_order
from extractors.pages.pdfium import see
from extractors.pages.seen import one_by_one

BOLD = {4: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>"}
FONTS = b"/Resources<</Font<</F 3 0 R/B 4 0 R>>>>"
PAGE = {10: b"<</Type/Page/Parent 2 0 R/Contents 11 0 R/MediaBox[0 0 595 842]" + FONTS + b">>"}
PIECES = st.lists(st.tuples(st.text("ab7 ", min_size=1, max_size=6), st.booleans()), min_size=1, max_size=8)


@given(PIECES)
def test_characters_look_as_what_draws_them(pieces: list[tuple[str, bool]]) -> None:
    shown = b" ".join(b"/%c 10 Tf (%b) Tj" % (b"B" if bold else b"F", text.encode()) for text, bold in pieces)
    (page,) = see(pdf_of([b"BT 50 700 Td " + shown + b" ET"], PAGE | BOLD))
    seen = [(char.text, char.bold) for char in one_by_one(page.chars) if char.text != " "]
    assert seen == [(char, bold) for text, bold in pieces for char in text if char != " "]


@pytest.mark.parametrize(("gap", "letter", "found"), [(0.6, 0.0, [1]), (0.4, 0.0, []), (0.6, 0.5, [])])
def test_narrow_blank_that_is_not_drawn_parts_letters_set_close(gap: float, letter: float, found: list[int]) -> None:
    """Gaps between letters of ten points in height; a letter may reach out over the blank behind it."""
    starts = [0.0, 5.0 + letter, 10.0 + letter + gap, 15.0 + 2 * letter + gap]
    boxes = np.array([(x, 0.0, x + 5.0, 10.0) for x in starts])
    assert _before_blanks(boxes, np.array([0, 0, 1, 1])).tolist() == found


def test_letters_of_a_ligature_that_stand_from_right_to_left_are_turned_round() -> None:
    """So pdfium parts one on a page that is turned upside down; other letters stay as they are."""
    boxes = np.array([[10.0, 0, 15.0, 9], [17.0, 0, 19.0, 9], [15.0, 0, 17.0, 9], [19.0, 0, 24.0, 9]])
    found = _in_reading_order(boxes, np.array([1, 1, 1, 1]), np.array([ord(each) for each in "Ofic"]))
    assert found[:, 0].tolist() == [10.0, 15.0, 17.0, 19.0]
    assert _in_reading_order(boxes, np.array([1, 1, 2, 2]), np.array([ord(each) for each in "Ofic"])) is boxes
