"""A question to `POST /api/v1/ask` goes straight to the desk, past the framework.

An answer that is kept from before takes a tenth of a millisecond; Flask's routing and wrapping took twice as
long. Everything that is not a valid question goes to the application, which says what is wrong with it. The
application also serves clients that accept compression, but not gzip.
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
"""Values of Accept-Encoding for which an answer is not compressed."""

_GZIP = "gzip"
"""Used where the client lists it without a weight (q=…)."""

_log = logging.getLogger(__name__)


class _ValidRequest(NamedTuple):
    """A valid question, and the conversation that it belongs to."""

    question: Question
    conversation_id: str | None


class _RawResponse(NamedTuple):
    """A response: status, content type, body. `coding` is its Content-Encoding; empty: not compressed."""

    status: int
    kind: str
    body: bytes
    coding: str = ""


class AskShortcut:
    """A WSGI application that answers valid questions itself and passes every other request on.

    Args:
        app: gets the other requests.
        desk: answers the questions.
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
        sent = self._refused(429) if is_refused else self._answered(asked, takes_gzip=takes_gzip)
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

    def _asked(self, environ: WSGIEnvironment) -> _ValidRequest | None:
        """The question in the body; None: the body is not valid. The application can read the body again."""
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ["wsgi.input"] = BytesIO(body)
        try:
            sent = AskRequest.model_validate_json(body)
            question = Question(sent.question, sent.k, as_of=sent.as_of, further=further(sent))
            return _ValidRequest(
                self._desk.question(question, sent.jurisdiction, sent.site), sent.conversation_id
            )
        except (ValidationError, UnknownPlaceError):
            return None

    def _answered(self, asked: _ValidRequest, *, takes_gzip: bool) -> _RawResponse:
        """The response to a question. An unexpected error is logged by its place and answered politely."""
        try:
            answer = self._desk.ask(asked.question, "api", asked.conversation_id)
        except Exception as error:  # noqa: BLE001  # the outer wall, like the application's own
            _log.error("request=failed error=%s", place_of(error))
            return self._refused(500)
        status, body = answer_status(answer.status), answer_json(answer)
        if takes_gzip and status == 200 and len(body) >= LEAST_COMPRESSED:
            return _RawResponse(status, "application/json", answer_gzip(answer), _GZIP)
        return _RawResponse(status, "application/json", body)

    def _refused(self, status: int) -> _RawResponse:
        """The refusal of a question; it names the numbers to call in danger, for nobody has read it."""
        return _sent(api_refusal(status, self._desk.danger()))


def _is_plain(environ: WSGIEnvironment) -> bool:
    """Whether a request may be a question: its route, its length and its Accept-Encoding fit."""
    if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] != PATH:
        return False
    length = environ.get("CONTENT_LENGTH") or ""
    has_body = length.isascii() and length.isdecimal() and 0 < int(length) <= LARGEST_BODY
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    return has_body and (accepted in _UNCOMPRESSED or _GZIP in map(str.strip, accepted.split(",")))


def _sent(response: Response) -> _RawResponse:
    """The parts of a response that the framework made."""
    return _RawResponse(response.status_code, response.content_type or "", response.get_data())
