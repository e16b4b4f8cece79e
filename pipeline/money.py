"""The grammar of money: exact, strict, and silent about nothing."""

import re
from dataclasses import dataclass
from decimal import Decimal

UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
_WORDS = {"thousand": "k", "million": "m", "billion": "bn"}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_UNIT = r"(?:bn|billion|million|thousand|[kKmM](?![A-Za-z]))"
# An amount with its sign, in running text: what follows it is not looked at. A digit after a unit is a footnote.
SCAN = re.compile(
    rf"£\s?(?P<number>\d[\d,]*(?:\.\d+)?)(?:\s?(?P<unit>{_UNIT}))?|£\s?'?(?P<heading>000s?|[kKmM]\b|bn\b)?"
)
_CELL = re.compile(
    rf"^(?P<open>\()?(?P<minus>[-−])?£?\s?(?P<minus2>[-−])?(?P<number>{_NUMBER})\s?(?P<unit>{_UNIT})?(?P<close>\))?"
    r"(?P<mark>[*†]+)?$"
)
_PERCENT = re.compile(rf"^(?P<minus>[-−])?(?P<number>{_NUMBER})%$")
_STRICT = re.compile(rf"^{_NUMBER}$")
_MOST = Decimal(10) ** 13
_NOTHING = {
    "": "blank",
    "-": "blank",
    "–": "blank",
    "nil": "nil",
    "n/a": "blank",
    "tbc": "tbc",
    "to be confirmed": "tbc",
}


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
    if plain.lower() in _NOTHING:
        return Amount(Decimal(0) if plain.lower() == "nil" else None, _NOTHING[plain.lower()])
    match = _CELL.match(plain)
    if match is None or bool(match["open"]) != bool(match["close"]):
        raise NotMoney(f"{plain!r} is not one amount")
    if match["minus"] and match["minus2"]:
        raise NotMoney(f"{plain!r} has two signs")
    number, footnote = _number(match["number"], scaled=bool(match["unit"]) or scale != 1)
    pounds = _bounded(number * _unit(match["unit"]) * (1 if match["unit"] else scale))
    negative = match["open"] or match["minus"] or match["minus2"]
    return Amount(-pounds if negative else pounds, "printed", footnote or match["mark"] or "")


def read_sum(number: str, unit: str | None) -> Amount:
    """An amount found in running text by SCAN. Raises NotMoney where it could mean several values."""
    if not _STRICT.match(number):
        raise NotMoney(f"{number!r} groups its digits in an unknown way")
    value, footnote = _number(number, scaled=bool(unit))
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
    match = _PERCENT.match("".join(text.split()))
    if match is None:
        raise NotMoney(f"{text!r} is no percentage")
    value = Decimal(match["number"].replace(",", ""))
    return _bounded(value).copy_sign(-1) if match["minus"] else _bounded(value)


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
