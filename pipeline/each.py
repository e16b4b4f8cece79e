"""Every paper read: in a process of its own, or picked up from a run that was stopped."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from extractors.files.limits import LIMITS, Limits
from extractors.rescue import DAMAGED, SECOND
from pipeline.carry import Spoiled, unpacked
from pipeline.clock import SCANNED_PAGE, Clock
from pipeline.corrections import Correction, sound
from pipeline.isolate import Ended, Job, Told, apart
from pipeline.kept import keep, kept, key_of
from pipeline.opened import opened
from pipeline.register import Registered
from pipeline.result import Result
from schemas.records import Finding, Paper
from schemas.rules import Rule


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class How:
    """How papers are read: within which limits, and how many at a time."""

    limits: Limits = LIMITS
    workers: int = field(default_factory=cores)


USUAL = How()


@dataclass(frozen=True, slots=True)
class Asked:
    """What reading a paper is given: the paper as opened, its bytes, what else is known; `plain` is the second try."""

    paper: Paper
    data: bytes
    overrides: Mapping[str, Mapping[str, str]]
    limits: Limits
    corrections: Sequence[Correction] = ()
    plain: bool = False


Read = Callable[[Asked, Told], bytes]


def read_each(registered: Registered, read: Read, how: How, folder: Path, clock: Clock) -> list[Result]:
    """The results of all papers in their order, however many are read at a time."""
    results: dict[int, Result] = {}
    begun: dict[int, tuple[Paper, str]] = {}
    corrections = sound(registered.corrections)

    def jobs() -> Iterator[tuple[int, Job]]:
        for number, (listed, path) in enumerate(registered.papers):
            paper, data = opened(listed, path, registered.root, how.limits)
            told = registered.overrides.get(paper.file, {})
            key = key_of(paper, told, how.limits, corrections)
            if paper.status != "read":
                results[number] = refused(paper)
            elif (before := kept(folder, key)) is not None:
                results[number] = before[0]
            else:
                begun[number] = paper, key
                clock.tell(paper.file, "read")
                yield number, _job(read, Asked(paper, data, {paper.file: told}, how.limits, corrections))

    def heard(number: int, scanned: int) -> None:
        clock.tell(begun[number][0].file, f"{SCANNED_PAGE} {scanned}")

    for number, ended in apart(jobs(), folder, how.limits, how.workers, heard=heard):
        paper, key = begun.pop(number)
        results[number] = _result(paper, ended, clock)
        if ended.answer is not None:
            keep(folder, key, ended.answer)
    return [results[number] for number in range(len(registered.papers))]


def _job(read: Read, asked: Asked) -> Job:
    """A paper's job; where its file is damaged, or the second reader dies of it, there is a second try."""
    plainer = partial(read, replace(asked, plain=True))
    return Job(partial(read, asked), plainer, (SECOND, DAMAGED))


def _result(paper: Paper, ended: Ended, clock: Clock) -> Result:
    if ended.answer is None:
        return refused(replace(paper, status="quarantined", reason=ended.reason))
    try:
        result, seconds = unpacked(ended.answer)
    except Spoiled as fault:
        return refused(replace(paper, status="quarantined", reason=f"What its process left is {fault}."))
    clock.add(seconds)
    return result


def refused(paper: Paper) -> Result:
    """The result of a paper that was not read: its status and reason, and a finding that says so."""
    rule = Rule.PAPER_QUARANTINED if paper.status == "quarantined" else Rule.PAPER_UNREADABLE
    return Result(paper, findings=(Finding(rule, paper.paper_id, paper.reason or ""),))
