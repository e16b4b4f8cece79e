"""How an output table's column is declared: a type, its meaning, its checks, in one line."""

from collections.abc import Sequence
from typing import Annotated, Any

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa

Text = Annotated[pd.ArrowDtype, pa.string()]
Count = Annotated[pd.ArrowDtype, pa.int32()]
Truth = Annotated[pd.ArrowDtype, pa.bool_()]
Day = Annotated[pd.ArrowDtype, pa.date32()]
Pounds = Annotated[pd.ArrowDtype, pa.decimal128(18, 2)]
Exact = Annotated[pd.ArrowDtype, pa.decimal128(18, 4)]
Real = Annotated[pd.ArrowDtype, pa.float64()]


def col(meaning: str, *, null: bool = False, isin: Sequence[str | int] | None = None, **checks: Any) -> Any:
    """A column that means `meaning`; `null` says that it may be empty, `checks` are pandera's own.

    >>> code: Text = col("the code", str_matches="^CI")
    """
    return pandera.Field(nullable=null, isin=isin, metadata={"meaning": meaning}, **checks)


class Output(pandera.DataFrameModel):
    """What every output table shares."""

    class Config:
        """Strict: neither a missing nor an extra column passes."""

        strict = True


class Placed(Output):
    """A table whose rows name their place in the paper."""

    page: Count = col("page, 1-based; null for a text paper", null=True, ge=1)
    x0: Real = col("left edge in points from the page's left; null for a text paper", null=True)
    top: Real = col("upper edge in points from the page's top; null for a text paper", null=True)
    x1: Real = col("right edge in points; null for a text paper", null=True)
    bottom: Real = col("lower edge in points; null for a text paper", null=True)
    line: Count = col("first line in the decoded text, 1-based; null for a PDF", null=True, ge=1)
    char_start: Count = col("first character in the decoded text, 0-based; null for a PDF", null=True, ge=0)
    char_end: Count = col("character after the last one; null for a PDF", null=True, ge=0)
    source_ref: Text = col("a link that opens the place", null=True)
