"""Text that a spreadsheet would run, made harmless in a way that can be undone; text that no file can hold, replaced.

CSV has no types: a spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return. A
no-break space before it makes it text: it prints as a space, no spreadsheet takes it away, and whoever compares texts
by their words finds the same words. Parquet and the workbook have types and keep the text as it is.
"""

import re

_MARK = "\u00a0"
_RUN = re.compile(r"\u00a0*[\t\r]|\s*[=+\-@]")
# What begins with a sign and is a number or an amount, or a lone dash, is nothing that could be run.
_NUMBER = re.compile(r"[+-]\s?£?\s?(?:\d[\d,]*(?:\.\d+)?|\.\d+)\s?(?:%|k|m|bn)?|-", re.IGNORECASE)
# No character of UTF-8, or none that XML can hold, or one that a terminal obeys.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def harmless(text: str) -> str:
    r"""A text as CSV holds it; `original` undoes it.

    >>> harmless("=1+1"), harmless("-5.3")
    ('\xa0=1+1', '-5.3')
    """
    return f"{_MARK}{text}" if _RUN.match(text) and not _NUMBER.fullmatch(text) else text


def original(text: str) -> str:
    """The text that `harmless` was given: without the first no-break space of those before such a character.

    >>> original(harmless("=1+1"))
    '=1+1'
    """
    return text[1:] if text.startswith(_MARK) and _RUN.match(text) else text


def harmless_path(path: str) -> str:
    """A file's path as CSV holds it: still the path of that file.

    >>> harmless_path("-a.pdf"), harmless_path("a.pdf")
    ('./-a.pdf', 'a.pdf')
    """
    return f"./{path}" if _RUN.match(path) else path


def possible(text: str) -> str:
    r"""A text with what no file can hold, or a terminal would obey, as U+FFFD.

    >>> possible("a\x1b[2J")
    'a\ufffd[2J'
    """
    return _IMPOSSIBLE.sub("\ufffd", text)
