"""Which clauses are shown where nothing answers: those that speak of it, and those that say who decides."""

from collections import defaultdict
from dataclasses import replace

from bot.answering.evidence import Evidence
from bot.answering.inquiry import Inquiry
from bot.answering.ranking import is_good
from bot.search.index import Hit

DEPTH = 30
"""Hits of each search that are looked at."""

OPEN_BONUS = 0.15
"""How much more a clause counts that leaves something to somebody: 由省级人民政府规定."""

ELSEWHERE = 0.5
"""What another place's rule counts where the named place has none: one of the whole country helps more."""


def with_leads(evidence: Evidence) -> Inquiry:
    """The inquiry with the clauses that help on kept, best first, as many as may be quoted.

    A second search adds the words by which texts speak of what they leave out. A clause counts by its shares
    of the best score in both; its score becomes that part of the best one's.
    """
    inquiry = evidence.inquiry
    index, ranking = inquiry.basis.index, inquiry.ranking
    also = " ".join(row.also for row in evidence.asked if row.also)
    queries = [ranking.query, *([index.query(f"{ranking.query.text} {also}")] if also else [])]
    hits: dict[str, Hit] = {}
    shares: dict[str, float] = defaultdict(float)
    set_aside = {hit.entry_id for hit, _ in ranking.set_aside}
    for query in queries:
        found = [hit for hit in index.search(query, DEPTH) if hit.entry_id not in set_aside]
        for hit in found:
            hits.setdefault(hit.entry_id, hit)
            shares[hit.entry_id] += hit.score / found[0].score / len(queries)
    leads = [
        replace(hit, score=shares[entry_id] * _worth(evidence, hit) * evidence.best.score)
        for entry_id, hit in hits.items()
    ]
    leads.sort(key=lambda hit: -hit.score)
    kept = tuple(hit for hit in leads[: inquiry.question.k] if is_good(hit, leads[0]))
    return replace(inquiry, ranking=replace(ranking, kept=kept))


def _worth(evidence: Evidence, hit: Hit) -> float:
    """The factor by which a clause counts more or less than its words do."""
    is_elsewhere = bool(evidence.unheld_place and evidence.jurisdiction(hit).path)
    return (1 + OPEN_BONUS * evidence.leaves_open(hit)) * (ELSEWHERE if is_elsewhere else 1)
