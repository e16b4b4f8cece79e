"""What a page draws besides text, as pdfium has it: rules, fills and pictures, those within forms too."""

import ctypes
from collections.abc import Callable, Iterator
from itertools import islice, pairwise
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as c

from extractors.seen import Box, Fill, Rule

_DEEPEST_FORM = 8
# How pictures are coded that scanners make.
_OF_SCANS = (b"DCTDecode", b"CCITTFaxDecode", b"JBIG2Decode", b"JPXDecode")
# A line that leaves the upright by less than this many points is meant to be straight.
_STRAIGHT = 1.0
# A filled rectangle or a picture thinner than this many points is a drawn line; a thicker one is a ground.
_THIN = 3.0
# So many lines that are neither level nor upright are told of a page; a drawing of more is a map or a picture.
_MOST_SLANTS = 500

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Drawn(NamedTuple):
    """What a page draws besides text; for each text object how many fills come before it, and its form's matrix.

    `scans` has where scans stand, each with how many text objects come before it, and `order` those in their order.
    """

    rules: list[Rule]
    fills: list[Fill]
    pictures: list[Box]
    texts: dict[int, tuple[int, Matrix]]
    scans: list[tuple[Box, int]]
    order: dict[int, int]
    slants: list[Box]


def drawn_on(page: pypdfium2.PdfPage, shown: Any) -> Drawn:
    """What a page draws; `shown` takes a point of the page's own space to the one displayed."""
    found = Drawn([], [], [], {}, [], {}, [])
    _walk(_children(page.raw, c.FPDFPage_CountObjects, c.FPDFPage_GetObject), UNIT, shown, found, 0)
    return found


def box_of(shown: Callable[[float, float], tuple[float, float]], x0: float, y0: float, x1: float, y1: float) -> Box:
    """The box around two corners in the page's own space, as displayed."""
    (left, top), (right, bottom) = shown(x0, y0), shown(x1, y1)
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


def _children(parent: Any, count: Callable[[Any], int], get: Callable[[Any, int], Any]) -> Iterator[Any]:
    for index in range(count(parent)):
        yield get(parent, index)


def _walk(objects: Iterator[Any], matrix: Matrix, shown: Any, found: Drawn, depth: int) -> None:
    """Collect what objects draw, those within forms too; text objects only leave when they are drawn."""
    for each in objects:
        kind = c.FPDFPageObj_GetType(each)
        if kind == c.FPDF_PAGEOBJ_TEXT:
            found.texts[ctypes.addressof(each.contents)] = len(found.fills), matrix
            found.order[ctypes.addressof(each.contents)] = len(found.order)
        elif kind == c.FPDF_PAGEOBJ_PATH:
            _path(each, matrix, shown, found)
        elif kind == c.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(each, matrix, shown)
            if _is_thin(box):
                found.rules.append(_thinned(box))
            else:
                found.pictures.append(box)
                if _is_coded_as_scan(each):
                    found.scans.append((box, len(found.order)))
        elif kind == c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inner = _children(each, c.FPDFFormObj_CountObjects, c.FPDFFormObj_GetObject)
            _walk(inner, times(matrix_of(each), matrix), shown, found, depth + 1)


def _is_coded_as_scan(each: Any) -> bool:
    """Whether a picture is coded as scanners do, and nothing shows through it."""
    count = c.FPDFImageObj_GetImageFilterCount(each)
    name = ctypes.create_string_buffer(32)
    if count < 1 or c.FPDFPageObj_HasTransparency(each):
        return False
    c.FPDFImageObj_GetImageFilter(each, count - 1, name, len(name))
    return name.value in _OF_SCANS


def matrix_of(each: Any) -> Matrix:
    """The matrix of an object of a page; the one that changes nothing where it has none."""
    matrix = c.FS_MATRIX()
    if not c.FPDFPageObj_GetMatrix(each, matrix):
        return UNIT
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def times(first: Matrix, second: Matrix) -> Matrix:
    """One matrix applied, then another.

    >>> times((2, 0, 0, 2, 0, 0), (1, 0, 0, 1, 5, 0))
    (2, 0, 0, 2, 5, 0)
    """
    a, b, cc, d, e, f = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, cc * p + d * r, cc * q + d * s, e * p + f * r + t, e * q + f * s + u


def _through(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, cc, d, e, f = matrix
    return a * x + cc * y + e, b * x + d * y + f


def _bounds(each: Any, matrix: Matrix, shown: Any) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    c.FPDFPageObj_GetBounds(each, left, bottom, right, top)
    return box_of(shown, *_through(matrix, left.value, bottom.value), *_through(matrix, right.value, top.value))


def _path(each: Any, matrix: Matrix, shown: Any, found: Drawn) -> None:
    """The straight, upright lines of a stroked path; the rectangles of a filled one."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(each, fill, stroke)
    outlines = list(_outlines(each, times(matrix_of(each), matrix)))
    traced = [_trace(points, shown) for points in outlines]
    if stroke.value and colour_of(each, c.FPDFPageObj_GetStrokeColor)[3]:
        found.rules.extend(Rule(*piece) for pieces in traced for piece in pieces)
        if not fill.value:
            pieces = (piece for points in outlines for piece in _slants(points, shown))
            found.slants.extend(islice(pieces, _MOST_SLANTS - len(found.slants)))
    if fill.value:
        colour = colour_of(each, c.FPDFPageObj_GetFillColor)
        boxes = [_around(pieces) for pieces in traced if _is_rectangle(pieces)]
        for box in boxes:
            if _is_thin(box):
                found.rules.append(_thinned(box))
            elif not _frames(box, boxes):
                found.fills.append(Fill(*box, colour, len(found.fills)))


def _outlines(each: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The points of each outline of a path; a closed one ends where it began. A curve counts as its ends."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(c.FPDFPath_CountSegments(each)):
        segment = c.FPDFPath_GetPathSegment(each, index)
        c.FPDFPathSegment_GetPoint(segment, x, y)
        if c.FPDFPathSegment_GetType(segment) == c.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(_through(matrix, x.value, y.value))
        if c.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _trace(points: list[tuple[float, float]], shown: Any) -> list[Box]:
    """The pieces of an outline that run straight across or straight down, as boxes of no width or no height."""
    return [
        box_of(shown, *a, *b)
        for a, b in pairwise(points)
        if a != b and (abs(a[0] - b[0]) < _STRAIGHT or abs(a[1] - b[1]) < _STRAIGHT)
    ]


def _slants(points: list[tuple[float, float]], shown: Any) -> Iterator[Box]:
    """The boxes of the pieces of an outline that run neither straight across nor straight down."""
    return (
        box_of(shown, *a, *b)
        for a, b in pairwise(points)
        if abs(a[0] - b[0]) >= _STRAIGHT and abs(a[1] - b[1]) >= _STRAIGHT
    )


def _is_rectangle(pieces: list[Box]) -> bool:
    across = sum(piece[3] - piece[1] < piece[2] - piece[0] for piece in pieces)
    return 3 <= len(pieces) <= 4 and 1 <= across < len(pieces)


def _is_thin(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) < _THIN


def _thinned(box: Box) -> Rule:
    """A thin box as the line in its middle."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return Rule(box[0], y, box[2], y) if box[2] - box[0] > box[3] - box[1] else Rule(x, box[1], x, box[3])


def _around(pieces: list[Box]) -> Box:
    return (
        min(piece[0] for piece in pieces),
        min(piece[1] for piece in pieces),
        max(piece[2] for piece in pieces),
        max(piece[3] for piece in pieces),
    )


def _frames(box: Box, boxes: list[Box]) -> bool:
    """Whether a rectangle has another of the same path within it: then it is the outside of a frame."""
    return any(
        other != box and box[0] <= other[0] and box[1] <= other[1] and other[2] <= box[2] and other[3] <= box[3]
        for other in boxes
    )


def colour_of(each: Any, ask: Callable[..., bool]) -> tuple[int, int, int, int]:
    """What pdfium answers when asked for a colour of an object: red, green, blue, opacity; black where it has none."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not ask(each, *parts):
        return 0, 0, 0, 255
    return parts[0].value, parts[1].value, parts[2].value, parts[3].value
