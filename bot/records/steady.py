"""Records that never stop an answer: if they are out of order, nothing is kept and the log says so."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from bot.clock import Clock
from bot.errors import RecordsError
from bot.records.duties import Duties
from bot.records.groups import Groups
from bot.records.person import Person
from bot.records.records import (
    AnsweredMessage,
    ConversationState,
    DeletedRows,
    Feedback,
    Kept,
    KeptQuestion,
    QuestionRecord,
    Receipt,
    Reply,
    Store,
    Turn,
)

PAUSE_SECONDS = 5.0
"""After a failure nothing is tried for so long: else every resident waits for a database that is locked."""

SECONDS_BETWEEN_LINES = 60.0

SECONDS_BETWEEN_LOOKS = 60.0
"""How often it is looked whether somebody is still to be deleted, whom another process promised to delete."""

SLOW_SECONDS = 0.2
"""What takes so long to be kept is told: people wait for it. A flush takes a few milliseconds."""

SECONDS_BETWEEN_SLOW_LINES = 5.0

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


class SteadyRecords:
    """Records that never raise.

    While the store is out of order, they return what an empty store would return.

    A person who could not be deleted is deleted when the store is in order again.

    Args:
        duties: where it is kept who that is; None: in this process.
    """

    def __init__(self, records: Store, clock: Clock, duties: Duties | None = None) -> None:
        self._records = records
        self._clock = clock
        self._missed = 0
        self._paused_until = float("-inf")
        self._silent_until = self._slow_until = float("-inf")
        self._is_open = False
        self._duties = duties or Duties()
        self._next_look = float("-inf")
        self._groups = Groups(self.remember)

    def finish(self, receipt: Receipt, turn: Turn) -> Reply:
        """Like the records; the reply of the turn if they are out of order.

        In `acknowledged_later` it is the reply of the turn too: whoever waits learns whether it is the first.
        """
        is_first = self._groups.keep(AnsweredMessage(receipt, turn))
        return turn.reply if is_first else self.load_reply(receipt) or turn.reply

    def load_reply(self, receipt: Receipt) -> Reply | None:
        """Like the records; None if they are out of order: a second answer is better than none."""
        return self._try("load_reply", lambda: self._records.load_reply(receipt), None)

    def remember_question(
        self, question: QuestionRecord, conversation: ConversationState | None = None
    ) -> None:
        """Like the records; if they are out of order, the question is not kept."""
        self._groups.keep(KeptQuestion(question, conversation))

    def remember(self, things: Sequence[Kept]) -> Sequence[bool]:
        """Like the records; if they are out of order, nothing is kept and no caller is asked to try again."""
        neutral: Sequence[bool] = [True] * len(things)
        return self._try("remember", lambda: self._records.remember(things), neutral, count=len(things))

    def remember_feedback(self, feedback: Feedback) -> bool:
        """Like the records; False if they are out of order."""
        return self._try("remember_feedback", lambda: self._records.remember_feedback(feedback), False)

    def withdraw_feedback(self, answer_id: str) -> None:
        """Like the records; if they are out of order, the feedback stays."""
        self._try("withdraw_feedback", lambda: self._records.withdraw_feedback(answer_id), None)

    def save_page(self, key: str, page: str, since: datetime) -> bool:
        """Like the records; False if they are out of order."""
        return self._try("save_page", lambda: self._records.save_page(key, page, since), False)

    def load_page(self, key: str, since: datetime) -> str | None:
        """Like the records; None if they are out of order."""
        return self._try("load_page", lambda: self._records.load_page(key, since), None)

    def load_chat(self, person: Person) -> str | None:
        """Like the records; None if they are out of order."""
        return self._try("load_chat", lambda: self._records.load_chat(person), None)

    def load_conversation(self, key: str, since: datetime) -> str | None:
        """Like the records; None if they are out of order."""
        return self._try("load_conversation", lambda: self._records.load_conversation(key, since), None)

    def save_chat(self, person: Person, state: str) -> None:
        """Like the records; if they are out of order, the state is not kept."""
        self._try("save_chat", lambda: self._records.save_chat(person, state), None)

    def delete_person(self, person: Person) -> DeletedRows:
        """Like the records; 0 of each kind if they are out of order."""
        self._duties.add(person)
        return self._try("delete_person", lambda: self._delete(person), DeletedRows())

    def forget_before(self, moment: datetime) -> DeletedRows:
        """Like the records; 0 of each kind if they are out of order."""
        return self._try("forget_before", lambda: self._records.forget_before(moment), DeletedRows())

    def ping(self) -> bool:
        """False: the records are out of order."""
        return self._try("ping", self._records.ping, False)

    def _try(self, operation: str, call: Callable[[], _Result], neutral: _Result, count: int = 1) -> _Result:
        """The result of a call; a neutral result if it fails, and during the pause after a failure.

        Args:
            count: how many things are not kept then.
        """
        if self._clock.seconds() < self._paused_until:
            self._missed += count
            return neutral
        begun = self._clock.seconds()
        try:
            result = _twice_if_mended(call)
        except RecordsError as error:
            self._pause(operation, error, count)
            return neutral
        self._note_slowness(operation, self._clock.seconds() - begun)
        if self._missed:
            self._recover()
        if self._clock.seconds() >= self._next_look:
            self._next_look = self._clock.seconds() + SECONDS_BETWEEN_LOOKS
            self._do_duties()
        return result

    def _note_slowness(self, operation: str, seconds: float) -> None:
        """Logs that the disk is slow. The first operation does not count: it opens or makes the database."""
        now, is_open, self._is_open = self._clock.seconds(), self._is_open, True
        if is_open and seconds >= SLOW_SECONDS and now >= self._slow_until:
            self._slow_until = now + SECONDS_BETWEEN_SLOW_LINES
            _log.warning("records=slow operation=%s seconds=%.2f", operation, seconds)

    def _delete(self, person: Person) -> DeletedRows:
        forgotten = self._records.delete_person(person)
        self._duties.done(person)
        return forgotten

    def _do_duties(self) -> None:
        for person in self._duties.pending():
            self._try("delete_person", partial(self._delete, person), DeletedRows())

    def _recover(self) -> None:
        _log.info("records=in_order missed=%d", self._missed)
        self._missed = 0
        self._silent_until = self._next_look = float("-inf")

    def _pause(self, operation: str, error: RecordsError, count: int) -> None:
        now = self._clock.seconds()
        self._missed += count
        self._paused_until = now + PAUSE_SECONDS
        if now >= self._silent_until:
            self._silent_until = now + SECONDS_BETWEEN_LINES
            _log.error(
                "records=out_of_order operation=%s reason=%s missed=%d", operation, error.reason, self._missed
            )


def _twice_if_mended(call: Callable[[], _Result]) -> _Result:
    """The result of a call. The call is repeated if the cause of its failure has been mended."""
    try:
        return call()
    except RecordsError as error:
        if not error.is_mended:
            raise
    return call()
