"""What goes wrong with a database never stops an answer."""

import logging
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from bot.errors import RecordsError, SettingsError
from bot.records.address import DATABASE_FILE, database_at
from bot.records.database import Database
from bot.records.duties import Duties
from bot.records.person import Person
from bot.records.records import (
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
from bot.records.sql import LOOK_EVERY, SqlRecords
from bot.records.sqlite import Sqlite, set_aside_files
from bot.records.steady import (
    PAUSE_SECONDS,
    SECONDS_BETWEEN_LINES,
    SECONDS_BETWEEN_LOOKS,
    SteadyRecords,
)
from tests.records.clocks import SetClock
from tests.records.examples import PERSON, asked, receipt, turn
from tests.records.postgresql import Server
from tests.records.processes import START, fill_the_disk


class Switched:
    """Records that can be switched off, and count how often they are asked."""

    def __init__(self, records: Store) -> None:
        self.records = records
        self.on = True
        self.asked = 0

    def _now(self) -> Store:
        self.asked += 1
        if not self.on:
            raise RecordsError("fake", "SWITCHED_OFF")
        return self.records

    def load_reply(self, receipt: Receipt) -> Reply | None:
        return self._now().load_reply(receipt)

    def finish(self, receipt: Receipt, turn: Turn) -> Reply:
        return self._now().finish(receipt, turn)

    def remember_question(
        self, question: QuestionRecord, conversation: ConversationState | None = None
    ) -> None:
        self._now().remember_question(question, conversation)

    def remember(self, things: Sequence[Kept]) -> Sequence[bool]:
        return self._now().remember(things)

    def remember_feedback(self, feedback: Feedback) -> bool:
        return self._now().remember_feedback(feedback)

    def load_conversation(self, key: str, since: datetime) -> str | None:
        return self._now().load_conversation(key, since)

    def load_chat(self, person: Person) -> str | None:
        return self._now().load_chat(person)

    def withdraw_feedback(self, answer_id: str) -> None:
        self._now().withdraw_feedback(answer_id)

    def save_page(self, key: str, page: str, since: datetime) -> bool:
        return self._now().save_page(key, page, since)

    def load_page(self, key: str, since: datetime) -> str | None:
        return self._now().load_page(key, since)

    def save_chat(self, person: Person, state: str) -> None:
        self._now().save_chat(person, state)

    def delete_person(self, person: Person) -> DeletedRows:
        return self._now().delete_person(person)

    def forget_before(self, moment: datetime) -> DeletedRows:
        return self._now().forget_before(moment)

    def ping(self) -> bool:
        return self._now().ping()


@pytest.fixture(params=["sqlite"])
def address(request: pytest.FixtureRequest) -> str:
    """Trouble is made with SQLite, and with a switch."""
    return ""


@pytest.fixture
def switched(records: SqlRecords) -> Switched:
    """Records with a switch."""
    return Switched(records)


@pytest.fixture
def steady(switched: Switched, clock: SetClock) -> SteadyRecords:
    """Records that never raise."""
    return SteadyRecords(switched, clock)


NEUTRAL = [
    (lambda records: records.load_reply(receipt()), None),  # better answered twice than not
    (lambda records: records.finish(receipt(), turn("您好")), Reply("您好", "answered")),
    (lambda records: records.remember([KeptQuestion(asked())]), [True]),  # nobody need try again
    (lambda records: records.remember_question(asked()), None),
    (lambda records: records.remember_feedback(Feedback("a1", True)), False),
    (lambda records: records.withdraw_feedback("a1"), None),
    (lambda records: records.save_page("k1", "{}", datetime(2026, 1, 1).astimezone()), False),
    (lambda records: records.load_page("k1", datetime(2026, 1, 1).astimezone()), None),
    (lambda records: records.load_chat(PERSON), None),
    (lambda records: records.save_chat(PERSON, "甲"), None),
    (lambda records: records.delete_person(PERSON), DeletedRows()),
    (lambda records: records.forget_before(datetime(2026, 1, 1).astimezone()), DeletedRows()),
    (lambda records: records.ping(), False),
]


@pytest.mark.parametrize(("operation", "neutral"), NEUTRAL)
def test_records_that_are_out_of_order_are_as_good_as_empty(
    steady: SteadyRecords, switched: Switched, operation: Callable[[Store], object], neutral: object
) -> None:
    """Every operation returns, in the failure and in the pause after it."""
    switched.on = False

    assert operation(steady) == neutral
    assert operation(steady) == neutral


def test_a_failure_is_followed_by_a_pause(steady: SteadyRecords, switched: Switched, clock: SetClock) -> None:
    """Nobody waits for a database that was just found locked; soon after it is tried again."""
    switched.on = False
    steady.ping()
    switched.on = True
    assert not steady.ping()
    assert switched.asked == 1

    clock.pass_by(PAUSE_SECONDS)
    assert steady.ping()


def test_the_log_says_it_once_a_minute(
    steady: SteadyRecords, switched: Switched, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    """And once that it is over; never whose words were not kept."""
    caplog.set_level(logging.INFO)
    switched.on = False
    for _ in range(24):  # two minutes
        steady.remember_question(asked())
        clock.pass_by(PAUSE_SECONDS)
    switched.on = True
    steady.remember_question(asked())

    line = "records=out_of_order operation=remember reason=SWITCHED_OFF missed"
    assert [record.getMessage() for record in caplog.records if record.name.endswith("steady")] == [
        f"{line}=1",
        f"{line}=13",
        "records=in_order missed=24",
    ]
    assert SECONDS_BETWEEN_LINES == 60


def test_who_could_not_be_deleted_is_deleted_later(
    steady: SteadyRecords, switched: Switched, clock: SetClock
) -> None:
    """With the first thing that succeeds again: an unsubscribed person does not come back to ask for it."""
    steady.save_chat(PERSON, "甲")
    switched.on = False
    steady.delete_person(PERSON)
    switched.on = True
    clock.pass_by(PAUSE_SECONDS)
    assert steady.ping()

    assert steady.load_chat(PERSON) is None


@pytest.fixture
def impatient(tmp_path: Path, clock: SetClock) -> Iterator[SqlRecords]:
    """Records that do not wait for a locked database."""
    database = Sqlite(tmp_path / DATABASE_FILE, patience=0.01)
    yield SqlRecords(database, clock)
    database.close()


def test_a_locked_database_does_not_stop_answers(
    impatient: SqlRecords, tmp_path: Path, clock: SetClock
) -> None:
    """While somebody holds the lock, nothing is kept; afterwards it is again."""
    steady = SteadyRecords(impatient, clock)
    assert steady.ping()
    holder = sqlite3.connect(tmp_path / DATABASE_FILE, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    assert steady.finish(receipt(), turn()) == turn().reply
    assert steady.load_reply(receipt()) is None

    holder.close()
    clock.pass_by(PAUSE_SECONDS)
    assert steady.load_reply(receipt()) is None
    steady.finish(receipt(), turn())
    assert steady.load_reply(receipt()) == turn().reply


def test_a_slow_disk_is_told(switched: Switched, clock: SetClock, caplog: pytest.LogCaptureFixture) -> None:
    """How slow, and every five seconds: people wait for it."""
    steady = SteadyRecords(SlowRecords(switched.records, clock), clock)

    for number in range(30):
        steady.remember_question(asked(f"a{number}"))

    lines = [line for line in caplog.messages if line.startswith("records=slow")]
    assert lines == ["records=slow operation=remember seconds=0.50"] * 3


class SlowRecords(Switched):
    """Records on a disk that takes half a second to write."""

    def __init__(self, records: Store, clock: SetClock) -> None:
        super().__init__(records)
        self._clock = clock

    def remember(self, things: Sequence[Kept]) -> Sequence[bool]:
        self._clock.pass_by(0.5)
        return super().remember(things)


def test_the_reason_is_one_word(impatient: SqlRecords, tmp_path: Path) -> None:
    """SQLite's own name for it, without the statement and its values."""
    impatient.ping()
    holder = sqlite3.connect(tmp_path / DATABASE_FILE, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    with pytest.raises(RecordsError) as raised:
        impatient.remember_question(asked())
    holder.close()

    assert raised.value.reason == "SQLITE_BUSY"
    assert str(raised.value) == (
        "records 'sqlite': SQLITE_BUSY; check the disk, its permissions and DATABASE_URL"
    )
    assert raised.value.__cause__ is None


def test_a_full_disk_does_not_stop_answers(tmp_path: Path) -> None:
    """Neither when it fills up nor when it is freed again; what was kept before is still there."""
    hears, tells = START.Pipe(duplex=False)
    writer = START.Process(target=fill_the_disk, args=("", tmp_path, tells))
    writer.start()
    tells.close()

    assert hears.recv() == ["before", "during", "after"]
    writer.join()
    with sqlite3.connect(tmp_path / DATABASE_FILE) as connection:
        assert connection.execute("SELECT reply FROM receipts ORDER BY reply").fetchall() == [
            ("after",),
            ("before",),
        ]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a_database_that_comes_later_is_used_when_it_comes(tmp_path: Path, clock: SetClock) -> None:
    """The folder cannot be made when the service starts; the tables are made when it can."""
    (tmp_path / "data").write_text("in the way")
    database = database_at("", tmp_path / "data")
    steady = SteadyRecords(SqlRecords(database, clock), clock)
    assert not steady.ping()

    (tmp_path / "data").unlink()
    clock.pass_by(PAUSE_SECONDS)
    assert steady.ping()
    database.close()


def test_a_file_that_is_no_database_is_never_written_over(tmp_path: Path, clock: SetClock) -> None:
    """It is told by name, and keeps what it holds under another one."""
    (tmp_path / DATABASE_FILE).write_bytes(b"no database" * 1000)
    database = database_at("", tmp_path)

    with pytest.raises(RecordsError, match="SQLITE_NOTADB"):
        SqlRecords(database, clock).ping()
    database.close()
    (aside,) = set_aside_files(tmp_path / DATABASE_FILE)
    assert (tmp_path / aside).read_bytes() == b"no database" * 1000


def test_a_database_of_a_later_version_is_out_of_order(
    database: Database, records: SqlRecords, tmp_path: Path, clock: SetClock
) -> None:
    """This program does not know its tables."""
    records.ping()
    database.close()
    with sqlite3.connect(tmp_path / DATABASE_FILE) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    with pytest.raises(RecordsError, match="MADE_BY_A_LATER_VERSION"):
        SqlRecords(database, clock).ping()


def test_a_server_that_is_down_is_out_of_order(tmp_path: Path, clock: SetClock) -> None:
    """Nobody listens on port 1; the password is in no message."""
    database = database_at("postgresql://somebody:pass-word@127.0.0.1:1/records", tmp_path)

    with pytest.raises(RecordsError, match="records 'postgresql': OperationalError") as raised:
        SqlRecords(database, clock).ping()
    assert "pass-word" not in str(raised.value)


def test_a_server_that_was_restarted_is_used_again(
    postgresql: Server, tmp_path: Path, clock: SetClock
) -> None:
    """Nothing is missed."""
    database = database_at(postgresql.new_database(), tmp_path)
    records = SqlRecords(database, clock)
    records.finish(receipt(), turn())

    postgresql.drop_connections()

    assert records.load_reply(receipt()) == turn().reply
    database.close()


@pytest.mark.parametrize(
    "address",
    [
        "records.sqlite3",  # a file, not an address
        "mysql://somebody:pass-word@127.0.0.1/records",  # not a database we speak to
        "postgresql://somebody:pass-word@127.0.0.1:port/records",  # no port
        "sqlite://",  # each worker would remember for itself
        "sqlite:///:memory:",  # likewise
    ],
)
def test_an_address_of_no_database_stops_the_start(tmp_path: Path, address: str) -> None:
    """With what to write instead, and without the password."""
    with pytest.raises(SettingsError, match="setting 'DATABASE_URL': is no database") as raised:
        database_at(address, tmp_path)
    assert "pass-word" not in str(raised.value)


def test_a_missing_driver_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(SettingsError, match=r"pip install -r requirements-postgresql\.txt"):
        database_at("postgresql://127.0.0.1/records", tmp_path)


def test_a_promise_to_delete_survives_a_restart(
    switched: Switched, records: SqlRecords, clock: SetClock, tmp_path: Path
) -> None:
    """The store was locked, success was said, the service ended: the next process keeps the promise."""
    SteadyRecords(records, clock).save_chat(PERSON, "甲")
    switched.on = False
    SteadyRecords(switched, clock, Duties(tmp_path / "duties")).delete_person(PERSON)

    after = SteadyRecords(records, clock, Duties(tmp_path / "duties"))
    assert after.ping()

    assert after.load_chat(PERSON) is None
    assert Duties(tmp_path / "duties").pending() == []


def test_a_promise_of_one_process_is_kept_by_another(
    switched: Switched, records: SqlRecords, clock: SetClock, tmp_path: Path
) -> None:
    """Within a minute, and once: whoever comes back later is not deleted again."""
    other = SteadyRecords(records, clock, Duties(tmp_path / "duties"))
    other.save_chat(PERSON, "甲")
    switched.on = False
    SteadyRecords(switched, clock, Duties(tmp_path / "duties")).delete_person(PERSON)
    clock.pass_by(SECONDS_BETWEEN_LOOKS)

    assert other.ping()
    assert other.load_chat(PERSON) is None
    other.save_chat(PERSON, "乙")
    clock.pass_by(SECONDS_BETWEEN_LOOKS)
    assert other.load_chat(PERSON) == "乙"


def damage(path: Path) -> None:
    """Overwrites a database with what is none."""
    path.write_bytes(b"\x00 no database \xff" * 500)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def test_a_damaged_database_is_set_aside(
    tmp_path: Path, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    """With a name that tells when; nothing that is asked meanwhile is lost, and other processes follow."""
    path = tmp_path / DATABASE_FILE
    databases = [Sqlite(path), Sqlite(path)]
    ours, others = (SqlRecords(database, clock) for database in databases)
    assert ours.ping()
    assert others.ping()
    for database in databases:
        database.close()
    damage(path)

    SteadyRecords(ours, clock).save_chat(PERSON, "甲")

    assert SteadyRecords(others, clock).load_chat(PERSON) == "甲"
    assert set_aside_files(path) == [f"{DATABASE_FILE}.damaged-20261123T040000"]
    assert (
        "records=set_aside reason=SQLITE_NOTADB file=records.sqlite3.damaged-20261123T040000" in caplog.text
    )
    for database in databases:
        database.close()


def test_a_sound_database_is_never_set_aside(impatient: SqlRecords, tmp_path: Path) -> None:
    """Neither one that is locked nor one that another process has replaced already."""
    assert impatient.ping()
    database = Sqlite(tmp_path / DATABASE_FILE)

    assert not database.set_aside("SQLITE_BUSY", SetClock().now())
    database.set_aside("SQLITE_CORRUPT", SetClock().now())

    assert set_aside_files(tmp_path / DATABASE_FILE) == []


def test_when_the_records_are_full_the_oldest_questions_give_way(tmp_path: Path, clock: SetClock) -> None:
    """As many as keep the file from growing; what was asked last is kept."""
    path = tmp_path / DATABASE_FILE
    database = Sqlite(path)
    records = SqlRecords(database, clock, most_bytes=50_000)
    assert records.ping()
    old = [(f"a{number:05}", f"2026-01-01 00:00:00.{number:06}") for number in range(2 * LOOK_EVERY + 100)]
    with sqlite3.connect(path) as connection:
        connection.executemany(
            "INSERT INTO questions (answer_id, channel, question, status, clause_ids, created_at)"
            " VALUES (?, 'api', '问', 'answered', '[]', ?)",
            old,
        )
    connection.close()

    for number in range(LOOK_EVERY):
        records.remember_question(asked(f"b{number:05}"))
    database.close()

    with sqlite3.connect(path) as connection:
        kept = [row[0] for row in connection.execute("SELECT answer_id FROM questions ORDER BY answer_id")]
    connection.close()
    assert (kept[0], kept[-1]) == (f"a{2 * LOOK_EVERY:05}", f"b{LOOK_EVERY - 1:05}")
    assert len(kept) == LOOK_EVERY + 100
