"""Brings a database to the tables of this program: Alembic's version files, run at the start."""

import logging
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.errors import RecordsError

MIGRATIONS = Path(__file__).parent / "migrations"

_VERSIONS = "alembic_version"

_log = logging.getLogger(__name__)


def migrate(connection: Connection) -> None:
    """Applies the version files that a database has not seen yet.

    Args:
        connection: in a transaction that no other process can be in at the same time.

    Raises:
        RecordsError: the database was made by a later version of this program.
    """
    if is_newest(connection):
        return
    logging.getLogger("alembic").setLevel(logging.WARNING)  # its lines are no key=value
    # Imported here: it takes a fifth of a second of each start, and there is mostly nothing to do.
    from alembic.operations import Operations  # noqa: PLC0415
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415
    from alembic.script.revision import RevisionError  # noqa: PLC0415

    scripts = ScriptDirectory(str(MIGRATIONS))
    context = MigrationContext.configure(connection)
    try:
        missing = list(scripts.iterate_revisions("heads", context.get_current_revision() or "base"))
    except RevisionError:
        raise RecordsError(connection.dialect.name, "MADE_BY_A_LATER_VERSION") from None
    for script in reversed(missing):
        with Operations.context(context):
            script.module.upgrade()
        context.stamp(scripts, script.revision)
        _log.info("records=migrated revision=%s", script.revision)


def is_newest(connection: Connection) -> bool:
    """Whether a database has seen all version files; v0001_first_tables.py has the revision 0001."""
    if not inspect(connection).has_table(_VERSIONS):
        return False
    newest = max(path.name[1:5] for path in (MIGRATIONS / "versions").glob("v*.py"))
    return bool(connection.scalar(text(f"SELECT version_num FROM {_VERSIONS}")) == newest)  # noqa: S608
