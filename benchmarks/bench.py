"""Measure what importing the libraries costs, what papers to files costs, what a process for each paper
costs, what all readings of PDF pages cost, what a scanned page costs, and how much memory a long PDF takes.

Prints CPU seconds and ratios. Measures what is named (papers, processes, pages, scans, memory), else all. Reads the
papers of the folder given, else ../shared/papers where it is, else the specimens in raw/; for the processes the PDF
papers of ../shared/pdf where they are.
"""

import io
import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def cpu() -> float:
    """The CPU seconds of this process and of those that it started and that ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def named() -> list[str]:
    """The measurements that are asked for."""
    return [each for each in sys.argv[1:] if each in MEASURED]


def given() -> Path | None:
    """The folder that is given, if any."""
    return next((Path(each) for each in sys.argv[1:] if each not in MEASURED), None)


def papers() -> Path:
    if folder := given():
        return folder
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


def isolation() -> None:
    """Every paper in this process, then in one of its own each; and what counting before reading takes."""
    shared = ROOT.parent / "shared" / "pdf"
    raw = shared if shared.is_dir() and given() is None else papers()
    run, each = import_module("pipeline.run"), import_module("pipeline.each")
    registered = import_module("pipeline.register").register(raw)
    how, clock = each.How(workers=1), import_module("pipeline.clock").Clock()
    run.read_one(registered)  # What is loaded at first use is loaded.
    start = cpu()
    for paper, path in registered.papers:
        run.read_paper(paper, path, registered, how)
    together = cpu() - start
    start = cpu()
    with tempfile.TemporaryDirectory() as folder:
        each.read_each(registered, run.read_apart, how, Path(folder), clock)
    apart = cpu() - start
    print(f"papers               {len(registered.papers)} from {raw.name}")
    print(f"in one process       {together:6.2f} CPU seconds")
    print(f"in one process each  {apart:6.2f} CPU seconds")
    start = cpu()
    for _, path in registered.papers:
        if path.suffix == ".pdf":
            import_module("extractors.files.preflight").preflight(path.read_bytes(), how.limits)
    print(f"counting beforehand  {cpu() - start:6.2f} CPU seconds")
    print(f"ratio                {apart / together:6.3f} (at most 1.05)")


PEAK = """
import resource, sys
from extractors.pdf import extract
from pipeline import run  # A paper's process is forked from one that has loaded all that papers need.
extract(open(sys.argv[1], "rb").read())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


SCANNED = """
import resource, sys, time
from extractors.pdf import extract
from pipeline import run
data = open(sys.argv[1], "rb").read()
spent = [time.process_time()]
for _ in range(3):
    extract(data)
    spent.append(time.process_time())
first, page = spent[1] - spent[0], (spent[3] - spent[1]) / 2
print(first - page, page, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def pdf_papers() -> list[Path]:
    shared = ROOT.parent / "shared" / "pdf"
    return sorted((shared if shared.is_dir() else ROOT / "raw").glob("*.pdf"))


def tables_alone(data: bytes) -> None:
    with import_module("pdfplumber").open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.close()


def pages() -> None:
    """All readings of PDF papers against pdfplumber's tables of every page alone."""
    papers = [path.read_bytes() for path in pdf_papers()]
    extract = import_module("extractors.pdf").extract
    import_module("camelot.io")
    spent = {}
    for name, read in (("tables alone", tables_alone), ("all readings", extract)):
        start = cpu()
        for data in papers:
            read(data)
        spent[name] = cpu() - start
        print(f"{name:20s} {spent[name]:6.2f} CPU seconds")
    print(f"ratio                {spent['all readings'] / spent['tables alone']:6.2f} (at most 1.5)")


def scans() -> None:
    """What reading a scanned page takes, and the most memory that it takes."""
    path = ROOT / "raw" / "specimen-scan-2014.pdf"
    done = subprocess.run([sys.executable, "-c", SCANNED, path], capture_output=True, text=True, check=True, cwd=ROOT)
    loading, reading, peak = map(float, done.stdout.split())
    print(f"loading the engines  {loading:6.2f} CPU seconds")
    print(f"a scanned page       {reading:6.2f} CPU seconds")
    print(f"peak of memory       {peak / 1024:6.0f} MiB")


def memory() -> None:
    """The peak memory of reading a PDF, and of reading the same pages thirty times over in one file."""
    pikepdf = import_module("pikepdf")
    paper = next((path for path in pdf_papers() if "framework" in path.name), pdf_papers()[0])
    with tempfile.TemporaryDirectory() as folder, pikepdf.open(paper) as once, pikepdf.new() as often:
        for _ in range(30):
            often.pages.extend(once.pages)
        long = Path(folder) / "long.pdf"
        often.save(long)
        peaks = []
        for path, count in ((paper, len(once.pages)), (long, len(often.pages))):
            done = subprocess.run([sys.executable, "-c", PEAK, path], capture_output=True, text=True, check=True)
            peaks.append(int(done.stdout) / 1024)
            print(f"{count:4d} pages           {peaks[-1]:6.0f} MiB")
    print(f"ratio                {peaks[1] / peaks[0]:6.2f} (at most 1.3)")


MEASURED = {"papers": main, "processes": isolation, "pages": pages, "scans": scans, "memory": memory}


if __name__ == "__main__":
    for name in named() or MEASURED:
        MEASURED[name]()
