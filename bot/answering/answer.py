"""An answer: a status, one polite sentence, and the passages that were quoted."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.policy.citation import Citation, Link
from bot.policy.clause import Clause


class Status(StrEnum):
    """What came of a question."""

    ANSWERED = "answered"
    NOT_IN_FORCE = "not_in_force"
    NOT_FOUND = "not_found"
    MAINTENANCE = "maintenance"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Passage:
    """A whole clause, quoted. `highlights` are spans into its text, in order; `references` lead on."""

    clause: Clause
    highlights: tuple[tuple[int, int], ...]
    score: float
    confidence: float
    citation: Citation
    references: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question. `message` is ours, the passages are the policies' own words, best first."""

    answer_id: str
    status: Status
    question: str
    understood_as: str
    message: str
    passages: tuple[Passage, ...] = ()
    suggestions: tuple[str, ...] = field(default=())
    elapsed_ms: float = 0.0
