"""What a page draws and nobody sees is not read as if it were printed: it is left out, and the paper's notes say so."""

import numpy as np
import pytest
from made_pdf import pdf_of

from extractors.pages.hidden import OFF_PAGE, without_doubles
from extractors.pages.pdfium import see
from extractors.pages.seen import Char, as_columns, one_by_one
from extractors.pdf import extract
from schemas.records import Document
from schemas.rules import Rule

SHOWN, UNSEEN = "204", "998"
# 998 stands here, in points from the bottom left; the box around it reaches a few points beyond on every side.
AT, BOX = b"100 600 Td", b"90 590 60 30 re f"
FONT, TEXT = b"BT /F 10 Tf", b"(998) Tj ET"
TOP = b"BT /F 10 Tf 100 700 Td (204) Tj ET "
# A page on which things can be drawn as through glass.
PAGE = {
    10: b"<</Type/Page/Parent 2 0 R/Contents 11 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>"
    b"/ExtGState<</Full<</ca 1>>/Half<</ca 0.5>>/Glass<</ca 0>>>>>>>>"
}


def drawn(more: bytes = b"", font: bytes = FONT, at: bytes = AT) -> bytes:
    """What draws 998, in black unless something before says otherwise."""
    return b" ".join((font, more, at, TEXT)) + b" "


HIDDEN = {
    "render mode 3": ("invisible", drawn(b"3 Tr")),
    "clip only": ("invisible", b"q " + drawn(b"7 Tr") + b"Q"),
    "no opacity": ("invisible", b"/Glass gs " + drawn()),
    "white on paper": ("white", b"1 g " + drawn()),
    "nearly white on paper": ("white", b"0.99 0.98 1 rg " + drawn()),
    "white on a white fill": ("white", b"1 g " + BOX + b" " + drawn()),
    "white on white on dark": ("white", b"0 g " + BOX + b" 1 g " + BOX + b" " + drawn()),
    "white beside a dark fill": ("white", b"0 g 300 590 60 30 re f 1 g " + drawn()),
    "white, a dark fill without opacity below": ("white", b"/Glass gs 0 g " + BOX + b" /Full gs 1 g " + drawn()),
    "left of the page": (OFF_PAGE, drawn(at=b"-100 600 Td")),
    "right of the page": (OFF_PAGE, drawn(at=b"700 600 Td")),
    "above the page": (OFF_PAGE, drawn(at=b"100 900 Td")),
    "below the page": (OFF_PAGE, drawn(at=b"100 -50 Td")),
    "covered by grey": ("covered", drawn() + b"0.5 g " + BOX),
    "covered by white": ("covered", drawn() + b"1 g " + BOX),
    "covered by the last of several": ("covered", drawn() + b"1 g 300 590 60 30 re f 400 590 9 9 re f " + BOX),
    "tiny": ("tiny", drawn(font=b"BT /F 0.5 Tf")),
    "tiny by its matrix": ("tiny", b"q 0.05 0 0 0.05 0 0 cm " + drawn(at=b"2000 12000 Td") + b"Q"),
}
VISIBLE = {
    "black on paper": drawn(),
    "grey on paper": b"0.6 g " + drawn(),
    "white on a dark fill": b"0 0 0.4 rg " + BOX + b" 1 g " + drawn(),
    "white on dark on white": b"1 g " + BOX + b" 0.2 g " + BOX + b" 1 g " + drawn(),
    "white with a dark outline": b"1 g 0 G " + drawn(b"2 Tr"),
    "outlined only": b"0 G " + drawn(b"1 Tr"),
    "on a fill drawn before": b"0.8 g " + BOX + b" 0 g " + drawn(),
    "beside a later fill": drawn() + b"0.5 g 300 590 60 30 re f",
    "under a later frame": drawn() + b"0 G 90 590 60 30 re S",
    "in a hole of a later ground": drawn() + b"0.5 g 91 591 58 28 re 90 590 60 30 re f*",
    "under a fill half as dense": drawn() + b"/Half gs 0.5 g " + BOX,
    "half as dense": b"/Half gs " + drawn(),
    "small print": drawn(font=b"BT /F 3 Tf"),
    "scaled up": b"q 20 0 0 20 0 0 cm " + drawn(font=b"BT /F 0.5 Tf", at=b"5 30 Td") + b"Q",
}
TWICE = {"on the spot": b"100 700 Td", "a little right": b"100.4 700 Td", "a little down": b"100 699.5 Td"}


def made(content: bytes) -> bytes:
    """A PDF with 204 in sight and then what a content stream draws."""
    return pdf_of([TOP + content], PAGE)


def reasons(content: bytes) -> list[tuple[str, str]]:
    """The characters of 998 as seen, each with why it is hidden."""
    (page,) = see(made(content))
    return [(char.text, char.hidden) for char in one_by_one(page.chars) if char.text in UNSEEN]


def told(document: Document) -> list[tuple[str, str]]:
    """What the notes on hidden text quote and say."""
    return [(note.raw, note.detail) for note in document.notes if note.rule is Rule.TEXT_HIDDEN]


@pytest.mark.parametrize(("why", "content"), HIDDEN.values(), ids=HIDDEN)
def test_nobody_sees_it(why: str, content: bytes) -> None:
    seen = reasons(content)
    # What stands off the page may not even be handed over.
    assert seen == [(each, why) for each in UNSEEN] or (why == OFF_PAGE and not seen)


@pytest.mark.parametrize(("why", "content"), HIDDEN.values(), ids=HIDDEN)
def test_what_nobody_sees_is_not_read_and_noted(why: str, content: bytes) -> None:
    document = extract(made(content))
    noted = [] if why == OFF_PAGE else [(UNSEEN, f"page 1, {why}: {UNSEEN}")]
    assert (document.text.split(), told(document)) == ([SHOWN], noted)


@pytest.mark.parametrize("content", VISIBLE.values(), ids=VISIBLE)
def test_what_somebody_sees_is_read(content: bytes) -> None:
    document = extract(made(content))
    assert reasons(content) == [(each, "") for each in UNSEEN]
    assert (document.text.split(), told(document)) == ([SHOWN, UNSEEN], [])


def test_only_the_letters_that_a_later_fill_stands_over_are_covered() -> None:
    # In Helvetica of 10 points each digit is 5.56 wide.
    assert reasons(drawn() + b"0.5 g 106 590 5 30 re f") == [("9", ""), ("9", "covered"), ("8", "")]


@pytest.mark.parametrize("at", TWICE.values(), ids=TWICE)
def test_figure_drawn_twice_is_read_once(at: bytes) -> None:
    assert extract(made(FONT + b" " + at + b" (204) Tj ET")).text.split() == [SHOWN]


@pytest.mark.parametrize(
    ("x", "top", "why"),
    [
        (0.0, 0.0, "doubled"),
        (1.0, 0.0, "doubled"),
        (0.0, 1.0, "doubled"),
        (2.0, 0.0, ""),
        (5.0, 0.0, ""),
        (0.0, 2.0, ""),
    ],
)
def test_character_again_on_the_spot_is_doubled(x: float, top: float, why: str) -> None:
    first = Char("5", 50.0, 80.0, 55.0, 90.0, bold=False, italic=False)
    again = first._replace(x0=first.x0 + x, top=first.top + top, x1=first.x1 + x, bottom=first.bottom + top)
    seen = without_doubles(as_columns([first, again, again._replace(text="6")]), np.array([1, 2, 3]))
    assert [char.hidden for char in one_by_one(seen)] == ["", why, ""]


def test_letters_of_a_ligature_are_no_doubles() -> None:
    letter = Char("f", 50.0, 80.0, 58.0, 90.0, bold=False, italic=False)
    seen = without_doubles(as_columns([letter, letter, letter._replace(text="i")]), np.array([1, 1, 1]))
    assert [char.hidden for char in one_by_one(seen)] == ["", "", ""]


@pytest.mark.parametrize("at", [b"100 688 Td", b"116.68 700 Td", b"140 700 Td"], ids=["below", "behind", "beside"])
def test_figure_printed_twice_is_read_twice(at: bytes) -> None:
    document = extract(made(FONT + b" " + at + b" (204) Tj ET"))
    assert ("".join(document.text.split()), told(document)) == (SHOWN * 2, [])


def test_same_digits_in_a_row_are_no_doubles() -> None:
    document = extract(made(FONT + b" 100 600 Td (111,111) Tj ET"))
    assert (document.text.split(), told(document)) == ([SHOWN, "111,111"], [])


def test_what_the_crop_box_cuts_off_is_not_read() -> None:
    document = extract(pdf_of([TOP + drawn()], page=b"/MediaBox[0 0 595 842]/CropBox[0 650 595 842]"))
    assert document.text.split() == [SHOWN]


def test_hidden_figures_are_in_no_cell_of_a_table() -> None:
    sums = {720: b"(204)", 700: b"(305)", 680: b"(406)"}
    rows = b" ".join(
        b"BT /F 10 Tf 100 %d Td (Area) Tj 200 0 Td %s Tj ET 95 %d 150 20 re S 245 %d 150 20 re S"
        % (y, text, y - 6, y - 6)
        for y, text in sums.items()
    )
    document = extract(pdf_of([rows + b" BT /F 10 Tf 3 Tr 330 700 Td (998) Tj ET"], PAGE))
    (table,) = document.tables
    cells = [" ".join(line.text for line in cell.lines) for cell in table.cells if cell.column == 1]
    assert (cells, told(document)) == (["204", "305", "406"], [(UNSEEN, f"page 1, invisible: {UNSEEN}")])


def inherited(page: bytes) -> bytes:
    """A page's content in a file whose page tree has the box of the page."""
    return pdf_of([page])


def test_boxes_that_a_page_inherits_hold() -> None:
    """A figure that nobody sees stays out of the table, and one at the page's top is read, wherever the box is said."""
    top = b"BT /F 10 Tf 100 820 Td (top 666) Tj ET BT /F 10 Tf 100 300 Td (204) Tj ET"
    assert extract(inherited(top)).text.split() == ["top", "666", "204"]
    unseen = extract(inherited(top + b" BT /F 10 Tf 3 Tr 175 680 Td (998) Tj ET"))
    assert "998" not in unseen.text


def test_page_of_full_lines_is_read() -> None:
    lines = b" ".join(
        b"BT /F 10 Tf 60 %d Td (%s) Tj ET" % (700 - 12 * i, b"the area and its people " * 4) for i in range(10)
    )
    assert extract(pdf_of([lines], page=b"/MediaBox[0 0 595 842]")).text.count("people") == 40


@pytest.mark.parametrize(
    ("size", "text", "why"),
    [(90, b"DRAFT", "a watermark"), (60, b"DRAFT 2", ""), (12, b"DRAFT", "")],
    ids=["large", "with a figure", "small"],
)
def test_large_letters_across_a_page_are_a_watermark(size: int, text: bytes, why: str) -> None:
    lines = b"".join(b"BT /F 10 Tf 60 %d Td (Help for those who need it most) Tj ET " % y for y in range(400, 640, 14))
    (page,) = see(pdf_of([lines + b"BT /F %d Tf .7 .7 -.7 .7 200 420 Tm (%s) Tj ET" % (size, text)]))
    chars = list(one_by_one(page.chars))[-len(text) :]
    assert [(char.text, char.hidden) for char in chars] == [(chr(each), why) for each in text]
