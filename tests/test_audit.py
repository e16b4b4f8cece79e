"""The audit report without a browser: what is written, what it leads to, samples and their result."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline.audit import Sources, audit
from pipeline.audit.charts import bars
from pipeline.audit.needs import needs
from pipeline.audit.sample import draw_sample, result_of, wilson
from pipeline.cli import main
from pipeline.run import Run

AREAS = "Area\tAllocation 2014/15\nBlaby\t£5\nMelton\t£6\nTotal\t£11\n"
WRONG = AREAS.replace("£11", "£12")
CODED = "Code\tCommissioning Intention\tFunding Mechanism\tAmount 2014/15\tAmount 2015/16\tComment\n"
Ran = Callable[..., Run]


def written(out: Path) -> dict[str, bytes]:
    """Every file of the report."""
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in (out / "audit").rglob("*") if p.is_file()}


def data(out: Path, file: str) -> Any:
    """What a script of data hands over."""
    text = (out / "audit" / "data" / f"{file}.js").read_text(encoding="ascii")
    return json.loads(text[text.index("(") + 1 : text.rindex(")")])


def call(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return done.exit_code, done.output


def test_report_is_the_same_for_the_same_papers(ran: Ran, tmp_path: Path) -> None:
    files = {"a.txt": AREAS, "b.txt": WRONG, "c.txt": b""}
    ran(files)
    before = written(tmp_path / "out")
    ran(files)
    assert written(tmp_path / "out") == before


def test_record_has_the_hash_of_every_file_of_the_report(ran: Ran, tmp_path: Path) -> None:
    record = ran({"a.txt": AREAS}).record
    assert set(written(tmp_path / "out")) <= set(record["outputs"])


def test_pages_forbid_everything_external_and_name_nothing_external(ran: Ran, tmp_path: Path) -> None:
    ran({"a.txt": AREAS})
    for name, content in written(tmp_path / "out").items():
        text = content.decode()
        assert re.findall(r"(?:src|href)=\"(?:\w+:)?//", text) == []
        if name.endswith(".html"):
            assert "default-src 'none'" in text
            assert re.findall(r"<script(?! src=\"[\w/.]+\" defer>)|<style|\son\w+=", text) == []


def test_words_of_a_paper_are_escaped(ran: Ran, tmp_path: Path) -> None:
    ran({"a.txt": WRONG.replace("Blaby", "<script>alert(1)</script>").replace("Area\t", "Subject: <b>x</b>\n\nArea\t")})
    pages = [text for name, text in written(tmp_path / "out").items() if name.endswith(".html")]
    assert [page for page in pages if b"<script>" in page or b"<b>x" in page] == []


def test_gravest_comes_first_and_green_is_only_counted(ran: Ran, tmp_path: Path) -> None:
    ran({"a.txt": WRONG, "b.txt": b"", "c.txt": CODED + "Cl001\tWork\tDirect\t£5\t£6\tVia Team\n"})
    page = (tmp_path / "out" / "audit" / "index.html").read_text(encoding="utf-8")
    places = [page.index(f'id="g-{name}"') for name in ("unread", "totals", "codes", "counted", "papers")]
    assert places == sorted(places)
    assert 'id="g-copies"' not in page


def test_wrong_total_has_its_arithmetic_written_out(ran: Ran) -> None:
    tables = {name: table.to_pylist() for name, table in ran({"a.txt": WRONG}).tables.items()}
    totals = next(group for group in needs(tables) if group.name == "totals").needs
    assert totals[0].total is not None
    parts = [(name, amount) for name, amount, _ in totals[0].total.parts]
    assert (parts, totals[0].total.printed, totals[0].total.difference) == (
        [("Blaby", "£5"), ("Melton", "£6")], "£12", "£1")  # fmt: skip


def test_parts_of_a_wrong_total_are_told_with_it_alone(ran: Ran) -> None:
    tables = {name: table.to_pylist() for name, table in ran({"a.txt": WRONG}).tables.items()}
    assert next(group for group in needs(tables) if group.name == "review").needs == ()


def test_every_value_stands_in_the_cell_that_it_names(run: Run, out: Path) -> None:
    lost = []
    for paper in {result.paper.paper_id for result in run.results}:
        own = data(out, f"p-{paper}")
        cells = {(table["id"], *cell[:2]): cell[5] for table in own["tables"] for cell in table["cells"]}
        lost += [
            value["id"]
            for value in own["values"]
            if value["raw"] and "".join(value["raw"].split()) not in
            "".join(cells.get((value["table"], *(value["cell"] or ())), "").split())
        ]  # fmt: skip
    assert lost == []


def test_every_figure_and_finding_can_be_opened(run: Run, out: Path) -> None:
    assert run.tables["findings"].num_rows
    shown = [data(out, path.stem) for path in (out / "audit" / "data").glob("p-*.js")]
    values = {value["id"] for own in shown for value in own["values"]}
    findings = {finding["id"] for own in shown for finding in own["findings"]}
    assert set(run.tables["allocations"].column("allocation_id").to_pylist()) <= values
    assert set(run.tables["findings"].column("finding_id").to_pylist()) == findings


def test_values_have_names_of_their_own(run: Run, out: Path) -> None:
    assert run.results
    for path in (out / "audit" / "data").glob("p-*.js"):
        names = [value["id"] for value in data(out, path.stem)["values"]]
        assert sorted(names) == sorted(set(names))


def test_paper_that_changed_meanwhile_is_not_shown(ran: Ran, tmp_path: Path) -> None:
    done = ran({"a.txt": AREAS})
    (tmp_path / "raw" / "a.txt").write_text("other words", encoding="utf-8")
    record = {**done.record, "outputs": {}}
    audit(tmp_path, done.tables, record, Sources({"a": tmp_path / "raw" / "a.txt"}))
    assert data(tmp_path, "p-a")["pages"] == []


@pytest.mark.slow
def test_pictures_of_pages_are_small(report: Path) -> None:
    pages = list((report / "audit" / "pages").rglob("*.webp"))
    assert len(pages) == 89
    assert sum(path.stat().st_size for path in pages) < 20_000_000


def test_marks_of_a_person_come_back_into_the_report(ran: Ran, tmp_path: Path) -> None:
    ran({"a.txt": AREAS, "signoff.csv": "sha256,field,place,verdict\nabc,amount,chars 1-2,agree\n"})
    assert data(tmp_path / "out", "marks")["signoff"][0]["verdict"] == "agree"


def test_bars_add_up_to_all_that_is_counted() -> None:
    rows = [{"provider": f"P{i % 20}", "amount_gbp": i} for i in range(60)]
    shown = bars(rows, "provider")
    assert len(shown) == 13
    assert shown[-1].name == "8 others"
    assert sum(int(bar.amount.strip("£").replace(",", "")) for bar in shown) == sum(range(60))


# Samples


def test_sample_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    ids = [f"a/c{i}" for i in range(300)]
    assert draw_sample(ids, 25, 7) == draw_sample(ids[::-1], 25, 7) != draw_sample(ids, 25, 8)


def test_sample_takes_every_figure_as_often() -> None:
    ids = [str(i) for i in range(20)]
    drawn = [name for seed in range(2000) for name in draw_sample(ids, 5, seed)]
    assert all(abs(drawn.count(name) - 500) < 100 for name in ids)


@pytest.mark.parametrize(
    ("wrong", "n", "least", "most"),
    [(0, 25, 0.0, 0.1332), (1, 25, 0.0071, 0.1954), (5, 50, 0.0435, 0.2136), (25, 25, 0.8668, 1.0)],
)
def test_interval_is_wilsons(wrong: int, n: int, least: float, most: float) -> None:
    assert wilson(wrong, n) == pytest.approx((least, most), abs=0.0001)


def test_figures_that_nobody_judged_count_neither_way() -> None:
    checked = result_of([{"verdict": verdict} for verdict in ("agree", "agree", "dispute", "correct", "", "")])
    assert (checked.size, checked.judged, checked.wrong, checked.rate) == (6, 4, 2, 0.5)


def test_sample_is_drawn_into_the_report_and_the_record(ran: Ran, tmp_path: Path) -> None:
    ran({"a.txt": AREAS})
    status, said = call("audit", "sample", "--out", tmp_path / "out", "--n", 2, "--seed", 3)
    assert (status, "2 figures" in said) == (0, True)
    with (tmp_path / "out" / "audit" / "sample.csv").open(newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["figure"] for row in rows] == [each["figure"] for each in data(tmp_path / "out", "sample")["figures"]]
    ran({"a.txt": WRONG})
    assert data(tmp_path / "out", "sample") is None


def test_sample_names_places_as_the_report_does(ran: Ran, tmp_path: Path) -> None:
    ran({"a.txt": AREAS})
    call("audit", "sample", "--out", tmp_path / "out")
    places = {value["id"]: value["place"] for value in data(tmp_path / "out", "p-a")["values"]}
    drawn = data(tmp_path / "out", "sample")["figures"]
    assert {each["figure"]: each["place"] for each in drawn} == places


def test_result_is_told(tmp_path: Path) -> None:
    rows = "".join(f"{verdict},n=4 seed=7 of=9\n" for verdict in ("agree", "agree", "dispute", ""))
    (tmp_path / "signoff.csv").write_text("verdict,sample\n" + rows + "agree,\n", encoding="utf-8")
    status, said = call("audit", "result", tmp_path / "signoff.csv")
    assert (status, "3 of 4 figures signed off, 1 wrong" in said, "33.3%" in said) == (0, True, True)


@pytest.mark.parametrize("content", [None, "", "verdict,sample\nagree,\n", "verdict,sample\n,n=1\n"])
def test_result_of_nothing_is_refused(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "signoff.csv").write_text(content, encoding="utf-8")
    assert call("audit", "result", tmp_path / "signoff.csv")[0] == 2


def test_sample_of_no_run_is_refused(tmp_path: Path) -> None:
    assert call("audit", "sample", "--out", tmp_path)[0] == 2


def test_file_that_a_person_put_into_the_report_is_never_replaced(ran: Ran, tmp_path: Path) -> None:
    ran({"a.txt": AREAS})
    (tmp_path / "out" / "audit" / "signoff.csv").write_text("mine", encoding="utf-8")
    assert call("extract", tmp_path / "raw", "--out", tmp_path / "out")[0] == 2
    assert (tmp_path / "out" / "audit" / "signoff.csv").read_text(encoding="utf-8") == "mine"


def test_paper_with_the_longest_name_has_its_place_in_the_report(ran: Ran, tmp_path: Path) -> None:
    done = ran({"a" * 251 + ".txt": AREAS, "b.txt": AREAS + "More.\n"})
    assert [result.paper.status for result in done.results] == ["read", "read"]
    names = {paper["id"]: paper["name"] for paper in data(tmp_path / "out", "index")["papers"]}
    assert data(tmp_path / "out", f"p-{names['a' * 251]}")["id"] == "a" * 251


def test_thousands_of_notices_do_not_make_the_first_page_heavy(ran: Ran, tmp_path: Path) -> None:
    ran({"a.txt": ("Area\tAllocation 2014/15\nBlaby\t£5\n") * 3000})
    page = (tmp_path / "out" / "audit" / "index.html").read_text(encoding="utf-8")
    assert (len(page) < 400_000, "more, at their places" in page) == (True, True)
