"""The reception of a chat platform: every message is answered once, and a person who leaves is forgotten."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.chat.conversation import Conversation
from bot.chat.events import Arrival, Departure, Event
from bot.records.person import People, Person
from bot.records.records import Receipt, Reply, Store, Turn


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message as a platform delivers it.

    Args:
        platform_id: the platform's id for the person; it is kept nowhere.
        key: tells the message from the person's others; a repeated delivery has the same.
        event: what the person did; None where it wants no reply.
        sent_at: when, in Unix time; None: the platform does not say.
    """

    platform_id: str
    key: str
    event: Event | None
    sent_at: int | None = None


class Departures(Protocol):
    """When people have left, for as long as a message of theirs may still be delivered."""

    def note(self, person: Person, sent_at: int) -> None:
        """Notes when somebody left, in Unix time."""

    def has_left_since(self, person: Person, sent_at: int) -> bool:
        """Whether somebody left in the second in which a message was sent, or later."""


@dataclass(frozen=True, slots=True)
class Reception:
    """Receives the messages of one channel. `channel` is our own word for the platform."""

    channel: str
    conversation: Conversation
    records: Store
    people: People
    now: Callable[[], datetime]
    refusal_of_many: Callable[[Person], str | None] = lambda _: None
    """What is said to a person who writes too often; None to others."""
    departures: Departures | None = None

    def reply(self, delivery: Delivery) -> str | None:
        """The words that reply to a message; None where none are wanted.

        A message that arrives twice at once may be answered by two workers. What comes of it is kept of one,
        whose reply is the one that both give.
        """
        person = self.people.person(self.channel, delivery.platform_id)
        event = delivery.event
        if isinstance(event, Departure):
            self._let_go(person, delivery)
        if event is None or isinstance(event, Departure) or self._has_left_since(person, delivery):
            return None
        receipt = Receipt(person, delivery.key, self.now())
        reply = self.records.load_reply(receipt)
        if reply is None:
            reply = self.records.finish(receipt, self._turn(person, event))
        return None if self._has_left_since(person, delivery) else reply.text

    def _let_go(self, person: Person, delivery: Delivery) -> None:
        """Deletes a person. What was sent before, and is delivered late or once more, is not kept again."""
        if self.departures and delivery.sent_at:
            self.departures.note(person, delivery.sent_at)
        self.records.delete_person(person)

    def _has_left_since(self, person: Person, delivery: Delivery) -> bool:
        if not self.departures or not delivery.sent_at or isinstance(delivery.event, Arrival):
            return False
        return self.departures.has_left_since(person, delivery.sent_at)

    def _turn(self, person: Person, event: Event) -> Turn:
        refused = self.refusal_of_many(person)
        return Turn(Reply(refused, "too_many")) if refused else self.conversation.turn(person, event)
