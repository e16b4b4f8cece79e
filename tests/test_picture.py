"""`panel-papers show` draws a page of a PDF with what was read, and says in a sentence why it cannot."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from pipeline import isolate
from pipeline.cli import main

RAW = Path(__file__).resolve().parents[1] / "raw"
CONTRACTS, INTENTIONS = RAW / "specimen-contracts-2016.pdf", RAW / "specimen-intentions-2015.pdf"
TEXT = RAW / "specimen-plan-2012.txt"
PURPLE = (0xB3, 0x00, 0x59)
# A page, its size in points as displayed, and the tables that have a cell on it.
PAGES = [
    (CONTRACTS, 2, (842, 595), ["t01"]),
    (CONTRACTS, 3, (842, 595), ["t01"]),
    (INTENTIONS, 1, (595, 700), ["t01", "t02"]),
    (INTENTIONS, 2, (595, 700), ["t02", "t03"]),
]


def show(*arguments: object) -> Result:
    """The command in this process."""
    return CliRunner().invoke(main, ["show", *map(str, arguments)])


def tables(result: Result) -> list[str]:
    """The tables that a run names."""
    return [line.split()[0].rpartition("/")[2] for line in result.output.splitlines() if line.startswith("specimen-")]


def colours(png: Path) -> set[tuple[int, ...]]:
    """Every colour of a picture."""
    with Image.open(png) as image:
        assert image.format == "PNG"
        return {colour for _, colour in image.convert("RGB").getcolors(1 << 24)}


@pytest.mark.parametrize(("paper", "page", "size", "named"), PAGES, ids=str)
def test_page_is_drawn_with_its_tables(
    paper: Path, page: int, size: tuple[int, int], named: list[str], tmp_path: Path
) -> None:
    png = tmp_path / "page.png"
    result = show(paper, "--page", page, "--png", png)
    assert (result.exit_code, tables(result)) == (0, named)
    assert PURPLE in colours(png)
    with Image.open(png) as image:
        assert image.size == tuple(2 * side for side in size)


def test_page_without_a_table_says_so_and_is_drawn_without_outlines(tmp_path: Path) -> None:
    png = tmp_path / "page.png"
    result = show(CONTRACTS, "--page", 1, "--png", png)
    assert (result.exit_code, result.output) == (0, "No table was found on page 1.\n")
    assert PURPLE not in colours(png)
    with Image.open(png) as image:
        assert image.size == (1190, 1684)


def test_page_without_a_picture_only_names_its_tables() -> None:
    result = show(INTENTIONS, "--page", 2)
    assert (result.exit_code, tables(result)) == (0, ["t02", "t03"])


def test_one_table_of_a_page() -> None:
    assert tables(show(INTENTIONS, "3", "--page", 2)) == ["t03"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((CONTRACTS, "--page", 4), "Name a page with --page: specimen-contracts-2016.pdf has pages 1 to 3."),
        ((INTENTIONS, "--page", 99), "Name a page with --page: specimen-intentions-2015.pdf has pages 1 to 2."),
        ((INTENTIONS,), "Name a page with --page: specimen-intentions-2015.pdf has pages 1 to 2."),
        ((TEXT, "--page", 1), "specimen-plan-2012.txt has no pages: it is a text paper."),
        ((TEXT,), "specimen-plan-2012.txt has no pages: it is a text paper."),
    ],
    ids=["page after the last", "page far beyond", "no page named", "page of a text paper", "text paper"],
)
def test_what_cannot_be_drawn_is_said_and_nothing_is_written(
    arguments: tuple[object, ...], said: str, tmp_path: Path
) -> None:
    png = tmp_path / "page.png"
    result = show(*arguments, "--png", png)
    assert (result.exit_code, result.output) == (2, f"Error: {said}\n")
    assert not png.exists()


def test_text_paper_has_no_page_to_name() -> None:
    result = show(TEXT, "--page", 1)
    assert (result.exit_code, result.output) == (2, f"Error: {TEXT.name} has no pages: it is a text paper.\n")


def test_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    png = tmp_path / "nowhere" / "page.png"
    result = show(CONTRACTS, "--page", 1, "--png", png)
    assert (result.exit_code, result.output) == (2, f"Error: {png}: No such file or directory.\n")


def test_page_is_drawn_no_larger_than_the_limit(tmp_path: Path) -> None:
    png = tmp_path / "page.png"
    assert show(CONTRACTS, "--page", 2, "--png", png, "--limit", "drawing_pixels=10000").exit_code == 0
    with Image.open(png) as image:
        assert 9_000 < image.width * image.height <= 10_200
    assert PURPLE in colours(png)


def test_page_is_drawn_in_a_process_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    start = isolate._started

    def started(number: int, job: isolate.Job, *more: object) -> object:
        begun.append(job.memory)
        return start(number, job, *more)

    monkeypatch.setattr(isolate, "_started", started)
    assert show(CONTRACTS, "--page", 2, "--png", tmp_path / "page.png").exit_code == 0
    assert begun == ["memory_bytes", "drawing_bytes"]


def test_drawing_that_takes_too_much_is_told_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.picture.pictures", lambda *_, **__: bytes(2**30))
    result = show(CONTRACTS, "--page", 2, "--png", tmp_path / "page.png", "--limit", "drawing_bytes=100000")
    assert (result.exit_code, "Page 2 cannot be drawn." in result.output) == (2, True)
    assert "drawing_bytes of 100,000" in result.output
    assert not (tmp_path / "page.png").exists()
