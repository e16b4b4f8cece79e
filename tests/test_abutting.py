"""Numbers of rows that all but touch their labels: a column of their own, unless they are words of the labels."""

import pytest
from test_columns import Piece, ending, page, tables

LABELS = ("Saving", "Taxes", "Net lending", "Deposits", "Cash")


def numbered(numbers: tuple[str, ...], starts: tuple[float, ...], labels: tuple[str, ...] = LABELS) -> list[Piece]:
    """Rows of a number that ends at 70, a label and a figure."""
    return [
        piece
        for i, (number, start, label) in enumerate(zip(numbers, starts, labels, strict=True))
        for piece in (
            ending(number, 70.0, 100.0 + 14 * i),
            (label, start, 100.0 + 14 * i),
            ending(f"{i}.5", 300.0, 100.0 + 14 * i),
        )
    ]


@pytest.mark.parametrize(
    ("numbers", "starts"),
    [
        (("1", "2", "3", "4", "5"), (72.5, 72.5, 79.0, 85.5, 72.5)),
        (("7", "8", "9", "10", "11"), (72.5,) * 5),
        (("1", "2", "3", "4", "5"), (74.0,) * 5),
    ],
    ids=["labels further in", "ends in line", "more than a blank"],
)
def test_numbers_that_count_the_rows_are_a_column(numbers: tuple[str, ...], starts: tuple[float, ...]) -> None:
    (found,) = tables(page(numbered(numbers, starts)))
    assert found == [[number, label, f"{i}.5"] for i, (number, label) in enumerate(zip(numbers, LABELS, strict=True))]


@pytest.mark.parametrize(
    ("numbers", "starts", "labels"),
    [
        (("1", "2", "3", "4", "5"), (72.5,) * 5, ("person", *["persons"] * 4)),
        (("1", "2", "4", "5", "7"), (72.5, 72.5, 73.5, 72.5, 72.5), LABELS),
    ],
    ids=["words of the labels", "not one by one"],
)
def test_other_numbers_are_of_the_labels(
    numbers: tuple[str, ...], starts: tuple[float, ...], labels: tuple[str, ...]
) -> None:
    (found,) = tables(page(numbered(numbers, starts, labels)))
    assert [row[0] for row in found] == [f"{n} {label}" for n, label in zip(numbers, labels, strict=True)]
