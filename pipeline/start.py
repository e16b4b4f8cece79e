"""The command before its libraries are there, and after: Ctrl-C while they are imported ends it without a word."""

import os
import signal
import sys
from contextlib import suppress
from importlib import import_module


def main() -> None:
    """Import what the command needs, be the command, and end at once: taking the libraries apart takes a second."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    command = import_module("pipeline.cli").main
    signal.signal(signal.SIGINT, before)
    try:
        command()
    except SystemExit as ended:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):
                stream.flush()
        os._exit(ended.code if isinstance(ended.code, int) else int(ended.code is not None))
