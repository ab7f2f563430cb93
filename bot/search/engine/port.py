"""The port: what search needs of an engine.

Entries are known by their ids. Where an engine keeps an entry is its own affair, so that one engine can hold
them in mapped arrays, and another one on other machines.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from bot.search.arrays import Floats, Table

WeightedTerm = tuple[str, float]
"""A term of a question, and how much it counts: ≥ 0, 1 for a term that was asked once."""

Scored = tuple[str, float]
"""The id of an entry, and its score."""


class Shares(NamedTuple):
    """What one occurrence of each of some terms gives each of some entries.

    Tables have a row for each term and a column for each entry. `values`: the shares, 0 where the entry does
    not hold the term. `tfs`: how often the term stands in the entry. `length_norms`: the norm of each entry.
    `bot.search.bm25` has the formula.
    """

    values: Table
    tfs: Table
    length_norms: Floats


class Engine(Protocol):
    """Ranks entries by BM25.

    An engine is immutable: it answers from the entries that it was made from as long as it lives, so that no
    answer mixes two editions. Threads may share it.
    """

    def __len__(self) -> int:
        """How many entries there are."""

    @property
    def highest_idf(self) -> float:
        """The inverse document frequency of a term that no entry holds."""

    def idfs(self, terms: Sequence[str]) -> list[float]:
        """The inverse document frequency of each term, > 0."""

    def frequencies(self) -> Mapping[str, int]:
        """How many entries hold each term; only terms that an entry holds."""

    def best(self, terms: Sequence[WeightedTerm], k: int) -> list[Scored]:
        """The best entries with their scores, at most k (≥ 1), best first.

        Equal scores come in the order of the library. Only entries with a score > 0 are found. A term adds
        its weight times its share. The weights of a term that is repeated are summed.
        """

    def shares(self, terms: Sequence[str], entry_ids: Sequence[str]) -> Shares:
        """The share that one occurrence of each term gives each entry, in the given order of the entries.

        Raises:
            KeyError: there is no such entry.
        """
