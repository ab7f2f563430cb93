"""Which clauses are shown where nothing answers: the nearest one, one about the matter, and who decides.

A clerk who has no answer shows three things: what is nearest to the question, what the text about this
matter says, and who lays down what is asked for. Three searches look for them: the question as it is, with
the words by which texts speak of what they leave out (`also` of what is asked for), and with those by which
they leave it to somebody. A clause counts by its shares of the best score in all of them.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from bot.answering.evidence import Evidence
from bot.answering.inquiry import Inquiry
from bot.answering.places import applies, places_asked_for
from bot.answering.ranking import is_good
from bot.search.index import Hit
from bot.search.query import Query

DEPTH = 40
"""Hits of each search that are looked at."""

UNCERTAIN = 0.1
"""What is left of a clause's confidence where nothing answers: of 118 such questions on the `choose` halves,
5 had an answer all the same."""

WHO_DECIDES = "具体标准、办法由省级人民政府、地方人民政府规定、确定、公布、调整"
"""How texts leave a figure to somebody. Language of law, in any field."""


def with_leads(evidence: Evidence) -> Inquiry:
    """The inquiry with the clauses that help on kept, as many as may be quoted; the nearest one is first."""
    inquiry, leads = evidence.inquiry, _nearest(evidence)
    chosen = leads[:1]
    named = [(hit.score * evidence.matter_in_title(hit), hit) for hit in leads[1:]]
    chosen += [hit for worth, hit in sorted(named, key=lambda pair: -pair[0])[:1] if worth]
    deciding = (hit for hit in leads if hit not in chosen and evidence.says_who_decides(hit))
    chosen += islice(deciding, 1)
    good = [hit for hit in leads if is_good(hit, leads[0])]
    kept = list(dict.fromkeys([*chosen, *good]))[: inquiry.question.k]
    kept.sort(key=lambda hit: -hit.score)
    return replace(inquiry, ranking=replace(inquiry.ranking, kept=tuple(kept)))


def _nearest(evidence: Evidence) -> list[Hit]:
    """The clauses that are near to the question in any of the searches, best first.

    A score is a share of the best clause's. A hit that was set aside is none, nor is another place's rule.
    """
    ranking, index = evidence.inquiry.ranking, evidence.inquiry.basis.index
    aside, wanted = {hit.entry_id for hit, _ in ranking.set_aside}, places_asked_for(evidence.inquiry)
    hits: dict[str, Hit] = {}
    shares: dict[str, list[float]] = defaultdict(list)
    queries = list(_queries(evidence))
    for query in queries:
        found = [
            hit
            for hit in index.search(query, DEPTH)
            if hit.entry_id not in aside and applies(evidence.jurisdiction(hit), wanted)
        ]
        for hit in found:
            hits.setdefault(hit.entry_id, hit)
            shares[hit.entry_id].append(hit.score / found[0].score)
    unit = evidence.best.score / len(queries)
    leads = [
        replace(
            hit,
            score=unit * math.fsum(shares[entry_id]),
            confidence=UNCERTAIN * hit.confidence,
        )
        for entry_id, hit in hits.items()
    ]
    return sorted(leads, key=lambda hit: -hit.score)


def _queries(evidence: Evidence) -> Iterator[Query]:
    """The searches. A kind of answer counts in none but the first: the clauses that help do not state it."""
    query, index = evidence.inquiry.ranking.query, evidence.inquiry.basis.index
    yield replace(query, kinds=())
    for also in (" ".join(row.also for row in evidence.asked if row.also), WHO_DECIDES):
        if also:
            yield replace(query, terms=(*query.terms, *index.words(also)), kinds=())
