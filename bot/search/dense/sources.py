"""Sources of nearness: a model on this machine, or stored vectors of a model elsewhere."""

import logging
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

from bot.search.dense.embedder import Embed, Embedder, Vector
from bot.search.dense.embedding import QuestionEmbedder
from bot.search.dense.nearness import MODEL_WEIGHTS, TABLE_WEIGHTS, Nearness, Weights
from bot.search.dense.opening import VectorFolder, bring_up_to_date, missing
from bot.search.progress import Progress

MOST_EMBEDDED_AT_ONCE = 64
"""Clauses whose vectors a process makes while it answers: a few seconds' work."""

_MOST_REMEMBERED = 256
"""Questions whose vectors are remembered: a question is searched more than once."""

_log = logging.getLogger(__name__)


class NearnessSource(Protocol):
    """Gives the nearness of the clauses of one edition after another."""

    def takes_long(self, texts: Sequence[str]) -> bool:
        """Whether `of` would make many vectors."""

    def of(self, texts: Sequence[str]) -> Nearness | None:
        """The nearness of some texts; None: there are no vectors of them."""


class QuestionModel(Embedder, Protocol):
    """A model that is quick enough for questions."""

    def vector(self, text: str) -> Vector:
        """The unit vector of a text."""


class Scale(NamedTuple):
    """How the cosines of a model are read.

    `weights`: how much they count. `is_measured`: whether it is known which of them is low.
    """

    weights: Weights
    is_measured: bool


OF_MODEL, OF_TABLE = Scale(MODEL_WEIGHTS, is_measured=True), Scale(TABLE_WEIGHTS, is_measured=False)


class LocalNearness:
    """Nearness by a model on this machine. Missing vectors are made.

    Args:
        folder: keeps the vectors.
        progress: shows how far they are made.
    """

    def __init__(
        self, model: QuestionModel, folder: Path, progress: Progress, scale: Scale = OF_MODEL
    ) -> None:
        self._model, self._progress, self._scale = model, progress, scale
        self._folder = VectorFolder(folder, model.name)
        self._vector_of = lru_cache(maxsize=_MOST_REMEMBERED)(model.vector)

    def takes_long(self, texts: Sequence[str]) -> bool:
        """Whether `of` would make many vectors."""
        return len(missing(self._folder.layers(), texts)) > MOST_EMBEDDED_AT_ONCE

    def of(self, texts: Sequence[str]) -> Nearness | None:
        """The nearness of some texts; None where there are none."""
        layers = bring_up_to_date(self._folder, self._model, texts, self._progress)
        if not layers:
            return None
        weights, is_measured = self._scale
        return Nearness(layers, self._vector_of, weights, is_measured=is_measured, texts=texts)


class RemoteNearness:
    """Nearness by a model elsewhere. `python -m bot embed` has stored the clauses' vectors.

    Args:
        embed: asks the model for the vectors of questions.
        seconds: a stopwatch.
    """

    def __init__(self, folder: VectorFolder, embed: Embed, seconds: Callable[[], float]) -> None:
        self._folder, self._embed, self._seconds = folder, embed, seconds

    def takes_long(self, texts: Sequence[str]) -> bool:  # noqa: ARG002  # of the port
        """False: `of` makes no vectors."""
        return False

    def of(self, texts: Sequence[str]) -> Nearness | None:
        """The nearness of some texts; None while no vectors are stored."""
        layers = self._folder.layers()
        if new := len(missing(layers, texts)):
            _log.warning("vectors=missing clauses=%d of=%d run='python -m bot embed'", new, len(texts))
        if not layers:
            return None
        embedder = QuestionEmbedder(self._embed, layers[0].rows.shape[1], self._seconds)
        vector_of = lru_cache(maxsize=_MOST_REMEMBERED)(embedder.vector)
        return Nearness(layers, vector_of, is_measured=False, texts=texts)
