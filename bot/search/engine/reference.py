"""The reference: BM25 as rank_bm25 states it. The only door to rank_bm25.

It is the independent statement of the formula: `bot.search.bm25` and all engines are our own code, rank_bm25
is not. Every engine is held to the reference by the contract in tests/search/engine. It is too slow to answer
residents: it looks into a dictionary for each entry and each term.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from rank_bm25 import BM25Okapi

from bot.search.arrays import Floats
from bot.search.bm25 import K1, B, LengthNorm, idf
from bot.search.engine.port import Scored, Shares, WeightedTerm


class ReferenceEngine(BM25Okapi):  # type: ignore[misc]  # rank_bm25 ships no types
    """BM25Okapi as an engine, with an idf that is never negative, and an answer where there are no terms.

    As shipped, scores are negative with one entry, zero with two, and a division by zero with none
    (rank_bm25 issues 29, 39, 43).

    Args:
        terms_by_id: the terms of each entry, in the order of the library.
    """

    def __init__(self, terms_by_id: Mapping[str, Sequence[str]]) -> None:
        self._ids = tuple(terms_by_id)
        super().__init__(list(terms_by_id.values()), k1=K1, b=B)

    def _initialize(self, corpus: Sequence[Sequence[str]]) -> dict[str, int]:
        if not any(corpus):
            self.corpus_size, self.avgdl = len(corpus), 1.0
            self.doc_len = [0] * len(corpus)
            self.doc_freqs: list[dict[str, int]] = [{} for _ in corpus]
            return {}
        frequencies: dict[str, int] = super()._initialize(corpus)
        return frequencies

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self._frequencies = nd
        self.idf = {term: idf(self.corpus_size, holding) for term, holding in nd.items()}

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def highest_idf(self) -> float:
        """The inverse document frequency of a term that no entry holds."""
        return idf(self.corpus_size, 0)

    def idfs(self, terms: Sequence[str]) -> list[float]:
        """The inverse document frequency of each term, > 0."""
        return [self.idf.get(term, self.highest_idf) for term in terms]

    def frequencies(self) -> Mapping[str, int]:
        """How many entries hold each term."""
        return self._frequencies

    def best(self, terms: Sequence[WeightedTerm], k: int) -> list[Scored]:
        """The best entries with their scores: best first, equal scores in the order of the library."""
        scores = np.zeros(len(self))
        for term, weight in terms:
            scores += weight * self._share_of_each(term)
        order = np.argsort(-scores, kind="stable")[:k]
        return [(self._ids[place], scores[place].item()) for place in order if scores[place] > 0]

    def shares(self, terms: Sequence[str], entry_ids: Sequence[str]) -> Shares:
        """The share that one occurrence of each term gives each entry."""
        place_of = {entry_id: place for place, entry_id in enumerate(self._ids)}
        places = [place_of[entry_id] for entry_id in entry_ids]
        rows = [self._share_of_each(term)[places] for term in terms]
        tfs = [[self.doc_freqs[place].get(term, 0) for place in places] for term in terms]
        shape = len(terms), len(places)
        return Shares(
            np.array(rows, np.float64).reshape(shape),
            np.array(tfs, np.float64).reshape(shape),
            LengthNorm.of(self.avgdl).norms(np.array([self.doc_len[place] for place in places], np.float64)),
        )

    def _share_of_each(self, term: str) -> Floats:
        """The share that one occurrence of a term gives every entry."""
        shares: Floats = self.get_scores([term])
        return shares
