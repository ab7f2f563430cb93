"""A connection of HTTP/1.1 with limits on time, whatever its client sends or fails to send."""

import asyncio
from collections.abc import Callable
from enum import Enum, auto
from http import HTTPStatus
from typing import Any

from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from bot.channels.http import LEAVE_UNREAD, PROBLEM_JSON, Problem
from bot.channels.limiting import party_of
from bot.channels.request_id import HEADER, new_request_id
from bot.serving.guard import Guard
from bot.serving.letters import HAS_GONE

LARGEST_HEAD = 32 * 1024
"""Bytes of a request line and its headers. The longest question takes 2,700 in an address."""

LAST_REQUEST_SECONDS = 0.3
"""A connection that is idle at a stop is closed so much later: a request may be on its way."""

REFUSALS = {
    400: "请求不合规，请检查后再发。",
    408: "请求没有按时发完，请检查网络后再发。",
    431: "网址和请求头太长，最多 32 KiB，请缩短后再发。",
    503: "现在连接太多，请过一会儿再试。",
}

RETRY_AFTER_SECONDS = 5
"""When somebody for whom there is no room should come again."""


class _Stage(Enum):
    """The stages of a connection: who must act next."""

    HEAD = auto()
    BODY = auto()
    ANSWER = auto()
    IDLE = auto()


class Connection(HttpToolsProtocol):
    """A client's connection.

    Args:
        guard: counts the connections of this process.
        danger: gives the numbers to call in danger; told to whom nobody has read.
        config, server_state, app_state: what uvicorn hands to its protocols.
    """

    def __init__(
        self,
        guard: Guard,
        danger: Callable[[], str],
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],  # uvicorn's own signature
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.party = ""
        self._guard = guard
        self._danger = danger
        self._stage = _Stage.HEAD
        self._since = self._unsent_since = self.loop.time()
        self._head_bytes = 0
        self._is_last = False
        self._unanswered: list[RequestResponseCycle] = []

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's
        """Admits a client, or refuses it if there is no room."""
        super().connection_made(transport)
        self.party = party_of(self.client[0] if self.client else "")
        if not self._guard.admit(self):
            self._refuse(503)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stops counting the connection."""
        super().connection_lost(exc)
        self._forsake()
        self._guard.leave(self)

    def data_received(self, data: bytes) -> None:
        """Reads on; bytes after a refusal are dropped."""
        if self.transport.is_closing():
            return
        if self._stage in (_Stage.HEAD, _Stage.IDLE):
            self._head_bytes += len(data)
        super().data_received(data)
        if self._stage is _Stage.HEAD and self._head_bytes > LARGEST_HEAD:
            self._refuse(431)

    def on_message_begin(self) -> None:
        """The first byte of a request has come."""
        super().on_message_begin()
        self.scope["state"][HAS_GONE] = self.transport.is_closing
        self._enter(_Stage.HEAD)

    def on_headers_complete(self) -> None:
        """The headers are complete."""
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        self._head_bytes = size
        if size > LARGEST_HEAD:
            raise ValueError("a head that is too long")  # the parser stops, and calls send_400_response
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts > 1 or (not hosts and self.parser.get_http_version() == "1.1"):
            raise ValueError("RFC 9112, section 3.2: one Host, or the proxy and we may read different ones")
        super().on_headers_complete()
        self._unanswered.append(self.cycle)
        if self._is_last:
            self.cycle.keep_alive = False
        self._head_bytes = 0
        self._enter(_Stage.BODY)

    def on_message_complete(self) -> None:
        """The body is complete."""
        super().on_message_complete()
        self._enter(_Stage.IDLE if self.cycle.response_complete else _Stage.ANSWER)

    def on_response_complete(self) -> None:
        """The response was handed to the connection."""
        super().on_response_complete()
        self._unanswered = [cycle for cycle in self._unanswered if not cycle.response_complete]
        if self._stage is _Stage.ANSWER and self.cycle.response_complete:
            self._stage = _Stage.IDLE
        self._enter(self._stage)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 # uvicorn's own signature
        """Refuses a request that is not HTTP/1.1, or too long."""
        self._refuse(431 if self._head_bytes > LARGEST_HEAD else 400)

    def shutdown(self) -> None:
        """Closes after the answer that is being made, or soon: another request may be on its way."""
        if self._is_ours:
            super().shutdown()
        else:
            self._is_last = True
            self.loop.call_later(LAST_REQUEST_SECONDS, super().shutdown)

    def overdue(self, now: float) -> bool:
        """Whether the client has taken longer than the limits allow, to send or to receive."""
        limits = self._guard.limits
        if not self.transport.get_write_buffer_size():
            self._unsent_since = now
        elif now - self._unsent_since > limits.body_seconds:
            return True
        if self._is_ours or self.transport.is_closing():
            return False
        granted = {_Stage.HEAD: limits.head_seconds, _Stage.BODY: limits.body_seconds}
        return now - self._since > granted.get(self._stage, limits.idle_seconds)

    def give_up(self) -> None:
        """Closes the connection; a client that has begun a request is told why."""
        if self.transport.is_closing() or self.transport.get_write_buffer_size():
            self.transport.abort()
            self._forsake()
        elif self._is_ours:
            self._refuse(503)
        elif self._stage is _Stage.BODY or self._head_bytes:
            self._refuse(408)
        else:
            self.transport.close()

    @property
    def _is_ours(self) -> bool:
        """Whether we must act next. Of pipelined requests one is answered before the next is read."""
        if self._stage is _Stage.ANSWER or self.pipeline:
            return True
        return self._stage is not _Stage.BODY and bool(self.cycle) and not self.cycle.response_complete

    def _enter(self, stage: _Stage) -> None:
        self._stage = stage
        self._since = self.loop.time()
        (self._guard.work_for if self._is_ours else self._guard.wait_for)(self)

    def _refuse(self, status: int) -> None:
        """Sends a refusal and closes. If an answer is being made, it only closes."""
        if self.cycle and self.cycle.response_started and not self.cycle.response_complete:
            self.transport.abort()
        else:
            self.transport.write(refusal(status, self._danger() if status in LEAVE_UNREAD else ""))
            self.transport.close()
        self._forsake()

    def _forsake(self) -> None:
        """Nobody hears the answers any more.

        uvicorn knows that of the last request only: the answers of pipelined ones it would write to a closed
        connection, and log an error for each.
        """
        for cycle in self._unanswered:
            cycle.disconnected = True
        self._unanswered.clear()
        self.pipeline.clear()


def refusal(status: int, danger: str = "") -> bytes:
    """A whole response that no application has made.

    Args:
        danger: the numbers to call in danger, told in the detail.
    """
    problem = Problem(title=HTTPStatus(status).phrase, status=status, detail=f"{REFUSALS[status]}{danger}")
    body = problem.model_dump_json(exclude_none=True).encode()
    head = [
        f"HTTP/1.1 {status} {problem.title}",
        f"Content-Type: {PROBLEM_JSON}",
        f"Content-Length: {len(body)}",
        "X-Content-Type-Options: nosniff",
        "Connection: close",
        f"{HEADER}: {new_request_id()}",
    ]
    if status == 503:
        head.append(f"Retry-After: {RETRY_AFTER_SECONDS}")
    return "\r\n".join([*head, "", ""]).encode() + body
