"""The concepts of a question: its words, its expressions with their meanings; how a text covers them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from bot.search.query import Expansion, Query

_MEANT = 0.9
"""The cover of a concept that a text says in other words, times how surely these are meant."""

_PART = 0.5
"""The cover of a concept if a text has only some of its words."""


class Way(NamedTuple):
    """A text that says a concept, and how much of the concept it covers, 0-1."""

    cover: float
    said: str


class Concept(NamedTuple):
    """A word of a question, or an expression with the terms it stands for.

    `share`: its share of the question, by rarity. `ways`: the ways to say it, the best first. `words`: those
    that say all of it together; empty where it has fewer than two, or a text lacks one.
    """

    share: float
    said: str
    ways: tuple[Way, ...]
    words: tuple[str, ...] = ()

    def covered_by(self, text: str) -> float:
        """How much of the concept a text covers, 0-1."""
        for cover, said in self.ways:
            if said in text:
                return 1.0 if self.words and all(word in text for word in self.words) else cover
        return 0.0


class Concepts:
    """The concepts of a question, in its order. Immutable."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.all = tuple(concepts)
        self._ways = [(number, way, way.said) for number, each in enumerate(self.all) for way in each.ways]

    def within(self, text: str) -> dict[int, Concept]:
        """The concepts that a text says in some way, by number, limited to the ways that stand in it.

        Parts of the text cover a limited concept as they cover the whole one, with fewer texts to look for.
        """
        ways: dict[int, list[Way]] = {}
        for number, way in [(number, way) for number, way, said in self._ways if said in text]:
            ways.setdefault(number, []).append(way)
        return {number: _limited(self.all[number], found) for number, found in ways.items()}


def _limited(concept: Concept, ways: Sequence[Way]) -> Concept:
    """A concept with some of its ways. Words that are not all among them say it no longer together."""
    words = concept.words
    if words and not {way.said for way in ways}.issuperset(words):
        words = ()
    return Concept(concept.share, concept.said, tuple(ways), words)


def concepts_of(query: Query, idf: Mapping[str, float]) -> Iterator[Concept]:
    """The expressions with a meaning, and the words that stand in none of them.

    What stands between the parts of an expression is no part of it: in 打这种官司, 这种 is a word by itself.
    A word in several expressions is shared among them.

    Args:
        idf: how rare each word of the question is.
    """
    inside = [_inside(group[0], tuple(idf)) for group in query.meanings]
    times = Counter(word for words in inside for word in words)
    found: list[Concept] = []
    for group, words in zip(query.meanings, inside, strict=True):
        surest = max(each.weight for each in group)
        meant = [Way(_MEANT * (each.weight / surest), each.term) for each in group]
        weight = sum(idf[word] / times[word] for word in words) or 1.0
        found.append(_expression(weight, group[0].said, words, meant))
    found += [Concept(idf[word], word, (Way(1.0, word),)) for word in idf if word not in times]
    whole = sum(each.share for each in found)
    for each in found:
        yield each._replace(share=each.share / whole)


def _expression(weight: float, said: str, words: tuple[str, ...], meant: Sequence[Way]) -> Concept:
    """An expression: said as it is, by one of its words, or in other words."""
    alone = 1.0 if len(words) == 1 else _PART
    ways = [Way(1.0, said), *(Way(alone, word) for word in words if word != said), *meant]
    best_first = tuple(sorted(ways, key=attrgetter("cover"), reverse=True))
    return Concept(weight, said, best_first, words if len(words) > 1 else ())


def _inside(expansion: Expansion, words: Sequence[str]) -> tuple[str, ...]:
    """The words of a question that an expression is made of."""
    if len(expansion.parts) < 2:
        return tuple(word for word in words if word in expansion.said)
    return tuple(
        word
        for word in words
        if any(word in part or (part in word and word in expansion.said) for part in expansion.parts)
    )
