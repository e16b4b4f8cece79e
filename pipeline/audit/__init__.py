"""The audit report: a folder for any browser, without server or network; from any figure to its place, and back."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from shutil import rmtree
from typing import Any

import pyarrow as pa
from jinja2 import Environment, PackageLoader, StrictUndefined

from extractors.files.limits import LIMITS, Limits
from pipeline.audit.charts import evidence, pictures
from pipeline.audit.data import Row, by_paper, paper_data
from pipeline.audit.needs import needs
from pipeline.audit.pages import draw, lines
from pipeline.isolate import PAGES, Job, Told, alone

FOLDER = "audit"
_ASSETS = ("script.js", "style.css")
_PAGES = ("index.html", "pictures.html", "certificate.html")
# File systems allow names of 255 bytes; ours have a little before and behind the paper's.
_LONGEST_NAME = 200
_PRINTED = re.compile(r"('[^'\n]{1,60}'|\b[A-Z]{2}\d{1,4}\b)")
_UNREAD = ("unreadable", "quarantined")


@dataclass(frozen=True, slots=True)
class Sources:
    """What the report shows besides the tables: the papers' files by paper_id, the columns of figures by their id.

    `marks` are the rows of raw/corrections.csv and raw/signoff.csv, which it takes up; `limits` those of drawing.
    """

    papers: Mapping[str, Path]
    columns: Mapping[str, int] = field(default_factory=dict)
    marks: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    limits: Limits = LIMITS


def audit(out: Path, tables: Mapping[str, pa.Table], record: Mapping[str, Any], sources: Sources) -> None:
    """Write the report of an output folder into it. Raises OSError where the disk does not take it."""
    folder = out / FOLDER
    (folder / "data").mkdir(parents=True)
    rows = {name: table.to_pylist() for name, table in tables.items()}
    shown = {
        paper_id: paper_data(
            own, _shown(own["papers"][0], sources, folder / "pages" / file_name(paper_id)), sources.columns
        )
        for paper_id, own in sorted(by_paper(tables).items())
    }
    for paper_id, data in shown.items():
        write_data(folder, f"p-{file_name(paper_id)}", "paper", data)
    write_data(folder, "index", "index", _index(rows, shown))
    write_data(folder, "marks", "marks", {name: list(own) for name, own in sources.marks.items()})
    write_data(folder, "sample", "sample", None)
    for name in _ASSETS:
        (folder / name).write_bytes(files(__package__).joinpath(name).read_bytes())
    context = _context(out, rows, shown, record)
    for name in _PAGES:
        (folder / name).write_text(_templates().get_template(name).render(context), encoding="utf-8")


def file_name(paper_id: str) -> str:
    """A paper's name in the report's folder: its id, or where that is longer than a file's name may be, a hash of it.

    >>> file_name("a-paper")
    'a-paper'
    """
    return paper_id if len(paper_id) <= _LONGEST_NAME else sha256(paper_id.encode()).hexdigest()


def write_data(folder: Path, file: str, what: str, value: object) -> None:
    """Data as a script: a page that is opened from a disk may load scripts, but nothing else."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    (folder / "data" / f"{file}.js").write_text(f"panelPapers.{what}({text});\n", encoding="ascii")


def pieces(sentence: str) -> list[str]:
    """A sentence cut at what it quotes and at codes, which are every second piece: l, I and 1 look different there.

    >>> pieces("It is printed 'Cl003' for CI003.")
    ['It is printed ', "'Cl003'", ' for ', 'CI003', '.']
    """
    return _PRINTED.split(sentence)


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader(__package__), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters["pieces"] = pieces
    return made


def _shown(paper: Row, sources: Sources, folder: Path) -> Row:
    """The pages or lines of a paper; none of one that was not read, or that is not the same file any more."""
    path = sources.papers[paper["paper_id"]]
    if paper["status"] in _UNREAD or not path.is_file():
        return {"pages": []}
    try:
        data = path.read_bytes()
    except OSError:
        return {"pages": []}
    if sha256(data).hexdigest() != paper["sha256"]:
        return {"pages": []}
    return (
        {"lines": lines(data)}
        if paper["media_type"] == "text/plain"
        else {"pages": _drawn(data, paper, folder, sources.limits)}
    )


def _drawn(data: bytes, paper: Row, folder: Path, limits: Limits) -> list[Row]:
    """The pages of a PDF, drawn in a process of its own; none where that does not end well."""
    ended = alone(Job(partial(_draw, data, paper["pages"] or 1, folder, limits), memory="drawing_bytes"), limits)
    if ended.answer is None:
        rmtree(folder, ignore_errors=True)
        return []
    pages: list[Row] = json.loads(ended.answer)
    return pages


def _draw(data: bytes, count: int, folder: Path, limits: Limits, told: Told) -> bytes:
    told(PAGES, count)
    return json.dumps(list(draw(data, folder, limits))).encode("ascii")


def _index(rows: Mapping[str, Sequence[Row]], shown: Mapping[str, Row]) -> Row:
    """What is needed before any paper is opened: the papers' names, and every value to search in."""
    return {
        "papers": [
            {"id": paper["paper_id"], "name": file_name(paper["paper_id"]),
             "title": paper["title"] or paper["file"], "file": paper["file"],
             "sha256": paper["sha256"], "status": paper["status"]}
            for paper in rows["papers"]
        ],
        "search": [
            [paper_id, v["id"], v["raw"] or "", v["item"] or "", (v["title"] or "")[:80], v.get("financial_year") or "",
             _where(data, v)]
            for paper_id, data in shown.items()
            for v in data["values"]
        ],
    }  # fmt: skip


def _where(data: Row, value: Row) -> str:
    return f"{'line' if 'lines' in data else 'page'} {value['at'][0]}" if value["at"] else ""


def _context(
    out: Path, rows: Mapping[str, Sequence[Row]], shown: Mapping[str, Row], record: Mapping[str, Any]
) -> dict[str, Any]:
    groups = needs(rows)
    findings = rows["findings"]
    return {
        "groups": groups,
        "papers": list(_papers(rows, shown)),
        "files": {row["paper_id"]: row["file"] for row in rows["papers"]},
        "evidence": evidence(rows["allocations"]),
        "counts": record["counts"],
        "versions": record["versions"],
        "pictures": pictures(rows),
        "open": [row for row in findings if row["severity"] == "error"],
        "warnings": sum(row["severity"] == "warning" for row in findings),
        "applied": [row for row in findings if row["rule"] == "correction-applied"],
        "disputed": [row for row in findings if row["rule"] == "disputed"],
        "pools": [row for row in findings if row["rule"] == "shared-pool"],
        "parked": [row for row in findings if row["rule"] in ("correction-stale", "correction-unused",
                                                               "correction-invalid")],
        "outputs": [(path.name, sha256(path.read_bytes()).hexdigest()) for path in sorted(out.glob("*.csv"))],
    }  # fmt: skip


def _papers(rows: Mapping[str, Sequence[Row]], shown: Mapping[str, Row]) -> Iterator[Row]:
    """Each paper with what was read from it, for the list of papers and the certificate."""
    for paper in rows["papers"]:
        own = {name: [row for row in rows[name] if row.get("paper_id") == paper["paper_id"]] for name in
               ("tables", "allocations", "findings")}  # fmt: skip
        data = shown[paper["paper_id"]]
        yield {
            **paper,
            "tables": len(own["tables"]),
            "figures": sum(row["value_status"] == "printed" for row in own["allocations"]),
            "evidence": evidence(own["allocations"]),
            "serious": sum(row["severity"] != "notice" for row in own["findings"]),
            "extent": _extent(paper, data),
        }


def _extent(paper: Row, data: Row) -> str:
    """How long a paper is; a dash for one that was not read."""
    if paper["status"] in _UNREAD:
        return "–"
    what, count = ("line", len(data["lines"])) if "lines" in data else ("page", paper["pages"] or 0)
    return f"{count:,} {what}{'' if count == 1 else 's'}"
