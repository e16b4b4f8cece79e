"""What is told of a scanned page from its picture: its slant, its contrast, its drawn lines."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extractors.scans.picture import contrasted, evened, ink_of, lid, slant, strokes

PAPER, INK = 245, 20
THICK, LEAST = 12, 60


def sheet(*, lines: int = 20) -> Image.Image:
    """A sheet with lines of words: dark blocks with blanks between them."""
    page = Image.new("L", (1200, 1600), PAPER)
    draw = ImageDraw.Draw(page)
    for line in range(lines):
        for word in range(9):
            draw.rectangle((120 + 110 * word, 160 + 60 * line, 200 + 110 * word - 7 * (line % 3), 182 + 60 * line), INK)
    return page


def angle(page: Image.Image, *, without_lid: bool) -> float:
    picture = np.asarray(page, np.uint8)
    ink = ink_of(evened(picture))
    return slant(ink & (1 - lid(picture)) if without_lid else ink)


@pytest.mark.parametrize("turned", [0.7, -0.9])
def test_black_beside_the_sheet_does_not_say_how_far_it_is_aslant(turned: float) -> None:
    page = Image.new("L", (1320, 1720), PAPER)
    page.paste(sheet().rotate(turned, fillcolor=PAPER), (60, 60))
    draw = ImageDraw.Draw(page)
    for box in ((0, 0, 1320, 55), (0, 0, 55, 1720), (0, 1670, 1320, 1720), (1260, 0, 1320, 1720)):
        draw.rectangle(box, 10)
    assert angle(page, without_lid=True) == pytest.approx(-turned, abs=0.1)


def test_a_sheet_without_black_beside_it_has_no_lid() -> None:
    assert not lid(np.asarray(sheet(), np.uint8)).any()


def test_faint_print_is_made_as_dark_as_print_is_and_no_other_page_is_touched() -> None:
    plain = np.asarray(sheet(), np.uint8)
    faint = (0.4 * plain + 140).astype(np.uint8)
    blank = np.full_like(plain, PAPER) - np.random.default_rng(1).integers(0, 9, plain.shape, np.uint8)
    assert contrasted(faint).min() < 30
    assert contrasted(plain) is plain
    assert contrasted(blank) is blank


def test_the_middle_of_a_bold_word_is_no_drawn_line_and_a_line_below_words_is_one() -> None:
    page = Image.new("L", (900, 300), PAPER)
    draw = ImageDraw.Draw(page)
    for x in range(100, 500, 34):
        draw.rectangle((x, 60, x + 29, 70), INK)
        draw.rectangle((x, 60, x + 12, 80), INK)
        draw.rectangle((x + 18, 60, x + 29, 80), INK)
    draw.rectangle((60, 200, 840, 203), INK)
    level, _ = strokes(np.asarray(page, np.uint8), LEAST, THICK)
    assert [(stroke.x0 < 100, stroke.top > 190) for stroke in level] == [(True, True)]
