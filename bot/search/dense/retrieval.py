"""Dense retrieval: the entries whose vectors are nearest to a question's, fused with those of BM25."""

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from bot.search.dense.vectors import Vector, Vectors, digest_of
from bot.search.entry import Entry

DEPTH = 100
"""Nearest entries that have a say."""

RANK_CONSTANT = 60
"""Cormack, Clarke and Büttcher, *Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning
Methods* (2009), section 2."""

Ranked = Sequence[tuple[int, float]]
"""Positions of entries and their scores, best first."""


class Dense:
    """Finds the entries nearest to a question. Entries without a vector are never near.

    Args:
        vector_of: the unit vector of a question; None where there is none in time.
    """

    def __init__(
        self, vectors: Vectors, entries: Sequence[Entry], vector_of: Callable[[str], Vector | None]
    ) -> None:
        rows = {digest: row for row, digest in enumerate(vectors.digests)}
        found = [(position, rows.get(digest_of(entry))) for position, entry in enumerate(entries)]
        self._matrix = vectors.matrix
        self._vector_of = vector_of
        self._positions = np.array([position for position, row in found if row is not None], np.int64)
        self._rows = np.array([row for _, row in found if row is not None], np.int64)

    def __len__(self) -> int:
        return len(self._positions)

    def nearest(self, question: str) -> tuple[int, ...]:
        """Positions of the nearest entries, at most DEPTH, nearest first; none while the endpoint is off."""
        vector = self._vector_of(question)
        if vector is None:
            return ()
        distances = -(self._matrix @ vector)[self._rows]
        near = np.arange(len(distances))
        if len(near) > DEPTH:
            near = np.sort(np.argpartition(distances, DEPTH)[:DEPTH])
        near = near[np.argsort(distances[near], kind="stable")]
        return tuple(self._positions[near].tolist())


def fused(ranked: Ranked, nearest: Sequence[int]) -> list[tuple[int, float]]:
    """Entries in the order of both rankings by reciprocal rank, as many as are ranked by score.

    The scores keep their order: the best entry has the highest, whichever it is. So what is refused, and how
    many are quoted, is decided by words alone, for which it was measured.

    >>> fused([(7, 3.0), (8, 2.0), (9, 1.0)], [9, 5])
    [(9, 3.0), (7, 2.0), (8, 1.0)]
    """
    votes: defaultdict[int, float] = defaultdict(float)
    for positions in ([position for position, _ in ranked], nearest):
        for rank, position in enumerate(positions, start=1):
            votes[position] += 1 / (RANK_CONSTANT + rank)
    order = sorted(votes, key=lambda position: -votes[position])
    return [(position, score) for position, (_, score) in zip(order, ranked, strict=False)]
