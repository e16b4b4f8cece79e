"""From values as printed to typed values: money, themes, areas, periods. Refuses instead of guessing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.drafts import Draft, finding
from pipeline.money import Amount, NotMoney, is_spaced, read_money
from schemas.records import Allocation, Finding
from schemas.rules import Rule
from schemas.vocabulary import area_names, areas, fold, theme_of

# Whole pounds with thousands: under a heading of £'000 it is not clear which of the two counts.
_FULL_POUNDS = re.compile(r"^\(?[-−]?£\s?\d{1,3},\d{3}")


@dataclass(frozen=True, slots=True)
class Normalised:
    """Typed allocations and what could not be typed."""

    allocations: tuple[Allocation, ...]
    findings: tuple[Finding, ...]


def normalise(drafts: Sequence[Draft]) -> Normalised:
    """Every draft as an allocation; an amount that could mean several values is illegible, with a finding."""
    allocations: list[Allocation] = []
    findings: list[Finding] = []
    for draft in drafts:
        amount, faults = _amount(draft)
        findings += faults + _area_findings(draft) + _theme_findings(draft) + _reading_findings(draft)
        allocations.append(_allocation(draft, amount))
    return Normalised(tuple(allocations), tuple(findings))


def _amount(draft: Draft) -> tuple[Amount, list[Finding]]:
    if draft.meaning.scale != 1 and _FULL_POUNDS.match(draft.raw):
        message = f"{draft.raw} has a pound sign and thousands under a heading that counts in £{draft.meaning.scale:,}."
        return Amount(None, "illegible"), [
            finding(draft.known, Rule.MONEY_UNREADABLE, draft.row, message, draft.place, draft.raw)
        ]
    scale = 1 if "£" in draft.raw and draft.raw.rstrip(")*†").endswith(("k", "m", "bn")) else draft.meaning.scale
    try:
        amount = _pence(_certain(draft, read_money(draft.raw, scale)))
    except NotMoney as fault:
        message = f"The amount cannot be read with certainty: {fault}."
        return Amount(None, "illegible"), [
            finding(draft.known, Rule.MONEY_UNREADABLE, draft.row, message, draft.place, draft.raw)
        ]
    if amount.footnote:
        message = f"The footnote mark {amount.footnote!r} is glued to {draft.raw} and is no part of it."
        return amount, [finding(draft.known, Rule.FOOTNOTE_MARK, draft.row, message, draft.place, draft.raw)]
    return amount, []


def _certain(draft: Draft, amount: Amount) -> Amount:
    """An amount whose blanks divide thousands in all its column. Raises NotMoney where they may divide numbers."""
    if is_spaced(draft.raw) and not draft.meaning.spaced:
        raise NotMoney(f"{draft.raw!r} could be one number or several")
    return amount


def _pence(amount: Amount) -> Amount:
    """An amount of whole pence. Raises NotMoney for a finer one, which no allocation is."""
    if amount.pounds is not None and amount.pounds != round(amount.pounds, 2):
        raise NotMoney(f"{amount.pounds} is no sum of whole pence")
    return amount


def _allocation(draft: Draft, amount: Amount) -> Allocation:
    period = draft.when
    printed = draft.area or draft.reach
    code = areas().get(fold(printed)) if printed else None
    whole = draft.line_type in ("item", "part")
    return Allocation(
        paper_id=draft.known.paper_id,
        table_id=draft.known.table_id,
        row=draft.row,
        column=draft.column,
        place=draft.place,
        item=draft.item,
        line_type=draft.line_type,
        amount_gbp=amount.pounds,
        amount_raw=draft.raw,
        value_status=amount.status,
        financial_year=period.label if period else None,
        estimated=draft.meaning.estimated,
        allocation_id=_id(draft),
        part=draft.part,
        theme=_theme(draft),
        intention_code=draft.intention_code,
        title=draft.title,
        description=draft.description,
        mechanism=draft.mechanism or draft.known.fund,
        provider=draft.provider,
        area_name=area_names()[code] if code else draft.area,
        area_code=code,
        reach=draft.reach,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        additive=whole and not draft.shared_pool,
        primary_priority=draft.primary_priority,
        secondary_priority=draft.secondary_priority,
        need=draft.need,
        comment=draft.comment,
        evidence=_evidence(draft, amount),
        confidence=draft.sureness,
    )


def _id(draft: Draft) -> str:
    """A name that depends on the place alone, so that it is the same from run to run."""
    if not draft.raw or draft.place.char_start is None:
        return f"{draft.known.table_id}/r{draft.row}c{draft.column}"
    return f"{draft.known.paper_id}/c{draft.place.char_start}"


def _theme(draft: Draft) -> str | None:
    """The theme whose words open the row's own text, else the one that the heading names."""
    return theme_of(draft.theme or "") or draft.known.theme


def _evidence(draft: Draft, amount: Amount) -> str:
    """What the readers alone say of an amount."""
    undated = draft.when is None and not draft.known.having("period")
    if amount.status == "illegible" or draft.agrees is False or draft.doubtful or undated or not draft.item:
        return "review"
    return "agreed" if draft.agrees else "single"


def _reading_findings(draft: Draft) -> list[Finding]:
    if draft.agrees is not False:
        return []
    message = f"One reader has {draft.raw!r} here, the other has {draft.second!r}."
    return [finding(draft.known, Rule.READINGS_DIFFER, draft.row, message, draft.place, draft.raw)]


def _opens_item(draft: Draft) -> bool:
    """Whether an amount is the first of an item's row: what is said of the row is said there, once."""
    return draft.line_type == "item" and draft.column in draft.known.having("amount")[:1]


def _area_findings(draft: Draft) -> list[Finding]:
    """A finding for each row whose area has no code, at its first amount."""
    if draft.area is None or fold(draft.area) in areas() or not _opens_item(draft):
        return []
    message = f"The area {draft.area!r} is in no vocabulary; its row has no area code."
    return [finding(draft.known, Rule.AREA_UNKNOWN, draft.row, message, draft.place, draft.area)]


def _theme_findings(draft: Draft) -> list[Finding]:
    """A finding for each row whose column of themes names none that is known, at its first amount."""
    if not draft.theme or not draft.known.having("theme") or _theme(draft) or not _opens_item(draft):
        return []
    message = f"The theme {draft.theme!r} is in no vocabulary; its row has none."
    return [finding(draft.known, Rule.THEME_UNKNOWN, draft.row, message, draft.place, draft.theme)]
