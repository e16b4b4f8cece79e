"""The table `tables`: a row for each table of a paper."""

from schemas.columns import Count, Placed, Real, Text, col

KINDS = (
    "commissioning-intentions",
    "commitments",
    "area-allocations",
    "grants",
    "budget-lines",
    "measures",
    "text",
)


class Tables(Placed):
    """A table in a paper, stitched over its pages; its place is that of its first line or page."""

    table_id: Text = col("`<paper_id>/t01` in reading order", unique=True)
    paper_id: Text = col("the paper")
    number: Count = col("number of the table in its paper, from 1", ge=1)
    kind: Text = col("what the table is", isin=KINDS)
    heading: Text = col("the heading or the sentence that introduces it", null=True)
    first_page: Count = col("first page; null for a text paper", null=True)
    last_page: Count = col("last page; null for a text paper", null=True)
    first_line: Count = col("first line; null for a PDF", null=True)
    last_line: Count = col("last line; null for a PDF", null=True)
    rows: Count = col("rows, header rows included", ge=1)
    columns: Count = col("columns", ge=1)
    reader: Text = col("the reader or text dialect that gave the cells")
    second_reader: Text = col("the independent second reader", null=True)
    agreement: Real = col("share of figure cells on which the second reader agrees", null=True)
