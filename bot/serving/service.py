"""The service on its port: forked workers that answer from an application whose content changes."""

import gc
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from flask import Flask

from bot.channels.api.drafts import UPLOAD_PATH
from bot.channels.state import ServiceState
from bot.channels.wechat.fields import LARGEST_BODY
from bot.errors import BotError
from bot.intake.uploads import LARGEST_UPLOAD
from bot.logs import start_logging
from bot.processes import collecting_seldom
from bot.serving.counts import Counts
from bot.serving.crew import Crew, Member
from bot.serving.gateway import Gateway, UploadRoute
from bot.serving.limits import Limits, limits_of
from bot.serving.listening import listen
from bot.serving.metrics import CHANNEL_NAMES, TALLIES, channel_name, serve_metrics
from bot.serving.sockets import bound_sockets, fitting_connections, metrics_socket
from bot.serving.workers import CANNOT_START, Workers
from bot.settings import Settings


class LivingApp(NamedTuple):
    """An application whose content changes while it answers.

    `follow` is called once in each process that answers, before it does; `ring`, at SIGHUP, makes all of them
    look for changes at once; `state` says how it fares; `danger` gives the numbers to call in danger;
    `tally`: the numbers that this process tallies.
    """

    app: Flask
    follow: Callable[[], None]
    ring: Callable[[], None]
    state: Callable[[], ServiceState]
    danger: Callable[[], str] = str
    tally: Callable[[], Sequence[float]] = tuple


Factory = Callable[[Settings], LivingApp]


class _Doors(NamedTuple):
    """The listening sockets: one for each worker, and one for `/metrics`; None: no metrics are wanted."""

    sockets: list[socket.socket]
    metrics: socket.socket | None

    def close(self, but: int | None = None) -> None:
        """Closes the sockets that a worker does not use.

        The first worker also keeps the one for `/metrics`.
        """
        for number, one in enumerate(self.sockets):
            if number != but:
                one.close()
        if self.metrics and but != 0:
            self.metrics.close()


def serve(create: Factory, settings: Settings) -> int:
    """Answers requests in WORKERS processes until it is told to stop; a worker that dies is replaced.

    On Linux the workers are forked with the index and the dictionary loaded and share their pages; elsewhere
    this process answers alone. At SIGHUP they look for changes. The exit status is returned.

    Raises:
        BotError: the application cannot be made, or HOST and PORT cannot be listened on.
    """
    start_logging(settings.log_level, settings.log_format)
    forks = sys.platform == "linux"
    doors = _Doors(bound_sockets(settings, settings.workers if forks else 1), metrics_socket(settings))
    counts = Counts(CHANNEL_NAMES, len(doors.sockets), TALLIES)
    with collecting_seldom():
        living = create(settings)
    limits = limits_of(settings, fitting_connections(settings.max_connections))
    gc.collect()
    gc.freeze()  # the collector would write into every shared page
    uploads = UploadRoute(UPLOAD_PATH, settings.staff_token, LARGEST_UPLOAD + LARGEST_BODY)
    crew = Crew(len(doors.sockets))
    work = partial(_work, _Work(living, limits, uploads, doors, counts, crew))
    if forks:
        return Workers(len(doors.sockets), work, living.ring, doors.close).keep()
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: living.ring())
    work(0)
    return 0


class _Work(NamedTuple):
    """The values that every worker needs."""

    living: LivingApp
    limits: Limits
    uploads: UploadRoute
    doors: _Doors
    counts: Counts
    crew: Crew


def _work(given: _Work, number: int) -> None:
    """Answers on one of the sockets until it is told to stop.

    A worker that replaces another is forked from old pages, so it catches up first.

    Raises:
        SystemExit: it cannot catch up; why is said on standard error.
    """
    living, limits, uploads, doors, counts, crew = given
    doors.close(but=number)
    try:
        living.follow()
    except BotError as error:
        print(f"policy-qa: {error}", file=sys.stderr)  # noqa: T201  # the operator reads it on the terminal
        sys.exit(CANNOT_START)

    before = counts.tallied(number)

    def observe(path: str, status: int, seconds: float) -> None:
        counts.add(number, channel_name(path), status, seconds)
        counts.set_tallied(number, [a + b for a, b in zip(before, living.tally(), strict=False)])

    if doors.metrics and number == 0:
        serve_metrics(doors.metrics, counts, living.state)
    gateway = Gateway(living.app.wsgi_app, LARGEST_BODY, limits.proxies, uploads, observe)
    listen(gateway, doors.sockets[number], limits, living.danger, Member(crew, number))
