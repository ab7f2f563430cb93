"""Gzip of texts that have a long middle in common: the middle is compressed once.

A gzip member holds blocks of deflate, which may be compressed or stored as they are (RFC 1951, 1952). The
middle ends on a byte and refers to nothing before it, so that it fits between any two stored edges.
"""

import struct
import zlib

_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # deflate, no name, no time, unknown system
_RAW = -zlib.MAX_WBITS
_LONGEST_STORED = 0xFFFF


def compressed_middle(middle: bytes) -> bytes:
    """A middle for `spliced`."""
    compressor = zlib.compressobj(6, wbits=_RAW)
    return compressor.compress(middle) + compressor.flush(zlib.Z_FULL_FLUSH)


def spliced(whole: bytes, before: bytes, middle: bytes, behind: bytes) -> bytes:
    """A whole text as gzip.

    Args:
        whole: the text: what stands before its middle, the middle, and what stands behind it.
        before: at most 65,535 bytes, as must be what stands behind.
        middle: as `compressed_middle` has made it.

    >>> import gzip
    >>> middle = compressed_middle(b"the same for all")
    >>> gzip.decompress(spliced(b"1: the same for all!", b"1: ", middle, b"!"))
    b'1: the same for all!'
    """
    trailer = struct.pack("<II", zlib.crc32(whole), len(whole) & 0xFFFFFFFF)
    return b"".join((_HEADER, _stored(before), middle, _stored(behind, is_last=True), trailer))


def _stored(text: bytes, *, is_last: bool = False) -> bytes:
    """A stored block."""
    return struct.pack("<BHH", is_last, len(text), len(text) ^ _LONGEST_STORED) + text
