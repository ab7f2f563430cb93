"""The reception of a chat platform: every message is answered once, and a person who leaves is forgotten."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.chat.conversation import Conversation
from bot.chat.events import Departure, Event
from bot.records.once import Once
from bot.records.person import People, Person
from bot.records.records import Receipt, Records, Reply, Turn

PATIENCE_SECONDS = 4.0
"""How long a repeat waits for the worker that is answering: WeChat hangs up after five seconds."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message as a platform delivers it.

    Args:
        platform_id: the platform's id for the person; it is kept nowhere.
        key: tells the message from the person's others; a repeated delivery has the same.
        event: what the person did; None where it wants no reply.
    """

    platform_id: str
    key: str
    event: Event | None


@dataclass(frozen=True, slots=True)
class Reception:
    """Receives the messages of one channel. `channel` is our own word for the platform."""

    channel: str
    conversation: Conversation
    records: Records
    once: Once
    people: People
    refusal_of_many: Callable[[Person], str | None] = lambda _: None
    """What is said to a person who writes too often; None to others."""

    def reply(self, delivery: Delivery) -> str | None:
        """The words that reply to a message; None where none are wanted, or another worker has them still."""
        person = self.people.person(self.channel, delivery.platform_id)
        event = delivery.event
        if isinstance(event, Departure):
            self.records.delete_person(person)
        if event is None or isinstance(event, Departure):
            return None
        receipt = Receipt(person, delivery.key)
        reply = self.once.reply(receipt, PATIENCE_SECONDS, lambda: self._turn(person, event))
        return reply.text if reply else None

    def _turn(self, person: Person, event: Event) -> Turn:
        refused = self.refusal_of_many(person)
        return Turn(Reply(refused, "too_many")) if refused else self.conversation.turn(person, event)
