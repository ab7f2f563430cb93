"""Words one character away: a similar character, two swapped, one too many, one missing, another one."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, takewhile

from bot.search.lexicon import Lexicon
from bot.search.spelling.candidates import (
    LEFT_OUT,
    LONGEST_STRETCH,
    OTHER,
    REPEATED,
    SHAPE,
    SWAPPED,
    Candidate,
    Mistake,
    is_han,
)
from bot.search.spelling.words import LibraryWords

SHORTEST_WITH_ANOTHER = 5
"""Characters of a word in which any other character counts as a slip. In a shorter word it makes another
word: 网贷平台 is no 网络平台."""

_Slip = tuple[str, str, Mistake, float]
"""What was typed, the word that may have been meant, the mistake and its cost."""


class Slips:
    """Finds words one character away. Immutable; threads may share it.

    Args:
        words: those of the library.
        lexicon: knows which characters look alike, and the stop words. No stop word is a slip for another
            character.
    """

    def __init__(self, words: LibraryWords, lexicon: Lexicon) -> None:
        self._words = words
        self._stop_words = lexicon.stop_words
        shapes: defaultdict[str, str] = defaultdict(str)
        for group in lexicon.look_alikes:
            for character in group:
                shapes[character] += group.replace(character, "")
        self._shapes = dict(shapes)

    def near(self, text: str, start: int, least_end: int) -> Iterator[Candidate]:
        """Words one character away from a stretch of Han characters."""
        stretch = "".join(takewhile(is_han, text[start : start + LONGEST_STRETCH]))
        slips = chain(self._changed(stretch), self._left_out(stretch), self._another(stretch))
        for typed, word, mistake, cost in slips:
            end = start + len(typed)
            if end >= least_end and word != typed and len(typed) > 1:
                yield Candidate(end, word, mistake, cost)

    def _changed(self, stretch: str) -> Iterator[_Slip]:
        """Words with which a stretch begins after one character is exchanged, swapped or dropped."""
        for i, character in enumerate(stretch):
            before, after = stretch[:i], stretch[i + 1 :]
            if len(before) > 1 and not self._words.some_begins(before):
                return
            for alike in self._shapes.get(character, ""):
                for word in self._words.beginning(before + alike + after):
                    if len(word) > i:
                        yield stretch[: len(word)], word, Mistake.SHAPE, SHAPE
            if after:
                for word in self._words.beginning(before + after[0] + character + after[1:]):
                    if len(word) > i + 1:
                        yield stretch[: len(word)], word, Mistake.SWAPPED, SWAPPED
            if before:
                for word in self._words.beginning(before + after):
                    typed = stretch[: len(word) + 1]
                    if len(word) >= i and _is_too_many(typed, i):
                        yield typed, word, Mistake.REPEATED, REPEATED

    def _left_out(self, stretch: str) -> Iterator[_Slip]:
        """Words with one character more than the stretch."""
        for end in range(2, len(stretch) + 1):
            for word in self._words.with_a_gap(stretch[:end]):
                yield stretch[:end], word, Mistake.LEFT_OUT, LEFT_OUT

    def _another(self, stretch: str) -> Iterator[_Slip]:
        """Words with another character in one place of the stretch."""
        for end in range(SHORTEST_WITH_ANOTHER, len(stretch) + 1):
            for i in range(end):
                if stretch[i] not in self._stop_words:
                    before, after = stretch[:i], stretch[i + 1 : end]
                    for word in self._words.with_a_gap(before + after):
                        if len(word) == end and word.startswith(before) and word.endswith(after):
                            yield stretch[:end], word, Mistake.OTHER, OTHER


def _is_too_many(typed: str, place: int) -> bool:
    """Whether a character repeats the one before, or stands inside: at the edge it may be a word itself."""
    repeats = len(typed) > 2 and place > 0 and typed[place] == typed[place - 1]
    return repeats or (len(typed) > 3 and 0 < place < len(typed) - 1)
