"""The pounds of an amount, for sums that prove which amounts are of one row."""

from decimal import Decimal, InvalidOperation

TOTAL = "total"
_SCALES = {"k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}


def pounds(text: str) -> Decimal | None:
    """The pounds of an amount, whatever mark stands before it.

    >>> pounds("a) £1.5k"), pounds("Total: £12,000")
    (Decimal('1500.0'), Decimal('12000'))
    """
    plain = text.split(")", 1)[-1] if text[1:2] == ")" else text.rsplit(":", maxsplit=1)[-1]
    digits = "".join(char for char in plain if char.isdigit() or char == ".")
    unit = "".join(char for char in plain.lower() if char.isalpha()).removeprefix(TOTAL)
    try:
        value = Decimal(digits) * _SCALES.get(unit, 1)
    except InvalidOperation:
        return None
    return -value if "(" in plain or "-" in plain else value
