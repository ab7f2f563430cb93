"""From the event loop to the application: whole bodies, the address that asks, what WSGI promises."""

import asyncio
import threading
from collections.abc import Iterable, Sequence
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from wsgiref.validate import validator

import pytest

from bot.records.groups import Groups
from bot.records.records import Kept, KeptQuestion
from bot.serving.gateway import Gateway, environ, party
from bot.serving.letters import HAS_GONE
from tests.records.examples import asked

Scope = dict[str, Any]


def scope_of(*headers: tuple[bytes, bytes], method: str = "POST", path: bytes = b"/ask") -> Scope:
    """A request as the server hands it on."""
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path.decode(),
        "raw_path": path,
        "query_string": b"q=1",
        "headers": list(headers),
        "client": ("203.0.113.9", 4000),
        "server": ("127.0.0.1", 8000),
        "state": {HAS_GONE: lambda: False},
    }


def echo(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Says how long the body is that it was handed. The standard library's validator stands around it."""
    body = environ["wsgi.input"].read(-1)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(str(len(body)))))])
    return [str(len(body)).encode()]


def sent(
    scope: Scope,
    *pieces: bytes,
    largest: int = 100,
    leaves: bool = False,
    app: WSGIApplication | None = None,
) -> list[dict[str, Any]]:
    """What the gateway sends to a client that sends a body in pieces."""
    events = [
        {"type": "http.request", "body": piece, "more_body": leaves or number + 1 < len(pieces)}
        for number, piece in enumerate(pieces)
    ]
    if leaves:
        events.append({"type": "http.disconnect"})
    said: list[dict[str, Any]] = []

    async def receive() -> Any:
        return events.pop(0)

    async def send(message: Any) -> None:
        said.append(message)

    async def run() -> None:
        await Gateway(app or validator(echo), largest, proxies=0)(scope, receive, send)  # type: ignore[arg-type]

    asyncio.run(run())
    return said


def test_the_application_gets_the_whole_body() -> None:
    """In however many pieces it came."""
    start, body = sent(scope_of(), b"a" * 40, b"b" * 40)

    assert start["status"] == 200
    assert (b"content-type", b"text/plain") in start["headers"]
    assert body["body"] == b"80"


def test_a_body_is_read_to_a_byte_beyond_the_bound() -> None:
    """So that the application can see that it is too long; what tells its size is not read at all."""
    assert sent(scope_of(), *[b"a" * 60] * 9)[1]["body"] == b"120"
    assert sent(scope_of((b"content-length", b"101")), b"")[1]["body"] == b"0"


def test_nothing_is_worked_on_for_a_client_that_has_gone() -> None:
    """Half-way through its body, or while it waited for its turn."""
    assert sent(scope_of(), b"a", leaves=True) == []


def test_the_path_is_handed_on_as_bytes() -> None:
    """As PEP 3333 has it: what is no UTF-8 is for the application to refuse."""
    made = environ(scope_of(path=b"/policy/%E7%A4%BE%FF"), b"abc")  # type: ignore[arg-type]

    assert made["PATH_INFO"].encode("latin-1") == "/policy/社".encode() + b"\xff"
    assert made["CONTENT_LENGTH"] == "3"


@pytest.mark.parametrize("header", [b"content_length", b"x_forwarded_for"])
def test_headers_with_an_underscore_are_left_out(header: bytes) -> None:
    """They would pass for the ones with a hyphen, which a proxy in front has set or checked."""
    made = environ(scope_of((header, b"9")), b"")  # type: ignore[arg-type]

    assert not made.keys() & {"HTTP_X_FORWARDED_FOR", "HTTP_CONTENT_LENGTH", "CONTENT_LENGTH"}


ASKERS = [
    (0, b"198.51.100.7", "203.0.113.9"),  # no proxy is trusted: the connection tells
    (1, b"198.51.100.7", "198.51.100.7"),  # what our proxy saw
    (1, b"10.0.0.1, 198.51.100.7", "198.51.100.7"),  # the first was said by the client itself
    (2, b"10.0.0.1, 198.51.100.7, 192.0.2.1", "198.51.100.7"),  # two proxies of ours
    (2, b"198.51.100.7", "203.0.113.9"),  # fewer than there should be
    (1, b"2001:db8:1:2:3::4", "2001:db8:1:2::/64"),  # a household has so many addresses
]


@pytest.mark.parametrize(("proxies", "forwarded", "asker"), ASKERS)
def test_who_asks_is_told_by_trusted_proxies_only(proxies: int, forwarded: bytes, asker: str) -> None:
    """As many values count, from the right, as there are proxies of ours."""
    assert party(scope_of((b"x-forwarded-for", forwarded)), proxies) == asker  # type: ignore[arg-type]


def test_no_answer_goes_out_before_its_question_is_kept() -> None:
    """The thread and the turn are free meanwhile; a power cut takes nothing that was acknowledged."""
    is_busy, turns = threading.Event(), threading.Event()

    def write(_: Sequence[Kept]) -> Sequence[bool]:
        is_busy.set()
        assert turns.wait(20)
        return [True]

    groups = Groups(write)
    said: list[dict[str, Any]] = []

    def app(_: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        groups.keep(KeptQuestion(asked()))
        start_response("200 OK", [("Content-Length", "0")])
        return []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        said.append(message)

    async def run() -> None:
        request = asyncio.create_task(Gateway(app, 100, proxies=0)(scope_of(), receive, send))  # type: ignore[arg-type]
        await asyncio.to_thread(is_busy.wait, 20)
        assert not said
        turns.set()
        await request

    asyncio.run(run())
    assert [message["type"] for message in said] == ["http.response.start", "http.response.body"]


def test_a_message_that_another_process_has_answered_first_gets_its_reply() -> None:
    """What this process found is not sent: the application is asked again, and finds what was kept."""
    kept: list[str] = []

    def write(things: Sequence[Kept]) -> Sequence[bool]:
        kept.append("from the other process")
        return [False] * len(things)

    groups = Groups(write)

    def app(_: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [])
        if kept:
            return [kept[0].encode()]
        groups.keep(KeptQuestion(asked()))
        return [b"ours"]

    assert sent(scope_of(), b"", app=app)[1]["body"] == b"from the other process"
