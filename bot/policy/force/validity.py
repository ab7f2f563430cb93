"""Legal force: whether a document, or a clause of it, binds anyone on a given day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.policy.anchor import ROOT, Anchor, ArticleKey
from bot.policy.document import Document
from bot.policy.force.statements import Stated, Statements


class LegalForce(StrEnum):
    """效力状态. `partly_in_force`: a repeal names only some of the articles."""

    PENDING = "pending"
    IN_FORCE = "in_force"
    PARTLY_IN_FORCE = "partly_in_force"
    NOT_IN_FORCE = "not_in_force"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Supersession:
    """A document, or articles of it, ends because of another one that the library holds.

    `since` is the first day without force, None where no day is known: then it has ended. `clause_id` is the
    clause that says so, None where the front matter does. `articles` are those that end
    where `part` is set.
    """

    by: Document
    since: date | None
    clause_id: str | None = None
    part: bool = False
    articles: frozenset[ArticleKey] = frozenset()

    def counts(self, on: date) -> bool:
        """Whether it has happened by a day."""
        return self.since is None or self.since <= on

    def ends(self, anchor: Anchor) -> bool:
        """Whether the clause at an anchor, or the ROOT document, loses its force by it."""
        return not self.part or anchor.article in self.articles


@dataclass(frozen=True, slots=True)
class Validity:
    """When a document is in force: what its front matter says, else its text, and what ends it."""

    is_news: bool
    effective: Stated | None = None
    expires: Stated | None = None
    superseded: tuple[Supersession, ...] = ()

    @property
    def begins(self) -> date | None:
        """The first day of force, None where none is known."""
        return self.effective.day if self.effective else None

    @property
    def ends(self) -> date | None:
        """The last day of force that front matter or text tell, None where they tell none."""
        return self.expires.day if self.expires else None

    def ended(self, on: date, anchor: Anchor = ROOT) -> tuple[Supersession, ...]:
        """What has taken the force of the document, or of the clause at an anchor, by a day."""
        return tuple(each for each in self.superseded if each.counts(on) and each.ends(anchor))

    def force(self, on: date, anchor: Anchor = ROOT) -> LegalForce:
        """Force on a day, of the document or of the clause at an anchor; the day it expires is the last one.

        A news text has none of its own, and a text that does not say when it takes effect is `unknown` until
        it expires or is superseded.
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


def validity_of(
    document: Document, statements: Statements, superseded: tuple[Supersession, ...] = ()
) -> Validity:
    """The validity of a document: the days of the front matter, else those its text states."""
    return Validity(
        is_news=document.is_news,
        effective=Stated(document.effective_on) if document.effective_on else statements.effective,
        expires=Stated(document.expires_on) if document.expires_on else statements.expires,
        superseded=superseded,
    )
