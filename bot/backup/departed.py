"""People who left after a backup was made are deleted again when it is restored."""

import hmac
from datetime import datetime

from bot.backup.archive import BackupManifest
from bot.backup.making import mark_of
from bot.clock import Clock
from bot.errors import RecordsError
from bot.records.address import DATABASE_FILE, database_at
from bot.records.copying import departures_since
from bot.records.duties import FOLDER, Duties
from bot.records.person import departure_mark
from bot.records.sql import SqlRecords
from bot.records.sqlite import set_aside_files
from bot.settings import Settings


def forget_departed(old: Settings, restored: Settings, manifest: BackupManifest, clock: Clock) -> int | None:
    """Deletes from restored records the people who have left since, as far as that is known.

    Returns:
        How many people; None: nothing of the old installation tells who has left.

    Raises:
        RecordsError: the restored records cannot be written.
    """
    marks = _marks(old, manifest)
    if marks is None:
        return None
    return SqlRecords(database_at("", restored.data_dir), clock).delete_departed(marks)


def _marks(old: Settings, manifest: BackupManifest) -> set[str] | None:
    """Departure marks since a backup was made; None: they cannot be known.

    A database that was set aside is asked too: it is why somebody restores.
    """
    data = old.data_dir
    if not data.is_dir() or not hmac.compare_digest(mark_of(old), manifest.key):
        return None
    since = datetime.fromisoformat(manifest.made_at)
    marks = {departure_mark(person.key) for person in Duties(data / FOLDER).pending()}
    names = [DATABASE_FILE, *set_aside_files(data / DATABASE_FILE)]
    read = 0
    for path in map(data.joinpath, names):
        try:
            marks |= departures_since(path, since)
        except RecordsError:
            continue
        read += 1
    return marks if read else None
