"""The grammar of money: what it reads, what it refuses, what it reads back."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.money import SCAN, NotMoney, read_count, read_money, read_percent, read_sum, write_money

SIGNS = st.sampled_from(["", "-", "−"])
GROUPED = st.integers(0, 10**13).map(lambda number: f"{number:,}")
WHOLE = st.one_of(GROUPED, st.integers(0, 10**9).map(str))
DECIMALS = st.sampled_from(["", ".50", ".05", ".5", ".125", ".8750", ".87501"])
UNITS = st.sampled_from(["", "k", "K", "m", " m", "bn", " million", " thousand", "billion"])
MARKS = st.sampled_from(["", "*", "†", "**", "1"])


@st.composite
def amounts(draw: st.DrawFn) -> str:
    """Texts that are amounts, or nearly."""
    number = draw(WHOLE) + draw(DECIMALS) + draw(UNITS)
    body = draw(SIGNS) + draw(st.sampled_from(["£", "£ ", ""])) + draw(SIGNS) + number
    return draw(st.sampled_from(["{}", "({})", "({}", "{})"])).format(body) + draw(MARKS)


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        ("£5", "5"),
        ("5", "5"),
        ("£ 5", "5"),
        ("  £5  ", "5"),
        ("£1,250", "1250"),
        ("£1250", "1250"),
        ("£1,250.50", "1250.50"),
        ("£1,234,567", "1234567"),
        ("£173.8750", "173.8750"),
        ("£4.611m", "4611000"),
        ("£4.611M", "4611000"),
        ("£1.5k", "1500"),
        ("£38k", "38000"),
        ("£2bn", "2000000000"),
        ("£2 million", "2000000"),
        ("£3 thousand", "3000"),
        ("(£1,234)", "-1234"),
        ("(1,234)", "-1234"),
        ("-£5", "-5"),
        ("−£5", "-5"),
        ("£-5", "-5"),
        ("£(1,234)", "-1234"),
        ("-£500", "-500"),
        ("- £500", "-500"),
        ("-252.26", "-252.26"),
        ("+£500", "500"),
        ("£1,510k", "1510000"),
        ("100 000", "100000"),
        ("£1 234 567.50", "1234567.50"),
        ("100\u00a0000", "100000"),
        ("£12\u2009345", "12345"),
        ("50p", "0.50"),
        ("£0.50", "0.50"),
    ],
)
def test_money_reads(text: str, pounds: str) -> None:
    assert read_money(text).pounds == Decimal(pounds)


@pytest.mark.parametrize(
    "text",
    [
        "12,34",
        "1,2345",
        "£1.234",
        "£1.5",
        "300 1",
        "1 23",
        "1234 567",
        "£5 - £6",
        "(£5) £6",
        "-(£5)",
        "£5 £6",
        "(300",
        "300)",
        "-£-5",
        "£",
        "£.50",
        "£5.",
        "£5mm",
        "5%",
        "2014/15",
        "a) £5",
        "Total: £5",
        "£5 each",
        "five pounds",
        "£10,000,000,000,000",
    ],
)
def test_money_refuses_what_it_cannot_be_sure_of(text: str) -> None:
    with pytest.raises(NotMoney):
        read_money(text)


@pytest.mark.parametrize(
    ("text", "status", "pounds"),
    [
        ("", "blank", None),
        ("-", "blank", None),
        ("–", "blank", None),
        ("n/a", "blank", None),
        ("N/A", "blank", None),
        ("—", "blank", None),
        ("TBD", "tbc", None),
        ("TBC", "tbc", None),
        ("To be confirmed", "tbc", None),
        ("nil", "nil", Decimal(0)),
        ("£0", "printed", Decimal(0)),
    ],
)
def test_money_says_why_there_is_no_amount(text: str, status: str, pounds: Decimal | None) -> None:
    amount = read_money(text)
    assert (amount.status, amount.pounds) == (status, pounds)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("£5*", "*"),
        ("£5**", "**"),
        ("£5†", "†"),
        ("£173.87501", "1"),
        ("£4.611m1", "1"),
        ("23*", "*"),
        ("£23²", "²"),
        ("£5k [2]", "[2]"),
        ("(£5)*", "*"),
    ],
)
def test_footnote_mark_is_no_part_of_the_amount(text: str, mark: str) -> None:
    amount = read_money(text)
    assert (amount.footnote, amount.pounds) == (mark, read_money(text.removesuffix(mark)).pounds)


@pytest.mark.parametrize(
    ("text", "pounds"), [("248", "248000"), ("1.5", "1500"), ("(248)", "-248000"), ("£2m", "2000000")]
)
def test_unit_of_the_heading_counts_where_the_cell_has_none(text: str, pounds: str) -> None:
    assert read_money(text, 1000).pounds == Decimal(pounds)


@given(amounts())
def test_amount_reads_back(text: str) -> None:
    try:
        pounds = read_money(text).pounds
    except NotMoney:
        pounds = None
    assume(pounds is not None)
    assert read_money(write_money(pounds)).pounds == pounds


@given(st.text(alphabet="£0123456789,.kmbn()-−*† milotuhsad", max_size=24))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        amount = read_money(text)
    except NotMoney:
        return
    assert (amount.pounds is None) == (amount.status in ("blank", "tbc"))


@given(amounts())
def test_amount_is_exact_to_a_hundredth_of_a_penny(text: str) -> None:
    try:
        pounds = read_money(text).pounds
    except NotMoney:
        return
    assert pounds is None or pounds == round(pounds, 4)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("up to £25k a year", ["£25k"]),
        ("£4.611m1.", ["£4.611m"]),
        ("(£'000)", ["£'000"]),
        ("£5 and £6", ["£5", "£6"]),
        ("£5 million", ["£5 million"]),
        ("£5 kilts", ["£5"]),
        ("a lone £ sign", ["£"]),
        ("24/7 in 2014", []),
        ("£100\u2009000 a year", ["£100\u2009000"]),
        ("£5\t300", ["£5"]),
    ],
)
def test_scan_finds_every_pound_sign_with_its_amount(text: str, found: list[str]) -> None:
    assert [match.group().rstrip(" ") for match in SCAN.finditer(text)] == found


@given(st.text(alphabet="£0123456789,.km ' million", max_size=40))
def test_scan_finds_every_pound_sign_once(text: str) -> None:
    assert sum(match.group().count("£") for match in SCAN.finditer(text)) == text.count("£")


def test_amount_in_prose_with_unit() -> None:
    assert read_sum("4.611", "m").pounds == Decimal(4_611_000)


@pytest.mark.parametrize(("number", "pounds"), [("100 000", 100000), ("1 234 567", 1234567), ("12\u202f345", 12345)])
def test_amount_in_prose_with_blanks_between_thousands(number: str, pounds: int) -> None:
    assert read_sum(number, None).pounds == pounds


def test_amount_in_prose_that_could_be_two_numbers_is_refused() -> None:
    with pytest.raises(NotMoney):
        read_sum("5 300", None)


@pytest.mark.parametrize(("text", "value"), [("51 955", "51955"), ("+11", "11"), ("(3.5)", "-3.5"), ("1.241", "1.241"),
                                             ("-0.5*", "-0.5")])  # fmt: skip
def test_count_reads(text: str, value: str) -> None:
    assert read_count(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "0,1", "12,34", "1990-96", "(5", "£5", "5%"])
def test_count_refuses(text: str) -> None:
    with pytest.raises(NotMoney):
        read_count(text)


def test_amount_in_prose_with_odd_groups_is_refused() -> None:
    with pytest.raises(NotMoney):
        read_sum("12,34", None)


@pytest.mark.parametrize(("text", "value"), [("38.9%", "38.9"), ("0%", "0"), ("-5 %", "-5"), ("1,000%", "1000")])
def test_percentage_reads(text: str, value: str) -> None:
    assert read_percent(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "%", "5", "5%%", "five%", "£5%"])
def test_percentage_refuses(text: str) -> None:
    with pytest.raises(NotMoney):
        read_percent(text)
