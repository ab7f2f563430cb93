"""A question that goes straight to the desk is answered as the framework would have it answered."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.answering.answerer import Answerer
from bot.channels.api.straight import PATH
from bot.channels.desk import Desk
from bot.channels.limiting import Limiter
from tests.channels.conftest import client_of, closed
from tests.channels.wire import BONUS, COOKING, MARK, Json

FRAMEWORK = {"Accept-Encoding": "deflate"}
"""What a client says that is left to the framework; it gets its answer uncompressed all the same."""

OWN = {"answer_id", "conversation_id", "elapsed_ms"}
"""What differs between two answers to the same question."""

ASKED: list[Json] = [
    {"question": BONUS},  # answered
    {"question": f"  {BONUS} ", "k": 1},  # with less
    {"question": COOKING},  # not answered
    {"question": "你好"},  # small talk
    {"question": BONUS, "jurisdiction": "福建省厦门市", "as_of": "2020-01-01"},  # with place and day
    {"question": BONUS, "jurisdiction": "没有这个地方"},  # a place that there is not
    {"question": BONUS, "site": "没有这个点"},  # nor this site
    {"question": ""},  # an empty one
    {"question": "长" * 301},  # a long one
    {"question": BONUS, "k": 1.0},  # a number that is no integer
    {"question": BONUS, "k": "3"},  # nor is a text
    {"question": BONUS, "why": 1},  # an unknown field
    {"question": BONUS, "as_of": "gestern"},  # no day
    {},  # nothing
]


def posted(client: FlaskClient, body: str, headers: Mapping[str, str] | None = None) -> TestResponse:
    """The response to a body."""
    return client.post(PATH, data=body, content_type="application/json", headers=headers)


def told(response: TestResponse) -> tuple[int, Json, dict[str, str]]:
    """Status, body and headers, without what is the asker's own."""
    body = {key: value for key, value in json.loads(response.text).items() if key not in OWN}
    own = ("X-Request-ID", "Content-Length")
    return response.status_code, body, {name: v for name, v in response.headers if name not in own}


@pytest.mark.parametrize("body", [*map(json.dumps, ASKED), "{", "[]", "null", '{"question": NaN}'])
def test_the_framework_would_say_the_same(client: FlaskClient, body: str) -> None:
    """Body, status and headers."""
    straight, other = posted(client, body), posted(client, body, FRAMEWORK)

    assert told(straight) == told(other)
    assert int(straight.headers["Content-Length"]) == len(straight.data)


def test_a_breakdown_is_the_same(desk: Desk, broken_client: FlaskClient) -> None:
    """In a step of the answer, and where nobody foresaw it; what was asked is in neither."""

    def broken() -> Answerer:
        raise RuntimeError(MARK)

    body = json.dumps({"question": BONUS})
    for client in (broken_client, client_of(replace(desk, answerer=broken))):
        straight = posted(client, body)
        assert straight.status_code == 500
        assert told(straight) == told(posted(client, body, FRAMEWORK))
        assert MARK not in straight.text


def test_maintenance_is_the_same(desk: Desk) -> None:
    """With when to come again."""
    client, body = client_of(closed(desk)), json.dumps({"question": BONUS})

    straight = posted(client, body)

    assert straight.status_code == 503
    assert "Retry-After" in straight.headers
    assert told(straight) == told(posted(client, body, FRAMEWORK))


def test_both_are_counted_by_one_limit(desk: Desk) -> None:
    """Each question once, whichever way it goes; the refusal is the same."""
    settings = desk.settings.model_copy(update={"ask_per_minute": 3, "trusted_proxies": 1})
    client = client_of(replace(desk, settings=settings, limiter=Limiter(lambda: 1000.0)))
    address, body = {"X-Forwarded-For": "203.0.113.7"}, json.dumps({"question": BONUS})
    ways = [address, address | FRAMEWORK, address, address, address | FRAMEWORK]

    responses = [posted(client, body, headers) for headers in ways]

    assert [each.status_code for each in responses] == [200, 200, 200, 429, 429]
    assert [each.headers["RateLimit-Remaining"] for each in responses] == ["2", "1", "0", "0", "0"]
    assert told(responses[3]) == told(responses[4])


@pytest.mark.parametrize(
    "accepted",
    ["gzip", "gzip, deflate", "deflate, gzip, br, zstd"],  # Go, Python, curl
)
def test_whoever_takes_gzip_gets_the_same_compressed(client: FlaskClient, accepted: str) -> None:
    """The first time and again; each with ids of its own."""
    body = json.dumps({"question": BONUS})

    first, again = (posted(client, body, {"Accept-Encoding": accepted}) for _ in range(2))

    for response in (first, again):
        assert response.headers["Content-Encoding"] == "gzip"
        assert int(response.headers["Content-Length"]) == len(response.data)
    read = [json.loads(gzip.decompress(response.data)) for response in (first, again)]
    assert read[0]["answer_id"] != read[1]["answer_id"]
    plain = told(posted(client, body))[1]
    assert [{key: value for key, value in each.items() if key not in OWN} for each in read] == [plain, plain]


def test_headers_of_compressed_answers_are_the_frameworks(client: FlaskClient) -> None:
    """The framework compresses for who would rather have something else."""
    body, ways = json.dumps({"question": BONUS}), ("gzip", "gzip;q=1.0")

    straight, other = (posted(client, body, {"Accept-Encoding": way}).headers for way in ways)

    own = ("X-Request-ID", "Content-Length")
    assert {n: v for n, v in straight.items() if n not in own} == {
        n: v for n, v in other.items() if n not in own
    }


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("br", "br"),  # left to the framework
        ("br;q=1.0, gzip;q=0.5", "br"),  # with a reserve
        ("deflate", None),  # neither
    ],
)
def test_whoever_prefers_something_else_gets_that(
    client: FlaskClient, accepted: str, coding: str | None
) -> None:
    """They are left to the framework."""
    response = posted(client, json.dumps({"question": BONUS}), {"Accept-Encoding": accepted})

    assert response.headers.get("Content-Encoding") == coding


def test_a_short_answer_is_not_compressed(client: FlaskClient) -> None:
    """It is one packet anyway."""
    response = posted(client, json.dumps({"question": "你好"}), {"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in response.headers
    assert response.json is not None
