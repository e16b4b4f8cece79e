"""The table `measures`: figures of numeric tables that allocate no money."""

from schemas.columns import Count, Exact, Placed, Text, column


class Measures(Placed):
    """A figure in a numeric table that does not allocate money; its value is in base units."""

    table_id: Text = column("the table")
    paper_id: Text = column("the paper")
    row: Count = column("row of the table", ge=0)
    column: Count = column("column of the table", ge=0)
    row_label: Text = column("label of the row", null=True)
    column_label: Text = column("heading of the column", null=True)
    raw: Text = column("the figure as printed")
    value: Exact = column("the figure in base units: £6.085m is 6085000")
    unit: Text = column("what is counted", isin=("GBP", "percent", "count"))
    scale: Count = column("what the printed number was multiplied by", isin=(1, 1_000, 1_000_000, 1_000_000_000))
