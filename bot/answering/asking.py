"""A question is asked: numbers of people are masked first, and what came of it is ready to be kept."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.answering import wording
from bot.answering.answer import Answer
from bot.answering.question import Question
from bot.records.masking import mask
from bot.records.person import Person
from bot.records.records import AskedQuestion


@dataclass(frozen=True, slots=True)
class Asking:
    """The way every channel asks. `answer` answers a question, and never raises."""

    answer: Callable[[Question], Answer]

    def ask(
        self, question: Question, channel: str, person: Person | None = None
    ) -> tuple[Answer, AskedQuestion]:
        """The answer, and what of it is to be kept.

        Phone, identity and card numbers are masked before anything sees the question; the answer says so.

        Args:
            channel: where it was asked: api, web, wechat, wecom.
            person: who asked, None where the channel knows nobody.
        """
        masked = mask(question.text)
        answer = self.answer(Question(masked.text, question.k))
        if masked.kinds:
            answer = replace(answer, message=wording.hidden(masked.kinds) + answer.message)
        clauses = [passage.clause.clause_id for passage in answer.passages]
        return answer, AskedQuestion(answer.answer_id, channel, person, masked, answer.status, clauses)
