"""The table `papers`: a row for each file in raw/."""

from schemas.columns import Count, Day, Output, Text, col

STATUSES = ("read", "read-with-findings", "no-tables", "unreadable", "quarantined")


class Papers(Output):
    """A file in raw/, what it says of itself, and how reading it ended."""

    paper_id: Text = col(
        "the file's stem in lower case, other characters as hyphens", unique=True, str_matches=r"^[a-z0-9-]+$"
    )
    file: Text = col("path of the file inside raw/")
    sha256: Text = col("SHA-256 of the file's bytes", str_matches="^[0-9a-f]{64}$")
    media_type: Text = col("text/plain or application/pdf", isin=("text/plain", "application/pdf"))
    bytes: Count = col("size of the file in bytes", ge=0)
    pages: Count = col("number of pages; null for a text paper", null=True, ge=1)
    title: Text = col("title as the paper states it", null=True)
    publisher: Text = col("publisher as the paper states it", null=True)
    police_area_code: Text = col("ONS code of the police force area", null=True, str_matches=r"^[EW]\d{8}$")
    published_on: Day = col("date that the paper states", null=True)
    licence: Text = col("licence, from raw/papers.csv", null=True)
    source_url: Text = col("address the paper was taken from, from raw/papers.csv", null=True)
    status: Text = col("the one state in which reading ended", isin=STATUSES)
    reason: Text = col("why it was not simply read: a sentence", null=True)
