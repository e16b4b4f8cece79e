"""PDF files of a few objects, for tests."""

from collections.abc import Mapping

FLATE = b"/Filter/FlateDecode"
GRID = b"".join(
    b"BT /F 10 Tf %d %d Td (%s) Tj ET 40 %d 100 20 re S 140 %d 100 20 re S " % (x, y, text, y - 6, y - 6)
    for y, row in ((700, (b"Area", b"Sum")), (680, (b"North", b"204")), (660, (b"South", b"998")))
    for x, text in zip((45, 145), row, strict=True)
)


def pdf_of(
    pages: list[bytes] | int = 1, more: Mapping[int, bytes] = {}, page: bytes = b"", filters: bytes = b""
) -> bytes:
    """A PDF with a page for each content stream; `more` has further objects or other ones by their number."""
    contents = [GRID] * pages if isinstance(pages, int) else pages
    kids = b" ".join(b"%d 0 R" % (10 + 2 * i) for i in range(len(contents)))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 595 842]>>" % (kids, len(contents)),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    for i, content in enumerate(contents):
        objects[10 + 2 * i] = (
            b"<</Type/Page/Parent 2 0 R/Contents %d 0 R%s/Resources<</Font<</F 3 0 R>>/XObject<</X 4 0 R>>>>>>"
            % (11 + 2 * i, page)
        )
        objects[11 + 2 * i] = stream(content, filters)
    objects.update(more)
    made, at = bytearray(b"%PDF-1.7\n"), {}
    for number, body in sorted(objects.items()):
        at[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 1\n0000000000 65535 f \n"
    made += b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in at.items())
    return bytes(made) + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, start)


def stream(content: bytes, filters: bytes = b"", more: bytes = b"") -> bytes:
    return b"<<%s%s/Length %d>>\nstream\n%s\nendstream" % (filters, more, len(content), content)


def form(content: bytes, other: int = 4) -> bytes:
    return stream(content, more=b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % other)


def nested(depth: int) -> dict[int, bytes]:
    """Forms, each painted by the one before."""
    return {4: form(b"/X Do", 100), **{100 + n: form(b"/X Do", 101 + n) for n in range(depth)}}
