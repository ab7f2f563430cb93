"""What may have been meant by a stretch of a question, and how far off that is."""

from enum import StrEnum
from typing import NamedTuple

LONGEST_STRETCH = 6
"""Characters, or syllables in letters, of a stretch that is looked at."""

SOUND = 8.0
"""Cost of one character that sounds like the one that was meant. All costs are negative natural logarithms,
chosen on the `choose` halves of benchmarks/typos.py; docs/quality.md has what was tried."""

FURTHER_SOUND = 7.0
"""Cost of each further one in the same word: both characters of a short word can be anything."""

BLUR = 2.0
"""Added where the sounds are only neighbours: zh and z, n and l, f and h, ing and in …"""

SHAPE = 6.0
SWAPPED = 7.0
REPEATED = 8.0
LEFT_OUT = 8.0
OTHER = 12.0

LETTERS = 0.5
"""Cost of each syllable in letters; nearly none: whoever types letters means Han characters."""

LETTERS_BLUR = 6.0
BLANK = 4.0
"""Added for a blank inside a word: whoever types blanks mostly types them between words."""

PARTLY_LETTERS = 1.5
LONE_LETTERS = 2.0


class Mistake(StrEnum):
    """What came between the word that was meant and what was typed."""

    SOUND = "sounds alike"
    SHAPE = "looks alike"
    SWAPPED = "two characters swapped"
    REPEATED = "a character too many"
    LEFT_OUT = "a character left out"
    OTHER = "another character"
    LETTERS = "typed in pinyin"


class Candidate(NamedTuple):
    """A word that may have been meant by the stretch up to `end`, and the cost of the mistake."""

    end: int
    word: str
    mistake: Mistake
    cost: float
