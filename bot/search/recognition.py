"""Recognises questions that were asked before."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.policy.known_questions import KnownQuestion
from bot.search.analysis import Analyzer
from bot.search.building import build
from bot.search.compiled import CompiledBM25
from bot.search.entry import Entry

MIN_SIMILARITY = 0.6
"""From here on, a known question is taken for the question that is asked."""

KNOWN_SHARE = 0.85
"""Of the highest score, what a clause has at least whose known question is just the one that is asked."""

_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Recognized:
    """A known question that is nearly the one that is asked. `similarity`: 0-1, 1 for the same terms."""

    known: KnownQuestion
    similarity: float

    def adjusted(self, score: float, highest: float) -> float:
        """The score of its clause, from the one that its words have and the highest there is."""
        if self.known.is_negative:
            return score * (1 - self.similarity)
        return max(score, KNOWN_SHARE * self.similarity * highest)


class Recognizer:
    """Recognises known questions. Immutable."""

    def __init__(self, questions: Iterable[KnownQuestion], analyzer: Analyzer) -> None:
        self._questions = tuple(questions)
        entries = [Entry(question.clause_id, (), question.text) for question in self._questions]
        self._terms = [frozenset(analyzer.terms(question.text)) for question in self._questions]
        self._scorer = CompiledBM25(build(entries, analyzer))

    def __len__(self) -> int:
        return len(self._questions)

    def recognize(
        self, terms: Sequence[str], idfs: Callable[[Sequence[str]], Sequence[float]]
    ) -> list[Recognized]:
        """The known questions that are nearly the one with these terms: the nearest of each clause.

        Args:
            idfs: of terms in the library: rare words tell questions apart, not the frequent ones.
        """
        asked = frozenset(terms)
        nearest: dict[str, Recognized] = {}
        for position, _ in self._scorer.best([(term, 1.0) for term in asked], _CANDIDATES):
            known = self._questions[position]
            similarity = _similarity(asked, self._terms[position], idfs)
            best = nearest.get(known.clause_id)
            if similarity >= MIN_SIMILARITY and (best is None or similarity > best.similarity):
                nearest[known.clause_id] = Recognized(known, similarity)
        return list(nearest.values())


def _similarity(
    asked: frozenset[str], known: frozenset[str], idfs: Callable[[Sequence[str]], Sequence[float]]
) -> float:
    """Dice's coefficient of two sets of terms, each term weighing its idf."""
    common, both = (
        math.fsum(idfs(tuple(asked & known))),
        math.fsum(idfs(tuple(asked))) + math.fsum(idfs(tuple(known))),
    )
    return 2 * common / both if both else 0.0
