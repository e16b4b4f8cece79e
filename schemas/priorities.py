"""The table `priorities`: strategic priorities as a paper lists them."""

from schemas.columns import Placed, Text, col


class Priorities(Placed):
    """A strategic priority each time that a paper lists it."""

    paper_id: Text = col("the paper")
    code: Text = col("the priority's code", str_matches=r"^SP\d+$")
    theme: Text = col("theme under which it is listed", null=True)
    title: Text = col("title as printed, wraps undone")
