"""The questions that another is compared with: those that clauses answer, and those that none does."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.search.dense.asked import Asked
from bot.search.dense.elsewhere import Elsewhere, Rival
from bot.search.dense.unanswered import Unanswered

_MOST_REMEMBERED = 16
"""Questions whose likeness is remembered: several steps ask for the same."""


class Likeness(NamedTuple):
    """How much a question is like those that are answered here, and like others.

    `elsewhere`: what it is about if it is about nothing held. `unanswered`: how much it is like those about
    held matters that nothing answers, 0 where none are known.
    """

    held: float
    elsewhere: Rival
    unanswered: float

    @property
    def on_held(self) -> float:
        """How much it is like those about what is held, whether that answers them or not."""
        return max(self.held, self.unanswered)


class Questions:
    """All of them. Threads may share them.

    Args:
        asked: those that entries answer.
        elsewhere: those about matters that the library does not hold; None: none are known.
        unanswered: those about held matters that no entry answers; None: none are known.
    """

    def __init__(
        self, asked: Asked, elsewhere: Elsewhere | None = None, unanswered: Unanswered | None = None
    ) -> None:
        self.asked, self.elsewhere, self._unanswered = asked, elsewhere, unanswered
        self._of = lru_cache(maxsize=_MOST_REMEMBERED)(self._likeness)

    def likeness(self, question: str, entry_ids: Sequence[str]) -> Likeness | None:
        """How much a question is like those that are answered here, and like others.

        None: it is not known what people ask of the documents of these entries, or what else.
        """
        return self._of(question) if all(map(self.asked.knows, entry_ids)) else None

    def unanswered_on(self, question: str) -> Mapping[str, float]:
        """Entry id → the cosine with the nearest question on it that nothing answers; only entries near."""
        return self._unanswered.on_entries(question) if self._unanswered else {}

    def _likeness(self, question: str) -> Likeness | None:
        held = self.asked.alike(question)
        rival = self.elsewhere.rival(question) if self.elsewhere else None
        if held is None or rival is None:
            return None
        unanswered = self._unanswered.likeness(question) if self._unanswered else 0.0
        return Likeness(held.cosine, rival, unanswered)
