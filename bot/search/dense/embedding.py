"""Vectors of questions that arrive in time."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bot.errors import EndpointError
from bot.search.dense.embedder import Embed, Vector, unit

BUDGET_SECONDS = 0.05
"""Seconds that a resident waits for the vector of a question."""

PAUSE_SECONDS = 10.0
"""Seconds after a failure in which the endpoint is not asked."""

_MOST_WAITING = 4

_log = logging.getLogger(__name__)


class QuestionEmbedder:
    """Embeds questions while the endpoint is quick. The log says when that changes. Threads may share it.

    Args:
        dimension: that of the entries' vectors.
        seconds: a stopwatch.
        budget: seconds that a question waits for its vector.
    """

    def __init__(
        self, embed: Embed, dimension: int, seconds: Callable[[], float], budget: float = BUDGET_SECONDS
    ) -> None:
        self._embed = embed
        self._dimension = dimension
        self._seconds = seconds
        self._budget = budget
        self._threads = ThreadPoolExecutor(_MOST_WAITING, "embedding")
        self._paused_until = float("-inf")
        self._is_off = False

    def vector(self, question: str) -> Vector | None:
        """The unit vector of a question. None: it did not come in time."""
        if self._seconds() < self._paused_until:
            return None
        try:
            (embedded,) = self._threads.submit(self._embed, [question]).result(self._budget)
            vector = unit(embedded, self._dimension)
        except TimeoutError:
            self._pause("slow")
            return None
        except EndpointError as error:
            self._pause(error.reason)
            return None
        if self._is_off:
            self._is_off = False
            _log.info("dense=on")
        return vector

    def _pause(self, reason: str) -> None:
        self._paused_until = self._seconds() + PAUSE_SECONDS
        if not self._is_off:
            self._is_off = True
            _log.warning("dense=off reason=%s", reason)
