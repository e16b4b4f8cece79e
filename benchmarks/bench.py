"""Measure in one process: what importing the libraries costs, then what papers to files costs.

Prints CPU seconds of both and their ratio. Reads the papers of the folder given, else ../shared/papers
where it is, else the specimens in raw/.
"""

import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def cpu() -> float:
    return time.process_time()


def papers() -> Path:
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    shared = ROOT.parent / "shared" / "papers"
    return shared if shared.is_dir() else ROOT / "raw"


def main() -> None:
    start = cpu()
    for library in ("pandas", "pandera.pandas", "pyarrow.parquet"):
        import_module(library)
    imports = cpu() - start
    run = import_module("pipeline.run").run
    raw = papers()
    start = cpu()
    with tempfile.TemporaryDirectory() as folder:
        done = run(raw, Path(folder) / "out", lambda *_: None)
    extraction = cpu() - start
    print(f"papers               {len(done.results)} from {raw.name}")
    print(f"importing libraries  {imports:6.2f} CPU seconds (pandas, pandera, pyarrow)")
    print(f"papers to files      {extraction:6.2f} CPU seconds")
    for stage, seconds in done.record["seconds"].items():
        print(f"  {stage:18s} {seconds:6.2f} seconds")
    print(f"ratio                {extraction / imports:6.2f} (at most 2)")


if __name__ == "__main__":
    main()
