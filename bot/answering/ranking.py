"""Which clauses may be quoted for a question, and why the next ones may not."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.answering.question import Question
from bot.search.index import Hit, Searcher
from bot.search.query import Query

MIN_SUPPORT = 0.18
"""Support of the best clause from which a question is answered: the highest at which 97 % of the
answerable questions that it was chosen on still are; docs/quality.md says what is refused."""

MIN_SHARE_OF_BEST = 0.4
"""A further clause is quoted from this share of the best one's score. On the same half, no right clause
within three is lost up to 0.6, and 0.4 already leaves out every fifth passage."""

DEPTH = 100
"""Hits that the steps after the search choose from, and that have a say where two searches are fused."""

SetAside = tuple[Hit, str]
"""A hit that a step took out of the ranking, and the reason."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a question asks, in its words."""

    text: str
    query: Query


@dataclass(frozen=True, slots=True)
class Ranking:
    """Hits for a question, best first: those to quote, and the next ones, each with the reason against it.

    `pool` are all hits that are left, best first; `set_aside` are those that steps took out of it. A score is
    that of the search: steps may put a hit before one with a higher score.

    `part_of`: id of a kept entry → the part of the question that it answers; empty where it asks one thing.
    """

    query: Query
    kept: tuple[Hit, ...]
    rejected: tuple[tuple[Hit, str], ...]
    pool: tuple[Hit, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    part_of: Mapping[str, Part] = field(default_factory=dict)

    def chosen_from(self, pool: Sequence[Hit], k: int, set_aside: Iterable[SetAside] = ()) -> "Ranking":
        """The same ranking with other hits, best first, or in another order.

        Args:
            set_aside: hits that are in the pool no longer.
        """
        return judged(self.query, pool, k, (*self.set_aside, *set_aside))


UNRANKED = Ranking(Query("", ()), (), ())
"""Before the search."""


def rank(index: Searcher, question: Question, ignored: Sequence[str] = ()) -> Ranking:
    """The ranking of a question: at most k hits are kept, and up to k more are rejected.

    Args:
        ignored: words of the question that no text need say.
    """
    query = index.query(question.text)
    if ignored:
        query = without(query, ignored)
    return judged(query, index.search(query, DEPTH), question.k)


def without(query: Query, ignored: Sequence[str]) -> Query:
    """A query without the terms that stand only in some of its words, or across their edges."""
    pieces = re.split("|".join(map(re.escape, ignored)), query.text)
    said = (term for term in query.terms if any(term.removeprefix("#") in piece for piece in pieces))
    return replace(query, terms=tuple(said))


def judged(query: Query, pool: Sequence[Hit], k: int, set_aside: tuple[SetAside, ...] = ()) -> Ranking:
    """The ranking of hits that stand in their order: each is kept, or rejected for a reason.

    Of the rejected ones and those that were set aside, the k with the highest scores are named.
    """
    next_ones = pool[: 2 * k]
    reasons = [_reason(rank, hit, pool[0], k) for rank, hit in enumerate(next_ones, start=1)]
    pairs = list(zip(next_ones, reasons, strict=True))
    rejected = [(hit, reason) for hit, reason in pairs if reason is not None]
    if set_aside:
        rejected = sorted([*set_aside, *rejected], key=lambda pair: -pair[0].score)
    kept = tuple(hit for hit, reason in pairs if reason is None)
    return Ranking(query, kept, tuple(rejected[: 2 * k - len(kept)]), tuple(pool), set_aside)


def document_id_of(hit: Hit) -> str:
    """The id of the document whose clause a hit is. Faster than looking the clause up."""
    return hit.entry_id.rpartition(":")[0]


def is_good(hit: Hit, best: Hit) -> bool:
    """Whether a hit is near enough to the best one to be quoted beside it."""
    return hit.score >= MIN_SHARE_OF_BEST * best.score


def _reason(rank: int, hit: Hit, best: Hit, k: int) -> str | None:
    """Why a hit is not quoted; None: it is quoted."""
    if best.support < MIN_SUPPORT:
        return f"the best support, {best.support:.3f}, is below {MIN_SUPPORT}"
    if not is_good(hit, best):
        return f"score is below {MIN_SHARE_OF_BEST} of the best"
    return f"rank is beyond {k}" if rank > k else None
