"""The way of a question: STEPS is the whole of it, in order.

A step takes the inquiry as it stands and gives it back with more, or gives the answer: then the way ends.
LAST_STEPS follow every answer. Only `remember` has an effect; the other steps are pure functions.
"""

import logging
from collections.abc import Callable
from dataclasses import replace

from bot.answering import wording
from bot.answering.answer import Answer, Passage, Status
from bot.answering.context import Context, Exchange
from bot.answering.excerpt import excerpt
from bot.answering.inquiry import Inquiry
from bot.answering.leaning import leans_on
from bot.answering.parts import divided
from bot.answering.ranking import rank
from bot.answering.standing import stand
from bot.logs import place_of
from bot.policy.citation import cite as citation_of
from bot.policy.citation import links
from bot.policy.force.validity import LegalForce
from bot.records.masking import mask as masked
from bot.records.records import QuestionRecord, RejectedClause
from bot.search.index import Hit

MOST_SUGGESTIONS = 3

_log = logging.getLogger(__name__)

Step = Callable[[Inquiry], Inquiry | Answer]
LastStep = Callable[[Inquiry, Answer], Answer]


def walk(inquiry: Inquiry) -> tuple[Inquiry, Answer]:
    """The inquiry as far as it came, and its answer.

    Never raises: what breaks is logged by its place, and answered politely.
    """
    try:
        for step in STEPS:
            result = step(inquiry)
            if isinstance(result, Answer):
                return inquiry, result
            inquiry = result
    except Exception as error:  # noqa: BLE001  # the outer wall: a resident gets a sentence, not a traceback
        _log.error("answer=failed error=%s", place_of(error))
        inquiry = replace(inquiry, passages=())
    return inquiry, inquiry.answer(Status.FAILED, wording.failed(inquiry.basis.hotline))


def mask(inquiry: Inquiry) -> Inquiry:
    """Numbers of people leave the question before anything else sees it."""
    found = masked(inquiry.question.text)
    return replace(inquiry, question=replace(inquiry.question, text=found.text), masked=found)


def close(inquiry: Inquiry) -> Inquiry | Answer:
    """While the service is being worked on, every question gets a notice."""
    if inquiry.basis.is_closed:
        return inquiry.answer(Status.MAINTENANCE, wording.maintenance(inquiry.basis.hotline))
    return inquiry


def search(inquiry: Inquiry) -> Inquiry:
    """The question is understood, and clauses are ranked for it."""
    return replace(inquiry, ranking=rank(inquiry.basis.index, inquiry.question))


def divide(inquiry: Inquiry) -> Inquiry:
    """Of a question that asks two things, the best clause of each comes first."""
    return replace(inquiry, ranking=divided(inquiry.ranking, inquiry.question.k, inquiry.basis))


def refuse(inquiry: Inquiry) -> Inquiry | Answer:
    """Where no clause may be quoted, the answer says so, and what could be asked instead."""
    if inquiry.ranking.kept:
        return inquiry
    message = _as_understood(inquiry, wording.not_found(inquiry.basis.hotline))
    return inquiry.answer(Status.NOT_FOUND, message, _suggestions(inquiry))


def cite(inquiry: Inquiry) -> Inquiry:
    """Each hit becomes a passage: the whole clause with its citation."""
    return replace(inquiry, passages=tuple(_passage(inquiry, hit) for hit in inquiry.hits))


def conclude(inquiry: Inquiry) -> Answer:
    """The answer, with a sentence that begins with the force of the best clause where that matters."""
    passages, best = inquiry.passages, inquiry.passages[0].citation
    status, message = Status.ANSWERED, wording.answered(len(passages))
    if best.legal_force is LegalForce.NOT_IN_FORCE:
        newer = {successor.document_id for successor in best.superseded_by}
        numbers = [n for n, passage in enumerate(passages, 1) if passage.clause.document_id in newer]
        status = Status.NOT_IN_FORCE
        message = wording.not_in_force(best, next(iter(numbers), None), inquiry.basis.hotline)
    elif best.legal_force is LegalForce.PENDING and best.effective_on:
        message = wording.pending(len(passages), best.effective_on)
    return inquiry.answer(status, _as_understood(inquiry, message))


def tell_what_was_hidden(inquiry: Inquiry, answer: Answer) -> Answer:
    """Where numbers of a person were masked, the message begins by saying so."""
    if not inquiry.masked.kinds:
        return answer
    return replace(answer, message=wording.hidden(inquiry.masked.kinds) + answer.message)


def remember(inquiry: Inquiry, answer: Answer) -> Answer:
    """The asker's channel keeps what came of the question, without any number of a person."""
    inquiry.asker.keep(_record(inquiry, answer), next_context(inquiry, answer))
    return answer


STEPS: tuple[Step, ...] = (mask, close, search, divide, refuse, stand, cite, conclude)
LAST_STEPS: tuple[LastStep, ...] = (tell_what_was_hidden, remember)


def next_context(inquiry: Inquiry, answer: Answer) -> Context:
    """The context of the person's next question. Small talk leaves it as it is."""
    if answer.status in (Status.OUT_OF_SCOPE, Status.MAINTENANCE, Status.FAILED):
        return inquiry.context
    return inquiry.context.followed_by(
        Exchange(
            asked=inquiry.masked.text,
            understood_as=answer.understood_as,
            status=answer.status,
            clause_ids=tuple(passage.clause.clause_id for passage in answer.passages),
            options=tuple(option.question for option in answer.options),
        )
    )


def _record(inquiry: Inquiry, answer: Answer) -> QuestionRecord:
    asker = inquiry.asker
    return QuestionRecord(
        answer_id=answer.answer_id,
        channel=asker.channel,
        person=asker.person,
        question=inquiry.masked,
        status=answer.status,
        clause_ids=[passage.clause.clause_id for passage in answer.passages],
        understood_as=answer.understood_as,
        jurisdiction=str(inquiry.question.jurisdiction) if inquiry.question.jurisdiction else None,
        rejected=[
            RejectedClause(hit.entry_id, round(hit.score, 3), reason)
            for hit, reason in inquiry.ranking.rejected
        ],
        conversation=asker.conversation,
    )


def _as_understood(inquiry: Inquiry, message: str) -> str:
    """The message, behind a word on the spelling that was meant if the question was mistyped."""
    query = inquiry.ranking.query
    return wording.understood(query.text) + message if query.changes else message


def _passage(inquiry: Inquiry, hit: Hit) -> Passage:
    library, site = inquiry.basis.library, inquiry.basis.site
    clause = library.clauses_by_id[hit.entry_id]
    part = inquiry.ranking.part_of.get(hit.entry_id)
    query = part.query if part else inquiry.ranking.query
    shown = excerpt(clause.text, query, inquiry.basis.asking, inquiry.basis.index)
    references = links(library, clause, site)
    return Passage(
        clause=clause,
        highlights=shown.highlights,
        score=hit.score,
        confidence=hit.confidence,
        citation=citation_of(library, clause, inquiry.on, site),
        references=references,
        sentence=shown.sentence,
        part=part.text if part else None,
        context=(*clause.context, *leans_on(library, clause, references, shown.sentence)),
    )


def _suggestions(inquiry: Inquiry) -> tuple[str, ...]:
    """Questions about the documents nearest to this one; if none is near, about the first of the library."""
    library = inquiry.basis.library
    near = [library.clauses_by_id[hit.entry_id].document_id for hit, _ in inquiry.ranking.rejected]
    nearest_first = list(dict.fromkeys([*near, *library.by_id]))[:MOST_SUGGESTIONS]
    return tuple(wording.suggestion(library.by_id[document_id].document) for document_id in nearest_first)
