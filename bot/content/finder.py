"""Finds phrases in a text. It tries only phrases that may begin with one of the text's characters.

One regular expression of thousands of phrases tries each of them at each place. What is looked for is
compiled when it is for the first time, so a start compiles nothing.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from bot.content.patterns import WordLists, check_phrase, openings_of, regex_of

_NO_LISTS: WordLists = {}


class Phrase(NamedTuple):
    """One folded phrase as staff write it, of words and lists of words.

    `beginnings`: the characters that it may begin with; None: any.
    """

    written: str
    lists: WordLists
    beginnings: frozenset[str] | None

    @classmethod
    def of(cls, phrase: str, lists: WordLists) -> "Phrase":
        """A phrase that can be read.

        Raises:
            ValueError: it cannot be read; the message says what is wrong and what to do.
        """
        check_phrase(phrase, lists)
        openings = openings_of(phrase, lists)
        beginnings = None if openings is None else frozenset(opening[0] for opening in openings)
        return cls(phrase, lists, beginnings)

    @property
    def regex(self) -> str:
        """The regular expression that finds it."""
        return regex_of(self.written, self.lists)


class PhraseMatcher:
    """Several ways to say one thing as a regular expression. Immutable; threads may share it.

    Args:
        phrases: where several stand at a place, the first one counts.

    >>> PhraseMatcher.of(["(补/给)多少", "多少钱"]).search("低保给多少钱")
    <re.Match object; span=(2, 5), match='给多少'>
    """

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._phrases = phrases
        begin = [phrase.beginnings for phrase in phrases if phrase.beginnings is not None]
        self.beginnings = frozenset[str]().union(*begin) if len(begin) == len(phrases) else None
        """The characters that it may begin with; None: any."""

    @classmethod
    def of(cls, phrases: Iterable[str], lists: WordLists = _NO_LISTS) -> "PhraseMatcher":
        """Folded phrases as staff write them. Raises as `Phrase.of` does."""
        return cls([Phrase.of(phrase, lists) for phrase in phrases])

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a folded text."""
        return self._pattern.search(text) if self._may_stand_in(text) else None

    def sub(self, to: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The folded text with each match replaced."""
        return self._pattern.sub(to, text) if self._may_stand_in(text) else text

    def _may_stand_in(self, text: str) -> bool:
        return self.beginnings is None or not self.beginnings.isdisjoint(text)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(phrase.regex for phrase in self._phrases))


class Finder:
    """Finds any of many phrases. Immutable except for its compiled patterns; threads may share it.

    >>> finder = Finder([Phrase.of("(着/起)火", {}), Phrase.of("<数>度电", {})])
    >>> finder.finds("楼下着火了"), finder.finds("火灾"), finder.finds("用了8度电")
    (True, False, True)
    """

    def __init__(self, phrases: Iterable[Phrase] = ()) -> None:
        self._phrases = tuple(phrases)
        known = (phrase.beginnings for phrase in self._phrases if phrase.beginnings is not None)
        self._beginnings = frozenset[str]().union(*known)
        self._has_others = any(phrase.beginnings is None for phrase in self._phrases)
        self._compiled: dict[str, re.Pattern[str]] = {}

    def finds(self, text: str) -> bool:
        """Whether one of the phrases stands in a folded text."""
        if not self._beginnings.isdisjoint(text):
            for place, character in enumerate(text):
                if character in self._beginnings:
                    compiled = self._compiled.get(character) or self._compile(character)
                    if compiled.match(text, place):
                        return True
        return self._has_others and (self._compiled.get("") or self._compile("")).search(text) is not None

    def _compile(self, character: str) -> re.Pattern[str]:
        """A matcher for the phrases that may begin with a character.

        Empty: for those that may begin with any.
        """
        written = (
            phrase.regex
            for phrase in self._phrases
            if (character in phrase.beginnings if phrase.beginnings is not None else not character)
        )
        compiled = self._compiled[character] = re.compile("|".join(written))
        return compiled
