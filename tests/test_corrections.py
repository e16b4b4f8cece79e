"""Corrections: applied where the text still stands, parked where it does not, told in every case."""

import csv
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.corrections import place_text, read_place
from pipeline.run import Run

HEAD = "correction_id,sha256,file,field,place,found,value,reason,initials\n"
CODED = "Code\tCommissioning Intention\tFunding Mechanism\tAmount 2014/15\tAmount 2015/16\tComment\n"
PAPER = CODED + "CI001 C1400\tWork\tDirect\t£5\t£6\tVia Team\n"
BROKEN = CODED + "QX77 SP1\tWork\tDirect\t£5\t£6\tVia Team\n"
TOTAL = "Area\tAllocation 2014/15\nBlaby\t£5\nMelton\t£6\nTotal\t£12\n"
Ran = Callable[..., Run]


def corrected(paper: str, found: str, value: str, **other: str) -> dict[str, str]:
    """A paper and a file with one correction of the first place where a text stands in it."""
    start = paper.index(found)
    row = {
        "correction_id": "c1", "sha256": hashlib.sha256(paper.encode()).hexdigest(), "file": "a.txt",
        "field": "amount" if "£" in found else "code", "place": f"chars {start}-{start + len(found)}",
        "found": found, "value": value, "reason": "misprint", "initials": "AB",
    }  # fmt: skip
    line = ",".join(f'"{field}"' for field in {**row, **other}.values())
    return {"a.txt": paper, "corrections.csv": HEAD + line + "\n"}


def table(tmp_path: Path, name: str) -> list[dict[str, str]]:
    with (tmp_path / "out" / f"{name}.csv").open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def rules(tmp_path: Path) -> set[str]:
    return {row["rule"] for row in table(tmp_path, "findings")}


def test_amount_is_corrected_and_the_print_is_kept(ran: Ran, tmp_path: Path) -> None:
    ran(corrected(TOTAL, "£12", "11"))
    total = table(tmp_path, "allocations")[-1]
    assert [total[name] for name in ("amount_gbp", "amount_raw", "correction_id", "value_status")] == [
        "11.00", "£12", "c1", "printed"]  # fmt: skip


def test_totals_are_held_against_corrected_amounts(ran: Ran, tmp_path: Path) -> None:
    ran(corrected(TOTAL, "£12", "11"))
    assert (table(tmp_path, "reconciliation")[0]["status"], "total-disagrees" in rules(tmp_path)) == ("agrees", False)


def test_previous_code_is_corrected_and_the_print_is_kept(ran: Ran, tmp_path: Path) -> None:
    ran(corrected(PAPER, "C1400", "CI400"))
    change = table(tmp_path, "code_changes")[0]
    assert (change["old_code"], change["old_raw"]) == ("CI400", "C1400")
    assert rules(tmp_path) & {"code-repaired", "correction-applied"} == {"correction-applied"}


def test_unreadable_code_is_read_by_a_person(ran: Ran, tmp_path: Path) -> None:
    ran(corrected(BROKEN, "QX77", "CI077"))
    own = table(tmp_path, "intentions")[0]
    assert (own["code"], own["code_raw"], own["priorities"]) == ("CI077", "QX77", "SP1")
    assert {(row["item"], row["correction_id"]) for row in table(tmp_path, "allocations")} == {("CI077", "c1")}


def test_cells_stay_as_printed(ran: Ran, tmp_path: Path) -> None:
    ran(corrected(BROKEN, "QX77", "CI077"))
    assert "QX77 SP1" in {row["text"] for row in table(tmp_path, "cells")}


def test_longer_and_shorter_codes_keep_the_places_behind_them(ran: Ran, tmp_path: Path) -> None:
    ran(corrected(BROKEN.replace("QX77", "QX77 CI9"), "QX77", "CI0077"[:5]))
    assert {row["amount_raw"] for row in table(tmp_path, "allocations")} == {"£5", "£6"}


def test_correction_of_a_paper_that_changed_is_parked(ran: Ran, tmp_path: Path) -> None:
    ran({**corrected(PAPER, "C1400", "CI400"), "a.txt": PAPER + "\nOne more line.\n"})
    assert {"correction-stale", "code-repaired"} <= rules(tmp_path)
    assert "correction-applied" not in rules(tmp_path)


def test_correction_of_other_words_at_its_place_is_parked(ran: Ran, tmp_path: Path) -> None:
    files = corrected(TOTAL, "£12", "11")
    ran({**files, "corrections.csv": files["corrections.csv"].replace("£12", "£13")})
    assert "correction-stale" in rules(tmp_path)
    assert table(tmp_path, "allocations")[-1]["amount_gbp"] == "12.00"


def test_correction_of_a_paper_that_is_gone_is_told(ran: Ran, tmp_path: Path) -> None:
    ran(corrected(TOTAL, "£12", "11", sha256="0" * 64, file="b.txt"))
    assert "correction-unused" in rules(tmp_path)


def test_correction_where_no_value_is_read_is_told(ran: Ran, tmp_path: Path) -> None:
    ran(corrected(TOTAL, "Melton", "CI001"))
    assert "correction-unused" in rules(tmp_path)


@pytest.mark.parametrize(
    "other",
    [
        {"value": "twelve"}, {"value": "£1.234"}, {"value": ""}, {"initials": ""}, {"reason": ""}, {"place": "page x"},
        {"field": "colour"}, {"correction_id": ""}, {"place": "page 1 box 1 2 3 4"},
    ],
)  # fmt: skip
def test_correction_with_a_fault_is_never_applied(other: dict[str, str], ran: Ran, tmp_path: Path) -> None:
    ran(corrected(TOTAL, "£12", **{"value": "11", **other}))
    assert "correction-invalid" in rules(tmp_path)
    assert table(tmp_path, "allocations")[-1]["amount_gbp"] == "12.00"


def test_two_corrections_of_one_place_are_both_left_out(ran: Ran, tmp_path: Path) -> None:
    files = corrected(TOTAL, "£12", "11")
    again = files["corrections.csv"].splitlines()[1].replace('"c1"', '"c2"').replace('"11"', '"13"')
    ran({**files, "corrections.csv": files["corrections.csv"] + again + "\n"})
    assert (table(tmp_path, "allocations")[-1]["amount_gbp"], "correction-invalid" in rules(tmp_path)) == (
        "12.00",
        True,
    )


@pytest.mark.parametrize("content", ["", "words", "a,b\n1,2,3,4\n", b"\xff\xfe\x00", '"correction_id\n'])
def test_odd_file_of_corrections_ends_without_a_fault_of_ours(content: str | bytes, ran: Ran, tmp_path: Path) -> None:
    ran({"a.txt": TOTAL, "corrections.csv": content})
    assert len(table(tmp_path, "allocations")) == 3


@pytest.mark.parametrize(
    "row",
    [
        {"page": None, "char_start": 4, "char_end": 9},
        {"page": 3, "x0": 1.5, "top": -2.25, "x1": 30.0, "bottom": 4.0, "char_start": None, "char_end": None},
    ],
)
def test_place_reads_back(row: dict[str, float | None]) -> None:
    place = read_place(place_text(row))
    assert place is not None
    assert {name: getattr(place, name) for name in row} == row


def test_correction_of_a_page_is_found_by_its_box(root: Path, ran: Ran, tmp_path: Path) -> None:
    paper = sorted((root / "raw").glob("*.pdf"))[0].read_bytes()
    ran({"a.pdf": paper})
    row = next(row for row in table(tmp_path, "allocations") if row["amount_raw"] and row["page"])
    box = place_text({name: float(row[name]) if name != "page" else int(row[name]) for name in
                      ("page", "x0", "top", "x1", "bottom")})  # fmt: skip
    fields = (
        "c1",
        hashlib.sha256(paper).hexdigest(),
        "a.pdf",
        "amount",
        box,
        row["amount_raw"],
        "77",
        "misprint",
        "AB",
    )
    ran({"a.pdf": paper, "corrections.csv": HEAD + ",".join(f'"{field}"' for field in fields) + "\n"})
    again = next(each for each in table(tmp_path, "allocations") if each["allocation_id"] == row["allocation_id"])
    assert (again["amount_gbp"], again["amount_raw"], again["correction_id"]) == ("77.00", row["amount_raw"], "c1")


SIGNED = "sha256,file,field,place,found,figure,verdict,value,reason,initials,made_on,sample\n"
RATES = "Proposal\tReduction\tSaving £000\nCars\t38.9%\t248\nFuel\t12%\t31\n"


def disputed(paper: str, found: str, **other: str) -> dict[str, str]:
    """A paper and a sign-off that disputes the first place where a text stands in it."""
    start = paper.index(found)
    row = {
        "sha256": hashlib.sha256(paper.encode()).hexdigest(), "file": "a.txt",
        "field": "amount" if "£" in found else "code", "place": f"chars {start}-{start + len(found)}", "found": found,
        "figure": "", "verdict": "dispute", "value": "", "reason": "smudged", "initials": "AB", "made_on": "",
        "sample": "",
    }  # fmt: skip
    line = ",".join(f'"{field}"' for field in {**row, **other}.values())
    return {"a.txt": paper, "signoff.csv": SIGNED + line + "\n"}


def test_disputed_figure_is_for_review_and_the_finding_says_who_and_why(ran: Ran, tmp_path: Path) -> None:
    ran(disputed(TOTAL.replace("£12", "£11"), "£6"))
    lines = table(tmp_path, "allocations")
    assert [(line["amount_gbp"], line["evidence"]) for line in lines] == [
        ("5.00", "proved"), ("6.00", "review"), ("11.00", "proved")]  # fmt: skip
    (said,) = [row for row in table(tmp_path, "findings") if row["rule"] == "disputed"]
    assert said["message"] == "AB disputes '£6': smudged."
    assert [said[name] for name in ("severity", "table_id", "row", "line")] == ["error", "a/t01", "2", "3"]


def test_disputed_code_puts_the_amounts_of_its_row_up_for_review(ran: Ran, tmp_path: Path) -> None:
    ran(disputed(PAPER + "CI002\tOther\tDirect\t£7\t£8\tVia Team\n", "CI001"))
    evidence = [(line["item"], line["evidence"]) for line in table(tmp_path, "allocations")]
    assert evidence == [("CI001", "review")] * 2 + [("CI002", "single")] * 2
    assert "disputed" in rules(tmp_path)


def test_disputed_previous_code_is_told(ran: Ran, tmp_path: Path) -> None:
    ran(disputed(PAPER, "C1400"))
    assert "disputed" in rules(tmp_path)
    assert {line["evidence"] for line in table(tmp_path, "allocations")} == {"single"}


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        ({"initials": ""}, "correction-invalid"),
        ({"reason": ""}, "correction-invalid"),
        ({"place": "somewhere"}, "correction-invalid"),
        ({"found": "£9"}, "correction-stale"),
        ({"sha256": "0" * 64}, "correction-stale"),
        ({"sha256": "0" * 64, "file": "b.txt"}, "correction-unused"),
        ({"place": "chars 0-4", "found": "Area"}, "correction-unused"),
    ],
)
def test_dispute_that_cannot_be_taken_up_is_told(other: dict[str, str], rule: str, ran: Ran, tmp_path: Path) -> None:
    files = disputed(TOTAL.replace("£12", "£11"), "£6")
    row = {**next(csv.DictReader(files["signoff.csv"].splitlines())), **other}
    ran({**files, "signoff.csv": SIGNED + ",".join(row.values()) + "\n"})
    assert (rule in rules(tmp_path), "disputed" in rules(tmp_path)) == (True, False)
    assert {line["evidence"] for line in table(tmp_path, "allocations")} == {"proved"}


@pytest.mark.parametrize("verdict", ["agree", "correct", ""])
def test_other_verdicts_change_nothing(verdict: str, ran: Ran, tmp_path: Path) -> None:
    ran(disputed(TOTAL.replace("£12", "£11"), "£6", verdict=verdict))
    assert {line["evidence"] for line in table(tmp_path, "allocations")} == {"proved"}
    assert not {rule for rule in rules(tmp_path) if rule.startswith(("disputed", "correction"))}


def test_corrected_figure_can_be_disputed_by_another(ran: Ran, tmp_path: Path) -> None:
    files = {**corrected(TOTAL, "£12", "11"), **disputed(TOTAL, "£12")}
    ran(files)
    total = table(tmp_path, "allocations")[-1]
    assert (total["amount_gbp"], total["evidence"]) == ("11.00", "review")
    assert {"correction-applied", "disputed"} <= rules(tmp_path)


@pytest.mark.parametrize(
    ("found", "value", "read"),
    [("38.9%", "39.8%", "39.8"), ("38.9%", "39.8", "39.8"), ("248", "284,000", "284000"), ("248", "£284k", "284000")],
)
def test_measure_is_corrected_and_the_print_is_kept(
    found: str, value: str, read: str, ran: Ran, tmp_path: Path
) -> None:
    ran(corrected(RATES, found, value, field="measure"))
    own = next(row for row in table(tmp_path, "measures") if row["raw"] == found)
    assert (own["value"].rstrip("0").rstrip("."), "correction-applied" in rules(tmp_path)) == (read, True)


@pytest.mark.parametrize(("found", "value"), [("38.9%", "£5"), ("248", "12%"), ("248", "many"), ("248", "")])
def test_measure_is_never_corrected_into_another_unit_or_none(found: str, value: str, ran: Ran, tmp_path: Path) -> None:
    ran({"a.txt": RATES})
    before = table(tmp_path, "measures")
    ran(corrected(RATES, found, value, field="measure"))
    assert (table(tmp_path, "measures"), "correction-invalid" in rules(tmp_path)) == (before, True)


def test_disputed_measure_is_told(ran: Ran, tmp_path: Path) -> None:
    ran(disputed(RATES, "38.9%", field="measure"))
    assert "disputed" in rules(tmp_path)
