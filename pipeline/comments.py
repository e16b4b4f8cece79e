"""Who gets the money, as a comment says it: lead-ins, letters, years, remarks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.periods import find_periods, years_of
from pipeline.stacked import lettered
from schemas.vocabulary import fold, phrases, rows

_PERIOD = r"\d{2,4}[/-]\d{2,4}"
_BRACKET_WITH_MONEY = re.compile(r"\s*\([^()]*£[^()]*\)\s*$")
_DASH_AT_END = re.compile(r"\s*[–-]\s*$")
_FOOTNOTE = re.compile(r"(?:^|\s)\*\s(?P<note>[^*]+)$")


@dataclass(frozen=True, slots=True)
class Providers:
    """What a comment says of providers: by letter, in order, or one for the row; and for which years."""

    by_letter: dict[str, str]
    in_order: tuple[str, ...]
    years: tuple[str, ...] = ()

    def cover(self, year: str | None) -> bool:
        """Whether the comment speaks of this financial year; a comment without a year speaks of all."""
        return not self.years or year is None or year in self.years


def providers(text: str) -> Providers:
    """The providers that a comment names; none where it only names a purpose, a pilot or partners.

    >>> providers("For 2015/17 via: a) City Team b) County Team").by_letter
    {'a': 'City Team', 'b': 'County Team'}
    >>> providers("A pilot study is being completed").in_order
    ()
    """
    if paid := _paid_to(text):
        return paid
    leads = list(_lead_in().finditer(text))
    leads = [lead for lead in leads if _opens(lead)]
    if not leads:
        letters = lettered(text) if text.startswith("a) ") else {}
        return Providers({letter: _plain(name) for letter, name in letters.items()}, ())
    years = tuple(year for period in find_periods(leads[0].group())[:1] for year in years_of(period))
    letters = lettered(text[leads[0].end() :])
    if letters:
        return Providers({letter: _plain(name) for letter, name in letters.items()}, (), years)
    ends = [lead.start() for lead in leads[1:]] + [len(text)]
    named = [
        _plain(text[lead.end() : end]) for lead, end in zip(leads, ends, strict=True) if _names_provider(lead.group())
    ]
    return Providers({}, tuple(name for name in named if name and not name[0].islower()), years)


def _opens(lead: re.Match[str]) -> bool:
    """Whether a lead-in opens the comment or one of its lines: it stands first, or with a capital later on."""
    return lead.start() == 0 or lead.group()[0].isupper()


@cache
def _lead_in() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w)])(?:{'|'.join(_patterns(None))})(?:\s*:|\b)\s*", re.IGNORECASE)


@cache
def _patterns(names_provider: str | None) -> tuple[str, ...]:
    wanted = [row["phrase"] for row in rows("lead_ins") if names_provider in (None, row["names_provider"])]
    return tuple(
        re.escape(phrase).replace(r"\{period\}", _PERIOD).replace(r"\ ", r"\s+")
        for phrase in sorted(wanted, key=len, reverse=True)
    )


def _names_provider(lead: str) -> bool:
    plain = lead.strip().rstrip(":").strip()
    return any(re.fullmatch(pattern, plain, re.IGNORECASE) for pattern in _patterns("true"))


def _plain(name: str) -> str:
    """A provider without a lead-in behind its letter, without remarks, status and brackets that hold money."""
    text = re.sub(r"^via\b:?\s*", "", name.strip(), flags=re.IGNORECASE)
    text = _FOOTNOTE.sub("", text).rstrip("* ")
    before = None
    while before != text:
        before = text
        text = _BRACKET_WITH_MONEY.sub("", text)
        for phrase in phrases("after-provider"):
            if fold(text).endswith(phrase):
                text = _DASH_AT_END.sub("", text[: len(text) - len(phrase)]).strip()
    return text


def _paid_to(text: str) -> Providers | None:
    """The provider of the one year that a footnote says was paid to it."""
    for phrase in phrases("paid-to"):
        parts = re.split(r"(\{period\}|\{provider\})", phrase)
        known = {"{period}": f"({_PERIOD})", "{provider}": "(?P<provider>.+?)"}
        pattern = "".join(known.get(part, re.escape(part)) for part in parts)
        if match := re.search(pattern, text, re.IGNORECASE):
            period = find_periods(match.group(1))
            return Providers({}, (match["provider"],), tuple(years_of(period[0])) if period else ())
    return None


def footnote(text: str) -> str | None:
    """The footnote at the end of a comment, which a star opens.

    >>> footnote("Reviews* * paid early")
    'paid early'
    """
    match = _FOOTNOTE.search(text)
    return match["note"].strip() if match else None


def is_shared_pool(text: str) -> bool:
    """Whether a comment says that the amounts are funds that other rows are paid from too."""
    return any(phrase in fold(text) for phrase in phrases("shared-pool"))


def by_part(said: Providers, parts: Sequence[str], givers: Sequence[str | None]) -> dict[str, str] | None:
    """The provider of each part: by letter first, then in order; one name goes to the one part that names can.

    `givers` are the parts' mechanisms: money of a fund that people apply to has no named provider. None where it
    cannot be told.

    >>> by_part(Providers({}, ("Team",)), ["a", "b"], ["direct", "pcc-grant"])
    {'a': 'Team'}
    """
    if said.by_letter:
        return {part: said.by_letter[part] for part in parts if part in said.by_letter}
    if not said.in_order:
        return {}
    if len(said.in_order) == len(parts):
        return dict(zip(parts, said.in_order, strict=True))
    open_to = [part for part, giver in zip(parts, givers, strict=True) if giver in ("direct", "co-commissioning")]
    if len(said.in_order) == 1 and len(open_to) == 1:
        return {open_to[0]: said.in_order[0]}
    return None
