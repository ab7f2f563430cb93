"""Documents and clauses as JSON."""

from dataclasses import asdict
from datetime import date

from pydantic import BaseModel

from bot.policy.citation import Citation, Link
from bot.policy.clause import Clause, Slice
from bot.policy.document import Document, Genre
from bot.policy.force.validity import LegalForce
from bot.policy.library import Library


class ClauseRow(BaseModel):
    """Where a clause stands in its document."""

    clause_id: str
    label: str
    start: int
    end: int

    @classmethod
    def of(cls, clause: Clause) -> "ClauseRow":
        return cls.model_validate(clause, from_attributes=True)


class DocumentSummary(BaseModel):
    """The data of a document."""

    document_id: str
    title: str
    issuers: list[str]
    document_number: str | None
    genre: Genre | None
    reports_on: str | None
    jurisdiction: str | None
    audience: list[str]
    signed_on: date | None
    published_on: date | None
    effective_on: date | None
    expires_on: date | None
    supersedes: list[str]
    contact: str | None
    source: str | None
    source_url: str | None
    legal_force: LegalForce
    superseded_by: list[str]
    digest: str


class DocumentModel(DocumentSummary):
    """A document with its text and the places of its clauses."""

    text: str
    clauses: list[ClauseRow]


class DocumentsResponse(BaseModel):
    """Every document that is held."""

    documents: list[DocumentSummary]


class ClauseModel(BaseModel):
    """A clause with its citation and its references."""

    clause_id: str
    label: str
    text: str
    start: int
    end: int
    context: tuple[Slice, ...]
    citation: Citation
    references: tuple[Link, ...]

    @classmethod
    def of(cls, clause: Clause, citation: Citation, references: tuple[Link, ...]) -> "ClauseModel":
        return cls(
            clause_id=clause.clause_id,
            label=clause.label,
            text=clause.text,
            start=clause.start,
            end=clause.end,
            context=clause.context,
            citation=citation,
            references=references,
        )


def known_of(library: Library, document: Document, on: date) -> dict[str, object]:
    """The data of a document on a day: the fields of DocumentSummary, and its text."""
    validity = library.validity[document.document_id]
    ended = library.supersedes[document.document_id]
    return asdict(document) | {
        "digest": document.digest,
        "effective_on": validity.begins,
        "expires_on": validity.ends,
        "supersedes": tuple(dict.fromkeys([*document.supersedes, *ended])),
        "legal_force": validity.force(on),
        "superseded_by": [new.document_id for new in library.successors(document.document_id, on)],
    }
