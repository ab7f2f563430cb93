"""The library: every document of the knowledge folder, divided into clauses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.errors import DocumentError
from bot.policy.clause import Clause, Outline
from bot.policy.document import Document
from bot.policy.splitting import split


@dataclass(frozen=True)
class Holding:
    """A document that the library holds, with its outline."""

    document: Document
    outline: Outline

    @classmethod
    def of(cls, document: Document) -> "Holding":
        """A document with the outline that its text has."""
        return cls(document, split(document))

    @cached_property
    def clauses(self) -> Mapping[str, Clause]:
        """Clause id → clause, in text order. A library made anew takes those of documents that stay."""
        return {clause.clause_id: clause for clause in self.outline.clauses}


@dataclass(frozen=True)
class Library:
    """Documents in order of their ids, and the files that could not be read. Immutable.

    A document may be there though its file is broken: its last good version.
    """

    holdings: tuple[Holding, ...]
    broken: tuple[DocumentError, ...] = ()

    @classmethod
    def of(cls, documents: Iterable[Document], broken: Iterable[DocumentError] = ()) -> "Library":
        """A library of documents already read."""
        return cls.holding((Holding.of(document) for document in documents), broken)

    @classmethod
    def holding(cls, holdings: Iterable[Holding], broken: Iterable[DocumentError] = ()) -> "Library":
        """A library of documents already divided."""
        ordered = sorted(holdings, key=lambda holding: holding.document.document_id)
        return cls(tuple(ordered), tuple(broken))

    def clauses(self) -> Iterator[tuple[Document, Clause]]:
        """Every clause with its document, in document and text order."""
        for holding in self.holdings:
            for clause in holding.outline.clauses:
                yield holding.document, clause

    @cached_property
    def by_id(self) -> Mapping[str, Holding]:
        """Document id → the document and its outline."""
        return {holding.document.document_id: holding for holding in self.holdings}

    @cached_property
    def clauses_by_id(self) -> Mapping[str, Clause]:
        """Clause id → clause."""
        joined: dict[str, Clause] = {}
        for holding in self.holdings:
            joined.update(holding.clauses)
        return joined
