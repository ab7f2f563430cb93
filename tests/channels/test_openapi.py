"""The OpenAPI description tells the truth: the routes there are, what they take, and what they answer."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.channels.desk import Desk
from tests.channels.conftest import DeskOver, client_of, closed, without_token
from tests.channels.schema import mismatches
from tests.channels.wire import ANSWER, BONUS, COOKING, Json, ask, get

DESCRIBED = re.compile(r"/api/|/healthz$|/readyz$")
"""The routes for programs; pages and the description itself are not in it."""


@dataclass(frozen=True)
class Exchange:
    """A request that a program may send, and the status it gets from a service in some condition."""

    condition: str
    method: str
    route: str
    status: int
    path: str = ""
    body: object = None
    token: str = "let-me-in"  # noqa: S105  # of the test's own service

    def __str__(self) -> str:
        return f"{self.method} {self.route} {self.status}"


QUESTION = {"question": BONUS, "k": 2}
DOCUMENT, CLAUSE = "/api/v1/documents/{document_id}", "/api/v1/clauses/{clause_id}"

EXCHANGES = [
    Exchange("usual", "get", "/api/v1/ask", 200, f"/api/v1/ask?q={BONUS}"),  # answered
    Exchange("usual", "get", "/api/v1/ask", 200, f"/api/v1/ask?q={COOKING}"),  # not found
    Exchange("usual", "get", "/api/v1/ask", 422, "/api/v1/ask?k=11"),  # unusable, with two rows
    Exchange("broken", "get", "/api/v1/ask", 500, f"/api/v1/ask?q={BONUS}"),  # an answer as well
    Exchange("closed", "get", "/api/v1/ask", 503, f"/api/v1/ask?q={BONUS}"),  # under maintenance
    Exchange("usual", "post", "/api/v1/ask", 200, body=QUESTION),
    Exchange("usual", "post", "/api/v1/ask", 422, body=[]),
    Exchange("broken", "post", "/api/v1/ask", 500, body=QUESTION),
    Exchange("closed", "post", "/api/v1/ask", 503, body=QUESTION),
    Exchange("usual", "post", "/api/v1/search", 200, body=QUESTION),  # explanations are null
    Exchange("usual", "post", "/api/v1/search", 200, body={**QUESTION, "explain": True}),
    Exchange("usual", "post", "/api/v1/search", 422, body={"question": ""}),
    Exchange("usual", "post", "/api/v1/search", 401, body=QUESTION, token="wrong"),  # it is
    Exchange("tokenless", "post", "/api/v1/search", 403, body=QUESTION),
    Exchange("closed", "post", "/api/v1/search", 503, body=QUESTION),
    Exchange("usual", "post", "/api/v1/feedback", 200, body={"answer_id": "a", "helpful": True}),
    Exchange("usual", "post", "/api/v1/feedback", 422, body={"answer_id": "a"}),
    Exchange("usual", "get", "/api/v1/documents", 200),
    Exchange("usual", "get", DOCUMENT, 200, "/api/v1/documents/宁夏五社联动"),
    Exchange("usual", "get", DOCUMENT, 404, "/api/v1/documents/没有"),
    Exchange("usual", "get", CLAUSE, 200, "/api/v1/clauses/宁夏五社联动:p1"),
    Exchange("usual", "get", CLAUSE, 404, "/api/v1/clauses/宁夏五社联动:p0"),
    Exchange("usual", "get", "/healthz", 200),
    Exchange("usual", "get", "/readyz", 200),
    Exchange("empty", "get", "/readyz", 503),
]
"""Every kind of response of every route, but those that any route may give: 405, 413, 429, 500 problems."""


@pytest.fixture(scope="module")
def description(client: FlaskClient) -> Json:
    """What /openapi.json says."""
    return get(client, "/openapi.json")


@pytest.fixture(scope="module")
def clients(
    desk: Desk, desk_over: DeskOver, client: FlaskClient, broken_client: FlaskClient
) -> dict[str, FlaskClient]:
    """A client of a service in each condition."""
    return {
        "usual": client,
        "broken": broken_client,
        "closed": client_of(closed(desk)),
        "tokenless": client_of(without_token(desk)),
        "empty": client_of(desk_over([])),
    }


def carry_out(exchange: Exchange, clients: dict[str, FlaskClient]) -> TestResponse:
    """The response to the request of an exchange."""
    response = clients[exchange.condition].open(
        exchange.path or exchange.route,
        method=exchange.method,
        data=None if exchange.body is None else json.dumps(exchange.body),
        headers={"Authorization": f"Bearer {exchange.token}"},
    )
    assert response.status_code == exchange.status
    return response


def operations(description: Json) -> Iterator[tuple[str, str, Json]]:
    """Route, method and description of every operation."""
    for route, methods in description["paths"].items():
        for method, operation in methods.items():
            yield route, method, operation


def test_exactly_the_routes_for_programs_are_described(client: FlaskClient, description: Json) -> None:
    """Each with its methods; none is forgotten, none invented."""
    there_are = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in client.application.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if DESCRIBED.match(rule.rule)
    }

    assert {(route, method) for route, method, _ in operations(description)} == there_are


def test_every_operation_says_what_it_is_for(description: Json) -> None:
    """A sentence, a tag that is explained, and an id of its own."""
    tags = {tag["name"] for tag in description["tags"] if tag["description"]}
    ids = [operation["operationId"] for _, _, operation in operations(description)]

    assert description["openapi"].startswith("3.1")
    assert len(ids) == len(set(ids))
    for _, _, operation in operations(description):
        assert operation["summary"]
        assert set(operation["tags"]) <= tags


def test_what_a_route_takes_is_described(description: Json) -> None:
    """Parameters and bodies with their bounds; only staff routes want the token."""
    taken = {
        f"{method} {route}": [parameter["name"] for parameter in operation.get("parameters", [])]
        for route, method, operation in operations(description)
    }
    guarded = {route for route, _, operation in operations(description) if operation.get("security")}
    schemas = description["components"]["schemas"]

    assert taken == {
        "get /api/v1/ask": ["q", "k"],
        "post /api/v1/ask": [],
        "post /api/v1/search": [],
        "post /api/v1/feedback": [],
        "get /api/v1/documents": [],
        f"get {DOCUMENT}": ["document_id"],
        f"get {CLAUSE}": ["clause_id"],
        "post /api/v1/staff/import": ["filename"],
        "get /api/v1/staff/import/{import_id}": ["import_id"],
        "get /api/v1/staff/drafts": [],
        "get /api/v1/staff/drafts/{document_id}": ["document_id"],
        "get /api/v1/staff/drafts/{document_id}/original": ["document_id"],
        "post /api/v1/staff/drafts/{document_id}/accept": ["document_id"],
        "get /healthz": [],
        "get /readyz": [],
    }
    asked = ["question", "k", "jurisdiction", "as_of", "conversation_id", "site"]
    for name, fields in (("AskRequest", asked), ("SearchRequest", ["question", "k", "explain"])):
        assert sorted(schemas[name]["properties"]) == sorted(fields)
        assert (schemas[name]["required"], schemas[name]["additionalProperties"]) == (["question"], False)
        k = schemas[name]["properties"]["k"]
        assert (k["type"], k["minimum"], k["maximum"], k["default"]) == ("integer", 1, 10, 3)
    assert guarded - {"/api/v1/search"} == {route for route in description["paths"] if "/staff/" in route}
    assert description["components"]["securitySchemes"] == {"staff": {"type": "http", "scheme": "bearer"}}


@pytest.mark.parametrize("exchange", EXCHANGES, ids=str)
def test_a_response_is_what_the_description_says(
    description: Json, clients: dict[str, FlaskClient], exchange: Exchange
) -> None:
    """Its status and content type are described, and its body follows the schema."""
    response = carry_out(exchange, clients)

    described = description["paths"][exchange.route][exchange.method]["responses"]
    assert str(exchange.status) in described
    content = described[str(exchange.status)]["content"]
    assert response.content_type in content
    schema = content[response.content_type]["schema"]
    found = mismatches(json.loads(response.data), schema, description["components"]["schemas"])
    assert list(found) == []


@pytest.mark.parametrize("exchange", [row for row in EXCHANGES if row.body and row.status == 200], ids=str)
def test_a_body_that_is_answered_is_as_described(description: Json, exchange: Exchange) -> None:
    """What a program generated from the description sends is what the route takes."""
    described = description["paths"][exchange.route][exchange.method]["requestBody"]

    schema = described["content"]["application/json"]["schema"]
    assert described["required"] is True
    assert list(mismatches(exchange.body, schema, description["components"]["schemas"])) == []


def test_the_responses_that_are_described_are_those_that_come(client: FlaskClient, description: Json) -> None:
    """No more and no fewer; and the description is the same each time.

    The routes of intake need files of their own: tests/intake/test_uploads.py.
    """
    described = {
        (route, method, int(status))
        for route, method, operation in operations(description)
        for status in operation["responses"]
        if not route.startswith("/api/v1/staff/")
    }

    assert described == {(row.route, row.method, row.status) for row in EXCHANGES}
    assert get(client, "/openapi.json") == description


def test_the_schema_check_finds_what_is_wrong(client: FlaskClient, description: Json) -> None:
    """Seeded faults: a missing key, one too many, another type, a word that is no status, a bad span."""
    schemas = description["components"]["schemas"]
    answer = ask(client, BONUS, k=1)

    def faults(**changed: object) -> list[str]:
        return list(mismatches({**answer, **changed}, schemas["AnswerModel"], schemas))

    assert faults() == []
    assert faults(status="fine") != []
    assert faults(elapsed_ms="fast") != []
    assert faults(mood="good") == ["$.mood: is not described"]
    assert faults(passages=[answer["passages"][0] | {"highlights": [[1, 2, 3]]}]) != []
    without = {key: answer[key] for key in ANSWER if key != "message"}
    assert list(mismatches(without, schemas["AnswerModel"], schemas)) == ["$.message: is missing"]
