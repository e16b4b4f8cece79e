"""A process for each paper: what one does to itself is told, and nobody else's trouble."""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.files.limits import LIMITS
from pipeline.isolate import Ended, Job, Told, apart

QUICK = replace(LIMITS, wall_seconds=5, cpu_seconds=1, memory_bytes=200 * 2**20, result_bytes=10_000)


def answers(_told: Told) -> bytes:
    return b"done"


def hangs(_told: Told) -> bytes:
    time.sleep(60)
    return b""


def computes(_told: Told) -> bytes:
    while True:
        pass


def fills(_told: Told) -> bytes:
    return bytes(2**30)


def aborts(_told: Told) -> bytes:
    os.abort()


def is_killed(_told: Told) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def stops(_told: Told) -> bytes:
    """Stopped, a process does not even hear its own alarm."""
    os.kill(os.getpid(), signal.SIGSTOP)
    return b""


def raises(_told: Told) -> bytes:
    raise IndexError


def says_too_much(_told: Told) -> bytes:
    return bytes(20_000)


def prints(_told: Told) -> bytes:
    print("x" * 100_000)
    os.write(1, b"y" * 100_000)
    os.write(2, b"z" * 100_000)
    return b"done"


def listens(_told: Told) -> bytes:
    return (sys.stdin.read() + os.read(0, 10).decode()).encode() + b"end"


def calls_out(_told: Told) -> bytes:
    socket.socket()
    return b""


def starts(_told: Told) -> bytes:
    subprocess.run(["true"], check=True)
    return b""


def dies_after_telling(told: Told) -> bytes:
    told("second", 1)
    os.abort()


def earns(told: Told) -> bytes:
    told("pages", 1)
    time.sleep(4)
    return b"done"


def scans(told: Told) -> bytes:
    told("scanned", 1)
    time.sleep(4)
    told("scanned", 2)
    return str(len(bytes(300 * 2**20))).encode()


def leaves_files(_told: Told) -> bytes:
    Path("left").write_text("left", encoding="utf-8")
    return str(Path.cwd()).encode()


def ended(folder: Path, *work: Callable[[Told], bytes], workers: int = 2, method: str = "fork") -> list[Ended]:
    jobs = enumerate(map(Job, work))
    found = dict(apart(jobs, folder, QUICK, workers, method))
    return [found[number] for number in range(len(work))]


@pytest.mark.parametrize(
    ("work", "word"),
    [
        (hangs, "wall_seconds"),
        (stops, "wall_seconds"),
        (computes, "cpu_seconds"),
        (fills, "memory_bytes of 209,715,200"),
        (says_too_much, "result_bytes of 10,000"),
        (aborts, "SIGABRT"),
        (is_killed, "SIGKILL"),
        (raises, "IndexError in test_isolate.py"),
        (calls_out, "PermissionError"),
        (starts, "PermissionError"),
    ],
)
def test_what_a_process_dies_of_is_told_and_the_others_go_on(
    work: Callable[[Told], bytes], word: str, tmp_path: Path
) -> None:
    before, bad, after = ended(tmp_path, answers, work, answers)
    assert (before.answer, bad.answer, after.answer, word in bad.reason) == (b"done", None, b"done", True), bad.reason


@pytest.mark.parametrize("work", [answers, prints, listens])
def test_process_has_no_input_and_no_output_but_its_answer(
    work: Callable[[Told], bytes], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert ended(tmp_path, work)[0].answer in (b"done", b"end")
    assert capfd.readouterr() == ("", "")


def test_process_works_in_a_folder_of_its_own_that_is_removed(tmp_path: Path) -> None:
    one, other = ended(tmp_path, leaves_files, leaves_files)
    assert one.answer != other.answer
    assert (one.answer or b"").startswith(bytes(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_folder_of_a_process_that_died_is_removed(tmp_path: Path) -> None:
    ended(tmp_path, aborts, hangs)
    assert list(tmp_path.iterdir()) == []


def test_pages_earn_time(tmp_path: Path) -> None:
    assert ended(tmp_path, earns)[0].answer == b"done"


def test_plainer_work_is_done_where_a_process_died_after_a_mark(tmp_path: Path) -> None:
    marked = Job(dies_after_telling, answers, ("second",))
    unmarked = Job(aborts, answers, ("second",))
    found = dict(apart(enumerate([marked, unmarked]), tmp_path, QUICK, 1))
    assert (found[0].answer, found[1].answer) == (b"done", None)


def test_no_more_processes_run_than_were_asked_for(tmp_path: Path) -> None:
    most = 0

    def jobs():
        for number in range(5):
            nonlocal most
            most = max(most, len(list(tmp_path.iterdir())) + 1)
            yield number, Job(answers)

    assert len(list(apart(jobs(), tmp_path, QUICK, 2))) == 5
    assert most <= 2


def test_scanned_pages_earn_time_and_memory_and_are_told_one_by_one(tmp_path: Path) -> None:
    limits, heard = replace(QUICK, scanned_seconds=5, scanned_bytes=500 * 2**20), []
    found = dict(apart([(0, Job(scans))], tmp_path, limits, 1, heard=lambda *told: heard.append(told)))
    assert found[0].answer == str(300 * 2**20).encode(), found[0].reason
    assert heard[0] == (0, 1)


def test_processes_end_with_the_caller(tmp_path: Path) -> None:
    def interrupted():
        yield 0, Job(hangs)
        raise KeyboardInterrupt

    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        list(apart(interrupted(), tmp_path, LIMITS, 2))
    assert time.monotonic() - start < 2
    assert list(tmp_path.iterdir()) == []
    assert multiprocessing.active_children() == []


@pytest.mark.slow
def test_where_fork_does_not_exist_the_promises_are_the_same(tmp_path: Path) -> None:
    limits = replace(QUICK, wall_seconds=15, cpu_seconds=8)
    work = [answers, aborts, raises, fills, calls_out]
    found = dict(apart(enumerate(map(Job, work)), tmp_path, limits, 2, "spawn"))
    assert [found[number].answer for number in range(5)] == [b"done", None, None, None, None]
    assert "memory_bytes" in found[3].reason
    assert list(tmp_path.iterdir()) == []
