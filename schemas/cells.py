"""The table `cells`: every cell of every table."""

from schemas.columns import Count, Placed, Real, Text, Truth, column


class Cells(Placed):
    """A cell of any table, of every kind, blank ones too. A blank cell of a text paper stands at its row."""

    table_id: Text = column("the table")
    row: Count = column("row from 0, header rows first", ge=0)
    column: Count = column("column from 0", ge=0)
    row_span: Count = column("rows that the cell covers", ge=1)
    column_span: Count = column("columns that the cell covers", ge=1)
    is_header: Truth = column("the cell belongs to a header row")
    text: Text = column("text as printed, line breaks as \\n", null=True)
    confidence: Real = column("1 for a text layer, the engine's score for OCR", ge=0, le=1)
