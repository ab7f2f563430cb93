"""One person in a chat: what each event leads to. The conversation knows no platform."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.answering import wording
from bot.answering.answer import Answer, Status
from bot.answering.context import Context
from bot.answering.inquiry import Asker
from bot.answering.question import LONGEST_QUESTION, Question, visible
from bot.chat.events import Arrival, Event, Mumble, Tap, Words
from bot.chat.manner import Manner
from bot.chat.memory import Memory, read_memory
from bot.chat.offers import Offers
from bot.chat.rendering import answer_pieces, choice_pieces, spoken
from bot.content.phrases import PhraseGroup
from bot.content.sites import Site
from bot.errors import QuestionError
from bot.records.masking import mask
from bot.records.person import Person
from bot.records.records import Feedback, Ledger, QuestionRecord, Reply, Turn

_TALK = "talk"
"""Status of a reply that is no answer."""

_NO_ANSWER = (Status.NOT_FOUND, Status.RELATED)
_LONGEST_NUMBER = 4


@dataclass(frozen=True, slots=True)
class Response:
    """A reply before it is cut to the platform's size. The memory's `rest` follows the pieces."""

    pieces: tuple[str, ...]
    memory: Memory
    status: str = _TALK
    question: QuestionRecord | None = None
    feedback: Feedback | None = None
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Replies to the people of one platform.

    Args:
        offers: those of this moment, for staff change them.
        hotline: the number to call where no site gives its own.
        at_site: a question as it is asked at the site with a key; None: at no site.
    """

    ask: Callable[[Question, Asker, Context], Answer]
    ledger: Ledger
    offers: Callable[[], Offers]
    hotline: str
    manner: Manner
    at_site: Callable[[Question, str | None], Question] = lambda question, _: question

    def turn(self, person: Person, event: Event) -> Turn:
        """The response to an event that wants a reply: any event except a Departure."""
        memory = read_memory(self.ledger.load_chat(person))
        response = self._response(person, event, memory)
        more = self.offers().phrases.word_for(PhraseGroup.MORE)
        closing = f"\n{wording.more(more)}" if more else ""
        sent = self.manner.fit(response.pieces, closing)
        text = sent.text.rstrip("\n") + (closing if sent.remainder else "")
        rest = (*sent.remainder, *response.memory.rest)
        saved = response.memory.model_copy(update={"rest": rest}).model_dump_json()
        reply = Reply(text, response.status)
        return Turn(reply, response.question, saved, response.feedback, response.withdrawn)

    def _response(self, person: Person, event: Event, memory: Memory) -> Response:
        match event:
            case Words(text=words):
                return self._words(person, visible(words).strip(), memory)
            case Mumble():
                return Response((wording.UNHEARD,), memory)
            case Tap(key=key):
                return self._tapped(person, key, memory)
            case Arrival(scene=scene, is_first=is_first):
                return self._welcome(wording.WELCOME if is_first else wording.WELCOME_BACK, scene, memory)
        return self._offer(wording.ONLY_WORDS, self.offers().examples, memory)

    def _words(self, person: Person, words: str, memory: Memory) -> Response:
        """The response to words: a steering phrase, a reason, the number of a choice, or a question."""
        phrases = self.offers().phrases
        steered = self._steered(phrases.group_of(words), words, memory)
        if steered:
            return steered
        reason = phrases.reason_in(words)
        if reason and memory.answer_id and not self._is_question(reason):
            return self._explain(memory, reason)
        if words.isdecimal() and memory.choices and len(words) < _LONGEST_NUMBER:
            return self._choose(person, int(words), memory)
        return self._ask(person, reason or words, memory)

    def _steered(self, group: PhraseGroup | None, words: str, memory: Memory) -> Response | None:
        """The response to a phrase that steers the chat; None: it is no such phrase."""
        match group:
            case PhraseGroup.MORE:
                return Response(memory.rest or (wording.NO_MORE,), memory.model_copy(update={"rest": ()}))
            case PhraseGroup.UNHELPFUL if memory.awaits_reason:
                return self._explain(memory, words)
            case PhraseGroup.HELPFUL | PhraseGroup.UNHELPFUL:
                return self._judge(memory, helpful=group is PhraseGroup.HELPFUL)
            case PhraseGroup.WITHDRAW if memory.answer_id:
                after = memory.model_copy(update={"awaits_reason": False})
                return Response((wording.WITHDRAWN,), after, withdrawn=memory.answer_id)
        return None

    def _choose(self, person: Person, number: int, memory: Memory) -> Response:
        if 1 <= number <= len(memory.choices):
            return self._ask(person, memory.choices[number - 1], memory)
        return Response((wording.NO_SUCH_CHOICE,), memory)

    def _ask(self, person: Person, words: str, memory: Memory) -> Response:
        try:
            question = self.at_site(Question.of(words), memory.site)
        except QuestionError as error:
            return Response((self._first_aid(words, memory) or str(error),), memory)
        kept: list[tuple[QuestionRecord, Context]] = []
        asker = Asker(person.channel, lambda record, context: kept.append((record, context)), person)
        answer = self.ask(question, asker, memory.context)
        record, context = kept[0]
        is_told = answer.status in _NO_ANSWER or answer.is_completed
        if memory.awaits_reason and is_told and not self._is_question(words):
            return self._explain(memory, words)
        if answer.status is Status.OUT_OF_SCOPE:
            talk = memory.model_copy(update={"context": context, "awaits_reason": False})
            return Response(tuple(answer_pieces(answer, self.manner)), talk, answer.status, record)
        choices = tuple(option.question for option in answer.options) or answer.suggestions
        remembered = Memory(choices=choices, answer_id=answer.answer_id, site=memory.site, context=context)
        return Response(tuple(self._pieces(answer)), remembered, answer.status, record)

    def _pieces(self, answer: Answer) -> Iterator[str]:
        """The answer, what can be asked instead, and below quotes the invitation to judge them."""
        yield from answer_pieces(answer, self.manner)
        yield from choice_pieces(answer.suggestions, self.manner)
        phrases = self.offers().phrases
        helpful, unhelpful = map(phrases.word_for, (PhraseGroup.HELPFUL, PhraseGroup.UNHELPFUL))
        if answer.passages and answer.status is not Status.CLARIFY and helpful and unhelpful:
            yield f"\n{wording.judge(helpful, unhelpful)}"

    def _first_aid(self, words: str, memory: Memory) -> str:
        """Telephone numbers, if a message that is too long to be a question tells of danger; else empty."""
        rule = self.offers().routing.urgent_rule(words)
        contact = self._contact(memory)
        return spoken(rule.sentence.replace("{hotline}", contact), self.manner) if rule else ""

    def _is_question(self, words: str) -> bool:
        return self.offers().routing.is_about_rules(words)

    def _site(self, memory: Memory) -> Site | None:
        return self.offers().sites.get(memory.site or "")

    def _contact(self, memory: Memory) -> str:
        return wording.contact(self._site(memory), self.hotline)

    def _judge(self, memory: Memory, *, helpful: bool) -> Response:
        if memory.answer_id is None:
            return Response((wording.NOTHING_TO_JUDGE,), memory)
        said = wording.THANKS if helpful else spoken(wording.why_not(self._contact(memory)), self.manner)
        after = memory.model_copy(update={"awaits_reason": not helpful})
        return Response((said,), after, feedback=Feedback(memory.answer_id, helpful))

    def _explain(self, memory: Memory, reason: str) -> Response:
        """Keeps why an answer did not help."""
        assert memory.answer_id is not None  # noqa: S101  # for mypy: only an answer is judged
        kept = Feedback(memory.answer_id, helpful=False, reason=mask(reason[:LONGEST_QUESTION]))
        said = spoken(wording.reason_kept(self._contact(memory)), self.manner)
        return Response((said,), memory.model_copy(update={"awaits_reason": False}), feedback=kept)

    def _tapped(self, person: Person, key: str, memory: Memory) -> Response:
        offers = self.offers()
        topic = offers.topics.by_key.get(key)
        if topic is None:
            return self._offer(wording.TOPIC_GONE, offers.examples, memory)
        if len(topic.questions) == 1:
            return self._ask(person, topic.questions[0], memory)
        return self._offer(topic.name, topic.questions, memory)

    def _welcome(self, greeting: str, scene: str | None, memory: Memory) -> Response:
        """A greeting. The site whose code was scanned is named, and remembered from then on."""
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
