"""A door before a node: it can be shut, and may speak TLS and ask for a password, as a secured node does."""

import base64
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Door:
    """Passes requests on to a node.

    Args:
        certificate: file with certificate and key in front; None: plain HTTP.
        login: `user:password` that must be given; empty: none.
    """

    def __init__(self, node: str, certificate: tuple[Path, Path] | None = None, login: str = "") -> None:
        self._node = node
        self._login = base64.b64encode(login.encode()).decode() if login else ""
        self.is_open = True
        door = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def passed_on(self) -> None:
                door.pass_on(self)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = passed_on  # noqa: N815  # the server's names

            def log_message(self, format: str, *args: object) -> None:  # the server's name
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def pass_on(self, asked: BaseHTTPRequestHandler) -> None:
        """The node's answer; a closed connection while the door is shut, 401 without the password."""
        body = asked.rfile.read(int(asked.headers.get("Content-Length", 0)))
        if not self.is_open:
            asked.close_connection = True
            return
        status, answered = 401, b"{}"
        if not self._login or asked.headers.get("Authorization") == f"Basic {self._login}":
            status, answered = self._asked(asked.command, asked.path, body)
        asked.send_response(status)
        asked.send_header("Content-Type", "application/json")
        asked.send_header("Content-Length", str(len(answered)))
        asked.end_headers()
        asked.wfile.write(answered)

    def _asked(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/json"} if body else {}
        request = urllib.request.Request(self._node + path, body or None, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def close(self) -> None:
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def door_before(node: str, certificate: tuple[Path, Path] | None = None, login: str = "") -> Iterator[Door]:
    """A door that is open, and ends with the block."""
    door = Door(node, certificate, login)
    try:
        yield door
    finally:
        door.close()
