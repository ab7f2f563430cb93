"""DATABASE_URL → a database."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import SettingsError
from bot.records.database import Database
from bot.records.postgresql import Postgresql
from bot.records.sqlite import Sqlite

DATABASE_FILE = "records.sqlite3"


def database_at(address: str, data_dir: Path) -> Database:
    """The database at an address; it need not be up.

    Args:
        address: DATABASE_URL; empty: SQLite in DATA_DIR.
        data_dir: DATA_DIR.

    Raises:
        SettingsError: the address is none that we can use, or its driver is not installed.
    """
    if not address:
        return Sqlite(data_dir / DATABASE_FILE)
    url = _parse(address)
    # A database in memory would be another in every worker.
    if url.drivername == "sqlite" and url.database not in (None, "", ":memory:"):
        return Sqlite(Path(str(url.database)))
    if url.drivername in ("postgresql", "postgres"):
        return Postgresql(url.set(drivername="postgresql+psycopg"))
    raise _no_database()


def _parse(address: str) -> URL:
    try:
        return make_url(address)
    except (ArgumentError, ValueError):
        raise _no_database() from None


def _no_database() -> SettingsError:
    return SettingsError(
        "setting 'DATABASE_URL': is no database to keep records in; "
        "write postgresql://user:password@host/name or sqlite:////path/of/file, or leave it empty"
    )
