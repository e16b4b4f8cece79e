"""The tables of commissioning intentions, their priorities, their renumbering and their links."""

from schemas.columns import Placed, Output, Real, Text, Truth, column

RELATIONS = ("same", "renumbered", "split", "merged", "excerpt")
BASES = ("printed", "same-words", "same-money", "similar-words")


class Intentions(Placed):
    """A commissioning intention in one paper; its place is that of its code."""

    paper_id: Text = column("the paper")
    table_id: Text = column("the table")
    code: Text = column("the code, repaired where the print is damaged")
    code_raw: Text = column("the code as printed")
    legacy_codes: Text = column("previous codes, in printed order", null=True)
    description: Text = column("description as printed, wraps undone", null=True)
    theme: Text = column("theme that the table or its heading states", null=True)
    priorities: Text = column("strategic priorities, in numeric order", null=True)
    mechanisms: Text = column("funding mechanisms as printed, `; ` between", null=True)
    comment: Text = column("comment as printed", null=True)
    footnote: Text = column("footnote in the comment that a mark points to", null=True)


class IntentionPriorities(Output):
    """An intention's link to a strategic priority."""

    paper_id: Text = column("the paper")
    table_id: Text = column("the table")
    code: Text = column("the intention's code")
    priority: Text = column("the strategic priority's code")
    footnoted: Truth = column("true where a footnote mark is printed at it")


class CodeChanges(Placed):
    """A renumbering that a paper prints; its place is that of the previous code."""

    paper_id: Text = column("the paper")
    table_id: Text = column("the table")
    old_code: Text = column("the previous code")
    old_raw: Text = column("the previous code as printed")
    new_code: Text = column("the present code")
    new_raw: Text = column("the present code as printed")


class IntentionLinks(Output):
    """The same intention in two papers."""

    from_paper_id: Text = column("the earlier paper, or the original")
    from_code: Text = column("the code there")
    to_paper_id: Text = column("the later paper, or the copy")
    to_code: Text = column("the code there")
    relation: Text = column("how the two relate", isin=RELATIONS)
    basis: Text = column("what says so", isin=BASES)
    score: Real = column("likeness of the words, 0 to 1", ge=0, le=1)
    status: Text = column("asserted or suggested", isin=("asserted", "suggested"))
