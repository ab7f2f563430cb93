"""BM25 from postings: the scores of `bm25.BM25`, which stays as the reference, a thousand times faster."""

import math
from collections.abc import Callable, Sequence
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.search.scoring import exhaustive
from bot.search.scoring.bm25 import K1, B, TermWeight
from bot.search.scoring.postings import Postings, QueryPostings, Scores, merge
from bot.search.scoring.vocabulary import Numbers

Shares = np.ndarray[tuple[int, int], np.dtype[np.float64]]

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
    windowed.warm_up(CompiledBM25(merge([])).postings_of([]), cache)
    core: Core = windowed.best_entries
    return core


class PostingsList(NamedTuple):
    """Where the postings of a term stand, `start` … `end - 1`, and its idf; 0 and 0 for an unknown term."""

    start: int
    end: int
    idf: float


class CompiledBM25:
    """Scores of entries from their postings. Threads may share it; all it changes is what it remembers.

    Args:
        postings: of the entries, in the order in which equal scores are ranked.
        core: what adds up and ranks; each gives the same bits.
    """

    def __init__(self, postings: Postings, core: Core = exhaustive.best_entries) -> None:
        self._postings = postings
        self._core = core
        self._remembered: dict[str, PostingsList] = {}
        self._mean_length = float(postings.lengths.mean()) if postings.lengths.any() else 1.0

    def best(self, terms: Sequence[WeightedTerm], k: int) -> list[tuple[int, float]]:
        """Entries and their scores, all > 0, at most k: best first, equal scores in the order of entries.

        A term adds its weight × its share; weights of a term that is repeated are summed.
        """
        entries, scores = self._core(self.postings_of(terms), k)
        return list(zip(entries.tolist(), scores.tolist(), strict=True))

    def postings_of(self, terms: Sequence[WeightedTerm]) -> QueryPostings:
        """What a core needs to rank the entries for the terms of a question; unknown terms are left out."""
        asked: dict[str, float] = {}
        for term, weight in terms:
            asked[term] = asked.get(term, 0.0) + weight
        found = zip(asked.values(), self._lists_of(tuple(asked)), strict=True)
        rows = [
            (weight * held.idf * (K1 + 1), held.start, held.end)
            for weight, held in found
            if held.end and weight > LEAST_WEIGHT
        ]
        rows.sort(key=itemgetter(0), reverse=True)
        return QueryPostings(
            entries=self._postings.entries,
            tfs=self._postings.tfs,
            lengths=self._postings.lengths,
            starts=np.array([start for _, start, _ in rows], np.int64),
            ends=np.array([end for _, _, end in rows], np.int64),
            weights=np.array([weight for weight, _, _ in rows], np.float64),
            base=K1 * (1 - B),
            slope=K1 * B / self._mean_length,
        )

    def frequencies(self) -> dict[str, int]:
        """In how many entries each term stands."""
        counts = np.diff(self._postings.starts).tolist()
        return dict(zip(self._postings.vocabulary.terms(), counts, strict=True))

    @property
    def highest_idf(self) -> float:
        """The inverse document frequency of a term that no text holds."""
        return _idf(len(self._postings.lengths), 0)

    def idfs(self, terms: Sequence[str]) -> list[float]:
        """Inverse document frequency of each term, > 0; one that no text holds has the highest there is."""
        return [held.idf for held in self._lists_of(terms)]

    def weights(self, terms: Sequence[str], entry: int) -> list[TermWeight]:
        """What one occurrence of each term in the question gives an entry."""
        entries = np.array([entry])
        length_norm = self._length_norms(entries).item()
        tfs, shares = self._tfs(terms, entries)[:, 0], self.shares(terms, entries)[:, 0]
        return [
            TermWeight(int(tf), idf, length_norm, share)
            for tf, idf, share in zip(tfs.tolist(), self.idfs(terms), shares.tolist(), strict=True)
        ]

    def shares(self, terms: Sequence[str], entries: Numbers) -> Shares:
        """What one occurrence of each term in the question gives each of some entries, in any order.

        A row a term, a column an entry; 0 where the entry does not hold the term.
        """
        tfs = self._tfs(terms, entries)
        factors = tfs * (K1 + 1) / (tfs + self._length_norms(entries))
        return np.array(self.idfs(terms))[:, np.newaxis] * factors

    def _tfs(self, terms: Sequence[str], entries: Numbers) -> Shares:
        """How often each term stands in each entry."""
        tfs = np.zeros((len(terms), len(entries)))
        lists = self._lists_of(terms)
        if known := [row for row, held in enumerate(lists) if held.end]:
            order = np.argsort(entries)
            asked = entries[order].astype(np.uint32)  # as the lists, which would be copied otherwise
            bounds = [(lists[row].start, lists[row].end) for row in known]
            found = [start + self._postings.entries[start:end].searchsorted(asked) for start, end in bounds]
            places = np.minimum(found, [[end - 1] for _, end in bounds])
            holds = self._postings.entries[places] == asked
            tfs[np.array(known)[:, np.newaxis], order] = np.where(holds, self._postings.tfs[places], 0)
        return tfs

    def _length_norms(self, entries: Numbers) -> Scores:
        lengths: Scores = self._postings.lengths[entries].astype(np.float64)
        return K1 * (1 - B + B * lengths / self._mean_length)

    def _lists_of(self, terms: Sequence[str]) -> list[PostingsList]:
        remembered = self._remembered
        if new := [term for term in terms if term not in remembered]:
            remembered = self._remember(new)
        return [remembered[term] for term in terms]

    def _remember(self, terms: Sequence[str]) -> dict[str, PostingsList]:
        """Looks terms up; forgets all others when there are too many, so that nobody can fill the memory."""
        if len(self._remembered) + len(terms) > MOST_REMEMBERED:
            self._remembered = {}
        remembered, starts = self._remembered, self._postings.starts
        texts = len(self._postings.lengths)
        for term, number in zip(terms, self._postings.vocabulary.numbers(terms).tolist(), strict=True):
            start, end = starts[number : number + 2].tolist() if number >= 0 else (0, 0)
            remembered[term] = PostingsList(start, end, _idf(texts, end - start))
        return remembered


def _idf(texts: int, holding: int) -> float:
    return math.log(1 + (texts - holding + 0.5) / (holding + 0.5))
