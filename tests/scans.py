"""Pages as a scanner gives them: a picture of each page, grey, aslant, noisy, stained, and no text.

The same pages in the same style give the same bytes.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import pypdfium2
from made_pdf import pdf_of, stream
from PIL import Image

_POINTS = 72
_PAPER, _BLACK = 250, 12


@dataclass(frozen=True, slots=True)
class Scan:
    """How pages are scanned.

    `skew` is how far a page turns at most, in degrees, `noise` how far a grey value leaves its own (of 255, standard
    deviation), `stain` how much darker a cup has left the paper, `quality` that of the JPEG. `turned` is how far the
    paper lay turned on the glass, in degrees clockwise, `ink` how light its print is, and `lid` how many pixels of
    black lie beside it.
    """

    name: str
    dpi: int = 300
    skew: float = 0.0
    noise: float = 0.0
    stain: int = 0
    quality: int = 85
    turned: int = 0
    ink: int = 0
    lid: int = 0
    seed: int = 1


STYLES = {
    style.name: style
    for style in (
        Scan("clean"),
        Scan("aslant", skew=1.0, noise=6, quality=60, seed=2),
        Scan("poor", dpi=200, skew=1.0, noise=12, stain=70, quality=50, seed=3),
        Scan("coarse", dpi=200, skew=0.4, noise=4, quality=70, seed=4),
        Scan("turned", dpi=200, skew=0.3, noise=4, quality=70, turned=90, seed=5),
    )
}


def scanned(pdf: bytes, scan: Scan, pages: Sequence[int] | None = None) -> bytes:
    """The pages of a PDF (all, or those of the numbers, from 1) as a scanner gives them."""
    document = pypdfium2.PdfDocument(pdf)
    numbers = pages or range(1, len(document) + 1)
    return bound([_page(document[number - 1], scan, number) for number in numbers], scan)


def bound(pictures: Sequence[Image.Image], scan: Scan, before: bytes = b"") -> bytes:
    """Pictures as the pages of a PDF; `before` is drawn under each."""
    objects: dict[int, bytes] = {}
    contents = []
    for number, picture in zip(count(), pictures, strict=False):
        width, height = (side * _POINTS / scan.dpi for side in picture.size)
        made = io.BytesIO()
        picture.save(made, "JPEG", quality=scan.quality)
        name = 1000 + number
        objects[name] = stream(
            made.getvalue(), b"/Filter/DCTDecode",
            b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8/Width %d/Height %d" % picture.size,
        )  # fmt: skip
        contents.append(before + b"q %.3f 0 0 %.3f 0 0 cm /S Do Q" % (width, height))
        objects[10 + 2 * number] = (
            b"<</Type/Page/Parent 2 0 R/Contents %d 0 R/MediaBox[0 0 %.3f %.3f]"
            b"/Resources<</Font<</F 3 0 R>>/XObject<</S %d 0 R>>>>>>" % (11 + 2 * number, width, height, name)
        )
    return pdf_of(contents, objects)


def _page(page: pypdfium2.PdfPage, scan: Scan, number: int) -> Image.Image:
    random = np.random.default_rng([scan.seed, number])
    picture = page.render(scale=scan.dpi / _POINTS, grayscale=True).to_pil()
    if scan.skew:
        angle = float(random.uniform(0.5, 1.0)) * scan.skew * (-1) ** number
        picture = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=_PAPER)
    grey = np.minimum(np.asarray(picture, dtype=np.float32), _PAPER)
    grey = scan.ink + grey * (1 - scan.ink / _PAPER)
    if scan.stain:
        grey = grey - scan.stain * _cup(grey.shape, random)
    if scan.noise:
        grey = grey + random.normal(0, scan.noise, grey.shape).astype(np.float32)
    if scan.lid:
        grey = np.pad(grey, scan.lid, constant_values=_BLACK)
    made = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    return made.rotate(-scan.turned, expand=True) if scan.turned else made


def _cup(shape: tuple[int, int], random: np.random.Generator) -> np.ndarray:
    """Where a cup stood, as shares of its darkness: a patch with a darker rim."""
    height, width = shape
    y, x = np.ogrid[:height, :width]
    at = random.uniform(0.3, 0.7, 2) * (height, width)
    away = np.hypot(y - at[0], x - at[1]) / (width * 0.16)
    return np.where(away < 0.93, 0.55, np.where(away < 1.0, 1.0, 0.0)).astype(np.float32)
