"""PostgreSQL: a server, which several machines may share."""

from sqlalchemy import URL, Connection, create_engine

from bot.errors import SettingsError
from bot.records.database import PATIENCE, Database, Work

_MIGRATION_LOCK = 0x706F6C696379
"""Number of our advisory lock, "policy" in ASCII."""

_OPENING = {
    Work.PASSING: ["SET LOCAL synchronous_commit TO off"],
    Work.MIGRATE: [
        "SET LOCAL statement_timeout TO 0",
        "SET LOCAL lock_timeout TO 0",
        f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})",
    ],
}


class Postgresql(Database):
    """A database of a PostgreSQL server.

    Args:
        url: with the driver psycopg.
        patience: seconds to wait for a connection, a lock, or the end of a statement.

    Raises:
        SettingsError: the driver is not installed.
    """

    def __init__(self, url: URL, patience: float = PATIENCE) -> None:
        limit = int(1000 * patience)
        options = f"-c synchronous_commit=on -c lock_timeout={limit} -c statement_timeout={limit}"
        try:
            engine = create_engine(
                url,
                hide_parameters=True,
                pool_pre_ping=True,
                pool_timeout=patience,
                connect_args={"connect_timeout": int(patience), "options": options},
            )
        except ModuleNotFoundError:
            raise SettingsError(
                "setting 'DATABASE_URL': needs the driver of PostgreSQL; "
                "run pip install -r requirements-postgresql.txt"
            ) from None
        super().__init__(engine)

    def make(self) -> None:
        """Does nothing: the operator makes the database with CREATE DATABASE."""

    def _open(self, connection: Connection, work: Work) -> None:
        for statement in _OPENING.get(work, []):
            connection.exec_driver_sql(statement)
