"""A document in the library: its clauses, and what its text says of its own validity."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.policy.clause import Clause, Outline
from bot.policy.document import Document
from bot.policy.force.repeals import Repeal, read_repeals
from bot.policy.force.statements import Statements, read_statements
from bot.policy.force.supersession import Dated
from bot.policy.force.validity import Validity, validity_of
from bot.policy.splitting.split import split


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
    def statements(self) -> Statements:
        """What the text says of its own time."""
        return read_statements(self.document, self.outline)

    @cached_property
    def repeals(self) -> tuple[Repeal, ...]:
        """What the text repeals."""
        return tuple(read_repeals(self.document, self.outline))

    @cached_property
    def validity(self) -> Validity:
        """When the document is in force as far as it says itself, whatever may have ended it."""
        return validity_of(self.document, self.statements)

    @cached_property
    def dated(self) -> Dated:
        """The document with the day from which it ends others."""
        return Dated(self.document, self.validity.begins, self.repeals)

    @cached_property
    def clauses(self) -> Mapping[str, Clause]:
        """Clause id → clause, in text order. A library made anew takes those of documents that stay."""
        return {clause.clause_id: clause for clause in self.outline.clauses}
