"""SQLite: a file with a write-ahead log, many readers beside one writer at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.locking import alone
from bot.records.database import PATIENCE, Database, Work

_TRY_SECONDS = 0.01
"""SQLite looks ever more seldom whether it may write, at last every 100 ms: of 8 writers one waited for 4 s.
Asked again every 10 ms it keeps looking."""

SET_ASIDE = ".damaged-"
"""Behind the name of a file that was set aside; then the moment."""

_DAMAGES = ("SQLITE_CORRUPT", "SQLITE_NOTADB")

_SYNCHRONOUS = {Work.PASSING: "NORMAL", Work.WRITE: "FULL", Work.MIGRATE: "FULL"}
"""NORMAL spares what passes the flush to the disk, which takes longer than all the rest."""


class Sqlite(Database):
    """A file of SQLite.

    Args:
        path: of the file; its folder is made too.
        patience: seconds to wait while others write.
    """

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self._path = self.file = path
        self._patience = patience
        self._inode: int | None = None
        options = {"isolation_level": None, "timeout": patience}
        url = URL.create("sqlite", database=str(path))
        engine = create_engine(url, hide_parameters=True, pool_timeout=patience, connect_args=options)
        event.listen(engine, "connect", _prepare)
        super().__init__(engine)

    def make(self) -> None:
        """Makes the file, readable by this user only. SQLite gives the files beside it the same mode."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch(mode=0o600)

    @contextmanager
    def begin(self, work: Work) -> Iterator[Connection]:
        """A transaction in the file that has the name now.

        Another process may have set an older one aside.
        """
        inode = self._path.stat().st_ino if self._path.exists() else None
        if inode != self._inode:
            self.close()
            self._inode = inode
        with super().begin(work) as connection:
            yield connection

    def set_aside(self, reason: str, now: datetime) -> str:
        """Renames a damaged file and the files beside it. Gives the new name; empty: the file is sound."""
        if reason not in _DAMAGES:
            return ""
        self.close()
        with alone(self._path.with_name(f"{self._path.name}.lock")):
            if _is_sound(self._path):  # another process was faster
                return self._path.name
            aside = self._path.with_name(f"{self._path.name}{SET_ASIDE}{now:%Y%m%dT%H%M%S}")
            for suffix in ("-wal", "-shm", ""):
                file = self._path.with_name(f"{self._path.name}{suffix}")
                if file.exists():
                    file.replace(aside.with_name(f"{aside.name}{suffix}"))
        return aside.name

    def size(self, connection: Connection) -> int:
        """Bytes of the file that hold data."""
        pages, free, each = (
            int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
            for name in ("page_count", "freelist_count", "page_size")
        )
        return (pages - free) * each

    def _open(self, connection: Connection, work: Work) -> None:
        if work in _SYNCHRONOUS:
            _set(connection, "synchronous", _SYNCHRONOUS[work])
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


def _is_sound(path: Path) -> bool:
    """Whether a file is an undamaged database of SQLite."""
    if not path.exists():
        return True
    connection = sqlite3.connect(path)
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()


def set_aside_files(path: Path) -> list[str]:
    """Names of the damaged files beside a database."""
    names = path.parent.glob(f"{path.name}{SET_ASIDE}*")
    return sorted(file.name for file in names if not file.name.endswith(("-wal", "-shm")))


def _may_write(connection: Connection) -> bool:
    """Begins a transaction that writes; False: another process is writing."""
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        if not getattr(error.orig, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            raise
        return False
    return True


def _wait_at_most(connection: Connection, seconds: float) -> None:
    _set(connection, "busy_timeout", str(int(1000 * seconds)))


def _set(connection: Connection, pragma: str, value: str) -> None:
    """Sets a pragma if the connection has another value: setting it costs as much as keeping a question."""
    if connection.info.get(pragma) != value:
        connection.exec_driver_sql(f"PRAGMA {pragma}={value}")
        connection.info[pragma] = value


def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()
