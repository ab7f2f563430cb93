"""A question to `POST /api/v1/ask` goes straight to the desk, past the framework.

An answer that is given again takes a tenth of a millisecond; routing, checking and wrapping took twice as
long. What is not plainly a question is left to the application, which tells what is wrong with it; so is
a client that takes its answers compressed, but not by gzip.
"""

import logging
import time
from collections.abc import Iterable
from http import HTTPStatus
from io import BytesIO
from typing import NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Response
from pydantic import ValidationError

from bot.answering.question import Question
from bot.channels.api.answers import answer_gzip, answer_json
from bot.channels.api.problems import api_refusal
from bot.channels.api.requests import AskRequest, further
from bot.channels.desk import Desk
from bot.channels.finishing import common_headers, log_response
from bot.channels.http import LARGEST_BODY, LEAST_COMPRESSED, answer_status
from bot.errors import UnknownPlaceError
from bot.logs import place_of

PATH = "/api/v1/ask"

_UNCOMPRESSED = ("", "identity")
"""What a client accepts whose answers are not compressed."""

_GZIP = "gzip"
"""Where a client accepts it without a reserve, among whatever else, it gets it."""

_log = logging.getLogger(__name__)


class _Asked(NamedTuple):
    """A question that can be answered, and the conversation that it belongs to."""

    question: Question
    conversation_id: str | None


class _Sent(NamedTuple):
    """A response: its status, its content type, its body; `coding`: how that is compressed, empty: not."""

    status: int
    kind: str
    body: bytes
    coding: str = ""


class StraightAsking:
    """A WSGI application in front of another, which gets all but plain questions.

    Args:
        app: the other one.
        desk: answers.
    """

    def __init__(self, app: WSGIApplication, desk: Desk) -> None:
        self._app = app
        self._desk = desk

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers one request."""
        started = time.perf_counter()
        asked = self._asked(environ) if _is_plain(environ) else None
        if asked is None:
            return self._app(environ, start_response)
        allowance = self._desk.allowance(environ.get("REMOTE_ADDR", ""))
        is_refused = allowance is not None and allowance.is_used_up
        takes_gzip = environ.get("HTTP_ACCEPT_ENCODING", "") not in _UNCOMPRESSED
        sent = _sent(api_refusal(429)) if is_refused else self._answered(asked, takes_gzip=takes_gzip)
        status, kind, body, coding = sent
        headers = [
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Vary", "Accept-Encoding"),
            *([("Content-Encoding", coding)] if coding else []),
            *common_headers(status, allowance).items(),
        ]
        log_response("POST", PATH, status, started)
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [body]

    def _asked(self, environ: WSGIEnvironment) -> _Asked | None:
        """The question in the body; None where it cannot be used. The body can be read again."""
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ["wsgi.input"] = BytesIO(body)
        try:
            sent = AskRequest.model_validate_json(body)
            question = Question(sent.question, sent.k, as_of=sent.as_of, further=further(sent))
            return _Asked(self._desk.question(question, sent.jurisdiction, sent.site), sent.conversation_id)
        except (ValidationError, UnknownPlaceError):
            return None

    def _answered(self, asked: _Asked, *, takes_gzip: bool) -> _Sent:
        """What comes of a question. What nobody foresaw is logged by its place and answered politely."""
        try:
            answer = self._desk.ask(asked.question, "api", asked.conversation_id)
        except Exception as error:  # noqa: BLE001  # the outer wall, like the application's own
            _log.error("request=failed error=%s", place_of(error))
            return _sent(api_refusal(500))
        status, body = answer_status(answer.status), answer_json(answer)
        if takes_gzip and status == 200 and len(body) >= LEAST_COMPRESSED:
            return _Sent(status, "application/json", answer_gzip(answer), _GZIP)
        return _Sent(status, "application/json", body)


def _is_plain(environ: WSGIEnvironment) -> bool:
    """Whether a request is for us: to ask, with a body that is neither empty nor too long."""
    if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] != PATH:
        return False
    length = environ.get("CONTENT_LENGTH") or ""
    has_body = length.isascii() and length.isdecimal() and 0 < int(length) <= LARGEST_BODY
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    return has_body and (accepted in _UNCOMPRESSED or _GZIP in map(str.strip, accepted.split(",")))


def _sent(response: Response) -> _Sent:
    """A response of the framework in the parts that are sent."""
    return _Sent(response.status_code, response.content_type or "", response.get_data())
