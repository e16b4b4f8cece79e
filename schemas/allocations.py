"""The table `allocations`: the money, a row for each printed amount."""

from schemas.columns import Count, Day, Placed, Pounds, Real, Text, Truth, col

LINE_TYPES = ("item", "part", "total", "subtotal", "grand_total")
MECHANISMS = ("co-commissioning", "direct", "pcc-grant", "partnership-locality-fund", "tbc")
THEMES = ("RO", "VW", "MCN", "PV", "PLF")
VALUE_STATUSES = ("printed", "tbc", "nil", "blank", "illegible")
EVIDENCE = ("proved", "agreed", "single", "review")


class Allocations(Placed):
    """One printed amount for one line in one period, in a table that allocates money."""

    allocation_id: Text = col("stable name of the figure at its place", unique=True)
    paper_id: Text = col("the paper")
    table_id: Text = col("the table")
    row: Count = col("row of the table", ge=0)
    item: Text = col("intention code, or the initiative, area or proposal as printed")
    line_type: Text = col("what the amount covers", isin=LINE_TYPES)
    part: Text = col("a, b, c as printed; 1, 2 for parts without letters", null=True)
    theme: Text = col("theme that the table, its heading or its column states", null=True, isin=THEMES)
    intention_code: Text = col("code of the commissioning intention", null=True)
    title: Text = col("name as printed", null=True)
    description: Text = col("description as printed, wraps undone", null=True)
    mechanism: Text = col("funding mechanism", null=True, isin=MECHANISMS)
    provider: Text = col("who gets or provides it, as printed, without lead-ins and remarks", null=True)
    area_name: Text = col("name of the area", null=True)
    area_code: Text = col("ONS GSS code of the area", null=True, str_matches=r"^[EW]\d{8}$")
    reach: Text = col("geographical reach as printed", null=True)
    financial_year: Text = col(
        "2014/15, or a span as 2011/10-2013/03", null=True, str_matches=r"^\d{4}/\d{2}(-\d{4}/\d{2})?$"
    )
    period_start: Day = col("first day of the period", null=True)
    period_end: Day = col("last day of the period", null=True)
    amount_gbp: Pounds = col("the amount in pounds", null=True)
    value_status: Text = col("whether an amount is printed", isin=VALUE_STATUSES)
    estimated: Truth = col("the heading says estimated or indicative")
    additive: Truth = col("adding this row up is safe: no total, no shared pool, no copy")
    duplicate_of: Text = col("allocation_id of the row in another paper that this one copies", null=True)
    primary_priority: Text = col("primary strategic priority as printed", null=True)
    secondary_priority: Text = col("secondary strategic priority as printed", null=True)
    need: Text = col("how the need was identified, as printed", null=True)
    comment: Text = col("comment as printed", null=True)
    amount_raw: Text = col("the amount as printed, at its place", null=True)
    correction_id: Text = col("the correction that was applied", null=True)
    evidence: Text = col("how sure the figure is", isin=EVIDENCE)
    confidence: Real = col("1 for a text layer, the engine's score for OCR", ge=0, le=1)
