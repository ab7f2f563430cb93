"""The index: an immutable edition of all entries that can be found, and their ranking for a query."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from bot.search.analysis import Analyzer
from bot.search.bm25 import bound
from bot.search.confidence import confidences, supports
from bot.search.coverage import Worth
from bot.search.dense.asked import ASKED
from bot.search.dense.nearness import Near, Nearness
from bot.search.dense.questions import Likeness
from bot.search.engine.embedded.engine import EmbeddedEngine
from bot.search.engine.port import Engine, Scored
from bot.search.entry import Entries, Entry
from bot.search.explanation import Explanation, WitnessShare
from bot.search.meaning.answer_kind import AnswerKind, states
from bot.search.ordering import POOL, Ordering, ScoredEntries, log_of
from bot.search.parts import Parts, kind_bonus
from bot.search.query import Query
from bot.search.recent import RecentQueries
from bot.search.searcher import Closeness, Hit
from bot.search.sentence_shares import SentenceReader
from bot.search.spelling.keyboard import KeyboardWords
from bot.search.spelling.opening import make_spelling
from bot.search.understanding import Glossary, Understanding
from bot.search.witness import Feature, Witnesses

_MOST_STATEMENTS = 200_000
_MOST_FOLDED = 50_000

_MOST_NEAR = 20
"""Entries that vectors find beside those that words find: of right clauses that words miss they find half."""

_SAYS_MUCH = 0.5
"""Where the best entry says so much of a question, words have found what there is."""


class Index:
    """Entries that are ranked by their words.

    Args:
        entries: in the order of the library.
        engine: finds these entries. None: an embedded engine is made in memory.
        glossary: the meaning of words in questions. None: only the spelling of the entries' words is known.
        nearness: how near texts of entries are to a question. None: no vectors are used.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        analyzer: Analyzer,
        engine: Engine | None = None,
        glossary: Glossary | None = None,
        nearness: Nearness | None = None,
    ) -> None:
        self._entries = Entries.of(entries)
        self._analyzer = analyzer
        self._engine = EmbeddedEngine.of(self._entries, analyzer) if engine is None else engine
        self._folded = lru_cache(maxsize=_MOST_FOLDED)(analyzer.fold)
        self._idfs = lru_cache(maxsize=64)(self._engine.idfs)
        self._worths = RecentQueries(lambda query: Worth(query, self._idfs))
        glossary = glossary or Glossary()
        spelling = glossary.spelling or make_spelling(self._engine.frequencies(), analyzer)
        self._understanding = Understanding(analyzer, spelling, glossary, self._idfs)
        self._witnesses = Witnesses(
            self._entries.with_id,
            self._folded,
            self._idfs,
            glossary.aspects.empty,
            len(self._engine),
        )
        self.sentence_shares = SentenceReader(self._folded, self._witnesses, nearness).shares
        text = lru_cache(maxsize=_MOST_FOLDED)(lambda entry_id: self._entries.with_id(entry_id).text)
        self._nearness, self._questions = nearness, glossary.questions
        asked = self._questions.asked if self._questions else None
        self._ordering = Ordering(self._witnesses, nearness, text, asked)
        self._searched = RecentQueries(lambda query: self._search(query, POOL))
        self._states = lru_cache(maxsize=_MOST_STATEMENTS)(self._look_for_statement)

    def __len__(self) -> int:
        return len(self._engine)

    def idfs(self, terms: Sequence[str]) -> Sequence[float]:
        """How rare each of some terms is in the library."""
        return self._idfs(tuple(terms))

    def query(self, question: str) -> Query:
        """A question as the index understands it."""
        return self._understanding.query(question)

    def fold(self, text: str) -> str:
        """The spelling that is compared. What was folded lately is remembered."""
        return self._folded(text)

    def words(self, text: str) -> dict[str, float]:
        """The words of a text that are no stop words, in its order, with their idf; pairs are left out."""
        words = tuple(term for term in self._understanding.terms(text) if not term.startswith("#"))
        return dict(zip(words, self._idfs(words), strict=True))

    @property
    def highest_idf(self) -> float:
        """The idf of a word that no text holds."""
        return self._engine.highest_idf

    def highest_cosine(self, query: Query) -> float | None:
        """The cosine of the nearest entry, by the table of word vectors; None where that is not known."""
        return None if self._nearness is None else self._nearness.highest(query.text)

    def likeness(self, query: Query, entry_ids: Sequence[str]) -> Likeness | None:
        """How much a query is like questions that are answered here, and like others."""
        return self._questions.likeness(query.text, entry_ids) if self._questions else None

    def unanswered_on(self, query: Query) -> Mapping[str, float]:
        """How near a query is to questions that nothing answers, by the entries on which they are asked."""
        return self._questions.unanswered_on(query.text) if self._questions else {}

    def closeness(self, query: Query, entry_ids: Sequence[str]) -> list[Closeness]:
        """How near some entries are to a query by vectors."""
        near, asked = self._ordering.near(query, entry_ids), self._ordering.asked(query, entry_ids)
        return [Closeness(near[each][-1] if near else 0.0, asked.get(each, 0.0)) for each in entry_ids]

    def known_like(self, query: Query, most: int) -> list[str]:
        """The known questions that are most like a query, nearest first; may be empty."""
        return self._understanding.known_like(query, most)

    def keyboard_words(self, first: Sequence[str]) -> KeyboardWords:
        """What a pinyin keyboard offers."""
        return self._understanding.keyboard_words(first, self._engine.frequencies())

    def search(self, query: Query, k: int) -> list[Hit]:
        """The best entries, at most k, best first; equal scores in the order of the library."""
        return self._searched.of(query)[:k] if k <= POOL else self._search(query, k)

    def _search(self, query: Query, k: int) -> list[Hit]:
        hits = self._by_score(query, k)
        order = self._ordering.order(self._found(query, hits[: self._ordering.depth], is_whole=k <= POOL))
        ordered = [
            Hit(placed.entry_id, hit.score, hit.confidence, hit.support, placed.near, placed.worth)
            for hit, placed in zip(hits, order, strict=False)
        ]
        further = hits[self._ordering.depth :]
        return [*ordered, *(hit._replace(worth=min(ordered[-1].worth, log_of(hit.score))) for hit in further)]

    def _by_score(self, query: Query, k: int) -> list[Hit]:
        """The best entries by their score alone."""
        if query.is_plain:
            best = self._engine.best(query.weighted_terms, k)
            supporting = [score for _, score in best]
        else:
            best, supporting = self._best_of_pool(query, k)
        highest, highest_idf, entries = self._highest(query), self._engine.highest_idf, len(self)
        bonuses = 1 + kind_bonus(query) * len(query.kinds)
        supported = supports([score / bonuses for score in supporting], highest, highest_idf)
        sure = confidences(supported, entries)
        ids, scores = zip(*best, strict=True) if best else ((), ())
        return list(map(Hit, ids, scores, sure, supported))

    def witnessed(self, query: Query) -> tuple[list[str], list[list[float]]]:
        """The ids of the best entries, and the features that decide their order; see `Ordering.features`."""
        hits = self._by_score(query, self._ordering.depth)[: self._ordering.depth]
        return self._ordering.features(self._found(query, hits))

    def _found(self, query: Query, hits: Sequence[Hit], *, is_whole: bool = True) -> ScoredEntries:
        """The hits as ordering takes them. `is_whole`: these are all, so that near ones may join them."""
        found = [*hits, *(self._near(query, hits) if is_whole else ())]
        said = zip(found, self._said(query, found), strict=True)
        return ScoredEntries(
            query,
            [(hit.entry_id, hit.score) for hit in found],
            {hit.entry_id: share for hit, share in said},
            hits[0].support if hits else 0.0,
        )

    def _near(self, query: Query, hits: Sequence[Hit]) -> list[Hit]:
        """Entries that vectors find and words do not, where words say little; none where these find none.

        They score at least as the last that words find, so that vectors can lift them as they can lift that.
        """
        if self._nearness is None or not hits or hits[0].support > _SAYS_MUCH:
            return []
        held = {hit.entry_id for hit in hits}
        ids = self._entries.ids(self._nearness.nearest(query.text, _MOST_NEAR))
        if not (new := [entry_id for entry_id in ids if entry_id not in held]):
            return []
        scores: list[float] = self._parts(query, *new).scores.tolist()
        return [
            Hit(each, max(score, hits[-1].score), 0.0, 0.0) for each, score in zip(new, scores, strict=True)
        ]

    def _said(self, query: Query, scored: Sequence[Hit | Explanation]) -> list[float]:
        """Each score without the kind's bonus, as a share of the highest that the words can give."""
        highest, bonuses = self._highest(query), 1 + kind_bonus(query) * len(query.kinds)
        return [each.score / bonuses / highest if highest else 0.0 for each in scored]

    def _best_of_pool(self, query: Query, k: int) -> tuple[list[Scored], list[float]]:
        """The k best entries by their whole score, and the k highest scores that support is made from.

        The entries are taken from the POOL best by the sum of all terms and expansions.
        """
        pool = [entry_id for entry_id, _ in self._engine.best(query.weighted_terms, max(k, POOL))]
        known = [recognized.known.clause_id for recognized in query.recognized]
        found = tuple(dict.fromkeys((*pool, *known)))
        position_of = dict(zip(found, self._entries.positions(found), strict=True))
        in_order = sorted(found, key=position_of.__getitem__)
        parts = self._parts(query, *in_order)
        order = np.argsort(-parts.scores, kind="stable")[:k]
        ids = [in_order[place] for place in order.tolist()]
        supporting = sorted(parts.supporting.tolist(), reverse=True)[:k]
        return list(zip(ids, parts.scores[order].tolist(), strict=True)), supporting

    def explain(self, query: Query, entry_id: str) -> Explanation:
        """All factors of an entry's score.

        Raises:
            KeyError: the index holds no such entry.
        """
        explanation = self._parts(query, entry_id).explanation(entry_id)
        ranked = self.search(query, POOL)
        hit = next((hit for hit in ranked[: self._ordering.depth] if hit.entry_id == entry_id), None)
        if hit is None:
            return explanation
        (features,) = self._witnesses.features(query, [entry_id], self._said(query, [explanation]))
        near = self._ordering.near(query, [entry_id]).get(entry_id, ())
        asked = self._ordering.asked(query, [entry_id])
        named = (*Feature, *list(Near)[: len(near)], *(ASKED for _ in asked))
        found = tuple(zip(named, (*features, *near, *asked.values()), strict=True))
        return replace(explanation, witness=WitnessShare(found, hit.score - explanation.score))

    def _parts(self, query: Query, *entry_ids: str) -> Parts:
        return Parts(query, entry_ids, self._engine, self._states)

    def _highest(self, query: Query) -> float:
        """The highest score that the words of a question can give; pairs that no text holds are left out."""
        idfs = zip(query.terms, self._idfs(query.terms), strict=True)
        unseen = self._engine.highest_idf
        return bound(math.fsum(idf for term, idf in idfs if idf < unseen or not term.startswith("#")))

    def _look_for_statement(self, kind: AnswerKind, entry_id: str) -> bool:
        return states(kind, self._folded(self._entries.with_id(entry_id).text))

    def idf_coverage(self, query: Query, text: str) -> float:
        """How much of a query a text covers: the sum of its `coverage`."""
        return math.fsum([row[0] for row in self._worths.of(query).rows([self._folded(text)])])

    def coverage(self, query: Query, texts: Sequence[str]) -> list[list[float]]:
        """What each term and each expression of a query is worth in each of some texts, in rows."""
        return self._worths.of(query).rows([self._folded(text) for text in texts])
