"""Word frequencies whose bulk several editions share.

The dictionary of jieba takes 62 MB. Workers share the one that they were forked with. A later edition, whose
lexicon differs in a few words, keeps only the differences.
"""

from collections.abc import ItemsView, Iterator, Mapping, ValuesView


class SharedFrequencies(Mapping[str, int]):
    """A dictionary in which some entries differ from a shared one. jieba reads and extends it like a dict.

    Args:
        bulk: the shared entries. They are never written to, and must not change any more.
        changed: the entries that differ; None: the word is not in this dictionary.
    """

    __slots__ = ("_bulk", "_changed", "_length")

    def __init__(self, bulk: Mapping[str, int], changed: Mapping[str, int | None]) -> None:
        self._bulk = bulk
        self._changed = dict(changed)
        self._length = sum(1 for _ in self.pairs())

    def get(self, word: str, default: object = None) -> object:  # type: ignore[override]  # faster than Mapping's
        """The frequency of a word; `default` if the word is not in the dictionary."""
        value = self._changed[word] if word in self._changed else self._bulk.get(word)
        return default if value is None else value

    def __getitem__(self, word: str) -> int:
        value = self._changed[word] if word in self._changed else self._bulk[word]
        if value is None:
            raise KeyError(word)
        return value

    def __contains__(self, word: object) -> bool:
        if word in self._changed:
            return self._changed[str(word)] is not None
        return word in self._bulk

    def __setitem__(self, word: str, value: int) -> None:
        self._length += word not in self
        self._changed[word] = value

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[str]:
        return (word for word, _ in self.pairs())

    def items(self) -> ItemsView[str, int]:
        """All entries, without looking each one up."""
        return _Items(self)

    def values(self) -> ValuesView[int]:
        """All frequencies, without looking each one up."""
        return _Values(self)

    def pairs(self) -> Iterator[tuple[str, int]]:
        """Words and frequencies."""
        yield from (pair for pair in self._bulk.items() if pair[0] not in self._changed)
        yield from ((word, value) for word, value in self._changed.items() if value is not None)


class _Items(ItemsView[str, int]):
    def __init__(self, vocabulary: SharedFrequencies) -> None:
        super().__init__(vocabulary)
        self._vocabulary = vocabulary

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return self._vocabulary.pairs()


class _Values(ValuesView[int]):
    def __init__(self, vocabulary: SharedFrequencies) -> None:
        super().__init__(vocabulary)
        self._vocabulary = vocabulary

    def __iter__(self) -> Iterator[int]:
        return (value for _, value in self._vocabulary.pairs())
