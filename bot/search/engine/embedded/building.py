"""The stored index of a corpus: opened if it is there, else made and stored.

Cutting texts into terms takes nearly all of the time, so only what is new is cut.
"""

import hashlib
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.errors import SnapshotError
from bot.locking import alone
from bot.search import segmentation
from bot.search.analysis import Analyzer
from bot.search.engine.embedded.counting import Progress, build, chunks_of, unseen
from bot.search.engine.embedded.postings import Postings, merge
from bot.search.engine.embedded.segment import Segment
from bot.search.engine.embedded.snapshot import (
    CHANGES,
    Identity,
    Snapshot,
    SnapshotContents,
    open_latest,
    open_snapshot,
    write_snapshot,
)
from bot.search.engine.embedded.splicing import Delta, delta_of, splice
from bot.search.entry import Batch, Entries

MOST_COUNTED_AT_ONCE = 1000
"""New entries that a process cuts into terms while it answers: a second's work."""

MOST_CHANGED = 16
"""Where more than one entry in so many has changed, the whole index is written anew."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Corpus:
    """The texts and the analysis from which an index is made, and the folder that keeps it."""

    batches: Sequence[Batch]
    analyzer: Analyzer
    folder: Path

    @property
    def analysis(self) -> str:
        """The digest of everything that decides which terms a text has."""
        return _analysis(self.analyzer.digest)

    @property
    def identity(self) -> Identity:
        """What tells the snapshot of this corpus from all others."""
        return Identity(self.analysis, SnapshotContents.of(self.batches))

    def of(self, delta: Delta) -> "Corpus":
        """The corpus of what was added since the latest snapshot. Its folder stands beside that snapshot."""
        return Corpus(delta.added, self.analyzer, self.folder / CHANGES)


@dataclass(frozen=True, slots=True)
class StoredIndex:
    """The index of a corpus: its latest snapshot as one segment, and what has changed since as another one.

    `name`: that of the snapshot, which holds the postings of the first segment. `stamp`: another one each
    time any of the files is written.
    """

    segments: Sequence[Segment]
    name: str
    stamp: object


def open_or_build(corpus: Corpus, progress: Progress = unseen) -> Snapshot:
    """The snapshot of a corpus; made anew and stored where there is none, or where it is of no use.

    Of several processes one makes it, and the others open what that one wrote. One line in the log says why
    it was made, and how many entries had to be cut into terms.
    """
    with alone(corpus.folder / ".writing"):
        try:
            return open_snapshot(corpus.folder, corpus.identity)
        except SnapshotError as error:
            postings = _postings_of(corpus, error, progress)
        try:
            write_snapshot(postings, corpus.folder, corpus.identity)
            return open_snapshot(corpus.folder, corpus.identity)
        except OSError as error:
            _log.error("index=not_stored reason=%s", error.strerror)  # a full disk does not stop the answers
            return Snapshot(postings, corpus.identity.contents, corpus.identity.name)


def open_segments(corpus: Corpus) -> StoredIndex:
    """The index of a corpus, in the time that its changes take, however large the rest of it is.

    What has changed since the latest snapshot is kept beside that snapshot, until all is written anew: by
    `open_or_build`, or here where the changes are no longer few.
    """
    with alone(corpus.folder / ".writing"):
        with suppress(SnapshotError):
            return whole(open_snapshot(corpus.folder, corpus.identity))
        with suppress(SnapshotError):
            latest = open_latest(corpus.folder, corpus.analysis)
            delta = delta_of(latest.contents, corpus.batches)
            if _is_small(delta):
                fresh = open_or_build(corpus.of(delta))
                segments = [Segment(latest.postings, delta.moved), Segment(fresh.postings, delta.places)]
                return StoredIndex(segments, latest.name, (latest.stamp, fresh.stamp))
    return whole(open_or_build(corpus))


def takes_long(corpus: Corpus) -> bool:
    """Whether `open_segments` would cut many entries into terms, or write the whole index again."""
    with suppress(SnapshotError):
        open_snapshot(corpus.folder, corpus.identity)
        return False
    with suppress(SnapshotError):
        latest = open_latest(corpus.folder, corpus.analysis)
        delta = delta_of(latest.contents, corpus.batches)
        return not _is_small(delta) or to_be_counted(corpus.of(delta)) > MOST_COUNTED_AT_ONCE
    return to_be_counted(corpus) > MOST_COUNTED_AT_ONCE


def to_be_counted(corpus: Corpus) -> int:
    """How many entries `open_or_build` would cut into terms; 0: a snapshot holds them all."""
    with suppress(SnapshotError):
        open_snapshot(corpus.folder, corpus.identity)
        return 0
    added = corpus.batches
    with suppress(SnapshotError):
        latest = open_latest(corpus.folder, corpus.analysis)
        added = delta_of(latest.contents, corpus.batches).added
    return sum(len(batch.entries) for batch in added)


def whole(snapshot: Snapshot) -> StoredIndex:
    """The index as one snapshot of all entries."""
    return StoredIndex([Segment(snapshot.postings)], snapshot.name, snapshot.stamp)


def _is_small(delta: Delta) -> bool:
    """Whether the changes are so few that questions do not become slower."""
    return delta.size <= max(MOST_COUNTED_AT_ONCE, delta.entries // MOST_CHANGED)


def _postings_of(corpus: Corpus, reason: SnapshotError, progress: Progress) -> Postings:
    """Postings from the latest snapshot and what has changed since; without a snapshot, from the texts."""
    try:
        latest = open_latest(corpus.folder, corpus.analysis)
    except SnapshotError as error:
        entries = tuple(Entries(corpus.batches))
        _report(corpus, error if error.is_damage else reason, len(entries), len(entries))
        return build(entries, corpus.analyzer, progress)
    delta = delta_of(latest.contents, corpus.batches)
    fresh = corpus.of(delta)
    if fresh.folder.exists():
        added = open_or_build(fresh).postings
    else:
        _report(corpus, reason, delta.entries, len(delta.places))
        added = merge(chunks_of(Entries(fresh.batches), corpus.analyzer, progress))
    return splice(latest.postings, delta, added)


def _report(corpus: Corpus, reason: SnapshotError, entries: int, counted: int) -> None:
    """Logs one line: what is made, how many entries it holds, how many of them must be cut into terms."""
    level = logging.WARNING if reason.is_damage else logging.INFO
    made = "changes" if corpus.folder.name == CHANGES else "rebuilt"
    _log.log(level, "index=%s entries=%d counted=%d reason=%s", made, entries, counted, reason)


@cache
def _analysis(analyzer: str) -> str:
    """SHA-256 of an analyzer's digest and the code that cuts in bulk: what older code counted is outdated."""
    folder = Path(segmentation.__file__).parent
    code = b"".join(file.read_bytes() for file in sorted(folder.glob("*.py")))
    return hashlib.sha256(code + analyzer.encode()).hexdigest()
