"""The words of a library for spelling: as they are, by sound, and with a missing character.

Tables are tries, which files can hold and processes share.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, Self

from bot.search.spelling.candidates import LONGEST_STRETCH, are_han
from bot.search.tries import TermCounts, WordLists

SHORTEST_WITH_A_GAP = 3
"""Words of so many characters and more are looked for with one of them missing. Of a shorter word, one
character would be left."""

BySound = Callable[[Iterable[str]], Iterable[tuple[str, str]]]
"""Pairs of a sound and a word, for each sound of each word."""


class LibraryWords(Protocol):
    """The words of a library. Immutable; threads may share it."""

    @property
    def total(self) -> int:
        """The sum of the counts of all words."""

    def count(self, word: str) -> int:
        """In how many texts a word stands."""

    def pair_count(self, left: str, right: str) -> int:
        """In how many texts two Han characters stand side by side."""

    def beginning(self, text: str) -> Sequence[str]:
        """Words with which a text begins, in any order; the same word may come twice."""

    def some_begins(self, beginning: str) -> bool:
        """Whether some word begins like this."""

    def sounding(self, sound: str) -> Sequence[str]:
        """Words of two or more Han characters with a sound, in any order; the same word may come twice."""

    def some_sound_begins(self, beginning: str) -> bool:
        """Whether the sound of some word begins like this."""

    def with_a_gap(self, left: str) -> Sequence[str]:
        """Words that are `left` and one more character, in any order; the same word may come twice."""


class SpellingTable:
    """The words of some texts, in memory or mapped from files."""

    def __init__(self, terms: TermCounts, pairs: TermCounts, lists: WordLists) -> None:
        self._terms = terms
        self._pairs = pairs
        self._lists = lists
        self.total = terms.total
        self.count = terms.count
        self.beginning = terms.beginning
        self.some_begins = terms.has_term_with
        self.sounding = lists.under
        self.some_sound_begins = lists.has_key_with
        self.with_a_gap = lists.under

    @classmethod
    def of(cls, frequencies: Mapping[str, int], by_sound: BySound, base: LibraryWords | None = None) -> Self:
        """The words of texts.

        Args:
            frequencies: in how many texts each term stands: words, and bigrams with their #.
            base: finds its words by sound and with a gap already. Here such words are only counted.
        """
        words = {term: count for term, count in frequencies.items() if term[0] != "#"}
        pairs = {term[1:]: count for term, count in frequencies.items() if _is_pair(term)}
        han = [word for word in words if are_han(word) and not (base and base.count(word))]
        lists = WordLists.of((*by_sound(han), *_by_gap(han)))
        return cls(TermCounts.of(words), TermCounts.of(pairs), lists)

    @classmethod
    def open(cls, home: Path) -> Self:
        """The words that were saved in a folder.

        Raises:
            OSError, ValueError: there are none.
        """
        terms, pairs = TermCounts.open(home / "terms"), TermCounts.open(home / "pairs")
        return cls(terms, pairs, WordLists.open(home / "lists"))

    def save(self, home: Path) -> None:
        """Writes the words into a folder."""
        self._terms.save(home / "terms")
        self._pairs.save(home / "pairs")
        self._lists.save(home / "lists")

    def pair_count(self, left: str, right: str) -> int:
        """In how many texts two Han characters stand side by side."""
        return self._pairs.count(left + right)


class TwoTables:
    """The words of two tables, as if the texts of both were one library's."""

    def __init__(self, base: LibraryWords, fresh: LibraryWords) -> None:
        self._base = base
        self._fresh = fresh
        self.total = base.total + fresh.total

    def count(self, word: str) -> int:
        """In how many texts a word stands."""
        return self._base.count(word) + self._fresh.count(word)

    def pair_count(self, left: str, right: str) -> int:
        """In how many texts two Han characters stand side by side."""
        return self._base.pair_count(left, right) + self._fresh.pair_count(left, right)

    def beginning(self, text: str) -> Sequence[str]:
        """Words with which a text begins."""
        found, fresh = self._base.beginning(text), self._fresh.beginning(text)
        return [*found, *fresh] if fresh else found

    def some_begins(self, beginning: str) -> bool:
        """Whether some word begins like this."""
        return self._base.some_begins(beginning) or self._fresh.some_begins(beginning)

    def sounding(self, sound: str) -> Sequence[str]:
        """Words that have a sound."""
        found, fresh = self._base.sounding(sound), self._fresh.sounding(sound)
        return [*found, *fresh] if fresh else found

    def some_sound_begins(self, beginning: str) -> bool:
        """Whether the sound of some word begins like this."""
        return self._base.some_sound_begins(beginning) or self._fresh.some_sound_begins(beginning)

    def with_a_gap(self, left: str) -> Sequence[str]:
        """Words that are `left` and one more character."""
        found, fresh = self._base.with_a_gap(left), self._fresh.with_a_gap(left)
        return [*found, *fresh] if fresh else found


def _is_pair(term: str) -> bool:
    return len(term) == 3 and term[0] == "#" and are_han(term[1:])


def _by_gap(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each word under all forms of it that lack one character."""
    for word in words:
        if SHORTEST_WITH_A_GAP <= len(word) <= LONGEST_STRETCH:
            for left in {word[:i] + word[i + 1 :] for i in range(len(word))}:
                yield left, word
