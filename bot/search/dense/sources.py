"""Sources of nearness: a model on this machine, or stored vectors of a model elsewhere."""

import logging
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from bot.search.dense.embedder import Embed, Embedder, Vector
from bot.search.dense.embedding import QuestionEmbedder
from bot.search.dense.nearness import OF_MODEL, OF_OTHERS, Nearness, Scale
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


class LocalNearness:
    """Nearness by a model on this machine. Missing vectors are made.

    Args:
        folder: keeps the vectors.
        progress: shows how far they are made.
        beside: another model's nearness of the same texts, which counts beside its own.
    """

    def __init__(
        self,
        model: QuestionModel,
        folder: Path,
        progress: Progress,
        scale: Scale = OF_MODEL,
        beside: NearnessSource | None = None,
    ) -> None:
        self._model, self._progress, self._scale, self._beside = model, progress, scale, beside
        self._folder = VectorFolder(folder, model.name)
        self._vector_of = lru_cache(maxsize=_MOST_REMEMBERED)(model.vector)

    def takes_long(self, texts: Sequence[str]) -> bool:
        """Whether `of` would make many vectors."""
        takes_long = len(missing(self._folder.layers(), texts)) > MOST_EMBEDDED_AT_ONCE
        return takes_long or (self._beside is not None and self._beside.takes_long(texts))

    def of(self, texts: Sequence[str]) -> Nearness | None:
        """The nearness of some texts; None where there are none."""
        layers = bring_up_to_date(self._folder, self._model, texts, self._progress)
        if not layers:
            return None
        beside = self._beside.of(texts) if self._beside else None
        return Nearness(layers, self._vector_of, self._scale, texts, beside)


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
        return Nearness(layers, vector_of, OF_OTHERS, texts)
