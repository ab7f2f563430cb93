"""Dense retrieval: entries whose vectors are nearest to a question's, and an index in which they count."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from bot.search.dense.vectors import Vector, Vectors, digest_of
from bot.search.entry import Entry
from bot.search.explanation import DenseShare, Explanation
from bot.search.index import Hit, Searcher
from bot.search.query import Query
from bot.search.spelling.keyboard import KeyboardWords

DEPTH = 100
"""Nearest entries, and best entries by words, that have a say."""

RANK_CONSTANT = 60
"""Cormack, Clarke and Büttcher, *Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning
Methods* (2009), section 2."""


class DenseRetriever:
    """Finds the entries nearest to a question. Entries without a vector are never near.

    Args:
        vector_of: the unit vector of a question. None: it did not come in time.
    """

    def __init__(
        self, vectors: Vectors, entries: Sequence[Entry], vector_of: Callable[[str], Vector | None]
    ) -> None:
        rows = {digest: row for row, digest in enumerate(vectors.digests)}
        found = [(position, rows.get(digest_of(entry))) for position, entry in enumerate(entries)]
        self._entries = entries
        self._matrix = vectors.matrix
        self._vector_of = vector_of
        self._positions = np.array([position for position, row in found if row is not None], np.int64)
        self._rows = np.array([row for _, row in found if row is not None], np.int64)

    def __len__(self) -> int:
        return len(self._positions)

    def nearest(self, question: str) -> tuple[str, ...]:
        """Ids of the nearest entries, at most DEPTH, nearest first; none while the endpoint is off."""
        vector = self._vector_of(question)
        if vector is None:
            return ()
        distances = -(self._matrix @ vector)[self._rows]
        near = np.arange(len(distances))
        if len(near) > DEPTH:
            near = np.sort(np.argpartition(distances, DEPTH)[:DEPTH])
        near = near[np.argsort(distances[near], kind="stable")]
        return tuple(self._entries[position].entry_id for position in self._positions[near].tolist())


class HybridIndex:
    """An index in whose ranking vectors have a say.

    Where the vector of a question does not come in time, the index ranks by words alone.

    Hits keep the scores of their ranks: the best hit has the highest score, whichever entry it is. So words
    alone, for which it was measured, decide what is refused and how many clauses are quoted.
    """

    def __init__(self, by_words: Searcher, dense: DenseRetriever) -> None:
        self._by_words = by_words
        self._dense = dense

    def query(self, question: str) -> Query:
        """A question as the index understands it. A known question is not sent to the embedding model."""
        query = self._by_words.query(question)
        if query.recognized or not query.terms:
            return query
        return replace(query, nearest=self._dense.nearest(query.text))

    def search(self, query: Query, k: int) -> list[Hit]:
        """The best entries, at most k, best first."""
        if not query.nearest:
            return self._by_words.search(query, k)
        hits = self._by_words.search(query, max(k, DEPTH))
        order = fused([hit.entry_id for hit in hits], query.nearest)
        return [replace(hit, entry_id=entry_id) for entry_id, hit in zip(order, hits, strict=False)][:k]

    def explain(self, query: Query, entry_id: str) -> Explanation:
        """How an entry came to its score.

        Raises:
            KeyError: the index holds no such entry.
        """
        explanation = self._by_words.explain(query, entry_id)
        scores = {hit.entry_id: hit.score for hit in self.search(query, DEPTH)} if query.nearest else {}
        if entry_id not in scores:
            return explanation
        rank = query.nearest.index(entry_id) + 1 if entry_id in query.nearest else None
        return replace(explanation, dense=DenseShare(rank, scores[entry_id] - explanation.score))

    def idf_coverage(self, query: Query, text: str) -> float:
        """How much of a query a text covers, by words."""
        return self._by_words.idf_coverage(query, text)

    def coverage(self, query: Query, texts: Sequence[str]) -> list[list[float]]:
        """What each term and each expression of a query is worth in each of some texts, in rows."""
        return self._by_words.coverage(query, texts)

    def known_like(self, query: Query, most: int) -> list[str]:
        """The known questions that are most like a query, nearest first; often there are none."""
        return self._by_words.known_like(query, most)

    def keyboard_words(self, first: Sequence[str]) -> KeyboardWords:
        """What a pinyin keyboard offers."""
        return self._by_words.keyboard_words(first)

    def fold(self, text: str) -> str:
        """The spelling that is compared."""
        return self._by_words.fold(text)

    def words(self, text: str) -> dict[str, float]:
        """The words of a text that are no stop words, with their idf."""
        return self._by_words.words(text)

    def idfs(self, terms: Sequence[str]) -> Sequence[float]:
        """How rare each of some terms is in the library."""
        return self._by_words.idfs(terms)

    @property
    def highest_idf(self) -> float:
        """The idf of a word that no text holds."""
        return self._by_words.highest_idf


def fused(ranked: Sequence[str], nearest: Sequence[str]) -> list[str]:
    """The entries of two rankings in one, by reciprocal rank.

    >>> fused(["a", "b", "c"], ["c", "d"])
    ['c', 'a', 'b', 'd']
    """
    votes: defaultdict[str, float] = defaultdict(float)
    for ranking in (ranked, nearest):
        for rank, entry_id in enumerate(ranking, start=1):
            votes[entry_id] += 1 / (RANK_CONSTANT + rank)
    return sorted(votes, key=lambda entry_id: -votes[entry_id])
