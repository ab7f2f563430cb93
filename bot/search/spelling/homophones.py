"""Words by their sound: what is meant by a stretch that sounds like it, or that is typed in letters."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
)
from bot.search.spelling.language import are_han, is_han
from bot.search.spelling.pinyin import blurred, reading_alone, readings

EVERYDAY = 300
"""How often a word stands in general Chinese to be read from letters: 怎么, 申请, 老板."""

EVERYDAY_CHARACTER = 100
MOST_LONE_CHARACTERS = 6

_MOST_SOUNDS = 8
_LONGEST_SYLLABLE = 6
_VOWELS = frozenset("aeiou")


class _Stretch(NamedTuple):
    """The start of a word: each unit is a Han character as it was typed, or a syllable in letters."""

    end: int
    sound: str = ""
    units: tuple[str, ...] = ()


class Homophones:
    """Words under the blurred sound of their characters, one code character for each syllable.

    Args:
        own: the words of the library.
        general: how often words stand in general Chinese; the everyday ones are read from letters, no more.
        stop_words: are read from letters, too.
    """

    def __init__(self, own: Iterable[str], general: Mapping[str, int], stop_words: frozenset[str]) -> None:
        self._codes: dict[str, str] = {}
        self._codes_by_character: dict[str, tuple[str, ...]] = {}
        self._own = self._by_sound(own)
        everyday = {
            word
            for word, count in general.items()
            if count >= EVERYDAY and 1 < len(word) <= 4 and are_han(word)
        }
        self._everyday = self._by_sound(everyday | {word for word in stop_words if are_han(word)})
        self._beginnings = {
            sound[:end] for sound in (*self._own, *self._everyday) for end in range(1, len(sound) + 1)
        }
        self._lone = _lone_characters(general)

    def alike(self, text: str, start: int, least_end: int) -> Iterator[Candidate]:
        """Words of the library that sound like a stretch of Han characters, and are not written like it."""
        sounds: Sequence[str] = self._codes_of(text[start])
        for end in range(start + 2, min(len(text), start + LONGEST_STRETCH) + 1):
            codes = self._codes_of(text[end - 1])
            sounds = [sound + code for sound in sounds for code in codes][:_MOST_SOUNDS]
            if not sounds:
                return
            for sound in sounds:
                if end >= least_end and sound in self._own:
                    typed = text[start:end]
                    for word in self._own[sound].split():
                        if word != typed:
                            yield Candidate(end, word, Mistake.SOUND, _sound_cost(typed, word))

    def spelt_out(self, text: str, start: int) -> Iterator[Candidate]:
        """Words that a stretch with letters in it stands for, of the library or everyday ones."""
        waiting = [_Stretch(start)]
        while waiting:
            stretch = waiting.pop()
            if any(not is_han(unit) for unit in stretch.units):
                yield from self._meant(stretch, text[start : stretch.end])
            if stretch.end < len(text):
                longer = self._longer(stretch, text)
                waiting.extend(further for further in longer if further.sound in self._beginnings)

    def _meant(self, stretch: _Stretch, typed: str) -> Iterator[Candidate]:
        if len(stretch.units) == 1:
            for word in self._lone.get(stretch.units[0], ""):
                yield Candidate(stretch.end, word, Mistake.LETTERS, LONE_LETTERS)
        words = f"{self._own.get(stretch.sound, '')} {self._everyday.get(stretch.sound, '')}"
        for word in words.split():
            cost = _letters_cost(stretch.units, word)
            if cost is not None:
                cost += BLANK * (len(typed.split()) - 1)
                yield Candidate(stretch.end, word, Mistake.LETTERS, cost)

    def _longer(self, stretch: _Stretch, text: str) -> Iterator[_Stretch]:
        """The stretch with one more character or syllable."""
        start = stretch.end
        if is_han(text[start]):
            for code in self._codes_of(text[start]):
                yield _Stretch(start + 1, stretch.sound + code, (*stretch.units, text[start]))
            return
        for end in range(start + 1, min(len(text), start + _LONGEST_SYLLABLE) + 1):
            syllable = text[start:end].replace("v", "u")
            if not is_letter(syllable[-1]):
                return
            if syllable in self._lone:
                sound = stretch.sound + self._code(syllable)
                yield _Stretch(_over_blanks(text, end), sound, (*stretch.units, syllable))

    def _by_sound(self, words: Iterable[str]) -> dict[str, str]:
        """Words of at least two characters under each of their sounds, parted by blanks."""
        found: dict[str, str] = {}
        for word in words:
            if not 1 < len(word) <= LONGEST_STRETCH:
                continue
            sounds = [""]
            for character in word:
                codes = self._codes_of(character)
                sounds = [sound + code for sound in sounds for code in codes][:_MOST_SOUNDS]
            for sound in sounds:
                found[sound] = f"{found[sound]} {word}" if sound in found else word
        return found

    def _codes_of(self, character: str) -> tuple[str, ...]:
        codes = self._codes_by_character.get(character)
        if codes is None:
            codes = tuple(dict.fromkeys(self._code(reading) for reading in readings(character)))
            self._codes_by_character[character] = codes
        return codes

    def _code(self, syllable: str) -> str:
        return self._codes.setdefault(blurred(syllable), chr(len(self._codes)))


def is_letter(character: str) -> bool:
    """Whether a character may be part of a syllable in letters; texts are folded to lower case before."""
    return "a" <= character <= "z"


def _sound_cost(typed: str, word: str) -> float:
    cost = SOUND - FURTHER_SOUND
    for character, meant in zip(typed, word, strict=True):
        if character != meant:
            cost += FURTHER_SOUND
            if not set(readings(character)) & set(readings(meant)):
                cost += BLUR
    return cost


def _letters_cost(units: Sequence[str], word: str) -> float | None:
    """None where a character was typed that the word does not have."""
    cost = 0.0
    for unit, meant in zip(units, word, strict=True):
        if not is_han(unit):
            cost += LETTERS if unit in readings(meant) else LETTERS + LETTERS_BLUR
        elif unit == meant:
            cost += PARTLY_LETTERS / (len(units) - 1)
        else:
            return None
    return cost


def _over_blanks(text: str, end: int) -> int:
    """Where the next syllable begins, if only blanks or apostrophes part it from this one; else the end."""
    after = end
    while after < len(text) and text[after] in " '":
        after += 1
    return after if after < len(text) and is_letter(text[after]) else end


def _lone_characters(general: Mapping[str, int]) -> dict[str, str]:
    """The most frequent characters of each syllable. What is no key is no syllable."""
    counted: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for word, count in general.items():
        if len(word) == 1 and is_han(word) and count >= EVERYDAY_CHARACTER:
            counted[reading_alone(word)].append((-count, word))
    return {
        syllable: "".join(character for _, character in sorted(characters)[:MOST_LONE_CHARACTERS])
        for syllable, characters in counted.items()
        if _VOWELS & set(syllable)
    }
