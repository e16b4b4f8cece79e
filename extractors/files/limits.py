"""How much a paper may ask for: every limit by its name, with its value and what it counts."""

from dataclasses import dataclass, field, fields, replace

from extractors.files.unreadable import Unreadable

_MIB = 2**20


class OverLimit(Unreadable):
    """A paper asks for more than a limit allows; the message names the limit and says what was measured."""


def _limit(value: int, meaning: str) -> int:
    made: int = field(default=value, metadata={"meaning": meaning})
    return made


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits that one run works under. `meanings` says what each counts."""

    file_bytes: int = _limit(100_000_000, "bytes of a file")
    stream_bytes: int = _limit(64 * _MIB, "bytes that one stream of a PDF inflates to, each layer for itself")
    document_bytes: int = _limit(
        512 * _MIB, "bytes that all streams of a PDF but its images inflate to, each as often as the pages paint it"
    )
    pages: int = _limit(2_000, "pages of a PDF")
    page_points: int = _limit(14_400, "points of a page's longer side; a page over it is left out")
    page_texts: int = _limit(100_000, "pieces of text that a page shows; a page over it is left out")
    page_rules: int = _limit(20_000, "lines and boxes that a page draws; a page over it is left out")
    page_cells: int = _limit(100_000, "cells of a page's tables, or of a table in a text paper")
    nesting: int = _limit(50, "forms within forms, and nodes above a page")
    font_codes: int = _limit(1_000_000, "codes that a font gives widths for")
    line_characters: int = _limit(200_000, "characters of a line of a text paper")
    columns: int = _limit(1_000, "columns of a table, and tabs in a line of a text paper")
    cpu_seconds: int = _limit(30, "seconds of computing for a paper, before what its pages add")
    wall_seconds: int = _limit(60, "seconds that reading a paper may last, before what its pages add")
    page_seconds: int = _limit(2, "seconds of computing that a page of a PDF adds; it may last twice as long")
    scanned_pages: int = _limit(500, "pages of a PDF that are pictures, without text")
    scanned_seconds: int = _limit(60, "seconds of computing that a scanned page adds; it may last twice as long")
    memory_bytes: int = _limit(1024 * _MIB, "bytes of memory that reading a paper may add")
    drawing_bytes: int = _limit(2048 * _MIB, "bytes of memory that drawing the pages of a paper may add")
    drawing_pixels: int = _limit(25_000_000, "pixels of a page that is drawn; a larger page is drawn smaller")
    scanned_bytes: int = _limit(2048 * _MIB, "bytes of memory that reading a paper with a scanned page may add")
    result_bytes: int = _limit(256 * _MIB, "bytes of what reading a paper gives")


LIMITS = Limits()


def meanings() -> dict[str, str]:
    """What each limit counts, by its name."""
    return {each.name: each.metadata["meaning"] for each in fields(Limits)}


def with_limit(limits: Limits, setting: str) -> Limits:
    """The limits with one changed, as the command line says it. Raises ValueError with a sentence for people.

    >>> with_limit(Limits(), "pages=3000").pages
    3000
    """
    name, _, value = setting.partition("=")
    if name not in meanings():
        raise ValueError(f"{name!r} is no limit. The limits are {', '.join(meanings())}.")
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 2**53):
        raise ValueError(f"The limit {name} needs a whole number above 0, as in {name}={getattr(Limits(), name)}.")
    return replace(limits, **{name: int(value)})


def hold(limits: Limits, name: str, measured: float, said: str) -> None:
    """Raise OverLimit where a measured value is above its limit. `said` is the sentence without its stop.

    >>> hold(Limits(), "pages", 5000, "The paper has 5,000 pages")
    Traceback (most recent call last):
    extractors.files.limits.OverLimit: The paper has 5,000 pages, more than the limit pages of 2,000.
    """
    if measured > (most := getattr(limits, name)):
        raise OverLimit(f"{said}, more than the limit {name} of {most:,}.")
