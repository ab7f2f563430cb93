"""Postings after a few entries changed: old ones are cut out of the arrays, new ones are put in.

That takes time linear in the size of the index, and only new texts are cut into terms. The result is, bit for
bit, what counting everything anew would give.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.search.arrays import Numbers
from bot.search.engine.embedded.postings import EntryNumbers, Postings, TermFrequencies, read_only
from bot.search.engine.embedded.snapshot import SnapshotContents
from bot.search.entry import Batch

GONE = np.iinfo(np.uint32).max
"""The new number of an entry that has left."""


@dataclass(frozen=True, slots=True)
class Delta:
    """How the entries of one index become those of another.

    `moved`: the new number of each old entry, GONE for one that leaves; entries that stay keep their order.
    `added`: the batches of new entries. `places`: the numbers of the new entries, ascending. Each new number
    stands once, in `moved` or in `places`.
    """

    moved: EntryNumbers
    added: Sequence[Batch]
    places: EntryNumbers

    @property
    def entries(self) -> int:
        """The number of entries afterwards."""
        return int((self.moved != GONE).sum()) + len(self.places)

    @property
    def size(self) -> int:
        """The number of entries that leave or are added."""
        return int((self.moved == GONE).sum()) + len(self.places)


def delta_of(old: SnapshotContents, batches: Sequence[Batch]) -> Delta:
    """What must change in an index so that it holds some batches.

    A batch that now stands behind another one that it used to precede is counted anew.
    """
    rows = old.rows()
    ends = np.cumsum([size for _, size in rows], dtype=np.int64).tolist()
    first = {digest: end - size for (digest, size), end in zip(rows, ends, strict=True)}
    moved = np.full(ends[-1] if ends else 0, GONE, np.uint32)
    added: list[Batch] = []
    places: list[int] = []
    passed = place = 0
    for batch in batches:
        size = len(batch.entries)
        start = first.get(batch.digest, -1)
        if size and start >= passed:
            passed = start + size
            moved[start:passed] = np.arange(place, place + size)
        else:
            added.append(batch)
            places.extend(range(place, place + size))
        place += size
    return Delta(moved, added, np.array(places, np.uint32))


def splice(old: Postings, delta: Delta, added: Postings) -> Postings:
    """The postings of the entries that stay and of those that are added, under their new numbers.

    Args:
        added: the postings of the added entries.
    """
    moved, places = delta.moved, delta.places
    entries, tfs, counts = _kept(old, moved)
    added_terms = added.vocabulary.terms()
    numbers = old.vocabulary.numbers(added_terms)
    used = counts > 0
    used[numbers[numbers >= 0]] = True
    new = [term for term, number in zip(added_terms, numbers.tolist(), strict=True) if number < 0]
    vocabulary, renumbered = old.vocabulary.changed(used, new)
    kept_counts, new_counts = np.zeros((2, len(vocabulary)), np.int64)
    kept_counts[renumbered[used]] = counts[used]
    new_counts[vocabulary.numbers(added_terms)] = np.diff(added.starts)
    new_entries = places[added.entries].astype(np.uint32)
    targets = _targets(entries, _starts(kept_counts), new_entries, _starts(new_counts))
    lengths = np.empty(delta.entries, np.uint32)
    lengths[moved[moved != GONE]] = old.lengths[moved != GONE]
    lengths[places] = added.lengths
    return read_only(
        Postings(
            vocabulary,
            _starts(kept_counts + new_counts),
            np.insert(entries, targets, new_entries),
            np.insert(tfs, targets, added.tfs),
            lengths,
        )
    )


def _kept(old: Postings, moved: EntryNumbers) -> tuple[EntryNumbers, TermFrequencies, Numbers]:
    """Entries and frequencies of the postings that stay, and the number of them for each term."""
    entries, counts = moved[old.entries], np.diff(old.starts)
    gone = np.flatnonzero(entries == GONE)
    terms = np.searchsorted(old.starts, gone, side="right") - 1
    return (
        np.delete(entries, gone),
        np.delete(old.tfs, gone),
        counts - np.bincount(terms, minlength=len(counts)),
    )


def _targets(
    entries: EntryNumbers, starts: Numbers, new_entries: EntryNumbers, new_starts: Numbers
) -> Numbers:
    """The place of each new posting among the kept ones, so that the entries of a term ascend."""
    targets = np.empty(len(new_entries), np.int64)
    for term in np.flatnonzero(np.diff(new_starts)).tolist():
        start, end = starts[term : term + 2].tolist()
        new = slice(*new_starts[term : term + 2].tolist())
        targets[new] = start + entries[start:end].searchsorted(new_entries[new])
    return targets


def _starts(counts: Numbers) -> Numbers:
    return np.append(0, np.cumsum(counts))
