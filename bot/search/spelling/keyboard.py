"""The words that a pinyin keyboard offers, those of the library first, and the sounds of characters."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.search.spelling.candidates import are_han, is_han

MOST_WORDS = 9000
"""With the characters 70 KB compressed: a second on a slow line, once."""

LONGEST_WORD = 8
LEAST_CHARACTER = 3
"""Occurrences in general Chinese from which a character can be typed by itself."""

LEAST_COMMON = 100
"""Occurrences in general Chinese from which a word is offered that neither library nor residents use."""

FIRST, IN_TEXTS, SAID, ASKING, COMMON = 30.0, 7.0, 4.0, 4.0, 0.6
"""Worth of a word: offered by staff, in a text of the library, said for it by residents, a word that asks or
joins, and for each power of e in general Chinese."""


@dataclass(frozen=True, slots=True)
class KeyboardWords:
    """Words, the likeliest first; for each syllable its characters, the most common first."""

    words: tuple[str, ...]
    characters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WordSources:
    """The sources of a keyboard's words.

    Args:
        first: phrases that staff offer: topics, what people ask next.
        counts: in how many texts of the library each term stands.
        said: what residents say, and what law calls it.
        asking: words that ask and join; search leaves them out, but people write them.
        general: how often words stand in general Chinese.
    """

    first: Sequence[str]
    counts: Mapping[str, int]
    said: Iterable[str]
    asking: Iterable[str]
    general: Mapping[str, int]


def keyboard_words(sources: WordSources, syllables: Callable[[str], Sequence[str]]) -> KeyboardWords:
    """The words and characters of a keyboard.

    Args:
        syllables: those of a character, without tones, the most common first.
    """
    worth: defaultdict[str, float] = defaultdict(float)
    for word in sources.first:
        worth[word] += FIRST
    for word, count in sources.counts.items():
        worth[word] += IN_TEXTS + math.log(count)
    said = set(sources.said)
    within = Counter(part for phrase in said for part in _parts(phrase))
    for word in said:
        worth[word] += SAID + math.log(1 + within[word])
    for word in sources.asking:
        worth[word] += ASKING
    for word, count in sources.general.items():
        if count and (count >= LEAST_COMMON or word in worth):
            worth[word] += COMMON * math.log(count) + (0 if word in said else math.log(1 + within[word]))
    fitting = (word for word in worth if 1 < len(word) <= LONGEST_WORD and are_han(word))
    best = sorted(fitting, key=lambda word: (-worth[word], word))
    words = tuple(islice((word for word in best if all(map(syllables, word))), MOST_WORDS))
    return KeyboardWords(words, _by_syllable(words, sources.general, syllables))


def _parts(phrase: str) -> set[str]:
    """The stretches of a phrase that may be words. 社保 stands within many phrases, and is typed often."""
    ends = range(2, 5)
    return {phrase[start : start + end] for start in range(len(phrase) - 1) for end in ends}


def _by_syllable(
    words: Sequence[str], general: Mapping[str, int], syllables: Callable[[str], Sequence[str]]
) -> dict[str, str]:
    """Syllable → its characters: those of the words, and those that are common alone."""
    characters = {character for word in words for character in word}
    characters |= {word for word, count in general.items() if _is_common(word, count)}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for character in sorted(characters, key=lambda one: (-general.get(one, 0), one)):
        for syllable in syllables(character):
            found[syllable].append(character)
    return {syllable: "".join(found[syllable]) for syllable in sorted(found)}


def _is_common(word: str, count: int) -> bool:
    """Whether a word is a character that people type by itself."""
    return len(word) == 1 and count >= LEAST_CHARACTER and is_han(word)
