"""Entries into postings, on all cores: cutting texts into words takes nearly all of the time."""

import hashlib
import logging
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from bot.errors import SnapshotError
from bot.search.analysis import Analyzer
from bot.search.entry import HEADING_WEIGHT, Entry
from bot.search.postings import Chunk, Postings, count, merge
from bot.search.snapshot import Identity, open_snapshot, remove_snapshot, write_snapshot

CHUNK = 500
"""Entries a chunk: a tenth of a second of cutting, so that cores end together and the bar moves."""

Progress = Callable[[Iterable[Chunk], int], Iterable[Chunk]]
"""Passes chunks on, and may show how far it is; the number is how many there will be."""


_log = logging.getLogger(__name__)


def _unseen(chunks: Iterable[Chunk], _: int) -> Iterable[Chunk]:
    return chunks


def open_or_build(
    entries: Sequence[Entry], analyzer: Analyzer, folder: Path, progress: Progress = _unseen
) -> Postings:
    """The postings of entries, from the snapshot in a folder; where it is of no use, built anew and stored.

    One line in the log says why.
    """
    identity = Identity(analyzer.digest, digest_of(entries))
    try:
        return open_snapshot(folder, identity)
    except SnapshotError as error:
        level = logging.WARNING if error.is_damage else logging.INFO
        _log.log(level, "index=rebuilt entries=%d reason=%s", len(entries), error)
    postings = build(entries, analyzer, progress)
    try:
        remove_snapshot(folder, identity)
        write_snapshot(postings, folder, identity)
    except OSError as error:
        _log.error("index=not_stored reason=%s", error.strerror)  # a full disk does not stop the answers
    return postings


def digest_of(entries: Iterable[Entry]) -> str:
    """SHA-256 of everything in entries that their postings depend on, and of their order."""
    digest = hashlib.sha256(f"headings ×{HEADING_WEIGHT}".encode())
    for entry in entries:
        digest.update(repr(entry).encode())
    return digest.hexdigest()


def build(entries: Sequence[Entry], analyzer: Analyzer, progress: Progress = _unseen) -> Postings:
    """The postings of entries, numbered in their order.

    On Linux one process a core counts when there is more than a chunk; elsewhere this process alone, as the
    analyzer is only inherited by a fork.
    """
    starts = range(0, len(entries), CHUNK)
    if len(starts) < 2 or sys.platform != "linux":
        return merge(list(progress((_count(entries, analyzer, start) for start in starts), len(starts))))
    fork = multiprocessing.get_context("fork")
    with fork.Pool(len(os.sched_getaffinity(0)), _Inherited.set, (entries, analyzer)) as pool:
        return merge(list(progress(pool.imap(_Inherited.count, starts), len(starts))))


def _count(entries: Sequence[Entry], analyzer: Analyzer, start: int) -> Chunk:
    """A chunk's postings. Neighbours share their headings, which are cut once."""
    terms = lru_cache(maxsize=64)(analyzer.terms)
    return count(entry.terms(terms) for entry in entries[start : start + CHUNK])


class _Inherited:
    """What a forked process counts from; pickling every text to it would take longer."""

    entries: Sequence[Entry]
    analyzer: Analyzer

    @classmethod
    def set(cls, entries: Sequence[Entry], analyzer: Analyzer) -> None:
        cls.entries, cls.analyzer = entries, analyzer

    @classmethod
    def count(cls, start: int) -> Chunk:
        return _count(cls.entries, cls.analyzer, start)
