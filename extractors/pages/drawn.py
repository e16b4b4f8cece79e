"""What a page draws besides text, as pdfium has it: rules, fills and pictures, those within forms too."""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, compress, pairwise, repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as c

from extractors.pages.plainly import address_of, plainly, written
from extractors.pages.seen import Box, Fill, Rule

_DEEPEST_FORM = 8
# How pictures are coded that scanners make.
_OF_SCANS = (b"DCTDecode", b"CCITTFaxDecode", b"JBIG2Decode", b"JPXDecode")
# A line that leaves the upright by less than this many points is meant to be straight.
_STRAIGHT = 1.0
# A filled rectangle or a picture thinner than this many points is a drawn line; a thicker one is a ground.
_THIN = 3.0
# So is one that is so many times as long as thick, up to so many points.
_LONG, _THICK = 12.0, 4.6
# So many lines that are neither level nor upright are told of a page; a drawing of more is a map or a picture.
_MOST_SLANTS = 500
# A rectangle with rounded corners has 17 ends, those of its curves included; a browser draws a corner in eight curves.
_MOST_ENDS = 104

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_TEXT, _PATH, _FORM = c.FPDF_PAGEOBJ_TEXT, c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_FORM
_DRAWN = frozenset({_TEXT, _PATH, c.FPDF_PAGEOBJ_IMAGE})
_At, _Number = ctypes.c_void_p, ctypes.c_int
_COUNT, _GET = plainly(c.FPDFPage_CountObjects, _Number, _At), plainly(c.FPDFPage_GetObject, _At, _At, _Number)
_COUNT_WITHIN = plainly(c.FPDFFormObj_CountObjects, _Number, _At)
_GET_WITHIN = plainly(c.FPDFFormObj_GetObject, _At, _At, _Number)
_KIND = plainly(c.FPDFPageObj_GetType, _Number, _At)
MATRIX = plainly(c.FPDFPageObj_GetMatrix, _Number, _At, _At)
_BOUNDS = plainly(c.FPDFPageObj_GetBounds, _Number, _At, *[_At] * 4)
_MODE = plainly(c.FPDFPath_GetDrawMode, _Number, _At, _At, _At)
_COUNT_SEGMENTS = plainly(c.FPDFPath_CountSegments, _Number, _At)
_SEGMENT = plainly(c.FPDFPath_GetPathSegment, _At, _At, _Number)
_POINT = plainly(c.FPDFPathSegment_GetPoint, _Number, _At, _At, _At)
_SEGMENT_KIND = plainly(c.FPDFPathSegment_GetType, _Number, _At)
FILL_COLOUR = plainly(c.FPDFPageObj_GetFillColor, _Number, _At, *[_At] * 4)
_STROKE_COLOUR = plainly(c.FPDFPageObj_GetStrokeColor, _Number, _At, *[_At] * 4)
_FOUR, _FOUR_EDGES, _NAME = ctypes.c_uint * 4, ctypes.c_float * 4, ctypes.c_char * 32


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


class _Object(NamedTuple):
    """A text, a path or a picture: its address, its kind, and the matrix of the forms that it stands in."""

    at: int
    kind: int
    matrix: Matrix


class _Traced(NamedTuple):
    """What a path draws: straight lines, if it is stroked; its rectangles, if it is filled; other lines, if it is not.

    Straight lines are those that run level or upright. `hollow` says that a rectangle within another is a hole in it.
    """

    lines: list[Box]
    boxes: list[Box]
    slants: list[Box]
    hollow: bool


# Tuples of all their fields in order, in half the time that naming them takes: a page may have many thousands.
_object, _trace, _rule = partial(tuple.__new__, _Object), partial(tuple.__new__, _Traced), partial(tuple.__new__, Rule)


def drawn_on(page: pypdfium2.PdfPage, shown: Any) -> Drawn:
    """What a page draws; `shown` takes a point of the page's own space to the one displayed."""
    at = address_of(page.raw)
    objects = list(_objects(list(map(_GET, repeat(at), range(_COUNT(at)))), UNIT, 0))
    traced = iter(_traced([each for each in objects if each.kind == _PATH], shown))
    found = Drawn([], [], [], {}, [], {}, [])
    for each in objects:
        address, kind, matrix = each
        if kind == _TEXT:
            found.texts[address] = len(found.fills), matrix
            found.order[address] = len(found.order)
        elif kind == _PATH:
            _add_path(found, each, next(traced))
        else:
            _add_picture(found, each, shown)
    return found


def _objects(handed: Sequence[int], matrix: Matrix, depth: int) -> Iterator[_Object]:
    """The texts, paths and pictures among objects and within forms, in the order of drawing."""
    for at, kind in zip(handed, map(_KIND, handed), strict=True):
        if kind in _DRAWN:
            yield _object((at, kind, matrix))
        elif kind == _FORM and depth < _DEEPEST_FORM:
            inner = list(map(_GET_WITHIN, repeat(at), range(_COUNT_WITHIN(at))))
            yield from _objects(inner, times(matrix_of(at), matrix), depth + 1)


def _add_path(found: Drawn, path: _Object, traced: _Traced) -> None:
    if (traced.lines or traced.slants) and colour_of(path.at, _STROKE_COLOUR)[3]:
        found.rules.extend(map(_rule, traced.lines))
        found.slants.extend(traced.slants[: _MOST_SLANTS - len(found.slants)])
    for box in _framed(traced.boxes) if traced.hollow else traced.boxes:
        if _is_thin(box):
            found.rules.append(_thinned(box))
        elif not _frames(box, traced.boxes) and (colour := colour_of(path.at, FILL_COLOUR))[3]:
            found.fills.append(Fill(*box, colour, len(found.fills)))


def _add_picture(found: Drawn, picture: _Object, shown: Any) -> None:
    box = _bounds(picture, shown)
    if _is_thin(box):
        found.rules.append(_thinned(box))
        return
    found.pictures.append(box)
    if _is_coded_as_scan(picture.at):
        found.scans.append((box, len(found.order)))


def _is_coded_as_scan(at: int) -> bool:
    """Whether a picture is coded as scanners do, and nothing shows through it."""
    picture = ctypes.cast(at, c.FPDF_PAGEOBJECT)
    count = c.FPDFImageObj_GetImageFilterCount(picture)
    name = _NAME()
    if count < 1 or c.FPDFPageObj_HasTransparency(picture):
        return False
    c.FPDFImageObj_GetImageFilter(picture, count - 1, name, len(name))
    return name.value in _OF_SCANS


def box_of(shown: Callable[[float, float], tuple[float, float]], x0: float, y0: float, x1: float, y1: float) -> Box:
    """The box around two corners in the page's own space, as displayed."""
    (left, top), (right, bottom) = shown(x0, y0), shown(x1, y1)
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


def boxes_of(shown: Any, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The boxes around pairs of corners (rows of x and y) in the page's own space, as displayed."""
    edges = np.empty((len(first), 4))
    # Column by column: numpy is several times slower on rows of two.
    for at, one, other in zip((0, 1), shown(*first.T), shown(*second.T), strict=True):
        np.minimum(one, other, out=edges[:, at])
        np.maximum(one, other, out=edges[:, at + 2])
    return edges


def matrix_of(at: int) -> Matrix:
    """The matrix of an object of a page; the one that changes nothing where it has none."""
    matrix = c.FS_MATRIX()
    if not MATRIX(at, ctypes.byref(matrix)):
        return UNIT
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def times(first: Any, second: Any) -> Any:
    """One matrix applied, then another; six arrays of numbers each stand for as many matrices.

    >>> times((2, 0, 0, 2, 0, 0), (1, 0, 0, 1, 5, 0))
    (2, 0, 0, 2, 5, 0)
    """
    a, b, cc, d, e, f = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, cc * p + d * r, cc * q + d * s, e * p + f * r + t, e * q + f * s + u


def _through(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, cc, d, e, f = matrix
    return a * x + cc * y + e, b * x + d * y + f


def _bounds(each: _Object, shown: Any) -> Box:
    edges = _FOUR_EDGES()
    _BOUNDS(each.at, *(ctypes.byref(edges, 4 * index) for index in range(4)))
    left, bottom, right, top = edges
    return box_of(shown, *_through(each.matrix, left, bottom), *_through(each.matrix, right, top))


def _traced(paths: Sequence[_Object], shown: Any) -> list[_Traced]:
    """What the paths of a page trace, all in one go: a page may have many thousands."""
    modes = _modes([path.at for path in paths])
    filled, stroked = modes.astype(bool).T
    points, path, outline, curved = _outlines(paths, stroked)
    across, up = np.abs(points[1:] - points[:-1]).T
    joined = outline[1:] == outline[:-1]
    boxes = boxes_of(shown, points[:-1], points[1:])
    path, outline = path[1:], outline[1:]
    straight = joined & ~curved[1:] & ((across != 0) | (up != 0))
    straight &= (across < _STRAIGHT) | (up < _STRAIGHT)
    lines = straight & stroked[path]
    slants = joined & (up >= _STRAIGHT) & (across >= _STRAIGHT) & stroked[path] & ~filled[path]
    whole = straight & filled[path]
    rectangles, first = _rectangles(boxes[whole], outline[whole])
    by_path = (
        _by_path(boxes[lines], path[lines], len(paths)),
        _by_path(rectangles, path[whole][first], len(paths)),
        _by_path(boxes[slants], path[slants], len(paths)),
        (modes[:, 0] == c.FPDF_FILLMODE_ALTERNATE).tolist(),
    )
    return list(map(_trace, zip(*by_path, strict=True)))


def _modes(addresses: Sequence[int]) -> np.ndarray:
    """Whether each path is filled, and whether it is stroked."""
    modes = np.zeros((len(addresses), 2), dtype=np.intc)
    written(_MODE, modes, 2, addresses)
    return modes


def matrices(each: Sequence[Matrix]) -> np.ndarray:
    """Matrices as rows; as a single one where none changes anything, as on most pages."""
    return np.array([UNIT] if each.count(UNIT) == len(each) else each, dtype=float)


def _matrices(paths: Sequence[_Object]) -> np.ndarray:
    """The matrix of each path, after which comes that of the forms that it stands in."""
    own = np.zeros((len(paths), 6), dtype=np.float32)
    own[~written(MATRIX, own, 1, [path.at for path in paths])] = UNIT
    forms = matrices([path.matrix for path in paths])
    return np.stack(times(own.astype(float).T, forms.T), axis=1)


def _outlines(paths: Sequence[_Object], stroked: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The points of the outlines of paths, in the page's own space, each with the number of its path and its outline.

    The last says which points curves end at, or are bent by. A closed outline ends where it began: pdfium draws the
    line back itself. An outline that is not stroked and has more ends than a rectangle, rounded ones too, is left out.
    """
    addresses = [each.at for each in paths]
    counts = list(map(_COUNT_SEGMENTS, addresses))
    path = np.repeat(np.arange(len(paths)), counts)
    numbers = chain.from_iterable(map(range, counts))
    segments = list(map(_SEGMENT, chain.from_iterable(map(repeat, addresses, counts)), numbers))
    kinds = np.fromiter(map(_SEGMENT_KIND, segments), dtype=int, count=len(segments))
    outline = np.cumsum((kinds == c.FPDF_SEGMENT_MOVETO) | (np.diff(path, prepend=-1) > 0)) - 1
    kept = stroked[path] | (np.bincount(outline)[outline] <= _MOST_ENDS)
    curved = kinds == c.FPDF_SEGMENT_BEZIERTO
    if not kept.all():
        segments, path, outline = list(compress(segments, kept.tolist())), path[kept], outline[kept]
        curved = curved[kept]
    return _through_each(_points(segments), _matrices(paths), path), path, outline, curved


def _points(segments: Sequence[int]) -> np.ndarray:
    """Where the segments of paths end, a row of x and y each."""
    points = np.zeros((len(segments), 2), dtype=np.float32)
    written(_POINT, points, 2, segments)
    return points.astype(float)


def _through_each(points: np.ndarray, matrices: np.ndarray, which: np.ndarray) -> np.ndarray:
    """Points after the matrix of each."""
    a, b, cc, d, e, f = matrices[which].T
    x, y = points.T
    return np.stack([a * x + cc * y + e, b * x + d * y + f], axis=1)


def _by_path(boxes: np.ndarray, path: np.ndarray, count: int) -> list[list[Box]]:
    """Boxes path by path."""
    rows = list(map(tuple, boxes.tolist()))
    ends = np.searchsorted(path, np.arange(count + 1)).tolist()
    return [rows[start:end] for start, end in pairwise(ends)]


def _rectangles(pieces: np.ndarray, outline: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The boxes around the outlines that are rectangles, each with the number of its first piece."""
    starts = np.flatnonzero(np.diff(outline, prepend=-1))
    if not len(starts):
        return pieces, starts
    count = np.diff(starts, append=len(outline))
    size = pieces[:, 2:] - pieces[:, :2]
    across = np.add.reduceat((size[:, 1] < size[:, 0]).astype(int), starts)
    upright = (count >= 3) & (count <= 4) & (across >= 1) & (across < count)
    low, high = np.minimum.reduceat(pieces[:, :2], starts), np.maximum.reduceat(pieces[:, 2:], starts)
    return np.concatenate([low, high], axis=1)[upright], starts[upright]


def _is_thin(box: Box) -> bool:
    wide, high = box[2] - box[0], box[3] - box[1]
    thin = min(wide, high)
    return thin < _THIN or (thin < _THICK and max(wide, high) > _LONG * thin)


def _thinned(box: Box) -> Rule:
    """A thin box as the line in its middle."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return _rule((box[0], y, box[2], y) if box[2] - box[0] > box[3] - box[1] else (x, box[1], x, box[3]))


def _frames(box: Box, boxes: list[Box]) -> bool:
    """Whether a rectangle has another of the same path within it: then it is the outside of a frame."""
    return any(
        other != box and box[0] <= other[0] and box[1] <= other[1] and other[2] <= box[2] and other[3] <= box[3]
        for other in boxes
    )


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _framed(boxes: Sequence[Box]) -> Iterator[Box]:
    """Rectangles; two of which one is a hole in the other, thin on all sides, as the four sides of that frame.

    >>> list(_framed([(1.0, 1.0, 8.0, 9.0), (0.0, 0.0, 10.0, 10.0)]))
    [(0.0, 0.0, 10.0, 1.0), (0.0, 9.0, 10.0, 10.0), (0.0, 0.0, 1.0, 10.0), (8.0, 0.0, 10.0, 10.0)]
    >>> list(_framed([(0.0, 0.0, 10.0, 9.0), (0.0, 0.0, 10.0, 10.0)]))
    [(0.0, 9.0, 10.0, 10.0)]
    """
    if len(boxes) != 2:
        yield from boxes
        return
    (x0, top, x1, bottom), (left, upper, right, lower) = sorted(boxes, key=_area, reverse=True)
    sides = (x0, top, x1, upper), (x0, lower, x1, bottom), (x0, top, left, bottom), (right, top, x1, bottom)
    whole = x0 <= left < right <= x1 and top <= upper < lower <= bottom
    if whole and max(left - x0, upper - top, x1 - right, bottom - lower) < _THIN:
        yield from (side for side in sides if side[0] < side[2] and side[1] < side[3])
    else:
        yield from boxes


def colour_of(at: int, ask: Callable[..., int]) -> tuple[int, int, int, int]:
    """What pdfium answers when asked for a colour of an object: red, green, blue, opacity; black where it has none."""
    parts = _FOUR()
    first = ctypes.addressof(parts)
    if not ask(at, first, first + 4, first + 8, first + 12):
        return 0, 0, 0, 255
    red, green, blue, opacity = parts
    return red, green, blue, opacity
