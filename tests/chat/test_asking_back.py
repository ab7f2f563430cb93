"""A question back in a chat: choices by number, nothing else, and the place of the site that was scanned."""

from dataclasses import replace

import pytest

from bot.answering import wording
from bot.answering.answerer import Answerer
from bot.answering.basis import Basis
from bot.answering.question import Question
from bot.channels.wechat.account import Platform
from bot.channels.wechat.translation import manner_of
from bot.chat.conversation import Conversation
from bot.chat.events import Arrival, Words
from bot.chat.offers import Offers
from bot.content.phrases import Phrases
from bot.content.sites import Site
from bot.content.table import ANSWER_KINDS
from bot.content.topics import Topics
from bot.policy.jurisdiction import Gazetteer, Jurisdiction
from bot.policy.library import Library
from bot.records.person import Person
from bot.search.analysis import Analyzer
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.search.understanding import Glossary
from tests.answering.filler import FILLER
from tests.answering.test_places import NANJING, NATION, XIAMEN
from tests.conftest import KNOWLEDGE, StoppedClock
from tests.fake_records import FakeRecords

SITE = Site("haicang", "海沧街道便民服务中心", jurisdiction="福建省厦门市")
QUESTION = "高龄津贴每月多少元"


class Phone:
    """A person's phone, and the records between two messages."""

    def __init__(self, conversation: Conversation, records: FakeRecords) -> None:
        self._conversation, self._records = conversation, records
        self._person = Person("wechat", "someone")

    def send(self, event: Words | Arrival) -> tuple[str, str]:
        """The status and the text of the reply."""
        turn = self._conversation.turn(self._person, event)
        assert turn.chat is not None
        self._records.chats[self._person] = turn.chat
        return turn.reply.status, turn.reply.text


def at_site(question: Question, key: str | None) -> Question:
    """A question as it is asked at the site."""
    return replace(question, jurisdiction=Jurisdiction(("福建省", "厦门市"))) if key else question


@pytest.fixture
def phone(analyzer: Analyzer) -> Phone:
    """A chat about a nation and two cities that give different amounts."""
    library = Library.of([NATION, XIAMEN, NANJING, FILLER])
    words = Glossary(answer_kinds=ANSWER_KINDS.load(KNOWLEDGE).value)
    index = Index(entries_of(library), analyzer, glossary=words)
    gazetteer = Gazetteer(further=library.jurisdictions.values())
    answerer = Answerer(Basis(library, index, "12345", gazetteer=gazetteer), StoppedClock(), lambda: "an-id")
    records = FakeRecords()
    offers = Offers(Topics(), {"haicang": SITE}, (), Phrases())
    manner = manner_of(Platform.WECHAT, has_links=True)
    conversation = Conversation(answerer.answer, records, lambda: offers, "12345", manner, at_site=at_site)
    return Phone(conversation, records)


def test_the_choices_stand_alone(phone: Phone) -> None:
    """A question back quotes nothing and asks for no judgement."""
    status, text = phone.send(Words(QUESTION))

    assert status == "clarify"
    assert text.startswith(wording.clarify())
    assert ">福建省厦门市</a>" in text
    assert "第一条" not in text
    assert wording.judge("有用", "没用") not in text


@pytest.mark.parametrize("said", ["1", f"江苏省南京市，{QUESTION}", "江苏省南京市"])
def test_a_choice_is_answered(phone: Phone, said: str) -> None:
    """By its number, its words, or what tells it from the others."""
    phone.send(Words(QUESTION))
    status, text = phone.send(Words(said))

    assert status == "answered"
    assert "八十元" in text


def test_at_a_site_its_place_is_known(phone: Phone) -> None:
    """Whoever scanned the code of a site in a city is not asked for the city."""
    phone.send(Arrival(scene="haicang", is_first=True))
    status, text = phone.send(Words(QUESTION))

    assert status == "answered"
    assert "一百元" in text
    assert "八十元" not in text
