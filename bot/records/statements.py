"""The SQL of the records: plain statements that SQLite and PostgreSQL understand alike.

The tables are described where they are made, in `migrations/`. `created_at` is when a message or a
question was answered, feedback given, a chat last saved.
"""

import re
from datetime import UTC, datetime

from sqlalchemy import JSON, Boolean, DateTime, Dialect, Text, TextClause, bindparam, text
from sqlalchemy.types import TypeDecorator

_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")


class Moment(TypeDecorator[datetime]):
    """A moment, given in UTC: SQLite keeps no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The moment as it is given to the database."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The moment as it is read from the database."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


class AnyText(TypeDecorator[str]):
    """Any text. No database takes NUL and lone surrogates: they become U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """The text as it is given to the database."""
        return None if value is None else _NOT_TEXT.sub("\ufffd", value)


_TYPES: dict[str, Moment | AnyText | Boolean | JSON] = {
    "now": Moment(),
    "before": Moment(),
    "since": Moment(),
    "understood_as": AnyText(),
    "rejected": JSON(),
    "reply": AnyText(),
    "question": AnyText(),
    "reason": AnyText(),
    "state": AnyText(),
    "page": AnyText(),
    "helpful": Boolean(),
    "clause_ids": JSON(),
}
"""Parameters that are more than short plain strings."""


def _sql(words: str) -> TextClause:
    names = set(re.findall(r":(\w+)", words)) & _TYPES.keys()
    return text(words).bindparams(*[bindparam(name, type_=_TYPES[name]) for name in names])


KEPT_REPLY = _sql("""
    SELECT reply, status FROM receipts WHERE person = :person AND key = :key AND reply IS NOT NULL
""")

FINISH = _sql("""
    INSERT INTO receipts (person, key, channel, reply, status, created_at)
    VALUES (:person, :key, :channel, :reply, :status, :now)
    ON CONFLICT (person, key) DO UPDATE SET reply = excluded.reply, status = excluded.status
    WHERE receipts.reply IS NULL
""")
"""Touches a row for the first reply only. Versions before left receipts without a reply, of who had died."""

ADD_QUESTION = _sql("""
    INSERT INTO questions (answer_id, channel, person, question, status, clause_ids, understood_as,
                           jurisdiction, rejected, conversation, created_at)
    VALUES (:answer_id, :channel, :person, :question, :status, :clause_ids, :understood_as,
            :jurisdiction, :rejected, :conversation, :now)
""")

PUT_FEEDBACK = _sql("""
    INSERT INTO feedback (answer_id, helpful, reason, created_at)
    SELECT answer_id, :helpful, :reason, :now FROM questions WHERE answer_id = :answer_id
    ON CONFLICT (answer_id) DO UPDATE
    SET helpful = excluded.helpful, reason = excluded.reason, created_at = excluded.created_at
""")

WITHDRAW_FEEDBACK = _sql("DELETE FROM feedback WHERE answer_id = :answer_id")

PUT_PAGE = _sql("""
    INSERT INTO pages (key, page, created_at) VALUES (:key, :page, :now)
    ON CONFLICT (key) DO UPDATE SET page = excluded.page, created_at = excluded.created_at
""")

DROP_PAGES = _sql("DELETE FROM pages WHERE created_at < :since")

LOAD_PAGE = _sql("SELECT page FROM pages WHERE key = :key AND created_at >= :since")

LOAD_CONVERSATION = _sql("SELECT state FROM conversations WHERE key = :key AND created_at >= :since")

PUT_CONVERSATION = _sql("""
    INSERT INTO conversations (key, state, created_at) VALUES (:key, :state, :now)
    ON CONFLICT (key) DO UPDATE SET state = excluded.state, created_at = excluded.created_at
""")

LOAD_CHAT = _sql("SELECT state FROM chats WHERE person = :person")

PUT_CHAT = _sql("""
    INSERT INTO chats (person, channel, state, created_at) VALUES (:person, :channel, :state, :now)
    ON CONFLICT (person) DO UPDATE SET state = excluded.state, created_at = excluded.created_at
""")

DELETE_PERSON = (
    _sql("DELETE FROM receipts WHERE person = :person"),
    _sql("DELETE FROM feedback WHERE answer_id IN (SELECT answer_id FROM questions WHERE person = :person)"),
    _sql("DELETE FROM questions WHERE person = :person"),
    _sql("DELETE FROM chats WHERE person = :person"),
)
"""In the order of `Forgotten`, like `FORGET`."""

NOTE_DEPARTURE = _sql("""
    INSERT INTO departures (mark, created_at) VALUES (:mark, :now)
    ON CONFLICT (mark) DO UPDATE SET created_at = excluded.created_at
""")
"""Stands before the person is deleted: who keeps something meanwhile finds it there afterwards."""

DEPARTURES = _sql("SELECT mark, created_at FROM departures WHERE created_at >= :since").columns(
    mark=Text(), created_at=Moment()
)

PEOPLE = _sql("SELECT person FROM receipts UNION SELECT person FROM questions UNION SELECT person FROM chats")
"""Whoever anything is kept of; NULL too, where a channel knows nobody."""

FORGET_DEPARTURES = _sql("DELETE FROM departures WHERE created_at < :before")

FORGET = (
    _sql("DELETE FROM receipts WHERE created_at < :before"),
    _sql("DELETE FROM feedback WHERE created_at < :before"),
    _sql("DELETE FROM questions WHERE created_at < :before"),
    _sql("DELETE FROM chats WHERE created_at < :before"),
    _sql("DELETE FROM conversations WHERE created_at < :before"),
    _sql("DELETE FROM pages WHERE created_at < :before"),
)

TRIM = (
    _sql("""
        DELETE FROM feedback WHERE answer_id IN
        (SELECT answer_id FROM questions ORDER BY created_at LIMIT :portion)
    """),
    _sql("""
        DELETE FROM questions WHERE answer_id IN
        (SELECT answer_id FROM questions ORDER BY created_at LIMIT :portion)
    """),
    _sql("""
        DELETE FROM conversations WHERE key IN
        (SELECT key FROM conversations ORDER BY created_at LIMIT :portion)
    """),
)
"""Deletes the oldest of what grows with every question."""

PING = _sql("SELECT 1 FROM receipts LIMIT 1")
