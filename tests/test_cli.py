"""The command: what it says, how it ends, and what it leaves behind when it fails."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main

AREAS = "Area\tAllocation 2014/15\nBlaby\t£5\nMelton\t£6\nTotal\t£11\n"
WRONG = AREAS.replace("£11", "£12")
RawOf = Callable[..., Path]


def call(*arguments: object) -> Result:
    """The command in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def extract(raw: Path, out: Path, *more: str) -> Result:
    """`panel-papers extract`."""
    return call("extract", raw, "--out", out, *more)


def told_and_ended(result: Result, status: int, *words: str) -> bool:
    """Whether a run ended with a status and these words, and without a fault of ours."""
    quiet = result.exception is None or isinstance(result.exception, SystemExit)
    return quiet and result.exit_code == status and all(word in result.output for word in words)


# How it ends


def test_done(raw_of: RawOf, tmp_path: Path) -> None:
    assert told_and_ended(
        extract(raw_of({"a.txt": AREAS}), tmp_path / "out"), 0, "1 paper, 1 table, 3 figures (", "1 of 1 printed totals"
    )


def test_open_error_is_no_failure(raw_of: RawOf, tmp_path: Path) -> None:
    assert told_and_ended(extract(raw_of({"a.txt": WRONG}), tmp_path / "out"), 0, "1 error")


def test_open_error_fails_where_that_was_asked(raw_of: RawOf, tmp_path: Path) -> None:
    assert told_and_ended(extract(raw_of({"a.txt": WRONG}), tmp_path / "out", "--strict"), 1)


def test_no_open_error_passes_where_that_was_asked(raw_of: RawOf, tmp_path: Path) -> None:
    assert told_and_ended(extract(raw_of({"a.txt": AREAS}), tmp_path / "out", "--strict"), 0)


@pytest.mark.parametrize("strict", [(), ("--strict",)])
def test_paper_that_cannot_be_read_is_named(raw_of: RawOf, tmp_path: Path, strict: tuple[str, ...]) -> None:
    raw = raw_of({"a.txt": AREAS, "b.txt": b""})
    assert told_and_ended(extract(raw, tmp_path / "out", *strict), 3, "b.txt: unreadable", "empty")


def test_good_papers_beside_a_bad_one_are_written(raw_of: RawOf, tmp_path: Path) -> None:
    extract(raw_of({"a.txt": AREAS, "b.txt": bytes(range(256)) * 9}), tmp_path / "out")
    assert "a/t01" in (tmp_path / "out" / "allocations.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [(), ("--nonsense",), ("extract",), ("extract", "raw"), ("fly",)])
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    assert told_and_ended(call(*arguments), 2, "Usage")


def test_missing_folder(tmp_path: Path) -> None:
    assert told_and_ended(extract(tmp_path / "nowhere", tmp_path / "out"), 2, "no folder", "nowhere")


@pytest.mark.parametrize("files", [{}, {"notes.docx": "words"}, {"papers.csv": "file\n"}], ids=["none", "other", "csv"])
def test_folder_without_papers(files: dict[str, str], raw_of: RawOf, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    raw_of(files)
    assert told_and_ended(extract(tmp_path / "raw", tmp_path / "out"), 2, "no paper")


def test_files_that_are_no_papers_are_named(raw_of: RawOf, tmp_path: Path) -> None:
    assert told_and_ended(extract(raw_of({"a.txt": AREAS, "b.docx": b"PK"}), tmp_path / "out"), 0, "b.docx")


@pytest.mark.parametrize(
    "name",
    [
        "a b.txt",
        "é–ü.txt",
        "q?&#.txt",
        "A.TXT",
        "deep/er/a.txt",
        "-a.txt",
        "a.b.c.txt",
        "a'\".txt",
        "日本.txt",
        "%20.txt",
    ],
)
def test_any_name_is_read(name: str, raw_of: RawOf, tmp_path: Path) -> None:
    raw = raw_of({name: AREAS}, "a raw folder – été")
    assert told_and_ended(extract(raw, tmp_path / "an out folder"), 0, "1 of 1 printed totals")


def test_name_that_is_no_text_is_read(tmp_path: Path) -> None:
    """A name written in another encoding, as an old archive unpacks it."""
    raw = tmp_path / "raw"
    raw.mkdir()
    try:
        (raw / "caf\udce9.txt").write_bytes(AREAS.encode())
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    assert told_and_ended(extract(raw, tmp_path / "out"), 0)


@pytest.mark.parametrize(
    "content",
    [
        "file,published_on\na.txt,29/09/2014\n",
        "file,published_on\na.txt,2014-02-31\n",
        b"file,title\na.txt,caf\xe9\n",
        "title\nno file column\n",
        "file,title\na.txt\n",
        "file,title\na.txt,One,too many\n",
        "",
    ],
    ids=["date", "no such day", "encoding", "no file", "short", "long", "empty"],
)
def test_odd_list_of_papers_ends_without_a_fault_of_ours(content: str | bytes, raw_of: RawOf, tmp_path: Path) -> None:
    result = extract(raw_of({"a.txt": AREAS, "papers.csv": content}), tmp_path / "out")
    assert told_and_ended(result, result.exit_code)


# What it leaves behind


def no_space(*arguments: object, **named: object) -> None:
    """A disk that is full."""
    del arguments, named
    raise OSError(errno.ENOSPC, "No space left on device")


def test_file_that_may_not_be_read_spoils_no_other(
    raw_of: RawOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = raw_of({"a.txt": AREAS, "b.txt": AREAS})
    opened = os.open

    def refused(path: str | Path, *how: int) -> int:
        if str(path).endswith("b.txt"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, *how)

    monkeypatch.setattr(os, "open", refused)
    assert told_and_ended(extract(raw, tmp_path / "out"), 3, "b.txt: unreadable", "Permission denied")


def contents(folder: Path) -> dict[Path, bytes]:
    """Every file below a folder."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


FULL = (
    "pipeline.write.write_csv", "pyarrow.parquet.write_table", "pathlib.Path.write_text", "zipfile.ZipFile.writestr",
    "tempfile.mkdtemp",
)  # fmt: skip


@pytest.mark.parametrize("target", FULL)
def test_full_disk_is_told(target: str, raw_of: RawOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = raw_of({"a.txt": AREAS})
    monkeypatch.setattr(target, no_space)
    assert told_and_ended(extract(raw, tmp_path / "out"), 2, "No space left on device")


@pytest.mark.parametrize("target", FULL)
def test_full_disk_leaves_the_old_output_and_nothing_else(
    target: str, raw_of: RawOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract(raw_of({"a.txt": AREAS}), tmp_path / "out")
    before = contents(tmp_path / "out")
    raw = raw_of({"a.txt": WRONG})
    with monkeypatch.context() as full:
        full.setattr(target, no_space)
        extract(raw, tmp_path / "out")
    assert contents(tmp_path / "out") == before
    assert {path.name for path in tmp_path.iterdir()} == {"out", "raw"}


def test_output_of_an_earlier_run_is_replaced_whole(raw_of: RawOf, tmp_path: Path) -> None:
    extract(raw_of({"a.txt": AREAS}), tmp_path / "out")
    before = {path.name for path in (tmp_path / "out").iterdir()}
    assert told_and_ended(extract(raw_of({"a.txt": WRONG}), tmp_path / "out"), 0, "1 error")
    assert {path.name for path in (tmp_path / "out").iterdir()} == before


@pytest.mark.parametrize("record", ["", "{", "[]", '{"outputs": 5}', '{"outputs": {"../raw": ""}}'])
def test_folder_with_a_record_that_is_not_ours_is_never_replaced(record: str, raw_of: RawOf, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "run.json").write_text(record, encoding="utf-8")
    (tmp_path / "mine" / "thesis.odt").write_text("years of work", encoding="utf-8")
    extract(raw_of({"a.txt": AREAS}), tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.odt").exists()


def test_folder_with_other_files_is_never_replaced(raw_of: RawOf, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.odt").write_text("years of work", encoding="utf-8")
    assert told_and_ended(extract(raw_of({"a.txt": AREAS}), tmp_path / "mine"), 2, "mine")
    assert (tmp_path / "mine" / "thesis.odt").exists()


@pytest.mark.parametrize("where", ["raw", "."], ids=["the papers", "the folder above"])
def test_papers_are_never_replaced(where: str, raw_of: RawOf, tmp_path: Path) -> None:
    raw = raw_of({"a.txt": AREAS})
    extract(raw, tmp_path / where)
    assert (raw / "a.txt").read_text(encoding="utf-8") == AREAS


def test_papers_beside_an_earlier_record_are_never_replaced(raw_of: RawOf, tmp_path: Path) -> None:
    """Papers that a person put into the folder of an earlier run."""
    extract(raw_of({"a.txt": AREAS}), tmp_path / "out")
    raw = raw_of({"b.txt": AREAS}, "out")
    extract(raw, raw)
    assert (raw / "b.txt").exists()


def test_output_that_is_a_file_is_refused(raw_of: RawOf, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    assert told_and_ended(extract(raw_of({"a.txt": AREAS}), tmp_path / "out"), 2)
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_output_folder_is_made_with_those_above(raw_of: RawOf, tmp_path: Path) -> None:
    extract(raw_of({"a.txt": AREAS}), tmp_path / "one" / "two" / "out")
    assert (tmp_path / "one" / "two" / "out" / "run.json").is_file()


def test_papers_are_left_as_they_are(raw_of: RawOf, tmp_path: Path) -> None:
    raw = raw_of({"a.txt": AREAS, "b.txt": b"\xff\xfe"})
    extract(raw, tmp_path / "out")
    assert {path.name: path.read_bytes() for path in raw.iterdir()} == {"a.txt": AREAS.encode(), "b.txt": b"\xff\xfe"}


def test_command_of_its_own_process_says_no_traceback(tmp_path: Path, root: Path) -> None:
    code = f"import sys; sys.path.insert(0, {str(root)!r}); from pipeline.cli import main; main()"
    command = [sys.executable, "-c", code, "extract", "nowhere", "--out", "out"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr, "no folder" in done.stderr) == (2, False, True)


# Showing a paper


def test_show_prints_a_table_with_lines(raw_of: RawOf) -> None:
    assert told_and_ended(
        call("show", raw_of({"a.txt": AREAS}) / "a.txt"), 0, "a/t01", "area-allocations", "line 2", "Blaby"
    )


@pytest.mark.parametrize("number", ["2", "t2", "02", "t02"])
def test_show_prints_the_table_asked_for(number: str, raw_of: RawOf) -> None:
    raw = raw_of({"a.txt": AREAS + "\nMore.\n\n" + AREAS.replace("Blaby", "Rutland")})
    result = call("show", raw / "a.txt", number)
    assert told_and_ended(result, 0, "a/t02", "Rutland")
    assert "a/t01" not in result.output


@pytest.mark.parametrize("number", ["9", "0", "x"])
def test_show_says_that_there_is_no_such_table(number: str, raw_of: RawOf) -> None:
    assert told_and_ended(call("show", raw_of({"a.txt": AREAS}) / "a.txt", number), 2, number)


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [("a.txt", "", "empty"), ("a.docx", "words", "a.docx"), ("a.txt", "Only words.\n", "0 tables")],
)
def test_show_says_why_there_is_nothing_to_show(name: str, content: str, word: str, raw_of: RawOf) -> None:
    assert told_and_ended(call("show", raw_of({name: content}) / name), 2, word)


def test_show_misses_a_file(tmp_path: Path) -> None:
    assert told_and_ended(call("show", tmp_path / "a.txt"), 2, "no file")


def test_show_shows_the_file_asked_for_and_no_namesake(raw_of: RawOf) -> None:
    raw = raw_of({"a.txt": AREAS, "0/a.txt": AREAS.replace("Blaby", "Rutland")})
    assert told_and_ended(call("show", raw / "a.txt"), 0, "Blaby")


def test_version(root: Path) -> None:
    printed = call("--version").output
    assert f'version = "{printed.split()[-1]}"' in (root / "pyproject.toml").read_text(encoding="utf-8")


# Limits and workers


def test_limit_can_be_set(raw_of: RawOf, tmp_path: Path) -> None:
    result = extract(raw_of({"a.txt": AREAS}), tmp_path / "out", "--limit", "file_bytes=10", "--workers", "2")
    assert told_and_ended(result, 3, "a.txt: quarantined", f"{len(AREAS.encode())} bytes", "file_bytes of 10")


@pytest.mark.parametrize("setting", ["fly=1", "pages=none"])
def test_limit_that_is_none_is_refused(setting: str, raw_of: RawOf, tmp_path: Path) -> None:
    assert told_and_ended(extract(raw_of({"a.txt": AREAS}), tmp_path / "out", "--limit", setting), 2, "limit")
    assert not (tmp_path / "out").exists()


def test_show_holds_a_paper_to_its_limits(raw_of: RawOf) -> None:
    result = call("show", raw_of({"a.txt": AREAS}) / "a.txt", "--limit", "file_bytes=10")
    assert told_and_ended(result, 2, "file_bytes")


def test_show_sends_a_terminal_no_commands(raw_of: RawOf) -> None:
    result = call("show", raw_of({"a.txt": AREAS.replace("Blaby", "Bla\x1b[2Jby") + "\nWords.\n" * 20}) / "a.txt")
    assert told_and_ended(result, 0, "Bla")
    assert "\x1b" not in result.output


def test_command_starts_with_its_libraries_unasked(root: Path) -> None:
    code = f"import sys; sys.path.insert(0, {str(root)!r}); from pipeline.start import main; main()"
    done = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=False)
    assert (done.returncode, "extract" in done.stdout) == (0, True)
