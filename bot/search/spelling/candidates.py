"""The words that may have been meant by a stretch of a question, and the costs of the mistakes."""

from enum import StrEnum
from typing import NamedTuple

LONGEST_STRETCH = 6
"""Characters, or syllables in letters, of a stretch that is looked at."""

SOUND = 8.0
"""Cost of one character that sounds like the one that was meant. All costs are negative natural logarithms,
chosen on the `choose` halves of benchmarks/typos.py; docs/quality.md says what was tried."""

FURTHER_SOUND = 7.0
"""Cost of each further such character in the same word. It is high: with both characters exchanged, a short
word can be any word."""

BLUR = 2.0
"""Added where the sounds are only near: zh and z, n and l, f and h, ing and in …"""

SHAPE = 6.0
SWAPPED = 7.0
REPEATED = 8.0
LEFT_OUT = 8.0
OTHER = 12.0

LETTERS = 0.5
"""Cost of each syllable in letters. It is low, as letters nearly always stand for Han characters."""

LETTERS_BLUR = 6.0
BLANK = 4.0
"""Added for a blank inside a word: blanks mostly stand between words."""

PARTLY_LETTERS = 1.5
LONE_LETTERS = 2.0


class Mistake(StrEnum):
    """How the typed text differs from the word that was meant."""

    SOUND = "sounds alike"
    SHAPE = "looks alike"
    SWAPPED = "two characters swapped"
    REPEATED = "a character too many"
    LEFT_OUT = "a character left out"
    OTHER = "another character"
    LETTERS = "typed in pinyin"


REARRANGED = frozenset({Mistake.SWAPPED, Mistake.REPEATED})
"""Mistakes of those who typed all characters of the word: which ones stand side by side tells little."""


class Candidate(NamedTuple):
    """A word that may have been meant by the stretch up to `end`, and the cost of the mistake."""

    end: int
    word: str
    mistake: Mistake
    cost: float


def is_han(character: str) -> bool:
    """Whether a character is Han, of those that words of today are written with."""
    return "\u3400" <= character <= "\u9fff"


def are_han(text: str) -> bool:
    """Whether all characters are Han; True for the empty text."""
    return all(map(is_han, text))


def is_letter(character: str) -> bool:
    """Whether a character of a folded text, which is lower case, may be part of a syllable in letters."""
    return "a" <= character <= "z"
