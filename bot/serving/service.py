"""The service on its port: an application that follows its content, answered from by forked workers."""

import gc
import signal
import socket
import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from flask import Flask

from bot.channels.api.drafts import UPLOAD_PATH
from bot.channels.wechat.fields import LARGEST_BODY
from bot.errors import BotError
from bot.intake.uploads import LARGEST_UPLOAD
from bot.logs import start_logging
from bot.serving.gateway import Gateway, UploadRoute
from bot.serving.limits import Limits, limits_of
from bot.serving.listening import listen
from bot.serving.sockets import bound_sockets, fitting_connections
from bot.serving.workers import CANNOT_START, Workers
from bot.settings import Settings


class LivingApp(NamedTuple):
    """An application whose content changes while it answers.

    `follow` is called once in each process that answers, before it does; `ring`, at SIGHUP, makes all of them
    look for changes at once.
    """

    app: Flask
    follow: Callable[[], None]
    ring: Callable[[], None]


Factory = Callable[[Settings], LivingApp]


def serve(create: Factory, settings: Settings) -> int:
    """Answers requests in WORKERS processes until it is told to stop; a worker that dies is replaced.

    On Linux the workers are forked with the index and the dictionary loaded and share their pages; elsewhere
    this process answers alone. At SIGHUP they look for changes. The exit status is returned.

    Raises:
        BotError: the application cannot be made, or HOST and PORT cannot be listened on.
    """
    start_logging(settings.log_level, settings.log_format)
    forks = sys.platform == "linux"
    sockets = bound_sockets(settings, settings.workers if forks else 1)
    living = create(settings)
    limits = limits_of(settings, fitting_connections(settings.max_connections))
    gc.collect()
    gc.freeze()  # the collector would write into every shared page
    uploads = UploadRoute(UPLOAD_PATH, settings.staff_token, LARGEST_UPLOAD + LARGEST_BODY)
    work = partial(_work, living, limits, uploads, sockets)
    if forks:
        return Workers(len(sockets), work, living.ring, partial(_close, sockets)).keep()
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: living.ring())
    work(0)
    return 0


def _work(
    living: LivingApp, limits: Limits, uploads: UploadRoute, sockets: list[socket.socket], number: int
) -> None:
    """Answers on one of the sockets until it is told to stop.

    A worker that replaces another is forked from old pages, so it catches up first.

    Raises:
        SystemExit: it cannot catch up; why is said on standard error.
    """
    _close(sockets[:number] + sockets[number + 1 :])
    try:
        living.follow()
    except BotError as error:
        print(f"policy-qa: {error}", file=sys.stderr)  # noqa: T201  # the operator reads it on the terminal
        sys.exit(CANNOT_START)
    gateway = Gateway(living.app.wsgi_app, LARGEST_BODY, limits.proxies, uploads)
    listen(gateway, sockets[number], limits)


def _close(sockets: Iterable[socket.socket]) -> None:
    for one in sockets:
        one.close()
