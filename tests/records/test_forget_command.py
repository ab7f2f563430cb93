"""`python -m bot forget` deletes what is old, and tells how much."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import cli
from bot.assembly import store_of
from bot.records.address import DATABASE_FILE
from bot.records.sql import SqlRecords
from bot.records.sqlite import Sqlite
from bot.settings import Settings
from tests.records.clocks import SetClock
from tests.records.examples import PERSON, receipt, turn


def forget(data_dir: Path, *arguments: str) -> Result:
    """Runs the command on the records in a folder."""
    return CliRunner().invoke(cli, ["forget", *arguments], env={"DATA_DIR": str(data_dir)})


@pytest.fixture
def old_records(tmp_path: Path) -> SqlRecords:
    """Records of a message that was answered in 1996."""
    clock = SetClock()
    clock.pass_by(-30 * 365 * 86400)
    records = SqlRecords(Sqlite(tmp_path / DATABASE_FILE), clock)
    records.finish(receipt(), turn())
    return records


@pytest.mark.parametrize("arguments", [["--older-than", "30"], []])
def test_what_is_old_is_deleted_and_counted(
    old_records: SqlRecords, tmp_path: Path, arguments: list[str]
) -> None:
    """After the days that are given, else after RETENTION_DAYS; a second time there is nothing left."""
    counted = "receipts={0} feedback=0 questions={0} chats={0} conversations=0 pages=0\n"

    assert forget(tmp_path, *arguments).output == counted.format(1)
    assert forget(tmp_path, *arguments).output == counted.format(0)


def test_what_is_new_stays(old_records: SqlRecords, tmp_path: Path) -> None:
    """40,000 days are more than a century, and more than the command takes."""
    assert (
        forget(tmp_path, "--older-than", "36500").output
        == "receipts=0 feedback=0 questions=0 chats=0 conversations=0 pages=0\n"
    )
    assert forget(tmp_path, "--older-than", "40000").exit_code == 2


def test_the_service_forgets_by_itself(old_records: SqlRecords, tmp_path: Path) -> None:
    """With the first use of the records after a start."""
    records = store_of(Settings(data_dir=tmp_path))

    assert records.load_chat(PERSON) is None
