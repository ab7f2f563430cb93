"""What can be found: a text under its headings, and the terms that it is found by."""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import overload

from bot.policy.clause import Role
from bot.policy.holding import Holding
from bot.policy.library import Library

HEADING_WEIGHT = 2
"""How often a title or heading counts. Chosen together with K1 and B; ×1 to ×3 are within 0.6 points."""

Terms = Callable[[str], list[str]]
"""The terms of a text, repeats kept."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A text that can be found, under the titles and headings that stand above it."""

    entry_id: str
    headings: tuple[str, ...]
    text: str

    @property
    def pieces(self) -> tuple[str, ...]:
        """The texts whose terms are those of the entry, each as often as it counts."""
        return (*(HEADING_WEIGHT * self.headings), self.text)

    def terms(self, terms: Terms) -> list[str]:
        """The terms of the text, and those of its headings HEADING_WEIGHT times."""
        headings = [term for heading in self.headings for term in terms(heading)]
        return HEADING_WEIGHT * headings + terms(self.text)


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries that change together: those of a document.

    `digest`: SHA-256 of everything in them that their postings depend on, and of their order.
    """

    digest: bytes
    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Batch":
        """A batch of entries."""
        entries = tuple(entries)
        digest = hashlib.sha256(f"headings ×{HEADING_WEIGHT}".encode())
        for entry in entries:
            digest.update(repr(entry).encode())
        return cls(digest.digest(), entries)


class Joined(Sequence[Entry]):
    """The entries of batches, one after another, without touching those that nobody asks for.

    A process that was forked shares the pages of whatever it does not touch.
    """

    def __init__(self, batches: Iterable[Batch]) -> None:
        self._batches = tuple(batches)
        self._ends = tuple(accumulate(len(batch.entries) for batch in self._batches))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

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
        number = bisect_right(self._ends, position)
        return self._batches[number].entries[position - self._ends[number]]


class Batches:
    """The batches of one library after another; those of documents that stay are not made again."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[Holding, Batch]] = {}

    def of(self, library: Library) -> Sequence[Batch]:
        """A batch a document, in their order."""
        self._made = {
            document_id: self._made_of(document_id, holding) for document_id, holding in library.by_id.items()
        }
        return [batch for _, batch in self._made.values()]

    def _made_of(self, document_id: str, holding: Holding) -> tuple[Holding, Batch]:
        made = self._made.get(document_id)
        return made if made and made[0] is holding else (holding, Batch.of(_entries(holding)))


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
