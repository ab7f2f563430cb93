"""A table of word vectors, made from an embedding model: a text's vector is the sum of its words' vectors.

It is part of the program, so that every installation has it: no model runs, nothing is fetched. What it was
made from and how stands in docs/word-vectors.md.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from itertools import accumulate, chain
from pathlib import Path

import numpy as np

from bot.processes import map_in_forks
from bot.search.dense.embedder import Matrix, Vector
from bot.search.dense.vectors import Rows

WORDS, ROWS, SCALES = "words.txt", "rows.npy", "scales.npy"
"""The files of a table: its words, a line each; the vector of each, in small integers; what that is
multiplied by. Long vectors are those of words that say much."""

SHIPPED = Path(__file__).parent / "table"

_MOST_REMEMBERED = 256
"""Questions whose vectors are remembered."""

_FEW_REQUESTS = 100
"""Up to so many are worked out here, in a quarter of a second: forks take as long to start."""


class WordTable:
    """The vectors of words, and by them of texts. It is read when it is first asked. Threads may share it.

    Args:
        folder: holds the files of the table.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.vector = lru_cache(maxsize=_MOST_REMEMBERED)(self._vector)
        """The unit vector of a question, which is compared with clauses and with questions."""

    @cached_property
    def name(self) -> str:
        """The digest of its files."""
        digest = hashlib.sha256()
        for name in (WORDS, ROWS, SCALES):
            digest.update((self._folder / name).read_bytes())
        return digest.hexdigest()

    def _vector(self, text: str) -> Vector:
        """The unit vector of a text; zeros if the text holds no word of the table.

        Every word counts that stands anywhere in the text, also inside of another or across two.
        """
        found = self._found(text)
        vector: Vector = self._summed([found])[0] if found else np.zeros(self._rows.shape[1], np.float32)
        return vector

    def vectors_of_words(self, words: Sequence[str]) -> Matrix:
        """The unit vectors of words of the table, in rows: the same as `vector` gives for each word."""
        return self._summed([self._found(word) for word in words])

    def _summed(self, found: Sequence[Sequence[int]]) -> Matrix:
        """The unit vectors of texts, in rows, by the words found in each, of which there is at least one."""
        starts = list(accumulate(map(len, found[:-1]), initial=0))
        pieces = np.fromiter(chain.from_iterable(found), np.int64)
        summed = np.add.reduceat(self._rows[pieces] * self._scales[pieces, np.newaxis], starts)
        vectors: Matrix = summed / np.linalg.norm(summed, axis=1, keepdims=True)
        return vectors

    def _found(self, text: str) -> list[int]:
        """The numbers of the words that stand in a text."""
        number_of, size_of = self._numbers.get, range(1, self._longest + 1)
        pieces = [text[start : start + size] for size in size_of for start in range(len(text) - size + 1)]
        return [number for number in map(number_of, pieces) if number is not None]

    def embedded(self, requests: Sequence[Sequence[str]]) -> Iterator[Matrix]:
        """The unit vectors of each request's texts, in rows; one process a core works on them."""
        self.vector("")  # the table is read once, before any fork
        return (map if len(requests) <= _FEW_REQUESTS else map_in_forks)(self._vectors, requests)

    def _vectors(self, texts: Sequence[str]) -> Matrix:
        """The unit vectors of texts, in rows; zeros for one that holds no word of the table."""
        found = [self._found(text) for text in texts]
        vectors: Matrix = np.zeros((len(texts), self._rows.shape[1]), np.float32)
        if some := [number for number, words in enumerate(found) if words]:
            vectors[some] = self._summed([found[number] for number in some])
        return vectors

    @property
    def words(self) -> Iterable[str]:
        """Its words."""
        return self._numbers

    @cached_property
    def _numbers(self) -> dict[str, int]:
        words = (self._folder / WORDS).read_text("utf-8").split("\n")
        return {word: number for number, word in enumerate(words) if word}

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._numbers))

    @cached_property
    def _rows(self) -> Rows:
        rows: Rows = np.asarray(np.load(self._folder / ROWS, mmap_mode="r", allow_pickle=False))
        return rows

    @cached_property
    def _scales(self) -> Vector:
        scales: Vector = np.load(self._folder / SCALES, allow_pickle=False)
        return scales


@cache
def shipped_table() -> WordTable:
    """The table that comes with the program. Nearness and near words share it."""
    return WordTable(SHIPPED)
