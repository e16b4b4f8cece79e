"""The data dictionary, written from the tables' models and the one list of rules."""

from collections.abc import Iterator

from pipeline.package import table_schema
from schemas.catalogue import CATALOGUE
from schemas.rules import Rule

_HEAD = """# Data dictionary

Every table is written twice, as `<name>.csv` and as `<name>.parquet`, with the same rows. This page is written
from the models in `schemas/` by `make golden`; a test holds it to them. Place columns (`page` to `source_ref`) say
where a row stands in its paper: `line`, `char_start` and `char_end` in a text paper, `page` and the box in a PDF.
"""


def data_dictionary() -> str:
    """The whole page."""
    parts = [_HEAD, *(_table(name) for name in CATALOGUE), _rules()]
    return "\n".join(parts)


def _table(name: str) -> str:
    published = CATALOGUE[name]
    meaning = " ".join((published.model.__doc__ or "").split())
    head = f"## {name}\n\n{meaning}\n\nKey: {', '.join(f'`{column}`' for column in published.key)}.\n"
    rows = ["| column | type | empty | meaning |", "|---|---|---|---|", *_columns(name)]
    return head + "\n" + "\n".join(rows) + "\n"


def _columns(name: str) -> Iterator[str]:
    for field in table_schema(name)["fields"]:
        constraints = field["constraints"]
        values = constraints.get("enum", [])
        listed = f" ({', '.join(map(str, values))})" if values and len(values) < len(Rule) else ""
        empty = "no" if constraints.get("required") else "yes"
        yield f"| `{field['name']}` | {field['type']} | {empty} | {field['description']}{listed} |"


def _rules() -> str:
    rows = [f"| `{rule.slug}` | {rule.severity} | {rule.meaning} |" for rule in Rule]
    head = "## Rules\n\nEverything that a row of `findings` can say.\n"
    return head + "\n" + "\n".join(["| rule | severity | meaning |", "|---|---|---|", *rows]) + "\n"
