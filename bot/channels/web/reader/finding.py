"""Finds documents by words of their titles, numbers and issuers. It does not answer questions."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.policy.document import Document
from bot.search.query import Query

ENOUGH = 0.75
"""The share of a longer word's pairs of characters that a title has to hold: 临时救助意见 means the
意见 on 进一步加强和改进临时救助工作."""

_SHORT = 3
"""Characters up to which a word has to stand in the title as it is."""

Spellings = tuple[str, ...]
"""One of the words, and what else it may be called: 低保, 最低生活保障."""


def spellings_of(query: Query) -> tuple[Spellings, ...]:
    """Each typed word with the official names that the thesaurus knows for it."""
    expansions = [expansion for group in query.expansions for expansion in group]
    found = []
    for word in query.text.split():
        others = [word.replace(e.said, e.term) for e in expansions if e.said in word]
        found.append(tuple(dict.fromkeys(key for each in (word, *others) if (key := _key(each)))))
    return tuple(spellings for spellings in found if spellings)


def relevance(words: Sequence[Spellings], document: Document) -> float:
    """How well a document's names hold all the words, 0 to 1; 0: a word is missing."""
    named = _names(document)
    shares = [max(_share(spelling, named) for spelling in spellings) for spellings in words]
    return min(shares, default=1.0)


def _names(document: Document) -> str:
    names = (document.title, document.document_number, *document.issuers, document.reports_on)
    return _joined(tuple(filter(None, names)))


@lru_cache(20_000)
def _joined(names: tuple[str, ...]) -> str:
    return "\n".join(map(_key, names))


def _key(words: str) -> str:
    """Words in the form that is compared: without blanks, brackets and signs, in lower case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", words)).lower()


def _share(word: str, named: str) -> float:
    if word in named:
        return 1.0
    pairs = ["".join(pair) for pair in pairwise(word)]
    if len(word) <= _SHORT:
        return 0.0
    share = _mean(pair in named for pair in pairs)
    return share if share >= ENOUGH else 0.0


def _mean(truths: Iterable[bool]) -> float:
    values = list(truths)
    return sum(values) / len(values)
