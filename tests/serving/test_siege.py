"""Slow and greedy clients: while they hold what they have, others are answered; later nothing is left."""

import socket
import struct
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.channels.server_process import ServerProcess, serving, wait_until
from tests.serving.attackers import (
    HONEST,
    HOSTILE,
    UNFINISHED,
    WHOLE,
    closed_by_the_server,
    held,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="uses many addresses of loopback")

ASK = "/api/v1/ask?q=%E5%A5%96%E9%87%91"

CONNECTIONS, PER_ADDRESS = 60, 24
"""Of each of two processes; an attack brings more than all of them together."""

ANSWERED_WITHIN = 3.0
"""Seconds within which an honest question is answered, whatever others hold; the usual time is 0.01."""

LIMITS = {
    "max_connections": CONNECTIONS,
    "max_connections_per_address": PER_ADDRESS,
    "head_seconds": 1.0,
    "body_seconds": 1.0,
    "idle_seconds": 1.0,
}


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, prepare: Callable[[Path], Path]
) -> Iterator[ServerProcess]:
    """A service with short limits and few places."""
    folder = tmp_path_factory.mktemp("siege")
    prepare(folder / "data")
    with serving(folder, workers=2, **LIMITS) as running:
        yield running


@pytest.fixture(autouse=True)
def nothing_held(server: ServerProcess) -> None:
    """Each attack begins at a service that has closed what the one before held."""
    wait_until(lambda: connections_of(server) < 4, "connections are closed")


def connections_of(server: ServerProcess) -> int:
    """Connections that the service holds, also those whose client has gone."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    held_states = ("01", "08")  # ESTABLISHED, CLOSE_WAIT
    return sum(row[1].endswith(f":{server.port:04X}") and row[3] in held_states for row in rows)


def answers(server: ServerProcess) -> list[int]:
    """Statuses of three questions, each over a connection of its own; 0 where none comes in time."""
    return [server.get(ASK, timeout=ANSWERED_WITHIN) for _ in range(3)]


@pytest.mark.parametrize("source", [HOSTILE, HONEST], ids=["from another address", "from the same address"])
@pytest.mark.parametrize("attack", UNFINISHED)
def test_whoever_asks_is_answered_while_others_do_not_finish(
    server: ServerProcess, attack: str, source: str
) -> None:
    """More connections than there are places; whoever asks at once finds one, also beside the attacker."""
    with held(server.port, UNFINISHED[attack], 2 * CONNECTIONS + 20, source):
        assert answers(server) == [200] * 3


@pytest.mark.parametrize("attack", WHOLE)
def test_whoever_asks_is_answered_while_another_address_floods(server: ServerProcess, attack: str) -> None:
    """Whole requests are work; addresses take turns at it, and each has so many places."""
    with held(server.port, WHOLE[attack], 2 * CONNECTIONS + 20):
        assert answers(server) == [200] * 3


@pytest.mark.parametrize("sends", [UNFINISHED["half a body"], WHOLE["asks whole"]], ids=["half", "whole"])
def test_many_addresses_are_no_stronger_than_one(server: ServerProcess, sends: bytes) -> None:
    """Each keeps below what an address may hold; together they want more than all places."""
    with ExitStack() as stack:
        for number in range(2, 12):
            stack.enter_context(held(server.port, sends, PER_ADDRESS - 4, f"127.0.0.{number}"))

        assert answers(server) == [200] * 3


TOLD_AND_CLOSED = {
    "silent": b"",
    "half a head": b" 408 ",
    "half a body": b" 408 ",
    "no end of chunks": b" 408 ",
    "streams of HTTP/2": b" 400 ",
    "idle after an answer": b" 200 ",
    "blank lines for ever": b" 200 ",
    "asks whole": b" 200 ",
    "WebSocket": b" 400 ",
}


def test_whoever_takes_too_long_is_told_so_and_closed(server: ServerProcess) -> None:
    """Within the limits, each of one second; nothing has to be restarted."""
    with ExitStack() as stack:
        opened = {
            attack: stack.enter_context(held(server.port, sends, 1))[0]
            for attack, sends in (UNFINISHED | WHOLE).items()
            if attack in TOLD_AND_CLOSED
        }

        for attack, said in TOLD_AND_CLOSED.items():
            assert said in closed_by_the_server(opened[attack], within=5), attack


@pytest.mark.parametrize("how", ["reset", "held until it is closed"])
def test_pipelined_requests_of_a_client_that_goes_are_no_error(server: ServerProcess, how: str) -> None:
    """Their answers are for nobody: nothing is written, and nothing is logged but the requests."""
    before = server.log.read_text("utf-8").count("level=ERROR")

    with held(server.port, 100 * ONE_OF_MANY, 10) as opened:
        for connection in opened:
            if how == "reset":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                connection.close()
        wait_until(lambda: connections_of(server) < 4, "the connections are closed")

    assert answers(server) == [200] * 3
    assert server.log.read_text("utf-8").count("level=ERROR") == before


ONE_OF_MANY = b"GET /api/v1/documents HTTP/1.1\r\nHost: localhost\r\n\r\n"


def test_what_is_refused_before_the_application_is_a_problem_too(server: ServerProcess) -> None:
    """As every error: typed, in Chinese, never sniffed; also a head that is too long."""
    (refused,) = held_once(server, b"GET / HTTP/1.1\r\nHost: l\r\nX: " + b"a" * 40_000)

    assert refused.startswith(b"HTTP/1.1 431 ")
    assert b"application/problem+json" in refused
    assert b"nosniff" in refused
    assert "请求头太长" in refused.decode()
    assert "119" in refused.decode()  # it may have been a cry for help


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET /healthz HTTP/1.1\r\nHost: l\r\n\r\n", b"200"),
        (b"GET /healthz HTTP/1.1\r\n\r\n", b"400"),  # none
        (b"GET /healthz HTTP/1.1\r\nHost: l\r\nHost: evil\r\n\r\n", b"400"),  # two
        (b"GET /healthz HTTP/1.0\r\n\r\n", b"200"),  # as WeChat asks: HTTP/1.0 knows none
    ],
)
def test_a_request_names_one_host(server: ServerProcess, head: bytes, status: bytes) -> None:
    """RFC 9112, section 3.2: else a proxy and we might read different ones."""
    (answer,) = held_once(server, head)

    assert answer.split()[1] == status


def held_once(server: ServerProcess, sends: bytes) -> list[bytes]:
    """What a single connection brings until it is closed."""
    with held(server.port, sends, 1) as opened:
        return [closed_by_the_server(connection, within=5) for connection in opened]


def test_who_drips_is_not_waited_for_longer(server: ServerProcess) -> None:
    """A byte now and then does not renew the time for a head."""
    with held(server.port, b"GET / HTTP/1.1\r\nX: ", 1) as (connection,):
        connection.settimeout(0.05)
        received = b""
        until = time.monotonic() + 5
        while not received and time.monotonic() < until:
            connection.sendall(b"a")
            with suppress(TimeoutError):
                received = connection.recv(1000)

    assert b" 408 " in received
