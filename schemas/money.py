"""The table `money`: every amount of money printed anywhere in a paper."""

from schemas.columns import Exact, Placed, Text, column

USES = ("allocation", "total", "measure", "cell-text", "prose")


class Money(Placed):
    """An amount of money as printed, and what became of it."""

    money_id: Text = column("name of the amount", unique=True)
    paper_id: Text = column("the paper")
    raw: Text = column("the amount as printed")
    amount_gbp: Exact = column("the amount in pounds; null for a unit in a heading or an unclear amount", null=True)
    used_as: Text = column("what became of it", isin=USES)
    row_id: Text = column("allocation_id, or table_id/row/column; null for prose", null=True)
    context: Text = column("the words around it")
