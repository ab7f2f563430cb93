"""Records that live as long as a test."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.records.person import Person
from bot.records.records import (
    ConversationState,
    DeletedRows,
    Feedback,
    Kept,
    KeptQuestion,
    QuestionRecord,
    Receipt,
    Reply,
    Turn,
)


@dataclass
class FakeRecords:
    """Keeps everything in dictionaries; keeps the promises of the port within one process."""

    replies: dict[Receipt, Reply] = field(default_factory=dict)
    asked: list[QuestionRecord] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)
    chats: dict[Person, str] = field(default_factory=dict)
    conversations: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)

    def load_reply(self, receipt: Receipt) -> Reply | None:
        return self.replies.get(receipt)

    def finish(self, receipt: Receipt, turn: Turn) -> Reply:
        if receipt in self.replies:
            return self.replies[receipt]
        self.replies[receipt] = turn.reply
        if turn.feedback:
            self.remember_feedback(turn.feedback)
        if turn.withdrawn:
            self.withdraw_feedback(turn.withdrawn)
        if turn.question:
            self.asked.append(turn.question)
        if turn.chat is not None:
            self.chats[receipt.person] = turn.chat
        return turn.reply

    def remember_question(
        self, question: QuestionRecord, conversation: ConversationState | None = None
    ) -> None:
        self.asked.append(question)
        if conversation is not None:
            self.conversations[conversation.key] = conversation.state

    def remember(self, things: Sequence[Kept]) -> Sequence[bool]:
        kept = []
        for thing in things:
            if isinstance(thing, KeptQuestion):
                self.remember_question(thing.question, thing.conversation)
                kept.append(True)
            else:
                kept.append(thing.receipt not in self.replies)
                self.finish(thing.receipt, thing.turn)
        return kept

    def load_conversation(self, key: str, since: datetime) -> str | None:
        return self.conversations.get(key)

    def remember_feedback(self, feedback: Feedback) -> bool:
        self.feedback.append(feedback)
        return True

    def withdraw_feedback(self, answer_id: str) -> None:
        self.feedback = [given for given in self.feedback if given.answer_id != answer_id]

    def save_page(self, key: str, page: str, since: datetime) -> bool:
        self.pages[key] = page
        return True

    def load_page(self, key: str, since: datetime) -> str | None:
        return self.pages.get(key)

    def load_chat(self, person: Person) -> str | None:
        return self.chats.get(person)

    def save_chat(self, person: Person, state: str) -> None:
        self.chats[person] = state

    def delete_person(self, person: Person) -> DeletedRows:
        self.replies = {receipt: reply for receipt, reply in self.replies.items() if receipt.person != person}
        self.asked = [asked for asked in self.asked if asked.person != person]
        self.chats.pop(person, None)
        return DeletedRows()

    def forget_before(self, moment: datetime) -> DeletedRows:
        return DeletedRows()

    def ping(self) -> bool:
        return True
