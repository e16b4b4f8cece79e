"""Every trap that the auditors wrote down about a table is met by a finding or by a fact of the tables.

A trap is known by its paper, table and line. The words of MET are looked for in that key and in what the auditors
wrote, the first one that is found counts; it names what must hold at that place.
"""

import csv
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.run import Run
from schemas.rules import Rule

Row = dict[str, Any]
Trap = dict[str, str]
Fact = Callable[[Run, Path, Trap], bool]
# Traps that are about no table: running text, lists, and labels whose text was torn apart.
NO_TABLES = {"prose", "membership", "agenda", "priorities", "implications-first-year"}


def keyed(folder: Path, name: str, trap: Trap) -> list[Row]:
    """The keyed answers of a trap's paper, each with its line as a number."""
    rows = _csv(folder / "expected" / f"{name}.csv")
    found = [row for row in rows if row["paper"] == trap["paper"]]
    return [{**row, "at": int(row.get("line") or row["first_line"])} for row in found]


@cache
def _csv(path: Path) -> list[Trap]:
    with path.open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def ours(run: Run, name: str, trap: Trap) -> list[Row]:
    """The rows of a table of the output that are of a trap's paper."""
    rows = run.tables[name].to_pylist()
    return [row for row in rows if (row.get("paper_id") or row["table_id"].partition("/")[0]) == trap["paper"]]


def nearest(rows: list[Row], trap: Trap) -> list[Row]:
    """The rows that stand nearest to a trap."""
    away = [abs(row["at"] - int(trap["line"])) for row in rows]
    return [row for row, distance in zip(rows, away, strict=True) if distance == min(away)]


def fold(text: str | None) -> str:
    """Words with their white space folded and their quotation marks straight."""
    return " ".join((text or "").replace("’", "'").replace("‘", "'").split())


def found(*rules: Rule, near: int = 0) -> Fact:
    """A finding of each of these rules, at the trap's line or at most `near` lines away."""

    def holds(run: Run, folder: Path, trap: Trap) -> bool:
        del folder
        there = {row["rule"] for row in ours(run, "findings", trap) if abs(row["line"] - int(trap["line"])) <= near}
        return {rule.slug for rule in rules} <= there

    return holds


def amounts(run: Run, folder: Path, trap: Trap) -> bool:
    """The nearest keyed amounts are in the allocations with all that was keyed of them."""
    said = {
        (row["line"], fold(row["item"]), row["line_type"], row["part"] or "", row["financial_year"], row["amount_gbp"],
         row["theme"] or "", row["mechanism"] or "", fold(row["provider"]), row["estimated"])
        for row in ours(run, "allocations", trap)
    }  # fmt: skip
    wanted = {
        (row["at"], fold(row["item"]), row["line_type"], row["part"], row["year"], Decimal(row["amount_gbp"]),
         row["theme"], row["mechanism"], fold(row["recipient"]), row["estimated"] == "true")
        for row in nearest(keyed(folder, "allocations", trap), trap)
    }  # fmt: skip
    return wanted <= said


def intention(run: Run, folder: Path, trap: Trap) -> bool:
    """The keyed intention that a trap stands in has its codes and its words."""
    above = [row for row in keyed(folder, "intentions", trap) if row["at"] <= int(trap["line"])]
    wanted = above[-1]
    return any(
        (row["code"], row["legacy_codes"] or "", row["priorities"] or "", fold(row["description"]))
        == (wanted["code"], wanted["legacy_codes"], wanted["priorities"], fold(wanted["description"]))
        for row in ours(run, "intentions", trap)
    )


def commitment(run: Run, folder: Path, trap: Trap) -> bool:
    """The nearest keyed commitments have their name, description, body, priorities and reach."""
    said = {
        (fold(row["title"]), fold(row["description"]), fold(row["provider"]), row["primary_priority"] or "",
         row["secondary_priority"] or "", fold(row["reach"]), row["theme"], row["amount_gbp"])
        for row in ours(run, "allocations", trap)
    }  # fmt: skip
    wanted = {
        (fold(row["name"]), fold(row["description"]), fold(row["organisation"]), row["primary_priority"],
         row["secondary_priority"], fold(row["reach"]), row["theme"], Decimal(row["amount_gbp"]))
        for row in nearest(keyed(folder, "contracts", trap), trap)
    }  # fmt: skip
    return wanted <= said


def figures(run: Run, folder: Path, trap: Trap) -> bool:
    """The measures are those that were keyed for the trap's table."""
    lines = {row["at"] for row in keyed(folder, "measures", trap) if row["table"] == trap["table"]}
    wanted = {(row["at"], Decimal(row["number"]), row["unit"]) for row in keyed(folder, "measures", trap)
              if row["at"] in lines}  # fmt: skip
    said = {(row["line"], row["value"], row["unit"]) for row in ours(run, "measures", trap) if row["line"] in lines}
    return bool(wanted) and wanted == said


def one_table(run: Run, folder: Path, trap: Trap) -> bool:
    """The trap's table is one table with as many filled rows as were keyed."""
    wanted = next(row for row in keyed(folder, "tables", trap) if row["table"] == trap["table"])
    last = int(wanted["last_line"])
    tables = [
        row for row in ours(run, "tables", trap) if row["first_line"] <= last and row["last_line"] >= wanted["at"]
    ]
    filled = [sum(1 for _ in rows) for rows in (full_rows(run, trap, table["table_id"]) for table in tables)]
    return filled == [int(wanted["rows"])] and tables[0]["last_line"] == last


def full_rows(run: Run, trap: Trap, table_id: str) -> Iterator[int]:
    """The rows below the heading of a table that fill more than their first cell."""
    cells = [row for row in ours(run, "cells", trap) if row["table_id"] == table_id and not row["is_header"]]
    yield from {row["row"] for row in cells if row["text"] and row["column"]}


def no_row(run: Run, folder: Path, trap: Trap) -> bool:
    """Nothing at the trap's line became an amount, an intention or a measure."""
    del folder
    names = ("allocations", "intentions", "measures")
    return int(trap["line"]) not in {row["line"] for name in names for row in ours(run, name, trap)}


def no_grand_total(run: Run, folder: Path, trap: Trap) -> bool:
    """No grand total is given for the table that the trap stands in."""
    del folder
    inside = [row["table_id"] for row in ours(run, "tables", trap)
              if row["first_line"] <= int(trap["line"]) <= row["last_line"]]  # fmt: skip
    totals = [row for row in ours(run, "allocations", trap) if row["line_type"] == "grand_total"]
    return len(inside) == 1 and not [row for row in totals if row["table_id"] in inside]


def no_markup(run: Run, folder: Path, trap: Trap) -> bool:
    """No cell of the paper shows a tag."""
    del folder
    return not [row for row in ours(run, "cells", trap) if re.search(r"</?(?:ul|li|p|b|i)\b", row["text"] or "")]


def no_label(run: Run, folder: Path, trap: Trap) -> bool:
    """No first cell begins at the trap's line: it goes on the row above."""
    del folder
    return int(trap["line"]) not in {
        row["line"] for row in ours(run, "cells", trap) if row["text"] and not row["column"]
    }


def copied(run: Run, folder: Path, trap: Trap) -> bool:
    """Rows of another paper are marked as copies of rows of this one."""
    del folder
    return any((row["duplicate_of"] or "").startswith(trap["paper"]) for row in run.tables["allocations"].to_pylist())


def area_code(run: Run, folder: Path, trap: Trap) -> bool:
    """The area at the trap's line has its code."""
    del folder
    return {row["area_code"] for row in ours(run, "allocations", trap) if row["line"] == int(trap["line"])} == {
        "E07000134"
    }


def nobody(reason: str) -> str:
    """No machine's business, and why."""
    return reason


MET: tuple[tuple[str, Fact | str], ...] = (
    # Codes and words of intentions
    ("stem is printed", found(Rule.CODE_REPAIRED, near=12)),
    ("starts in lower case", found(Rule.CODE_REPAIRED, Rule.BEGINNING_LOST)),
    ("no 'Total:' label", found(Rule.CODE_REPAIRED, Rule.TOTAL_UNLABELLED)),
    ("small L|code printed|digit one for I|Priority printed", found(Rule.CODE_REPAIRED)),
    ("consultation .*digit one", found(Rule.CODE_OTHERWISE)),
    ("a second time", found(Rule.DOUBLED_WORDS)),
    ("spread over four|Markup|inside markup|Two previous|Age range|stands after|Bullets of|break: bullets", intention),
    ("list markup", no_markup),
    # Shape of tables
    ("[Hh]eader (line )?repeated", found(Rule.REPEATED_HEADING)),
    ("Unnumbered rows|Rows continued", found(Rule.JOINED_OVER_PAGES)),
    ("table split by", found(Rule.JOINED_OVER_PAGES, near=4)),
    ("slide three", found(Rule.SLID_CELLS)),
    ("in one cell in rows", found(Rule.PACKED_CELL)),
    ("stray rule", found(Rule.STRAY_RULE)),
    ("cut by a page break|after the amount|comes after amount|after a page break", found(Rule.DISPLACED_WORDS, near=8)),
    ("line of years|same shape|broken over five|Cohorts|Families\"' 0%", figures),
    ("header is spread|one line per row|run over several lines", one_table),
    ("alone in the first", no_label),
    ("No total of the whole|No Total printed", no_grand_total),
    ("is also paper", copied),
    ("'NWL' here", area_code),
    # Amounts
    ("Only one Total", found(Rule.TOTAL_LOST, Rule.AMOUNT_DISPLACED, near=4)),
    ("Comment holds", found(Rule.AMOUNT_INCLUDED)),
    ("one amount; comment", found(Rule.AMOUNT_NOT_SPLIT)),
    ("line below", found(Rule.AMOUNT_BLANK, near=1)),
    ("Two mechanisms and two", found(Rule.SHARED_POOL)),
    ("footnote in the comment", found(Rule.FOOTNOTE_MARK, Rule.PRIORITY_NOT_LISTED)),
    ("second star", found(Rule.FOOTNOTE_MARK, Rule.PROVIDER_OF_ONE_YEAR)),
    ("comment has no letter", found(Rule.PROVIDER_OF_ONE_PART)),
    ("where all others", found(Rule.PROVIDER_OF_ONE_YEAR)),
    ("is the same money", found(Rule.SAME_MONEY_TWICE, near=24)),
    ("behind the letter", amounts),
    ("Column heads say|wrapped into|falls from|have no letters|Remark|over 2 years|printed line is shifted", amounts),
    ("Part d|Several mechanisms|For 2015/17: via|Recipient|For 2014/17|Mechanism TBC|names a purpose", amounts),
    ("three organisations|appears twice|Set aside|18 month|with a colon|no colon|Blanks before|comma", amounts),
    ("'Subtotal' is|fewer dashes|NB: already", amounts),
    # Commitments
    ("share a cell|has no dash|at the line end|after the first dash|secondary priority|is classified", commitment),
    ("SP5/6|Other columns|second dash|joint funded|under each other|no blank before|Organisation 'T", commitment),
    ("2016-17 appendix-b (527|544|676|697|709|714|828|1019|1024|1045|1082):", commitment),
    # Comments and lists that only look like rows
    ("quotes CI|quoted in a comment|stand in the comments|Contents has", no_row),
    # No machine's business
    ("Footnote with escaped", nobody("The note below the table states an assumption; it changes no figure.")),
    ("figure are", nobody("A slip of grammar changes no figure.")),
    ("Indicative Timeline", nobody("Which of two headings belongs to which column is told by their sense alone.")),
    ("FTE =", nobody("What an abbreviation means in another paper is told by its sense alone.")),
    ("Cross-check with", nobody("That money was divided again under other names is told by neither paper.")),
)


def about(trap: Trap) -> str:
    """What the words of MET are looked for in."""
    return f"{trap['paper']} {trap['table']} {trap['line']}: {trap['what']}"


def met_by(trap: Trap) -> Fact | str | None:
    """What meets a trap, or why nothing does."""
    return next((fact for words, fact in MET if re.search(words, about(trap))), None)


@pytest.fixture(scope="module")
def traps(shared: Path) -> list[Trap]:
    """The traps that are about a table."""
    return [trap for trap in _csv(shared / "expected" / "traps.csv") if trap["table"] not in NO_TABLES]


def test_every_trap_is_met_or_has_a_reason(traps: list[Trap]) -> None:
    assert [f"{trap['paper']} line {trap['line']}" for trap in traps if met_by(trap) is None] == []


def test_what_meets_a_trap_holds(traps: list[Trap], run: Run, shared: Path) -> None:
    facts = [(trap, met_by(trap)) for trap in traps]
    fallen = [trap for trap, fact in facts if callable(fact) and not fact(run, shared, trap)]
    assert [f"{trap['paper']} {trap['table']} line {trap['line']}" for trap in fallen] == []


def test_every_word_meets_a_trap(traps: list[Trap]) -> None:
    """Words that meet nothing would hide that the traps changed."""
    first = {next((words for words, _ in MET if re.search(words, about(trap))), "") for trap in traps}
    assert [words for words, _ in MET if words not in first] == []


def test_words_of_each_fact_are_looked_for_one_by_one(traps: list[Trap]) -> None:
    single = [part for words, _ in MET if "(" not in words and "[" not in words for part in words.split("|")]
    assert [part for part in single if not any(re.search(part, about(trap)) for trap in traps)] == []
