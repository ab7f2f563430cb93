"""The staff routes: closed without a token, and every factor of every score behind it."""

import json
import logging
from collections import Counter

import pytest
from flask.testing import FlaskClient

from bot.channels.desk import Desk
from tests.channels.conftest import client_of, without_token
from tests.channels.wire import BONUS, FACTOR, HIT, MARK, STAFF, Json, ask, assert_problem, assert_shape, post


def test_without_a_token_in_the_settings_staff_routes_are_closed(desk: Desk) -> None:
    """Closed for everyone, and said so: an empty token opens nothing."""
    client = client_of(without_token(desk))

    for headers in ({}, {"Authorization": "Bearer "}, STAFF):
        response = client.post("/api/v1/search", json={"question": BONUS}, headers=headers)
        assert "STAFF_TOKEN" in assert_problem(response, 403)["detail"]


REFUSED = {
    "nothing": None,
    "an empty one": "",
    "no secret": "Bearer ",
    "another secret": "Bearer let-me-out",
    "the start of the secret": "Bearer let-me",
    "more than the secret": "Bearer let-me-in!",
    "the secret without its scheme": "let-me-in",
    "another scheme": "Basic let-me-in",
    "bytes that are no ASCII": "Bearer \xe7\xbb\x9d",
}


@pytest.mark.parametrize("given", REFUSED.values(), ids=REFUSED)
def test_a_missing_or_wrong_token_is_a_401(client: FlaskClient, given: str | None) -> None:
    """It names the scheme that is wanted, and never the secret."""
    headers = {} if given is None else {"Authorization": given}

    response = client.post("/api/v1/search", json={"question": BONUS}, headers=headers)

    found = assert_problem(response, 401)
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert "let-me-in" not in json.dumps(found)


def search(client: FlaskClient, **body: str | int | bool) -> Json:
    """The ranking that staff see."""
    response = post(client, body, "/api/v1/search")
    assert (response.status_code, response.content_type) == (200, "application/json")
    return dict(json.loads(response.data))


def test_the_shares_of_an_explanation_sum_to_the_score(client: FlaskClient) -> None:
    """Every factor of every score, rejected hits among them; each share follows from its factors."""
    found = search(client, question=BONUS, k=2, explain=True)

    assert found.keys() == {"question", "understood_as", "changes", "terms", "hits", "rejected"}
    assert (found["question"], found["understood_as"]) == (BONUS, BONUS)
    for hit in found["hits"] + found["rejected"]:
        assert_shape(hit, HIT)
        rows = hit["explanation"]
        terms = [row for row in rows if row["factor"] == "term"]
        for row in rows:
            assert_shape(row, FACTOR)
        assert sum(row["share"] for row in rows) == pytest.approx(hit["score"], abs=1e-9)
        assert {row["term"]: row["occurrences"] for row in terms} == Counter(found["terms"])
        for row in terms:
            factor = 1.6 * row["tf"] / (row["tf"] + row["length_norm"])
            assert row["share"] == pytest.approx(row["occurrences"] * row["idf"] * factor, abs=1e-9)


def test_staff_see_what_was_corrected(client: FlaskClient) -> None:
    """Which stretch, as what, why, and what else it might have been."""
    found = search(client, question="五设联动是什么")

    assert found["understood_as"] == "五社联动是什么"
    assert found["changes"] == [
        {
            "start": 0,
            "end": 4,
            "typed": "五设联动",
            "meant": "五社联动",
            "mistake": "sounds alike",
            "alternatives": [],
        }
    ]


def test_staff_see_what_was_quoted_and_what_was_rejected_and_why(client: FlaskClient) -> None:
    """The hits are the passages of the answer; the ranks go on among the rejected, each with its reason."""
    found = search(client, question=BONUS, k=2)
    passages = ask(client, BONUS, k=2)["passages"]

    shared = ("clause_id", "score", "confidence", "text")
    quoted = [[passage[key] for key in shared] for passage in passages]
    assert [[hit[key] for key in shared] for hit in found["hits"]] == quoted
    assert [hit["rank"] for hit in found["hits"] + found["rejected"]] == [1, 2, 3, 4]
    assert [hit["rejected"] for hit in found["hits"]] == [None, None]
    assert all(hit["rejected"] for hit in found["rejected"])
    assert all(hit["explanation"] is None for hit in found["hits"] + found["rejected"])


def test_a_refused_question_shows_how_near_it_came(client: FlaskClient) -> None:
    """No hits, but the nearest clauses with their confidence."""
    found = search(client, question="宁夏的天气怎么样，明天会不会下大雨刮大风")

    assert found["hits"] == []
    assert "support" in found["rejected"][0]["rejected"]


def test_a_breakdown_of_a_staff_route_is_a_problem(
    broken_client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    """The wall around every route: what nobody foresaw is logged by its place and tells nothing."""
    caplog.set_level(logging.DEBUG)

    found = assert_problem(post(broken_client, {"question": MARK}, "/api/v1/search"), 500)

    assert "RuntimeError" not in json.dumps(found)
    assert "error=RuntimeError@query" in caplog.text
    assert MARK not in caplog.text
