"""The commands of the auditor: draw a sample from a finished run, and say what its sign-off gave."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pyarrow import parquet

from pipeline.audit import FOLDER, write_data
from pipeline.audit.data import Row, plain
from pipeline.audit.needs import link
from pipeline.audit.sample import Checked, draw_sample, result_of
from pipeline.corrections import place_text, rows_of
from pipeline.write import write_record

SAMPLE = "sample.csv"
_COLUMNS = ("number", "agree", "dispute", "file", "where", "found", "item", "financial_year", "amount_gbp", "figure",
            "link")  # fmt: skip


class NoRun(Exception):
    """There is no finished run, or no sign-off, to go by; the message is a sentence for people."""


def sample(out: Path, n: int, seed: int) -> list[dict[str, Any]]:
    """Draw figures at random from the run in `out`; write them into its report and as a CSV with boxes to tick.

    Raises NoRun where `out` has no report, and OSError where it cannot be written.
    """
    if not (out / FOLDER / "index.html").is_file():
        raise NoRun(f"There is no audit report in {out}. Run the extraction first.")
    papers = {row["paper_id"]: row for row in parquet.read_table(out / "papers.parquet").to_pylist()}
    lines = parquet.read_table(out / "allocations.parquet").to_pylist()
    printed = {row["allocation_id"]: row for row in lines if row["amount_raw"]}
    drawn = [_figure(papers, printed[name]) for name in draw_sample(list(printed), n, seed)]
    _write_csv(out / FOLDER / SAMPLE, drawn)
    name = f"n={len(drawn)} seed={seed} of={len(printed)}"
    shown = {"name": name, "seed": seed, "of": len(printed), "figures": drawn}
    write_data(out / FOLDER, "sample", "sample", shown)
    write_record(out, json.loads((out / "run.json").read_text(encoding="utf-8")))
    return drawn


def _figure(papers: Mapping[str, Row], row: Row) -> dict[str, Any]:
    paper = papers[row["paper_id"]]
    return {
        "paper": row["paper_id"], "file": paper["file"], "sha256": paper["sha256"], "field": "amount",
        "place": place_text(row), "found": row["amount_raw"], "figure": row["allocation_id"], "item": row["item"],
        "year": row["financial_year"], "amount": plain(row["amount_gbp"]),
        "where": f"page {row['page']}" if row["page"] else f"line {row['line']}",
    }  # fmt: skip


def _write_csv(path: Path, drawn: Sequence[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for number, each in enumerate(drawn, 1):
            address = link(each["paper"], figure=each["figure"])
            words = (each["file"], each["where"], each["found"], each["item"], each["year"], each["amount"])
            writer.writerow((number, "", "", *words, each["figure"], address))


def result(signoff: Path) -> tuple[str, Checked]:
    """The sample that a signoff.csv is of, and what checking it gave.

    Raises NoRun where the file is not there, holds no sample, or nothing of it is judged.
    """
    rows = [row for row in rows_of(signoff) if row.get("sample")]
    if not rows:
        raise NoRun(f"{signoff} holds no sample. Download signoff.csv from the report's page Sample.")
    name = rows[-1]["sample"]
    own = [row for row in rows if row["sample"] == name]
    try:
        return name, result_of([{"verdict": row.get("verdict", "")} for row in own])
    except ValueError as nothing:
        raise NoRun(f"{signoff}: {nothing}.") from nothing
