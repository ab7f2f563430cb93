"""The tables of the records: made once, and changed by version files."""

from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from bot.records.migration import MIGRATIONS, is_newest, migrate

REVISIONS = sorted(ScriptDirectory(str(MIGRATIONS)).walk_revisions(), key=lambda script: script.revision)


def test_a_version_file_has_its_revision_in_its_name() -> None:
    """By the names it is told, without Alembic, that there is nothing to do."""
    names = sorted(path.name for path in (MIGRATIONS / "versions").glob("v*.py"))

    assert [name[1:5] for name in names] == [script.revision for script in REVISIONS]


def test_a_database_is_the_newest_after_the_last_version_file() -> None:
    """An empty one is not, nor one that has seen only the first."""
    with create_engine("sqlite://").begin() as connection:
        assert not is_newest(connection)
        migrate(connection)
        assert is_newest(connection)
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        assert not is_newest(connection)


def test_migrating_again_changes_nothing() -> None:
    """Each process does, once a day."""
    with create_engine("sqlite://").begin() as connection:
        for _ in range(2):
            migrate(connection)

        assert is_newest(connection)
