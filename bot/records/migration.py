"""Brings a database to the tables of this program: Alembic's version files, run at the start."""

import logging
from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from sqlalchemy import Connection

from bot.errors import RecordsError

MIGRATIONS = Path(__file__).parent / "migrations"

_log = logging.getLogger(__name__)


def migrate(connection: Connection) -> None:
    """Applies the version files that a database has not seen yet.

    Args:
        connection: in a transaction that no other process can be in at the same time.

    Raises:
        RecordsError: the database was made by a later version of this program.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)  # its lines are no key=value
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
