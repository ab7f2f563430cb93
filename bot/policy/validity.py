"""Legal force: whether a document binds anyone on a given day."""

from datetime import date
from enum import StrEnum

from bot.policy.document import Document


class LegalForce(StrEnum):
    """效力状态. `partly_in_force` is known only from the text of a repeal."""

    PENDING = "pending"
    IN_FORCE = "in_force"
    PARTLY_IN_FORCE = "partly_in_force"
    NOT_IN_FORCE = "not_in_force"
    UNKNOWN = "unknown"


def legal_force(document: Document, on: date) -> LegalForce:
    """Force of a document on a day; `expires_on` is the last day it is in force.

    A news text has none of its own, and a text that does not say when it takes effect is `unknown` until the
    day it expires.
    """
    if document.is_news:
        return LegalForce.UNKNOWN
    if document.expires_on is not None and document.expires_on < on:
        return LegalForce.NOT_IN_FORCE
    if document.effective_on is None:
        return LegalForce.UNKNOWN
    return LegalForce.PENDING if on < document.effective_on else LegalForce.IN_FORCE
