"""What is held, over the JSON interface: documents, their clauses, and whether there are any."""

import json

from flask.testing import FlaskClient

from tests.channels.conftest import DeskOver, client_of
from tests.channels.wire import (
    BONUS,
    CITATION,
    CLAUSE,
    CLAUSE_ROW,
    SUMMARY,
    ask,
    assert_shape,
    get,
)


def test_the_list_of_documents_holds_what_is_known_of_each(client: FlaskClient) -> None:
    """In order of their ids, as their own routes tell them, without their texts."""
    found = get(client, "/api/v1/documents")

    assert found.keys() == {"documents"}
    assert [row["document_id"] for row in found["documents"]] == [
        "厦门社工人才奖金",
        "宁夏五社联动",
        "江苏社区服务规划",
    ]
    for row in found["documents"]:
        assert_shape(row, SUMMARY)
        document = get(client, f"/api/v1/documents/{row['document_id']}")
        assert_shape(document, SUMMARY | {"text": {str}, "clauses": {list}})
        assert {key: document[key] for key in SUMMARY} == row


def test_a_clause_is_the_text_at_its_place(client: FlaskClient) -> None:
    """Every clause of every document has a route of its own, with its citation."""
    for row in get(client, "/api/v1/documents")["documents"]:
        document = get(client, f"/api/v1/documents/{row['document_id']}")
        for place in document["clauses"]:
            clause = get(client, f"/api/v1/clauses/{place['clause_id']}")
            assert_shape(place, CLAUSE_ROW)
            assert_shape(clause, CLAUSE)
            assert_shape(clause["citation"], CITATION)
            assert {key: clause[key] for key in CLAUSE_ROW} == place
            assert clause["text"] == document["text"][place["start"] : place["end"]]
            assert (clause["citation"]["digest"], clause["citation"]["title"]) == (
                row["digest"],
                row["title"],
            )


def test_a_clause_is_cited_alike_wherever_it_is_quoted(client: FlaskClient) -> None:
    """In an answer and on its own."""
    for passage in ask(client, BONUS)["passages"]:
        clause = get(client, f"/api/v1/clauses/{passage['clause_id']}")
        assert (clause["citation"], clause["text"]) == (passage["citation"], passage["text"])


def test_an_empty_library_is_served(desk_over: DeskOver) -> None:
    """Before the first document is there: nothing held, nothing found, not ready; staff's questions stay."""
    client = client_of(desk_over([]))

    answer = ask(client, BONUS)
    readiness = client.get("/readyz")

    assert get(client, "/api/v1/documents") == {"documents": []}
    assert (answer["status"], answer["passages"]) == ("not_found", [])
    assert "12345" in answer["message"]
    assert (readiness.status_code, json.loads(readiness.data)) == (503, {"status": "empty"})
    assert get(client, "/healthz") == {"status": "ok"}


def test_a_loaded_index_is_ready(client: FlaskClient) -> None:
    """What a load balancer asks before it sends anyone."""
    assert get(client, "/healthz") == {"status": "ok"}
    assert get(client, "/readyz") == {"status": "ready"}
