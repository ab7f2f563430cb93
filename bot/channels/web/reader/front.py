"""The part above a document's text: its data on a day, in words for people and for search engines."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from bot.answering import attribution
from bot.policy.citation import cite
from bot.policy.clause import Clause
from bot.policy.document import Document
from bot.policy.force.validity import LegalForce, Validity
from bot.policy.holding import Holding
from bot.policy.library import Library

_LABEL_HERE = "\x1f"
"""Stands for the label of a clause in a citation that all clauses of a document share; no name has it."""


@dataclass(frozen=True)
class Front:
    """A held document on a day."""

    library: Library
    holding: Holding
    on: date

    @property
    def document(self) -> Document:
        """The document."""
        return self.holding.document

    @property
    def validity(self) -> Validity:
        """When it is in force."""
        return self.library.validity[self.document.document_id]

    @cached_property
    def successors(self) -> tuple[Document, ...]:
        """What has replaced it."""
        return self.library.successors(self.document.document_id, self.on)

    @property
    def replaced(self) -> tuple[Document, ...]:
        """What it has replaced as a whole."""
        ids = self.library.supersedes[self.document.document_id]
        return tuple(self.library.by_id[old].document for old in ids)

    @property
    def legal_force(self) -> LegalForce:
        """Its force."""
        return self.validity.force(self.on)

    @property
    def force(self) -> str:
        """Its force in words."""
        return attribution.document_force(self.validity, self.successors, self.on)

    @property
    def note(self) -> str:
        """What its force means for somebody who wants to rely on it; empty: nothing needs explaining."""
        return attribution.document_note(self.document.genre, self.legal_force)

    @property
    def genre(self) -> str:
        """Its genre; empty: the file does not say it."""
        return attribution.GENRES[self.document.genre] if self.document.genre else ""

    @property
    def description(self) -> str:
        """The document in one sentence, for a list of search results."""
        document = self.document
        known = (self.genre, document.document_number, "、".join(document.issuers), self.force)
        return f"《{document.title}》全文。{'；'.join(filter(None, known))}。"

    @property
    def source(self) -> tuple[str, str]:
        """The text before a clause's label in its citation, and the text behind it."""
        first = next(iter(self.holding.outline.clauses), None)
        before, _, behind = self._source(first, _LABEL_HERE).partition(_LABEL_HERE) if first else ("", "", "")
        return before, behind

    @cached_property
    def ended(self) -> Mapping[str, str]:
        """Anchor → how a clause lost its force. Only clauses that lost it alone."""
        if not any(each.part for each in self.validity.superseded) or self.validity.ended(self.on):
            return {}
        return {
            clause.anchor: self._ended(clause)
            for clause in self.holding.outline.clauses
            if self.validity.ended(self.on, clause.anchor)
        }

    def _ended(self, clause: Clause) -> str:
        titles = [new.title for new in self.library.successors(clause.document_id, self.on, clause.anchor)]
        return attribution.superseded(titles, self.validity.ended(self.on, clause.anchor)[0].since)

    def source_of(self, clause_id: str) -> str:
        """The citation of a clause that has a force of its own; empty: the document's citation serves."""
        clause = self.holding.clauses[clause_id]
        return self._source(clause, clause.label) if clause.anchor in self.ended else ""

    def _source(self, clause: Clause, label: str) -> str:
        return attribution.source_line(replace(cite(self.library, clause, self.on), label=label))
