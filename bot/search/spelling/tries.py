"""Tables of strings that a file can hold and processes share. The only door to marisa-trie.

A trie keeps what strings have in common once, and is used as it stands in the file: opening it reads nothing.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self, TypeAlias

import marisa_trie
import numpy as np

_SUFFIX = ".marisa"


class CountedTerms:
    """Terms and how often each stands somewhere; `total` sums that up. Nothing changes it."""

    def __init__(self, trie: marisa_trie.Trie, counts: memoryview) -> None:
        self._trie = trie
        self._counts = counts
        self.total = int(np.asarray(counts).sum())

    @classmethod
    def of(cls, frequencies: Mapping[str, int]) -> Self:
        """A table of folded terms, each with its count, 0 ≤ count < 2³²."""
        trie = marisa_trie.Trie(frequencies)
        counts = np.zeros(len(frequencies), np.uint32)
        for term, count in frequencies.items():
            counts[trie[term]] = count
        return cls(trie, counts.data)

    @classmethod
    def open(cls, path: Path) -> Self:
        """A table that was saved under a path, mapped.

        Raises:
            OSError, ValueError: there is none.
        """
        trie = marisa_trie.Trie()
        _map(trie, path)
        return cls(trie, np.load(path.with_suffix(".npy"), mmap_mode="r").data)

    def save(self, path: Path) -> None:
        """Writes the table to two files that have the name of a path, and suffixes."""
        _save(self._trie, path)
        np.save(path.with_suffix(".npy"), np.asarray(self._counts))

    def count(self, term: str) -> int:
        """How often a term stands there; 0 for one that is not in the table."""
        number = self._trie.get(term)
        return 0 if number is None else self._counts[number]

    def beginning(self, text: str) -> list[str]:
        """The terms with which a text begins, the shortest first."""
        found: list[str] = self._trie.prefixes(text)
        return found

    def has_term_with(self, beginning: str) -> bool:
        """Whether a term begins so."""
        return next(self._trie.iterkeys(beginning), None) is not None


class WordLists:
    """Words under keys: several under one, and one under several. Nothing changes it."""

    def __init__(self, trie: marisa_trie.BytesTrie) -> None:
        self._trie = trie

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """A table of pairs of a key and a folded word."""
        return cls(marisa_trie.BytesTrie((key, word.encode()) for key, word in pairs))

    @classmethod
    def open(cls, path: Path) -> Self:
        """A table that was saved under a path, mapped.

        Raises:
            OSError, ValueError: there is none.
        """
        trie = marisa_trie.BytesTrie()
        _map(trie, path)
        return cls(trie)

    def save(self, path: Path) -> None:
        """Writes the table to a file that has the name of a path, and a suffix."""
        _save(self._trie, path)

    def under(self, key: str) -> list[str]:
        """The words under a key, in any order."""
        found = self._trie.get(key)
        return [word.decode() for word in found] if found else []

    def has_key_with(self, beginning: str) -> bool:
        """Whether a key begins so."""
        return next(self._trie.iterkeys(beginning), None) is not None


_Trie: TypeAlias = marisa_trie.Trie | marisa_trie.BytesTrie


def _save(trie: _Trie, path: Path) -> None:
    """By Python's own writing: the library's error for a full disk is no OSError."""
    path.with_suffix(_SUFFIX).write_bytes(trie.tobytes())


def _map(trie: _Trie, path: Path) -> None:
    try:
        trie.mmap(str(path.with_suffix(_SUFFIX)))
    except RuntimeError as error:  # the library's only one, for whatever is wrong
        raise ValueError(f"file '{path.name}': {error}") from error
