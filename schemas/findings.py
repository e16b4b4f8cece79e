"""The table `findings`: what a person should know or decide."""

from schemas.columns import Count, Placed, Text, col
from schemas.rules import Rule


class Findings(Placed):
    """A thing that a person should know or decide."""

    finding_id: Text = col("name of the finding", unique=True)
    rule: Text = col("the rule, from the one list", isin=tuple(rule.slug for rule in Rule))
    severity: Text = col("error, warning or notice", isin=("error", "warning", "notice"))
    paper_id: Text = col("the paper")
    table_id: Text = col("the table", null=True)
    row: Count = col("row of the table", null=True, ge=0)
    column: Count = col("column of the table", null=True, ge=0)
    message: Text = col("a full sentence")
    raw: Text = col("the text that it is about, as printed", null=True)
    suggestion: Text = col("what could be done", null=True)
