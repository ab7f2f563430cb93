"""Which clauses may be quoted for a question, and the reason against each of the next ones."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.answering.question import Question
from bot.policy.clause import document_of
from bot.search.query import Query
from bot.search.searcher import Hit, Searcher

MIN_SUPPORT = 0.18
"""A question is answered if the best clause has this support. The value is the highest one that still
answers 97 % of the answerable questions it was chosen on; docs/quality.md says what it refuses."""

MIN_SHARE_OF_BEST = 0.4
"""A further clause is quoted if it has this share of the best score. On the same questions, no right clause
within three is lost up to 0.6; 0.4 already leaves out every fifth passage."""

DEPTH = 100
"""Number of hits that a search gives to the following steps, and to the fusion of two searches."""

SetAside = tuple[Hit, str]
"""A hit that a step took out of the ranking, and the reason."""


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """One of the things that a question asks, in the words of the question."""

    text: str
    query: Query


@dataclass(frozen=True, slots=True)
class Ranking:
    """Hits for a question, best first.

    Steps may put a hit before one with a higher score: the score is always the one that the search gave.

    Args:
        kept: the hits to quote.
        rejected: the next ones, each with the reason against it.
        pool: all hits that are left, the kept ones included.
        set_aside: hits that steps took out of the pool, each with the reason.
        part_of: id of a kept entry → the part of the question that it answers. Empty: the question asks one
            thing.
    """

    query: Query
    kept: tuple[Hit, ...]
    rejected: tuple[tuple[Hit, str], ...]
    pool: tuple[Hit, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    part_of: Mapping[str, QuestionPart] = field(default_factory=dict)

    def chosen_from(self, pool: Sequence[Hit], k: int, set_aside: Iterable[SetAside] = ()) -> "Ranking":
        """The same ranking with other hits, or in another order, best first.

        Args:
            set_aside: hits that were taken out of the pool, each with the reason.
        """
        return judged(self.query, pool, k, (*self.set_aside, *set_aside))


UNRANKED = Ranking(Query("", ()), (), ())
"""The ranking of an inquiry before the search."""


def rank(index: Searcher, question: Question, ignored: Sequence[str] = ()) -> Ranking:
    """The ranking of a question: at most k hits are kept, and up to k more are rejected.

    Args:
        ignored: words of the question that a text need not hold.
    """
    query = index.query(question.text)
    if ignored:
        query = without(query, ignored)
    return judged(query, index.search(query, DEPTH), question.k)


def without(query: Query, ignored: Sequence[str]) -> Query:
    """A query without the terms that stand only in the ignored words, or across their edges."""
    pieces = re.split("|".join(map(re.escape, ignored)), query.text)
    said = (term for term in query.terms if any(term.removeprefix("#") in piece for piece in pieces))
    return replace(query, terms=tuple(said))


def judged(query: Query, pool: Sequence[Hit], k: int, set_aside: tuple[SetAside, ...] = ()) -> Ranking:
    """The ranking of a pool that is in its final order: each hit is kept, or rejected for a reason.

    The record names up to k rejected hits, those that were set aside among them, highest scores first.
    """
    next_ones = pool[: 2 * k]
    reasons = [_reason(rank, hit, pool[0], k) for rank, hit in enumerate(next_ones, start=1)]
    pairs = list(zip(next_ones, reasons, strict=True))
    rejected = [(hit, reason) for hit, reason in pairs if reason is not None]
    if set_aside:
        rejected = sorted([*set_aside, *rejected], key=lambda pair: -pair[0].score)
    kept = tuple(hit for hit, reason in pairs if reason is None)
    return Ranking(query, kept, tuple(rejected[: 2 * k - len(kept)]), tuple(pool), set_aside)


def fused(found: Iterable[tuple[Sequence[Hit], float]]) -> dict[str, float]:
    """Entry id → its shares of the best scores of some searches, each times the search's weight, added.

    CombSUM: Fox and Shaw, *Combination of Multiple Searches*, 1994.
    """
    worth: defaultdict[str, float] = defaultdict(float)
    for hits, weight in found:
        for hit in hits:
            worth[hit.entry_id] += weight * share_of_best(hit, hits[0])
    return worth


def share_of_best(hit: Hit, best: Hit) -> float:
    """The score of a hit as a share of the best one's; all are as good where none has a score.

    That is where only vectors find clauses.
    """
    return hit.score / best.score if best.score else 1.0


def document_id_of(hit: Hit) -> str:
    """The id of the document that holds a hit's clause."""
    return document_of(hit.entry_id)


def is_good(hit: Hit, best: Hit) -> bool:
    """Whether a hit is near enough to the best one to be quoted beside it."""
    return hit.score >= MIN_SHARE_OF_BEST * best.score


def _reason(rank: int, hit: Hit, best: Hit, k: int) -> str | None:
    """The reason against quoting a hit; None: it is quoted."""
    if best.support < MIN_SUPPORT:
        return f"the best support, {best.support:.3f}, is below {MIN_SUPPORT}"
    if not is_good(hit, best):
        return f"score is below {MIN_SHARE_OF_BEST} of the best"
    return f"rank is beyond {k}" if rank > k else None
