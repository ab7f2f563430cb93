"""The sounds of Chinese, for any library: characters, syllables in letters, everyday words.

Sounds are made from the general dictionary and pypinyin's phrases, which takes a second, and kept in files. A
process that opens the files needs neither of them.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Self

from bot.search.spelling.candidates import LONGEST_STRETCH, are_han, is_han
from bot.search.tries import WordLists

EVERYDAY = 300
"""Occurrences in general Chinese from which a word is everyday, and read from letters: 怎么, 申请, 老板."""

EVERYDAY_CHARACTER = 100
MOST_LONE_CHARACTERS = 6

MOST_SOUNDS = 8
"""A word has at most so many sounds, although each of its characters may have several."""

_MOST_REMEMBERED = 10_000
_BEGINNINGS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"), ("f", "h"))
_ENDINGS = ("ang", "eng", "ing")
_VOWELS = frozenset("aeiou")


class Sounds:
    """The syllables of characters, and everyday words by sound.

    A sound is one spelling for all syllables that dialects do not tell apart; each syllable of a sound ends
    with a blank. Immutable but for what it remembers; threads may share it.

    Args:
        syllables: under each character its syllables, with blanks between.
        everyday: words under their sounds.
        lone: for each syllable the most frequent characters that it may stand for by itself. Its keys are
            all syllables.
    """

    def __init__(self, syllables: WordLists, everyday: WordLists, lone: Mapping[str, str]) -> None:
        self._syllables = syllables
        self._everyday = everyday
        self.lone = lone
        self.syllables = lru_cache(_MOST_REMEMBERED)(self._syllables_of)
        self.of_character = lru_cache(_MOST_REMEMBERED)(self._sounds_of)

    @classmethod
    def of(cls, general: Mapping[str, int], stop_words: frozenset[str]) -> Self:
        """The sounds of general Chinese.

        Args:
            general: how often words stand in general Chinese.
            stop_words: are everyday words, too, however rare they are in general Chinese.
        """
        from bot.search.spelling import pinyin  # noqa: PLC0415  # only a process that makes the files needs it

        syllables = WordLists.of((one, " ".join(found)) for one, found in pinyin.syllables().items())
        known = list(general.items())
        lone = _lone_characters(known, pinyin.syllable_alone)
        everyday = {
            word for word, count in known if count >= EVERYDAY and 1 < len(word) <= 4 and are_han(word)
        }
        everyday |= {word for word in stop_words if are_han(word)}
        sounds = cls(syllables, WordLists.of(()), lone)
        return cls(syllables, WordLists.of(sounds.by_sound(everyday)), lone)

    @classmethod
    def open(cls, home: Path) -> Self:
        """The sounds that were saved in a folder.

        Raises:
            OSError, ValueError: there are none.
        """
        lone = json.loads((home / "lone.json").read_text("utf-8"))
        return cls(WordLists.open(home / "syllables"), WordLists.open(home / "everyday"), lone)

    def save(self, home: Path) -> None:
        """Writes the sounds into a folder."""
        self._syllables.save(home / "syllables")
        self._everyday.save(home / "everyday")
        (home / "lone.json").write_text(json.dumps(self.lone, ensure_ascii=False), "utf-8")

    def of_word(self, word: str) -> list[str]:
        """The sounds of a word, at most MOST_SOUNDS; empty where a character has none."""
        sounds = [""]
        for character in word:
            sounds = self.longer(sounds, character)
        return sounds

    def longer(self, sounds: Iterable[str], character: str) -> list[str]:
        """Sounds with each sound of one more character behind them, at most MOST_SOUNDS."""
        return [sound + last for sound in sounds for last in self.of_character(character)][:MOST_SOUNDS]

    def by_sound(self, words: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Pairs of a sound and a word, for each sound of each word of at least two characters."""
        for word in words:
            if 1 < len(word) <= LONGEST_STRETCH:
                for sound in self.of_word(word):
                    yield sound, word

    def everyday(self, sound: str) -> list[str]:
        """Everyday words of a sound, in any order."""
        return self._everyday.under(sound)

    def everyday_begins(self, beginning: str) -> bool:
        """Whether the sound of some everyday word begins like this."""
        return self._everyday.has_key_with(beginning)

    def _syllables_of(self, character: str) -> tuple[str, ...]:
        return tuple(syllable for found in self._syllables.under(character) for syllable in found.split())

    def _sounds_of(self, character: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(sound_of, self.syllables(character))))


@cache
def sound_of(syllable: str) -> str:
    """One sound for all syllables that dialects do not tell apart: zh and z, n and l, f and h, ing and in …

    >>> sound_of("zhang"), sound_of("lin"), sound_of("ning")
    ('zan ', 'nin ', 'nin ')
    """
    for long, short in _BEGINNINGS:
        if syllable.startswith(long):
            syllable = short + syllable.removeprefix(long)
            break
    return f"{syllable[:-1] if syllable.endswith(_ENDINGS) else syllable} "


def _lone_characters(
    known: Iterable[tuple[str, int]], syllable_alone: Callable[[str], str]
) -> dict[str, str]:
    """For each syllable its most frequent characters."""
    counted: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for word, count in known:
        if len(word) == 1 and is_han(word) and count >= EVERYDAY_CHARACTER:
            counted[syllable_alone(word)].append((-count, word))
    return {
        syllable: "".join(character for _, character in sorted(characters)[:MOST_LONE_CHARACTERS])
        for syllable, characters in counted.items()
        if _VOWELS & set(syllable)
    }
