"""An entry of the index: a text under its headings, and the terms by which it is found."""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from typing import overload

from bot.policy.clause import Role, document_of
from bot.policy.holding import Holding
from bot.policy.library import Library

HEADING_WEIGHT = 2
"""How often a title or heading counts. Chosen together with K1 and B; ×1 to ×3 are within 0.6 points."""

MOST_REMEMBERED = 20_000
"""Ids and positions that are remembered: 2 MB."""

Terms = Callable[[str], list[str]]
"""The terms of a text, repeats kept."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A text that can be found, under its titles and headings."""

    entry_id: str
    headings: tuple[str, ...]
    text: str

    @property
    def pieces(self) -> tuple[str, ...]:
        """The texts whose terms are those of the entry, each as often as it counts."""
        return (*(HEADING_WEIGHT * self.headings), self.text)

    def terms(self, terms: Terms) -> list[str]:
        """The terms of the text once, and those of its headings HEADING_WEIGHT times."""
        headings = [term for heading in self.headings for term in terms(heading)]
        return HEADING_WEIGHT * headings + terms(self.text)


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries that change together: those of a document.

    `digest`: SHA-256 of everything in the entries that their postings depend on, and of their order.
    `document_id`: the ids of the entries are `<document_id>:…`; empty where they are of any other form.
    """

    digest: bytes
    entries: tuple[Entry, ...]
    document_id: str = ""

    @classmethod
    def of(cls, entries: Iterable[Entry], document_id: str = "") -> "Batch":
        """A batch of entries."""
        entries = tuple(entries)
        digest = hashlib.sha256(f"headings ×{HEADING_WEIGHT}".encode())
        for entry in entries:
            digest.update(repr(entry).encode())
        return cls(digest.digest(), entries, document_id)


class Entries(Sequence[Entry]):
    """The entries of batches, one after another: the order of the library.

    Immutable but for what it remembers; threads may share it. Only entries that are asked for are touched,
    because forked processes share the pages that none of them touches. A dictionary of all ids would cost
    every process 60 MB for a million entries. So an id is looked for among the entries of its document, and
    its position is remembered.
    """

    def __init__(self, batches: Iterable[Batch]) -> None:
        self._batches = tuple(batches)
        self._starts = tuple(accumulate((len(batch.entries) for batch in self._batches), initial=0))
        self._numbers = {batch.document_id: n for n, batch in enumerate(self._batches) if batch.document_id}
        self._remembered: dict[str, int] = {}
        self._ids_at: dict[int, str] = {}

    @property
    def batches(self) -> Sequence[Batch]:
        """The batches, in their order."""
        return self._batches

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Entries":
        """Some entries in their order."""
        return entries if isinstance(entries, cls) else cls([Batch.of(entries)])

    def __len__(self) -> int:
        return self._starts[-1]

    def __iter__(self) -> Iterator[Entry]:
        return chain.from_iterable(batch.entries for batch in self._batches)

    @overload
    def __getitem__(self, position: int) -> Entry: ...

    @overload
    def __getitem__(self, position: slice) -> Sequence[Entry]: ...

    def __getitem__(self, position: int | slice) -> Entry | Sequence[Entry]:
        if isinstance(position, slice):
            return [self[place] for place in range(*position.indices(len(self)))]
        if not 0 <= position < len(self):
            raise IndexError(position)
        number = bisect_right(self._starts, position) - 1
        return self._batches[number].entries[position - self._starts[number]]

    def ids(self, positions: Sequence[int]) -> list[str]:
        """The ids at some positions. Ids and positions are remembered."""
        remembered = self._ids_at
        try:
            return list(map(remembered.__getitem__, positions))
        except KeyError:
            return self._ids_looked_up(positions)

    def _ids_looked_up(self, positions: Sequence[int]) -> list[str]:
        starts, batches = self._starts, self._batches
        ids = [
            batches[n := bisect_right(starts, position) - 1].entries[position - starts[n]].entry_id
            for position in positions
        ]
        self._remember(ids, positions)
        return ids

    def positions(self, entry_ids: Sequence[str]) -> list[int]:
        """The position of each of some entries.

        Raises:
            KeyError: there is no such entry.
        """
        remembered = self._remembered
        try:
            return list(map(remembered.__getitem__, entry_ids))
        except KeyError:
            positions = [self._position(entry_id) for entry_id in entry_ids]
            self._remember(entry_ids, positions)
            return positions

    def with_id(self, entry_id: str) -> Entry:
        """The entry that has an id.

        Raises:
            KeyError: there is no such entry.
        """
        return self[self.positions([entry_id])[0]]

    def _position(self, entry_id: str) -> int:
        remembered = self._remembered.get(entry_id)
        if remembered is not None:
            return remembered
        number = self._numbers.get(document_of(entry_id))
        if number is not None:
            for place, entry in enumerate(self._batches[number].entries):
                if entry.entry_id == entry_id:
                    return self._starts[number] + place
        return self._others[entry_id]

    @cached_property
    def _others(self) -> Mapping[str, int]:
        """The positions of entries that belong to no document: in evaluation collections and tests."""
        return {
            entry.entry_id: start + place
            for start, batch in zip(self._starts, self._batches, strict=False)
            if not batch.document_id
            for place, entry in enumerate(batch.entries)
        }

    def _remember(self, entry_ids: Sequence[str], positions: Sequence[int]) -> None:
        if len(self._remembered) + len(entry_ids) > MOST_REMEMBERED:
            self._remembered, self._ids_at = {}, {}
        self._remembered.update(zip(entry_ids, positions, strict=True))
        self._ids_at.update(zip(positions, entry_ids, strict=True))


class Batches:
    """Makes the batches of each library in turn. The batch of a document that has not changed is kept."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[Holding, Batch]] = {}

    def of(self, library: Library) -> Sequence[Batch]:
        """A batch for each document, in their order."""
        self._made = {
            document_id: self._made_of(document_id, holding) for document_id, holding in library.by_id.items()
        }
        return [batch for _, batch in self._made.values()]

    def _made_of(self, document_id: str, holding: Holding) -> tuple[Holding, Batch]:
        made = self._made.get(document_id)
        if made and made[0] is holding:
            return made
        return holding, Batch.of(_entries(holding), document_id)


def entries_of(library: Library) -> Iterable[Entry]:
    """One entry for each clause, under its document's title, what it reports on, and its headings."""
    for holding in library.holdings:
        yield from _entries(holding)


def _entries(holding: Holding) -> Iterable[Entry]:
    document = holding.document
    for clause in holding.outline.clauses:
        headings = [piece.text for piece in clause.context if piece.role is Role.HEADING]
        above = [document.title, *([document.reports_on] if document.reports_on else []), *headings]
        yield Entry(clause.clause_id, tuple(above), clause.text)
