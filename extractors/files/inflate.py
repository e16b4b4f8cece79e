"""Undoing what streams are coded with, a little at a time, so that a small file cannot become a large memory."""

import re
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from extractors.files.layers import LAYERS, STEP, Damaged, Pieces, spelt

# What marks the streams that every reader inflates as soon as it opens a file, and how near their dictionary is.
_AT_OPENING = re.compile(rf"/(?:{spelt('ObjStm')}|{spelt('XRef')})\b".encode())
_NEAR = 2_000
_BEGINS = re.compile(rb"stream\r?\n")
_FILTER = re.compile(rf"/{spelt('Filter')}\s*(\[[^\]]*\]|/[^\s/<>\[\]()]+)".encode())
_NAME = re.compile(rb"/[^\s/<>\[\]()]+")
_NUMBERED = re.compile(rb"#([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Inflated:
    """What a stream inflates to: its bytes if they were asked for, and whether it is whole.

    `size` is how many bytes it becomes at its largest: what is coded several times over is larger in between, too.
    """

    size: int
    data: bytes = b""
    whole: bool = True


class _Larger(Exception):
    """A layer is larger than it may be."""


def inflate(
    data: bytes | memoryview, layers: Sequence[Callable[[Pieces], Pieces]], most: int, *, keep: bool = False
) -> Inflated:
    r"""A stream through each of its layers in turn, until its end or until one of them is larger than `most`.

    What is not what its coding says ends it: `whole` is false and the size is what there was until then.

    >>> inflate(zlib.compress(b"0" * 1000), [LAYERS["/FlateDecode"]], 100_000).size
    1000
    >>> inflate(zlib.compress(b"0" * 1000), [LAYERS["/FlateDecode"]], 10).size > 10
    True
    """
    sizes = [0] * (len(layers) + 1)
    flows = [_pieces(data)]
    for number, layer in enumerate(layers):
        flows.append(_counted(layer(flows[-1]), sizes, number, most))
    kept, whole = bytearray(), True
    try:
        for part in _counted(flows[-1], sizes, len(layers), most):
            kept += part if keep else b""
        # A layer may end before the one below it does; a reader goes through that one to its end all the same.
        for flow in reversed(flows[1:-1]):
            deque(flow, maxlen=0)
    except _Larger:
        pass
    except (Damaged, zlib.error):
        whole = False
    return Inflated(max(sizes), bytes(kept), whole)


def _pieces(data: bytes | memoryview) -> Pieces:
    for at in range(0, len(data), STEP):
        yield bytes(data[at : at + STEP])


def _counted(pieces: Pieces, sizes: list[int], number: int, most: int) -> Iterator[bytes]:
    """Pieces as they are; raises _Larger when they come to more than `most`, before they are handed on."""
    for piece in pieces:
        sizes[number] += len(piece)
        if sizes[number] > most:
            raise _Larger
        yield piece


def largest_at_opening(data: bytes, most: int) -> int:
    """How large the streams become that any reader inflates to open a PDF; found without a reader."""
    largest = 0
    for mark in _AT_OPENING.finditer(data):
        begins = _BEGINS.search(data, mark.end(), mark.end() + _NEAR)
        if begins is not None:
            head = data[data.rfind(b"obj", max(0, mark.start() - _NEAR), mark.start()) : begins.start()]
            layers = known_layers(_filters(head))
            largest = max(largest, inflate(memoryview(data)[begins.end() :], layers, most).size if layers else 0)
    return largest


def known_layers(filters: Sequence[str]) -> list[Callable[[Pieces], Pieces]]:
    """The layers by their names, as far as the first that is a picture's own coding or unknown."""
    known = []
    for name in filters:
        if name not in LAYERS:
            break
        known.append(LAYERS[name])
    return known


def _filters(head: bytes) -> list[str]:
    """The names of the filters in a stream's dictionary as it is written."""
    named = _FILTER.search(head)
    names = _NAME.findall(named[1]) if named else []
    return [_NUMBERED.sub(lambda each: bytes.fromhex(each[1].decode()), name).decode("latin-1") for name in names]
