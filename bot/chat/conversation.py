"""One person in a chat: what each event leads to. The conversation knows no platform."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.answering import wording
from bot.answering.answer import Answer, Status
from bot.answering.context import Context
from bot.answering.inquiry import Asker
from bot.answering.question import Question
from bot.chat.events import Arrival, Event, Mumble, Tap, Words
from bot.chat.manner import Manner
from bot.chat.memory import Memory, read_memory
from bot.chat.offers import Offers
from bot.chat.rendering import answer_pieces, choice_pieces
from bot.content.phrases import PhraseGroup
from bot.errors import QuestionError
from bot.records.person import Person
from bot.records.records import Feedback, Ledger, QuestionRecord, Records, Reply, Turn

_TALK = "talk"
"""Status of a reply that is no answer."""


@dataclass(frozen=True, slots=True)
class Response:
    """A reply before it is cut to the platform's size. The memory's `rest` follows the pieces."""

    pieces: tuple[str, ...]
    memory: Memory
    status: str = _TALK
    question: QuestionRecord | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Replies to the people of one platform.

    Args:
        offers: those of this moment, for staff change them.
        hotline: the number to call where no site gives its own.
        at_site: a question as it is asked at the site with a key; None: at no site.
    """

    ask: Callable[[Question, Asker, Context], Answer]
    records: Records
    ledger: Ledger
    offers: Callable[[], Offers]
    hotline: str
    manner: Manner
    at_site: Callable[[Question, str | None], Question] = lambda question, _: question

    def turn(self, person: Person, event: Event) -> Turn:
        """What comes of an event that wants a reply: any but a Departure."""
        memory = read_memory(self.ledger.load_chat(person))
        response = self._response(person, event, memory)
        closing = f"\n{wording.MORE}"
        sent = self.manner.fit(response.pieces, closing)
        text = sent.text.rstrip("\n") + (closing if sent.remainder else "")
        rest = (*sent.remainder, *response.memory.rest)
        saved = response.memory.model_copy(update={"rest": rest}).model_dump_json()
        return Turn(Reply(text, response.status), response.question, saved)

    def _response(self, person: Person, event: Event, memory: Memory) -> Response:
        match event:
            case Words(text=words):
                return self._words(person, words.strip(), memory)
            case Mumble():
                return Response((wording.UNHEARD,), memory)
            case Tap(key=key):
                return self._tapped(person, key, memory)
            case Arrival(scene=scene, is_first=is_first):
                return self._welcome(wording.WELCOME if is_first else wording.WELCOME_BACK, scene, memory)
        return self._offer(wording.ONLY_WORDS, self.offers().examples, memory)

    def _words(self, person: Person, words: str, memory: Memory) -> Response:
        """Words are a request for more, a judgement, the number of a choice, or a question."""
        group = self.offers().phrases.group_of(words)
        if group is PhraseGroup.MORE:
            return Response(memory.rest or (wording.NO_MORE,), memory.model_copy(update={"rest": ()}))
        if group in (PhraseGroup.HELPFUL, PhraseGroup.UNHELPFUL):
            return self._judge(memory, helpful=group is PhraseGroup.HELPFUL)
        if words.isdecimal() and 1 <= int(words) <= len(memory.choices):
            return self._ask(person, memory.choices[int(words) - 1], memory)
        return self._ask(person, words, memory)

    def _ask(self, person: Person, words: str, memory: Memory) -> Response:
        try:
            question = self.at_site(Question.of(words), memory.site)
        except QuestionError as error:
            return Response((str(error),), memory)
        kept: list[tuple[QuestionRecord, Context]] = []
        asker = Asker(person.channel, lambda record, context: kept.append((record, context)), person)
        answer = self.ask(question, asker, memory.context)
        record, context = kept[0]
        choices = tuple(option.question for option in answer.options) or answer.suggestions
        pieces = (
            *answer_pieces(answer, self.manner),
            *choice_pieces(choices, self.manner),
            *self._below(answer, memory),
        )
        remembered = Memory(choices=choices, answer_id=answer.answer_id, site=memory.site, context=context)
        return Response(pieces, remembered, answer.status, record)

    def _below(self, answer: Answer, memory: Memory) -> Iterator[str]:
        """Below quotes the invitation to judge them; below a refusal whom to ask at the person's own site.

        Nothing below a question back: the choices follow it.
        """
        site = self.offers().sites.get(memory.site or "")
        if answer.status is Status.CLARIFY:
            return
        if answer.passages:
            yield f"\n{wording.JUDGE}"
        elif site is not None:
            yield f"\n{wording.at_site(site, self.hotline)}"

    def _judge(self, memory: Memory, *, helpful: bool) -> Response:
        if memory.answer_id is None:
            return Response((wording.NOTHING_TO_JUDGE,), memory)
        self.records.remember_feedback(Feedback(memory.answer_id, helpful))
        return Response((wording.THANKS,), memory)

    def _tapped(self, person: Person, key: str, memory: Memory) -> Response:
        offers = self.offers()
        topic = offers.topics.by_key.get(key)
        if topic is None:
            return self._offer(wording.TOPIC_GONE, offers.examples, memory)
        if len(topic.questions) == 1:
            return self._ask(person, topic.questions[0], memory)
        return self._offer(topic.name, topic.questions, memory)

    def _welcome(self, greeting: str, scene: str | None, memory: Memory) -> Response:
        """A greeting. The site whose code led here is named, and remembered from then on."""
        offers = self.offers()
        site = offers.sites.get(scene or "")
        if site is None:
            return self._offer(greeting, offers.examples, memory)
        here = memory.model_copy(update={"site": site.key})
        return self._offer(f"{greeting}\n{wording.at_site(site, self.hotline)}", offers.examples, here)

    def _offer(self, words: str, questions: tuple[str, ...], memory: Memory) -> Response:
        """Words, and questions to choose from."""
        pieces = (f"{words}\n", *choice_pieces(questions, self.manner))
        return Response(pieces, memory.model_copy(update={"choices": questions}))
