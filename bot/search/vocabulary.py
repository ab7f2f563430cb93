"""The terms of an index as arrays, so that a file can hold them and processes share its pages."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

Array = np.ndarray[tuple[int], np.dtype[np.uint8]]
Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]
Heads = np.ndarray[tuple[int], np.dtype[np.uint64]]

_HEAD = 8
"""Bytes of a term that are compared for the whole question at once. A bigram with its # has 7."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Distinct terms, numbered from 0 in the order of their UTF-8 bytes.

    Term `n` is `text[starts[n]:starts[n + 1]]`; `heads[n]` its first 8 bytes as a number, zeros behind.
    """

    text: Array
    starts: Numbers
    heads: Heads

    @classmethod
    def of(cls, terms: Iterable[str]) -> "Vocabulary":
        """The vocabulary of some terms, in any order; repeats count once."""
        encoded = sorted({_bytes(term) for term in terms})
        starts = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
        return cls(np.frombuffer(b"".join(encoded), np.uint8), starts, _heads(encoded))

    def __len__(self) -> int:
        return len(self.heads)

    def numbers(self, terms: Sequence[str]) -> Numbers:
        """The number of each term, -1 for one that is not in the vocabulary.

        >>> Vocabulary.of(["津贴", "高龄", "#高龄"]).numbers(["高龄", "房屋"]).tolist()
        [2, -1]
        """
        if len(self) == 0:
            return np.full(len(terms), -1, np.int64)
        encoded = [_bytes(term) for term in terms]
        lengths = np.fromiter(map(len, encoded), np.int64, len(encoded))
        heads = _heads(encoded)
        first, end = np.searchsorted(self.heads, heads), np.searchsorted(self.heads, heads, "right")
        places = np.minimum(first, len(self) - 1)
        same = (first < end) & (self.starts[places + 1] - self.starts[places] == lengths)
        numbers = np.where(same, places, -1)
        for i in np.flatnonzero(lengths > _HEAD).tolist():
            numbers[i] = self._among(encoded[i], int(first[i]), int(end[i]))
        return numbers

    def _among(self, term: bytes, first: int, end: int) -> int:
        """The number of a term that is longer than its head, which the terms first … end - 1 have too."""
        number = bisect_left(range(end), term, lo=first, key=self._at)
        return number if number < end and self._at(number) == term else -1

    def _at(self, number: int) -> bytes:
        return self.text[self.starts[number] : self.starts[number + 1]].tobytes()


def _bytes(term: str) -> bytes:
    """A command line may hand over bytes that are no UTF-8 as lone surrogates."""
    return term.encode("utf-8", "surrogatepass")


def _heads(encoded: Sequence[bytes]) -> Heads:
    return np.array(encoded, f"S{_HEAD}").view(">u8").astype(np.uint64)
