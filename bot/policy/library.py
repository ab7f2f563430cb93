"""The library: every document of the knowledge folder, divided into clauses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.errors import DocumentError, KnowledgeError
from bot.policy.clause import Clause, Outline
from bot.policy.document import Document
from bot.policy.document_file import read_document
from bot.policy.splitting import split


@dataclass(frozen=True)
class Holding:
    """A document that the library holds, with its outline."""

    document: Document
    outline: Outline


@dataclass(frozen=True)
class Library:
    """Documents in order of their ids, and the files that could not be read. Immutable."""

    holdings: tuple[Holding, ...]
    broken: tuple[DocumentError, ...] = ()

    @classmethod
    def of(cls, documents: Iterable[Document], broken: Iterable[DocumentError] = ()) -> "Library":
        """A library of documents already read."""
        ordered = sorted(documents, key=lambda document: document.document_id)
        return cls(tuple(Holding(document, split(document)) for document in ordered), tuple(broken))

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
        return {clause.clause_id: clause for _, clause in self.clauses()}


def load_library(knowledge: Path) -> Library:
    """The library of a knowledge folder: its `policies/*.md`.

    A broken file is kept in `broken` and the others are loaded.

    Raises:
        KnowledgeError: there is no such folder.
    """
    folder = knowledge / "policies"
    if not folder.is_dir():
        raise KnowledgeError(f"folder '{folder}': does not exist; create it, or set KNOWLEDGE_DIR")
    documents, broken = [], []
    for path in sorted(folder.glob("*.md")):
        try:
            documents.append(read_document(path))
        except DocumentError as error:
            broken.append(error)
    return Library.of(documents, broken)
