"""The order of the best entries: by score, by witnesses in their own words, and by vectors if there are any.

Vectors tell how near an entry is, and how near the questions are that it answers. Witnesses look at the best
entries by score and nearness. All others keep their order by score and nearness.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.search.dense.asked import ASKED_WEIGHT, Asked
from bot.search.dense.nearness import MODEL_WEIGHTS, Compared, Nearness, doubt, trust
from bot.search.engine.port import Scored
from bot.search.query import Query
from bot.search.witness import DEPTH, Witnesses

POOL = 100
"""The number of entries whose whole score is worked out, and whose vectors are compared."""

RECOGNIZED = 1.0
"""What a known question adds to the logarithm of its clause's score, times the square of its similarity: a
judgement of people weighs more than the clause's own words."""


@dataclass(frozen=True, slots=True)
class ScoredEntries:
    """The entries that a query finds by score, best first.

    `said`: id → the score of the words as a share of the highest possible score. `support`: how much of the
    question the best entry covers.
    """

    query: Query
    scored: Sequence[Scored]
    said: Mapping[str, float]
    support: float


Cosines = Mapping[str, Sequence[float]]
"""Entry id → its cosines, in the order of Near; empty: there are no vectors."""


class Placed(NamedTuple):
    """An entry in its place.

    `worth`: the logarithm of what decides its place. `near`: the higher one of its cosines; None: there are
    no vectors, or it is not known which cosine is low.
    """

    entry_id: str
    worth: float
    near: float | None


class Ordering:
    """Puts the best entries of a query in order. Threads may share it.

    Args:
        nearness: compares vectors; None: there are no vectors.
        text: gives the text of the entry with an id.
        asked: the questions that entries answer; None: none are known.
    """

    def __init__(
        self,
        witnesses: Witnesses,
        nearness: Nearness | None,
        text: Callable[[str], str],
        asked: Asked | None = None,
    ) -> None:
        self._witnesses, self._nearness, self._text, self._asked = witnesses, nearness, text, asked
        self.depth = POOL if nearness else DEPTH

    def near(self, query: Query, ids: Sequence[str]) -> Cosines:
        """The cosines of entries with a query."""
        return _by_id(ids, self._compared(query, ids))

    def asked(self, query: Query, ids: Sequence[str]) -> Mapping[str, float]:
        """Entry id → the cosine of a query with the nearest question that the entry answers.

        Empty: no questions of these entries are known.
        """
        return dict(zip(ids, self._asked.cosines(query.text, ids), strict=False)) if self._asked else {}

    def _compared(self, query: Query, ids: Sequence[str]) -> Compared | None:
        if self._nearness is None or not ids:
            return None
        return self._nearness.compared(query.text, [self._text(each) for each in ids])

    def order(self, found: ScoredEntries) -> list[Placed]:
        """The found entries, best first; equal ones keep their order."""
        ids = [entry_id for entry_id, _ in found.scored]
        compared = self._compared(found.query, ids)
        told = dict(zip(ids, compared.told, strict=True)) if compared and compared.told else {}
        worths = self._worths(found, _by_id(ids, compared))
        return [Placed(each, worth, told.get(each)) for each, worth in worths.items()]

    def _worths(self, found: ScoredEntries, near: Cosines) -> dict[str, float]:
        """Id → worth, best first. What witnesses do not look at is worth no more than what they do."""
        by_nearness = self._by_nearness(found, near)
        ids = list(by_nearness)
        weights = self._witnesses.weights(
            found.query, ids[:DEPTH], [found.said[each] for each in ids[:DEPTH]]
        )
        worth = {each: by_nearness[each] + weight for each, weight in zip(ids, weights, strict=False)}
        for recognized in found.query.recognized:
            if recognized.known.clause_id in worth and not recognized.known.is_negative:
                worth[recognized.known.clause_id] += RECOGNIZED * recognized.similarity**2
        best = sorted(worth, key=worth.__getitem__, reverse=True)
        exception = self._witnesses.exception(found.query, best)
        if exception is not None:
            worth[exception] = worth[best[0]]
            best = [exception, *(each for each in best if each != exception)]
        least = worth[best[-1]] if best else 0.0
        rest = {each: min(by_nearness[each], least) for each in ids[DEPTH:]}
        return {each: worth[each] for each in best} | rest

    def _by_nearness(self, found: ScoredEntries, near: Cosines) -> dict[str, float]:
        """Id → the entry's worth by score and nearness, best first."""
        worth = {entry_id: log_of(score) for entry_id, score in found.scored}
        in_doubt = doubt(found.support)
        for entry_id, cosine in self.asked(found.query, list(worth)).items():
            worth[entry_id] += in_doubt * ASKED_WEIGHT * cosine
        if self._nearness is not None and near:
            trusted = trust(found.query, found.support, self._nearness.weights)
            for entry_id, cosines in near.items():
                worth[entry_id] += trusted * self._nearness.weight(cosines)
        return dict(sorted(worth.items(), key=lambda item: item[1], reverse=True))

    def features(self, found: ScoredEntries) -> tuple[list[str], list[list[float]]]:
        """The ids of the entries that witnesses look at, and a row of values for each that decide its place.

        The values are the logarithm of its score, its features, and its cosines times their trust; the last
        one is that with the questions it answers, 0 for all where none are known. Without vectors there are
        no cosines.
        """
        scores = {entry_id: score for entry_id, score in found.scored if score > 0}
        near = self.near(found.query, list(scores))
        ids = [each for each in self._by_nearness(found, near) if each in scores][:DEPTH]
        rows = self._witnesses.features(found.query, ids, [found.said[each] for each in ids])
        weights = self._nearness.weights if self._nearness else MODEL_WEIGHTS
        trusted, in_doubt = trust(found.query, found.support, weights), doubt(found.support)
        asked = self.asked(found.query, ids)
        of_asked = {each: (in_doubt * asked.get(each, 0.0),) if near else () for each in ids}
        return ids, [
            [
                math.log(scores[each]),
                *row,
                *(trusted * cosine for cosine in near.get(each, ())),
                *of_asked[each],
            ]
            for each, row in zip(ids, rows, strict=True)
        ]


def _by_id(ids: Sequence[str], compared: Compared | None) -> Cosines:
    return dict(zip(ids, compared.cosines.tolist(), strict=True)) if compared else {}


def log_of(score: float) -> float:
    """The logarithm of a score. A score of 0, left by a negative known question, ranks below all others."""
    return math.log(score) if score > 0 else -math.inf
