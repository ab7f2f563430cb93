"""A request over a new connection to a service on loopback, and how long its answer takes."""

import time
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException


def seconds_of(
    port: int, source: str, patience: float, send: Callable[[HTTPConnection], None]
) -> float | None:
    """Seconds until the whole answer is there; None: none came in time, or it was a refusal.

    Args:
        source: the address on loopback that asks.
        send: sends the request.
    """
    started = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, patience, source_address=(source, 0))
    try:
        send(connection)
        response = connection.getresponse()
        response.read()
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()
    return time.monotonic() - started if response.status < HTTPStatus.BAD_REQUEST else None
