"""The headers that every response carries, and the line that it leaves in the log."""

import logging
import time

from bot.channels.http import RETRY_AFTER_SECONDS, content_security_policy
from bot.channels.limiting import Allowance

SECURITY_HEADERS = {
    "Content-Security-Policy": content_security_policy(),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

_log = logging.getLogger(__name__)


def common_headers(status: int, allowance: Allowance | None = None) -> dict[str, str]:
    """The headers of a response with a status, unless the response sets them itself.

    Args:
        allowance: what is left to the asker; None: as much as it likes, or nothing was asked.
    """
    headers = SECURITY_HEADERS | (allowance.headers if allowance else {})
    if status == 503:
        headers.setdefault("Retry-After", str(RETRY_AFTER_SECONDS))
    return headers


def log_response(method: str, route: str, status: int, started: float) -> None:
    """Logs one line for a response: its route, never path or query, which may hold what people wrote.

    Args:
        started: when the request came, by `time.perf_counter`.
    """
    elapsed = 1000 * (time.perf_counter() - started)
    _log.info("request=%s route=%s status=%d ms=%.1f", method, route, status, elapsed)
