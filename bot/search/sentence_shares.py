"""How much of a question each sentence of a text says, and how near it is: which one answers."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.policy.units import units
from bot.search.concepts import Concepts
from bot.search.dense.nearness import Nearness
from bot.search.query import Query
from bot.search.witness import Witnesses


class SentenceShares(NamedTuple):
    """What a sentence shares with a question; an item of a list is read behind its lead-in.

    `said`: the share of the question's concepts that it says; `alone`: the same, each divided by the root of
    the number of sentences that say it. `characters`: the share of its characters. `near`: their cosine by
    the vectors, weighed as where entries are put in order; 0: there are no vectors.
    """

    said: float
    alone: float
    characters: float
    near: float


class SentenceReader:
    """Compares the sentences of texts with questions. Threads may share it.

    Args:
        fold: folds a text.
        nearness: compares vectors; None: there are no vectors.
    """

    def __init__(self, fold: Callable[[str], str], witnesses: Witnesses, nearness: Nearness | None) -> None:
        self._fold, self._nearness = fold, nearness
        self._sought = witnesses.sought

    def shares(self, query: Query, text: str) -> list[SentenceShares]:
        """What each sentence of a text shares with a query."""
        sought = self._sought(query)
        parts = units(text)
        folded = [self._fold(part.text) for part in parts]
        read = [
            line if part.lead is None else folded[part.lead] + line
            for part, line in zip(parts, folded, strict=True)
        ]
        said, alone = _said(sought.concepts, read)
        characters = [
            sought.character * len([1 for each in sought.characters if each in line]) for line in read
        ]
        near = self._nearness.of_sentences(query.text, text) if self._nearness else ()
        return list(map(SentenceShares, said, alone, characters, near or [0.0] * len(read)))


def _said(concepts: Concepts, sentences: Sequence[str]) -> tuple[list[float], list[float]]:
    """The share of the concepts that each sentence says, and that it says alone."""
    said, alone = [0.0] * len(sentences), [0.0] * len(sentences)
    for concept in concepts.within("\n".join(sentences)).values():
        covers = [concept.covered_by(sentence) for sentence in sentences]
        saying = [number for number, cover in enumerate(covers) if cover]
        for number in saying:
            said[number] += concept.share * covers[number]
            alone[number] += concept.share * covers[number] / math.sqrt(len(saying))
    return said, alone
