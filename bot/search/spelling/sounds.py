"""How Chinese sounds, whatever the library: characters, syllables in letters, everyday words.

Made from the general dictionary and pypinyin's phrases in a second, and kept in files: whoever opens those
needs neither.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Self

from bot.search.spelling.candidates import LONGEST_STRETCH
from bot.search.spelling.han import are_han, is_han
from bot.search.spelling.tries import WordLists

EVERYDAY = 300
"""How often a word stands in general Chinese to be read from letters: 怎么, 申请, 老板."""

EVERYDAY_CHARACTER = 100
MOST_LONE_CHARACTERS = 6

MOST_SOUNDS = 8
"""Sounds of a word or stretch that are followed, where its characters have several each."""

_MOST_REMEMBERED = 10_000
_BEGINNINGS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"), ("f", "h"))
_ENDINGS = ("ang", "eng", "ing")
_VOWELS = frozenset("aeiou")


class Sounds:
    """Readings of characters, the characters of a syllable that stands alone, and everyday words by sound.

    A sound is one spelling for all that dialects do not part, each syllable with a blank behind it. Immutable
    but for what it remembers; safe to share between threads.

    Args:
        readings: syllables under characters, parted by blanks.
        everyday: words under their sounds.
        lone: the most frequent characters of each syllable. What is no key is no syllable.
    """

    def __init__(self, readings: WordLists, everyday: WordLists, lone: Mapping[str, str]) -> None:
        self._readings = readings
        self._everyday = everyday
        self.lone = lone
        self.readings = lru_cache(_MOST_REMEMBERED)(self._readings_of)
        self.of_character = lru_cache(_MOST_REMEMBERED)(self._sounds_of)

    @classmethod
    def of(cls, general: Mapping[str, int], stop_words: frozenset[str]) -> Self:
        """The sounds of a general dictionary: how often words stand in everyday Chinese.

        Args:
            stop_words: are read from letters, however often they stand there.
        """
        from bot.search.spelling import pinyin  # noqa: PLC0415  # only who makes the files needs it

        readings = WordLists.of((one, " ".join(found)) for one, found in pinyin.readings().items())
        lone = _lone_characters(general, pinyin.reading_alone)
        everyday = {
            word
            for word, count in general.items()
            if count >= EVERYDAY and 1 < len(word) <= 4 and are_han(word)
        }
        everyday |= {word for word in stop_words if are_han(word)}
        sounds = cls(readings, WordLists.of(()), lone)
        return cls(readings, WordLists.of(sounds.by_sound(everyday)), lone)

    @classmethod
    def open(cls, home: Path) -> Self:
        """The sounds that were saved in a folder.

        Raises:
            OSError, ValueError: there are none.
        """
        lone = json.loads((home / "lone.json").read_text("utf-8"))
        return cls(WordLists.open(home / "readings"), WordLists.open(home / "everyday"), lone)

    def save(self, home: Path) -> None:
        """Writes the sounds into a folder."""
        self._readings.save(home / "readings")
        self._everyday.save(home / "everyday")
        (home / "lone.json").write_text(json.dumps(self.lone, ensure_ascii=False), "utf-8")

    def of_word(self, word: str) -> list[str]:
        """The sounds of a word, at most MOST_SOUNDS; none where a character has no reading."""
        sounds = [""]
        for character in word:
            sounds = self.longer(sounds, character)
        return sounds

    def longer(self, sounds: Iterable[str], character: str) -> list[str]:
        """Sounds with that of one more character behind them."""
        return [sound + last for sound in sounds for last in self.of_character(character)][:MOST_SOUNDS]

    def by_sound(self, words: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Words of two characters up to a stretch, each with each of its sounds before it."""
        for word in words:
            if 1 < len(word) <= LONGEST_STRETCH:
                for sound in self.of_word(word):
                    yield sound, word

    def everyday(self, sound: str) -> list[str]:
        """Everyday words of a sound, in any order."""
        return self._everyday.under(sound)

    def everyday_begins(self, beginning: str) -> bool:
        """Whether the sound of an everyday word begins so."""
        return self._everyday.has_key_with(beginning)

    def _readings_of(self, character: str) -> tuple[str, ...]:
        return tuple(syllable for found in self._readings.under(character) for syllable in found.split())

    def _sounds_of(self, character: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(sound_of, self.readings(character))))


@cache
def sound_of(syllable: str) -> str:
    """One sound for syllables that dialects do not part: zh and z, n and l, f and h, ing and in …

    >>> sound_of("zhang"), sound_of("lin"), sound_of("ning")
    ('zan ', 'nin ', 'nin ')
    """
    for long, short in _BEGINNINGS:
        if syllable.startswith(long):
            syllable = short + syllable.removeprefix(long)
            break
    return f"{syllable[:-1] if syllable.endswith(_ENDINGS) else syllable} "


def _lone_characters(general: Mapping[str, int], reading_alone: Callable[[str], str]) -> dict[str, str]:
    counted: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for word, count in general.items():
        if len(word) == 1 and is_han(word) and count >= EVERYDAY_CHARACTER:
            counted[reading_alone(word)].append((-count, word))
    return {
        syllable: "".join(character for _, character in sorted(characters)[:MOST_LONE_CHARACTERS])
        for syllable, characters in counted.items()
        if _VOWELS & set(syllable)
    }
