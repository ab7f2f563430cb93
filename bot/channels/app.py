"""The Flask application: the routes of all channels, one outer wall against errors, common headers."""

import logging
import time
from functools import cache, partial
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pydantic_core
from flask import Flask, Request, Response, g, request
from flask.json.provider import DefaultJSONProvider
from flask_compress import Compress
from flask_openapi3 import APIBlueprint, OpenAPI
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from bot.channels.api.description import DESCRIPTION, description
from bot.channels.api.problems import sent_question, unusable
from bot.channels.api.straight import AskShortcut
from bot.channels.desk import Desk
from bot.channels.finishing import common_headers, log_response
from bot.channels.http import LARGEST_BODY, LEAST_COMPRESSED, LEAVE_UNREAD
from bot.channels.request_id import RequestIds
from bot.channels.sized_body import SizedBody
from bot.channels.table import CHANNELS, channel_of
from bot.channels.wechat.fields import LARGEST_BODY as LARGEST_MESSAGE
from bot.logs import place_of

ASKING = {"api.ask", "api.ask_by_query", "api.feedback", "pages.ask", "pages.feedback", "kiosk.ask"}
"""Endpoints that are work, and write: they are counted by address."""

COMPRESSION = {
    "COMPRESS_ALGORITHM": ["br", "gzip"],  # http without s takes gzip only
    "COMPRESS_STREAMS": False,
    "COMPRESS_MIN_SIZE": LEAST_COMPRESSED,
}
"""How answers are compressed for who asks for it. Without cookies no stranger's request comes back
with a person's secrets, so that the length of an answer tells nothing (BREACH)."""

_log = logging.getLogger(__name__)


class _JsonRequest(Request):
    """A request.

    Its body is read as JSON, whatever its content type says: `curl -d` sends the type of a form.
    """

    def get_json(self, *_: object, **__: object) -> object:
        """The object in the body; None where the body holds none."""
        body = super().get_json(force=True, silent=True)
        return body if isinstance(body, dict) else None


class _JsonProvider(DefaultJSONProvider):
    """Parses JSON with a limit on nesting: the standard library's parser overflows the stack."""

    def loads(self, s: str | bytes, **_: Any) -> Any:  # Flask's own signature
        return pydantic_core.from_json(s, allow_inf_nan=False)


def build_app(desk: Desk) -> Flask:
    """The application whose channels stand on a desk.

    Raises:
        SettingsError: the settings of a channel are unusable.
    """
    app = OpenAPI(
        __name__,
        validation_error_callback=partial(_unusable, desk),
        doc_ui=False,
        static_folder=None,
    )
    app.url_map.merge_slashes = False  # it would redirect, to whatever host the request names
    app.request_class = _JsonRequest
    app.json = _JsonProvider(app)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_BODY
    for channel in CHANNELS:
        for blueprint in channel.blueprints(desk):
            if isinstance(blueprint, APIBlueprint):
                app.register_api(blueprint)
            else:
                app.register_blueprint(blueprint)
    described = app.extensions[DESCRIPTION] = cache(partial(description, desk))
    app.add_url_rule("/openapi.json", view_func=described, endpoint="openapi")
    app.register_error_handler(HTTPException, partial(_refused, desk))
    app.register_error_handler(Exception, partial(_broken, desk))
    app.before_request(_start_watch)
    app.before_request(lambda: _refuse_many(desk))
    app.after_request(_finish)
    app.config.update(COMPRESSION)
    Compress(app)
    _wrap(app, desk)
    return app


def _wrap(app: Flask, desk: Desk) -> None:
    """The layers that a request passes before Flask sees it.

    Of a proxy only the address is believed that it saw. Links lead to PUBLIC_URL or are relative.
    """
    proxies = desk.settings.trusted_proxies
    app.wsgi_app = AskShortcut(app.wsgi_app, desk)  # type: ignore[method-assign]
    app.wsgi_app = SizedBody(app.wsgi_app, LARGEST_MESSAGE)  # type: ignore[method-assign]
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=0, x_host=0
        )
    app.wsgi_app = RequestIds(app.wsgi_app, believes_proxy=proxies > 0)  # type: ignore[method-assign]


def _refused(desk: Desk, error: HTTPException) -> Response:
    """What a client did wrong, in the form its channel speaks."""
    response = _refusal(desk, error.code or 500)
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _broken(desk: Desk, error: Exception) -> Response:
    """The outer wall: an unexpected error is logged by its place and answered politely."""
    _log.error("request=failed error=%s", place_of(error))
    return _refusal(desk, 500)


def _unusable(desk: Desk, error: ValidationError) -> Response:
    """The 422 for a request with invalid fields. Whoever tells of danger in it is told whom to call."""
    return unusable(error, desk.first_aid(sent_question()) if request.endpoint in ASKING else "")


def _refusal(desk: Desk, status: int) -> Response:
    """The refusal of the channel. Whoever may have asked for help unread is told whom to call in danger."""
    channel = channel_of(request.path)
    is_unread = status in LEAVE_UNREAD and (request.endpoint in ASKING or channel.name != "api")
    return channel.refusal(status, desk.danger() if is_unread else "")


def _start_watch() -> None:
    g.started = time.perf_counter()


def _refuse_many(desk: Desk) -> Response | None:
    """The refusal for an address that asks too often; None: it may ask. Responses carry what is left."""
    if request.endpoint not in ASKING:
        return None
    g.allowance = desk.allowance(request.remote_addr or "")
    return _refusal(desk, 429) if g.allowance and g.allowance.is_used_up else None


def _finish(response: Response) -> Response:
    """Adds the headers that every response carries, and logs the route."""
    if response.status_code == 308:  # the framework's, to whatever host the request names
        response.location = urlunsplit(("", "", *urlsplit(response.location or "/")[2:]))
        response.data = b""
    allowance = g.get("allowance")
    for name, value in common_headers(response.status_code, allowance).items():
        response.headers.setdefault(name, value)
    route = request.url_rule.rule if request.url_rule else "none"
    log_response(request.method, route, response.status_code, g.started)
    return response
