"""Folders of files that are written once and whole, checked when they are opened, and shared by processes.

The name of a sealed folder says what it was made from, and its `manifest.json` says how each of its files was
written. The folder is written under a temporary name and renamed when it is whole: a process that dies
half-way leaves the old folder. A folder that is damaged, foreign or outdated is refused.
"""

import hashlib
import json
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from bot.errors import SnapshotError
from bot.locking import alone

T = TypeVar("T")

About = Mapping[str, str | int]
"""What a sealed folder is about: it is of use only where all of this is the same."""

_MANIFEST = "manifest.json"

_MAKING = ".making-"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class KeptValue(Generic[T]):
    """A value that takes time to make and is therefore kept in a sealed folder.

    Args:
        name: our word for it, for the log.
        open: reads it from a folder; raises OSError, ValueError, EOFError or TypeError if it cannot.
        make: makes it.
        save: writes it into a folder.
    """

    name: str
    open: Callable[[Path], T]
    make: Callable[[], T]
    save: Callable[[T, Path], None]


def opened_or_made(home: Path, kept: KeptValue[T]) -> T:
    """The value in a sealed folder. If the folder is of no use, the value is made and written there.

    Of several processes one makes it, and the others open its files. One line in the log says why it was
    made. If the disk does not take it, it stays in memory.
    """
    with suppress(SnapshotError):
        return _opened(home, kept)
    with alone(home.parent / ".writing"):
        try:
            return _opened(home, kept)  # another process may have been faster
        except SnapshotError as error:
            _log.log(_level_of(error), "%s=made reason=%s", kept.name, error)
        made = kept.make()
        try:
            write_sealed(home, {}, lambda folder: kept.save(made, folder))
            return _opened(home, kept)
        except OSError as error:
            _log.error("%s=not_kept reason=%s", kept.name, error.strerror)  # a full disk stops no answer
    return made


def _opened(home: Path, kept: KeptValue[T]) -> T:
    check_sealed(home, {})
    try:
        return kept.open(home)
    except (OSError, ValueError, EOFError, TypeError) as error:
        raise SnapshotError("corrupt", is_damage=True) from error


def _level_of(error: SnapshotError) -> int:
    return logging.WARNING if error.is_damage else logging.INFO


def check_sealed(home: Path, about: About) -> None:
    """Makes sure that a sealed folder holds what was written to it.

    A file that still has the size and the times of change with which it was written is not read. For any
    other file the SHA-256 decides, which takes a second a gigabyte.

    Raises:
        SnapshotError: there is no such folder, or it is unusable; make it anew.
    """
    if not home.exists():
        raise SnapshotError("outdated" if homes(home.parent) else "missing")
    try:
        manifest = json.loads((home / _MANIFEST).read_text("utf-8"))
        if manifest["name"] != home.name:
            raise SnapshotError("foreign", is_damage=True)
        if any(manifest[key] != value for key, value in about.items()):
            raise SnapshotError("outdated")
        intact = all(_is_as_written(home / name, row) for name, row in manifest["files"].items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SnapshotError("corrupt", is_damage=True) from error
    if not intact:
        raise SnapshotError("corrupt", is_damage=True)


def damaged_files(home: Path) -> list[str]:
    """The files of a sealed folder that differ from what was written.

    Reads all of them; empty: all are sound.

    A file that changed without another size or time is found here, and not when the folder is opened.
    """
    try:
        rows: Mapping[str, Mapping[str, object]] = json.loads((home / _MANIFEST).read_text("utf-8"))["files"]
        wanted = {home / name: row["sha256"] for name, row in rows.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return [str(home / _MANIFEST)]
    return [str(path) for path, digest in wanted.items() if not path.is_file() or _sha256(path) != digest]


def write_sealed(home: Path, about: About, save: Callable[[Path], None]) -> None:
    """Writes a sealed folder for `check_sealed`; then removes the other sealed folders beside it.

    Args:
        save: writes the files into the folder that it is given.

    Raises:
        OSError: the disk does not take them; the other folders stay.
    """
    folder = home.parent
    folder.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=_MAKING, dir=folder))
    try:
        save(making)
        files = {path.name: _flushed(path) for path in sorted(making.iterdir())}
        manifest = {**about, "name": home.name, "files": files}
        (making / _MANIFEST).write_text(json.dumps(manifest, indent=2), "utf-8")
        shutil.rmtree(home, ignore_errors=True)
        making.rename(home)
    except OSError:
        shutil.rmtree(making, ignore_errors=True)
        raise
    for old in folder.glob("*/"):
        if old != home and (not old.name.startswith(_MAKING) or _is_abandoned(old)):
            shutil.rmtree(old, ignore_errors=True)


def homes(folder: Path) -> list[Path]:
    """The sealed folders in a folder."""
    return list(folder.glob("[!.]*/"))


def sealed_below(folder: Path) -> Iterator[Path]:
    """The sealed folders at any depth of a folder."""
    yield from (path.parent for path in sorted(folder.rglob(_MANIFEST)) if _MAKING not in str(path))


def stamp_of(home: Path) -> object:
    """A stamp that differs each time a sealed folder is written."""
    return _state(home / _MANIFEST)


def _is_abandoned(making: Path) -> bool:
    """Whether a process died while it wrote this folder: writing never takes an hour."""
    return making.stat().st_mtime < time.time() - 3600


def _flushed(path: Path) -> dict[str, object]:
    """Flushes a file to the disk and gives its row of the manifest."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    return {"state": _state(path), "sha256": _sha256(path)}


def _is_as_written(path: Path, row: Mapping[str, object]) -> bool:
    return _state(path) == row["state"] or _sha256(path) == row["sha256"]


def _state(path: Path) -> list[int]:
    """The size and times of change of a file. They differ after anything wrote to it."""
    state = path.stat()
    return [state.st_size, state.st_mtime_ns, state.st_ctime_ns]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
