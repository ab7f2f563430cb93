"""The JSON interface as a client sees it: the shapes of the contract, and how to ask."""

import json
from http import HTTPStatus
from types import NoneType
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Json = dict[str, Any]
"""A JSON object."""

Shape = dict[str, set[type[object]]]
"""The keys an object has, each with the types it may have."""

BONUS = "厦门高级社会工作师奖金是多少"
COOKING = "红烧肉怎么做"
STAFF = {"Authorization": "Bearer let-me-in"}
MARK = "绝密"
"""Stands in whatever a test sends that must not come back."""

ANSWER: Shape = {
    "answer_id": {str},
    "status": {str},
    "question": {str},
    "understood_as": {str},
    "message": {str},
    "passages": {list},
    "options": {list},
    "suggestions": {list},
    "missing": {str, NoneType},
    "conversation_id": {str, NoneType},
    "elapsed_ms": {float},
}
PASSAGE: Shape = {
    "clause_id": {str},
    "text": {str},
    "context": {list},
    "highlights": {list},
    "score": {float},
    "confidence": {float},
    "citation": {dict},
    "references": {list},
    "sentence": {list, NoneType},
    "part": {str, NoneType},
}
LINK: Shape = {
    "start": {int},
    "end": {int},
    "document_id": {str},
    "clause_id": {str, NoneType},
    "url": {str},
}
CITATION: Shape = {
    "title": {str},
    "document_number": {str, NoneType},
    "issuers": {list},
    "label": {str},
    "jurisdiction": {str, NoneType},
    "genre": {str, NoneType},
    "legal_force": {str},
    "reports_on": {str, NoneType},
    "published_on": {str, NoneType},
    "effective_on": {str, NoneType},
    "expires_on": {str, NoneType},
    "source": {str, NoneType},
    "url": {str},
    "start": {int},
    "end": {int},
    "digest": {str},
    "superseded_on": {str, NoneType},
    "superseded_by": {list},
    "stated_in": {dict},
}
SLICE: Shape = {"clause_id": {str, NoneType}, "role": {str}, "text": {str}, "start": {int}, "end": {int}}
SUMMARY: Shape = {
    "document_id": {str},
    "title": {str},
    "issuers": {list},
    "document_number": {str, NoneType},
    "genre": {str, NoneType},
    "reports_on": {str, NoneType},
    "jurisdiction": {str, NoneType},
    "audience": {list},
    "signed_on": {str, NoneType},
    "published_on": {str, NoneType},
    "effective_on": {str, NoneType},
    "expires_on": {str, NoneType},
    "supersedes": {list},
    "contact": {str, NoneType},
    "source": {str, NoneType},
    "source_url": {str, NoneType},
    "legal_force": {str},
    "superseded_by": {list},
    "digest": {str},
}
CLAUSE_ROW: Shape = {"clause_id": {str}, "label": {str}, "start": {int}, "end": {int}}
CLAUSE: Shape = CLAUSE_ROW | {"text": {str}, "context": {list}, "citation": {dict}, "references": {list}}
HIT: Shape = {
    "rank": {int},
    "clause_id": {str},
    "title": {str},
    "label": {str},
    "text": {str},
    "score": {float},
    "confidence": {float},
    "rejected": {str, NoneType},
    "explanation": {list, NoneType},
}
FACTOR: Shape = {
    "factor": {str},
    "term": {str},
    "occurrences": {int, NoneType},
    "tf": {int, NoneType},
    "idf": {float, NoneType},
    "length_norm": {float, NoneType},
    "said": {str, NoneType},
    "source": {str, NoneType},
    "weight": {float, NoneType},
    "share": {float},
}


def assert_shape(found: Json, shape: Shape) -> None:
    """An object has exactly the keys of a shape, each with one of its types."""
    assert found.keys() == shape.keys()
    assert not [key for key in shape if type(found[key]) not in shape[key]]


def get(client: FlaskClient, path: str, **query: str | int) -> Json:
    """The JSON object that stands at a path."""
    response = client.get(path, query_string=query)
    assert (response.status_code, response.content_type) == (200, "application/json")
    return dict(json.loads(response.data))


def ask(client: FlaskClient, question: str, k: int = 3) -> Json:
    """The answer to a question, as GET gives it."""
    return get(client, "/api/v1/ask", q=question, k=k)


def post(client: FlaskClient, body: bytes | object, path: str = "/api/v1/ask") -> TestResponse:
    """The response to a body: bytes as they are, anything else as JSON."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(path, data=data, headers=STAFF, content_type="application/json")


def assert_problem(response: TestResponse, status: int) -> Json:
    """The problem that a response holds, checked against RFC 9457 and for a sentence that helps."""
    assert (response.status_code, response.content_type) == (status, "application/problem+json")
    found: Json = json.loads(response.data)
    assert found.keys() - {"errors"} == {"type", "title", "status", "detail"}
    assert (found["type"], found["status"]) == ("about:blank", status)
    assert found["title"] == HTTPStatus(status).phrase
    assert len(found["detail"]) > 10
    assert all(row.keys() == {"field", "problem"} for row in found.get("errors", []))
    return found
