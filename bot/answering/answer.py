"""An answer: a status, one polite sentence, and the quoted passages."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.policy.citation import Citation, Link
from bot.policy.clause import Clause, Slice


class Status(StrEnum):
    """The kind of an answer."""

    ANSWERED = "answered"
    RELATED = "related"
    CLARIFY = "clarify"
    NOT_FOUND = "not_found"
    NOT_IN_FORCE = "not_in_force"
    OUT_OF_SCOPE = "out_of_scope"
    MAINTENANCE = "maintenance"
    FAILED = "failed"

    @property
    def can_be_judged(self) -> bool:
        """Whether it makes sense to ask a person if the answer helped."""
        return self in (Status.ANSWERED, Status.RELATED, Status.NOT_FOUND, Status.NOT_IN_FORCE)


@dataclass(frozen=True, slots=True)
class Option:
    """One reading of an ambiguous question.

    What differs, and a complete question that answers when chosen.
    """

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A whole clause, quoted.

    `highlights` are spans into its text, in order; `references` lead to other clauses.

    `sentence`: the span of the sentence that answers; None: the clause answers as a whole. `part`: the part
    that it answers of a question that asks two things; None: the question asks one. `context`: other pieces
    that a reader needs: the clause's own context, then the clauses that the answering sentence refers to.
    """

    clause: Clause
    highlights: tuple[tuple[int, int], ...]
    score: float
    confidence: float
    citation: Citation
    references: tuple[Link, ...] = ()
    sentence: tuple[int, int] | None = None
    part: str | None = None
    context: tuple[Slice, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question. `message` is our own; the passages are the policies' words, best first.

    `options`: with CLARIFY, the readings to choose from, and passages[i] is the best clause of option i; for
    a completed question, the question as it was typed. `missing`: one sentence on what is not held.
    `conversation_id`: sent with the next question of the same person. `forms`: the answer as channels have
    written it, without ids and time; everybody who gets the same answer shares them.
    """

    answer_id: str
    status: Status
    question: str
    understood_as: str
    message: str
    passages: tuple[Passage, ...] = ()
    suggestions: tuple[str, ...] = field(default=())
    options: tuple[Option, ...] = ()
    missing: str | None = None
    conversation_id: str | None = None
    elapsed_ms: float = 0.0
    forms: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_completed(self) -> bool:
        """Whether the question left something out and was completed from the conversation."""
        return self.status is not Status.CLARIFY and bool(self.options)
