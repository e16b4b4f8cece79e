"""The table `money`: every amount of money printed anywhere in a paper."""

from schemas.columns import Exact, Placed, Text, col

USES = ("allocation", "total", "measure", "cell-text", "prose")


class Money(Placed):
    """An amount of money as printed, and what became of it."""

    money_id: Text = col("name of the amount", unique=True)
    paper_id: Text = col("the paper")
    raw: Text = col("the amount as printed")
    amount_gbp: Exact = col("the amount in pounds; null for a unit in a heading or an unclear amount", null=True)
    used_as: Text = col("what became of it", isin=USES)
    row_id: Text = col("allocation_id, or table_id/row/column; null for prose", null=True)
    context: Text = col("the words around it")
