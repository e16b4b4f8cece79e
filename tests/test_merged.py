"""Cells over several rows of a table without upright lines: the rules between those rows leave their columns out."""

import pytest
from test_columns import Piece, ending, page, tables

from extractors.pages.seen import Rule
from extractors.tables.bands import bands_of
from extractors.tables.columns import Columns
from extractors.tables.merged import with_merged

LEFT, INNER, RIGHT = 60.0, 200.0, 480.0


def intention(top: float, *codes: str) -> tuple[list[Piece], list[Rule]]:
    """A row of three parts with a hair line before the second and third, and its codes below each other beside them."""
    parts = [("Total: £300", "Currently"), ("a) £200", "a) City Board"), ("b) £100", "b) County Board")]
    pieces = [(code, LEFT, top + 12 * n) for n, code in enumerate(codes)]
    pieces += [("Work with young", 110.0, top), ("people", 110.0, top + 12)]
    for n, (amount, comment) in enumerate(parts):
        pieces += [ending(amount, 330.0, top + 20 * n), (comment, 400.0, top + 20 * n)]
    hair = [Rule(INNER, y, RIGHT, y) for y in (top + 16, top + 35)]
    return pieces, [*hair, Rule(LEFT, top + 55, RIGHT, top + 55)]


def made(*codes: tuple[str, ...]) -> list[list[str]]:
    head = [("Code", LEFT, 100.0), ("Intention", 110.0, 100.0), ("2014/15", 290.0, 100.0), ("Comment", 400.0, 100.0)]
    own = [intention(120.0 + 60 * n, *each) for n, each in enumerate(codes)]
    rules = (Rule(LEFT, 113.0, RIGHT, 113.0), *(rule for _, rules in own for rule in rules))
    (table,) = tables(page([*head, *(piece for pieces, _ in own for piece in pieces)], rules))
    return table


@pytest.mark.parametrize("second", ["CI201", "SP1"], ids=["another code", "a priority"])
def test_codes_go_on_beside_rules_that_leave_their_column_out(second: str) -> None:
    _, *rows = made(("CI002", second), ("CI003", second), ("CI004",))
    assert [row[:2] for row in rows if row[0]] == [
        [f"CI002 {second}", "Work with young people"],
        [f"CI003 {second}", "Work with young people"],
        ["CI004", "Work with young people"],
    ]


def test_label_of_a_sum_below_rules_over_figures_alone_is_its_own() -> None:
    """Nothing but figures stands beside the label, though another sum has none."""
    rows = [("Grants", "5", "7"), ("Loans", "6", "8"), ("All income", "11", "15"), ("Pay", "4", "9"), ("", "4", "9")]
    pieces = [(label, LEFT, 100.0 + 12 * n) for n, (label, *_) in enumerate(rows) if label]
    pieces += [ending(f, 320.0 + 80 * i, 100.0 + 12 * n) for n, (_, *own) in enumerate(rows) for i, f in enumerate(own)]
    rules = [Rule(x, y, 410.0, y) for x, y in ((180.0, 123.0), (LEFT, 135.0), (180.0, 147.0))]
    text = page(pieces, tuple(rules))
    columns = Columns(((LEFT, 110.0), (310.0, 320.0), (390.0, 400.0)))
    bands = bands_of(text.rows, columns, text)
    assert with_merged(bands, columns, text) == bands
