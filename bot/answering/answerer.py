"""Answers questions: starts each one on its path, and gives the result."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.answering.answer import Answer, Status
from bot.answering.basis import Basis
from bot.answering.context import NO_CONTEXT, Context
from bot.answering.inquiry import Asker, Inquiry
from bot.answering.path import LAST_STEPS, ranked, walk
from bot.answering.question import Question
from bot.answering.ranking import Ranking
from bot.answering.remembered import GivenAnswer, GivenAnswers
from bot.answering.tally import Tally
from bot.clock import Clock
from bot.records.records import QuestionRecord

COMMAND_LINE = Asker("command")
"""Asks on the command line; nothing is kept."""

_PASSING = (Status.FAILED, Status.MAINTENANCE)
"""Of the moment: the same question may be answered otherwise in the next one."""


@dataclass(frozen=True, slots=True)
class Answerer:
    """Answers questions from one basis. `new_id` makes answer ids; `given` are the answers of lately;
    `tally` counts."""

    basis: Basis
    clock: Clock
    new_id: Callable[[], str]
    given: GivenAnswers = field(default_factory=GivenAnswers)
    tally: Tally = field(default_factory=Tally)

    def answer(
        self, question: Question, asker: Asker = COMMAND_LINE, context: Context = NO_CONTEXT
    ) -> Answer:
        """The answer to a question. `elapsed_ms` is the time until it was found."""
        started = self.clock.seconds()
        on = question.as_of or self.clock.today()
        stands_alone = not (context.exchanges or context.jurisdiction or self.basis.is_closed)
        if stands_alone and (given := self.given.find((question, on), self.basis)):
            return self._again(given, asker, started)
        kept: list[tuple[QuestionRecord, Context]] = []

        def keep(record: QuestionRecord, after: Context) -> None:
            kept.append((record, after))
            asker.keep(record, after)

        inquiry = Inquiry(self.new_id(), question, self.basis, on, replace(asker, keep=keep), context)
        inquiry, answer = walk(inquiry, self.tally)
        answer = replace(answer, elapsed_ms=self._ms_since(started))
        for step in LAST_STEPS:
            answer = step(inquiry, answer)
        if stands_alone and answer.status not in _PASSING and not inquiry.masked.kinds:
            self.given.keep((question, on), GivenAnswer(self.basis, answer, *kept[0]))
        self.tally.answered(answer.status)
        return answer

    def _again(self, given: GivenAnswer, asker: Asker, started: float) -> Answer:
        """An answer that somebody else got before, kept again for this asker."""
        answer = replace(given.answer, answer_id=self.new_id(), elapsed_ms=self._ms_since(started))
        record = replace(
            given.record,
            answer_id=answer.answer_id,
            channel=asker.channel,
            person=asker.person,
            conversation=asker.conversation,
        )
        asker.keep(record, given.context)
        self.tally.answered(answer.status)
        return answer

    def _ms_since(self, started: float) -> float:
        return round(1000 * (self.clock.seconds() - started), 3)

    def rank(self, question: Question) -> Ranking:
        """The ranking behind an answer, for staff."""
        on = question.as_of or self.clock.today()
        return ranked(Inquiry("", question, self.basis, on, COMMAND_LINE))
