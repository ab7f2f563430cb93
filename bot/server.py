"""The production server behind `python webhook.py`. The only door to granian.

Measured beside gunicorn's gthread (docs/adr/0002-server.md): faster, and 200 slow clients do not stop it.
"""

import gc
import multiprocessing
import sys
from collections.abc import Callable
from functools import cache, partial

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from bot.logs import start_logging
from bot.settings import Settings

Factory = Callable[[Settings], Flask]


def serve(create_app: Factory, settings: Settings) -> None:
    """Answers requests in WORKERS processes until it is told to stop; a worker that dies is replaced.

    On Linux the workers are forked with the index and the dictionary loaded and share their pages; elsewhere
    each loads its own.

    Raises:
        BotError: the application cannot be made.
    """
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork", force=True)
    _application(create_app, settings)
    gc.collect()
    gc.freeze()  # the collector would write into every shared page
    server = Granian(
        "webhook:create_app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=1,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=30,
        websockets=False,
    )
    server.serve(target_loader=partial(_application, create_app, settings), wrap_loader=False)


@cache
def _application(create_app: Factory, settings: Settings) -> Flask:
    """The application of this process: inherited in a forked worker, made anew in a spawned one."""
    start_logging(settings.log_level)
    return create_app(settings)
