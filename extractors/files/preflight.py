"""What a PDF would ask of its readers, counted before one of them sees it: bytes, pages, sizes, texts, rules.

It looks at the structure of the file (by pikepdf, which inflates nothing unasked) and inflates every stream itself,
a little at a time. It runs inside the limits of the paper's own process all the same.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice

import pikepdf

from extractors.files.inflate import Inflated, inflate, known_layers, largest_at_opening
from extractors.files.layers import LATE_LZW, lzw
from extractors.files.limits import Limits, OverLimit, hold
from extractors.files.readable import FAULTS
from extractors.files.unreadable import Unreadable
from schemas.records import Note, Place
from schemas.rules import Rule

# Of the operators of a page: what shows text, what begins a line or a box, what paints a form by its name.
_OPERATOR = re.compile(
    rb"(?P<text>\bT[jJ]\b|[)>]\s{0,8}['\"])|(?P<rule>\b(?:re|m)\b)|/(?P<form>[^\s/<>\[\]()]+)\s+Do\b"
)
_REVISION = re.compile(rb"startxref\s+[1-9]\d*\s")
_Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: the number of pages, the pages that are over a limit, whether the file is damaged, notes.

    `askew` says that a page's box is no box, or one that is given from another corner than usual.
    """

    pages: int | None = None
    left_out: Mapping[int, str] = field(default_factory=dict)
    damaged: bool = False
    notes: tuple[Note, ...] = ()
    askew: bool = False


@dataclass(frozen=True, slots=True)
class _Load:
    """What painting something asks for: bytes to go through, pieces of text, lines and boxes, damaged streams."""

    size: int = 0
    texts: int = 0
    rules: int = 0
    damaged: int = 0

    def plus(self, other: "_Load", times: int = 1) -> "_Load":
        return _Load(
            self.size + times * other.size,
            self.texts + times * other.texts,
            self.rules + times * other.rules,
            self.damaged + other.damaged,
        )


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's own dictionary, and what it has from the nodes above where it says nothing itself."""

    own: pikepdf.Dictionary
    above: Mapping[str, pikepdf.Object]

    def get(self, name: str) -> pikepdf.Object | None:
        return self.own.get(name, self.above.get(name))


def preflight(data: bytes, limits: Limits) -> Checked:
    """Hold a PDF to its limits. A page over one is left out; a paper over one raises OverLimit.

    Raises Unreadable where a password is needed. What cannot be told, because the file is damaged, is not told:
    the readers may make more of it.
    """
    largest = largest_at_opening(data, limits.stream_bytes)
    hold(limits, "stream_bytes", largest, f"A stream that holds the file together inflates to over {largest:,} bytes")
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _checked(pdf, limits, revised=len(_REVISION.findall(data)) > 1)
    except pikepdf.PasswordError as fault:
        raise Unreadable("The PDF needs a password.") from fault
    except Unreadable:
        raise
    except (pikepdf.PdfError, *FAULTS) as fault:
        if "unsupported encryption" in str(fault):
            raise Unreadable("The PDF is encrypted in a way that no reader here knows.") from fault
        return Checked(damaged=True, notes=(Note(Rule.FILE_DAMAGED, Place(), ""),))


def _checked(pdf: pikepdf.Pdf, limits: Limits, *, revised: bool) -> Checked:
    damaged = bool(pdf.get_warnings())
    pages = list(islice(_pages(pdf.trailer.get("/Root"), limits), 10 * limits.pages))
    hold(limits, "pages", len(pages), f"The paper has {len(pages):,} pages")
    if not pages and not damaged:
        raise Unreadable("The PDF has no pages.")
    _hold_fonts(pdf, limits)
    memo: dict[_Key, _Load] = {}
    loads = [_page_load(number, page, memo, limits) for number, page in enumerate(pages, 1)]
    total = sum(load.size for load in loads) + _other_bytes(pdf, memo, limits)
    hold(limits, "document_bytes", total, f"The paper inflates to {total:,} bytes, repeats added up")
    left_out = {
        number: reason
        for number, (page, load) in enumerate(zip(pages, loads, strict=True), 1)
        if (reason := _over(number, page, load, limits))
    }
    notes = [Note(Rule.FILE_DAMAGED, Place(), "")] if damaged else []
    notes += [Note(Rule.FILE_REVISED, Place(), "")] if revised else []
    notes += [
        Note(Rule.PAGE_DAMAGED, Place(page=number), "", f"page {number}")
        for number, load in enumerate(loads, 1)
        if load.damaged
    ]
    notes += [Note(Rule.LAYERS_OFF, Place(), "")] if _layers_off(pdf.Root) else []
    askew = any(_is_askew(page.get("/MediaBox")) or _is_askew(page.get("/CropBox")) for page in pages)
    notes += [Note(Rule.REPAIRED, Place(), "", "the box of a page was put right")] if askew else []
    return Checked(len(pages), left_out, damaged, tuple(notes), askew)


def _layers_off(root: pikepdf.Object) -> bool:
    """Whether a layer (optional content group) of the paper is switched off when it is opened."""
    said = root.get("/OCProperties")
    usual = said.get("/D") if isinstance(said, pikepdf.Dictionary) else None
    if not isinstance(usual, pikepdf.Dictionary):
        return False
    off = usual.get("/OFF")
    return usual.get("/BaseState") == "/OFF" or (isinstance(off, pikepdf.Array) and len(off) > 0)


def _hold_fonts(pdf: pikepdf.Pdf, limits: Limits) -> None:
    """Raise OverLimit where a font gives widths for more codes than a reader should count through."""
    for each in pdf.objects:
        widths = each.get("/W") if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font" else None
        if isinstance(widths, pikepdf.Array):
            codes = _codes(list(widths))
            hold(limits, "font_codes", codes, f"A font gives widths for {codes:,} codes")


def _codes(widths: list[object]) -> int:
    """How many codes an array of widths covers: `first [w w ..]` or `first last w` (PDF 32000-1, 9.7.4.3)."""
    count = at = 0
    while at + 1 < len(widths):
        first, second = widths[at], widths[at + 1]
        if isinstance(second, pikepdf.Array):
            count, at = count + len(second), at + 2
        else:
            span = second - first + 1 if isinstance(first, int) and isinstance(second, int) else 0
            count, at = count + max(0, span), at + 3
    return count


def _pages(root: pikepdf.Object | None, limits: Limits) -> Iterator[_Page]:
    """The pages in their order; a node that is above itself is passed over."""
    tree = root.get("/Pages") if isinstance(root, pikepdf.Dictionary) else None
    yield from _below(tree, {}, (), limits)


def _below(
    node: pikepdf.Object | None, above: Mapping[str, pikepdf.Object], path: tuple[_Key, ...], limits: Limits
) -> Iterator[_Page]:
    if not isinstance(node, pikepdf.Dictionary) or (node.is_indirect and node.objgen in path):
        return
    hold(limits, "nesting", len(path), f"The page tree is {len(path)} nodes deep")
    kids = node.get("/Kids")
    if not isinstance(kids, pikepdf.Array):
        yield _Page(node, above)
        return
    inherited = {**above, **{name: node[name] for name in ("/MediaBox", "/CropBox", "/Resources") if name in node}}
    for kid in kids:
        yield from _below(kid, inherited, (*path, node.objgen), limits)


def _page_load(number: int, page: _Page, memo: dict[_Key, _Load], limits: Limits) -> _Load:
    """What a page asks for, forms in forms counted as often as they are painted."""
    contents = page.own.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    load = _Load()
    for stream in streams:
        load = load.plus(_load(stream, page.get("/Resources"), memo, (), limits))
        hold(limits, "document_bytes", load.size, f"Page {number} comes to {load.size:,} bytes, repeats added up")
    return load


def _load(
    stream: object, resources: pikepdf.Object | None, memo: dict[_Key, _Load], path: tuple[_Key, ...], limits: Limits
) -> _Load:
    """What painting a stream asks for; a form that paints itself is not followed."""
    if not isinstance(stream, pikepdf.Stream) or stream.objgen in path:
        return _Load()
    hold(limits, "nesting", len(path), f"Forms are nested {len(path)} deep")
    if stream.objgen not in memo:
        memo[stream.objgen] = _painted(stream, stream.get("/Resources", resources), memo, path, limits)
    return memo[stream.objgen]


def _painted(
    stream: pikepdf.Stream,
    resources: pikepdf.Object | None,
    memo: dict[_Key, _Load],
    path: tuple[_Key, ...],
    limits: Limits,
) -> _Load:
    inflated = _inflated(stream, limits, keep=True)
    counts = {"text": 0, "rule": 0}
    painted: dict[str, int] = {}
    for match in _OPERATOR.finditer(inflated.data):
        if match.lastgroup == "form":
            name = "/" + match["form"].decode("latin-1")
            painted[name] = painted.get(name, 0) + 1
        else:
            counts[match.lastgroup or ""] += 1
    load = _Load(inflated.size, counts["text"], counts["rule"], int(not inflated.whole))
    for name, times in painted.items():
        form = _form(resources, name)
        if form is not None:
            load = load.plus(_load(form, resources, memo, (*path, stream.objgen), limits), times)
    return load


def _form(resources: pikepdf.Object | None, name: str) -> pikepdf.Object | None:
    """What a page paints by a name, unless it is a picture."""
    forms = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    form = forms.get(name) if isinstance(forms, pikepdf.Dictionary) else None
    return None if _is_image(form) else form


def _inflated(stream: pikepdf.Stream, limits: Limits, *, keep: bool) -> Inflated:
    """A stream inflated, every layer of it counted; a picture's own coding is left as it is."""
    filters, parameters = _listed(stream, "/Filter"), _listed(stream, "/DecodeParms")
    layers = known_layers([str(name) for name in filters])
    for number, said in enumerate(parameters[: len(layers)]):
        if isinstance(said, pikepdf.Dictionary) and said.get("/EarlyChange") == 0 and layers[number] is lzw:
            layers[number] = LATE_LZW
    found = inflate(stream.read_raw_bytes(), layers, limits.stream_bytes, keep=keep and len(layers) == len(filters))
    number = stream.objgen[0]
    hold(limits, "stream_bytes", found.size, f"Stream {number} inflates to {found.size:,} bytes or more")
    return _without_prediction(stream, found) if found.data and parameters else found


def _listed(stream: pikepdf.Stream, name: str) -> list[object]:
    """What a stream says under a name, once or in a list."""
    said = stream.get(name)
    return list(said) if isinstance(said, pikepdf.Array) else [] if said is None else [said]


def _without_prediction(stream: pikepdf.Stream, found: Inflated) -> Inflated:
    """A stream that may say of its bytes only how they differ from others; it is known to be small by now."""
    try:
        return replace(found, data=stream.read_bytes())
    except pikepdf.PdfError:
        return found


def _is_image(stream: object) -> bool:
    return isinstance(stream, pikepdf.Stream) and stream.get("/Subtype") == "/Image"


def _other_bytes(pdf: pikepdf.Pdf, memo: Mapping[_Key, _Load], limits: Limits) -> int:
    """What all streams inflate to that no page paints: fonts, maps of fonts, what belongs to nothing.

    Pictures are held to the limit of a stream and not added up, as no reader of text inflates them.
    """
    others = (each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.objgen not in memo)
    return sum(size for each in others if (size := _inflated(each, limits, keep=False).size) and not _is_image(each))


def _over(number: int, page: _Page, load: _Load, limits: Limits) -> str | None:
    """The sentence on the limit that a page is over; None where it is over none."""
    side = _side(page)
    try:
        hold(limits, "page_points", side, f"Page {number} is {side:,.0f} points long")
        hold(limits, "page_texts", load.texts, f"Page {number} shows {load.texts:,} pieces of text")
        hold(limits, "page_rules", load.rules, f"Page {number} draws {load.rules:,} lines and boxes")
    except OverLimit as fault:
        return str(fault)
    return None


def _side(page: _Page) -> float:
    """A page's longer side in points; 0 where it does not say."""
    box, unit = upright(page.get("/MediaBox")), page.own.get("/UserUnit", 1)
    scale = float(unit) if isinstance(unit, int | Decimal) else 1.0
    return max(box[2] - box[0], box[3] - box[1]) * scale if box else 0.0


def upright(box: object) -> tuple[float, float, float, float] | None:
    """A page's box in points from its bottom left to its top right; None for what is no box."""
    numbers = [float(n) for n in box if isinstance(n, int | Decimal)] if isinstance(box, pikepdf.Array) else []
    if len(numbers) != 4:
        return None
    x0, y0, x1, y1 = numbers
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _is_askew(box: object) -> bool:
    """Whether a box that is there is no box, or is given from another corner than its bottom left."""
    if not isinstance(box, pikepdf.Array):
        return False
    found = upright(box)
    return found is None or found != tuple(float(n) for n in box if isinstance(n, int | Decimal))
