"""How many entries hold each term: counted by the front end that publishes, kept in the cluster."""

import base64
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from bot.search.arrays import Numbers
from bot.search.bm25 import LengthNorm
from bot.search.engine.embedded.postings import Postings
from bot.search.engine.embedded.vocabulary import Vocabulary

PART = 2_000_000
"""Bytes of a document of the cluster: what a million clauses count fills several."""


@dataclass(frozen=True, slots=True)
class BaseStatistics:
    """The statistics of a base's entries.

    Args:
        counts: how many entries hold each term of the vocabulary.
        texts: how many entries have a term at all.
        length: the sum of their lengths.
    """

    vocabulary: Vocabulary
    counts: Numbers
    entries: int
    texts: int
    length: int

    @classmethod
    def of(cls, postings: Postings) -> "BaseStatistics":
        """The statistics of postings."""
        lengths = postings.lengths
        total, texts = int(lengths.sum(dtype=np.int64)), int((lengths > 0).sum())
        return cls(postings.vocabulary, np.diff(postings.starts), len(lengths), texts, total)

    @property
    def length_norm(self) -> LengthNorm:
        """The length norm as the cluster knows it: among entries that have a term."""
        return LengthNorm.of(self.length / self.texts if self.length else 1.0)

    def holding(self, terms: Sequence[str]) -> list[int]:
        """How many entries hold each term."""
        numbers = self.vocabulary.numbers(terms)
        if not len(self.vocabulary):
            return [0] * len(terms)
        return [int(count) for count in np.where(numbers >= 0, self.counts[numbers], 0)]

    def parts(self) -> Iterator[str]:
        """The vocabulary and its counts as text, in parts."""
        text = "\n".join(self.vocabulary.terms()).encode()
        packed = zlib.compress(self.counts.astype("<u4").tobytes() + text)
        for start in range(0, len(packed), PART):
            yield base64.b64encode(packed[start : start + PART]).decode()

    @classmethod
    def read(cls, parts: Sequence[str], sizes: Mapping[str, int]) -> "BaseStatistics":
        """The statistics in some parts. `sizes`: the other counts, and the number of terms."""
        unpacked = zlib.decompress(b"".join(map(base64.b64decode, parts)))
        at = 4 * sizes["terms"]
        counts = np.frombuffer(unpacked[:at], "<u4").astype(np.int64)
        vocabulary = Vocabulary.of(unpacked[at:].decode().split("\n") if at else ())
        return cls(vocabulary, counts, sizes["entries"], sizes["texts"], sizes["length"])

    @property
    def sizes(self) -> dict[str, int]:
        """The values that `read` needs beside the parts."""
        return {
            "terms": len(self.vocabulary),
            "entries": self.entries,
            "texts": self.texts,
            "length": self.length,
        }


@dataclass(frozen=True, slots=True)
class Statistics:
    """The statistics of an edition's entries: those of its base, and the changes since.

    `changes`: how many more entries hold a term, or fewer.
    """

    base: BaseStatistics
    entries: int
    length: int
    changes: Mapping[str, int] = field(default_factory=dict)

    @property
    def length_norm(self) -> LengthNorm:
        """The length norm among all entries."""
        return LengthNorm.of(self.length / self.entries if self.length else 1.0)

    def holding(self, terms: Sequence[str]) -> list[int]:
        """How many entries hold each term."""
        changed = self.changes.get
        return [count + changed(term, 0) for term, count in zip(terms, self.base.holding(terms), strict=True)]

    def frequencies(self) -> dict[str, int]:
        """How many entries hold each term; only terms that an entry holds."""
        counted = zip(self.base.vocabulary.terms(), self.base.counts.tolist(), strict=True)
        frequencies = dict(counted)
        for term, more in self.changes.items():
            frequencies[term] = frequencies.get(term, 0) + more
        return {term: count for term, count in chain(frequencies.items()) if count}
