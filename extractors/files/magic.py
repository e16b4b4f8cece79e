"""What a file is by its first bytes; its name decides only where they say nothing."""

import re

from extractors.files.unreadable import Unreadable

PDF = "application/pdf"
TEXT = "text/plain"
_HTML = re.compile(rb"^\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
# What opens the files that are put among papers by mistake.
_OTHERS = (
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"%!PS", "PostScript"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf", "a compressed file (7z)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)


def media_type_of(data: bytes, *, named_pdf: bool) -> str:
    """`application/pdf` or `text/plain`. Raises Unreadable for what is neither, with what it is.

    >>> media_type_of(b"%PDF-1.7 ...", named_pdf=False)
    'application/pdf'
    """
    kind = "PDF" if named_pdf else "text paper"
    if not data:
        raise Unreadable("The file is empty.")
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"%PDF-") or (named_pdf and b"%PDF-" in data[:1024]):
        return PDF
    if _HTML.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise Unreadable(f"The file is an HTML page, not a {kind}.")
    for opening, name in _OTHERS:
        if data.startswith(opening):
            raise Unreadable(f"The file is {name}, not a {kind}.")
    if named_pdf:
        raise Unreadable("The file is not a PDF: it lacks the mark that opens one.")
    return TEXT
