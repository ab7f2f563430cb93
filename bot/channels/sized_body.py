"""Bodies that do not tell their size: read up to a bound, so that they are limited like any other.

werkzeug takes such a body for empty, or cuts it at the limit without a word.
"""

from collections.abc import Iterable
from io import BytesIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class SizedBody:
    """A WSGI application whose requests always tell the size of their body.

    Args:
        app: the application.
        bound: bytes to read at most; a longer body tells a size above it.
    """

    def __init__(self, app: WSGIApplication, bound: int) -> None:
        self._app = app
        self._bound = bound

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Hands the request on, sized."""
        if environ.pop("HTTP_TRANSFER_ENCODING", ""):
            body = environ["wsgi.input"].read(self._bound + 1)
            environ["wsgi.input"] = BytesIO(body)
            environ["CONTENT_LENGTH"] = str(len(body))
        return self._app(environ, start_response)
