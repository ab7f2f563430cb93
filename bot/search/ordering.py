"""In which order the best entries stand: by score, by their own words, and by vectors where there are any.

The best by score and nearness are looked at by witnesses. Those beyond stay in the order of both.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.search.dense.nearness import MODEL_WEIGHTS, Nearness, trust
from bot.search.engine.port import Scored
from bot.search.query import Query
from bot.search.witness import DEPTH, Witnesses

POOL = 100
"""Entries whose whole score is worked out. Those that vectors have a say in."""

RECOGNIZED = 1.0
"""What a known question adds to the logarithm of its clause's score where the best are put in order, by the
square of its similarity: what people have said of a clause weighs more than its own words."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a query finds by score, best first.

    `said`: by id, what `Witnesses` is told of the score. `support`: how much of the question the best says.
    """

    query: Query
    scored: Sequence[Scored]
    said: Mapping[str, float]
    support: float


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

    def order(self, found: Found) -> list[tuple[str, float | None]]:
        """The ids of what is found, best first; equal ones in their order. Beside each, how near it is.

        That is the higher of its cosines, None where words decide alone or nobody knows which cosine is low.
        """
        near = self.near(found.query, [entry_id for entry_id, _ in found.scored])
        is_told = self._nearness is not None and self._nearness.is_measured and bool(near)
        return [(each, max(near[each]) if is_told else None) for each in self._ids(found, near)]

    def _ids(self, found: Found, near: Cosines) -> list[str]:
        worth = self._by_nearness(found, near)
        ids = list(worth)
        weights = self._witnesses.weights(
            found.query, ids[:DEPTH], [found.said[each] for each in ids[:DEPTH]]
        )
        worth = {each: worth[each] + weight for each, weight in zip(ids, weights, strict=False)}
        for recognized in found.query.recognized:
            if recognized.known.clause_id in worth and not recognized.known.is_negative:
                worth[recognized.known.clause_id] += RECOGNIZED * recognized.similarity**2
        best = sorted(worth, key=worth.__getitem__, reverse=True)
        exception = self._witnesses.exception(found.query, best)
        if exception is not None:
            best = [exception, *(each for each in best if each != exception)]
        return [*best, *ids[DEPTH:]]

    def _by_nearness(self, found: Found, near: Cosines) -> dict[str, float]:
        """What each entry is worth by score and nearness, best first; by score alone without vectors."""
        worth = {entry_id: _log(score) for entry_id, score in found.scored}
        if self._nearness is None or not near:
            return worth
        trusted = trust(found.query, found.support, self._nearness.weights)
        for entry_id, cosines in near.items():
            worth[entry_id] += trusted * self._nearness.weight(cosines)
        return dict(sorted(worth.items(), key=lambda item: item[1], reverse=True))

    def features(self, found: Found) -> tuple[list[str], list[list[float]]]:
        """The ids of the entries that witnesses look at, and of each what decides its place, in a row.

        That is the logarithm of its score, its features and its cosines, as far as they are trusted. Without
        vectors there are none.
        """
        scores = {entry_id: score for entry_id, score in found.scored if score > 0}
        near = self.near(found.query, list(scores))
        ids = [each for each in self._by_nearness(found, near) if each in scores][:DEPTH]
        rows = self._witnesses.features(found.query, ids, [found.said[each] for each in ids])
        weights = self._nearness.weights if self._nearness else MODEL_WEIGHTS
        trusted = trust(found.query, found.support, weights)
        return ids, [
            [math.log(scores[each]), *row, *(trusted * cosine for cosine in near.get(each, ()))]
            for each, row in zip(ids, rows, strict=True)
        ]


def _log(score: float) -> float:
    """The logarithm of a score; 0, which only a negative known question leaves, is below all others."""
    return math.log(score) if score > 0 else -math.inf
