"""The house rules that a machine can keep."""

import ast
import csv
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("schemas", "extractors", "pipeline")  # each may import itself and those before it
ROOMS = ("files", "pages", "streams", "tables", "readings", "scans")  # of the extractors, in the same order
MODULES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 50
MOST_ARGUMENTS = 6
# Written apart, so that this list does not find itself.
HOSTS = ("pypi" + ".org", "files.python" + "hosted.org", "npm" + "js.org", "index-" + "url", "artifact" + "ory")
HOMES = ("/ho" + "me/", "/Us" + "ers/", "/ro" + "ot/", "C:" + "\\Users", "/wo" + "rk/")
SELF_TALK = (
    r"issue\s?#", r"\bissues? \d", r"(?<![#,\w=&])#\d+\b(?!,##)",
    r"\b(?:this|last|next|previous|earlier|another) session\b",
    r"\bsessions?\b.{0,20}\b(?:will|should|can|before|after)\b", r"\bas an ai\b", r"\blanguage model\b",
    r"\b(?:chat)?gpt\b", r"\bclaude\b", r"\bcopilot\b", r"\bTODO\b", r"\bFIXME\b", r"\bXXX\b", r"\bhopefully\b",
    r"\bthe user (?:asked|wants)\b", r"\bas requested\b", r"\bthe brief\b",
)  # fmt: skip


def name_of(path: Path) -> str:
    """A path as it is said in a test's name."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """A module as parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is in the repository, or would be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return tuple(path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file())


def imported(path: Path) -> set[str]:
    """The top-level names that a module imports."""
    nodes = list(ast.walk(tree(path)))
    plain = {alias.name.partition(".")[0] for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {(node.module or "").partition(".")[0] for node in nodes if isinstance(node, ast.ImportFrom)}


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions and methods of a module."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def said_in(pattern: str, path: Path) -> list[str]:
    """The lines of a text file that a pattern finds, with their numbers; none of a file that is no text."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return []
    return [
        f"{name_of(path)}:{number}" for number, line in enumerate(lines, 1) if re.search(pattern, line, re.IGNORECASE)
    ]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    above = set(LAYERS[LAYERS.index(path.relative_to(ROOT).parts[0]) + 1 :])
    assert imported(path) & (above | {"tests", "benchmarks"}) == set()


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_of_the_extractors_import_one_way(room: str) -> None:
    modules = [node.module or "" for path in (ROOT / "extractors" / room).glob("*.py") for node in ast.walk(tree(path))
               if isinstance(node, ast.ImportFrom)]  # fmt: skip
    own = {name.split(".")[1] for name in modules if name.startswith("extractors.")}
    assert own & (set(ROOMS[ROOMS.index(room) + 1 :]) | {"dialects", "pdf", "text", "rescue"}) == set()


def test_every_room_of_the_extractors_is_known() -> None:
    rooms = {path.parent.name for path in (ROOT / "extractors").glob("*/__init__.py")}
    assert rooms == {*ROOMS, "dialects"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(tree(path))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_file_is_one_room(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= MOST_LINES_OF_A_FILE


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_are_short(path: Path) -> None:
    long = [f.name for f in functions(path) if (f.end_lineno or f.lineno) - f.lineno + 1 > MOST_LINES_OF_A_FUNCTION]
    assert long == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_take_few_arguments(path: Path) -> None:
    wide = [f.name for f in functions(path)
            if len(f.args.posonlyargs + f.args.args + f.args.kwonlyargs) > MOST_ARGUMENTS]  # fmt: skip
    assert wide == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_exceptions_are_caught_by_name(path: Path) -> None:
    handlers = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ExceptHandler)]
    broad = [node.lineno for node in handlers
             if node.type is None or {"Exception", "BaseException"} & {n.id for n in ast.walk(node.type)
                                                                       if isinstance(n, ast.Name)}]  # fmt: skip
    assert broad == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_checker_is_told_to_look_away(path: Path) -> None:
    assert said_in(r"#\s*(?:type:\s*ignore|noqa|pragma)", path) == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_money_is_never_a_float(path: Path) -> None:
    if path.name in ("money.py", "reconcile.py", "normalise.py", "account.py") and path.parent.name == "pipeline":
        assert not [node for node in ast.walk(tree(path)) if isinstance(node, ast.Name) and node.id == "float"]


def numbers(path: Path) -> set[str]:
    """Every number of four or more digits that a module says, in code and in words, without its separators."""
    text = path.read_text(encoding="utf-8")
    return {re.sub(r"[,_]", "", match) for match in re.findall(r"(?<![\w.])\d[\d,_]{3,}(?![\w])", text)}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_paper_is_named_in_code(path: Path, papers: list[Path]) -> None:
    text = path.read_text(encoding="utf-8").lower()
    assert [paper.stem for paper in papers if paper.stem.lower() in text or paper.stem[:10] in text.split()] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_figure_of_a_paper_is_in_code(path: Path, shared: Path) -> None:
    with (shared / "expected" / "allocations.csv").open(newline="", encoding="utf-8") as handle:
        amounts = {row["amount_gbp"] for row in csv.DictReader(handle)}
    assert numbers(path) & {a for a in amounts if len(a) >= 4 and not a.endswith("000")} == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_line_of_a_paper_is_in_code(path: Path) -> None:
    """A rule that asks for a line or a page by its number could only be right about a paper we know."""
    asked = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Compare)
        and any(isinstance(n, ast.Attribute) and n.attr in ("line", "page", "number") for n in ast.walk(node))
        and any(isinstance(n, ast.Constant) and type(n.value) is int and n.value > 1 for n in ast.walk(node))
    ]
    assert asked + said_in(r"\b(?:line|page)s? \d{2,}\b", path) == []


@pytest.mark.parametrize("word", HOSTS)
def test_no_registry_is_named(word: str) -> None:
    assert [place for path in tracked() for place in said_in(re.escape(word), path)] == []


@pytest.mark.parametrize("word", HOMES)
def test_no_path_of_one_machine_is_named(word: str) -> None:
    assert [place for path in tracked() for place in said_in(rf"(?<![\w.]){re.escape(word)}", path)] == []


@pytest.mark.parametrize("pattern", SELF_TALK)
def test_no_file_talks_of_its_making(pattern: str) -> None:
    files = [path for path in tracked() if path != Path(__file__).resolve()]
    assert [place for path in files for place in said_in(pattern, path)] == []


def test_no_file_is_large() -> None:
    assert [name_of(path) for path in tracked() if path.stat().st_size > 1_000_000] == []
