"""Citations: where a quote comes from, so that anyone can prove it."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from bot.policy.clause import Clause
from bot.policy.document import Genre
from bot.policy.force.validity import LegalForce
from bot.policy.library import Library


@dataclass(frozen=True, slots=True)
class Successor:
    """A document that replaces a superseded one."""

    document_id: str
    title: str
    document_number: str | None
    url: str


@dataclass(frozen=True, slots=True)
class DayClauses:
    """Ids of the clauses that state the days of a citation. None: the front matter does, or nothing."""

    effective_on: str | None = None
    expires_on: str | None = None
    superseded_on: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """The source of a quoted clause.

    The quote is `text[start:end]` of the document, and `digest` is the SHA-256 of the document's text. A news
    text is cited with its own title; `reports_on` is the document that it is about. `superseded_by` are the
    held documents that have replaced the clause by the day of the citation.
    """

    title: str
    document_number: str | None
    issuers: tuple[str, ...]
    label: str
    jurisdiction: str | None
    genre: Genre | None
    legal_force: LegalForce
    reports_on: str | None
    published_on: date | None
    effective_on: date | None
    expires_on: date | None
    source: str | None
    url: str
    start: int
    end: int
    digest: str
    superseded_on: date | None = None
    superseded_by: tuple[Successor, ...] = ()
    stated_in: DayClauses = DayClauses()


@dataclass(frozen=True, slots=True)
class Link:
    """`clause.text[start:end]` refers to a clause. If `clause_id` is None, to a document as a whole."""

    start: int
    end: int
    document_id: str
    clause_id: str | None
    url: str


def links(library: Library, clause: Clause, site: str = "") -> tuple[Link, ...]:
    """What a clause refers to, in text order, if the library holds it. The clause itself is left out."""
    found = []
    for reference in library.references(clause):
        if reference.document_id is None or reference.clause_id == clause.clause_id:
            continue
        url = page_url(reference.document_id, site)
        if reference.clause_id is not None:
            url = f"{url}#{library.clauses_by_id[reference.clause_id].anchor}"
        link = Link(reference.start, reference.end, reference.document_id, reference.clause_id, url)
        found.append(link)
    return tuple(found)


def cite(library: Library, clause: Clause, on: date, site: str = "") -> Citation:
    """Citation of a clause.

    Args:
        library: holds the document of the clause, and documents that may have superseded it.
        on: the legal force is told for this day.
        site: address of the site without a slash at its end. Empty: links are relative.
    """
    document = library.by_id[clause.document_id].document
    validity = library.validity[clause.document_id]
    ended = next(iter(validity.ended(on, clause.anchor)), None)
    return Citation(
        title=document.title,
        document_number=document.document_number,
        issuers=document.issuers,
        label=clause.label,
        jurisdiction=document.jurisdiction,
        genre=document.genre,
        legal_force=validity.force(on, clause.anchor),
        reports_on=document.reports_on,
        published_on=document.published_on,
        effective_on=validity.begins,
        expires_on=validity.ends,
        source=document.source,
        url=f"{page_url(document.document_id, site)}#{clause.anchor}",
        start=clause.start,
        end=clause.end,
        digest=document.digest,
        superseded_on=ended.since if ended else None,
        superseded_by=tuple(
            Successor(new.document_id, new.title, new.document_number, page_url(new.document_id, site))
            for new in library.successors(document.document_id, on, clause.anchor)
        ),
        stated_in=DayClauses(
            effective_on=validity.effective.clause_id if validity.effective else None,
            expires_on=validity.expires.clause_id if validity.expires else None,
            superseded_on=ended.clause_id if ended else None,
        ),
    )


def page_url(document_id: str, site: str = "") -> str:
    """Address of a document's page. It is relative if `site` is empty."""
    return f"{site}/policy/{quote(document_id)}"
