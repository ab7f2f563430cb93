"""How often words stand in general Chinese, and in the lexicon of an edition.

jieba's dictionary has half a million entries; in a dict they took 62 MB, and a fifth of a second of each
start. They stay in a file that all processes map. An edition keeps only what its lexicon changes.
"""

from collections.abc import ItemsView, Iterator, Mapping
from typing import overload

from bot.search.tries import TermCounts


class Frequencies(Mapping[str, int]):
    """jieba's dictionary with the words of a lexicon. jieba reads and extends it like a dict.

    Args:
        bulk: the entries of jieba's own dictionary. They are never written to.
    """

    __slots__ = ("_bulk", "_changed", "_counts", "_length", "_number", "sum")

    def __init__(self, bulk: TermCounts) -> None:
        self._bulk = bulk
        self._number, self._counts = bulk.number, bulk.counts
        self._changed: dict[str, int] = {}
        self._length = len(bulk)
        self.sum = bulk.total
        """The sum of all frequencies."""

    @overload  # type: ignore[override]  # of strings and numbers only, and faster than Mapping's
    def get(self, word: str) -> int | None: ...
    @overload
    def get(self, word: str, default: int) -> int: ...
    def get(self, word: str, default: int | None = None) -> int | None:
        """The frequency of a word; `default` if the word is not in the dictionary."""
        if word in self._changed:
            return self._changed[word]
        number = self._number(word)
        return default if number is None else self._counts[number]

    def __getitem__(self, word: str) -> int:
        if word in self._changed:
            return self._changed[word]
        number = self._number(word)
        if number is None:
            raise KeyError(word)
        return self._counts[number]

    def __contains__(self, word: object) -> bool:
        return word in self._changed or self._number(str(word)) is not None

    def __setitem__(self, word: str, value: int) -> None:
        before = self.get(word)
        self._length += before is None
        self.sum += value - (before or 0)
        self._changed[word] = value

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[str]:
        return (word for word, _ in self.pairs())

    def items(self) -> ItemsView[str, int]:
        """All entries, without looking each one up."""
        return _Items(self)

    def pairs(self) -> Iterator[tuple[str, int]]:
        """Words and frequencies."""
        yield from (pair for pair in self._bulk.items() if pair[0] not in self._changed)
        yield from self._changed.items()


class _Items(ItemsView[str, int]):
    def __init__(self, frequencies: Frequencies) -> None:
        super().__init__(frequencies)
        self._frequencies = frequencies

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return self._frequencies.pairs()
