"""Request ids: in every response and line of a request, from a trusted proxy where well formed."""

import json
import re
import sys
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot.channels.app import build_app
from bot.channels.desk import Desk
from bot.channels.http import LEAVE_UNREAD
from bot.serving.connection import REFUSALS, refusal
from tests.channels.server_process import serving

OURS = re.compile(r"[0-9a-f]{32}")
GIVEN = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    "path",
    ["/", "/healthz", "/api/v1/ask?q=钱", "/nothing", "/static/nothing.css", "/api//x"],
)
def test_every_response_has_an_id_of_its_own(client: FlaskClient, path: str) -> None:
    """Pages, the API and refusals."""
    first, second = (client.get(path).headers.getlist("X-Request-ID") for _ in range(2))

    assert len(first) == len(second) == 1
    assert OURS.fullmatch(first[0])
    assert first != second


@pytest.mark.parametrize("status", REFUSALS)
def test_a_refusal_of_the_server_has_one_too(status: int) -> None:
    """Where no application has been asked."""
    assert re.search(rb"\r\nX-Request-ID: [0-9a-f]{32}\r\n", refusal(status))


@pytest.mark.parametrize("status", REFUSALS.keys() - {400})
def test_a_refusal_of_the_server_tells_whom_to_call(status: int) -> None:
    """Nobody has read what was asked; a request that is no HTTP asks nothing."""
    assert status in LEAVE_UNREAD
    said = json.loads(refusal(status, "着火打 119。").partition(b"\r\n\r\n")[2])
    assert said["detail"].endswith("着火打 119。")


def test_an_id_from_anybody_is_not_taken(client: FlaskClient) -> None:
    """Without TRUSTED_PROXIES."""
    response = client.get("/healthz", headers={"X-Request-ID": GIVEN})

    assert response.headers["X-Request-ID"] != GIVEN


PROXIED = [
    (GIVEN, True),  # nginx: $request_id
    ("01234567-89ab-cdef-0123-456789abcdef", True),  # a UUID
    ("13800138000", False),  # a telephone number
    ("11010119900307123X", False),  # an identity number
    ("oABCD1234567890abcdefghijklm", False),  # an openid
    (f"{GIVEN}x", False),  # too long
    (f"{GIVEN},{GIVEN}", False),  # two headers
    ("٠" * 32, False),  # digits of another script
    ("", False),
]


@pytest.mark.parametrize(("given", "is_taken"), PROXIED)
def test_a_trusted_proxys_id_is_taken_where_it_is_well_formed(desk: Desk, given: str, is_taken: bool) -> None:
    """128 bits, and nothing that could be somebody's number."""
    app = build_app(replace(desk, settings=desk.settings.model_copy(update={"trusted_proxies": 1})))
    environ = {"HTTP_X_REQUEST_ID": given}

    response = app.test_client().get("/healthz", environ_overrides=environ)

    assert (response.headers["X-Request-ID"] == given) is is_taken


@pytest.mark.skipif(sys.platform != "linux", reason="forks workers")
def test_each_line_of_the_service_is_an_object_and_that_of_a_request_has_its_id(
    tmp_path: Path, data_dir: Path
) -> None:
    """LOG_FORMAT=json, from the real service."""
    with serving(tmp_path, data_dir=data_dir, log_format="json", workers=1) as server:
        with urllib.request.urlopen(f"{server.address}/about", timeout=10) as response:
            request_id = response.headers["X-Request-ID"]
        lines = [json.loads(line) for line in server.log.read_text("utf-8").splitlines()]

    (line,) = [line for line in lines if line.get("request_id") == request_id]
    assert (line["route"], line["status"], line["logger"]) == ("/about", 200, "bot.channels.finishing")
    assert isinstance(line["ms"], float)
    assert [line for line in lines if "request_id" not in line]
