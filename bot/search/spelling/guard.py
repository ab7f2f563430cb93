"""What speaks for a stretch as it was typed, so that it is no mistake for another word."""

from functools import lru_cache
from itertools import pairwise

from bot.search.spelling.candidates import REARRANGED, Candidate
from bot.search.spelling.language import Language
from bot.search.spelling.neighbours import Neighbours

GENERAL_WORD = 4.0
RARE_WORD = 3.0
"""Added where a word of general Chinese, or a rare one, was typed: residents' everyday words stay."""

RARE = 30
"""A word that stands in general Chinese at most so often is rare. It is looked at like no word."""

KNOWN_NEIGHBOURS = 4.0
"""Added where two characters that the word lacks are known to stand side by side: 绿线, 管里."""

STOP_WORD = 1.5
"""Added for each stop word among the characters that were typed: 给不给 is no mistake for anything."""

_MOST_REMEMBERED = 20_000


class Guard:
    """Costs of taking a stretch for another word. Immutable but for what it remembers; threads may share it.

    Args:
        language: knows words.
        neighbours: which characters stand side by side, whatever the library.
        stop_words: words that nobody looks for.
    """

    def __init__(self, language: Language, neighbours: Neighbours, stop_words: frozenset[str]) -> None:
        self._language = language
        self._neighbours = neighbours
        self._stop_words = stop_words
        self._of_typed = lru_cache(_MOST_REMEMBERED)(self._look_at)

    def cost(self, typed: str, candidate: Candidate) -> float:
        """What a candidate costs beside its mistake."""
        cost, pairs = self._of_typed(typed)
        if candidate.mistake not in REARRANGED and any(pair not in candidate.word for pair in pairs):
            cost += KNOWN_NEIGHBOURS
        return cost

    def _look_at(self, typed: str) -> tuple[float, tuple[str, ...]]:
        """What a stretch costs by its words, and its known neighbours."""
        cost = STOP_WORD * sum(character in self._stop_words for character in typed)
        if self._language.is_general(typed, 0):
            cost += GENERAL_WORD if self._language.is_general(typed, RARE) else RARE_WORD
        known = (left + right for left, right in pairwise(typed) if self._neighbours.are_known(left, right))
        return cost, tuple(known)
