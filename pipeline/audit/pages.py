"""What an auditor sees of a paper: the pages of a PDF as pictures, the lines of a text paper."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors.files.limits import Limits
from extractors.lines import sources
from extractors.pages.pdfium import pictures
from extractors.text import decode

# Two pixels to the point read well at twice the size; the quality keeps a page of print near 100 kB.
_SCALE = 2.0
_MOST_PIXELS = 2400 * 1700
_QUALITY = 50


def draw(data: bytes, folder: Path, limits: Limits) -> Iterator[dict[str, Any]]:
    """Each page of a PDF, drawn into a folder: its size in points, and its file (None where it cannot be drawn)."""
    folder.mkdir(parents=True, exist_ok=True)
    most = min(_MOST_PIXELS, limits.drawing_pixels)
    for number, (width, height, picture) in enumerate(pictures(data, _SCALE, most), 1):
        file = f"{number}.webp"
        if picture is not None:
            picture.convert("RGB").save(folder / file, "WEBP", quality=_QUALITY, method=2)
        yield {"w": round(width, 2), "h": round(height, 2), "src": file if picture is not None else None}


def lines(data: bytes) -> list[tuple[int, str]]:
    """Each line of a text paper: where it starts in the decoded text, and what it prints."""
    return [(line.start, line.text) for line in sources(decode(data)[0])]
