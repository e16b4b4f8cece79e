"""The table `priorities`: strategic priorities as a paper lists them."""

from schemas.columns import Placed, Text, column


class Priorities(Placed):
    """A strategic priority each time that a paper lists it."""

    paper_id: Text = column("the paper")
    code: Text = column("the priority's code", str_matches=r"^SP\d+$")
    theme: Text = column("theme under which it is listed", null=True)
    title: Text = column("title as printed, wraps undone")
