"""A WSGI application that says `ok`, under the server of the service: what no question can undercut.

`python -m benchmarks.echo PORT WORKERS`
"""

import sys
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask

from bot.channels.state import ServiceState
from bot.serving.service import LivingApp, serve
from bot.settings import Settings

NOTHING = ServiceState(0.0, 0, is_closed=False, are_records_in_order=True, troubles=0, pending_deletions=0)
"""How an application fares that holds nothing."""


class Echo(Flask):
    """Says two bytes, without any of Flask."""

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:  # noqa: ARG002
        """Answers a request."""
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
        return [b"ok"]


def living(_: Settings) -> LivingApp:
    """The application; it follows nothing."""
    return LivingApp(Echo(__name__), lambda: None, lambda: None, lambda: NOTHING)


if __name__ == "__main__":
    sys.exit(serve(living, Settings(port=int(sys.argv[1]), workers=int(sys.argv[2]))))
