"""What one paper gives: a serialisable value, so that papers can be read apart from each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.account import Money
from pipeline.describe import Priority
from pipeline.drafts import Intention
from pipeline.measure import Measure
from pipeline.mentions import Mention
from pipeline.recognise import Recognised
from pipeline.reconcile import Check
from schemas.records import Allocation, Finding, Glyphs, Paper


@dataclass(frozen=True, slots=True)
class Result:
    """A paper with everything that was read from it."""

    paper: Paper
    tables: tuple[Recognised, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    intentions: tuple[Intention, ...] = ()
    priorities: tuple[Priority, ...] = ()
    measures: tuple[Measure, ...] = ()
    money: tuple[Money, ...] = ()
    checks: tuple[Check, ...] = ()
    findings: tuple[Finding, ...] = ()
    glyphs: tuple[Glyphs, ...] = ()
    mentions: tuple[Mention, ...] = ()
    laws: Mapping[str, int] = field(default_factory=dict)
