"""Sets the text papers as PDFs in several styles: the same words and figures on other pages.

The same blocks in the same style give the same bytes: fonts come with the packages, and nothing is dated.
"""

import ctypes
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import font_source_sans_pro
import pypdfium2
import typst
from manuscript import Entry, Grid, Prose
from pypdfium2 import raw as pdfium

SANS, SERIF, ROMAN = "Source Sans Pro", "Libertinus Serif", "New Computer Modern"
# Tables of more columns than this stand across the page, on pages of their own where the text has two columns.
_NARROW = 4
# A character is about as wide as this share of its size; a column wants the square root of what its cells hold.
_CHARACTER = 0.5
_FULL = 3.2
_BOLD = 1.2
_LINE = "0.5pt"


@dataclass(frozen=True, slots=True)
class Style:
    """How a paper is set. Sizes are points; `page` is the width and the height of an upright page.

    `rules` draws each cell (`grid`), lines between rows (`rows`) or nothing; `shaded` gives every other row a ground.
    `apart` gives parts rows of their own, ruled where rows are, and `middle` sets what stands beside them half way
    down. `repeated` prints the heading on every page of a table. `amounts` is the side that figures stand on.
    `columns` are those of the running text; `wide` lays the pages of wide tables on their side.
    `turned` is the /Rotate of every page, shown upright; on its side where the file is not `told` of it. `crop` is a
    margin of paper that its CropBox cuts off.
    `spread` is the share of the line that a small table takes, `small` the size of a table's words against the
    text's, `inset` the room beside and above what stands in a cell.
    """

    name: str
    rules: str = "grid"
    shaded: bool = False
    apart: bool = False
    repeated: bool = True
    amounts: str = "left"
    middle: bool = False
    columns: int = 1
    wide: bool = True
    turned: int = 0
    told: bool = True
    crop: float = 0
    font: str = SANS
    size: float = 10
    page: tuple[float, float] = (595, 842)
    margin: float = 62
    spread: float = 1
    small: float = 0.9
    inset: tuple[float, float] = (4, 2)


def typeset(blocks: Sequence[Prose | Grid], style: Style) -> bytes:
    """The blocks as a PDF."""
    source = "\n".join([_preamble(style), *(_section(*section, style) for section in _sections(blocks, style))])
    pdf = typst.compile(source.encode(), font_paths=_fonts(), pdf_tags=False)
    return _turned(pdf, style) if style.turned or style.crop else pdf


def _sections(blocks: Sequence[Prose | Grid], style: Style) -> Iterator[tuple[list[Prose | Grid], bool]]:
    """The blocks as runs of those on pages for wide tables, where what heads them stands too, and of the others."""
    wide = [isinstance(block, Grid) and _is_wide(block, style) for block in blocks]
    for number in reversed(range(1, len(blocks))):
        block, above = blocks[number - 1], blocks[max(0, number - 2)]
        heads = isinstance(block, Prose) and (block.heading or (isinstance(above, Prose) and above.heading))
        wide[number - 1] |= wide[number] and heads
    for across, run in groupby(zip(wide, blocks, strict=True), key=lambda pair: pair[0]):
        yield [block for _, block in run], across


def _is_wide(grid: Grid, style: Style) -> bool:
    return grid.columns > _NARROW and (style.wide or style.columns > 1)


def _section(blocks: Sequence[Prose | Grid], across: bool, style: Style) -> str:
    text = "\n".join(_block(block, style) for block in blocks)
    return f"#page(flipped: {str(style.wide).lower()}, columns: 1)[\n{text}\n]" if across else text


@cache
def _fonts() -> typst.Fonts:
    """The fonts of the packages, and none of the machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=[font_source_sans_pro.font_directory])


def _preamble(style: Style) -> str:
    width, height = style.page
    return f"""
#set document(date: none)
#set page(width: {width}pt, height: {height}pt, margin: {style.margin}pt, columns: {style.columns}, numbering: "1")
#set text(font: "{style.font}", size: {style.size}pt, lang: "en", hyphenate: false)
#set text(top-edge: "ascender", bottom-edge: "descender", costs: (orphan: 0%, widow: 0%))
#set par(leading: 0.12em, spacing: 1em)
#set table(inset: (x: {style.inset[0]}pt, y: {style.inset[1]}pt), stroke: none)
#show table: set text(size: {style.size * style.small}pt)
#let over(size, body) = block(above: 1.6em, below: 0.9em, sticky: true, text(size: size, weight: "bold", body))
"""


def _block(block: Prose | Grid, style: Style) -> str:
    if isinstance(block, Grid):
        share = 100 if block.columns > _NARROW else 100 * style.spread
        return f"#block(width: {share}%, {_table(block, style)})"
    if block.heading:
        return f"#over({style.size * 1.15}pt, {_quoted(block.text)})"
    return f"#par({_quoted(block.text)})"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _table(grid: Grid, style: Style) -> str:
    widths = ", ".join(f"{width:.1f}fr" for width in _widths(grid, style))
    cells = [_cell(entry, grid, style) for entry in sorted(grid.entries, key=lambda e: (e.row, e.column))]
    head, body = cells[: _heading_cells(grid)], cells[_heading_cells(grid) :]
    header = [f"table.header(repeat: {str(style.repeated).lower()}, {', '.join(head)})"] if head else []
    return f"table(columns: ({widths}), {', '.join([*header, *body])})"


def _heading_cells(grid: Grid) -> int:
    return sum(entry.row < grid.header_rows for entry in grid.entries)


def _widths(grid: Grid, style: Style) -> list[float]:
    """How wide the columns are, in characters: each has what it needs at least, and a share of what is left."""
    needs = [_need(grid, column) for column in range(grid.columns)]
    across = _is_wide(grid, style)
    width = style.page[1 if across and style.wide else 0] - 2 * style.margin
    room = width * (1 if across else style.spread / style.columns) / (style.size * style.small * _CHARACTER)
    least, wished = (sum(each) for each in zip(*needs, strict=True))
    share = max(0.0, room - least) / max(1.0, wished - least)
    return [least + share * (wish - least) for least, wish in needs]


def _need(grid: Grid, column: int) -> tuple[float, float]:
    """The characters that a column needs, so that no word or amount breaks, and those that it would fill."""
    own = [entry for entry in grid.entries if entry.column == column and entry.column_span == 1 and entry.pieces]
    words = [
        len(word) * (_BOLD if entry.row < grid.header_rows else 1)
        for entry in own
        for piece in entry.pieces
        for word in piece.split()
    ]
    pieces = [piece for entry in own for piece in entry.pieces if entry.row >= grid.header_rows]
    whole = max(map(len, pieces), default=0)
    least = max(whole if column in grid.figures else 0, *words, 4) + 3
    full = sum(len(" ".join(entry.pieces)) for entry in own) / max(1, len(own))
    return least, max(least, min(full**0.5 * _FULL, whole + 3))


def _cell(entry: Entry, grid: Grid, style: Style) -> str:
    figure = entry.column in grid.figures
    heading = entry.row < grid.header_rows
    where = f"x: {entry.column}, y: {entry.row}, rowspan: {entry.row_span}, colspan: {entry.column_span}"
    cut = str(style.apart or entry.row_span == 1).lower()
    across = style.amounts if figure else "left"
    along = "horizon" if style.middle and entry.row_span > 1 else "top"
    how = f"align: {across} + {along}, fill: {_fill(entry, grid, style)}, stroke: {_stroke(entry, grid, style)}"
    lines = " + linebreak() + ".join(map(_quoted, entry.pieces)) or "[]"
    text = f'text(weight: "bold", {lines})' if heading and entry.pieces else lines
    return f"table.cell({where}, {how}, breakable: {cut}, {text})"


def _stroke(entry: Entry, grid: Grid, style: Style) -> str:
    """The lines around a cell. Parts that only their height tells apart have none between them."""
    if style.rules == "none":
        return "none"
    last = entry.row + entry.row_span
    ends = last == len(grid.groups) or grid.groups[last] != grid.groups[last - 1]
    starts = entry.row == 0 or grid.groups[entry.row] != grid.groups[entry.row - 1]
    top = _LINE if starts or style.apart else "none"
    bottom = _LINE if ends or style.apart else "none"
    sides = _LINE if style.rules == "grid" else "none"
    return f"(top: {top}, bottom: {bottom}, left: {sides}, right: {sides})"


def _fill(entry: Entry, grid: Grid, style: Style) -> str:
    if not style.shaded:
        return "none"
    if entry.row < grid.header_rows:
        return "luma(205)"
    return "luma(235)" if grid.groups[entry.row] % 2 else "none"


def _turned(pdf: bytes, style: Style) -> bytes:
    """Pages that are stored on their side or on larger paper, and shown as they were set."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        _turn(page, style)
    saved = io.BytesIO()
    document.save(saved)
    # What differs from one saving to the next: the mark of the file.
    return re.sub(rb"/ID\[\(.{24}\)<\w+>\]", b"", saved.getvalue())


def _turn(page: pypdfium2.PdfPage, style: Style) -> None:
    width, height = page.get_size()
    edge = style.crop
    moves = {
        0: (1, 0, 0, 1, edge, edge),
        90: (0, 1, -1, 0, height + edge, edge),
        270: (0, -1, 1, 0, edge, width + edge),
    }
    across, along = (height, width) if style.turned % 180 else (width, height)
    page.set_mediabox(0, 0, across + 2 * edge, along + 2 * edge)
    page.set_cropbox(edge, edge, across + edge, along + edge)
    matrix = pdfium.FS_MATRIX(*moves[style.turned])
    whole = pdfium.FS_RECTF(0, along + 2 * edge, across + 2 * edge, 0)
    pdfium.FPDFPage_TransFormWithClip(page, ctypes.byref(matrix), ctypes.byref(whole))
    page.set_rotation(style.turned if style.told else 0)


# The styles in which papers come; what no style says is as in `Style`.
STYLES = {
    style.name: style
    for style in (
        Style("grid", font=SERIF, size=10.5),
        Style("shaded", rules="none", shaded=True, size=10, inset=(5, 3)),
        Style("merged", apart=True, repeated=False, page=(520, 760), font=ROMAN, size=9),
        Style("centred", apart=True, middle=True, amounts="right", size=9.5, page=(595, 780)),
        Style("turned", turned=90, font=SERIF, size=10),
        Style("cropped", turned=270, crop=31, rules="rows", font=ROMAN, size=9, wide=False, margin=40),
        Style("sideways", turned=90, told=False, amounts="right", font=SERIF, size=9.5),
        Style("headlong", turned=270, told=False, rules="rows", font=ROMAN, size=10),
        Style("bare", rules="none", amounts="right", size=10, inset=(5.4, 2), spread=0.8),
        Style("columns", columns=2, rules="rows", size=9, margin=45, font=SERIF),
        Style("rows", rules="rows", amounts="right", font=SERIF, size=9.5, page=(595, 700)),
    )
}
