"""Odd files of many kinds, all in one folder: each ends as it should, and the good ones are published."""

import csv
import io
import os
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from made_pdf import FLATE, GRID, form, pdf_of, stream

from pipeline import run as pipeline

GOOD = "Area\tAllocation 2014/15\nBlaby\t£5\nMelton\t£6\nTotal\t£11\n"
READ, UNREAD, OVER, EMPTY = "read", "unreadable", "quarantined", "no-tables"
# What a person should never be told.
JARGON = re.compile(r"fault of the tool|Traceback|<class|0x[0-9a-f]{6}")


def locked(owner: str, user: str, **how: object) -> bytes:
    """A PDF under a password."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of())) as pdf:
        pdf.save(made, encryption=pikepdf.Encryption(owner=owner, user=user, **how))
    return made.getvalue()


def trailed(more: bytes) -> bytes:
    return pdf_of().replace(b"trailer<</Root", b"trailer<<" + more + b"/Root")


def tree(kids: bytes, more: dict[int, bytes] | None = None) -> bytes:
    return pdf_of(1, {2: b"<</Type/Pages/Kids[%s]/Count 2/MediaBox[0 0 595 842]>>" % kids, **(more or {})})


def typed3(content: bytes, more: bytes = b"") -> bytes:
    """A PDF whose font is drawn by procedures."""
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 750 750]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 32/LastChar 126"
        b"/Widths[%s]/Encoding<</Differences[78/a 83/a 50/a]>>/CharProcs<</a 6 0 R>>/Resources<<%s>>>>"
    )
    return pdf_of(1, {3: font % (b"500 " * 95, more), 6: stream(content)})


def image(coding: bytes, data: bytes) -> bytes:
    """A page with a table and a picture of 3.6 billion pixels."""
    said = b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceGray/BitsPerComponent 8"
    return pdf_of([GRID + b" q 500 0 0 500 0 0 cm /X Do Q"], {4: stream(data, b"/Filter/" + coding, said)})


def office() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return made.getvalue()


DEEP = {20 + i: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (21 + i) for i in range(80)} | {100: b"<</Type/Page>>"}
FILES: dict[str, tuple[str, bytes]] = {
    "locked-rc4-40.pdf": (UNREAD, locked("o", "u", R=2, aes=False, metadata=False)),
    "locked-rc4-128.pdf": (UNREAD, locked("o", "u", R=3, aes=False, metadata=False)),
    "locked-aes-256.pdf": (UNREAD, locked("o", "u", R=6)),
    "locked-by-owner.pdf": (READ, locked("o", "", R=4, aes=True)),
    "locked-by-certificate.pdf": (UNREAD, trailed(b"/Encrypt<</Filter/Adobe.PubSec/V 4/R 4>>/ID[<00><00>]")),
    "xref-before-itself.pdf": (READ, trailed(b"/Prev %d" % pdf_of().rindex(b"xref\n0"))),
    "xref-below-zero.pdf": (READ, trailed(b"/Prev -5")),
    "xref-beyond.pdf": (READ, re.sub(rb"startxref\n\d+", b"startxref\n99999999999999999999", pdf_of())),
    "tree-of-itself.pdf": (READ, tree(b"2 0 R 10 0 R")),
    "tree-of-two.pdf": (UNREAD, tree(b"20 0 R 10 0 R", {20: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"})),
    "tree-deep.pdf": (OVER, tree(b"20 0 R", DEEP)),
    "tree-empty.pdf": (UNREAD, tree(b"")),
    "tree-of-nothing.pdf": (READ, tree(b"null 10 0 R 77 0 R (s) 5")),
    "box-not-a-number.pdf": (READ, pdf_of(page=b"/MediaBox[0 0 nan nan]")),
    "box-endless.pdf": (READ, pdf_of(page=b"/MediaBox[0 0 1e400 1e400]")),
    "box-below-zero.pdf": (READ, pdf_of(page=b"/MediaBox[-1000 -1000 595 842]")),
    "box-nothing.pdf": (READ, pdf_of(page=b"/MediaBox[0 0 0 0]")),
    "unit-below-zero.pdf": (READ, pdf_of(page=b"/UserUnit -1")),
    "font-missing.pdf": (READ, pdf_of().replace(b"/Font<</F 3 0 R>>", b"")),
    "font-no-font.pdf": (READ, pdf_of(1, {3: b"[1 2 3]"})),
    "font-drawn.pdf": (UNREAD, typed3(b"1000 0 0 0 750 750 d1 0 0 750 750 re f")),
    "font-in-itself.pdf": (UNREAD, typed3(b"BT /F 10 Tf (N) Tj ET", b"/Font<</F 3 0 R>>")),
    "objects-extend-themselves.pdf": (
        READ, pdf_of(1, {5: stream(zlib.compress(b"7 0 <<>>"), b"/Type/ObjStm/N 9/First 4/Extends 5 0 R" + FLATE)}),
    ),
    "objects-bomb.pdf": (OVER, pdf_of(1, {
        5: stream(zlib.compress(bytes(2**27)), b"/Type/ObjStm/N 1/First 4" + FLATE)})),
    "picture-jbig2.pdf": (
        READ, image(b"JBIG2Decode", b"\0\0\0\0\x30\0\1\0\0\0\x13\0\0\xea\x60\0\0\xea\x60" + bytes(11)),
    ),
    "picture-jpx.pdf": (READ, image(b"JPXDecode", b"\0\0\0\x0cjP  \r\n\x87\n\xffO\xffQ" + bytes(60))),
    "picture-fax.pdf": (READ, image(b"CCITTFaxDecode", bytes(100))),
    "picture-bomb.pdf": (OVER, image(b"FlateDecode", zlib.compress(bytes(2**27)))),
    "arrays-nested.pdf": (READ, pdf_of(1, {5: b"[" * 50_000 + b"]" * 50_000})),
    "arrays-nested-in-text.pdf": (READ, pdf_of([b"[" * 50_000 + b"]" * 50_000 + b" TJ " + GRID])),
    "states-nested.pdf": (READ, pdf_of([b"q " * 50_000 + GRID])),
    "forms-nested.pdf": (OVER, pdf_of([GRID + b"/X Do"], {4: form(b"/X Do", 100), **{
        100 + n: form(b"/X Do", 101 + n) for n in range(60)}})),
    "number-endless.pdf": (READ, pdf_of([b"1" * 500_000 + b" w " + GRID])),
    "string-open.pdf": (READ, pdf_of([GRID + b"(" * 50_000])),
    "content-missing.pdf": (EMPTY, pdf_of().replace(b"/Contents 11 0 R", b"/Contents 77 0 R")),
    "content-elsewhere.pdf": (READ, pdf_of().replace(b"<</Length", b"<</F(/etc/passwd)/Length")),
    "length-wrong.pdf": (READ, pdf_of().replace(b"/Length %d" % len(GRID), b"/Length 9999999999")),
    "letters-endless.pdf": (READ, pdf_of(1, {
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        6: stream(b"begincmap 1 beginbfrange <00000000> <7FFFFFFF> <0041> endbfrange endcmap")})),
    "starts-a-program.pdf": (READ, pdf_of(1, {
        1: b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(/bin/sh)>>>>"})),
    "header-alone.pdf": (UNREAD, b"%PDF-1.7\n"), "header-late.pdf": (READ, b"x" * 900 + pdf_of()),
    "blanks.pdf": (UNREAD, b"  \n"), "nothing.pdf": (UNREAD, b""), "zeros.pdf": (UNREAD, bytes(9000)),
    "office.pdf": (UNREAD, office()), "office.txt": (UNREAD, office()), "page.txt": (UNREAD, b"<html><body>404"),
    "picture.pdf": (UNREAD, b"\x89PNG\r\n\x1a\n" + bytes(99)), "picture.txt": (UNREAD, b"\xff\xd8\xff\xe0" + bytes(99)),
    "words.pdf": (UNREAD, GOOD.encode()), "pdf.txt": (READ, pdf_of()),
    "utf-16-be.txt": (READ, b"\xfe\xff" + GOOD.encode("utf-16-be")), "utf-32.txt": (READ, GOOD.encode("utf-32")),
    "utf-16-unmarked.txt": (READ, GOOD.encode("utf-16-le")),
    "utf-16-cut.txt": (UNREAD, GOOD.encode("utf-16")[:-1]), "terminal.txt": (UNREAD, b"\x1b[2J\x07" + GOOD.encode()),
    "line-long.txt": (OVER, b"a" * 5_000_000), "columns.txt": (OVER, b"\t".join([b"5"] * 100_000)),
    "rows.txt": (OVER, b"Area\tAllocation 2014/15\n" + b"Blaby\t5\n" * 60_000),
    "digits.txt": (READ, b"Area\tAllocation 2014/15\nBlaby\t" + b"9" * 100_000 + b"\n"),
    "open-brackets.txt": (EMPTY, b"(" * 150_000 + b"\n"), "blank-lines.txt": (UNREAD, b"\n" * 100_000),
}  # fmt: skip
NAMES = (
    "new\nline.txt", "quo\"te'.txt", "bidi\u202etxt.pdf.txt", "<img src=x onerror=alert(1)>.txt", "=cmd|'!A1.txt",
    "-rf.txt", "a" * 251 + ".txt", "..txt", ".hidden.txt", " .txt", "%2e%2e%2fx.txt", "$(touch y).txt", "UPPER.TXT",
    "tab\there.txt", "e\u0301.txt", "\u00e9.txt", "esc\x1b[31m.txt", "d" * 200 + "/" + "e" * 200 + "/deep.txt",
)  # fmt: skip


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """One run over all of them; how each ended, and why."""
    home = tmp_path_factory.mktemp("odd")
    raw, out = home / "raw", home / "out"
    for name, data in {**{name: data for name, (_, data) in FILES.items()}, **dict.fromkeys(NAMES, GOOD)}.items():
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        (raw / name).write_bytes(data.encode() if isinstance(data, str) else data)
    before = {path for path in home.rglob("*") if not path.is_relative_to(raw)}
    run = pipeline.run(raw, out)
    csv.field_size_limit(10**6)
    with (out / "papers.csv").open(newline="", encoding="utf-8") as handle:
        assert len(list(csv.DictReader(handle))) == len(run.results) == len(FILES) + len(NAMES)
    made = {path for path in home.rglob("*") if not path.is_relative_to(raw)} - before
    assert {path for path in made if not path.is_relative_to(out)} == set()
    return {result.paper.file: (result.paper.status, result.paper.reason or "") for result in run.results}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "state"), [(name, state) for name, (state, _) in FILES.items()], ids=FILES)
def test_odd_file_ends_as_it_should(name: str, state: str, ended: dict[str, tuple[str, str]]) -> None:
    status, reason = ended[name]
    assert status.removesuffix("-with-findings") == state, reason
    assert (bool(reason) or status == READ, JARGON.search(reason)) == (True, None)


@pytest.mark.slow
def test_good_papers_of_any_name_are_read_beside_them(ended: dict[str, tuple[str, str]]) -> None:
    assert [status for name, (status, _) in ended.items() if name not in FILES] == [READ] * len(NAMES)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may open any file")
def test_file_that_may_not_be_opened_says_so(ran: Callable[..., pipeline.Run], raw_of: Callable[..., Path]) -> None:
    (raw_of({"closed.txt": GOOD}) / "closed.txt").chmod(0)
    papers = {result.paper.file: result.paper for result in ran({"good.txt": GOOD}).results}
    assert (papers["closed.txt"].status, papers["good.txt"].status) == (UNREAD, READ)
    assert papers["closed.txt"].reason == "The file cannot be opened: Permission denied."
