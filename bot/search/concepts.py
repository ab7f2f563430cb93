"""The concepts of a question: its words, its expressions with their meanings; how a text covers them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from bot.search.query import Expansion, Query

_MEANT = 0.9
"""The cover of a concept that a text says in other words, times how surely these are meant."""

_PART = 0.5
"""The cover of a concept if a text has only some of its words."""


class Concept(NamedTuple):  # hundreds are made for a question
    """A word of a question, or an expression with the terms it stands for.

    `share`: its share of the question, by rarity. `words`: the number of its words. `held`: those that may
    stand in a text. `meant`: the terms it stands for, surest first, each with how surely it is meant.
    """

    share: float
    said: str
    words: int
    held: tuple[str, ...]
    meant: tuple[tuple[str, float], ...]

    @property
    def is_word(self) -> bool:
        """Whether it is one word that stands for nothing else: a text has it, or covers nothing of it."""
        return not self.meant and self.held == (self.said,)

    def within(self, text: str) -> "Concept | None":
        """The concept, limited to the words and terms that stand in a text. None: none of them does.

        Parts of the text cover the limited concept as they cover the whole one, with fewer words to look for.
        """
        if self.is_word:
            return self if self.said in text else None
        held = tuple([word for word in self.held if word in text])
        meant = tuple([pair for pair in self.meant if pair[0] in text])
        if not held and not meant and self.said not in text:
            return None
        return Concept(self.share, self.said, self.words, held, meant)

    def covered_by(self, text: str) -> float:
        """How much of the concept a text covers, 0-1."""
        if self.said in text:
            return 1.0
        literal = 0.0
        if self.held and (held := [word for word in self.held if word in text]):
            if len(held) == self.words:
                return 1.0
            literal = _PART
        for term, sure in self.meant:
            if term in text:
                return max(literal, _MEANT * sure)
        return literal


def concepts_of(query: Query, idf: Mapping[str, float]) -> Iterator[Concept]:
    """The expressions with a meaning, and the words that stand in none of them.

    What stands between the parts of an expression is no part of it: in 打这种官司, 这种 is a word by itself.
    A word in several expressions is shared among them.

    Args:
        idf: how rare each word of the question is.
    """
    inside = [_inside(group[0], tuple(idf)) for group in query.meanings]
    times = Counter(word for words in inside for word in words)
    found: list[tuple[float, str, tuple[str, ...], tuple[tuple[str, float], ...]]] = []
    for group, words in zip(query.meanings, inside, strict=True):
        surest = max(each.weight for each in group)
        meant = tuple((each.term, each.weight / surest) for each in group)
        weight = sum(idf[word] / times[word] for word in words) or 1.0
        found.append((weight, group[0].said, words, tuple(sorted(meant, key=itemgetter(1), reverse=True))))
    found += [(weight, word, (word,), ()) for word, weight in idf.items() if word not in times]
    whole = sum(weight for weight, *_ in found)
    for weight, said, words, meant in found:
        yield Concept(weight / whole, said, len(words), words, meant)


def _inside(expansion: Expansion, words: Sequence[str]) -> tuple[str, ...]:
    """The words of a question that an expression is made of."""
    if len(expansion.parts) < 2:
        return tuple(word for word in words if word in expansion.said)
    return tuple(
        word
        for word in words
        if any(word in part or (part in word and word in expansion.said) for part in expansion.parts)
    )
