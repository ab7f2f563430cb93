"""For search engines: which pages exist, and which must not be indexed."""

from flask import Blueprint, Response, abort, render_template, url_for

from bot.channels.desk import Desk

MOST_ADDRESSES = 50_000
"""As many as a sitemap may hold. Source: https://www.sitemaps.org/protocol.html"""

_PRIVATE = ("/ask", "/feedback", "/api/", "/cite/", "/c/")
"""What people asked, what programs use, and pages that say what others say already."""


def add_crawling(pages: Blueprint, desk: Desk) -> None:
    """The routes `/robots.txt` and `/sitemap.xml`. Both name whole addresses, which only PUBLIC_URL makes."""
    site = desk.settings.public_url

    @pages.get("/robots.txt")
    def robots() -> Response:
        """Which addresses must not be crawled, and where the sitemap is."""
        closed = [f"Disallow: {path}" for path in _PRIVATE]
        lines = ["User-agent: *", *closed, *([f"Sitemap: {site}/sitemap.xml"] if site else [])]
        return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

    @pages.get("/sitemap.xml")
    def sitemap() -> Response:
        """The permanent pages: the first page, the list, each document."""
        if not site:
            abort(404)
        library = desk.answerer().basis.library
        addresses = [url_for("pages.home", look=None), url_for("pages.documents", look=None)]
        addresses += [url_for("pages.policy", document_id=held, look=None) for held in library.by_id]
        whole = [site + address for address in addresses[:MOST_ADDRESSES]]
        body = render_template("sitemap.xml", addresses=whole)
        return Response(body, content_type="application/xml; charset=utf-8")
