"""A database that several processes use at once. There are two: `sqlite.py` and `postgresql.py`.

A connection is opened when it is used. Before a process forks, it closes its connections: no worker inherits
one.
"""

import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import Enum
from pathlib import Path

from sqlalchemy import Connection, Engine

PATIENCE = 3.0
"""Seconds to wait for a database that is busy: WeChat waits 5 for an answer."""


class Work(Enum):
    """The work that a transaction is for. It decides how the transaction is opened."""

    READ = "read"
    PASSING = "passing"
    """Of what is kept for minutes. A crash does not undo it, a power cut may."""
    WRITE = "write"
    """Neither a crash nor a power cut undoes it once it is committed."""
    MIGRATE = "migrate"
    """No other process migrates meanwhile."""
    SCRUB = "scrub"
    """Nothing that was deleted stays in any file."""


class Database(ABC):
    """Transactions, and whatever differs between databases.

    Args:
        engine: of SQLAlchemy; the database itself may be down.
    """

    file: Path | None = None
    """Where everything stands; None: a server keeps it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.dialect = engine.dialect.name
        if sys.platform != "win32":
            os.register_at_fork(before=self.close)

    @contextmanager
    def begin(self, work: Work) -> Iterator[Connection]:
        """A transaction, committed where the block ends and rolled back where it raises."""
        with self._engine.connect() as connection:
            self._open(connection, work)
            yield connection
            connection.commit()

    def close(self) -> None:
        """Closes the connections; the next use opens others."""
        self._engine.dispose()

    def set_aside(self, reason: str, now: datetime) -> str:  # noqa: ARG002 # for databases that are files
        """Sets a damaged database aside and gives its new name; empty: this kind of database mends itself."""
        return ""

    def size(self, connection: Connection) -> int:  # noqa: ARG002 # for databases of our own
        """Bytes that are in use; 0: somebody else takes care of the size."""
        return 0

    @abstractmethod
    def make(self) -> None:
        """Makes the empty database if it is missing and we are responsible for it."""

    @abstractmethod
    def _open(self, connection: Connection, work: Work) -> None:
        """Opens a transaction for some work."""
