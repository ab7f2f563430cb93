"""From the event loop to the application: a request goes on when its body is complete and it has its turn.

The application is one of WSGI and computes in threads; clients are waited for in the event loop, where a slow
one costs nothing.
"""

import asyncio
import hmac
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from typing import NamedTuple
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIApplication, WSGIEnvironment

# uvicorn keeps the types of ASGI there and nowhere else
from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, HTTPScope, Scope

from bot.channels.limiting import party_of
from bot.records.groups import acknowledged_later
from bot.serving.crew import Crew, Member
from bot.serving.letters import HAS_GONE, Response, read_request, request_letter
from bot.serving.turns import AT_ONCE, Turns

_MOST_TRIES = 3
"""Of a message that two processes answer at once; the second finds what the first has kept."""

Observe = Callable[[str, int, float], None]


def unobserved(_path: str, _status: int, _seconds: float) -> None:
    """Ignores an observation."""


class UploadRoute(NamedTuple):
    """A route that takes large bodies from clients with the token. If there is no token, it takes none."""

    path: str
    token: str
    largest: int

    def takes(self, scope: HTTPScope) -> bool:
        """Whether a request is for this route and carries the token."""
        if scope["path"] != self.path or not self.token:
            return False
        return hmac.compare_digest(header(scope, b"authorization"), f"Bearer {self.token}".encode())


class Gateway:
    """An ASGI application around one of WSGI.

    Args:
        app: the application.
        largest: bytes of a body that are read at most; a longer one is left to the application's own limit.
        proxies: how many reverse proxies stand in front.
        uploads: whose body may be larger, and how large; None: nobody's.
        observe: told the path, status and seconds of each response, from the end of the request on.
    """

    def __init__(
        self,
        app: WSGIApplication,
        largest: int,
        proxies: int,
        uploads: UploadRoute | None = None,
        observe: Observe = unobserved,
    ) -> None:
        self._app = app
        self._largest = largest
        self._uploads = uploads
        self._observe = observe
        self._proxies = proxies
        self._turns = Turns()
        self._pool = ThreadPoolExecutor(AT_ONCE, "answering")
        self._member = Member(Crew(1), 0)

    def join(self, member: Member) -> None:
        """Begins to help the other workers of a crew, and to be helped, in the running event loop."""
        self._member = member
        member.begin(self.help)

    async def help(self, letter: bytes) -> bytes:
        """The response to a request of another worker."""
        response = await self._own_response(*read_request(letter))
        return b"" if response is None else response.letter()

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        """Answers one request."""
        assert scope["type"] == "http"  # noqa: S101  # neither lifespan nor WebSocket is switched on
        body = await self._body(scope, receive)
        begun = time.perf_counter()
        response = None if body is None else await self._response(scope, body)
        if response is None:
            return
        self._observe(scope["path"], response.status, time.perf_counter() - begun)
        await send({"type": "http.response.start", "status": response.status, "headers": response.headers})
        await send({"type": "http.response.body", "body": response.body})

    async def _body(self, scope: HTTPScope, receive: ASGIReceiveCallable) -> bytes | None:
        """The body, cut one byte after the limit; None: the client has gone."""
        largest = self._largest
        if self._uploads is not None and self._uploads.takes(scope):
            largest = self._uploads.largest
        declared = header(scope, b"content-length")
        if declared.isdigit() and int(declared) > largest:
            return b""
        body = bytearray()
        while len(body) <= largest:
            message = await receive()
            if message["type"] != "http.request":
                return None
            body += message["body"]
            if not message["more_body"]:
                break
        return bytes(body)

    async def _response(self, scope: HTTPScope, body: bytes) -> Response | None:
        """The response of another worker that has less to do, else our own; None: the client has gone.

        Requests of staff stay here: the worker that changes something knows it first.
        """
        helper = self._member.helper()
        if helper is not None and not header(scope, b"authorization"):
            letter = await self._member.help_from(helper, request_letter(scope, body))
            if letter is not None:
                return Response.read(letter)
        self._member.add(+1)
        try:
            return await self._own_response(scope, body)
        finally:
            self._member.add(-1)

    async def _own_response(self, scope: HTTPScope, body: bytes) -> Response | None:
        """The response, after all records of the request are kept; None: the client has gone.

        Where another process answered the same message first, the application is asked again: it knows now.
        """
        loop = asyncio.get_running_loop()
        for _ in range(_MOST_TRIES):
            if not await self._turns.take(party(scope, self._proxies), scope["state"][HAS_GONE]):
                return None
            try:
                response, kept = await loop.run_in_executor(self._pool, self._answer, scope, body)
            finally:
                self._turns.give_back()
            first = [await asyncio.wrap_future(each) for each in kept]
            if all(first):
                break
        return response

    def _answer(self, scope: HTTPScope, body: bytes) -> tuple[Response, list[Future[bool]]]:
        """The application's response, and the writes that must end before it is sent. Runs in a thread."""
        begun: list[tuple[str, list[tuple[str, str]]]] = []
        before = time.thread_time()

        def start_response(status: str, headers: list[tuple[str, str]], _: object = None) -> object:
            begun.append((status, headers))
            return None

        with acknowledged_later() as kept:
            pieces: Iterable[bytes] = self._app(environ(scope, body), start_response)  # type: ignore[arg-type]
            try:
                whole = b"".join(pieces)
            finally:
                if hasattr(pieces, "close"):
                    pieces.close()
        self._member.has_worked(time.thread_time() - before)
        status, headers = begun[-1]
        fields = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return Response(int(status.split()[0]), fields, whole), kept


def header(scope: HTTPScope, name: bytes) -> bytes:
    """The values of a header, joined; empty where there is none."""
    return b",".join(value for key, value in scope["headers"] if key == name)


def party(scope: HTTPScope, proxies: int) -> str:
    """The client's address: as our outermost proxy saw it, else that of the connection."""
    address = scope["client"][0] if scope["client"] else ""
    if proxies:
        seen = header(scope, b"x-forwarded-for").split(b",")
        if len(seen) >= proxies:
            address = seen[-proxies].strip().decode("latin-1")
    return party_of(address)


def environ(scope: HTTPScope, body: bytes) -> WSGIEnvironment:
    """The request as WSGI has it.

    Source: PEP 3333. Headers with an underscore are left out: `X_Forwarded_For` would pass for the one that a
    proxy sets.
    """
    host, port = scope["server"] or ("localhost", 0)
    made: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "REMOTE_ADDR": scope["client"][0] if scope["client"] else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for key, value in scope["headers"]:
        if b"_" in key:
            continue
        name = "HTTP_" + key.decode("latin-1").upper().replace("-", "_")
        said = value.decode("latin-1")
        made[name] = f"{made[name]},{said}" if name in made else said
    made["CONTENT_TYPE"] = made.pop("HTTP_CONTENT_TYPE", "")
    declared = made.pop("HTTP_CONTENT_LENGTH", "")
    chunked = made.pop("HTTP_TRANSFER_ENCODING", "")
    if chunked or body:
        made["CONTENT_LENGTH"] = str(len(body))
    elif declared:
        made["CONTENT_LENGTH"] = declared
    return made
