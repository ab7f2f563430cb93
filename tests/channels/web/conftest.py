"""What the page tests share: a service whose answers are written down, a browser, phones and desks."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import cast

import pytest
from werkzeug.serving import make_server

from bot.answering.answer import Answer
from bot.answering.answerer import Answerer
from bot.answering.basis import Basis
from bot.answering.context import Context
from bot.answering.inquiry import Asker
from bot.answering.question import Question
from bot.channels.app import build_app
from bot.channels.desk import Desk
from bot.channels.service import Service
from bot.chat.offers import Offers
from bot.content.topics import Menu, Topic, Topics
from bot.records.masking import mask
from bot.records.records import QuestionRecord
from bot.search.analysis import Analyzer
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.settings import Settings
from tests.channels.conftest import DeskOver, desk_over_answerer
from tests.channels.web.documents import READ
from tests.channels.web.states import BY_QUESTION, LIBRARY, NOT_FOUND
from tests.conftest import StoppedClock
from tests.fake_records import FakeRecords

TOPICS = Topics(
    (
        Menu(
            name="老人",
            topics=(
                Topic(key="a", name="高龄津贴", questions=("高龄津贴怎么申请", "九十岁高龄津贴多少")),
                Topic(key="b", name="养老服务", questions=("高龄津贴明年涨多少",)),
            ),
        ),
        Menu(name="办事", topics=(Topic(key="c", name="津贴怎么领", questions=("津贴怎么领",)),)),
    )
)
EXAMPLES = ("九十岁高龄津贴多少", "高龄津贴怎么申请", "高龄津贴明年涨多少")


@dataclass(frozen=True)
class WrittenAnswerer:
    """Gives the answer that is written down for a question, and keeps what an answerer keeps."""

    basis: Basis

    def answer(self, question: Question, asker: Asker, context: Context) -> Answer:
        written = BY_QUESTION.get(question.text, NOT_FOUND.answer)
        answer = replace(written, answer_id=uuid.uuid4().hex, question=question.text)
        asked = mask(question.text)
        asker.keep(QuestionRecord(answer.answer_id, asker.channel, None, asked, answer.status), context)
        return answer


@dataclass(frozen=True)
class Site:
    """The service at an address of loopback, and what it keeps."""

    address: str
    records: FakeRecords


@pytest.fixture(scope="session")
def written_desk(settings: Settings, service: Service, analyzer: Analyzer) -> Desk:
    """A desk whose answers, documents and topics are written down."""
    basis = replace(service.basis, library=LIBRARY, index=Index(entries_of(LIBRARY), analyzer))
    answerer = cast("Answerer", WrittenAnswerer(basis))
    desk = desk_over_answerer(settings, service, answerer)
    offers = Offers(TOPICS, {}, EXAMPLES, service.offers.phrases)
    return replace(desk, offers=lambda: offers, store=FakeRecords(), clock=StoppedClock())


@contextmanager
def serving_pages(desk: Desk) -> Iterator[Site]:
    """A desk's pages at an address of loopback."""
    server = make_server("127.0.0.1", 0, build_app(desk), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", cast("FakeRecords", desk.store))
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def site(written_desk: Desk) -> Iterator[Site]:
    """The written answers, served."""
    with serving_pages(written_desk) as served:
        yield served


@pytest.fixture(scope="session")
def library(desk_over: DeskOver) -> Iterator[Site]:
    """Documents to read, served."""
    with serving_pages(replace(desk_over(READ), store=FakeRecords())) as served:
        yield served
