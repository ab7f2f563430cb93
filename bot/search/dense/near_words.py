"""Words with nearly the same meaning as a word, by the table of word vectors (看病: 病人, 患病)."""

from functools import cached_property, lru_cache

import numpy as np

from bot.search.dense.word_table import Vectors, WordTable

LEAST_COSINE = 0.65
"""How near a word must be."""

MOST = 8
"""Words that are told of one: a library does not hold all of them."""

_MOST_REMEMBERED = 20_000


class NearWords:
    """Finds near words. The table is read when it is first asked. Threads may share it."""

    def __init__(self, table: WordTable) -> None:
        self._table = table
        self.of = lru_cache(maxsize=_MOST_REMEMBERED)(self._of)
        """The words near to a word, nearest first, each with its cosine; none of them holds the word."""

    def _of(self, word: str) -> tuple[tuple[str, float], ...]:
        cosines = self._vectors @ self._table.vector(word)
        near = np.flatnonzero(cosines >= LEAST_COSINE)
        nearest = near[np.argsort(-cosines[near], kind="stable")].tolist()
        found = [(self._words[place], float(cosines[place])) for place in nearest]
        return tuple(pair for pair in found if word not in pair[0])[:MOST]

    @cached_property
    def _words(self) -> tuple[str, ...]:
        """The words of the table, without single characters: they have too many meanings."""
        return tuple(word for word in self._table.words if len(word) > 1)

    @cached_property
    def _vectors(self) -> Vectors:
        """A vector for each word, made like that of a text.

        From the word, its characters, and words within it.
        """
        return self._table.vectors_of_words(self._words)
