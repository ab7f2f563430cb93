"""Which held document ends which: `supersedes` of the front matter, and repeals by title or number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.policy.document import Document
from bot.policy.repeals import Repeal
from bot.policy.titles import number_key, title_key, title_keys
from bot.policy.validity import Supersession

_LATEST_COPY = 1
"""Years by which the day on a copy may differ from the day a repeal names: signed in December, published in
January."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A document with the first day of its force, None where none is known, and what it repeals."""

    document: Document
    effective_on: date | None
    repeals: tuple[Repeal, ...]


def supersessions(dated: Iterable[Dated]) -> Mapping[str, tuple[Supersession, ...]]:
    """Document id → what ends the document, in the order of the documents that do; ended ones only.

    A text without a known day of effect ends others on the day it was published or signed; where neither is
    known it has ended them, for a text that is held has been issued.
    """
    held = list(dated)
    by_id = {each.document.document_id: each for each in held}
    by_key = _by_key(held)
    found: dict[str, list[Supersession]] = defaultdict(list)
    for each in held:
        document = each.document
        since = each.effective_on or document.published_on or document.signed_on
        for document_id in document.supersedes:
            if document_id in by_id and document_id != document.document_id:
                found[document_id].append(Supersession(document, since))
        for repeal in each.repeals:
            keys = [
                title_key(repeal.title),
                *([number_key(repeal.document_number)] if repeal.document_number else []),
            ]
            named = {one.document.document_id: one for key in keys for one in by_key[key]}
            for document_id, other in named.items():
                if document_id in document.supersedes or not _is_meant(other, repeal, each, since):
                    continue
                found[document_id].append(
                    Supersession(document, since, repeal.clause_id, repeal.part, repeal.articles)
                )
    return {document_id: tuple(dict.fromkeys(ends)) for document_id, ends in found.items()}


def _by_key(held: Iterable[Dated]) -> defaultdict[str, list[Dated]]:
    by_key = defaultdict(list)
    for each in held:
        if each.document.is_news:
            continue
        number = each.document.document_number
        for key in title_keys(each.document.title) | ({number_key(number)} if number else set()):
            by_key[key].append(each)
    return by_key


def _is_meant(other: Dated, repeal: Repeal, by: Dated, since: date | None) -> bool:
    """Whether a document of the right title or number can be the one: a new text may bear an old title."""
    document = other.document
    if document.document_id == by.document.document_id:
        return False
    if document.document_number and repeal.document_number:
        return number_key(document.document_number) == number_key(repeal.document_number)
    places = {document.jurisdiction, by.document.jurisdiction} - {None}
    if len(places) > 1:
        return False
    issued = document.signed_on or document.published_on
    if issued and repeal.issued_on and abs(issued.year - repeal.issued_on.year) > _LATEST_COPY:
        return False
    begun = other.effective_on or issued
    return begun is None or since is None or begun < since
