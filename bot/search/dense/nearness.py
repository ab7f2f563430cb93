"""How near clauses are to a question: the cosines of their vectors with its own.

A clause is near as a whole, and by the sentence that is nearest. Both count beside what its words say: they
know that two ways to say a thing are alike (没钱看病, 医疗救助), and little of numbers, places and negations.
"""

import math
from collections.abc import Callable, Sequence
from enum import StrEnum
from operator import mul

import numpy as np

from bot.search.arrays import Numbers, Table
from bot.search.dense.embedder import Vector
from bot.search.dense.vectors import Keys, Vectors, key_of
from bot.search.meaning.aspect import DENIES
from bot.search.query import Query


class Near(StrEnum):
    """What is near to a question. Cosines, 0-1 for nearly all texts."""

    WHOLE = "near"
    """The clause."""
    SENTENCE = "near sentence"
    """The nearest of its sentences."""


NEAR_WEIGHTS = {Near.WHOLE: 4.0, Near.SENTENCE: 4.0}
"""How much each cosine adds to the logarithm of a score where words say all of a question. Where they say
nothing, twice as much. `python -m benchmarks.ordering` measures it."""

WHERE_DENIED = 0.5
"""How much of that counts where it is asked whether something is so, or what is excepted: to vectors, a rule
and its exception are alike. With all of it, the clause that says the opposite came first for 6 of 31
questions, with half for 4, by words alone for 3."""


def trust(query: Query, support: float) -> float:
    """What cosines are multiplied by before they are weighed.

    Args:
        support: how much of the question the best entry says, 0-1.
    """
    return (2 - support) * (WHERE_DENIED if any(aspect in DENIES for aspect, _ in query.aspects) else 1)


def near_weight(cosines: Sequence[float]) -> float:
    """What nearness adds to the logarithm of the score of an entry: cosines in the order of Near, trusted."""
    return math.fsum(map(mul, NEAR_WEIGHTS.values(), cosines))


class Nearness:
    """The cosines of questions and texts. Threads may share it.

    Args:
        layers: the vectors of texts; those of the first layer that has a text count.
        vector_of: the unit vector of a question. None: it did not come in time.
        is_measured: whether it is known which cosine is low: each model has a scale of its own.
    """

    def __init__(
        self, layers: Sequence[Vectors], vector_of: Callable[[str], Vector | None], *, is_measured: bool
    ) -> None:
        self._layers, self.is_measured = layers, is_measured
        self._vector_of = vector_of

    def cosines(self, question: str, texts: Sequence[str]) -> Table | None:
        """A row for each text, in the order of Near. None: no vectors are at hand, so words decide alone.

        A text without vectors, which has come since they were made, is as near as the others on average.
        """
        vector = self._vector_of(question) if texts else None
        if vector is None:
            return None
        keys: Keys = np.array([key_of(text) for text in texts], np.uint64)
        cosines: Table = np.full((len(texts), len(Near)), np.nan)
        for layer in reversed(self._layers):
            places = layer.places(keys)
            held = np.flatnonzero(places >= 0)
            if len(held):
                cosines[held] = _cosines(layer, places[held], vector)
        known = ~np.isnan(cosines[:, 0])
        if not known.any():
            return None
        cosines[~known] = cosines[known].mean(axis=0)
        return cosines


def _cosines(layer: Vectors, places: Numbers, vector: Vector) -> Table:
    """The cosines of the texts at some places of a layer, a row for each."""
    sizes = layer.starts[places + 1] - layer.starts[places]
    offsets = sizes.cumsum() - sizes
    rows = np.repeat(layer.starts[places] - offsets, sizes) + np.arange(sizes.sum())
    each = (layer.rows[rows].astype(np.float32) @ vector * layer.scales[rows]).astype(np.float64)
    whole = each[offsets]
    each[offsets[sizes > 1]] = -1.0  # the whole is none of its sentences
    return np.stack([whole, np.maximum.reduceat(each, offsets)], axis=1)
