"""Tables of strings in tries, which files can hold and processes share. The only door to marisa-trie.

A trie keeps what strings have in common once, and is used as it stands in the file: opening it reads nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self, TypeAlias

import marisa_trie
import numpy as np

_SUFFIX = ".marisa"

_Trie: TypeAlias = marisa_trie.Trie | marisa_trie.BytesTrie


class TermCounts:
    """Terms with their counts; `total` is the sum of the counts. Immutable."""

    def __init__(self, trie: marisa_trie.Trie, counts: memoryview) -> None:
        self._trie = trie
        self.counts = counts
        """The counts of all terms, by their numbers."""
        self.number: Callable[[str], int | None] = trie.get
        """The number of a term; None: it is not in the table."""
        self.total = int(np.asarray(counts).sum())

    @classmethod
    def of(cls, frequencies: Mapping[str, int]) -> Self:
        """A table of folded terms, each with its count, 0 ≤ count < 2³²."""
        trie = marisa_trie.Trie(frequencies)
        counts = np.zeros(len(frequencies), np.uint32)
        numbers = np.fromiter(map(trie.__getitem__, frequencies), np.int64, len(frequencies))
        counts[numbers] = np.fromiter(frequencies.values(), np.uint32, len(frequencies))
        return cls(trie, counts.data)

    @classmethod
    def open(cls, path: Path) -> Self:
        """A table that was saved under a path, mapped into memory.

        Raises:
            OSError, ValueError: there is none.
        """
        trie = marisa_trie.Trie()
        _map(trie, path)
        return cls(trie, np.load(path.with_suffix(".npy"), mmap_mode="r").data)

    def save(self, path: Path) -> None:
        """Writes the table to two files with the name of a path, and suffixes."""
        _save(self._trie, path)
        np.save(path.with_suffix(".npy"), np.asarray(self.counts))

    def count(self, term: str) -> int:
        """The count of a term; 0 for a term that is not in the table."""
        number = self.number(term)
        return 0 if number is None else self.counts[number]

    def items(self) -> Iterator[tuple[str, int]]:
        """All terms with their counts, in any order."""
        counts = np.asarray(self.counts).tolist()
        return ((term, counts[number]) for term, number in self._trie.items())  # all at once: half the time

    def __len__(self) -> int:
        return len(self.counts)

    def beginning(self, text: str) -> list[str]:
        """The terms with which a text begins, the shortest first."""
        found: list[str] = self._trie.prefixes(text)
        return found

    def has_term_with(self, beginning: str) -> bool:
        """Whether some term begins like this."""
        return next(self._trie.iterkeys(beginning), None) is not None


class WordLists:
    """Key → words: a key may have several words, and a word several keys. Immutable."""

    def __init__(self, trie: marisa_trie.BytesTrie) -> None:
        self._trie = trie

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """A table of pairs of a key and a folded word."""
        return cls(marisa_trie.BytesTrie((key, word.encode()) for key, word in pairs))

    @classmethod
    def open(cls, path: Path) -> Self:
        """A table that was saved under a path, mapped into memory.

        Raises:
            OSError, ValueError: there is none.
        """
        trie = marisa_trie.BytesTrie()
        _map(trie, path)
        return cls(trie)

    def save(self, path: Path) -> None:
        """Writes the table to a file with the name of a path, and a suffix."""
        _save(self._trie, path)

    def under(self, key: str) -> list[str]:
        """The words under a key, in any order."""
        found = self._trie.get(key)
        return [word.decode() for word in found] if found else []

    def has_key_with(self, beginning: str) -> bool:
        """Whether some key begins like this."""
        return next(self._trie.iterkeys(beginning), None) is not None


def _save(trie: _Trie, path: Path) -> None:
    """By Python's own writing: the library's error for a full disk is no OSError."""
    path.with_suffix(_SUFFIX).write_bytes(trie.tobytes())


def _map(trie: _Trie, path: Path) -> None:
    try:
        trie.mmap(str(path.with_suffix(_SUFFIX)))
    except RuntimeError as error:  # the library has no other, whatever is wrong
        raise ValueError(f"file '{path.name}': {error}") from error
