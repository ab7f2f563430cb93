"""Clients that mean harm, on loopback. Each holds what it has opened until its block ends."""

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

HONEST, HOSTILE = "127.0.0.1", "127.0.0.2"
"""Where requests come from: all of 127/8 is this machine's."""

_BODY = json.dumps({"question": "厦门高级社会工作师奖金是多少"}).encode()
_POST = b"POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(_BODY)
_CHUNKED = b"POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
_GET = b"GET /api/v1/documents HTTP/1.1\r\nHost: localhost\r\n\r\n"


def _frame(kind: int, flags: int, stream: int, payload: bytes) -> bytes:
    """A frame of HTTP/2. Source: RFC 9113, section 4.1."""
    return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload


def half_sent_streams(count: int = 90) -> bytes:
    """HTTP/2 in clear by prior knowledge: so many POST requests whose bodies never come.

    Their headers are :method POST, :scheme http and :path, by HPACK's static table.
    """
    path = b"/api/v1/ask"
    headers = b"\x83\x86\x04" + bytes([len(path)]) + path
    opened = b"".join(_frame(1, 4, 2 * number + 1, headers) for number in range(count))
    return b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + _frame(4, 0, 0, b"") + opened


UNFINISHED = {
    "silent": b"",
    "half a head": b"POST /api/v1/ask HTTP/1.1\r\nHost: local",
    "half a body": _POST + _BODY[:5],
    "no end of chunks": _CHUNKED + b"5\r\n{",
    "streams of HTTP/2": half_sent_streams(),
}
"""What an attacker sends on a connection before it waits: no request is whole."""

WHOLE = {
    "idle after an answer": b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "blank lines for ever": b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" + b"\r\n" * 20,
    "never reads": 40 * _GET,
    "asks whole": _POST + _BODY,
    "WebSocket": b"GET /healthz HTTP/1.1\r\nHost: l\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
}
"""Requests that are whole; their answers are not read."""


@contextmanager
def held(port: int, sends: bytes, count: int, source: str = HOSTILE) -> Iterator[list[socket.socket]]:
    """So many connections on which something was sent and nothing is read."""
    with ExitStack() as stack:
        opened = []
        for _ in range(count):
            connection = stack.enter_context(
                socket.create_connection(("127.0.0.1", port), timeout=5, source_address=(source, 0))
            )
            try:
                connection.sendall(sends)
            except OSError:  # refused already
                continue
            opened.append(connection)
        yield opened


def closed_by_the_server(connection: socket.socket, within: float) -> bytes:
    """What came until the other side closed.

    Raises:
        TimeoutError: it did not close in time.
    """
    connection.settimeout(within)
    received = b""
    try:
        while piece := connection.recv(65536):
            received += piece
    except ConnectionResetError:
        pass
    return received
