"""What the channel tests share: the application over the shipped knowledge, or over other documents."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from bot.answering.answerer import Answerer
from bot.assembly import Service, services_of
from bot.channels.app import build_app
from bot.channels.services import Services
from bot.policy.document import Document
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.search.query import Query
from tests.conftest import StoppedClock

pytest.register_assert_rewrite("tests.channels.wire", "tests.channels.html_page")

ServicesOver = Callable[[Iterable[Document]], Services]
"""Makes the services that answer from some documents."""


class BrokenIndex(Index):
    """An index that fails with the question in its message, as a careless library would."""

    def query(self, question: str) -> Query:
        raise RuntimeError(f"cannot search {question}")


def client_of(services: Services) -> FlaskClient:
    """A client of the application that answers for some services."""
    return build_app(services).test_client()


@pytest.fixture(scope="session")
def services(service: Service) -> Services:
    """What the channels are handed: the shipped knowledge, on a day that stands still."""
    answerer = replace(service.answerer, clock=StoppedClock())
    return services_of(replace(service, answerer=answerer, answer=answerer.answer))


@pytest.fixture(scope="session")
def client(services: Services) -> FlaskClient:
    """A client of the application over the shipped knowledge."""
    return client_of(services)


@pytest.fixture(scope="session")
def services_over(service: Service, analyzer: Analyzer) -> ServicesOver:
    """Services over documents of the test's own."""

    def make(documents: Iterable[Document]) -> Services:
        library = Library.of(documents)
        index = Index(entries_of(library), analyzer)
        answerer = replace(service.answerer, library=library, index=index, clock=StoppedClock())
        return services_of(replace(service, library=library, answerer=answerer, answer=answerer.answer))

    return make


@pytest.fixture(scope="session")
def broken_client(service: Service, analyzer: Analyzer) -> FlaskClient:
    """A client of a service whose index fails at every question."""
    answerer: Answerer = replace(service.answerer, index=BrokenIndex([], analyzer))
    return client_of(services_of(replace(service, answerer=answerer, answer=answerer.answer)))
