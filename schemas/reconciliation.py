"""The table `reconciliation`: printed totals held against their parts."""

from schemas.columns import Placed, Pounds, Text, col

SCOPES = ("item", "subtotal", "grand-total", "cross-table")
STATUSES = ("agrees", "disagrees", "not-printed", "nothing-to-add")


class Reconciliation(Placed):
    """A printed total held against its parts; its place is that of the printed total."""

    table_id: Text = col("the table")
    paper_id: Text = col("the paper")
    scope: Text = col("what the total covers", isin=SCOPES)
    item: Text = col("the item, or the total's printed label")
    financial_year: Text = col("the period", null=True)
    printed_gbp: Pounds = col("the total as printed", null=True)
    computed_gbp: Pounds = col("the sum of the parts", null=True)
    difference_gbp: Pounds = col("printed less computed", null=True)
    status: Text = col("what the comparison gave", isin=STATUSES)
    parts: Text = col("allocation_ids that were added up, space-separated", null=True)
    explanation: Text = col("the arithmetic written out")
