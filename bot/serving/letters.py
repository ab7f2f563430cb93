"""Requests and responses as letters from one worker to another."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, cast

# uvicorn keeps the types of ASGI there and nowhere else
from uvicorn._types import HTTPScope

HAS_GONE = "has_gone"
"""Key of the scope's state: a function that tells whether the client has closed its connection."""

_FIELDS = ("method", "http_version", "scheme", "path")


class Response(NamedTuple):
    """A whole response."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes

    def letter(self) -> bytes:
        """The response for another worker."""
        return _letter([self.status, _as_text(self.headers)], self.body)

    @classmethod
    def read(cls, letter: bytes) -> "Response":
        """The response of another worker."""
        (status, headers), body = _read(letter)
        return cls(status, _as_bytes(headers), body)


def request_letter(scope: HTTPScope, body: bytes) -> bytes:
    """A whole request for another worker."""
    texts = [scope[field] for field in _FIELDS]  # type: ignore[literal-required] # they are literals above
    raw = [scope["raw_path"].decode("latin-1"), scope["query_string"].decode("latin-1")]
    return _letter([*texts, *raw, scope["client"], scope["server"], _as_text(scope["headers"])], body)


def read_request(letter: bytes) -> tuple[HTTPScope, bytes]:
    """Scope and body of the request of another worker, which alone knows when the client goes."""
    (*texts, raw_path, query, client, server, headers), body = _read(letter)
    scope = dict(zip(_FIELDS, texts, strict=True)) | {
        "type": "http",
        "raw_path": raw_path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "client": client and tuple(client),
        "server": server and tuple(server),
        "headers": _as_bytes(headers),
        "state": {HAS_GONE: lambda: False},
    }
    return cast("HTTPScope", scope), body


def _letter(told: Sequence[Any], body: bytes) -> bytes:
    return json.dumps(told).encode() + b"\0" + body


def _read(letter: bytes) -> tuple[list[Any], bytes]:
    told, _, body = letter.partition(b"\0")
    return json.loads(told), body


def _as_text(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]


def _as_bytes(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
