"""Inflating what is deflated, a little at a time, so that a small file cannot become a large memory."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_STEP = 2**18
# What marks the streams that every reader inflates as soon as it opens a file, and how near their dictionary is.
_AT_OPENING = re.compile(rb"/(?:ObjStm|XRef)\b")
_NEAR = 2_000
_BEGINS = re.compile(rb"stream\r?\n")
_DEFLATED = re.compile(rb"/(?:FlateDecode|Fl)\b")


@dataclass(frozen=True, slots=True)
class Inflated:
    """What a stream inflates to: how many bytes, the bytes if they were asked for, whether it is whole."""

    size: int
    data: bytes = b""
    whole: bool = True


def inflate(data: bytes | memoryview, times: int, most: int, *, keep: bool = False) -> Inflated:
    r"""A stream deflated `times` over, inflated until its end or until it is larger than `most`.

    What is no deflated data ends it: `whole` is false and the size is what there was until then.

    >>> inflate(zlib.compress(b"0" * 1000), 1, 100_000).size
    1000
    >>> inflate(zlib.compress(b"0" * 1000), 1, 10).size > 10
    True
    """
    layers = [zlib.decompressobj() for _ in range(times)]
    size, kept = 0, bytearray()
    try:
        for at in range(0, len(data), _STEP):
            for part in _through(layers, data[at : at + _STEP]):
                size += len(part)
                kept += part if keep else b""
                if size > most:
                    return Inflated(size, bytes(kept))
            if layers and layers[0].eof:
                break
    except zlib.error:
        return Inflated(size, bytes(kept), whole=False)
    return Inflated(size, bytes(kept), whole=all(layer.eof for layer in layers))


def _through(layers: Sequence["zlib._Decompress"], data: bytes | memoryview) -> Iterator[bytes | memoryview]:
    """A piece of data through every layer, in pieces."""
    if not layers:
        yield data
        return
    first, more = layers[0], True
    while more and not first.eof:
        out = first.decompress(data, _STEP)
        yield from _through(layers[1:], out)
        data = first.unconsumed_tail
        more = len(out) == _STEP or bool(data)


def largest_at_opening(data: bytes, most: int) -> int:
    """How large the streams become that any reader inflates to open a PDF; found without a reader."""
    largest = 0
    for mark in _AT_OPENING.finditer(data):
        begins = _BEGINS.search(data, mark.end(), mark.end() + _NEAR)
        if begins is not None:
            head = data[data.rfind(b"obj", max(0, mark.start() - _NEAR), mark.start()) : begins.start()]
            deflated = len(_DEFLATED.findall(head))
            largest = max(largest, inflate(memoryview(data)[begins.end() :], deflated, most).size if deflated else 0)
    return largest
