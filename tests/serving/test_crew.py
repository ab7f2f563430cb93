"""Workers help each other: who has much to do hands a request to who has less."""

import asyncio
import threading
from collections.abc import Coroutine, Iterable
from itertools import chain
from typing import Any, TypeVar
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.serving.crew import WORTH_SECONDS, Crew, Member
from bot.serving.gateway import Gateway, environ
from bot.serving.letters import Response, read_request, request_letter
from tests.serving.test_gateway import Scope, scope_of

BUSY, IDLE = 0, 1
HELD = 2
"""Requests that the busy worker works on."""
T = TypeVar("T")


class Worker:
    """A worker whose application says its name and what it was sent; the requests /hold wait for `go_on`."""

    def __init__(self, crew: Crew, number: int, padding: str = "") -> None:
        self.member = Member(crew, number)
        self.gateway = Gateway(self._application, 1_000, proxies=0)
        self.go_on = threading.Event()
        self._name, self._padding = f"worker {number}", padding

    def _application(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/hold":
            self.go_on.wait(20)
        start_response("201 Created", [("X-Worker", self._name)])
        return [environ["wsgi.input"].read(), self._padding.encode()]

    async def ask(self, scope: Scope) -> tuple[str, bytes]:
        """Which worker answers a request, and with which body."""
        said: list[dict[str, Any]] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": "低保".encode(), "more_body": False}

        async def send(message: Any) -> None:
            said.append(message)

        await self.gateway(scope, receive, send)  # type: ignore[arg-type]
        start, body = said
        assert start["status"] == 201
        return dict(start["headers"])[b"x-worker"].decode(), body["body"]


def close(crew: Crew) -> None:
    for end in chain(*crew.boxes):
        end.close()


class Pair:
    """Two workers of a crew, one with so much to do that the other one would help."""

    def __init__(self, padding: str = "") -> None:
        self.crew = Crew(2)
        self.busy, self.idle = Worker(self.crew, BUSY), Worker(self.crew, IDLE, padding)
        self._held: list[asyncio.Task[tuple[str, bytes]]] = []

    def run(self, scene: Coroutine[Any, Any, T]) -> T:
        """Plays a scene, and closes the letterboxes."""
        try:
            return asyncio.run(scene)
        finally:
            close(self.crew)

    async def begin(self) -> None:
        """The busy one begins to work on HELD requests."""
        self.busy.gateway.join(self.busy.member)
        self._held = [asyncio.create_task(self.busy.ask(scope_of(path=b"/hold"))) for _ in range(HELD)]
        await asyncio.sleep(0)
        self.busy.member.has_worked(1.0)  # from now on

    async def end(self) -> None:
        """It ends them. Nothing is left to do for anybody."""
        self.busy.go_on.set()
        assert [(await each)[0] for each in self._held] == ["worker 0"] * HELD
        assert self.crew.load(BUSY) == self.crew.load(IDLE) == 0


def asked_of_the_busy(scope: Scope, padding: str = "", *, stays: bool) -> tuple[str, bytes]:
    """What one hears whose worker is busy while another one is not.

    Args:
        padding: makes responses of the other one longer.
        stays: whether the busy one answers at last, so that it must end what it works on before.
    """
    pair = Pair(padding)

    async def scene() -> tuple[str, bytes]:
        pair.idle.gateway.join(pair.idle.member)
        await pair.begin()
        if stays:
            pair.busy.go_on.set()
        said = await pair.busy.ask(scope)
        await pair.end()
        return said

    return pair.run(scene())


def test_a_request_goes_to_a_worker_that_has_less_to_do() -> None:
    """Whole, and the response comes back whole. What the busy one works on stays there."""
    assert asked_of_the_busy(scope_of(), stays=False) == ("worker 1", "低保".encode())


def test_requests_of_staff_stay_with_their_worker() -> None:
    """What it changes, another one may know a moment later."""
    assert asked_of_the_busy(scope_of((b"authorization", b"x")), stays=True)[0] == "worker 0"


def test_a_response_too_large_for_a_letter_is_made_again() -> None:
    """By the worker whose client asked."""
    assert asked_of_the_busy(scope_of(), padding="长" * 1_000_000, stays=True)[0] == "worker 0"


def test_what_a_worker_had_that_died_is_worked_on_by_who_asked() -> None:
    """The one that takes its place throws its letters away."""
    pair = Pair()

    async def scene() -> None:
        await pair.begin()
        pair.busy.go_on.set()
        asked = asyncio.create_task(pair.busy.ask(scope_of()))
        await asyncio.sleep(0)
        assert pair.crew.load(IDLE) == 1
        pair.idle.gateway.join(pair.idle.member)
        assert (await asked)[0] == "worker 0"
        await pair.end()

    pair.run(scene())


def test_requests_that_take_little_stay() -> None:
    """The letters would cost more than waiting for one's turn."""
    crew = Crew(2)
    busy = Member(crew, BUSY)
    busy.add(HELD)
    assert busy.helper() is None

    for _ in range(100):
        busy.has_worked(WORTH_SECONDS / HELD + 0.001)
    assert busy.helper() == IDLE

    for _ in range(100):
        busy.has_worked(WORTH_SECONDS / HELD - 0.001)
    assert busy.helper() is None
    close(crew)


def test_nobody_asks_a_worker_that_has_ended() -> None:
    """Or one whose letterbox is full: there are few requests that wait, and others take their turn."""
    pair = Pair()

    async def scene() -> None:
        await pair.begin()
        assert pair.busy.member.helper() == IDLE
        writes = pair.crew.boxes[IDLE][1]
        with pytest.raises(BlockingIOError):
            while True:
                writes.send(b"full")
        assert await pair.busy.member.help_from(IDLE, b"") is None
        pair.idle.member.end()
        assert pair.busy.member.helper() is None
        pair.idle.member.begin(pair.idle.gateway.help)
        await pair.end()

    pair.run(scene())


def test_a_worker_alone_has_no_helper() -> None:
    """As where no processes are forked."""
    assert Member(Crew(1), 0).helper() is None


TEXTS = st.text(st.characters(max_codepoint=255, exclude_characters="_"), max_size=20)


@given(TEXTS, TEXTS, st.binary(max_size=20))
def test_letters_say_all_that_an_application_is_told(path: str, value: str, body: bytes) -> None:
    """Whatever bytes a client sends; and all of a response."""
    scope = scope_of((b"x-any", value.encode("latin-1")), path=b"/ask")
    scope["raw_path"] = scope["query_string"] = path.encode("latin-1")
    read, same_body = read_request(request_letter(scope, body))  # type: ignore[arg-type]
    sent, got = environ(scope, body), environ(read, same_body)  # type: ignore[arg-type]
    assert sent.pop("wsgi.input").read() == got.pop("wsgi.input").read() == body
    assert sent == got

    response = Response(200, [(b"x-any", value.encode("latin-1"))], body)
    assert Response.read(response.letter()) == response
