"""What scans confuse is suggested where arithmetic speaks for it, and never put in place of what is printed."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest

from pipeline.confused import suggestion
from pipeline.result import Result
from schemas.records import Allocation, Place

TABLE = "Area\t2014/15\nNorth\t{}\nSouth\t{}\nTotal\t{}\n"


def line(raw: str, amount: int | None) -> Allocation:
    status = "printed" if amount is not None else "illegible"
    pounds = None if amount is None else Decimal(amount)
    return Allocation("p", "t", 0, 0, Place(), raw, "part", pounds, raw, status, None, estimated=False)


@pytest.mark.parametrize(
    ("total", "parts", "said"),
    [
        (("£300", 300), [("£180", 180), ("£200", 200)], "£300 read as £380 would make them agree; £180 read as £100"),
        (("£17", 17), [("£5", 5), ("£6", 6)], "£17 read as £11"),
        (("£45", 45), [("£25", 25), ("£28", 28)], "£28 read as £20"),
        (("£100", 100), [("£30", 30), ("£25", 25)], None),
        (("£150", 150), [("£1OO", None), ("£50", 50)], "£1OO read as £100"),
        (("£150", 150), [("£S0", None), ("£100", 100)], "£S0 read as £50"),
        (("£1,150", 1150), [("f1,100", None), ("£50", 50)], "f1,100 read as £1,100"),
        (("£150", 150), [("£1O0", None), ("£x", None)], None),
        (("£45", 45000), [("£25", 25000), ("£28", 28000)], "£28 read as £20"),
    ],
)
def test_glyph_that_would_make_a_total_agree_is_named(
    total: tuple[str, int], parts: Sequence[tuple[str, int | None]], said: str | None
) -> None:
    found = suggestion(line(*total), [line(*part) for part in parts])
    assert found == (said and f"{said} would make them agree.")


def test_too_many_readings_are_none() -> None:
    assert suggestion(line("£420", 420), [line("£100", 100)] * 5) is None


def test_figure_stays_as_printed_and_the_finding_suggests(understood: Callable[..., Result]) -> None:
    result = understood(TABLE.format("£25", "£28", "£45"))
    (finding,) = (each for each in result.findings if each.rule.slug == "total-disagrees")
    assert finding.suggestion == "£28 read as £20 would make them agree."
    assert [each.amount_raw for each in result.allocations] == ["£25", "£28", "£45"]
    assert {each.evidence for each in result.allocations} == {"review"}
