"""The same papers on other pages: a text paper typeset as a PDF gives what the text gives, whatever the style.

The papers are compared in every style; the specimens in other fonts, sizes and widths too, so that their pages and
lines break elsewhere.
"""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from conftest import SPECIMENS
from manuscript import Grid, blocks
from renditions import figures, intentions, measures, original, out_of_place, rendition
from specimens import RAW, TEXTS, specimen
from specimens import STYLES as SPECIMEN_STYLES
from typeset import ROMAN, SANS, SERIF, STYLES, Style, typeset

from extractors.text import extract
from pipeline.result import Result

pytestmark = pytest.mark.slow

# Fonts, sizes and widths that the styles are set in beside their own.
VARIED = ((SANS, 9, 40), (ROMAN, 8, 0), (SANS, 11, 130))
# Papers on further pages, each of which was misread once: the paper's year, the style, its font and size, the page and
# its margin.
FURTHER = (
    ("2012", "centred", SANS, 8, (535, 760), 62), ("2013", "bare", SERIF, 11, (655, 702), 62),
    ("2013", "bare", SANS, 10, (565, 902), 62), ("2013", "bare", ROMAN, 8, (420, 595), 30),
    ("2013", "cropped", SERIF, 9, (595, 662), 40), ("2013", "cropped", SERIF, 12, (612, 792), 72),
    ("2013", "grid", SERIF, 12.5, (595, 700), 62), ("2013", "merged", ROMAN, 13, (640, 842), 62),
    ("2014", "bare", ROMAN, 8.5, (615, 752), 62), ("2014", "cropped", ROMAN, 13, (640, 842), 40),
    ("2014", "cropped", SERIF, 10, (842, 1191), 40), ("2014", "grid", SERIF, 11, (655, 702), 62),
    ("2014", "merged", SERIF, 12.5, (595, 700), 62), ("2014", "rows", ROMAN, 8.5, (615, 610), 62),
    ("2015", "bare", ROMAN, 7.5, (555, 792), 62), ("2015", "bare", SERIF, 11, (655, 702), 62),
    ("2015", "bare", SERIF, 12.5, (595, 700), 62), ("2015", "columns", ROMAN, 8.5, (615, 752), 45),
    ("2015", "rows", SERIF, 11, (655, 560), 62),
)  # fmt: skip
TESTS = Path(__file__).parent


def faults(path: Path, style: Style) -> dict[str, list[str]]:
    """What a rendition has otherwise than its text, in words, by what it is; each figure says whether it is silent."""
    expected, (data, made) = original(path), rendition(path, style)
    pairs = {
        "figures": figures(expected, made),
        "intentions": intentions(expected, made),
        "measures": measures(expected, made),
    }
    found = {name: [str(pair) for pair in own if pair.state != "right"] for name, own in pairs.items()}
    found["out of place"] = out_of_place(data, made)
    found["pounds lost"] = pounds_lost(expected, made)
    return {name: own for name, own in found.items() if own}


def pounds_lost(expected: Result, made: Result) -> list[str]:
    """The pound signs of a text that its pages do not show, and those that are not accounted for."""
    lost = expected.laws["pound signs printed"] - made.laws["pound signs printed"]
    untold = made.laws["pound signs printed"] - made.laws["pound signs accounted for"]
    return [*[f"{lost} not read"] * (lost > 0), *[f"{untold} not accounted for"] * (untold > 0)]


def varied(style: Style, font: str, size: float, wider: float) -> Style:
    """A style in another font and size, on wider pages."""
    width, height = style.page
    return replace(style, font=font, size=size, page=(width + wider, height))


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_a_rendition_gives_what_the_text_gives(paper_path: Path, style: Style) -> None:
    assert faults(paper_path, style) == {}


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.stem)
@pytest.mark.parametrize("change", VARIED, ids=lambda change: "-".join(map(str, change)).replace(" ", ""))
@pytest.mark.parametrize("name", STYLES)
def test_where_lines_and_pages_break_changes_nothing(path: Path, name: str, change: tuple[str, float, float]) -> None:
    assert faults(path, varied(STYLES[name], *change)) == {}


@pytest.mark.parametrize("case", FURTHER, ids=lambda case: "-".join(map(str, case[:4])).replace(" ", ""))
def test_papers_on_further_pages_give_what_the_text_gives(
    papers: list[Path], case: tuple[str, str, str, float, tuple[float, float], float]
) -> None:
    year, name, font, size, page, margin = case
    (path,) = (path for path in papers if path.stem.startswith(year) and "excerpt" not in path.stem)
    assert faults(path, replace(STYLES[name], font=font, size=size, page=page, margin=margin)) == {}


@pytest.mark.parametrize("name", SPECIMEN_STYLES)
def test_a_specimen_gives_what_its_text_gives(name: str) -> None:
    assert faults(TEXTS / f"{name}.txt", SPECIMEN_STYLES[name]) == {}


@pytest.mark.parametrize("name", SPECIMEN_STYLES)
def test_a_specimen_is_what_its_text_is_typeset_as(name: str) -> None:
    """After a change to a text or a style: `make specimens`."""
    assert (RAW / f"{name}.pdf").read_bytes() == specimen(name)


def test_every_pdf_of_raw_is_typeset_from_a_text_and_small() -> None:
    found = {path.stem: path.stat().st_size for path in RAW.glob("*.pdf")}
    assert set(found) == set(SPECIMEN_STYLES) == {path.stem for path in TEXTS.glob("*.txt")}
    assert max(found.values()) < 300_000


@pytest.mark.parametrize("style", [STYLES["grid"], STYLES["turned"], STYLES["cropped"]], ids=lambda style: style.name)
def test_another_process_gives_the_same_bytes(style: Style) -> None:
    script = (
        "import sys; from hashlib import sha256; from pathlib import Path; from extractors.text import extract;"
        "from manuscript import blocks; from typeset import STYLES, typeset;"
        "style = STYLES[sys.argv[1]]; data = Path(sys.argv[2]).read_bytes();"
        "print(sha256(typeset(blocks(extract(data), apart=style.apart), style)).hexdigest())"
    )
    command = [sys.executable, "-c", script, style.name, str(SPECIMENS[0])]
    runs = [
        subprocess.run(command, cwd=TESTS, capture_output=True, text=True, check=True, env=environment).stdout
        for environment in ({**os.environ, "TZ": "UTC"}, {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"})
    ]
    assert runs[0] == runs[1] != ""


def test_styles_set_every_figure_of_a_paper() -> None:
    """What no page shows cannot be read from one: the typesetter loses no amount."""
    document = extract(SPECIMENS[1].read_bytes())
    for apart in (False, True):
        grids = [block for block in blocks(document, apart=apart) if isinstance(block, Grid)]
        shown = sum("".join(entry.pieces).count("£") for grid in grids for entry in grid.entries)
        printed = sum(line.text.count("£") for table in document.tables for cell in table.cells for line in cell.lines)
        assert shown == printed > 0


def test_rotated_and_cropped_pages_are_what_they_say() -> None:
    """A page that lies on its side in the file is shown upright: its first words stand at its top."""
    pages = blocks(extract(SPECIMENS[0].read_bytes()), apart=False)
    for name, turned in (("turned", 90), ("cropped", 270)):
        document = pypdfium2.PdfDocument(typeset(pages, STYLES[name]))
        assert {page.get_rotation() for page in document} == {turned}
        assert document[0].get_size() == STYLES[name].page
