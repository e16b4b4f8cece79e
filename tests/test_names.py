"""A cell that holds a name and its description, divided by a dash."""

import pytest

from pipeline.names import split_name


@pytest.mark.parametrize(
    ("text", "name", "description"),
    [
        ("Night shelter – beds for the homeless", "Night shelter", "beds for the homeless"),
        ("Night shelter - beds for the homeless", "Night shelter", "beds for the homeless"),
        ("Night shelter — beds", "Night shelter", "beds"),
        ("Night shelter– beds", "Night shelter", "beds"),
        ("Night shelter –beds", "Night shelter", "beds"),
        ("Night shelter – beds – and breakfast", "Night shelter", "beds – and breakfast"),
        ("Night shelter – City – beds for the homeless", "Night shelter – City", "beds for the homeless"),
        ("Night shelter– City – beds", "Night shelter– City", "beds"),
        ("Night shelter – County/Rutland - beds", "Night shelter – County/Rutland", "beds"),
        ("Night shelter – Oadby and Wigston – beds", "Night shelter – Oadby and Wigston", "beds"),
    ],
)
def test_dash_divides_name_and_description(text: str, name: str, description: str) -> None:
    assert split_name(text) == (name, description)


@pytest.mark.parametrize("text", ["", "Night shelter", "Night shelter-County", "Co-ordinated work", "Shelter 10-17"])
def test_text_without_a_dividing_dash_is_a_name(text: str) -> None:
    assert split_name(text) == (text, None)


def test_hyphen_inside_a_word_divides_nothing() -> None:
    assert split_name("Make-over-City – new paint") == ("Make-over-City", "new paint")
