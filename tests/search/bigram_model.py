"""A tiny embedding model for tests: a text's vector counts its pairs of characters."""

import zlib
from collections.abc import Iterator, Sequence

import numpy as np

from bot.search.dense.embedder import Matrix, Vector

DIMENSION = 256


class BigramModel:
    """Runs here, like a real one. `seen` is what it was given, in order."""

    def __init__(self, name: str = "bigrams") -> None:
        self.name = name
        self.seen: list[str] = []

    def vector(self, text: str) -> Vector:
        """The unit vector of a text."""
        self.seen.append(text)
        vector = np.zeros(DIMENSION, np.float32)
        for start in range(len(text)):
            vector[zlib.crc32(text[start : start + 2].encode()) % DIMENSION] += 1
        return (vector / np.linalg.norm(vector)).astype(np.float32)

    def embedded(self, requests: Sequence[Sequence[str]]) -> Iterator[Matrix]:
        """The unit vectors of the texts of each request."""
        for texts in requests:
            yield np.stack([self.vector(text) for text in texts])
