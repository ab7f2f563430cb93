"""Listens on a socket and answers until it is told to stop."""

import asyncio
import logging
import math
import os
import socket
from collections.abc import Callable
from functools import partial

from uvicorn import Config, Server

from bot.serving.connection import Connection
from bot.serving.crew import Member
from bot.serving.gateway import Gateway
from bot.serving.guard import Guard
from bot.serving.limits import Limits

STOP_SECONDS = 4
"""Seconds after a stop in which what is under way may end."""

_log = logging.getLogger(__name__)


class _Server(Server):
    """uvicorn's server, which here also closes connections that take too long."""

    def __init__(self, config: Config, guard: Guard, join: Callable[[], None]) -> None:
        super().__init__(config)
        self._guard = guard
        self._join = join
        self._swept = 0.0

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Joins the crew, then begins to listen."""
        self._join()
        await super().startup(sockets)
        host, port = (sockets or [])[0].getsockname()[:2]
        _log.info("worker=listening pid=%d address=http://%s:%d", os.getpid(), host, port)

    async def on_tick(self, counter: int) -> bool:
        """Called ten times a second."""
        now = asyncio.get_running_loop().time()
        if now - self._swept >= self._guard.limits.look_every_seconds:
            self._swept = now
            self._guard.sweep(now)
        return await super().on_tick(counter)


def listen(
    gateway: Gateway, on: socket.socket, limits: Limits, danger: Callable[[], str], member: Member
) -> None:
    """Answers the requests on a listening socket until SIGTERM or SIGINT.

    Args:
        member: this worker among those that help each other.
        danger: gives the numbers to call in danger.
    """
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # every bad request of a stranger is a warning
    guard = Guard(limits)
    config = Config(
        gateway,
        http=partial(Connection, guard, danger),  # type: ignore[arg-type] # it makes one, as a class does
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=math.ceil(limits.idle_seconds),
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    try:
        _Server(config, guard, partial(gateway.join, member)).run(sockets=[on])
    finally:
        member.end()
