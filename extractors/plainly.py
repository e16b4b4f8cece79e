"""Functions of pdfium that take and give plain numbers."""

import ctypes
from typing import Any


def plainly(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of pdfium that takes addresses and numbers, and gives a number.

    It is asked of every character and every line, where the objects that otherwise wrap each number take two thirds
    of the time.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


def address_of(handle: Any) -> int:
    """The address that a handle of pdfium stands for; 0 if it stands for none."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
