"""The production server behind `python webhook.py`. The only door to granian.

Measured beside gunicorn's gthread (docs/adr/0002-server.md): faster, and 200 slow clients do not stop it.
"""

import gc
import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from bot.errors import SettingsError
from bot.logs import start_logging
from bot.processes import hear_every_stop
from bot.settings import Settings

THREADS = 64
"""Requests whose bodies a worker reads at once; how many it works on, channels/body_first.py decides."""


class LivingApp(NamedTuple):
    """An application whose content changes while it answers.

    `follow` is called once in each process that answers, before it does; `ring`, at SIGHUP, makes all of them
    look for changes at once.
    """

    app: Flask
    follow: Callable[[], None]
    ring: Callable[[], None]


Factory = Callable[[Settings], LivingApp]


def serve(create: Factory, settings: Settings) -> None:
    """Answers requests in WORKERS processes until it is told to stop; a worker that dies is replaced.

    On Linux the workers are forked with the index and the dictionary loaded and share their pages; elsewhere
    each loads its own. At SIGHUP they look for changes.

    Raises:
        BotError: the application cannot be made, or HOST and PORT cannot be listened on.
    """
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork", force=True)
        # A worker inherits the parent's handler and would miss a stop that comes while it starts.
        os.register_at_fork(after_in_child=partial(signal.signal, signal.SIGTERM, signal.SIG_DFL))
    living = _living(create, settings)
    gc.collect()
    gc.freeze()  # the collector would write into every shared page
    server = Granian(
        "webhook:create_app",
        address=_free_address(settings),
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=5,
        websockets=False,
    )
    server.respawned_wrks = _NeverRestarted()
    server.signal_handler_reload = lambda *_: living.ring()  # type: ignore[method-assign]  # it replaces workers
    server.serve(target_loader=partial(_worker, create, settings), wrap_loader=False)


class _NeverRestarted(dict[int, float]):
    """When each worker was last replaced: never. granian would end the service if a worker died twice in 5.5
    s.
    """

    def get(self, _worker: int, default: float = 0.0) -> float:  # type: ignore[override] # as granian calls it
        return default


def _worker(create: Factory, settings: Settings) -> Flask:
    """The application of a worker.

    A worker that replaces another is forked from old pages, so it catches up first.
    """
    hear_every_stop()
    living = _living(create, settings)
    living.follow()
    return living.app


@cache
def _living(create: Factory, settings: Settings) -> LivingApp:
    """The application of this process: inherited in a forked worker, made anew in a spawned one."""
    start_logging(settings.log_level)
    return create(settings)


def _free_address(settings: Settings) -> str:
    """The IP address of HOST, if PORT is free there.

    The workers share the port. A second service would share it too, without a word, and get half of the
    requests.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError):
        raise SettingsError(
            f"setting 'HOST': '{settings.host}' is no address of this machine; write 127.0.0.1 or 0.0.0.0"
        ) from None
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen()
        except OSError as error:
            raise SettingsError(
                f"setting 'PORT': {settings.host}:{settings.port} cannot be listened on ({error.strerror}); "
                "stop what uses it, or choose another"
            ) from None
    return str(address[0])
