"""An OpenAI-compatible server of the tests' own, on a port of loopback."""

import json
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]
"""What was asked: a JSON object."""

Reply = tuple[int, bytes] | tuple[int, bytes, dict[str, str]]
"""Status, body, headers."""


class ModelServer(ThreadingHTTPServer):
    """Answers by `reply`, which tests may exchange; `asked` is what came in, `keys` with which key."""

    daemon_threads = True

    def __init__(self, reply: Callable[[Body], Reply]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply = reply
        self.asked: list[Body] = []
        self.keys: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: ModelServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        self.server.keys.append(self.headers.get("Authorization", ""))
        status, content, *headers = self.server.reply(body)
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            for name, value in (headers[0] if headers else {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)
        except OSError:
            self.close_connection = True  # the client no longer waits

    def log_message(self, format: str, *args: object) -> None:  # the name of the base class
        """Says nothing."""


@contextmanager
def serving(reply: Callable[[Body], Reply]) -> Iterator[ModelServer]:
    """A server while the block runs."""
    with ModelServer(reply) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def said(content: str | None) -> Reply:
    """A chat completion."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    completion = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    return 200, json.dumps(completion).encode()


def questions(*texts: object) -> Reply:
    """A chat completion that is a list of questions, as it was asked for."""
    return said(json.dumps({"questions": texts}, ensure_ascii=False))


def failed(status: int, **headers: str) -> Reply:
    """An error as such servers tell it."""
    return status, b'{"error": {"message": "no", "type": "x", "code": "x"}}', headers


def slow(seconds: float, reply: Reply) -> Callable[[Body], Reply]:
    """Answers late."""

    def late(_: Body) -> Reply:
        time.sleep(seconds)
        return reply

    return late


def bigrams(body: Body) -> Reply:
    """An embedding that is honest and knows nothing: hashed bigrams of characters."""
    rows = [
        {"object": "embedding", "index": index, "embedding": _bigrams(text)}
        for index, text in enumerate(body["input"])
    ]
    return vectors(*rows)


def vectors(*rows: object) -> Reply:
    """A list of embeddings."""
    usage = {"prompt_tokens": 1, "total_tokens": 1}
    return 200, json.dumps({"object": "list", "model": "m", "data": rows, "usage": usage}).encode()


def _bigrams(text: str, dimension: int = 256) -> list[float]:
    counts = [0.0] * dimension
    for start in range(len(text) - 1):
        counts[zlib.crc32(text[start : start + 2].encode()) % dimension] += 1
    return counts
