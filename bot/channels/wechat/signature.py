"""Signatures: whether the platform sent a request, and when."""

import hashlib
import hmac
import re
from collections.abc import Iterable

from bot.errors import ForgedRequestError

OLDEST_REQUEST = 600
"""Seconds that a timestamp may differ from now. The platform names no value; its retries take 10 s."""

_TIMESTAMP = re.compile(r"[0-9]{10}")


def sign(*parts: str) -> str:
    """SHA-1 of the sorted parts, joined without a separator, as 40 hex digits.

    Nothing separates the parts, so (12, 3) and (1, 23) sign alike, and so do two parts that change places:
    hence the strict timestamp, and receipts that answer a replayed message as they did the first time.

    Args:
        parts: token, timestamp and nonce; for a body also its encrypted part.

    Source: developers.weixin.qq.com/doc/service/en/guide/dev/push/encryption.html

    >>> sign("spamtest", "1409735669", "1320562132")
    '16120ec1b8dbb870f510d87ce6bc2463eae6ca1a'
    """
    return hashlib.sha1(b"".join(sorted(map(_bytes, parts)))).hexdigest()  # noqa: S324 - the platform's choice


def signing_token(tokens: Iterable[str], signature: str, *parts: str) -> str:
    """The token that a request was signed with.

    Args:
        tokens: the current one and, while they are changed, the previous one.
        signature: 40 hex digits as sent.
        parts: what is signed beside the token.

    Raises:
        ForgedRequestError: no token gives this signature.
    """
    for token in tokens:
        if hmac.compare_digest(sign(token, *parts).encode(), _bytes(signature)):
            return token
    raise ForgedRequestError("signature: does not match; check that the token is the platform's")


def check_timestamp(timestamp: str, now: int) -> None:
    """Passes a timestamp that is at most OLDEST_REQUEST from now.

    Args:
        timestamp: Unix time in seconds, 10 ASCII digits, as sent.
        now: Unix time in seconds.

    Raises:
        ForgedRequestError: it is no timestamp, too old, or too far ahead.
    """
    if not _TIMESTAMP.fullmatch(timestamp):
        raise ForgedRequestError("timestamp: is not 10 digits; send Unix time in seconds")
    if abs(now - int(timestamp)) > OLDEST_REQUEST:
        raise ForgedRequestError(f"timestamp: is over {OLDEST_REQUEST} s from now; check the clock")


def _bytes(text: str) -> bytes:
    """UTF-8; lone surrogates too, for a stranger's query string may hold them."""
    return text.encode("utf-8", "surrogatepass")
