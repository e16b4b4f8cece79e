"""Every amount of money printed anywhere, once, with what became of it."""

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text import Unreadable
from pipeline.result import Result
from schemas.rules import Rule

Understood = Callable[..., Result]
CODED = "Code\tCommissioning Intention\tFunding Mechanism\tAmount 2014/15\tAmount 2015/16\tComment\n"
AREAS = "Area\tAllocation 2014/15\n"
PIECES = st.lists(
    st.sampled_from(["£5", "£1,000", "£4.611m1", "£", "£k", "£'000", "\t", "\n", "\n\n", "Blaby", "Area", "words", " ",
                     "Allocation 2014/15", "Total", "a) £5", "£1.234", "12", "<b>£7</b>", "(£8)", "£ 9", "248"]),
    max_size=30,
).map("".join)  # fmt: skip


def uses(result: Result) -> list[tuple[str, str]]:
    """Each amount as printed with what became of it."""
    return [(each.raw, each.used_as) for each in result.money]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Up to £25k may be asked for.\n", [("£25k", "prose")]),
        (AREAS + "Blaby\t£5\nMelton\t£6\nTotal\t£11\n", [("£5", "allocation"), ("£6", "allocation"), ("£11", "total")]),
        ("2014/15\t2015/16\n£6.085m\t£12.820m\n", [("£6.085m", "measure"), ("£12.820m", "measure")]),
        (CODED + "CI001\tWork\tDirect\t£5\t£6\tVia Team (£2 for a van)\n",
         [("£5", "allocation"), ("£6", "allocation"), ("£2", "cell-text")]),
        ("Area\tAllocation 2014/15 (£m)\nBlaby\t1.5\nMelton\t1.5\n",
         [("£m", "cell-text"), ("1.5", "allocation"), ("1.5", "allocation")]),
        ("Station\tStaff\nNorth\t12\nSouth\t13\n", []),
    ],
)  # fmt: skip
def test_every_amount_has_its_use(text: str, found: list[tuple[str, str]], understood: Understood) -> None:
    assert uses(understood(text)) == found


def test_amounts_stand_in_printed_order(understood: Understood) -> None:
    result = understood("First £9.\n\n" + AREAS + "Blaby\t£5\nMelton\t£6\n\nLast £7.\n")
    assert [each.raw for each in result.money] == ["£9", "£5", "£6", "£7"]


def test_amount_names_the_row_that_it_became(understood: Understood) -> None:
    result = understood(AREAS + "Blaby\t£5\nMelton\t£6\n")
    assert [each.row_id for each in result.money] == [line.allocation_id for line in result.allocations]


def test_amount_in_a_cell_names_the_cell(understood: Understood) -> None:
    result = understood(CODED + "CI001\tWork\tDirect\t£5\t£6\tVia Team (£2 for a van)\n")
    assert result.money[-1].row_id == "paper/t01/1/5"


@pytest.mark.parametrize(
    ("printed", "raw", "pounds"),
    [
        ("£4.611m1.", "£4.611m", "4611000"),
        ("£5,000, then", "£5,000", "5000"),
        ("£2 million more", "£2 million", "2000000"),
        ("(£'000)", "£'000", None),
        ("£173.87501", "£173.87501", "173.8750"),
        ("a lone £ sign", "£", None),
    ],
)
def test_amount_in_prose_is_read(printed: str, raw: str, pounds: str | None, understood: Understood) -> None:
    [money] = understood(f"It says {printed}\n").money
    assert (money.raw, money.amount_gbp) == (raw, Decimal(pounds) if pounds else None)


@pytest.mark.parametrize("printed", ["£12,34", "£1.234"])
def test_unclear_amount_in_prose_is_told_and_has_no_value(printed: str, understood: Understood) -> None:
    result = understood(f"It says {printed} and more.\n")
    assert (result.money[0].amount_gbp, [found.rule for found in result.findings]) == (
        None,
        [Rule.MONEY_UNREADABLE, Rule.NO_TABLES],
    )


def test_amount_in_an_amount_column_that_became_nothing_is_an_error(understood: Understood) -> None:
    result = understood(AREAS + "Blaby\t£5x\nMelton\t£6\n")
    placed = [found for found in result.findings if found.rule in (Rule.MONEY_NOT_PLACED, Rule.MONEY_UNREADABLE)]
    assert placed != []


def test_context_is_the_words_around(understood: Understood) -> None:
    assert understood("The   fund of £5\nis spent.\n").money[0].context == "The fund of £5 is spent."


@given(PIECES)
def test_every_pound_sign_is_in_money_once(understood: Understood, text: str) -> None:
    try:
        result = understood(text)
    except Unreadable:
        return
    held = [i for each in result.money for i in range(each.place.char_start, each.place.char_end) if text[i] == "£"]
    assert sorted(held) == [i for i, char in enumerate(text) if char == "£"]


@given(PIECES)
def test_no_two_amounts_overlap(understood: Understood, text: str) -> None:
    try:
        spans = [(each.place.char_start, each.place.char_end) for each in understood(text).money]
    except Unreadable:
        return
    assert [(left, right) for left, right in pairwise(spans) if left[1] > right[0]] == []
