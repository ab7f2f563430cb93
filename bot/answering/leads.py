"""The clauses to show if nothing answers, as a clerk would who has no answer.

The clause that would have answered comes first, then those that help most. A clause helps if it says what is
asked, if its document is about the matter, if it speaks of the kind of thing asked for (`also` in
particulars.yaml: 收费, 费用) or says who decides, and if others ask on it what it does not answer. So all
clauses of the documents that stand out are looked at, even those without a word of the question.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answering.evidence import Evidence
from bot.answering.inquiry import Inquiry
from bot.answering.places import applies, places_asked_for
from bot.answering.ranking import document_id_of
from bot.search.query import Query
from bot.search.searcher import Hit

DEPTH = 40
"""Hits of the search that are looked at."""

ABOUT = 2
"""Documents whose clauses are all looked at."""

MOST_TELLING = 20
"""Hits that tell which documents are about the matter."""

SHARE, DOCUMENT, ASPECT, DECIDING, ASKED_IN_VAIN = 6.2, 1.8, 2.3, 1.1, 4.1
"""What a clause counts for its share of the best score, for that of its document, for speaking of such things
as are asked for, for saying who decides, and for the cosine with a question on it that nothing answers. All
are 0-1; their sum is the logarithm of the odds that it helps, by conditional logit on 409 unanswerable
questions of the `choose` halves; see docs/quality.md."""

TOO_LITTLE = 5.0
"""How much less likely to help than the best one, as a logarithm, no clause is shown any more."""

UNCERTAIN = 0.1
"""What is left of a clause's confidence where nothing answers: of 118 such questions on the `choose` halves,
5 had an answer all the same."""

USUAL = "标准、费用、补助、补贴、待遇、给予、公布、规定、确定"
"""What a clause that helps speaks of, where nothing exact is asked for. Language of law, in any field."""


def with_leads(evidence: Evidence, *, is_matter_held: bool) -> Inquiry:
    """The inquiry that keeps the clauses that help: as many as may answer, and some further ones.

    Args:
        is_matter_held: whether texts speak of the matter, so that only a figure or detail of it is missing.
    """
    inquiry, best = evidence.inquiry, evidence.best
    leads = _leads(evidence, ASPECT if is_matter_held else 0.0)
    most = max((lead.worth for lead in leads), default=0.0)
    further = [lead for lead in leads if lead.worth >= most - TOO_LITTLE and lead.entry_id != best.entry_id]
    further.sort(key=lambda lead: -lead.worth)
    further = further[: inquiry.question.k + inquiry.question.further - 1]
    hits = [best, *(lead._replace(score=best.score * math.exp(lead.worth - most)) for lead in further)]
    kept = tuple(hit._replace(confidence=UNCERTAIN * hit.confidence) for hit in hits)
    return replace(inquiry, ranking=replace(inquiry.ranking, kept=kept))


def _leads(evidence: Evidence, weight: float) -> list[Hit]:
    """The clauses that may help, each with the logarithm of the odds that it does as its worth.

    What was set aside and rules of other places are left out.

    Args:
        weight: how much it counts that a clause speaks of the kind of thing asked for.
    """
    ranking, basis = evidence.inquiry.ranking, evidence.inquiry.basis
    wanted = places_asked_for(evidence.inquiry)
    found = [hit for hit in ranking.pool[:DEPTH] if applies(evidence.jurisdiction(hit), wanted)]
    if not found:
        return []
    largest = max(hit.score for hit in found) or 1.0
    documents = _documents(evidence, found)
    hits = {hit.entry_id: hit for hit in found}
    aside = {hit.entry_id for hit, _ in ranking.set_aside}
    for document_id in sorted(documents, key=lambda one: -documents[one])[:ABOUT]:
        for clause in basis.library.by_id[document_id].outline.clauses:
            if clause.clause_id not in aside:
                hits.setdefault(clause.clause_id, Hit(clause.clause_id, 0.0, 0.0, 0.0))
    spoken = _spoken(evidence, list(hits))
    in_vain = basis.index.unanswered_on(ranking.query)
    leads = []
    for hit, aspect in zip(hits.values(), spoken, strict=True):
        worth = SHARE * hit.score / largest + DOCUMENT * documents.get(document_id_of(hit), 0.0)
        worth += weight * aspect + DECIDING * evidence.says_who_decides(hit)
        worth += ASKED_IN_VAIN * in_vain.get(hit.entry_id, 0.0)
        leads.append(hit._replace(worth=worth))
    return leads


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
    """How much each document stands out among the best hits, 0-1; more if its title names the matter."""
    documents: dict[str, float] = defaultdict(float)
    for hit in found[:MOST_TELLING]:
        documents[document_id_of(hit)] += hit.score * (0.2 + evidence.matter_in_title(hit))
    most = max(documents.values()) or 1.0
    return {document_id: score / most for document_id, score in documents.items()}
