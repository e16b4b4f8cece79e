"""What `panel-papers explain` says of a table's columns."""

from collections.abc import Callable

import pytest

from pipeline.explain import explained
from pipeline.result import Result

Understood = Callable[..., Result]
HEAD = "Awards\n\nRef\tScheme\tRoute\tAward 2016/17 £\tAward 2017/18 £\tTotal £\n"
ROWS = "AB1\tGates\tTender\t5\t6\t11\nAB2\tLights\tQuote\t7\t8\t15\n"


def said(text: str, understood: Understood) -> str:
    """The sentences on the only table of a paper."""
    [known] = understood(text).tables
    return "\n".join(explained(known))


@pytest.mark.parametrize(
    "sentence",
    [
        "column 0  Ref: code\n    since headings.csv has 'ref'",
        "column 1  Scheme: intention\n    since its words name the rows, as its heading is in no vocabulary",
        "to make it sure, add to headings.csv: intention,scheme",
        "column 2  Route: nothing\n    since neither its heading nor what it holds says; it starts with 'Tender'",
        "to give it a meaning, add to headings.csv: ROLE,route, with its role",
        "column 4  Award 2017/18 £: amount for 2017/18",
        "column 5  Total £: total for 2016/04-2018/03\n    since totals.csv has its heading",
        "codes are kept as printed, since code_schemes.csv has no scheme that fits them",
    ],
)
def test_each_column_says_what_it_became_and_why(sentence: str, understood: Understood) -> None:
    assert sentence in said(HEAD + ROWS, understood)


def test_codes_of_a_listed_scheme_need_no_word(understood: Understood) -> None:
    assert "code_schemes.csv" not in said(HEAD + ROWS.replace("AB1", "2.1").replace("AB2", "2.2"), understood)
