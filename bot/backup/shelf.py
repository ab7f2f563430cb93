"""The folder of backups: their names, which ones are too old, and a note on the latest."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_PREFIX, _SUFFIX = "policy-qa-", ".tar.gz"

_NOTE = "backup.json"
"""In DATA_DIR."""


@dataclass(frozen=True, slots=True)
class Note:
    """The time of the latest backup, and its file."""

    made_at: datetime
    file: Path


def name_at(now: datetime) -> str:
    """The name of a backup made at a moment. Sorted names are sorted by time.

    >>> from datetime import UTC
    >>> name_at(datetime(2026, 3, 1, 2, 30, tzinfo=UTC))
    'policy-qa-20260301T023000Z.tar.gz'
    """
    return f"{_PREFIX}{now:%Y%m%dT%H%M%SZ}{_SUFFIX}"


def remove_old(folder: Path, before: datetime, keep: int | None = None) -> list[str]:
    """Removes backups that are older than a moment, and all but the latest few. Gives their names."""
    there = sorted(_backups(folder), key=lambda path: path.name)
    spare = set(there[:-keep]) if keep else set()
    old = [path for path in there if path in spare or path.name < name_at(before)]
    for path in old:
        path.unlink()
    return [path.name for path in old]


def note(data_dir: Path, made: Note) -> None:
    """Notes the latest backup, for `doctor`."""
    written = {"made_at": made.made_at.isoformat(), "file": str(made.file.absolute())}
    (data_dir / _NOTE).write_text(json.dumps(written, ensure_ascii=False), "utf-8")


def noted(data_dir: Path) -> Note | None:
    """The note on the latest backup; None: there was none."""
    try:
        said = json.loads((data_dir / _NOTE).read_text("utf-8"))
        return Note(datetime.fromisoformat(said["made_at"]), Path(said["file"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _backups(folder: Path) -> Iterable[Path]:
    return folder.glob(f"{_PREFIX}*{_SUFFIX}")
