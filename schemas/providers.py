"""The tables of providers: who is paid, under which printed names, and how much each paper gives them in each year."""

from schemas.columns import Count, Output, Pounds, Text, Truth, col

MATCHES = ("whole", "beginning")


class Providers(Output):
    """A distinct provider: the printed names that are one, and the organisation that they are proposed to be."""

    provider_id: Text = col("name of the provider, made of its words", unique=True)
    names: Text = col("names as printed, in the order of the papers, `; ` between")
    canonical_name: Text = col("proposed name, from organisations.csv", null=True)
    identifier: Text = col(
        "identifier of that organisation, as in GB-LAE-LCE; never guessed",
        null=True,
        str_matches=r"^[A-Z]{2}-[A-Z]+-.+$",
    )
    matched: Text = col("how much of the printed name is the organisation's", null=True, isin=MATCHES)
    similar_to: Text = col("provider_id of the likest other name, a suggestion: a person has to decide", null=True)
    figures: Count = col("printed amounts that name it, totals and copies too", ge=1)
    papers: Count = col("papers that name it", ge=1)
    totals: Text = col("total of each year and paper, as in provider_years, `; ` between", null=True)


class ProviderYears(Output):
    """What one paper gives a provider in one year: the sum of its additive amounts. Papers are not added together."""

    provider_id: Text = col("the provider")
    paper_id: Text = col("the paper; a later one plans the same year again")
    financial_year: Text = col("the year, as in allocations", null=True)
    amount_gbp: Pounds = col("sum of the additive amounts, in pounds")
    figures: Count = col("how many amounts were added", ge=1)
    review: Truth = col("true where one of these amounts is up for review")
