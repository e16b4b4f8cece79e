"""Damaged, odd and hostile files, one after another: each ends in one named state, and nothing falls."""

import random
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from made_pdf import pdf_of

from pipeline.run import Run
from schemas.papers import STATUSES

ROOT = Path(__file__).resolve().parents[1]
SEED, EACH = 2013, 12


@pytest.mark.slow
def test_corpus_falls_nowhere(shared: Path, tmp_path: Path) -> None:
    corpus = shared / "hostile"
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from pipeline.cli import main; main()"
    command = [sys.executable, corpus.parent / "check" / "check_hostile.py", corpus, "--keep", tmp_path]
    call = f"{sys.executable} -c '{code.replace(chr(39), chr(34))}' extract {{raw}} --out {{out}}"
    done = subprocess.run([*map(str, command), "--command", call], capture_output=True, text=True, check=False)
    fallen = [line for line in done.stdout.splitlines() if line.startswith("FALL")]
    assert fallen == [], done.stdout + done.stderr


def changed(data: bytes, chance: random.Random) -> bytes:
    """A file with a few faults: bytes that are others, are missing, stand twice, or end too soon."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at, length = chance.randrange(len(made)), chance.randint(1, 40)
        match chance.randrange(5):
            case 0:
                made[at] = chance.randrange(256)
            case 1:
                del made[at : at + length]
            case 2:
                made[at:at] = made[at : at + length] * chance.randint(1, 30)
            case 3:
                made[at : at + length] = chance.choice([b"<<", b">>", b"[", b"0 R", b"-1", b"9999999999", b"\xff", b""])
            case _:
                del made[max(at, len(made) // 2) :]
        if not made:
            return b""
    return bytes(made)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pdf", "txt"])
def test_changed_files_end_in_a_named_state(kind: str, ran: Callable[..., Run]) -> None:
    """Seeded, so that what falls once falls again; each file that ever fell is a test of its own by now."""
    chance = random.Random(SEED)
    specimens = [path.read_bytes() for path in sorted((ROOT / "raw").glob("*.txt"))] if kind == "txt" else [pdf_of(2)]
    files = {
        f"{n}.{kind}": changed(data, chance) for n, data in enumerate(specimens * EACH * (1 if kind == "txt" else 5))
    }
    papers = [result.paper for result in ran({**files, "sound.pdf": pdf_of()}).results]
    assert {paper.status for paper in papers} <= set(STATUSES)
    assert [paper for paper in papers if paper.status in ("unreadable", "quarantined") and not paper.reason] == []
    assert [paper.reason for paper in papers if "fault of the tool" in (paper.reason or "")] == []
    assert next(paper for paper in papers if paper.paper_id == "sound").status.startswith("read")


LINKED = b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://example.org/)>>>>]"
AREAS = "Area\tAllocation 2014/15\nBlaby\t£5\n"
# Every call of Python's own that could reach another machine, or another program, is told and refused.
WATCHED = """
import sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.bind", "subprocess.Popen", "os.exec"):
        print("REACHED", event, arguments, flush=True)
        raise PermissionError(event)
sys.addaudithook(watch)
"""


def without_network() -> list[str]:
    """What runs a command in a place without any network; nothing where the system does not allow that."""
    for command in (["unshare", "-n"], ["unshare", "-r", "-n"]):
        if (
            shutil.which("unshare")
            and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
        ):
            return command
    return []


@pytest.mark.slow
def test_run_without_any_network_writes_the_same(raw_of: Callable[..., Path], tmp_path: Path) -> None:
    """Where a place without a network can be had, it runs there; everywhere a watch refuses what would reach out."""
    raw = raw_of({"a.pdf": pdf_of(page=LINKED), "b.txt": AREAS + "See http://example.org/ for more.\n"})
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); {{}}from pipeline.start import main; main()"
    told = {}
    for name, before, watch in (("usual", [], ""), ("alone", without_network(), f"exec({WATCHED!r}); ")):
        command = [
            *before,
            sys.executable,
            "-c",
            code.format(watch),
            "extract",
            str(raw),
            "--out",
            str(tmp_path / name),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, "REACHED" in done.stdout) == (0, False), done.stdout + done.stderr
        told[name] = {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file() and path.name != "run.json"
        }
    assert told["usual"] == told["alone"]


def test_nothing_is_fetched(ran: Callable[..., Run], monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a socket was asked for")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    results = ran({"a.pdf": pdf_of(page=LINKED), "a.txt": AREAS}).results
    assert [result.paper.status.startswith("read") for result in results] == [True, True]
