"""PDF files made by a few lines, sound, damaged and hostile: each ends in one named state with its findings."""

import base64
import io
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pikepdf
import pytest
from made_pdf import FLATE, GRID, form, nested, pdf_of, stream
from pypdfium2 import PdfDocument, PdfiumError, PdfPage

from extractors import rescue
from extractors.files.inflate import inflate, known_layers, largest_at_opening
from extractors.files.layers import inflated
from extractors.files.limits import LIMITS, Limits, OverLimit, meanings, with_limit
from extractors.files.magic import media_type_of
from extractors.files.preflight import preflight
from extractors.files.unreadable import Unreadable
from extractors.readings import second, third
from extractors.text import extract as read_text
from schemas.records import Document
from schemas.rules import Rule


def said(document: Document) -> set[Rule]:
    return {note.rule for note in document.notes}


def cells(document: Document) -> list[str]:
    return [line.text for table in document.tables for cell in table.cells for line in cell.lines]


def read(data: bytes, limits: Limits = LIMITS, *, plain: bool = False) -> Document:
    return rescue.extract(data, limits, plain=plain)


def test_sound_paper_is_read_without_a_word() -> None:
    document = read(pdf_of(2))
    assert (said(document), document.pages) == (set(), 2)
    assert cells(document)[:4] == ["Area", "Sum", "North", "204"]


@pytest.mark.parametrize("cut", [0.7, 0.9, 0.97])
def test_paper_that_breaks_off_is_told(cut: float) -> None:
    data = pdf_of(3)
    assert Rule.FILE_DAMAGED in said(read(data[: int(len(data) * cut)]))


@pytest.mark.parametrize(("ending", "word"), [(b"", "ends before its end"), (b"\n%%EOF", "is damaged")])
def test_paper_that_cannot_be_put_together_says_why(ending: bytes, word: str) -> None:
    with pytest.raises(Unreadable, match=rf"^The PDF {word} and cannot be put together"):
        read(b"%PDF-1.7\n1 0 obj\n<<" + ending)


def test_page_that_fails_is_named_and_the_others_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    given = PdfDocument.__getitem__

    def failing(document: PdfDocument, index: int) -> PdfPage:
        if index == 1:
            raise PdfiumError("a fault inside")
        return given(document, index)

    monkeypatch.setattr(PdfDocument, "__getitem__", failing)
    document = read(pdf_of(3))
    failed = [note for note in document.notes if note.rule is Rule.PAGE_FAILED]
    assert [(note.place.page, note.detail) for note in failed] == [(2, "page 2: a fault inside")]
    assert (document.pages, cells(document).count("204")) == (3, 2)


def test_paper_of_pages_that_all_fail_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_document: PdfDocument, _index: int) -> PdfPage:
        raise PdfiumError("a fault inside")

    monkeypatch.setattr(PdfDocument, "__getitem__", failing)
    with pytest.raises(Unreadable, match="a fault inside"):
        read(pdf_of(2))


@pytest.mark.parametrize("reader", [(second, "read_drawn"), (third, "read_again")], ids=lambda pair: pair[1])
def test_other_reader_that_fails_costs_no_figure(
    reader: tuple[ModuleType, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second, "read_drawn", lambda *_: [])
    monkeypatch.setattr(*reader, lambda *_: {}["nothing"])
    document = read(pdf_of())
    assert ("204" in cells(document), said(document)) == (True, {Rule.UNREAD_AGAIN})


def test_page_without_a_size_is_told() -> None:
    data = pdf_of(1, {2: b"<</Type/Pages/Kids[10 0 R]/Count 1>>"})
    document = read(data)
    assert ("204" in cells(document), Rule.FILE_DAMAGED in said(document)) == (True, True)


def test_content_that_is_cut_is_told() -> None:
    packed = zlib.compress(GRID * 50)
    document = read(pdf_of([packed[: len(packed) // 2]], filters=FLATE))
    assert Rule.PAGE_DAMAGED in said(document)


def test_revised_paper_is_told() -> None:
    data = pdf_of()
    again = b"3 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Courier>>\nendobj\nxref\n3 1\n%010d 00000 n \n" % len(data)
    place = len(data) + again.index(b"xref")
    again += b"trailer<</Root 1 0 R/Size 12/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (data.rindex(b"xref\n0"), place)
    assert Rule.FILE_REVISED in said(read(data + again))


@pytest.mark.parametrize(
    ("limit", "data"),
    [
        ("stream_bytes", lambda: pdf_of([zlib.compress(bytes(2**27), 9)], filters=FLATE)),
        (
            "stream_bytes",
            lambda: pdf_of(
                [zlib.compress(zlib.compress(bytes(2**27), 9), 9)], filters=b"/Filter[/FlateDecode/FlateDecode]"
            ),
        ),
        (
            "stream_bytes",
            lambda: pdf_of(1, {5: stream(zlib.compress(bytes(2**27), 9), b"/Type/ObjStm/N 1/First 4" + FLATE)}),
        ),
        ("stream_bytes", lambda: pdf_of(1, {5: stream(zlib.compress(bytes(2**27), 9), b"/Filter/FlateDecode")})),
        ("document_bytes", lambda: pdf_of([b"/X Do " * 10_000], {4: form(b" " * 100_000)})),
        ("pages", lambda: pdf_of(1, {2: b"<</Type/Pages/Kids[%s]/Count 1>>" % (b"10 0 R " * 3000)})),
        ("page_points", lambda: pdf_of(page=b"/MediaBox[0 0 595 1000000]")),
        ("page_points", lambda: pdf_of(page=b"/UserUnit 100")),
        ("page_rules", lambda: pdf_of([b"1 1 m 9 9 l S " * 20_001])),
        ("page_texts", lambda: pdf_of([b"BT (a) Tj ET " * 100_001])),
        ("page_rules", lambda: pdf_of([b"/X Do " * 300], {4: form(b"1 1 5 5 re S " * 100)})),
        ("nesting", lambda: pdf_of([b"/X Do"], nested(60))),
    ],
)  # fmt: skip
def test_limit_is_named_with_what_was_measured(limit: str, data: Callable[[], bytes]) -> None:
    with pytest.raises(OverLimit, match=rf"more than the limit {limit} of [\d,]+\.$") as told:
        read(data())
    assert re.search(r"\d", str(told.value).split(", more than")[0])


def test_form_that_paints_itself_is_read_without_the_second_reader() -> None:
    document = read(pdf_of([GRID + b"/X Do"], {4: form(b"/X Do")}), plain=True)
    assert ("204" in cells(document), Rule.UNREAD_AGAIN in said(document)) == (True, True)


def test_page_over_a_limit_is_left_out_and_the_others_are_kept() -> None:
    document = read(pdf_of([GRID, b"1 1 m 9 9 l S " * 20_001, GRID]))
    details = [note.detail for note in document.notes if note.rule is Rule.PAGE_FAILED]
    assert (document.pages, cells(document).count("204"), "page_rules" in details[0]) == (3, 2, True)


def test_limit_can_be_set() -> None:
    assert read(pdf_of([b"1 1 m 9 9 l S " * 30], {}), with_limit(LIMITS, "page_rules=30")).pages == 1
    with pytest.raises(OverLimit):
        read(pdf_of([b"1 1 m 9 9 l S " * 31]), with_limit(LIMITS, "page_rules=30"))


@pytest.mark.parametrize(
    "setting", ["pages", "pages=", "pages=0", "pages=-1", "pages=1e3", "pagse=1", "", "=1", "pages=²"]
)
def test_limit_that_is_none_is_refused(setting: str) -> None:
    with pytest.raises(ValueError, match="limit"):
        with_limit(LIMITS, setting)


def test_long_honest_report_is_under_every_limit() -> None:
    assert preflight(pdf_of(600), LIMITS).left_out == {}


def test_every_limit_says_what_it_counts() -> None:
    assert [name for name, meaning in meanings().items() if not meaning] == []


def test_unmapped_letters_are_never_data() -> None:
    system = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    below = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X%s>>" % system
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[%s]>>" % below
    with pytest.raises(Unreadable, match="Unicode"):
        read(pdf_of([b"BT /F 12 Tf 50 700 Td <002400250026> Tj ET"], {3: font}))
    mixed = pdf_of([GRID + b"BT /G 12 Tf 50 500 Td <0024> Tj ET"], {4: font}, b"")
    document = read(
        mixed.replace(b"/XObject<</X 4 0 R>>", b"").replace(b"/Font<</F 3 0 R>>", b"/Font<</F 3 0 R/G 4 0 R>>")
    )
    assert ("(cid:" in document.text, Rule.TEXT_UNMAPPED in said(document)) == (False, True)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_inflating_gives_what_was_deflated(times: int) -> None:
    whole = deflated = bytes(range(256)) * 5000
    for _ in range(times):
        deflated = zlib.compress(deflated)
    assert inflate(deflated, [inflated] * times, 10**7, keep=True).data == whole


@pytest.mark.parametrize("size", [2**18 - 1, 2**18, 2**18 + 1, 2**19, 0])
def test_inflating_ends_where_the_data_end(size: int) -> None:
    found = inflate(zlib.compress(bytes(size)) + b"more", [inflated], 10**7)
    assert (found.size, found.whole) == (size, True)


def by_qpdf(coded: bytes, filters: bytes) -> bytes:
    """What another reader makes of a coded stream."""
    with pikepdf.open(io.BytesIO(pdf_of([coded], filters=b"/Filter" + filters))) as pdf:
        return pdf.pages[0].Contents.read_bytes(pikepdf.StreamDecodeLevel.specialized)


def lzw_coded(data: bytes) -> bytes:
    """Data in LZW, in the way of PDF: codes from 9 to 12 bits, wider one code early."""
    words, bits, word = {bytes((n,)): n for n in range(256)}, f"{256:09b}", b""
    for byte in (data[i : i + 1] for i in range(len(data))):
        if word + byte in words:
            word += byte
            continue
        width = (len(words) + 2).bit_length()
        bits += f"{words[word]:0{width}b}"
        words[word + byte] = len(words) + 2
        if len(words) + 2 == 4094:
            bits += f"{256:012b}"
            words = {bytes((n,)): n for n in range(256)}
        word = byte
    bits += f"{words[word]:0{(len(words) + 2).bit_length()}b}{257:0{(len(words) + 3).bit_length()}b}"
    return int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")


CODED = {
    "base 85": (b"[/ASCII85Decode]", lambda data: base64.a85encode(data) + b"~>"),
    "hexadecimal": (b"[/ASCIIHexDecode]", lambda data: data.hex().encode() + b">"),
    "runs": (b"[/RunLengthDecode]", lambda data: b"".join(b"\x00" + bytes((b,)) for b in data) + b"\x80"),
    "repeated": (b"[/RunLengthDecode]", lambda data: b"".join(bytes((255, b)) for b in data[::2]) + b"\x80"),
    "LZW": (b"[/LZWDecode]", lzw_coded),
    "three": (
        b"[/ASCII85Decode/FlateDecode/LZWDecode]",
        lambda data: base64.a85encode(zlib.compress(lzw_coded(data))) + b"~>",
    ),
}


@pytest.mark.parametrize(("filters", "code"), CODED.values(), ids=CODED)
@pytest.mark.parametrize("whole", [b"aa", b"\0" * 70_000, bytes(n // 2 % 256 for n in range(90_000))], ids=len)
def test_each_layer_is_undone_as_other_readers_do(filters: bytes, code: Callable[[bytes], bytes], whole: bytes) -> None:
    coded = code(whole)
    layers = known_layers(re.findall("/[A-Za-z0-9]+", filters.decode()))
    found = inflate(coded, layers, 10**7, keep=True)
    assert (found.data == whole, found.whole, by_qpdf(coded, filters) == whole) == (True, True, True)


@pytest.mark.parametrize("filters", [b"[/ASCII85Decode]", b"[/ASCIIHexDecode]", b"[/FlateDecode]", b"[/LZWDecode]"])
def test_data_that_are_not_so_coded_are_damaged(filters: bytes) -> None:
    layers = known_layers([filters[1:-1].decode()])
    assert not inflate(b"\xff\x7f{|} GG" * 50, layers, 10**7).whole


BOMB = bytes(2**27)
PACKED = zlib.compress(BOMB, 9)


@pytest.mark.parametrize(
    ("filters", "coded"),
    [
        (b"[/FlateDecode/FlateDecode]", zlib.compress(PACKED)),
        # The inner layer is the large one: what is deflated within ends at once, the rest is never looked at.
        (b"[/FlateDecode/FlateDecode]", zlib.compress(zlib.compress(b"x") + BOMB, 9)),
        (b"[/ASCII85Decode/FlateDecode]", base64.a85encode(PACKED) + b"~>"),
        (b"[/ASCIIHexDecode/FlateDecode]", PACKED.hex().encode() + b">"),
        (b"[/FlateDecode/RunLengthDecode]", zlib.compress(b"\x81\0" * 2**20, 9)),
        (b"[/FlateDecode/ASCII85Decode]", zlib.compress(b"z" * 2**25, 9)),
        (b"[/ASCII85Decode/FlateDecode/FlateDecode]", base64.a85encode(zlib.compress(PACKED)) + b"~>"),
        (b"[/FlateDecode/FlateDecode/LZWDecode]", zlib.compress(zlib.compress(b"\x80\x0b") + BOMB, 9)),
        (b"[/FlateDecode/DCTDecode]", PACKED),
        (b"[/A85/Fl]", base64.a85encode(PACKED) + b"~>"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("at", ["page", "opening", "elsewhere"])
def test_every_layer_of_a_stream_is_counted(filters: bytes, coded: bytes, at: str) -> None:
    named = b"/Filter" + filters
    made = {
        "page": lambda: pdf_of([coded], filters=named),
        "opening": lambda: pdf_of(1, {5: stream(coded, b"/Type/Obj#53tm/N 1/First 4" + named)}),
        "elsewhere": lambda: pdf_of(1, {5: stream(coded, named)}),
    }
    with pytest.raises(OverLimit, match=r"inflates to .* more than the limit stream_bytes"):
        read(made[at]())


def test_text_that_is_predicted_is_counted_as_it_is_read() -> None:
    row, text = 64, (b"BT (a) Tj ET " * 200).ljust(2624)
    lines = [text[i : i + row] for i in range(0, len(text), row)]
    packed = zlib.compress(
        b"".join(b"\1" + bytes((b - a) % 256 for a, b in zip(b"\0" + line, line, strict=False)) for line in lines)
    )
    data = pdf_of([packed], filters=b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 64>>")
    with pytest.raises(OverLimit, match="page_texts"):
        read(data, replace(LIMITS, page_texts=100))


def test_streams_that_open_a_file_are_measured_without_a_reader() -> None:
    data = b"1 0 obj <</Type /XRef /Filter /FlateDecode>> stream\n" + zlib.compress(bytes(10**6)) + b"endstream"
    assert largest_at_opening(data, 1000) > 1000


@pytest.mark.parametrize(
    ("data", "named_pdf", "word"),
    [
        (b"", True, "empty"),
        (b"<!DOCTYPE html><p>404", True, "HTML page, not a PDF"),
        (b"<html>", False, "HTML page, not a text"),
        (b"PK\x03\x04", True, "ZIP"),
        (b"PK\x03\x04", False, "office"),
        (b"\x89PNG\r\n\x1a\n", True, "picture"),
        (b"words", True, "not a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", False, "office"),
    ],
)
def test_bytes_say_what_a_file_is(data: bytes, named_pdf: bool, word: str) -> None:
    with pytest.raises(Unreadable, match=word):
        media_type_of(data, named_pdf=named_pdf)


@pytest.mark.parametrize("named_pdf", [True, False])
def test_pdf_is_a_pdf_by_any_name(named_pdf: bool) -> None:
    assert media_type_of(pdf_of(), named_pdf=named_pdf) == "application/pdf"


def test_text_that_speaks_of_pdf_is_a_text() -> None:
    assert media_type_of(b"The mark is %PDF-1.7 there.", named_pdf=False) == "text/plain"


@pytest.mark.parametrize(
    ("data", "limit"),
    [(b"\t" * 1001, "columns"), (b"a" * 200_001, "line_characters"), (b"\t" * 1001 + b"a", "columns")],
)
def test_text_is_held_to_its_limits(data: bytes, limit: str) -> None:
    with pytest.raises(OverLimit, match=limit):
        read_text(data)


def test_text_table_is_held_to_its_cells() -> None:
    with pytest.raises(OverLimit, match="page_cells"):
        read_text(b"Area\tAllocation 2014/15\n" + b"Blaby\t5\n" * 50, replace(LIMITS, page_cells=100))


def test_readers_never_see_a_files_name(ran: Callable, tmp_path: Path) -> None:
    ran({"../raw/x;$(touch y)`.pdf": pdf_of()})
    assert not list(tmp_path.rglob("y"))


TREE = b"<</Type/Pages/Kids[10 0 R]/Count 1%s>>"


@pytest.mark.parametrize(
    "page",
    [
        b"/MediaBox[595 842 0 0]", b"/MediaBox[0 842 595 0]", b"/MediaBox[595 0 0 842]", b"/MediaBox[(a)(b)(c)(d)]",
        b"/MediaBox[0 0 nan nan]", b"/MediaBox[0 0 595]", b"/CropBox[(x)]", b"/CropBox[595 842 0 600]", b"/Rotate 45",
        b"/Rotate(x)", b"/Rotate 1e9",
    ],
)  # fmt: skip
def test_page_whose_box_or_turning_is_odd_is_read(page: bytes) -> None:
    document = read(pdf_of(page=page))
    assert cells(document)[:4] == ["Area", "Sum", "North", "204"]
    told = {Rule.REPAIRED, Rule.UNREAD_AGAIN} & said(document)
    assert bool(told) == (b"Box" in page or b"(x)" in page or b"1e9" in page)


def test_repaired_page_keeps_the_box_that_it_inherits() -> None:
    """What stands beside an A4 page stands on this one."""
    wide = pdf_of([GRID.replace(b" 45 ", b" 845 ").replace(b" 145 ", b" 945 ").replace(b" 40 ", b" 840 ").replace(
        b" 140 ", b" 940 ")], {2: TREE % b"/MediaBox[0 0 1200 842]"}, b"/CropBox[1200 842 0 0]")  # fmt: skip
    assert cells(read(wide))[:4] == ["Area", "Sum", "North", "204"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (lambda: pdf_of(1, {2: b"<</Type/Pages/Kids[]/Count 0>>"}), "The PDF has no pages."),
        (
            lambda: pdf_of().replace(b"trailer<<", b"trailer<</Encrypt<</Filter/Acme.Lock/V 7/R 9>>/ID[<00><00>]"),
            "The PDF is encrypted in a way that no reader here knows.",
        ),
    ],
)
def test_paper_that_cannot_be_read_says_why_in_words(data: Callable[[], bytes], sentence: str) -> None:
    with pytest.raises(Unreadable) as told:
        read(data())
    assert str(told.value) == sentence


@pytest.mark.parametrize(("usual", "told"), [(b"/OFF[5 0 R]", True), (b"/BaseState/OFF", True), (b"/OFF[]", False)])
def test_layers_that_are_switched_off_are_told(usual: bytes, told: bool) -> None:
    root = b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[5 0 R]/D<<%s>>>>>>" % usual
    layered = pdf_of(1, {1: root, 5: b"<</Type/OCG/Name(Draft)>>"})
    assert (Rule.LAYERS_OFF in said(read(layered))) == told
