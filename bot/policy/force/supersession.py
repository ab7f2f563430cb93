"""Which held document ends which: `supersedes` of the front matter, and repeals by title or number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.policy.document import Document
from bot.policy.force.repeals import Repeal
from bot.policy.force.validity import Supersession
from bot.policy.titles import number_key, title_key, title_keys

_LATEST_COPY = 1
"""Years. A document may be signed in December and published in January, and a repeal may name either day."""


@dataclass(frozen=True)
class Enactment:
    """A document with its first day of force (None: not known) and with what it repeals."""

    document: Document
    effective_on: date | None
    repeals: tuple[Repeal, ...]

    @property
    def since(self) -> date | None:
        """The day on which it ends other documents. None: not known."""
        return self.effective_on or self.document.published_on or self.document.signed_on

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of its title and number. A repeal finds the document by them."""
        number = self.document.document_number
        return frozenset(title_keys(self.document.title) | ({number_key(number)} if number else set()))


def supersessions(enactments: Iterable[Enactment]) -> Mapping[str, tuple[Supersession, ...]]:
    """Document id → what ends the document, in the order of the enactments. Only documents that are ended.

    A document without a known day of effect ends others on the day when it was published or signed. If that
    is not known either, it has ended them already: a document that is held has been issued.
    """
    held = [each for each in enactments if not each.document.is_news]
    by_id = {each.document.document_id: each for each in held}
    by_key = _by_key(held)
    found: dict[str, list[Supersession]] = defaultdict(list)
    for each in held:
        own = each.document
        for document_id in own.supersedes:
            if document_id in by_id and document_id != own.document_id:
                found[document_id].append(Supersession(own, each.since))
        for repeal in each.repeals:
            for other in _meant(repeal, each, by_key):
                ended = Supersession(own, each.since, repeal.clause_id, repeal.part, repeal.articles)
                found[other.document_id].append(ended)
    return {document_id: tuple(ends) for document_id, ends in found.items()}


def _by_key(held: Iterable[Enactment]) -> Mapping[str, list[Enactment]]:
    by_key = defaultdict(list)
    for each in held:
        for key in each.keys:
            by_key[key].append(each)
    return by_key


def _meant(repeal: Repeal, by: Enactment, by_key: Mapping[str, list[Enactment]]) -> list[Document]:
    """The held documents that a repeal means. Those that the front matter names are left out."""
    number = repeal.document_number
    keys = [title_key(repeal.title), *([number_key(number)] if number else [])]
    named = {each.document.document_id: each for key in keys if key for each in by_key.get(key, ())}
    known = {by.document.document_id, *by.document.supersedes}
    return [
        each.document
        for document_id, each in named.items()
        if document_id not in known and _can_be_meant(each, repeal, by)
    ]


def _can_be_meant(other: Enactment, repeal: Repeal, by: Enactment) -> bool:
    """Whether a repeal can mean a document of the right title. A newer document may have the same title."""
    document = other.document
    if document.document_number and repeal.document_number:
        return number_key(document.document_number) == number_key(repeal.document_number)
    if len({document.jurisdiction, by.document.jurisdiction} - {None}) > 1:
        return False
    issued = document.signed_on or document.published_on
    if issued and repeal.issued_on and abs(issued.year - repeal.issued_on.year) > _LATEST_COPY:
        return False
    begun = other.effective_on or issued
    return begun is None or by.since is None or begun < by.since
