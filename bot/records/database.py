"""The database behind the records: SQLite in DATA_DIR, or PostgreSQL by DATABASE_URL.

Connections are opened when they are used. Before a process forks it closes its own: a worker inherits none.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import SettingsError

DATABASE_FILE = "records.sqlite3"

PATIENCE = 3.0
"""Seconds to wait for a database that is busy: WeChat waits 5 for an answer."""

_NO_ADDRESS = (
    "setting 'DATABASE_URL': is no database to keep records in; "
    "write postgresql://user:password@host/name or sqlite:////path/of/file, or leave it empty"
)
_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


class Work(Enum):
    """What a transaction is for; it is opened accordingly."""

    READ = "read"
    CLAIM = "claim"
    WRITE = "write"
    MIGRATE = "migrate"
    SCRUB = "scrub"


_OPENING = {
    "sqlite": {
        Work.READ: ("BEGIN",),
        # A crash does not undo it, a power cut may: then the message is answered again. Saves 0.4 ms of 1.0.
        Work.CLAIM: ("PRAGMA synchronous=NORMAL", "BEGIN IMMEDIATE"),
        Work.WRITE: ("PRAGMA synchronous=FULL", "BEGIN IMMEDIATE"),
        Work.MIGRATE: ("PRAGMA synchronous=FULL", "BEGIN IMMEDIATE"),
        # What was deleted stands in the write-ahead log until that is emptied.
        Work.SCRUB: ("PRAGMA wal_checkpoint(TRUNCATE)",),
    },
    "postgresql": {
        Work.READ: (),
        Work.CLAIM: ("SET LOCAL synchronous_commit TO off",),
        Work.WRITE: (),
        Work.MIGRATE: ("SET LOCAL statement_timeout TO 0", "SELECT pg_advisory_xact_lock(20240612)"),
        Work.SCRUB: (),
    },
}


class Database:
    """A database that a process has connections to.

    Args:
        address: DATABASE_URL; empty: SQLite in `data_dir`.
        data_dir: DATA_DIR.
        patience: seconds to wait while others write.

    Raises:
        SettingsError: the address is none, or its driver is not installed. The database itself may be down.
    """

    def __init__(self, address: str, data_dir: Path, patience: float = PATIENCE) -> None:
        url = _url(address, data_dir)
        self._file = Path(url.database or "") if url.drivername == "sqlite" else None
        self._engine = _sqlite(url, patience) if self._file else _postgresql(url, patience)
        self.dialect = self._engine.dialect.name
        os.register_at_fork(before=self.close)

    @contextmanager
    def begin(self, work: Work) -> Iterator[Connection]:
        """A transaction, committed where the block ends and rolled back where it raises."""
        with self._engine.connect() as connection:
            for statement in _OPENING[self.dialect][work]:
                connection.exec_driver_sql(statement)
            yield connection
            connection.commit()

    def make_file(self) -> None:
        """Makes the file of an SQLite database, for our eyes only; the files beside it get the same mode."""
        if self._file:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.touch(mode=0o600)

    def close(self) -> None:
        """Closes the connections; the next use opens others."""
        self._engine.dispose()


def _url(address: str, data_dir: Path) -> URL:
    if not address:
        return URL.create("sqlite", database=str(data_dir / DATABASE_FILE))
    try:
        url = make_url(address)
        url = url.set(drivername=_DRIVERS[url.drivername])
    except (ArgumentError, ValueError, KeyError):
        raise SettingsError(_NO_ADDRESS) from None
    if url.drivername == "sqlite" and url.database in (None, "", ":memory:"):
        raise SettingsError(_NO_ADDRESS)
    return url


def _sqlite(url: URL, patience: float) -> Engine:
    engine = create_engine(
        url, hide_parameters=True, connect_args={"isolation_level": None, "timeout": patience}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _postgresql(url: URL, patience: float) -> Engine:
    milliseconds = int(1000 * patience)
    options = f"-c synchronous_commit=on -c lock_timeout={milliseconds} -c statement_timeout={milliseconds}"
    try:
        return create_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=True,
            pool_timeout=patience,
            connect_args={"connect_timeout": max(2, int(patience)), "options": options},
        )
    except ModuleNotFoundError:
        raise SettingsError(
            "setting 'DATABASE_URL': needs the driver of PostgreSQL; "
            "run pip install -r requirements-postgresql.txt"
        ) from None
