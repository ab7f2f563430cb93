"""The words of a library as spelling looks for them: as they are, by sound, with a character missing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, Self

from bot.search.spelling.candidates import LONGEST_STRETCH
from bot.search.spelling.han import are_han
from bot.search.spelling.sounds import Sounds
from bot.search.spelling.tries import CountedTerms, WordLists

SHORTEST_WITH_A_GAP = 3
"""What is left of a shorter word is one character, and no sign of it."""


class Words(Protocol):
    """What a library holds. Nothing changes it; safe to share between threads."""

    @property
    def total(self) -> int:
        """The sum of what `count` says of all words."""

    def count(self, word: str) -> int:
        """In how many texts a word stands."""

    def pair_count(self, left: str, right: str) -> int:
        """In how many texts two Han characters stand side by side."""

    def beginning(self, text: str) -> Sequence[str]:
        """Words with which a text begins, in any order, perhaps one more than once."""

    def some_begins(self, beginning: str) -> bool:
        """Whether a word begins so."""

    def sounding(self, sound: str) -> Sequence[str]:
        """Words of two Han characters or more that have a sound, in any order, perhaps one more than once."""

    def some_sound_begins(self, beginning: str) -> bool:
        """Whether the sound of a word begins so."""

    def with_a_gap(self, left: str) -> Sequence[str]:
        """Words of which this is left without one character, in any order, perhaps one more than once."""


class WordTable:
    """Words of some texts, in memory or mapped from files."""

    def __init__(self, terms: CountedTerms, pairs: CountedTerms, lists: WordLists) -> None:
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
    def of(cls, frequencies: Mapping[str, int], sounds: Sounds, base: Words | None = None) -> Self:
        """The words of texts.

        Args:
            frequencies: in how many texts each term stands: words, and bigrams with their #.
            base: finds its words by sound and with a gap already; here they are only counted.
        """
        words = {term: count for term, count in frequencies.items() if term[0] != "#"}
        pairs = {term[1:]: count for term, count in frequencies.items() if _is_pair(term)}
        han = [word for word in words if are_han(word) and not (base and base.count(word))]
        lists = WordLists.of((*sounds.by_sound(han), *_by_gap(han)))
        return cls(CountedTerms.of(words), CountedTerms.of(pairs), lists)

    @classmethod
    def open(cls, home: Path) -> Self:
        """The words that were saved in a folder.

        Raises:
            OSError, ValueError: there are none.
        """
        terms, pairs = CountedTerms.open(home / "terms"), CountedTerms.open(home / "pairs")
        return cls(terms, pairs, WordLists.open(home / "lists"))

    def save(self, home: Path) -> None:
        """Writes the words into a folder."""
        self._terms.save(home / "terms")
        self._pairs.save(home / "pairs")
        self._lists.save(home / "lists")

    def pair_count(self, left: str, right: str) -> int:
        """In how many texts two Han characters stand side by side."""
        return self._pairs.count(left + right)


class JoinedWords:
    """The words of two tables, as if the texts of both were one library's."""

    def __init__(self, base: Words, fresh: Words) -> None:
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
        """Whether a word begins so."""
        return self._base.some_begins(beginning) or self._fresh.some_begins(beginning)

    def sounding(self, sound: str) -> Sequence[str]:
        """Words that have a sound."""
        found, fresh = self._base.sounding(sound), self._fresh.sounding(sound)
        return [*found, *fresh] if fresh else found

    def some_sound_begins(self, beginning: str) -> bool:
        """Whether the sound of a word begins so."""
        return self._base.some_sound_begins(beginning) or self._fresh.some_sound_begins(beginning)

    def with_a_gap(self, left: str) -> Sequence[str]:
        """Words of which this is left without one character."""
        found, fresh = self._base.with_a_gap(left), self._fresh.with_a_gap(left)
        return [*found, *fresh] if fresh else found


def _is_pair(term: str) -> bool:
    return len(term) == 3 and term[0] == "#" and are_han(term[1:])


def _by_gap(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What is left of each word without one of its characters, with the word behind it."""
    for word in words:
        if SHORTEST_WITH_A_GAP <= len(word) <= LONGEST_STRETCH:
            for left in {word[:i] + word[i + 1 :] for i in range(len(word))}:
                yield left, word
