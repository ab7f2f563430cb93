"""Words one character away: one that looks alike, two swapped, one too many, one left out, any other."""

from collections import defaultdict
from collections.abc import Iterator

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
)
from bot.search.spelling.language import are_han

SHORTEST_WITH_A_GAP = 3
"""What is left of a shorter word is one character, and no sign of it."""

SHORTEST_WITH_ANOTHER = 5
"""In a shorter word another character makes another word: 网贷平台 is no 网络平台."""


class Slips:
    """The words of the library, and what is left of them without one character.

    Args:
        own: the words of the library.
        lexicon: characters that look alike; stop words, which are nobody's slip for any other character.
    """

    def __init__(self, own: frozenset[str], lexicon: Lexicon) -> None:
        self._own = own
        self._stop_words = lexicon.stop_words
        shapes: defaultdict[str, str] = defaultdict(str)
        for group in lexicon.look_alikes:
            for character in group:
                shapes[character] += group.replace(character, "")
        self._shapes = dict(shapes)
        self._with_a_gap: dict[str, str] = {}
        for word in own:
            if SHORTEST_WITH_A_GAP <= len(word) <= LONGEST_STRETCH:
                for left in {word[:i] + word[i + 1 :] for i in range(len(word))}:
                    self._with_a_gap[left] = (
                        f"{self._with_a_gap[left]} {word}" if left in self._with_a_gap else word
                    )

    def near(self, text: str, start: int, least_end: int) -> Iterator[Candidate]:
        """Words one character away from a stretch of Han characters, and not the same as it."""
        for end in range(max(start + 2, least_end), min(len(text), start + LONGEST_STRETCH) + 1):
            typed = text[start:end]
            if not are_han(typed):
                return
            for word, mistake, cost in self._one_away(typed):
                if word in self._own and word != typed:
                    yield Candidate(end, word, mistake, cost)

    def _one_away(self, typed: str) -> Iterator[tuple[str, Mistake, float]]:
        for i, character in enumerate(typed):
            before, after = typed[:i], typed[i + 1 :]
            for alike in self._shapes.get(character, ""):
                yield before + alike + after, Mistake.SHAPE, SHAPE
            if after:
                yield before + after[0] + character + after[1:], Mistake.SWAPPED, SWAPPED
            if _is_too_many(typed, i):
                yield before + after, Mistake.REPEATED, REPEATED
            if len(typed) >= SHORTEST_WITH_ANOTHER and character not in self._stop_words:
                for word in self._with_a_gap.get(before + after, "").split():
                    if len(word) == len(typed) and word.startswith(before) and word.endswith(after):
                        yield word, Mistake.OTHER, OTHER
        for word in self._with_a_gap.get(typed, "").split():
            yield word, Mistake.LEFT_OUT, LEFT_OUT


def _is_too_many(typed: str, place: int) -> bool:
    """Whether a character repeats the one before, or stands inside: at the edge it may be a word."""
    repeats = len(typed) > 2 and place > 0 and typed[place] == typed[place - 1]
    return repeats or (len(typed) > 3 and 0 < place < len(typed) - 1)
