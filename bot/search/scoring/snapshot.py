"""Postings on disk: written once, checked when they are opened, mapped into memory and shared by processes.

A snapshot is a sealed folder named after what it was made from, with one .npy file an array.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.errors import SnapshotError
from bot.search.entry import Batch
from bot.search.scoring.postings import Postings
from bot.search.scoring.vocabulary import Vocabulary
from bot.search.sealing import About, check_sealed, homes, stamp_of, write_sealed

FORMAT = 3
"""Raised whenever the arrays change their meaning."""

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
    name: str
    stamp: object = None


def open_snapshot(folder: Path, identity: Identity) -> Stored:
    """The postings that a folder holds for an identity.

    Raises:
        SnapshotError: there is none, or it is unusable; build it anew.
    """
    return _open(folder / identity.name, identity.analyzer)


def open_latest(folder: Path, analyzer: str) -> Stored:
    """The snapshot that was written last, whatever entries it holds.

    Raises:
        SnapshotError: there is none by this analyzer, or it is unusable.
    """
    found = homes(folder)
    if not found:
        raise SnapshotError("missing")
    return _open(max(found, key=lambda home: home.stat().st_mtime_ns), analyzer)


def write_snapshot(postings: Postings, folder: Path, identity: Identity) -> None:
    """Writes postings for `open_snapshot`; then removes the other snapshots of the folder, and their changes.

    Raises:
        OSError: the disk does not take them; the other snapshots stay.
    """

    def save(home: Path) -> None:
        for name, array in _arrays(Stored(postings, identity.batched, identity.name)).items():
            np.save(home / f"{name}.npy", array, allow_pickle=False)

    write_sealed(folder / identity.name, _about(identity.analyzer), save)


def _about(analyzer: str) -> About:
    return {"format": FORMAT, "analyzer": analyzer}


def _open(home: Path, analyzer: str) -> Stored:
    check_sealed(home, _about(analyzer))
    try:
        arrays = {path.stem: _map(path) for path in home.glob("*.npy")}
        vocabulary = Vocabulary(arrays["terms"], arrays["term_starts"], arrays["term_heads"])
        postings = Postings(vocabulary, *(arrays[name] for name in ("starts", "entries", "tfs", "lengths")))
        batched = Batched(arrays["batch_digests"], arrays["batch_sizes"])
        return Stored(postings, batched, home.name, stamp_of(home))
    except (OSError, ValueError, KeyError) as error:
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


def _map(path: Path) -> Array:
    """An array of a snapshot, mapped and read-only."""
    array: Array = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    return array
