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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.errors import SnapshotError
from bot.search.entry import Batch
from bot.search.scoring.postings import Postings
from bot.search.scoring.vocabulary import Vocabulary

FORMAT = 2
"""Raised whenever the arrays change their meaning."""

_MANIFEST = "manifest.json"

_MAKING = ".making-"

CHANGES = ".changes"
"""Folder for what has changed since the snapshot beside it was written."""

Array = np.ndarray[Any, np.dtype[Any]]
Arrays = Mapping[str, Array]


@dataclass(frozen=True, slots=True)
class Batched:
    """Which batches of entries stand in an index, in their order: 32 bytes of `digests` and a size each."""

    digests: Array
    sizes: Array

    @classmethod
    def of(cls, batches: Iterable[Batch]) -> "Batched":
        """What an index of some batches holds."""
        batches = list(batches)
        digests = np.frombuffer(b"".join(batch.digest for batch in batches), np.uint8)
        return cls(digests, np.array([len(batch.entries) for batch in batches], np.uint32))

    def rows(self) -> list[tuple[bytes, int]]:
        """Digest and size of each batch."""
        joined = self.digests.tobytes()
        return [(joined[32 * i : 32 * i + 32], size) for i, size in enumerate(self.sizes.tolist())]


@dataclass(frozen=True, slots=True)
class Identity:
    """What a snapshot is made from: an analyzer with its word lists, by its digest, and batches."""

    analyzer: str
    batched: Batched

    @property
    def name(self) -> str:
        """The name of its folder."""
        digest = hashlib.sha256(f"{FORMAT} {self.analyzer} ".encode())
        digest.update(self.batched.digests.tobytes())
        return digest.hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Stored:
    """Postings, and what they were made from.

    `name` is that of their folder; `stamp` is another one when the files are written again.
    """

    postings: Postings
    batched: Batched
    name: str = ""
    stamp: object = None


def open_snapshot(folder: Path, identity: Identity) -> Stored:
    """The postings that a folder holds for an identity.

    A file with the size and the times of change that it was written with is taken as it is; otherwise its
    SHA-256 decides, which takes a second a gigabyte.

    Raises:
        SnapshotError: there is none, or it is unusable; build it anew.
    """
    home = folder / identity.name
    if not home.exists():
        raise SnapshotError("outdated" if _homes(folder) else "missing")
    return _open(home, identity.analyzer)


def open_latest(folder: Path, analyzer: str) -> Stored:
    """The snapshot that was written last, whatever entries it holds.

    Raises:
        SnapshotError: there is none by this analyzer, or it is unusable.
    """
    homes = _homes(folder)
    if not homes:
        raise SnapshotError("missing")
    return _open(max(homes, key=lambda home: home.stat().st_mtime_ns), analyzer)


def write_snapshot(postings: Postings, folder: Path, identity: Identity) -> None:
    """Writes postings for `open_snapshot`; then removes the other snapshots of the folder, and their changes.

    Raises:
        OSError: the disk does not take them; the other snapshots stay.
    """
    folder.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=_MAKING, dir=folder))
    try:
        arrays = _arrays(Stored(postings, identity.batched))
        files = {name: _write(making / f"{name}.npy", array) for name, array in arrays.items()}
        manifest = {"format": FORMAT, "analyzer": identity.analyzer, "name": identity.name, "files": files}
        (making / _MANIFEST).write_text(json.dumps(manifest, indent=2), "utf-8")
        home = folder / identity.name
        shutil.rmtree(home, ignore_errors=True)
        making.rename(home)
    except OSError:
        shutil.rmtree(making, ignore_errors=True)
        raise
    for old in folder.glob("*/"):
        if old != home and (not old.name.startswith(_MAKING) or _is_abandoned(old)):
            shutil.rmtree(old, ignore_errors=True)


def _homes(folder: Path) -> list[Path]:
    return list(folder.glob("[!.]*/"))


def _is_abandoned(making: Path) -> bool:
    """Whether a process died while it wrote: nobody writes for an hour."""
    return making.stat().st_mtime < time.time() - 3600


def _open(home: Path, analyzer: str) -> Stored:
    try:
        manifest = json.loads((home / _MANIFEST).read_text("utf-8"))
        if manifest["name"] != home.name:
            raise SnapshotError("foreign", is_damage=True)
        if (manifest["format"], manifest["analyzer"]) != (FORMAT, analyzer):
            raise SnapshotError("outdated")
        arrays = {name: _map(home / f"{name}.npy", row) for name, row in manifest["files"].items()}
        vocabulary = Vocabulary(arrays["terms"], arrays["term_starts"], arrays["term_heads"])
        postings = Postings(vocabulary, *(arrays[name] for name in ("starts", "entries", "tfs", "lengths")))
        batched = Batched(arrays["batch_digests"], arrays["batch_sizes"])
        return Stored(postings, batched, home.name, _state(home / _MANIFEST))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SnapshotError("corrupt", is_damage=True) from error


def _arrays(stored: Stored) -> Arrays:
    postings, vocabulary = stored.postings, stored.postings.vocabulary
    return {
        "terms": vocabulary.text,
        "term_starts": vocabulary.starts,
        "term_heads": vocabulary.heads,
        "starts": postings.starts,
        "entries": postings.entries,
        "tfs": postings.tfs,
        "lengths": postings.lengths,
        "batch_digests": stored.batched.digests,
        "batch_sizes": stored.batched.sizes,
    }


def _write(path: Path, array: Array) -> dict[str, object]:
    """Writes an array through to the disk; its row of the manifest."""
    with path.open("wb") as file:
        np.save(file, array, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())
    return {"state": _state(path), "sha256": _sha256(path)}


def _map(path: Path, row: Mapping[str, object]) -> Array:
    """An array of a snapshot, mapped and read-only.

    Raises:
        ValueError: the file is not the one that was written.
    """
    if _state(path) != row["state"] and _sha256(path) != row["sha256"]:
        raise ValueError(path.name)
    array: Array = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    return array


def _state(path: Path) -> list[int]:
    """Size and times of change of a file: another one when anybody wrote to it."""
    state = path.stat()
    return [state.st_size, state.st_mtime_ns, state.st_ctime_ns]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
