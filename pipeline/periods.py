"""The grammar of periods: financial years, spans of them, and months to a month."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ["january", "february", "march", "april", "may", "june", "july"]
_MONTHS += ["august", "september", "october", "november", "december"]
# The end of a line may divide a month at a hyphen.
_MONTH = "|".join("-?".join(month) for month in _MONTHS)
_YEAR = re.compile(r"(?<![\d/£.,])(?P<first>20\d\d|\d\d)\s?[/–-]\s?(?P<last>20\d\d|\d\d)(?![\d/%])")
_TO = r"\s?(?:[–—-]|to|until)\s?"
_PAIR = r"(?:20\d\d|\d\d)\s?[/–-]\s?(?:20\d\d|\d\d)"
# Two years and what stands between them, and years that only a word or FY tells from other numbers.
_YEARS_SPAN = re.compile(rf"(?<![\d/£.,])(?P<from>{_PAIR}){_TO}(?P<to>{_PAIR})(?![\d/%])", re.I)
_FY = re.compile(r"\bFY\s?(?:20)?(?P<last>\d\d)\b(?!\s?[/–-]\s?\d)", re.I)
_ENDING = re.compile(r"\byear\s(?:ended|ending|to)\s(?:31(?:st)?\s)?March\s(?P<last>20\d\d)\b", re.I)
_SPAN = re.compile(
    rf"\b(?P<m1>{_MONTH})\s+(?P<y1>20\d\d)\s+(?:to|until|–|-)\s+(?P<m2>{_MONTH})\s+(?P<y2>20\d\d)\b", re.I
)
_MONTHS_TO = re.compile(rf"\b(?P<count>\d{{1,2}})[\s-]months?\s+to\s+(?P<month>{_MONTH})\s+(?P<year>20\d\d)\b", re.I)
_LABEL = re.compile(r"(?<!\d)((?:19|20)\d\d)/(0[1-9]|1[0-2])-((?:19|20)\d\d)/(0[1-9]|1[0-2])(?!\d)")


@dataclass(frozen=True, slots=True)
class Period:
    """A period as published: its label, first and last day."""

    label: str
    start: date
    end: date


def financial_year(first: int) -> Period:
    """The year from 1 April.

    >>> financial_year(2014).label
    '2014/15'
    """
    return Period(f"{first}/{(first + 1) % 100:02d}", date(first, 4, 1), date(first + 1, 3, 31))


def find_periods(text: str) -> list[Period]:
    """All periods that a text states, in printed order.

    `16/17` is 2016/17; `2015/17` is the years 2015/16 to 2016/17; a pair that is no run of years is none.

    >>> [period.label for period in find_periods("October 2011 to March 2013")]
    ['2011/10-2013/03']
    >>> [period.label for period in find_periods("16/17 value"), ]
    ['2016/17']
    """
    labels = list(_LABEL.finditer(text))
    spans = [
        (match.span(), period)
        for match in _YEARS_SPAN.finditer(text)
        if (period := _over(match["from"], match["to"])) and not any(each.start() == match.start() for each in labels)
    ]
    found: list[tuple[int, Period | None]] = [(start, period) for (start, _), period in spans]
    found += [(match.start(), _month_span(match)) for match in _SPAN.finditer(text)]
    found += [(match.start(), _months_to(match)) for match in _MONTHS_TO.finditer(text)]
    found += [
        (match.start(), financial_year(2000 + int(match["last"][-2:]) - 1))
        for pattern in (_FY, _ENDING)
        for match in pattern.finditer(text)
    ]
    found += [(match.start(), _months(*map(int, match.groups()))) for match in labels]
    taken = [label.span() for label in labels] + [span for span, _ in spans]
    found += [
        (match.start(), _years(match["first"], match["last"]))
        for match in _YEAR.finditer(text)
        if not any(start <= match.start() < end for start, end in taken)
    ]
    known = [(at, period) for at, period in found if period is not None and period.start <= period.end]
    return [period for _, period in sorted(known, key=lambda pair: pair[0])]


def _over(opens: str, closes: str) -> Period | None:
    """The years from one to another, as `2018/19 to 2020/21` names them."""
    first, last = (_years(*re.split(r"\s?[/–-]\s?", each)) for each in (opens, closes))
    if first is None or last is None or not first.start < last.start:
        return None
    return _months(first.start.year, 4, last.end.year, 3)


def _years(first: str, last: str) -> Period | None:
    if len(first) == 2 and len(last) == 4:
        return None
    start = int(first) if len(first) == 4 else 2000 + int(first)
    end = int(last) if len(last) == 4 else start - start % 100 + int(last)
    if len(first) == 2 and not 10 <= int(first) <= 60:
        return None
    if end - start == 1:
        return financial_year(start)
    if 1 < end - start <= 10 and len(first) == 4:
        opening, closing = financial_year(start), financial_year(end - 1)
        return _months(opening.start.year, 4, closing.end.year, 3)
    return None


def years_of(period: Period) -> tuple[str, ...]:
    """The financial years that a period touches, as labels.

    >>> years_of(find_periods("For 2015/17")[0])
    ('2015/16', '2016/17')
    """
    first = period.start.year - (period.start.month < 4)
    last = period.end.year - (period.end.month < 4)
    return tuple(financial_year(year).label for year in range(first, last + 1))


def _month_span(match: re.Match[str]) -> Period:
    first, last = (int(match["y1"]), _number(match["m1"])), (int(match["y2"]), _number(match["m2"]))
    if (first[1], last) == (4, (first[0] + 1, 3)):
        return financial_year(first[0])
    return _months(*first, *last)


def _months_to(match: re.Match[str]) -> Period:
    year, month = int(match["year"]), _number(match["month"])
    first = year * 12 + month - int(match["count"])
    return _months(first // 12, first % 12 + 1, year, month)


def _months(year1: int, month1: int, year2: int, month2: int) -> Period:
    end = date(year2 + month2 // 12, month2 % 12 + 1, 1) - timedelta(days=1)
    return Period(f"{year1}/{month1:02d}-{year2}/{month2:02d}", date(year1, month1, 1), end)


def _number(month: str) -> int:
    return _MONTHS.index(month.lower().replace("-", "")) + 1


_DAY = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_MONTH})\s+(?P<year>(?:19|20)\d\d)\b", re.I)


def find_date(text: str) -> date | None:
    """The one date that a text prints as day, month and year; None where it prints none or several.

    >>> find_date("Friday, 13 December 2013 at 2.00 pm")
    datetime.date(2013, 12, 13)
    """
    found = {_day(match) for match in _DAY.finditer(text)} - {None}
    return found.pop() if len(found) == 1 else None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), _number(match["month"]), int(match["day"]))
    except ValueError:
        return None
