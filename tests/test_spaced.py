"""Words and thin marks of a scanned line: the readers and the picture decide together, and a doubt is said."""

import numpy as np
import pytest

from extractors.scans.alike import blanks_in
from extractors.scans.ocr import Mark
from extractors.scans.picture import Band
from extractors.scans.spaced import Print, spaced

SIZE, HEIGHT = 40, 30
LETTER = 20


def line(print_: str, gaps: list[int], said: str | None = None, dash: int = 0) -> Print:
    """A drawn line: a block for each letter, a stroke of `dash` pixels for each dash, white between them.

    `said` is what the engine read, the same by default.
    """
    columns, middles = [np.zeros((HEIGHT, 4), np.uint8)], []
    for char, gap in zip(print_, [*gaps, 4], strict=True):
        mark = np.zeros((HEIGHT, dash if char in "-–" else LETTER), np.uint8)
        mark[slice(HEIGHT - 12, HEIGHT - 9) if char in "-–" else slice(0, HEIGHT)] = 1
        middles.append(sum(each.shape[1] for each in columns) + mark.shape[1] / 2)
        columns += [mark, np.zeros((HEIGHT, gap), np.uint8)]
    ink = np.hstack(columns)
    at = dict(zip(range(len(print_)), middles, strict=True))
    marks, count = [], 0
    for char in said if said is not None else print_:
        marks.append(Mark(char, at[min(count, len(at) - 1)] / ink.shape[1], 0.7))
        count += not char.isspace()
    return Print(marks, ink, (0, 0, ink.shape[1], HEIGHT), Band(0, HEIGHT, HEIGHT), SIZE)


def words(drawn: Print, again: str | None) -> list[tuple[str, bool]]:
    return [("".join(mark.text for mark in word.marks), word.sure) for word in spaced(drawn, again)]


@pytest.mark.parametrize(
    ("length", "read"), [(11, [("A-B", True)]), (22, [("A–B", True)]), (40, [("A—B", True)]), (16, [("A-B", False)])]
)
def test_dash_is_told_from_a_hyphen_by_its_length(length: int, read: list[tuple[str, bool]]) -> None:
    assert words(line("A-B", [3, 3], dash=length), "A-B") == read


@pytest.mark.parametrize(
    ("gap", "said", "again", "read"),
    [
        (3, "AB", "AB", [("AB", True)]),
        (13, "A B", "A B", [("A", True), ("B", True)]),
        (13, "AB", "A B", [("A", True), ("B", True)]),
        (13, "AB", None, [("A", False), ("B", False)]),
        (9, "AB", "AB", [("AB", True)]),
        (7, "A B", "AB", [("A", False), ("B", False)]),
        (36, "A B", "A B", [("A", False), ("B", False)]),
    ],
)
def test_most_of_engine_second_reader_and_picture_say_where_a_blank_is(
    gap: int, said: str, again: str | None, read: list[tuple[str, bool]]
) -> None:
    assert words(line("AB", [gap], said), again) == read


def test_a_dash_that_stands_in_the_picture_and_that_nobody_read_leaves_a_doubt() -> None:
    drawn = line("A–B", [12, 12], "A B", dash=22)
    left, right = drawn.marks[0], drawn.marks[-1]
    middle = (drawn.ink.shape[1] - 4 - LETTER / 2) / drawn.ink.shape[1]
    told = words(drawn._replace(marks=[left, Mark(" ", left.middle, 0.7), right._replace(middle=middle)]), "A B")
    assert [text for text, _ in told] == ["A", "B"]
    assert not all(sure for _, sure in told)


def test_a_dash_ends_where_it_ends_and_the_next_word_begins_behind_it() -> None:
    first, dash, second = spaced(line("A-B", [13, 13], "A - B", dash=11), "A - B")
    assert first.edges[-1] < dash.edges[0] < dash.edges[-1] < second.edges[0]


@pytest.mark.parametrize(
    ("again", "found"), [("a b", [True]), ("ab", [False]), ("a–", [None]), ("", [None]), ("xx ab", [False])]
)
def test_second_reader_says_where_it_has_blanks(again: str, found: list[bool | None]) -> None:
    assert blanks_in(["a", "b"], again) == found
