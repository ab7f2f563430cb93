"""The index: an immutable snapshot of what can be found, and the ranking of it."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bot.policy.clause import Role
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.bm25 import BM25, TermWeight
from bot.search.spelling import Change, Spelling

HEADING_WEIGHT = 2
"""How often a title or heading counts. Chosen together with K1 and B; ×1 to ×3 are within 0.6 points."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A text that can be found, under the titles and headings that stand above it."""

    entry_id: str
    headings: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the index understands it: spelling, terms with repeats, and what was corrected."""

    text: str
    terms: tuple[str, ...]
    changes: tuple[Change, ...] = ()


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
    """Entries in a fixed order, with their BM25 statistics. Nothing changes it once it is built."""

    def __init__(self, entries: Iterable[Entry], analyzer: Analyzer) -> None:
        self._entries = tuple(entries)
        self._analyzer = analyzer
        self._positions = {entry.entry_id: position for position, entry in enumerate(self._entries)}
        self._bm25 = BM25([self._terms(entry) for entry in self._entries])
        self._spelling = Spelling(
            self._bm25.document_frequencies, analyzer.general_frequencies, analyzer.lexicon
        )

    def _terms(self, entry: Entry) -> list[str]:
        headings = [term for heading in entry.headings for term in self._analyzer.terms(heading)]
        return HEADING_WEIGHT * headings + self._analyzer.terms(entry.text)

    def __len__(self) -> int:
        return len(self._entries)

    def query(self, question: str) -> Query:
        """A question as the index understands it: folded, and spelt as its words stand in the texts."""
        spelt = self._spelling.read(self._analyzer.fold(question))
        return Query(spelt.text, tuple(self._analyzer.terms(spelt.text)), spelt.changes)

    def search(self, query: Query, k: int) -> list[Hit]:
        """The best entries, at most k, best first; equal scores in the order of the entries.

        Entries without a term of the query are no hits: the list is empty where nothing matches.
        """
        if not self._entries or not query.terms:
            return []
        scores = self._bm25.scores(query.terms)
        highest = self._bm25.highest_score(query.terms)
        best = np.argsort(-scores, kind="stable")[:k]
        return [
            Hit(self._entries[position].entry_id, float(scores[position]), float(scores[position]) / highest)
            for position in best
            if scores[position] > 0
        ]

    def explain(self, query: Query, entry_id: str) -> list[TermShare]:
        """How a hit came to its score: one row for each term of the query, in its order.

        The shares sum to the score.

        Raises:
            KeyError: the index holds no such entry.
        """
        position = self._positions[entry_id]
        rows = []
        for term, occurrences in Counter(query.terms).items():
            weight = self._bm25.weight(term, position)
            rows.append(TermShare(term, occurrences, weight, occurrences * weight.share))
        return rows

    def idf_coverage(self, query: Query, text: str) -> float:
        """How much of a query a text covers: sum of the idf of the terms that stand in it, each counted once.

        Looks the terms up as strings: segmenting every sentence of every passage took ten times as long as
        the search itself.
        """
        folded = self._analyzer.fold(text)
        return math.fsum(
            self._bm25.idf_of(term) for term in set(query.terms) if term.removeprefix("#") in folded
        )


def entries_of(library: Library) -> Iterable[Entry]:
    """One entry for each clause, under its document's title, what it reports on, and its headings."""
    for document, clause in library.clauses():
        headings = [piece.text for piece in clause.context if piece.role is Role.HEADING]
        above = [document.title, *([document.reports_on] if document.reports_on else []), *headings]
        yield Entry(clause.clause_id, tuple(above), clause.text)
