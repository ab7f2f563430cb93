"""Finds phrases in a text. It tries only phrases that may begin as something in the text does.

One regular expression of thousands of phrases tries each of them at each place. What is looked for is
compiled when a text has what it cannot do without, so a start compiles nothing, and most phrases never are.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from operator import add
from typing import NamedTuple

from bot.content.patterns import WordLists, check_phrase, needs_of, openings_of, regex_of

_NO_LISTS: WordLists = {}

_MOST_REMEMBERED = 64
"""Texts whose openings are remembered: a hundred matchers look at the same question."""


class Phrase(NamedTuple):
    """One folded phrase as staff write it, of words and lists of words.

    `openings`: the two characters that it may begin with, or one, if any other may follow; None: any.
    """

    written: str
    lists: WordLists
    openings: frozenset[str] | None

    @classmethod
    def of(cls, phrase: str, lists: WordLists) -> "Phrase":
        """A phrase that can be read.

        Raises:
            ValueError: it cannot be read; the message says what is wrong and what to do.
        """
        check_phrase(phrase, lists)
        return cls(phrase, lists, openings_of(phrase, lists))

    @property
    def regex(self) -> str:
        """The regular expression that finds it."""
        return regex_of(self.written, self.lists)


class _Sought:
    """A phrase that is looked for."""

    def __init__(self, phrase: Phrase) -> None:
        self._phrase = phrase
        self._needs = needs_of(phrase.written)

    def may_stand_in(self, text: str) -> bool:
        """Whether a text has what the phrase needs."""
        for group in self._needs:
            for each in group:
                if each in text:
                    break
            else:
                return False
        return True

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The phrase as a regular expression."""
        return re.compile(self._phrase.regex)


class PhraseMatcher:
    """Several ways to say one thing as a regular expression. Immutable; threads may share it.

    Args:
        phrases: where several stand at a place, the first one counts.

    >>> PhraseMatcher.of(["(补/给)多少", "多少钱"]).search("低保给多少钱")
    <re.Match object; span=(2, 5), match='给多少'>
    """

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self.phrases = phrases
        known = [phrase.openings for phrase in phrases if phrase.openings is not None]
        self._openings = frozenset[str]().union(*known) if len(known) == len(phrases) else None

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
        if self._openings is not None and self._openings.isdisjoint(_openings_in(text)):
            return False
        return any(each.may_stand_in(text) for each in self._sought)

    @cached_property
    def _sought(self) -> Sequence[_Sought]:
        return [_Sought(phrase) for phrase in self.phrases]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(phrase.regex for phrase in self.phrases))


class Finder:
    """Finds any of many phrases. Immutable except for its compiled patterns; threads may share it.

    >>> finder = Finder([Phrase.of("(着/起)火", {}), Phrase.of("<数>度电", {})])
    >>> finder.finds("楼下着火了"), finder.finds("火灾"), finder.finds("用了8度电")
    (True, False, True)
    """

    def __init__(self, phrases: Iterable[Phrase] = ()) -> None:
        self.phrases = tuple(phrases)
        known = [phrase.openings for phrase in self.phrases if phrase.openings is not None]
        self._openings = frozenset[str]().union(*known)
        self._beginnings = _firsts(known)
        self._has_others = len(known) < len(self.phrases)
        self._sought: dict[str, list[_Sought]] = {}

    def finds(self, text: str) -> bool:
        """Whether one of the phrases stands in a folded text."""
        if not self._beginnings.isdisjoint(text):
            for place, character in enumerate(text):
                if character in self._beginnings:
                    for opening in (character, text[place : place + 2]):
                        if opening in self._openings and self._begins(opening, text, place):
                            return True
        return self._has_others and any(
            each.may_stand_in(text) and each.pattern.search(text) for each in self._opened("")
        )

    def _begins(self, opening: str, text: str, place: int) -> bool:
        """Whether a phrase with an opening begins at a place of a text."""
        return any(
            each.may_stand_in(text) and each.pattern.match(text, place) for each in self._opened(opening)
        )

    def _opened(self, opening: str) -> list[_Sought]:
        """The phrases with an opening. Empty: those that may begin with anything."""
        if (sought := self._sought.get(opening)) is None:
            sought = self._sought[opening] = [
                _Sought(phrase)
                for phrase in self.phrases
                if (opening in phrase.openings if phrase.openings is not None else not opening)
            ]
        return sought


@lru_cache(maxsize=_MOST_REMEMBERED)
def _openings_in(text: str) -> frozenset[str]:
    """What may open a phrase in a text: each of its characters, and each two."""
    return frozenset((*text, *map(add, text, text[1:])))


def _firsts(openings: Iterable[Iterable[str]]) -> frozenset[str]:
    """The first characters of some openings."""
    return frozenset(opening[0] for each in openings for opening in each)
