"""The specimens of raw/ held against their goldens, stage by stage.

A case is a folder of tests/golden that bears the name of its specimen; its goldens stand beside each other there, one
file a stage. A new case is a new folder, and no new code. `make golden` rewrites the goldens: read what changed before
you keep it.
"""

import os
import shutil
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.recognise import Column, Recognised
from pipeline.register import register
from pipeline.result import Result
from pipeline.run import publish, read_paper
from pipeline.write import write_csv
from schemas.records import Cell

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "raw"
GOLDEN = ROOT / "tests" / "golden"
CASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())
WRITE = os.environ.get("GOLDEN") == "write"
IN_CI = "CI" in os.environ

# What a golden shows of a table of the output. Ids are left out: they depend on places, which are shown.
SHOWN = {
    "intentions": ("line", "code", "code_raw", "legacy_codes", "priorities", "theme", "mechanisms", "description",
                   "comment", "footnote"),
    "allocations": ("line", "row", "item", "line_type", "part", "theme", "mechanism", "provider", "area_code", "reach",
                    "financial_year", "amount_raw", "amount_gbp", "value_status", "estimated", "additive", "evidence",
                    "primary_priority", "secondary_priority", "need", "description"),
    "providers": ("provider_id", "names", "canonical_name", "identifier", "matched", "similar_to", "figures"),
    "provider_years": ("provider_id", "financial_year", "amount_gbp", "figures", "review"),
    "measures": ("line", "row", "column", "row_label", "column_label", "raw", "value", "unit", "scale"),
    "reconciliation": ("line", "scope", "item", "financial_year", "printed_gbp", "computed_gbp", "difference_gbp",
                       "status", "explanation"),
}  # fmt: skip
# The stages in the order in which a paper goes through them: where one differs, the later ones may follow it.
CSV_STAGES = {
    "intentions.csv": "intentions",
    "rows.csv": "allocations",
    "providers.csv": "providers",
    "provider_years.csv": "provider_years",
    "measures.csv": "measures",
    "reconciliation.csv": "reconciliation",
}


@pytest.mark.parametrize("case", CASES)
def test_specimen_gives_its_goldens(case: str, tmp_path: Path) -> None:
    made = stages(read_specimen(case, tmp_path), tmp_path)
    if WRITE and not IN_CI:
        write_goldens(GOLDEN / case, made)
    assert {path.name for path in (GOLDEN / case).iterdir()} == set(made), "run `make golden` and read what it writes"
    assert first_difference(GOLDEN / case, made) == ""


def test_goldens_are_never_written_where_nobody_reads_them() -> None:
    """A CI that wrote its own answers would find them right for ever."""
    assert not (WRITE and IN_CI), "GOLDEN=write is set in CI"


def test_every_specimen_has_its_goldens() -> None:
    assert [path.stem for path in sorted(RAW.glob("specimen-*.txt"))] == CASES


def test_the_first_stage_that_differs_is_named(tmp_path: Path) -> None:
    """A fault of an early stage changes the later ones too; only the first says where to look."""
    write_goldens(tmp_path, {"cells.txt": "as read\n", "rows.csv": "1\n", "findings.txt": "none\n"})
    said = first_difference(tmp_path, {"cells.txt": "as read\n", "rows.csv": "2\n", "findings.txt": "some\n"})
    assert said.splitlines()[0] == "rows.csv is the first golden that differs"
    assert "+2" in said
    assert "some" not in said


def read_specimen(case: str, folder: Path) -> Result:
    """A specimen through every stage that needs no other paper, away from whatever else is in raw/."""
    shutil.copy(RAW / f"{case}.txt", folder)
    registered = register(folder)
    return read_paper(*registered.papers[0], registered)


def stages(result: Result, folder: Path) -> dict[str, str]:
    """What each stage made of a specimen, in the order of the stages, as text."""
    tables = publish([result], [], [])
    made = {"cells.txt": lines(cells(result.tables))}
    for golden, name in CSV_STAGES.items():
        write_csv(folder / golden, tables[name].select(SHOWN[name]))
        made[golden] = (folder / golden).read_text(encoding="utf-8")
    return {**made, "findings.txt": lines(findings(tables["findings"]))}


def write_goldens(folder: Path, made: dict[str, str]) -> None:
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def first_difference(folder: Path, made: dict[str, str]) -> str:
    """The first golden that differs, and how; blank where none does."""
    for name, text in made.items():
        golden = (folder / name).read_text(encoding="utf-8")
        if golden != text:
            change = unified_diff(golden.splitlines(), text.splitlines(), "golden", "made", lineterm="", n=1)
            return "\n".join([f"{name} is the first golden that differs", *change])
    return ""


def lines(shown: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in shown)


def cells(tables: tuple[Recognised, ...]) -> Iterator[str]:
    """Every table as it was read: what it is, what its columns mean, and every line of every filled cell."""
    for number, known in enumerate(tables, 1):
        table = known.table
        size = f"{table.rows} rows, {table.columns} columns"
        yield f"table {number}: {known.kind}, lines {table.place.line}-{table.end.line}, {size}, read by {table.reader}"
        yield f"  heading: {known.heading or '-'}"
        yield f"  theme: {known.theme or '-'}, fund: {known.fund or '-'}"
        yield from (f"  column {index}: {meaning(column)}" for index, column in enumerate(known.columns))
        for cell in table.cells:
            if cell.column == 0:
                yield f"  row {cell.row}{' (heading)' if cell.is_header else ''}"
            yield from printed(cell)
        yield ""


def meaning(column: Column) -> str:
    period = column.period.label if column.period else ""
    unit = f"x {column.scale}" if column.scale != 1 else ""
    said = [column.role or "unknown", period, "estimated" if column.estimated else "", unit]
    return " ".join(word for word in said if word)


def printed(cell: Cell) -> Iterator[str]:
    """A cell's printed lines, each with its column and its own place."""
    for line in cell.lines:
        place = line.place
        yield f"    {cell.column}  {place.line}:{place.char_start}-{place.char_end}  {line.text}"


def findings(table: pa.Table) -> Iterator[str]:
    for row in table.to_pylist():
        yield f"line {row['line'] or '-'}  {row['severity']}  {row['rule']}"
        yield f"  {row['message']}"
