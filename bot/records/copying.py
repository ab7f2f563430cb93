"""Copies records that are in use by SQLite's own online backup, and checks whether a copy is sound."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import RecordsError

_PATIENCE = 30.0
"""Seconds to wait for a database that is locked: a copy has more time than an answer."""


def copy_records(database: Path, copy: Path) -> None:
    """Copies the present state of a database to a new file. Others may write meanwhile.

    Raises:
        RecordsError: it cannot be read, or the copy not be written.
    """
    try:
        with (
            closing(sqlite3.connect(database, timeout=_PATIENCE)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    except sqlite3.Error as error:
        raise RecordsError("sqlite", _reason(error)) from None


def departures_since(database: Path, since: datetime) -> set[str]:
    """Departure marks of the people who have left since a moment; others may write to the database meanwhile.

    Raises:
        RecordsError: it is not there, cannot be read, or is of a version that noted no departures.
    """
    if not database.exists():
        raise RecordsError("sqlite", "MISSING")
    moment = since.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    try:
        with closing(sqlite3.connect(database, timeout=_PATIENCE)) as connection:
            rows = connection.execute("SELECT mark FROM departures WHERE created_at >= ?", (moment,))
            return {str(mark) for (mark,) in rows}
    except sqlite3.Error as error:
        raise RecordsError("sqlite", _reason(error)) from None


def count_rows(database: Path) -> dict[str, int]:
    """The number of rows of each table, by name. Reads the whole file.

    Raises:
        RecordsError: something in it is damaged.
    """
    try:
        with closing(sqlite3.connect(database)) as connection:
            if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                raise RecordsError("sqlite", "SQLITE_CORRUPT")
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            names = [str(name) for (name,) in tables if not name.startswith("sqlite_")]
            counted = (connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() for name in names)  # noqa: S608  # our own tables
            return {name: int(count) for name, (count,) in zip(names, counted, strict=True)}
    except sqlite3.Error as error:
        raise RecordsError("sqlite", _reason(error)) from None


def _reason(error: sqlite3.Error) -> str:
    return getattr(error, "sqlite_errorname", type(error).__name__)
