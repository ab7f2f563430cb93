"""The index: an immutable snapshot of what can be found, and the ranking of it."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from bot.search.analysis import Analyzer
from bot.search.confidence import confidence, support
from bot.search.dense.retrieval import Dense, fused
from bot.search.entry import Entry
from bot.search.explanation import DenseShare, ExpansionShare, Explanation, KindShare, KnownShare, TermShare
from bot.search.meaning.answer_kind import states
from bot.search.query import Query
from bot.search.scoring.bm25 import K1
from bot.search.scoring.building import build
from bot.search.scoring.compiled import CompiledBM25
from bot.search.scoring.postings import Scores
from bot.search.scoring.segment import Segment, Shares
from bot.search.scoring.vocabulary import Numbers
from bot.search.spelling.opening import make_spelling
from bot.search.understanding import Understanding, Words

POOL = 100
"""Entries whose whole score is worked out."""

KIND_BONUS = 0.35
"""How much more an entry scores that states the kind of answer that is asked for."""

_MOST_STATEMENTS = 200_000


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that matches the query.

    `confidence`: how likely it answers, 0-1; `support`: how much of the question it says, 0-1.
    """

    entry_id: str
    score: float
    confidence: float
    support: float


class Index:
    """Entries in a fixed order, with their scorer. Nothing changes it once it is built.

    Args:
        scorer: of the entries, in their order; None makes one that leaves nothing on disk.
        words: what the words of questions mean; the default knows only what stands in the entries.
        dense: retrieval of the same entries by their vectors, which then has a say in their order.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        analyzer: Analyzer,
        scorer: CompiledBM25 | None = None,
        words: Words | None = None,
        dense: Dense | None = None,
    ) -> None:
        self._entries = entries if isinstance(entries, Sequence) else tuple(entries)
        self._analyzer = analyzer
        self._scorer = scorer or CompiledBM25([Segment(build(self._entries, analyzer))])
        self._dense = dense
        self._idfs = lru_cache(maxsize=64)(self._scorer.idfs)
        words = words or Words()
        spelling = words.spelling or make_spelling(self._scorer.frequencies(), analyzer)
        self._understanding = Understanding(analyzer, spelling, words, self._idfs)
        self._states = lru_cache(maxsize=_MOST_STATEMENTS)(
            lambda kind, position: states(kind, analyzer.fold(self._entries[position].text))
        )

    @cached_property
    def _positions(self) -> dict[str, int]:
        """Made when a score is first explained: no resident needs it."""
        return {entry.entry_id: position for position, entry in enumerate(self._entries)}

    def __len__(self) -> int:
        return len(self._entries)

    def query(self, question: str) -> Query:
        """A question as the index understands it. One that is known is not asked of an embedding model."""
        query = self._understanding.query(question)
        if self._dense is None or query.recognized or not query.terms:
            return query
        return replace(query, nearest=self._dense.nearest(query.text))

    def known_like(self, query: Query, most: int) -> list[str]:
        """The known questions that are most like a query, nearest first; often there are none."""
        return self._understanding.known_like(query, most)

    def search(self, query: Query, k: int) -> list[Hit]:
        """The best entries, at most k, best first; equal scores in the order of the entries.

        Entries without a term of the query are no hits: the list is empty where nothing matches.
        """
        best = self._fused(query, k) if query.nearest else self._by_words(query, k)
        highest_idf = self._scorer.highest_idf
        idfs = zip(query.terms, self._idfs(query.terms), strict=True)
        said = [idf for term, idf in idfs if idf < highest_idf or not term.startswith("#")]
        highest = (K1 + 1) * math.fsum(said)
        bonuses = 1 + KIND_BONUS * math.sqrt(len(query.kinds))
        hits = []
        for position, score in best[:k]:
            supported = support(score / bonuses, highest, highest_idf)
            likely = confidence(supported, len(self))
            hits.append(Hit(self._entries[position].entry_id, score, likely, supported))
        return hits

    def _fused(self, query: Query, k: int) -> list[tuple[int, float]]:
        return fused(self._by_words(query, max(k, POOL)), query.nearest)

    def _by_words(self, query: Query, k: int) -> list[tuple[int, float]]:
        return self._scorer.best(query.weighted_terms, k) if query.is_plain else self._rerank(query, k)

    def _rerank(self, query: Query, k: int) -> list[tuple[int, float]]:
        """The best by their whole score, among the POOL best by the sum of all terms and expansions."""
        pool = self._scorer.best(query.weighted_terms, max(k, POOL))
        known = {self._positions[recognized.known.clause_id] for recognized in query.recognized}
        positions = np.array(sorted(known.union(position for position, _ in pool)), np.int64)
        scores = self._scores(query, positions)
        order = np.argsort(-scores, kind="stable")[:k]
        return list(zip(positions[order].tolist(), scores[order].tolist(), strict=True))

    def _scores(self, query: Query, positions: Numbers) -> Scores:
        """The whole score of each of some entries."""
        scores: Scores = self._scorer.shares(query.terms, positions).sum(axis=0)
        for shares in self._expansion_shares(query, positions):
            scores += shares.max(axis=0)
        factors = np.ones(len(positions))
        for kind in query.kinds:
            stated = [self._states(kind, position) for position in positions.tolist()]
            factors += _bonus(query) * np.array(stated)
        scores *= factors
        for recognized in query.recognized:
            place = int(np.searchsorted(positions, self._positions[recognized.known.clause_id]))
            scores[place] = recognized.adjusted(scores[place], self._highest(query))
        return scores

    def _highest(self, query: Query) -> float:
        """The score that no text can exceed by the words of a question."""
        return (K1 + 1) * math.fsum(self._idfs(query.terms))

    def _expansion_shares(self, query: Query, positions: Numbers) -> Iterator[Shares]:
        """What the expansions of each group give each of some entries: a row an expansion."""
        terms = tuple({term: None for group in query.expansions for e in group for term in e.terms})
        rows = {term: row for row, term in enumerate(terms)}
        shares = self._scorer.shares(terms, positions)
        for group in query.expansions:
            yield np.array([e.weight * shares[[rows[term] for term in e.terms]].sum(axis=0) for e in group])

    def explain(self, query: Query, entry_id: str) -> Explanation:
        """How a hit came to its score.

        Raises:
            KeyError: the index holds no such entry.
        """
        position = self._positions[entry_id]
        asked = Counter(query.terms)
        weights = self._scorer.weights(list(asked), position)
        terms = tuple(
            TermShare(term, occurrences, weight, occurrences * weight.share)
            for (term, occurrences), weight in zip(asked.items(), weights, strict=True)
        )
        expansions = tuple(self._best_expansions(query, position))
        score = math.fsum([*(row.share for row in terms), *(row.share for row in expansions)])
        kinds = []
        for kind in query.kinds:
            is_stated = self._states(kind, position)
            kinds.append(KindShare(kind, is_stated, is_stated * _bonus(query) * score))
        score += math.fsum(row.share for row in kinds)
        known = []
        for recognized in query.recognized:
            if recognized.known.clause_id == entry_id:
                adjusted = recognized.adjusted(score, self._highest(query))
                known.append(KnownShare(recognized, adjusted - score))
                score = adjusted
        return Explanation(
            terms, expansions, tuple(kinds), tuple(known), self._dense_share(query, position, score)
        )

    def _dense_share(self, query: Query, position: int, score: float) -> DenseShare | None:
        """What the vectors make of a score; None where they have no say."""
        found = dict(self._fused(query, POOL)) if query.nearest else {}
        if position not in found:
            return None
        rank = query.nearest.index(position) + 1 if position in query.nearest else None
        return DenseShare(rank, found[position] - score)

    def _best_expansions(self, query: Query, position: int) -> Iterator[ExpansionShare]:
        groups = self._expansion_shares(query, np.array([position]))
        for group, shares in zip(query.expansions, groups, strict=True):
            best = int(shares.argmax())
            if shares[best, 0] > 0:
                yield ExpansionShare(group[best], float(shares[best, 0]))

    def idf_coverage(self, query: Query, text: str) -> float:
        """How much of a query a text covers: sum of the idf of the terms that stand in it, each counted once.

        An expression counts by the best of its expansions. Looks the terms up as strings: segmenting every
        sentence of every passage took ten times as long as the search itself.
        """
        folded = self._analyzer.fold(text)

        def covered(terms: tuple[str, ...]) -> float:
            idfs = dict(zip(terms, self._idfs(terms), strict=True))
            return math.fsum(idf for term, idf in idfs.items() if term.removeprefix("#") in folded)

        expanded = (max(e.weight * covered(e.terms) for e in group) for group in query.expansions)
        return covered(query.terms) + math.fsum(expanded)


def _bonus(query: Query) -> float:
    """The part of its score that an entry gets on top for stating one of the asked kinds."""
    return KIND_BONUS / math.sqrt(len(query.kinds))
