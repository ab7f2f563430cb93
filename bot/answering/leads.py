"""Which clauses are shown where nothing answers: those that speak of it, and those that say who decides."""

from dataclasses import replace

from bot.answering.evidence import Evidence
from bot.answering.inquiry import Inquiry
from bot.search.index import Hit

DEPTH = 30
"""Hits of each search that are looked at."""

OPEN_BONUS = 0.15
"""How much more a clause counts that leaves something to somebody: 由省级人民政府规定."""

ELSEWHERE = 0.5
"""What the rule of another place counts where the named place has none: a rule of the whole country helps more."""


def with_leads(evidence: Evidence) -> Inquiry:
    """The inquiry with the clauses that help on kept, best first, as many as may be quoted.

    A second search adds the words by which texts speak of what they leave out. A clause counts by its share
    of the best score in either search.
    """
    inquiry = evidence.inquiry
    index, ranking = inquiry.basis.index, inquiry.ranking
    also = " ".join(row.also for row in evidence.asked if row.also)
    searches = [ranking.query, *([index.query(f"{ranking.query.text} {also}")] if also else [])]
    shares: dict[str, float] = {}
    hits: dict[str, Hit] = {}
    for query in searches:
        found = index.search(query, DEPTH)
        for hit in found:
            hits.setdefault(hit.entry_id, hit)
            shares[hit.entry_id] = shares.get(hit.entry_id, 0.0) + hit.score / found[0].score
    is_elsewhere = evidence.unheld_place is not None
    for entry_id, hit in hits.items():
        shares[entry_id] *= 1 + OPEN_BONUS * evidence.leaves_open(hit)
        if is_elsewhere and evidence.jurisdiction(hit).path:
            shares[entry_id] *= ELSEWHERE
    best = sorted(hits, key=lambda entry_id: -shares[entry_id])[: inquiry.question.k]
    return replace(inquiry, ranking=replace(ranking, kept=tuple(hits[entry_id] for entry_id in best)))
