"""Every rule of the one list is provoked by a small paper."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from typing import Any

import pytest

from pipeline.corrections import unused_corrections
from pipeline.link import link
from pipeline.register import register, unused
from pipeline.run import publish, read_paper
from schemas.rules import Rule

Said = Callable[[Rule], tuple[list[dict[str, Any]], set[str]]]

CODED = "Code\tCommissioning Intention\tFunding Mechanism\tAmount 2014/15\tAmount 2015/16\tComment\n"
AREAS = "Area\tAllocation 2014/15\n"
EIGHT = (
    "Strategic Theme Name of Initiative 2014/15 value Name of Organisation Funding Mechanism "
    "Primary P&CP Strategic priority Secondary P&CP Strategic priority Geographical reach\n\n"
)
STREAM = (
    "Grants 2015/16\n\nName of Initiative\n\nName of Organisation\n\nAmount\n\n"
    "Evening clubs for the young in the old\nmill of the lower town by the river and\nthe bridge\n\n"
    "Mill Trust\n\n£5\n\n"
    "A helper beside every victim of a crime\nand their families of all the old county and of its subregion too\n\n"
    "Lantern Trust\n\n£6\n\nTalks in schools on the harm that drugs\nmay do\n\nFox Trust\n\n£7\n\nTotal\n\n£18\n\f"
)
ORIGINAL = CODED + "CI001\tGreen work\tDirect\t£5\t£6\tVia Team\nCI002\tBlue work\tDirect\t£7\t£8\tVia Team\n"

CORRECTED = "correction_id,sha256,file,field,place,found,value,reason,initials\n"
SIGNED = "sha256,file,field,place,found,verdict,reason,initials\n"
HASH = sha256((AREAS + "Blaby\t£5\n").encode()).hexdigest()
AT = "chars 30-32"
# For each rule the files of a folder raw/ that provoke it.
CASES: dict[Rule, dict[str, str | bytes]] = {
    Rule.PAPER_UNREADABLE: {"a.txt": b""},
    Rule.PAPER_QUARANTINED: {"a.txt": "\t" * 2000},
    Rule.NO_TABLES: {"a.txt": "Only words stand here.\n"},
    Rule.ENCODING_ASSUMED: {"a.txt": AREAS.encode() + b"Blaby\t\xa35\n"},
    Rule.INVISIBLE_MARKS: {"a.txt": AREAS + "Bla\u200bby\t£5\n"},
    Rule.DIALECTS_CONFLICT: {"a.txt": "Glossary\n\nASB    £5\nCSP    £6\nLLR    £7\n"},
    Rule.NOT_A_TABLE: {"a.txt": "Words\t\n"},
    Rule.REPEATED_HEADING: {"a.txt": AREAS + "Blaby\t£5\n" + AREAS + "Melton\t£6\n"},
    Rule.JOINED_OVER_PAGES: {"a.txt": AREAS + "Blaby\t£5\n\nMelton\t£6\n"},
    Rule.STRAY_RULE: {"a.txt": AREAS + "Blaby\t£5\n---\t---\nMelton\t£6\n"},
    Rule.SLID_CELLS: {"a.txt": CODED + "CI001\tWork\t\tDirect\t£5\t£6\tVia Team\n"},
    Rule.PACKED_CELL: {"a.txt": "Rise\t2014/15 2015/16\n0.5%\t248 249\n1.0%\t251 252\n"},
    Rule.DISPLACED_WORDS: {
        "a.txt": EIGHT
        + "Protecting the Vulnerable\nElder care – help for\n£5\nTown Team\nDirect SP1 SP2\nAll\n old people\n"
        + "Protecting the Vulnerable\nYouth – clubs\n£6\nTown Team\nDirect SP1 SP2\nAll\n"
    },
    Rule.HYPHEN_LOST: {"a.txt": STREAM},
    Rule.RAGGED_ROW: {"a.txt": AREAS + "Blaby\t£5\t£6\n"},
    Rule.UNKNOWN_TABLE: {"a.txt": "Station\tRent\nNorth\t£5\nSouth\t£6\n"},
    Rule.HEADING_UNKNOWN: {"a.txt": "Area\tAllocation 2014/15\tColour\nBlaby\t£5\tred\n"},
    Rule.HEADING_CONFLICT: {"a.txt": "Area\tArea\tAllocation 2014/15\nBlaby\tMelton\t£5\n"},
    Rule.CODE_REPAIRED: {"a.txt": CODED + "Cl001\tWork\tDirect\t£5\t£6\tVia Team\n"},
    Rule.CODE_UNREADABLE: {"a.txt": CODED + "QX77\tWork\tDirect\t£5\t£6\tVia Team\n"},
    Rule.CODES_UNLISTED: {
        "a.txt": CODED + "QX77\tWork\tDirect\t£5\t£6\tVia Team\nQX78\tPlay\tDirect\t£5\t£6\tVia Team\n"
    },
    Rule.HEADING_BY_EVIDENCE: {"a.txt": "Grants 2014/15\n\nScheme\tGiven (£)\nA hall\t5\nA path\t6\nTotal\t11\n"},
    Rule.FIGURE_UNREADABLE: {"a.txt": "Station\tStaff\nNorth\t12\nSouth\t13\nEast\t1,3\n"},
    Rule.CELLS_ASTRAY: {"a.txt": "Area\n\n£5\n\n£6\n\n£7\n"},
    Rule.ROWS_MIXED: {
        "a.txt": "Grants 2014/15\n\nName of Initiative\n\nName of Organisation\n\nAmount\n\n"
        "Hall\n\nPath\n\nOrg A\n\n£5\n\nWood\n\nLake\n\nOrg B\n\n£6\n"
    },
    Rule.CODE_REPEATED: {"a.txt": CODED + 2 * "CI001\tWork\tDirect\t£5\t£6\tVia Team\n"},
    Rule.CODE_REUSED: {
        "a.txt": CODED + "CI001\tGreen apples grow\tDirect\t£5\t£6\tVia Team\n",
        "b.txt": CODED + "CI001\tMotorway lights fail\tDirect\t£7\t£8\tVia Team\n",
    },
    Rule.CODE_OTHERWISE: {"a.txt": CODED + "CI001\tWork\tDirect\t£5\t£6\tVia Team\n\nSee also Cl001 above.\n"},
    Rule.DOUBLED_WORDS: {
        "a.txt": CODED + "CI001 SP1\tWork with families\tDirect\t£5\t£6\tVia Team\n\twith families\t\t\t\t\n"
    },
    Rule.BEGINNING_LOST: {"a.txt": CODED + "CI001\tand more work\tDirect\t£5\t£6\tVia Team\n"},
    Rule.FOOTNOTE_MARK: {"a.txt": AREAS + "Blaby\t£5*\n"},
    Rule.MONEY_UNREADABLE: {"a.txt": AREAS + "Blaby\t£1.234\n"},
    Rule.MONEY_NOT_PLACED: {"a.txt": CODED + "CI001\tWork\tDirect\t£5\t£6\tVia Team\n\t\t£7\t\t\t\n"},
    Rule.AMOUNT_DISPLACED: {"a.txt": CODED + "CI001\tWork\tDirect\ta) £5 b) £6\t£9\tVia Team\n\t\tTotal: £11\t\t\t\n"},
    Rule.AMOUNT_BLANK: {"a.txt": AREAS + "Blaby\t£5\nMelton\t\n"},
    Rule.AMOUNT_INCLUDED: {"a.txt": CODED + "CI001\tWork\tDirect\t£5\t£6\tVia Team (£2 for a van)\n"},
    Rule.AMOUNT_NOT_SPLIT: {"a.txt": CODED + "CI001\tWork: a) by day b) by night\tDirect\t£5\t£6\tVia Team\n"},
    Rule.MECHANISM_UNKNOWN: {"a.txt": CODED + "CI001\tWork\tLottery\t£5\t£6\tVia Team\n"},
    Rule.MECHANISMS_MISMATCH: {"a.txt": CODED + "CI001\tWork\tDirect PCC Grant\t£5\t£6\tVia Team\n"},
    Rule.PROVIDER_UNCLEAR: {"a.txt": CODED + "CI001\tWork\tDirect\ta) £5 b) £6\ta) £5 b) £6\tVia Team\n"},
    Rule.PROVIDER_OF_ONE_YEAR: {"a.txt": CODED + "CI001\tWork\tDirect\t£5\t£6\tFor 2014/15 via: Team\n"},
    Rule.PROVIDER_OF_ONE_PART: {"a.txt": CODED + "CI001\tWork\tDirect PCC Grant\ta) £5 b) £6\ta) £5 b) £6\tVia Team\n"},
    Rule.THEME_FROM_ABOVE: {
        "a.txt": "Strategic Theme\tName of Initiative\t2014/15 value\tName of Organisation\tFunding Mechanism\n"
        + "Protecting the Vulnerable\tElder care\t£5\tTown Team\tDirect\n"
        + "\tYouth club\t£6\tTown Team\tDirect\n\tNight bus\t£7\tTown Team\tDirect\n"
    },
    Rule.THEME_UNKNOWN: {
        "a.txt": "Strategic Theme\tName of Initiative\t2014/15 value\tName of Organisation\tFunding Mechanism\n"
        + "Protecting the Vulnerable\tElder care\t£5\tTown Team\tDirect\n"
        + "Clean Rivers\tYouth club\t£6\tTown Team\tDirect\n"
    },
    Rule.AREA_UNKNOWN: {"a.txt": AREAS + "Blaby\t£5\nAtlantis\t£6\n"},
    Rule.YEAR_FROM_CONTEXT: {"a.txt": AREAS + "Blaby\t£5\n\nMore of it.\n\nArea\tAllocation\nMelton\t£6\n"},
    Rule.YEAR_UNKNOWN: {"a.txt": "Area\tAllocation\nBlaby\t£5\n"},
    Rule.PRIORITY_NOT_LISTED: {
        "a.txt": "Strategic Priority 1: Safe streets\n\n" + CODED + "CI001 SP2\tWork\tDirect\t£5\t£6\tVia Team\n"
    },
    Rule.SHARED_POOL: {
        "a.txt": CODED + "CI001\tWork\tDirect\t£5\t£6\tThis will also be used to fund other intentions\n"
    },
    Rule.TOTAL_DISAGREES: {"a.txt": AREAS + "Blaby\t£5\nMelton\t£6\nTotal\t£12\n"},
    Rule.TOTAL_OF_NOTHING: {"a.txt": AREAS + "Blaby\t£5\nSubtotal\t£5\nSubtotal\t£6\nTotal\t£11\n"},
    Rule.TOTAL_LOST: {"a.txt": CODED + "CI001\tWork\tDirect\tTotal: £3 a) £1 b) £2\ta) £4 b) £5\tNew\n"},
    Rule.TOTAL_UNLABELLED: {"a.txt": CODED + "CI001\tWork\tDirect\t£3 a) £1 b) £2\t£9 a) £4 b) £5\tNew\n"},
    Rule.SAME_MONEY_TWICE: {
        "a.txt": "Proposals\tAllocation 2014/15\nVillage Hall Fund\t£11\nBus shelters\t£2\n\n"
        "The fund is shared out.\n\nVillage Hall Fund\n\n" + AREAS + "Blaby\t£5\nMelton\t£6\n"
    },
    Rule.COPY: {"a.txt": ORIGINAL + "\nMore is said in this one.\n", "b.txt": ORIGINAL},
    Rule.COPY_DISAGREES: {
        "a.txt": ORIGINAL + "CI003\tRed work\tDirect\t£9\t£9\tVia Team\n",
        "b.txt": ORIGINAL + "CI003\tRed work\tDirect\t£9\t£4\tVia\n",
    },
    Rule.COPY_PRINTED_OTHERWISE: {
        "a.txt": ORIGINAL + "\nMore is said in this one.\n",
        "b.txt": ORIGINAL.replace("CI002", "Cl002"),
    },
    Rule.ROW_INVALID: {"a.txt": CODED + 2 * "CI001\tWork\tDirect\t£5\t£6\tVia Team\n"},
    Rule.NAME_MISSING: {"a.txt": AREAS + "Blaby\t£5\n\t£6\nMelton\t£7\n"},
    Rule.METADATA_INVALID: {"a.txt": AREAS + "Blaby\t£5\n", "papers.csv": "file,published_on\na.txt,soon\n"},
    Rule.CORRECTION_APPLIED: {
        "a.txt": AREAS + "Blaby\t£5\n",
        "corrections.csv": CORRECTED + f"c1,{HASH},a.txt,amount,{AT},£5,£6,misprint,AB\n",
    },
    Rule.CORRECTION_STALE: {
        "a.txt": AREAS + "Blaby\t£7\n",
        "corrections.csv": CORRECTED + f"c1,{HASH},a.txt,amount,{AT},£5,£6,misprint,AB\n",
    },
    Rule.CORRECTION_UNUSED: {
        "a.txt": AREAS + "Blaby\t£5\n",
        "corrections.csv": CORRECTED + f"c1,{'0' * 64},b.txt,amount,{AT},£5,£6,misprint,AB\n",
    },
    Rule.CORRECTION_INVALID: {
        "a.txt": AREAS + "Blaby\t£5\n",
        "corrections.csv": CORRECTED + f"c1,{HASH},a.txt,amount,{AT},£5,six pounds,misprint,AB\n",
    },
    Rule.DISPUTED: {
        "a.txt": AREAS + "Blaby\t£5\n",
        "signoff.csv": SIGNED + f"{HASH},a.txt,amount,{AT},£5,dispute,smudged,AB\n",
    },
    Rule.METADATA_UNUSED: {"a.txt": AREAS + "Blaby\t£5\n", "papers.csv": "file,title\nb.txt,Lost\n"},
}

# Rules that no small paper can provoke, each with the reason.
UNPROVOKED: dict[Rule, str] = {
    Rule.READINGS_DIFFER: "It takes a page of a PDF that two readers read differently; a text paper has no pages.",
    Rule.WORD_DIVIDED: "It takes a PDF that divides words; see test_hyphenated.py.",
    Rule.WORDS_IN_NO_CELL: "It takes a PDF with a grid that is not closed; see test_astray.py.",
    Rule.TEXT_HIDDEN: "It takes a PDF that draws what nobody sees; see test_hidden.py.",
    Rule.PAGE_READ_OTHERWISE: "It takes a page of a PDF that two readers read differently.",
    Rule.PAGE_FAILED: "It takes a damaged PDF; see test_damaged.py.",
    Rule.PAGE_DAMAGED: "It takes a damaged PDF; see test_damaged.py.",
    Rule.PAGES_DIFFER: "It takes a damaged PDF; see test_damaged.py.",
    Rule.FILE_DAMAGED: "It takes a damaged PDF; see test_damaged.py.",
    Rule.REPAIRED: "It takes a damaged PDF; see test_damaged.py.",
    Rule.FILE_REVISED: "It takes a PDF with two versions; see test_damaged.py.",
    Rule.TEXT_UNMAPPED: "It takes a PDF with a font that does not say what it prints; see test_damaged.py.",
    Rule.LAYERS_OFF: "It takes a PDF with layers; see test_damaged.py.",
    Rule.PAGE_SCANNED: "It takes a PDF without text; see test_scans.py.",
    Rule.PRINT_UNREAD: "It takes a PDF without text; see test_scans.py.",
    Rule.READ_BY_OCR_ALONE: "It takes a PDF without text; see test_scans.py.",
    Rule.WORD_UNSURE: "It takes a PDF without text; see test_scans.py.",
    Rule.UNREAD_AGAIN: "It takes a PDF that the second reader fails on; see test_damaged.py.",
}


def test_every_rule_has_a_paper_that_provokes_it_or_a_reason() -> None:
    assert set(Rule) == CASES.keys() | UNPROVOKED.keys()


def test_no_rule_has_both_a_paper_and_a_reason() -> None:
    assert not CASES.keys() & UNPROVOKED.keys()


@pytest.mark.parametrize("rule", CASES, ids=lambda rule: rule.slug)
def test_rule_is_provoked(rule: Rule, said: Said) -> None:
    assert (rule.slug, rule.severity) in {(each["rule"], each["severity"]) for each in said(rule)[0]}


@pytest.mark.parametrize("rule", CASES, ids=lambda rule: rule.slug)
def test_finding_says_a_sentence(rule: Rule, said: Said) -> None:
    messages = [each["message"] for each in said(rule)[0] if each["rule"] == rule.slug]
    assert [message for message in messages if not message.endswith(".")] == []


@pytest.mark.parametrize("rule", CASES, ids=lambda rule: rule.slug)
def test_finding_names_a_published_paper(rule: Rule, said: Said) -> None:
    findings, papers = said(rule)
    assert {each["paper_id"] for each in findings} <= papers


@pytest.fixture(scope="session")
def said(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """The findings that a rule's files give, and the ids of the papers that are published; read once a rule."""

    @cache
    def read(rule: Rule) -> tuple[list[dict[str, Any]], set[str]]:
        raw = tmp_path_factory.mktemp(rule.slug)
        for name, content in CASES[rule].items():
            (raw / name).write_bytes(content.encode() if isinstance(content, str) else content)
        registered = register(raw)
        results, links = link([read_paper(paper, path, registered) for paper, path in registered.papers])
        parked = unused_corrections(registered.corrections, [result.paper for result in results])
        tables = publish(results, links, [*unused(registered), *parked])
        return tables["findings"].to_pylist(), set(tables["papers"].column("paper_id").to_pylist())

    return read
