"""What the legal force of the best passage means for an answer: what superseded it comes with it."""

from collections.abc import Callable, Sequence
from datetime import date

from bot.answering import wording
from bot.answering.answer import Passage, Status
from bot.policy.force.validity import LegalForce
from bot.policy.library import Library
from bot.search.index import Hit


def with_successor(
    kept: tuple[Hit, ...], good: Callable[[], Sequence[Hit]], library: Library, on: date
) -> tuple[Hit, ...]:
    """The hits to quote, as many as were kept, best first.

    If the best has been superseded, clauses of what superseded it take the places of others without force,
    or else the last place. The best stays, and all stay as they are where no good hit is of a successor.

    Args:
        good: the hits good enough to be quoted, best first; asked only if the best has been superseded.
        on: the day for which superseded is meant.
    """
    if len(kept) < 2:
        return kept
    best = library.clauses_by_id[kept[0].entry_id]
    wanted = {new.document_id for new in library.successors(best.document_id, on, best.anchor)}
    newer = [hit for hit in good() if _document_of(hit, library) in wanted] if wanted else []
    if not newer:
        return kept
    standing = [hit for hit in kept[1:] if _stands(hit, library, on)]
    if len(standing) == len(kept) - 1 and not any(hit in newer for hit in standing):
        standing.pop()
    fallen = [hit for hit in kept[1:] if hit not in standing]
    chosen = list(dict.fromkeys([kept[0], *standing, *newer, *fallen]))[: len(kept)]
    return tuple(sorted(chosen, key=lambda hit: -hit.score))


def _document_of(hit: Hit, library: Library) -> str:
    return library.clauses_by_id[hit.entry_id].document_id


def _stands(hit: Hit, library: Library, on: date) -> bool:
    clause = library.clauses_by_id[hit.entry_id]
    return library.validity[clause.document_id].force(on, clause.anchor) is not LegalForce.NOT_IN_FORCE


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
