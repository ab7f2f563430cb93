"""Publishing: puts an edition into the cluster, whole or as a few changes, and then marks it as there."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TypeVar

import numpy as np

from bot.errors import ClusterError
from bot.search.engine.embedded.building import MOST_CHANGED, MOST_COUNTED_AT_ONCE, Corpus
from bot.search.engine.embedded.counting import Progress, chunks_of, unseen
from bot.search.engine.embedded.postings import Chunk, merge
from bot.search.engine.embedded.snapshot import SnapshotContents
from bot.search.engine.opensearch.cluster import ADMIN_PATIENCE, Json
from bot.search.engine.opensearch.editions import (
    CURRENT,
    FORMAT,
    Base,
    EditionManifest,
    Editions,
    base_settings,
    batch_key,
    changes_of,
    changes_settings,
    document,
    entry_key,
    mappings,
)
from bot.search.engine.opensearch.lease import Lease, leased
from bot.search.engine.opensearch.statistics import BaseStatistics
from bot.search.engine.opensearch.sweeping import sweep
from bot.search.entry import Batch, Entries

AT_ONCE = 500
"""Entries that are sent at once: about a megabyte."""

READ_FOR = 120.0
"""Seconds after which a base that nobody says to read is removed."""

SWEEP_EVERY = 60.0

PAUSES = (0.5, 1, 2, 4, 8, 16)
"""Seconds until entries are sent again that nodes did not take: a million in a row fill their memory."""

LONGEST_WAIT = 20
MOST_WAITS = 15
"""How many times so many seconds a new base is waited for to be copied."""

_TOO_MANY = 429

T = TypeVar("T")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BaseChange:
    """The change from a base to an edition.

    The names of batches that leave, and the batches that are added.
    """

    gone: Mapping[str, int]
    added: Mapping[str, Batch]

    @property
    def size(self) -> int:
        """The number of entries that leave or are added."""
        return sum(self.gone.values()) + sum(len(batch.entries) for batch in self.added.values())

    @classmethod
    def of(cls, base: Base, batches: Sequence[Batch]) -> "BaseChange":
        """The change since a base was made."""
        held = base.sizes
        now = {batch_key(batch.digest): batch for batch in batches if batch.entries}
        return cls(
            {key: size for key, size in held.items() if key not in now},
            {key: batch for key, batch in now.items() if key not in held},
        )


class Publisher:
    """Puts editions into a cluster. One front end does this, and the others find the result.

    Args:
        owner: another one for each front end.
        now: seconds since 1970.
        sleep: waits some seconds.
    """

    def __init__(
        self,
        editions: Editions,
        owner: str,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._editions = editions
        self._cluster = editions.cluster
        self._lease = Lease(editions, owner, now)
        self._now = now
        self._sleep = sleep
        self._swept = 0.0

    def takes_long(self, corpus: Corpus) -> bool:
        """Whether `publish` would send many entries."""
        base = self._current_base(corpus)
        if base and _is_small(BaseChange.of(base, corpus.batches), corpus):
            return False
        return sum(len(batch.entries) for batch in corpus.batches) > MOST_COUNTED_AT_ONCE

    def publish(self, corpus: Corpus, progress: Progress = unseen) -> EditionManifest | None:
        """The manifest of an edition, which the cluster now holds; None: another front end is at work.

        Raises:
            ClusterError: the cluster does not take it. What was sent stays: the next try goes on from there.
        """
        self._editions.prepare()
        with leased(self._lease) as is_ours:
            if not is_ours:
                return None
            name = corpus.identity.name
            base = self._current_base(corpus)
            manifest = self._editions.manifest(name)
            if manifest is None or self._editions.base(manifest.base) is None:
                change = BaseChange.of(base, corpus.batches) if base else None
                if base and change and _is_small(change, corpus):
                    manifest = self._changed(name, base, change, corpus)
                else:
                    base = self._made_base(corpus, progress)
                    counted = base.statistics
                    manifest = EditionManifest(name, base.index, counted.entries, counted.length)
            current = self._editions.get(CURRENT)
            self._editions.put_manifest(manifest)
            if current is None or current["base"] != manifest.base:
                self._swap(manifest.base)
                self.say_read(manifest.base)
            self._sweep(manifest.base)
            return manifest

    def say_read(self, base: str) -> None:
        """Tells the cluster that this process answers from a base, so that the base stays."""
        self._editions.put(f"reader:{base}:{self._lease.owner}", {"base": base, "reader_at": self._now()})

    def _current_base(self, corpus: Corpus) -> Base | None:
        """The base of the last published edition; None: there is none with this analysis."""
        current = self._editions.get(CURRENT)
        base = self._editions.base(current["base"]) if current else None
        return base if base and base.analysis == corpus.analysis else None

    def _changed(self, name: str, base: Base, change: BaseChange, corpus: Corpus) -> EditionManifest:
        """The manifest of an edition whose new entries stand beside the base."""
        terms = corpus.analyzer.terms
        rows: list[tuple[str, Json]] = []
        more: Counter[str] = Counter()
        length, entries = base.statistics.length, base.statistics.entries
        for key, batch in change.added.items():
            for number, entry in enumerate(batch.entries):
                held = entry.terms(terms)
                rows.append(document(key, number, held))
                more.update(set(held))
                length, entries = length + len(held), entries + 1
        for held in self._held(base, change.gone):
            more.subtract(set(held))
            length, entries = length - len(held), entries - 1
        self._cluster.create_all(changes_of(base.index), rows, refresh=True)
        changes = {term: count for term, count in more.items() if count}
        _log.info("search=changed entries=%d added=%d", entries, len(rows))
        return EditionManifest(
            name, base.index, entries, length, tuple(change.gone), tuple(change.added), changes
        )

    def _held(self, base: Base, gone: Mapping[str, int]) -> Iterator[list[str]]:
        """The terms of entries of a base."""
        keys = [entry_key(key, number) for key, size in gone.items() for number in range(size)]
        for some in _portions(keys):
            found = self._cluster.sources((base.index, key) for key in some)
            if len(found) < len(some):
                raise ClusterError("incomplete")
            yield from (source["terms"].split() for source in found.values())

    def _made_base(self, corpus: Corpus, progress: Progress) -> Base:
        """A base with all entries. An unfinished one is continued."""
        index = f"{self._cluster.name}-{FORMAT}-{corpus.identity.name[:16]}"
        entries = Entries(corpus.batches)
        is_large = len(entries) > MOST_COUNTED_AT_ONCE
        settings = dict(base_settings(len(entries)))
        if is_large:  # a copy is made at the end, which takes half of the work
            settings |= {"auto_expand_replicas": False, "number_of_replicas": 0, "refresh_interval": "-1"}
        self._editions.make_index(index, settings, mappings())
        sent = (self._editions.get(f"progress:{index}") or {"sent": 0})["sent"]
        _log.info("search=published_whole entries=%d begins_at=%d", len(entries), sent)
        keys = _keys(corpus.batches)

        def sending(chunks: Iterable[Chunk], total: int) -> Iterator[Chunk]:
            done = 0
            for chunk in progress(chunks, total):
                rows = zip(islice(keys, len(chunk.lengths)), _texts(chunk), strict=True)
                done += len(chunk.lengths)
                if done > sent:
                    self._send(index, (row for row in rows), done)
                else:
                    list(rows)
                yield chunk

        chunks = chunks_of(entries, corpus.analyzer, sending)
        base = Base(
            index, corpus.analysis, SnapshotContents.of(corpus.batches), BaseStatistics.of(merge(chunks))
        )
        self._editions.make_index(
            changes_of(index), changes_settings(base.statistics.length_norm), mappings()
        )
        self._finish(index)
        self._editions.put_base(base)
        return base

    def _send(self, index: str, rows: Iterable[tuple[tuple[str, int], list[str]]], done: int) -> None:
        """Sends entries and counts them."""
        for some in _portions(list(rows)):
            self._send_patiently(index, [document(key, number, held) for (key, number), held in some])
        self._lease.renew()
        self._editions.put(f"progress:{index}", {"base": index, "sent": done})

    def _send_patiently(self, index: str, rows: Sequence[tuple[str, Json]]) -> None:
        """Sends entries; tries again after a pause if the nodes are overloaded."""
        for pause in PAUSES:
            try:
                return self._cluster.create_all(index, rows)
            except ClusterError as error:
                if error.status != _TOO_MANY and error.reason != "timeout":
                    raise
                self._sleep(pause)
        return self._cluster.create_all(index, rows)

    def _finish(self, index: str) -> None:
        """Makes the sent entries searchable, and copies them to every node with data.

        Where a copy takes longer than a few minutes, the edition is used without it.
        """
        settings = {"auto_expand_replicas": "0-all", "refresh_interval": None}
        self._cluster.ask("PUT", f"/{index}/_settings", {"index": settings}, seconds=ADMIN_PATIENCE)
        self._cluster.ask("POST", f"/{index}/_refresh", seconds=ADMIN_PATIENCE)
        for _ in range(MOST_WAITS):
            self._lease.renew()
            if self._cluster.is_green(index, LONGEST_WAIT):
                return
        _log.warning("search=not_copied_yet index=%s", index)

    def _sweep(self, current: str) -> None:
        """Removes what no process reads, at most once a minute."""
        if self._now() - self._swept >= SWEEP_EVERY:
            self._swept = self._now()
            sweep(self._editions, current, self._now() - READ_FOR)

    def _swap(self, base: str) -> None:
        """Points the alias at this base and its changes only, in one step."""
        name = self._cluster.name
        actions: list[Json] = [
            {"remove": {"index": f"{name}-*", "alias": name, "must_exist": False}},
            *({"add": {"index": index, "alias": name}} for index in (base, changes_of(base))),
        ]
        self._cluster.ask("POST", "/_aliases", {"actions": actions}, seconds=ADMIN_PATIENCE)


def _is_small(change: BaseChange, corpus: Corpus) -> bool:
    """Whether a change is small enough to stand beside a base, by the measure of the embedded index."""
    entries = sum(len(batch.entries) for batch in corpus.batches)
    return change.size <= max(MOST_COUNTED_AT_ONCE, entries // MOST_CHANGED)


def _keys(batches: Iterable[Batch]) -> Iterator[tuple[str, int]]:
    """The batch and number of each entry."""
    return ((batch_key(batch.digest), number) for batch in batches for number in range(len(batch.entries)))


def _texts(chunk: Chunk) -> Iterator[list[str]]:
    """The terms of each entry of a chunk, each as often as it occurs; their order has no meaning."""
    numbers = np.repeat(np.arange(len(chunk.terms)), chunk.counts)
    order = np.argsort(chunk.entries, kind="stable")
    numbers, tfs = numbers[order].tolist(), chunk.tfs[order].tolist()
    starts = np.searchsorted(chunk.entries[order], np.arange(len(chunk.lengths) + 1)).tolist()
    for start, end in pairwise(starts):
        held = zip(numbers[start:end], tfs[start:end], strict=True)
        yield [chunk.terms[number] for number, tf in held for _ in range(tf)]


def _portions(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
