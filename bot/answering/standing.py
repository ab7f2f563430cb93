"""What the legal force of the best passage means for an answer: what superseded it comes with it."""

from collections.abc import Sequence
from datetime import date

from bot.answering import wording
from bot.answering.answer import Passage, Status
from bot.policy.library import Library
from bot.policy.validity import LegalForce
from bot.search.index import Hit


def with_successor(
    kept: tuple[Hit, ...], further: Sequence[Hit], library: Library, on: date
) -> tuple[Hit, ...]:
    """The hits to quote, in rank order, with one of what superseded the best hit among them.

    If none of those kept is, the best one of the further takes the last place; the first always stays.

    Args:
        further: good hits that rank below the kept ones, best first.
        on: the day for which superseded is meant.
    """
    if len(kept) < 2:
        return kept
    clauses = library.clauses_by_id
    best = clauses[kept[0].entry_id]
    wanted = {new.document_id for new in library.successors(best.document_id, on, best.anchor)}
    newer = [hit for hit in (*kept, *further) if clauses[hit.entry_id].document_id in wanted]
    return (*kept[:-1], newer[0]) if newer and newer[0] not in kept else kept


def status_of(passages: Sequence[Passage], hotline: str) -> tuple[Status, str]:
    """What came of a question, and the sentence that says so."""
    if not passages:
        return Status.NOT_FOUND, wording.not_found(hotline)
    citation = passages[0].citation
    if citation.legal_force is LegalForce.NOT_IN_FORCE:
        wanted = {new.document_id for new in citation.superseded_by}
        numbers = [n for n, passage in enumerate(passages, 1) if passage.clause.document_id in wanted]
        return Status.NOT_IN_FORCE, wording.not_in_force(citation, next(iter(numbers), None), hotline)
    if citation.legal_force is LegalForce.PENDING and citation.effective_on:
        return Status.ANSWERED, wording.pending(len(passages), citation.effective_on)
    return Status.ANSWERED, wording.answered(len(passages))
