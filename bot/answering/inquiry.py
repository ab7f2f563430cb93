"""A question on its way to an answer. Each step of the path adds what it finds."""

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
from bot.records.masking import Masked
from bot.records.person import Person
from bot.records.records import QuestionRecord
from bot.search.index import Hit

Keep = Callable[[QuestionRecord, Context], None]
"""Keeps the record of a question and the context of the next one: at once, or together with a chat's reply.
"""


_UNMASKED = Masked("")
"""Of a question that was not masked nothing is kept."""


def forget(_question: QuestionRecord, _context: Context) -> None:
    """Keeps nothing."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Where a question comes from.

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
    """What the steps between search and citing have decided.

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
    """What is known of a question so far.

    The first fields are given at the start: `on` is the day for which the answer is valid, `context` what was
    said before. The steps fill in the others: `masked` is the question as it may be kept, `completion` what
    it means if it leaves something out, `hits` are the clauses to quote, best first. `place` is where the
    asker lives, as far as it is known. `named` are the divisions that the question names; `said` is the one
    that the asker calls the own one; `names` are the names of the divisions, in simplified characters,
    `unheld_names` those of which no rule is held. `note` is said in front of the answer to a question about
    danger.
    """

    answer_id: str
    question: Question
    basis: Basis
    on: date
    asker: Asker
    context: Context = NO_CONTEXT
    masked: Masked = _UNMASKED
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
        """Whom to call: the site where the question is asked, else the hotline of the service."""
        return wording.contact(self.question.site, self.basis.hotline)

    @property
    def understood_as(self) -> str:
        """The question as the search reads it; as it was asked before the search."""
        text = self.ranking.query.text or self.question.text
        return text.replace(",", "，") if self.completion else text

    @property
    def asked(self) -> str:
        """What is asked now: of a question that was completed, not what was asked before."""
        return self.completion.asked if self.completion else self.understood_as

    @property
    def options(self) -> tuple[Option, ...]:
        """Readings to choose from; of a completed question, the one as it was typed.

        That is all it takes to undo it: the same question asked again is not completed again.
        """
        if self.completion and not self.verdict.options:
            return (Option(wording.AS_TYPED, self.question.text),)
        return self.verdict.options

    def answer(self, status: Status, message: str, suggestions: tuple[str, ...] = ()) -> Answer:
        """An answer with the passages that were found so far."""
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
