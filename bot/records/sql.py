"""The records in a SQL database, which several processes use at once."""

import logging
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, TextClause
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.errors import RecordsError
from bot.records import statements
from bot.records.database import Database, Work
from bot.records.looks import Looks
from bot.records.migration import migrate
from bot.records.person import Person, departure_mark
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
    Turn,
)
from bot.records.rows import chat_row, feedback_row, key_row, question_of, question_row, rows_of

_log = logging.getLogger(__name__)

LOOK_EVERY = 500
"""Questions that a process keeps before it looks how large the database is. Twice as many give way then."""


_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class SqlRecords:
    """Records in a database. The tables are made at the first use and maintained once a day.

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

    def finish(self, receipt: Receipt, turn: Turn) -> Reply:
        """Keeps the outcome of a message and returns the reply to send: the first one that was kept."""
        (is_first,) = self.remember([AnsweredMessage(receipt, turn)])
        return turn.reply if is_first else self.load_reply(receipt) or turn.reply

    def remember_question(
        self, question: QuestionRecord, conversation: ConversationState | None = None
    ) -> None:
        """Keeps a question without a receipt, and the state that its conversation's next question needs."""
        self.remember([KeptQuestion(question, conversation)])

    def remember(self, things: Sequence[Kept]) -> Sequence[bool]:
        """Keeps several things, all or none. For each: False if its message had a reply already."""
        now = self._clock.now()
        with self._begin(Work.WRITE) as connection:
            later = _answered_before(connection, things, now)
            new = [thing for number, thing in enumerate(things) if number not in later]
            self._add_questions(connection, [question for thing in new if (question := question_of(thing))])
            for statement, rows in rows_of(new, now):
                if rows:
                    connection.execute(statement, rows)
        self._let_go([thing.receipt for thing in things if isinstance(thing, AnsweredMessage)])
        return [number not in later for number in range(len(things))]

    def _let_go(self, receipts: Sequence[Receipt]) -> None:
        """Deletes again the people who left while their messages were being answered.

        A departure is noted before anything is deleted, and looked for after everything is kept: one of the
        two finds what the other has written.
        """
        begun = {receipt.person.key: receipt.since for receipt in receipts if receipt.since}
        if not begun:
            return
        with self._begin(Work.READ) as connection:
            rows = connection.execute(statements.DEPARTURES, {"since": min(begun.values())}).all()
        left = {row.mark: row.created_at for row in rows}
        for person, since in begun.items():
            if left and left.get(departure_mark(person), _LONG_AGO) >= since:
                self._delete(statements.DELETE_PERSON, {"person": person})

    def remember_feedback(self, feedback: Feedback) -> bool:
        """Keeps the latest feedback on an answer; False if no question with this answer is kept."""
        with self._begin(Work.WRITE) as connection:
            given = feedback_row(feedback, self._clock.now())
            return connection.execute(statements.PUT_FEEDBACK, given).rowcount > 0

    def withdraw_feedback(self, answer_id: str) -> None:
        """Deletes the feedback on an answer."""
        with self._begin(Work.WRITE) as connection:
            connection.execute(statements.WITHDRAW_FEEDBACK, {"answer_id": answer_id})

    def save_page(self, key: str, page: str, since: datetime) -> bool:
        """Keeps a page that may be shown again, and deletes those that were kept before a moment."""
        row = {"key": key, "page": page, "now": self._clock.now()}
        with self._begin(Work.PASSING) as connection:
            connection.execute(statements.DROP_PAGES, {"since": since})
            connection.execute(statements.PUT_PAGE, row)
        return True

    def load_page(self, key: str, since: datetime) -> str | None:
        """The page of a key; None: none was kept since a moment."""
        with self._begin(Work.READ) as connection:
            page: str | None = connection.scalar(statements.LOAD_PAGE, {"key": key, "since": since})
        return page

    def load_reply(self, receipt: Receipt) -> Reply | None:
        """The reply that was kept for a message; None: there is none yet."""
        with self._begin(Work.READ) as connection:
            row = connection.execute(statements.KEPT_REPLY, key_row(receipt)).one_or_none()
        return Reply(row.reply, row.status) if row else None

    def load_chat(self, person: Person) -> str | None:
        """The saved state of a person's chat; None: nothing was saved."""
        with self._begin(Work.READ) as connection:
            state: str | None = connection.scalar(statements.LOAD_CHAT, {"person": person.key})
        return state

    def load_conversation(self, key: str, since: datetime) -> str | None:
        """The saved state of a conversation; None: nothing was saved since a moment."""
        with self._begin(Work.READ) as connection:
            state: str | None = connection.scalar(statements.LOAD_CONVERSATION, {"key": key, "since": since})
        return state

    def save_chat(self, person: Person, state: str) -> None:
        """Keeps the state that the person's next message needs."""
        with self._begin(Work.WRITE) as connection:
            connection.execute(statements.PUT_CHAT, chat_row(person, state, self._clock.now()))

    def delete_person(self, person: Person) -> DeletedRows:
        """Deletes everything about a person. The departure and its time are kept like any other record."""
        with self._begin(Work.WRITE) as connection:
            departure = {"mark": departure_mark(person.key), "now": self._clock.now()}
            connection.execute(statements.NOTE_DEPARTURE, departure)
        return self._delete(statements.DELETE_PERSON, {"person": person.key})

    def delete_departed(self, marks: Collection[str]) -> int:
        """Deletes everything about the people with these marks; gives their number."""
        with self._begin(Work.READ) as connection:
            people = connection.scalars(statements.PEOPLE).all()
        left = [person for person in people if person and departure_mark(person) in marks]
        for person in left:
            self._delete(statements.DELETE_PERSON, {"person": person})
        return len(left)

    def forget_before(self, moment: datetime) -> DeletedRows:
        """Deletes everything that is older than a moment."""
        with self._begin(Work.WRITE) as connection:
            connection.execute(statements.FORGET_DEPARTURES, {"before": moment})
        return self._delete(statements.FORGET, {"before": moment})

    def ping(self) -> bool:
        """True: the records can be read."""
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
        """The new name of a damaged database that was replaced by an empty one.

        Empty: nothing was replaced.
        """
        try:
            aside = self._database.set_aside(reason, self._clock.now())
        except OSError as error:
            _log.error("records=damaged reason=%s not_set_aside=%s", reason, error.strerror)
            return ""
        if aside:
            _log.error("records=set_aside reason=%s file=%s", reason, aside)
        return aside

    def _look_after(self) -> None:
        """Once a day and process.

        Makes or changes the tables, and deletes what is older than the retention.
        """
        today = self._clock.today()
        if self._ready_on == today:
            return
        self._database.make()
        with self._database.begin(Work.MIGRATE) as connection:
            migrate(connection)
            if self._keep_days is not None and (not self._looks or self._looks.believes(self._clock.now())):
                before = self._clock.now() - timedelta(days=self._keep_days)
                _delete(connection, statements.FORGET, {"before": before})
                connection.execute(statements.FORGET_DEPARTURES, {"before": before})
        self._ready_on = today

    def _add_questions(self, connection: Connection, records: Sequence[QuestionRecord]) -> None:
        if not records:
            return
        now = self._clock.now()
        connection.execute(statements.ADD_QUESTION, [question_row(record, now) for record in records])
        before, self._added = self._added, self._added + len(records)
        is_due = before // LOOK_EVERY != self._added // LOOK_EVERY
        if self._most_bytes and is_due and self._database.size(connection) > self._most_bytes:
            _log.warning("records=full most_bytes=%d deleted=oldest", self._most_bytes)
            _delete(connection, statements.TRIM, {"portion": 2 * LOOK_EVERY})

    def _delete(self, deletions: Sequence[TextClause], what: dict[str, object]) -> DeletedRows:
        with self._begin(Work.WRITE) as connection:
            forgotten = _delete(connection, deletions, what)
        with self._begin(Work.SCRUB):
            return forgotten


def _answered_before(connection: Connection, things: Sequence[Kept], now: datetime) -> set[int]:
    """Keeps the replies. Places of the things whose messages had got one before.

    In the order of their keys: two servers that keep the same messages at once must not wait for each other.
    """
    exchanges = [(number, thing) for number, thing in enumerate(things) if isinstance(thing, AnsweredMessage)]
    exchanges.sort(key=lambda each: (each[1].receipt.person.key, each[1].receipt.key))
    return {number for number, exchange in exchanges if not _is_first(connection, exchange, now)}


def _is_first(connection: Connection, exchange: AnsweredMessage, now: datetime) -> bool:
    """Keeps the reply to a message; False: the message had a reply already."""
    receipt, reply = exchange.receipt, exchange.turn.reply
    row = {"channel": receipt.person.channel, "reply": reply.text, "status": reply.status, "now": now}
    return connection.execute(statements.FINISH, key_row(receipt) | row).rowcount > 0


def _delete(connection: Connection, deletions: Sequence[TextClause], what: dict[str, object]) -> DeletedRows:
    return DeletedRows(*[connection.execute(deletion, what).rowcount for deletion in deletions])


def _reason(error: Exception) -> str:
    """One word for the cause; never the message, which may hold residents' words."""
    cause = getattr(error, "orig", None) or error
    word = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return str(word or type(cause).__name__)
