"""The embedded engine: BM25 from postings in this process, a thousand times as fast as the reference."""

from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.search.analysis import Analyzer
from bot.search.arrays import Floats, Numbers, Table
from bot.search.bm25 import LengthNorm, bound, idf, saturation
from bot.search.engine.embedded.cores import Core, QueryPostings, best_by_numpy
from bot.search.engine.embedded.counting import build
from bot.search.engine.embedded.postings import merge
from bot.search.engine.embedded.segment import Range, Segment
from bot.search.engine.port import Scored, Shares, WeightedTerm
from bot.search.entry import Entries

LEAST_WEIGHT = 1e-100
"""A term that counts less is left out: what it adds could vanish in an entry's score."""

MOST_REMEMBERED = 50_000
"""Terms whose lists are remembered, 10 MB. Looking up the terms of a question took as long as ranking 100,000
clauses, and most questions use the same words."""

COMPILED_FROM = 20_000
"""Entries from which numba's loops are worth their import. Below, numpy ranks in less than a millisecond."""


def core_for(entries: int, cache: Path) -> Core:
    """The core that suits a number of entries: numba's for many if it is installed, else numpy's.

    Args:
        cache: folder for what numba compiles, once a machine and version.
    """
    if entries < COMPILED_FROM:
        return best_by_numpy
    try:
        from bot.search.engine.embedded import windowed  # noqa: PLC0415  # importing numba takes half a second
    except ImportError:
        return best_by_numpy
    windowed.warm_up(EmbeddedEngine(Entries([]), [Segment(merge([]))]).queries([]), cache)
    core: Core = windowed.best_entries
    return core


class PostingsLists(NamedTuple):
    """The postings of a term in each segment, its idf among all entries, and its bound."""

    ranges: tuple[Range, ...]
    idf: float
    bound: float


class EmbeddedEngine:
    """An engine in this process. Threads may share it: it changes nothing but what it remembers.

    The scores are, bit for bit, those that one segment of all these entries would give.

    Args:
        entries: in the order of the library.
        segments: which together hold each entry once.
        core: what adds up and ranks.
    """

    def __init__(self, entries: Entries, segments: Sequence[Segment], core: Core = best_by_numpy) -> None:
        self._entries = entries
        self._segments = tuple(segments)
        self._core = core
        self._remembered: dict[str, PostingsLists] = {}
        self._count = sum(map(len, self._segments))
        length = sum(segment.total_length for segment in self._segments)
        self._length_norm = LengthNorm.of(length / self._count if length else 1.0)

    @classmethod
    def of(cls, entries: Entries, analyzer: Analyzer) -> "EmbeddedEngine":
        """An engine of entries that leaves nothing on disk."""
        return cls(entries, [Segment(build(entries, analyzer))])

    def __len__(self) -> int:
        return self._count

    @property
    def highest_idf(self) -> float:
        """The inverse document frequency of a term that no entry holds."""
        return idf(self._count, 0)

    def idfs(self, terms: Sequence[str]) -> list[float]:
        """The inverse document frequency of each term, > 0."""
        return [lists.idf for lists in self._lists_of(terms)]

    def frequencies(self) -> dict[str, int]:
        """How many entries hold each term; only terms that an entry holds."""
        frequencies: Counter[str] = Counter()
        for segment in self._segments:
            frequencies.update(segment.frequencies())
        return dict(frequencies)

    def best(self, terms: Sequence[WeightedTerm], k: int) -> list[Scored]:
        """The best entries with their scores: best first, equal scores in the order of the library."""
        positions: list[int] = []
        scores: list[float] = []
        for segment, query in zip(self._segments, self.queries(terms), strict=True):
            found, theirs = self._core(query, k)
            positions += segment.positions(found).tolist()
            scores += theirs.tolist()
        if len(self._segments) > 1:
            best = sorted(zip(scores, positions, strict=True), key=_best_first)[:k]
            positions, scores = [position for _, position in best], [score for score, _ in best]
        return list(zip(self._entries.ids(positions), scores, strict=True))

    def queries(self, terms: Sequence[WeightedTerm]) -> list[QueryPostings]:
        """The input of a core for each segment. Terms that no entry holds are left out."""
        asked: dict[str, float] = {}
        for term, weight in terms:
            asked[term] = asked.get(term, 0.0) + weight
        found = zip(asked.values(), self._lists_of(asked), strict=True)
        rows = [(weight * bound, ranges) for weight, (ranges, _, bound) in found if weight > LEAST_WEIGHT]
        rows.sort(key=itemgetter(0), reverse=True)
        return [
            self._query(segment, [(weight, *ranges[i]) for weight, ranges in rows if ranges[i][1]])
            for i, segment in enumerate(self._segments)
        ]

    def _query(self, segment: Segment, rows: Sequence[tuple[float, int, int]]) -> QueryPostings:
        """The input of a core for one segment. A row: the weight of a term, and the range of its postings."""
        weights, starts, ends = zip(*rows, strict=True) if rows else ((), (), ())
        return QueryPostings(
            entries=segment.postings.entries,
            tfs=segment.postings.tfs,
            lengths=segment.postings.lengths,
            starts=np.array(starts, np.int64),
            ends=np.array(ends, np.int64),
            weights=np.array(weights, np.float64),
            gone=segment.gone,
            base=self._length_norm.base,
            slope=self._length_norm.slope,
        )

    def shares(self, terms: Sequence[str], entry_ids: Sequence[str]) -> Shares:
        """The share that one occurrence of each term gives each entry.

        Raises:
            KeyError: there is no such entry.
        """
        lists = self._lists_of(terms)
        tfs, lengths = self._counts(lists, np.array(self._entries.positions(entry_ids), np.int64))
        norms = self._length_norm.norms(lengths)
        bounds = np.array([of_term.bound for of_term in lists], np.float64)
        return Shares(bounds[:, np.newaxis] * saturation(tfs, norms), tfs, norms)

    def _counts(self, lists: Sequence[PostingsLists], positions: Numbers) -> tuple[Table, Floats]:
        """How often terms occur in entries.

        A row a term, a column an entry; and the lengths of the entries.
        """
        tfs, lengths = np.zeros((len(lists), len(positions))), np.zeros(len(positions))
        for i, segment in enumerate(self._segments):
            entries, found = segment.entries_at(positions)
            tfs[:, found] = segment.tfs([of_term.ranges[i] for of_term in lists], entries)
            lengths[found] = segment.lengths(entries)
        return tfs, lengths

    def _lists_of(self, terms: Iterable[str]) -> list[PostingsLists]:
        remembered = self._remembered
        try:
            return [remembered[term] for term in terms]
        except KeyError:
            return self._looked_up(tuple(terms))

    def _looked_up(self, terms: Sequence[str]) -> list[PostingsLists]:
        """The lists of terms. They are remembered; if there are too many, all others are forgotten.

        So strange questions cannot fill the memory.
        """
        remembered = self._remembered
        if len(remembered) + len(terms) > MOST_REMEMBERED:
            remembered = self._remembered = {}
        new = [term for term in terms if term not in remembered]
        found = zip(*(segment.ranges(new) for segment in self._segments), strict=True)
        for term, ranges in zip(new, found, strict=True):
            rarity = idf(self._count, sum(map(Segment.holding, self._segments, ranges)))
            remembered[term] = PostingsLists(ranges, rarity, bound(rarity))
        return [remembered[term] for term in terms]


def _best_first(hit: tuple[float, int]) -> tuple[float, int]:
    score, position = hit
    return -score, position
