"""What several tests share: the papers, a run over them, and papers that a test writes itself."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.text import extract
from pipeline import run as pipeline
from pipeline.result import Result
from pipeline.run import Run
from schemas.records import Paper

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SPECIMENS = tuple(sorted((ROOT / "raw").glob("*.txt")))
PAPERS = tuple(sorted((SHARED / "papers").glob("*.txt")))


def _absent() -> None:
    """Skip where the papers are not at hand; fail in CI, where a skipped law would look like a law that holds."""
    reason = f"the papers are not in {SHARED / 'papers'}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`paper_path` is each real paper and each specimen; None stands for real papers that are absent."""
    if "paper_path" in metafunc.fixturenames:
        paths = [*PAPERS, *SPECIMENS] if PAPERS else [None, *SPECIMENS]
        names = [path.stem[:24] if path else "papers-absent" for path in paths]
        metafunc.parametrize("paper_path", paths, ids=names, indirect=True)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real papers, their keyed answers and the checker."""
    if not PAPERS:
        _absent()
    return SHARED


@pytest.fixture(scope="session")
def papers(shared: Path) -> list[Path]:
    """The real text papers."""
    return sorted((shared / "papers").glob("*.txt"))


@pytest.fixture
def paper_path(request: pytest.FixtureRequest) -> Path:
    """One paper, real or specimen."""
    if request.param is None:
        _absent()
    return request.param


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `run` writes."""
    return tmp_path_factory.mktemp("run") / "out"


@pytest.fixture(scope="session")
def run(papers: list[Path], out: Path) -> Run:
    """The whole pipeline over the real papers."""
    return pipeline.run(papers[0].parent, out)


@pytest.fixture(scope="session")
def report(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output for all the papers at once, those of PDF and those of text, with its audit report."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "raw").mkdir()
    for path in sorted([*(shared / "pdf").glob("*.pdf"), *(shared / "papers").glob("*.txt")]):
        (folder / "raw" / path.name).write_bytes(path.read_bytes())
    pipeline.run(folder / "raw", folder / "out")
    return folder / "out"


@pytest.fixture(scope="session")
def understood() -> Callable[..., Result]:
    """A paper given as text or bytes, through every stage that needs no other paper."""
    return _understood


@pytest.fixture
def raw_of(tmp_path: Path) -> Callable[..., Path]:
    """A folder raw/ with the files given by name, each as text or bytes."""

    def make(files: dict[str, str | bytes], name: str = "raw") -> Path:
        for file, content in files.items():
            path = tmp_path / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path / name

    return make


@pytest.fixture
def ran(raw_of: Callable[..., Path], tmp_path: Path) -> Callable[..., Run]:
    """The whole pipeline over files given by name; it writes to `tmp_path / "out"`."""
    return lambda files: pipeline.run(raw_of(files), tmp_path / "out")


def _understood(content: str | bytes, name: str = "paper.txt") -> Result:
    data = content.encode() if isinstance(content, str) else content
    paper = Paper(Path(name).stem, name, hashlib.sha256(data).hexdigest(), "text/plain", len(data))
    return pipeline.understand(paper, extract(data))
