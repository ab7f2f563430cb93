"""Which clauses may be quoted for a question, and why the next ones may not."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.answering.question import Question
from bot.search.index import Hit, Index
from bot.search.query import Query

MIN_SUPPORT = 0.18
"""Support of the best clause from which a question is answered: the highest at which 97 % of the
answerable questions that it was chosen on still are; docs/quality.md says what is refused."""

MIN_SHARE_OF_BEST = 0.4
"""A further clause is quoted from this share of the best one's score. On the same half, no right clause
within three is lost up to 0.6, and 0.4 already leaves out every fifth passage."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a question asks, in its words; `query` is completed from the other parts."""

    text: str
    query: Query


@dataclass(frozen=True, slots=True)
class Ranking:
    """Hits for a question, best first: those to quote, and the next ones, each with the reason against it.

    `part_of`: id of a kept entry → the part of the question that it answers; empty where it asks one thing.
    """

    query: Query
    kept: tuple[Hit, ...]
    rejected: tuple[tuple[Hit, str], ...]
    part_of: Mapping[str, Part] = field(default_factory=dict)


UNRANKED = Ranking(Query("", ()), (), ())
"""Before the search."""


def rank(index: Index, question: Question) -> Ranking:
    """The ranking of a question: at most k hits are kept, and up to k more are rejected."""
    query = index.query(question.text)
    hits = index.search(query, 2 * question.k)
    reasons = [_reason(rank, hit, hits[0], question.k) for rank, hit in enumerate(hits, start=1)]
    judged = list(zip(hits, reasons, strict=True))
    return Ranking(
        query,
        tuple(hit for hit, reason in judged if reason is None),
        tuple((hit, reason) for hit, reason in judged if reason is not None),
    )


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
