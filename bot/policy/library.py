"""The library: all documents of the knowledge folder, divided into clauses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from bot.errors import DocumentError
from bot.policy.anchor import ROOT, Anchor
from bot.policy.clause import Clause, document_of
from bot.policy.document import Document
from bot.policy.force.supersession import supersessions
from bot.policy.force.validity import LegalForce, Validity
from bot.policy.holding import Holding
from bot.policy.jurisdiction import Jurisdiction, jurisdiction_of
from bot.policy.references.catalogue import Catalogue
from bot.policy.references.reference import Reference
from bot.policy.references.resolution import read_references

MOST_REMEMBERED = 8192
"""Clauses whose references are remembered: reading them took as long as finding the clause."""

_MOST_DAYS = 8


class _Clauses(Mapping[str, Clause]):
    """Clause id → clause, in document and text order. Looks only into the document of the id."""

    def __init__(self, holdings: Mapping[str, Holding]) -> None:
        self._holdings = holdings

    def __getitem__(self, clause_id: str) -> Clause:
        return self._holdings[document_of(clause_id)].clauses[clause_id]

    def __iter__(self) -> Iterator[str]:
        for holding in self._holdings.values():
            yield from holding.clauses

    def __len__(self) -> int:
        return sum(len(holding.outline.clauses) for holding in self._holdings.values())


@dataclass(frozen=True)
class Library:
    """Documents in order of their ids, and the files that could not be read. Immutable.

    If a file is broken, the last good version of the document may be held.
    """

    holdings: tuple[Holding, ...]
    broken: tuple[DocumentError, ...] = ()

    @classmethod
    def of(cls, documents: Iterable[Document], broken: Iterable[DocumentError] = ()) -> "Library":
        """A library of documents."""
        return cls.holding((Holding.of(document) for document in documents), broken)

    @classmethod
    def holding(cls, holdings: Iterable[Holding], broken: Iterable[DocumentError] = ()) -> "Library":
        """A library of documents that are divided already."""
        ordered = sorted(holdings, key=lambda holding: holding.document.document_id)
        return cls(tuple(ordered), tuple(broken))

    def clauses(self) -> Iterator[tuple[Document, Clause]]:
        """All clauses, each with its document, in document and text order."""
        for holding in self.holdings:
            for clause in holding.outline.clauses:
                yield holding.document, clause

    @cached_property
    def by_id(self) -> Mapping[str, Holding]:
        """Document id → the document with its outline."""
        return {holding.document.document_id: holding for holding in self.holdings}

    @cached_property
    def clauses_by_id(self) -> Mapping[str, Clause]:
        """Clause id → clause."""
        return _Clauses(self.by_id)

    @cached_property
    def validity(self) -> Mapping[str, Validity]:
        """Document id → when the document is in force, and what ends it."""
        own = {document_id: holding.validity for document_id, holding in self.by_id.items()}
        ended = supersessions(holding.enactment for holding in self.holdings)
        return own | {
            document_id: replace(own[document_id], superseded=ends) for document_id, ends in ended.items()
        }

    def not_wholly_in_force(self, on: date) -> frozenset[str]:
        """The ids of the documents of which something may not be in force on a day. Few are."""
        remembered = self._not_wholly_in_force
        found = remembered.get(on)
        if found is None:
            late = (LegalForce.NOT_IN_FORCE, LegalForce.PENDING)
            found = frozenset(
                document_id
                for document_id, validity in self.validity.items()
                if validity.superseded or validity.force(on) in late
            )
            if len(remembered) >= _MOST_DAYS:
                remembered.clear()
            remembered[on] = found
        return found

    @cached_property
    def _not_wholly_in_force(self) -> dict[date, frozenset[str]]:
        return {}

    @cached_property
    def jurisdictions(self) -> Mapping[str, Jurisdiction]:
        """Document id → where the document applies.

        A document that says nothing applies in the whole country.
        """
        return {
            document_id: jurisdiction_of(holding.document.jurisdiction)
            for document_id, holding in self.by_id.items()
        }

    def references(self, clause: Clause) -> tuple[Reference, ...]:
        """What a clause refers to, in text order. What was read lately is remembered."""
        remembered = self._references
        found = remembered.get(clause.clause_id)
        if found is None or found[0] is not clause:
            found = clause, read_references(clause, self._catalogue)
            if len(remembered) >= MOST_REMEMBERED:
                remembered.clear()
            remembered[clause.clause_id] = found
        return found[1]

    @cached_property
    def _references(self) -> dict[str, tuple[Clause, tuple[Reference, ...]]]:
        return {}

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue(self.by_id)

    @cached_property
    def supersedes(self) -> Mapping[str, tuple[str, ...]]:
        """Document id → ids of the documents that it ends as a whole, by its front matter or its text."""
        found: dict[str, list[str]] = {document_id: [] for document_id in self.by_id}
        for document_id, validity in self.validity.items():
            for by in {ended.by.document_id for ended in validity.superseded if not ended.part}:
                found[by].append(document_id)
        return {document_id: tuple(ended) for document_id, ended in found.items()}

    def successors(self, document_id: str, on: date, anchor: Anchor = ROOT) -> tuple[Document, ...]:
        """The documents that have replaced a document, or its clause at an anchor, by a day.

        A successor that is superseded itself is left out; its own successors are in the list. Empty: the
        document or clause has not been replaced.
        """
        waiting = [ended.by for ended in self.validity[document_id].ended(on, anchor)]
        seen = {document_id}
        standing: dict[str, Document] = {}
        while waiting:
            document = waiting.pop(0)
            if document.document_id in seen:
                continue
            seen.add(document.document_id)
            further = [ended.by for ended in self.validity[document.document_id].ended(on)]
            waiting += further
            if not further:
                standing[document.document_id] = document
        return tuple(standing.values())
