"""BM25: what a term of a question gives an entry. The formula stands here, and nowhere else.

    share = idf · (K1 + 1) · tf / (tf + norm)
    idf   = ln(1 + (entries - holding + 0.5) / (holding + 0.5))
    norm  = K1 · (1 - B + B · length / mean length)

An entry has the sum of the shares of all terms. `tf`: how often the term stands in the entry; `length`: how
many terms the entry has; `holding`: how many entries hold the term.

Robertson and Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond* (2009), section 3. The 1 in
idf is Lucene's: without it a term counts against the entries that hold it, once it stands in more than half
of them.
"""

import math
from typing import NamedTuple, TypeVar

import numpy as np

from bot.search.arrays import Floats, Numbers, Table

K1 = 0.6
"""Saturation of term frequency. Chosen with B on lay law and policy questions; flat from 0.6 to 0.9."""

B = 0.75
"""How much the length of an entry counts, 0-1."""

_Idf = TypeVar("_Idf", float, Floats)
_Tfs = TypeVar("_Tfs", Floats, Table)


def idf(entries: int, holding: int) -> float:
    """Inverse document frequency of a term, > 0; the highest for a term that no entry holds.

    >>> round(idf(2, 1), 4), round(idf(2, 0), 4)
    (0.6931, 1.7918)
    """
    return math.log(1 + (entries - holding + 0.5) / (holding + 0.5))


def idfs(entries: int, holding: Numbers) -> Floats:
    """Inverse document frequencies of many terms."""
    found: Floats = np.log(1 + (entries - holding + 0.5) / (holding + 0.5))
    return found


def bound(idf: _Idf) -> _Idf:
    """The upper bound of what a term gives an entry; no entry reaches it.

    The bound of several terms is the bound of the sum of their idfs.
    """
    return (K1 + 1) * idf


class LengthNorm(NamedTuple):
    """The length norm of an entry, `base + slope * length`: K1 for an entry of mean length.

    Compiled loops are handed both numbers.
    """

    base: float
    slope: float

    @classmethod
    def of(cls, mean_length: float) -> "LengthNorm":
        """The length norm among entries of a mean length, > 0."""
        return cls(K1 * (1 - B), K1 * B / mean_length)

    def norms(self, lengths: Floats) -> Floats:
        """The norms of some lengths."""
        return self.base + self.slope * lengths


def saturation(tfs: _Tfs, norms: Floats) -> _Tfs:
    """The share of its bound that a term gives: 0 if it does not occur, one half if tf equals the norm."""
    return tfs / (tfs + norms)
