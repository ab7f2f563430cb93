"""In which order the best entries stand: by score, by their own words, and by vectors where there are any.

The best by score and nearness are looked at by witnesses. Those beyond stay in the order of both.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from operator import mul

from bot.search.dense.nearness import NEAR_WEIGHTS, Nearness
from bot.search.engine.port import Scored
from bot.search.query import Query
from bot.search.witness import DEPTH, Witnesses

POOL = 100
"""Entries whose whole score is worked out. Those that vectors have a say in."""

RECOGNIZED = 1.0
"""What a known question adds to the logarithm of its clause's score where the best are put in order, by the
square of its similarity: what people have said of a clause weighs more than its own words."""

Cosines = Mapping[str, Sequence[float]]
"""How near each of some entries is, in the order of Near; empty where no vectors have a say."""


class Ordering:
    """Puts the best entries of a query in order. Threads may share it.

    Args:
        nearness: None: no vectors have a say.
        text: that of the entry with an id.
    """

    def __init__(self, witnesses: Witnesses, nearness: Nearness | None, text: Callable[[str], str]) -> None:
        self._witnesses, self._nearness, self._text = witnesses, nearness, text
        self.depth = POOL if nearness else DEPTH

    def near(self, query: Query, ids: Sequence[str]) -> Cosines:
        """How near each of some entries is to a query."""
        if self._nearness is None or not ids:
            return {}
        cosines = self._nearness.cosines(query.text, [self._text(each) for each in ids])
        return {} if cosines is None else dict(zip(ids, cosines.tolist(), strict=True))

    def ids(self, query: Query, scored: Sequence[Scored], said: Mapping[str, float]) -> list[str]:
        """The ids of some entries, best first; equal ones in their order.

        Args:
            said: by id, what `Witnesses` is told of the score.
        """
        near = self.near(query, [entry_id for entry_id, _ in scored])
        scored = nearest_first(scored, near)
        ids = [entry_id for entry_id, _ in scored]
        weights = self._witnesses.weights(query, ids[:DEPTH], [said[each] for each in ids[:DEPTH]])
        worth = {
            entry_id: _log(score) + weight + _weight(near, entry_id)
            for (entry_id, score), weight in zip(scored, weights, strict=False)
        }
        for recognized in query.recognized:
            if recognized.known.clause_id in worth and not recognized.known.is_negative:
                worth[recognized.known.clause_id] += RECOGNIZED * recognized.similarity**2
        return [*sorted(worth, key=worth.__getitem__, reverse=True), *ids[DEPTH:]]

    def features(
        self, query: Query, scored: Sequence[Scored], said: Mapping[str, float]
    ) -> tuple[list[str], list[list[float]]]:
        """The ids of the entries that witnesses look at, and of each what decides its place, in a row.

        That is the logarithm of its score, its features and its cosines, of which there are none without
        vectors.
        """
        scored = [each for each in scored if each[1] > 0]
        near = self.near(query, [entry_id for entry_id, _ in scored])
        scored = nearest_first(scored, near)[:DEPTH]
        ids = [entry_id for entry_id, _ in scored]
        rows = self._witnesses.features(query, ids, [said[each] for each in ids])
        return ids, [
            [math.log(score), *row, *near.get(entry_id, ())]
            for (entry_id, score), row in zip(scored, rows, strict=True)
        ]


def nearest_first(scored: Sequence[Scored], near: Cosines) -> Sequence[Scored]:
    """Entries by score and nearness; in their order where no vectors have a say."""
    if not near:
        return scored
    return sorted(scored, key=lambda each: _log(each[1]) + _weight(near, each[0]), reverse=True)


def _weight(near: Cosines, entry_id: str) -> float:
    """What nearness adds to the logarithm of the score of an entry."""
    return math.fsum(map(mul, NEAR_WEIGHTS.values(), near[entry_id])) if near else 0.0


def _log(score: float) -> float:
    """The logarithm of a score; 0, which only a negative known question leaves, is below all others."""
    return math.log(score) if score > 0 else -math.inf
