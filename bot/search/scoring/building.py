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
from bot.search.scoring.segment import Segment
from bot.search.scoring.snapshot import (
    CHANGES,
    Batched,
    Identity,
    Stored,
    open_latest,
    open_snapshot,
    write_snapshot,
)
from bot.search.scoring.splicing import Changes, changes_of, splice

MOST_COUNTED_AT_ONCE = 1000
"""New entries that a process cuts into terms while it answers, a second's work."""

MOST_CHANGED = 16
"""Where more than one entry in so many has changed, the whole index is written anew."""

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

    def of(self, changes: Changes) -> "Source":
        """What the changes since the latest snapshot add, and the folder beside it that keeps them."""
        return Source(changes.added, self.analyzer, self.folder / CHANGES)


@dataclass(frozen=True, slots=True)
class Opened:
    """The segments of a source: its latest snapshot, and what has changed since where anything has.

    `name` is that of the snapshot, which holds the first segment's postings; `stamp` is another one when any
    of their files are written again.
    """

    segments: Sequence[Segment]
    name: str
    stamp: object


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
            return Stored(postings, source.identity.batched, source.identity.name)


def open_segments(source: Source) -> Opened:
    """The postings of a source in the time that its changes take, however large the rest of it is.

    What has changed since the latest snapshot is kept beside it, until that is written anew: by
    `open_or_build`, or here if there are no longer only few changes.
    """
    with alone(source.folder / ".writing"):
        with suppress(SnapshotError):
            return whole(open_snapshot(source.folder, source.identity))
        with suppress(SnapshotError):
            latest = open_latest(source.folder, source.analyzer.digest)
            changes = changes_of(latest.batched, source.batches)
            if _are_few(changes):
                fresh = open_or_build(source.of(changes))
                segments = [Segment(latest.postings, changes.moved), Segment(fresh.postings, changes.places)]
                return Opened(segments, latest.name, (latest.stamp, fresh.stamp))
    return whole(open_or_build(source))


def takes_long(source: Source) -> bool:
    """Whether `open_segments` would cut many entries into terms, or write the whole index anew."""
    with suppress(SnapshotError):
        open_snapshot(source.folder, source.identity)
        return False
    with suppress(SnapshotError):
        latest = open_latest(source.folder, source.analyzer.digest)
        changes = changes_of(latest.batched, source.batches)
        return not _are_few(changes) or to_be_counted(source.of(changes)) > MOST_COUNTED_AT_ONCE
    return to_be_counted(source) > MOST_COUNTED_AT_ONCE


def to_be_counted(source: Source) -> int:
    """How many entries `open_or_build` would cut into terms; 0 where a snapshot holds them all."""
    with suppress(SnapshotError):
        open_snapshot(source.folder, source.identity)
        return 0
    added = source.batches
    with suppress(SnapshotError):
        latest = open_latest(source.folder, source.analyzer.digest)
        added = changes_of(latest.batched, source.batches).added
    return sum(len(batch.entries) for batch in added)


def _are_few(changes: Changes) -> bool:
    """Whether the changes cost a question nothing to speak of beside the rest."""
    return changes.size <= max(MOST_COUNTED_AT_ONCE, changes.entries // MOST_CHANGED)


def whole(stored: Stored) -> Opened:
    """Postings that hold everything, as the only segment."""
    return Opened([Segment(stored.postings)], stored.name, stored.stamp)


def build(entries: Sequence[Entry], analyzer: Analyzer, progress: Progress = unseen) -> Postings:
    """The postings of entries, numbered in their order."""
    return merge(_counted(entries, analyzer, progress))


def _made(source: Source, reason: SnapshotError, progress: Progress) -> Postings:
    """Postings from the latest snapshot and what has changed since; from nothing, where there is none."""
    try:
        latest = open_latest(source.folder, source.analyzer.digest)
    except SnapshotError as error:
        entries = tuple(Joined(source.batches))
        _report(source, error if error.is_damage else reason, len(entries), len(entries))
        return build(entries, source.analyzer, progress)
    changes = changes_of(latest.batched, source.batches)
    fresh = source.of(changes)
    if fresh.folder.exists():
        added = open_or_build(fresh).postings
    else:
        _report(source, reason, changes.entries, len(changes.places))
        added = merge(_counted(Joined(fresh.batches), source.analyzer, progress))
    return splice(latest.postings, changes, added)


def _report(source: Source, reason: SnapshotError, entries: int, counted: int) -> None:
    """One line: what is made, how many entries it holds, and how many of them are cut into terms for it."""
    level = logging.WARNING if reason.is_damage else logging.INFO
    made = "changes" if source.folder.name == CHANGES else "rebuilt"
    _log.log(level, "index=%s entries=%d counted=%d reason=%s", made, entries, counted, reason)


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
