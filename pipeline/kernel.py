"""What the operating system gives and Python does not: folders that change places, and an end with the parent's."""

import ctypes
import os
import signal
import sys
from pathlib import Path

_AT_THE_WORKING_FOLDER = -100
_EXCHANGE = 2
_END_WITH_PARENT = 1


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places at once, so that neither name is ever without a folder.

    False where the system or the file system has no such thing; then nothing has changed.
    """
    if not sys.platform.startswith("linux"):
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    here = ctypes.c_int(_AT_THE_WORKING_FOLDER)
    return bool(call(here, os.fsencode(one), here, os.fsencode(other), ctypes.c_uint(_EXCHANGE)) == 0)


def end_with_parent() -> None:
    """Let this process be ended when its parent is, however the parent ends. Only Linux can; others outlive it."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
