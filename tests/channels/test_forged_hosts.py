"""No link leads where a request says: what a client or a proxy writes into headers is no address."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from bot.channels.desk import Desk
from tests.channels.conftest import client_of

FORGED = {
    "Host": "evil.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "javascript",
    "Forwarded": "host=evil.example;proto=javascript",
    "X-Forwarded-Prefix": "//evil.example",
}

PATHS = [
    "/",
    "//policy/x",
    "/ask?q=奖金",
    "/policy/没有",
    "/documents/",
    "/api/v1/ask?q=奖金",
    "/nothing",
    "",
]


@pytest.fixture(params=[0, 1], ids=["no proxy", "a proxy"])
def proxied(desk: Desk, request: pytest.FixtureRequest) -> FlaskClient:
    """A client of a service with so many trusted proxies."""
    settings = desk.settings.model_copy(update={"trusted_proxies": request.param})
    return client_of(replace(desk, settings=settings))


def asked(path: str) -> dict[str, str]:
    """A path as it comes over the wire; a client of our own would tidy it up."""
    path, _, query = path.partition("?")
    return {"PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": query.encode().decode("latin-1")}


@pytest.mark.parametrize("path", PATHS)
def test_forged_headers_make_no_link(proxied: FlaskClient, path: str) -> None:
    """Neither in a body nor in Location, also where a proxy is trusted."""
    response = proxied.get("/", environ_overrides=asked(path), headers=FORGED)

    assert "evil.example" not in response.get_data(as_text=True)
    assert "javascript:" not in response.get_data(as_text=True)
    assert "evil.example" not in str(response.headers)


def test_a_redirect_after_a_question_is_relative(proxied: FlaskClient) -> None:
    """The browser stays where it is."""
    response = proxied.post("/ask", data={"q": "奖金"}, headers=FORGED)

    assert response.status_code == 303
    assert response.headers["Location"].startswith("/ask/")
