"""Postings on disk: written once, checked when they are opened, mapped into memory and shared by processes.

A snapshot is a folder named after what it was made from, with one .npy file an array and `manifest.json`.
It is written under a temporary name and renamed when it is whole: whoever dies in between leaves the old one.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.errors import SnapshotError
from bot.search.postings import Postings
from bot.search.vocabulary import Vocabulary

FORMAT = 1
"""Raised whenever the arrays change their meaning."""

_MANIFEST = "manifest.json"

_MAKING = ".making-"

Array = np.ndarray[tuple[int], np.dtype[Any]]
Arrays = Mapping[str, Array]


@dataclass(frozen=True, slots=True)
class Identity:
    """What a snapshot was made from: digests of the analyzer with its word lists, and of the entries."""

    analyzer: str
    entries: str

    @property
    def name(self) -> str:
        """The name of its folder."""
        return hashlib.sha256(f"{FORMAT} {self.analyzer} {self.entries}".encode()).hexdigest()[:16]


def open_snapshot(folder: Path, identity: Identity) -> Postings:
    """The postings that a folder holds for an identity.

    A file with the size and the time of change that it was written with is taken as it is; otherwise its
    SHA-256 decides, which takes a second a gigabyte.

    Raises:
        SnapshotError: there is none, or it is unusable; build it anew.
    """
    home = folder / identity.name
    if not home.exists():
        raise SnapshotError("outdated" if any(folder.glob("[!.]*")) else "missing")
    try:
        manifest = json.loads((home / _MANIFEST).read_text("utf-8"))
        if manifest["made_from"] != _made_from(identity):
            raise SnapshotError("foreign", is_damage=True)
        arrays = {name: _map(home / f"{name}.npy", row) for name, row in manifest["files"].items()}
        vocabulary = Vocabulary(arrays["terms"], arrays["term_starts"], arrays["term_heads"])
        return Postings(vocabulary, *(arrays[name] for name in ("starts", "entries", "tfs", "lengths")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SnapshotError("corrupt", is_damage=True) from error


def write_snapshot(postings: Postings, folder: Path, identity: Identity) -> None:
    """Writes postings for `open_snapshot`; then removes the other snapshots of the folder.

    Where two processes write the same one, the first to finish is kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=_MAKING, dir=folder))
    files = {name: _write(making / f"{name}.npy", array) for name, array in _arrays(postings).items()}
    manifest = {"made_from": _made_from(identity), "files": files}
    (making / _MANIFEST).write_text(json.dumps(manifest, indent=2), "utf-8")
    try:
        making.rename(folder / identity.name)
    except OSError:
        shutil.rmtree(making)
    for old in folder.iterdir():
        if old.name != identity.name and (not old.name.startswith(_MAKING) or _is_abandoned(old)):
            shutil.rmtree(old, ignore_errors=True)


def remove_snapshot(folder: Path, identity: Identity) -> None:
    """Takes a snapshot away, so that a new one can stand in its place; none is no error."""
    shutil.rmtree(folder / identity.name, ignore_errors=True)


def _is_abandoned(making: Path) -> bool:
    """Whether a process died while it wrote: no build takes a day."""
    return making.stat().st_mtime < time.time() - 24 * 3600


def _made_from(identity: Identity) -> dict[str, object]:
    return {"format": FORMAT, "analyzer": identity.analyzer, "entries": identity.entries}


def _arrays(postings: Postings) -> Arrays:
    vocabulary = postings.vocabulary
    return {
        "terms": vocabulary.text,
        "term_starts": vocabulary.starts,
        "term_heads": vocabulary.heads,
        "starts": postings.starts,
        "entries": postings.entries,
        "tfs": postings.tfs,
        "lengths": postings.lengths,
    }


def _write(path: Path, array: Array) -> dict[str, object]:
    """Writes an array through to the disk; its row of the manifest."""
    with path.open("wb") as file:
        np.save(file, array, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())
    state = path.stat()
    return {"bytes": state.st_size, "changed": state.st_mtime_ns, "sha256": _sha256(path)}


def _map(path: Path, row: Mapping[str, object]) -> Array:
    """An array of a snapshot, mapped and read-only.

    Raises:
        ValueError: the file is not the one that was written.
    """
    state = path.stat()
    as_written = state.st_size == row["bytes"] and state.st_mtime_ns == row["changed"]
    if not as_written and _sha256(path) != row["sha256"]:
        raise ValueError(path.name)
    array: Array = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    return array


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
