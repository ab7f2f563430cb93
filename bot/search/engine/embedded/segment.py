"""A segment: postings of entries that were counted together, and where these stand in the library now.

An index has one segment or two: what was stored, and what has changed since.
"""

from collections.abc import Sequence

import numpy as np

from bot.search.arrays import Floats, Numbers, Table
from bot.search.engine.embedded.postings import EntryNumbers, Postings, places_of
from bot.search.engine.embedded.splicing import GONE

FEW = 20_000
"""Entries of a segment whose lists are read through to find some of them: faster than searching each list."""

Range = tuple[int, int]
"""The postings of a term in a segment, `start` … `end - 1`; 0 and 0 where the segment does not hold it."""

_NONE: EntryNumbers = np.empty(0, np.uint32)


class Segment:
    """Postings whose entries may have left, or stand at other positions of the library. Immutable.

    Args:
        moved: the position of each entry, ascending; GONE for one that has left. None: entry n stands at n.
        few: up to so many entries, lists are read through.
    """

    def __init__(self, postings: Postings, moved: EntryNumbers | None = None, few: int = FEW) -> None:
        self.postings = postings
        self._few = few
        self._moved = moved
        self.gone = np.zeros(len(postings.lengths), bool) if moved is None else moved == GONE
        self.gone.setflags(write=False)
        self._staying, self._taken = _NONE, _NONE
        if moved is not None:
            self._staying = np.flatnonzero(~self.gone).astype(np.uint32)
            self._taken = moved[self._staying]

    def __len__(self) -> int:
        """How many entries stay."""
        return len(self.gone) if self._moved is None else len(self._staying)

    @property
    def total_length(self) -> int:
        """The sum of the lengths of the entries that stay."""
        lengths = self.postings.lengths
        return int((lengths if self._moved is None else lengths[self._staying]).sum(dtype=np.int64))

    def ranges(self, terms: Sequence[str]) -> list[Range]:
        """Where the postings of each term stand."""
        numbers = self.postings.vocabulary.numbers(terms)
        starts, known = self.postings.starts, numbers >= 0
        firsts, ends = (np.where(known, starts[numbers + after], 0).tolist() for after in (0, 1))
        return list(zip(firsts, ends, strict=True))

    def holding(self, postings: Range) -> int:
        """The number of remaining entries that hold the term of some postings."""
        start, end = postings
        if len(self) == len(self.gone):
            return end - start
        return end - start - int(self.gone[self.postings.entries[start:end]].sum())

    def frequencies(self) -> dict[str, int]:
        """The number of remaining entries that hold each term; only terms that one of them holds."""
        starts, counts = self.postings.starts, np.diff(self.postings.starts)
        if len(self) < len(self.gone):
            left = np.flatnonzero(self.gone[self.postings.entries])
            terms = np.searchsorted(starts, left, side="right") - 1
            counts -= np.bincount(terms, minlength=len(counts))
        pairs = zip(self.postings.vocabulary.terms(), counts.tolist(), strict=True)
        return {term: count for term, count in pairs if count}

    def positions(self, entries: Numbers) -> Numbers:
        """The positions of remaining entries in the library."""
        return entries if self._moved is None else self._moved[entries].astype(np.int64)

    def entries_at(self, positions: Numbers) -> tuple[Numbers, Numbers]:
        """The entries of this segment at some positions of the library.

        Returns:
            The entries, and for each entry the index of its position among those that were asked for.
        """
        if self._moved is None:
            return positions, np.arange(len(positions))
        if len(self) == 0:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        asked = positions.astype(np.uint32)  # of another type, numpy would copy what is searched
        at = np.minimum(self._taken.searchsorted(asked), len(self) - 1)
        found = np.flatnonzero(self._taken[at] == asked)
        return self._staying[at[found]].astype(np.int64), found

    def tfs(self, lists: Sequence[Range], entries: Numbers) -> Table:
        """How often each term occurs in each entry: a row a term, a column an entry.

        Args:
            entries: no two the same.
        """
        tfs = np.zeros((len(lists), len(entries)))
        known = np.array([row for row, (_, end) in enumerate(lists) if end], np.int64)
        if len(known) and len(entries):
            read = self._read_through if len(self.gone) <= self._few else self._search
            read(tfs, known, [lists[row] for row in known], entries)
        return tfs

    def _read_through(self, tfs: Table, rows: Numbers, lists: Sequence[Range], entries: Numbers) -> None:
        """Fills in rows by reading every posting."""
        starts, ends = np.array(lists, np.int64).T
        places = places_of(starts, ends - starts)
        columns = np.full(len(self.gone), -1)
        columns[entries] = np.arange(len(entries))
        column = columns[self.postings.entries[places]]
        wanted = np.flatnonzero(column >= 0)
        row = np.repeat(rows, ends - starts)[wanted]
        tfs[row, column[wanted]] = self.postings.tfs[places[wanted]]

    def _search(self, tfs: Table, rows: Numbers, lists: Sequence[Range], entries: Numbers) -> None:
        """Fills in rows by looking up each entry in each list."""
        order = np.argsort(entries)
        asked = entries[order].astype(np.uint32)  # the type of the lists, or numpy copies them
        found = [start + self.postings.entries[start:end].searchsorted(asked) for start, end in lists]
        places = np.minimum(found, [[end - 1] for _, end in lists])
        holds = self.postings.entries[places] == asked
        tfs[rows[:, np.newaxis], order] = np.where(holds, self.postings.tfs[places], 0)

    def lengths(self, entries: Numbers) -> Floats:
        """The number of terms of each entry."""
        lengths: Floats = self.postings.lengths[entries].astype(np.float64)
        return lengths
