"""The values that are kept, and two ports: Records to write, Ledger to read. Other rooms use only these."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.records.masking import MaskedText
from bot.records.person import Person


@dataclass(frozen=True, slots=True)
class Receipt:
    """A message of a person. `key` tells it from the person's others: a MsgId, or what an event has.

    `since` is when work on it began: who leaves later takes it along. None: nobody leaves.
    """

    person: Person
    key: str
    since: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to a message: its words, and its kind (a status of answering or of the channel)."""

    text: str
    status: str


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """A question and its outcome.

    Args:
        person: None where the channel knows nobody.
        clause_ids: the clauses that were quoted, best first.
        understood_as: the complete question that was searched, masked.
        jurisdiction: where the asker lives; None: unknown.
        rejected: the next clauses, each with its score and the reason why it was not quoted.
        conversation: the conversation that it belongs to; None: it belongs to none.
    """

    answer_id: str
    channel: str
    person: Person | None
    question: MaskedText
    status: str
    clause_ids: Sequence[str] = ()
    understood_as: str = ""
    jurisdiction: str | None = None
    rejected: Sequence["RejectedClause"] = ()
    conversation: str | None = None


@dataclass(frozen=True, slots=True)
class RejectedClause:
    """A clause that was found and not quoted."""

    clause_id: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class ConversationState:
    """The state that the next question of a conversation needs.

    `key` is a keyed hash of the conversation's id: the id itself is kept nowhere.
    """

    key: str
    state: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """A resident's judgement of an answer. `reason` is None: no reason was given."""

    answer_id: str
    helpful: bool
    reason: MaskedText | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """The outcome of a message. It is kept as a whole or not at all.

    `question` is None where nothing was asked. `chat` is what the person's next message needs; None where
    that stays as it is. `feedback`: what the person said of an answer; None: nothing. `withdrawn`: the id of
    an answer of which nothing is said any more; empty: of none.
    """

    reply: Reply
    question: QuestionRecord | None = None
    chat: str | None = None
    feedback: Feedback | None = None
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class AnsweredMessage:
    """A message and its outcome."""

    receipt: Receipt
    turn: Turn


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A question without a receipt, and the state that its conversation's next question needs."""

    question: QuestionRecord
    conversation: ConversationState | None = None


Kept = AnsweredMessage | KeptQuestion
"""What is kept whole or not at all."""


@dataclass(frozen=True, slots=True)
class DeletedRows:
    """How many rows of each kind were deleted."""

    receipts: int = 0
    feedback: int = 0
    questions: int = 0
    chats: int = 0
    conversations: int = 0
    pages: int = 0


class Records(Protocol):
    """All that the house writes. After an operation has returned, its data survives a crash and a power cut.

    Each operation raises RecordsError where the records are out of order; those of `SteadyRecords` never do.
    """

    def finish(self, receipt: Receipt, turn: Turn) -> Reply:
        """Keeps what came of a message. Returns the reply to send: the first one that was kept.

        Nothing stays of it where the person was deleted since work on the message began.
        """

    def remember_question(
        self, question: QuestionRecord, conversation: ConversationState | None = None
    ) -> None:
        """Keeps a question without a receipt, and the state that its conversation's next question needs."""

    def remember(self, things: Sequence[Kept]) -> Sequence[bool]:
        """Keeps several things, all or none.

        For each, False where it is of a message that had got a reply before: nothing of it is kept then.
        """

    def remember_feedback(self, feedback: Feedback) -> bool:
        """Keeps the latest feedback on an answer; False if no question with this answer is kept."""

    def withdraw_feedback(self, answer_id: str) -> None:
        """Deletes the feedback on an answer."""

    def save_page(self, key: str, page: str, since: datetime) -> bool:
        """Keeps a page that may be shown again, and deletes those that were kept before a moment.

        `key` is a keyed hash of the page's id. False where the page is not kept.
        """

    def save_chat(self, person: Person, state: str) -> None:
        """Keeps the state that the person's next message needs. The person's own words in it are masked."""

    def delete_person(self, person: Person) -> DeletedRows:
        """Deletes everything about a person. The departure and its time are kept like any other record."""

    def forget_before(self, moment: datetime) -> DeletedRows:
        """Deletes everything that is older than a moment."""


class Ledger(Protocol):
    """All that the house reads of its records.

    Each operation raises RecordsError if they are out of order.
    """

    def load_reply(self, receipt: Receipt) -> Reply | None:
        """The reply that was kept for a message; None: there is none yet."""

    def load_chat(self, person: Person) -> str | None:
        """The saved state of a person's chat; None: nothing was saved."""

    def load_conversation(self, key: str, since: datetime) -> str | None:
        """The saved state of a conversation; None: nothing was saved since a moment."""

    def load_page(self, key: str, since: datetime) -> str | None:
        """The page of a key; None: none was kept since a moment."""

    def ping(self) -> bool:
        """True: the records can be read."""


class Store(Records, Ledger, Protocol):
    """Both ports, as a database serves them."""
