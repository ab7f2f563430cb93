"""The desk: what every channel stands on. Assembly makes it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.answering.answer import Answer
from bot.answering.answerer import Answerer
from bot.answering.inquiry import Asker
from bot.answering.question import Question
from bot.chat.conversation import Conversation
from bot.chat.manner import Manner
from bot.chat.offers import Offers
from bot.chat.reception import Reception
from bot.clock import Clock
from bot.records.once import Once
from bot.records.person import People
from bot.records.records import Store
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Desk:
    """What a channel is handed.

    Args:
        answerer: what answers now, with its library and its index. Documents change: call it once a request.
        offers: what a chat offers now.
        people: makes keyed hashes of people. SECRET_KEY is read or made at the first call.
        sleep: waits some seconds.
    """

    settings: Settings
    answerer: Callable[[], Answerer]
    offers: Callable[[], Offers]
    store: Store
    people: Callable[[], People]
    clock: Clock
    sleep: Callable[[float], None] = time.sleep

    def ask(self, question: Question, channel: str) -> Answer:
        """The answer to a question from somebody unknown. What came of it is kept before this returns."""
        return self.answerer().answer(question, Asker(channel, self.store.remember_question))

    def today(self) -> date:
        """The day for which texts are in force."""
        return self.clock.today()

    def reception(self, channel: str, manner: Manner) -> Reception:
        """What receives the messages of a chat platform.

        Args:
            channel: our own word for the platform; people are known by it.

        Raises:
            SettingsError: SECRET_KEY can be neither read nor made.
        """
        conversation = Conversation(
            ask=lambda question, asker: self.answerer().answer(question, asker),
            records=self.store,
            ledger=self.store,
            offers=self.offers,
            hotline=self.settings.hotline,
            manner=manner,
        )
        once = Once(self.store, self.clock.seconds, self.sleep)
        return Reception(channel, conversation, self.store, once, self.people())
