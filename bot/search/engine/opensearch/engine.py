"""The engine of a cluster: the cluster finds candidates, and their exact scores are worked out here.

Lucene keeps the length of a text in one byte, rounded down, so its score is never too low. What it has not
found scores no more than the last of what it has found: where our exact k-th is better than that, the best k
are the exact ones. Else more is fetched.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

import numpy as np

from bot.errors import ClusterError
from bot.search.arrays import Floats, Table
from bot.search.bm25 import bound, idf, saturation
from bot.search.engine.opensearch.cluster import TOTAL, Cluster, Json
from bot.search.engine.opensearch.editions import EditionManifest, batch_key, changes_of, entry_key
from bot.search.engine.opensearch.statistics import Statistics
from bot.search.engine.port import Scored, Shares, WeightedTerm
from bot.search.entry import Entries

LEAST_WEIGHT = 1e-100
"""A term that counts less is left out, as in the embedded engine."""

MOST_TERMS = 1000
"""Of a search: the cluster refuses more than 1,024. The others, which count least, only widen the bound."""

SPARE = 40
"""Candidates that are fetched beyond k. On lay questions about laws the exact ten were among twenty."""

MOST_CANDIDATES = 1000
"""Where so many are equally good, which of them are the best is left open."""

ROUNDING = 1 + 1e-5
"""Lucene adds up in 32 bits."""

MOST_REMEMBERED = 20_000
"""Entries whose terms are remembered: 20 MB."""


class OpenSearchEngine:
    """The engine of an edition in a cluster. Threads may share it.

    It raises ClusterError where the cluster does not answer; `bot.search.engine.opensearch.keeping` has what
    answers then.

    Args:
        entries: those of the edition, in the order of the library.
    """

    def __init__(
        self, cluster: Cluster, manifest: EditionManifest, statistics: Statistics, entries: Entries
    ) -> None:
        self._cluster = cluster
        self._manifest = manifest
        self._statistics = statistics
        self._entries = entries
        self._norm = statistics.length_norm
        self._batches = [batch_key(batch.digest) for batch in entries.batches]
        sizes = (len(batch.entries) for batch in entries.batches)
        starts = list(accumulate(sizes, initial=0))[:-1]
        self._starts = np.array(starts, np.int64)
        self._start_of = dict(zip(self._batches, starts, strict=True))
        self._added = frozenset(manifest.added)
        kept = zip(self._batches, entries.batches, strict=True)
        self._added_entries = sum(len(batch.entries) for key, batch in kept if key in self._added)
        self._remembered: dict[str, str] = {}
        self._idfs: dict[str, tuple[float, float]] = {}

    def __len__(self) -> int:
        return self._statistics.entries

    @property
    def highest_idf(self) -> float:
        """The inverse document frequency of a term that no entry holds."""
        return idf(len(self), 0)

    def idfs(self, terms: Sequence[str]) -> list[float]:
        """The inverse document frequency of each term, > 0."""
        return [ours for ours, _ in self._idfs_of(terms)]

    def frequencies(self) -> Mapping[str, int]:
        """How many entries hold each term; only terms that an entry holds."""
        return self._statistics.frequencies()

    def best(self, terms: Sequence[WeightedTerm], k: int) -> list[Scored]:
        """The best entries with their scores: best first, equal scores in the order of the library."""
        asked: dict[str, float] = {}
        for term, weight in terms:
            asked[term] = asked.get(term, 0.0) + weight
        held = zip(asked.items(), self.idfs(tuple(asked)), strict=True)
        highest = self.highest_idf
        weights = {term: w for (term, w), rarity in held if w > LEAST_WEIGHT and rarity < highest}
        if not weights:
            return []
        size = min(k + SPARE, MOST_CANDIDATES)
        while True:
            found, bound_of_others = self._candidates(weights, size)
            ranked = self._ranked(weights, found)[:k]
            is_exact = len(ranked) == k and ranked[-1][0] > bound_of_others
            if is_exact or bound_of_others == 0 or size >= MOST_CANDIDATES:
                ids = self._entries.ids([position for _, position in ranked])
                return [(entry_id, score) for entry_id, (score, _) in zip(ids, ranked, strict=True)]
            size = min(4 * size, MOST_CANDIDATES)

    def shares(self, terms: Sequence[str], entry_ids: Sequence[str]) -> Shares:
        """The share that one occurrence of each term gives each entry.

        Raises:
            KeyError: there is no such entry.
        """
        tfs, norms = self._counts(terms, self._keys(self._entries.positions(entry_ids)))
        bounds = np.array([bound(ours) for ours in self.idfs(terms)], np.float64)
        return Shares(bounds[:, np.newaxis] * saturation(tfs, norms), tfs, norms)

    def forget(self) -> None:
        """Forgets the remembered terms of entries."""
        self._remembered = {}

    def probe(self) -> None:
        """Raises ClusterError if the cluster does not answer from this edition."""
        self._cluster.search([(index, {"size": 0}) for index in self._indexes])

    def count(self) -> int:
        """The number of this edition's entries, counted in the cluster."""
        manifest, counted = self._manifest, 0
        only = {"bool": {"must_not": [{"terms": {"batch": list(manifest.gone)}}]}}
        counted = self._cluster.count(manifest.base, only)
        if manifest.added:
            added = {"terms": {"batch": list(manifest.added)}}
            counted += self._cluster.count(changes_of(manifest.base), added)
        return counted

    @property
    def _indexes(self) -> list[str]:
        base = self._manifest.base
        return [base, changes_of(base)]

    def _candidates(self, weights: Mapping[str, float], size: int) -> tuple[list[str], float]:
        """The names of candidates, and the highest score that any other entry can have.

        0: there is no other.
        """
        idfs = dict(zip(weights, self._idfs_of(tuple(weights)), strict=True))
        bounds = {term: weight * bound(idfs[term][0]) for term, weight in weights.items()}
        asked = sorted(bounds, key=bounds.__getitem__, reverse=True)
        left_out = sum(bounds[term] for term in asked[MOST_TERMS:])
        asked = asked[:MOST_TERMS]
        ratios = {term: weights[term] * idfs[term][0] / idfs[term][1] for term in asked}
        manifest, by_term = self._manifest, {term: bounds[term] for term in asked}
        searches = [(manifest.base, _body(ratios, size, must_not=manifest.gone))]
        if manifest.added:
            changes = changes_of(manifest.base)
            searches += [
                (changes, _body(by_term, size, only=manifest.added)),
                (changes, _count(manifest.added)),
            ]
        found = self._cluster.search(searches)
        if manifest.added and found.pop() != [(TOTAL, float(self._added_entries))]:
            raise ClusterError("stale")  # a node that was frozen does not know yet what was written meanwhile
        slack = ROUNDING * max(1.0, self._statistics.base.length_norm.slope / self._norm.slope)
        last = [hits[-1][1] for hits in found if len(hits) == size]
        others = max([slack * score for score in last], default=0.0)
        return [key for hits in found for key, _ in hits], others + left_out if last else left_out

    def _ranked(self, weights: Mapping[str, float], keys: Sequence[str]) -> list[tuple[float, int]]:
        """Exact scores and positions of some entries, best first.

        Terms are added up in the order of the embedded engine, so that scores are the same to the last bit.
        """
        idfs = self.idfs(tuple(weights))
        worth = {term: weights[term] * bound(ours) for term, ours in zip(weights, idfs, strict=True)}
        asked = sorted(worth, key=worth.__getitem__, reverse=True)
        tfs, norms = self._counts(asked, keys)
        scores: Floats = np.zeros(len(keys))
        for term, shares in zip(asked, saturation(tfs, norms), strict=True):
            scores += worth[term] * shares
        positions = map(self._position, keys)
        found = [hit for hit in zip(scores.tolist(), positions, strict=True) if hit[0] > 0]
        return sorted(found, key=lambda hit: (-hit[0], hit[1]))

    def _counts(self, terms: Sequence[str], keys: Sequence[str]) -> tuple[Table, Floats]:
        """How often terms occur in entries.

        A row a term, a column an entry; and the norms of their lengths.
        """
        rows: dict[str, list[int]] = {}
        for row, term in enumerate(terms):
            rows.setdefault(term, []).append(row)
        firsts = {term: found[0] for term, found in rows.items()}
        tfs, lengths = np.zeros((len(terms), len(keys))), np.zeros(len(keys))
        for column, held in enumerate(self._terms_of(keys)):
            tokens = held.split()
            lengths[column] = len(tokens)
            for token in filter(firsts.__contains__, tokens):
                tfs[firsts[token], column] += 1
        for first, *others in rows.values():
            tfs[others] = tfs[first]
        return tfs, self._norm.norms(lengths)

    def _terms_of(self, keys: Sequence[str]) -> Iterator[str]:
        """The terms of entries, joined by blanks. The cluster is asked for those that are not remembered."""
        remembered = self._remembered
        missing = [key for key in keys if key not in remembered]
        fetched = self._cluster.sources((self._index_of(key), key) for key in missing)
        if len(fetched) < len(set(missing)):
            raise ClusterError("incomplete")
        found = {key: source["terms"] for key, source in fetched.items()}
        if len(remembered) + len(found) > MOST_REMEMBERED:
            kept = {key: remembered[key] for key in keys if key in remembered}
            self._remembered = remembered = kept
        remembered.update(found)
        return map(remembered.__getitem__, keys)

    def _idfs_of(self, terms: Sequence[str]) -> list[tuple[float, float]]:
        """The idf of each term, and the idf that the cluster uses for its base; remembered."""
        remembered = self._idfs
        if new := [term for term in dict.fromkeys(terms) if term not in remembered]:
            base = self._statistics.base
            counted = zip(new, self._statistics.holding(new), base.holding(new), strict=True)
            if len(remembered) > MOST_REMEMBERED:
                self._idfs = remembered = {term: remembered[term] for term in terms if term in remembered}
            for term, holding, of_base in counted:
                remembered[term] = idf(len(self), holding), idf(base.texts, of_base)
        return [remembered[term] for term in terms]

    def _keys(self, positions: Sequence[int]) -> list[str]:
        """The names of the entries at some positions."""
        numbers = np.searchsorted(self._starts, positions, side="right") - 1
        places = np.array(positions, np.int64) - self._starts[numbers]
        return [
            entry_key(self._batches[number], place)
            for number, place in zip(numbers.tolist(), places.tolist(), strict=True)
        ]

    def _position(self, key: str) -> int:
        batch, _, number = key.partition(".")
        return self._start_of[batch] + int(number)

    def _index_of(self, key: str) -> str:
        base = self._manifest.base
        return changes_of(base) if key.partition(".")[0] in self._added else base


def _count(batches: Sequence[str]) -> Json:
    """A search that only counts the entries of some batches."""
    return {"size": 0, "track_total_hits": True, "query": {"terms": {"batch": list(batches)}}}


def _body(
    boosts: Mapping[str, float], size: int, *, only: Sequence[str] = (), must_not: Sequence[str] = ()
) -> Json:
    """A search for terms and their weights, in some batches, or in all others."""
    asked = [{"term": {"terms": {"value": term, "boost": boost}}} for term, boost in boosts.items()]
    query: dict[str, object] = {"should": asked, "minimum_should_match": 1}
    if only:
        query["filter"] = [{"terms": {"batch": list(only)}}]
    if must_not:
        query["must_not"] = [{"terms": {"batch": list(must_not)}}]
    return {"size": size, "track_total_hits": False, "query": {"bool": query}}
