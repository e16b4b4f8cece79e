"""The same intention from paper to paper: what is asserted is right, and suggestions rank the right one first."""

import csv
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pyarrow import parquet

from pipeline.likeness import likeness
from pipeline.link import link
from pipeline.links import Link
from pipeline.result import Result
from pipeline.run import Run

Understood = Callable[..., Result]
HEAD = "Code\tCommissioning Intention\tFunding Mechanism\tAmount {}\tAmount {}\tComment\n"
FIRST, SECOND = HEAD.format("2014/15", "2015/16"), HEAD.format("2015/16", "2016/17")
PLAN = (
    "CI001\tKeep young people away from crime on long winter evenings\tDirect\t£4,100\t£5,200\tVia Team\n"
    "CI002\tHelp victims of burglary with locks and lights\tDirect\t£7,300\t£8,400\tVia Team\n"
    "CI003\tWatch the canals together with those who live there\tDirect\t£9,500\t£9,600\tVia Team\n"
)
SHARE = 0.9
# What the commitments of 2016/17 pay for, by amount, as a person reads both papers; a slash where two are as good.
PAID_FOR = """
370136 CI005/CI002, 368000 CI006, 216405 CI005, 162554 CI009, 147556 CI001, 98750 CI005, 89250 CI007, 84446 CI009,
78750 CI007, 77934 CI009, 72150 CI001, 63825 CI001, 50000 CI004, 34029 CI008, 34000 CI003, 13000 CI002, 12000 CI002,
7000 CI007, 3700 CI001, 1114 CI002/CI005, 634384 CI013, 268877 CI025, 80000 CI026, 67906 CI012, 34735 CI010,
23800 CI010, 21585 CI010, 17612 CI010, 15835 CI010, 26190 CI014, 16000 CI018, 15000 CI027, 6536 CI017, 5000 CI019,
20000 CI019, 43945 CI023, 41000 CI020/CI022, 8500 CI023, 7970 CI023, 20564 CI021
"""


@pytest.fixture(scope="module")
def history(shared: Path) -> set[tuple[str, ...]]:
    """The links that were keyed by hand."""
    with (shared / "expected" / "code_history.csv").open(newline="", encoding="utf-8") as handle:
        return {tuple(row[c] for c in ("old_paper", "old_code", "new_paper", "new_code"))
                for row in csv.DictReader(handle)}  # fmt: skip


@pytest.fixture(scope="module")
def links(run: Run) -> list[dict[str, object]]:
    """The links between intentions of the real papers."""
    coded = {row["paper_id"] for row in run.tables["intentions"].to_pylist()}
    return [row for row in run.tables["intention_links"].to_pylist() if row["to_paper_id"] in coded]


def pair(row: dict[str, object]) -> tuple[object, ...]:
    return row["from_paper_id"], row["from_code"], row["to_paper_id"], row["to_code"]


def test_every_asserted_link_is_right(links: list[dict[str, object]], history: set[tuple[str, ...]]) -> None:
    assert [row for row in links if row["status"] == "asserted" and pair(row) not in history] == []


def test_suggestions_rank_the_right_one_first(links: list[dict[str, object]], history: set[tuple[str, ...]]) -> None:
    asserted = {pair(row) for row in links if row["status"] == "asserted"}
    first = {}
    for row in sorted(links, key=lambda row: -float(str(row["score"]))):
        if row["status"] == "suggested":
            first.setdefault(one_to_decide(pair(row)), pair(row))
    wanted = {one_to_decide(each): each for each in history - asserted}
    assert sum(first.get(key) == each for key, each in wanted.items()) >= SHARE * len(wanted)


def one_to_decide(link: tuple[object, ...]) -> tuple[object, ...]:
    """What a person decides on: an intention of the later paper, or a code of an edition within it."""
    return (link[0], link[1]) if str(link[0]).startswith(str(link[2])) else (link[0], *link[2:])


def test_every_keyed_link_is_there(links: list[dict[str, object]], history: set[tuple[str, ...]]) -> None:
    assert history - {pair(row) for row in links} == set()


@pytest.mark.slow
def test_every_asserted_link_is_right_where_the_papers_are_there_as_pdfs_too(
    report: Path, papers: list[Path], history: set[tuple[str, ...]]
) -> None:
    """A PDF's code stands for that of the text of the same paper."""
    texts = {"d1": papers[2].stem, "d2": papers[3].stem, "d3": papers[0].stem, "d4": papers[4].stem}
    wrong = []
    for row in parquet.read_table(report / "intention_links.parquet").to_pylist():
        start, end = as_text(row["from_paper_id"], texts), as_text(row["to_paper_id"], texts)
        itself = (start, row["from_code"]) == (end, row["to_code"])
        if row["status"] == "asserted" and not itself and (start, row["from_code"], end, row["to_code"]) not in history:
            wrong.append(row)
    assert wrong == []


def as_text(paper_id: str, texts: dict[str, str]) -> str:
    """The name of the text of a PDF's paper, or of an edition that it speaks of."""
    name = re.sub(r"^(d\d)-.*?(-draft|-2014/15)?$", r"\1\2", paper_id)
    return texts[name[:2]] + name[2:] if name[:2] in texts else paper_id


def test_codes_given_again_are_never_linked_to_their_other_meaning(links: list[dict[str, object]]) -> None:
    reused = {"CI009", "CI010", "CI011"}
    same = {
        pair(row)
        for row in links
        if row["from_code"] == row["to_code"] in reused
        and str(row["from_paper_id"])[:4] == "2013"
        and str(row["to_paper_id"])[:4] == "2014"
    }
    assert same == set()


def test_commitments_are_only_suggested_and_mostly_right(run: Run) -> None:
    keyed = {Decimal(amount): codes.split("/") for amount, codes in map(str.split, PAID_FOR.split(","))}
    amounts = {(line.paper_id, line.item): line.amount_gbp for result in run.results for line in result.allocations
               if line.paper_id.startswith("2015")}  # fmt: skip
    first = {
        amounts[row["to_paper_id"], row["to_code"]]: (row["from_code"], row["status"])
        for row in run.tables["intention_links"].to_pylist()
        if (row["to_paper_id"], row["to_code"]) in amounts
    }
    assert {status for _, status in first.values()} == {"suggested"}
    right = sum(first.get(amount, ("", ""))[0] in codes for amount, codes in keyed.items())
    assert right >= SHARE * len(keyed)


def dated(result: Result, year: int, publisher: str | None = None) -> Result:
    return replace(result, paper=replace(result.paper, published_on=date(year, 1, 1), publisher=publisher))


def two(understood: Understood, first: str, second: str, *houses: str) -> list[Link]:
    """The links between a paper and a later one."""
    house = [*houses, None, None]
    return link([dated(understood(FIRST + first, "a.txt"), 2013, house[0]),
                 dated(understood(SECOND + second, "b.txt"), 2014, house[1])])[1]  # fmt: skip


def said(links: list[Link]) -> list[tuple[str, ...]]:
    return [(each.from_code, each.to_code, each.relation, each.basis, each.status) for each in links]


def test_same_money_under_like_words_is_asserted(understood: Understood) -> None:
    later = "CI007\tKeep young people away from crime on long dark winter evenings\tDirect\t£5,200\t£6\tVia Team\n"
    assert said(two(understood, PLAN, later)) == [("CI001", "CI007", "renumbered", "same-money", "asserted")]


def test_like_words_with_other_money_are_suggested(understood: Understood) -> None:
    later = "CI007\tKeep young people away from crime on long dark winter evenings\tDirect\t£1\t£6\tVia Team\n"
    assert said(two(understood, PLAN, later)) == [("CI001", "CI007", "renumbered", "similar-words", "suggested")]


@pytest.mark.parametrize(
    "later",
    ["CI001\tBuy a new boat for the harbour\tDirect\t£5,200\t£6\tVia Team\n",
     "CI001\tBuy a new boat for the harbour\tDirect\t£77\t£6\tVia Team\n"],
    ids=["and the same money", "and nothing else"],
)  # fmt: skip
def test_same_code_over_other_words_is_no_link(later: str, understood: Understood) -> None:
    assert two(understood, PLAN, later) == []


def test_papers_of_two_houses_are_never_linked(understood: Understood) -> None:
    assert two(understood, PLAN, PLAN.replace("£", "£1"), "Westmarsh", "Eastmarsh") == []


def test_sentence_that_two_intentions_share_is_not_asserted(understood: Understood) -> None:
    twice = PLAN + PLAN.splitlines()[0].replace("CI001", "CI009").replace("£", "£3") + "\n"
    later = "CI007" + PLAN.splitlines()[0][5:].replace("£", "£8") + "\n"
    assert {each.status for each in two(understood, twice, later)} == {"suggested"}


def test_two_words_are_too_few_to_assert(understood: Understood) -> None:
    line = "CI001\tYouth work\tDirect\t£5,200\t£6\tVia Team\n"
    assert said(two(understood, line.replace("£", "£7"), line)) == [
        ("CI001", "CI001", "same", "similar-words", "suggested")
    ]


def test_only_the_nearest_earlier_paper_is_linked(understood: Understood) -> None:
    papers = [dated(understood(FIRST + PLAN.replace("£", f"£{n}"), f"{n}.txt"), 2012 + n) for n in (1, 2, 3)]
    assert {(each.from_paper_id, each.to_paper_id) for each in link(papers)[1]} == {("1", "2"), ("2", "3")}


@pytest.mark.parametrize(
    ("codes", "relations"),
    [
        (("CI001 CI201", "CI002 CI202"), ["renumbered", "renumbered"]),
        (("CI001 CI201 CI202", "CI002"), ["merged", "merged"]),
        (("CI001 CI201", "CI002 CI201"), ["split", "split"]),
    ],
)
def test_printed_renumbering_is_asserted(codes: tuple[str, str], relations: list[str], understood: Understood) -> None:
    text = FIRST + PLAN.replace("CI001", codes[0]).replace("CI002", codes[1])
    links = link([understood(text, "a.txt")])[1]
    assert [each.relation for each in links] == relations
    assert {(each.from_paper_id, each.basis, each.status) for each in links} == {("legacy", "printed", "asserted")}


def test_printed_renumbering_names_the_earlier_paper_that_is_at_hand(understood: Understood) -> None:
    links = two(understood, PLAN.replace("CI00", "CI20"), PLAN.replace("CI001", "CI001 CI201").replace("£", "£1"))
    assert [each.from_paper_id for each in links if each.to_code == "CI001"] == ["a"]


EDITIONS = FIRST + PLAN


@pytest.mark.parametrize(
    ("above", "line", "link_"),
    [
        ("In the consultation people wrote of the draft:", "The wish to help burglary victims with locks (CI009)",
         ("draft", "CI009", "CI002", "suggested")),
        ("In 2013/14 money was given for:", "CI002: Help victims of burglary with locks and lights.",
         ("2013/14", "CI002", "CI002", "asserted")),
        ("In 2014/15 money will be given for:", "CI002: Help victims of burglary with locks and lights.", None),
        ("", "CI002: Help victims of burglary with locks and lights.", None),
        ("In the consultation people wrote of the draft:", "Much was said of (CI002)", None),
    ],
    ids=["draft", "earlier year", "present year", "no edition", "no words"],
)  # fmt: skip
def test_code_of_another_edition_is_linked(
    above: str, line: str, link_: tuple[str, ...] | None, understood: Understood
) -> None:
    links = link([understood(f"{above}\n\n- {line}\n\nNow the table.\n\n{EDITIONS}", "a.txt")])[1]
    made = [(each.from_paper_id.removeprefix("a-"), each.from_code, each.to_code, each.status) for each in links]
    assert made == ([link_] if link_ else [])


def disturbed(words: list[str], dice: random.Random) -> Iterator[str]:
    """A description as another paper may print it: its beginning or end lost, words left out, letters misread."""
    half = max(4, len(words) // 2)
    yield " ".join(words[:half])
    yield " ".join(words[len(words) // 3 :])
    yield " ".join([word for word in words if dice.random() > 0.35] or words)
    yield " ".join(word[:-1] + dice.choice("xeo") if dice.random() < 0.15 else word for word in words)
    yield f"Partners welcome the wish {' '.join(words[:half])} and hope that it goes on for some years to come"


def test_disturbed_words_still_rank_their_own_intention_first(run: Run) -> None:
    dice, right, asked = random.Random(7), 0, 0
    for result in run.results:
        texts = [each.description for each in result.intentions if each.description]
        for text in texts:
            for query in disturbed(text.split(), dice):
                asked += 1
                right += max(texts, key=lambda other, query=query: likeness(query, other)) == text
    assert right >= SHARE * asked
