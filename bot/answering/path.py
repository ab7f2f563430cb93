"""The way of a question: STEPS is the whole of it, in order.

A step takes the inquiry as it stands and gives it back with more, or gives the answer: then the way ends.
LAST_STEPS follow every answer. Only `remember` has an effect; the other steps are pure functions.
"""

import logging
from collections.abc import Callable
from dataclasses import replace

from bot.answering import wording
from bot.answering.answer import Answer, Passage, Status
from bot.answering.clarifying import clarify, keep_to_subject, take_option
from bot.answering.context import Context, Exchange
from bot.answering.excerpt import excerpt
from bot.answering.following import follow_up
from bot.answering.in_force_first import prefer_in_force
from bot.answering.inquiry import Inquiry
from bot.answering.judging import dismiss, judge
from bot.answering.leaning import leans_on
from bot.answering.parts import divided
from bot.answering.places import keep_to_place, locate, places_to_tell
from bot.answering.ranking import UNRANKED, Ranking, rank, rank_completed
from bot.answering.routing import rescue, route
from bot.answering.standing import stand
from bot.answering.suggestions import suggestions
from bot.logs import place_of
from bot.policy.citation import cite as citation_of
from bot.policy.citation import links
from bot.policy.force.validity import LegalForce
from bot.records.masking import mask as masked
from bot.records.records import QuestionRecord, RejectedClause
from bot.search.index import Hit

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
    return inquiry, inquiry.answer(Status.FAILED, wording.failed(inquiry.contact))


def mask(inquiry: Inquiry) -> Inquiry:
    """Numbers of people leave the question before anything else sees it."""
    found = masked(inquiry.question.text)
    return replace(inquiry, question=replace(inquiry.question, text=found.text), masked=found)


def close(inquiry: Inquiry) -> Inquiry | Answer:
    """While the service is being worked on, every question gets a notice."""
    if inquiry.basis.is_closed:
        return inquiry.answer(Status.MAINTENANCE, wording.maintenance(inquiry.contact))
    return inquiry


def search(inquiry: Inquiry) -> Inquiry:
    """The question is understood, and clauses are ranked for it."""
    index, question = inquiry.basis.index, inquiry.question
    if inquiry.completion:
        ranking = rank_completed(index, inquiry.completion, question.k)
    else:
        ranking = rank(index, question, inquiry.unheld_names)
    return replace(inquiry, ranking=ranking)


def ranked(inquiry: Inquiry) -> Ranking:
    """The ranking behind an answer, as it stands when hits are chosen from it."""
    for step in RANKING_STEPS:
        inquiry = step(inquiry)
    return inquiry.ranking


def divide(inquiry: Inquiry) -> Inquiry:
    """Of a question that asks two things, the best clause of each comes first; a completed one asks one."""
    if inquiry.completion:
        return inquiry
    return replace(inquiry, ranking=divided(inquiry.ranking, inquiry.question.k, inquiry.basis))


def refuse(inquiry: Inquiry) -> Inquiry | Answer:
    """Where no clause may be quoted, the answer says so, and what could be asked instead."""
    if inquiry.ranking.kept or inquiry.verdict.options:
        return inquiry
    message = _as_understood(inquiry, wording.not_found(inquiry.contact))
    return inquiry.answer(Status.NOT_FOUND, message, suggestions(inquiry))


def cite(inquiry: Inquiry) -> Inquiry:
    """Each hit becomes a passage: the whole clause with its citation."""
    return replace(inquiry, passages=tuple(_passage(inquiry, hit) for hit in inquiry.hits))


def conclude(inquiry: Inquiry) -> Answer:
    """The answer, with a sentence that begins with the force of the best clause where that matters."""
    passages, best = inquiry.passages, inquiry.passages[0].citation
    status, message = Status.ANSWERED, wording.answered(len(passages))
    if inquiry.verdict.options:
        status, message = Status.CLARIFY, wording.clarify()
    elif inquiry.verdict.missing:
        status, message = Status.RELATED, wording.related(inquiry.verdict.missing, inquiry.contact)
    elif best.legal_force is LegalForce.NOT_IN_FORCE:
        newer = {successor.document_id for successor in best.superseded_by}
        numbers = [n for n, passage in enumerate(passages, 1) if passage.clause.document_id in newer]
        status = Status.NOT_IN_FORCE
        message = wording.not_in_force(best, next(iter(numbers), None), inquiry.contact)
    elif best.legal_force is LegalForce.PENDING and best.effective_on:
        message = wording.pending(len(passages), best.effective_on)
    if status is not Status.CLARIFY:
        message += wording.only_in(places_to_tell(inquiry))
    return inquiry.answer(status, _as_understood(inquiry, message))


def warn(inquiry: Inquiry, answer: Answer) -> Answer:
    """A question about danger is answered, and whoever is in it reads first whom to call."""
    return replace(answer, message=f"{inquiry.note}\n{answer.message}") if inquiry.note else answer


def tell_what_was_hidden(inquiry: Inquiry, answer: Answer) -> Answer:
    """Where numbers of a person were masked, the message says so. What we say ourselves comes first."""
    if not inquiry.masked.kinds:
        return answer
    hidden = wording.hidden(inquiry.masked.kinds)
    if answer.status is Status.OUT_OF_SCOPE or inquiry.note:
        return replace(answer, message=f"{answer.message}\n{hidden}")
    return replace(answer, message=hidden + answer.message)


def remember(inquiry: Inquiry, answer: Answer) -> Answer:
    """The asker's channel keeps what came of the question, without any number of a person."""
    inquiry.asker.keep(_record(inquiry, answer), next_context(inquiry, answer))
    return answer


STEPS: tuple[Step, ...] = (
    mask,
    rescue,
    close,
    route,
    take_option,
    locate,
    follow_up,
    search,
    keep_to_place,
    prefer_in_force,
    keep_to_subject,
    divide,
    dismiss,
    clarify,
    refuse,
    judge,
    stand,
    cite,
    conclude,
)
RANKING_STEPS: tuple[Callable[[Inquiry], Inquiry], ...] = (
    locate,
    search,
    keep_to_place,
    prefer_in_force,
    keep_to_subject,
)
LAST_STEPS: tuple[LastStep, ...] = (warn, tell_what_was_hidden, remember)


def next_context(inquiry: Inquiry, answer: Answer) -> Context:
    """The context of the person's next question. What was not searched for leaves it as it is."""
    if inquiry.ranking is UNRANKED or answer.status is Status.FAILED:
        return inquiry.context
    completion, context = inquiry.completion, inquiry.context
    if inquiry.said:
        context = context.model_copy(update={"jurisdiction": inquiry.said.path})
    return context.followed_by(
        Exchange(
            asked=inquiry.question.text,
            understood_as=answer.understood_as,
            status=answer.status,
            subject=(completion.subject,) if completion else (),
            aspect=completion.aspect if completion else "",
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
        jurisdiction=str(inquiry.place) if inquiry.place else None,
        rejected=[
            RejectedClause(hit.entry_id, round(hit.score, 3), reason)
            for hit, reason in inquiry.ranking.rejected
        ],
        conversation=asker.conversation,
    )


def _as_understood(inquiry: Inquiry, message: str) -> str:
    """The message, behind the question that was meant if it was mistyped or left something out."""
    is_other = inquiry.ranking.query.changes or inquiry.completion
    return wording.understood(inquiry.understood_as) + message if is_other else message


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
