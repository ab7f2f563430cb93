"""A policy document and what is known about it."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

_DOCUMENT_ID = re.compile(r"[0-9A-Za-z_\-〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]{1,80}")


class Genre(StrEnum):
    """文种: what kind of text a document is."""

    LAW = "law"
    REGULATIONS = "regulations"
    RULES = "rules"
    MEASURES = "measures"
    PROVISIONS = "provisions"
    OPINIONS = "opinions"
    NOTICE = "notice"
    PLAN = "plan"
    REPLY = "reply"
    NEWS = "news"


@dataclass(frozen=True)
class Document:
    """One document as `knowledge/policies/<document_id>.md` holds it.

    `text` is plain: a paragraph is a line, and lines are joined by ``\\n``. Every offset into it counts
    Unicode code points. None and empty tuples mean that the file says nothing. `reports_on` is set if the
    text is about another document: its title.
    """

    document_id: str
    title: str
    text: str
    issuers: tuple[str, ...] = ()
    document_number: str | None = None
    genre: Genre | None = None
    reports_on: str | None = None
    jurisdiction: str | None = None
    audience: tuple[str, ...] = ()
    signed_on: date | None = None
    published_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    supersedes: tuple[str, ...] = ()
    contact: str | None = None
    source: str | None = None
    source_url: str | None = None

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the UTF-8 of the text, 64 hex digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def is_news(self) -> bool:
        """Whether the text reports on a policy instead of being one."""
        return self.genre is Genre.NEWS


def is_document_id(name: str) -> bool:
    """Whether a name has 1 to 80 characters, all of them Han characters, letters, digits, - or _.

    >>> is_document_id("民发2024-5号"), is_document_id("a b"), is_document_id("")
    (True, False, False)
    """
    return _DOCUMENT_ID.fullmatch(name) is not None
