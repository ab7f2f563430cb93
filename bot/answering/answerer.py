"""Answers questions: starts each on its path, and gives what comes out."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.answering.answer import Answer
from bot.answering.basis import Basis
from bot.answering.context import NO_CONTEXT, Context
from bot.answering.inquiry import Asker, Inquiry
from bot.answering.path import LAST_STEPS, ranked, walk
from bot.answering.question import Question
from bot.answering.ranking import Ranking
from bot.clock import Clock

COMMAND_LINE = Asker("command")
"""Asks on the command line; nothing is kept."""


@dataclass(frozen=True, slots=True)
class Answerer:
    """Answers questions from one basis. `new_id` makes answer ids."""

    basis: Basis
    clock: Clock
    new_id: Callable[[], str]

    def answer(
        self, question: Question, asker: Asker = COMMAND_LINE, context: Context = NO_CONTEXT
    ) -> Answer:
        """The answer to a question. `elapsed_ms` is the time until it was found."""
        started = self.clock.seconds()
        on = question.as_of or self.clock.today()
        inquiry = Inquiry(self.new_id(), question, self.basis, on, asker, context)
        inquiry, answer = walk(inquiry)
        answer = replace(answer, elapsed_ms=round(1000 * (self.clock.seconds() - started), 3))
        for step in LAST_STEPS:
            answer = step(inquiry, answer)
        return answer

    def rank(self, question: Question) -> Ranking:
        """The ranking behind an answer, for staff."""
        on = question.as_of or self.clock.today()
        return ranked(Inquiry("", question, self.basis, on, COMMAND_LINE))
