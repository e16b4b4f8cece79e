"""The folder beside `out` that a run works in: held by one run at a time, gone when the run is done."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.kept import how_many

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOCK = "lock"
PREVIOUS = "previous"


class Busy(Exception):
    """Another run holds the folder; the message is a sentence for people."""


def beside(out: Path) -> Path:
    """Where the work on an output folder is done: on the same disk, so that it can take its place at once."""
    return out.with_name(f".{out.name}.run")


@contextmanager
def workplace(out: Path) -> Iterator[Path]:
    """A folder of ours for one run into `out`, with what an earlier run that was stopped has kept.

    It vanishes when the run is done or fails. When the run is stopped, finished papers stay in it for a later one;
    when it is killed, that one clears up.
    Raises Busy where another run holds it and OSError where it cannot be made.
    """
    folder = beside(out)
    lock = _held(folder, out)
    stopped = False
    try:
        _recover(folder, out)
        _clear(folder, keep=True)
        yield folder
    except KeyboardInterrupt:
        stopped = True
        raise
    finally:
        _clear(folder, keep=stopped)
        if not how_many(folder):
            shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _held(folder: Path, out: Path) -> int:
    """The lock of a folder, which the system gives back however this process ends."""
    while True:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.is_symlink() or (hasattr(os, "geteuid") and folder.stat().st_uid != os.geteuid()):
            raise Busy(f"{folder} is not a folder of yours. Remove it, or name another output folder.")
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            _hold(lock)
        except OSError as fault:
            holder = os.read(lock, 20).decode("ascii", "replace").strip()
            os.close(lock)
            raise Busy(
                f"Another run (process {holder or 'unknown'}) is writing {out}. Wait for it, or name another folder."
            ) from fault
        with suppress(FileNotFoundError):
            # The run before may have removed the folder between the opening and the locking.
            if os.path.samestat(os.fstat(lock), os.stat(folder / _LOCK)):
                os.truncate(lock, 0)
                os.write(lock, str(os.getpid()).encode("ascii"))
                return lock
        os.close(lock)


def _hold(lock: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
    else:
        # A lock of this kind is not inherited: a paper's process that outlives its parent does not hold it.
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _recover(folder: Path, out: Path) -> None:
    """Put the earlier output back where a run was stopped between moving it away and moving its own in."""
    if (folder / PREVIOUS).is_dir() and not out.exists():
        (folder / PREVIOUS).rename(out)


def _clear(folder: Path, *, keep: bool) -> None:
    """Remove what is in the folder, but for the lock and, where told to, for finished papers."""
    for each in folder.iterdir():
        if each.name != _LOCK and not (keep and each.name == "kept"):
            shutil.rmtree(each, ignore_errors=True)
