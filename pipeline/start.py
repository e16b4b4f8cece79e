"""The command before its libraries are there: Ctrl-C while they are imported ends it without a word of Python's."""

import signal
from importlib import import_module


def main() -> None:
    """Import what the command needs, then be the command."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    command = import_module("pipeline.cli").main
    signal.signal(signal.SIGINT, before)
    command()
