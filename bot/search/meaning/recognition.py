"""Recognises questions that were asked before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.policy.known_question import KnownQuestion
from bot.search.entry import Entry
from bot.search.scoring.postings import Entries, Postings, Scores, places_of
from bot.search.scoring.vocabulary import Numbers

MIN_SIMILARITY = 0.4
"""From here on, a known question is taken for the one that is asked: from 0.35 to 0.45, the `choose` half of
benchmarks/seed-questions.jsonl finds most, and clauses without known questions lose nothing."""

MIN_LIKENESS = 0.1
"""From here on, a known question is worth offering to somebody whose own question is not answered."""


@dataclass(frozen=True, slots=True)
class Recognized:
    """A known question that is nearly the one that is asked. `similarity`: 0-1, 1 for the same terms."""

    known: KnownQuestion
    similarity: float

    def adjusted(self, score: float, highest: float) -> float:
        """The score of its clause, from the one that its words have and the highest there is.

        The square, for half a similarity is far less than half a proof.
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
        postings: of the questions, in their order.
    """

    def __init__(self, questions: Iterable[KnownQuestion], postings: Postings) -> None:
        self._questions = tuple(questions)
        self._postings = postings
        self._frequencies = np.diff(postings.starts)
        self._idfs = self._idf(self._frequencies)
        self._weights = self._sums(postings.entries, np.repeat(self._idfs, self._frequencies))

    def __len__(self) -> int:
        return len(self._questions)

    def recognize(self, terms: Sequence[str]) -> list[Recognized]:
        """The known questions that are nearly the one with these terms: the nearest of each clause."""
        similarities = self._similarities(tuple(dict.fromkeys(terms)))
        nearest: dict[str, Recognized] = {}
        for position in np.flatnonzero(similarities >= MIN_SIMILARITY).tolist():
            known, similarity = self._questions[position], similarities[position].item()
            best = nearest.get(known.clause_id)
            if best is None or similarity > best.similarity:
                nearest[known.clause_id] = Recognized(known, similarity)
        return list(nearest.values())

    def nearest(self, terms: Sequence[str], most: int) -> list[str]:
        """The known questions with most in common with these terms, nearest first, one for each clause."""
        similarities = self._similarities(tuple(dict.fromkeys(terms)))
        texts: dict[str, str] = {}
        for position in np.argsort(-similarities, kind="stable").tolist():
            known = self._questions[position]
            if similarities[position] < MIN_LIKENESS or len(texts) == most:
                break
            if not known.is_negative:
                texts.setdefault(known.clause_id, known.text)
        return list(texts.values())

    def _similarities(self, asked: Sequence[str]) -> Scores:
        """Dice's coefficient of the asked terms and those of each known question, each term weighing its idf.

        The idf is that among the known questions: 多少 and 怎么, which are in many, hardly tell them apart.
        """
        numbers = self._postings.vocabulary.numbers(asked)
        found = numbers[numbers >= 0]
        unseen = self._idf(np.zeros(len(asked) - len(found), np.int64))
        firsts, counts = self._postings.starts[found], self._frequencies[found]
        holders = self._postings.entries[places_of(firsts, counts)]
        common = self._sums(holders, np.repeat(self._idfs[found], counts))
        both = self._weights + self._idfs[found].sum() + unseen.sum()
        similarities: Scores = np.divide(2 * common, both, out=np.zeros_like(both), where=both > 0)
        return similarities

    def _sums(self, holders: Entries, weights: Scores) -> Scores:
        """For each known question, the sum of the weights of the terms it holds."""
        return np.bincount(holders, weights, minlength=len(self._questions)).astype(np.float64)

    def _idf(self, frequencies: Numbers) -> Scores:
        idfs: Scores = np.log(1 + (len(self._questions) - frequencies + 0.5) / (frequencies + 0.5))
        return idfs
