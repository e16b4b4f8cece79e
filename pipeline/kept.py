"""Papers that are finished, kept until the run is: a later run picks them up where this one is stopped."""

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

from extractors.files.limits import Limits
from extractors.scans import tesseract
from pipeline.carry import Spoiled, unpacked
from pipeline.corrections import Correction
from pipeline.result import Result
from schemas.records import Paper

_FOLDER = "kept"
_HOME = Path(__file__).resolve().parents[1]


def key_of(paper: Paper, told: Mapping[str, str], limits: Limits, corrections: Sequence[Correction] = ()) -> str:
    """What a result depends on, as one name: the paper's bytes and names, what a person says of it, limits, tool."""
    parts = [paper.sha256, paper.paper_id, paper.file, paper.media_type, dict(told), astuple(limits), _tool()]
    said = json.dumps(parts, sort_keys=True) + repr(list(corrections))
    return hashlib.sha256(said.encode()).hexdigest()


@cache
def _tool() -> str:
    """The tool and what it reads with, down to the last changed line."""
    made = hashlib.sha256()
    for layer in ("extractors", "pipeline", "schemas"):
        for path in sorted(each for each in (_HOME / layer).rglob("*.*") if each.suffix in (".py", ".csv")):
            made.update(path.read_bytes())
    for name in sorted(f"{each.name} {each.version}" for each in distributions()):
        made.update(name.encode())
    made.update(str(tesseract.version()).encode())
    return made.hexdigest()


def keep(folder: Path, key: str, data: bytes) -> None:
    """Keep a finished paper, whole or not at all."""
    (folder / _FOLDER).mkdir(exist_ok=True)
    fresh = folder / _FOLDER / f"{key}.fresh"
    fresh.write_bytes(zlib.compress(data, 1))
    fresh.replace(folder / _FOLDER / f"{key}.z")


def kept(folder: Path, key: str) -> tuple[Result, dict[str, float]] | None:
    """A paper that was finished before and not published yet; None where there is none, or it is spoiled."""
    try:
        return unpacked(zlib.decompress((folder / _FOLDER / f"{key}.z").read_bytes()))
    except (FileNotFoundError, Spoiled, zlib.error):
        return None


def how_many(folder: Path) -> int:
    """How many papers are kept."""
    return len(list((folder / _FOLDER).glob("*.z")))
