"""A request's body is read before its turn comes, so that a slow client keeps nobody waiting.

A body that does not tell its size is read too: werkzeug would take it for empty, or cut it without a word.
"""

from collections.abc import Iterable
from io import BytesIO
from threading import BoundedSemaphore
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

AT_ONCE = 2
"""Requests that a process works on at once: one computes while another waits for the disk. With more, they
only take turns at Python's lock, and all of them become slow."""


class BodyFirst:
    """A WSGI application that is called with the whole body at hand.

    Args:
        app: the application.
        bound: bytes to read at most; a longer body is left to the application's own limit.
    """

    def __init__(self, app: WSGIApplication, bound: int) -> None:
        self._app = app
        self._bound = bound
        self._turn = BoundedSemaphore(AT_ONCE)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Hands the request on when its body is there and its turn has come."""
        sized = environ.get("CONTENT_LENGTH", "")
        if environ.pop("HTTP_TRANSFER_ENCODING", "") or (sized.isdecimal() and int(sized) <= self._bound):
            body = environ["wsgi.input"].read(self._bound + 1)
            environ["wsgi.input"] = BytesIO(body)
            environ["CONTENT_LENGTH"] = str(len(body))
        with self._turn:
            return self._app(environ, start_response)
