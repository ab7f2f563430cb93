"""Copies everything that cannot be made anew to a folder on which a service can be started.

Indexes, tables and vectors are not in it: they are made from the knowledge folder.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.errors import BackupError, reason_of
from bot.records.address import DATABASE_FILE, database_at
from bot.records.copying import copy_records
from bot.records.duties import FOLDER as DUTIES
from bot.records.looks import LOOKS_FILE
from bot.records.secret import KEY_FILE
from bot.settings import Settings

KNOWLEDGE, DATA, DRAFTS = "knowledge", "data", "drafts"
"""The folders of a backup."""

LAST_GOOD = "documents"

_KEPT = (KEY_FILE, LOOKS_FILE, DUTIES, LAST_GOOD)
"""Of DATA_DIR, beside the records."""

Snapshot = dict[str, tuple[int, int]]
"""The files of a folder, each with its size and time of change."""


def copy_installation(settings: Settings, drafts: Path, to: Path) -> None:
    """Copies everything that cannot be made anew to a new folder. The service may run meanwhile.

    Raises:
        BackupError: a file cannot be read.
        RecordsError: the records cannot be read.
    """
    (to / DATA).mkdir(parents=True, mode=0o700)
    database = database_of(settings)
    if database and database.exists():
        copy_records(database, to / DATA / DATABASE_FILE)
    for name in _KEPT:
        source = settings.data_dir / name
        _copy(source, to / DATA / name, [source] if source.is_file() else list(files_below(source)))
    for source, name in ((settings.knowledge_dir, KNOWLEDGE), (drafts, DRAFTS)):
        _copy(source, to / name, list(files_below(source)))


def database_of(settings: Settings) -> Path | None:
    """The file of the records; None: a PostgreSQL server keeps them."""
    return database_at(settings.database_url, settings.data_dir).file


def snapshot_of(folder: Path) -> Snapshot:
    """The state of the files of a folder. It differs after any edit."""
    states = {path: path.stat() for path in files_below(folder)}
    return {
        str(path.relative_to(folder)): (state.st_size, state.st_mtime_ns) for path, state in states.items()
    }


def files_below(folder: Path) -> Iterator[Path]:
    """The files of a folder and its subfolders; no hidden files, no pipes and the like."""
    for parent, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (Path(parent, name) for name in sorted(names) if not name.startswith("."))
        yield from (path for path in paths if path.is_file())


def _refuse(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise BackupError(f"“{error.filename}”：读不了（{reason_of(error)}），没有备份；改一改权限") from None


def _copy(source: Path, target: Path, files: list[Path]) -> None:
    """Copies files that stand below a folder, or are all there is, to the same places below another."""
    for path in files:
        copied = target / path.relative_to(source)
        copied.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copy2(path, copied)
        except FileNotFoundError:
            continue  # somebody removed it this moment
        except OSError as error:
            raise BackupError(f"“{path}”：没有备份成（{reason_of(error)}）；看看权限和磁盘") from None
