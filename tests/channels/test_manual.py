"""The page that explains the interface says what the description says; its examples work."""

import json
import re

import pytest
from flask.testing import FlaskClient

from tests.channels.html_page import Page, assert_plain, page_of
from tests.channels.wire import STAFF, Json, ask, get


@pytest.fixture(scope="module")
def description(client: FlaskClient) -> Json:
    """What /openapi.json says."""
    return get(client, "/openapi.json")


@pytest.fixture(scope="module")
def page(client: FlaskClient) -> Page:
    """The page."""
    return page_of(client.get("/docs"))


def test_every_operation_is_explained(page: Page, description: Json) -> None:
    """With its summary, its parameters, its body and every status it may answer with."""
    assert_plain(page)
    sections = page.all("section", class_="operation")
    told = {section.text.split("\n")[1]: section.text for section in sections}
    held = {
        f"{method.upper()} {path}": operation
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    }
    assert told.keys() == held.keys()
    for name, operation in held.items():
        assert operation["summary"] in told[name]
        for row in operation.get("parameters", ()):
            assert row["name"] in told[name]
        for status in operation["responses"]:
            assert status in told[name]


def test_every_shape_is_explained(page: Page, description: Json) -> None:
    """With its fields; each name of a shape leads to it."""
    headings = {heading["id"] for heading in page.all("h3")}
    assert description["components"]["schemas"].keys() <= headings
    words = page.one("main").text
    for schema in description["components"]["schemas"].values():
        for field in schema.get("properties", ()):
            assert field in words
    ids = [element["id"] for element in page.elements if element["id"]]
    assert len(ids) == len(set(ids))
    assert {link["href"][1:] for link in page.all("a") if link["href"].startswith("#")} <= set(ids)


def test_its_examples_work(client: FlaskClient, page: Page) -> None:
    """Each body can be sent as it is written, where the path names nothing that has to be there."""
    examples = [re.match(r"curl -X (\w+) (\S+) -d '(.*)'", pre.text, re.DOTALL) for pre in page.all("pre")]
    sent = [example for example in examples if example and "{" not in example[2]]
    assert len(sent) >= 3
    for example in sent:
        response = client.open(example[2], method=example[1], data=example[3], headers=STAFF)
        assert response.status_code == 200, example[0]


def test_its_answer_is_one(client: FlaskClient, page: Page) -> None:
    """Of this service, to the question of the example; nothing is kept of it."""
    (answer,) = (json.loads(pre.text) for pre in page.all("pre") if pre.text.startswith("{"))

    asked = ask(client, answer["question"], k=1)
    assert answer["passages"] == asked["passages"]
    assert answer["conversation_id"] is None
