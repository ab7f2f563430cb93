"""Every response carries the security headers, and no log line carries what people wrote."""

import logging
from dataclasses import replace
from urllib.parse import quote

import pytest
from flask import request
from flask.testing import FlaskClient
from werkzeug import Response

from bot.answering.answerer import Answerer
from bot.channels.app import build_app
from bot.channels.desk import Desk
from tests.channels.wire import BONUS, MARK

HEADERS = {
    # nothing but our own style sheet, scripts and icon; forms and requests go home; nobody frames us
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    # the address of an answer holds its question
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
TOO_LARGE = "长" * 30_000
POLICY = "/policy/宁夏五社联动"

RESPONSES = [
    ("GET", "/", None, 200),  # a page
    ("GET", f"/ask?q={BONUS}", None, 200),  # a page with an answer
    ("POST", "/ask", {"q": BONUS}, 303),  # the same, from the form
    ("GET", "/ask/nothing", None, 404),  # an answer that is kept no more
    ("POST", "/feedback", {"answer_id": "a", "helpful": "1"}, 303),  # a judgement
    ("POST", "/feedback", {"answer_id": "a"}, 400),  # half a judgement
    ("GET", POLICY, None, 200),  # a document
    ("GET", "/static/style.css", None, 200),  # the style sheet
    ("GET", "/static/icon.svg", None, 200),  # the icon
    ("GET", f"/api/v1/ask?q={BONUS}", None, 200),  # an answer as JSON
    ("GET", "/api/v1/documents", None, 200),  # what is held
    ("GET", "/openapi.json", None, 200),  # the description
    ("GET", "/healthz", None, 200),  # operation
    ("HEAD", "/", None, 200),  # no body
    ("OPTIONS", "/ask", None, 200),  # answered by the framework
    ("GET", "/api//v1/documents", None, 404),  # slashes are not merged: that would redirect
    ("GET", "/nothing", None, 404),  # an unknown page
    ("GET", "/policy/没有", None, 404),  # an unknown document
    ("GET", "/static/nothing.css", None, 404),  # an unknown file
    ("GET", "/static/..%2Fpages.py", None, 404),  # a file that is none of the page's
    ("GET", "/api/v1/nothing", None, 404),  # an unknown route
    ("PUT", "/", None, 405),  # a method no page takes
    ("PUT", "/api/v1/ask", None, 405),  # a method no route takes
    ("POST", "/ask", {"q": TOO_LARGE}, 413),  # a form over 64 KiB
    ("POST", "/api/v1/ask", {"q": TOO_LARGE}, 413),  # a body over 64 KiB
    ("POST", "/ask", {"q": ""}, 422),  # an empty form
    ("POST", "/api/v1/ask", {"q": ""}, 422),  # a body that is no JSON
    ("POST", "/api/v1/search", {}, 401),  # staff only
]


def assert_security(response: Response) -> None:
    """A response carries each header once, and no cookie."""
    assert {name: response.headers.getlist(name) for name in HEADERS} == {
        name: [value] for name, value in HEADERS.items()
    }
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(("method", "path", "form", "status"), RESPONSES)
def test_every_response_carries_the_security_headers(
    client: FlaskClient, method: str, path: str, form: dict[str, str] | None, status: int
) -> None:
    """Whatever the response is, and whoever made it."""
    with client.open(path, method=method, data=form) as response:
        assert response.status_code == status
        assert_security(response)


@pytest.mark.parametrize("path", [f"/ask?q={BONUS}", f"/api/v1/ask?q={BONUS}"])
def test_a_breakdown_carries_them_too(broken_client: FlaskClient, path: str) -> None:
    """An answer that failed, as page and as JSON."""
    response = broken_client.get(path)

    assert response.status_code == 500
    assert_security(response)


@pytest.mark.parametrize("path", ["/ask?q=奖金", "/api/v1/documents", "/policy/宁夏五社联动"])
def test_what_nobody_foresaw_carries_them_too(desk: Desk, path: str) -> None:
    """The wall around every route answers politely, in the form that its channel speaks."""

    def broken() -> Answerer:
        raise RuntimeError(MARK)

    response = build_app(replace(desk, answerer=broken)).test_client().get(path)

    assert response.status_code == 500
    assert_security(response)
    assert MARK not in response.text
    assert "RuntimeError" not in response.text
    assert response.content_type.startswith("application/problem" if "/api/" in path else "text/html")


WRITTEN = [
    (f"GET /ask?q={MARK}", None, None),  # a question in the address
    ("POST /ask", {"q": MARK}, None),  # a question in a form
    (f"POST /ask?{MARK}=1", {"q": ""}, None),  # an address that nobody asked for
    (f"GET /api/v1/ask?q={MARK}", None, None),  # a question in a query
    (f"GET /api/v1/ask?q=a&{MARK}=1", None, None),  # a query that cannot be used
    ("POST /api/v1/ask", f'{{"question": "{MARK}"}}', None),  # a question in a body
    ("POST /api/v1/ask", f'{{"{MARK}": 1}}', None),  # a body that cannot be used
    ("POST /api/v1/ask", MARK, None),  # a body that is no JSON
    ("POST /api/v1/search", "{}", {"Authorization": f"Bearer {quote(MARK)}"}),  # a secret, mistyped
    (f"GET /policy/{MARK}", None, None),  # a document that is not held
    ("GET /policy/宁夏五社联动", None, None),  # one that is: what somebody reads is their own affair
    (f"GET /api/v1/documents/{MARK}", None, None),  # the same over the JSON interface
    ("GET /api/v1/clauses/宁夏五社联动:p1", None, None),  # a clause
    (f"GET /{MARK}?{MARK}", None, None),  # a page that does not exist
    (f"GET /api/v1/{MARK}", None, None),  # a route that does not exist
    ("GET /", None, {"Referer": f"https://example.org/?{MARK.encode().hex()}"}),  # where somebody was
    ("GET /", None, {"User-Agent": quote(MARK)}),  # what somebody uses
]


@pytest.mark.parametrize(("line", "body", "headers"), WRITTEN)
def test_no_log_line_holds_what_somebody_wrote_or_read(
    client: FlaskClient,
    caplog: pytest.LogCaptureFixture,
    line: str,
    body: str | dict[str, str] | None,
    headers: dict[str, str] | None,
) -> None:
    """Neither as it is nor encoded, at no level; the route and the status are enough to operate."""
    caplog.set_level(logging.DEBUG)
    method, path = line.split(" ")

    response = client.open(path, method=method, data=body, headers=headers)

    assert f"request={method} route=" in caplog.text
    assert f"status={response.status_code}" in caplog.text
    for secret in (MARK, "宁夏五社联动"):
        for written in (secret, quote(secret), secret.encode().hex(), ascii(secret)[1:-1]):
            assert written not in caplog.text


ROUTES = [
    ("/", "/"),
    ("/policy/没有#p1", "/policy/<document_id>"),
    ("/api/v1/clauses/没有:p1", "/api/v1/clauses/<clause_id>"),
    ("/api/v1/ask?q=钱", "/api/v1/ask"),
    ("/nothing", "none"),
]


@pytest.mark.parametrize(("path", "route"), ROUTES)
def test_the_log_names_the_route(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, path: str, route: str
) -> None:
    """One line a request: the pattern that answered, not the path that was asked for."""
    caplog.set_level(logging.INFO)

    client.get(path)

    lines = [record.getMessage() for record in caplog.records if record.getMessage().startswith("request=")]
    assert len(lines) == 1
    assert f"request=GET route={route} status=" in lines[0]


FORWARDED = {
    "X-Forwarded-For": "203.0.113.9, 198.51.100.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "zhengce.example.cn",
}


@pytest.mark.parametrize(
    ("proxies", "seen"),
    [
        (0, ("127.0.0.1", "http", "localhost")),  # nobody is believed: anyone can send these headers
        (1, ("198.51.100.7", "http", "localhost")),  # what our own proxy saw
        (2, ("203.0.113.9", "http", "localhost")),  # of two proxies, only as many values as there are
    ],
)
def test_proxies_are_believed_only_as_many_as_are_trusted(
    desk: Desk, proxies: int, seen: tuple[str, str, str]
) -> None:
    """TRUSTED_PROXIES says how many addresses from the right were written by proxies of ours.

    Host and scheme are believed from nobody: only PUBLIC_URL makes a link.
    """
    settings = desk.settings.model_copy(update={"trusted_proxies": proxies})
    app = build_app(replace(desk, settings=settings))
    found: list[tuple[str | None, str, str]] = []
    app.before_request(lambda: found.append((request.remote_addr, request.scheme, request.host)))

    app.test_client().get("/healthz", headers=FORWARDED)

    assert found == [seen]
