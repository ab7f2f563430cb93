"""Recognises questions that were asked before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.policy.known_question import KnownQuestion
from bot.search.arrays import Floats
from bot.search.bm25 import idfs
from bot.search.engine.embedded.postings import EntryNumbers, Postings, places_of
from bot.search.entry import Entry

MIN_SIMILARITY = 0.4
"""Similarity from which a known question is taken for the one that is asked. From 0.35 to 0.45, the `choose`
half of benchmarks/seed-questions.jsonl finds most, and clauses without known questions lose nothing."""

MIN_LIKENESS = 0.1
"""From here on, a known question is worth offering to somebody whose own question is not answered."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """A known question that is nearly the asked one. `similarity`: 0-1, 1 for the same terms."""

    known: KnownQuestion
    similarity: float

    def adjusted(self, score: float, highest: float) -> float:
        """The score of the question's clause.

        Of the similarity the square counts, as half a similarity is far less than half a proof.

        Args:
            score: what the clause has without this known question.
            highest: what the words of the question can give at most.
        """
        if self.known.is_negative:
            return score * (1 - self.similarity)
        return max(score, self.similarity**2 * highest)


def entries_of_questions(questions: Iterable[KnownQuestion]) -> list[Entry]:
    """One entry for each known question, to make a recognizer's postings from."""
    return [Entry(question.clause_id, (), question.text) for question in questions]


class Recognizer:
    """Recognises known questions. Immutable.

    Args:
        postings: those of the questions, in their order.
    """

    def __init__(self, questions: Iterable[KnownQuestion], postings: Postings) -> None:
        self.questions = tuple(questions)
        self._postings = postings
        self._frequencies = np.diff(postings.starts)
        self._idfs = idfs(len(self.questions), self._frequencies)
        self._weights = self._sums(postings.entries, np.repeat(self._idfs, self._frequencies))

    def __len__(self) -> int:
        return len(self.questions)

    def recognize(self, terms: Sequence[str]) -> list[Recognition]:
        """The known questions that are nearly the same as these terms; only the nearest of each clause."""
        similarities = self._similarities(tuple(dict.fromkeys(terms)))
        nearest: dict[str, Recognition] = {}
        for position in np.flatnonzero(similarities >= MIN_SIMILARITY).tolist():
            known, similarity = self.questions[position], similarities[position].item()
            best = nearest.get(known.clause_id)
            if best is None or similarity > best.similarity:
                nearest[known.clause_id] = Recognition(known, similarity)
        return list(nearest.values())

    def nearest(self, terms: Sequence[str], most: int) -> list[str]:
        """The known questions with most in common with these terms, nearest first, one for each clause."""
        similarities = self._similarities(tuple(dict.fromkeys(terms)))
        texts: dict[str, str] = {}
        for position in np.argsort(-similarities, kind="stable").tolist():
            known = self.questions[position]
            if similarities[position] < MIN_LIKENESS or len(texts) == most:
                break
            if not known.is_negative:
                texts.setdefault(known.clause_id, known.text)
        return list(texts.values())

    def _similarities(self, asked: Sequence[str]) -> Floats:
        """Dice's coefficient of the asked terms and the terms of each known question; a term weighs its idf.

        The idf is that among the known questions: 多少 and 怎么, which are in many, hardly tell them apart.
        """
        numbers = self._postings.vocabulary.numbers(asked)
        found = numbers[numbers >= 0]
        unseen = idfs(len(self.questions), np.zeros(len(asked) - len(found), np.int64))
        firsts, counts = self._postings.starts[found], self._frequencies[found]
        holders = self._postings.entries[places_of(firsts, counts)]
        common = self._sums(holders, np.repeat(self._idfs[found], counts))
        both = self._weights + self._idfs[found].sum() + unseen.sum()
        similarities: Floats = np.divide(2 * common, both, out=np.zeros_like(both), where=both > 0)
        return similarities

    def _sums(self, holders: EntryNumbers, weights: Floats) -> Floats:
        """For each known question, the sum of the weights of the terms that it holds."""
        return np.bincount(holders, weights, minlength=len(self.questions)).astype(np.float64)
