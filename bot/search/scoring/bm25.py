"""BM25 scores of terms against texts. The only door to rank_bm25.

Robertson and Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond* (2009).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rank_bm25 import BM25Okapi

K1 = 0.6
"""Saturation of term frequency. Chosen with B on lay law and policy questions; flat from 0.6 to 0.9."""

B = 0.75
"""How much the length of a text counts, 0-1."""


@dataclass(frozen=True, slots=True)
class TermWeight:
    """What one occurrence of a term in the question gives a text.

    `share = idf * tf * (K1 + 1) / (tf + length_norm)` with
    `length_norm = K1 * (1 - B + B * length / mean length)`.
    """

    tf: int
    idf: float
    length_norm: float
    share: float


class BM25(BM25Okapi):  # type: ignore[misc]  # rank_bm25 ships no types
    """BM25Okapi with an idf that is never negative, and with an answer for no texts at all.

    As shipped, the score is negative with one text, zero with two, and a division by zero with none
    (rank_bm25 issues 29, 39, 43).

    Args:
        texts: the terms of each text, in the order in which `scores` answers.
    """

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        super().__init__(texts, k1=K1, b=B)

    def _initialize(self, corpus: Sequence[Sequence[str]]) -> dict[str, int]:
        if not any(corpus):
            self.corpus_size, self.avgdl = len(corpus), 1.0
            self.doc_len = [0] * len(corpus)
            self.doc_freqs: list[dict[str, int]] = [{} for _ in corpus]
            return {}
        document_frequency: dict[str, int] = super()._initialize(corpus)
        return document_frequency

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.document_frequencies = nd
        self.idf = {term: self._idf(frequency) for term, frequency in nd.items()}

    def _idf(self, document_frequency: int) -> float:
        return math.log(1 + (self.corpus_size - document_frequency + 0.5) / (document_frequency + 0.5))

    def idf_of(self, term: str) -> float:
        """Inverse document frequency, > 0; a term that no text holds has the highest there is."""
        idf: float | None = self.idf.get(term)
        return self._idf(0) if idf is None else idf

    def scores(self, terms: Sequence[str]) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        """Score of every text for the terms of a question; a term counts as often as it is asked."""
        scores: np.ndarray[tuple[int], np.dtype[np.float64]] = self.get_scores(terms)
        return scores

    def highest_score(self, terms: Sequence[str]) -> float:
        """The bound that no text can exceed: every term at full saturation. 0 without terms."""
        return (K1 + 1) * math.fsum(self.idf_of(term) for term in terms)

    def weight(self, term: str, text: int) -> TermWeight:
        """What one occurrence of a term in the question gives the text at an index."""
        tf = self.doc_freqs[text].get(term, 0)
        length_norm = K1 * (1 - B + B * self.doc_len[text] / self.avgdl)
        idf = self.idf_of(term)
        return TermWeight(tf, idf, length_norm, idf * (tf * (K1 + 1) / (tf + length_norm)))
