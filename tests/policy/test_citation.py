"""Citations: a quote can be found again, and says no more of its source than is known."""

from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest

from bot.policy.citation import Citation, cite
from bot.policy.document import Document, Genre
from bot.policy.force.validity import LegalForce
from bot.policy.library import Library

MEASURES = Document(
    document_id="临时救助办法",
    title="青石市临时救助办法",
    text="青石市临时救助办法\n第一条　为救急难，制定本办法。\n第二条　本办法自公布之日起施行。",
    issuers=("青石市民政局", "青石市财政局"),
    document_number="青民发〔2024〕5号",
    genre=Genre.MEASURES,
    jurisdiction="青石市",
    published_on=date(2024, 6, 12),
    effective_on=date(2024, 7, 1),
    expires_on=date(2029, 6, 30),
    source="青石市民政局网站",
)
TODAY = date(2026, 11, 23)


def citation_of(document: Document, on: date = TODAY, site: str = "") -> Citation:
    """Citation of the last clause."""
    library = Library.of([document])
    return cite(library, library.holdings[0].outline.clauses[-1], on, site)


def test_a_quote_can_be_proved() -> None:
    """Its offsets and digest lead back to the very words."""
    citation = citation_of(MEASURES)

    assert MEASURES.text[citation.start : citation.end] == "第二条　本办法自公布之日起施行。"
    assert citation.digest == MEASURES.digest
    assert citation.label == "第二条"


def test_a_citation_carries_what_is_known_of_the_document() -> None:
    """Title, number, issuers, place, dates and source are the document's own."""
    known = (
        "title",
        "document_number",
        "issuers",
        "jurisdiction",
        "genre",
        "reports_on",
        "published_on",
        "effective_on",
        "expires_on",
        "source",
    )
    citation = citation_of(MEASURES)

    assert {name: getattr(MEASURES, name) for name in known} == {
        name: getattr(citation, name) for name in known
    }


@pytest.mark.parametrize(
    ("on", "force"),
    [
        # the day before it takes effect
        (date(2024, 6, 30), LegalForce.PENDING),
        # today
        (TODAY, LegalForce.IN_FORCE),
        # the day after its last
        (date(2029, 7, 1), LegalForce.NOT_IN_FORCE),
    ],
)
def test_force_is_told_for_the_day_asked_about(on: date, force: LegalForce) -> None:
    """A citation is made for a day."""
    assert citation_of(MEASURES, on).legal_force is force


def test_news_never_takes_title_or_force_of_what_it_reports_on() -> None:
    """A resident must see that the words are a newspaper's."""
    news = replace(MEASURES, genre=Genre.NEWS, title="青石市出台救助新政", reports_on="青石市临时救助办法")

    citation = citation_of(news)

    assert (citation.title, citation.reports_on) == ("青石市出台救助新政", "青石市临时救助办法")
    assert citation.legal_force is LegalForce.UNKNOWN


@pytest.mark.parametrize("site", ["", "https://policy.example"])
def test_the_link_points_at_the_clause_on_the_documents_page(site: str) -> None:
    """Relative without a site's address; Chinese names are percent-encoded."""
    url = citation_of(MEASURES, site=site).url

    assert url.isascii()
    assert f"{site}/policy/临时救助办法#t2" == unquote(url)
