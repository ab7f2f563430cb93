"""The page that lists all documents. A form narrows it and finds documents by their names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, request, url_for

from bot.answering.answerer import Answerer
from bot.channels.desk import Desk
from bot.channels.web.reader.finding import spellings_of
from bot.channels.web.reader.inventory import FACETS, PER_PAGE, Inventory, Item, Wish, inventory_of
from bot.channels.web.reader.response import public_page
from bot.channels.web.reader.topics import documents_about

LONGEST_WORDS = 60
LONGEST_CHOICE = 100

_NOT_TEXT = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class ListRequest:
    """The request for a list: words as typed, chosen values, and a page number from 1."""

    words: str
    chosen: Mapping[str, str]
    page: int

    @classmethod
    def of_request(cls) -> "ListRequest":
        """The values of this request; unusable ones are ignored."""
        words = _NOT_TEXT.sub(" ", request.args.get("q", "")).strip()[:LONGEST_WORDS]
        chosen = {facet: value[:LONGEST_CHOICE] for facet in FACETS if (value := request.args.get(facet, ""))}
        page = request.args.get("page", "")
        return cls(words, chosen, int(page) if re.fullmatch("[1-9][0-9]{0,4}", page) else 1)

    def address(self, **changed: str | int | None) -> str:
        """The address of the same list with some values changed; None removes a value."""
        asked = {"q": self.words or None, **self.chosen, **changed}
        return url_for(
            "pages.documents",
            q=asked["q"],
            region=asked.get("region"),
            topic=asked.get("topic"),
            genre=asked.get("genre"),
            force=asked.get("force"),
            page=asked.get("page"),
        )


@dataclass(frozen=True, slots=True)
class Sheaf:
    """One page of the list: its items, its number, and the number of the last page."""

    items: tuple[Item, ...]
    number: int
    last: int
    total: int

    @classmethod
    def of(cls, found: list[Item], wanted: int) -> "Sheaf":
        """The requested page, or the last one if there are fewer."""
        last = max(-(-len(found) // PER_PAGE), 1)
        number = min(wanted, last)
        shown = found[(number - 1) * PER_PAGE : number * PER_PAGE]
        return cls(tuple(shown), number, last, len(found))


class Inventories:
    """The inventory of today's documents. It is made anew when the documents or the day change."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kept: tuple[Answerer, date, Inventory] | None = None

    def now(self) -> tuple[Answerer, Inventory]:
        """The current answerer, and the inventory of its documents."""
        answerer, today, kept = self._desk.answerer(), self._desk.today(), self._kept
        if kept is None or kept[0] is not answerer or kept[1] != today:
            topics = self._desk.offers().topics
            about = documents_about(topics, answerer.rank)
            names = {topic.key: topic.name for topic in topics}
            kept = self._kept = answerer, today, inventory_of(answerer.basis.library, today, names, about)
        return kept[0], kept[2]


def add_listing(pages: Blueprint, desk: Desk) -> None:
    """The route of the list."""
    inventories = Inventories(desk)

    @pages.get("/documents")
    def documents() -> Response:
        """The list of documents, narrowed and searched."""
        answerer, inventory = inventories.now()
        sought = ListRequest.of_request()
        words = spellings_of(answerer.basis.index.query(sought.words)) if sought.words else ()
        wish = Wish(sought.chosen, words)
        response = public_page(
            "documents.html",
            sought=sought,
            sheaf=Sheaf.of(inventory.found(wish), sought.page),
            choices=inventory.choices(wish),
            held=len(inventory.items),
            longest_words=LONGEST_WORDS,
        )
        if sought.words:
            response.headers["Cache-Control"] = "no-store"
        return response
