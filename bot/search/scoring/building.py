"""Entries into postings: opened where they are stored, else counted on all cores, and stored.

Cutting texts into words takes nearly all of the time, so only what is new is cut.
"""

import ctypes
import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SnapshotError
from bot.locking import alone
from bot.search.analysis import Analyzer
from bot.search.entry import Batch, Entry, Joined
from bot.search.scoring.counting import Counting, counting_for
from bot.search.scoring.postings import Chunk, Postings, merge
from bot.search.scoring.snapshot import Batched, Identity, Stored, open_latest, open_snapshot, write_snapshot
from bot.search.scoring.splicing import changes_of, splice

Progress = Callable[[Iterable[Chunk], int], Iterable[Chunk]]
"""Passes chunks on, and may show how far it is; the number is how many there will be."""

_PR_SET_PDEATHSIG = 1

_log = logging.getLogger(__name__)


def unseen(chunks: Iterable[Chunk], _: int) -> Iterable[Chunk]:
    """Shows nothing."""
    return chunks


@dataclass(frozen=True, slots=True)
class Source:
    """What postings are made from, and the folder that keeps them."""

    batches: Sequence[Batch]
    analyzer: Analyzer
    folder: Path

    @property
    def identity(self) -> Identity:
        """What tells their snapshot from all others."""
        return Identity(self.analyzer.digest, Batched.of(self.batches))


def open_or_build(source: Source, progress: Progress = unseen) -> Stored:
    """The postings of a source, from its snapshot; where that is of no use, made anew and stored.

    Of several processes one makes them, and the others open what it wrote. One line in the log says why they
    were made, and how many entries had to be cut into terms.
    """
    with alone(source.folder / ".writing"):
        try:
            return open_snapshot(source.folder, source.identity)
        except SnapshotError as error:
            postings = _made(source, error, progress)
        try:
            write_snapshot(postings, source.folder, source.identity)
            return open_snapshot(source.folder, source.identity)
        except OSError as error:
            _log.error("index=not_stored reason=%s", error.strerror)  # a full disk does not stop the answers
            return Stored(postings, source.identity.batched)


def to_be_counted(source: Source) -> int:
    """How many entries `open_or_build` would cut into terms; 0 where a snapshot holds them all."""
    with suppress(SnapshotError):
        open_snapshot(source.folder, source.identity)
        return 0
    try:
        latest = open_latest(source.folder, source.analyzer.digest)
    except SnapshotError:
        return sum(len(batch.entries) for batch in source.batches)
    return len(changes_of(latest.batched, source.batches).added)


def build(entries: Sequence[Entry], analyzer: Analyzer, progress: Progress = unseen) -> Postings:
    """The postings of entries, numbered in their order."""
    return merge(_counted(entries, analyzer, progress))


def _made(source: Source, reason: SnapshotError, progress: Progress) -> Postings:
    """Postings from the latest snapshot and what has changed since; from nothing, where there is none."""
    try:
        latest = open_latest(source.folder, source.analyzer.digest)
    except SnapshotError as error:
        entries = tuple(Joined(source.batches))
        _report(error if error.is_damage else reason, len(entries), len(entries))
        return build(entries, source.analyzer, progress)
    changes = changes_of(latest.batched, source.batches)
    _report(reason, changes.entries, len(changes.added))
    return splice(latest.postings, changes, merge(_counted(changes.added, source.analyzer, progress)))


def _report(reason: SnapshotError, entries: int, counted: int) -> None:
    level = logging.WARNING if reason.is_damage else logging.INFO
    _log.log(level, "index=rebuilt entries=%d counted=%d reason=%s", entries, counted, reason)


def _counted(entries: Sequence[Entry], analyzer: Analyzer, progress: Progress) -> list[Chunk]:
    """The chunks of entries.

    One process a core counts when there is more than a chunk; this process alone where it has threads, whose
    locks a fork would copy, and where it is not on Linux: only a fork inherits what counts.
    """
    counting = counting_for(len(entries), analyzer)
    starts = range(0, len(entries), counting.chunk)
    if len(starts) < 2 or sys.platform != "linux" or threading.active_count() > 1:
        return list(progress((_count(entries, counting, start) for start in starts), len(starts)))
    fork = multiprocessing.get_context("fork")
    inherited = (entries, counting, os.getpid())
    with fork.Pool(len(os.sched_getaffinity(0)), _Inherited.set, inherited) as pool:
        return list(progress(pool.imap(_Inherited.count, starts), len(starts)))


def _count(entries: Sequence[Entry], counting: Counting, start: int) -> Chunk:
    return counting.counter(entries[start : start + counting.chunk])


class _Inherited:
    """What a forked process counts from; pickling every text to it would take longer."""

    entries: Sequence[Entry]
    counting: Counting

    @classmethod
    def set(cls, entries: Sequence[Entry], counting: Counting, parent: int) -> None:
        """Also ties the process to its parent: orphaned, it would wait for ever, and keep the lock."""
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit()
        cls.entries, cls.counting = entries, counting

    @classmethod
    def count(cls, start: int) -> Chunk:
        return _count(cls.entries, cls.counting, start)
