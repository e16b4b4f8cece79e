"""Typesets the PDF specimens of raw/ from their texts in tests/specimens/: `make specimens`.

They show other rows than the text specimens, so that nothing in raw/ is a copy of something else there. One of them
is scanned: a picture of its page, aslant and noisy, without text.
"""

from pathlib import Path

from manuscript import blocks
from scans import Scan, scanned
from typeset import ROMAN, SANS, SERIF, Style, typeset

from extractors.text import extract

TEXTS = Path(__file__).parent / "specimens"
RAW = Path(__file__).resolve().parents[1] / "raw"
STYLES = {
    "specimen-contracts-2016": Style("contracts", font=SERIF, size=10.5),
    "specimen-intentions-2015": Style(
        "intentions", apart=True, repeated=False, font=ROMAN, size=9, page=(595, 700), margin=45, wide=False
    ),
    "specimen-scan-2014": Style("scan", apart=True, font=SANS, size=10, margin=50, wide=False),
}
SCANS = {"specimen-scan-2014": Scan("specimen", dpi=200, skew=0.7, noise=3, quality=40, seed=7)}


def specimen(name: str) -> bytes:
    """A specimen as it stands in raw/."""
    style = STYLES[name]
    data = typeset(blocks(extract((TEXTS / f"{name}.txt").read_bytes()), apart=style.apart), style)
    return scanned(data, SCANS[name]) if name in SCANS else data


def main() -> None:
    """Write every PDF specimen to raw/."""
    for name in STYLES:
        (RAW / f"{name}.pdf").write_bytes(specimen(name))


if __name__ == "__main__":
    main()
