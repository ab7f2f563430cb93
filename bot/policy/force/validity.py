"""Legal force: whether a document, or a clause of it, is in force on a day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.policy.anchor import ROOT, Anchor, ArticleKey
from bot.policy.document import Document
from bot.policy.force.statements import Statement, Statements


class LegalForce(StrEnum):
    """效力状态. PARTLY_IN_FORCE: only some articles of the document are repealed."""

    PENDING = "pending"
    IN_FORCE = "in_force"
    PARTLY_IN_FORCE = "partly_in_force"
    NOT_IN_FORCE = "not_in_force"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Supersession:
    """Another document ends this one, or a part of it.

    `since` is the first day without force. None: the day is not known, and it has ended already. `clause_id`
    is the clause that says so. None: the front matter says so. `part`: only `articles` end.
    """

    by: Document
    since: date | None
    clause_id: str | None = None
    part: bool = False
    articles: frozenset[ArticleKey] = frozenset()

    def counts(self, on: date) -> bool:
        """Whether it has happened on or before a day."""
        return self.since is None or self.since <= on

    def ends(self, anchor: Anchor) -> bool:
        """Whether the clause at an anchor loses its force by it; for ROOT, the whole document."""
        return not self.part or anchor.article in self.articles


@dataclass(frozen=True, slots=True)
class Validity:
    """When a document is in force, by its front matter or else by its text, and what ends it."""

    is_news: bool
    effective: Statement | None = None
    expires: Statement | None = None
    superseded: tuple[Supersession, ...] = ()

    @property
    def begins(self) -> date | None:
        """The first day of force. None: not known."""
        return self.effective.day if self.effective else None

    @property
    def ends(self) -> date | None:
        """The last day of force. None: neither front matter nor text states one."""
        return self.expires.day if self.expires else None

    def ended(self, on: date, anchor: Anchor = ROOT) -> tuple[Supersession, ...]:
        """What has ended the document, or the clause at an anchor, on or before a day."""
        return tuple(each for each in self.superseded if each.counts(on) and each.ends(anchor))

    def force(self, on: date, anchor: Anchor = ROOT) -> LegalForce:
        """Force of the document, or of the clause at an anchor, on a day. The last day is still in force.

        News is UNKNOWN: it has no force of its own. A text that does not say when it takes effect is UNKNOWN
        until it expires or is superseded.
        """
        if self.is_news:
            return LegalForce.UNKNOWN
        if self.ended(on, anchor):
            return LegalForce.NOT_IN_FORCE
        if self.ends is not None and self.ends < on:
            return LegalForce.NOT_IN_FORCE
        if self.begins is not None and on < self.begins:
            return LegalForce.PENDING
        if any(supersession.counts(on) for supersession in self.superseded):
            return LegalForce.PARTLY_IN_FORCE
        return LegalForce.UNKNOWN if self.begins is None else LegalForce.IN_FORCE


def validity_of(document: Document, statements: Statements) -> Validity:
    """The validity of a document by itself. Days in the front matter go before days in the text."""
    return Validity(
        is_news=document.is_news,
        effective=Statement(document.effective_on) if document.effective_on else statements.effective,
        expires=Statement(document.expires_on) if document.expires_on else statements.expires,
    )
