"""Words with nearly the same meaning as a word, by the table of word vectors (看病: 病人, 患病)."""

from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from bot.search.dense.embedder import Matrix
from bot.search.dense.word_table import WordTable
from bot.search.sealing import KeptValue, opened_or_made

LEAST_COSINE = 0.6
"""How near a word must be."""

MOST = 8
"""Words that are told of one: a library does not hold all of them."""

_MOST_REMEMBERED = 20_000

_VECTORS = "vectors.npy"

_FORM = 1
"""Differs where the same table gives other vectors."""


class NearWords:
    """Finds near words. The table is read when it is first asked. Threads may share it.

    Args:
        folder: keeps the vectors of the words; to make them takes a sixth of a second. None: nothing is kept.
    """

    def __init__(self, table: WordTable, folder: Path | None = None) -> None:
        self._table, self._folder = table, folder
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
    def _vectors(self) -> Matrix:
        """A vector for each word, made like that of a text: from it, its characters, and words within it."""
        if self._folder is None:
            return self._made()
        kept = KeptValue("near_words", _mapped, self._made, lambda made, home: np.save(home / _VECTORS, made))
        return opened_or_made(self._folder / f"{self._table.name[:16]}-{_FORM}", kept)

    def _made(self) -> Matrix:
        return self._table.vectors_of_words(self._words)


def _mapped(home: Path) -> Matrix:
    return np.asarray(np.load(home / _VECTORS, mmap_mode="r", allow_pickle=False))
