"""The promises that a run can count for itself: nothing lost, nothing invented."""

from collections.abc import Sequence

from pipeline.account import Money
from schemas.records import Allocation, Document

LAWS = ("pound signs printed", "pound signs accounted for", "figures read", "figures found at their place")


def laws(document: Document, allocations: Sequence[Allocation], money: Sequence[Money]) -> dict[str, int]:
    """How many pound signs a paper prints and how many are in `money`; how many figures stand where they say."""
    figures = [line for line in allocations if line.amount_raw]
    return {
        "pound signs printed": document.text.count("£"),
        "pound signs accounted for": sum("£" in each.raw for each in money),
        "figures read": len(figures),
        "figures found at their place": sum(
            document.text[line.place.char_start : line.place.char_end] == line.amount_raw for line in figures
        ),
    }
