"""From a table to its kind, the meaning of its columns, its years, its fund and its theme."""

from collections.abc import Callable

import pytest

from pipeline.recognise import Recognised
from pipeline.result import Result
from schemas.rules import Rule

Understood = Callable[..., Result]
CODED = "Code\tCommissioning Intention\tFunding Mechanism\tAmount 2014/15\tComment\n"
AREAS = "Area\tAllocation 2014/15\nBlaby\t£5\n"


def one(result: Result) -> Recognised:
    """The paper's only table."""
    [known] = result.tables
    return known


def told(result: Result) -> set[Rule]:
    """The rules of its findings."""
    return {found.rule for found in result.findings}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (CODED + "CI001\tWork\tDirect\t£5\tVia Team\n", "commissioning-intentions"),
        ("Strategic Theme\tName of Initiative\tAmount 2014/15\nAll\tShelter – beds\t£5\n", "commitments"),
        ("Name of Initiative\tName of Organisation\tAmount 2014/15\nShelter\tTeam\t£5\n", "grants"),
        (AREAS, "area-allocations"),
        ("\t2014/15\nBlaby\t£5\nMelton\t£6\nTotal\t£11\n", "area-allocations"),
        ("Proposals\tAllocation 2014/15\nNew bus shelters\t£5\n", "budget-lines"),
        ("2014/15\t2015/16\n£6.085m\t£12.820m\n", "measures"),
        ("Cohort\tReduction\nGangs\t38.9%\nOthers\t0%\n", "measures"),
        ("Stage\tIndicative Timeline\nBids open\t1 May\nBids close\t8 May\n", "text"),
        ("Code\tCommissioning Intention\nCI001\tWork\nCI002\tMore\n", "text"),
    ],
)
def test_kind_follows_from_the_headings(text: str, kind: str, understood: Understood) -> None:
    assert one(understood(text)).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "\t2014/15\nApples\t£5\nPears\t£6\n",
        "\t2014/15\nBlaby\t£5\nApples\t£6\nPears\t£7\n",
        "Fruit\t2014/15\nBlaby\t£5\nMelton\t£6\n",
    ],
    ids=["no area", "few areas", "another heading"],
)
def test_labels_that_are_no_areas_make_no_area_table(text: str, understood: Understood) -> None:
    assert one(understood(text)).kind != "area-allocations"


def test_tables_are_numbered_in_reading_order(understood: Understood) -> None:
    tables = understood(AREAS + "\nMore.\n\n" + AREAS).tables
    assert [known.table_id for known in tables] == ["paper/t01", "paper/t02"]


def test_columns_take_the_roles_of_their_headings(understood: Understood) -> None:
    known = one(understood(CODED + "CI001\tWork\tDirect\t£5\tVia Team\n"))
    assert [column.role for column in known.columns] == ["code", "intention", "mechanism", "amount", "comment"]


def test_heading_that_a_narrow_cell_breaks_within_a_word_is_known(understood: Understood) -> None:
    broken = CODED.replace("Mechanism", "Mechanis m").replace("mechanism", "mechanis m")
    assert broken != CODED
    assert one(understood(broken + "CI001\tWork\tDirect\t£5\tVia Team\n")).columns[2].role == "mechanism"


@pytest.mark.parametrize(
    ("heading", "year", "estimated"),
    [
        ("Amount 2014/15", "2014/15", False),
        ("Estimated Amount 2014/15", "2014/15", True),
        ("2014/15 (indicative)", "2014/15", True),
        ("14/15 value", "2014/15", False),
        ("18 month to March 2013", "2011/10-2013/03", False),
    ],
)
def test_heading_states_the_period(heading: str, year: str, estimated: bool, understood: Understood) -> None:
    column = one(understood(f"Area\t{heading}\nBlaby\t£5\nMelton\t£6\n")).columns[1]
    assert (column.role, column.period.label, column.estimated) == ("amount", year, estimated)


@pytest.mark.parametrize(
    ("above", "year"),
    [
        ("The fund for 2014/15\n\n", "2014/15"),
        ("The fund is shared out as follows for 2014/15:\n\n", "2014/15"),
        ("It runs from October 2011 to March 2013.\n\n", "2011/10-2013/03"),
    ],
)
def test_year_comes_from_what_stands_above(above: str, year: str, understood: Understood) -> None:
    assert one(understood(above + "Area\tAllocation\nBlaby\t£5\n")).columns[1].period.label == year


def test_two_years_above_state_none(understood: Understood) -> None:
    result = understood("The funds for 2014/15 and 2015/16 are as follows:\n\nArea\tAllocation\nBlaby\t£5\n")
    assert (one(result).columns[1].period, Rule.YEAR_UNKNOWN in told(result)) == (None, True)


def test_year_of_the_table_above_is_taken_and_told(understood: Understood) -> None:
    result = understood(AREAS + "\nMore of it.\n\nArea\tAllocation\nMelton\t£6\n")
    assert (result.tables[1].columns[1].period.label, Rule.YEAR_FROM_CONTEXT in told(result)) == ("2014/15", True)


@pytest.mark.parametrize(("between", "year"), [("", "2015/16"), ("It is small.\n\n", "2014/15")])
def test_year_of_a_title_over_a_caption_counts_before_that_of_the_table_above(
    between: str, year: str, understood: Understood
) -> None:
    result = understood(f"{AREAS}\n# The fund of 2015/16\n\n{between}# Awards\n\nArea\tAllocation\nMelton\t£6\n")
    assert result.tables[1].columns[1].period.label == year


@pytest.mark.parametrize(
    ("heading", "scale"),
    [("Cost (£'000)", 1_000), ("Cost £000", 1_000), ("Cost £k", 1_000), ("Cost £m", 1_000_000), ("Cost £bn", 10**9),
     ("Cost", 1), ("Cost (£)", 1), ("Cost £5", 1)],
)  # fmt: skip
def test_heading_states_the_unit(heading: str, scale: int, understood: Understood) -> None:
    assert one(understood(f"Station\t{heading}\nNorth\t5\nSouth\t6\n")).columns[1].scale == scale


def test_unit_over_several_columns_counts_for_them_all(understood: Understood) -> None:
    known = one(understood("Rise\tExtra (£'000)\t\n\t2014/15\t2015/16\n0.5%\t248\t249\n1.0%\t496\t497\n"))
    assert [column.scale for column in known.columns[1:]] == [1_000, 1_000]


def test_unit_of_one_column_is_not_that_of_its_neighbour(understood: Understood) -> None:
    known = one(understood("Station\tCost £m\tOfficers\nNorth\t5.10\t12\nSouth\t6.20\t14\n"))
    assert [column.scale for column in known.columns] == [1, 1_000_000, 1]


def test_heading_names_the_fund(understood: Understood) -> None:
    assert one(understood("# Partnership Locality Fund\n\n" + AREAS)).fund == "partnership-locality-fund"


def test_lead_names_the_fund(understood: Understood) -> None:
    assert one(understood("The PCC Grant goes to areas as follows:\n\n" + AREAS)).fund == "pcc-grant"


@pytest.mark.parametrize("above", ["PLF and PCC Grant", "Direct work", "The fund", "PLFs"])
def test_no_fund_or_two_name_none(above: str, understood: Understood) -> None:
    assert one(understood(f"# {above}\n\n" + AREAS)).fund is None


def test_fund_is_left_to_a_column_that_says_it(understood: Understood) -> None:
    assert one(understood("# PLF\n\n" + CODED + "CI001\tWork\tDirect\t£5\tVia Team\n")).fund is None


def test_heading_names_the_theme(understood: Understood) -> None:
    text = "# Protecting the Vulnerable Commissioning Intentions\n\n" + CODED + "CI001\tWork\tDirect\t£5\tVia Team\n"
    assert one(understood(text)).theme == "PV"


@pytest.mark.parametrize(("title", "theme"), [("Commissioning Intentions", "PV"), ("Plan", None)])
def test_heading_of_intentions_above_their_caption_names_the_theme(
    title: str, theme: str | None, understood: Understood
) -> None:
    above = f"# Protecting the Vulnerable {title}\n\n# What will be paid\n\n"
    assert one(understood(above + CODED + "CI001\tWork\tDirect\t£5\tVia Team\n")).theme == theme


def test_theme_of_an_earlier_heading_is_not_taken(understood: Understood) -> None:
    text = "# Protecting the Vulnerable\n\n# Money\n\n" + AREAS
    assert one(understood(text)).theme is None


@pytest.mark.parametrize(
    ("above", "heading"),
    [
        ("# Money by area\n\n", "Money by area"),
        ("# Money\n\nIt is shared out so:\n\n", "It is shared out so:"),
        ("# Money\n\nIt is shared out as follows.\n\n", "It is shared out as follows."),
        ("# Money\n\nIt is shared out below.\n\n", "Money"),
        ("Table 1\nMoney by area\n\n", "Table 1 Money by area"),
        ("", None),
    ],
)
def test_table_is_introduced(above: str, heading: str | None, understood: Understood) -> None:
    assert one(understood(above + AREAS)).heading == heading


def test_unknown_heading_is_told_with_a_suggestion(understood: Understood) -> None:
    result = understood("Area\tAllocation 2014/15\tColour\nBlaby\t£5\tred\n")
    [found] = [each for each in result.findings if each.rule is Rule.HEADING_UNKNOWN]
    assert (found.column, "'colour'" in (found.suggestion or "")) == (2, True)


def test_blank_column_without_a_heading_is_no_matter(understood: Understood) -> None:
    assert told(understood("Area\tAllocation 2014/15\t\nBlaby\t£5\t\n")) == set()


def test_money_that_no_kind_claims_is_told(understood: Understood) -> None:
    assert Rule.UNKNOWN_TABLE in told(understood("Station\tRent\nNorth\t£5\nSouth\t£6\n"))


def test_table_of_years_and_amounts_is_no_unknown_table(understood: Understood) -> None:
    assert told(understood("2014/15\t2015/16\n£6.085m\t£12.820m\n")) == set()
