"""A process for each paper: what it does to itself is its own trouble, and nobody else's."""

import errno
import multiprocessing
import os
import shutil
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType

from extractors.files.limits import Limits
from extractors.scans.heard import SCANNED
from pipeline.confine import allowed_seconds, confine, more_memory

# Told what is known on the way, with a number; a mark of that name is then in the process's folder.
Told = Callable[[str, int], None]
Work = Callable[[Told], bytes]
PAGES = "pages"
_ANSWER, _FAULT = "answer", "fault"
_NO_SPACE, _TOO_LARGE = 28, 27
_A_MOMENT = 5.0
_A_LOOK, _LONG = 0.5, 600.0
# Forking costs a thousandth of starting anew; where it does not exist each process imports the libraries itself.
METHOD = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"


@dataclass(frozen=True, slots=True)
class Job:
    """What to do in a process of its own; `plainer` is done instead when that dies after telling one of `marks`.

    `memory` names the limit of its memory.
    """

    work: Work
    plainer: Work | None = None
    marks: tuple[str, ...] = ()
    memory: str = "memory_bytes"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: with an answer, or without one for a reason (a sentence)."""

    answer: bytes | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Running:
    number: int
    job: Job
    process: BaseProcess
    folder: Path
    started: float


def apart(
    jobs: Iterable[tuple[int, Job]],
    folder: Path,
    limits: Limits,
    workers: int,
    method: str = METHOD,
    heard: Callable[[int, int], None] | None = None,
) -> Iterator[tuple[int, Ended]]:
    """Each job by a process of its own, at most `workers` at a time; how each ended, as they end.

    `folder` holds the processes' own folders while they run. A job is taken when there is room for it. `heard` is
    given a job's number and how many scanned pages it has begun, each time that this changes. Raises OSError where
    the disk is full. Whatever stops the caller stops the processes.
    """
    begun: dict[int, int] = {}
    waiting = iter(jobs)
    running: list[_Running] = []
    try:
        while True:
            while len(running) < workers and (job := next(waiting, None)) is not None:
                with _no_interruption():
                    running.append(_started(*job, folder, limits, method))
            if not running:
                return
            if heard is not None:
                _listen(running, begun, heard)
            for one in _awaited(running, limits, _LONG if heard is None else _A_LOOK):
                ended, plainer = _ended(one, limits), _plainer(one)
                running.remove(one)
                _cleared(one)
                if ended.answer is None and plainer is not None:
                    with _no_interruption():
                        running.append(_started(one.number, plainer, folder, limits, method))
                else:
                    yield one.number, ended
    finally:
        for one in running:
            _cleared(one)


def alone(job: Job, limits: Limits) -> Ended:
    """One job by a process of its own; how it ended."""
    with tempfile.TemporaryDirectory() as folder:
        return next(ended for _, ended in apart([(0, job)], Path(folder), limits, 1))


def _listen(running: Sequence[_Running], begun: dict[int, int], heard: Callable[[int, int], None]) -> None:
    for one in running:
        if (count := _count(one, SCANNED)) > begun.get(one.number, 0):
            begun[one.number] = count
            heard(one.number, count)


def _started(number: int, job: Job, folder: Path, limits: Limits, method: str) -> _Running:
    own = Path(tempfile.mkdtemp(prefix="paper-", dir=folder))
    own_limits = replace(limits, memory_bytes=getattr(limits, job.memory))
    process = _process(method, partial(_run, job.work, own, own_limits))
    process.start()
    return _Running(number, job, process, own, time.monotonic())


def _process(method: str, work: Callable[[], None]) -> BaseProcess:
    if method == "fork":
        return multiprocessing.get_context("fork").Process(target=work, daemon=True)
    return multiprocessing.get_context("spawn").Process(target=work, daemon=True)


@contextmanager
def _no_interruption() -> Iterator[None]:
    """Ctrl-C waits until a process is made and known: half made, or not ended, it would tell the terminal of it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _run(work: Work, folder: Path, limits: Limits) -> None:
    """What a process does: confine itself, work, leave the answer in its folder."""
    earn = confine(folder, limits)

    counts = {PAGES: 0, SCANNED: 0}

    def told(what: str, count: int) -> None:
        (folder / what).write_text(str(count), encoding="ascii")
        if what in counts:
            counts[what] = count
            earn(counts[PAGES], counts[SCANNED])

    with ExitStack() as stack:
        stack.push(partial(_tell, folder))
        answer = work(told)
    try:
        (folder / _ANSWER).write_bytes(answer)
    except OSError as fault:
        os._exit(_TOO_LARGE if fault.errno == errno.EFBIG else _NO_SPACE)


def _tell(
    folder: Path, kind: type[BaseException] | None, _fault: BaseException | None, trace: TracebackType | None
) -> None:
    """Leave word of what ended the work, if anything did; it goes on ending it."""
    if kind is None:
        return
    if kind is MemoryError:
        more_memory()
    last = traceback.extract_tb(trace)[-1]
    at = f"{kind.__name__} in {Path(last.filename).name}, line {last.lineno}"
    (folder / _FAULT).write_text("MemoryError" if kind is MemoryError else at, encoding="utf-8")


def _awaited(running: Sequence[_Running], limits: Limits, most: float) -> list[_Running]:
    """Those that ended, or whose time is over, as soon as there is one; none after so many seconds."""
    now = time.monotonic()
    soonest = min(_deadline(one, limits) for one in running)
    ended = connection.wait([one.process.sentinel for one in running], timeout=min(most, max(0.0, soonest - now)))
    now = time.monotonic()
    return [one for one in running if one.process.sentinel in ended or _deadline(one, limits) <= now]


def _deadline(one: _Running, limits: Limits) -> float:
    return one.started + _allowed(one, limits)[1]


def _allowed(one: _Running, limits: Limits) -> tuple[int, int]:
    return allowed_seconds(limits, _count(one, PAGES), _count(one, SCANNED))


def _count(one: _Running, mark: str) -> int:
    try:
        return int((one.folder / mark).read_text(encoding="ascii")[:9])
    except (OSError, ValueError):
        return 0


def _plainer(one: _Running) -> Job | None:
    told = any((one.folder / mark).exists() for mark in one.job.marks)
    return Job(one.job.plainer) if one.job.plainer and told else None


def _ended(one: _Running, limits: Limits) -> Ended:
    """How a process ended; one that has not is ended for being late."""
    cpu, wall = _allowed(one, limits)
    # What says that it ended comes a little before its end.
    one.process.join(min(_A_MOMENT, max(0.0, _deadline(one, limits) - time.monotonic())))
    code = one.process.exitcode
    if code is None or (os.name == "posix" and code == -signal.SIGALRM):
        return Ended(None, f"Reading took longer than the limit wall_seconds allows ({wall} seconds).")
    if code == 0:
        return Ended((one.folder / _ANSWER).read_bytes())
    if code == _NO_SPACE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if code == _TOO_LARGE:
        return Ended(None, f"What was read is larger than the limit result_bytes of {limits.result_bytes:,}.")
    if code > 0:
        return Ended(None, _told_fault(one, limits))
    if code == -signal.SIGXCPU:
        return Ended(None, f"Reading took more computing than the limit cpu_seconds allows ({cpu} seconds).")
    return Ended(None, f"The process that read the paper was ended by the signal {signal.Signals(-code).name}.")


def _told_fault(one: _Running, limits: Limits) -> str:
    fault = one.folder / _FAULT
    said = fault.read_text(encoding="utf-8") if fault.exists() else "it did not say why"
    if said == "MemoryError":
        name = "scanned_bytes" if _count(one, SCANNED) else one.job.memory
        return f"Reading took more memory than the limit {name} of {getattr(limits, name):,}."
    return f"The tool failed on the paper ({said}); this is a fault of the tool and should be reported."


def _cleared(one: _Running) -> None:
    """End a process if it runs, and remove its folder."""
    one.process.kill()
    one.process.join()
    shutil.rmtree(one.folder, ignore_errors=True)
