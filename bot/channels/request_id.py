"""Request ids: each request has one. Its response and all log lines of the request carry it."""

import re
import uuid
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from bot.logs import REQUEST_ID

HEADER = "X-Request-ID"

_WELL_FORMED = re.compile("[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
"""128 bits. Nothing looser: a client's value may come through a proxy, and openids, telephone and identity
numbers must not get into logs."""


def new_request_id() -> str:
    """128 random bits, as 32 hex digits."""
    return uuid.uuid4().hex


class RequestIds:
    """A WSGI application around another one that gives each request its id.

    Args:
        app: the application.
        believes_proxy: whether a proxy of ours stands in front, whose well-formed ids are kept.
    """

    def __init__(self, app: WSGIApplication, *, believes_proxy: bool) -> None:
        self._app = app
        self._believes_proxy = believes_proxy

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers one request."""
        given = environ.get("HTTP_X_REQUEST_ID", "") if self._believes_proxy else ""
        request_id = given if _WELL_FORMED.fullmatch(given) else new_request_id()

        def start(status: str, headers: list[tuple[str, str]], *rest: object) -> object:
            return start_response(status, [*headers, (HEADER, request_id)], *rest)  # type: ignore[arg-type]

        before = REQUEST_ID.set(request_id)
        try:
            return self._app(environ, start)  # type: ignore[arg-type] # as PEP 3333 has it
        finally:
            REQUEST_ID.reset(before)
