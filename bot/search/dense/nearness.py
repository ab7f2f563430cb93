"""How near clauses are to a question: the cosines of their vectors with its own.

A clause is near as a whole, and by the sentence that is nearest. Both count beside what its words say: they
know that two ways to say a thing are alike (没钱看病, 医疗救助), and little of numbers, places and negations.
Where the model is tuned, its turned vectors tell what is near, its own ones what is far.
Two models err in different places, so the mean of both cosines is better than either.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeVar

import numpy as np

from bot.search.arrays import Floats, Numbers, Table
from bot.search.dense.embedder import Vector
from bot.search.dense.tuning import Tuning
from bot.search.dense.vectors import Keys, Sentences, Vectors, key_of
from bot.search.meaning.aspect import DENIES
from bot.search.query import Query

_MOST_REMEMBERED = 50_000
"""Texts whose keys are remembered: a hundred are looked up for each search."""


class Near(StrEnum):
    """The two cosines of a question with a clause, 0-1 for nearly all texts."""

    WHOLE = "near"
    """The clause."""
    SENTENCE = "near sentence"
    """The nearest of its sentences."""


class Weights(NamedTuple):
    """How much the cosines of a model count. `python -m benchmarks.ordering` measures it.

    `whole`, `sentence`: what each adds to the logarithm of a score where words say all of a question. Where
    they say nothing, twice as much. `where_denied`: how much of that counts where it is asked whether
    something is so, or what is excepted: to vectors, a rule and its exception are alike.
    """

    whole: float
    sentence: float
    where_denied: float


MODEL_WEIGHTS = Weights(whole=4.0, sentence=4.0, where_denied=0.5)
"""Of bge-small-zh, alone and with the table beside it; of other models unmeasured. Where it is denied with
all of it, the clause that says the opposite came first for 6 of 31 questions, with half for 4, by words alone
for 3."""

TABLE_WEIGHTS = Weights(whole=3.5, sentence=3.5, where_denied=0.5)
"""Of the table of word vectors; on laws that it has not learnt from no worse than 2.0. With 4.0 a
conversation bends more short questions about something else. Where it is denied, all of it does not bring the
opposite forward more than words alone (6 of 158), but the right one less often than half (110, 116)."""


class Compared(NamedTuple):
    """How near some texts are to a question.

    `cosines`: a row for each, in the order of Near. `told`: the higher one of each by a measured model alone,
    as it is without tuning, which knows better what is far; None: it is not known which cosine is low.
    """

    cosines: Table
    told: Sequence[float] | None


class Scale(NamedTuple):
    """How the cosines of a model are read.

    `weights`: how much they count. `is_measured`: whether it is known which of them is low. `tuning`: turns
    the vectors before they are compared; None: they count as they are.
    """

    weights: Weights
    is_measured: bool
    tuning: Tuning | None = None


OF_MODEL, OF_TABLE = Scale(MODEL_WEIGHTS, is_measured=True), Scale(TABLE_WEIGHTS, is_measured=False)
OF_OTHERS = Scale(MODEL_WEIGHTS, is_measured=False)
"""Of models that nothing is known of."""

Cosines = TypeVar("Cosines", Table, Floats)

SHARE_BESIDE = 0.5
"""How much the cosines of the table count beside those of the model, in their mean: as much."""

MOST_COMPARED = 20_000
"""Texts of which the nearest are looked for: more would take memory and time."""


def trust(query: Query, support: float, weights: Weights = MODEL_WEIGHTS) -> float:
    """The factor for cosines before they are weighed.

    Args:
        support: how much of the question the best entry says, 0-1.
    """
    is_denied = any(aspect in DENIES for aspect in query.aspects)
    return doubt(support) * (weights.where_denied if is_denied else 1)


def doubt(support: float) -> float:
    """How much more vectors count where words say little: 1-2.

    Args:
        support: how much of the question the best entry says, 0-1.
    """
    return 2 - support


class Nearness:
    """The cosines between questions and texts. Threads may share it.

    Args:
        layers: the vectors of texts; those of the first layer that has a text count.
        vector_of: the unit vector of a question. None: it did not come in time.
        scale: how the cosines are read; also their mean with those beside.
        texts: those among which the nearest are looked for.
        beside: another model, whose cosines count as SHARE_BESIDE of the mean.
    """

    def __init__(
        self,
        layers: Sequence[Vectors],
        vector_of: Callable[[str], Vector | None],
        scale: Scale = OF_MODEL,
        texts: Sequence[str] = (),
        beside: "Nearness | None" = None,
    ) -> None:
        self._layers, self._vector_of, self._texts = layers, vector_of, texts
        self._key_of = lru_cache(maxsize=_MOST_REMEMBERED)(key_of)
        self._beside = beside
        self.weights, self.is_measured, self._tuning = scale
        self._is_of_table = scale is OF_TABLE
        # Worked out now, so that processes forked later share them.
        self._factors = [_factors(layer, self._tuning) for layer in layers]

    def weight(self, cosines: Sequence[float]) -> float:
        """What the cosines of a text, in the order of Near and trusted, add to the logarithm of its score."""
        whole, sentence = cosines
        return self.weights.whole * whole + self.weights.sentence * sentence

    def compared(self, question: str, texts: Sequence[str]) -> Compared | None:
        """How near texts are. None: there are no vectors, so words alone decide.

        A text without vectors, which has come since they were made, is as near as the others on average.
        """
        vector = self._vector_of(question) if texts else None
        if vector is None:
            return None
        keys: Keys = np.array([self._key_of(text) for text in texts], np.uint64)
        own = self._cosines(keys, self._asked(vector), self._factors)
        if own is None:
            return None
        told = self._told(keys, vector, own) if self.is_measured else None
        others = self._beside.compared(question, texts) if self._beside else None
        return Compared(_mean(own, others.cosines if others else None), told)

    def of_sentences(self, question: str, text: str) -> Sequence[float]:
        """What the cosine with each sentence of a text adds to a logarithm, untrusted; empty: no vectors."""
        cosines = self._each(question, text)
        return [] if cosines is None else (self.weights.sentence * cosines).tolist()

    def _each(self, question: str, text: str) -> Floats | None:
        """The cosine with each sentence of a text."""
        vector = self._vector_of(question)
        if vector is None:
            return None
        key = np.array([self._key_of(text)], np.uint64)
        for layer, factors in zip(self._layers, self._factors, strict=True):
            if (place := int(layer.places(key)[0])) >= 0:
                start, end = int(layer.starts[place]), int(layer.starts[place + 1])
                rows = slice(start + (end - start > 1), end)  # the whole is none of its sentences
                own: Floats = (layer.rows[rows].astype(np.float32) @ self._asked(vector)).astype(np.float64)
                own *= factors[rows]
                return _mean(own, self._beside._each(question, text) if self._beside else None)
        return None

    def _told(self, keys: Keys, vector: Vector, own: Table) -> Sequence[float]:
        """The higher cosine of each text by the model without its tuning."""
        untuned = None
        if self._tuning is not None:
            untuned = self._cosines(keys, vector, [layer.scales for layer in self._layers])
        told: list[float] = (own if untuned is None else untuned).max(axis=1).tolist()
        return told

    def _asked(self, vector: Vector) -> Vector:
        return vector if self._tuning is None else self._tuning.asked(vector)

    def _cosines(self, keys: Keys, vector: Vector, factors: Sequence[Vector]) -> Table | None:
        """The cosines by the own vectors alone; None where no text has any."""
        cosines: Table = np.full((len(keys), len(Near)), np.nan)
        for layer, factor in zip(reversed(self._layers), reversed(factors), strict=True):
            places = layer.places(keys)
            held = np.flatnonzero(places >= 0)
            if len(held):
                cosines[held] = _cosines(layer, places[held], vector, factor)
        known = ~np.isnan(cosines[:, 0])
        if not known.any():
            return None
        cosines[~known] = cosines[known].mean(axis=0)
        return cosines

    def sentences(self, texts: Sequence[str]) -> Sentences:
        """The sentences of some texts, of those that have vectors, by the own vectors."""
        keys: Keys = np.array([self._key_of(text) for text in texts], np.uint64)
        return Sentences.of(keys, self._layers, self._factors)

    def vector(self, question: str) -> Vector | None:
        """The vector of a question as it is compared; None: it did not come in time."""
        vector = self._vector_of(question)
        return None if vector is None else self._asked(vector)

    def nearest(self, question: str, most: int) -> list[int]:
        """The numbers of the texts that are nearest as a whole, nearest first; none in a large library."""
        cosines = self._with_all(question) if 0 < len(self._texts) <= MOST_COMPARED else None
        if cosines is None:
            return []
        best = np.argpartition(-cosines, most)[:most] if most < len(cosines) else np.arange(len(cosines))
        nearest: list[int] = best[np.argsort(-cosines[best], kind="stable")].tolist()
        return [number for number in nearest if cosines[number] > 0]

    def highest(self, question: str) -> float | None:
        """The cosine of the nearest text as a whole, by the table of word vectors.

        None: there is no such table here, or the library is large.
        """
        table = self._beside or self
        if not table._is_of_table or not 0 < len(table._texts) <= MOST_COMPARED:
            return None
        cosines = table._with_all(question)
        return None if cosines is None else float(cosines.max())

    def _with_all(self, question: str) -> Floats | None:
        """The cosine of a question with each text as a whole."""
        vector = self._vector_of(question)
        if vector is None:
            return None
        own: Floats = (self.wholes @ self._asked(vector)).astype(np.float64)
        return _mean(own, self._beside._with_all(question) if self._beside else None)

    @cached_property
    def wholes(self) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        """The vector of each text as a whole times its factor, 0 where there is none."""
        keys: Keys = np.array([key_of(text) for text in self._texts], np.uint64)
        wholes = np.zeros((len(keys), self._layers[0].rows.shape[1]), np.float32)
        for layer, factors in zip(reversed(self._layers), reversed(self._factors), strict=True):
            places = layer.places(keys)
            held = np.flatnonzero(places >= 0)
            firsts = layer.starts[places[held]]
            wholes[held] = layer.rows[firsts] * factors[firsts, np.newaxis]
        return wholes


def _mean(own: Cosines, beside: Cosines | None) -> Cosines:
    """The mean of a model's cosines and of those of the one beside it, if that has any."""
    return own if beside is None else (1 - SHARE_BESIDE) * own + SHARE_BESIDE * beside


def _factors(layer: Vectors, tuning: Tuning | None) -> Vector:
    """What the product of each row with a question's vector is multiplied by to be their cosine."""
    if tuning is None or not len(layer):
        return layer.scales
    factors: Vector = layer.scales / tuning.lengths(layer.rows, layer.scales)
    return factors


def _cosines(layer: Vectors, places: Numbers, vector: Vector, factors: Vector) -> Table:
    """The cosines of the texts at some places of a layer, one row for each text."""
    sizes = layer.starts[places + 1] - layer.starts[places]
    offsets = sizes.cumsum() - sizes
    rows = np.repeat(layer.starts[places] - offsets, sizes) + np.arange(sizes.sum())
    each = (layer.rows[rows].astype(np.float32) @ vector * factors[rows]).astype(np.float64)
    whole = each[offsets]
    each[offsets[sizes > 1]] = -1.0  # the whole is none of its sentences
    return np.stack([whole, np.maximum.reduceat(each, offsets)], axis=1)
