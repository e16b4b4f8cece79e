"""The table `findings`: what a person should know or decide."""

from schemas.columns import Count, Placed, Text, column
from schemas.rules import Rule


class Findings(Placed):
    """A thing that a person should know or decide."""

    finding_id: Text = column("name of the finding", unique=True)
    rule: Text = column("the rule, from the one list", isin=tuple(rule.slug for rule in Rule))
    severity: Text = column("error, warning or notice", isin=("error", "warning", "notice"))
    paper_id: Text = column("the paper")
    table_id: Text = column("the table", null=True)
    row: Count = column("row of the table", null=True, ge=0)
    column: Count = column("column of the table", null=True, ge=0)
    message: Text = column("a full sentence")
    raw: Text = column("the text that it is about, as printed", null=True)
    suggestion: Text = column("what could be done", null=True)
