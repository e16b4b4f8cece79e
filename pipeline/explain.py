"""Which column of a table became what, and why, in words."""

from collections.abc import Iterator

from pipeline.meaning import Column
from pipeline.reading import text_of
from pipeline.recognise import ALLOCATING, Recognised, body
from schemas.rules import Rule
from schemas.vocabulary import fold_heading, headings

_SHOWN = 40


def explained(known: Recognised) -> Iterator[str]:
    """Sentences on a table: its kind, then a line for each column, with the first thing that stands in it.

    A column that is known by what it holds alone has the row of headings.csv that would make it sure.
    """
    yield f"{known.table_id}  {known.kind}  {known.heading or ''}".rstrip()
    for index, column in enumerate(known.columns):
        first = next((text for row in body(known.table) if (text := text_of(row[index]))), "")
        shown = first[:_SHOWN] + ("…" if len(first) > _SHOWN else "")
        yield f"  column {index}  {column.heading or '(no heading)'}: {_became(column)}"
        yield f"    since {_why(known, column)}" + (f"; it starts with {shown!r}" if shown else "; it is blank")
        if column.why and fold_heading(column.heading):
            yield f"    to make it sure, add to headings.csv: {column.role},{fold_heading(column.heading)}"
        elif not column.role and known.kind in ALLOCATING and fold_heading(column.heading):
            yield f"    to give it a meaning, add to headings.csv: ROLE,{fold_heading(column.heading)}, with its role"
    if any(found.rule is Rule.CODES_UNLISTED for found in known.findings):
        yield "  codes are kept as printed, since code_schemes.csv has no scheme that fits them"


def _became(column: Column) -> str:
    """The role with period and unit."""
    said = [column.role.replace("_", " ") or "nothing"]
    if column.period and column.role in ("amount", "total", "measure"):
        said.append(f"for {column.period.label}" + (" (estimated)" if column.estimated else ""))
    if column.scale != 1 and column.role in ("amount", "total", "measure"):
        said.append(f"in units of £{column.scale:,}")
    return " ".join(said)


def _why(known: Recognised, column: Column) -> str:
    """What a column's role rests on."""
    folded = fold_heading(column.heading)
    if column.why:
        return f"{column.why}, as its heading is in no vocabulary"
    if folded in headings() and column.role:
        return f"headings.csv has {folded!r}"
    if column.role == "amount":
        return "its heading is a year or a unit and it holds figures"
    if column.role == "total":
        return "totals.csv has its heading and it stands right of amounts"
    if column.role:
        return "its labels are known areas"
    return "neither its heading nor what it holds says" if known.kind in ALLOCATING else f"the table is {known.kind}"
