"""Who gets the money, as a comment says it."""

import pytest

from pipeline.comments import Providers, by_part, footnote, is_shared_pool, providers


@pytest.mark.parametrize(
    ("comment", "names"),
    [
        ("Via Town Team", ("Town Team",)),
        ("Via: Town Team", ("Town Team",)),
        ("Currently via Town Team", ("Town Team",)),
        ("Currently to Town Team", ("Town Team",)),
        ("Currently: Town Team", ("Town Team",)),
        ("For 2015/17 via: Town Team", ("Town Team",)),
        ("For 2015/17: via: Town Team", ("Town Team",)),
        ("Via Town Team Via River Team", ("Town Team", "River Team")),
        ("Via Town Team for drug testing, and a nurse", ("Town Team for drug testing, and a nurse",)),
    ],
)
def test_lead_in_names_a_provider(comment: str, names: tuple[str, ...]) -> None:
    assert providers(comment).in_order == names


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "Town Team",
        "A pilot is being completed",
        "Contribution to the post of a nurse",
        "Work goes on via schools",
        "For 2015/17: the pilot goes on",
        "Currently being reviewed",
    ],
)
def test_comment_without_a_provider(comment: str) -> None:
    assert providers(comment) == Providers({}, (), providers(comment).years)


@pytest.mark.parametrize(
    ("comment", "named"),
    [
        ("Via Town Team – under review", "Town Team"),
        ("Via Town Team under review", "Town Team"),
        ("Via Town Team (includes £5k for a van)", "Town Team"),
        ("Via Town Team (North)", "Town Team (North)"),
        ("Via Town Team * paid early", "Town Team"),
    ],
)
def test_remark_is_no_part_of_the_provider(comment: str, named: str) -> None:
    assert providers(comment).in_order == (named,)


@pytest.mark.parametrize(
    "comment",
    [
        "Currently: a) Town Team b) River Team",
        "Via: a) Town Team b) River Team",
        "For 2015/17: a) via Town Team b) River Team",
        "Currently: a) Town Team – under review b) River Team",
    ],
)
def test_letters_name_a_provider_each(comment: str) -> None:
    assert providers(comment).by_letter == {"a": "Town Team", "b": "River Team"}


@pytest.mark.parametrize(
    ("comment", "years"),
    [
        ("Via Town Team", ()),
        ("For 2015/16 via: Town Team", ("2015/16",)),
        ("For 2015/17 via: Town Team", ("2015/16", "2016/17")),
        ("2015/16 contribution paid to Town Team in 2014/15", ("2015/16",)),
    ],
)
def test_comment_speaks_of_years(comment: str, years: tuple[str, ...]) -> None:
    assert providers(comment).years == years


def test_footnote_that_says_who_was_paid_names_the_provider() -> None:
    assert providers("Reviews* * 2015/16 contribution paid to Town Team in 2014/15").in_order == ("Town Team",)


@pytest.mark.parametrize(("year", "covered"), [("2015/16", True), ("2016/17", False), (None, True)])
def test_comment_for_a_year_covers_that_year(year: str | None, covered: bool) -> None:
    assert providers("For 2015/16 via: Town Team").cover(year) is covered


def test_comment_without_a_year_covers_all() -> None:
    assert providers("Via Town Team").cover("2099/00")


@pytest.mark.parametrize(
    ("comment", "note"),
    [("Reviews* * paid early", "paid early"), ("* paid early", "paid early"), ("Reviews*", None), ("5 * 3", "3")],
)
def test_footnote_opens_with_a_star_that_stands_alone(comment: str, note: str | None) -> None:
    assert footnote(comment) == note


@pytest.mark.parametrize(
    ("comment", "pool"),
    [("It will ALSO be used to  fund other work", True), ("It will be used to fund other work", False), ("", False)],
)
def test_shared_pool_is_known_by_its_words(comment: str, pool: bool) -> None:
    assert is_shared_pool(comment) is pool


@pytest.mark.parametrize(
    ("said", "givers", "named"),
    [
        (Providers({"a": "Town", "b": "River"}, ()), ["direct", "direct"], {"a": "Town", "b": "River"}),
        (Providers({"b": "River", "c": "Hill"}, ()), ["direct", "direct"], {"b": "River"}),
        (Providers({}, ("Town", "River")), ["direct", "direct"], {"a": "Town", "b": "River"}),
        (Providers({}, ("Town",)), ["direct", "pcc-grant"], {"a": "Town"}),
        (Providers({}, ("Town",)), ["pcc-grant", "co-commissioning"], {"b": "Town"}),
        (Providers({}, ()), ["direct", "direct"], {}),
    ],
)
def test_parts_get_their_providers(said: Providers, givers: list[str], named: dict[str, str]) -> None:
    assert by_part(said, ["a", "b"], givers) == named


@pytest.mark.parametrize("names", [("Town",), ("Town", "River", "Hill")])
def test_providers_that_cannot_be_shared_out_are_not(names: tuple[str, ...]) -> None:
    assert by_part(Providers({}, names), ["a", "b"], ["direct", "direct"]) is None
