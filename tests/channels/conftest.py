"""What the channel tests share: the application over the shipped knowledge, or over other documents."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from bot.answering.answerer import Answerer
from bot.assembly import desk_of
from bot.channels.app import build_app
from bot.channels.desk import Desk
from bot.channels.service import Service
from bot.policy.document import Document
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.search.query import Query
from bot.settings import Settings
from tests.channels.browsing import browsing
from tests.conftest import StoppedClock

pytest.register_assert_rewrite("tests.channels.wire", "tests.channels.html_page")

DeskOver = Callable[[Iterable[Document]], Desk]
"""Makes a desk that answers from some documents."""


class BrokenIndex(Index):
    """An index that fails with the question in its message, as a careless library would."""

    def query(self, question: str) -> Query:
        raise RuntimeError(f"cannot search {question}")


def client_of(desk: Desk) -> FlaskClient:
    """A client of the application whose channels stand on a desk."""
    return build_app(desk).test_client()


def desk_over_answerer(settings: Settings, service: Service, answerer: Answerer) -> Desk:
    """A desk with an answerer of the test's own, on a day that stands still."""
    desk = desk_of(settings, lambda: replace(service, answerer=answerer))
    return replace(desk, clock=StoppedClock())


def without_token(desk: Desk) -> Desk:
    """The same desk where no staff token is set."""
    return replace(desk, settings=desk.settings.model_copy(update={"staff_token": ""}))


def closed(desk: Desk) -> Desk:
    """The same desk while the service is being worked on."""
    answerer = desk.answerer()
    basis = replace(answerer.basis, is_closed=True)
    return replace(desk, answerer=lambda: replace(answerer, basis=basis))


@pytest.fixture(scope="session")
def desk(settings: Settings, service: Service) -> Desk:
    """What the channels stand on: the shipped knowledge, on a day that stands still."""
    return desk_over_answerer(settings, service, replace(service.answerer, clock=StoppedClock()))


@pytest.fixture(scope="session")
def client(desk: Desk) -> FlaskClient:
    """A client of the application over the shipped knowledge."""
    return client_of(desk)


@pytest.fixture(scope="session")
def desk_over(settings: Settings, service: Service, analyzer: Analyzer) -> DeskOver:
    """A desk over documents of the test's own."""

    def make(documents: Iterable[Document]) -> Desk:
        library = Library.of(documents)
        basis = replace(service.basis, library=library, index=Index(entries_of(library), analyzer))
        answerer = replace(service.answerer, basis=basis, clock=StoppedClock())
        return desk_over_answerer(settings, service, answerer)

    return make


@pytest.fixture(scope="session")
def broken_desk(settings: Settings, service: Service, analyzer: Analyzer) -> Desk:
    """A desk whose index fails at every question."""
    basis = replace(service.basis, index=BrokenIndex([], analyzer))
    return desk_over_answerer(settings, service, replace(service.answerer, basis=basis))


@pytest.fixture(scope="session")
def broken_client(broken_desk: Desk) -> FlaskClient:
    """A client of a service whose index fails at every question."""
    return client_of(broken_desk)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's own browser. One for all: Playwright can be started once in a thread."""
    with browsing() as browser:
        yield browser
