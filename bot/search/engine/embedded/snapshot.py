"""Postings on disk: written once, checked when opened, mapped into memory and shared by processes.

A snapshot is a sealed folder with one .npy file for each array. Its name says what it was made from.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.errors import SnapshotError
from bot.search.engine.embedded.postings import Postings
from bot.search.engine.embedded.vocabulary import Vocabulary
from bot.search.entry import Batch
from bot.search.sealing import About, check_sealed, homes, stamp_of, write_sealed

FORMAT = 3
"""Raised whenever the arrays change their meaning."""

CHANGES = ".changes"
"""Folder for the snapshot of what has changed since the snapshot beside the folder was written."""

Array = np.ndarray[Any, np.dtype[Any]]
Arrays = Mapping[str, Array]


@dataclass(frozen=True, slots=True)
class SnapshotContents:
    """The batches in a snapshot, in their order: 32 bytes of `digests` and a size for each."""

    digests: Array
    sizes: Array

    @classmethod
    def of(cls, batches: Iterable[Batch]) -> "SnapshotContents":
        """The contents of a snapshot of some batches."""
        batches = list(batches)
        digests = np.frombuffer(b"".join(batch.digest for batch in batches), np.uint8)
        return cls(digests, np.array([len(batch.entries) for batch in batches], np.uint32))

    def rows(self) -> list[tuple[bytes, int]]:
        """Digest and size of each batch."""
        joined = self.digests.tobytes()
        return [(joined[32 * i : 32 * i + 32], size) for i, size in enumerate(self.sizes.tolist())]


@dataclass(frozen=True, slots=True)
class Identity:
    """The identity of a snapshot: its batches, and the digest of the code that cuts them into terms."""

    analysis: str
    contents: SnapshotContents

    @property
    def name(self) -> str:
        """The name of the snapshot's folder."""
        digest = hashlib.sha256(f"{FORMAT} {self.analysis} ".encode())
        digest.update(self.contents.digests.tobytes())
        return digest.hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Postings, and the identity from which they were made.

    `name`: that of the folder. `stamp`: another one each time the files are written.
    """

    postings: Postings
    contents: SnapshotContents
    name: str
    stamp: object = None


def open_snapshot(folder: Path, identity: Identity) -> Snapshot:
    """The snapshot that a folder holds of an identity.

    Raises:
        SnapshotError: there is none, or it is unusable; build it anew.
    """
    return _open(folder / identity.name, identity.analysis)


def open_latest(folder: Path, analysis: str) -> Snapshot:
    """The snapshot that was written last, whatever entries it holds.

    Raises:
        SnapshotError: there is none by this analysis, or it is unusable.
    """
    found = homes(folder)
    if not found:
        raise SnapshotError("missing")
    return _open(max(found, key=lambda home: home.stat().st_mtime_ns), analysis)


def write_snapshot(postings: Postings, folder: Path, identity: Identity) -> None:
    """Writes a snapshot for `open_snapshot`; then removes all others of the folder, and their changes.

    Raises:
        OSError: the disk does not take it; the other snapshots stay.
    """

    def save(home: Path) -> None:
        for name, array in _arrays(postings, identity.contents).items():
            np.save(home / f"{name}.npy", array, allow_pickle=False)

    write_sealed(folder / identity.name, _about(identity.analysis), save)


def _about(analysis: str) -> About:
    return {"format": FORMAT, "analyzer": analysis}


def _open(home: Path, analysis: str) -> Snapshot:
    check_sealed(home, _about(analysis))
    try:
        arrays = {path.stem: _map(path) for path in home.glob("*.npy")}
        vocabulary = Vocabulary(arrays["terms"], arrays["term_starts"], arrays["term_heads"])
        postings = Postings(vocabulary, *(arrays[name] for name in ("starts", "entries", "tfs", "lengths")))
        contents = SnapshotContents(arrays["batch_digests"], arrays["batch_sizes"])
        return Snapshot(postings, contents, home.name, stamp_of(home))
    except (OSError, ValueError, KeyError) as error:
        raise SnapshotError("corrupt", is_damage=True) from error


def _arrays(postings: Postings, contents: SnapshotContents) -> Arrays:
    vocabulary = postings.vocabulary
    return {
        "terms": vocabulary.text,
        "term_starts": vocabulary.starts,
        "term_heads": vocabulary.heads,
        "starts": postings.starts,
        "entries": postings.entries,
        "tfs": postings.tfs,
        "lengths": postings.lengths,
        "batch_digests": contents.digests,
        "batch_sizes": contents.sizes,
    }


def _map(path: Path) -> Array:
    """An array of a snapshot, mapped and read-only."""
    array: Array = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    return array
