"""A run is whole or has not been: killed, stopped, out of room, twice at once."""

import csv
import hashlib
import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.files.limits import LIMITS
from pipeline import each
from pipeline import run as pipeline
from pipeline.each import How
from pipeline.isolate import Told
from pipeline.kept import how_many, keep, kept, key_of
from pipeline.kernel import exchange
from pipeline.run import Run, read_apart
from pipeline.workplace import Busy, beside, workplace
from schemas.records import Paper

AREAS = "Area\tAllocation 2014/15\nBlaby\t£5\nMelton\t£6\nTotal\t£11\n"
RawOf = Callable[..., Path]
RUNS = 6


def started(raw: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    """The command in a process of its own, as a person starts it."""
    root = Path(__file__).resolve().parents[1]
    code = (
        f"import sys; sys.path.insert(0, {str(root)!r}); import pipeline.start, pipeline.cli; print('on', flush=True)"
    )
    code += "; pipeline.start.main()"
    command = [sys.executable, "-c", code, "extract", str(raw), "--out", str(out), *more]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "on\n"
    return process


def digest(out: Path) -> dict[str, str]:
    files = (path for path in out.rglob("*") if path.is_file() and path.name != "run.json")
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def many(raw_of: RawOf, count: int = 20) -> Path:
    return raw_of({f"{n}.txt": AREAS + f"\nPaper {n} says more.\n" for n in range(count)})


@pytest.mark.slow
def test_output_is_whole_whenever_the_run_is_killed(raw_of: RawOf, tmp_path: Path) -> None:
    raw, out = many(raw_of), tmp_path / "out"
    start = time.monotonic()
    assert started(raw, out).wait() == 0
    usual, whole = time.monotonic() - start, digest(out)
    when = random.Random(2014)
    for _ in range(RUNS):
        process = started(raw, out)
        time.sleep(when.uniform(0, usual))
        process.kill()
        process.communicate()
        assert digest(out) == whole
    assert started(raw, out).wait() == 0
    assert (digest(out), {path.name for path in tmp_path.iterdir()}) == (whole, {"raw", "out"})


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.0, 0.2])
def test_interrupted_run_stops_soon_and_says_what_is_done(after: float, raw_of: RawOf, tmp_path: Path) -> None:
    """Two seconds at most, wherever it is: reading, or writing what it read."""
    # A shell has what it starts behind `&` ignore Ctrl-C, and what that starts too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = started(many(raw_of, 60), tmp_path / "out", "--workers", "1")
    while not how_many(beside(tmp_path / "out")):
        time.sleep(0.01)
    time.sleep(after)
    start = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert time.monotonic() - start < 2
    assert (process.returncode, "Stopped" in said, "Traceback" in said) == (130, True, False)
    assert f"{how_many(beside(tmp_path / 'out'))} finished papers" in said
    assert not (tmp_path / "out").exists()


def test_later_run_goes_on_where_one_was_stopped(
    raw_of: RawOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, out, begun = many(raw_of, 6), tmp_path / "out", []
    taken = each._job

    def counted(*arguments: object) -> object:
        begun.append(1)
        if len(begun) == 4:
            raise KeyboardInterrupt
        return taken(*arguments)

    monkeypatch.setattr(each, "_job", counted)
    with pytest.raises(KeyboardInterrupt):
        pipeline.run(raw, out, how=How(workers=1))
    assert how_many(beside(out)) == 3
    pipeline.run(raw, out, how=How(workers=1))
    assert len(begun) == 4 + 3
    pipeline.run(raw, tmp_path / "again", how=How(workers=1))
    assert digest(out) == digest(tmp_path / "again")
    assert {path.name for path in tmp_path.iterdir()} == {"raw", "out", "again"}


@pytest.mark.parametrize("workers", [1, 4])
def test_workers_write_the_same_bytes(workers: int, raw_of: RawOf, tmp_path: Path) -> None:
    raw = many(raw_of, 9)
    pipeline.run(raw, tmp_path / "one", how=How(workers=1))
    pipeline.run(raw, tmp_path / "many", how=How(workers=workers))
    assert digest(tmp_path / "one") == digest(tmp_path / "many")


def test_second_run_is_told_that_one_is_at_work(raw_of: RawOf, tmp_path: Path) -> None:
    raw, out = raw_of({"a.txt": AREAS}), tmp_path / "out"
    with workplace(out):
        process = started(raw, out)
        _, said = process.communicate()
    assert (process.returncode, f"process {os.getpid()}" in said, "Traceback" in said) == (2, True, False)
    assert started(raw, out).wait() == 0


def test_workplace_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    beside(tmp_path / "out").symlink_to(tmp_path / "theirs")
    with pytest.raises(Busy), workplace(tmp_path / "out"):
        pass
    assert list((tmp_path / "theirs").iterdir()) == []


def test_workplace_is_for_its_owner_alone(tmp_path: Path) -> None:
    with workplace(tmp_path / "out") as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_output_moved_away_by_a_killed_run_is_put_back(tmp_path: Path) -> None:
    """Where a file system cannot let folders change places, there is a moment between two moves."""
    (beside(tmp_path / "out") / "previous").mkdir(parents=True)
    with workplace(tmp_path / "out"):
        assert (tmp_path / "out").is_dir()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lets folders change places")
def test_folders_change_places_at_once(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    if not exchange(tmp_path / "one", tmp_path / "other"):
        pytest.skip("this file system cannot")
    assert [(tmp_path / "one" / "other").exists(), (tmp_path / "other" / "one").exists()] == [True, True]


def test_folders_that_cannot_change_places_are_moved(
    raw_of: RawOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.run(raw_of({"a.txt": AREAS}), tmp_path / "out")
    monkeypatch.setattr("pipeline.write.exchange", lambda *_: False)
    pipeline.run(raw_of({"b.txt": AREAS}), tmp_path / "out")
    assert "b.txt" in (tmp_path / "out" / "papers.csv").read_text(encoding="utf-8")
    assert {path.name for path in tmp_path.iterdir()} == {"raw", "out"}


def test_what_a_result_depends_on_is_in_its_name() -> None:
    paper = Paper("a", "a.txt", "0" * 64, "text/plain", 5)
    names = {
        key_of(paper, {}, LIMITS),
        key_of(Paper("a", "a.txt", "1" * 64, "text/plain", 5), {}, LIMITS),
        key_of(Paper("b", "a.txt", "0" * 64, "text/plain", 5), {}, LIMITS),
        key_of(Paper("a", "b.txt", "0" * 64, "text/plain", 5), {}, LIMITS),
        key_of(paper, {"title": "Told"}, LIMITS),
        key_of(paper, {}, How().limits.__class__(pages=5)),
    }
    assert len(names) == 6


@pytest.mark.parametrize("data", [b"", b"\x80\x04.", b"{}"])
def test_kept_paper_that_is_spoiled_is_read_again(data: bytes, tmp_path: Path) -> None:
    keep(tmp_path, "a", data)
    assert kept(tmp_path, "a") is None
    (tmp_path / "kept" / "a.z").write_bytes(data)
    assert kept(tmp_path, "a") is None


# What is opened


def statuses(out: Path) -> dict[str, tuple[str, str]]:
    with (out / "papers.csv").open(newline="", encoding="utf-8") as handle:
        return {row["file"]: (row["status"], row["reason"]) for row in csv.DictReader(handle)}


def test_only_regular_files_inside_the_folder_are_opened(
    ran: Callable[..., Run], raw_of: RawOf, tmp_path: Path
) -> None:
    raw = raw_of({"a.txt": AREAS})
    (tmp_path / "secret.txt").write_text(AREAS, encoding="utf-8")
    os.mkfifo(raw / "pipe.txt")
    (raw / "away.txt").symlink_to(tmp_path / "secret.txt")
    (raw / "up.txt").symlink_to("../secret.txt")
    (raw / "device.txt").symlink_to("/dev/zero")
    (raw / "loop.txt").symlink_to("loop.txt")
    (raw / "gone.txt").symlink_to("nowhere")
    (raw / "inside.txt").symlink_to("a.txt")
    (raw / "folder.txt").mkdir()
    ran({})
    found = statuses(tmp_path / "out")
    assert {file for file, (status, _) in found.items() if status == "unreadable"} == {
        "pipe.txt", "away.txt", "up.txt", "device.txt", "loop.txt", "gone.txt",
    }  # fmt: skip
    assert {file for file, (status, _) in found.items() if status.startswith("read")} == {"a.txt", "inside.txt"}
    assert "pipe" in found["pipe.txt"][1]
    assert "leads out" in found["up.txt"][1]


def test_file_that_is_too_large_is_quarantined(raw_of: RawOf, tmp_path: Path) -> None:
    raw = raw_of({"a.txt": AREAS})
    with (raw / "big.txt").open("wb") as sparse:
        sparse.truncate(LIMITS.file_bytes + 1)
    pipeline.run(raw, tmp_path / "out")
    assert statuses(tmp_path / "out")["big.txt"] == (
        "quarantined",
        "The file has 100,000,001 bytes, more than the limit file_bytes of 100,000,000.",
    )


def test_paper_that_kills_its_process_is_quarantined_alone(
    raw_of: RawOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reading(asked: each.Asked, told: Told) -> bytes:
        return os.abort() if asked.paper.paper_id == "b" else read_apart(asked, told)

    monkeypatch.setattr(pipeline, "read_apart", reading)
    pipeline.run(raw_of({"a.txt": AREAS, "b.txt": AREAS, "c.txt": AREAS}), tmp_path / "out")
    found = statuses(tmp_path / "out")
    assert [found[name][0] for name in ("a.txt", "b.txt", "c.txt")] == ["read", "quarantined", "read"]
    assert "SIGABRT" in found["b.txt"][1]


@pytest.mark.parametrize("answer", [b"", b"\x80\x04N.", b"[[],{}]"])
def test_answer_that_is_no_result_is_that_papers_quarantine(
    answer: bytes, raw_of: RawOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "read_apart", lambda *_: answer)
    pipeline.run(raw_of({"a.txt": AREAS}), tmp_path / "out")
    assert statuses(tmp_path / "out")["a.txt"][0] == "quarantined"
