"""The last steps: clauses with their citations, the status and the message, and the record."""

from dataclasses import replace

from bot.answering import wording
from bot.answering.answer import Answer, Passage, Status
from bot.answering.context import Context, Exchange
from bot.answering.excerpt import excerpt
from bot.answering.inquiry import Inquiry
from bot.answering.leaning import leans_on
from bot.answering.places import places_to_tell
from bot.answering.ranking import UNRANKED
from bot.answering.routing import tells_what_goes_on
from bot.answering.suggestions import suggestions
from bot.policy.citation import cite as citation_of
from bot.policy.citation import links
from bot.policy.force.validity import LegalForce
from bot.records.records import QuestionRecord, RejectedClause
from bot.search.searcher import Hit


def refuse(inquiry: Inquiry) -> Inquiry | Answer:
    """The answer `not_found` with questions to ask instead, if no clause may be quoted."""
    if inquiry.ranking.kept or inquiry.verdict.options:
        return inquiry
    named = next(inquiry.basis.subjects.named_in(inquiry.understood_as), None)
    place = inquiry.unheld_names[0] if len(set(inquiry.unheld_names)) == 1 else None
    matter = named[0] if named else place
    message = _as_understood(inquiry, wording.not_found(inquiry.contact, matter))
    return inquiry.answer(Status.NOT_FOUND, message, suggestions(inquiry))


def cite(inquiry: Inquiry) -> Inquiry:
    """The inquiry with a passage for each hit: the whole clause with its citation."""
    return replace(inquiry, passages=tuple(_passage(inquiry, hit) for hit in inquiry.hits))


def conclude(inquiry: Inquiry) -> Answer:
    """The answer. Its message begins with the force of the best clause if that is not plainly in force."""
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
    """The answer with the note on danger in front, if there is one: telephone numbers come first."""
    return replace(answer, message=f"{inquiry.note}\n{answer.message}") if inquiry.note else answer


def tell_what_was_hidden(inquiry: Inquiry, answer: Answer) -> Answer:
    """The answer, whose message says which kinds of personal numbers were masked, if any."""
    if not inquiry.masked.kinds:
        return answer
    hidden = wording.hidden(inquiry.masked.kinds)
    if answer.status is Status.OUT_OF_SCOPE or inquiry.note:
        return replace(answer, message=f"{answer.message}\n{hidden}")
    return replace(answer, message=hidden + answer.message)


def remember(inquiry: Inquiry, answer: Answer) -> Answer:
    """The answer as it is; the asker's channel keeps its record, without any personal number."""
    inquiry.asker.keep(_record(inquiry, answer), next_context(inquiry, answer))
    return answer


def next_context(inquiry: Inquiry, answer: Answer) -> Context:
    """The context of the person's next question. A message that was not searched for does not change it.

    Exception: after one about a danger or one's own case, the next question may go on about it.
    """
    is_told = answer.status is Status.OUT_OF_SCOPE and tells_what_goes_on(inquiry)
    if (inquiry.ranking is UNRANKED and not is_told) or answer.status is Status.FAILED:
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


def _passage(inquiry: Inquiry, hit: Hit) -> Passage:
    library, site = inquiry.basis.library, inquiry.basis.site
    clause = library.clauses_by_id[hit.entry_id]
    part = inquiry.ranking.part_of.get(hit.entry_id)
    query = part.query if part else inquiry.ranking.query
    now = None if part or not inquiry.completion else inquiry.completion.own
    shown = excerpt(clause.text, query, inquiry.basis.asking, inquiry.basis.index, now)
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


def _as_understood(inquiry: Inquiry, message: str) -> str:
    """The message. If the question was mistyped or completed, the question as understood stands before it."""
    is_other = inquiry.ranking.query.changes or inquiry.completion
    return wording.understood(inquiry.understood_as) + message if is_other else message
