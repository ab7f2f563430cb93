"""The list of documents, which can be narrowed by region, topic, genre, force and words of names."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.answering import attribution
from bot.channels.web.reader.finding import Spellings, relevance
from bot.policy.document import Document
from bot.policy.force.validity import LegalForce
from bot.policy.jurisdiction import COUNTRY, Jurisdiction
from bot.policy.library import Library

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Item:
    """A document in the list, with today's force in words. `topics` are keys."""

    document: Document
    jurisdiction: Jurisdiction
    force: LegalForce
    force_line: str
    topics: frozenset[str]

    @property
    def day(self) -> date | None:
        """The day by which the list is sorted."""
        return self.document.published_on or self.document.signed_on or self.document.effective_on


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to which the list can be narrowed, its label, and the number of documents that remain."""

    value: str
    name: str
    count: int
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """The wishes of a visitor: facet → chosen value, and words of the names."""

    chosen: Mapping[str, str]
    words: tuple[Spellings, ...] = ()

    def without(self, facet: str) -> "Wish":
        """The same wish without one facet."""
        return replace(self, chosen={key: value for key, value in self.chosen.items() if key != facet})

    def admits(self, item: Item) -> bool:
        """Whether a document fits all chosen facets. A region includes the divisions within it."""
        return all(value in FACETS[facet](item) for facet, value in self.chosen.items())


@dataclass(frozen=True, slots=True)
class Inventory:
    """The documents of a library as items, newest first; topic key → name."""

    items: tuple[Item, ...]
    topics: Mapping[str, str]

    def found(self, wish: Wish) -> list[Item]:
        """The documents that fit a wish: best match first, then newest first."""
        scored = [(relevance(wish.words, item.document), item) for item in self.items if wish.admits(item)]
        return [item for score, item in sorted(scored, key=lambda pair: -pair[0]) if score > 0]

    def choices(self, wish: Wish) -> dict[str, list[Choice]]:
        """Facet → the values it can still be narrowed to while the other facets stay."""
        return {facet: self._choices(facet, self.found(wish.without(facet))) for facet in FACETS}

    def _choices(self, facet: str, items: Sequence[Item]) -> list[Choice]:
        counts = Counter(value for item in items for value in FACETS[facet](item))
        if facet == "region":
            return _named_regions(items, counts)
        names = self.topics if facet == "topic" else _NAMES[facet]
        return [Choice(value, name, counts[value]) for value, name in names.items() if counts[value]]


def _regions(item: Item) -> tuple[str, ...]:
    """The division and all divisions above it, top first: 福建省, 福建省厦门市. The whole country: 全国."""
    path = item.jurisdiction.path
    return tuple("".join(path[:depth]) for depth in range(1, len(path) + 1)) or (str(item.jurisdiction),)


FACETS: Mapping[str, Callable[[Item], Collection[str]]] = {
    "region": _regions,
    "topic": lambda item: item.topics,
    "genre": lambda item: (item.document.genre,) if item.document.genre else (),
    "force": lambda item: (item.force,),
}
"""Facet → the values that an item has in it."""

_NAMES: Mapping[str, Mapping[str, str]] = {
    "genre": {genre.value: name for genre, name in attribution.GENRES.items()},
    "force": {force.value: name for force, name in attribution.FORCES.items()},
}


def _named_regions(items: Sequence[Item], counts: Counter[str]) -> list[Choice]:
    """The country first, then each division below the one above it."""
    above = [
        path[:depth]
        for path in {item.jurisdiction.path for item in items}
        for depth in range(1, len(path) + 1)
    ]
    found = [Choice(name, name, counts[name]) for name in [str(COUNTRY)] if counts[name]]
    for path in sorted(above):
        name = "".join(path)
        found.append(Choice(name, path[-1], counts[name], len(path) - 1))
    return found


def inventory_of(
    library: Library, on: date, topics: Mapping[str, str], about: Mapping[str, Collection[str]]
) -> Inventory:
    """The list of a library on a day.

    Args:
        topics: key → name, in the order in which staff offer them.
        about: document id → keys of the topics that it answers.
    """
    items = [_item(library, holding.document, on, about) for holding in library.holdings]
    items.sort(key=lambda item: item.document.title)
    items.sort(key=lambda item: item.day or date.min, reverse=True)
    return Inventory(tuple(items), topics)


def _item(library: Library, document: Document, on: date, about: Mapping[str, Collection[str]]) -> Item:
    validity = library.validity[document.document_id]
    successors = library.successors(document.document_id, on)
    return Item(
        document,
        library.jurisdictions[document.document_id],
        validity.force(on),
        attribution.document_force(validity, successors, on),
        frozenset(about.get(document.document_id, ())),
    )
