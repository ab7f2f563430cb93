"""The desk: everything that channels use to answer people. Assembly makes it."""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from bot.answering import wording
from bot.answering.answer import Answer
from bot.answering.answerer import Answerer
from bot.answering.context import Context, read_context
from bot.answering.inquiry import Asker
from bot.answering.question import Question
from bot.channels.limiting import Allowance, Limiter, is_exempt, party_of
from bot.chat.conversation import Conversation
from bot.chat.manner import Manner
from bot.chat.offers import Offers
from bot.chat.reception import Reception
from bot.clock import Clock
from bot.content.known_questions import load_question_rows
from bot.errors import UnknownPlaceError
from bot.intake.draft_files import DraftFolder
from bot.intake.importing import Importer, ImportResult
from bot.intake.sources import sources_of
from bot.intake.uploads import Uploads
from bot.records.masking import mask
from bot.records.person import People, Person
from bot.records.records import ConversationState, Feedback, QuestionRecord, Store
from bot.settings import Settings

CONVERSATION_LIFE = timedelta(minutes=30)
"""How long a conversation waits for the next question."""


_READ_AT_EITHER_END = 1000
"""Characters of a refused text that are looked through for danger."""


def new_conversation_id() -> str:
    """128 random bits, as 32 hex digits: nobody can guess the conversation of another person."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class _Departures:
    """When people left, in memory that all workers share.

    Kept for 11 minutes: a message that is older than ten minutes is refused anyway.
    """

    limiter: Limiter

    def note(self, person: Person, sent_at: int) -> None:
        self.limiter.note("departure", person.key, sent_at, 660)

    def has_left_since(self, person: Person, sent_at: int) -> bool:
        return self.limiter.noted("departure", person.key) >= sent_at


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that a channel needs.

    Args:
        answerer: gives the current answerer, with its library and index. Call it once a request: documents
            change.
        offers: gives the topics, sites and phrases of this moment.
        people: makes keyed hashes of people. SECRET_KEY is read or made at the first call.
        limiter: counts how often somebody asks. Made before the workers are forked, so that they share it.
        troubles: gives what the operator should know: one word for the kind, then a name.
        drafts: the folder of drafts, relative to the folder in which the service runs.
    """

    settings: Settings
    answerer: Callable[[], Answerer]
    offers: Callable[[], Offers]
    store: Store
    people: Callable[[], People]
    clock: Clock
    new_conversation_id: Callable[[], str] = new_conversation_id
    troubles: Callable[[], Sequence[str]] = tuple
    limiter: Limiter = field(default_factory=lambda: Limiter(time.perf_counter))
    drafts: Path = Path("drafts")

    def uploads(self) -> Uploads:
        """The files that staff send. They are imported against the current library."""
        return Uploads(self.settings.data_dir / "uploads", self._import_file)

    def _import_file(self, path: Path) -> list[ImportResult]:
        basis = self.answerer().basis
        folder = DraftFolder(self.drafts)
        rows = load_question_rows(self.settings.knowledge_dir).value
        importer = Importer(sources_of, folder, basis.library, basis.gazetteer, self.today(), rows)
        return [each for results in importer.run([path]) for each in results]

    def ask(self, question: Question, channel: str, conversation_id: str | None = None) -> Answer:
        """The answer to a question from an anonymous person. The record is kept before this returns.

        Args:
            conversation_id: as the previous answer gave it. An unknown or expired one is replaced by a new
                one.
        """
        people = self.people()
        saved = None
        if conversation_id:
            since = self.clock.now() - CONVERSATION_LIFE
            saved = self.store.load_conversation(people.conversation_key(conversation_id), since)
        if saved is None or conversation_id is None:
            conversation_id = self.new_conversation_id()
        key = people.conversation_key(conversation_id)

        def keep(record: QuestionRecord, context: Context) -> None:
            self.store.remember_question(record, ConversationState(key, context.model_dump_json()))

        answer = self.answerer().answer(question, Asker(channel, keep, conversation=key), read_context(saved))
        return replace(answer, conversation_id=conversation_id)

    def danger(self) -> str:
        """The numbers to call in danger, for whoever has asked and was not read."""
        return self.offers().routing.danger

    def first_aid(self, typed: str) -> str:
        """Telephone numbers, if what is refused as no usable question tells of danger; else empty.

        Of a long text both ends are looked at: all of it may take 0.2 s.
        """
        basis = self.answerer().basis
        ends = f"{typed[:_READ_AT_EITHER_END]} {typed[_READ_AT_EITHER_END:][-_READ_AT_EITHER_END:]}"
        rule = basis.routing.urgent_rule(ends)
        return rule.sentence.replace("{hotline}", basis.hotline) if rule else ""

    def allowance(self, address: str) -> Allowance | None:
        """Counts a question of an address; gives what it may still ask. None: the address has no limit."""
        sites = self.offers().sites.values()
        if is_exempt(address, (network for site in sites for network in site.addresses)):
            return None
        return self.limiter.use("ask", party_of(address), self.settings.ask_per_minute)

    def question(self, asked: Question, jurisdiction: str | None = None, site: str | None = None) -> Question:
        """A question with the asker's place: the place in the request, else the place of the site.

        Raises:
            UnknownPlaceError: there is no such division or site, or several divisions have the name.
        """
        found = self.offers().sites.get(site) if site else None
        if site and found is None:
            raise UnknownPlaceError("site", wording.NO_SUCH_SITE)
        named = jurisdiction or (found.jurisdiction if found else None)
        if named is None:
            return replace(asked, site=found) if found else asked
        candidates = self.answerer().basis.gazetteer.named(named)
        if len(candidates) != 1:
            sentence = wording.which_division(list(map(str, candidates)))
            raise UnknownPlaceError("jurisdiction", sentence)
        return replace(asked, site=found, jurisdiction=candidates[0])

    def _at_site(self, asked: Question, site: str | None) -> Question:
        """A question of a chat at the site whose code was scanned. A site that is gone changes nothing."""
        try:
            return self.question(asked, site=site)
        except UnknownPlaceError:
            return asked

    def judge(self, answer_id: str, reason: str | None, *, helpful: bool) -> bool:
        """Keeps whether an answer helped. False: the answer is not in the records."""
        return self.store.remember_feedback(Feedback(answer_id, helpful, mask(reason) if reason else None))

    def today(self) -> date:
        """The day by which it is decided which texts are in force."""
        return self.clock.today()

    def reception(self, channel: str, manner: Manner) -> Reception:
        """The reception for the messages of a chat platform.

        Args:
            channel: our own word for the platform. A person's key is made with it.

        Raises:
            SettingsError: SECRET_KEY can be neither read nor made.
        """
        conversation = Conversation(
            ask=lambda question, asker, context: self.answerer().answer(question, asker, context),
            ledger=self.store,
            offers=self.offers,
            hotline=self.settings.hotline,
            manner=manner,
            at_site=self._at_site,
        )
        departures = _Departures(self.limiter)
        return Reception(
            channel,
            conversation,
            self.store,
            self.people(),
            self.clock.now,
            self._refusal_of_many,
            departures,
        )

    def _refusal_of_many(self, person: Person) -> str | None:
        """The sentence for a person who writes too often; None: the person may go on."""
        used = self.limiter.use("chat", person.key, self.settings.chat_per_minute)
        return wording.too_many(self.settings.hotline) if used and used.is_used_up else None
