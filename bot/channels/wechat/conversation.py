"""One person in a chat: what each of their messages leads to.

The bot knows neither HTTP nor XML: a message comes in as a value, and a Turn goes out.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.answering import wording
from bot.answering.answer import Answer
from bot.answering.asking import Asking
from bot.answering.question import Question
from bot.channels.wechat.chat import Chat, read_chat
from bot.channels.wechat.messages import (
    Click,
    Message,
    Position,
    Scan,
    Subscribe,
    Text,
    Unknown,
    Unsubscribe,
    View,
    Voice,
)
from bot.channels.wechat.rendering import answer_pieces, option_pieces
from bot.channels.wechat.replies import REPLY_BUDGET, portion
from bot.content.sites import Site
from bot.content.topics import Topics
from bot.errors import QuestionError
from bot.records.person import Person
from bot.records.records import AskedQuestion, Feedback, Records, Reply, Turn

SILENT = (Position, Unknown, Unsubscribe, View)
"""Messages that get no reply: a place sent every five seconds, a page opened, what we do not know."""

_TALK = "talk"
"""Status of a reply that is no answer."""


@dataclass(frozen=True, slots=True)
class Said:
    """A reply in the making: pieces to send, and what to remember. The chat's `rest` follows the pieces."""

    pieces: tuple[str, ...]
    chat: Chat
    status: str = _TALK
    asked: AskedQuestion | None = None


@dataclass(frozen=True, slots=True)
class Offers:
    """What staff offer in a chat: topics, sites by their keys, and questions to begin with."""

    topics: Topics
    sites: Mapping[str, Site]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """Replies to the messages of a channel.

    `offers` gives those of this moment, for staff change them. `links` is whether citations have an address
    that phones can open, `tappable` whether the app turns choices into taps.
    """

    asking: Asking
    records: Records
    offers: Callable[[], Offers]
    hotline: str
    links: bool
    tappable: bool

    def turn(self, person: Person, message: Message) -> Turn:
        """What comes of a message that is not one of SILENT."""
        chat = read_chat(self.records.load_chat(person))
        said = self._said(person, message, chat)
        closing = f"\n{wording.MORE}"
        sent = portion(said.pieces, REPLY_BUDGET - len(closing.encode()))
        text = sent.text.rstrip("\n") + (closing if sent.remainder else "")
        remembered = said.chat.model_copy(update={"rest": (*sent.remainder, *said.chat.rest)})
        return Turn(Reply(text, said.status), said.asked, remembered.model_dump_json())

    def _said(self, person: Person, message: Message, chat: Chat) -> Said:
        match message:
            case Text(content=words) | Voice(recognition=str(words)):
                return self._words(person, words.strip(), chat)
            case Voice():
                return Said((wording.UNHEARD,), chat)
            case Click(key=key):
                return self._chosen(person, key, chat)
            case Subscribe(scene=scene):
                return self._arrived(wording.WELCOME, scene, chat)
            case Scan(scene=scene):
                return self._arrived(wording.WELCOME_BACK, scene, chat)
        return self._offered(wording.ONLY_WORDS, self.offers().examples, chat)

    def _words(self, person: Person, words: str, chat: Chat) -> Said:
        """Words are a request for more, a judgement, a number that was offered, or a question."""
        if words in wording.MORE_WORDS:
            return Said(chat.rest or (wording.NO_MORE,), chat.model_copy(update={"rest": ()}))
        if words in wording.HELPFUL_WORDS:
            return self._judged(chat, helpful=wording.HELPFUL_WORDS[words])
        if words.isdecimal() and 1 <= int(words) <= len(chat.choices):
            return self._asked(person, chat.choices[int(words) - 1], chat)
        return self._asked(person, words, chat)

    def _asked(self, person: Person, words: str, chat: Chat) -> Said:
        try:
            question = Question.of(words)
        except QuestionError as error:
            return Said((str(error),), chat)
        answer, record = self.asking.ask(question, person.channel, person)
        choices = answer.suggestions
        remembered = Chat(choices=choices, answer_id=answer.answer_id, site=chat.site)
        pieces = (*answer_pieces(answer, self.links), *self._choices(choices), *self._below(answer, chat))
        return Said(pieces, remembered, answer.status, record)

    def _below(self, answer: Answer, chat: Chat) -> Iterator[str]:
        """Below quotes the invitation to judge; below a refusal whom to ask at the person's own site."""
        site = self.offers().sites.get(chat.site or "")
        if answer.passages:
            yield f"\n{wording.JUDGE}"
        elif site is not None:
            yield f"\n{wording.at_site(site, self.hotline)}"

    def _judged(self, chat: Chat, *, helpful: bool) -> Said:
        if chat.answer_id is None:
            return Said((wording.NOTHING_TO_JUDGE,), chat)
        self.records.remember_feedback(Feedback(chat.answer_id, helpful))
        return Said((wording.THANKS,), chat)

    def _chosen(self, person: Person, key: str, chat: Chat) -> Said:
        offers = self.offers()
        topic = offers.topics.by_key.get(key)
        if topic is None:
            return self._offered(wording.TOPIC_GONE, offers.examples, chat)
        if len(topic.questions) == 1:
            return self._asked(person, topic.questions[0], chat)
        return self._offered(topic.name, topic.questions, chat)

    def _arrived(self, greeting: str, scene: str | None, chat: Chat) -> Said:
        """Somebody came, perhaps by the code of a site, which is remembered from then on."""
        offers = self.offers()
        site = offers.sites.get(scene or "")
        if site is None:
            return self._offered(greeting, offers.examples, chat)
        here = chat.model_copy(update={"site": site.key})
        return self._offered(f"{greeting}\n{wording.at_site(site, self.hotline)}", offers.examples, here)

    def _offered(self, words: str, questions: tuple[str, ...], chat: Chat) -> Said:
        """Words, and questions to choose from."""
        pieces = (f"{words}\n", *self._choices(questions))
        return Said(pieces, chat.model_copy(update={"choices": questions}))

    def _choices(self, questions: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(option_pieces(questions, self.tappable)) if questions else ()
