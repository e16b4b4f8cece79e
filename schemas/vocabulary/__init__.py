"""The vocabularies: CSV files that a person who writes no code can review, one phrase a row.

A phrase matches whole or not at all. Folding takes case, white space, quotation marks and `&` for `and` out of
the comparison, nothing else. A phrase that two rows claim for different meanings is our own fault and raises.
"""

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "…": " ", "–": "-", "—": "-"})
_YEAR = re.compile(r"\b(?:fy\s?)?(?:\d{4}|\d{2})\s?[/-]\s?\d{2}(?:\d{2})?\b|\bfy\s?(?:\d{4}|\d{2})\b")
_UNIT = re.compile(r"\(?(?:£\s?(?:'?000s?|k|m|bn|thousands?|millions?)?|(?<![\w,.])'000s?)\s?\)?(?!\w)|\(\s*\)")
_ESTIMATED = re.compile(r"\b(?:estimated|indicative)\b", re.IGNORECASE)


class VocabularyFault(ValueError):
    """Two rows of a vocabulary claim the same phrase."""


def fold(text: str) -> str:
    """The form in which phrases are compared.

    >>> fold("Making Communities &  Neighbourhoods Safer")
    'making communities and neighbourhoods safer'
    """
    return " ".join(text.translate(_QUOTES).replace("&", " and ").lower().split())


def fold_heading(text: str) -> str:
    """A heading without its year, unit and `estimated`, which say when and how, not what.

    >>> fold_heading("Estimated Amount 2014/15"), fold_heading("16/17 value"), fold_heading("2016/17 (estimated)")
    ('amount', 'value', '')
    """
    plain = _ESTIMATED.sub(" ", _YEAR.sub(" ", fold(text)))
    plain = _UNIT.sub(" ", plain)
    return re.sub(r"\s?/\s?", "/", " ".join(plain.split())).strip(" :*")


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `<name>.csv`, in their order."""
    text = files(__package__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines(), restval=""))


def index(pairs: Iterable[tuple[str, str]]) -> MappingProxyType[str, str]:
    """Phrase to meaning; raises VocabularyFault where two meanings claim a phrase.

    >>> index([("a", "1"), ("a", "1")])
    mappingproxy({'a': '1'})
    """
    found: dict[str, str] = {}
    for phrase, meaning in pairs:
        if found.setdefault(phrase, meaning) != meaning:
            raise VocabularyFault(f"{phrase!r} means {found[phrase]!r} and {meaning!r}")
    return MappingProxyType(found)


@cache
def headings() -> MappingProxyType[str, str]:
    """Folded heading to the role of its column."""
    return index((fold_heading(row["heading"]), row["role"]) for row in rows("headings"))


def role_of(heading: str) -> str:
    """The role that a folded heading gives its column; a cell narrower than a word may break it where it can.

    >>> role_of("funding mechanism"), role_of("funding mechanis m"), role_of("on a mount")
    ('mechanism', 'mechanism', '')
    """
    return headings().get(heading, "") or (_unbroken().get(heading.replace(" ", ""), "") if " " in heading else "")


@cache
def _unbroken() -> dict[str, str]:
    """Headings without their blanks to the role of their column; those that would mean two are none."""
    found: dict[str, set[str]] = {}
    for heading, role in headings().items():
        found.setdefault(heading.replace(" ", ""), set()).add(role)
    return {heading: role for heading, roles in found.items() if len(roles) == 1 for role in roles}


@cache
def mechanisms() -> MappingProxyType[str, str]:
    """Folded mechanism as printed to its name."""
    return index((fold(row["printed"]), row["mechanism"]) for row in rows("mechanisms"))


@cache
def funds() -> MappingProxyType[str, str]:
    """Folded names of the mechanisms that are funds, which a table's heading may name."""
    return index((fold(row["printed"]), row["mechanism"]) for row in rows("mechanisms") if row["is_fund"] == "true")


@cache
def themes() -> MappingProxyType[str, str]:
    """Folded theme as printed to its code."""
    return index((fold(row["printed"]), row["theme"]) for row in rows("themes"))


def theme_of(text: str) -> str | None:
    """The theme whose words open a text; a cell narrower than a word may break it where it can.

    >>> theme_of("Protecting the Vulnerable - 2"), theme_of("Protecting the Vulnera ble"), theme_of("Protecting")
    ('PV', 'PV', None)
    """
    plain = fold(text)
    found = {code for phrase, code in themes().items() if plain == phrase or plain.startswith(f"{phrase} ")}
    whole = plain.replace(" ", "")
    unbroken = {code for phrase, code in themes().items() if whole.startswith(phrase.replace(" ", ""))}
    named = found or unbroken
    return named.pop() if len(named) == 1 else None


@cache
def totals() -> MappingProxyType[str, str]:
    """Folded word for a total to the line type that it stands for."""
    return index((fold(row["printed"]), row["line_type"]) for row in rows("totals"))


@cache
def no_amounts() -> MappingProxyType[str, str]:
    """Folded word or dash in an amount's place to what it says: blank, nil or tbc."""
    return index((fold(row["printed"]), row["status"]) for row in rows("no_amounts"))


@cache
def organisation_words() -> frozenset[str]:
    """Words that names of organisations hold and names of other things seldom do."""
    return frozenset(fold(row["word"]) for row in rows("organisation_words"))


@cache
def known_words() -> frozenset[str]:
    """Words that papers often print, and those of organisations' names: a line's end may divide them at a hyphen."""
    return frozenset(fold(row["word"]) for row in rows("words")) | organisation_words()


@cache
def areas() -> MappingProxyType[str, str]:
    """Folded area name as printed to its ONS GSS code (source: Office for National Statistics, OGL v3)."""
    return index((fold(row["printed"]), row["area_code"]) for row in rows("areas"))


@cache
def area_names() -> MappingProxyType[str, str]:
    """ONS GSS code to the area's short name."""
    return index((row["area_code"], row["name"]) for row in rows("areas"))


@cache
def organisations() -> MappingProxyType[str, tuple[str, str]]:
    """Folded name of an organisation as printed to its identifier and its name; each row says its source."""
    names = index((row["identifier"], row["name"]) for row in rows("organisations"))
    printed = index((fold(row["printed"]), row["identifier"]) for row in rows("organisations"))
    return MappingProxyType({phrase: (identifier, names[identifier]) for phrase, identifier in printed.items()})


@cache
def police_areas() -> MappingProxyType[str, str]:
    """Folded police force area to its ONS code (source: Office for National Statistics, OGL v3)."""
    return index((fold(row["name"]), row["police_area_code"]) for row in rows("police_areas"))


def phrases(use: str) -> tuple[str, ...]:
    """The remarks with this use, folded."""
    return tuple(fold(row["phrase"]) for row in rows("remarks") if row["use"] == use)
