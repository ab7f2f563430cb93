"""Several processes, killed ones among them, keep one truth."""

from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import cast

from bot.records.address import database_at
from bot.records.database import Work
from bot.records.records import Reply
from bot.records.secret import KEY_FILE
from bot.records.sql import SqlRecords
from tests.records.clocks import SetClock
from tests.records.examples import receipt, turn
from tests.records.processes import (
    START,
    answer_once,
    at_once,
    make_key,
    open_first,
    open_records,
    write_many,
    write_on,
)

Rows = Callable[[str], list[tuple[object, ...]]]


def test_a_message_that_arrives_twice_at_once_is_answered_once(
    address: str, tmp_path: Path, records: SqlRecords, rows: Rows
) -> None:
    """Two workers get it in the same moment: both say the same, and one of the answers is kept."""
    records.ping()

    first, second = cast("list[Reply]", at_once(answer_once, 2, address, tmp_path))

    assert first == second
    assert len(rows("* FROM questions")) == 1


def test_four_processes_come_to_a_database_without_tables(address: str, tmp_path: Path, rows: Rows) -> None:
    """One makes them, the others wait; nobody fails. A second start finds nothing to do."""
    for _ in range(2):
        assert at_once(open_first, 4, address, tmp_path) == [True] * 4

    assert rows("version_num FROM alembic_version") == [("0004",)]


def test_eight_processes_write_at_once(address: str, tmp_path: Path, rows: Rows) -> None:
    """Nobody gives up waiting, and nothing is lost."""
    told = cast("list[list[str]]", at_once(write_many, 8, address, tmp_path))
    written = [(key,) for keys in told for key in keys]

    assert sorted(rows("answer_id FROM questions")) == sorted(written)


def test_nothing_acknowledged_is_lost_when_its_writer_is_killed(tmp_path: Path) -> None:
    """kill -9 after 0, 3, 6 … acknowledged writes, wherever the writer is by then."""
    acknowledged: list[int] = []
    for round_, count in enumerate(range(0, 36, 3)):
        hears, tells = START.Pipe(duplex=False)
        writer = START.Process(target=write_on, args=("", tmp_path, 1_000_000 * round_, tells))
        writer.start()
        tells.close()
        acknowledged += [hears.recv() for _ in range(count)]
        writer.kill()
        writer.join()
        acknowledged += _rest(hears)

    records = open_records("", tmp_path)
    assert [records.load_reply(receipt(str(number))) for number in acknowledged] == [
        Reply(str(number), "answered") for number in acknowledged
    ]
    with database_at("", tmp_path).begin(Work.READ) as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def _rest(hears: Connection) -> list[int]:
    """What was still told before the end."""
    told: list[int] = []
    with suppress(EOFError):
        while True:
            told.append(hears.recv())
    return told


def test_a_forked_worker_has_connections_of_its_own(records: SqlRecords, clock: SetClock) -> None:
    """The parent has used the records before it forks, and goes on using them."""
    records.finish(receipt("parent"), turn("甲", "a1"))
    fork = get_context("fork")
    hears, tells = fork.Pipe(duplex=False)

    child = fork.Process(target=lambda: tells.send(records.finish(receipt("child"), turn("乙", "a2"))))
    child.start()
    child.join()

    assert hears.recv() == Reply("乙", "answered")
    assert records.load_reply(receipt("child")) == Reply("乙", "answered")
    assert records.load_reply(receipt("parent")) == Reply("甲", "answered")


def test_four_processes_make_one_key(tmp_path: Path) -> None:
    """Each starts with the same key, which only its owner can read."""
    keys = at_once(make_key, 4, "", tmp_path / "data")

    assert len(set(keys)) == 1
    assert [path.name for path in (tmp_path / "data").iterdir()] == [KEY_FILE]
    assert (tmp_path / "data" / KEY_FILE).stat().st_mode & 0o777 == 0o600
