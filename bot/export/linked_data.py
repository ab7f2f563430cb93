"""A document as search engines read it: schema.org, as JSON-LD.

Source: https://schema.org/Legislation, which follows the European Legislation Identifier.
"""

from collections.abc import Mapping
from datetime import date

from bot.answering import attribution
from bot.policy.citation import page_url
from bot.policy.document import Document
from bot.policy.force.validity import LegalForce
from bot.policy.library import Library

Linked = Mapping[str, object]
"""A node of JSON-LD."""

_FORCES = {
    LegalForce.IN_FORCE: "https://schema.org/InForce",
    LegalForce.PARTLY_IN_FORCE: "https://schema.org/PartiallyInForce",
    LegalForce.NOT_IN_FORCE: "https://schema.org/NotInForce",
    LegalForce.PENDING: "https://schema.org/NotInForce",
}


def linked_data(library: Library, document: Document, on: date, site: str) -> Linked:
    """The data of a document on a day, for search engines.

    A news report is no legislation: it is an article about one.

    Args:
        site: address of the site, without a slash at its end; empty: addresses are relative.
    """
    known = {
        "@context": "https://schema.org",
        "@type": "NewsArticle" if document.is_news else "Legislation",
        "name": document.title,
        "inLanguage": "zh-CN",
        "url": page_url(document.document_id, site),
        "datePublished": _iso(document.published_on),
        "isBasedOn": document.source_url,
    }
    further = _report(document) if document.is_news else _legislation(library, document, on, site)
    return {key: value for key, value in (known | further).items() if value not in (None, "", [])}


def _report(document: Document) -> dict[str, object]:
    about = {"@type": "Legislation", "name": document.reports_on} if document.reports_on else None
    return {"headline": document.title, "about": about, "publisher": _organizations(document.issuers)}


def _legislation(library: Library, document: Document, on: date, site: str) -> dict[str, object]:
    validity = library.validity[document.document_id]
    replaced = library.supersedes[document.document_id]
    return {
        "legislationIdentifier": document.document_number,
        "legislationType": attribution.GENRES[document.genre] if document.genre else None,
        "legislationJurisdiction": document.jurisdiction,
        "legislationPassedBy": _organizations(document.issuers),
        "legislationDate": _iso(document.signed_on),
        "temporalCoverage": _interval(validity.begins, validity.ends),
        "legislationLegalForce": _FORCES.get(validity.force(on)),
        "legislationRepeals": [
            {"@type": "Legislation", "name": library.by_id[old].document.title, "url": page_url(old, site)}
            for old in replaced
        ],
    }


def _organizations(names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"@type": "GovernmentOrganization", "name": name} for name in names]


def _interval(begins: date | None, ends: date | None) -> str | None:
    """The days of force as an interval of ISO 8601: 2025-04-01/2030-03-31; .. where it is open."""
    if begins is None and ends is None:
        return None
    return f"{_iso(begins) or '..'}/{_iso(ends) or '..'}"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
