"""The files of raw/ as papers: names, hashes, types, and what raw/papers.csv says of them."""

import csv
import io
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from extractors.files.magic import PDF, TEXT
from pipeline.corrections import CORRECTIONS, SIGNOFF, Correction, corrections_of, disputes_of, rows_of
from pipeline.spreadsheet import possible
from schemas.records import Finding, Paper
from schemas.rules import Rule
from schemas.vocabulary import police_areas

PAPERS = (".txt", ".text", ".md", ".pdf")
OVERRIDES = "papers.csv"
_FIELDS = ("title", "publisher", "police_area_code", "published_on", "licence", "source_url")


class NoPapers(Exception):
    """There is nothing to read; the message is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Registered:
    """The papers in the order of their ids, other files' names, what papers.csv says by file, corrections and disputes.

    `marks` are the rows of corrections.csv and signoff.csv as a person left them, for the report.

    No paper is opened yet, so none has a hash or a size. `root` is the folder that no link may lead out of.
    """

    root: Path
    papers: tuple[tuple[Paper, Path], ...]
    others: tuple[str, ...]
    overrides: Mapping[str, Mapping[str, str]]
    corrections: tuple[Correction, ...] = ()
    marks: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)


def register(raw: Path) -> Registered:
    """All papers of a folder and its subfolders, or the one paper that `raw` is.

    Raises NoPapers where there is none and OSError where it cannot look.
    """
    if raw.is_file():
        return _registered(Path(os.path.realpath(raw)).parent, [Path(os.path.realpath(raw)).name])
    if not raw.is_dir():
        raise NoPapers(f"There is no folder {raw}. Make it and put papers (PDF or text) into it.")
    files = (Path(folder, name) for folder, _, names in os.walk(raw, onerror=_refuse) for name in names)
    return _registered(raw, sorted(path.relative_to(raw).as_posix() for path in files))


def _refuse(fault: OSError) -> None:
    raise fault


def _registered(raw: Path, files: Sequence[str]) -> Registered:
    named = [name for name in files if Path(name).suffix.lower() in PAPERS]
    others = tuple(printable(name) for name in files if name not in (*named, OVERRIDES, CORRECTIONS, SIGNOFF))
    if not named:
        raise NoPapers(f"There is no paper in {raw}. Put files ({', '.join(PAPERS)}) into it.")
    ids = _ids(named)
    papers = tuple((_paper(name, ids[name]), raw / name) for name in sorted(named, key=ids.__getitem__))
    marks = {"corrections": rows_of(raw / CORRECTIONS), "signoff": rows_of(raw / SIGNOFF)}
    corrections = corrections_of(marks["corrections"]) + disputes_of(marks["signoff"])
    return Registered(raw, papers, others, _overrides(raw / OVERRIDES), corrections, marks)


def _ids(names: Sequence[str]) -> dict[str, str]:
    """A paper's id is its file's stem in lower case, other characters as hyphens; a second one gets -2.

    >>> _ids(["A paper.txt", "a/a-paper.txt"])
    {'A paper.txt': 'a-paper', 'a/a-paper.txt': 'a-paper-2'}
    """
    ids: dict[str, str] = {}
    for name in names:
        stem = re.sub(r"[^a-z0-9]+", "-", Path(name).stem.lower()).strip("-") or "paper"
        number, unique = 1, stem
        while unique in ids.values():
            number += 1
            unique = f"{stem}-{number}"
        ids[name] = unique
    return ids


def _paper(name: str, paper_id: str) -> Paper:
    """A paper by its name, which says what it is until its bytes do."""
    media_type = PDF if Path(name).suffix.lower() == ".pdf" else TEXT
    return Paper(paper_id, printable(name), sha256="", media_type=media_type, size=0)


def printable(name: str) -> str:
    """A file's name as text: what is no text, or what a terminal would obey, becomes the replacement character.

    >>> printable("caf\udce9.txt")
    'caf\ufffd.txt'
    """
    return possible(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def _overrides(path: Path) -> dict[str, dict[str, str]]:
    if not path.is_file():
        return {}
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    rows = csv.DictReader(io.StringIO(text))
    return {row["file"]: {name: (row.get(name) or "").strip() for name in _FIELDS} for row in rows if row.get("file")}


def with_overrides(paper: Paper, overrides: Mapping[str, Mapping[str, str]]) -> Paper:
    """A paper with what raw/papers.csv says of it; what is blank or cannot be true there stays as the paper has it."""
    told = {name: value for name, value in overrides.get(paper.file, {}).items() if value and not _fault(name, value)}
    return replace(
        paper,
        title=told.get("title", paper.title),
        publisher=told.get("publisher", paper.publisher),
        police_area_code=told.get("police_area_code", paper.police_area_code),
        published_on=date.fromisoformat(told["published_on"]) if "published_on" in told else paper.published_on,
        licence=told.get("licence", paper.licence),
        source_url=told.get("source_url", paper.source_url),
    )


def _fault(name: str, value: str) -> str | None:
    """What is wrong with a value of raw/papers.csv."""
    if name == "published_on":
        try:
            date.fromisoformat(value)
        except ValueError:
            return f"{value!r} is no date such as 2013-12-13"
    if name == "police_area_code" and value not in police_areas().values():
        return f"{value!r} is no code of a police force area"
    return None


def unused(registered: Registered) -> list[Finding]:
    """A finding for each row of raw/papers.csv whose file is not there, and for each value that cannot be true."""
    ids = {paper.file: paper.paper_id for paper, _ in registered.papers}
    first = registered.papers[0][0].paper_id
    findings = [
        Finding(Rule.METADATA_UNUSED, first, f"{OVERRIDES} describes {name!r}, which is not in the folder.", raw=name)
        for name in sorted(set(registered.overrides) - set(ids))
    ]
    for file, row in registered.overrides.items():
        for name, value in row.items():
            if file in ids and value and (fault := _fault(name, value)):
                message = f"{OVERRIDES} gives a {name} that was left out: {fault}."
                findings.append(Finding(Rule.METADATA_INVALID, ids[file], message, raw=value))
    return findings
