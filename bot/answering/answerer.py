"""From a question to an answer: rank the clauses, decide what may be quoted, quote it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.answering import wording
from bot.answering.answer import Answer, Passage, Status
from bot.answering.excerpt import highlights
from bot.answering.question import Question
from bot.answering.standing import status_of, with_successor
from bot.clock import Clock
from bot.logs import place_of
from bot.policy.citation import cite, links
from bot.policy.library import Library
from bot.search.index import Hit, Searcher
from bot.search.query import Query

MIN_SUPPORT = 0.18
"""Support of the best clause from which a question is answered: the highest at which 97 % of the
answerable questions that it was chosen on still are; docs/quality.md says what is refused."""

MIN_SHARE_OF_BEST = 0.4
"""A further clause is quoted from this share of the best one's score. On the same half, no right clause
within three is lost up to 0.6, and 0.4 already leaves out every fifth passage."""

SUCCESSOR_DEPTH = 50
"""Hits among which what superseded the best one is looked for: an old text's clauses rank close together."""

MOST_SUGGESTIONS = 3

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Hits for a question: those that are quoted, and the next ones with the reason why they are not."""

    query: Query
    kept: tuple[Hit, ...]
    rejected: tuple[tuple[Hit, str], ...]


@dataclass(frozen=True, slots=True)
class Answerer:
    """Answers questions from one library and its index.

    `new_id` makes answer ids; `site` is the address that links start with, empty for relative ones.
    """

    library: Library
    index: Searcher
    clock: Clock
    new_id: Callable[[], str]
    hotline: str
    site: str = ""

    def answer(self, question: Question) -> Answer:
        """The answer to a question. Never raises: what breaks is logged and answered politely."""
        started = self.clock.seconds()
        try:
            return self._answer(question, started)
        except Exception as error:  # noqa: BLE001  # the outer wall: a resident gets a sentence, not a traceback
            _log.error("answer=failed error=%s", place_of(error))
            return _sentence(self.new_id(), Status.FAILED, question, wording.failed(self.hotline))

    def rank(self, question: Question) -> Ranking:
        """Which clauses are quoted for a question, at most k, and up to k more that are not, best first."""
        query = self.index.query(question.text)
        hits = self.index.search(query, 2 * question.k)
        reasons = [_reason(rank, hit, hits[0], question) for rank, hit in enumerate(hits, start=1)]
        kept = tuple(hit for hit, reason in zip(hits, reasons, strict=True) if reason is None)
        rejected = tuple((hit, reason) for hit, reason in zip(hits, reasons, strict=True) if reason)
        return Ranking(query, kept, rejected)

    def _answer(self, question: Question, started: float) -> Answer:
        ranking = self.rank(question)
        query = ranking.query
        hits = with_successor(ranking.kept, partial(self._good, ranking), self.library, self.clock.today())
        passages = tuple(self._passage(query, hit) for hit in hits)
        status, message = status_of(passages, self.hotline)
        return Answer(
            answer_id=self.new_id(),
            status=status,
            question=question.text,
            understood_as=query.text,
            message=wording.understood(query.text) + message if query.changes else message,
            passages=passages,
            suggestions=() if passages else self._suggestions(ranking),
            elapsed_ms=round(1000 * (self.clock.seconds() - started), 3),
        )

    def _good(self, ranking: Ranking) -> list[Hit]:
        """The hits that may be quoted however far down they rank, best first."""
        hits = self.index.search(ranking.query, SUCCESSOR_DEPTH)
        return [hit for hit in hits if _is_good(hit, ranking.kept[0])]

    def _passage(self, query: Query, hit: Hit) -> Passage:
        clause = self.library.clauses_by_id[hit.entry_id]
        return Passage(
            clause=clause,
            highlights=highlights(clause.text, query, self.index),
            score=hit.score,
            confidence=hit.confidence,
            citation=cite(self.library, clause, self.clock.today(), self.site),
            references=links(self.library, clause, self.site),
        )

    def _suggestions(self, ranking: Ranking) -> tuple[str, ...]:
        """The documents nearest to the question, as questions; if none is near, the first of the library."""
        near = [self.library.clauses_by_id[hit.entry_id].document_id for hit, _ in ranking.rejected]
        nearest_first = list(dict.fromkeys([*near, *self.library.by_id]))
        documents = [self.library.by_id[i].document for i in nearest_first[:MOST_SUGGESTIONS]]
        return tuple(wording.suggestion(document) for document in documents)


def _reason(rank: int, hit: Hit, best: Hit, question: Question) -> str | None:
    """Why a hit is not quoted; None where it is."""
    if best.support < MIN_SUPPORT:
        return f"the best support, {best.support:.3f}, is below {MIN_SUPPORT}"
    if not _is_good(hit, best):
        return f"score is below {MIN_SHARE_OF_BEST} of the best"
    return f"rank is beyond {question.k}" if rank > question.k else None


def _is_good(hit: Hit, best: Hit) -> bool:
    return hit.score >= MIN_SHARE_OF_BEST * best.score


@dataclass(frozen=True, slots=True)
class Closed:
    """Stands in for the Answerer while the service is being worked on."""

    new_id: Callable[[], str]
    hotline: str

    def answer(self, question: Question) -> Answer:
        """A maintenance notice, whatever is asked."""
        return _sentence(self.new_id(), Status.MAINTENANCE, question, wording.maintenance(self.hotline))


def _sentence(answer_id: str, status: Status, question: Question, message: str) -> Answer:
    """An answer that only says something."""
    return Answer(answer_id, status, question.text, question.text, message)
