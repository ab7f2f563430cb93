"""How likely a text is, as far as spelling needs to know: its words, and which characters stand together.

A cost is a negative natural logarithm. A word's probability is half by the library's document frequencies and
half by general Chinese; characters that meet at the edge of two words earn a bonus if the library has them.
"""

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping

LONGEST_WORD = 8

LEAST_PROBABILITY = 1e-8
"""Of a character that no text holds."""

KNOWN_PAIR = 3.5
"""Bonus of a pair that very many texts hold."""

HALF_KNOWN = 2
"""Texts that must hold a pair for half the bonus."""

MOST_COUNTED = 255
"""Texts of a pair that are counted; the bonus hardly grows beyond."""

_CODE_POINT = 21
_COUNT = 8
"""Bits. A pair and its count are one number: those of a large library take two megabytes."""


def is_han(character: str) -> bool:
    """Whether a character is Han, of those that words of today are written with."""
    return "\u3400" <= character <= "\u9fff"


def are_han(text: str) -> bool:
    """Whether all characters are Han; an empty text is."""
    return all(map(is_han, text))


class Language:
    """Costs of words and of pairs. Nothing changes it once it is built.

    Args:
        frequencies: in how many texts of the library each term stands, words and bigrams with their #.
        general: how often words stand in general Chinese.
        stop_words: words that are everywhere and not in the library's terms.
        known: further words to take as the library's own.
    """

    def __init__(
        self,
        frequencies: Mapping[str, int],
        general: Mapping[str, int],
        stop_words: frozenset[str],
        known: Iterable[str] = (),
    ) -> None:
        own = dict.fromkeys(known, 1) | {
            term: count for term, count in frequencies.items() if not term.startswith("#")
        }
        self._own = own
        self._general = general
        self._stop_words = stop_words
        self._own_total = max(1, sum(own.values()))
        self._general_total = max(1, sum(general.values()))
        self._pairs = array(
            "Q",
            sorted(
                _code(term[1], term[2]) << _COUNT | min(count, MOST_COUNTED)
                for term, count in frequencies.items()
                if len(term) == 3 and term[0] == "#" and are_han(term[1:])
            ),
        )

    def own_words(self) -> Iterable[str]:
        """The library's words of two Han characters or more."""
        return (word for word in self._own if 1 < len(word) <= LONGEST_WORD and are_han(word))

    def is_own(self, term: str) -> bool:
        """Whether a term stands in the library."""
        return term in self._own

    def is_general(self, word: str, least: int) -> bool:
        """Whether a word is a stop word, or stands in general Chinese more than `least` times."""
        return word in self._stop_words or self._general.get(word, 0) > least

    def cost(self, word: str) -> float:
        """Cost of a word; infinite for several characters that are none."""
        own = self._own.get(word, 0) / self._own_total
        probability = (own + self._general.get(word, 0) / self._general_total) / 2
        if probability == 0 and len(word) > 1 and word not in self._stop_words:
            return math.inf
        return -math.log(max(probability, LEAST_PROBABILITY))

    def pair_bonus(self, left: str, right: str) -> float:
        """What two characters that meet at the edge of two words take off the cost; 0 if unknown."""
        code = _code(left, right)
        place = bisect_left(self._pairs, code << _COUNT)
        if place == len(self._pairs) or self._pairs[place] >> _COUNT != code:
            return 0.0
        count = self._pairs[place] & MOST_COUNTED
        return KNOWN_PAIR * count / (count + HALF_KNOWN)


def _code(left: str, right: str) -> int:
    return ord(left) << _CODE_POINT | ord(right)
