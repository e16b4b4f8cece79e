"""The tables of commissioning intentions, their priorities, their renumbering and their links."""

from schemas.columns import Output, Placed, Real, Text, Truth, col

RELATIONS = ("same", "renumbered", "split", "merged", "excerpt")
BASES = ("printed", "same-words", "same-money", "similar-words")


class Intentions(Placed):
    """A commissioning intention in one paper; its place is that of its code."""

    paper_id: Text = col("the paper")
    table_id: Text = col("the table")
    code: Text = col("the code, repaired where the print is damaged")
    code_raw: Text = col("the code as printed")
    legacy_codes: Text = col("previous codes, in printed order", null=True)
    description: Text = col("description as printed, wraps undone", null=True)
    theme: Text = col("theme that the table or its heading states", null=True)
    priorities: Text = col("strategic priorities, in numeric order", null=True)
    mechanisms: Text = col("funding mechanisms as printed, `; ` between", null=True)
    comment: Text = col("comment as printed", null=True)
    footnote: Text = col("footnote in the comment that a mark points to", null=True)


class IntentionPriorities(Output):
    """An intention's link to a strategic priority."""

    paper_id: Text = col("the paper")
    table_id: Text = col("the table")
    code: Text = col("the intention's code")
    priority: Text = col("the strategic priority's code")
    footnoted: Truth = col("true where a footnote mark is printed at it")


class CodeChanges(Placed):
    """A renumbering that a paper prints; its place is that of the previous code."""

    paper_id: Text = col("the paper")
    table_id: Text = col("the table")
    old_code: Text = col("the previous code")
    old_raw: Text = col("the previous code as printed")
    new_code: Text = col("the present code")
    new_raw: Text = col("the present code as printed")


class IntentionLinks(Output):
    """The same intention in two papers, or an intention and the commitment of a later paper that it pays for."""

    from_paper_id: Text = col(
        "the earlier paper, or the excerpt; `legacy` where only a printed renumbering names it, and with `-draft` or "
        "`-2014/15` behind it the edition that a paper speaks of beside its own tables"
    )
    from_code: Text = col("the code there")
    to_paper_id: Text = col("the later paper, or the original")
    to_code: Text = col("the code there; the item of a commitment, which has no code")
    relation: Text = col("how the two relate", isin=RELATIONS)
    basis: Text = col("what says so", isin=BASES)
    score: Real = col("likeness of the words, 0 to 1; of a commitment all that speaks for it", ge=0, le=1)
    status: Text = col("asserted, or suggested: a person has to decide", isin=("asserted", "suggested"))
