"""Finds words by sound: for a stretch of characters, or for a stretch in letters."""

from collections.abc import Iterator, Sequence
from itertools import chain
from operator import ne
from typing import NamedTuple

from bot.search.spelling.candidates import (
    BLANK,
    BLUR,
    FURTHER_SOUND,
    LETTERS,
    LETTERS_BLUR,
    LONE_LETTERS,
    LONGEST_STRETCH,
    PARTLY_LETTERS,
    SOUND,
    Candidate,
    Mistake,
    is_han,
    is_letter,
)
from bot.search.spelling.sounds import Sounds, sound_of
from bot.search.spelling.words import LibraryWords

_LONGEST_SYLLABLE = 6


class _Stretch(NamedTuple):
    """A stretch that may begin a word. Its units are Han characters as typed, or syllables in letters."""

    end: int
    sound: str = ""
    units: tuple[str, ...] = ()


class Homophones:
    """Finds words by sound. Immutable; threads may share it.

    Args:
        words: those of the library.
        sounds: those of characters, and of everyday words. Everyday words are found only for letters.
    """

    def __init__(self, words: LibraryWords, sounds: Sounds) -> None:
        self._words = words
        self._sounds = sounds

    def alike(self, text: str, start: int, least_end: int) -> Iterator[Candidate]:
        """Words of the library that sound like a stretch of Han characters but are written differently."""
        sounds = self._sounds.of_word(text[start])
        for end in range(start + 2, min(len(text), start + LONGEST_STRETCH) + 1):
            longer = self._sounds.longer(sounds, text[end - 1])
            sounds = list(filter(self._words.some_sound_begins, longer))
            if not sounds:
                return
            if end >= least_end:
                typed = text[start:end]
                for word in chain.from_iterable(map(self._words.sounding, sounds)):
                    if 0 < _differing(typed, word) <= len(typed) / 2:
                        yield Candidate(end, word, Mistake.SOUND, self._sound_cost(typed, word))

    def spelt_out(self, text: str, start: int) -> Iterator[Candidate]:
        """Words of the library and everyday words that a stretch with letters may stand for."""
        waiting = [_Stretch(start)]
        while waiting:
            stretch = waiting.pop()
            if any(not is_han(unit) for unit in stretch.units):
                yield from self._meant(stretch, text[start : stretch.end])
            if stretch.end < len(text):
                longer = self._longer(stretch, text)
                waiting.extend(further for further in longer if self._begins(further.sound))

    def _begins(self, sound: str) -> bool:
        return self._words.some_sound_begins(sound) or self._sounds.everyday_begins(sound)

    def _meant(self, stretch: _Stretch, typed: str) -> Iterator[Candidate]:
        if len(stretch.units) == 1:
            for word in self._sounds.lone.get(stretch.units[0], ""):
                yield Candidate(stretch.end, word, Mistake.LETTERS, LONE_LETTERS)
        for word in chain(self._words.sounding(stretch.sound), self._sounds.everyday(stretch.sound)):
            cost = self._letters_cost(stretch.units, word)
            if cost is not None:
                cost += BLANK * (len(typed.split()) - 1)
                yield Candidate(stretch.end, word, Mistake.LETTERS, cost)

    def _longer(self, stretch: _Stretch, text: str) -> Iterator[_Stretch]:
        """The stretch with one more character, or with one more syllable in letters."""
        start = stretch.end
        if is_han(text[start]):
            for sound in self._sounds.of_character(text[start]):
                yield _Stretch(start + 1, stretch.sound + sound, (*stretch.units, text[start]))
            return
        for end in range(start + 1, min(len(text), start + _LONGEST_SYLLABLE) + 1):
            syllable = text[start:end].replace("v", "u")
            if not is_letter(syllable[-1]):
                return
            if syllable in self._sounds.lone:
                sound = stretch.sound + sound_of(syllable)
                yield _Stretch(_over_blanks(text, end), sound, (*stretch.units, syllable))

    def _sound_cost(self, typed: str, word: str) -> float:
        syllables = self._sounds.syllables
        cost = SOUND - FURTHER_SOUND
        for character, meant in zip(typed, word, strict=True):
            if character != meant:
                cost += FURTHER_SOUND
                if not set(syllables(character)) & set(syllables(meant)):
                    cost += BLUR
        return cost

    def _letters_cost(self, units: Sequence[str], word: str) -> float | None:
        """The cost of letters and characters for a word.

        None: a typed character does not stand in the word.
        """
        cost = 0.0
        for unit, meant in zip(units, word, strict=True):
            if not is_han(unit):
                cost += LETTERS if unit in self._sounds.syllables(meant) else LETTERS + LETTERS_BLUR
            elif unit == meant:
                cost += PARTLY_LETTERS / (len(units) - 1)
            else:
                return None
        return cost


def _differing(typed: str, word: str) -> int:
    """In how many places two texts of one length differ."""
    return sum(map(ne, typed, word))


def _over_blanks(text: str, end: int) -> int:
    """Where the next syllable begins, if only blanks or apostrophes stand between; else `end`."""
    after = end
    while after < len(text) and text[after] in " '":
        after += 1
    return after if after < len(text) and is_letter(text[after]) else end
