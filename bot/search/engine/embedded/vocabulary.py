"""The terms of an index as arrays, so that a file can hold them and processes share its pages."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from bot.search.arrays import Marks, Numbers

Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]
Heads = np.ndarray[tuple[int], np.dtype[np.uint64]]

_HEAD = 8
"""Bytes of a term that are compared for the whole question at once. A bigram with its # has 7."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Distinct terms, numbered from 0 in the order of their UTF-8 bytes. They are folded: no lone surrogates.

    Term `n` is `text[starts[n]:starts[n + 1]]`; `heads[n]` its first 8 bytes as a number, zeros behind.
    """

    text: Bytes
    starts: Numbers
    heads: Heads

    @classmethod
    def of(cls, terms: Iterable[str]) -> "Vocabulary":
        """The vocabulary of some terms, in any order; repeats count once."""
        encoded = sorted(map(str.encode, set(terms)))
        starts = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
        return cls(np.frombuffer(b"".join(encoded), np.uint8), starts, _heads(encoded))

    def __len__(self) -> int:
        return len(self.heads)

    def terms(self) -> list[str]:
        """Every term, in the order of its number."""
        starts = self.starts.tolist()
        return [self.text[start:end].tobytes().decode() for start, end in pairwise(starts)]

    def numbers(self, terms: Sequence[str]) -> Numbers:
        """The number of each term, -1 for one that is not in the vocabulary.

        >>> Vocabulary.of(["津贴", "高龄", "#高龄"]).numbers(["高龄", "房屋"]).tolist()
        [2, -1]
        """
        if len(self) == 0:
            return np.full(len(terms), -1, np.int64)
        encoded = [term.encode() for term in terms]
        lengths = np.fromiter(map(len, encoded), np.int64, len(encoded))
        heads = _heads(encoded)
        first, end = np.searchsorted(self.heads, heads), np.searchsorted(self.heads, heads, "right")
        places = np.minimum(first, len(self) - 1)
        same = (first < end) & (self.starts[places + 1] - self.starts[places] == lengths)
        numbers = np.where(same, places, -1)
        for i in np.flatnonzero(lengths > _HEAD).tolist():
            numbers[i] = self._among(encoded[i], int(first[i]), int(end[i]))
        return numbers

    def changed(self, kept: Marks, new: Iterable[str]) -> "ChangedVocabulary":
        """This vocabulary without some of its terms and with others: what `of` would make of them.

        Args:
            kept: for each term, whether it stays.
            new: terms that are not in this vocabulary.
        """
        encoded = sorted(map(str.encode, new))
        heads, lengths = _heads(encoded), np.fromiter(map(len, encoded), np.int64, len(encoded))
        alike = zip(
            *(np.searchsorted(self.heads, heads, side).tolist() for side in ("left", "right")), strict=True
        )
        places = np.array(
            [self._place(term, *span) for term, span in zip(encoded, alike, strict=True)], np.int64
        )
        before = np.append(0, np.cumsum(kept))
        sizes = np.diff(self.starts)
        kept_starts = np.append(0, np.cumsum(sizes[kept]))
        targets = before[places]
        changed = Vocabulary(
            np.insert(
                self.text[np.repeat(kept, sizes)],
                np.repeat(kept_starts[targets], lengths),
                np.frombuffer(b"".join(encoded), np.uint8),
            ),
            np.append(0, np.cumsum(np.insert(sizes[kept], targets, lengths))),
            np.insert(self.heads[kept], targets, heads),
        )
        moved = before[:-1] + np.searchsorted(places, np.arange(len(self)), "right")
        return ChangedVocabulary(changed, np.where(kept, moved, -1))

    def _place(self, term: bytes, first: int, end: int) -> int:
        """The place of a term among the terms first … end - 1 with the same head, or where it would go."""
        return bisect_left(range(end), term, lo=first, key=self._at)

    def _among(self, term: bytes, first: int, end: int) -> int:
        """The number of a term that is longer than its head, which the terms first … end - 1 have too."""
        number = self._place(term, first, end)
        return number if number < end and self._at(number) == term else -1

    def _at(self, number: int) -> bytes:
        return self.text[self.starts[number] : self.starts[number + 1]].tobytes()


class ChangedVocabulary(NamedTuple):
    """A vocabulary made from another one, and the new number of each old term; -1: the term is gone."""

    vocabulary: Vocabulary
    numbers: Numbers


def _heads(encoded: Sequence[bytes]) -> Heads:
    return np.array(encoded, f"S{_HEAD}").view(">u8").astype(np.uint64)
