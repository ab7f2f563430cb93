"""The index: an immutable snapshot of what can be found, and the ranking of it."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.search.analysis import Analyzer
from bot.search.bm25 import K1, TermWeight
from bot.search.building import build
from bot.search.compiled import CompiledBM25
from bot.search.entry import Entry


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the index understands it: folded spelling and terms, repeats kept."""

    text: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that shares terms with the query. `confidence`: its part of the highest score, 0-1."""

    entry_id: str
    score: float
    confidence: float


@dataclass(frozen=True, slots=True)
class TermShare:
    """What a term of the query gives an entry: `share = occurrences * weight.share`."""

    term: str
    occurrences: int
    weight: TermWeight
    share: float


class Index:
    """Entries in a fixed order, with their scorer. Nothing changes it once it is built.

    Args:
        scorer: of the entries, in their order; None makes one that leaves nothing on disk.
    """

    def __init__(
        self, entries: Iterable[Entry], analyzer: Analyzer, scorer: CompiledBM25 | None = None
    ) -> None:
        entries = tuple(entries)
        self._analyzer = analyzer
        self._ids = tuple(entry.entry_id for entry in entries)
        self._scorer = scorer or CompiledBM25(build(entries, analyzer))
        self._idfs = lru_cache(maxsize=64)(self._scorer.idfs)

    @cached_property
    def _positions(self) -> dict[str, int]:
        """Made when a score is first explained: no resident needs it."""
        return {entry_id: position for position, entry_id in enumerate(self._ids)}

    def __len__(self) -> int:
        return len(self._ids)

    def query(self, question: str) -> Query:
        """A question as the index understands it."""
        folded = self._analyzer.fold(question)
        return Query(folded, tuple(self._analyzer.terms(folded)))

    def search(self, query: Query, k: int) -> list[Hit]:
        """The best entries, at most k, best first; equal scores in the order of the entries.

        Entries without a term of the query are no hits: the list is empty where nothing matches.
        """
        best = self._scorer.best([(term, 1.0) for term in query.terms], k)
        highest = (K1 + 1) * math.fsum(self._idfs(query.terms))
        return [Hit(self._ids[position], score, score / highest) for position, score in best]

    def explain(self, query: Query, entry_id: str) -> list[TermShare]:
        """How a hit came to its score: one row for each term of the query, in its order.

        The shares sum to the score.

        Raises:
            KeyError: the index holds no such entry.
        """
        asked = Counter(query.terms)
        weights = self._scorer.weights(list(asked), self._positions[entry_id])
        return [
            TermShare(term, occurrences, weight, occurrences * weight.share)
            for (term, occurrences), weight in zip(asked.items(), weights, strict=True)
        ]

    def idf_coverage(self, query: Query, text: str) -> float:
        """How much of a query a text covers: sum of the idf of the terms that stand in it, each counted once.

        Looks the terms up as strings: segmenting every sentence of every passage took ten times as long as
        the search itself.
        """
        folded = self._analyzer.fold(text)
        idfs = dict(zip(query.terms, self._idfs(query.terms), strict=True))
        return math.fsum(idf for term, idf in idfs.items() if term.removeprefix("#") in folded)
