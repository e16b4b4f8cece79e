"""A paper's file, opened safely: a regular file inside the folder, read once, within the limit of its size."""

import errno
import hashlib
import os
import stat
from dataclasses import replace
from pathlib import Path

from extractors.files.limits import Limits, OverLimit, hold
from extractors.files.magic import media_type_of
from extractors.files.unreadable import Unreadable
from schemas.records import Paper

_KINDS = {stat.S_IFDIR: "folder", stat.S_IFIFO: "pipe", stat.S_IFSOCK: "socket"}
# A pipe must not make us wait, nor a link lead elsewhere between the look and the opening.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def opened(paper: Paper, path: Path, root: Path, limits: Limits) -> tuple[Paper, bytes]:
    """A paper with its hash, size and media type, and its bytes; one that cannot be opened says so in its status.

    `root` is the folder that a link must not lead out of.
    """
    data = b""
    try:
        data = _read(path, root, limits)
        media_type = media_type_of(data, named_pdf=path.suffix.lower() == ".pdf")
    except Unreadable as fault:
        status = "quarantined" if isinstance(fault, OverLimit) else "unreadable"
        paper = replace(paper, status=status, reason=str(fault))
        media_type = paper.media_type
    return replace(paper, sha256=hashlib.sha256(data).hexdigest(), size=len(data), media_type=media_type), data


def _read(path: Path, root: Path, limits: Limits) -> bytes:
    try:
        real = Path(os.path.realpath(path, strict=True))
        if not real.is_relative_to(os.path.realpath(root)):
            raise Unreadable("The file is a link that leads out of the folder; it was not followed.")
        _hold_regular(os.stat(real).st_mode)
        with open(os.open(real, _FLAGS), "rb") as handle:
            found = os.fstat(handle.fileno())
            _hold_regular(found.st_mode)
            hold(limits, "file_bytes", found.st_size, f"The file has {found.st_size:,} bytes")
            data = handle.read(limits.file_bytes + 1)
    except OSError as fault:
        loop = "it is a link to itself" if fault.errno == errno.ELOOP else fault.strerror
        raise Unreadable(f"The file cannot be opened: {loop}.") from fault
    hold(limits, "file_bytes", len(data), "The file grew while it was read")
    return data


def _hold_regular(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise Unreadable(f"This is no regular file but a {_KINDS.get(stat.S_IFMT(mode), 'device')}; it was not opened.")
