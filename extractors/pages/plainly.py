"""Functions of pdfium that take and give plain numbers."""

import ctypes
from collections.abc import Iterable
from typing import Any

import numpy as np


def plainly(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of pdfium that takes addresses and numbers, and gives a number.

    It is asked of every character and every line, where the objects that otherwise wrap each number take two thirds
    of the time.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


def address_of(handle: Any) -> int:
    """The address that a handle of pdfium stands for; 0 if it stands for none.

    A cast of a handle would hold itself, so that only the collector of garbage could let it go.
    """
    return ctypes.addressof(handle.contents) if handle else 0


def written(ask: Any, rows: np.ndarray, addresses: int, *handed: Iterable[int | ctypes.c_void_p]) -> np.ndarray:
    """Have pdfium write a row of numbers for each of many things; whether it could.

    What is `handed` has a number for each row; behind it a function takes so many addresses of numbers of the row.
    """
    start, size, step = rows.ctypes.data, rows.itemsize, rows.shape[1] * rows.itemsize
    places = (range(start + size * at, start + size * at + step * len(rows), step) for at in range(addresses))
    said = np.fromiter(map(ask, *handed, *places), dtype=np.int64, count=len(rows))
    return np.asarray(said != 0)
