"""Makes vectors of texts, by a model on this machine or over the network."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

import numpy as np

from bot.errors import EndpointError

Vector = np.ndarray[tuple[int], np.dtype[np.float32]]

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float32]]
"""A vector in each row."""

Embed = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""The vector of each text."""

TEXTS_PER_REQUEST = 32
"""As many as small servers take."""


class Embedder(Protocol):
    """Makes vectors of texts, all of one dimension."""

    @property
    def name(self) -> str:
        """Tells its vectors from those of every other model."""

    def embedded(self, requests: Sequence[Sequence[str]]) -> Iterator[Matrix]:
        """The unit vectors of the texts of each request, in rows.

        Raises:
            EndpointError: the model gives none. Those before have been handed out.
        """


class RemoteEmbedder:
    """A model behind an endpoint. It is asked one request after another."""

    def __init__(self, name: str, embed: Embed) -> None:
        self.name = name
        self._embed = embed

    def embedded(self, requests: Sequence[Sequence[str]]) -> Iterator[Matrix]:
        """The unit vectors of the texts of each request, in rows.

        Raises:
            EndpointError: the endpoint failed, or gave something else than vectors of one dimension.
        """
        dimension = 0
        for texts in requests:
            vectors = self._embed(texts)
            dimension = dimension or len(vectors[0])
            yield np.stack([unit(vector, dimension) for vector in vectors])


def unit(vector: Sequence[float], dimension: int) -> Vector:
    """The vector of length 1 in the same direction; a vector of zeros stays as it is.

    Raises:
        EndpointError: the vector has another dimension, or holds something that is not a number.
    """
    array = np.array(vector, np.float64)
    length = float(np.linalg.norm(array))
    if len(array) != dimension:
        raise EndpointError("dimension")
    if not np.isfinite(length):
        raise EndpointError("malformed")
    return (array / (length or 1.0)).astype(np.float32)
