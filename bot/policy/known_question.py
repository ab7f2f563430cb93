"""A known question: residents asked it before, and it is known which clause answers it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question and a clause. The clause answers it; if `is_negative`, it only seems to."""

    text: str
    clause_id: str
    is_negative: bool = False
