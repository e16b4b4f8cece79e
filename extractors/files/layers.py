"""What streams of a PDF are coded with, undone a piece at a time: deflated, LZW, runs, base 85, hexadecimal."""

import zlib
from base64 import a85decode
from collections.abc import Callable, Iterator
from functools import partial

Pieces = Iterator[bytes]
# How many bytes are handed on at a time, more or less.
STEP = 2**18
_BLANK = b" \t\r\n\f\0"
_CLEAR, _END, _FIRST, _MOST_CODES = 256, 257, 258, 4096


class Damaged(ValueError):
    """The data are not what their coding says, or break off."""


def inflated(pieces: Pieces) -> Pieces:
    """Deflated data inflated, until they end; what is behind is left."""
    made = zlib.decompressobj()
    for piece in pieces:
        data, more = piece, True
        while more and not made.eof:
            out = made.decompress(data, STEP)
            yield out
            data = made.unconsumed_tail
            more = len(out) == STEP or bool(data)
        if made.eof:
            return
    raise Damaged("it breaks off")


def base85(pieces: Pieces) -> Pieces:
    """Base 85 (PDF 32000-1, 7.4.3), as far as `~>`; a `z` is four zeros."""
    rest = b""
    for piece in _until(pieces, b"~"):
        rest += piece.translate(None, _BLANK)
        after = rest.rfind(b"z") + 1
        whole = len(rest) - (len(rest) - after) % 5
        yield _from85(rest[:whole])
        rest = rest[whole:]
    yield _from85(rest)


def _from85(data: bytes) -> bytes:
    try:
        return a85decode(data)
    except ValueError as fault:
        raise Damaged(str(fault)) from fault


def hexadecimal(pieces: Pieces) -> Pieces:
    """Pairs of hexadecimal digits, as far as `>`; an odd last one stands for itself and a zero."""
    rest = b""
    for piece in _until(pieces, b">"):
        rest += piece.translate(None, _BLANK)
        whole = len(rest) // 2 * 2
        yield _from_hex(rest[:whole])
        rest = rest[whole:]
    yield _from_hex(rest + b"0" * (len(rest) % 2))


def _from_hex(data: bytes) -> bytes:
    try:
        return bytes.fromhex(data.decode("ascii"))
    except ValueError as fault:
        raise Damaged(str(fault)) from fault


def _until(pieces: Pieces, end: bytes) -> Pieces:
    """The pieces as far as a mark that ends them."""
    for piece in pieces:
        before, mark, _ = piece.partition(end)
        yield before
        if mark:
            return


def runs(pieces: Pieces) -> Pieces:
    """Runs: a length and so many bytes, or a length beyond 128 and the byte that is repeated; 128 ends them."""
    rest, out = b"", bytearray()
    for piece in pieces:
        rest, at = rest + piece, 0
        while at + 1 < len(rest) and rest[at] != 128:
            length = rest[at]
            behind = at + 2 if length > 128 else at + length + 2
            if behind > len(rest):
                break
            out += rest[at + 1 : at + 2] * (257 - length) if length > 128 else rest[at + 1 : behind]
            at = behind
            if len(out) >= STEP:
                yield bytes(out)
                out.clear()
        rest = rest[at:]
        if rest[:1] == b"\x80":
            break
    yield bytes(out)


def lzw(pieces: Pieces, early: int = 1) -> Pieces:
    """LZW (PDF 32000-1, 7.4.4). `early` is 1 where codes grow one code early, as they do unless a stream says 0."""
    words = _words()
    before, out = b"", bytearray()
    for code in _codes(pieces, early):
        if code == _CLEAR:
            words, before = _words(), b""
            continue
        if code >= len(words) + bool(before):
            raise Damaged("a code has no meaning")
        word = words[code] if code < len(words) else before + before[:1]
        if before and len(words) < _MOST_CODES:
            words.append(before + word[:1])
        before = word
        out += word
        if len(out) >= STEP:
            yield bytes(out)
            out.clear()
    yield bytes(out)


def _words() -> list[bytes]:
    return [bytes((number,)) for number in range(256)] + [b"", b""]


def _codes(pieces: Pieces, early: int) -> Iterator[int]:
    """The codes, whose width in bits grows with the number of words since the last code that clears them."""
    held = bits = 0
    known, width = _FIRST - 1, 9
    for byte in (byte for piece in pieces for byte in piece):
        held, bits = held << 8 | byte, bits + 8
        if bits < width:
            continue
        bits -= width
        code, held = held >> bits, held & (1 << bits) - 1
        if code == _END:
            return
        yield code
        known = _FIRST - 1 if code == _CLEAR else min(known + 1, _MOST_CODES)
        width = min(12, max(9, (known + early).bit_length()))


def spelt(name: str) -> str:
    """A pattern for a name of a PDF, any letter of which may be written as its number.

    >>> spelt("F")
    '(?:F|#(?i:46))'
    """
    return "".join(f"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in name)


LAYERS: dict[str, Callable[[Pieces], Pieces]] = {
    "/FlateDecode": inflated,
    "/Fl": inflated,
    "/LZWDecode": lzw,
    "/LZW": lzw,
    "/ASCII85Decode": base85,
    "/A85": base85,
    "/ASCIIHexDecode": hexadecimal,
    "/AHx": hexadecimal,
    "/RunLengthDecode": runs,
    "/RL": runs,
}
LATE_LZW = partial(lzw, early=0)
