"""The output tables by name, in the order in which they are published, with their keys."""

from dataclasses import dataclass

from schemas.allocations import Allocations
from schemas.cells import Cells
from schemas.columns import Output
from schemas.findings import Findings
from schemas.intentions import CodeChanges, IntentionLinks, IntentionPriorities, Intentions
from schemas.measures import Measures
from schemas.money import Money
from schemas.papers import Papers
from schemas.priorities import Priorities
from schemas.providers import Providers, ProviderYears
from schemas.reconciliation import Reconciliation
from schemas.tables import Tables


@dataclass(frozen=True)
class Published:
    """An output table: its model, its primary key, and the keys of other tables that its columns repeat."""

    model: type[Output]
    key: tuple[str, ...]
    foreign: tuple[tuple[tuple[str, ...], str], ...] = ()


_PAPER = (("paper_id",), "papers")
_TABLE = (("table_id",), "tables")

CATALOGUE: dict[str, Published] = {
    "papers": Published(Papers, ("paper_id",)),
    "tables": Published(Tables, ("table_id",), (_PAPER,)),
    "cells": Published(Cells, ("table_id", "row", "column"), (_TABLE,)),
    "allocations": Published(Allocations, ("allocation_id",), (_PAPER, _TABLE)),
    "intentions": Published(Intentions, ("paper_id", "table_id", "code"), (_PAPER, _TABLE)),
    "intention_priorities": Published(
        IntentionPriorities, ("paper_id", "table_id", "code", "priority"), (_PAPER, _TABLE)
    ),
    "priorities": Published(Priorities, ("paper_id", "line", "page", "code"), (_PAPER,)),
    "code_changes": Published(CodeChanges, ("paper_id", "old_code", "new_code"), (_PAPER, _TABLE)),
    "intention_links": Published(IntentionLinks, ("from_paper_id", "from_code", "to_paper_id", "to_code")),
    "providers": Published(Providers, ("provider_id",)),
    "provider_years": Published(
        ProviderYears, ("provider_id", "paper_id", "financial_year"), (_PAPER, (("provider_id",), "providers"))
    ),
    "measures": Published(Measures, ("table_id", "row", "column"), (_PAPER, _TABLE)),
    "money": Published(Money, ("money_id",), (_PAPER,)),
    "reconciliation": Published(Reconciliation, ("table_id", "scope", "item", "financial_year"), (_PAPER, _TABLE)),
    "findings": Published(Findings, ("finding_id",), (_PAPER,)),
}
