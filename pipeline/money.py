"""The grammar of money: exact, strict, and silent about nothing."""

import re
from dataclasses import dataclass
from decimal import Decimal

from schemas.vocabulary import fold, no_amounts

UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
_WORDS = {"thousand": "k", "million": "m", "billion": "bn"}
# Thousands stand apart by commas, or by blanks where every group behind the first has three digits.
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d+)?"
_UNIT = r"(?:bn|billion|million|thousand|[kKmM](?![A-Za-z]))"
# An amount with its sign, in running text: what follows it is not looked at. A digit after a unit is a footnote.
SCAN = re.compile(
    rf"£\s?(?P<number>\d{{1,3}}(?:[^\S\n\t]\d{{3}})+(?![\d,])(?:\.\d+)?|\d[\d,]*(?:\.\d+)?)(?:\s?(?P<unit>{_UNIT}))?"
    r"|£\s?['’‘]?(?P<heading>000s?|[kKmM]\b|bn\b)?"
)
# A digit or letter in brackets behind a blank is a note's, where a sign says that the amount stands before it.
_MARK = r"(?P<mark>[*†‡§#]+|[⁰¹²³⁴-⁹]+|\s?\[\d\]|\s\([\da-z]\)|(?<=[kKmMn])\d)?"
_MARKED = re.compile(r"(?:[*†‡§#]+|[⁰¹²³⁴-⁹]+|\s?\[\d\]|\s\([\da-z]\))$")
_CELL = re.compile(
    rf"^(?P<minus>[-−+])?\s?£?\s?(?P<open>\()?(?P<minus2>[-−])?\s?£?\s?(?P<minus3>[-−])?(?P<number>{_NUMBER})"
    rf"\s?(?P<unit>{_UNIT})?{_MARK}(?P<close>\))?(?P<after>[*†‡§#]+|[⁰¹²³⁴-⁹]+)?$"
)
_PENCE = re.compile(r"^(?P<minus>[-−])?(?P<number>\d+)p$")
_PERCENT = re.compile(rf"^(?P<minus>[-−])?(?P<number>{_NUMBER}|\.\d+)%$")
_COUNT = re.compile(rf"^(?P<sign>[-−+])?(?P<open>\()?(?P<number>{_NUMBER})(?P<close>\))?(?:[*†‡§#]+|[⁰¹²³⁴-⁹]+)?$")
_SPACED = re.compile(r"\d \d")
_STRICT = re.compile(rf"^{_NUMBER}$")
_MOST = Decimal(10) ** 13


class NotMoney(ValueError):
    """The text is no amount, or could be several; the message says why."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in pounds (None where none is printed), its status, and the footnote mark glued to it."""

    pounds: Decimal | None
    status: str = "printed"
    footnote: str = ""


def read_money(text: str, scale: int = 1) -> Amount:
    """The amount that a whole cell prints. `scale` is the heading's unit (1000 under £'000).

    Raises NotMoney where the cell could mean several values: `12,34`, `£1.234`, `300 1`.

    >>> read_money("£1,250.50").pounds, read_money("(£1,234)").pounds, read_money("£4.611m").pounds
    (Decimal('1250.50'), Decimal('-1234'), Decimal('4611000'))
    >>> read_money("TBC").status
    'tbc'
    """
    plain = " ".join(text.split())
    if said := _no_amount(plain):
        return said
    if pence := _PENCE.match(plain):
        return Amount(Decimal(pence["number"]).copy_sign(-1 if pence["minus"] else 1) / 100)
    match = _CELL.match(plain)
    if match is None or bool(match["open"]) != bool(match["close"]) or plain.count("£") > 1:
        raise NotMoney(f"{plain!r} is not one amount")
    if "(" in (match["mark"] or "") and "£" not in plain:
        raise NotMoney(f"{plain!r} could be two numbers")
    signs = [sign for sign in (match["minus"], match["minus2"], match["minus3"], match["open"]) if sign]
    if len(signs) > 1:
        raise NotMoney(f"{plain!r} has two signs")
    number, footnote = _number(match["number"], scaled=bool(match["unit"]) or scale != 1)
    pounds = _bounded(number * _unit(match["unit"]) * (1 if match["unit"] else scale))
    marks = footnote or (match["mark"] or "").strip() or match["after"] or ""
    return Amount(-pounds if signs and signs != ["+"] else pounds, "printed", marks)


def _no_amount(plain: str) -> Amount | None:
    """What words or a dash in the place of an amount say, with a pound sign before and a note's mark behind them."""
    word = _MARKED.sub("", plain).removeprefix("£").strip() if plain else ""
    status = "blank" if not plain else no_amounts().get(fold(word))
    if status is None:
        return None
    marks = plain[plain.rindex(word) + len(word) :].strip() if word else ""
    return Amount(Decimal(0) if status == "nil" else None, status, marks)


def is_spaced(text: str) -> bool:
    """Whether plain blanks divide the digits of a text without a sign: one number with thousands, or several numbers.

    >>> is_spaced("51 955"), is_spaced("£100 000"), is_spaced("51\u00a0955")
    (True, False, False)
    """
    return "£" not in text and bool(_SPACED.search(text))


def read_sum(number: str, unit: str | None) -> Amount:
    """An amount found in running text by SCAN. Raises NotMoney where it could mean several values."""
    plain = " ".join(number.split())
    if not _STRICT.match(plain):
        raise NotMoney(f"{number!r} groups its digits in an unknown way")
    if " " in number and plain.count(" ") == 1 and not plain.endswith(" 000"):
        raise NotMoney(f"{number!r} could be one number or two")
    value, footnote = _number(plain, scaled=bool(unit))
    return Amount(_bounded(value * _unit(unit)), "printed", footnote)


def _bounded(pounds: Decimal) -> Decimal:
    """An amount that a panel paper can print: below ten trillion pounds, to a hundredth of a penny."""
    if pounds >= _MOST or pounds != round(pounds, 4):
        raise NotMoney(f"{pounds} is too large or too fine to be an amount")
    return pounds


def _number(text: str, *, scaled: bool) -> tuple[Decimal, str]:
    """The number and a footnote digit glued behind it.

    Pounds have two decimals, or four where a council tax is stated; a fifth one is a footnote. Three decimals
    without a unit could be thousands.
    """
    text = text.replace(" ", "")
    decimals = len(text.partition(".")[2])
    if not scaled and decimals == 5:
        return Decimal(text[:-1].replace(",", "")), text[-1]
    if not scaled and decimals not in (0, 2, 4):
        raise NotMoney(f"{text!r} has {decimals} decimals")
    return Decimal(text.replace(",", "")), ""


def _unit(unit: str | None) -> int:
    name = (unit or "").lower()
    return UNITS[_WORDS.get(name, name)]


def read_percent(text: str) -> Decimal:
    """A percentage. Raises NotMoney where the text is none.

    >>> read_percent("38.9%")
    Decimal('38.9')
    """
    match = _PERCENT.match(" ".join(text.split()).replace(" %", "%"))
    if match is None:
        raise NotMoney(f"{text!r} is no percentage")
    value = Decimal(re.sub("[, ]", "", match["number"]))
    return _bounded(value).copy_sign(-1) if match["minus"] else _bounded(value)


def read_count(text: str) -> Decimal:
    """A number that is no money, with as many decimals as it prints. Raises NotMoney for `12,34` or `0,1`.

    >>> read_count("51 955"), read_count("+1.241")
    (Decimal('51955'), Decimal('1.241'))
    """
    plain = " ".join(text.split())
    match = _COUNT.match(plain)
    if match is None or bool(match["open"]) != bool(match["close"]):
        raise NotMoney(f"{plain!r} is not one number")
    value = _bounded(Decimal(re.sub("[, ]", "", match["number"])))
    return -value if match["open"] or match["sign"] not in (None, "+") else value


def unit_of(text: str) -> int | None:
    """What the unit behind an amount multiplies it by; None where it has none.

    >>> unit_of("£6.085m"), unit_of("£5 million"), unit_of("£5")
    (1000000, 1000000, None)
    """
    match = _CELL.match(" ".join(text.split()))
    return _unit(match["unit"]) if match and match["unit"] else None


def write_money(pounds: Decimal) -> str:
    """The plain way to print an amount, which read_money reads back.

    >>> write_money(Decimal("-1234.5"))
    '-£1,234.50'
    """
    sign = "-" if pounds < 0 else ""
    places = 0 if pounds == round(pounds) else 2 if pounds == round(pounds, 2) else 4
    return f"{sign}£{abs(pounds):,.{places}f}"
