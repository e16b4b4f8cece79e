"""The table `measures`: figures of numeric tables that allocate no money."""

from schemas.columns import Count, Exact, Placed, Text, col


class Measures(Placed):
    """A figure in a numeric table that does not allocate money; its value is in base units."""

    table_id: Text = col("the table")
    paper_id: Text = col("the paper")
    row: Count = col("row of the table", ge=0)
    column: Count = col("column of the table", ge=0)
    row_label: Text = col("label of the row", null=True)
    column_label: Text = col("heading of the column", null=True)
    raw: Text = col("the figure as printed")
    value: Exact = col("the figure in base units: £6.085m is 6085000")
    unit: Text = col("what is counted", isin=("GBP", "percent", "count"))
    scale: Count = col("what the printed number was multiplied by", isin=(1, 1_000, 1_000_000, 1_000_000_000))
