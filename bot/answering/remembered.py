"""Keeps answers to give them again: in one edition and on one day, a question has one answer.

Only of questions that stand alone, and in which no number of a person was masked. What is kept of a question
is kept each time.
"""

from dataclasses import dataclass
from datetime import date

from bot.answering.answer import Answer
from bot.answering.basis import Basis
from bot.answering.context import Context
from bot.answering.question import Question
from bot.answering.tally import Tally
from bot.records.records import QuestionRecord

Asked = tuple[Question, date]
"""A question, exactly as it was typed, with all that came with it; and the day for which it is answered."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer that was given from a basis, and the record that was kept with it."""

    basis: Basis
    answer: Answer
    record: QuestionRecord
    context: Context


class GivenAnswers:
    """The latest answers of one edition. Threads may share it.

    Two tables take turns: where the younger one is half of what may be kept, the older one is forgotten.
    An answer that is found in the older one moves to the younger one.

    Args:
        most: how many are kept; 0: none.
        tally: counts.
    """

    def __init__(self, most: int = 0, tally: Tally | None = None) -> None:
        self._most = most
        self._tally = tally or Tally()
        self._younger: dict[Asked, GivenAnswer] = {}
        self._older: dict[Asked, GivenAnswer] = {}

    def find(self, asked: Asked, basis: Basis) -> GivenAnswer | None:
        """The kept answer to a question; None: there is none."""
        if not self._most:
            return None
        given = self._younger.get(asked)
        if given is None and (given := self._older.get(asked)) is not None:
            self.keep(asked, given)
        if given is None or given.basis is not basis:
            given = None
            self._tally.anew += 1
        else:
            self._tally.again += 1
        return given

    def keep(self, asked: Asked, given: GivenAnswer) -> None:
        """Keeps the answer to a question."""
        if not self._most:
            return
        if len(self._younger) >= (self._most + 1) // 2:
            self._older, self._younger = self._younger, {}
        self._younger[asked] = given
