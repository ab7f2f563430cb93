"""A known question: asked before, with the clause that answers it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question, and the clause that answers it; or that does not, though it sounds like it."""

    text: str
    clause_id: str
    is_negative: bool = False
