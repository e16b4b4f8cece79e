"""The grammar of periods: what it reads, what it refuses, what it finds again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.periods import financial_year, find_date, find_periods, years_of

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
YEARS = st.integers(2000, 2098)
YEAR_TEXTS = st.one_of(
    YEARS.map(lambda year: f"{year}/{(year + 1) % 100:02d}"),
    YEARS.map(lambda year: f"{year}-{year + 1}"),
    st.integers(10, 59).map(lambda year: f"{year}/{year + 1}"),
)
SPAN_TEXTS = st.one_of(
    st.builds("{0[0]}/{0[1]}".format, YEARS.flatmap(lambda y: st.tuples(st.just(y), st.integers(y + 2, y + 5)))),
    st.builds("{} {} to {} {}".format, st.sampled_from(MONTHS), YEARS, st.sampled_from(MONTHS), YEARS),
    st.builds("{} months to {} {}".format, st.integers(0, 60), st.sampled_from(MONTHS), YEARS),
)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("2014/15", ["2014/15"]),
        ("2014-15", ["2014/15"]),
        ("2014–15", ["2014/15"]),
        ("2014/2015", ["2014/15"]),
        ("2014 / 15", ["2014/15"]),
        ("16/17 value", ["2016/17"]),
        ("Estimated Amount 2014/15", ["2014/15"]),
        ("2014/15 and 2015/16", ["2014/15", "2015/16"]),
        ("2015/17", ["2015/04-2017/03"]),
        ("2014-2017", ["2014/04-2017/03"]),
        ("October 2011 to March 2013", ["2011/10-2013/03"]),
        ("october 2011 until march 2013", ["2011/10-2013/03"]),
        ("18 month to March 2013", ["2011/10-2013/03"]),
        ("18 months to March 2013", ["2011/10-2013/03"]),
        ("Octo-ber 2011 to March 2013", ["2011/10-2013/03"]),
        ("12-month to March 2013", ["2012/04-2013/03"]),
        ("2016 - 17", ["2016/17"]),
        ("2018/19 (indicative)", ["2018/19"]),
        ("FY19", ["2018/19"]),
        ("FY2019", ["2018/19"]),
        ("FY18/19", ["2018/19"]),
        ("2018/19 to 2020/21", ["2018/04-2021/03"]),
        ("2018/19 - 2020/21", ["2018/04-2021/03"]),
        ("2018-19 and 2019-20", ["2018/19", "2019/20"]),
        ("Budget 18/19 £000", ["2018/19"]),
        ("April 2018 to March 2019", ["2018/19"]),
        ("April 2018 to March 2020", ["2018/04-2020/03"]),
        ("Year ending 31 March 2019", ["2018/19"]),
    ],
)
def test_period_reads(text: str, labels: list[str]) -> None:
    assert [period.label for period in find_periods(text)] == labels


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2014",
        "24/7",
        "99/00",
        "15/14",
        "2015/14",
        "2014/2040",
        "1/12/2014",
        "14/15%",
        "£14/15",
        "5-10",
        "2013/14/15",
    ],
)
def test_period_refuses(text: str) -> None:
    assert find_periods(text) == []


def test_financial_year_starts_in_april() -> None:
    year = financial_year(2014)
    assert (year.start, year.end) == (date(2014, 4, 1), date(2015, 3, 31))


def test_months_to_a_month_count_back_from_its_end() -> None:
    [period] = find_periods("18 months to March 2013")
    assert (period.start, period.end) == (date(2011, 10, 1), date(2013, 3, 31))


@pytest.mark.parametrize("text", ["0 months to March 2013", "March 2013 to October 2011"])
def test_span_that_ends_before_it_starts_is_none(text: str) -> None:
    assert find_periods(text) == []


@given(st.one_of(YEAR_TEXTS, SPAN_TEXTS, st.text(alphabet="0123456789/-– months to March", max_size=30)))
def test_period_starts_before_it_ends(text: str) -> None:
    assert [period for period in find_periods(text) if period.start >= period.end] == []


@given(YEAR_TEXTS)
def test_label_of_a_year_is_found_again_as_the_same_period(text: str) -> None:
    [period] = find_periods(text)
    assert find_periods(period.label) == [period]


@given(SPAN_TEXTS)
def test_label_of_a_span_is_found_again_as_the_same_period(text: str) -> None:
    for period in find_periods(text):
        assert find_periods(period.label) == [period]


def test_two_spans_never_share_a_label() -> None:
    """November 2010 to December 2011 is not the financial years 2010/11 to 2011/12."""
    [months], [years] = find_periods("November 2010 to December 2011"), find_periods("2010/12")
    assert months.label != years.label


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2014/15", ("2014/15",)),
        ("2015/17", ("2015/16", "2016/17")),
        ("October 2011 to March 2013", ("2011/12", "2012/13")),
    ],
)
def test_period_touches_years(text: str, years: tuple[str, ...]) -> None:
    assert years_of(find_periods(text)[0]) == years


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Friday, 13 December 2013 at 2.00 pm", date(2013, 12, 13)),
        ("23rd October 2015", date(2015, 10, 23)),
        ("1st May 2014 and 1 May 2014", date(2014, 5, 1)),
    ],
)
def test_date_reads(text: str, day: date) -> None:
    assert find_date(text) == day


@pytest.mark.parametrize("text", ["", "December 2013", "13/12/2013", "31 February 2013", "1 May 2014 or 2 May 2014"])
def test_date_refuses(text: str) -> None:
    assert find_date(text) is None
