"""A question on its way to an answer. Each step of the path adds its result."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.answering import wording
from bot.answering.answer import Answer, Option, Passage, Status
from bot.answering.basis import Basis
from bot.answering.completion import Completion
from bot.answering.context import NO_CONTEXT, Context
from bot.answering.question import Question
from bot.answering.ranking import UNRANKED, Ranking
from bot.policy.jurisdiction import Jurisdiction
from bot.records.masking import MaskedText
from bot.records.person import Person
from bot.records.records import QuestionRecord
from bot.search.searcher import Hit

Keep = Callable[[QuestionRecord, Context], None]
"""Keeps the record of a question and the context of the next one: at once, or together with a chat's reply.
"""


_UNMASKED = MaskedText("")
"""Of a question that was not masked nothing is kept."""


def forget(_question: QuestionRecord, _context: Context) -> None:
    """Keeps nothing."""


@dataclass(frozen=True, slots=True)
class Asker:
    """The origin of a question.

    Args:
        channel: the channel's name, such as api or wechat.
        keep: keeps the record of the question.
        person: the person who asks; None where the channel knows nobody.
        conversation: key of the conversation that the question belongs to; None: it belongs to none.
    """

    channel: str
    keep: Keep = forget
    person: Person | None = None
    conversation: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision of the steps between search and citing.

    Args:
        status: ANSWERED unless a step decides otherwise.
        missing: what is not held, in a sentence; with RELATED.
        options: readings to choose from, the best clause of each in its place among the hits; with CLARIFY.
    """

    status: Status = Status.ANSWERED
    missing: str | None = None
    options: tuple[Option, ...] = ()


_ANSWERS = Verdict()


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Everything that is known of a question so far.

    The fields up to `context` are given at the start. The steps fill in the others.

    Args:
        on: the day for which the answer is valid.
        context: the earlier turns of the conversation.
        masked: the question as it may be kept.
        completion: what the question means, if it leaves something out.
        place: where the asker lives, as far as it is known.
        named: the divisions that the question names.
        names: their names in the question, in simplified characters.
        unheld_names: those of the names for which no rule is held.
        said: the division that the asker calls their own.
        hits: the clauses to quote, best first.
        note: stands in front of the answer to a question about danger.
    """

    answer_id: str
    question: Question
    basis: Basis
    on: date
    asker: Asker
    context: Context = NO_CONTEXT
    masked: MaskedText = _UNMASKED
    completion: Completion | None = None
    ranking: Ranking = UNRANKED
    place: Jurisdiction | None = None
    named: tuple[Jurisdiction, ...] = ()
    names: tuple[str, ...] = ()
    unheld_names: tuple[str, ...] = ()
    said: Jurisdiction | None = None
    hits: tuple[Hit, ...] = ()
    verdict: Verdict = _ANSWERS
    passages: tuple[Passage, ...] = ()
    note: str = ""

    @property
    def contact(self) -> str:
        """The telephone to call: that of the question's site, else the hotline of the service."""
        return wording.contact(self.question.site, self.basis.hotline)

    @property
    def understood_as(self) -> str:
        """The question as the search reads it; before the search, as it was asked."""
        text = self.ranking.query.text or self.question.text
        return text.replace(",", "，") if self.completion else text

    @property
    def asked(self) -> str:
        """The part of the question that is asked now; of a completed question, without the earlier part."""
        return self.completion.asked if self.completion else self.understood_as

    @property
    def unanswered(self) -> str:
        """The part of the question of which it is not known whether anything held answers it.

        Behind an answer it is what is asked now: the matter was held. Behind a refusal it is all.
        """
        is_behind_answer = self.completion is not None and self.completion.is_behind_answer
        return self.asked if is_behind_answer else self.understood_as

    @property
    def options(self) -> tuple[Option, ...]:
        """Readings to choose from; for a completed question, the question as it was typed.

        Choosing it undoes the completion: the same question asked again is not completed again.
        """
        if self.completion and not self.verdict.options:
            return (Option(wording.AS_TYPED, self.question.text),)
        return self.verdict.options

    def answer(self, status: Status, message: str, suggestions: tuple[str, ...] = ()) -> Answer:
        """An answer with the passages found so far."""
        return Answer(
            answer_id=self.answer_id,
            status=status,
            question=self.masked.text or self.question.text,
            understood_as=self.understood_as,
            message=message,
            passages=self.passages,
            suggestions=suggestions,
            options=self.options,
            missing=self.verdict.missing,
        )
