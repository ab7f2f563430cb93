"""A body that does not tell its size is read before the application sees it.

werkzeug would take it for empty, or cut it without a word. Our own server tells every size; others need not.
"""

from collections.abc import Iterable
from io import BytesIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class SizedBody:
    """A WSGI application that is called with bodies whose size is known.

    Args:
        app: the application.
        bound: bytes to read at most; the application's own limit refuses what is longer.
    """

    def __init__(self, app: WSGIApplication, bound: int) -> None:
        self._app = app
        self._bound = bound

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Hands the request on, with the size of its body."""
        if environ.pop("HTTP_TRANSFER_ENCODING", ""):
            body = environ["wsgi.input"].read(self._bound + 1)
            environ["wsgi.input"] = BytesIO(body)
            environ["CONTENT_LENGTH"] = str(len(body))
        return self._app(environ, start_response)
