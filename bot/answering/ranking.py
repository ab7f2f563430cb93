"""Which clauses may be quoted for a question, and why the next ones may not."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answering.completion import Completion
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
"""Hits of each search that have a say where two are fused."""

QUOTED_BONUS = 0.7
"""How much more a clause scores that stands in a document quoted before."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Hits for a question, best first: those to quote, and the next ones, each with the reason against it."""

    query: Query
    kept: tuple[Hit, ...]
    rejected: tuple[tuple[Hit, str], ...]


UNRANKED = Ranking(Query("", ()), (), ())
"""Before the search."""


def rank(index: Searcher, question: Question) -> Ranking:
    """The ranking of a question: at most k hits are kept, and up to k more are rejected."""
    query = index.query(question.text)
    return _judged(query, index.search(query, 2 * question.k), question.k)


def rank_completed(index: Searcher, completion: Completion, k: int) -> Ranking:
    """The ranking of a follow-up: two different completions, fused.

    One says in words what is left out. The other says it by the documents that were quoted before: only what
    was said now is searched for, and clauses of those documents score more. Scores are added, for one scorer
    gave them (CombSUM: Fox and Shaw, *Combination of Multiple Searches*, 1994).
    """
    query = index.query(completion.text)
    query = replace(query, kinds=completion.own.kinds or query.kinds)
    hits = _fused(index.search(query, DEPTH), completion)
    return _judged(query, hits[: 2 * k], k)


def _fused(hits: Sequence[Hit], completion: Completion) -> list[Hit]:
    """Hits by the sum of their scores, best first; the best has the score of the best by the whole question.

    How sure a hit is says the completed question alone.
    """
    scores: defaultdict[str, float] = defaultdict(float)
    for hit in (*hits, *completion.own_hits):
        scores[hit.entry_id] += hit.score
    for entry_id in scores:
        if entry_id.partition(":")[0] in completion.documents:
            scores[entry_id] *= 1 + QUOTED_BONUS
    if not hits:
        return []
    by_id = {hit.entry_id: hit for hit in hits}
    order = sorted(scores, key=lambda entry_id: -scores[entry_id])
    unit = hits[0].score / scores[order[0]]
    sure = [by_id.get(entry_id, hits[-1]) for entry_id in order]
    return [
        replace(hit, entry_id=entry_id, score=unit * scores[entry_id])
        for entry_id, hit in zip(order, sure, strict=True)
    ]


def _judged(query: Query, hits: Sequence[Hit], k: int) -> Ranking:
    reasons = [_reason(rank, hit, hits[0], k) for rank, hit in enumerate(hits, start=1)]
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
