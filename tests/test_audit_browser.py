"""The audit report in a real browser: opened from the file system, with the network off."""

import csv
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from extractors.pages.pdfium import see
from pipeline.audit.check import sample
from pipeline.run import Run

pytestmark = [pytest.mark.slow, pytest.mark.browser]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
Open = Callable[..., Any]
WRONG = "Area\tAllocation 2014/15\nBlaby\t£5\nMelton\t£6\nRutland\t£7\nTotal\t£81\n"
PAPERS = (
    "d1-001-panel-pack", "d2-002-commissioning-framework", "d3-003-commissioning-plan-2012",
    "d4-004-commissioning-framework-2016", "2012-13-safer-communities-commissioning-plan",
    "2013-12-13-appendix-b-excerpt", "2013-12-13-police-and-crime-panel",
    "2014-09-29-commissioning-framework-2015-17", "2015-10-23-commissioning-framework-2016-17",
)  # fmt: skip
EXCERPT = "2013-12-13-appendix-b-excerpt"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A browser without a window. Without one these tests are skipped, but not where CI says BROWSER=required."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        reason = f"no browser is installed: {', '.join(BROWSERS)}"
        pytest.fail(reason) if os.environ.get("BROWSER") == "required" else pytest.skip(reason)
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def open_report(browser: Any) -> Iterator[Open]:
    """Open a place of a report, offline. No console error, no fault of the script and no request may come of it."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800}, accept_downloads=True)
    faults: list[str] = []
    page = context.new_page()
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("dialog", lambda dialog: faults.append(f"dialog {dialog.message}"))
    page.on("request", lambda r: faults.append(r.url) if not r.url.startswith(("file:", "blob:")) else None)

    def opened(out: Path, place: str = "", file: str = "index.html") -> Any:
        page.goto("about:blank")
        page.goto(f"{(out / 'audit' / file).as_uri()}{place}")
        if "paper=" in place:
            until(page, "document.querySelector('#pages').children.length > 0")
        return page

    yield opened
    context.close()
    assert faults == []


def until(page: Any, expression: str) -> None:
    """Wait for something on the page. The driver's own way of waiting evaluates text, which the report forbids."""
    for _ in range(200):
        if page.evaluate(f"Boolean({expression})"):
            return
        page.wait_for_timeout(25)
    pytest.fail(f"never came true: {expression}")


def rows(out: Path, name: str) -> list[dict[str, str]]:
    with (out / f"{name}.csv").open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def figures(out: Path, paper: str) -> list[dict[str, str]]:
    """Ten printed figures of a paper, spread over it."""
    own = [row for row in rows(out, "allocations") if row["paper_id"] == paper and row["amount_raw"]]
    return own[:: max(1, len(own) // 10)][:10]


def lit(page: Any) -> dict[str, Any]:
    """The one box that is lit on the page: where it stands, what it holds, whether it is in sight."""
    until(page, "document.querySelectorAll('#pages [data-box][aria-current]').length === 1")
    page.wait_for_timeout(60)
    return page.evaluate("""() => {
        const box = document.querySelector('#pages [data-box][aria-current]'), style = box.style;
        const pane = document.querySelector('#pages').getBoundingClientRect(), at = box.getBoundingClientRect();
        const part = box.closest('.page'), line = box.closest('.line');
        return { id: box.dataset.box, text: box.textContent, part: part && part.id, line: line && line.id,
                 share: [style.left, style.top, style.width, style.height].map(parseFloat),
                 ratio: part && part.style.aspectRatio.split('/').map(parseFloat),
                 seen: at.top >= pane.top - 1 && at.bottom <= pane.bottom + 1 };
    }""")


def stands_where_it_says(box: dict[str, Any], row: dict[str, str]) -> bool:
    """Whether a lit box is where allocations.csv has the figure."""
    if row["line"]:
        return (box["line"], box["text"]) == (f"line-{row['line']}", row["amount_raw"])
    (width, height), (left, top, wide, high) = box["ratio"], box["share"]
    edges = left * width, top * height, (left + wide) * width, (top + high) * height
    keyed = [float(row[name]) for name in ("x0", "top", "x1", "bottom")]
    near = all(abs(edge / 100 - key) < 0.1 for edge, key in zip(edges, keyed, strict=True))
    return near and box["part"] == f"page-{row['page']}"


@pytest.mark.parametrize("paper", PAPERS)
def test_ten_figures_of_each_paper_light_their_boxes(paper: str, report: Path, open_report: Open) -> None:
    page = open_report(report, f"#paper={paper}")
    chosen = figures(report, paper)
    wrong = []
    for row in chosen:
        page.evaluate(
            "id => document.querySelectorAll('#tables details').forEach(d => { d.open = true; d.make?.(); })", ""
        )
        page.locator(f'#tables tr[data-value="{row["allocation_id"]}"] button').click()
        box = lit(page)
        if not (box["id"] == row["allocation_id"] and box["seen"] and stands_where_it_says(box, row)):
            wrong.append((row["allocation_id"], box))
    assert (len(chosen), wrong) == (10, [])


@pytest.mark.parametrize("paper", PAPERS)
def test_box_leads_back_to_its_row(paper: str, report: Path, open_report: Open) -> None:
    row, other = figures(report, paper)[3], figures(report, paper)[4]
    page = open_report(report, f"#paper={paper}&figure={other['allocation_id']}")
    lit(page)
    page.evaluate("id => { for (const part of document.querySelector('#pages').children) part.make(); }", "")
    page.locator(f'#pages [data-box="{row["allocation_id"]}"]').click()
    until(page, f"document.querySelector('#tables tr[aria-current]')?.dataset.value === '{row['allocation_id']}'")
    assert page.locator("#tables tr[aria-current]").bounding_box()["y"] < 800
    assert row["amount_raw"] in page.locator("#detail").inner_text()


def test_address_opens_at_its_place(report: Path, open_report: Open) -> None:
    row = figures(report, PAPERS[0])[5]
    box = lit(open_report(report, f"#paper={PAPERS[0]}&figure={row['allocation_id'].replace('/', '%2F')}"))
    assert (box["id"], box["seen"]) == (row["allocation_id"], True)


def test_filters_leave_what_passes_them(report: Path, open_report: Open) -> None:
    page = open_report(report, f"#paper={EXCERPT}")
    page.select_option("#f-field", "code")
    until(page, "location.hash.includes('field=code')")
    shown = page.locator("#tables tr[data-value]").evaluate_all("all => all.map(row => row.dataset.value)")
    kept = [row for row in rows(report, "intentions") + rows(report, "code_changes") if row["paper_id"] == EXCERPT]
    assert len(shown) == len(kept)


@pytest.mark.parametrize("paper", [PAPERS[0], PAPERS[7]])
def test_filters_go_together(paper: str, report: Path, open_report: Open) -> None:
    own = [row for row in rows(report, "allocations") if row["paper_id"] == paper]
    table = Counter(row["table_id"] for row in own).most_common(1)[0][0]
    kept = {row["allocation_id"] for row in own if row["table_id"] == table and row["evidence"] == "proved"}
    page = open_report(report, f"#paper={paper}")
    page.select_option("#f-table", table)
    page.select_option("#f-field", "amount")
    page.select_option("#f-evidence", "proved")
    until(page, "location.hash.includes('evidence=proved')")
    # The rows are drawn when the address has changed, a moment later on a busy machine.
    until(page, f"document.querySelectorAll('#tables tr[data-value]').length === {len(kept)}")
    shown = page.locator("#tables tr[data-value]").evaluate_all("all => all.map(row => row.dataset.value)")
    assert (set(shown), len(shown) > 5) == (kept, True)


def test_finding_leads_to_its_place(report: Path, open_report: Open) -> None:
    page = open_report(report)
    link = page.locator("#view-start .need.warning .where a").first
    message = page.locator("#view-start .need.warning .said").first.inner_text()
    link.click()
    until(page, "document.querySelector('#pages [aria-current], #pages .lit, #pages .spot')")
    assert message.removeprefix("warning").strip() in page.locator("#detail").inner_text()


def test_search_finds_an_amount_and_opens_it(report: Path, open_report: Open) -> None:
    page = open_report(report)
    page.fill("#query", "34029")
    page.locator("#found a").first.click()
    assert lit(page)["seen"]
    assert "£34,029" in page.locator("#detail").inner_text()


def test_keys_move_and_can_be_switched_off(report: Path, open_report: Open) -> None:
    page = open_report(report, f"#paper={EXCERPT}")
    page.keyboard.press("n")
    page.keyboard.press("n")
    until(page, "document.querySelector('#position').textContent.startsWith('2 of')")
    page.keyboard.press("?")
    page.locator("#keys-on").uncheck()
    page.locator("#keys button").click()
    page.keyboard.press("n")
    assert page.locator("#position").inner_text().startswith("2 of")


def test_page_can_be_made_larger(report: Path, open_report: Open) -> None:
    page = open_report(report, f"#paper={PAPERS[0]}&figure={figures(report, PAPERS[0])[2]['allocation_id']}")
    before = page.locator("#page-1").bounding_box()["width"]
    page.click("#larger")
    assert page.locator("#page-1").bounding_box()["width"] > before * 1.2
    assert lit(page)["seen"]


def test_code_is_corrected_downloaded_applied_and_parked(
    open_report: Open, shared: Path, tmp_path: Path, ran: Callable[..., Run]
) -> None:
    paper = (shared / "papers" / f"{EXCERPT}.txt").read_bytes()
    ran({"a.txt": paper})
    code = next(row for row in rows(tmp_path / "out", "code_changes") if row["old_raw"] == "C1400")
    page = open_report(tmp_path / "out", "#paper=a")
    page.fill("#query", "C1400")
    page.locator("#found a", has_text="C1400").first.click()
    page.click("#v-correct")
    page.fill("[name=value]", "CI400")
    page.fill("[name=reason]", "the digit 1 stands for I")
    page.fill("[name=initials]", "AB")
    page.click(".verdict-form button")
    page.click("nav [data-view=start]")
    assert page.locator("#view-start .need.settled").count() == 1
    page.click("nav [data-view=marks]")
    saved = {}
    for name in ("corrections", "signoff"):
        with page.expect_download() as started:
            page.click(f"#get-{name}")
        saved[f"{name}.csv"] = Path(started.value.path()).read_bytes()
        assert started.value.suggested_filename == f"{name}.csv"
    ran({"a.txt": paper, **saved})
    assert (
        next(row["old_code"] for row in rows(tmp_path / "out", "code_changes") if row["old_raw"] == "C1400") == "CI400"
    )
    said = [row for row in rows(tmp_path / "out", "findings") if row["rule"].startswith("correction-")]
    assert [(row["rule"], row["line"]) for row in said] == [("correction-applied", code["line"])]
    page = open_report(tmp_path / "out", "#view=marks")
    assert page.locator("#marks tbody tr").count() == 1
    ran({"a.txt": paper.replace(b"C1400", b"C1401")})
    assert [r["rule"] for r in rows(tmp_path / "out", "findings") if r["rule"].startswith("corr")] == [
        "correction-stale"
    ]
    assert "was not applied" in open_report(tmp_path / "out").locator("#view-start").inner_text()


def test_sample_is_signed_off(report: Path, open_report: Open, tmp_path: Path) -> None:
    out = tmp_path / "copy"
    shutil.copytree(report, out)
    drawn = sample(out, 25, 7)
    page = open_report(out, "#view=sample")
    boxes = page.locator("#sample input[type=checkbox]")
    assert boxes.count() == len(drawn) == 25
    for number in range(3):
        boxes.nth(number).check()
    page.locator("#sample tbody a").nth(3).click()
    assert lit(page)["id"] == drawn[3]["figure"]
    page.click("#v-dispute")
    page.fill("[name=reason]", "another row")
    page.fill("[name=initials]", "AB")
    page.click(".verdict-form button")
    page.click("nav [data-view=sample]")
    with page.expect_download() as started:
        page.click("#get-signoff")
    with Path(started.value.path()).open(newline="", encoding="utf-8") as handle:
        verdicts = [row["verdict"] for row in csv.DictReader(handle)]
    assert sorted(verdicts) == [""] * 21 + ["agree"] * 3 + ["dispute"]


def test_planted_wrong_total_is_the_first_thing_seen(
    open_report: Open, tmp_path: Path, ran: Callable[..., Run]
) -> None:
    ran({"a.txt": WRONG})
    page = open_report(tmp_path / "out")
    first = page.locator("#view-start .need").first
    assert "£18" in first.inner_text()
    assert "£63" in first.inner_text()
    first.locator(".where a").click()
    assert lit(page)["text"] == "£81"
    assert page.locator("#view-start").is_hidden()


@pytest.mark.parametrize("paper", PAPERS[4:])
def test_wrong_digit_in_a_total_of_a_real_paper_is_found_from_the_first_page(
    paper: str, open_report: Open, report: Path, shared: Path, tmp_path: Path, ran: Callable[..., Run]
) -> None:
    text = (shared / "papers" / f"{paper}.txt").read_bytes().decode("utf-8-sig")
    totals = [row for row in rows(report, "allocations") if row["paper_id"] == paper and "total" in row["line_type"]]
    total = next(row for row in totals if row["evidence"] == "proved" and row["amount_raw"])
    start, raw = int(total["char_start"]), total["amount_raw"]
    at = next(i for i, letter in enumerate(raw) if letter.isdigit())
    wrong = raw[:at] + str(int(raw[at]) % 9 + 1) + raw[at + 1 :]
    ran({"a.txt": text[:start] + wrong + text[start + len(raw) :]})
    page = open_report(tmp_path / "out")
    first = page.locator("#view-start .need").first
    assert wrong.removeprefix("£") in first.inner_text()
    first.locator(".where a").click()
    assert (lit(page)["text"], lit(page)["seen"]) == (wrong, True)


def test_disputed_figure_comes_back_for_review(open_report: Open, tmp_path: Path, ran: Callable[..., Run]) -> None:
    paper = WRONG.replace("£81", "£18")
    ran({"a.txt": paper})
    page = open_report(tmp_path / "out", "#paper=a")
    page.locator("#tables tr[data-value] button", has_text="£6").click()
    page.click("#v-dispute")
    page.fill("[name=reason]", "the scan shows £8")
    page.fill("[name=initials]", "AB")
    page.click(".verdict-form button")
    page.click("nav [data-view=marks]")
    with page.expect_download() as started:
        page.click("#get-signoff")
    ran({"a.txt": paper, "signoff.csv": Path(started.value.path()).read_bytes()})
    assert [row["evidence"] for row in rows(tmp_path / "out", "allocations")] == [
        "proved",
        "review",
        "proved",
        "proved",
    ]
    page = open_report(tmp_path / "out")
    first = page.locator("#view-start .need").first
    assert "AB disputes '£6': the scan shows £8." in first.inner_text()
    assert page.locator("#view-start .need.settled").count() == 0
    first.locator(".where a").click()
    assert lit(page)["text"] == "£6"


def test_figure_of_a_table_of_measures_is_corrected(open_report: Open, tmp_path: Path, ran: Callable[..., Run]) -> None:
    paper = "Proposal\tReduction\tSaving £000\nCars\t38.9%\t248\nFuel\t12%\t31\n"
    ran({"a.txt": paper})
    page = open_report(tmp_path / "out", "#paper=a")
    page.locator("#tables tr[data-value] button", has_text="248").click()
    page.click("#v-correct")
    assert "in whole pounds (now £248,000)" in page.locator(".verdict-form").inner_text()
    page.fill("[name=value]", "284,000")
    page.fill("[name=reason]", "digits changed places")
    page.fill("[name=initials]", "AB")
    page.click(".verdict-form button")
    page.click("nav [data-view=marks]")
    with page.expect_download() as started:
        page.click("#get-corrections")
    ran({"a.txt": paper, "corrections.csv": Path(started.value.path()).read_bytes()})
    values = {row["raw"]: float(row["value"]) for row in rows(tmp_path / "out", "measures")}
    assert values == {"38.9%": 38.9, "248": 284000, "12%": 12, "31": 31000}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("index.html", ""), ("index.html", f"#paper={PAPERS[0]}&figure="), ("index.html", f"#paper={EXCERPT}&figure="),
        ("index.html", "#view=marks"), ("index.html", "#view=sample"), ("pictures.html", ""), ("certificate.html", ""),
    ],
)  # fmt: skip
def test_axe_finds_no_fault(width: int, file: str, place: str, report: Path, open_report: Open) -> None:
    if place.endswith("figure="):
        place += figures(report, place[7:].removesuffix("&figure="))[3]["allocation_id"]
    page = open_report(report, place, file)
    page.set_viewport_size({"width": width, "height": 800})
    page.wait_for_timeout(150)
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "preload": False}
    found = Axe().run(page, options=rules).response["violations"]
    assert [(each["id"], each["impact"], each["nodes"][0]["html"]) for each in found] == []
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


def test_certificate_prints_on_one_page(report: Path, open_report: Open) -> None:
    page = open_report(report, file="certificate.html")
    assert len(list(see(page.pdf(prefer_css_page_size=True)))) == 1


def test_thousand_pages_open_at_once_and_load_as_they_are_seen(report: Path, open_report: Open, tmp_path: Path) -> None:
    out = tmp_path / "copy"
    shutil.copytree(report, out)
    script = out / "audit" / "data" / f"p-{PAPERS[0]}.js"
    data = json.loads(script.read_text(encoding="ascii").removeprefix("panelPapers.paper(").removesuffix(");\n"))
    count = len(data["pages"])
    data["pages"] = [data["pages"][i % count] for i in range(1000)]
    copies = [{**v, "id": f"{v['id']}-{n}", "at": [v["at"][0] + n * count, *v["at"][1:]]}
              for n in range(1, 1000 // count) for v in data["values"] if v["at"]]  # fmt: skip
    data["values"] += copies
    script.write_text(f"panelPapers.paper({json.dumps(data)});\n", encoding="ascii")
    page = open_report(out, f"#paper={PAPERS[0]}")
    assert page.locator("#pages .page").count() == 1000
    assert page.locator("#pages img").count() < 10
    started = page.evaluate("performance.now()")
    assert started < 3000
    page.evaluate("id => { location.hash = `#paper=${location.hash.split('=')[1]}&figure=${id}`; }", copies[-1]["id"])
    assert lit(page)["seen"]
    assert page.locator("#pages img").count() < 25


def test_words_of_a_paper_never_become_markup(
    open_report: Open, tmp_path: Path, shared: Path, ran: Callable[..., Run]
) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'</textarea><svg onload=alert(3)>"
    table = f"Area {evil}\tAllocation 2014/15\n{evil}\t£5\nMelton\t£6\nTotal {evil}\t£12\nTotal\t£13\n"
    text = f"Subject: {evil}\n\n{evil}\n\n{table}"
    ran(
        {
            "a.txt": text,
            "b.pdf": (shared / "hostile" / "html_cells.pdf").read_bytes(),
            f"{evil[:8]}.txt".replace("/", ""): text,
        }
    )
    for place in ("", "#paper=a", "#paper=b", "#view=marks"):
        page = open_report(tmp_path / "out", place)
        page.wait_for_timeout(150)
        assert page.locator("img[src=x], svg[onload], main script").count() == 0
    for file in ("pictures.html", "certificate.html"):
        assert open_report(tmp_path / "out", file=file).locator("img, script").count() == 0
