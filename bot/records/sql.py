"""The records in a SQL database, which several processes use at once."""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, TextClause
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.errors import RecordsError
from bot.records import statements
from bot.records.database import Database, Work
from bot.records.looks import Looks
from bot.records.migration import migrate
from bot.records.person import Person, as_letters
from bot.records.records import (
    Claim,
    ConversationState,
    Feedback,
    Forgotten,
    QuestionRecord,
    Receipt,
    Reply,
    Turn,
)

_log = logging.getLogger(__name__)

LOOK_EVERY = 500
"""Questions that a process keeps before it looks how large the database is. Twice as many give way then."""

LEASE = timedelta(seconds=3)
"""How long a claim stands without a reply. An answer takes milliseconds; WeChat repeats after 5 seconds."""


class SqlRecords:
    """Records in a database. Its tables are made when it is first used, and looked after once a day.

    Args:
        database: SQLite or PostgreSQL.
        clock: tells when things happen.
        keep_days: what is older is deleted once a day; None: only `forget_before` deletes by age.
        looks: whether the clock can be believed; None: always.
        most_bytes: above this the oldest questions give way to new ones; 0: no bound.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        keep_days: int | None = None,
        looks: Looks | None = None,
        most_bytes: int = 0,
    ) -> None:
        self._database = database
        self._clock = clock
        self._keep_days = keep_days
        self._looks = looks
        self._most_bytes = most_bytes
        self._added = 0
        self._ready_on: date | None = None

    def claim(self, receipt: Receipt) -> Reply | Claim:
        """The reply that a message got. If it has none yet: whether the caller may answer it."""
        now = self._clock.now()
        claim = {"channel": receipt.person.channel, "now": now, "lapsed": now - LEASE}
        with self._begin(Work.CLAIM) as connection:
            if connection.execute(statements.CLAIM, _key(receipt) | claim).rowcount:
                return Claim.OURS
            return _kept_reply(connection, receipt) or Claim.THEIRS

    def finish(self, receipt: Receipt, turn: Turn) -> Reply:
        """Keeps what came of a claimed message. Returns the reply to send: the first one that was kept."""
        reply = {"reply": turn.reply.text, "status": turn.reply.status}
        with self._begin(Work.WRITE) as connection:
            if not connection.execute(statements.FINISH, _key(receipt) | reply).rowcount:
                return _kept_reply(connection, receipt) or turn.reply
            if turn.question:
                self._add_questions(connection, [turn.question])
            if turn.chat is not None:
                self._put_chat(connection, receipt.person, turn.chat)
        return turn.reply

    def release(self, receipt: Receipt) -> None:
        """Gives up a claim that will get no reply."""
        with self._begin(Work.CLAIM) as connection:
            connection.execute(statements.RELEASE, _key(receipt))

    def remember_question(
        self, question: QuestionRecord, conversation: ConversationState | None = None
    ) -> None:
        """Keeps a question that came without a receipt, and what the next one of its conversation needs."""
        self.remember_questions([(question, conversation)])

    def remember_questions(
        self, questions: Sequence[tuple[QuestionRecord, ConversationState | None]]
    ) -> None:
        """Keeps several of them, all or none."""
        now = self._clock.now()
        states = [
            {"key": conversation.key, "state": conversation.state, "now": now}
            for _, conversation in questions
            if conversation is not None
        ]
        with self._begin(Work.WRITE) as connection:
            self._add_questions(connection, [question for question, _ in questions])
            if states:
                connection.execute(statements.PUT_CONVERSATION, states)

    def remember_feedback(self, feedback: Feedback) -> bool:
        """Keeps the latest feedback on an answer; False if no question with this answer is kept."""
        given = {
            "answer_id": feedback.answer_id,
            "helpful": feedback.helpful,
            "reason": feedback.reason.text if feedback.reason else None,
            "now": self._clock.now(),
        }
        with self._begin(Work.WRITE) as connection:
            return connection.execute(statements.PUT_FEEDBACK, given).rowcount > 0

    def withdraw_feedback(self, answer_id: str) -> None:
        """Deletes the feedback on an answer."""
        with self._begin(Work.WRITE) as connection:
            connection.execute(statements.WITHDRAW_FEEDBACK, {"answer_id": answer_id})

    def save_page(self, key: str, page: str, since: datetime) -> bool:
        """Keeps a page that may be shown again, and deletes those that were kept before a moment."""
        row = {"key": key, "page": page, "now": self._clock.now()}
        with self._begin(Work.CLAIM) as connection:
            connection.execute(statements.DROP_PAGES, {"since": since})
            connection.execute(statements.PUT_PAGE, row)
        return True

    def load_page(self, key: str, since: datetime) -> str | None:
        """The page of a key; None where none was kept since a moment."""
        with self._begin(Work.READ) as connection:
            page: str | None = connection.scalar(statements.LOAD_PAGE, {"key": key, "since": since})
        return page

    def load_chat(self, person: Person) -> str | None:
        """What was saved of a person's chat; None where nothing was saved."""
        with self._begin(Work.READ) as connection:
            state: str | None = connection.scalar(statements.LOAD_CHAT, {"person": person.key})
        return state

    def load_conversation(self, key: str, since: datetime) -> str | None:
        """What was saved of a conversation; None where nothing was saved since a moment."""
        with self._begin(Work.READ) as connection:
            state: str | None = connection.scalar(statements.LOAD_CONVERSATION, {"key": key, "since": since})
        return state

    def save_chat(self, person: Person, state: str) -> None:
        """Keeps what the person's next message needs."""
        with self._begin(Work.WRITE) as connection:
            self._put_chat(connection, person, state)

    def delete_person(self, person: Person) -> Forgotten:
        """Deletes everything that is kept of a person."""
        return self._delete(statements.DELETE_PERSON, {"person": person.key})

    def forget_before(self, moment: datetime) -> Forgotten:
        """Deletes everything that is older than a moment."""
        return self._delete(statements.FORGET, {"before": moment})

    def ping(self) -> bool:
        """True where the records can be read."""
        with self._begin(Work.READ) as connection:
            connection.execute(statements.PING)
        return True

    @contextmanager
    def _begin(self, work: Work) -> Iterator[Connection]:
        """A transaction.

        An error in it becomes a RecordsError; the next use opens and checks everything anew.
        """
        try:
            self._look_after()
            with self._database.begin(work) as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            self._ready_on = None
            self._database.close()
            reason = _reason(error)
            aside = self._set_aside(reason)
            raise RecordsError(self._database.dialect, reason, is_mended=bool(aside)) from None

    def _set_aside(self, reason: str) -> str:
        """The name of a damaged database that gave way to an empty one; empty: it is sound, or stays."""
        try:
            aside = self._database.set_aside(reason, self._clock.now())
        except OSError as error:
            _log.error("records=damaged reason=%s not_set_aside=%s", reason, error.strerror)
            return ""
        if aside:
            _log.error("records=set_aside reason=%s file=%s", reason, aside)
        return aside

    def _look_after(self) -> None:
        """Once a day and process: makes or changes the tables, and deletes what has been kept long enough."""
        today = self._clock.today()
        if self._ready_on == today:
            return
        self._database.make()
        with self._database.begin(Work.MIGRATE) as connection:
            migrate(connection)
            if self._keep_days is not None and (not self._looks or self._looks.believes(self._clock.now())):
                before = self._clock.now() - timedelta(days=self._keep_days)
                _delete(connection, statements.FORGET, {"before": before})
        self._ready_on = today

    def _add_questions(self, connection: Connection, records: Sequence[QuestionRecord]) -> None:
        now = self._clock.now()
        connection.execute(statements.ADD_QUESTION, [_question_row(record, now) for record in records])
        before, self._added = self._added, self._added + len(records)
        is_due = before // LOOK_EVERY != self._added // LOOK_EVERY
        if self._most_bytes and is_due and self._database.size(connection) > self._most_bytes:
            _log.warning("records=full most_bytes=%d deleted=oldest", self._most_bytes)
            _delete(connection, statements.TRIM, {"portion": 2 * LOOK_EVERY})

    def _put_chat(self, connection: Connection, person: Person, state: str) -> None:
        row = {"person": person.key, "channel": person.channel, "state": state, "now": self._clock.now()}
        connection.execute(statements.PUT_CHAT, row)

    def _delete(self, deletions: Sequence[TextClause], what: dict[str, object]) -> Forgotten:
        with self._begin(Work.WRITE) as connection:
            forgotten = _delete(connection, deletions, what)
        with self._begin(Work.SCRUB):
            return forgotten


def _question_row(record: QuestionRecord, now: datetime) -> dict[str, object]:
    return {
        "answer_id": record.answer_id,
        "channel": record.channel,
        "person": record.person.key if record.person else None,
        "question": record.question.text,
        "status": record.status,
        "clause_ids": list(record.clause_ids),
        "understood_as": record.understood_as,
        "jurisdiction": record.jurisdiction,
        "rejected": [
            {"clause_id": each.clause_id, "score": each.score, "reason": each.reason}
            for each in record.rejected
        ],
        "conversation": record.conversation,
        "now": now,
    }


def _delete(connection: Connection, deletions: Sequence[TextClause], what: dict[str, object]) -> Forgotten:
    return Forgotten(*[connection.execute(deletion, what).rowcount for deletion in deletions])


def _kept_reply(connection: Connection, receipt: Receipt) -> Reply | None:
    row = connection.execute(statements.KEPT_REPLY, _key(receipt)).one_or_none()
    return Reply(row.reply, row.status) if row else None


def _key(receipt: Receipt) -> dict[str, object]:
    """The row of a receipt. What a message brings may be long, so its key is kept as a digest."""
    digest = hashlib.sha256(receipt.key.encode("utf-8", "surrogatepass")).digest()
    return {"person": receipt.person.key, "key": as_letters(digest)}


def _reason(error: Exception) -> str:
    """One word for what went wrong; never the message, which may hold residents' words."""
    cause = getattr(error, "orig", None) or error
    word = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return str(word or type(cause).__name__)
