"""If the best clause has lost its force, clauses of the superseding documents are quoted beside it."""

from dataclasses import replace

from bot.answering.inquiry import Inquiry
from bot.answering.ranking import is_good
from bot.policy.clause import Clause
from bot.policy.force.validity import LegalForce
from bot.search.searcher import Hit


def stand(inquiry: Inquiry) -> Inquiry:
    """The inquiry with its hits to quote, best first: as many as the ranking kept.

    If the best clause has been superseded, clauses of its successors take the places of clauses without
    force; if there are none, the last place. The best clause stays. Nothing changes where no good hit is of a
    successor, where only one clause is quoted, or where it is asked back: then the hits are chosen.
    """
    if inquiry.verdict.options:
        return inquiry
    kept = inquiry.ranking.kept
    newer = _of_successors(inquiry, kept[0]) if len(kept) > 1 else []
    if not newer:
        return replace(inquiry, hits=kept)
    standing = [hit for hit in kept[1:] if _is_in_force(inquiry, hit)]
    if len(standing) == len(kept) - 1 and not any(hit in newer for hit in standing):
        standing.pop()
    fallen = [hit for hit in kept[1:] if hit not in standing]
    chosen = list(dict.fromkeys([kept[0], *standing, *newer, *fallen]))[: len(kept)]
    return replace(inquiry, hits=tuple(hit for hit in inquiry.ranking.pool if hit in chosen))


def _of_successors(inquiry: Inquiry, best: Hit) -> list[Hit]:
    """The good hits of documents that superseded the best one, best first."""
    clause, library = _clause(inquiry, best), inquiry.basis.library
    wanted = {new.document_id for new in library.successors(clause.document_id, inquiry.on, clause.anchor)}
    if not wanted:
        return []
    return [
        hit
        for hit in inquiry.ranking.pool
        if is_good(hit, best) and _clause(inquiry, hit).document_id in wanted
    ]


def _is_in_force(inquiry: Inquiry, hit: Hit) -> bool:
    clause = _clause(inquiry, hit)
    validity = inquiry.basis.library.validity[clause.document_id]
    return validity.force(inquiry.on, clause.anchor) is not LegalForce.NOT_IN_FORCE


def _clause(inquiry: Inquiry, hit: Hit) -> Clause:
    return inquiry.basis.library.clauses_by_id[hit.entry_id]
