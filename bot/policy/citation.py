"""Citations: where a quote stands, so that anyone can prove it."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from bot.policy.clause import Clause
from bot.policy.document import Document, Genre
from bot.policy.validity import LegalForce, legal_force


@dataclass(frozen=True, slots=True)
class Citation:
    """The source of a quoted clause.

    The quote is `text[start:end]` of the document whose text has the SHA-256 `digest`. For a news text the
    title is the news text's own, and `reports_on` the document it speaks of.
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


def cite(document: Document, clause: Clause, on: date, site: str = "") -> Citation:
    """Citation of a clause of a document.

    Args:
        on: the day for which the legal force is told.
        site: address of the site, without a slash at its end; empty: the link is relative.
    """
    return Citation(
        title=document.title,
        document_number=document.document_number,
        issuers=document.issuers,
        label=clause.label,
        jurisdiction=document.jurisdiction,
        genre=document.genre,
        legal_force=legal_force(document, on),
        reports_on=document.reports_on,
        published_on=document.published_on,
        effective_on=document.effective_on,
        expires_on=document.expires_on,
        source=document.source,
        url=f"{site}/policy/{quote(document.document_id)}#{clause.anchor}",
        start=clause.start,
        end=clause.end,
        digest=document.digest,
    )
