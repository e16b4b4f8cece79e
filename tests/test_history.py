"""The life of an intention, told from an output folder; each meaning of a code apart."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.history import NoHistory, history
from pipeline.run import Run

HEAD = "Code\tCommissioning Intention\tFunding Mechanism\tAmount {}\tAmount {}\tComment\n"
YOUTH = "Keep young people away from crime on long winter evenings"
BURGLARY = "Help victims of burglary with locks and lights"
FIRST = (
    "Date: 1 May 2013\n\n" + HEAD.format("2014/15", "2015/16")
    + f"CI001 CI201\t{YOUTH}\tDirect\t£4,100\t£9\tVia Team\n"
    + f"CI002\t{BURGLARY}\tDirect\t£7,300\t£8,400\tVia Team\n"
)  # fmt: skip
SECOND = (
    "Date: 1 May 2014\n\n" + HEAD.format("2015/16", "2016/17")
    + f"CI002\t{YOUTH}\tDirect\t£5,200\t£6,200\tVia Team\n"
    + f"CI003\t{BURGLARY}\tCo-com Direct\ta) £1,000 b) £2,000 Total: £3,000\ta) £3 b) £4 Total: £7\ta) Team b) Club\n"
)  # fmt: skip


@pytest.fixture
def written(ran: Callable[..., Run], tmp_path: Path) -> Path:
    """Two papers; CI002 is burglary in the first and young people in the second."""
    ran({"one.txt": FIRST, "two.txt": SECOND})
    return tmp_path / "out"


def lives(lines: Iterator[str]) -> list[str]:
    """The lines of each life as one text."""
    return "".join(f"{line}\n" for line in lines).removesuffix("\n\n").split("\n\n")


def test_code_with_two_meanings_has_two_lives_apart(written: Path) -> None:
    first, second = lives(history(written, "CI002"))
    assert (YOUTH in first, BURGLARY in first, YOUTH in second, BURGLARY in second) == (True, False, False, True)


def test_life_goes_on_under_another_code(written: Path) -> None:
    [life] = lives(history(written, "CI001"))
    assert [line.split()[0] for line in life.splitlines()[3:] if line.startswith("CI")] == ["CI201", "CI001", "CI002"]


def test_previous_code_leads_to_the_same_life(written: Path) -> None:
    assert lives(history(written, "CI201"))[0].splitlines()[3:] == lives(history(written, "CI001"))[0].splitlines()[3:]


def test_paper_chooses_the_meaning(written: Path) -> None:
    [life] = lives(history(written, "CI002", "two"))
    assert YOUTH in life
    assert BURGLARY not in life


def test_a_code_that_one_paper_gives_twice_is_told(ran: Callable[..., Run], tmp_path: Path) -> None:
    table = HEAD.format("2014/15", "2015/16") + "CI001\t{}\tDirect\t£5\t£6\tVia Team\n\n"
    done = ran({"one.txt": f"Grants for the young\n\n{table.format(YOUTH)}Others\n\n{table.format(BURGLARY)}"})
    slugs = [found.rule.slug for result in done.results for found in result.findings]
    assert slugs.count("code-reused") == 2
    [life] = lives(history(tmp_path / "out", "CI001"))
    assert "with other words in several tables" in life


def test_whole_and_parts_are_not_mixed(written: Path) -> None:
    [life] = lives(history(written, "CI003"))
    assert "2015/16: £8,400.00 (CI002 in one); £3,000.00 (CI003 in two)" in life.splitlines()
    told = [" ".join(line.split()[1:4]) for line in life.splitlines() if line.startswith("      2015/16")]
    assert told == ["£8,400.00 item, Team,", "£3,000.00 total of", "£1,000.00 part a,", "£2,000.00 part b,"]


def test_every_amount_leads_to_its_place(written: Path) -> None:
    amounts = [line for line in history(written, "CI002") if line.startswith("      2")]
    assert amounts
    assert [line for line in amounts if "raw/" not in line.split()[-1] or "#line=" not in line.split()[-1]] == []


def test_code_of_another_kind_of_table_has_a_life_too(ran: Callable[..., Run], tmp_path: Path, root: Path) -> None:
    ran({"plan.txt": (root / "raw" / "specimen-activities-2017.txt").read_text(encoding="utf-8")})
    [life] = lives(history(tmp_path / "out", "2.2"))
    assert life.splitlines()[1] == "2.2: life 1 of 1. Children who saw it"
    assert "2018/19: £200,000.00 (2.2 in plan)" in life


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["CI999"], "No intention has the code CI999."),
        (["CI001", "--paper", "two"], "No intention has the code CI001 in two."),
        (["CI001", "--paper", "three"], "There is no paper three; the table papers lists their names."),
    ],
)
def test_what_is_not_there_is_said(arguments: list[str], said: str, written: Path) -> None:
    done = CliRunner().invoke(main, ["history", *arguments, "--out", str(written)])
    assert (done.exit_code, said in done.output) == (2, True)


def test_folder_without_tables_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoHistory, match="no tables"):
        list(history(tmp_path, "CI001"))


def test_codes_given_again_in_the_real_papers_have_a_life_for_each_meaning(run: Run, out: Path) -> None:
    assert run.results
    assert {code: len(lives(history(out, code))) for code in ("CI009", "CI010", "CI011", "CI025")} == {
        "CI009": 2, "CI010": 2, "CI011": 2, "CI025": 2,
    }  # fmt: skip


def test_shared_funds_and_copies_are_told_as_such(run: Run, out: Path) -> None:
    assert run.results
    life = "\n".join(history(out, "CI011"))
    assert "a whole fund that pays for others too" in life
    assert "count them once" in life
    assert "2014/15: only whole funds (CI011" in life
