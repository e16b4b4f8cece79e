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


@pytest.mark.parametrize(
    ("heads", "columns"),
    [(("Share", "s.e."), 3), (("Mean", "(SD)"), 2), (("", "Share"), 2), (("Rate by", "or of"), 2)],
    ids=["named", "both", "one", "one of several words"],
)
def test_errors_in_brackets_are_a_column_where_a_heading_names_them(heads: tuple[str, str], columns: int) -> None:
    starts = (200.0, 230.0) if " " not in heads[0] else (196.0, 231.5)
    pieces = [("Place", 60.0, 86.0), *((text, x, 86.0) for text, x in zip(heads, starts, strict=True) if text)]
    for i, label in enumerate(LABELS):
        pieces += [(label, 60.0, 100.0 + 14 * i), (f"1{i}.5 (0.4{i})", 203.0, 100.0 + 14 * i)]
    (found,) = tables(page(pieces))
    assert found[-1] == ["Cash", *(["14.5", "(0.44)"] if columns == 3 else ["14.5 (0.44)"])]
