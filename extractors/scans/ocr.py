"""Lines of print read from a picture (rapidocr, on onnxruntime). Its models come with it; nothing is fetched.

No other module speaks to rapidocr, and none loads this one before a page needs it. One thread reads, so that the same
picture gives the same characters.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from rapidocr import RapidOCR

READER = "rapidocr"
# Lines are looked for on a picture of so many pixels on its longer side; they are read from the picture as it is.
_SIDE = 1280
# Digits of a confidence that are kept: processors differ in the later ones.
_DIGITS = 2
# Less sure than this of a whole line, the engine has seen no print.
_LEAST = 0.3
# Colours, height and width in pixels of the shortest line as the engine takes it; a longer one is as long as it is.
_SHORTEST = [3, 48, 96]
_QUIET = {
    "Global.log_level": "critical",
    "Global.use_preprocess_img": False,
    "Global.use_vertical_padding": False,
    "Global.text_score": _LEAST,
    "Det.limit_type": "max",
    "Det.limit_side_len": _SIDE,
    "Rec.rec_img_shape": _SHORTEST,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
Picture = np.ndarray[Any, np.dtype[np.uint8]]
# Pixels from the left, from the top, to the right, to the bottom.
Area = tuple[int, int, int, int]


class Mark(NamedTuple):
    """A character as read: its text, the middle of it as a share of the line's width, how sure the engine is."""

    text: str
    middle: float
    confidence: float


@cache
def _engine() -> Any:
    cv2.setNumThreads(1)
    return RapidOCR(params=_QUIET)


def areas(picture: Picture) -> list[Area]:
    """Where lines of print stand in a grey picture, from top to bottom, in pixels."""
    found = _engine()(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=False)
    height, width = picture.shape
    boxes = [] if found.boxes is None else [np.asarray(box) for box in found.boxes]
    return [
        (
            max(0, int(box[:, 0].min())), max(0, int(box[:, 1].min())),
            min(width, int(box[:, 0].max()) + 1), min(height, int(box[:, 1].max()) + 1),
        )
        for box in boxes
    ]  # fmt: skip


def read(line: Picture) -> list[Mark]:
    """The characters of a grey picture of one line, blanks too; none where there is no print."""
    said = _engine()(
        cv2.cvtColor(line, cv2.COLOR_GRAY2BGR), use_det=False, use_cls=False, use_rec=True, return_word_box=True
    )
    if not said.txts or not said.txts[0].strip() or said.scores[0] < _LEAST:
        return []
    info = said.word_results[0]
    columns = [column for word in info.word_cols for column in word]
    return list(_marks(said.txts[0], columns, info.confs, info.line_txt_len))


def _narrow(char: str) -> str:
    """A character, those of full width as they are otherwise: the engine knows Chinese print too."""
    return unicodedata.normalize("NFKC", char) if "\uff01" <= char <= "\uffee" else char


def _marks(text: str, columns: Sequence[int], confidences: Sequence[float], width: float) -> list[Mark]:
    """Characters with their middles; a blank stands where the character before it does."""
    made: list[Mark] = []
    at = iter(columns)
    for char, confidence in zip(text, confidences, strict=True):
        middle = made[-1].middle if char.isspace() and made else 0.0
        if not char.isspace():
            middle = min(1.0, (next(at) + 0.5) / width)
        made.append(Mark(_narrow(char), middle, round(float(confidence), _DIGITS)))
    return made
