"""The table `reconciliation`: printed totals held against their parts."""

from schemas.columns import Placed, Pounds, Text, column

SCOPES = ("item", "subtotal", "grand-total", "cross-table")
STATUSES = ("agrees", "disagrees", "not-printed", "nothing-to-add")


class Reconciliation(Placed):
    """A printed total held against its parts; its place is that of the printed total."""

    table_id: Text = column("the table")
    paper_id: Text = column("the paper")
    scope: Text = column("what the total covers", isin=SCOPES)
    item: Text = column("the item, or the total's printed label")
    financial_year: Text = column("the period", null=True)
    printed_gbp: Pounds = column("the total as printed", null=True)
    computed_gbp: Pounds = column("the sum of the parts", null=True)
    difference_gbp: Pounds = column("printed less computed", null=True)
    status: Text = column("what the comparison gave", isin=STATUSES)
    parts: Text = column("allocation_ids that were added up, space-separated", null=True)
    explanation: Text = column("the arithmetic written out")
