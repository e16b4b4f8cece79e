"""What a process that reads a paper may not do: take more than its share, speak, listen, start a program."""

import faulthandler
import io
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from extractors.files.limits import Limits
from pipeline.kernel import end_with_parent

if sys.platform != "win32":
    import resource

# Python asks before each of these; a paper's process is told no. (No pickle is read: nothing is found by its name.)
_REFUSED = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "pickle.")
_SPARE = 64 * 2**20
_GRACE = 2


class _Nowhere(io.TextIOBase):
    """What is written here is gone."""

    def write(self, text: str) -> int:
        return len(text)


def allowed_seconds(limits: Limits, pages: int, scanned: int = 0) -> tuple[int, int]:
    """How long a paper of so many pages, some of them scanned, may compute, and how long it may last, in seconds.

    >>> allowed_seconds(Limits(), 10)
    (50, 100)
    """
    earned = limits.page_seconds * min(pages, limits.pages)
    earned += limits.scanned_seconds * min(scanned, limits.scanned_pages)
    return limits.cpu_seconds + earned, limits.wall_seconds + 2 * earned


def confine(folder: Path, limits: Limits) -> Callable[[int, int], None]:
    """Confine this process to a folder and to its limits.

    The function that is given lets it earn time by pages and by scanned pages, and memory by the first of these.
    """
    end_with_parent()
    os.chdir(folder)
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
    _hush()
    sys.addaudithook(_refuse)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_files(limits)
    before = _address_space()
    _limit_memory(before + limits.memory_bytes, before + max(limits.memory_bytes, limits.scanned_bytes) + _SPARE)
    _limit_time(limits, 0, 0)

    def earn(pages: int, scanned: int) -> None:
        _limit_time(limits, pages, scanned)
        if scanned:
            most = before + max(limits.memory_bytes, limits.scanned_bytes)
            _limit_memory(most, most + _SPARE)

    return earn


def _hush() -> None:
    """No input, and no output but the answer."""
    faulthandler.disable()
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    sys.stdin, sys.stdout, sys.stderr = io.StringIO(), _Nowhere(), _Nowhere()


def _refuse(event: str, _arguments: object) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(f"a paper may not ask for {event}")


def _limit_files(limits: Limits) -> None:
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (limits.result_bytes, limits.result_bytes))


def _limit_memory(most: int, ever: int) -> None:
    """The address space may grow to so much, and `ever` to no more; what the libraries take is there already."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (most, ever))


def more_memory() -> None:
    """A little more memory, to say that there was too little."""
    if sys.platform != "win32":
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _limit_time(limits: Limits, pages: int, scanned: int) -> None:
    if sys.platform != "win32":
        cpu, wall = allowed_seconds(limits, pages, scanned)
        hard = allowed_seconds(limits, limits.pages, limits.scanned_pages)[0] + _GRACE
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, hard))
        signal.alarm(wall + _GRACE)  # The parent looks at the clock too; this is for when the parent is gone.


def _address_space() -> int:
    """The bytes of address space that this process has; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
