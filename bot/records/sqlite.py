"""SQLite: a file with a write-ahead log, many readers beside one writer at a time."""

from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.records.database import PATIENCE, Database, Work

_TRY_SECONDS = 0.01
"""SQLite looks ever more seldom whether it may write, at last every 100 ms: of 8 writers one waited for 4 s.
Asked again every 10 ms it keeps looking."""

_SYNCHRONOUS = {Work.CLAIM: "NORMAL", Work.WRITE: "FULL", Work.MIGRATE: "FULL"}
"""NORMAL spares a claim the flush to the disk, which takes longer than all the rest."""


class Sqlite(Database):
    """A file of SQLite.

    Args:
        path: of the file; its folder is made too.
        patience: seconds to wait while others write.
    """

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self._path = path
        self._patience = patience
        options = {"isolation_level": None, "timeout": patience}
        url = URL.create("sqlite", database=str(path))
        engine = create_engine(url, hide_parameters=True, pool_timeout=patience, connect_args=options)
        event.listen(engine, "connect", _prepare)
        super().__init__(engine)

    def make(self) -> None:
        """Makes the file, readable by this user only. SQLite gives the files beside it the same mode."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch(mode=0o600)

    def _open(self, connection: Connection, work: Work) -> None:
        if work in _SYNCHRONOUS:
            connection.exec_driver_sql(f"PRAGMA synchronous={_SYNCHRONOUS[work]}")
            self._become_writer(connection)
        else:
            _wait_at_most(connection, self._patience)
            # What was deleted stands in the log until that is emptied.
            connection.exec_driver_sql("BEGIN" if work is Work.READ else "PRAGMA wal_checkpoint(TRUNCATE)")

    def _become_writer(self, connection: Connection) -> None:
        _wait_at_most(connection, min(_TRY_SECONDS, self._patience))
        for _ in range(int(self._patience / _TRY_SECONDS)):
            if _may_write(connection):
                return
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _may_write(connection: Connection) -> bool:
    """Begins a transaction that writes; False where another process is writing."""
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        if not getattr(error.orig, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            raise
        return False
    return True


def _wait_at_most(connection: Connection, seconds: float) -> None:
    connection.exec_driver_sql(f"PRAGMA busy_timeout={int(1000 * seconds)}")


def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()
