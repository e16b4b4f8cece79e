"""The table `tables`: a row for each table of a paper."""

from schemas.columns import Count, Placed, Real, Text, column

KINDS = ("commissioning-intentions", "commitments", "area-allocations", "grants", "budget-lines", "measures", "text")


class Tables(Placed):
    """A table in a paper, stitched over its pages; its place is that of its first line or page."""

    table_id: Text = column("`<paper_id>/t01` in reading order", unique=True)
    paper_id: Text = column("the paper")
    number: Count = column("number of the table in its paper, from 1", ge=1)
    kind: Text = column("what the table is", isin=KINDS)
    heading: Text = column("the heading or the sentence that introduces it", null=True)
    first_page: Count = column("first page; null for a text paper", null=True)
    last_page: Count = column("last page; null for a text paper", null=True)
    first_line: Count = column("first line; null for a PDF", null=True)
    last_line: Count = column("last line; null for a PDF", null=True)
    rows: Count = column("rows, header rows included", ge=1)
    columns: Count = column("columns", ge=1)
    reader: Text = column("the reader or text dialect that gave the cells")
    second_reader: Text = column("the independent second reader", null=True)
    agreement: Real = column("share of figure cells on which the second reader agrees", null=True)
