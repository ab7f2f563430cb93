"""Requests that the JSON interface cannot use: a polite problem, never a breakdown, nothing repeated."""

import json
from io import BytesIO
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.channels.wire import BONUS, MARK, assert_problem, post

BAD_BODIES: dict[str, object] = {
    "an empty question": {"question": ""},
    "a question of blanks, wide ones among them": {"question": " \t\n\u3000"},
    "301 characters": {"question": MARK + "长" * 299},
    "NUL": {"question": f"{MARK}\0"},
    "a lone surrogate, escaped": rb'{"question": "\xe7\xbb\x9d\xe5\xaf\x86\ud83d"}',
    "a lone surrogate, as three bytes": b'{"question": "\xed\xa0\xbd"}',
    "no question": {"k": 3},
    "null for a question": {"question": None},
    "a number for a question": {"question": 12345},
    "a list for a question": {"question": [MARK]},
    "k below 1": {"question": MARK, "k": 0},
    "k below 0": {"question": MARK, "k": -1},
    "k above 10": {"question": MARK, "k": 11},
    "k beyond every integer type": {"question": MARK, "k": 10**400},
    "true for k: 1 in Python": {"question": MARK, "k": True},
    "text for k": {"question": MARK, "k": "3"},
    "half a passage": {"question": MARK, "k": 3.5},
    "null for k": {"question": MARK, "k": None},
    "a field nobody knows": {"question": MARK, "temperature": MARK},
    "a field whose name is what somebody wrote": {"question": MARK, MARK: 1},
    "thousands of fields": {f"{number}": 1 for number in range(5000)},
    "an unknown field that looks like one of ours": {"question": MARK, "jurisdictions": MARK},
    "JSON that does not end": f'{{"question": "{MARK}'.encode(),
    "something after the JSON": f'{{"question": "{MARK}"}} {MARK}'.encode(),
    "nothing": b"",
    "nesting that overflows a stack": b"[" * 60_000,
    "nesting that ends": b'{"question":' * 5_000 + b"1" + b"}" * 5_000,
    "NaN: no JSON": f'{{"question": "{MARK}", "k": NaN}}'.encode(),
    "infinity: no JSON": f'{{"question": "{MARK}", "k": -Infinity}}'.encode(),
    "a list": [{"question": MARK}],
    "text": MARK,
    "text that holds JSON": json.dumps({"question": MARK}),
    "null": None,
    "a number": 5,
    "bytes that are no UTF-8": f'{{"question": "{MARK}"}}'.encode("gb18030"),
    "UTF-16": f'{{"question": "{MARK}"}}'.encode("utf-16"),
    "a form": f"question={MARK}".encode(),
}


@pytest.mark.parametrize("path", ["/api/v1/ask", "/api/v1/search"])
@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES)
def test_a_body_that_cannot_be_used_is_a_422(client: FlaskClient, path: str, body: object) -> None:
    """It says which field and what to do, in a few words, and repeats nothing of what was sent."""
    response = post(client, body, path)

    found = assert_problem(response, 422)
    assert found["errors"]
    assert MARK not in json.dumps(found, ensure_ascii=False)
    assert len(response.data) < 1000


BAD_QUERIES = {
    "no question": "",
    "an empty question": "q=",
    "a question of blanks": "q=%20%E3%80%80+",
    "301 characters": "q=" + quote(MARK + "长" * 299),
    "NUL": f"q={MARK}%00",
    "k below 1": f"q={MARK}&k=0",
    "k above 10": f"q={MARK}&k=11",
    "true for k": f"q={MARK}&k=true",
    "half a passage": f"q={MARK}&k=3.5",
    "an empty k": f"q={MARK}&k=",
    "digits of another script": f"q={MARK}&k=%D9%A3",
    "more digits than Python converts": f"q={MARK}&k=" + "9" * 5000,
    "a field nobody knows": f"q={MARK}&temperature={MARK}",
    "a field whose name is what somebody wrote": f"q={MARK}&{MARK}=1",
    "the field of the body": f"question={MARK}",
}


@pytest.mark.parametrize("query", BAD_QUERIES.values(), ids=BAD_QUERIES)
def test_a_query_that_cannot_be_used_is_a_422(client: FlaskClient, query: str) -> None:
    """As for a body."""
    response = client.get("/api/v1/ask", query_string=query)

    found = assert_problem(response, 422)
    assert found["errors"]
    assert MARK not in json.dumps(found, ensure_ascii=False)
    assert len(response.data) < 1000


def test_the_problem_names_the_field_and_what_to_do(client: FlaskClient) -> None:
    """One row a field; a question is refused in the words residents get."""
    found = assert_problem(post(client, {"question": "", "k": 11}), 422)

    assert [row["field"] for row in found["errors"]] == ["question", "k"]
    assert found["errors"][0]["problem"] == "还没有写问题，请写下您想知道的事。"
    assert "10" in found["errors"][1]["problem"]


PLACES: dict[str, dict[str, object]] = {
    "a place that nobody knows": {"jurisdiction": MARK},
    "a name that several divisions have": {"jurisdiction": "朝阳区"},
    "a site that is not registered": {"site": MARK},
    "a day that there is not": {"as_of": "2024-02-30"},
    "a day with a time": {"as_of": "2024-02-03T10:00:00"},
    "a number for a day": {"as_of": 20240203},
    "midnights since 1970": {"as_of": 0},
    "the same in letters": {"as_of": "86400"},
}


@pytest.mark.parametrize("wrong", PLACES.values(), ids=PLACES)
def test_a_place_or_day_that_cannot_be_used_is_a_422(client: FlaskClient, wrong: dict[str, object]) -> None:
    """The field is named; candidates are listed where there are several."""
    found = assert_problem(post(client, {"question": BONUS, **wrong}), 422)

    assert [row["field"] for row in found["errors"]] == list(wrong)
    assert MARK not in json.dumps(found, ensure_ascii=False)
    if wrong.get("jurisdiction") == "朝阳区":
        assert "北京市朝阳区" in found["detail"]


CRIES: dict[str, dict[str, object]] = {
    "too long": {"question": "求求你们了" * 70 + "我不想活了"},
    "so long that only its ends are read": {"question": "求求你们了" * 700 + "我不想活了"},
    "a place that nobody knows": {"question": "我不想活了", "jurisdiction": MARK},
    "a number that is none": {"question": "我不想活了", "k": 0},
    "a field nobody knows": {"question": "我不想活了", "temperature": 1},
}


@pytest.mark.parametrize("sent", CRIES.values(), ids=CRIES)
def test_whoever_is_in_danger_is_told_whom_to_call_first(
    client: FlaskClient, sent: dict[str, object]
) -> None:
    """A program may show the detail to a resident, who does not know what it sent besides."""
    found = assert_problem(post(client, sent), 422)

    first, _, rest = found["detail"].partition("12356")
    wrong = found["errors"][0]["problem"].rstrip("。")
    assert wrong in rest
    assert wrong not in first


def test_a_cry_in_an_address_is_heard_too(client: FlaskClient) -> None:
    """And a long question without danger gets what is wrong with it, alone."""
    cry = assert_problem(client.get("/api/v1/ask", query_string={"q": "我不想活了" * 70}), 422)
    long = assert_problem(client.get("/api/v1/ask", query_string={"q": "低保怎么申请" * 70}), 422)

    assert "12356" in cry["detail"]
    assert long["detail"].startswith("q：")


def padded(size: int) -> bytes:
    """A usable question in a body of as many bytes."""
    body = json.dumps({"question": MARK}).encode()
    return body + b" " * (size - len(body))


@pytest.mark.parametrize("path", ["/api/v1/ask", "/api/v1/search"])
def test_a_body_over_64_kib_is_a_413(client: FlaskClient, path: str) -> None:
    """64 KiB are still read; one byte more is refused before anything is parsed."""
    assert post(client, padded(64 * 1024), path).status_code == 200
    refused = post(client, padded(64 * 1024 + 1), path)
    assert_problem(refused, 413)
    assert ("119" in json.loads(refused.data)["detail"]) == (
        path == "/api/v1/ask"
    )  # unread words of a resident


@pytest.mark.parametrize(
    ("size", "status"), [(100, 200), (64 * 1024, 200), (64 * 1024 + 1, 413), (10**6, 413)]
)
def test_a_body_that_does_not_tell_its_size_is_bounded_too(
    client: FlaskClient, size: int, status: int
) -> None:
    """A chunked body has no Content-Length; it must not be cut and answered."""
    response = client.post(
        "/api/v1/ask",
        input_stream=BytesIO(padded(size)),
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )

    assert response.status_code == status


ELSEWHERE = [
    ("GET", "/api/v1/nothing", 404),  # no such route
    ("GET", "/api/v1/ask/", 404),  # a slash too many
    ("GET", "/api/v1/documents/", 404),  # the same where an id could stand
    ("GET", "/api/v2/ask", 404),  # a version that does not exist
    ("GET", "/api", 404),  # the root of the interface
    ("GET", "/api/v1/feedback", 405),  # feedback is given, not read
    ("GET", f"/api/v1/documents/{MARK}", 404),  # a document that is not held
    ("GET", f"/api/v1/documents/{'9' * 3000}", 404),  # an id longer than any
    ("GET", "/api/v1/documents/%00", 404),  # an id that is no text
    ("GET", "/api/v1/documents/%FF%FE", 404),  # an id that is no UTF-8
    ("GET", "/api/v1/documents/..%2F..%2Fwebhook.py", 404),  # a file of the host
    ("GET", f"/api/v1/clauses/{MARK}:p1", 404),  # a clause of a document that is not held
    ("GET", "/api/v1/clauses/厦门社工人才奖金:p99", 404),  # a clause that is not there
    ("GET", "/api/v1/clauses/厦门社工人才奖金", 404),  # a document is no clause
    ("GET", "/api/v1/search", 405),  # staff search is POST only
    ("PUT", "/api/v1/ask", 405),  # nothing is stored
    ("DELETE", "/api/v1/documents/厦门社工人才奖金", 405),  # what is held is changed in its folder
    ("POST", "/api/v1/documents", 405),  # nothing is added either
    ("PATCH", "/api/v1/clauses/厦门社工人才奖金:p1", 405),  # a text is never edited here
    ("POST", "/openapi.json", 405),  # the description is read only
]


@pytest.mark.parametrize(("method", "path", "status"), ELSEWHERE)
def test_what_is_not_there_is_a_problem_too(client: FlaskClient, method: str, path: str, status: int) -> None:
    """Unknown paths and methods speak JSON as well; a 405 says which methods there are."""
    response = client.open(path, method=method)

    found = assert_problem(response, status)
    assert MARK not in json.dumps(found, ensure_ascii=False)
    assert (status == 405) == ("Allow" in response.headers)
