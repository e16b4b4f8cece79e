"""The table `cells`: every cell of every table."""

from schemas.columns import Count, Placed, Real, Text, Truth, col


class Cells(Placed):
    """A cell of any table, of every kind, blank ones too. A blank cell of a text paper stands at its row."""

    table_id: Text = col("the table")
    row: Count = col("row from 0, header rows first", ge=0)
    column: Count = col("column from 0", ge=0)
    row_span: Count = col("rows that the cell covers", ge=1)
    column_span: Count = col("columns that the cell covers", ge=1)
    is_header: Truth = col("the cell belongs to a header row")
    text: Text = col("text as printed, line breaks as \\n", null=True)
    confidence: Real = col("1 for a text layer, the engine's score for OCR", ge=0, le=1)
