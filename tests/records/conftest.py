"""What the tests of the records share: databases to keep them in, and values to keep."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.records.address import database_at
from bot.records.database import Database, Work
from bot.records.sql import SqlRecords
from tests.records.clocks import SetClock
from tests.records.postgresql import PROGRAMS, Server, run_server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server; where none is installed the test is skipped, or fails if REQUIRE_POSTGRESQL=1."""
    if not PROGRAMS:
        give_up = pytest.fail if os.environ.get("REQUIRE_POSTGRESQL") == "1" else pytest.skip
        give_up("no server in /usr/lib/postgresql; install Debian's postgresql")
    with run_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """DATABASE_URL of a new database of each dialect; empty is SQLite in DATA_DIR."""
    if request.param == "sqlite":
        return ""
    server: Server = request.getfixturevalue("postgresql")
    return server.new_database()


@pytest.fixture
def clock() -> SetClock:
    """A clock to be moved."""
    return SetClock()


@pytest.fixture
def database(address: str, tmp_path: Path) -> Iterator[Database]:
    """A new database."""
    database = database_at(address, tmp_path)
    yield database
    database.close()


@pytest.fixture
def records(database: Database, clock: SetClock) -> SqlRecords:
    """Records in a new database."""
    return SqlRecords(database, clock)


@pytest.fixture
def rows(database: Database, records: SqlRecords) -> Callable[[str], list[tuple[object, ...]]]:
    """Looks into a table: what is really there, ordered."""
    assert records.ping()

    def read(columns_and_table: str) -> list[tuple[object, ...]]:
        with database.begin(Work.READ) as connection:
            found = connection.execute(text(f"SELECT {columns_and_table} ORDER BY 1"))
            return [tuple(row) for row in found]

    return read
