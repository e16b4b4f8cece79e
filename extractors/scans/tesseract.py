"""A second, independent reading of lines of print (tesseract), where it is installed.

Its library is called in this process: a paper's process may start no program. No other module speaks to it.
"""

import ctypes
import os
from functools import cache
from typing import Any

import numpy as np

READER = "tesseract"
_LIBRARIES = ("libtesseract.so.5", "libtesseract.so.4", "libtesseract.5.dylib", "libtesseract-5.dll")
_ONE_LINE = 7
_LANGUAGE = b"eng"
# White around a line, in pixels: the reader wants some.
_MARGIN = 12
Picture = np.ndarray[Any, np.dtype[np.uint8]]
_HANDLE, _INT, _TEXT = ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p
_CALLS: dict[str, tuple[Any, list[Any]]] = {
    "TessBaseAPICreate": (_HANDLE, []),
    "TessBaseAPIInit3": (_INT, [_HANDLE, _TEXT, _TEXT]),
    "TessBaseAPISetVariable": (_INT, [_HANDLE, _TEXT, _TEXT]),
    "TessBaseAPISetPageSegMode": (None, [_HANDLE, _INT]),
    "TessBaseAPISetImage": (None, [_HANDLE, _TEXT, _INT, _INT, _INT, _INT]),
    "TessBaseAPISetSourceResolution": (None, [_HANDLE, _INT]),
    "TessBaseAPIGetUTF8Text": (_HANDLE, [_HANDLE]),
    "TessDeleteText": (None, [_HANDLE]),
}


@cache
def _library() -> Any | None:
    """The library, or None where there is none."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    for name in _LIBRARIES:
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        for call, (gives, takes) in _CALLS.items():
            function = getattr(library, call)
            function.restype, function.argtypes = gives, takes
        library.TessVersion.restype = _TEXT
        return library
    return None


def version() -> str | None:
    """The version that is installed, None where there is none."""
    library = _library()
    return library.TessVersion().decode("ascii", "replace") if library else None


@cache
def _reader() -> Any | None:
    library = _library()
    if library is None:
        return None
    handle = library.TessBaseAPICreate()
    if library.TessBaseAPIInit3(handle, None, _LANGUAGE):
        return None
    library.TessBaseAPISetVariable(handle, b"debug_file", os.devnull.encode())
    library.TessBaseAPISetPageSegMode(handle, _ONE_LINE)
    return handle


def read(line: Picture, dpi: int) -> str | None:
    """What a grey picture of one line prints; None where tesseract or its English is not installed."""
    library, handle = _library(), _reader()
    if library is None or handle is None:
        return None
    framed = np.pad(line, _MARGIN, mode="constant", constant_values=255)
    height, width = framed.shape
    library.TessBaseAPISetImage(handle, framed.tobytes(), width, height, 1, width)
    library.TessBaseAPISetSourceResolution(handle, dpi)
    text = library.TessBaseAPIGetUTF8Text(handle)
    if not text:
        return ""
    said = ctypes.string_at(text).decode("utf-8", "replace")
    library.TessDeleteText(text)
    return " ".join(said.split())
