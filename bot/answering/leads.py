"""The clauses to show if nothing answers: the nearest two, one about the matter, one on who decides.

A clerk who has no answer would show the same. Two searches look for them: one with the question as it is, and
one with the words by which texts leave a figure to somebody. Documents that stand out in both are about the
matter, and all their clauses are looked at: a clause that speaks of the kind of thing asked for (`also` in
particulars.yaml: 收费, 费用) helps, even if it has no word of the question.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.answering.evidence import Evidence
from bot.answering.inquiry import Inquiry
from bot.answering.places import applies, places_asked_for
from bot.answering.ranking import MIN_SHARE_OF_BEST, document_id_of, fused
from bot.search.query import Query
from bot.search.searcher import Hit

NEAREST = 2
"""The best clauses of the ranking, which are shown in any case. With 1, 2, 3 a helpful clause is shown for
104, 110, 113 of 203 questions on laws nobody prepared for, and for 162, 163, 159 of 193 on the policies."""

DEPTH = 40
"""Hits of each search that are looked at."""

ABOUT = 2
"""Documents whose clauses are all looked at."""

MOST_TELLING = 20
"""Hits that tell which documents are about the matter."""

ASPECT, DOCUMENT, DECIDING = 1.5, 0.2, 0.4
"""What a clause counts for speaking of such things as are asked for, for its document, and for saying who
decides, both as far as it is near; beside its share of the best score, from 0 to 1."""

UNCERTAIN = 0.1
"""What is left of a clause's confidence where nothing answers: of 118 such questions on the `choose` halves,
5 had an answer all the same."""

WHO_DECIDES = "具体标准、办法由省级人民政府、地方人民政府规定、确定、公布、调整"
"""How texts leave a figure to somebody. Language of law, in any field."""

USUAL = "标准、费用、补助、补贴、待遇、给予、公布、规定、确定"
"""What a clause that helps speaks of, where nothing exact is asked for. Language of law, in any field."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A clause that may help.

    Args:
        share: of the best score in the searches, 0-1; 0: no search found it.
        worth: how much it helps, ≥ 0.
        decides: whether it says who decides.
    """

    hit: Hit
    share: float
    worth: float
    decides: bool


def with_leads(evidence: Evidence, *, is_matter_held: bool) -> Inquiry:
    """The inquiry that keeps the clauses that help: as many as may answer, and some further ones.

    The first one is the clause that would have answered; the others are ordered by their worth.

    Args:
        is_matter_held: whether texts speak of the matter, so that only a figure or detail of it is missing.
    """
    inquiry, best = evidence.inquiry, evidence.best
    weight = ASPECT if is_matter_held else 0.0
    leads = [lead for lead in _leads(evidence, weight) if lead.hit.entry_id != best.entry_id]
    named = [(lead.share * evidence.matter_in_title(lead.hit), lead) for lead in leads if lead.share]
    near = [hit.entry_id for hit in inquiry.ranking.pool[:NEAREST]]
    chosen = [lead for lead in leads if lead.hit.entry_id in near]
    chosen += [lead for fit, lead in sorted(named, key=lambda pair: -pair[0])[:1] if fit]
    found = sorted((lead for lead in leads if lead.share), key=lambda lead: -lead.share)
    chosen += islice((lead for lead in found if lead.decides and lead not in chosen), 1)
    chosen += (lead for lead in leads if lead.worth >= MIN_SHARE_OF_BEST * leads[0].worth)
    further = list(dict.fromkeys(chosen))[: inquiry.question.k + inquiry.question.further - 1]
    further.sort(key=lambda lead: -lead.worth)
    hits = [best, *(lead.hit._replace(score=best.score * lead.worth / leads[0].worth) for lead in further)]
    kept = tuple(hit._replace(confidence=UNCERTAIN * hit.confidence) for hit in hits)
    return replace(inquiry, ranking=replace(inquiry.ranking, kept=kept))


def _leads(evidence: Evidence, weight: float) -> list[Lead]:
    """The clauses that may help, the most helpful first.

    Args:
        weight: how much it counts that a clause speaks of the kind of thing asked for.
    """
    basis = evidence.inquiry.basis
    found = _found(evidence)
    if not found:
        return []
    documents = _documents(evidence, found)
    hits = {hit.entry_id: hit for hit in found}
    for document_id in sorted(documents, key=lambda one: -documents[one])[:ABOUT]:
        for clause in basis.library.by_id[document_id].outline.clauses:
            hits.setdefault(clause.clause_id, Hit(clause.clause_id, 0.0, 0.0, 0.0))
    most, largest = max(documents.values()), found[0].score
    spoken = _spoken(evidence, list(hits))
    leads = []
    for hit, aspect in zip(hits.values(), spoken, strict=True):
        decides = evidence.says_who_decides(hit)
        share = hit.score / largest
        of_document = documents.get(document_id_of(hit), 0.0) / most
        nearness = max(share, of_document)
        worth = share + DOCUMENT * of_document + nearness * (weight * aspect + DECIDING * decides)
        leads.append(Lead(hit, share, worth, decides))
    return sorted(leads, key=lambda lead: -lead.worth)


def _spoken(evidence: Evidence, clause_ids: Sequence[str]) -> list[float]:
    """How much each clause speaks of the kind of thing asked for, by the idf of the words, 0-1."""
    basis = evidence.inquiry.basis
    also = " ".join(row.also for row in evidence.asked if row.also) or USUAL
    query = Query("", tuple(basis.index.words(also)))
    whole = math.fsum(basis.index.idfs(query.terms)) or 1.0
    clauses = basis.library.clauses_by_id
    rows = basis.index.coverage(query, [clauses[clause_id].text for clause_id in clause_ids])
    return [math.fsum(worths) / whole for worths in zip(*rows, strict=True)] or [0.0] * len(clause_ids)


def _documents(evidence: Evidence, found: Sequence[Hit]) -> Mapping[str, float]:
    """How much each document stands out among the best hits; more if its title names the matter."""
    documents: dict[str, float] = defaultdict(float)
    for hit in found[:MOST_TELLING]:
        documents[document_id_of(hit)] += hit.score * (0.2 + evidence.matter_in_title(hit))
    return documents


def _found(evidence: Evidence) -> list[Hit]:
    """The clauses that the searches find, best first, by the sum of their shares of the best score.

    Hits that were set aside and rules of other places are left out.
    """
    ranking, index = evidence.inquiry.ranking, evidence.inquiry.basis.index
    aside, wanted = {hit.entry_id for hit, _ in ranking.set_aside}, places_asked_for(evidence.inquiry)
    found = [
        [
            hit
            for hit in index.search(query, DEPTH)
            if hit.entry_id not in aside and applies(evidence.jurisdiction(hit), wanted)
        ]
        for query in _queries(evidence)
    ]
    shares = fused((hits, 1.0) for hits in found)
    by_id = {hit.entry_id: hit for hits in reversed(found) for hit in hits}
    leads = [by_id[entry_id]._replace(score=share) for entry_id, share in shares.items()]
    return sorted(leads, key=lambda hit: -hit.score)


def _queries(evidence: Evidence) -> Iterator[Query]:
    """The queries of both searches, without kinds of answer: the clauses that help do not state these."""
    query, index = evidence.inquiry.ranking.query, evidence.inquiry.basis.index
    yield replace(query, kinds=()) if query.kinds else query
    yield replace(query, terms=(*query.terms, *index.words(WHO_DECIDES)), kinds=())
