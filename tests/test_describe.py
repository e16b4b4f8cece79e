"""What a paper says of itself, and the strategic priorities it lists."""

from collections.abc import Callable
from datetime import date

import pytest

from extractors.text import extract
from pipeline.describe import Description, describe
from pipeline.result import Result

Understood = Callable[..., Result]


def said(text: str) -> Description:
    """What a paper says of itself."""
    document = extract(text.encode())
    return describe(document.lines, document.tables)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Title: The fund\n\nWords.\n", "The fund"),
        ("Meeting: Police and Crime Panel\n\nSubject: The fund\n", "Police and Crime Panel"),
        ("Subject: The fund\n\nWords.\n", "The fund"),
        ("Report of\tTHE OFFICER\nSubject\tTHE FUND\n", "THE FUND"),
        ("SUBJECT THE FUND\n", "SUBJECT THE FUND"),
        ("Subject THE FUND\n\nMore words follow here.\n", "THE FUND"),
        ("# The fund\n\nWords.\n", "The fund"),
        ("# **The fund**\n", "The fund"),
        ("The Board\n\nThe Fund\n\n1. Introduction to it all.\n", "The Board – The Fund"),
        ("1. Introduction\n\nWords.\n", None),
        ("This is a sentence that opens the paper without a title.\n", None),
    ],
)
def test_title_is_the_one_that_the_paper_states(text: str, title: str | None) -> None:
    assert said(text).title == title


@pytest.mark.parametrize(
    ("text", "publisher", "code"),
    [
        ("The Police and Crime Commissioner for Kent wrote.\n", "Police and Crime Commissioner for Kent", "E23000032"),
        ("POLICE & CRIME COMMISSIONER FOR KENT\n", "Police and Crime Commissioner for Kent", "E23000032"),
        (
            "Police and Crime Commissioner for Devon and Cornwall\n",
            "Police and Crime Commissioner for Devon and Cornwall",
            "E23000035",
        ),
        (
            "Police and Crime Commissioner for Kent Police Panel\n",
            "Police and Crime Commissioner for Kent",
            "E23000032",
        ),
        ("Police and Crime Commissioner for Atlantis\n", None, None),
        ("Police and Crime Commissioner for Kent and the Police and Crime Commissioner for Essex\n", None, None),
        ("The panel of Kent\n", None, None),
    ],
)
def test_publisher_is_the_one_commissioner(text: str, publisher: str | None, code: str | None) -> None:
    assert (said(text).publisher, said(text).police_area_code) == (publisher, code)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Date: 29 September 2014\n", date(2014, 9, 29)),
        ("Date/Time: Friday, 13 December 2013 at 2.00 pm\n", date(2013, 12, 13)),
        ("Subject\tThe fund\nDate\t29 September 2014\n", date(2014, 9, 29)),
        ("23rd October 2015\n\nIt was agreed on 1 May 2015 that nothing changes.\n", date(2015, 10, 23)),
        ("It was agreed on the first of all days, 1 May 2015.\n", None),
        ("1 May 2015\n\n2 May 2015\n", None),
        ("Date: 1 May 2015\n\nDate: 2 May 2015\n", None),
        ("Date: soon\n", None),
    ],
)
def test_date_is_the_one_that_the_paper_states(text: str, day: date | None) -> None:
    assert said(text).published_on == day


@pytest.mark.parametrize(
    "text",
    [
        "Strategic Priority 4: Fewer burglaries\n",
        "Strategic Priority 4 (SP4): Fewer burglaries\n",
        "- Strategic Priority 4: Fewer burglaries (SP4)\n",
        "STRATEGIC PRIORITY 4: Fewer burglaries\n",
        "Strategic Priority 4: Fewer\nburglaries\n",
        "Theme: Protecting the Vulnerable\n\n4. Fewer burglaries\n",
    ],
)
def test_priority_is_read_as_listed(text: str, understood: Understood) -> None:
    assert [(each.number, each.title) for each in understood(text).priorities] == [(4, "Fewer burglaries")]


def test_priority_has_the_theme_under_which_it_stands(understood: Understood) -> None:
    text = "Theme: Protecting the Vulnerable\n\n1. One\n2. Two\n\nTheme: Supporting Victims and Witnesses\n\n3. Three\n"
    assert [each.theme for each in understood(text).priorities] == ["PV", "PV", "VW"]


def test_priority_is_listed_as_often_as_it_is_printed(understood: Understood) -> None:
    assert len(understood("Strategic Priority 1: One\n\nWords.\n\nStrategic Priority 1: One\n").priorities) == 2


@pytest.mark.parametrize("text", ["1. One\n2. Two\n", "Theme: Fishing\n\nWords.\n\n1. One\n", "Strategic priorities\n"])
def test_numbered_lines_without_a_theme_are_no_priorities(text: str, understood: Understood) -> None:
    assert [each for each in understood(text).priorities if each.theme] == []


def test_list_ends_at_the_next_paragraph(understood: Understood) -> None:
    text = "Theme: Protecting the Vulnerable\n\n1. One\n\nThe next steps are as follows.\n\n1. Ask the panel\n"
    assert [each.title for each in understood(text).priorities] == ["One"]


def test_priority_stands_at_its_line(understood: Understood) -> None:
    assert understood("Words.\n\nStrategic Priority 1: One\n").priorities[0].place.line == 3
