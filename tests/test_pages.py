"""Pages of a PDF are read one by one: each is let go without the collector of garbage, and outlines are closed."""

import gc
from math import cos, pi, sin

import pytest
from made_pdf import GRID, pdf_of

from extractors.files.unreadable import Unreadable
from extractors.pages.pdfium import see
from extractors.pages.words import words_of
from extractors.pdf import extract


def test_pages_leave_nothing_that_only_the_collector_could_let_go() -> None:
    paper = pdf_of([GRID + b"0 0 1 rg 40 500 60 30 re f"] * 4)
    extract(paper, ask=lambda *_: [])
    gc.collect()
    gc.disable()
    try:
        extract(paper, ask=lambda *_: [])
        left = gc.collect()
    finally:
        gc.enable()
    assert left == 0


@pytest.mark.parametrize("data", [pdf_of(2), b"%PDF-1.7 and no more"])
def test_the_collector_goes_on_when_the_pages_are_read_or_cannot_be(data: bytes) -> None:
    try:
        extract(data, ask=lambda *_: [])
    except Unreadable:
        assert data != pdf_of(2)
    assert gc.isenabled()


@pytest.mark.parametrize(
    ("letters", "words"),
    [((b"of", b"young"), ["of", "young"]), ((b"o", b"f", b"y"), ["ofy"])],
    ids=["set close but for one gap", "set wide"],
)
def test_narrow_blank_that_a_file_does_not_draw(letters: tuple[bytes, ...], words: list[str]) -> None:
    """A font may draw a word that ends in f and the next one that near."""
    x, drawn = 40.0, b""
    for each in letters:
        drawn += b"BT /F 10 Tf %.2f 700 Td (%s) Tj ET " % (x, each)
        x += {b"of": 8.34, b"o": 5.56, b"f": 2.78}.get(each, 0.0) + 1.36
    (page,) = see(pdf_of([drawn]))
    assert [word.text for word in words_of(page.chars)] == words


@pytest.mark.parametrize(
    "path",
    [
        b"40 600 100 50 re S",
        b"40 600 m 140 600 l 140 650 l 40 650 l h S",
        b"40 600 m 140 600 l 140 650 l 40 650 l s",
        b"40 600 m 140 600 l 140 650 l 40 650 l 40 600 l h S",
    ],
)
def test_a_closed_outline_has_the_line_back_to_where_it_began(path: bytes) -> None:
    (page,) = see(pdf_of([path]))
    assert sorted(page.rules) == [
        (40.0, 192.0, 40.0, 242.0),
        (40.0, 192.0, 140.0, 192.0),
        (40.0, 242.0, 140.0, 242.0),
        (140.0, 192.0, 140.0, 242.0),
    ]


@pytest.mark.parametrize(
    ("hole", "sides"),
    [(b"40.7 600.7 98.6 48.6 re", 4), (b"40.7 600 99.3 50 re", 1), (b"40 600.7 100 49.3 re", 1)],
    ids=["all sides", "one side", "the lower side"],
)
def test_a_ground_but_for_a_hole_that_leaves_thin_sides_is_those_as_rules(hole: bytes, sides: int) -> None:
    """So borders of cells are painted; the hole is no ground."""
    (page,) = see(pdf_of([hole + b" 40 600 100 50 re f*"]))
    assert (len(page.rules), page.fills) == (sides, ())


def test_an_outline_left_open_has_no_such_line() -> None:
    (page,) = see(pdf_of([b"40 600 m 140 600 l 140 650 l 40 650 l S"]))
    assert len(page.rules) == 3


def test_ground_that_nobody_sees_is_none() -> None:
    own = b"<</Type/Page/Parent 2 0 R/Contents 11 0 R/Resources<</ExtGState<</G<</ca 0>>>>>>>>"
    (clear,), (plain,) = (see(pdf_of([b"%s 0.5 g 40 600 100 50 re f" % state], {10: own})) for state in (b"/G gs", b""))
    assert (len(clear.fills), len(plain.fills)) == (0, 1)


def test_ground_with_a_corner_that_a_browser_rounds_in_many_curves_is_one() -> None:
    """The text on it is white: nobody would see it on the page."""
    corner = b"".join(b"%.2f %.2f %.2f %.2f %.2f %.2f c " % tuple(
        at for k in (n + 0.3, n + 0.6, n + 1) for at in (50 - 10 * sin(k * pi / 16), 640 + 10 * cos(k * pi / 16))
    ) for n in range(8))  # fmt: skip
    path = b"0 0.3 0.3 rg 140 600 m 140 650 l 50 650 l %s40 600 l h f " % corner
    (page,) = see(pdf_of([path + b"1 1 1 rg BT /F 10 Tf 60 620 Td (Code) Tj ET"]))
    assert [tuple(map(round, fill[:4])) for fill in page.fills] == [(40, 192, 140, 242)]
    assert [word.text for word in words_of(page.chars)] == ["Code"]


def test_letters_that_lean_stand_where_they_would_upright_and_are_italics() -> None:
    drawn = b"BT /F 10 Tf 1 0 %s 1 40 700 Tm (under review) Tj ET"
    (leaning,), (plain,) = (see(pdf_of([drawn % share])) for share in (b"0.25", b"0"))
    own, upright = words_of(leaning.chars), words_of(plain.chars)
    assert [word.text for word in own] == ["under", "review"]
    assert [(word.x0, word.x1) for word in own] == [
        (pytest.approx(word.x0, abs=0.1), pytest.approx(word.x1, abs=0.1)) for word in upright
    ]
    assert [word.italic for word in (*own, *upright)] == [True, True, False, False]
