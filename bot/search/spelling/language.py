"""How likely a text is for the spelling: by its words, and by pairs of neighbouring characters.

A cost is a negative natural logarithm. The probability of a word is the mean of two: its share of the
library's document frequencies, and its share of general Chinese. Two characters that meet at the edge of two
words earn a bonus if they stand side by side in the library.
"""

import math
from collections.abc import Iterator
from functools import lru_cache

from bot.search.frequencies import Frequencies
from bot.search.spelling.candidates import is_han
from bot.search.spelling.words import LibraryWords

LONGEST_WORD = 8

MET_EVERYWHERE = 0.1
"""Added to a word of two characters that may have been meant, for each e-fold of its occurrences in general
Chinese: 重点 and 生活 are met everywhere, and sound like much that residents say."""

LEAST_PROBABILITY = 1e-8
"""The probability of a character that no text holds."""

KNOWN_PAIR = 3.5
"""Bonus of a pair of characters that very many texts hold."""

HALF_KNOWN = 2
"""Texts that must hold a pair for half the bonus."""

MOST_COUNTED = 255
"""Most texts of a pair that are counted: beyond, the bonus hardly grows."""

_MOST_REMEMBERED = 20_000
"""Words, words meant, and pairs, whose cost is remembered, 4 MB each: most questions use the same ones."""


class Language:
    """Costs of words and pairs. Immutable except for what it remembers; threads may share it.

    Args:
        words: those of the library.
        general: how often words stand in general Chinese.
        stop_words: words that stand everywhere, and are no terms of the library.
    """

    def __init__(self, words: LibraryWords, general: Frequencies, stop_words: frozenset[str]) -> None:
        self._words = words
        self._general = general
        self._stop_words = stop_words
        self._own_total = max(1, words.total)
        self._general_total = max(1, general.sum)
        self.cost = lru_cache(_MOST_REMEMBERED)(self._cost)
        self.cost_if_meant = lru_cache(_MOST_REMEMBERED)(self._cost_if_meant)
        self.pair_bonus = lru_cache(_MOST_REMEMBERED)(self._pair_bonus)

    def is_own(self, term: str) -> bool:
        """Whether a term stands in the library."""
        return self._words.count(term) > 0

    def is_general(self, word: str, least: int) -> bool:
        """Whether a word is a stop word, or stands in general Chinese more than `least` times."""
        return word in self._stop_words or self._general.get(word, 0) > least

    def words_at_start(self, text: str) -> Iterator[str]:
        """Every word with which a text of Han characters begins, and its first character."""
        own = self._words.beginning(text)
        for end in range(1, len(text) + 1):
            word = text[:end]
            if end == 1 or word in own or self.is_general(word, 0):
                yield word

    def _cost(self, word: str) -> float:
        """Cost of a word, or of any character."""
        own = self._words.count(word) / self._own_total
        probability = (own + self._general.get(word, 0) / self._general_total) / 2
        return -math.log(max(probability, LEAST_PROBABILITY))

    def _cost_if_meant(self, word: str) -> float:
        """Cost of a word in whose place another was typed."""
        everyday = MET_EVERYWHERE * math.log1p(self._general.get(word, 0)) if len(word) == 2 else 0.0
        return self.cost(word) + everyday

    def _pair_bonus(self, left: str, right: str) -> float:
        """How much two characters at the edge of two words take off the cost; 0: unknown."""
        if not (is_han(left) and is_han(right)):
            return 0.0
        count = min(self._words.pair_count(left, right), MOST_COUNTED)
        return KNOWN_PAIR * count / (count + HALF_KNOWN)
