"""BM25 from postings: the scores of `bm25.BM25`, which stays as the reference, a thousand times faster."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.search.scoring import exhaustive
from bot.search.scoring.bm25 import K1, B, TermWeight
from bot.search.scoring.postings import QueryPostings, Scores, merge
from bot.search.scoring.segment import Bounds, Segment, Shares
from bot.search.scoring.vocabulary import Numbers

WeightedTerm = tuple[str, float]
"""A term of a question, and how much it counts: ≥ 0, 1 for one that was asked once."""

LEAST_WEIGHT = 1e-100
"""A term that counts less is left out: what it adds could vanish in an entry's score."""

Core = Callable[[QueryPostings, int], tuple[Numbers, Scores]]
"""Finds the best entries; `exhaustive.best_entries` says how they are ordered."""

MOST_REMEMBERED = 50_000
"""Terms whose lists are remembered, 10 MB: looking up those of a question took as long as ranking 100,000
clauses, and questions mostly use the same words."""

COMPILED_FROM = 20_000
"""Entries from which numba's loops are worth their import. Below, numpy ranks in less than a millisecond."""


def core_for(entries: int, cache: Path) -> Core:
    """The core that suits a number of entries: numba's for many, where it is installed, else numpy's.

    Args:
        cache: folder for what numba compiles, once a machine and version.
    """
    if entries < COMPILED_FROM:
        return exhaustive.best_entries
    try:
        from bot.search.scoring import windowed  # noqa: PLC0415  # importing numba takes half a second
    except ImportError:
        return exhaustive.best_entries
    windowed.warm_up(CompiledBM25([Segment(merge([]))]).postings_of([]), cache)
    core: Core = windowed.best_entries
    return core


class PostingsLists(NamedTuple):
    """Where the postings of a term stand in each segment, and its idf among all entries."""

    bounds: tuple[Bounds, ...]
    idf: float


class CompiledBM25:
    """Scores of entries from their postings. Threads may share it; all it changes is what it remembers.

    Entries are known by their positions among those of all segments: equal scores are ranked in that order.
    The scores are those that one segment of all these entries would give.

    Args:
        segments: which together hold each entry once.
        core: what adds up and ranks; each gives the same bits.
    """

    def __init__(self, segments: Sequence[Segment], core: Core = exhaustive.best_entries) -> None:
        self._segments = tuple(segments)
        self._core = core
        self._remembered: dict[str, PostingsLists] = {}
        self._count = sum(map(len, self._segments))
        length = sum(segment.total_length for segment in self._segments)
        self._mean_length = length / self._count if length else 1.0

    def best(self, terms: Sequence[WeightedTerm], k: int) -> list[tuple[int, float]]:
        """Positions of entries and their scores, all > 0, at most k: best first, equal ones by position.

        A term adds its weight × its share; weights of a term that is repeated are summed.
        """
        best: list[tuple[int, float]] = []
        for segment, query in zip(self._segments, self.postings_of(terms), strict=True):
            entries, scores = self._core(query, k)
            best.extend(zip(segment.positions(entries).tolist(), scores.tolist(), strict=True))
        return best if len(self._segments) == 1 else sorted(best, key=_by_score)[:k]

    def postings_of(self, terms: Sequence[WeightedTerm]) -> list[QueryPostings]:
        """What a core needs to rank the entries of each segment; unknown terms are left out."""
        asked: dict[str, float] = {}
        for term, weight in terms:
            asked[term] = asked.get(term, 0.0) + weight
        found = zip(asked.values(), self._lists_of(asked), strict=True)
        rows = [(weight * idf * (K1 + 1), bounds) for weight, (bounds, idf) in found if weight > LEAST_WEIGHT]
        rows.sort(key=itemgetter(0), reverse=True)
        return [
            self._query(segment, [(weight, *bounds[i]) for weight, bounds in rows if bounds[i][1]])
            for i, segment in enumerate(self._segments)
        ]

    def _query(self, segment: Segment, rows: Sequence[tuple[float, int, int]]) -> QueryPostings:
        """What a core needs of one segment; a row is the weight of a term, and where its postings stand."""
        weights, starts, ends = zip(*rows, strict=True) if rows else ((), (), ())
        return QueryPostings(
            entries=segment.postings.entries,
            tfs=segment.postings.tfs,
            lengths=segment.postings.lengths,
            starts=np.array(starts, np.int64),
            ends=np.array(ends, np.int64),
            weights=np.array(weights, np.float64),
            gone=segment.gone,
            base=K1 * (1 - B),
            slope=K1 * B / self._mean_length,
        )

    def frequencies(self) -> dict[str, int]:
        """In how many entries each term stands."""
        frequencies: Counter[str] = Counter()
        for segment in self._segments:
            frequencies.update(segment.frequencies())
        return dict(frequencies)

    @property
    def highest_idf(self) -> float:
        """The inverse document frequency of a term that no text holds."""
        return _idf(self._count, 0)

    def idfs(self, terms: Sequence[str]) -> list[float]:
        """Inverse document frequency of each term, > 0; one that no text holds has the highest there is."""
        return [held.idf for held in self._lists_of(terms)]

    def weights(self, terms: Sequence[str], position: int) -> list[TermWeight]:
        """What one occurrence of each term in the question gives an entry."""
        tfs, norms, shares = self._shares(terms, np.array([position]))
        rows = zip(tfs[:, 0].tolist(), self.idfs(terms), shares[:, 0].tolist(), strict=True)
        return [TermWeight(int(tf), idf, norms.item(), share) for tf, idf, share in rows]

    def shares(self, terms: Sequence[str], positions: Numbers) -> Shares:
        """What one occurrence of each term in the question gives each of some entries, in any order.

        A row a term, a column an entry; 0 where the entry does not hold the term.
        """
        return self._shares(terms, positions)[-1]

    def _shares(self, terms: Sequence[str], positions: Numbers) -> tuple[Shares, Scores, Shares]:
        """How often each term stands in each of some entries; these entries' length norms; the shares."""
        lists = self._lists_of(terms)
        tfs, lengths = np.zeros((len(terms), len(positions))), np.zeros(len(positions))
        for i, segment in enumerate(self._segments):
            entries, found = segment.entries_at(positions)
            tfs[:, found] = segment.tfs([held.bounds[i] for held in lists], entries)
            lengths[found] = segment.lengths(entries)
        norms = K1 * (1 - B + B * lengths / self._mean_length)
        idfs = np.array([held.idf for held in lists])
        return tfs, norms, idfs[:, np.newaxis] * (tfs * (K1 + 1) / (tfs + norms))

    def _lists_of(self, terms: Iterable[str]) -> list[PostingsLists]:
        remembered = self._remembered
        try:
            return [remembered[term] for term in terms]
        except KeyError:
            return self._looked_up(tuple(terms))

    def _looked_up(self, terms: Sequence[str]) -> list[PostingsLists]:
        """Looks terms up; forgets all others when there are too many, so that nobody can fill the memory."""
        remembered = self._remembered
        if len(remembered) + len(terms) > MOST_REMEMBERED:
            remembered = self._remembered = {}
        new = [term for term in terms if term not in remembered]
        bounds = zip(*(segment.bounds(new) for segment in self._segments), strict=True)
        for term, held in zip(new, bounds, strict=True):
            holding = sum(map(Segment.holding, self._segments, held))
            remembered[term] = PostingsLists(held, _idf(self._count, holding))
        return [remembered[term] for term in terms]


def _by_score(hit: tuple[int, float]) -> tuple[float, int]:
    position, score = hit
    return -score, position


def _idf(texts: int, holding: int) -> float:
    return math.log(1 + (texts - holding + 0.5) / (holding + 0.5))
