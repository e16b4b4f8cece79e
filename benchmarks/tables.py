"""Hold our table reader against pdfplumber, camelot and the bare pdfium, on public reports whose tables are keyed.

Each reads the same files in a process of its own; the figures stand side by side. It needs the reports, their keys
and their scorer beside the project, and says so where they are not there.
"""

import ctypes
import importlib.util
import io
import json
import os
import resource
import subprocess
import sys
import warnings
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
REPORTS = SHARED / "icdar2013-eu"
SCORER = SHARED / "check" / "score_tables.py"
Tables = list[dict[str, Any]]


def ours(data: bytes) -> Tables:
    """The first reading alone: no other reader is asked."""
    document = import_module("extractors.pdf").extract(data, ask=lambda *_: [])
    starts = [page.start for page in document.glyphs]
    found = []
    for table in document.tables:
        pages = defaultdict(list)
        for cell in table.cells:
            pages[max(1, bisect_right(starts, cell.place.char_start or 0))].append(cell)
        found += [on_page(number, cells) for number, cells in sorted(pages.items())]
    return found


def on_page(number: int, cells: list[Any]) -> dict[str, Any]:
    first = min(cell.row for cell in cells)
    height = max(cell.row + cell.row_span for cell in cells) - first
    rows = [[""] * max(cell.column + cell.column_span for cell in cells) for _ in range(height)]
    spans = []
    for cell in cells:
        rows[cell.row - first][cell.column] = "\n".join(line.text for line in cell.lines)
        if (cell.row_span, cell.column_span) != (1, 1):
            spans.append((cell.row - first, cell.column, cell.row_span, cell.column_span))
    return {"page": number, "rows": rows, "spans": spans}


def plumber(data: bytes) -> Tables:
    found = []
    with import_module("pdfplumber").open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            found += [{"page": number, "rows": plain(rows)} for rows in page.extract_tables()]
            page.close()
    return found


def plain(rows: list[list[str | None]]) -> list[list[str]]:
    return [[cell or "" for cell in row] for row in rows]


def camelot(**how: str) -> Callable[[bytes], Tables]:
    def read(data: bytes) -> Tables:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tables = import_module("camelot.io").read_pdf(io.BytesIO(data), pages="all", **how)
        return [
            {"page": int(table.page), "rows": [[cell.text for cell in row] for row in table.cells]} for table in tables
        ]

    return read


def floor(data: bytes) -> Tables:
    """What pdfium needs to hand over characters with boxes and fonts, and paths: no table can be read for less."""
    document = import_module("pypdfium2").PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        list(handed(text.raw))
        for each in page.get_objects(max_depth=4):
            each.get_bounds()
        text.close()
        page.close()
    document.close()
    return []


def handed(text: Any) -> Iterator[tuple[float, ...]]:
    c = import_module("pypdfium2.raw")
    box, name, flags = c.FS_RECTF(), ctypes.create_string_buffer(64), ctypes.c_int()
    for index in range(c.FPDFText_CountChars(text)):
        c.FPDFText_GetLooseCharBox(text, index, box)
        c.FPDFText_GetFontInfo(text, index, name, 64, flags)
        yield c.FPDFText_GetUnicode(text, index), box.left, box.bottom, box.right, box.top


ENGINES: dict[str, Callable[[bytes], Tables]] = {
    "ours, first reading": ours,
    "pdfplumber": plumber,
    "camelot lattice": camelot(flavor="lattice", engine="vector"),
    "camelot hybrid": camelot(flavor="hybrid"),
    "pdfium floor": floor,
}


def measured(name: str) -> None:
    """Read all reports with one engine; print what it found, what it took, and its peak memory."""
    read = ENGINES[name]
    reports = sorted(REPORTS.glob("*.pdf"))
    read(reports[0].read_bytes())  # What is loaded at first use is loaded.
    before = os.times()
    found = {path.name: {"tables": read(path.read_bytes())} for path in reports}
    after = os.times()
    spent = after.user + after.system - before.user - before.system
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump({"found": found, "seconds": spent, "peak": peak}, sys.stdout)


def scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score_tables", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scored(score: Any, found: dict[str, Any]) -> str:
    """F1 of the relations, and the shares of figures that are right, silently wrong and invented."""
    total: dict[str, float] = defaultdict(float)
    for name, keys in score.load_ground_truth(str(REPORTS)).items():
        made = [score.table_from_prediction(table) for table in found[name]["tables"]]
        best = max((score.score_document(key, made) for key in keys), key=lambda each: each["prf"][2])
        for each in ("tp", "npred", "ngt"):
            total[each] += best[each]
        for each, count in best["figures"].items():
            total[each] += count
    f1 = score.prf(total["tp"], total["npred"], total["ngt"])[2]
    shares = [total["right"], total["moved"] + total["glued"], total["spurious"]]
    return f"{f1:6.3f}" + "".join(f"{share / total['total']:9.3f}" for share in shares)


def main() -> None:
    if not (REPORTS.is_dir() and SCORER.is_file()):
        print("The reports with keyed tables are not here, so table readers are not compared.")
        return
    import_module("extractors.pdf")
    score = scorer()
    pages = sum(len(import_module("pypdfium2").PdfDocument(path)) for path in REPORTS.glob("*.pdf"))
    print(f"{'':20s}     F1    right    wrong invented  pages/s    MiB  of {pages} pages")
    for name in ENGINES:
        command = [sys.executable, __file__, name]
        done = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        figures = " " * 33 if name == "pdfium floor" else scored(score, done["found"])
        print(f"{name:20s} {figures} {pages / done['seconds']:8.1f} {done['peak']:6.0f}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measured(sys.argv[1])
    else:
        main()
