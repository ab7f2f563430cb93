"""A document in the library, with its clauses and with what its text says about its own force."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.policy.clause import Clause, Outline
from bot.policy.document import Document
from bot.policy.force.repeals import Repeal, read_repeals
from bot.policy.force.statements import Statements, read_statements
from bot.policy.force.supersession import Enactment
from bot.policy.force.validity import Validity, validity_of
from bot.policy.splitting.split import split


@dataclass(frozen=True)
class Holding:
    """A document that the library holds, with its outline."""

    document: Document
    outline: Outline

    @classmethod
    def of(cls, document: Document) -> "Holding":
        """Divides a document into clauses."""
        return cls(document, split(document))

    @cached_property
    def statements(self) -> Statements:
        """When the text takes effect and runs out, as it says itself."""
        return read_statements(self.document, self.outline)

    @cached_property
    def repeals(self) -> tuple[Repeal, ...]:
        """The documents that the text repeals."""
        return tuple(read_repeals(self.document, self.outline))

    @cached_property
    def validity(self) -> Validity:
        """When the document is in force, by its front matter and text. Other documents are not looked at."""
        return validity_of(self.document, self.statements)

    @cached_property
    def enactment(self) -> Enactment:
        """The document with its first day of force and what it repeals."""
        return Enactment(self.document, self.validity.begins, self.repeals)

    @cached_property
    def clauses(self) -> Mapping[str, Clause]:
        """Clause id → clause, in text order. A new library reuses the holdings of unchanged documents."""
        return {clause.clause_id: clause for clause in self.outline.clauses}
